//! Batch grouping: a stream run over all articles in order of time.

use jiff::civil;
use twosource_model::{Analysis, Article, CopyKind, Moment, Origin, OriginId, OriginMember, Story};

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
    stream.stories()
}

impl Stream {
    /// The stories in the window, in the order in which they opened.
    #[must_use]
    pub fn stories(&self) -> Vec<Story> {
        self.ledger
            .stories()
            .filter(|(_, _, members)| !members.is_empty())
            .map(|(_, id, members)| {
                let articles: Vec<_> = members.iter().map(|n| self.slot(*n).id.clone()).collect();
                Story {
                    id: id.clone(),
                    origins: articles.iter().map(alone).collect(),
                    articles,
                    evidence: Vec::new(),
                    thread: Vec::new(),
                }
            })
            .collect()
    }
}

fn alone(article: &twosource_model::ArticleId) -> Origin {
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
