//! What recurs over the pages of each outlet, in the extract step's own form.

use rusqlite::OptionalExtension;

use crate::keys::key_of;
use crate::{Store, StoreError};

impl Store {
    /// What recurs over the pages of an outlet: the bytes that were put for it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn outlet_profile(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT content FROM outlet_profile WHERE id = ?1")?;
        Ok(statement
            .query_row([key_of(outlet)], |row| row.get(0))
            .optional()?)
    }

    /// Puts down what recurs over the pages of an outlet, in place of what was there.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_outlet_profile(&self, outlet: &str, content: &[u8]) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "INSERT OR REPLACE INTO outlet_profile (id, outlet, content) VALUES (?1, ?2, ?3)",
        )?;
        statement.execute((key_of(outlet), outlet, content))?;
        Ok(())
    }
}
