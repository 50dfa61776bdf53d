//! The memory of fetching, kept in the desk's file.

use std::sync::{Mutex, MutexGuard, PoisonError};

use twosource_fetch::{FetchState, StateError, StateWrite, Table};
use twosource_store::{Store, StoreError};

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

    /// Writes records, as a whole.
    pub fn write(&self, writes: &[StateWrite]) -> Result<(), StoreError> {
        if writes.is_empty() {
            return Ok(());
        }
        self.store().transaction(|store| {
            for write in writes {
                store.put_source_state(&key(write.table, &write.key), &write.value)?;
            }
            Ok(())
        })
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
