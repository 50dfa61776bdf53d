//! Saved searches and stories that are watched, and what each has told: everything once.

use serde::{Deserialize, Serialize};
use twosource_model::Digest;

use crate::compact::{from_json, to_value};
use crate::numbers::StepNumber;
use crate::{Store, StoreError};

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertSubject {
    /// A story, by its shown id.
    Story(String),
    /// A search, as it was typed.
    Search(String),
}

/// A saved search or story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its number.
    pub number: i64,
    /// The name a person gave it.
    pub name: String,
    /// What is watched.
    pub subject: AlertSubject,
    /// Step up to which it has looked.
    pub after: StepNumber,
}

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub number: i64,
    /// The alert's name.
    pub alert: String,
    /// SHA-256 of what makes it one thing to its alert; two alerts may tell the same.
    pub key: Digest,
    /// What is told (JSON).
    pub words: String,
}

impl Notice {
    /// Names it among those of all alerts, the same whenever it goes out.
    #[must_use]
    pub fn name(&self) -> Digest {
        Digest::of_parts(&[self.alert.as_bytes(), b"\n", self.key.bytes()])
    }
}

impl Store {
    /// Saves an alert that has looked up to the end of the history.
    ///
    /// # Errors
    /// Those of the file; when the name is taken.
    pub fn add_alert(&self, name: &str, subject: &AlertSubject) -> Result<Alert, StoreError> {
        if self.alerts()?.iter().any(|alert| alert.name == name) {
            return Err(StoreError::unreadable(
                format!("the alert {name:?}"),
                "there is one of this name",
            ));
        }
        let after = self.last_step()?;
        let json = to_value("an alert", subject)?.to_string();
        self.conn
            .prepare_cached("INSERT INTO alert (name, subject, after) VALUES (?1, ?2, ?3)")?
            .execute((name, json, after))?;
        Ok(Alert {
            number: self.conn.last_insert_rowid(),
            name: name.to_owned(),
            subject: subject.clone(),
            after,
        })
    }

    /// All alerts, in the order in which they were saved.
    ///
    /// # Errors
    /// Those of the file.
    pub fn alerts(&self) -> Result<Vec<Alert>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, name, subject, after FROM alert ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (number, name, subject, after) = row?;
            Ok(Alert {
                number,
                name,
                subject: from_json("an alert", subject.as_bytes())?,
                after,
            })
        })
        .collect()
    }

    /// Forgets an alert with what it told; whether there was one of this name.
    ///
    /// # Errors
    /// Those of the file.
    pub fn drop_alert(&self, name: &str) -> Result<bool, StoreError> {
        self.conn
            .prepare_cached("DELETE FROM notice WHERE alert IN (SELECT id FROM alert WHERE name = ?1)")?
            .execute([name])?;
        let dropped = self
            .conn
            .prepare_cached("DELETE FROM alert WHERE name = ?1")?
            .execute([name])?;
        Ok(dropped > 0)
    }

    /// Notes how far an alert has looked.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_alert_step(&self, alert: i64, after: StepNumber) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE alert SET after = ?2 WHERE id = ?1")?
            .execute((alert, after))?;
        Ok(())
    }

    /// Whether an alert has this on record already.
    ///
    /// # Errors
    /// Those of the file.
    pub fn has_notice(&self, alert: i64, key: Digest) -> Result<bool, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM notice WHERE alert = ?1 AND key = ?2")?;
        Ok(statement.exists((alert, key.bytes().as_slice()))?)
    }

    /// Puts something on record, to be told unless it is `sent` already. A second time changes nothing.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_notice(&self, alert: i64, key: Digest, words: &str, sent: bool) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO notice (alert, key, step, words, sent) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((alert, key.bytes().as_slice(), self.last_step()?, words, sent))?;
        Ok(())
    }

    /// What is still to be told, oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn unsent(&self) -> Result<Vec<Notice>, StoreError> {
        self.notices("n.sent = 0 ORDER BY n.id", usize::MAX)
    }

    /// What was told last, newest first, at most `most`. What was known before it was watched for is not among it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn told(&self, most: usize) -> Result<Vec<Notice>, StoreError> {
        self.notices("n.sent = 1 AND n.words <> '' ORDER BY n.id DESC", most)
    }

    fn notices(&self, which: &str, most: usize) -> Result<Vec<Notice>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT n.id, a.name, n.key, n.words FROM notice n JOIN alert a ON a.id = n.alert WHERE {which} LIMIT ?1"
        ))?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map([most], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (number, alert, key, words) = row?;
            Ok(Notice {
                number,
                alert,
                key: crate::documents::digest_of("a notice", &key)?,
                words,
            })
        })
        .collect()
    }

    /// Notes that something was told.
    ///
    /// # Errors
    /// Those of the file.
    pub fn mark_sent(&self, notice: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE notice SET sent = 1 WHERE id = ?1")?
            .execute([notice])?;
        Ok(())
    }
}
