//! Titles, offices and role nouns that stand beside names.

use std::sync::OnceLock;

use twosource_model::Gender;

use super::key::{Key, KeyMap};
use super::table::rows;

/// What kind of word a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleKind {
    /// "Mr", "Dr".
    Honorific,
    /// "General", "Bishop".
    Rank,
    /// A post with a holder: "prime minister".
    Office,
    /// A trade or standing: "economist".
    Role,
    /// "husband".
    Kin,
}

/// A title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// In lower case.
    pub words: &'static str,
    /// Kind.
    pub kind: TitleKind,
    /// Gender, where the word fixes it.
    pub gender: Option<Gender>,
    /// PLOVER sector of its holder, where one is usual.
    pub sector: Option<&'static str>,
}

/// Words of the longest title of the table.
pub const LONGEST_TITLE: usize = 4;

fn titles() -> &'static (Vec<Title>, KeyMap<u32>) {
    static TITLES: OnceLock<(Vec<Title>, KeyMap<u32>)> = OnceLock::new();
    TITLES.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_words = KeyMap::default();
        for [words, kind, gender, sector] in rows::<4>(include_str!("../../../data/titles.tsv")) {
            by_words.entry(Key::of(words)).or_insert(all.len() as u32);
            all.push(Title {
                words,
                kind: match kind {
                    "honorific" => TitleKind::Honorific,
                    "rank" => TitleKind::Rank,
                    "office" => TitleKind::Office,
                    "kin" => TitleKind::Kin,
                    _ => TitleKind::Role,
                },
                gender: match gender {
                    "m" => Some(Gender::Male),
                    "f" => Some(Gender::Female),
                    _ => None,
                },
                sector: (!sector.is_empty()).then_some(sector),
            });
        }
        (all, by_words)
    })
}

/// The title of these words, whatever their case ("Prime Minister").
///
/// ```
/// use twosource_language::names::knowledge::title_named;
/// assert_eq!(title_named("Prime Minister").and_then(|t| t.sector), Some("GOV"));
/// assert_eq!(title_named("teapot"), None);
/// ```
#[must_use]
pub fn title_named(words: &str) -> Option<&'static Title> {
    title_of_key(Key::of(words))
}

/// The title of a key.
#[must_use]
pub fn title_of_key(key: Key) -> Option<&'static Title> {
    let (all, by_words) = titles();
    by_words.get(&key).map(|at| &all[*at as usize])
}

/// All titles, for the gazetteer.
pub(crate) fn all_titles() -> &'static [Title] {
    &titles().0
}
