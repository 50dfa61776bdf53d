//! What the tagger looks at: words, shapes, beginnings and ends, tags, runs of capitals, tables; as hashed features.

use twosource_model::Upos;

use crate::names::gazetteer::{CLASSES, Marks, mark};
use crate::names::word::Word;
use crate::syntax::groups::{self, Group};
use crate::syntax::word::Lowered;

/// Weights are kept in this many rows; features share a row when their hashes agree in the low bits.
pub const BUCKETS: usize = 1 << 19;

/// Features a word has at most.
const USUAL_FEATURES: usize = 96;

/// What is computed once for each word.
struct Seen {
    lower: u32,
    shape: u32,
    prefixes: [u32; 3],
    suffixes: [u32; 3],
    upos: u32,
    capital: bool,
    /// Words that are used like it.
    group: Group,
    /// Run of capitalised words around it, if it is in one: first word and behind the last.
    run: Option<(u32, u32)>,
    marks: Marks,
}

/// Rows of the features of each word of one sentence: `give(word, rows)` is called for each word in order.
pub fn each_word(words: &[Word<'_>], mut give: impl FnMut(usize, &[u32])) {
    let seen = look(words);
    let mode = case_mode(words);
    let mut rows = Vec::with_capacity(USUAL_FEATURES);
    for at in 0..words.len() {
        rows.clear();
        features(&seen, at, mode, &mut rows);
        give(at, &rows);
    }
}

fn look(words: &[Word<'_>]) -> Vec<Seen> {
    let marks = mark(words);
    let groups = groups::english();
    let mut lowered = Lowered::default();
    let mut seen: Vec<Seen> = words
        .iter()
        .zip(marks)
        .map(|(word, marks)| {
            let lower: Vec<char> = word.text.chars().flat_map(char::to_lowercase).take(24).collect();
            let part = |chars: &[char]| hash_chars(chars);
            let n = lower.len();
            Seen {
                lower: part(&lower),
                shape: shape(word.text),
                prefixes: [2, 3, 4].map(|l| if n >= l { part(&lower[..l]) } else { 1 }),
                suffixes: [2, 3, 4].map(|l| if n >= l { part(&lower[n - l..]) } else { 1 }),
                upos: word.upos as u32 + 1,
                capital: word.is_capitalised(),
                group: groups.of(lowered.hash(word.text).lower),
                run: None,
                marks,
            }
        })
        .collect();
    mark_runs(words, &mut seen);
    seen
}

/// Words that may stand inside a run of capitals without one.
const LINKS: [&str; 9] = ["of", "the", "and", "&", "-", "for", "de", "al", "'s"];

/// Longest run that is looked at, in words.
const LONGEST_RUN: usize = 12;

fn mark_runs(words: &[Word<'_>], seen: &mut [Seen]) {
    let mut at = 0;
    while at < seen.len() {
        if !seen[at].capital {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < seen.len() && next - at < LONGEST_RUN {
            if seen[next].capital {
                end = next + 1;
            } else if !LINKS.contains(&words[next].text) || next > end + 1 {
                break;
            }
            next += 1;
        }
        for word in &mut seen[at..end] {
            word.run = Some((at as u32, end as u32));
        }
        at = end;
    }
}

/// How a sentence uses capitals: 0 as usual, 1 none at all, 2 nearly everywhere (headline), 3 nothing but capitals.
fn case_mode(words: &[Word<'_>]) -> u32 {
    let letters = words
        .iter()
        .filter(|w| w.text.chars().all(char::is_alphabetic) && !w.text.is_empty());
    let (mut all, mut capitals, mut shouting, mut long) = (0, 0, 0, 0);
    for word in letters {
        all += 1;
        capitals += usize::from(word.is_capitalised());
        if word.text.len() > 3 {
            long += 1;
            shouting += usize::from(!word.has_lower_case());
        }
    }
    match () {
        () if capitals == 0 => 1,
        () if long > 1 && shouting * 10 > long * 7 => 3,
        () if all > 3 && capitals * 10 > all * 6 => 2,
        () => 0,
    }
}

/// Shape of a word: letters by case, digits, other characters as they are; repetitions shortened.
fn shape(text: &str) -> u32 {
    let mut shape = [0 as char; 10];
    let mut length = 0;
    let mut repeated = 0;
    for character in text.chars() {
        let class = match character {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => '0',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if length > 0 && shape[length - 1] == class {
            repeated += 1;
            if repeated > 1 {
                continue;
            }
        } else {
            repeated = 0;
        }
        if length == shape.len() {
            break;
        }
        shape[length] = class;
        length += 1;
    }
    hash_chars(&shape[..length])
}

fn hash_chars(chars: &[char]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for &c in chars {
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}

/// Row of a feature: its template and up to three values.
fn row(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut hash = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for value in [a, b, c] {
        hash = (hash ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    hash as u32 & (BUCKETS as u32 - 1)
}

/// Value that stands for what lies outside the sentence.
const EDGE: u32 = 7;

/// Group of what lies outside the sentence.
const OUTSIDE: Group = Group {
    fine: u32::MAX,
    middle: u32::MAX,
    coarse: u32::MAX,
};

fn features(seen: &[Seen], at: usize, mode: u32, rows: &mut Vec<u32>) {
    let near = |by: isize| at.checked_add_signed(by).and_then(|i| seen.get(i));
    let lower = |by| near(by).map_or(EDGE, |s| s.lower);
    let shape = |by| near(by).map_or(EDGE, |s| s.shape);
    let upos = |by| near(by).map_or(EDGE, |s| s.upos);
    let marks = |by| near(by).map_or(0, |s| s.marks.bits());
    let group = |by| near(by).map_or(OUTSIDE, |s| s.group);
    let here = &seen[at];
    let mut template = 0;
    let mut add = |a: u32, b: u32, c: u32| {
        template += 1;
        rows.push(row(template, a, b, c));
    };
    let first = u32::from(at == 0);
    add(mode, first, 0);
    add(lower(0), 0, 0);
    add(lower(-1), 0, 0);
    add(lower(1), 0, 0);
    add(lower(-2), 0, 0);
    add(lower(2), 0, 0);
    add(lower(-1), lower(0), 0);
    add(lower(0), lower(1), 0);
    add(lower(-1), here.shape, 0);
    add(lower(1), here.shape, 0);
    add(lower(-2), lower(-1), here.shape);
    add(lower(1), lower(2), here.shape);
    add(here.shape, mode, first);
    add(shape(-1), here.shape, 0);
    add(here.shape, shape(1), 0);
    add(shape(-1), here.shape, shape(1));
    for value in here.prefixes.into_iter().chain(here.suffixes) {
        add(value, 0, 0);
    }
    add(here.suffixes[1], here.shape, mode);
    add(here.upos, 0, 0);
    add(here.upos, mode, first);
    add(upos(-1), here.upos, 0);
    add(here.upos, upos(1), 0);
    add(upos(-1), here.upos, upos(1));
    add(upos(1), upos(2), 0);
    add(upos(-2), upos(-1), 0);
    add(lower(-1), here.upos, 0);
    add(lower(1), here.upos, 0);
    add(here.suffixes[1], here.upos, 0);
    add(marks(0), 0, 0);
    add(marks(0), here.shape, mode);
    add(marks(0), here.upos, 0);
    add(marks(-1), marks(0), 0);
    add(marks(0), marks(1), 0);
    add(marks(1), here.shape, 0);
    add(marks(-1), here.shape, 0);
    add(marks(-1), lower(0), 0);
    add(marks(1), lower(0), 0);
    add(here.group.fine, here.shape, 0);
    add(here.group.middle, here.shape, mode);
    add(here.group.coarse, here.upos, mode);
    for by in [-2, -1, 1, 2] {
        add(group(by).fine, 0, 0);
        add(group(by).middle, here.shape, 0);
        add(group(by).coarse, here.upos, 0);
    }
    add(group(-1).middle, here.group.middle, 0);
    add(here.group.middle, group(1).middle, 0);
    add(group(-1).coarse, here.group.coarse, group(1).coarse);
    add(group(-2).coarse, group(-1).coarse, here.shape);
    add(group(1).coarse, group(2).coarse, here.shape);
    let run = here.run.map(|(start, end)| (start as usize, end as usize));
    let (length, place) = run.map_or((0, 0), |(start, end)| {
        ((end - start).min(5) as u32, (at - start).min(3) as u32)
    });
    let from_end = run.map_or(0, |(_, end)| (end - at).min(3) as u32);
    add(length, place, from_end);
    if let Some((start, end)) = run {
        let last = seen[end - 1].lower;
        let before = start.checked_sub(1).map_or(EDGE, |i| seen[i].lower);
        let after = seen.get(end).map_or(EDGE, |s| s.lower);
        add(last, from_end, 0);
        add(seen[start].lower, place, 0);
        add(before, length, 0);
        add(after, length, 0);
        add(before, last, 0);
        add(seen[start].marks.bits(), seen[end - 1].marks.bits(), place);
        add(before, seen[start].marks.bits(), place);
        add(after, seen[end - 1].marks.bits(), from_end);
        add(seen[start].shape, last, length);
        add(seen[end - 1].suffixes[1], length, place);
        let outside = |at: Option<usize>| at.and_then(|i| seen.get(i)).map_or(OUTSIDE, |s| s.group);
        let (before, after) = (outside(start.checked_sub(1)), outside(Some(end)));
        let (first, last) = (seen[start].group, seen[end - 1].group);
        add(last.middle, from_end, 0);
        add(last.coarse, length, place);
        add(first.middle, place, 0);
        add(before.middle, length, 0);
        add(after.middle, length, 0);
        add(before.coarse, last.coarse, length);
        add(after.coarse, last.coarse, length);
        add(first.coarse, last.coarse, length);
    }
    if !here.marks.is_empty() {
        for class in 0..CLASSES {
            let place = here.marks.place(class);
            if place != 0 {
                rows.push(row(100 + class as u32, place, 0, 0));
                rows.push(row(120 + class as u32, place, here.shape, here.upos));
                rows.push(row(140 + class as u32, place, lower(-1), 0));
                rows.push(row(160 + class as u32, place, length, from_end));
            }
        }
    }
    debug_assert!(Upos::ALL.len() < 32, "tags fit their templates");
}
