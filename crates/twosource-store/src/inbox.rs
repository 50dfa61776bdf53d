//! What was fetched and waits to be read: on disk from the moment it came.

use twosource_model::Document;

use crate::compact::{from_json, to_value};
use crate::documents::DocumentRecord;
use crate::{Store, StoreError};

/// The number of something that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InboxNumber(i64);

/// Something that came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one at a time, and most are documents")]
pub enum Incoming {
    /// A document.
    Document(Document),
    /// Something that could not be had.
    Failed {
        /// Its address.
        name: String,
        /// Why.
        reason: String,
    },
}

impl Store {
    /// Lays something down that came.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_inbox(&self, incoming: &Incoming) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("INSERT INTO inbox (name, document, content, reason) VALUES (?1, ?2, ?3, ?4)")?;
        match incoming {
            Incoming::Document(document) => {
                let record = to_value("a document", &DocumentRecord::of(document))?.to_string();
                statement.execute((document.id.as_str(), record, document.bytes(), None::<&str>))?
            }
            Incoming::Failed { name, reason } => {
                statement.execute((name, None::<&str>, None::<&[u8]>, reason))?
            }
        };
        Ok(())
    }

    /// All that waits, by name: in an order that does not depend on which came first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn inbox(&self) -> Result<Vec<InboxNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM inbox ORDER BY name, id")?;
        let rows = statement.query_map([], |row| row.get(0).map(InboxNumber))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What waits under a number.
    ///
    /// # Errors
    /// Those of the file; when there is none of this number.
    pub fn incoming(&self, number: InboxNumber) -> Result<Incoming, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT name, document, content, reason FROM inbox WHERE id = ?1")?;
        let (name, record, content, reason) = statement.query_row([number.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Option<String>>(1)?,
                row.get::<_, Option<Vec<u8>>>(2)?,
                row.get::<_, Option<String>>(3)?,
            ))
        })?;
        Ok(match record {
            Some(record) => {
                let record: DocumentRecord = from_json(&name, record.as_bytes())?;
                Incoming::Document(record.with_bytes(content.unwrap_or_default()))
            }
            None => Incoming::Failed {
                name,
                reason: reason.unwrap_or_default(),
            },
        })
    }

    /// Takes away what has been read.
    ///
    /// # Errors
    /// Those of the file.
    pub fn drop_inbox(&self, numbers: &[InboxNumber]) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached("DELETE FROM inbox WHERE id = ?1")?;
        for number in numbers {
            statement.execute([number.0])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use twosource_model::{DocumentId, MediaType, ReuseSignal};

    use super::*;

    #[test]
    fn what_came_waits_by_name_and_is_given_back_whole() {
        let store = Store::open_in_memory().unwrap();
        let mut document = Document::new(
            DocumentId::new("http://b.example/"),
            MediaType::Html,
            b"<p>x".to_vec(),
        );
        document.captured = "2018-07-20T09:30:00Z".parse().ok();
        document.given.title = Some("X".to_owned());
        document.reuse.push(ReuseSignal {
            source: "robots.txt".to_owned(),
            value: "noarchive".to_owned(),
        });
        let failed = Incoming::Failed {
            name: "http://a.example/".to_owned(),
            reason: "gone".to_owned(),
        };
        let came = Incoming::Document(document);
        store.put_inbox(&came).unwrap();
        store.put_inbox(&failed).unwrap();
        let waiting = store.inbox().unwrap();
        let read: Vec<Incoming> = waiting
            .iter()
            .map(|number| store.incoming(*number).unwrap())
            .collect();
        assert_eq!(read, [failed, came]);
        store.drop_inbox(&waiting[..1]).unwrap();
        assert_eq!(store.inbox().unwrap(), waiting[1..]);
    }
}
