//! The main job: reports in, stories with their accounts out.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use twosource_account::{Source, Telling};
use twosource_model::{Account, Analysis, ArticleId, Document, Story};
use twosource_stories::Item;

use crate::read::{Reading, SetAside, Settings, read_all};
use crate::threads::tie;

/// What a comparison gives.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// One account a story: most origins first, then most reports, then by id.
    pub accounts: Vec<Account>,
    /// Inputs that gave no article.
    pub set_aside: Vec<SetAside>,
}

/// The stories of `documents` with their accounts. The order of the documents does not matter.
///
/// `progress` is told the number of articles read so far.
pub fn compare(
    documents: impl Iterator<Item = Result<Document, SetAside>>,
    settings: &Settings,
    progress: impl FnMut(usize),
) -> Comparison {
    let (readings, mut set_aside) = read_all(documents, settings, progress);
    set_aside.sort();
    let (stories, revisions) = group(readings, settings);
    let mut accounts: Vec<Account> = stories
        .par_iter()
        .map(|story| account_of(story, &revisions, settings, &mut Telling::default()))
        .collect();
    tie(&mut accounts, &stories);
    accounts.sort_by(|a, b| {
        (b.origins.len(), b.reports.len())
            .cmp(&(a.origins.len(), a.reports.len()))
            .then(a.story.cmp(&b.story))
    });
    Comparison { accounts, set_aside }
}

/// The stories of `readings`, and the readings by article: its revisions, latest last, each once.
///
/// Of an article with several revisions, the latest stands for it in the grouping.
#[must_use]
pub fn group(readings: Vec<Reading>, settings: &Settings) -> (Vec<Story>, BTreeMap<ArticleId, Vec<Reading>>) {
    let mut revisions: BTreeMap<ArticleId, Vec<Reading>> = BTreeMap::new();
    for reading in readings {
        revisions
            .entry(reading.article.id.clone())
            .or_default()
            .push(reading);
    }
    for states in revisions.values_mut() {
        states.sort_by_key(state_order);
        let mut seen = BTreeSet::new();
        states.retain(|reading| seen.insert(reading.article.revision()));
    }
    let items: Vec<Item<'_>> = revisions
        .values()
        .filter_map(|states| states.last())
        .map(|reading| Item {
            article: &reading.article,
            analysis: &reading.analysis,
        })
        .collect();
    let stories = twosource_stories::group(&items, &settings.stories);
    (stories, revisions)
}

/// Revisions of one article in the order in which they appeared: by date of change, else of publication, then by hash.
fn state_order(reading: &Reading) -> impl Ord + use<> {
    let article = &reading.article;
    let changed = article
        .modified
        .as_ref()
        .or(article.published.as_ref())
        .map(|date| date.moment);
    let published = article.published.as_ref().map(|date| date.moment);
    (changed, published, article.revision())
}

/// An undated report is given a date by its story, and what it says of times is then read against that. `telling` is what
/// was left of telling the story before, if it was.
pub(crate) fn account_of(
    story: &Story,
    revisions: &BTreeMap<ArticleId, Vec<Reading>>,
    settings: &Settings,
    telling: &mut Telling,
) -> Account {
    let readings: Vec<&Reading> = story
        .articles
        .iter()
        .filter_map(|id| revisions.get(id))
        .flatten()
        .collect();
    let first: Vec<Source<'_>> = readings
        .iter()
        .map(|reading| Source {
            article: &reading.article,
            analysis: &reading.analysis,
        })
        .collect();
    let undated = readings.iter().any(|reading| reading.article.published.is_none());
    let inferred = if undated {
        twosource_account::inferred_dates(story, &first)
    } else {
        Vec::new()
    };
    let reread: Vec<Option<Analysis>> = readings
        .iter()
        .map(|reading| {
            let article = &reading.article;
            let (.., date) = inferred
                .iter()
                .find(|(id, revision, _)| *id == article.id && *revision == article.revision())?;
            Some(twosource_language::reread_at(
                article,
                &reading.analysis,
                &settings.language,
                date.moment,
            ))
        })
        .collect();
    let sources: Vec<Source<'_>> = readings
        .iter()
        .zip(&reread)
        .map(|(reading, reread)| Source {
            article: &reading.article,
            analysis: reread.as_ref().unwrap_or(&reading.analysis),
        })
        .collect();
    telling.tell(story, &sources, &settings.account)
}
