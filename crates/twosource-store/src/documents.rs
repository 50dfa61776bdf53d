//! What came in: kept as a record always, as bytes where asked for.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twosource_model::{Digest, Document, DocumentId, Given, Locator, MediaType, Moment, ReuseSignal};

use crate::compact::{from_json, pack, to_value, unpack, value_from_bytes, value_to_bytes};
use crate::keys::key_of;
use crate::numbers::DocumentNumber;
use crate::{Store, StoreError};

/// Everything about a document but its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path, address, or address within an archive.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Number of its bytes.
    pub length: u64,
    /// Kind of content.
    pub media_type: MediaType,
    /// Address of the page, if known.
    pub url: Option<String>,
    /// When it was captured, if the input said so.
    pub captured: Option<Moment>,
    /// What the input said beside the content.
    #[serde(default)]
    pub given: Given,
    /// What the site says about reuse.
    #[serde(default)]
    pub reuse: Vec<ReuseSignal>,
    /// Where in an archive it lies.
    pub locator: Option<Locator>,
}

impl DocumentRecord {
    /// The record of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            name: document.id.to_string(),
            digest: document.digest(),
            length: document.bytes().len() as u64,
            media_type: document.media_type,
            url: document.url.clone(),
            captured: document.captured,
            given: document.given.clone(),
            reuse: document.reuse.clone(),
            locator: document.locator.clone(),
        }
    }

    /// The document again, from its bytes.
    #[must_use]
    pub fn with_bytes(&self, bytes: Vec<u8>) -> Document {
        let mut document = Document::new(DocumentId::new(&self.name), self.media_type, bytes);
        document.url.clone_from(&self.url);
        document.captured = self.captured;
        document.given = self.given.clone();
        document.reuse.clone_from(&self.reuse);
        document.locator.clone_from(&self.locator);
        document
    }

    /// What has no column of its own, where there is anything.
    pub(crate) fn said(&self) -> Result<Option<Value>, StoreError> {
        let said = Said {
            given: self.given.clone(),
            reuse: self.reuse.clone(),
            locator: self.locator.clone(),
        };
        if said == Said::default() {
            return Ok(None);
        }
        to_value("a document", &said).map(Some)
    }

    /// Strings of its columns.
    pub(crate) fn known(&self) -> [&str; 2] {
        [&self.name, self.column_url().unwrap_or_default()]
    }

    /// An address that equals the name is not written twice.
    fn column_url(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| *url != self.name)
    }
}

/// What has no column of its own.
#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(default)]
struct Said {
    #[serde(skip_serializing_if = "is_default")]
    given: Given,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reuse: Vec<ReuseSignal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<Locator>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Store {
    /// Whether this very document was taken in before: its name with the same bytes and the same words beside them (a
    /// feed's headline is changed there), as the latest state under that name or, where it says when it was captured, as any.
    ///
    /// # Errors
    /// Those of the file.
    pub fn knows_document(&self, document: &Document) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT digest, captured, name, url, said FROM document WHERE name_key = ?1 ORDER BY id DESC",
        )?;
        let name = document.id.as_str();
        let captured = document.captured.map(|moment| moment.to_string());
        let mut rows = statement.query([key_of(name)])?;
        let mut latest = true;
        while let Some(row) = rows.next()? {
            if row.get_ref(2)?.as_str().ok() != Some(name) {
                continue;
            }
            let same_bytes = row.get_ref(0)?.as_blob().ok() == Some(document.digest().bytes().as_slice());
            let same_time = captured.is_some() && row.get::<_, Option<String>>(1)? == captured;
            if same_bytes && (latest || same_time) {
                let url: Option<String> = row.get(3)?;
                let said: Option<Vec<u8>> = row.get(4)?;
                if said_of(name, url.as_deref(), said.as_deref())?.given == document.given {
                    return Ok(true);
                }
            }
            if captured.is_none() {
                return Ok(false);
            }
            latest = false;
        }
        Ok(false)
    }

    /// Takes a document in; its bytes are kept when `keep` says so.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_document(&self, document: &Document, keep: bool) -> Result<DocumentNumber, StoreError> {
        self.put_document_record(&DocumentRecord::of(document), keep.then(|| document.bytes()))
    }

    /// Takes the record of a document in, with its bytes where they are kept.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_document_record(
        &self,
        record: &DocumentRecord,
        bytes: Option<&[u8]>,
    ) -> Result<DocumentNumber, StoreError> {
        let said = match record.said()? {
            Some(said) => Some(value_to_bytes(&said, &record.known())?),
            None => None,
        };
        let media_type = to_value("a media type", &record.media_type)?;
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO document (name, name_key, digest, length, media_type, url, captured, said) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        statement.execute((
            &record.name,
            key_of(&record.name),
            record.digest.bytes().as_slice(),
            record.length as i64,
            media_type.as_str().unwrap_or_default(),
            record.column_url(),
            record.captured.map(|moment| moment.to_string()),
            said,
        ))?;
        let number = DocumentNumber(self.conn.last_insert_rowid());
        if let Some(bytes) = bytes {
            self.conn
                .prepare_cached("INSERT INTO page (document, content) VALUES (?1, ?2)")?
                .execute((number, pack(bytes)))?;
        }
        Ok(number)
    }

    /// The record of a document.
    ///
    /// # Errors
    /// Those of the file; when a value in it cannot be read.
    pub fn document(&self, number: DocumentNumber) -> Result<Option<DocumentRecord>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT name, digest, length, media_type, url, captured, said FROM document WHERE id = ?1",
        )?;
        let row = statement
            .query_row([number], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, Option<String>>(4)?,
                    row.get::<_, Option<String>>(5)?,
                    row.get::<_, Option<Vec<u8>>>(6)?,
                ))
            })
            .optional()?;
        let Some((name, digest, length, media_type, url, captured, said)) = row else {
            return Ok(None);
        };
        let what = format!("document {name}");
        let said = said_of(&name, url.as_deref(), said.as_deref())?;
        let captured = captured
            .map(|text| {
                text.parse::<Moment>()
                    .map_err(|error| StoreError::unreadable(&what, error))
            })
            .transpose()?;
        // an address that equals the name is not written twice
        let url = url.or_else(|| is_address(&name).then(|| name.clone()));
        Ok(Some(DocumentRecord {
            digest: digest_of(&what, &digest)?,
            length: length.max(0) as u64,
            media_type: from_json(&what, serde_json::Value::from(media_type).to_string().as_bytes())?,
            url,
            captured,
            given: said.given,
            reuse: said.reuse,
            locator: said.locator,
            name,
        }))
    }

    /// The bytes of a document, where they are kept.
    ///
    /// # Errors
    /// Those of the file; when the bytes cannot be unfolded.
    pub fn page(&self, number: DocumentNumber) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT content FROM page WHERE document = ?1")?;
        let packed: Option<Vec<u8>> = statement.query_row([number], |row| row.get(0)).optional()?;
        packed
            .map(|packed| unpack(&format!("the bytes of document {}", number.0), &packed))
            .transpose()
    }
}

/// What was written under a name and an address beside it.
fn said_of(name: &str, url: Option<&str>, said: Option<&[u8]>) -> Result<Said, StoreError> {
    let Some(bytes) = said else {
        return Ok(Said::default());
    };
    let what = format!("document {name}");
    let said = value_from_bytes(&what, bytes, &[name, url.unwrap_or_default()])?;
    serde_json::from_value(said).map_err(|error| StoreError::unreadable(&what, error))
}

fn is_address(name: &str) -> bool {
    name.starts_with("http://") || name.starts_with("https://")
}

/// The digest of 32 stored bytes.
pub fn digest_of(what: &str, bytes: &[u8]) -> Result<Digest, StoreError> {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits
        .parse()
        .map_err(|error| StoreError::unreadable(what, error))
}
