//! The background table: how often each English term is met, from the word list of wordfreq.
//!
//! The list is a msgpack array: a header, then for each hundredth of a decade the words of that frequency. Forms that
//! fold to one term are added up.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use twosource_stories::{background, words};

/// Rarest terms kept: a probability below this one is what an unknown word gets anyway.
const LEAST: f64 = 1.2e-7;

/// Writes the table.
pub fn make(wordfreq: &Path, output: &Path) -> Result<()> {
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(wordfreq)?).read_to_end(&mut bytes)?;
    let mut terms: BTreeMap<u32, f64> = BTreeMap::new();
    for (centibel, words) in bins(&bytes)?.into_iter().enumerate() {
        let probability = 10_f64.powf(-(centibel as f64) / 100.0);
        for word in words {
            if !word.chars().any(|c| c.is_ascii_digit()) {
                *terms.entry(words::term_of(&word)).or_default() += probability;
            }
        }
    }
    let kept: Vec<(u32, f64)> = terms.into_iter().filter(|(_, p)| *p >= LEAST).collect();
    let table = background::encode(&kept);
    eprintln!("{} terms, {} bytes", kept.len(), table.len());
    fs::write(output, table).with_context(|| format!("writing {}", output.display()))
}

/// The words of each frequency bin.
fn bins(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let mut reader = Reader { bytes };
    let count = reader.array()?;
    reader.skip_header()?;
    let mut bins = Vec::new();
    for _ in 1..count {
        let length = reader.array()?;
        bins.push((0..length).map(|_| reader.string()).collect::<Result<_>>()?);
    }
    Ok(bins)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Result<&[u8]> {
        if self.bytes.len() < count {
            bail!("the word list is cut off");
        }
        let (taken, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        Ok(taken)
    }

    fn number(&mut self, width: usize) -> Result<usize> {
        Ok(self
            .take(width)?
            .iter()
            .fold(0, |sum, b| sum << 8 | usize::from(*b)))
    }

    fn array(&mut self) -> Result<usize> {
        match self.number(1)? {
            tag @ 0x90..=0x9f => Ok(tag & 0x0f),
            0xdc => self.number(2),
            0xdd => self.number(4),
            tag => bail!("no msgpack array: {tag:#x}"),
        }
    }

    fn string(&mut self) -> Result<String> {
        let length = match self.number(1)? {
            tag @ 0xa0..=0xbf => tag & 0x1f,
            0xd9 => self.number(1)?,
            0xda => self.number(2)?,
            tag => bail!("no msgpack string: {tag:#x}"),
        };
        Ok(String::from_utf8(self.take(length)?.to_vec())?)
    }

    /// The header is a map of two strings: format, and version (a small number).
    fn skip_header(&mut self) -> Result<()> {
        let Some(pairs) = self.number(1)?.checked_sub(0x80) else {
            bail!("no msgpack map at the head");
        };
        for _ in 0..pairs {
            self.string()?;
            if matches!(self.bytes.first(), Some(0xa0..=0xbf)) {
                self.string()?;
            } else {
                self.take(1)?;
            }
        }
        Ok(())
    }
}
