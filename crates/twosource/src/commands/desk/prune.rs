//! `twosource prune`: stories that have grown old are let go, by age or by size.

use anyhow::bail;
use twosource_store::{LetGo, day_number};

use super::{table, to_write};
use crate::arguments::desk::PruneOptions;
use crate::exit::Exit;
use crate::messages::{self, Progress};

/// Runs it.
pub fn run(options: &PruneOptions) -> anyhow::Result<Exit> {
    let desk = to_write(&options.desk)?;
    let store = desk.store();
    let progress = Progress::new("articles");
    let told = |gone: LetGo| progress.at(usize::try_from(gone.articles).unwrap_or(usize::MAX));
    let mut gone = LetGo::default();
    if options.before.is_none() && options.down_to.is_none() {
        bail!("name a day (--before 2018-01-01) or a size (--down-to 2048, in MiB)");
    }
    if let Some(day) = options.before {
        gone = store.let_go_before(day_number(day), told)?;
    }
    if let Some(mib) = options.down_to {
        let more = store.let_go_down_to(mib << 20, told)?;
        gone.stories += more.stories;
        gone.articles += more.articles;
    }
    drop(progress);
    if gone.stories > 0 {
        store.give_room_back()?;
    }
    messages::note(&format!(
        "{} with {} let go; the file has {} MiB",
        table::counted(gone.stories as usize, "story", "stories"),
        table::counted(gone.articles as usize, "article", "articles"),
        store.bytes()? >> 20
    ));
    Ok(Exit::Done)
}
