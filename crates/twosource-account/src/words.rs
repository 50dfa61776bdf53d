//! Words as wordings are compared: folded, without their endings, weighed by how rare they are.
//!
//! Text is cut at everything that is neither letter nor digit; contractions are taken apart ("that's" = "that is"),
//! typographic marks do not count, number words become digits, and each word knows its stem and its concept
//! (a small group of words that news uses for one another, `data/en/concepts.tsv`).

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use twosource_model::Span;

use crate::numbering::{ByNumber, number_of};

/// Number of a word, made from its letters alone: every [`Vocabulary`] gives a word the same one.
pub type WordId = u64;

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text it was read from; the parts of a contraction share theirs.
    pub span: Span,
    /// Folded form.
    pub form: WordId,
    /// Stem.
    pub stem: WordId,
    /// Concept; equals `stem` where it has none.
    pub concept: WordId,
    /// What it does.
    pub kind: WordKind,
    /// Written with a capital where no sentence starts.
    pub capital: bool,
}

/// What a word does in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Carries little by itself ("the", "has").
    Function,
    /// Turns what is said round ("not", "never").
    Negation,
    /// A number.
    Number,
    /// Everything else.
    Content,
}

/// Words that were read, with their weights.
#[derive(Debug, Default)]
pub struct Vocabulary {
    known: ByNumber<WordId, Known>,
    /// Stretches of letters that were read, by the number of their letters.
    read: ByNumber<u64, Stretch>,
}

#[derive(Debug)]
struct Known {
    name: Box<str>,
    weight: f32,
}

/// A stretch of letters with the words in it; their spans and capitals are those of no text yet.
#[derive(Debug)]
struct Stretch {
    letters: Box<str>,
    words: Vec<Word>,
}

/// Weight of a word that the frequency table does not know: as rare as one in the whole table's text.
const UNKNOWN_WEIGHT: f32 = 11.0;
/// Longest word that is stemmed; longer strings are no words.
const LONGEST_STEMMED: usize = 30;

impl Vocabulary {
    /// Takes in what another one read.
    pub(crate) fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
        self.read.extend(other.read);
    }

    /// Number of a string.
    pub fn intern(&mut self, word: &str) -> WordId {
        let id = number_of(word.bytes());
        self.known.entry(id).or_insert_with(|| Known {
            name: word.into(),
            weight: general_weight(word),
        });
        id
    }

    /// The string of a number that this vocabulary gave; empty for any other.
    #[must_use]
    pub fn name(&self, id: WordId) -> &str {
        self.known.get(&id).map_or("", |known| &known.name)
    }

    /// How rare the word is: about the negative logarithm of its share in running English, 2 to 11.
    #[must_use]
    pub fn weight(&self, id: WordId) -> f32 {
        self.known.get(&id).map_or(UNKNOWN_WEIGHT, |known| known.weight)
    }

    /// The words of `text`; spans count from `base`.
    pub fn read(&mut self, text: &str, base: usize) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start_of_sentence = true;
        let apart = stretches(text);
        let mut next = 0;
        while let Some(&(from, mut to)) = apart.get(next) {
            next += 1;
            let mut joined = None;
            if let Some(&(second, end)) = apart.get(next)
                && let Some(word) = compound(&text[from..to], &text[to..second], &text[second..end])
            {
                (joined, to) = (Some(word), end);
                next += 1;
            }
            let raw = &text[from..to];
            let span = Span::at(base + from, base + to);
            let capital = !start_of_sentence && raw.starts_with(char::is_uppercase);
            let placed = |word: &Word| Word {
                span,
                capital,
                ..*word
            };
            words.extend(self.stretch(raw, joined).iter().map(placed));
            start_of_sentence = text[to..]
                .trim_start_matches(['”', '"', '’', ')'])
                .starts_with(['.', '!', '?', ':'])
                && raw.chars().count() > 1;
        }
        words
    }

    /// The words of a stretch of letters: `joined` where it is two that are one together.
    fn stretch(&mut self, letters: &str, joined: Option<&str>) -> &[Word] {
        let number = number_of(letters.bytes());
        let known = self.read.get(&number);
        if known.is_none_or(|known| *known.letters != *letters) {
            let words = self.words_in(letters, joined);
            let letters = letters.into();
            self.read.insert(number, Stretch { letters, words });
        }
        &self.read[&number].words
    }

    fn words_in(&mut self, letters: &str, joined: Option<&str>) -> Vec<Word> {
        match joined {
            Some(word) => vec![self.word(word)],
            None => parts(letters).iter().map(|part| self.word(part)).collect(),
        }
    }

    fn word(&mut self, folded: &str) -> Word {
        let number = number_word(folded).unwrap_or(folded);
        let kind = if number.starts_with(|c: char| c.is_ascii_digit()) {
            WordKind::Number
        } else if is_negation(folded) {
            WordKind::Negation
        } else if lists().function.binary_search(&folded).is_ok() {
            WordKind::Function
        } else {
            WordKind::Content
        };
        let form = self.intern(number);
        let (stem, group) = if kind == WordKind::Content {
            let stemmed = stem(number);
            (self.intern(&stemmed), lists().concepts.get(stemmed.as_str()))
        } else {
            (form, lists().concepts.get(number))
        };
        let concept = group.map_or(stem, |group| self.intern(&format!("\u{1}{group}")));
        Word {
            span: Span::at(0, 0),
            form,
            stem,
            concept,
            kind,
            capital: false,
        }
    }
}

/// The one word that two are together, where newspapers write it either way ("under way").
fn compound(first: &str, between: &str, second: &str) -> Option<&'static str> {
    const SHORTEST: usize = 5;
    if !matches!(between, " " | "-" | "\u{a0}" | "\u{2011}") || first.len() + second.len() < SHORTEST {
        return None;
    }
    let letters = first.chars().chain(second.chars()).flat_map(char::to_lowercase);
    let compound = lists()
        .compounds
        .get(&number_of(letters.clone().filter_map(|c| u8::try_from(c).ok())))
        .copied();
    compound.filter(|word| word.chars().eq(letters))
}

/// Stretches of letters and digits, as byte ranges: "3,5", "U.S." and "don't" are one each, "get-together" is two.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || (open.is_some() && is_apostrophe(c) && next.is_alphanumeric() && before.is_alphanumeric())
            || (open.is_some() && matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit())
            || (c == '.'
                && open.is_some_and(|from| is_abbreviation(&text[from..at]))
                && !next.is_lowercase());
        if inside {
            open.get_or_insert(at);
        } else if let Some(from) = open.take() {
            found.push((from, at));
        }
        if matches!(c, '%' | '$' | '€' | '£') {
            found.push((at, at + c.len_utf8()));
        }
        before = c;
    }
    found.extend(open.map(|from| (from, text.len())));
    found
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Combining marks belong to their letter.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// "U", "U.S": single capitals with full stops between.
fn is_abbreviation(text: &str) -> bool {
    text.split('.').all(|piece| {
        let mut chars = piece.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    }) && text.len() <= 9
}

/// The folded words of one stretch: contractions are taken apart, the possessive is dropped.
fn parts(raw: &str) -> Vec<String> {
    if raw.contains('.') && raw.starts_with(char::is_alphabetic) {
        let letters: String = raw.chars().filter(|c| *c != '.').collect();
        return vec![if letters == "US" {
            "usa".to_owned()
        } else {
            letters.to_lowercase()
        }];
    }
    if raw == "US" {
        return vec!["usa".to_owned()];
    }
    if raw.starts_with(|c: char| c.is_ascii_digit()) {
        return vec![raw.replace(',', "").to_lowercase()];
    }
    let folded: String = raw
        .chars()
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    let split = |at: usize, second: &str| vec![folded[..at].to_owned(), second.to_owned()];
    match folded.as_str() {
        "can't" | "cannot" => return vec!["can".into(), "not".into()],
        "won't" => return vec!["will".into(), "not".into()],
        "%" => return vec!["percent".into()],
        "$" => return vec!["dollar".into()],
        "€" => return vec!["euro".into()],
        "£" => return vec!["pound".into()],
        "ok" => return vec!["okay".into()],
        "gonna" => return vec!["going".into(), "to".into()],
        "wanna" => return vec!["want".into(), "to".into()],
        "gotta" => return vec!["got".into(), "to".into()],
        _ => {}
    }
    let Some(at) = folded.rfind('\'') else {
        return vec![folded];
    };
    match &folded[at..] {
        "'s" if matches!(
            &folded[..at],
            "it" | "that" | "he" | "she" | "there" | "what" | "who" | "here" | "let"
        ) =>
        {
            split(at, "is")
        }
        "'re" => split(at, "are"),
        "'m" => split(at, "am"),
        "'ll" => split(at, "will"),
        "'ve" => split(at, "have"),
        "'d" => split(at, "would"),
        "'t" if folded[..at].ends_with('n') && at > 1 => split(at - 1, "not"),
        "'s" => vec![folded[..at].to_owned()],
        _ => vec![folded.replace('\'', "")],
    }
}

/// Stem of a folded word: Snowball's English one for plain letters, else the word itself.
fn stem(word: &str) -> String {
    static ENGLISH: OnceLock<Stemmer> = OnceLock::new();
    if word.len() <= 2 || word.len() > LONGEST_STEMMED || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    ENGLISH
        .get_or_init(|| Stemmer::create(Algorithm::English))
        .stem(word)
        .into_owned()
}

fn number_word(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 30] = [
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("thirteen", "13"),
        ("fourteen", "14"),
        ("fifteen", "15"),
        ("sixteen", "16"),
        ("seventeen", "17"),
        ("eighteen", "18"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("sixty", "60"),
        ("seventy", "70"),
        ("eighty", "80"),
        ("ninety", "90"),
        ("hundred", "100"),
        ("dozen", "12"),
    ];
    WORDS.iter().find(|(w, _)| *w == word).map(|(_, digits)| *digits)
}

/// Whether a folded word or lemma turns what is said round.
pub fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "n't"
            | "n’t"
            | "never"
            | "no"
            | "nobody"
            | "nothing"
            | "neither"
            | "nor"
            | "none"
            | "without"
    )
}

struct Lists {
    function: Vec<&'static str>,
    /// Stem to the name of its group.
    concepts: HashMap<String, &'static str>,
    /// Words that are written in one or in two. For look-up only.
    compounds: ByNumber<u64, &'static str>,
    /// Stem to its weight.
    weights: HashMap<&'static str, f32>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let rows = |text: &'static str| {
            text.lines()
                .filter(|line| !line.starts_with('#') && !line.is_empty())
        };
        let mut function: Vec<&str> = rows(include_str!("../data/en/function_words.tsv"))
            .flat_map(str::split_whitespace)
            .collect();
        function.sort_unstable();
        let mut concepts = HashMap::new();
        for row in rows(include_str!("../data/en/concepts.tsv")) {
            let mut group = row.split_whitespace();
            let Some(name) = group.next() else { continue };
            for word in std::iter::once(name).chain(group) {
                concepts.entry(stem(word)).or_insert(name);
            }
        }
        let mut weights = HashMap::new();
        for row in rows(include_str!("../models/frequencies.en.tsv")) {
            if let Some((word, weight)) = row.split_once('\t')
                && let Ok(weight) = weight.parse()
            {
                weights.insert(word, weight);
            }
        }
        Lists {
            function,
            concepts,
            compounds: rows(include_str!("../data/en/compounds.tsv"))
                .flat_map(str::split_whitespace)
                .map(|word| (number_of(word.bytes()), word))
                .collect(),
            weights,
        }
    })
}

/// Weight of a stem, or of a group of words by its name.
fn general_weight(word: &str) -> f32 {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return 8.0;
    }
    let known = match word.strip_prefix('\u{1}') {
        Some(group) => lists().weights.get(stem(group).as_str()),
        None => lists().weights.get(word),
    };
    known.copied().unwrap_or(UNKNOWN_WEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut vocabulary = Vocabulary::default();
        let words = vocabulary.read(text, 0);
        let forms: Vec<&str> = words.iter().map(|w| vocabulary.name(w.form)).collect();
        assert_eq!(forms.join(" "), expected, "{text:?}");
    }

    #[test]
    fn words_are_folded_and_taken_apart() {
        check("It’s 3,500 or $2.5m.", "it is 3500 or dollar 2.5m");
        check(
            "The U.S. can’t; US ships don't",
            "the usa can not usa ships do not",
        );
        check("Twelve a get-together — Ann’s OK", "12 a get together ann okay");
        check(
            "The talks are under way; a cease-fire, a Cease Fire",
            "the talks are underway a ceasefire a ceasefire",
        );
        check("", "");
    }

    #[test]
    fn stems_and_concepts_meet() {
        let mut vocabulary = Vocabulary::default();
        let words = vocabulary.read("invite invitation invited killed dead", 0);
        assert_eq!(words[0].stem, words[1].stem);
        assert_eq!(words[0].stem, words[2].stem);
        assert_eq!(words[3].concept, words[4].concept);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}") {
            let mut vocabulary = Vocabulary::default();
            for word in vocabulary.read(&text, 0) {
                proptest::prop_assert!(word.span.get(&text).is_some());
            }
        }
    }
}
