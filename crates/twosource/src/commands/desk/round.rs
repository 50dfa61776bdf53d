//! One round of `watch`: what is due is fetched and laid down in the desk's file, and read from there.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use twosource_fetch::{
    Clock, Delivery, Edge, FetchState, Health, News, Plan, Settings, StateWrite, Summary, SystemNames, Table,
};
use twosource_model::Document;
use twosource_pipeline::SetAside;
use twosource_pipeline::desk::{Desk, Tally};
use twosource_store::{InboxNumber, Incoming, StoreError};

use super::intake;
use crate::arguments::desk::IntakeOptions;
use crate::clock::SystemClock;
use crate::fetch_state::DeskState;
use crate::fetched::item_of;
use crate::inputs::{self, Item};
use crate::messages::Progress;

/// Things that came which are held in memory before they are laid down together.
const HELD: usize = 32;
/// Bytes of documents which are held so.
const HELD_BYTES: usize = 4 << 20;
/// How long they are held while others come.
const HELD_FOR: Duration = Duration::from_millis(500);
/// How long reading sleeps when nothing has come.
const STEP: Duration = Duration::from_millis(50);

/// Fetches what is due, and reads it while more comes. With a day that counts as "now" reading waits until all of the
/// round is there, and goes by address: what is read then, and in which order, does not depend on how fast it came.
pub fn round(
    plan: &Plan,
    settings: &Settings,
    desk: &mut Desk,
    state: &DeskState,
    options: &IntakeOptions,
) -> anyhow::Result<(Summary, Tally)> {
    let stop = AtomicBool::new(false);
    let progress = Progress::new("documents");
    std::thread::scope(|scope| {
        let fetching = scope.spawn(|| {
            let summary = fetch(plan, settings, state, &stop);
            if summary.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            summary
        });
        let mut total = Tally::default();
        loop {
            // asked before looking: what came last is then seen
            let ended = fetching.is_finished();
            // half of a round is not read before the other half: the same command fetches that, and reads all
            if ended && options.as_of.is_some() && stop.load(Ordering::Relaxed) {
                break;
            }
            let waiting = match ended || options.as_of.is_none() {
                true => state.waiting()?,
                false => Vec::new(),
            };
            if waiting.is_empty() {
                if ended {
                    break;
                }
                SystemClock.sleep(STEP);
                continue;
            }
            let read = read(&waiting, desk, state, options, &mut |tally: &Tally| {
                progress.at(total.documents + tally.documents);
            });
            match read {
                Ok(tally) => total += tally,
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        match fetching.join() {
            Ok(summary) => Ok((summary?, total)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Fetches what is due and lays it down.
fn fetch(plan: &Plan, settings: &Settings, state: &DeskState, stop: &AtomicBool) -> anyhow::Result<Summary> {
    let edge = Edge {
        clock: &SystemClock,
        names: Arc::new(SystemNames),
    };
    let mut healths = Healths::new(state);
    let mut held = Held::new(state);
    let mut failed = None;
    let summary = twosource_fetch::run(plan, settings, &edge, state, |Delivery { news, mut writes }| {
        if let News::Document { document, source } = &news {
            writes.extend(healths.observe(document, source.as_deref()));
        }
        match held.take(item_of(news), writes) {
            Ok(()) if !stop.load(Ordering::Relaxed) => ControlFlow::Continue(()),
            Ok(()) => ControlFlow::Break(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match failed {
        Some(error) => Err(error.into()),
        None => {
            held.lay_down()?;
            Ok(summary?)
        }
    }
}

/// Reads what waits; what has been read is taken away.
fn read(
    waiting: &[InboxNumber],
    desk: &mut Desk,
    state: &DeskState,
    options: &IntakeOptions,
    progress: &mut (dyn FnMut(&Tally) + Send),
) -> anyhow::Result<Tally> {
    let mut unread = None;
    let items = waiting.iter().map_while(|number| match state.incoming(*number) {
        Ok(came) => Some(item_again(came)),
        Err(error) => {
            unread = Some(error);
            None
        }
    });
    let mut gone = 0;
    let mut failed = None;
    let mut told = |tally: &Tally, aside: &[SetAside]| {
        aside.iter().for_each(inputs::tell_aside);
        progress(tally);
        // what came of these is on disk now
        if let Err(error) = state.take_away(&waiting[gone..tally.documents]) {
            failed = Some(error);
        }
        gone = tally.documents;
    };
    let tally = desk.ingest(items, &intake(options), &mut told)?;
    match unread.or(failed) {
        Some(error) => Err(error.into()),
        None => Ok(tally),
    }
}

fn item_again(came: Incoming) -> Item {
    match came {
        Incoming::Document(document) => Ok(document),
        Incoming::Failed { name, reason } => Err(SetAside { path: name, reason }),
    }
}

/// What came and is not laid down yet, with the records that vouch for it.
struct Held<'s> {
    state: &'s DeskState,
    came: Vec<Incoming>,
    writes: Vec<StateWrite>,
    bytes: usize,
    laid: Timestamp,
}

impl<'s> Held<'s> {
    fn new(state: &'s DeskState) -> Self {
        Self {
            state,
            came: Vec::new(),
            writes: Vec::new(),
            bytes: 0,
            laid: Timestamp::MIN,
        }
    }

    fn take(&mut self, item: Option<Item>, writes: Vec<StateWrite>) -> Result<(), StoreError> {
        self.came.extend(item.map(|item| match item {
            Ok(document) => {
                self.bytes += document.bytes().len();
                Incoming::Document(document)
            }
            Err(SetAside { path, reason }) => Incoming::Failed { name: path, reason },
        }));
        self.writes.extend(writes);
        let held_for = SystemClock.now().duration_since(self.laid).unsigned_abs();
        if self.came.len() >= HELD || self.bytes >= HELD_BYTES || held_for >= HELD_FOR {
            self.lay_down()?;
        }
        Ok(())
    }

    fn lay_down(&mut self) -> Result<(), StoreError> {
        self.state.lay_down(&self.came, &self.writes)?;
        self.came.clear();
        self.writes.clear();
        self.bytes = 0;
        self.laid = SystemClock.now();
        Ok(())
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
