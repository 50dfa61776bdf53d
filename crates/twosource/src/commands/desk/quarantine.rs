//! `twosource quarantine` and `retry`: what was set aside.

use std::path::{Path, PathBuf};

use serde_json::json;
use twosource_pipeline::SetAside;
use twosource_pipeline::desk::{Retried, Tally};

use super::{base, ingest, intake, table, to_fill, to_read};
use crate::arguments::desk::{ListFormat, QuarantineOptions, RetryOptions};
use crate::exit::Exit;
use crate::inputs::{self, Item};
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
    let again = |name: &str| {
        // documents are named from the desk's folder, files that gave none as they were typed
        let places = [folder.join(name), PathBuf::from(name)];
        let there = places.into_iter().find(|path| path.exists());
        let there = there.filter(|_| !inputs::is_address(Path::new(name)));
        there.map(|path| again_of(name, path, limit, &folder))
    };
    let progress = Progress::new("inputs");
    let mut told = |tally: &Tally, aside: &[SetAside]| {
        inputs::tell_all_aside(aside);
        progress.at(tally.documents);
    };
    let Retried { tally, left } = desk.retry(&intake(&options.intake), again, &mut told)?;
    drop(progress);
    messages::note(&table::tally(&tally));
    if left > 0 {
        messages::note(&format!(
            "{} left alone, with no bytes kept and no file there: addresses are asked again by `ingest` and `watch`",
            table::counted(left, "input is", "inputs are")
        ));
    }
    Ok(if tally.documents == 0 {
        Exit::Done
    } else {
        ingest::exit_of(&tally)
    })
}

/// The documents of a file, by the name that it was set aside under.
fn again_of(name: &str, path: PathBuf, limit: u64, folder: &Path) -> impl Iterator<Item = Item> + use<> {
    let (name, typed) = (name.to_owned(), path.display().to_string());
    let documents = inputs::read_named(&[path], limit, Some(folder)).documents;
    documents.map(move |item| {
        item.map_err(|aside| SetAside {
            path: if aside.path == typed {
                name.clone()
            } else {
                aside.path
            },
            ..aside
        })
    })
}
