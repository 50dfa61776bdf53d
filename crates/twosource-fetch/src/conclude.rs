//! What an answer, or its absence, means for what was asked.

use std::sync::Arc;

use jiff::Timestamp;
use twosource_intake::Kind;
use twosource_model::{Digest, Document};
use url::Url;

use crate::ask::{Ask, PageAsk, What, key_of};
use crate::client::{Answer, Validators};
use crate::delivery::{Delivery, News, SourceOutcome};
use crate::failure::Failure;
use crate::pages::{self, Content};
use crate::run::Run;
use crate::sources::{Entry, Found, Source};
use crate::state::{Kept, PageState, StateError, StateWrite, Table, load, lock};

/// What a waiting page costs beside the bytes of its entry.
const PAGE_BYTES: usize = 1024;

impl Run<'_> {
    /// The validators to ask with: of a page that is kept, of a source that was read.
    pub fn validators_of(&self, ask: &Ask) -> Validators {
        match &ask.what {
            What::Page(page) if page.state.kept == Kept::Page => page.state.validators.clone(),
            What::Source { at, depth: 0 } => lock(&self.source(*at)).state.validators.clone(),
            _ => Validators::default(),
        }
    }

    fn source(&self, at: usize) -> Arc<std::sync::Mutex<Source>> {
        Arc::clone(&lock(&self.sources)[at])
    }

    /// An ask is at its end.
    pub fn conclude(&self, ask: Ask, outcome: Result<Answer, Failure>) {
        let now = self.clock.now();
        let Ask {
            first,
            url,
            moved,
            been,
            what,
            ..
        } = ask;
        match what {
            What::Rules { site } => {
                let freed = lock(&self.shared)
                    .sites
                    .take_rules(&site, outcome, self.settings, now);
                self.free(freed);
            }
            What::Reservations { site } => {
                let freed = lock(&self.shared).sites.take_reservations(&site, outcome);
                self.free(freed);
            }
            What::Source { at, depth } => {
                let moved_to = (moved && !been.is_empty() && depth == 0).then_some(&url);
                self.conclude_source(at, depth, &url, moved_to, outcome, now);
            }
            What::Page(page) => self.conclude_page(page, first, &url, outcome, now),
        }
    }

    fn conclude_source(
        &self,
        at: usize,
        depth: u8,
        url: &Url,
        moved_to: Option<&Url>,
        outcome: Result<Answer, Failure>,
        now: Timestamp,
    ) {
        let source = self.source(at);
        let mut found = Found::default();
        let mut again = Vec::new();
        {
            let mut source = lock(&source);
            let read = match outcome {
                Ok(answer) if answer.status == 304 => {
                    again = std::mem::take(&mut source.state.pages);
                    source.outcome = Some(SourceOutcome::Unchanged);
                    Ok(Found::default())
                }
                Ok(answer) => source.take(url, answer, depth, self.settings, now),
                Err(failure) => Err(failure),
            };
            match read {
                Ok(read) => {
                    if let Some(url) = moved_to {
                        source.state.moved_to = Some(url.to_string());
                    }
                    found = read;
                }
                Err(failure) if depth == 0 => {
                    // where it moved to is no good any more: the address that was given is asked next
                    source.state.moved_to = None;
                    source.put_off |= matches!(failure, Failure::NotItsTurn { .. });
                    source.outcome = Some(SourceOutcome::Failed(failure));
                }
                Err(failure) => source.child_failed(url, &failure),
            }
        }
        if depth == 0 {
            self.source_read();
        }
        if let Err(error) = self.take_found(at, depth, found, again) {
            self.fail(error);
        }
        self.settle(at, None);
    }

    fn take_found(&self, at: usize, depth: u8, found: Found, again: Vec<String>) -> Result<(), StateError> {
        let source = self.source(at);
        for sitemap in found.sitemaps {
            lock(&source).open += 1;
            self.enqueue(Ask::new(sitemap, What::Source { at, depth: depth + 1 }), 0, false);
        }
        for address in again {
            if let Ok(url) = Url::parse(&address) {
                self.ask_page(url, Some(at), None, None)?;
            }
        }
        for Entry {
            page,
            document,
            digest,
        } in found.entries
        {
            match (page, document) {
                (Some(url), document) => self.ask_page(url, Some(at), document, digest)?,
                (None, Some(document)) => self.keep_entry(at, document, digest)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// Asks for a page that is due.
    pub fn ask_page(
        &self,
        url: Url,
        source: Option<usize>,
        entry: Option<Document>,
        digest: Option<Digest>,
    ) -> Result<(), StateError> {
        let key = key_of(&url).to_string();
        if !lock(&self.shared).seen.insert(key.clone()) {
            return Ok(());
        }
        let state: PageState = load(self.state, Table::Page, &key)?.unwrap_or_default();
        let bytes = PAGE_BYTES + entry.as_ref().map_or(0, |entry| entry.bytes().len());
        let ask = PageAsk {
            key,
            source,
            entry,
            digest,
            state,
            named: source.is_none(),
        };
        let due = ask.named || pages::is_due(&ask, self.clock.now());
        if let Some(at) = source {
            let source = self.source(at);
            let mut source = lock(&source);
            if !due {
                source.settle_page(url.as_str(), ask.state.next_due);
                return Ok(());
            }
            source.open += 1;
        }
        self.enqueue(Ask::new(url, What::Page(Box::new(ask))), bytes, false);
        Ok(())
    }

    /// Keeps the own text of an entry that names no page.
    fn keep_entry(
        &self,
        at: usize,
        mut document: Document,
        digest: Option<Digest>,
    ) -> Result<(), StateError> {
        let source = self.source(at);
        let (address, reuse) = {
            let source = lock(&source);
            (source.address.clone(), source.reuse.clone())
        };
        let id = match (&document.given.id, digest) {
            (Some(id), _) => id.clone(),
            (None, Some(digest)) => digest.short(),
            (None, None) => return Ok(()),
        };
        let key = format!("{address}#{id}");
        let mut state: PageState = load(self.state, Table::Page, &key)?.unwrap_or_default();
        if state.entry == digest || !lock(&self.shared).seen.insert(key.clone()) {
            return Ok(());
        }
        state.entry = digest;
        state.kept = Kept::Entry;
        let now = self.clock.now();
        state.last_good = Some(now);
        document.given.id = Some(key.clone());
        document.captured = pages::captured(self.settings, now);
        document.reuse.extend(reuse);
        self.send(Delivery {
            writes: vec![StateWrite::new(Table::Page, &key, &state)],
            news: News::Document {
                document: Box::new(document),
                source: Some(address),
            },
        });
        Ok(())
    }

    fn conclude_page(
        &self,
        page: Box<PageAsk>,
        first: Url,
        url: &Url,
        outcome: Result<Answer, Failure>,
        now: Timestamp,
    ) {
        self.release(PAGE_BYTES + page.entry.as_ref().map_or(0, |entry| entry.bytes().len()));
        let at = page.source;
        let (source, of_source) = match at.map(|at| self.source(at)) {
            Some(source) => {
                let source = lock(&source);
                (Some(source.address.clone()), source.reuse.clone())
            }
            None => (None, Vec::new()),
        };
        let outcome = match outcome {
            Ok(answer) if answer.status == 304 => Ok(None),
            Ok(answer) => match pages::content_of(&answer) {
                Ok(Content::Page(media_type)) => Ok(Some((answer, media_type))),
                Ok(Content::Source(kind)) if page.named => {
                    return self.becomes_source(kind, &first, url, answer, now);
                }
                Ok(Content::Source(_)) => Err(Failure::Content {
                    reason: "it is a feed, not a page".to_owned(),
                }),
                Err(failure) => Err(failure),
            },
            Err(failure) => Err(failure),
        };
        let put_off = matches!(outcome, Err(Failure::NotItsTurn { .. }));
        let (deliveries, due) = match outcome {
            Ok(None) => one(pages::unchanged(page, self.settings, now)),
            Ok(Some((answer, media_type))) => {
                let of_site = lock(&self.shared).sites.reuse(url);
                let had = pages::Had {
                    url,
                    answer,
                    media_type,
                    of_site,
                    source,
                };
                one(pages::had(page, had, self.settings, now))
            }
            Err(failure) => pages::failed(page, failure, &of_source, source, self.settings, now),
        };
        for delivery in deliveries {
            self.send(delivery);
        }
        if let Some(at) = at {
            self.settle(at, Some((first.as_str(), due, put_off)));
        }
    }

    /// What a person named is no page: its entries are read, or those of the feeds that it lists.
    fn becomes_source(&self, kind: Kind, first: &Url, url: &Url, answer: Answer, now: Timestamp) {
        if kind == Kind::Opml {
            return self.becomes_sources(first, &answer);
        }
        let at = self.new_source(first.as_str());
        self.conclude_source(at, 0, url, None, Ok(answer), now);
    }

    /// The feeds of a list are read. A list without one is told as a source that failed.
    fn becomes_sources(&self, first: &Url, answer: &Answer) {
        let feeds = twosource_intake::read_opml(&answer.body).map(|listed| {
            let addresses = listed.into_iter().map(|subscription| subscription.address);
            let url_of = |address: String| {
                let url = crate::ask::address(Url::parse(&address).ok()?).ok()?;
                Some((address, url))
            };
            addresses.filter_map(url_of).collect::<Vec<_>>()
        });
        let reason = match feeds {
            Ok(feeds) if !feeds.is_empty() => {
                for (address, url) in feeds {
                    let at = self.new_source(&address);
                    self.enqueue(Ask::new(url, What::Source { at, depth: 0 }), 0, false);
                }
                return;
            }
            Ok(_) => "the list names no feed that can be asked for".to_owned(),
            Err(reason) => reason,
        };
        self.send(Delivery {
            news: News::Source {
                address: first.to_string(),
                outcome: SourceOutcome::Failed(Failure::Content { reason }),
            },
            writes: Vec::new(),
        });
    }

    fn new_source(&self, address: &str) -> usize {
        let mut source = Source::new(
            address,
            load(self.state, Table::Source, address)
                .ok()
                .flatten()
                .unwrap_or_default(),
        );
        source.state.validators = Validators::default();
        source.open = 1;
        let mut sources = lock(&self.sources);
        sources.push(Arc::new(std::sync::Mutex::new(source)));
        sources.len() - 1
    }

    /// A page of a source, or the source itself, is settled. When it was the last, the source's own record is true.
    fn settle(&self, at: usize, page: Option<(&str, Option<Timestamp>, bool)>) {
        let source = self.source(at);
        let delivery = {
            let mut source = lock(&source);
            if let Some((address, due, put_off)) = page {
                source.settle_page(address, due);
                source.put_off |= put_off;
            }
            source.open -= 1;
            if source.open > 0 {
                return;
            }
            let now = self.clock.now();
            let state = source.settled(self.settings, now).clone();
            source.outcome.clone().map(|outcome| Delivery {
                writes: vec![StateWrite::new(Table::Source, &source.address, &state)],
                news: News::Source {
                    address: source.address.clone(),
                    outcome,
                },
            })
        };
        if let Some(delivery) = delivery {
            self.send(delivery);
        }
    }
}

fn one((delivery, due): (Delivery, Option<Timestamp>)) -> (Vec<Delivery>, Option<Timestamp>) {
    (vec![delivery], due)
}
