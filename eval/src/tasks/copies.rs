//! The `copies` task: the file is a stream; each article gets the name of its origin.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use twosource_model::{Article, ArticleId};
use twosource_stories::{Item, Settings, Stream};

use super::Job;
use super::stories::{Line, empty_analysis};
use crate::lines;

#[derive(Serialize)]
struct Prediction {
    id: ArticleId,
    group: String,
    own_share: f32,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    let mut articles: Vec<Article> = Vec::new();
    let mut stream = Stream::new(Settings::default());
    for path in &job.input {
        for line in lines::read::<Line>(path)? {
            let seen = line.seen();
            let article = line.article();
            let analysis = empty_analysis(&article);
            let item = Item {
                article: &article,
                analysis: &analysis,
            };
            stream.push(&item, seen);
            articles.push(article);
        }
    }
    stream.repair();
    let by_id: BTreeMap<&ArticleId, &Article> = articles.iter().map(|a| (&a.id, a)).collect();
    let mut found = BTreeMap::new();
    for story in stream.stories_with(|id| by_id.get(id).copied()) {
        for origin in story.origins {
            for member in origin.members {
                found.insert(member.article, (origin.id.to_string(), member.own_share));
            }
        }
    }
    let predictions = articles.iter().filter_map(|article| {
        let (group, own_share) = found.get(&article.id)?;
        Some(Prediction {
            id: article.id.clone(),
            group: group.clone(),
            own_share: *own_share,
        })
    });
    lines::write(&job.output, predictions)
}
