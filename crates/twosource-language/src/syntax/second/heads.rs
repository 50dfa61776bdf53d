//! Chooses new heads for words that the parser was not sure of.

use twosource_model::Upos;

use super::super::choice::Choice;
use super::super::groups::Group;
use super::super::transition::{NONE, ParseView, distance};
use super::super::word::key;
use super::sureness;
use super::tree::Tree;

/// A word is looked at again when a decision about it led by less: about a third of the words of EWT dev. With all words
/// looked at nothing more is right.
const UNSURE: i32 = 1700;
/// Leads of the parser that tell how sure it was; none is longer than [`UNSURE`] where it matters.
const LEADS: [i32; 4] = [145, 348, 725, 1305];
/// A new head must lead by so much, in steps of [`super::SCALE`]. EWT dev, GUM dev: 82.7 and 82.0 of 100 words are right
/// with 10 as with 0, fewer words change.
const LEAST_GAIN: i32 = 10;

/// What may be the head of a word, and how it stands to the word in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The word that may be the head; the number of words for the root.
    pub head: u32,
    /// How it stands: [`NOW`], so many steps above the head, beside it, below the word.
    place: u32,
}

/// The head that the parser chose.
const NOW: u32 = 0;
/// The root, where the head is a dependent of it. Nearer words above have their distance to the head.
const ROOT: u32 = 3;
/// Candidates above the head are at most so far from it.
const MOST_ABOVE: u32 = 2;
/// From here on: words at the edge of the subtree and what they hang on, on the left; on the right so many further.
const BESIDE: u32 = 10;
const BESIDE_RIGHT: u32 = 12;
/// Candidates on one side, the highest in the tree.
const MOST_BESIDE: usize = 5;
/// Words that are gone through from an edge upwards.
const MOST_STEPS: usize = 12;
/// The nearest dependent on the left, and by one more on the right: chosen, both trade places.
const BELOW: u32 = 40;

/// A sentence with its tree.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'a> {
    /// Its words.
    pub view: &'a ParseView,
    /// Groups of its words.
    pub groups: &'a [Group],
    /// Its tree.
    pub tree: &'a Tree,
}

impl<'a> Parsed<'a> {
    /// A sentence with the tree of these heads and relations, laid out in `tree`.
    pub(super) fn fill(
        view: &'a ParseView,
        groups: &'a [Group],
        tree: &'a mut Tree,
        heads: &[u32],
        labels: &[u8],
    ) -> Self {
        tree.fill(view, heads, labels);
        Self { view, groups, tree }
    }

    pub(super) fn group(&self, word: u32) -> Group {
        self.groups.get(word as usize).copied().unwrap_or(Group {
            fine: NONE,
            middle: 0xffff,
            coarse: 0xff,
        })
    }
}

/// Whether the lead of the decisions about a word is so small that it is looked at again.
#[must_use]
pub const fn is_unsure(lead: i32) -> bool {
    lead < UNSURE
}

/// The candidates for the head of a word, the one it has first. Each, taken alone, keeps the tree without crossing arcs
/// where it had none.
pub fn candidates(parsed: &Parsed<'_>, word: u32, out: &mut Vec<Candidate>) {
    let tree = parsed.tree;
    let (root, head) = (tree.length(), tree.head(word));
    out.clear();
    out.push(Candidate { head, place: NOW });
    let mut above = tree.head(head);
    for place in 1..=MOST_ABOVE {
        if above >= root {
            break;
        }
        out.push(Candidate { head: above, place });
        above = tree.head(above);
    }
    if tree.head(head) == root {
        out.push(Candidate {
            head: root,
            place: ROOT,
        });
    }
    let (first, last) = tree.span(word);
    for (edge, side) in [(first.wrapping_sub(1), 0), (last + 1, BESIDE_RIGHT)] {
        if edge < root {
            beside(parsed, word, edge, BESIDE + side, out);
        }
    }
    let dependents = tree.dependents(word);
    let left = dependents
        .iter()
        .rev()
        .find(|d| **d < word && may_govern(parsed, **d));
    let right = dependents.iter().find(|d| **d > word && may_govern(parsed, **d));
    for (dependent, place) in [(left, BELOW), (right, BELOW + 1)] {
        if let Some(&head) = dependent {
            out.push(Candidate { head, place });
        }
    }
}

/// The words that stand at an edge of the subtree of `word`, and what they hang on, up to where both sides meet.
fn beside(parsed: &Parsed<'_>, word: u32, edge: u32, side: u32, out: &mut Vec<Candidate>) {
    let tree = parsed.tree;
    let root = tree.length();
    let holds_word = |at: u32| {
        let (first, last) = tree.span(at);
        first <= word && word <= last
    };
    let begin = out.len();
    let mut at = edge;
    for _ in 0..MOST_STEPS {
        if at >= root || holds_word(at) {
            break;
        }
        if !parsed.view.is_punctuation(at) {
            out.push(Candidate { head: at, place: NOW });
        }
        at = tree.head(at);
    }
    if at < root && !holds_word(at) {
        out.truncate(begin);
        return;
    }
    let head = tree.head(word);
    let meeting = if at == head {
        0
    } else if at == tree.head(head) {
        1
    } else {
        2
    };
    for (below, candidate) in out[begin..].iter_mut().rev().enumerate() {
        candidate.place = side + 4 * meeting + (below as u32).min(3);
    }
    let surplus = (out.len() - begin).saturating_sub(MOST_BESIDE);
    out.drain(begin..begin + surplus);
}

/// Whether a word is of a kind that others hang on.
fn may_govern(parsed: &Parsed<'_>, word: u32) -> bool {
    const KINDS: [Upos; 10] = [
        Upos::Noun,
        Upos::Propn,
        Upos::Verb,
        Upos::Adj,
        Upos::Pron,
        Upos::Num,
        Upos::X,
        Upos::Adv,
        Upos::Intj,
        Upos::Sym,
    ];
    let kind = parsed.view.coarse(word);
    KINDS.iter().any(|k| *k as u32 == kind)
}

/// What stands beside a word among the dependents of a head: nearest on the side of the head, nearest on the other, and
/// how many have the same relation (up to two).
fn neighbours(tree: &Tree, word: u32, head: u32) -> (u32, u32, u32) {
    let (mut inner, mut outer, mut same) = (NONE, NONE, 0);
    let label = tree.label(word);
    for &other in tree.dependents(head).iter().filter(|other| **other != word) {
        same += u32::from(tree.label(other) == label);
        if word < head {
            if other < word {
                outer = other;
            } else if other < head && inner == NONE {
                inner = other;
            }
        } else if other > word {
            if outer == NONE {
                outer = other;
            }
        } else if other > head {
            inner = other;
        }
    }
    (inner, outer, same.min(2))
}

/// How the subtrees of a word and of a candidate lie to each other: side by side, ending or beginning together.
fn contact(tree: &Tree, word: u32, head: u32) -> u32 {
    if head == tree.length() {
        return 16;
    }
    let ((first, last), (from, to)) = (tree.span(word), tree.span(head));
    let bits = [from == last + 1, to + 1 == first, last == to, first == from];
    bits.iter().rev().fold(0, |sum, bit| sum << 1 | u32::from(*bit))
}

/// The features of one candidate for the head of a word, about which the parser's decisions led by `lead`.
pub fn features(parsed: &Parsed<'_>, word: u32, candidate: Candidate, lead: i32, out: &mut Vec<u32>) {
    let (view, tree) = (parsed.view, parsed.tree);
    let (now, head, place) = (tree.head(word), candidate.head, candidate.place);
    let root = tree.length();
    let label = tree.label(word);
    let (dw, dt) = (view.word(word), view.tag(word));
    let (hw, ht) = (view.word(head), view.tag(head));
    let (nw, nt) = (view.word(now), view.tag(now));
    let side = u32::from(word < head);
    let far = distance(word, head);
    let mark = tree.mark(word);
    let [marks, verbs, conjunctions] = tree.between(word, head);
    let between = marks << 8 | verbs << 4 | conjunctions;
    let (hl, gt) = (tree.label(head), view.tag(tree.head(head)));
    let (inner, outer, same) = neighbours(tree, word, head);
    let inside = tree.label(inner) << 8 | view.tag(inner);
    let outside = tree.label(outer) << 8 | view.tag(outer);
    let governed = tree.governed_beside(head, word);
    let contact = contact(tree, word, head);
    let (first, last) = tree.span(word);
    let ends = u32::from(first == 0) | u32::from(last + 1 == root) << 1;
    let (before, behind) = (word.wrapping_sub(1), word + 1);
    let around = view.tag(before) << 8 | view.tag(behind);
    let (around_head, pair) = (
        view.tag(head.wrapping_sub(1)) << 8 | view.tag(head.saturating_add(1)),
        ht << 8 | dt,
    );
    let (placed, typed) = (place << 8 | label, ht << 16 | dt << 8 | label);
    let sure = sureness(lead, &LEADS);
    let mut f = |template: u32, a: u32, b: u32, c: u32| out.push(key(300 + template, a, b, c));
    // where it stands, and the tags
    f(0, placed, sure, 0);
    f(1, placed, dt, sure);
    f(2, placed, pair, 0);
    f(3, placed, pair, nt);
    f(4, placed, ht, nt);
    // words
    f(5, dw, hw, side);
    f(6, hw, dt << 8 | label, side);
    f(7, dw, ht << 8 | label, side);
    f(8, hw, placed, 0);
    f(9, dw, placed, 0);
    f(10, dw, placed, ht);
    f(11, hw, placed, dt);
    f(38, nw, dw, place);
    f(39, nw, hw, place << 8 | label);
    f(40, nt << 8 | ht, dw, place);
    f(41, view.suffix(word), ht << 8 | label, place);
    f(42, view.suffix(head), dt << 8 | label, place);
    // the word that marks the case, and topics
    f(12, hw, mark, dt);
    f(13, pair, mark, side);
    f(14, ht << 16 | nt << 8 | place, mark, dt);
    f(15, view.topic(head) << 8 | ht, mark, view.topic(word) << 8 | dt);
    f(44, view.topic(head), view.topic(word), label << 1 | side);
    f(45, view.topic(head), view.topic(now), mark ^ place);
    f(47, mark, tree.mark(head), label << 8 | place);
    // distance and what stands between and around
    f(16, typed, far << 1 | side, 0);
    f(17, placed, far, marks);
    f(18, typed, between, side);
    f(19, placed, between, 0);
    f(20, pair, around, side);
    f(21, pair, around_head, side);
    f(49, placed, around, 0);
    f(50, view.word(before), dt << 8 | ht, placed);
    f(51, view.word(behind), dt << 8 | ht, placed);
    // what else hangs there, and on what that hangs
    f(22, typed, inside, side);
    f(23, typed, outside, side);
    f(24, hw, label << 8 | tree.label(inner), side);
    f(25, typed, hl << 8 | gt, side);
    f(26, placed, hl, pair);
    f(27, ht << 8 | label, governed, side);
    f(28, hw, governed, label);
    f(29, placed, same, ht);
    f(30, pair, tree.governed(word), hl);
    f(35, hw, view.word(inner), label);
    f(36, dw, view.word(inner), label << 8 | ht);
    f(37, pair << 8 | gt, label, place);
    f(43, hl << 8 | label, tree.label(now), place);
    let firsts = tree.first_relation(word) << 8 | tree.first_relation(head);
    f(46, label << 8 | u32::from(dt == ht), firsts, place);
    // how the subtrees lie
    f(31, placed, contact, dt);
    f(32, placed, contact, hl << 2 | ends);
    f(33, dw, hl << 8 | ht, contact << 8 | place);
    f(34, dw, hl << 8 | ends, around);
    // groups of words used alike
    let (dg, hg, ng) = (parsed.group(word), parsed.group(head), parsed.group(now));
    let alike = [
        dg.middle == hg.middle,
        dg.coarse == hg.coarse,
        dt == ht,
        view.coarse(word) == view.coarse(head),
    ];
    let alike = alike.iter().fold(0, |sum, bit| sum << 1 | u32::from(*bit));
    f(52, dg.middle, hg.middle, label << 1 | side);
    f(53, dg.middle << 16 | hg.middle, mark, side);
    f(54, dg.coarse << 8 | hg.coarse, mark, pair);
    f(55, hg.fine, mark, dt);
    f(56, hg.fine, dt << 8 | label, side);
    f(57, dg.fine, ht << 8 | label, side);
    f(58, ng.coarse << 8 | hg.coarse, dg.coarse, mark ^ place << 20);
    f(59, hg.middle, ng.middle, placed);
    f(60, placed, alike, 0);
    f(61, hg.middle, governed, label);
}

/// A change of the tree and what is gained by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    gain: i32,
    word: u32,
    head: u32,
    /// Whether word and new head trade places: the new head takes the word's head.
    trade: bool,
}

/// Buffers that are used again and again.
#[derive(Debug, Clone, Default)]
pub struct Buffers {
    candidates: Vec<Candidate>,
    features: Vec<u32>,
    /// Score of every candidate by word.
    scored: Vec<(u32, Candidate, i32)>,
    changes: Vec<Change>,
}

/// Changes heads where a candidate scores higher, the greatest gain first; a word is changed once, and no circle is made.
/// Words that trade places trade relations too. Gives the words with a new head.
pub fn revise(
    model: &Choice,
    parsed: &Parsed<'_>,
    leads: &[i32],
    (heads, labels): (&mut [u32], &mut [u8]),
    buffers: &mut Buffers,
) -> Vec<u32> {
    score(model, parsed, leads, buffers);
    find_changes(parsed, buffers);
    let mut changed = Vec::new();
    for change in &buffers.changes {
        let (word, head) = (change.word as usize, change.head as usize);
        if changed.contains(&change.word) {
            continue;
        }
        if change.trade {
            if changed.contains(&change.head) || heads[head] != change.word {
                continue;
            }
            heads[head] = heads[word];
            labels.swap(word, head);
            changed.push(change.head);
        } else if is_below(heads, change.head, change.word) {
            continue;
        }
        heads[word] = change.head;
        changed.push(change.word);
    }
    changed.sort_unstable();
    changed
}

fn score(model: &Choice, parsed: &Parsed<'_>, leads: &[i32], buffers: &mut Buffers) {
    buffers.scored.clear();
    for (word, lead) in (0..).zip(leads).filter(|(_, lead)| is_unsure(**lead)) {
        candidates(parsed, word, &mut buffers.candidates);
        for candidate in &buffers.candidates {
            buffers.features.clear();
            features(parsed, word, *candidate, *lead, &mut buffers.features);
            buffers
                .scored
                .push((word, *candidate, model.score(&buffers.features)));
        }
    }
}

/// All changes that gain, the greatest gain first. There is one root: it changes only by a trade.
fn find_changes(parsed: &Parsed<'_>, buffers: &mut Buffers) {
    let root = parsed.tree.length();
    let scored = &buffers.scored;
    let of_word = |word: u32| {
        let from = scored.partition_point(|(w, ..)| *w < word);
        scored[from..].iter().take_while(move |(w, ..)| *w == word)
    };
    buffers.changes.clear();
    let mut now = (0, 0);
    for &(word, candidate, score) in scored {
        if candidate.place == NOW {
            now = (score, candidate.head);
            continue;
        }
        let mut gain = score - now.0;
        let trade = candidate.place >= BELOW;
        if trade {
            // the dependent must come to the word's place, and gain or lose by that
            let mut scores = of_word(candidate.head);
            let (Some((_, _, before)), Some((_, _, behind))) =
                (scores.next(), scores.find(|(_, c, _)| c.head == now.1))
            else {
                continue;
            };
            gain += behind - before;
        } else if candidate.head == root || now.1 == root {
            continue;
        }
        if gain > LEAST_GAIN {
            buffers.changes.push(Change {
                gain,
                word,
                head: candidate.head,
                trade,
            });
        }
    }
    buffers
        .changes
        .sort_unstable_by_key(|c| (std::cmp::Reverse(c.gain), c.word, c.head));
}

/// Whether `word` is `above` or hangs on it, directly or not.
fn is_below(heads: &[u32], mut word: u32, above: u32) -> bool {
    while word != above {
        match heads.get(word as usize) {
            Some(head) => word = *head,
            None => return false,
        }
    }
    true
}
