//! Chooses the relations of words that have a new head.

use twosource_model::{Relation, Upos};

use super::super::choice::Choice;
use super::super::reader::Reader;
use super::super::transition::{NONE, distance};
use super::super::weights::write_number;
use super::super::word::key;
use super::heads::Parsed;

/// Relations by the parts of speech of dependent and head and by which of them comes first, the most frequent first.
#[derive(Debug, Clone, Default)]
pub struct Lists(Vec<Vec<u8>>);

/// Number of lists.
pub const LISTS: usize = 2 * Upos::ALL.len() * Upos::ALL.len();

/// The number of the list for a word and its head; `None` for the root.
#[must_use]
pub fn list_of(parsed: &Parsed<'_>, word: u32) -> Option<usize> {
    let head = parsed.tree.head(word);
    let part = |at: u32| Some(parsed.view.coarse(at) as usize).filter(|part| *part < Upos::ALL.len());
    let pair = part(word)? * Upos::ALL.len() + part(head)?;
    Some(2 * pair + usize::from(head < word))
}

impl Lists {
    /// The lists by their numbers.
    #[must_use]
    pub const fn new(lists: Vec<Vec<u8>>) -> Self {
        Self(lists)
    }

    /// Whether words of these parts of speech have this relation; so they do where nothing is known of them.
    fn allows(&self, parsed: &Parsed<'_>, word: u32, label: u8) -> bool {
        let list = list_of(parsed, word).and_then(|list| self.0.get(list));
        list.is_none_or(|list| list.is_empty() || list.contains(&label))
    }

    /// The relations that a word may have to its head: first that which it has, then those of its list; none for the root
    /// and for punctuation.
    pub fn options(&self, parsed: &Parsed<'_>, word: u32, out: &mut Vec<u8>) {
        out.clear();
        let Some(list) = list_of(parsed, word).and_then(|list| self.0.get(list)) else {
            return;
        };
        if parsed.view.is_punctuation(word) {
            return;
        }
        let now = parsed.tree.label(word) as u8;
        out.push(now);
        out.extend(list.iter().filter(|label| **label != now));
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let lists = (0..LISTS).map(|_| {
            let list = from.block()?;
            list.iter()
                .all(|label| usize::from(*label) < Relation::ALL.len())
                .then(|| list.to_vec())
        });
        lists.collect::<Option<Vec<_>>>().map(Self)
    }

    /// The bytes of the lists.
    pub fn write(&self, out: &mut Vec<u8>) {
        for list in &self.0 {
            write_number(list.len() as u32, out);
            out.extend(list);
        }
    }
}

/// The features of one relation for a word and its head.
pub fn features(parsed: &Parsed<'_>, word: u32, label: u8, out: &mut Vec<u32>) {
    let (view, tree) = (parsed.view, parsed.tree);
    let head = tree.head(word);
    let label = u32::from(label);
    let this = label << 1 | u32::from(word < head);
    let (dw, dt) = (view.word(word), view.tag(word));
    let (hw, ht) = (view.word(head), view.tag(head));
    let pair = dt << 8 | ht;
    let now = tree.label(word);
    let (mut previous, mut next, mut same) = (NONE, NONE, 0);
    for &other in tree.dependents(head).iter().filter(|other| **other != word) {
        same += u32::from(tree.label(other) == label);
        if other < word {
            previous = other;
        } else if next == NONE {
            next = other;
        }
    }
    let (governed, own, mark) = (
        tree.governed_beside(head, word),
        tree.governed(word),
        tree.mark(word),
    );
    let (above, hl) = (tree.head(head), tree.label(head));
    let dependents = tree.dependents(word);
    let first = dependents.first().copied().unwrap_or(NONE);
    let last = dependents.last().copied().unwrap_or(NONE);
    let ends = tree.label(first) << 8 | tree.label(last);
    let (before, behind) = (word.wrapping_sub(1), word + 1);
    let around_head = view.tag(head.wrapping_sub(1)) << 8 | view.tag(head.saturating_add(1));
    let topics = view.topic(word) << 8 | view.topic(head);
    let (pl, nl) = (tree.label(previous), tree.label(next));
    let mut f = |template: u32, a: u32, b: u32| out.push(key(400 + template, this, a, b));
    f(0, now, 0);
    f(1, now, pair);
    f(2, dw, now);
    f(3, hw, now);
    f(4, dw, ht);
    f(5, hw, dt);
    f(6, dw, hw);
    f(7, governed, pair);
    f(8, governed, hw);
    f(9, governed, dw);
    f(10, own, pair);
    f(11, own, dw);
    f(12, mark, pair);
    f(13, mark, dw);
    f(14, mark, hw);
    f(15, hl << 8 | view.tag(above), pair);
    f(16, hl, hw);
    f(17, hl << 8 | dt, mark);
    f(18, pl << 8 | nl, pair);
    f(19, view.tag(previous) << 8 | view.tag(next), pair);
    f(20, view.word(previous), pair);
    f(21, view.word(next), pair);
    f(22, distance(word, head), pair);
    f(23, same.min(2), pair);
    f(24, view.tag(before) << 8 | view.tag(behind), pair);
    f(25, view.word(before), dt);
    f(26, view.word(behind), dt);
    f(27, around_head, pair);
    f(28, topics, mark);
    f(29, topics, pair);
    f(30, view.suffix(word), ht);
    f(31, view.suffix(head), dt);
    f(32, view.word(last), pair);
    f(33, view.word(first), pair);
    f(34, ends, pair);
    f(35, ends, dw);
    f(38, hw, view.topic(word) << 8 | dt);
    f(39, view.word(above), pair);
    f(40, hl << 8 | now, governed);
    f(41, tree.first_relation(head), hw);
    f(42, pl, dw);
    f(43, nl, dw);
    let (dg, hg) = (parsed.group(word), parsed.group(head));
    f(44, dg.fine, pair);
    f(45, hg.fine, pair);
    f(46, dg.middle, hg.middle);
    f(47, dg.fine, mark);
    f(48, hg.fine, mark);
    f(49, dg.coarse << 16 | hg.coarse, mark);
    f(50, hg.middle, governed);
    f(51, hg.fine, nl << 8 | pl);
}

/// The relation that fits a word and its new head best: that to the old one only where words like these have it.
pub fn choose(
    model: &Choice,
    lists: &Lists,
    parsed: &Parsed<'_>,
    word: u32,
    (options, keys): (&mut Vec<u8>, &mut Vec<u32>),
) -> u8 {
    if parsed.tree.head(word) == parsed.tree.length() {
        return Relation::Root as u8;
    }
    if parsed.view.is_punctuation(word) {
        return Relation::Punct as u8;
    }
    lists.options(parsed, word, options);
    let mut best = (i32::MIN, parsed.tree.label(word) as u8);
    options.retain(|label| *label != Relation::Root as u8 && lists.allows(parsed, word, *label));
    for &label in options.iter() {
        keys.clear();
        features(parsed, word, label, keys);
        let score = model.score(keys);
        if score > best.0 {
            best = (score, label);
        }
    }
    best.1
}
