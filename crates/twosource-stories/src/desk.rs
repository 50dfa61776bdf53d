//! What a desk asks of a stream: which articles changed their story, who carries the same text, and one story by itself.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use twosource_model::{Article, ArticleId, Story, StoryId};

use crate::group::Item;
use crate::reading::Reading;
use crate::stream::{Settings, Stream};

/// Numbers of articles that repair moved. No part of the state: two streams are equal whether or not somebody asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moved(BTreeSet<u32>);

impl Moved {
    pub(crate) fn note(&mut self, number: u32) {
        self.0.insert(number);
    }
}

impl PartialEq for Moved {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Stream {
    /// Articles that repairs put into another story since this was last asked, in order of arrival.
    pub fn take_moved(&mut self) -> Vec<ArticleId> {
        let moved = std::mem::take(&mut self.moved.0);
        let here = moved.into_iter().filter(|number| *number >= self.base);
        here.map(|number| self.slot(number))
            .filter(|slot| !slot.replaced)
            .map(|slot| slot.id.clone())
            .collect()
    }

    /// Articles of the same story that arrived before `article` and carry the same text, oldest first.
    #[must_use]
    pub fn copied_from(&self, article: &ArticleId) -> Vec<ArticleId> {
        let Some(&number) = self.numbers.get(article) else {
            return Vec::new();
        };
        let slot = self.slot(number);
        let mut earlier: Vec<u32> = slot.copies.iter().copied().filter(|n| *n < number).collect();
        earlier.sort_unstable();
        earlier
            .into_iter()
            .filter(|other| *other >= self.base && self.are_copies(number, *other))
            .map(|other| self.slot(other))
            .filter(|other| !other.replaced && other.story == slot.story)
            .map(|other| other.id.clone())
            .collect()
    }

    /// Stories that the pairs of an article tie its story to.
    #[must_use]
    pub fn ties_of(&self, article: &ArticleId) -> Vec<&StoryId> {
        let Some(&number) = self.numbers.get(article) else {
            return Vec::new();
        };
        let near = self.thread_of(self.slot(number).story, &[number]);
        near.into_iter()
            .filter_map(|story| self.ledger.id(story))
            .collect()
    }

    /// The articles in the window with their stories, in order of arrival.
    pub fn assignments(&self) -> impl Iterator<Item = (&ArticleId, &StoryId)> {
        let here = self.slots.iter().filter(|slot| !slot.replaced);
        here.filter_map(|slot| Some((&slot.id, self.ledger.id(slot.story)?)))
    }
}

/// The story of these articles, which are known to be one: folded into origins, with the reasons. The order of `items`
/// does not matter. `None` when there is no article.
#[must_use]
pub fn together(id: &StoryId, items: &[Item<'_>]) -> Option<Story> {
    let mut sorted: Vec<&Item<'_>> = items.iter().collect();
    sorted.sort_by(|a, b| {
        let key = |item: &Item<'_>| item.article.published.as_ref().map(|dated| dated.moment);
        let undated = |item: &Item<'_>| key(item).is_none();
        (undated(a), key(a), &a.article.id).cmp(&(undated(b), key(b), &b.article.id))
    });
    sorted.dedup_by(|a, b| a.article.id == b.article.id);
    let mut stream = Stream::new(Settings {
        repair_every: 0,
        ..Settings::default()
    });
    let readings: Vec<Reading> = sorted.par_iter().map(|item| Reading::new(item, None)).collect();
    for reading in readings {
        stream.push_reading(reading);
    }
    let first = stream.slots.front()?.story;
    let end = stream.base + stream.slots.len() as u32;
    for number in stream.base..end {
        let from = stream.slot(number).story;
        if from != first {
            stream.ledger.take(from, number);
            stream.ledger.put(first, number);
            stream.slot_mut(number).story = first;
            stream.ledger.close(from, Some(first));
        }
    }
    let articles: BTreeMap<&ArticleId, &Article> = sorted
        .iter()
        .map(|item| (&item.article.id, item.article))
        .collect();
    let mut story = stream.stories_with(|id| articles.get(id).copied()).pop()?;
    story.id = id.clone();
    Some(story)
}

#[cfg(test)]
mod tests {
    use twosource_model::{Analysis, LanguageCode};

    use super::*;

    #[test]
    fn articles_of_one_story_stay_one_story_however_they_differ() {
        let texts = [
            "Two people died in a fire in Exampleton on Monday.",
            "A bank raised its rates.",
        ];
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| Article::of_text(ArticleId::new(&format!("a{at}")), "Title", text))
            .collect();
        let analyses: Vec<Analysis> = articles
            .iter()
            .map(|a| Analysis::empty(a.id.clone(), a.revision(), LanguageCode::ENGLISH))
            .collect();
        let items: Vec<Item<'_>> = articles
            .iter()
            .zip(&analyses)
            .map(|(article, analysis)| Item { article, analysis })
            .collect();
        let story = together(&StoryId::new("s1"), &items).unwrap();
        assert_eq!(story.id.as_str(), "s1");
        assert_eq!(
            (story.articles.len(), story.origins.len(), story.evidence.len()),
            (2, 2, 1)
        );
        assert!(together(&StoryId::new("s1"), &[]).is_none());
    }

    /// Reports of invented fires, five a story and much alike, some of them revised.
    fn fires() -> Vec<Article> {
        let towns = ["Haldervik", "Ostby", "Varnholm", "Calder", "Lindal", "Eastfield"];
        let mut articles = Vec::new();
        for at in 0..60 {
            let (town, hurt) = (towns[at / 5 % 6], 3 + at / 5 * 7 + at % 2);
            let title = format!("{hurt} hurt after fire at {town} ferry");
            let mut text = format!(
                "A fire at the ferry in {town} hurt {hurt} people on Monday, the fire brigade said.\n\n"
            );
            for sentence in 0..at % 5 {
                text +=
                    &format!("Neighbour {sentence} of {town} saw smoke over the ferry for {at} minutes. ");
            }
            articles.push(Article::of_text(ArticleId::new(&format!("a{at}")), &title, &text));
            if at % 10 == 9 {
                articles.push(Article::of_text(
                    ArticleId::new(&format!("a{}", at - 3)),
                    &format!("Corrected: {title}"),
                    &text,
                ));
            }
        }
        articles
    }

    #[test]
    fn stories_put_together_by_hand_are_one_whatever_else_is_alike() {
        let mut stream = Stream::new(Settings::default());
        for article in fires() {
            let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
            stream.push(
                &Item {
                    article: &article,
                    analysis: &analysis,
                },
                None,
            );
        }
        let mut stories: BTreeMap<StoryId, Vec<ArticleId>> = BTreeMap::new();
        for (article, story) in stream.assignments() {
            stories.entry(story.clone()).or_default().push(article.clone());
        }
        let ids: Vec<StoryId> = stories.keys().cloned().collect();
        for pair in ids.windows(2) {
            let members: Vec<&ArticleId> = pair.iter().flat_map(|id| &stories[id]).collect();
            let mut tried = stream.clone();
            tried.decide_all(members[1..].iter().map(|member| crate::Decision {
                verdict: crate::Verdict::Together,
                a: members[0].clone(),
                b: (*member).clone(),
            }));
            let there: BTreeSet<_> = members.iter().map(|member| tried.story_of(member)).collect();
            assert_eq!(there.len(), 1, "{pair:?}");
        }
    }
}
