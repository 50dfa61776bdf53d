//! The memory of fetching, kept in the desk's file.

use std::sync::{Mutex, MutexGuard, PoisonError};

use twosource_fetch::{FetchState, StateError, StateWrite, Table};
use twosource_store::{InboxNumber, Incoming, Store, StoreError};

/// Times that a write waits for the desk, each as long as the store itself waits.
const TRIES: u32 = 20;

/// A connection of its own to the desk's file: read while documents are written by another.
pub struct DeskState {
    store: Mutex<Store>,
}

impl DeskState {
    /// Over an open store.
    pub const fn new(store: Store) -> Self {
        Self {
            store: Mutex::new(store),
        }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays down what came together with the records that vouch for it, as a whole.
    pub fn lay_down(&self, came: &[Incoming], writes: &[StateWrite]) -> Result<(), StoreError> {
        if came.is_empty() && writes.is_empty() {
            return Ok(());
        }
        self.write(|store| {
            came.iter().try_for_each(|came| store.put_inbox(came))?;
            writes
                .iter()
                .try_for_each(|write| store.put_source_state(&key(write.table, &write.key), &write.value))
        })
    }

    /// Writes as a whole. The desk that reads beside us writes too, and its batches may take long on a busy machine.
    fn write(&self, work: impl Fn(&Store) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let store = self.store();
        let mut tries = 1;
        loop {
            match store.transaction(&work) {
                Err(StoreError::Busy { .. }) if tries < TRIES => tries += 1,
                outcome => return outcome,
            }
        }
    }

    /// What was laid down and is not read yet, in an order that does not depend on which came first.
    pub fn waiting(&self) -> Result<Vec<InboxNumber>, StoreError> {
        self.store().inbox()
    }

    /// What waits under a number.
    pub fn incoming(&self, number: InboxNumber) -> Result<Incoming, StoreError> {
        self.store().incoming(number)
    }

    /// Takes away what has been read.
    pub fn take_away(&self, read: &[InboxNumber]) -> Result<(), StoreError> {
        self.write(|store| store.drop_inbox(read))
    }
}

impl FetchState for DeskState {
    fn read(&self, table: Table, name: &str) -> Result<Option<String>, StateError> {
        self.store()
            .source_state(&key(table, name))
            .map_err(|error| StateError {
                reason: error.to_string(),
            })
    }
}

/// Under which the file keeps a record: `page https://…`.
pub fn key(table: Table, name: &str) -> String {
    format!("{} {name}", table.name())
}
