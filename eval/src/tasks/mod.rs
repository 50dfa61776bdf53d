//! One module a task: reads its pack's format, runs the steps it needs, writes what its scorer reads.

use std::path::PathBuf;

use anyhow::{Result, bail};

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
