//! A run: what is due is asked for, by several threads, each at another host.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::ask::{Ask, What, address, host_of};
use crate::client::Client;
use crate::clock::{Clock, later, until};
use crate::delivery::{Delivery, News, SourceOutcome, Summary};
use crate::failure::Failure;
use crate::hosts::{Hosts, Turn};
use crate::resolve::Resolve;
use crate::settings::Settings;
use crate::sites::{Clearance, Sites};
use crate::sources::Source;
use crate::state::{FetchState, HostState, SourceState, StateError, StateWrite, Table, load, lock};

/// What to ask for.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Addresses of feeds, sitemaps and indexes of sitemaps: asked when they are due.
    pub sources: Vec<String>,
    /// Addresses that a person named, of pages or of sources: asked now.
    pub named: Vec<String>,
    /// Whether sources are asked for that are not due yet.
    pub all: bool,
}

/// What a run needs of the world.
#[derive(Clone)]
pub struct Edge<'e> {
    /// The time.
    pub clock: &'e dyn Clock,
    /// Names to addresses.
    pub names: Arc<dyn Resolve>,
}

/// Deliveries that wait to be taken at most.
const CHANNEL: usize = 16;
/// The longest that a thread sleeps before it looks again.
const STEP: Duration = Duration::from_millis(20);

/// Asks for what is due and hands over each piece of news, in no order but that a record is handed over after everything
/// that it vouches for. Ends when all is done, when the run's time is over, or when `deliver` breaks it off.
///
/// # Errors
/// When the state cannot be read.
pub fn run(
    plan: &Plan,
    settings: &Settings,
    edge: &Edge<'_>,
    state: &dyn FetchState,
    mut deliver: impl FnMut(Delivery) -> ControlFlow<()>,
) -> Result<Summary, StateError> {
    let now = edge.clock.now();
    let end = later(now, settings.run);
    let (out, deliveries) = mpsc::sync_channel(CHANNEL);
    let client = Client::new(
        &settings.user_agent,
        settings.limits,
        Arc::clone(&edge.names),
        &settings.allowed,
    );
    let mut summary = Summary::default();
    let mut shared = Shared {
        hosts: Hosts::new(settings.gap),
        sites: Sites::default(),
        held: BTreeMap::new(),
        refused: Vec::new(),
        waiting: Vec::new(),
        unread: 0,
        bytes: 0,
        seen: BTreeSet::new(),
        // the thread that adds what was named
        working: 1,
        error: None,
    };
    let mut sources = Vec::new();
    for address in &plan.sources {
        let known: SourceState = load(state, Table::Source, address)?.unwrap_or_default();
        let due = plan.all || known.next_due.is_none_or(|due| due <= now);
        if due {
            shared.waiting.push(sources.len());
            summary.sources += 1;
            sources.push(Arc::new(Mutex::new(Source::new(address, known))));
        } else {
            summary.next_due = earlier(summary.next_due, known.next_due);
        }
    }
    shared.waiting.reverse();
    let run = Run {
        settings,
        clock: edge.clock,
        state,
        client,
        end,
        sources: Mutex::new(sources),
        shared: Mutex::new(shared),
        out: Mutex::new(Some(out)),
        stop: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            if let Err(error) = run.ask_named(&plan.named) {
                run.fail(error);
            }
            lock(&run.shared).working -= 1;
        });
        let workers: Vec<_> = (0..settings.requests.max(1))
            .map(|_| scope.spawn(|| run.work()))
            .collect();
        let closer = scope.spawn(|| {
            for worker in workers {
                let _ = worker.join();
            }
            run.close();
        });
        let mut broken = false;
        for delivery in deliveries {
            count(&mut summary, &delivery);
            if broken {
                continue;
            }
            if deliver(delivery).is_break() {
                // what is under way is let go of: without its record it is asked for again
                broken = true;
                run.stop.store(true, Ordering::Relaxed);
            }
        }
        let _ = closer.join();
    });
    let shared = lock(&run.shared).error.take();
    if let Some(error) = shared {
        return Err(error);
    }
    for source in lock(&run.sources).iter() {
        let source = lock(source);
        summary.next_due = earlier(summary.next_due, source.state.next_due);
        summary.put_off |= source.put_off || source.outcome.is_none();
    }
    Ok(summary)
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn count(summary: &mut Summary, delivery: &Delivery) {
    match &delivery.news {
        News::Document { document, .. } => {
            summary.documents += 1;
            summary.entries_only += usize::from(document.given.feed_entry);
        }
        News::Unchanged { .. } => summary.unchanged += 1,
        News::Failed { .. } => summary.failed += 1,
        News::Source {
            outcome: SourceOutcome::Failed(_),
            ..
        } => summary.failed_sources += 1,
        News::Source { .. } | News::Ended => {}
    }
}

/// A run under way.
pub(crate) struct Run<'r> {
    pub settings: &'r Settings,
    pub clock: &'r dyn Clock,
    pub state: &'r dyn FetchState,
    client: Client,
    end: Timestamp,
    pub sources: Mutex<Vec<Arc<Mutex<Source>>>>,
    pub shared: Mutex<Shared>,
    out: Mutex<Option<SyncSender<Delivery>>>,
    stop: AtomicBool,
}

/// What the threads of a run share.
pub(crate) struct Shared {
    hosts: Hosts<Ask>,
    pub sites: Sites,
    /// Hosts that asked to wait, and until when.
    held: BTreeMap<String, Timestamp>,
    /// What must not, or cannot, be asked for.
    refused: Vec<(Ask, Failure)>,
    /// Sources that are not begun, the next one last.
    waiting: Vec<usize>,
    /// Sources that are begun and not read.
    unread: usize,
    /// Bytes of entries that wait for their pages.
    bytes: usize,
    /// Pages of this run, by key.
    pub seen: BTreeSet<String>,
    /// Threads that are at work on something.
    working: usize,
    error: Option<StateError>,
}

/// What a thread does next.
enum Work {
    Ask(String, Ask),
    Refuse(Ask, Failure),
    Wait(Duration),
    Done,
}

impl Run<'_> {
    fn ask_named(&self, named: &[String]) -> Result<(), StateError> {
        for name in named {
            match Url::parse(name)
                .map_err(|error| error.to_string())
                .and_then(address)
            {
                Ok(url) => self.ask_page(url, None, None, None)?,
                Err(reason) => self.send(Delivery {
                    news: News::Failed {
                        address: name.clone(),
                        source: None,
                        failure: Failure::Address { reason },
                        kept: crate::state::Kept::Nothing,
                    },
                    writes: Vec::new(),
                }),
            }
        }
        Ok(())
    }

    fn work(&self) {
        loop {
            match self.next() {
                Work::Ask(host, ask) => self.ask(&host, ask),
                Work::Refuse(ask, failure) => self.conclude(ask, Err(failure)),
                Work::Wait(time) => {
                    self.clock.sleep(time.clamp(Duration::from_millis(1), STEP));
                    continue;
                }
                Work::Done => return,
            }
            lock(&self.shared).working -= 1;
        }
    }

    fn next(&self) -> Work {
        let mut guard = lock(&self.shared);
        let shared = &mut *guard;
        loop {
            if self.stop.load(Ordering::Relaxed) || shared.error.is_some() {
                return Work::Done;
            }
            if let Some((ask, failure)) = shared.refused.pop() {
                shared.working += 1;
                return Work::Refuse(ask, failure);
            }
            if let Err(error) = self.begin_sources(shared) {
                shared.error = Some(error);
                return Work::Done;
            }
            let now = self.clock.now();
            self.put_off(shared, now);
            if !shared.refused.is_empty() {
                continue;
            }
            let (host, ask) = match shared.hosts.next(now) {
                Turn::Ask(host, ask) => (host, ask),
                Turn::Wait(at) => return Work::Wait(until(now, at)),
                Turn::Busy => return Work::Wait(STEP),
                Turn::Done if shared.working > 0 => return Work::Wait(STEP),
                Turn::Done if shared.waiting.is_empty() => return Work::Done,
                Turn::Done => continue,
            };
            match shared.sites.clear(&host, ask, self.settings) {
                Clearance::Ask(ask) => {
                    shared.working += 1;
                    return Work::Ask(host, ask);
                }
                Clearance::First(ask) => {
                    shared.hosts.add(&host, ask, true);
                    shared.hosts.give_back(&host);
                }
                Clearance::Parked => shared.hosts.give_back(&host),
                Clearance::Refused(ask, failure) => {
                    shared.hosts.give_back(&host);
                    shared.refused.push((ask, failure));
                }
            }
        }
    }

    /// Begins sources as long as little enough waits.
    fn begin_sources(&self, shared: &mut Shared) -> Result<(), StateError> {
        while shared.unread < 2 * self.settings.requests.max(1) && shared.bytes < self.settings.waiting {
            let Some(at) = shared.waiting.pop() else {
                return Ok(());
            };
            let source = Arc::clone(&lock(&self.sources)[at]);
            let mut source = lock(&source);
            source.open = 1;
            shared.unread += 1;
            let named = source.state.moved_to.as_ref().unwrap_or(&source.address);
            let url = Url::parse(named)
                .map_err(|error| error.to_string())
                .and_then(address);
            match url {
                Ok(url) => {
                    let ask = Ask::new(url, What::Source { at, depth: 0 });
                    self.add(shared, ask, false)?;
                }
                Err(reason) => {
                    // an address that stands for none: it is refused like any other
                    let nowhere = Url::parse("http://invalid/").map_err(|error| StateError {
                        reason: error.to_string(),
                    })?;
                    let ask = Ask::new(nowhere, What::Source { at, depth: 0 });
                    shared.refused.push((ask, Failure::Address { reason }));
                }
            }
        }
        Ok(())
    }

    /// Sets aside what cannot have its turn in this run.
    fn put_off(&self, shared: &mut Shared, now: Timestamp) {
        let end = if now >= self.end { Timestamp::MIN } else { self.end };
        for (host, at, ask) in shared.hosts.take_beyond(end) {
            let failure = match shared.held.get(&host) {
                Some(held) if *held >= at && *held > self.end => Failure::AskedToWait {
                    wait: until(now, *held),
                    host,
                },
                _ => Failure::NotItsTurn { host },
            };
            shared.refused.push((ask, failure));
        }
        if now >= self.end {
            while let Some(at) = shared.waiting.pop() {
                // not begun: it stays due
                lock(&lock(&self.sources)[at]).state.next_due = Some(now);
            }
        }
    }

    /// Adds what is to be asked for, at the host's place.
    fn add(&self, shared: &mut Shared, ask: Ask, urgent: bool) -> Result<(), StateError> {
        let host = host_of(&ask.url);
        if !shared.hosts.knows(&host) {
            let known: HostState = load(self.state, Table::Host, &host)?.unwrap_or_default();
            let now = self.clock.now();
            shared.hosts.meet(&host, known.free_at.unwrap_or(Timestamp::MIN));
            if let Some(at) = known.free_at.filter(|at| *at > later(now, self.settings.gap)) {
                shared.held.insert(host.clone(), at);
            }
            for site in known.sites.values() {
                if let Some(delay) = site.rules.delay() {
                    shared.hosts.widen(&host, delay);
                }
            }
            shared.sites.remember(&host, known, self.settings, now);
        }
        shared.hosts.add(&host, ask, urgent);
        Ok(())
    }

    /// Adds what is to be asked for; a failing state ends the run.
    pub fn enqueue(&self, ask: Ask, bytes: usize, urgent: bool) {
        let mut shared = lock(&self.shared);
        shared.bytes += bytes;
        if let Err(error) = self.add(&mut shared, ask, urgent) {
            shared.error = Some(error);
        }
    }

    /// Bytes of entries wait no more.
    pub fn release(&self, bytes: usize) {
        let mut shared = lock(&self.shared);
        shared.bytes = shared.bytes.saturating_sub(bytes);
    }

    /// A source has been read, well or badly.
    pub fn source_read(&self) {
        let mut shared = lock(&self.shared);
        shared.unread = shared.unread.saturating_sub(1);
    }

    /// A state that fails ends the run.
    pub fn fail(&self, error: StateError) {
        lock(&self.shared).error = Some(error);
    }

    /// Hands news over; when nobody takes it any more, the run ends.
    pub fn send(&self, delivery: Delivery) {
        let out = lock(&self.out).clone();
        if out.is_none_or(|out| out.send(delivery).is_err()) {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Asks, and sees to redirects and further attempts.
    fn ask(&self, host: &str, mut ask: Ask) {
        let validators = self.validators_of(&ask);
        // a byte more than is read, so that the reader sees where a file was cut
        let cut = matches!(ask.what, What::Rules { .. } | What::Reservations { .. })
            .then_some(crate::robots::MOST_BYTES + 1);
        let outcome = self
            .client
            .get(&ask.url, &validators, cut.map(|bytes| bytes as u64));
        let now = self.clock.now();
        let mut guard = lock(&self.shared);
        let shared = &mut *guard;
        shared.hosts.done(host, now);
        let failure = match outcome {
            Ok(answer) if matches!(answer.status, 301 | 302 | 303 | 307 | 308) => {
                let limit = self.settings.limits.redirects;
                match ask.send_on(answer.status, answer.field("location"), limit) {
                    Ok(()) => {
                        if let Err(error) = self.add(shared, ask, true) {
                            shared.error = Some(error);
                        }
                        return;
                    }
                    Err(failure) => failure,
                }
            }
            Ok(answer)
                if answer.status == 200 || (answer.status == 304 && validators != Default::default()) =>
            {
                drop(guard);
                return self.conclude(ask, Ok(answer));
            }
            Ok(answer) => {
                let asked = answer
                    .field("retry-after")
                    .and_then(|value| crate::retry::retry_after(value, now));
                if let (Some(wait), 429 | 503) = (asked, answer.status) {
                    let at = later(now, wait);
                    shared.hosts.hold(host, at);
                    shared.held.insert(host.to_owned(), at);
                }
                if matches!(ask.what, What::Rules { .. } | What::Reservations { .. })
                    && answer.status < 500
                    && answer.status != 429
                {
                    drop(guard);
                    return self.conclude(ask, Ok(answer));
                }
                Failure::Status {
                    status: answer.status,
                }
            }
            Err(failure) => failure,
        };
        ask.attempts += 1;
        let again = failure.is_temporary()
            && ask.attempts < self.settings.attempts
            && !matches!(ask.what, What::Reservations { .. });
        if again {
            let wait = self.settings.retry.wait(ask.attempts, ask.url.as_str());
            let held = shared.held.get(host).copied().filter(|held| *held > now);
            let at = held.unwrap_or_else(|| later(now, wait));
            if held.is_some() || at < self.end {
                let host = host_of(&ask.url);
                shared.hosts.add_later(&host, ask, at.min(self.end));
                return;
            }
        }
        drop(guard);
        self.conclude(ask, Err(failure));
    }

    fn close(&self) {
        let hosts: Vec<StateWrite> = {
            let shared = lock(&self.shared);
            let sites = shared.sites.by_host();
            shared
                .hosts
                .free_times()
                .map(|(host, free_at)| {
                    let state = HostState {
                        free_at: (free_at > Timestamp::MIN).then_some(free_at),
                        sites: sites.get(host).cloned().unwrap_or_default(),
                    };
                    StateWrite::new(Table::Host, host, &state)
                })
                .collect()
        };
        if !self.stop.load(Ordering::Relaxed) {
            self.send(Delivery {
                news: News::Ended,
                writes: hosts,
            });
        }
        lock(&self.out).take();
    }
}

impl Run<'_> {
    /// Frees what waited for a site's rules.
    pub fn free(&self, freed: crate::sites::Freed) {
        let mut shared = lock(&self.shared);
        if let Some(delay) = freed.delay {
            shared.hosts.widen(&freed.host, delay);
        }
        for ask in freed.asks {
            if let Err(error) = self.add(&mut shared, ask, false) {
                shared.error = Some(error);
            }
        }
    }
}
