//! What a run hands over.

use jiff::Timestamp;
use twosource_model::Document;

use crate::failure::Failure;
use crate::state::{Kept, StateWrite};

/// One piece of news of a run, with the records that are true once it is kept.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// What happened.
    pub news: News,
    /// To be written together with it, or after it; never before.
    pub writes: Vec<StateWrite>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum News {
    /// A document that is new or has changed. `given.feed_entry` says whether it is a feed entry's own text.
    Document {
        /// The document.
        document: Box<Document>,
        /// Address of the feed or sitemap that named it.
        source: Option<String>,
    },
    /// A page that is as it was.
    Unchanged {
        /// Its address.
        address: String,
    },
    /// A page that could not be had.
    Failed {
        /// Its address.
        address: String,
        /// Address of the feed or sitemap that named it.
        source: Option<String>,
        /// Why.
        failure: Failure,
        /// Which text of it is kept: earlier states of the page, or the entry's own text.
        kept: Kept,
    },
    /// A feed or sitemap that was asked for.
    Source {
        /// Its address.
        address: String,
        /// What came of it.
        outcome: SourceOutcome,
    },
    /// The run is at its end.
    Ended,
}

/// What came of asking a feed or sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceOutcome {
    /// It was read.
    Read {
        /// Its entries.
        entries: usize,
        /// Entries that give nothing, each with the reason.
        problems: Vec<String>,
    },
    /// It is as it was.
    Unchanged,
    /// It could not be read.
    Failed(Failure),
}

/// How a run went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Sources that were due.
    pub sources: usize,
    /// Of them, not read.
    pub failed_sources: usize,
    /// Documents delivered.
    pub documents: usize,
    /// Of them, feed entries' own texts.
    pub entries_only: usize,
    /// Pages that were asked for and are as they were.
    pub unchanged: usize,
    /// Pages that could not be had.
    pub failed: usize,
    /// Some sources were not gone through to their end: the next run goes on with them.
    pub put_off: bool,
    /// When the next source is due.
    pub next_due: Option<Timestamp>,
}
