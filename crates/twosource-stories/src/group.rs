//! Batch grouping: a stream run over all articles in order of time.

use twosource_model::{Analysis, Article, CopyKind, Origin, OriginId, OriginMember, Story, StoryId};

/// What the step reads of one report.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

/// What the step may do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {}

/// The stories of these reports. The order of `items` does not matter.
#[must_use]
pub fn group(items: &[Item<'_>], _settings: &Settings) -> Vec<Story> {
    let mut ids: Vec<_> = items.iter().map(|item| item.article.id.clone()).collect();
    ids.sort();
    ids.dedup();
    let Some(first) = ids.first() else {
        return Vec::new();
    };
    let member = |article: &twosource_model::ArticleId| OriginMember {
        article: article.clone(),
        kind: CopyKind::First,
        own_share: 1.0,
        shared: Vec::new(),
        evidence: Vec::new(),
    };
    let origin = |article: &twosource_model::ArticleId| Origin {
        id: OriginId::new(article.as_str()),
        members: vec![member(article)],
        wire_credit: None,
    };
    vec![Story {
        id: StoryId::new(first.as_str()),
        origins: ids.iter().map(origin).collect(),
        articles: ids,
        evidence: Vec::new(),
        thread: Vec::new(),
    }]
}
