//! Verbs of events and the nouns that decide light verbs, from `data/en/event_verbs.tsv` and `event_nouns.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One reading of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// Particle or preposition that must stand with it ("off"), `-` for none.
    pub particle: &'static str,
    /// Class of the object, `*` for any.
    pub object: &'static str,
    /// PLOVER type.
    pub event_type: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// CAMEO code.
    pub cameo: &'static str,
    /// The verb alone says what it is; a weak one needs political actors on its sides.
    pub strong: bool,
}

/// The words of events.
#[derive(Debug)]
pub(super) struct Words {
    verbs: HashMap<&'static str, Vec<Reading>>,
    nouns: HashMap<&'static str, Vec<&'static str>>,
    /// Regular inflected forms to lemmas.
    forms: HashMap<String, &'static str>,
}

impl Words {
    /// The words, read once.
    pub fn get() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut words = Self {
                verbs: HashMap::new(),
                nouns: HashMap::new(),
                forms: HashMap::new(),
            };
            for line in lines(VERBS) {
                if let Some((lemma, reading)) = read_verb(line) {
                    words.verbs.entry(lemma).or_default().push(reading);
                    for form in inflected(lemma) {
                        words.forms.entry(form).or_insert(lemma);
                    }
                }
            }
            for line in lines(NOUNS) {
                if let Some((lemma, class)) = line.split_once('\t') {
                    words.nouns.entry(lemma).or_default().push(class);
                }
            }
            words
        })
    }

    pub fn verb(&self, lemma: &str) -> &[Reading] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The lemma whose regular form this lower-case word is.
    pub fn lemma_of(&self, form: &str) -> Option<&'static str> {
        self.forms.get(form).copied()
    }

    pub fn is_noun(&self, lemma: &str, class: &str) -> bool {
        self.nouns
            .get(lemma)
            .is_some_and(|classes| classes.contains(&class))
    }
}

const VERBS: &str = include_str!("../../data/en/event_verbs.tsv");
const NOUNS: &str = include_str!("../../data/en/event_nouns.tsv");

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

/// The regular forms of a verb; a form that English does not have does no harm.
fn inflected(lemma: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some(stem) = lemma.strip_suffix('e') {
        forms.extend([format!("{lemma}d"), format!("{stem}ing"), format!("{lemma}s")]);
    } else if let Some(stem) = lemma
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']))
    {
        forms.extend([format!("{stem}ied"), format!("{stem}ies"), format!("{lemma}ing")]);
    } else {
        forms.extend([
            format!("{lemma}ed"),
            format!("{lemma}s"),
            format!("{lemma}es"),
            format!("{lemma}ing"),
        ]);
        if let Some(last) = lemma.chars().last() {
            forms.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
        }
    }
    forms
}

fn read_verb(line: &'static str) -> Option<(&'static str, Reading)> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let &[lemma, particle, object, event_type, mode, cameo, strength] = columns.as_slice() else {
        return None;
    };
    let reading = Reading {
        particle,
        object,
        event_type,
        mode: (mode != "-").then_some(mode),
        cameo,
        strong: strength == "s",
    };
    Some((lemma, reading))
}

/// The 16 types of PLOVER 2021.
#[cfg(test)]
pub(super) const TYPES: &[&str] = &[
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];

/// Types that are friendly acts: promised, they are AGREE; refused, REJECT.
pub(super) fn is_friendly(event_type: &str) -> bool {
    matches!(
        event_type,
        "AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "CONCEDE" | "RETREAT"
    )
}

/// Types that are hostile acts: announced, they are THREATEN.
pub(super) fn is_hostile(event_type: &str) -> bool {
    matches!(
        event_type,
        "PROTEST" | "SANCTION" | "COERCE" | "ASSAULT" | "MOBILIZE"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_understood_sorted_and_has_a_class_that_exists() {
        for file in [VERBS, NOUNS] {
            let all: Vec<&str> = lines(file).collect();
            let mut sorted = all.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(all, sorted);
        }
        let classes: Vec<&str> = lines(NOUNS).filter_map(|l| Some(l.split_once('\t')?.1)).collect();
        for line in lines(VERBS) {
            let (lemma, reading) = read_verb(line).unwrap_or_else(|| panic!("{line:?}"));
            assert!(TYPES.contains(&reading.event_type), "{line:?}");
            let known = reading.object == "*"
                || classes.contains(&reading.object)
                || TRIGGER_NOUNS.contains(&reading.object);
            assert!(known, "{lemma}: no noun has the class {}", reading.object);
            assert!(
                reading.cameo.len() >= 3 && reading.cameo.chars().all(|c| c.is_ascii_digit()),
                "{line:?}"
            );
        }
    }

    /// Single nouns that stand for their own class.
    const TRIGGER_NOUNS: &[&str] = &["withdrawal", "patrol", "official"];
}
