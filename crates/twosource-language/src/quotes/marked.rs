//! Marked words over trees: every way to read a group of runs as a quote, each with how likely it is one.
//!
//! A group may be one quote, the runs before or behind a gap, one quote with the group behind it, or a mixed quote with
//! the clause that leads in. A logistic model over wordless features says which of them was said so
//! (`models/marked-weights.tsv`, learnt by `twosource-train quotes`); marked words of which no reading is
//! likely are a title, a name or a scare quote.

use twosource_model::Span;

use super::Found;
use super::context::Context;
use super::cue::CueClass;
use super::group::{self, Group, GroupCue, Side};
use super::logistic::Logistic;
use super::mixed;
use super::offers::{WORD_TYPES, word_type};
use super::told::{ComplementKind, Offered};
use super::weights;

const SIDES: u16 = 4;
const CLASSES: u16 = CueClass::COUNT + 1;
const LEADS: u16 = 9;
const LENGTHS: u16 = 8;
const SHAPES: u16 = 7;
/// Number of values of [`gap`].
const GAPS: u16 = 97;
const KINDS: u16 = ComplementKind::COUNT;

/// Blocks of features: name and number of values.
const BLOCKS: [(&str, u16); 22] = [
    ("bias", 1),
    ("shape", SHAPES),
    ("side and class", SIDES * CLASSES),
    ("side and lead", SIDES * LEADS),
    ("word before", WORD_TYPES + 1),
    ("end and what follows", 35),
    ("word behind", WORD_TYPES + 1),
    ("length, capital, side", LENGTHS * 3 * SIDES),
    ("length and lead", LENGTHS * LEADS),
    ("length and clause", LENGTHS * 2),
    ("marks", 8),
    ("title and lead", 2 * LEADS),
    ("rule and shape", 8 * SHAPES),
    ("gap", GAPS * 3),
    ("alone", 6),
    ("told by its cue", (KINDS * 3 + 1) * 2),
    ("told by another", 3 * SHAPES),
    ("way to the cue", 6 * SIDES),
    ("subject and side", 7 * SIDES),
    ("form of the cue", 10 * SIDES),
    ("length and word before", LENGTHS * (WORD_TYPES + 1)),
    ("headline", 6),
];

/// The model of marked words.
pub(super) static MARKED: Logistic = Logistic::new(&BLOCKS, include_str!("../../models/marked-weights.tsv"));

/// A reading of marked words as a quote.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub found: Found,
    pub features: Vec<u16>,
    /// A whole group with a cue that leads into it or follows it.
    led: bool,
}

impl Marked {
    /// Likelihood from which it is kept.
    pub const fn keep(&self) -> f32 {
        if self.led { KEEP_LED } else { KEEP }
    }
}

/// How a reading takes the runs of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    One,
    Two,
    More,
    /// The runs before a gap.
    Head,
    /// The runs behind a gap.
    Tail,
    /// With the clause that leads in.
    Mixed,
    /// With the next group.
    Joined,
}

/// Most gaps of one group at which it may be cut.
const CUTS: usize = 4;

/// Every reading of every group of the text; `offered` are the told words of its cues.
pub(super) fn readings(context: &Context<'_>, offered: &[Offered]) -> Vec<Marked> {
    let groups = group::group_runs(context);
    let mut marked = Vec::new();
    let reader = Reader::of(context, offered);
    for (at, group) in groups.iter().enumerate() {
        let shape = match group.runs.len() {
            1 => Shape::One,
            2 => Shape::Two,
            _ => Shape::More,
        };
        marked.extend(reader.read(group, shape, None));
        if let Some(mixed) = mixed::mixed_quote(context, group) {
            let features = reader.features(group, Shape::Mixed, None, &mixed.content);
            marked.push(Marked {
                found: mixed,
                features,
                led: true,
            });
        }
        for cut in 1..group.runs.len().min(CUTS + 1) {
            let head = part(context, group, 0..cut);
            marked.extend(reader.read(&head, Shape::Head, Some((cut - 1, group))));
            let tail = part(context, group, cut..group.runs.len());
            marked.extend(reader.read(&tail, Shape::Tail, Some((cut - 1, group))));
        }
        if let Some(next) = groups.get(at + 1)
            && near(context, group, next)
        {
            let both = Group {
                runs: [&group.runs[..], &next.runs[..]].concat(),
                cue: group.cue.or(next.cue),
                words: group.words + next.words,
            };
            marked.extend(reader.read(&both, Shape::Joined, Some((group.runs.len() - 1, &both))));
        }
    }
    marked
}

/// A part of a group, with the cue beside it.
fn part(context: &Context<'_>, group: &Group, range: std::ops::Range<usize>) -> Group {
    let runs = group.runs[range.clone()].to_vec();
    let words = runs
        .iter()
        .map(|run| group::count_words(context.runs[*run].inner.of(context.text)))
        .sum();
    let cue = if range.start == 0 {
        group.cue
    } else {
        group::cue_beside(context, runs[0])
    };
    Group { runs, cue, words }
}

/// Longest gap between two groups that may be one quote, in bytes.
const JOIN_REACH: usize = 400;

fn near(context: &Context<'_>, one: &Group, next: &Group) -> bool {
    let (Some(last), Some(first)) = (one.runs.last(), next.runs.first()) else {
        return false;
    };
    let (last, first) = (context.runs[*last], context.runs[*first]);
    first.paragraph <= last.paragraph + 1
        && first.outer.start().saturating_sub(last.outer.end()) <= JOIN_REACH
}

struct Reader<'a> {
    context: &'a Context<'a>,
    offered: &'a [Offered],
    /// Number of runs in each paragraph that has one.
    runs_in: std::collections::BTreeMap<u32, u16>,
}

impl<'a> Reader<'a> {
    fn of(context: &'a Context<'a>, offered: &'a [Offered]) -> Self {
        let mut runs_in = std::collections::BTreeMap::new();
        for run in &context.runs {
            *runs_in.entry(run.paragraph).or_default() += 1;
        }
        Self {
            context,
            offered,
            runs_in,
        }
    }

    fn read(&self, group: &Group, shape: Shape, cut: Option<(usize, &Group)>) -> Option<Marked> {
        if group.runs.is_empty() {
            return None;
        }
        let found = Found::marked(self.context, group);
        let features = self.features(group, shape, cut, &found.content);
        let whole = matches!(shape, Shape::One | Shape::Two | Shape::More);
        let led = whole && group::is_led(self.context, group);
        Some(Marked { found, features, led })
    }

    fn features(
        &self,
        group: &Group,
        shape: Shape,
        cut: Option<(usize, &Group)>,
        content: &[Span],
    ) -> Vec<u16> {
        let context = self.context;
        let (first, last) = (
            context.runs[group.runs[0]],
            context.runs[group.runs[group.runs.len() - 1]],
        );
        let shape_number = shape as u16;
        let side = group.cue.map_or(0, |cue| match cue.side {
            Side::Before => 1,
            Side::After => 2,
            Side::Above => 3,
        });
        let entry = group.cue.and_then(|cue| context.cue(cue.token));
        let class = entry.map_or(CLASSES - 1, |cue| cue.class as u16);
        let lead = lead(&context.text[context.paragraph(&first).start()..first.outer.start()]);
        let words = weights::length(group.words);
        let inner = first.inner.of(context.text);
        let capital = match inner.chars().next() {
            Some(c) if c.is_lowercase() => 0,
            Some(c) if c.is_uppercase() => 1,
            _ => 2,
        };
        let tokens = context.analysis.tokens_in(first.outer);
        let before = tokens
            .start
            .checked_sub(1)
            .filter(|_| lead != 0)
            .map_or(WORD_TYPES, |t| word_type(context, t));
        let behind = context.analysis.tokens_in(last.outer).end;
        let paragraph_end = context.paragraph(&last).end();
        let behind = Some(behind)
            .filter(|t| *t < context.tokens.len() && context.tokens[*t].span.start() < paragraph_end);
        let clause = group
            .runs
            .iter()
            .flat_map(|run| context.analysis.tokens_in(context.runs[*run].inner))
            .any(|t| weights::is_finite(context, t));
        let rule = u16::from(group::is_led(context, group))
            + 2 * u16::from(group.words >= super::BARE_WORDS)
            + 4 * u16::from(mixed::is_title(context, group));
        let mut row = MARKED.row();
        row.next(0);
        row.next(shape_number);
        row.next(side * CLASSES + class);
        row.next(side * LEADS + lead);
        row.next(before);
        row.next(
            ending(last.inner.of(context.text)) * 7 + follows(&context.text[last.outer.end()..paragraph_end]),
        );
        row.next(behind.map_or(WORD_TYPES, |t| word_type(context, t)));
        row.next((words * 3 + capital) * SIDES + side);
        row.next(words * LEADS + lead);
        row.next(words * 2 + u16::from(clause));
        row.next(u16::from(first.single) + 2 * u16::from(last.closed) + 4 * u16::from(first.continues));
        row.next(u16::from(is_in_capitals(inner)) * LEADS + lead);
        row.next(rule * SHAPES + shape_number);
        row.next(self.gap(group, cut, shape));
        row.next(self.alone(group));
        row.next(self.told_by_cue(group.cue, content) * 2 + u16::from(shape == Shape::Mixed));
        row.next(self.told_by_another(group.cue, content) * SHAPES + shape_number);
        row.next(way(group.cue, tokens.start, behind) * SIDES + side);
        row.next(group.cue.map_or(0, |cue| weights::subject_of(context, cue.token)) * SIDES + side);
        row.next(
            entry
                .zip(group.cue)
                .map_or(9, |(entry, cue)| weights::form_of(context, cue.token, entry.part))
                * SIDES
                + side,
        );
        row.next(words * (WORD_TYPES + 1) + before);
        row.next(u16::from(first.paragraph == 0) * 3 + group.words.min(3) as u16 - 1);
        row.features
    }

    /// The gap of the cut, of a joined quote or of the first two runs.
    fn gap(&self, group: &Group, cut: Option<(usize, &Group)>, shape: Shape) -> u16 {
        let context = self.context;
        let (at, of) = cut.unwrap_or((0, group));
        let (Some(one), Some(next)) = (of.runs.get(at), of.runs.get(at + 1)) else {
            return GAPS - 1;
        };
        let (one, next) = (context.runs[*one], context.runs[*next]);
        let between = Span::at(one.outer.end(), next.outer.start().max(one.outer.end()));
        let words = between.of(context.text);
        let stops = group::count_sentence_ends(words) > 0 || words.contains('\n');
        let cue = context
            .analysis
            .tokens_in(between)
            .any(|t| context.cue(t).is_some());
        let upper = next.inner.of(context.text).starts_with(char::is_uppercase);
        let length = match group::count_words(words) {
            0..=4 => 0,
            5..=12 => 1,
            _ => 2,
        };
        let which = match shape {
            Shape::Head => 1,
            Shape::Tail => 2,
            _ => 0,
        };
        let ending = ending(one.inner.of(context.text)).min(3);
        let flags = u16::from(stops) + 2 * u16::from(cue) + 4 * u16::from(upper);
        which * GAPS + (flags * 4 + ending) * 3 + length
    }

    /// How many runs the paragraph has, and whether this one fills it.
    fn alone(&self, group: &Group) -> u16 {
        let run = self.context.runs[group.runs[0]];
        let paragraph = self.context.paragraph(&run);
        let fills = run.outer.len() + 1 >= paragraph.len();
        let count = self.runs_in.get(&run.paragraph).copied().unwrap_or(1);
        u16::from(fills) * 3 + count.min(3) - 1
    }

    /// The complement of the cue itself that holds the content and more: its kind, and on which side it has more.
    fn told_by_cue(&self, cue: Option<GroupCue>, content: &[Span]) -> u16 {
        let Some(cue) = cue else { return KINDS * 3 };
        let of_cue = self.offered[self.first_of(cue.token)..]
            .iter()
            .take_while(|offered| offered.offer.cue == cue.token);
        for offered in of_cue {
            if let Some(sides) = more(&offered.content, content) {
                return offered.offer.kind as u16 * 3 + sides;
            }
        }
        KINDS * 3
    }

    fn first_of(&self, cue: usize) -> usize {
        self.offered.partition_point(|offered| offered.offer.cue < cue)
    }

    /// Whether a clause told by another cue of the sentence holds the content: 0 no, 1 a clause, 2 something else.
    fn told_by_another(&self, cue: Option<GroupCue>, content: &[Span]) -> u16 {
        let context = self.context;
        let Some(first) = context.analysis.tokens_in(content[0]).next() else {
            return 0;
        };
        let sentence = context.analysis.sentences[context.sentence_of(first)].tokens();
        let others = self.offered[self.first_of(sentence.start)..self.first_of(sentence.end)]
            .iter()
            .filter(|offered| Some(offered.offer.cue) != cue.map(|c| c.token));
        let mut found = 0;
        for offered in others {
            if more(&offered.content, content).is_some() {
                if offered.offer.kind == ComplementKind::Clause {
                    return 1;
                }
                found = 2;
            }
        }
        found
    }
}

/// Whether `told` holds all of `content` and more: 0 more before it, 1 more behind it, 2 both.
fn more(told: &[Span], content: &[Span]) -> Option<u16> {
    let covered = content.iter().all(|piece| {
        told.iter()
            .any(|t| t.start() <= piece.start() && piece.start() < t.end())
    });
    let (from, to) = (told.first()?.start(), told.last()?.end());
    let (first, last) = (content.first()?.start(), content.last()?.end());
    // marks and stops at the ends are nothing more
    let earlier = from + 4 < first;
    let later = to > last + 4;
    match (covered, earlier, later) {
        (true, true, false) => Some(0),
        (true, false, true) => Some(1),
        (true, true, true) => Some(2),
        _ => None,
    }
}

/// What stands before the marks: nothing, a comma, a colon, the end of a sentence, a dash, a bracket, a small word, a word
/// with a capital, something else.
fn lead(before: &str) -> u16 {
    let before = before.trim_end();
    let Some(last) = before.chars().next_back() else {
        return 0;
    };
    match last {
        ',' => 1,
        ':' => 2,
        '.' | '?' | '!' | '…' | '”' | '"' => 3,
        '—' | '–' | '-' => 4,
        '(' | '[' => 5,
        c if c.is_alphanumeric() => {
            let word = before
                .rsplit(|c: char| c.is_whitespace())
                .next()
                .unwrap_or_default();
            if word.starts_with(char::is_uppercase) {
                7
            } else {
                6
            }
        }
        _ => 8,
    }
}

/// How marked words end: a comma, a full stop, a question or exclamation mark, a word, something else.
fn ending(inner: &str) -> u16 {
    match inner
        .trim_end_matches(['’', '\'', '”', '"', ' '])
        .chars()
        .next_back()
    {
        Some(',') => 0,
        Some('.' | '…') => 1,
        Some('?' | '!') => 2,
        Some(c) if c.is_alphanumeric() => 3,
        _ => 4,
    }
}

/// What stands behind the marks: nothing, a comma, a full stop, another stop, a dash or bracket, a small word, another.
fn follows(behind: &str) -> u16 {
    match behind.trim_start().chars().next() {
        None => 0,
        Some(',') => 1,
        Some('.') => 2,
        Some(';' | ':' | '?' | '!') => 3,
        Some('—' | '–' | '-' | '(' | ')' | ']') => 4,
        Some(c) if c.is_lowercase() => 5,
        _ => 6,
    }
}

/// Words of a title from this many letters on begin with a capital.
const TITLE_LETTERS: usize = 4;

/// Whether all longer words begin with a capital.
pub(super) fn is_in_capitals(inner: &str) -> bool {
    let mut long = inner
        .split_whitespace()
        .filter(|word| word.chars().count() >= TITLE_LETTERS)
        .peekable();
    long.peek().is_some() && long.all(|word| word.starts_with(char::is_uppercase))
}

/// How far the cue stands from the marks, in tokens: none, 0, 1 or 2, up to 5, up to 12, more.
fn way(cue: Option<GroupCue>, first: usize, behind: Option<usize>) -> u16 {
    let Some(cue) = cue else { return 0 };
    let far = match cue.side {
        Side::After => cue.token.abs_diff(behind.unwrap_or(cue.token)),
        Side::Before | Side::Above => first.abs_diff(cue.token + 1),
    };
    match far {
        0 => 1,
        1 | 2 => 2,
        3..=5 => 3,
        6..=12 => 4,
        _ => 5,
    }
}

/// Readings are kept from this likelihood on; lower ones cost more direct quotes than they find (train part of the pack quotes).
const KEEP: f32 = 0.3;
/// The same beside a cue that leads into the marks or follows them.
const KEEP_LED: f32 = 0.1;
