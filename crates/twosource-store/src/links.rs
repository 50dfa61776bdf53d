//! Entries of knowledge tables, once a file: annotations name them by number.

use std::cell::RefCell;
use std::collections::HashMap;

use rusqlite::OptionalExtension;
use serde_json::Value;

use crate::compact::{Shared, from_json};
use crate::keys::key_of;
use crate::tags::Tags;
use crate::{Store, StoreError};

/// Entries remembered at most; then it begins anew. A desk of a million articles knows a few ten thousand.
const REMEMBERED: usize = 1 << 16;

/// What is remembered of the entries, so that the file need not be asked each time.
#[derive(Debug, Default)]
pub struct Links {
    numbers: RefCell<HashMap<String, i64>>,
    entries: RefCell<HashMap<i64, Value>>,
}

impl Links {
    /// Forgets all: after a transaction that was taken back, numbers may stand for nothing.
    pub fn forget(&self) {
        self.numbers.borrow_mut().clear();
        self.entries.borrow_mut().clear();
    }
}

impl Shared for Store {
    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn number_of_link(&self, link: &Value) -> Result<i64, StoreError> {
        let content = link.to_string();
        if let Some(number) = self.links.numbers.borrow().get(&content) {
            return Ok(*number);
        }
        let known: Option<i64> = self
            .conn
            .prepare_cached("SELECT id FROM link WHERE key = ?1")?
            .query_row([key_of(&content)], |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                self.conn
                    .prepare_cached("INSERT INTO link (key, content) VALUES (?1, ?2)")?
                    .execute((key_of(&content), &content))?;
                self.conn.last_insert_rowid()
            }
        };
        let mut numbers = self.links.numbers.borrow_mut();
        if numbers.len() >= REMEMBERED {
            numbers.clear();
        }
        numbers.insert(content, number);
        Ok(number)
    }

    fn link(&self, number: i64) -> Result<Value, StoreError> {
        if let Some(entry) = self.links.entries.borrow().get(&number) {
            return Ok(entry.clone());
        }
        let content: Option<String> = self
            .conn
            .prepare_cached("SELECT content FROM link WHERE id = ?1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        let what = || format!("entry {number} of the knowledge tables");
        let content = content.ok_or_else(|| StoreError::unreadable(what(), "it is not there"))?;
        let entry: Value = from_json(&what(), content.as_bytes())?;
        let mut entries = self.links.entries.borrow_mut();
        if entries.len() >= REMEMBERED {
            entries.clear();
        }
        entries.insert(number, entry.clone());
        Ok(entry)
    }
}
