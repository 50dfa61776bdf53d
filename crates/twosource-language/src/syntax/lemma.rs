//! Dictionary forms: a decision list of edit scripts by tag and ending, longest ending first.

use smol_str::SmolStr;
use twosource_model::Upos;

use super::dictionary::{Dictionary, Entry};
use super::lexicon::Lexicon;
use super::reader::Reader;
use super::tagger::Tag;
use super::weights::write_number;
use super::word::{SUFFIXES, Word, hash_bytes, key};

/// How to turn a word into its lemma: cut characters off its end and put others there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Script {
    /// Whether upper case is kept (names) or folded.
    pub keep_case: bool,
    /// Characters to cut.
    pub cut: u8,
    /// What to put there.
    pub add: String,
}

impl Script {
    /// The script that leads from `form` to `lemma`.
    #[must_use]
    pub fn between(form: &str, lemma: &str) -> Self {
        let lower = form.to_lowercase();
        let keep_case = lemma.chars().any(char::is_uppercase);
        let base = if keep_case { form } else { &lower };
        let shared: usize = base
            .chars()
            .zip(lemma.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        Self {
            keep_case,
            cut: base[shared..].chars().count().min(255) as u8,
            add: lemma[shared..].to_owned(),
        }
    }

    /// The lemma of `form`.
    #[must_use]
    pub fn apply(&self, form: &str) -> SmolStr {
        if self.cut == 0 && self.add.is_empty() && (self.keep_case || is_lower_ascii(form)) {
            return SmolStr::new(form);
        }
        let mut base = if self.keep_case {
            form.to_owned()
        } else {
            form.to_lowercase()
        };
        for _ in 0..self.cut {
            base.pop();
        }
        base.push_str(&self.add);
        if base.is_empty() {
            base = form.to_lowercase();
        }
        SmolStr::from(base)
    }
}

fn is_lower_ascii(form: &str) -> bool {
    form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())
}

/// A trained lemmatiser.
#[derive(Debug, Clone, Default)]
pub struct Lemmatizer {
    scripts: Vec<Script>,
    /// From the key of tag and ending to the number of the script, from 1.
    rules: Lexicon,
}

/// The keys of a word's rules, the most special first: the whole word, its endings from long to short, its tag alone.
#[must_use]
pub fn rule_keys(word: &Word, tag: Tag) -> [u32; SUFFIXES + 2] {
    let tag = u32::from(tag);
    let mut keys = [0; SUFFIXES + 2];
    let capital = u32::from(word.flags & Word::CAPITAL);
    keys[0] = key(300, tag, word.lower, capital);
    for (place, suffix) in word.suffix.iter().rev().enumerate() {
        keys[place + 1] = key(301 + place as u32, tag, *suffix, 0);
    }
    keys[SUFFIXES + 1] = key(310, tag, 0, 0);
    keys
}

/// Endings that inflection puts on, with what stood there before, in the order of trial.
const ENDINGS: [(&str, &str); 12] = [
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", "e"),
    ("ing", ""),
    ("ier", "y"),
    ("er", ""),
    ("iest", "y"),
    ("est", ""),
];

/// Which bit of the dictionary a lemma of this part of speech has.
const fn base_of(upos: Upos) -> u32 {
    match upos {
        Upos::Noun => Entry::NOUN,
        Upos::Verb | Upos::Aux => Entry::VERB,
        Upos::Adj => Entry::ADJECTIVE,
        _ => 0,
    }
}

/// A lemma of `form` that the dictionary has, when `guess` is none and the form is an inflected one.
fn corrected(guess: &str, form: &str, entry: Entry, upos: Upos, dictionary: &Dictionary) -> Option<SmolStr> {
    let base = base_of(upos);
    let known = |lemma: &str| dictionary.entry(hash_bytes(lemma.as_bytes())).is_any(base);
    if base == 0 || !entry.is_any(Entry::INFLECTED) || entry.is_any(base) || known(guess) {
        return None;
    }
    let lower = form.to_lowercase();
    for (ending, before) in ENDINGS {
        let Some(stem) = lower.strip_suffix(ending) else {
            continue;
        };
        let lemma = format!("{stem}{before}");
        if known(&lemma) {
            return Some(SmolStr::from(lemma));
        }
        // a doubled consonant
        if before.is_empty()
            && let Some(last) = stem.bytes().last()
            && let Some(single) = stem.strip_suffix(char::from(last))
            && last.is_ascii_lowercase()
            && single.bytes().last() == Some(last)
            && known(single)
        {
            return Some(SmolStr::from(single));
        }
    }
    None
}

impl Lemmatizer {
    /// A lemmatiser of these scripts and rules (key, number of the script from 1).
    #[must_use]
    pub fn new(scripts: Vec<Script>, rules: Vec<(u32, u32)>) -> Self {
        Self {
            scripts,
            rules: Lexicon::new(rules),
        }
    }

    /// The lemma of a word with what the dictionary knows of it: a guess that is no word gives way to one that is.
    #[must_use]
    pub fn known_lemma(
        &self,
        form: &str,
        word: &Word,
        entry: Entry,
        (tag, upos): (Tag, Upos),
        dictionary: &Dictionary,
    ) -> SmolStr {
        let guess = self.lemma(form, word, tag);
        corrected(&guess, form, entry, upos, dictionary).unwrap_or(guess)
    }

    /// The lemma of a word by the rules alone.
    #[must_use]
    pub fn lemma(&self, form: &str, word: &Word, tag: Tag) -> SmolStr {
        rule_keys(word, tag)
            .into_iter()
            .map(|key| self.rules.class(key))
            .find(|script| *script != 0)
            .and_then(|script| self.scripts.get(script as usize - 1))
            .map_or_else(|| SmolStr::from(form.to_lowercase()), |script| script.apply(form))
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let count = from.number()?;
        let mut scripts = Vec::new();
        for _ in 0..count {
            scripts.push(Script {
                keep_case: from.byte()? == 1,
                cut: from.byte()?,
                add: std::str::from_utf8(from.block()?).ok()?.to_owned(),
            });
        }
        Some(Self {
            scripts,
            rules: Lexicon::read(from)?,
        })
    }

    /// The bytes of the lemmatiser.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_number(self.scripts.len() as u32, out);
        for script in &self.scripts {
            out.extend([u8::from(script.keep_case), script.cut]);
            write_number(script.add.len() as u32, out);
            out.extend(script.add.as_bytes());
        }
        self.rules.write(out);
    }
}
