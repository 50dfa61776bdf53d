//! A table: its columns, its rows one after the other, and the forms it is written in.

use std::io::Write;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::csv::{csv_line, tsv_line};
use super::parquet::ParquetWriter;
use crate::transfer::Manifest;
use crate::{Store, StoreError};

/// What a column holds. Every cell may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// UTF-8 text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number of 64 bits.
    Real,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Column {
    /// A column of text.
    pub const fn text(name: &'static str) -> Self {
        let kind = ColumnKind::Text;
        Self { name, kind }
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str) -> Self {
        let kind = ColumnKind::Integer;
        Self { name, kind }
    }

    /// A column of numbers.
    pub const fn real(name: &'static str) -> Self {
        let kind = ColumnKind::Real;
        Self { name, kind }
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
}

impl Cell {
    /// Text, or nothing.
    pub fn text(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Text(value.into()))
    }

    /// A whole number, or nothing.
    pub fn integer(value: Option<i64>) -> Self {
        value.map_or(Self::Empty, Self::Integer)
    }

    fn json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => text.clone().into(),
            Self::Integer(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
        }
    }
}

/// The tables there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// One row an article.
    Articles,
    /// One row a story.
    Stories,
    /// One row a quote.
    Quotes,
    /// One row an event of a story, with the names of PLOVER.
    Events,
    /// The same events in the 61 columns of GDELT 2.0.
    Gdelt,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetForm {
    /// RFC 4180, with a line of names; GDELT's own form (tabs, no names) for its table.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// One object a line.
    Jsonl,
}

impl Sheet {
    /// Its columns.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Articles => super::rows::ARTICLES,
            Self::Stories => super::rows::STORIES,
            Self::Quotes => super::rows::QUOTES,
            Self::Events => super::events::EVENTS,
            Self::Gdelt => super::gdelt::GDELT,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Stories => "stories",
            Self::Quotes => "quotes",
            Self::Events => "events",
            Self::Gdelt => "gdelt",
        }
    }
}

/// Takes one row.
pub type Row<'a> = &'a mut dyn FnMut(Vec<Cell>) -> Result<(), StoreError>;

impl Store {
    /// Gives the rows of a table one by one, in a fixed order.
    ///
    /// # Errors
    /// Those of the file, and of `row`.
    pub fn rows(&self, sheet: Sheet, row: Row<'_>) -> Result<(), StoreError> {
        match sheet {
            Sheet::Articles => self.article_rows(row),
            Sheet::Stories => self.story_rows(row),
            Sheet::Quotes => self.quote_rows(row),
            Sheet::Events => self.event_rows(row),
            Sheet::Gdelt => self.gdelt_rows(row),
        }
    }

    /// Writes a table to `to`.
    ///
    /// # Errors
    /// Those of the file, and of writing.
    pub fn write_sheet(
        &self,
        sheet: Sheet,
        form: SheetForm,
        to: &mut dyn Write,
        as_of: Option<String>,
    ) -> Result<Manifest, StoreError> {
        // one read transaction: what others write meanwhile does not show
        self.batch("BEGIN")?;
        let mut hashed = Hashed {
            to,
            hash: Sha256::new(),
        };
        let count = self.write_rows(sheet, form, &mut hashed);
        self.batch("COMMIT")?;
        let count = count?;
        hashed.flush()?;
        Ok(Manifest {
            what: sheet.name().to_owned(),
            counts: [("row".to_owned(), count)].into(),
            sha256: hashed
                .hash
                .finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            as_of,
        })
    }

    fn write_rows(&self, sheet: Sheet, form: SheetForm, to: &mut dyn Write) -> Result<u64, StoreError> {
        let columns = sheet.columns();
        let mut count = 0;
        match form {
            SheetForm::Csv => {
                let tabs = sheet == Sheet::Gdelt;
                if !tabs {
                    let names: Vec<Cell> = columns.iter().map(|c| Cell::Text(c.name.to_owned())).collect();
                    to.write_all(csv_line(&names).as_bytes())?;
                }
                self.rows(sheet, &mut |row| {
                    count += 1;
                    let line = if tabs { tsv_line(&row) } else { csv_line(&row) };
                    Ok(to.write_all(line.as_bytes())?)
                })?;
            }
            SheetForm::Jsonl => self.rows(sheet, &mut |row| {
                count += 1;
                let fields: Map<String, Value> = columns
                    .iter()
                    .zip(&row)
                    .map(|(column, cell)| (column.name.to_owned(), cell.json()))
                    .collect();
                Ok(writeln!(to, "{}", Value::Object(fields))?)
            })?,
            SheetForm::Parquet => {
                let mut writer = ParquetWriter::new(to, columns)?;
                self.rows(sheet, &mut |row| {
                    count += 1;
                    Ok(writer.row(row)?)
                })?;
                writer.finish()?;
            }
        }
        Ok(count)
    }
}

struct Hashed<'a> {
    to: &'a mut dyn Write,
    hash: Sha256,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
