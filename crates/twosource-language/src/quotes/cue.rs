//! Words that mark something as said, thought or shown.
//!
//! Each language has its list in `data/LANG/cues.tsv`; a language without one shares English forms only where it must.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::{Gender, LanguageCode};

/// What a cue tells about the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CueClass {
    /// say, add, statement
    Say,
    /// claim, argue
    Claim,
    /// admit
    Admit,
    /// deny
    Deny,
    /// confirm
    Confirm,
    /// announce, report
    Announce,
    /// ask
    Ask,
    /// tell: takes the one spoken to as its object
    Tell,
    /// urge, order
    Urge,
    /// promise
    Promise,
    /// suggest
    Suggest,
    /// warn, predict
    Warn,
    /// accuse, criticise
    Blame,
    /// praise, support
    Praise,
    /// call, describe
    Call,
    /// whisper, laugh
    Sound,
    /// write, post
    Write,
    /// think, believe
    Think,
    /// want, hope
    Want,
    /// fear, regret
    Feel,
    /// know, learn
    Know,
    /// show, indicate
    Show,
    /// discuss, speak
    Discuss,
    /// agree
    Agree,
    /// according to
    Source,
}

const CLASS_NAMES: [(&str, CueClass); 25] = [
    ("say", CueClass::Say),
    ("claim", CueClass::Claim),
    ("admit", CueClass::Admit),
    ("deny", CueClass::Deny),
    ("confirm", CueClass::Confirm),
    ("announce", CueClass::Announce),
    ("ask", CueClass::Ask),
    ("tell", CueClass::Tell),
    ("urge", CueClass::Urge),
    ("promise", CueClass::Promise),
    ("suggest", CueClass::Suggest),
    ("warn", CueClass::Warn),
    ("blame", CueClass::Blame),
    ("praise", CueClass::Praise),
    ("call", CueClass::Call),
    ("sound", CueClass::Sound),
    ("write", CueClass::Write),
    ("think", CueClass::Think),
    ("want", CueClass::Want),
    ("feel", CueClass::Feel),
    ("know", CueClass::Know),
    ("show", CueClass::Show),
    ("discuss", CueClass::Discuss),
    ("agree", CueClass::Agree),
    ("source", CueClass::Source),
];

impl CueClass {
    /// Number of classes.
    pub(super) const COUNT: u16 = CLASS_NAMES.len() as u16;

    /// Its name in the lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        CLASS_NAMES
            .iter()
            .find(|(_, class)| *class == self)
            .map_or("say", |(name, _)| name)
    }

    /// The class of this name in the lists.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        CLASS_NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, class)| *class)
    }
}

/// Part of speech of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CuePart {
    /// say
    Verb,
    /// statement
    Noun,
    /// worried, convinced
    Adjective,
    /// according
    Source,
}

/// What the list says about a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// Part of speech.
    pub part: CuePart,
    /// Its first class.
    pub class: CueClass,
    /// A further class, equal to `class` when there is none.
    pub second: CueClass,
}

impl Cue {
    /// 0 for a cue that speaks, 1 for one that judges somebody, 2 for one that thinks or feels, 3 for what a document shows.
    pub(super) fn class_group(self) -> u16 {
        match self.class {
            CueClass::Blame | CueClass::Praise | CueClass::Call | CueClass::Discuss => 1,
            CueClass::Think | CueClass::Want | CueClass::Feel | CueClass::Know => 2,
            CueClass::Show => 3,
            _ => 0,
        }
    }
}

/// The cues of one language, by form.
#[derive(Debug, Default)]
pub struct CueLexicon {
    verbs: HashMap<&'static str, Cue>,
    nouns: HashMap<&'static str, Cue>,
    adjectives: HashMap<&'static str, Cue>,
    sources: HashMap<&'static str, Cue>,
    pronouns: HashMap<&'static str, Option<Gender>>,
}

impl CueLexicon {
    /// The list of `language`; an empty one when there is none.
    #[must_use]
    pub fn of(language: LanguageCode) -> &'static Self {
        static ENGLISH: OnceLock<CueLexicon> = OnceLock::new();
        static GERMAN: OnceLock<CueLexicon> = OnceLock::new();
        static FRENCH: OnceLock<CueLexicon> = OnceLock::new();
        static SPANISH: OnceLock<CueLexicon> = OnceLock::new();
        static NONE: OnceLock<CueLexicon> = OnceLock::new();
        match language.as_str() {
            "en" => ENGLISH.get_or_init(|| Self::read(include_str!("../../data/en/cues.tsv"))),
            "de" => GERMAN.get_or_init(|| Self::read(include_str!("../../data/de/cues.tsv"))),
            "fr" => FRENCH.get_or_init(|| Self::read(include_str!("../../data/fr/cues.tsv"))),
            "es" => SPANISH.get_or_init(|| Self::read(include_str!("../../data/es/cues.tsv"))),
            _ => NONE.get_or_init(Self::default),
        }
    }

    /// Reads a list; lines that do not fit are left out (a test checks the shipped ones).
    fn read(list: &'static str) -> Self {
        let mut lexicon = Self::default();
        for line in list.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(_), Some(part), Some(classes), Some(forms)) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            if part == "pronoun" {
                let gender = match classes {
                    "male" => Some(Gender::Male),
                    "female" => Some(Gender::Female),
                    _ => None,
                };
                lexicon
                    .pronouns
                    .extend(forms.split('|').map(|form| (form, gender)));
                continue;
            }
            let mut classes = classes.split('|').filter_map(CueClass::parse);
            let Some(class) = classes.next() else { continue };
            let second = classes.next().unwrap_or(class);
            let (part, table) = match part {
                "verb" => (CuePart::Verb, &mut lexicon.verbs),
                "noun" => (CuePart::Noun, &mut lexicon.nouns),
                "adjective" => (CuePart::Adjective, &mut lexicon.adjectives),
                "source" => (CuePart::Source, &mut lexicon.sources),
                _ => continue,
            };
            for form in forms.split('|') {
                table.entry(form).or_insert(Cue { part, class, second });
            }
        }
        lexicon
    }

    /// The verb with this form, in lower case.
    #[must_use]
    pub fn verb(&self, form: &str) -> Option<Cue> {
        self.verbs.get(form).copied()
    }

    /// The noun with this form, in lower case.
    #[must_use]
    pub fn noun(&self, form: &str) -> Option<Cue> {
        self.nouns.get(form).copied()
    }

    /// The adjective with this form, in lower case.
    #[must_use]
    pub fn adjective(&self, form: &str) -> Option<Cue> {
        self.adjectives.get(form).copied()
    }

    /// The word that names a source ("according"), in lower case.
    #[must_use]
    pub fn source(&self, form: &str) -> Option<Cue> {
        self.sources.get(form).copied()
    }

    /// The pronoun, with its gender where it has one.
    #[must_use]
    pub fn pronoun(&self, form: &str) -> Option<Option<Gender>> {
        self.pronouns.get(form).copied()
    }
}
