//! The `date` task: pages in, the day of publication out.

use anyhow::Result;
use serde::Serialize;

use super::Job;
use super::extraction::{Page, article_of};

#[derive(Serialize)]
struct Prediction {
    id: String,
    published: Option<String>,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    job.each(predict)
}

fn predict(page: &Page) -> Prediction {
    let published = article_of(&page.document()).and_then(|article| article.published);
    Prediction {
        id: page.id.clone(),
        published: published.map(|dated| dated.moment.to_string()),
    }
}
