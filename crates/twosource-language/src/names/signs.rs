//! Words beside an English name that show what it is, read from `data/en/name-signs.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::EntityType;

use super::knowledge::rows;

/// Where a word stands beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Beside {
    /// Right before it, for a place also with "of" between: "the airline Corvane", "the town of Arden".
    Before,
    /// Head of what it owns: "Arden's mayor".
    Owned,
    /// Right behind it and before somebody's name: "Corvane spokeswoman Ann Lee".
    Behind,
    /// Lemma of the verb that it is the subject of.
    Does,
    /// Right before it: "near Arden".
    Preposition,
    /// Lemma and preposition right before it: "shares in Corvane", "faith in Mira".
    Phrase,
}

/// What a word shows of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is of this kind.
    Kind(EntityType),
    /// It is a person or a body.
    Speaker,
    /// The preposition before it tells nothing.
    Unknown,
}

type Table = HashMap<(Beside, &'static str), Shown>;

const TABLE: &str = include_str!("../../data/en/name-signs.tsv");

fn beside(column: &str) -> Option<Beside> {
    Some(match column {
        "before" => Beside::Before,
        "owned" => Beside::Owned,
        "behind" => Beside::Behind,
        "does" => Beside::Does,
        "preposition" => Beside::Preposition,
        "phrase" => Beside::Phrase,
        _ => return None,
    })
}

fn shown(column: &str) -> Option<Shown> {
    Some(match column {
        "person" => Shown::Kind(EntityType::Person),
        "organisation" => Shown::Kind(EntityType::Organisation),
        "place" => Shown::Kind(EntityType::Place),
        "thing" => Shown::Kind(EntityType::Other),
        "speaker" => Shown::Speaker,
        "unknown" => Shown::Unknown,
        _ => return None,
    })
}

/// What this word, in lower case, shows of the name that it stands beside.
pub(super) fn sign(at: Beside, word: &str) -> Option<Shown> {
    static SIGNS: OnceLock<Table> = OnceLock::new();
    let table = SIGNS.get_or_init(|| {
        rows::<3>(TABLE)
            .filter_map(|[at, word, shows]| Some(((beside(at)?, word), shown(shows)?)))
            .collect()
    });
    table.get(&(at, word)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles_and_every_row_is_read() {
        let all: Vec<[&str; 3]> = rows::<3>(TABLE).collect();
        for pair in all.windows(2) {
            assert!(pair[0][..2] < pair[1][..2], "{pair:?}");
        }
        for [at, word, shows] in all {
            assert!(
                beside(at).is_some() && shown(shows).is_some(),
                "{at} {word} {shows}"
            );
        }
        assert_eq!(
            sign(Beside::Before, "ferry"),
            Some(Shown::Kind(EntityType::Other))
        );
    }
}
