//! Input that could not be used, with its reason, so that it can be tried again.

use rusqlite::OptionalExtension;
use twosource_model::{Digest, Document};

use crate::compact::{from_json, pack, to_value, unpack};
use crate::documents::{DocumentRecord, digest_of};
use crate::keys::key_of;
use crate::{Store, StoreError};

/// Largest document whose bytes are kept in quarantine.
const KEPT_BYTES: usize = 8 << 20;

/// An input that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its number.
    pub number: i64,
    /// The input, as it was named.
    pub name: String,
    /// Why, in one sentence.
    pub reason: String,
    /// How many times it was tried.
    pub tries: u32,
    /// Digest of its bytes, where it had any.
    pub digest: Option<Digest>,
}

impl Store {
    /// Sets an input aside, with its document where there is one. The same input again changes the reason only.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_quarantine(
        &self,
        name: &str,
        reason: &str,
        document: Option<&Document>,
    ) -> Result<(), StoreError> {
        let digest = document.map(|document| document.digest().bytes().to_vec());
        let mut statement = self.conn.prepare_cached(
            "UPDATE quarantine SET reason = ?4 WHERE name_key = ?1 AND name = ?2 AND digest IS ?3 \
             AND (?3 IS NOT NULL OR reason = ?4)",
        )?;
        if statement.execute((key_of(name), name, &digest, reason))? > 0 {
            return Ok(());
        }
        let record = match document {
            Some(document) => Some(to_value("a document", &DocumentRecord::of(document))?.to_string()),
            None => None,
        };
        let content = document
            .filter(|document| document.bytes().len() <= KEPT_BYTES)
            .map(|document| pack(document.bytes()));
        self.conn
            .prepare_cached(
                "INSERT INTO quarantine (name, name_key, reason, digest, document, content) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((name, key_of(name), reason, digest, record, content))?;
        Ok(())
    }

    /// Whether this very document was set aside before.
    ///
    /// # Errors
    /// Those of the file.
    pub fn is_quarantined(&self, document: &Document) -> Result<bool, StoreError> {
        let name = document.id.as_str();
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM quarantine WHERE name_key = ?1 AND name = ?2 AND digest = ?3")?;
        Ok(statement.exists((key_of(name), name, document.digest().bytes().as_slice()))?)
    }

    /// Everything set aside, oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn quarantine(&self) -> Result<Vec<Quarantined>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, name, reason, tries, digest FROM quarantine ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get::<_, Option<Vec<u8>>>(4)?,
            ))
        })?;
        rows.map(|row| {
            let (number, name, reason, tries, digest) = row?;
            let digest = digest.map(|bytes| digest_of(&name, &bytes)).transpose()?;
            Ok(Quarantined {
                number,
                name,
                reason,
                tries,
                digest,
            })
        })
        .collect()
    }

    /// The document of an input that was set aside, where its bytes are kept.
    ///
    /// # Errors
    /// Those of the file; when a value in it cannot be read.
    pub fn quarantined_document(&self, number: i64) -> Result<Option<Document>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT document, content FROM quarantine WHERE id = ?1")?;
        let found: Option<(Option<String>, Option<Vec<u8>>)> = statement
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((Some(record), Some(content))) = found else {
            return Ok(None);
        };
        let record: DocumentRecord = from_json("a document in quarantine", record.as_bytes())?;
        Ok(Some(record.with_bytes(unpack(&record.name, &content)?)))
    }

    /// Counts another vain try.
    ///
    /// # Errors
    /// Those of the file.
    pub fn count_try(&self, number: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE quarantine SET tries = tries + 1 WHERE id = ?1")?
            .execute([number])?;
        Ok(())
    }

    /// Lets an input go: it was taken in after all, or is to be forgotten.
    ///
    /// # Errors
    /// Those of the file.
    pub fn drop_quarantine(&self, number: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM quarantine WHERE id = ?1")?
            .execute([number])?;
        Ok(())
    }

    /// Lets every entry of this name without bytes go, and those with these bytes: the input is taken in now.
    ///
    /// # Errors
    /// Those of the file.
    pub fn release(&self, document: &Document) -> Result<(), StoreError> {
        let name = document.id.as_str();
        self.conn
            .prepare_cached(
                "DELETE FROM quarantine WHERE name_key = ?1 AND name = ?2 AND (digest IS NULL OR digest = ?3)",
            )?
            .execute((key_of(name), name, document.digest().bytes().as_slice()))?;
        Ok(())
    }
}
