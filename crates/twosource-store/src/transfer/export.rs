//! Writes the desk, one thing a line, in the order in which it came.

use std::io::Write;

use rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use twosource_model::Token;

use super::base64;
use crate::compact::to_value;
use crate::numbers::{DocumentNumber, RevisionNumber};
use crate::{Store, StoreError};

/// Version of the form.
pub const VERSION: u64 = 1;
/// Rows read at a time.
const ROWS: i64 = 512;

/// What an export holds: its last line, and the file beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What is in it.
    pub what: String,
    /// Lines, or rows, of each kind.
    pub counts: std::collections::BTreeMap<String, u64>,
    /// SHA-256 of all bytes before the manifest.
    pub sha256: String,
    /// The day that was passed in as "now".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// Tables that are written as they stand, with the columns of each; names that end in `_id` of others are numbers.
/// In the order in which an import can take them.
pub(super) const PLAIN: &[(&str, &str, &[&str])] = &[
    (
        "story",
        "story",
        &["id", "label_key", "opened", "merged_into", "last_step"],
    ),
    (
        "article",
        "article",
        &[
            "id", "name", "current", "story", "origin", "nearest", "score", "step",
        ],
    ),
    ("thread", "thread", &["story", "near"]),
    ("act", "act", &["id", "kind", "words", "as_of", "undone"]),
    ("decision", "decision", &["id", "act", "verdict", "a", "b"]),
    ("step", "step", &["id", "revision", "act", "seen"]),
    (
        "event",
        "event",
        &["id", "step", "kind", "story", "other", "article"],
    ),
    (
        "quarantine",
        "quarantine",
        &[
            "id", "name", "name_key", "reason", "tries", "digest", "document", "content",
        ],
    ),
    ("outlet-profile", "outlet_profile", &["id", "outlet", "content"]),
    ("alert", "alert", &["id", "name", "subject", "after"]),
    (
        "notice",
        "notice",
        &["id", "alert", "key", "step", "words", "sent"],
    ),
];

/// Counts and hashes what goes through it.
struct Lines<'a> {
    to: &'a mut dyn Write,
    hash: Sha256,
    manifest: Manifest,
}

impl Lines<'_> {
    fn put(&mut self, kind: &str, fields: Map<String, Value>) -> Result<(), StoreError> {
        let mut line = Map::new();
        line.insert("line".to_owned(), kind.into());
        line.extend(fields);
        let mut text = Value::Object(line).to_string();
        text.push('\n');
        self.hash.update(text.as_bytes());
        *self.manifest.counts.entry(kind.to_owned()).or_default() += 1;
        self.to.write_all(text.as_bytes())?;
        Ok(())
    }
}

impl Store {
    /// Writes the whole desk to `to`, as it is at one moment. The state of the grouping is left out: it follows from the
    /// history.
    ///
    /// # Errors
    /// Those of the file, and of writing.
    pub fn export(&self, to: &mut dyn Write, as_of: Option<String>) -> Result<Manifest, StoreError> {
        // one read transaction: what others write meanwhile does not show
        self.batch("BEGIN")?;
        let result = self.export_lines(to, as_of);
        self.batch("COMMIT")?;
        result
    }

    fn export_lines(&self, to: &mut dyn Write, as_of: Option<String>) -> Result<Manifest, StoreError> {
        let manifest = Manifest {
            what: "desk".to_owned(),
            counts: Default::default(),
            sha256: String::new(),
            as_of,
        };
        let mut lines = Lines {
            to,
            hash: Sha256::new(),
            manifest,
        };
        lines.put("desk", object(json!({"version": VERSION})))?;
        self.export_documents(&mut lines)?;
        self.export_revisions(&mut lines)?;
        for (kind, table, columns) in PLAIN {
            // a file of an earlier version that is only read has fewer
            if !self.has_table(table)? {
                continue;
            }
            self.export_plain(&mut lines, kind, table, columns)?;
        }
        for source in self.sources()? {
            lines.put(
                "source",
                object(json!({"url": source.url, "state": source.state})),
            )?;
        }
        if self.rewrites()? > 0 {
            lines.put(
                "note",
                object(json!({"key": "rewrites", "value": self.rewrites()?.to_string()})),
            )?;
        }
        let Lines {
            to,
            hash,
            mut manifest,
        } = lines;
        manifest.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut line = Map::new();
        line.insert("line".to_owned(), "manifest".into());
        line.extend(object(to_value("a manifest", &manifest)?));
        writeln!(to, "{}", Value::Object(line))?;
        to.flush()?;
        Ok(manifest)
    }

    fn export_documents(&self, lines: &mut Lines<'_>) -> Result<(), StoreError> {
        let last: i64 = self
            .conn
            .query_row("SELECT coalesce(max(id), 0) FROM document", [], |row| row.get(0))?;
        for number in 1..=last {
            let Some(record) = self.document(DocumentNumber(number))? else {
                continue;
            };
            let mut fields = object(json!({"number": number}));
            fields.extend(object(to_value("a document", &record)?));
            if let Some(page) = self.page(DocumentNumber(number))? {
                fields.insert("bytes".to_owned(), base64::encode(&page).into());
            }
            lines.put("document", fields)?;
        }
        Ok(())
    }

    fn export_revisions(&self, lines: &mut Lines<'_>) -> Result<(), StoreError> {
        let mut last = 0;
        loop {
            let rows: Vec<(i64, i64, Option<i64>)> = self
                .conn
                .prepare_cached(
                    "SELECT id, article, document FROM revision WHERE id > ?1 ORDER BY id LIMIT ?2",
                )?
                .query_map([last, ROWS], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            let Some(end) = rows.last() else { return Ok(()) };
            last = end.0;
            for (number, article_number, document) in rows {
                let (article, mut analysis) = self.reading(RevisionNumber(number))?;
                let tokens: Vec<Value> = analysis.tokens.iter().map(token).collect();
                analysis.tokens.clear();
                let mut analysis = object(to_value("an analysis", &analysis)?);
                analysis.insert("tokens".to_owned(), tokens.into());
                let fields = json!({
                    "number": number,
                    "article_number": article_number,
                    "document": document,
                    "article": to_value("an article", &article)?,
                    "analysis": analysis,
                });
                lines.put("revision", object(fields))?;
            }
        }
    }

    fn export_plain(
        &self,
        lines: &mut Lines<'_>,
        kind: &str,
        table: &str,
        columns: &[&str],
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT {} FROM {table} ORDER BY 1, 2", columns.join(", "));
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut fields = Map::new();
            for (at, column) in columns.iter().enumerate() {
                let value = match row.get_ref(at)? {
                    ValueRef::Null => continue,
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Real(number) => json!(number),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                    ValueRef::Blob(bytes) => json!({"base64": base64::encode(bytes)}),
                };
                fields.insert((*column).to_owned(), value);
            }
            lines.put(kind, fields)?;
        }
        Ok(())
    }
}

/// A token as a short list: start, end, tags, lemma, head, relation.
fn token(token: &Token) -> Value {
    json!([
        token.span.start(),
        token.span.end(),
        token.upos.as_str(),
        token.xpos.as_str(),
        token.lemma.as_str(),
        token.head,
        token.relation.as_str()
    ])
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
