//! Batch grouping: a stream run over all articles in order of time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use rayon::prelude::*;
use twosource_model::{
    Analysis, Article, ArticleId, CopyKind, Moment, Origin, OriginId, OriginMember, Story, StoryId,
};

use crate::copies::{Text, origins};

use crate::stream::{Settings, Stream};

/// What the step reads of one report.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

impl Item<'_> {
    /// Days since 1970 of its publication, with the time of day as a fraction where it is known; noon where it is not.
    #[must_use]
    pub fn day(&self) -> Option<f32> {
        self.article
            .published
            .as_ref()
            .map(|dated| days_of(&dated.moment))
    }
}

/// Days since 1970 of a moment. Midnight sharp is taken for a bare day: feeds write one as the other.
#[must_use]
pub fn days_of(moment: &Moment) -> f32 {
    let key = moment.sort_key();
    let days = (key.date() - civil::date(1970, 1, 1)).get_days() as f32;
    let time = key.time();
    let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    days + if seconds == 0 {
        0.5
    } else {
        seconds as f32 / 86_400.0
    }
}

/// The stories of these reports. The order of `items` does not matter.
#[must_use]
pub fn group(items: &[Item<'_>], settings: &Settings) -> Vec<Story> {
    let mut sorted: Vec<&Item<'_>> = items.iter().collect();
    sorted.sort_by(|a, b| {
        let key = |item: &Item<'_>| item.article.published.as_ref().map(|dated| dated.moment);
        let undated = |item: &Item<'_>| key(item).is_none();
        (undated(a), key(a), &a.article.id).cmp(&(undated(b), key(b), &b.article.id))
    });
    sorted.dedup_by(|a, b| a.article.id == b.article.id);
    let mut stream = Stream::new(settings.clone());
    for item in &sorted {
        stream.push(item, None);
    }
    stream.repair();
    let articles: BTreeMap<&ArticleId, &Article> =
        sorted.iter().map(|i| (&i.article.id, i.article)).collect();
    stream.stories_with(|id| articles.get(id).copied())
}

impl Stream {
    /// The stories in the window, in the order of their first articles, folded into origins. `article` gives the text of
    /// an article; one whose text is not at hand stands as an origin of its own.
    #[must_use]
    pub fn stories_with<'a>(&self, article: impl Fn(&ArticleId) -> Option<&'a Article>) -> Vec<Story> {
        let mut stories: Vec<(u32, u32, &StoryId, &[u32])> = self
            .ledger
            .stories()
            .filter_map(|(story, id, members)| Some((*members.first()?, story, id, members)))
            .collect();
        stories.sort_unstable_by_key(|story| story.0);
        let mut threads: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (_, story, ..) in &stories {
            for near in self.thread(*story) {
                threads.entry(*story).or_default().insert(near);
                threads.entry(near).or_default().insert(*story);
            }
        }
        stories
            .into_iter()
            .map(|(_, story, id, members)| Story {
                id: id.clone(),
                articles: members.iter().map(|n| self.slot(*n).id.clone()).collect(),
                origins: self.origins(members, &article),
                evidence: members[1..]
                    .par_iter()
                    .filter_map(|n| self.why(&self.slot(*n).id))
                    .collect(),
                thread: threads.get(&story).map_or_else(Vec::new, |near| self.ids(near)),
            })
            .collect()
    }

    fn ids(&self, stories: &BTreeSet<u32>) -> Vec<StoryId> {
        stories
            .iter()
            .filter_map(|story| self.ledger.id(*story).cloned())
            .collect()
    }

    fn origins<'a>(
        &self,
        members: &[u32],
        article: &impl Fn(&ArticleId) -> Option<&'a Article>,
    ) -> Vec<Origin> {
        let mut texts = Vec::new();
        let mut numbers = Vec::new();
        let mut without = Vec::new();
        for number in members {
            let id = &self.slot(*number).id;
            match article(id) {
                Some(article) => {
                    texts.push(Text::new(article));
                    numbers.push(*number);
                }
                None => without.push(alone(id)),
            }
        }
        let mut copies = Vec::new();
        for (a, number) in numbers.iter().enumerate() {
            for other in &self.slot(*number).copies {
                if let Ok(b) = numbers.binary_search(other)
                    && a < b
                    && self.are_copies(*number, *other)
                {
                    copies.push((a, b, self.shared_runs(*number, *other).share));
                }
            }
        }
        let mut found = origins(&texts, &copies);
        found.extend(without);
        found
    }
}

fn alone(article: &ArticleId) -> Origin {
    Origin {
        id: OriginId::new(article.as_str()),
        members: vec![OriginMember {
            article: article.clone(),
            kind: CopyKind::First,
            own_share: 1.0,
            shared: Vec::new(),
            evidence: Vec::new(),
        }],
        wire_credit: None,
    }
}
