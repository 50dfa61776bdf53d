//! `twosource watch`: feeds and sitemaps into the desk's file, over and over.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use twosource_fetch::{
    Clock, Delivery, Edge, FetchState, Health, News, Plan, Settings, StateWrite, Summary, SystemNames, Table,
};
use twosource_model::Document;
use twosource_pipeline::SetAside;
use twosource_pipeline::desk::{Desk, Tally};
use twosource_store::{Limits, Mode, Store};

use super::{figures, intake, table, to_fill};
use crate::arguments::watch::WatchOptions;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fetch_state::DeskState;
use crate::fetched::item_of;
use crate::inputs::{self, Item};
use crate::messages::{self, Progress};

/// Items that wait to be taken in at most.
const WAITING: usize = 16;
/// The longest that one round goes on before what it brought is grouped; the next goes on with what is left.
const ROUND: Duration = Duration::from_secs(10 * 60);
/// The longest sleep between two rounds, so that a clock that is set does no harm.
const SLEEP: Duration = Duration::from_secs(60);

/// Runs it.
pub fn run(options: &WatchOptions) -> anyhow::Result<Exit> {
    let sources = sources(&options.lists)?;
    let mut desk = to_fill(&options.desk, &options.intake)?;
    let state = DeskState::new(Store::open(&options.desk.db, Mode::Write, Limits::default())?);
    let mut settings = options.fetching.settings();
    settings.interval = Duration::from_secs(60 * options.every);
    settings.run = ROUND;
    if !options.recheck.is_empty() {
        let minutes = options
            .recheck
            .iter()
            .map(|minutes| Duration::from_secs(60 * u64::from(*minutes)));
        settings.recheck = minutes.collect();
    }
    note_sources(&sources, &state)?;
    let mut plan = Plan {
        sources,
        all: options.once,
        ..Plan::default()
    };
    let mut total = Tally::default();
    loop {
        let (summary, tally) = round(&plan, &settings, &mut desk, &state, options)?;
        add(&mut total, &tally);
        figures::write(desk.store(), options.intake.figures.as_deref())?;
        if summary.sources > 0 {
            messages::note(&told(&summary, &tally));
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
    Ok(state.write(&writes)?)
}

/// One round: what is due is fetched and taken in side by side.
fn round(
    plan: &Plan,
    settings: &Settings,
    desk: &mut Desk,
    state: &DeskState,
    options: &WatchOptions,
) -> anyhow::Result<(Summary, Tally)> {
    let (items, taken) = sync_channel::<(Option<Item>, Vec<StateWrite>)>(WAITING);
    let pending = Mutex::new(Pending::default());
    let edge = Edge {
        clock: &SystemClock,
        names: Arc::new(SystemNames),
    };
    let progress = Progress::new("documents");
    let result = std::thread::scope(|scope| {
        let fetching = scope.spawn(|| {
            let items = items;
            let mut healths = Healths::new(state);
            twosource_fetch::run(plan, settings, &edge, state, |delivery| {
                let Delivery { news, mut writes } = delivery;
                if let News::Document { document, source } = &news {
                    writes.extend(healths.observe(document, source.as_deref()));
                }
                match items.send((item_of(news), writes)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            })
        });
        let mut failed = None;
        let mut told = |tally: &Tally, aside: &[SetAside]| {
            aside.iter().for_each(inputs::tell_aside);
            progress.at(tally.documents);
            // what these records vouch for is on disk now
            let writes = lock(&pending).until(tally.documents);
            if let Err(error) = state.write(&writes) {
                failed = Some(error);
            }
        };
        let incoming = Incoming {
            taken,
            pending: &pending,
        };
        let tally = desk.ingest(incoming, &intake(&options.intake), &mut told);
        let summary = match fetching.join() {
            Ok(summary) => summary,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        (tally, summary, failed)
    });
    drop(progress);
    let (tally, summary, failed) = result;
    let (tally, summary) = (tally?, summary?);
    if let Some(error) = failed {
        return Err(error.into());
    }
    state.write(&lock(&pending).until(usize::MAX))?;
    Ok((summary, tally))
}

/// Records that wait until what they vouch for is on disk: the number of items before them, and they.
#[derive(Default)]
struct Pending {
    items: usize,
    writes: VecDeque<(usize, Vec<StateWrite>)>,
}

impl Pending {
    fn until(&mut self, items: usize) -> Vec<StateWrite> {
        let mut due = Vec::new();
        while let Some((_, writes)) = self.writes.pop_front_if(|(after, _)| *after <= items) {
            due.extend(writes);
        }
        due
    }
}

/// What is fetched, as it comes; remembers which records wait for it.
struct Incoming<'p> {
    taken: Receiver<(Option<Item>, Vec<StateWrite>)>,
    pending: &'p Mutex<Pending>,
}

impl Iterator for Incoming<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let (item, writes) = self.taken.recv().ok()?;
            let mut pending = lock(self.pending);
            pending.items += usize::from(item.is_some());
            let after = pending.items;
            if !writes.is_empty() {
                pending.writes.push_back((after, writes));
            }
            if item.is_some() {
                return item;
            }
        }
    }
}

/// How each source's articles look, as far as this round met them.
struct Healths<'s> {
    state: &'s DeskState,
    known: BTreeMap<String, Health>,
    settings: twosource_extract::Settings,
}

impl<'s> Healths<'s> {
    fn new(state: &'s DeskState) -> Self {
        Self {
            state,
            known: BTreeMap::new(),
            settings: twosource_extract::Settings::default(),
        }
    }

    fn observe(&mut self, document: &Document, source: Option<&str>) -> Option<StateWrite> {
        let source = source?;
        let articles = twosource_extract::extract(document, &self.settings).ok()?;
        let state = self.state;
        let health = self.known.entry(source.to_owned()).or_insert_with(|| {
            let known = state.read(Table::Health, source).ok().flatten();
            known
                .and_then(|known| serde_json::from_str(&known).ok())
                .unwrap_or_default()
        });
        for article in &articles {
            health.observe(article, document.given.feed_entry);
        }
        Some(StateWrite::new(Table::Health, source, health))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn add(total: &mut Tally, tally: &Tally) {
    total.documents += tally.documents;
    total.known += tally.known;
    total.new += tally.new;
    total.revised += tally.revised;
    total.same += tally.same;
    total.set_aside += tally.set_aside;
}

fn told(summary: &Summary, tally: &Tally) -> String {
    format!(
        "{} read, {} failed; {}",
        table::counted(summary.sources - summary.failed_sources, "source", "sources"),
        summary.failed_sources,
        table::tally(tally)
    )
}
