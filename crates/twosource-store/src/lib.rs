//! The desk's memory: one SQLite file that holds what every step made.
//!
//! [`Store`] opens the file and offers plain functions over it, a module a noun: documents, articles with their
//! revisions and analyses, the history that the grouping follows, stories with their events, search, quarantine,
//! sources. Everything written between [`Store::transaction`]'s start and end is there as a whole or not at all.
//!
//! ```
//! use twosource_store::{Mode, Store};
//!
//! let store = Store::open_in_memory().unwrap();
//! store.put_source_state("https://example.org/feed.xml", "{\"etag\":\"x\"}").unwrap();
//! assert_eq!(store.source_state("https://example.org/feed.xml").unwrap().unwrap(), "{\"etag\":\"x\"}");
//! # let _ = Mode::Read;
//! ```

mod alerts;
mod articles;
mod backup;
mod check;
mod compact;
mod documents;
mod error;
mod figures;
mod history;
mod inbox;
mod keys;
mod links;
mod numbers;
mod outlets;
mod quarantine;
mod retention;
mod search;
mod shown;
mod sources;
mod store;
mod stories;
mod tables;
mod tags;
mod threads;
mod transfer;

pub use alerts::{Alert, AlertSubject, Notice};
pub use articles::{Arrival, Entry, Novelty, RevisionRecord, date_of, day_number};
pub use check::Checked;
pub use compact::learn_annotations;
pub use documents::DocumentRecord;
pub use error::StoreError;
pub use history::{Act, Constraint, Step, StepKind};
pub use inbox::{InboxNumber, Incoming};
pub use numbers::{ArticleNumber, DocumentNumber, RevisionNumber, StepNumber, StoryNumber};
pub use quarantine::Quarantined;
pub use retention::LetGo;
pub use search::{Hit, Hits, Query, QueryError, Snippet};
pub use shown::{Kept, keep_at_once};
pub use sources::SourceState;
pub use store::{Limits, Mode, SCHEMA_VERSION, Store};
pub use stories::{EventKind, Place, StoryEntry, StoryEvent, StoryOrder};
pub use tables::{Cell, Column, ColumnKind, Feed, FeedForm, Sheet, SheetForm};
pub use threads::Thread;
pub use transfer::Manifest;
