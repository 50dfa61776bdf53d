//! Kinds of events by the words that tell of them, so that "injured" meets "hurt" and an opening does not meet a collapse.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::background::share_of_reports;
use crate::words::term_of;

/// A kind of event a line: its name and its words. Origin and licence stand at its head.
static TABLE: &str = include_str!("../data/en/actions.tsv");

/// A kind of event: a number that stands for it, and how telling it is (natural logarithm of its rarity).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Action {
    /// Number of the kind, from 1.
    pub kind: u32,
    /// Rarity of the kind.
    pub rarity: f32,
}

/// The kinds of events that a word (by its term) may tell of; mostly none or one.
#[must_use]
pub fn actions_of(term: u32) -> &'static [Action] {
    table().get(&term).map_or(&[], Vec::as_slice)
}

/// What a kind of event is called; empty for a number that stands for none.
#[must_use]
pub fn name_of(kind: u32) -> &'static str {
    let mut rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let row = (kind as usize).checked_sub(1).and_then(|at| rows.nth(at));
    row.map_or("", |row| row.split('\t').next().unwrap_or(""))
}

type Table = HashMap<u32, Vec<Action>>;

fn table() -> &'static Table {
    static ACTIONS: OnceLock<Table> = OnceLock::new();
    ACTIONS.get_or_init(|| read(TABLE))
}

fn read(text: &str) -> Table {
    let mut found = Table::new();
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    for (kind, row) in (1..).zip(rows) {
        let words = row.split_once('\t').map_or("", |(_, words)| words);
        let terms: BTreeMap<u32, f32> = words
            .split(' ')
            .filter(|word| !word.is_empty() && !word.contains('-'))
            .map(|word| {
                let term = term_of(word);
                (term, share_of_reports(term, None))
            })
            .collect();
        let share: f32 = terms.values().sum::<f32>().min(1.0);
        let rarity = (1.0 - share.ln()).max(0.5);
        for term in terms.into_keys() {
            found.entry(term).or_default().push(Action { kind, rarity });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str) -> bool {
        let kinds = |word| actions_of(term_of(word)).iter().map(|action| action.kind);
        kinds(a).any(|kind| kinds(b).any(|other| other == kind))
    }

    #[test]
    fn words_of_one_kind_meet() {
        for (a, b, meet) in [
            ("injured", "hurt", true),
            ("quake", "earthquake", true),
            ("dies", "killed", true),
            ("opens", "collapses", false),
            ("crown", "table", false),
        ] {
            assert_eq!(shared(a, b), meet, "{a} / {b}");
        }
    }

    #[test]
    fn kinds_have_the_name_of_their_row() {
        let named = |word| name_of(actions_of(term_of(word))[0].kind);
        assert_eq!([named("funeral"), named("earthquake")], ["death", "quake"]);
        assert_eq!([name_of(0), name_of(u32::MAX)], ["", ""]);
    }

    #[test]
    fn rows_have_a_name_and_words() {
        for row in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let words = row
                .split_once('\t')
                .map_or(0, |(_, words)| words.split(' ').count());
            assert!(words >= 3, "{row}");
        }
    }
}
