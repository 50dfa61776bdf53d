//! Lists in sentences: their items, and what they are a list of.

use twosource_model::Span;

use crate::words::{Vocabulary, WordId, WordKind};

/// "..., including A, B and C".
#[derive(Debug, Clone)]
pub struct List {
    pub report: u32,
    /// The words before it that say what it is of; `None` when nothing stands there.
    pub of: Option<Span>,
    pub items: Vec<Item>,
}

/// One item.
#[derive(Debug, Clone)]
pub struct Item {
    pub span: Span,
    /// Its words in lower case.
    pub folded: String,
    /// Concept of its first weighty word.
    pub first: Option<WordId>,
    /// Concepts of its weighty words, sorted.
    pub concepts: Vec<WordId>,
}

impl Item {
    /// Whether this is one word and the other the same word cut short ("math", "mathematics").
    fn clipped(&self, other: &Self) -> bool {
        /// Fewest letters that are left of a word.
        const LEAST: usize = 4;
        !self.folded.contains(' ') && self.folded.len() >= LEAST && other.folded.starts_with(&self.folded)
    }

    /// Whether the other is made of first letters of words that stand in `initials` ("ICE").
    pub fn is_short_for(&self, initials: &str) -> bool {
        let name = self.folded.strip_prefix("the ").unwrap_or(&self.folded);
        // "the Sars illness"
        let least = if name.contains(' ') { 4 } else { 2 };
        let word = name.split(' ').next().unwrap_or_default();
        let letters: String = word.chars().filter(|c| *c != '.').collect();
        (least..=6).contains(&letters.len()) && initials.contains(&letters)
    }
}

/// The first letters of the words of a text, small words left out, in lower case.
pub fn initials(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let weighty = words.filter(|w| !matches!(*w, "" | "and" | "of" | "the" | "for" | "in"));
    weighty
        .filter_map(|w| w.chars().next())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Most words of an item.
const LONGEST_ITEM: usize = 6;
/// Fewest items of a list worth comparing.
const LEAST_ITEMS: usize = 3;
/// Words after which the first item begins.
const OPENERS: &[&str] = &[
    "including",
    "include",
    "includes",
    "included",
    "as",
    "are",
    "were",
    "is",
    "was",
    "on",
    "of",
    "like",
    "about",
    "over",
    "from",
    "in",
    "between",
    "against",
    "with",
    "to",
    "for",
];

/// The lists of a sentence. At most a few; linear in its length.
pub fn lists(report: u32, span: Span, text: &str, vocabulary: &mut Vocabulary) -> Vec<List> {
    // between semicolons commas set off what describes an item
    if span.of(text).matches(';').count() > 1 {
        return Vec::new();
    }
    let chunks = split_at_commas(span, text);
    let mut found = Vec::new();
    let mut at = 1;
    while at < chunks.len() {
        // chunks[at - 1] ends with the first item, chunks[at] .. are items, the last holds "and"
        let mut end = at;
        while end < chunks.len() && short(chunks[end], text) && !ends_list(&chunks, end, text) {
            end += 1;
        }
        if let Some((joint, word)) = chunks.get(end).and_then(|c| conjunction(*c, text))
            && (end > at || joint > chunks[end].start())
            && ends_list(&chunks, end, text)
            && let Some(list) = read(report, &chunks, at, end, joint, word, text, vocabulary)
        {
            found.push(list);
        }
        at = end + 1;
    }
    found
}

fn split_at_commas(span: Span, text: &str) -> Vec<Span> {
    let words = span.of(text);
    let mut chunks = Vec::new();
    let mut from = 0;
    for (at, c) in words.char_indices().filter(|(_, c)| matches!(c, ',' | ';')) {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(words[..at].chars().next_back()) && digit(words[at + 1..].chars().next()) {
            continue;
        }
        chunks.push(Span::at(span.start() + from, span.start() + at).trimmed(text));
        from = at + c.len_utf8();
    }
    chunks.push(Span::at(span.start() + from, span.end()).trimmed(text));
    chunks
}

/// Whether the list ends in this chunk: it has an "and", and no chunk behind it begins with one ("for fast and easy use, and
/// a lamp" is one item before the last).
fn ends_list(chunks: &[Span], at: usize, text: &str) -> bool {
    let begins = |span: &Span| {
        ["and ", "or "]
            .iter()
            .any(|joiner| span.of(text).starts_with(joiner))
    };
    let joined = conjunction(chunks[at], text);
    joined.is_some_and(|(joint, _)| joint == chunks[at].start() || !chunks.get(at + 1).is_some_and(begins))
}

fn short(chunk: Span, text: &str) -> bool {
    let words = chunk.of(text).split_whitespace().count();
    (1..=LONGEST_ITEM).contains(&words)
}

/// Place and length of the first "and" or "or" in a chunk.
fn conjunction(chunk: Span, text: &str) -> Option<(usize, usize)> {
    let words = chunk.of(text);
    for joiner in ["and ", "or ", "as well as "] {
        if words.starts_with(joiner) {
            return Some((chunk.start(), joiner.len()));
        }
    }
    [" and ", " or ", " as well as "]
        .iter()
        .filter_map(|joiner| words.find(joiner).map(|at| (chunk.start() + at, joiner.len())))
        .min()
}

#[allow(
    clippy::too_many_arguments,
    reason = "the parts of one list, read in one place"
)]
fn read(
    report: u32,
    chunks: &[Span],
    at: usize,
    end: usize,
    joint: usize,
    joiner: usize,
    text: &str,
    vocabulary: &mut Vocabulary,
) -> Option<List> {
    let (of, first, opened) = first_item(chunks[at - 1], text)?;
    // "Ada Brandt, the owner of the ferry that sank in the harbour, Jon Wiell and ..."
    if !opened && at > 1 && !short(chunks[at - 1], text) {
        return None;
    }
    let mut spans = vec![first];
    spans.extend_from_slice(&chunks[at..end]);
    let last_chunk = chunks[end];
    if joint > last_chunk.start() {
        let before = Span::at(last_chunk.start(), joint).trimmed(text);
        if !short(before, text) {
            return None;
        }
        spans.push(before);
    }
    spans.push(last_item(
        Span::at((joint + joiner).min(last_chunk.end()), last_chunk.end()),
        text,
    )?);
    let (of, spans) = opened_within(of, spans, text);
    let is_no_item = |s: &Span| s.of(text).contains(['—', '–', '“', '”', '"']) || is_party_mark(s.of(text));
    if spans.iter().any(is_no_item) || explains_first(&spans, text) {
        return None;
    }
    let spans = without_title(without_class(spans, text), text);
    let items: Vec<Item> = spans
        .into_iter()
        .filter(|span| !is_state(span.of(text)))
        .map(|span| without_bracket(without_opening(span, text, LEADS), text))
        .map(|span| {
            let mut concepts: Vec<WordId> = vocabulary
                .read(span.of(text), 0)
                .into_iter()
                .filter(|w| w.kind != WordKind::Function)
                .map(|w| w.concept)
                .collect();
            let first = concepts.first().copied();
            concepts.sort_unstable();
            concepts.dedup();
            Item {
                span,
                folded: span.of(text).to_lowercase(),
                first,
                concepts,
            }
        })
        .filter(|item| !item.concepts.is_empty())
        .collect();
    (items.len() >= LEAST_ITEMS).then_some(List { report, of, items })
}

/// Whether the second item says what the first is ("the Harbour Party, the only one allowed, or a few others"), or the first
/// ends another list ("and lanterns, a flask, ...").
fn explains_first(spans: &[Span], text: &str) -> bool {
    let opens = |at: usize, words: &[&str]| {
        let item = spans.get(at).map_or("", |s| s.of(text));
        words.iter().any(|w| item.starts_with(w))
    };
    let aged = |at: usize| opens(at, &["aged ", "age ", "ages "]);
    opens(1, &["the only ", "the first ", "the last "])
        || (1..spans.len()).any(aged)
        || opens(0, &["and ", "or "])
}

/// The items without one before the names of what it tells ("two senators, Ada Brandt and Jon Wiell", "his daughters, ...").
fn without_class(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    let first = spans[0].of(text);
    let counted = first.split_whitespace().next().is_some_and(is_few);
    let last = first.split_whitespace().next_back().unwrap_or_default();
    let many = last.starts_with(char::is_lowercase) && last.ends_with('s');
    if (counted || many)
        && spans[1..]
            .iter()
            .all(|s| s.of(text).starts_with(char::is_uppercase))
    {
        spans.remove(0);
    }
    spans
}

/// The first item without the small words before its name, where all others are names: "names Kolle, Wessa and Tinn".
fn without_title(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    let is_name = |s: &Span| s.of(text).starts_with(char::is_uppercase);
    let Some((first, others)) = spans.split_first_mut() else {
        return spans;
    };
    if !is_name(first) && others.iter().all(is_name) {
        let words = first.of(text);
        let mut gaps = words.match_indices(' ').map(|(at, _)| at + 1);
        let name = gaps.find(|at| words[*at..].starts_with(char::is_uppercase));
        *first = Span::at(first.start() + name.unwrap_or(0), first.end());
    }
    spans
}

fn is_few(word: &str) -> bool {
    const FEW: &[&str] = &[
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    FEW.contains(&word.to_lowercase().as_str())
}

/// "Ala.": set off by commas, it says where the town before it lies.
fn is_state(item: &str) -> bool {
    item.ends_with('.') && item.len() <= 6 && item.starts_with(char::is_uppercase) && !item.contains(' ')
}

/// "D-Calif.": set off by commas, it says whose the name before it is.
fn is_party_mark(item: &str) -> bool {
    let mut chars = item.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next() == Some('-')
        && chars.next().is_some_and(char::is_uppercase)
}

/// Words that introduce items after a comma ("the list, such as demos, trials").
const INTRODUCTIONS: &[&str] = &[
    "except in the event of ",
    "except in case of ",
    "except in cases of ",
    "except in the case of ",
    "except for ",
    "except ",
    "such as ",
    "including ",
    "like ",
    "among them ",
    "namely ",
    "regardless of ",
    "whether of ",
    "based on ",
    "with ",
    "along with ",
];
/// Words before an item that are not of it.
const LEADS: &[&str] = &["but also ", "also ", "not only ", "both ", "either ", "then "];

/// Where an item is introduced anew, the list begins there, and what stands before it is what it is of.
fn opened_within(of: Option<Span>, spans: Vec<Span>, text: &str) -> (Option<Span>, Vec<Span>) {
    let introduced = |s: &Span| INTRODUCTIONS.iter().any(|i| s.of(text).starts_with(i));
    let Some(at) = spans.iter().rposition(introduced) else {
        return (of, spans);
    };
    let from = of.map_or(spans[0].start(), Span::start);
    let before = Span::at(from, spans[at].start()).trimmed(text);
    let of = at
        .checked_sub(1)
        .map_or(of, |last| Some(Span::at(before.start(), spans[last].end())));
    let mut rest = spans[at..].to_vec();
    rest[0] = without_opening(rest[0], text, INTRODUCTIONS);
    (of, rest)
}

/// The span without the first of these words at its beginning.
fn without_opening(span: Span, text: &str, openings: &[&str]) -> Span {
    let words = span.of(text);
    let opening = openings
        .iter()
        .find(|o| words.starts_with(**o))
        .map_or(0, |o| o.len());
    Span::at(span.start() + opening, span.end()).trimmed(text)
}

/// The span without where a picture shows it: "Ada Brandt (left)".
fn without_bracket(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let open = words.strip_suffix(')').and_then(|w| w.rfind('('));
    match open {
        Some(at) if at > 0 && words[at + 1..].starts_with(char::is_lowercase) => {
            Span::at(span.start(), span.start() + at).trimmed(text)
        }
        _ => span,
    }
}

/// The first item at the end of the words before the first comma, the words before it, and whether a word opens it.
fn first_item(chunk: Span, text: &str) -> Option<(Option<Span>, Span, bool)> {
    let words: Vec<(usize, &str)> = chunk
        .of(text)
        .split_whitespace()
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
        .collect();
    let opener = words
        .iter()
        .rposition(|(_, w)| OPENERS.contains(&w.to_lowercase().as_str()) || w.ends_with(':'));
    let from = match opener {
        Some(i) if i + 1 < words.len() && words.len() - i - 1 <= LONGEST_ITEM => i + 1,
        _ => words.len().saturating_sub(2),
    };
    let opened = opener.is_some_and(|i| i + 1 == from);
    let start = words.get(from)?.0;
    let mut before = from;
    while before > 0
        && matches!(
            words[before - 1].1,
            "including" | "include" | "includes" | "included" | "as" | "are" | "were" | "is" | "was" | "like"
        )
    {
        before -= 1;
    }
    let of = (before > 0).then(|| Span::at(chunk.start(), words[before - 1].0 + words[before - 1].1.len()));
    Some((of, Span::at(start, chunk.end()), opened))
}

/// The last item: up to a word that cannot belong to it; `None` where none comes within the longest item.
fn last_item(rest: Span, text: &str) -> Option<Span> {
    let words = rest.trimmed(text).of(text);
    let offset = words.as_ptr() as usize - text.as_ptr() as usize;
    let mut end = 0;
    for (count, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim();
        let stops = count > 0
            && (bare.chars().all(|c| c == '-')
                || matches!(
                    bare.to_lowercase().as_str(),
                    "in" | "on"
                        | "at"
                        | "by"
                        | "for"
                        | "from"
                        | "with"
                        | "to"
                        | "as"
                        | "after"
                        | "before"
                        | "during"
                        | "who"
                        | "which"
                        | "that"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "has"
                        | "have"
                        | "had"
                        | "said"
                        | "while"
                        | "when"
                ));
        if stops {
            break;
        }
        // where it ends is not in sight
        if count >= LONGEST_ITEM {
            return None;
        }
        end += word.len();
        // "U.S." ends no sentence, nor does a full stop inside one
        let inside = words[end..].trim_start().starts_with(char::is_uppercase);
        let abbreviated = bare.strip_suffix('.').is_some_and(|b| b.contains('.') || inside);
        if bare.ends_with(['.', '!', '?', ':', '”', '"']) && !abbreviated {
            break;
        }
    }
    let item = words[..end]
        .trim()
        .trim_end_matches(['.', '!', '?', ':', '”', '"']);
    // "Brandt, Wiell and Rowe all"
    let item = [" all", " both", " each"]
        .iter()
        .find_map(|w| item.strip_suffix(w))
        .unwrap_or(item);
    (!item.is_empty()).then(|| Span::at(offset, offset + item.len()))
}

/// Whether two items open with the same two words, and what follows in one of them is no part of a name: "Ada Brandt (right" and "Ada
/// Brandt 12 pictures".
pub fn opens_alike(a: &Item, b: &Item) -> bool {
    let cluttered = |item: &Item| item.folded.contains(|c: char| c.is_ascii_digit() || c == '(');
    let named = |item: &Item| item.folded.contains(' ');
    let [x, y] = [a, b].map(|item| item.folded.split(' ').take(2));
    named(a) && x.eq(y) && (cluttered(a) || cluttered(b))
}

/// Before a family name.
const TITLES: [&str; 8] = ["mr ", "mrs ", "ms ", "dr ", "mr. ", "mrs. ", "ms. ", "dr. "];

/// Whether two items name the same: the words of the one stand in the other, and are half of it or open it.
pub fn same_item(a: &Item, b: &Item) -> bool {
    let (short, long) = if a.concepts.len() <= b.concepts.len() {
        (a, b)
    } else {
        (b, a)
    };
    let letters = |item: &Item| -> String { item.folded.chars().filter(|c| c.is_alphanumeric()).collect() };
    // "Brandt" and "the pilot Ada Brandt"
    let surname = |short: &Item, long: &Item| {
        let titled = TITLES.iter().find_map(|title| short.folded.strip_prefix(title));
        let ends = long.folded.strip_suffix(titled.unwrap_or(&short.folded));
        (short.concepts.len() == 1 || titled.is_some_and(|name| !name.contains(' ')))
            && ends.is_some_and(|before| before.ends_with(' '))
    };
    if letters(a) == letters(b) || surname(a, b) || surname(b, a) {
        return true;
    }
    let shared = short
        .concepts
        .iter()
        .filter(|c| long.concepts.binary_search(c).is_ok())
        .count();
    if a.clipped(b) || b.clipped(a) {
        return true;
    }
    let opens = short.first.is_some() && short.first == long.first;
    shared == short.concepts.len() && (opens || 2 * shared >= long.concepts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = lists(0, Span::at(0, text.len()), text, &mut Vocabulary::default());
        let drawn: Vec<String> = found
            .iter()
            .map(|l| {
                format!(
                    "{} = {}",
                    l.of.map_or("", |s| s.of(text)),
                    l.items
                        .iter()
                        .map(|i| i.span.of(text))
                        .collect::<Vec<_>>()
                        .join("; ")
                )
            })
            .collect();
        assert_eq!(drawn.join(" | "), expected, "{text:?}");
    }

    #[test]
    fn lists_are_read_with_what_they_are_of() {
        check(
            "The ministers spoke about several matters including trade, fishing rights, river dams and Mars.",
            "The ministers spoke about several matters = trade; fishing rights; river dams; Mars",
        );
        check(
            "On the table are tariffs, visas, and the new bridge.",
            "On the table = tariffs; visas; the new bridge",
        );
        check(
            "You can hide things from the list, such as demos, trials, and betas.",
            "You can hide things from the list = demos; trials; betas",
        );
        check(
            "They fished for cod, hake, but also herring, and eels.",
            "They fished for = cod; hake; herring; eels",
        );
        check("She came, and he left.", "");
        check(
            "Visitors may not open the windows, except in case of smoke, fire or a burst pipe in the hall.",
            "Visitors may not open the windows = smoke; fire; a burst pipe",
        );
        check("Two senators, Ada Brandt and Jon Wiell, voted against it.", "");
        check(
            "They stand for the Harbour Party of Velby, the only party allowed, or a handful of clubs.",
            "",
        );
        check(
            "It has shops in Holmvik, Ala., Velby, Skerry and Tarn.",
            "It has shops in = Holmvik; Velby; Skerry; Tarn",
        );
        check(
            "It comes with a lamp, quick and easy sails, and a bell.",
            "It comes with = a lamp; quick and easy sails; a bell",
        );
        check("Two girls, ages 14 and 15, and a boy were hurt.", "");
        check("", "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_spans_in_it(text in "[a-zé ,;.]{0,60}( and [a-z, ]{0,20})?") {
            for list in lists(0, Span::at(0, text.len()), &text, &mut Vocabulary::default()) {
                for item in list.items {
                    proptest::prop_assert!(item.span.get(&text).is_some());
                }
            }
        }
    }
}
