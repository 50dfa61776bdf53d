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
use twosource_pipeline::desk::{Desk, Tally};
use twosource_pipeline::{SetAside, extract_one};
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
    let reading = desk.settings().clone();
    let progress = Progress::new("documents");
    std::thread::scope(|scope| {
        let fetching = scope.spawn(|| {
            let summary = fetch(plan, settings, &reading, state, &stop);
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
fn fetch(
    plan: &Plan,
    settings: &Settings,
    reading: &twosource_pipeline::Settings,
    state: &DeskState,
    stop: &AtomicBool,
) -> anyhow::Result<Summary> {
    let edge = Edge {
        clock: &SystemClock,
        names: Arc::new(SystemNames),
    };
    let mut healths = Healths::new(state, reading);
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
        inputs::tell_all_aside(aside);
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
    reading: &'s twosource_pipeline::Settings,
}

impl<'s> Healths<'s> {
    const fn new(state: &'s DeskState, reading: &'s twosource_pipeline::Settings) -> Self {
        Self {
            state,
            known: BTreeMap::new(),
            reading,
        }
    }

    fn observe(&mut self, document: &Document, source: Option<&str>) -> Option<StateWrite> {
        let source = source?;
        let articles = extract_one(document, self.reading).ok()?;
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

#[cfg(test)]
mod tests {
    use twosource_model::{DocumentId, MediaType};
    use twosource_store::Store;

    use super::*;

    #[test]
    fn health_is_that_of_the_articles_as_the_rules_read_them() {
        let mut rules = twosource_extract::OutletRules::default();
        rules.add("[herald.example]\ndrop p.more\n").unwrap();
        let mut ruled = twosource_pipeline::Settings::default();
        ruled.extract.rules = Arc::new(rules);
        let told = "mended in June, its head told those who came to the meeting on Friday evening, and it stays open.";
        let html = format!(
            "<title>Repairs</title><article><h1>Repairs</h1><p>The roof will be {told}</p><p>The gate will be {told}</p>\
             <p class=more>The library, which is older, will be {told}</p></article>"
        );
        let address = "https://herald.example/hall";
        let mut document = Document::new(DocumentId::new(address), MediaType::Html, html.into_bytes());
        document.url = Some(address.to_owned());
        let state = DeskState::new(Store::open_in_memory().unwrap());
        let observed = |reading: &twosource_pipeline::Settings| {
            let mut healths = Healths::new(&state, reading);
            let write = healths.observe(&document, Some("https://herald.example/feed"));
            write.unwrap().value
        };
        let expected = |reading: &twosource_pipeline::Settings| {
            let mut health = Health::default();
            for article in twosource_extract::extract(&document, &reading.extract).unwrap() {
                health.observe(&article, false);
            }
            StateWrite::new(Table::Health, "", &health).value
        };
        let plain = twosource_pipeline::Settings::default();
        assert_eq!(observed(&plain), expected(&plain));
        assert_eq!(observed(&ruled), expected(&ruled));
        assert_ne!(observed(&plain), observed(&ruled));
    }
}
