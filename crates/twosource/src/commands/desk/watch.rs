//! `twosource watch`: feeds and sitemaps into the desk's file, over and over.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use twosource_fetch::{Clock, FetchState, Plan, StateWrite, Summary, Table};
use twosource_pipeline::desk::Tally;
use twosource_store::{Limits, Mode, Store};

use super::round::round;
use super::telling::Teller;
use super::{figures, show, table, to_fill};
use crate::arguments::watch::WatchOptions;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fetch_state::DeskState;
use crate::inputs;
use crate::messages;

/// The longest that one round goes on before what it brought is grouped; the next goes on with what is left.
const ROUND: Duration = Duration::from_secs(10 * 60);
/// The longest sleep between two rounds, so that a clock that is set does no harm.
const SLEEP: Duration = Duration::from_secs(60);

/// Runs it.
pub fn run(options: &WatchOptions) -> anyhow::Result<Exit> {
    let sources = sources(&options.lists)?;
    let mut desk = to_fill(&options.desk, &options.intake, &options.reading)?;
    let state = DeskState::new(Store::open(&options.desk.db, Mode::Write, Limits::default())?);
    let mut settings = options.fetching.settings(options.intake.as_of);
    settings.interval = Duration::from_secs(60 * options.every);
    settings.run = ROUND;
    if !options.recheck.is_empty() {
        let minutes = options
            .recheck
            .iter()
            .map(|minutes| Duration::from_secs(60 * u64::from(*minutes)));
        settings.recheck = minutes.collect();
    }
    let teller = Teller::new(&options.channels, settings.clone())?;
    note_sources(&sources, &state)?;
    let mut plan = Plan {
        sources,
        all: options.once,
        ..Plan::default()
    };
    let mut total = Tally::default();
    loop {
        let (summary, tally) = round(&plan, &settings, &mut desk, &state, &options.intake)?;
        total += tally;
        figures::write(desk.store(), options.intake.figures.as_deref())?;
        if summary.sources > 0 {
            messages::note(&told(&summary, &tally));
        }
        if options.channels.any() {
            teller.tell(&mut desk)?;
        }
        if tally.new + tally.revised > 0 {
            show::tell_ahead(&desk);
        }
        let now = SystemClock.now();
        let next = summary.next_due.unwrap_or(now);
        if options.once {
            // a source with more than one round can hold is read on until it is through
            if !summary.put_off {
                let done = total.new + total.revised + total.same + total.known;
                let read = summary.sources - summary.failed_sources;
                return Ok(Exit::of_counts(
                    done + read,
                    total.set_aside + summary.failed_sources,
                ));
            }
            plan.all = false;
        }
        while SystemClock.now() < next {
            let left = Duration::try_from(next.duration_since(SystemClock.now())).unwrap_or_default();
            SystemClock.sleep(left.min(SLEEP));
        }
    }
}

/// The sources of lists and addresses, each once.
fn sources(lists: &[std::path::PathBuf]) -> anyhow::Result<Vec<String>> {
    let mut sources = Vec::new();
    for list in lists {
        let shown = list.display().to_string();
        if inputs::is_address(list) {
            sources.push(shown);
            continue;
        }
        let bytes = std::fs::read(list).with_context(|| format!("reading {shown}"))?;
        sources.extend(of_list(list, &bytes).with_context(|| format!("reading {shown}"))?);
    }
    let mut seen = std::collections::BTreeSet::new();
    sources.retain(|source| seen.insert(source.clone()));
    Ok(sources)
}

fn of_list(path: &Path, bytes: &[u8]) -> anyhow::Result<Vec<String>> {
    let text = String::from_utf8_lossy(bytes);
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (addresses, others): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| inputs::is_address(Path::new(line)));
        if let Some(other) = others.first() {
            bail!("{}: {other:?} is no address", path.display());
        }
        return Ok(addresses.into_iter().map(str::to_owned).collect());
    }
    match twosource_intake::read_opml(bytes) {
        Ok(subscriptions) => Ok(subscriptions
            .into_iter()
            .map(|subscription| subscription.address)
            .collect()),
        Err(reason) => bail!("{reason}"),
    }
}

/// Puts sources on record that are new, so that `sources` lists them before they were read.
fn note_sources(sources: &[String], state: &DeskState) -> anyhow::Result<()> {
    let mut writes = Vec::new();
    for source in sources {
        if state.read(Table::Source, source)?.is_none() {
            writes.push(StateWrite::new(
                Table::Source,
                source,
                &twosource_fetch::SourceState::default(),
            ));
        }
    }
    Ok(state.lay_down(&[], &writes)?)
}

fn told(summary: &Summary, tally: &Tally) -> String {
    format!(
        "{} read, {} failed; {}",
        table::counted(summary.sources - summary.failed_sources, "source", "sources"),
        summary.failed_sources,
        table::tally(tally)
    )
}
