//! What is remembered between runs, and where.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use twosource_model::{Digest, ReuseSignal};

use crate::client::Validators;
use crate::robots::Rules;

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// [`SourceState`] by address.
    Source,
    /// [`PageState`] by address without tracking parameters.
    Page,
    /// [`HostState`] by host name.
    Host,
    /// [`crate::Health`] by address of the source.
    Health,
}

impl Table {
    /// Its name in a database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Page => "page",
            Self::Host => "host",
            Self::Health => "health",
        }
    }
}

/// Why the memory failed.
#[derive(Debug, thiserror::Error)]
#[error("the state of fetching cannot be read or written: {reason}")]
pub struct StateError {
    /// why
    pub reason: String,
}

/// One record to be written: a JSON object under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateWrite {
    /// Where.
    pub table: Table,
    /// Under which key.
    pub key: String,
    /// A JSON object.
    pub value: String,
}

impl StateWrite {
    /// The record of `value`.
    #[must_use]
    pub fn new<T: Serialize>(table: Table, key: &str, value: &T) -> Self {
        Self {
            table,
            key: key.to_owned(),
            // our own records have string keys and finite numbers: writing them does not fail
            value: serde_json::to_string(value).unwrap_or_default(),
        }
    }
}

/// The memory of fetching. A run only reads it: what is to be written comes with each [`crate::Delivery`], so that it can be
/// kept in one transaction with the documents it speaks of.
pub trait FetchState: Send + Sync {
    /// The JSON object under a key.
    ///
    /// # Errors
    /// When the memory fails.
    fn read(&self, table: Table, key: &str) -> Result<Option<String>, StateError>;
}

/// The record under a key; `None` too for one that a later version wrote and this one cannot read.
pub(crate) fn load<T: DeserializeOwned>(
    state: &dyn FetchState,
    table: Table,
    key: &str,
) -> Result<Option<T>, StateError> {
    Ok(state
        .read(table, key)?
        .and_then(|value| serde_json::from_str(&value).ok()))
}

/// A memory that lasts as long as the program.
#[derive(Debug, Default)]
pub struct MemoryState {
    records: Mutex<BTreeMap<(Table, String), String>>,
}

impl MemoryState {
    /// Keeps records.
    pub fn write(&self, writes: &[StateWrite]) {
        let mut records = lock(&self.records);
        for write in writes {
            records.insert((write.table, write.key.clone()), write.value.clone());
        }
    }
}

impl FetchState for MemoryState {
    fn read(&self, table: Table, key: &str) -> Result<Option<String>, StateError> {
        Ok(lock(&self.records).get(&(table, key.to_owned())).cloned())
    }
}

/// A lock, also after a panic of its holder: what lies behind ours is whole at every step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A failure and when it was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureNote {
    /// When.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
}

/// What is known of a feed or sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceState {
    /// Its own name.
    pub title: Option<String>,
    /// What its last good answer said about itself.
    pub validators: Validators,
    /// Where it has moved for good (301, 308).
    pub moved_to: Option<String>,
    /// When it is to be asked next.
    pub next_due: Option<Timestamp>,
    /// When it was last read well, or said to be unchanged.
    pub last_good: Option<Timestamp>,
    /// The last failure.
    pub last_failure: Option<FailureNote>,
    /// Failures in a row.
    pub failures: u32,
    /// Entries of its last reading.
    pub entries: u32,
    /// Pages of it that are to be looked at again, also when the source itself does not change.
    pub pages: Vec<String>,
}

/// Which text of an entry is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// None yet.
    #[default]
    Nothing,
    /// The entry's own text: the page could not be had.
    Entry,
    /// The page.
    Page,
}

/// What is known of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageState {
    /// Which text is kept.
    pub kept: Kept,
    /// Digest of the feed entry that named it last: a changed entry has the page read again.
    pub entry: Option<Digest>,
    /// Digest of the page's bytes.
    pub page: Option<Digest>,
    /// What its last good answer said about itself.
    pub validators: Validators,
    /// When it was last had.
    pub last_good: Option<Timestamp>,
    /// When it is to be asked again; never when `None`.
    pub next_due: Option<Timestamp>,
    /// Times it was asked again without being new to us.
    pub checks: u32,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure.
    pub last_failure: Option<FailureNote>,
    /// Id under which the entry's own text was kept, which the page then takes too.
    pub id: Option<String>,
}

/// What is known of a host.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostState {
    /// It is not asked before.
    pub free_at: Option<Timestamp>,
    /// What its sites (`https://host:port`) say.
    pub sites: BTreeMap<String, SiteState>,
}

/// What one site says to robots.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteState {
    /// Its `robots.txt`.
    pub rules: Rules,
    /// Why the file cannot be had; then nothing is asked for.
    pub unreachable: Option<String>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// What its `/.well-known/tdmrep.json` says, pattern by pattern; `None` when it was not asked for.
    pub reservations: Option<Vec<Reservation>>,
}

/// One rule of a site's TDM reservation protocol file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// Pattern of paths, as in `robots.txt`.
    pub location: String,
    /// What it says of them.
    pub signals: Vec<ReuseSignal>,
}
