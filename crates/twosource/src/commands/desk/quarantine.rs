//! `twosource quarantine` and `retry`: what was set aside.

use std::path::PathBuf;

use serde_json::json;
use twosource_pipeline::SetAside;
use twosource_pipeline::desk::Tally;

use super::{base, ingest, intake, table, to_fill, to_read};
use crate::arguments::desk::{ListFormat, QuarantineOptions, RetryOptions};
use crate::exit::Exit;
use crate::inputs;
use crate::messages::{self, Progress};
use crate::output::Output;

/// Runs `quarantine`.
pub fn list(options: &QuarantineOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let entries = desk.store().quarantine()?;
    let mut output = Output::new();
    for entry in &entries {
        match options.format {
            ListFormat::Jsonl => output.line(&json!({
                "id": entry.name,
                "reason": entry.reason,
                "tries": entry.tries,
                "digest": entry.digest.map(|digest| digest.to_string()),
            }))?,
            ListFormat::Text => output.text(&format!(
                "{}\n  {} ({})\n",
                table::plain(&entry.name),
                table::plain(&entry.reason),
                table::counted(entry.tries as usize, "try", "tries")
            ))?,
        }
    }
    output.finish()?;
    messages::note(&format!(
        "{} set aside",
        table::counted(entries.len(), "input", "inputs")
    ));
    Ok(Exit::Done)
}

/// Runs `retry`.
pub fn retry(options: &RetryOptions) -> anyhow::Result<Exit> {
    let mut desk = to_fill(&options.desk, &options.intake, &options.reading)?;
    let limit = options.max_size << 20;
    let folder = base(&options.desk).to_owned();
    let again = |name: &str| -> Vec<_> {
        let path = PathBuf::from(name);
        let path = if path.is_relative() && !path.exists() {
            folder.join(path)
        } else {
            path
        };
        inputs::read_named(&[path], limit, Some(&folder))
            .documents
            .collect()
    };
    let progress = Progress::new("inputs");
    let mut told = |tally: &Tally, aside: &[SetAside]| {
        aside.iter().for_each(inputs::tell_aside);
        progress.at(tally.documents);
    };
    let tally = desk.retry(&intake(&options.intake), again, &mut told)?;
    drop(progress);
    messages::note(&table::tally(&tally));
    Ok(if tally.documents == 0 {
        Exit::Done
    } else {
        ingest::exit_of(&tally)
    })
}
