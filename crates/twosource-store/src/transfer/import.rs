//! Reads an exported desk into an empty file.

use std::io::BufRead;

use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use twosource_model::{Analysis, Article, Relation, Span, Token, Upos, Xpos};

use super::base64;
use super::export::{Manifest, PLAIN, VERSION};
use crate::documents::DocumentRecord;
use crate::numbers::{ArticleNumber, DocumentNumber, RevisionNumber};
use crate::{Store, StoreError};

/// Lines written in one go.
const LINES: usize = 512;

impl Store {
    /// Takes the lines of an export into this store, which must be empty. `progress` is told the number of lines done.
    ///
    /// # Errors
    /// When the store is not empty, a line is no line of an export, or the manifest's hash is not that of the lines. The
    /// file is then of no use: import into a new one.
    pub fn import(
        &self,
        from: &mut dyn BufRead,
        mut progress: impl FnMut(u64),
    ) -> Result<Manifest, StoreError> {
        if self.last_step()?.0 > 0 || !self.sources()?.is_empty() {
            return Err(StoreError::unreadable(
                "an import",
                "the desk is not empty: name a new file",
            ));
        }
        self.batch("PRAGMA foreign_keys = OFF")?;
        let result = self.import_lines(from, &mut progress);
        self.batch("PRAGMA foreign_keys = ON")?;
        let manifest = result?;
        self.transaction(|store| store.refresh(&store.all_stories()?.into_iter().collect()))?;
        Ok(manifest)
    }

    fn import_lines(
        &self,
        from: &mut dyn BufRead,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Manifest, StoreError> {
        let mut hash = Sha256::new();
        let mut count = 0_u64;
        loop {
            let mut found = None;
            let mut ended = false;
            self.transaction(|store| {
                for _ in 0..LINES {
                    let mut line = String::new();
                    if from.read_line(&mut line)? == 0 {
                        ended = true;
                        break;
                    }
                    count += 1;
                    let wrong = |reason: String| {
                        StoreError::unreadable(format!("line {count} of the export"), reason)
                    };
                    let value: Value =
                        serde_json::from_str(&line).map_err(|error| wrong(error.to_string()))?;
                    let Value::Object(mut fields) = value else {
                        return Err(wrong("it is no object".to_owned()));
                    };
                    let kind = match fields.remove("line") {
                        Some(Value::String(kind)) => kind,
                        _ => return Err(wrong("it does not say what it is".to_owned())),
                    };
                    if kind == "manifest" {
                        let manifest: Manifest = serde_json::from_value(Value::Object(fields))
                            .map_err(|error| wrong(error.to_string()))?;
                        found = Some(manifest);
                        break;
                    }
                    hash.update(line.as_bytes());
                    if count == 1 && kind != "desk" {
                        return Err(wrong("it does not begin a desk's export".to_owned()));
                    }
                    store.import_line(&kind, fields).map_err(|error| match error {
                        StoreError::Unreadable { what, reason } => wrong(format!("{what}: {reason}")),
                        other => other,
                    })?;
                }
                Ok::<(), StoreError>(())
            })?;
            progress(count);
            if let Some(manifest) = found {
                let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
                if digest != manifest.sha256 {
                    return Err(StoreError::unreadable(
                        "the export",
                        "its lines are not those that its manifest names (SHA-256)",
                    ));
                }
                return Ok(manifest);
            }
            if ended {
                return Err(StoreError::unreadable(
                    "the export",
                    "it is cut off: it has no manifest",
                ));
            }
        }
    }

    fn import_line(&self, kind: &str, mut fields: Map<String, Value>) -> Result<(), StoreError> {
        match kind {
            "desk" => match fields.get("version").and_then(Value::as_u64) {
                Some(VERSION) => Ok(()),
                _ => Err(StoreError::unreadable("the export", "it is of another version")),
            },
            "document" => {
                let number = number_of(&mut fields, "number")?;
                let bytes = match fields.remove("bytes") {
                    Some(Value::String(text)) => Some(
                        base64::decode(&text)
                            .ok_or_else(|| StoreError::unreadable("bytes", "they are no base64"))?,
                    ),
                    _ => None,
                };
                let record: DocumentRecord = from_value("a document", Value::Object(fields))?;
                let given = self.put_document_record(&record, bytes.as_deref())?;
                self.renumber("document", &["page.document"], number, given.0)
            }
            "revision" => self.import_revision(fields),
            "article" => self.import_article(fields),
            "source" => self.put_source_state(text_of(&fields, "url"), text_of(&fields, "state")),
            "note" => self.put_note(text_of(&fields, "key"), text_of(&fields, "value")),
            other => match PLAIN.iter().find(|plain| plain.0 == other) {
                Some((_, table, columns)) => self.import_plain(table, columns, &fields),
                None => Err(StoreError::unreadable(
                    "a line",
                    format!("no kind {other:?} is known"),
                )),
            },
        }
    }

    fn import_revision(&self, mut fields: Map<String, Value>) -> Result<(), StoreError> {
        let number = number_of(&mut fields, "number")?;
        let article_number = ArticleNumber(number_of(&mut fields, "article_number")?);
        let document = fields.get("document").and_then(Value::as_i64).map(DocumentNumber);
        let mut take = |name: &str| fields.remove(name).unwrap_or(Value::Null);
        let article: Article = from_value("an article", take("article"))?;
        let mut analysis = take("analysis");
        let tokens = analysis.get_mut("tokens").map(Value::take).unwrap_or_default();
        if let Value::Object(fields) = &mut analysis {
            fields.insert("tokens".to_owned(), Value::Array(Vec::new()));
        }
        let mut analysis: Analysis = from_value("an analysis", analysis)?;
        let tokens = tokens.as_array().into_iter().flatten();
        analysis.tokens = tokens
            .map(token)
            .collect::<Option<_>>()
            .ok_or_else(|| StoreError::unreadable("an analysis", "a token is none"))?;
        let outside = analysis
            .tokens
            .iter()
            .any(|token| token.span.get(article.text()).is_none());
        if outside {
            return Err(StoreError::unreadable("an analysis", "a token leaves the text"));
        }
        if self.article_number(&article.id)?.is_none() {
            let given = self.insert_article(article.id.as_str())?;
            self.renumber("article", &[], article_number.0, given.0)?;
        }
        let given = self.insert_revision(article_number, &article, &analysis, document)?;
        self.renumber("revision", &["annotation.revision"], number, given.0)
    }

    /// The article's row is there since its first revision came.
    fn import_article(&self, fields: Map<String, Value>) -> Result<(), StoreError> {
        let number = |name: &str| fields.get(name).and_then(Value::as_i64);
        let id = ArticleNumber(number("id").unwrap_or(0));
        self.conn
            .prepare_cached(
                "UPDATE article SET current = ?2, story = ?3, origin = ?4, nearest = ?5, score = ?6, step = ?7 WHERE id = ?1",
            )?
            .execute((
                id,
                number("current"),
                number("story"),
                number("origin"),
                number("nearest"),
                fields.get("score").and_then(Value::as_f64),
                number("step"),
            ))?;
        if let Some(current) = number("current") {
            let (article, analysis) = self.reading(RevisionNumber(current))?;
            self.index(id, &article, &analysis, false)?;
        }
        Ok(())
    }

    fn import_plain(
        &self,
        table: &str,
        columns: &[&str],
        fields: &Map<String, Value>,
    ) -> Result<(), StoreError> {
        let mut values = Vec::with_capacity(columns.len());
        for column in columns {
            values.push(match fields.get(*column) {
                None | Some(Value::Null) => Cell::Null,
                Some(Value::String(text)) => Cell::Text(text.clone()),
                Some(Value::Number(number)) => match number.as_i64() {
                    Some(whole) => Cell::Integer(whole),
                    None => Cell::Real(number.as_f64().unwrap_or(0.0)),
                },
                Some(Value::Object(wrapped)) => {
                    let bytes = wrapped
                        .get("base64")
                        .and_then(Value::as_str)
                        .and_then(base64::decode);
                    Cell::Blob(bytes.ok_or_else(|| StoreError::unreadable(*column, "it is no base64"))?)
                }
                Some(_) => return Err(StoreError::unreadable(*column, "it is of a wrong kind")),
            });
        }
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
        self.conn
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// A row gets the number that it had, and so do those that belong to it: where something was let go, numbers are missing.
    fn renumber(
        &self,
        table: &str,
        belongings: &[&str],
        expected: i64,
        given: i64,
    ) -> Result<(), StoreError> {
        if expected == given {
            return Ok(());
        }
        if expected < given {
            return Err(StoreError::unreadable(
                "the order of lines",
                format!("number {expected} would become {given}"),
            ));
        }
        let own = format!("UPDATE {table} SET id = ?1 WHERE id = ?2");
        let others = belongings.iter().filter_map(|column| column.split_once('.'));
        let others =
            others.map(|(table, column)| format!("UPDATE {table} SET {column} = ?1 WHERE {column} = ?2"));
        for sql in std::iter::once(own).chain(others) {
            self.conn.prepare_cached(&sql)?.execute([expected, given])?;
        }
        Ok(())
    }

    fn all_stories(&self) -> Result<Vec<crate::StoryNumber>, StoreError> {
        let mut statement = self.conn.prepare("SELECT id FROM story ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn token(value: &Value) -> Option<Token> {
    let number = |at: usize| usize::try_from(value.get(at)?.as_u64()?).ok();
    let text = |at: usize| value.get(at)?.as_str();
    Some(Token {
        span: Span::new(number(0)?, number(1)?).ok()?,
        upos: Upos::parse(text(2)?).unwrap_or(Upos::FALLBACK),
        xpos: Xpos::parse(text(3)?).unwrap_or(Xpos::FALLBACK),
        lemma: text(4)?.into(),
        head: match value.get(5)? {
            Value::Null => None,
            head => Some(u32::try_from(head.as_u64()?).ok()?),
        },
        relation: Relation::parse(text(6)?).unwrap_or(Relation::FALLBACK),
    })
}

fn number_of(fields: &mut Map<String, Value>, name: &str) -> Result<i64, StoreError> {
    let number = fields.remove(name).and_then(|value| value.as_i64());
    number.ok_or_else(|| StoreError::unreadable(name, "there is none"))
}

fn text_of<'f>(fields: &'f Map<String, Value>, name: &str) -> &'f str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn from_value<T: serde::de::DeserializeOwned>(what: &str, value: Value) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|error| StoreError::unreadable(what, error))
}
