//! Feeds, sitemaps and hosts: a place for what the fetching step has to remember between runs.

use rusqlite::OptionalExtension;

use crate::{Store, StoreError};

/// What is remembered of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Its address.
    pub url: String,
    /// The state, in the fetching step's own words (JSON).
    pub state: String,
}

impl Store {
    /// What is remembered of the source at `url`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn source_state(&self, url: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT state FROM source WHERE url = ?1")?;
        Ok(statement.query_row([url], |row| row.get(0)).optional()?)
    }

    /// Remembers `state` of the source at `url`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_source_state(&self, url: &str, state: &str) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("INSERT OR REPLACE INTO source (url, state) VALUES (?1, ?2)")?;
        statement.execute([url, state])?;
        Ok(())
    }

    /// All sources, by address.
    ///
    /// # Errors
    /// Those of the file.
    pub fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT url, state FROM source ORDER BY url")?;
        let rows = statement.query_map([], |row| {
            Ok(SourceState {
                url: row.get(0)?,
                state: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
