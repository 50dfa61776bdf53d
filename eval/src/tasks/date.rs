//! The `date` task: pages in, the day of publication out.

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::Job;
use super::extraction::{Page, article_of};
use crate::lines;

#[derive(Serialize)]
struct Prediction {
    id: String,
    published: Option<String>,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    let mut pages: Vec<Page> = Vec::new();
    for path in &job.input {
        pages.extend(lines::read::<Page>(path)?);
    }
    let predictions: Vec<Prediction> = pages.into_par_iter().map(predict).collect();
    lines::write(&job.output, predictions)
}

fn predict(page: Page) -> Prediction {
    let (id, document) = page.into_document();
    let published = article_of(&document).and_then(|article| article.published);
    Prediction {
        id,
        published: published.map(|dated| dated.moment.to_string()),
    }
}
