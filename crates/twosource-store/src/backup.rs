//! A copy of the file, made while it is in use.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::{Store, StoreError};

/// Pages copied at a time; other programs may write between two goes.
const PAGES: i32 = 2_048;

impl Store {
    /// Copies the whole desk, as it is at one moment, to a new file at `path`. The copy is written beside it first, so
    /// that a half copy never bears the name.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn backup(&self, path: &Path) -> Result<(), StoreError> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let _ = std::fs::remove_file(&part);
        let result = self.copy_to(&part);
        let result = result.and_then(|()| {
            std::fs::rename(&part, path)
                .map_err(|error| StoreError::unreadable(path.display().to_string(), error))
        });
        if result.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        result
    }

    fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let mut to = Connection::open(path)?;
        Backup::new(&self.conn, &mut to)?.run_to_completion(PAGES, Duration::from_millis(1), None)?;
        // one file, without a log beside it
        to.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
        to.close().map_err(|(_, error)| error.into())
    }
}
