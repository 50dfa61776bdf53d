//! `twosource figures`: what is in the desk, for monitoring.

use std::path::{Path, PathBuf};

use anyhow::Context;
use twosource_store::Store;

use super::to_read;
use crate::arguments::desk::DeskOptions;
use crate::exit::Exit;
use crate::output::Output;

/// Runs it.
pub fn run(options: &DeskOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let mut output = Output::new();
    output.text(&desk.store().figures()?)?;
    output.finish()?;
    Ok(Exit::Done)
}

/// Writes the figures to a file, where one is named: as a whole, so that nobody reads half of it.
pub fn write(store: &Store, to: Option<&Path>) -> anyhow::Result<()> {
    let Some(to) = to else { return Ok(()) };
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    std::fs::write(&part, store.figures()?)
        .and_then(|()| std::fs::rename(&part, to))
        .with_context(|| format!("writing the figures to {}", to.display()))
}
