//! Which clutter a line is by its words: phrases of `data/cues.tsv`.

use std::cmp::Reverse;
use std::sync::OnceLock;

use memchr::memmem;

use crate::Rule;
use crate::key_map::KeyMap;
use crate::line_shapes::shape_of;

static TABLE: &str = include_str!("../data/cues.tsv");

/// Longest line that the phrases are looked for in, in bytes: what is longer is an argument, not a notice.
pub(crate) const LONGEST_CUED: usize = 420;

/// How a phrase met a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// The line holds the phrase.
    In,
    /// The line begins or ends with the phrase.
    Edge,
    /// The line is the phrase.
    Whole,
}

/// A cue that a line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) rule: Rule,
    pub(crate) strength: Strength,
}

struct Table {
    whole: KeyMap<&'static str, Rule>,
    longest_whole: usize,
    rows: Vec<Row>,
    /// the rows of phrases by a hash of their first word
    by_word: Vec<Vec<u16>>,
    /// the rows of phrases without a word, ready to be looked for
    wordless: Vec<(u16, memmem::Finder<'static>)>,
}

/// A phrase that is looked for inside of lines.
struct Row {
    phrase: &'static str,
    /// bytes before its first word
    lead: usize,
    how: How,
    rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Head,
    Tail,
    In,
}

/// Lists of phrases by their first word, a power of two.
const WORD_LISTS: usize = 2_048;

/// The strongest cue of a line; of equal ones the first in the line.
pub(crate) fn cue_of(line: &str) -> Option<Cue> {
    if line.len() > LONGEST_CUED {
        return None;
    }
    let table = table();
    let folded = fold(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if bare.len() <= table.longest_whole
        && let Some(rule) = table.whole.get(bare)
    {
        return Some(Cue {
            rule: *rule,
            strength: Strength::Whole,
        });
    }
    let mut finder = Finder {
        table,
        line: &folded,
        head: bare.as_ptr() as usize - folded.as_ptr() as usize,
        best: None,
    };
    finder.find();
    let best = finder.best.map(|(cue, ..)| cue);
    if best.is_none_or(|cue| cue.strength < Strength::Edge)
        && let Some(rule) = shape_of(&folded)
    {
        return Some(Cue {
            rule,
            strength: Strength::Edge,
        });
    }
    best
}

/// Looks for the phrases of a table in a folded line.
struct Finder<'l> {
    table: &'static Table,
    line: &'l str,
    /// where the first letter of the line stands
    head: usize,
    /// the strongest cue so far, where its phrase ends, and the phrase's length
    best: Option<(Cue, usize, usize)>,
}

impl Finder<'_> {
    fn find(&mut self) {
        let table = self.table;
        for (start, word) in words_of(self.line) {
            for row in &table.by_word[list_of(word)] {
                let row = &table.rows[usize::from(*row)];
                if let Some(start) = start.checked_sub(row.lead)
                    && self.line.as_bytes()[start..].starts_with(row.phrase.as_bytes())
                {
                    self.offer(row, start);
                }
            }
        }
        for (row, phrase) in &table.wordless {
            if let Some(start) = phrase.find(self.line.as_bytes()) {
                self.offer(&table.rows[usize::from(*row)], start);
            }
        }
    }

    fn offer(&mut self, row: &Row, start: usize) {
        let end = start + row.phrase.len();
        let after = &self.line[end..];
        let letter = char::is_alphanumeric;
        if row.phrase.ends_with(letter) && after.starts_with(letter) {
            return;
        }
        let (fits, strength) = match row.how {
            How::Head => (start <= self.head, Strength::Edge),
            How::Tail => (!after.contains(letter), Strength::Edge),
            How::In => (true, Strength::In),
        };
        let is_better = |(best, best_end, best_length): (Cue, usize, usize)| {
            let rank = (Reverse(strength), end, Reverse(row.phrase.len()));
            rank < (Reverse(best.strength), best_end, Reverse(best_length))
        };
        if fits && self.best.is_none_or(is_better) {
            let rule = row.rule;
            self.best = Some((Cue { rule, strength }, end, row.phrase.len()));
        }
    }
}

/// The words of a line with their places: runs of letters and digits.
fn words_of(line: &str) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = line.as_bytes();
    let mut at = 0;
    // the character at a place: whether it belongs to a word, and its bytes
    let kind = move |at: usize| -> Option<(bool, usize)> {
        let byte = *bytes.get(at)?;
        if byte.is_ascii() {
            return Some((byte.is_ascii_alphanumeric(), 1));
        }
        let c = line[at..].chars().next()?;
        Some((c.is_alphanumeric(), c.len_utf8()))
    };
    std::iter::from_fn(move || {
        while let (false, length) = kind(at)? {
            at += length;
        }
        let start = at;
        while let Some((true, length)) = kind(at) {
            at += length;
        }
        Some((start, &bytes[start..at]))
    })
}

/// The list of phrases that a word may begin.
fn list_of(word: &[u8]) -> usize {
    let hash = word.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 15)) as usize % WORD_LISTS
}

/// Lower case, straight apostrophes, single blanks.
pub(crate) fn fold(line: &str) -> String {
    let bytes = line.as_bytes();
    let is_tight = !bytes.iter().any(|b| *b < b' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ');
    if line.is_ascii() && is_tight {
        return line.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(line.len());
    if line.is_ascii() {
        for byte in line.bytes() {
            if !byte.is_ascii_whitespace() && byte != 0x0b {
                out.push(char::from(byte.to_ascii_lowercase()));
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        return out;
    }
    for c in line.chars() {
        match c {
            c if c.is_ascii_graphic() => out.push(c.to_ascii_lowercase()),
            '’' | '‘' | 'ʼ' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn table() -> &'static Table {
    static LOADED: OnceLock<Table> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut table = Table {
            whole: KeyMap::default(),
            longest_whole: 0,
            rows: Vec::new(),
            by_word: vec![Vec::new(); WORD_LISTS],
            wordless: Vec::new(),
        };
        for (rule, how, phrase) in rows() {
            let how = match how {
                "whole" => {
                    table.whole.entry(phrase).or_insert(rule);
                    table.longest_whole = table.longest_whole.max(phrase.len());
                    continue;
                }
                "head" => How::Head,
                "tail" => How::Tail,
                _ => How::In,
            };
            let row = u16::try_from(table.rows.len())
                .unwrap_or_else(|_| unreachable!("the table of cues is far below 65,536 rows"));
            let first = words_of(phrase).next();
            match first {
                Some((_, word)) => table.by_word[list_of(word)].push(row),
                None => table.wordless.push((row, memmem::Finder::new(phrase))),
            }
            let lead = first.map_or(0, |(at, _)| at);
            table.rows.push(Row {
                phrase,
                lead,
                how,
                rule,
            });
        }
        table
    })
}

fn rows() -> impl Iterator<Item = (Rule, &'static str, &'static str)> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let rule = Rule::of_name(fields.next()?)?;
            Some((rule, fields.next()?, fields.next()?))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_typed() {
        for (line, expected) in [
            ("Share", Some(Rule::ShareBar)),
            ("  Advertisement: ", Some(Rule::Advertisement)),
            (
                "This clip can’t play: your browser does not support it",
                Some(Rule::DeviceNotice),
            ),
            ("Photo: A. Person/Agency", Some(Rule::PhotoCredit)),
            ("READ MORE: Ten things about bees", Some(Rule::ReadMore)),
            ("© 2031 Example Media", Some(Rule::Copyright)),
            ("He read more: the letters, the bills, the lists.", None),
            ("The photo showed a bridge.", None),
            ("She shared the bread.", None),
        ] {
            assert_eq!(cue_of(line).map(|cue| cue.rule), expected, "{line}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
        for (_, how, phrase) in rows() {
            assert!(matches!(how, "whole" | "head" | "tail" | "in"), "{phrase}");
            assert_eq!(phrase, fold(phrase));
        }
    }
}
