//! JSON Lines, plain or gzip, and offsets in code points.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The whole text of a file, plain or gzip (told apart by the first bytes).
pub fn read_text(path: &Path) -> Result<String> {
    let mut text = String::new();
    open(path)?
        .read_to_string(&mut text)
        .with_context(|| format!("reading {}", path.display()))?;
    Ok(text)
}

/// The objects of a JSON Lines file, in order.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut objects = Vec::new();
    for (number, line) in open(path)?.lines().enumerate() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        if !line.trim().is_empty() {
            let place = || format!("{} line {}", path.display(), number + 1);
            objects.push(serde_json::from_str(&line).with_context(place)?);
        }
    }
    Ok(objects)
}

/// Writes objects as JSON Lines.
pub fn write<T: Serialize>(path: &Path, objects: impl IntoIterator<Item = T>) -> Result<()> {
    let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    let mut out = BufWriter::new(file);
    for object in objects {
        serde_json::to_writer(&mut out, &object)?;
        out.write_all(b"\n")?;
    }
    out.flush().with_context(|| format!("writing {}", path.display()))
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let place = || format!("opening {}", path.display());
    let mut file = BufReader::new(File::open(path).with_context(place)?);
    let zipped = file.fill_buf().with_context(place)?.starts_with(&[0x1f, 0x8b]);
    Ok(if zipped {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

/// Turns byte offsets of one text into offsets in Unicode code points.
pub struct CodePoints {
    /// For each byte offset the number of code points before it.
    before: Vec<u32>,
}

impl CodePoints {
    /// The table for `text`.
    pub fn of(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for byte in text.bytes() {
            before.push(count);
            // the last byte of a character is the one before the next leading byte; counting leads is enough
            if byte & 0xC0 != 0x80 {
                count += 1;
            }
        }
        before.push(count);
        Self { before }
    }

    /// The code points before byte `offset`, which lies on a character boundary.
    pub fn at(&self, offset: usize) -> u32 {
        self.before[offset]
    }

    /// `[start, end)` of a span in code points.
    pub fn span(&self, span: twosource_model::Span) -> [u32; 2] {
        [self.at(span.start()), self.at(span.end())]
    }
}
