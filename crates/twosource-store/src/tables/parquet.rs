//! Apache Parquet, as much of it as flat tables need: optional columns of text and numbers, plain values, gzip.
//!
//! Written after the format's own description (parquet-format 2.10, `README.md` and `parquet.thrift`): a file is magic,
//! row groups of column chunks of one page each, metadata in Thrift's compact protocol, its length, magic.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::sheet::{Cell, Column, ColumnKind};

const MAGIC: &[u8; 4] = b"PAR1";
/// Rows of a row group: bounds memory while writing.
const GROUP: usize = 20_000;

/// Codes of the format.
mod code {
    pub const INT64: i64 = 2;
    pub const DOUBLE: i64 = 5;
    pub const BYTE_ARRAY: i64 = 6;
    pub const OPTIONAL: i64 = 1;
    pub const UTF8: i64 = 0;
    pub const PLAIN: i64 = 0;
    pub const RLE: i64 = 3;
    pub const GZIP: i64 = 2;
    pub const DATA_PAGE: i64 = 0;
}

/// Writes rows; the file is complete after [`ParquetWriter::finish`].
pub struct ParquetWriter<'a> {
    to: &'a mut dyn Write,
    columns: &'static [Column],
    at: u64,
    rows: Vec<Vec<Cell>>,
    groups: Vec<Group>,
}

struct Group {
    rows: usize,
    chunks: Vec<Chunk>,
}

struct Chunk {
    at: u64,
    values: usize,
    plain_bytes: usize,
    packed_bytes: usize,
}

impl<'a> ParquetWriter<'a> {
    /// A table of these columns.
    pub fn new(to: &'a mut dyn Write, columns: &'static [Column]) -> io::Result<Self> {
        to.write_all(MAGIC)?;
        Ok(Self {
            to,
            columns,
            at: MAGIC.len() as u64,
            rows: Vec::new(),
            groups: Vec::new(),
        })
    }

    /// Adds a row; a cell of another kind than its column counts as empty.
    pub fn row(&mut self, row: Vec<Cell>) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() >= GROUP {
            self.end_group()?;
        }
        Ok(())
    }

    /// Writes what is left, and the metadata.
    pub fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.end_group()?;
        }
        let metadata = self.metadata();
        self.to.write_all(&metadata)?;
        self.to.write_all(&(metadata.len() as u32).to_le_bytes())?;
        self.to.write_all(MAGIC)
    }

    fn end_group(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let mut chunks = Vec::with_capacity(self.columns.len());
        for (at, column) in self.columns.iter().enumerate() {
            let page = page_of(
                column.kind,
                rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty)),
            );
            let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
            encoder.write_all(&page)?;
            let packed = encoder.finish()?;
            let mut header = Thrift::default();
            header.integer(1, 5, code::DATA_PAGE);
            header.integer(2, 5, page.len() as i64);
            header.integer(3, 5, packed.len() as i64);
            header.open(5);
            header.integer(1, 5, rows.len() as i64);
            header.integer(2, 5, code::PLAIN);
            header.integer(3, 5, code::RLE);
            header.integer(4, 5, code::RLE);
            header.close();
            header.stop();
            self.to.write_all(&header.bytes)?;
            self.to.write_all(&packed)?;
            chunks.push(Chunk {
                at: self.at,
                values: rows.len(),
                plain_bytes: header.bytes.len() + page.len(),
                packed_bytes: header.bytes.len() + packed.len(),
            });
            self.at += (header.bytes.len() + packed.len()) as u64;
        }
        self.groups.push(Group {
            rows: rows.len(),
            chunks,
        });
        Ok(())
    }

    fn metadata(&self) -> Vec<u8> {
        let mut thrift = Thrift::default();
        thrift.integer(1, 5, 1);
        thrift.list(2, 12, self.columns.len() + 1);
        thrift.begin();
        thrift.text(4, "table");
        thrift.integer(5, 5, self.columns.len() as i64);
        thrift.close();
        for column in self.columns {
            thrift.begin();
            thrift.integer(1, 5, physical(column.kind));
            thrift.integer(3, 5, code::OPTIONAL);
            thrift.text(4, column.name);
            if column.kind == ColumnKind::Text {
                thrift.integer(6, 5, code::UTF8);
            }
            thrift.close();
        }
        let rows: usize = self.groups.iter().map(|group| group.rows).sum();
        thrift.integer(3, 6, rows as i64);
        thrift.list(4, 12, self.groups.len());
        for group in &self.groups {
            thrift.begin();
            thrift.list(1, 12, group.chunks.len());
            for (chunk, column) in group.chunks.iter().zip(self.columns) {
                thrift.begin();
                thrift.integer(2, 6, chunk.at as i64);
                thrift.open(3);
                thrift.integer(1, 5, physical(column.kind));
                thrift.list(2, 5, 2);
                thrift.element(code::PLAIN);
                thrift.element(code::RLE);
                thrift.list(3, 8, 1);
                thrift.bare_text(column.name);
                thrift.integer(4, 5, code::GZIP);
                thrift.integer(5, 6, chunk.values as i64);
                thrift.integer(6, 6, chunk.plain_bytes as i64);
                thrift.integer(7, 6, chunk.packed_bytes as i64);
                thrift.integer(9, 6, chunk.at as i64);
                thrift.close();
                thrift.close();
            }
            let bytes: usize = group.chunks.iter().map(|chunk| chunk.plain_bytes).sum();
            thrift.integer(2, 6, bytes as i64);
            thrift.integer(3, 6, group.rows as i64);
            thrift.close();
        }
        thrift.text(6, "twosource");
        thrift.stop();
        thrift.bytes
    }
}

const fn physical(kind: ColumnKind) -> i64 {
    match kind {
        ColumnKind::Text => code::BYTE_ARRAY,
        ColumnKind::Integer => code::INT64,
        ColumnKind::Real => code::DOUBLE,
    }
}

/// Definition levels (1 where there is a value) as runs, then the values.
fn page_of<'c>(kind: ColumnKind, cells: impl Iterator<Item = &'c Cell>) -> Vec<u8> {
    let mut values = Vec::new();
    let mut runs: Vec<(bool, u64)> = Vec::new();
    for cell in cells {
        let there = match (kind, cell) {
            (ColumnKind::Text, Cell::Text(text)) => {
                values.extend_from_slice(&(text.len() as u32).to_le_bytes());
                values.extend_from_slice(text.as_bytes());
                true
            }
            (ColumnKind::Integer, Cell::Integer(number)) => {
                values.extend_from_slice(&number.to_le_bytes());
                true
            }
            (ColumnKind::Real, Cell::Real(number)) => {
                values.extend_from_slice(&number.to_le_bytes());
                true
            }
            _ => false,
        };
        match runs.last_mut() {
            Some((value, length)) if *value == there => *length += 1,
            _ => runs.push((there, 1)),
        }
    }
    let mut levels = Vec::new();
    for (there, length) in runs {
        varint(&mut levels, length << 1);
        levels.push(u8::from(there));
    }
    let mut page = (levels.len() as u32).to_le_bytes().to_vec();
    page.extend(levels);
    page.extend(values);
    page
}

/// Thrift's compact protocol, writing.
#[derive(Default)]
struct Thrift {
    bytes: Vec<u8>,
    /// Number of the last field, for each open structure.
    last: Vec<i16>,
    top: i16,
}

impl Thrift {
    fn field(&mut self, number: i16, kind: u8) {
        let last = self.last.last_mut().unwrap_or(&mut self.top);
        // every structure above has rising numbers less than 15 apart
        self.bytes.push(((number - *last) as u8) << 4 | kind);
        *last = number;
    }

    /// Kind 5 is a number of 32 bits, 6 of 64.
    fn integer(&mut self, number: i16, kind: u8, value: i64) {
        self.field(number, kind);
        self.element(value);
    }

    fn element(&mut self, value: i64) {
        varint(&mut self.bytes, ((value << 1) ^ (value >> 63)) as u64);
    }

    fn text(&mut self, number: i16, text: &str) {
        self.field(number, 8);
        self.bare_text(text);
    }

    fn bare_text(&mut self, text: &str) {
        varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn list(&mut self, number: i16, of: u8, length: usize) {
        self.field(number, 9);
        if length < 15 {
            self.bytes.push((length as u8) << 4 | of);
        } else {
            self.bytes.push(0xf0 | of);
            varint(&mut self.bytes, length as u64);
        }
    }

    /// Opens a structure that is a field.
    fn open(&mut self, number: i16) {
        self.field(number, 12);
        self.last.push(0);
    }

    /// Opens a structure that stands in a list.
    fn begin(&mut self) {
        self.last.push(0);
    }

    fn close(&mut self) {
        self.stop();
        self.last.pop();
    }

    fn stop(&mut self) {
        self.bytes.push(0);
    }
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
