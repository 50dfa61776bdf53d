//! Stories out of the store: their accounts, and why their articles are together.

use std::collections::BTreeMap;

use jiff::civil;
use twosource_account::{Source, Telling};
use twosource_model::{Account, ArticleId, Finding, JoinEvidence, StoryId, ThreadStory};
use twosource_store::{Entry, Place, StoryEntry, StoryNumber, Thread};
use twosource_stories::{Item, together};

use super::{Desk, DeskError};
use crate::Reading;
use crate::compare::account_of;
use crate::threads::tie_of;

/// Most stories of the same affair that a story names: they stand before the brief. An export has them all.
pub(super) const THREAD_SHOWN: usize = 8;

/// Why an article is where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// The article, as it stands in lists.
    pub entry: Entry,
    /// Where it is, and what was seen at its arrival.
    pub place: Place,
    /// What it has in common with its nearest neighbour in the story, by the words of today.
    pub evidence: Option<JoinEvidence>,
}

impl Desk {
    /// The account of a story, told from what is stored, over its newest `most` articles.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(
        &self,
        story: StoryNumber,
        most: usize,
        as_of: Option<civil::Date>,
    ) -> Result<Option<Account>, DeskError> {
        self.store.undisturbed(|store| {
            let thread = store.thread(story, THREAD_SHOWN)?;
            let mut telling = self.tellings.of(story);
            let account = self.told(story, most, as_of, &thread, &mut telling)?;
            self.tellings.keep(story, telling);
            Ok(account)
        })
    }

    /// The same, of a story whose thread is known. `telling` is what was left of telling it before.
    pub(super) fn told(
        &self,
        story: StoryNumber,
        most: usize,
        as_of: Option<civil::Date>,
        thread: &Thread,
        telling: &mut Telling,
    ) -> Result<Option<Account>, DeskError> {
        let (revisions, left_out) = self.revisions_of(story, most)?;
        let items = latest(&revisions);
        let sources: Vec<Source<'_>> = items
            .iter()
            .map(|item| Source {
                article: item.article,
                analysis: item.analysis,
            })
            .collect();
        let (told, ()) = rayon::join(
            || together(&StoryId::new(&story.to_string()), &items),
            || telling.read_ahead(&sources),
        );
        let Some(told) = told else {
            return Ok(None);
        };
        let mut settings = self.settings.clone();
        settings.account.as_of = as_of;
        let mut account = account_of(&told, &revisions, &settings, telling);
        account.thread = thread
            .stories
            .iter()
            .map(|other| tied(thread.began, other))
            .collect();
        if left_out > 0 {
            account.findings.push(Finding::new(
                "reports-left-out",
                format!("{left_out} older reports of this story are not in this account"),
            ));
        }
        if thread.left_out > 0 {
            account.findings.push(Finding::new(
                "thread-left-out",
                format!(
                    "{} more stories of the same affair are not named here",
                    thread.left_out
                ),
            ));
        }
        Ok(Some(account))
    }

    /// The stories of the same affair as a story in a list, with how it stands to them: the earliest first, and of many
    /// those that began nearest to it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn thread(&self, story: &StoryEntry) -> Result<Vec<ThreadStory>, DeskError> {
        let near = self.store.thread(story.number, THREAD_SHOWN)?;
        Ok(near.stories.iter().map(|other| tied(near.began, other)).collect())
    }

    /// Why the articles of a story are together, in order of arrival.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn why(&self, story: StoryNumber, most: usize) -> Result<Vec<Because>, DeskError> {
        let (revisions, _) = self.revisions_of(story, most)?;
        let told = together(&StoryId::new(&story.to_string()), &latest(&revisions));
        let mut evidence: BTreeMap<ArticleId, JoinEvidence> = told
            .into_iter()
            .flat_map(|told| told.evidence)
            .map(|join| (join.article.clone(), join))
            .collect();
        let members = self.store.members(story)?;
        self.store
            .entries(&members)?
            .into_iter()
            .map(|entry| {
                Ok(Because {
                    place: self.store.place(entry.number)?,
                    evidence: evidence.remove(&entry.name),
                    entry,
                })
            })
            .collect()
    }

    /// The newest articles of a story with their revisions, the present one last; and how many were left out.
    fn revisions_of(
        &self,
        story: StoryNumber,
        most: usize,
    ) -> Result<(BTreeMap<ArticleId, Vec<Reading>>, usize), DeskError> {
        let members = self.store.members(story)?;
        let left_out = members.len().saturating_sub(most);
        let mut states = Vec::new();
        for article in &members[left_out..] {
            let mut revisions = self.store.revisions(*article)?;
            revisions.sort_by_key(|revision| (revision.current, revision.number));
            states.extend(revisions.into_iter().map(|revision| revision.number));
        }
        let mut found: BTreeMap<ArticleId, Vec<Reading>> = BTreeMap::new();
        for (article, analysis) in self.store.readings(&states)? {
            let states = found.entry(article.id.clone()).or_default();
            states.push(Reading { article, analysis });
        }
        Ok((found, left_out))
    }
}

/// A story of the same affair, as one that began on `day` names it.
fn tied(day: Option<civil::Date>, other: &StoryEntry) -> ThreadStory {
    ThreadStory {
        story: StoryId::new(&other.number.to_string()),
        title: other.title.clone(),
        tie: tie_of(day, other.days.map(|days| days.0)),
    }
}

fn latest(revisions: &BTreeMap<ArticleId, Vec<Reading>>) -> Vec<Item<'_>> {
    revisions
        .values()
        .filter_map(|states| states.last())
        .map(|reading| Item {
            article: &reading.article,
            analysis: &reading.analysis,
        })
        .collect()
}
