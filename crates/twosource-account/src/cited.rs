//! What a report only passes on: the word of another outlet, which confirms nothing by itself.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{EntityType, Rendering, Span};

use crate::cast::Cast;
use crate::desk::View;

/// Names that stand for an agency or an outlet when a report passes its words on; written with a capital.
const AGENCIES: &[&str] = &[
    "reuters",
    "afp",
    "agence france-presse",
    "associated press",
    "dpa",
    "xinhua",
    "tass",
    "interfax",
    "ansa",
    "efe",
    "kyodo",
    "anadolu",
    "bloomberg",
    "pti",
    "ians",
    "bbc",
    "cnn",
    "new york times",
    "washington post",
    "wall street journal",
    "financial times",
    "guardian",
];

/// What newspapers and stations are called, at the end of a capitalised name of two words or more ("the Evening Standard").
const NEWSPAPERS: &[&str] = &[
    "argus",
    "bugle",
    "bulletin",
    "chronicle",
    "courier",
    "dispatch",
    "echo",
    "examiner",
    "gazette",
    "globe",
    "herald",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mercury",
    "mirror",
    "news",
    "observer",
    "post",
    "standard",
    "telegraph",
    "times",
    "tribune",
];

/// What stands for an unnamed one, at the end of the words for who spoke.
const UNNAMED: &[&str] = &[
    "local media",
    "media reports",
    "state media",
    "news agency",
    "newspaper",
    "state television",
    "state tv",
    "state news",
];

/// Whether a rendering only passes on what another outlet reported: laid to it ("according to the Herald"), or told in a sentence
/// that begins or ends with it ("..., the Herald reported on Monday").
pub fn cites_a_report(rendering: &Rendering, view: &View<'_>, cast: &Cast, outlets: &Outlets<'_>) -> bool {
    let speaks = rendering.attribution.as_ref().is_some_and(|attribution| {
        let is_person = attribution
            .cast
            .is_some_and(|ix| cast.members[ix as usize].entity_type == EntityType::Person);
        // Mayor Bloomberg; and "told Reuters" names the agency as the one spoken to, who is no speaker
        let speaker = attribution.speaker.as_ref().filter(|_| !is_person);
        speaker.is_some_and(|speaker| names_an_outlet(speaker.text(), &view.outlet, outlets))
    });
    let (sentence, told) = (rendering.sentence.anchor().span, rendering.passage.anchor().span);
    speaks || is_cited_around(rendering.sentence.text(), sentence, told, &view.outlet, outlets)
}

/// Whether words for who spoke name an outlet other than `own`, or stand for one that is not named.
fn names_an_outlet(words: &str, own: &str, outlets: &Outlets<'_>) -> bool {
    let folded = words.to_lowercase();
    // "his guardian" is no paper
    let named = |name: &str, at: usize| {
        let behind = folded[at..].strip_prefix(name);
        name != without_article(own)
            && behind.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            && words.get(at..).is_some_and(|w| w.starts_with(char::is_uppercase))
    };
    let unnamed = |name: &&str| {
        let head = folded.strip_suffix(*name);
        head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
    };
    let own_name = without_article(&folded) == without_article(own);
    word_starts(&folded).any(|(at, word)| {
        AGENCIES.iter().any(|a| !own.contains(a) && named(a, at))
            || outlets.beginning_with(word).iter().any(|name| named(name, at))
    }) || UNNAMED.iter().any(unnamed)
        || (!own_name && is_called_as_a_newspaper(words))
}

/// Whether all words but an article have a capital and the last is what newspapers are called.
fn is_called_as_a_newspaper(words: &str) -> bool {
    let names: Vec<&str> = words
        .split_whitespace()
        .skip_while(|word| matches!(*word, "the" | "The"))
        .collect();
    let capitals = names.iter().all(|word| word.starts_with(char::is_uppercase));
    let last = names.last().map(|word| word.to_lowercase());
    names.len() > 1 && capitals && last.is_some_and(|last| NEWSPAPERS.contains(&last.as_str()))
}

/// Verbs behind the name of an outlet that told something.
const TELLS: &[&str] = &[
    "reported", "reports", "revealed", "reveals", "said", "says", "wrote", "writes",
];

/// Words between such a name and its verb.
const HELPERS: &[&str] = &[" has", " had", " first"];

/// Most words behind such a verb to the end of the sentence: "on Monday", "citing two officials".
const MOST_BEHIND: usize = 4;

/// Most words of a name of an outlet with its article.
const MOST_NAME: usize = 6;

/// Whether the sentence that holds the words `told` lays them to an outlet at its end ("..., the Herald reported on Monday") or
/// its beginning ("The Herald reported that ..."). Both spans are of one text.
fn is_cited_around(words: &str, sentence: Span, told: Span, own: &str, outlets: &Outlets<'_>) -> bool {
    let is_outlet =
        |name: &str| name.split_whitespace().count() <= MOST_NAME && names_an_outlet(name, own, outlets);
    let mut verbs = word_starts(words).filter(|(_, word)| TELLS.contains(word));
    verbs.any(|(at, verb)| {
        let (mut before, behind) = (words[..at].trim_end(), &words[at + verb.len()..]);
        while let Some(shorter) = HELPERS.iter().find_map(|helper| before.strip_suffix(helper)) {
            before = shorter.trim_end();
        }
        if let Some(comma) = before.rfind(',') {
            let few = behind.split_whitespace().count() <= MOST_BEHIND && !behind.contains("that ");
            let covered = told.start() < sentence.start() + comma;
            few && covered && is_outlet(before[comma + 1..].trim())
        } else {
            let that = behind.trim_start().strip_prefix("that ");
            that.is_some() && told.start() >= sentence.start() + at && is_outlet(before)
        }
    })
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

/// Names of the outlets of a story in lower case, without an article, by their first word.
pub struct Outlets<'a> {
    by_first: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Letters of the shortest name of an outlet that is looked for in the words for who spoke.
const SHORTEST_OUTLET: usize = 4;

impl<'a> Outlets<'a> {
    /// The outlets of these reports.
    pub fn of(views: &'a [View<'_>]) -> Self {
        let mut by_first: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for view in views {
            let name = without_article(&view.outlet);
            if name.chars().count() >= SHORTEST_OUTLET
                && let Some((_, first)) = word_starts(name).next()
            {
                by_first.entry(first).or_default().insert(name);
            }
        }
        Self { by_first }
    }

    fn beginning_with(&self, word: &str) -> &BTreeSet<&'a str> {
        const NONE: &BTreeSet<&str> = &BTreeSet::new();
        self.by_first.get(word).unwrap_or(NONE)
    }
}

/// The words of a text, each with where it begins.
fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_cited_around_what_is_told() {
        for (sentence, told, expected) in [
            (
                "A tank of Corvane, an oil firm, leaked, the Harbour Times reported on Monday.",
                "A tank",
                true,
            ),
            (
                "Allies say that she will resign, the Evening Standard reported.",
                "she will",
                true,
            ),
            (
                "The Evening Standard reported that she will resign.",
                "she will",
                true,
            ),
            (
                "She will resign, the Evening Standard had first reported.",
                "She will",
                true,
            ),
            ("She will resign, state media reported.", "She will", true),
            ("She will resign, her office said.", "She will", false),
            (
                "She will resign, the Red Cross reported on Monday.",
                "She will",
                false,
            ),
            (
                "She will resign, the Harbour Times reported, but police said that four people had left the house.",
                "four",
                false,
            ),
            // a report of its own paper is no other one's word
            ("She will resign, the Own Herald reported.", "She will", false),
            ("The standard said that lamps have to be green.", "lamps", false),
        ] {
            let at = sentence.find(told).unwrap_or_default();
            let outlets = Outlets {
                by_first: BTreeMap::new(),
            };
            let whole = Span::at(0, sentence.len());
            let found = is_cited_around(
                sentence,
                whole,
                Span::at(at, sentence.len()),
                "the own herald",
                &outlets,
            );
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
