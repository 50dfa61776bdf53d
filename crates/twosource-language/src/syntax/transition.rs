//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez, Satta 2011) and what its states look like to a model.
//!
//! A state is a stack, a buffer and the arcs made so far. The root stands behind the last word; a word is attached to it
//! only when it is alone on the stack, so that a sentence has one root.

use twosource_model::Upos;

use super::dictionary::Entry;
use super::tagger::Tag;
use super::word::{Word, key};

/// No word.
pub const NONE: u32 = u32::MAX;

/// A step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Move {
    /// The first word of the buffer goes onto the stack.
    Shift,
    /// The top of the stack becomes a dependent of the first word of the buffer.
    Left,
    /// The top of the stack becomes a dependent of the word below it.
    Right,
}

impl Move {
    /// All moves, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// Stack, buffer and arcs.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Words of the sentence, without the root.
    pub length: u32,
    /// Words on the stack, top last.
    pub stack: Vec<u32>,
    /// First word of the buffer; `length` is the root.
    pub next: u32,
    /// Head of each word, [`NONE`] where it has none yet; the root is `length`.
    pub heads: Vec<u32>,
    /// Relation of each word by its number.
    pub labels: Vec<u8>,
    /// Dependents to the left, nearest to the edge last: last two, and how many.
    left: Vec<[u32; 2]>,
    right: Vec<[u32; 2]>,
    left_count: Vec<u8>,
    right_count: Vec<u8>,
    /// One bit for each relation (number modulo 64) that a word already governs.
    governed: Vec<u64>,
}

/// The label of a word that has none yet.
pub const NO_LABEL: u8 = 255;

impl State {
    /// The state before the first move.
    pub fn reset(&mut self, length: usize) {
        self.length = length as u32;
        self.stack.clear();
        self.next = 0;
        fn fill<T: Clone>(list: &mut Vec<T>, count: usize, value: T) {
            list.clear();
            list.resize(count, value);
        }
        fill(&mut self.heads, length, NONE);
        fill(&mut self.labels, length + 1, NO_LABEL);
        fill(&mut self.left, length + 1, [NONE; 2]);
        fill(&mut self.right, length + 1, [NONE; 2]);
        fill(&mut self.left_count, length + 1, 0);
        fill(&mut self.right_count, length + 1, 0);
        fill(&mut self.governed, length + 1, 0);
    }

    /// Whether every word has a head.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next == self.length && self.stack.is_empty()
    }

    /// Whether a move may be made.
    #[must_use]
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.length,
            Move::Left if self.next == self.length => self.stack.len() == 1,
            Move::Left => !self.stack.is_empty(),
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// Head and dependent that a move would join.
    #[must_use]
    pub fn arc(&self, step: Move) -> Option<(u32, u32)> {
        let &top = self.stack.last()?;
        match step {
            Move::Shift => None,
            Move::Left => Some((self.next, top)),
            Move::Right => Some((self.stack[self.stack.len().checked_sub(2)?], top)),
        }
    }

    /// Makes a move; `label` is the relation of the new arc.
    pub fn make(&mut self, step: Move, label: u8) {
        let Some((head, dependent)) = self.arc(step) else {
            if step == Move::Shift && self.next < self.length {
                self.stack.push(self.next);
                self.next += 1;
            }
            return;
        };
        if step == Move::Shift {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        self.stack.pop();
        self.heads[dependent as usize] = head;
        self.labels[dependent as usize] = label;
        let h = head as usize;
        self.governed[h] |= 1 << (label % 64);
        let (edge, count) = if dependent < head {
            (&mut self.left[h], &mut self.left_count[h])
        } else {
            (&mut self.right[h], &mut self.right_count[h])
        };
        *edge = [edge[1], dependent];
        *count = count.saturating_add(1);
    }

    fn below(&self, depth: usize) -> u32 {
        self.stack
            .len()
            .checked_sub(depth + 1)
            .map_or(NONE, |at| self.stack[at])
    }
}

/// A sentence as the parser sees it; the root is the word behind the last.
#[derive(Debug, Clone, Default)]
pub struct ParseView {
    words: Vec<u32>,
    suffixes: Vec<u32>,
    tags: Vec<u32>,
    coarse: Vec<u32>,
    /// What a word is about: the topic of a noun or verb, the kind of a name.
    topics: Vec<u32>,
}

const ROOT_ATOM: u32 = 3;
const NONE_ATOM: u32 = 2;

impl ParseView {
    /// Takes the words of one sentence with their tags and what the dictionary knows of them; `coarse` gives the UPOS of
    /// a tag.
    pub fn fill(&mut self, words: &[Word], tags: &[Tag], entries: &[Entry], coarse: impl Fn(Tag) -> u8) {
        self.words.clear();
        self.words.extend(words.iter().map(|w| w.lower));
        self.suffixes.clear();
        self.suffixes.extend(words.iter().map(|w| w.suffix[2]));
        self.tags.clear();
        self.tags.extend(tags.iter().map(|&t| u32::from(t)));
        self.coarse.clear();
        self.coarse.extend(tags.iter().map(|&t| u32::from(coarse(t))));
        for list in [&mut self.words, &mut self.suffixes] {
            list.extend([ROOT_ATOM, NONE_ATOM]);
        }
        self.topics.clear();
        self.topics
            .extend(entries.iter().zip(&self.coarse).map(|(e, c)| topic(*e, *c)));
        for list in [&mut self.tags, &mut self.coarse, &mut self.topics] {
            list.extend([253, 254]);
        }
    }

    /// Whether a word is tagged as punctuation: its relation is always the same then.
    #[must_use]
    pub fn is_punctuation(&self, at: u32) -> bool {
        self.coarse(at) == Upos::Punct as u32
    }

    const fn place(&self, at: u32) -> usize {
        let last = self.words.len() - 1;
        if (at as usize) < last { at as usize } else { last }
    }

    pub(super) fn word(&self, at: u32) -> u32 {
        self.words[self.place(at)]
    }

    pub(super) fn tag(&self, at: u32) -> u32 {
        self.tags[self.place(at)]
    }

    pub(super) fn coarse(&self, at: u32) -> u32 {
        self.coarse[self.place(at)]
    }

    pub(super) fn topic(&self, at: u32) -> u32 {
        self.topics[self.place(at)]
    }

    pub(super) fn suffix(&self, at: u32) -> u32 {
        self.suffixes[self.place(at)]
    }
}

/// The topic of a noun or verb, the kind of a name, by the part of speech that the word has here.
fn topic(entry: Entry, coarse: u32) -> u32 {
    const NAMES: u32 = 9;
    if coarse == Upos::Noun as u32 {
        entry.noun_sense()
    } else if coarse == Upos::Verb as u32 {
        entry.verb_sense() | 1 << 5
    } else if coarse == Upos::Propn as u32 {
        (entry.grammar() >> NAMES & 0xf) | 1 << 6
    } else {
        1 << 7
    }
}

/// How far apart two words are, in steps that grow.
pub(super) fn distance(a: u32, b: u32) -> u32 {
    if a == NONE || b == NONE {
        return 0;
    }
    match a.abs_diff(b) {
        n @ 0..=4 => n,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// The features of a state for choosing the next move.
pub fn move_features(view: &ParseView, state: &State, out: &mut Vec<u32>) {
    let (s0, s1, s2) = (state.below(0), state.below(1), state.below(2));
    let within = |at: u32| if at <= state.length { at } else { NONE };
    let (b0, b1, b2) = (state.next, within(state.next + 1), within(state.next + 2));
    let edge =
        |list: &[[u32; 2]], at: u32, which: usize| list.get(at as usize).map_or(NONE, |pair| pair[which]);
    let (s0l, s0r) = (edge(&state.left, s0, 1), edge(&state.right, s0, 1));
    let (s0l2, s0r2) = (edge(&state.left, s0, 0), edge(&state.right, s0, 0));
    let (s1l, s1r) = (edge(&state.left, s1, 1), edge(&state.right, s1, 1));
    let (b0l, b0l2) = (edge(&state.left, b0, 1), edge(&state.left, b0, 0));
    let label = |at: u32| state.labels.get(at as usize).map_or(254, |l| u32::from(*l));
    let count = |list: &[u8], at: u32| list.get(at as usize).map_or(9, |c| u32::from((*c).min(4)));
    let valency = |at: u32| count(&state.left_count, at) * 10 + count(&state.right_count, at);
    let governed = |at: u32| {
        let bits = state.governed.get(at as usize).copied().unwrap_or(0);
        (bits ^ (bits >> 32).wrapping_mul(0x9E37_79B9)) as u32
    };

    let (s0w, s0t, s0c) = (view.word(s0), view.tag(s0), view.coarse(s0));
    let (s1w, s1t, s1c) = (view.word(s1), view.tag(s1), view.coarse(s1));
    let (b0w, b0t, b0c) = (view.word(b0), view.tag(b0), view.coarse(b0));
    let (b1w, b1t, b1c) = (view.word(b1), view.tag(b1), view.coarse(b1));
    let (s2t, b2t) = (view.tag(s2), view.tag(b2));
    let near = distance(s0, b0);
    let deep = distance(s1, s0);

    let mut f = |template: u32, a: u32, b: u32, c: u32| out.push(key(100 + template, a, b, c));
    // single words
    f(0, 0, 0, 0);
    f(1, s0w, s0t, 0);
    f(2, s0t, 0, 0);
    f(3, s0w, 0, 0);
    f(4, s1w, s1t, 0);
    f(5, s1t, 0, 0);
    f(6, s1w, 0, 0);
    f(7, b0w, b0t, 0);
    f(8, b0t, 0, 0);
    f(9, b0w, 0, 0);
    f(10, b1w, b1t, 0);
    f(11, b1t, 0, 0);
    f(12, b1w, 0, 0);
    f(13, view.word(b2), b2t, 0);
    f(14, view.word(s2), s2t, 0);
    // pairs
    f(20, s0w, s0t << 8 | b0t, b0w);
    f(21, s0w, s0t, b0w);
    f(22, s0w, s0t << 8 | b0t, 0);
    f(23, s0t, b0w, b0t);
    f(24, s0w, b0w, 0);
    f(25, s0t, b0t, near);
    f(26, s1w, s1t << 8 | s0t, 0);
    f(27, s1t, s0w, s0t);
    f(28, s1w, s0w, 0);
    f(29, s1t, s0t, deep);
    f(30, s1t, b0t, 0);
    f(31, s1w, b0t, 0);
    f(32, s1t, b0w, 0);
    f(33, b0t, b1t, s0t);
    f(34, b0w, b1t, 0);
    f(35, b0t, b1w, 0);
    f(36, s0w, b0t, b1t);
    f(37, s1w, s0t, b0t);
    f(38, s1t, s0w, b0t);
    f(39, s1t, s0t, b0w);
    // triples of tags
    f(40, s1t, s0t, b0t);
    f(41, s0t, b0t, b1t);
    f(42, b0t, b1t, b2t);
    f(43, s2t, s1t, s0t);
    f(44, s1t << 8 | s0t, b0t, b1t);
    f(45, s0t << 8 | b0t, b1t, b2t);
    f(46, s2t << 8 | s1t, s0t, b0t);
    f(47, s1c << 8 | s0c, b0c, b1c);
    // children
    f(50, s0t, view.tag(s0l), b0t);
    f(51, s0t, view.tag(s0r), b0t);
    f(52, s0t, view.tag(b0l), b0t);
    f(53, s1t, view.tag(s1r), s0t);
    f(54, s1t, view.tag(s1l), s0t);
    f(55, s1t, s0t, view.tag(s0l));
    f(56, s1t, s0t, view.tag(s0r));
    f(57, view.word(s0l), s0t, 0);
    f(58, view.word(s0r), s0t, 0);
    f(59, view.word(b0l), b0t, 0);
    f(60, s0t, view.tag(s0l), view.tag(s0l2));
    f(61, s0t, view.tag(s0r), view.tag(s0r2));
    f(62, b0t, view.tag(b0l), view.tag(b0l2));
    // labels of children
    f(65, s0t, label(s0l), label(s0r));
    f(66, s0w, label(s0r), 0);
    f(67, s0w, label(s0l), 0);
    f(68, s1t, label(s1l), label(s1r));
    f(69, s1w, label(s1r), s0t);
    f(70, b0t, label(b0l), label(b0l2));
    f(71, b0w, label(b0l), 0);
    f(72, s0t << 8 | b0t, label(s0l), label(b0l));
    f(73, governed(s0), s0t, b0t);
    f(74, governed(s1), s1t, s0t);
    f(75, governed(b0), b0t, s0t);
    f(76, governed(s0), s0w, 0);
    f(77, governed(s1), s1w, 0);
    // valency and distance
    f(80, s0w, valency(s0), 0);
    f(81, s0t, valency(s0), b0t);
    f(82, b0w, valency(b0), 0);
    f(83, b0t, valency(b0), s0t);
    f(84, s1t, valency(s1), s0t);
    f(85, s0w, near, b0t);
    f(86, b0w, near, s0t);
    f(87, s0t << 8 | b0t, near, s1t);
    f(88, s1t << 8 | s0t, deep, b0t);
    f(89, u32::from(state.stack.len().min(5) as u8), s0t, b0t);
    f(90, view.suffix(s0), b0t, 0);
    f(91, view.suffix(b0), s0t, 0);
    // topics, and the word that marks the case of what comes
    let (s0s, s1s, b0s) = (view.topic(s0), view.topic(s1), view.topic(b0));
    let mark = view.word(b0l);
    f(92, s0s << 8 | s0t, b0t, mark);
    f(93, b0s << 8 | b0t, s0t, s1t);
    f(94, s0s << 8 | s0t, b0s << 8 | b0t, mark);
    f(95, s1s << 8 | s1t, s0s << 8 | s0t, 0);
    f(96, s1s << 8 | s1t, b0s << 8 | b0t, mark);
    f(97, s0w, mark, b0t);
    f(98, s1w, mark, s0t << 8 | b0t);
    f(99, s1t << 8 | s0t, mark, b0t);
}

/// The features of an arc for choosing its relation.
pub fn label_features(view: &ParseView, state: &State, head: u32, dependent: u32, out: &mut Vec<u32>) {
    let (hw, ht, hc) = (view.word(head), view.tag(head), view.coarse(head));
    let (dw, dt, dc) = (view.word(dependent), view.tag(dependent), view.coarse(dependent));
    let side = u32::from(dependent < head);
    let d = dependent as usize;
    let far = distance(head, dependent) << 1 | side;
    let left = state.left[d];
    let right = state.right[d];
    let label = |at: u32| state.labels.get(at as usize).map_or(254, |l| u32::from(*l));
    let neighbours = (
        view.tag(dependent.wrapping_sub(1)),
        view.tag(dependent + 1),
        view.tag(head.wrapping_sub(1)),
        view.tag(head + 1),
    );
    let fold = |bits: u64| (bits ^ (bits >> 32).wrapping_mul(0x9E37_79B9)) as u32;
    let governs = fold(state.governed[head as usize]);
    let own = fold(state.governed[d]);
    let case = if left[0] == NONE { left[1] } else { left[0] };
    let mut f = |template: u32, a: u32, b: u32, c: u32| out.push(key(200 + template, a, b, c));
    f(0, side, 0, 0);
    f(1, hw, side, 0);
    f(2, ht, side, 0);
    f(3, dw, side, 0);
    f(4, dt, side, 0);
    f(5, dw, dt, side);
    f(6, hw, ht, side);
    f(7, hw, dw, side);
    f(8, ht, dt, side);
    f(9, hw, dt, side);
    f(10, ht, dw, side);
    f(11, hc, dc, far);
    f(12, ht, dt, far);
    f(13, dw, ht, far);
    f(14, dt << 8 | ht, label(left[1]), label(right[1]));
    f(15, dt << 8 | ht, view.word(left[1]), side);
    f(16, dt << 8 | ht, view.word(case), side);
    f(17, dw, view.word(case), side);
    f(18, hw, view.word(case), dt);
    f(19, ht << 8 | dt, governs, side);
    f(20, dw, governs, side);
    f(21, hw, governs, dt);
    f(22, dt << 8 | ht, own, side);
    f(23, dw, own, side);
    f(24, dt, neighbours.0, side << 8 | ht);
    f(25, dt, neighbours.1, side << 8 | ht);
    f(26, ht, neighbours.2, side << 8 | dt);
    f(27, ht, neighbours.3, side << 8 | dt);
    f(28, dw, neighbours.0, neighbours.1);
    f(29, view.suffix(dependent), ht, side);
    f(30, view.suffix(head), dt, side);
    f(31, view.word(right[1]), dt, ht);
    f(32, dw, ht, view.word(right[1]));
    f(33, dt, view.tag(right[1]), view.tag(left[1]) << 8 | ht);
    f(34, view.word(dependent.wrapping_sub(1)), dt, ht << 1 | side);
    f(35, view.word(dependent + 1), dt, ht << 1 | side);
    f(36, hc, dc, own);
    f(37, dt, own, governs);
    let (hs, ds) = (view.topic(head), view.topic(dependent));
    f(38, ds << 8 | dt, view.word(case), ht);
    f(39, hs << 8 | ht, dt, view.word(case) ^ side);
    f(40, ds << 8 | dt, hs << 8 | ht, side);
    f(41, hw, ds << 8 | dt, side);
}
