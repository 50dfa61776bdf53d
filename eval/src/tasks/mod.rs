//! One module a task: reads its pack's format, runs the steps it needs, writes what its scorer reads.

use std::path::PathBuf;

use anyhow::{Result, bail};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use twosource_model::{Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode};

use crate::lines;

mod copies;
mod date;
mod entities;
mod events;
mod extraction;
mod faith;
mod pairs;
mod quotes;
pub mod stories;
mod syntax;
mod times;

/// One run of one task.
pub struct Job {
    /// Input files.
    pub input: Vec<PathBuf>,
    /// Where the predictions go.
    pub output: PathBuf,
    /// For syntax: keep the tokens of the input.
    pub gold_tokens: bool,
}

impl Job {
    /// Reads each line of the input, and writes what `predict` makes of it, in the order of the input.
    fn each<I, P>(&self, predict: impl Fn(&I) -> P + Sync) -> Result<()>
    where
        I: DeserializeOwned + Send + Sync,
        P: Serialize + Send,
    {
        let mut predictions = Vec::new();
        for path in &self.input {
            let items: Vec<I> = lines::read(path)?;
            predictions.par_extend(items.par_iter().map(&predict));
        }
        lines::write(&self.output, predictions)
    }
}

/// An English article of a text, published when the pack says so.
fn english(id: &str, text: &str, published: Option<&str>) -> Article {
    let mut article = Article::of_text(ArticleId::new(id), "", text);
    article.language = Some(LanguageCode::ENGLISH);
    article.published = published.and_then(|words| {
        Some(DatedEvidence {
            moment: words.parse().ok()?,
            until: None,
            source: DateSource::Given,
            evidence: words.to_owned(),
            confidence: Confidence::High,
        })
    });
    article
}

/// Runs the task of this name.
pub fn run(task: &str, job: &Job) -> Result<()> {
    match task.split_once(':').unwrap_or((task, "")) {
        ("extraction", "") => extraction::run(job),
        ("date", "") => date::run(job),
        ("quotes", "") => quotes::run(job),
        ("times", "") => times::run(job),
        ("entities", "") => entities::run(job),
        ("events", "") => events::run(job),
        ("syntax", "") => syntax::run(job),
        ("stories", moment) => stories::run(moment, job),
        ("copies", "") => copies::run(job),
        ("pairs", kind) => pairs::run(kind, job),
        ("faith", "") => faith::run(job),
        _ => bail!("no task {task:?}; see `twosource-eval run --help`"),
    }
}
