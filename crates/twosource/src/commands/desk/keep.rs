//! `twosource backup` and `check`: that the desk lasts.

use anyhow::{Context, bail};

use super::{table, to_read};
use crate::arguments::desk::{BackupOptions, DeskOptions};
use crate::exit::Exit;
use crate::messages::{self, Progress};

/// Runs `backup`.
pub fn backup(options: &BackupOptions) -> anyhow::Result<Exit> {
    if options.to.exists() {
        bail!("{} is there already: name a new file", options.to.display());
    }
    let desk = to_read(&options.desk)?;
    desk.store()
        .backup(&options.to)
        .with_context(|| format!("writing the copy {}", options.to.display()))?;
    let bytes = std::fs::metadata(&options.to)?.len();
    messages::note(&format!(
        "copied to {} ({} MiB)",
        options.to.display(),
        bytes >> 20
    ));
    Ok(Exit::Done)
}

/// Runs `check`.
pub fn check(options: &DeskOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let progress = Progress::new("revisions");
    let checked = desk
        .store()
        .check(|count| progress.at(usize::try_from(count).unwrap_or(usize::MAX)))?;
    drop(progress);
    for problem in &checked.problems {
        messages::note(&format!("does not hold: {}", table::plain(problem)));
    }
    let looked_at = format!(
        "{} revisions, {} spans, {} kept documents",
        checked.revisions, checked.spans, checked.pages
    );
    if checked.count == 0 {
        messages::note(&format!("sound: {looked_at}"));
        return Ok(Exit::Done);
    }
    messages::note(&format!(
        "{} of {looked_at}",
        table::counted(
            usize::try_from(checked.count).unwrap_or(usize::MAX),
            "problem",
            "problems"
        )
    ));
    Ok(Exit::NotVerified)
}
