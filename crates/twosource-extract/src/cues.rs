//! Which clutter a line is by its words: phrases of `data/cues.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::Rule;
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
    whole: HashMap<&'static str, Rule>,
    edges: AhoCorasick,
    edge_rows: Vec<(&'static str, How, Rule)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Head,
    Tail,
    In,
}

/// The strongest cue of a line; of equal ones the first in the line.
pub(crate) fn cue_of(line: &str) -> Option<Cue> {
    if line.len() > LONGEST_CUED {
        return None;
    }
    let table = table();
    let folded = fold(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if let Some(rule) = table.whole.get(bare) {
        return Some(Cue {
            rule: *rule,
            strength: Strength::Whole,
        });
    }
    let mut best: Option<Cue> = None;
    for found in table.edges.find_overlapping_iter(&folded) {
        let (phrase, how, rule) = table.edge_rows[found.pattern().as_usize()];
        let at_head = folded[..found.start()]
            .chars()
            .all(|c| !c.is_alphanumeric() && c != '©');
        let at_tail = folded[found.end()..].chars().all(|c| !c.is_alphanumeric());
        let fits = match how {
            How::Head => at_head,
            How::Tail => at_tail,
            How::In => true,
        };
        if !fits || !stands_alone(&folded, found.start(), found.end(), phrase) {
            continue;
        }
        let strength = if how == How::In {
            Strength::In
        } else {
            Strength::Edge
        };
        if best.is_none_or(|b| b.strength < strength) {
            best = Some(Cue { rule, strength });
        }
    }
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

/// Lower case, straight apostrophes, single blanks.
pub(crate) fn fold(line: &str) -> String {
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

/// Whether a match begins and ends where words do.
fn stands_alone(line: &str, start: usize, end: usize, phrase: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = letter(phrase.chars().next());
    let closes = letter(phrase.chars().next_back());
    let runs_on = (opens && letter(line[..start].chars().next_back()))
        || (closes && letter(line[end..].chars().next()));
    !runs_on
}

fn table() -> &'static Table {
    static LOADED: OnceLock<Table> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut whole = HashMap::new();
        let mut edge_rows = Vec::new();
        for (rule, how, phrase) in rows() {
            match how {
                "whole" => {
                    whole.entry(phrase).or_insert(rule);
                }
                "head" => edge_rows.push((phrase, How::Head, rule)),
                "tail" => edge_rows.push((phrase, How::Tail, rule)),
                _ => edge_rows.push((phrase, How::In, rule)),
            }
        }
        let edges = AhoCorasick::builder()
            // built in a third of the time of the fastest form, which lines of a few words do not need
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(edge_rows.iter().map(|row| row.0));
        Table {
            whole,
            edges: edges
                .unwrap_or_else(|_| unreachable!("the table of cues is far below the automaton's bounds")),
            edge_rows,
        }
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
