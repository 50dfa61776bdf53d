//! Sentences and tokens: where they end, tags, trees and lemmas, each guessed from what is known by then.

use twosource_model::{Analysis, Paragraph, Relation, Sentence, Span, Token, Upos, Xpos};

use super::bits::{Coder, context, hash_of, number, symbol};
use super::letters::{class, is_space, lower, lowered};
use crate::tags::{TagTable, Tags};

/// Heads are looked for among so many neighbours on one side; farther ones are counted.
const NEAR: usize = 32;
/// Letters of a word that contexts see.
const SEEN: usize = 24;
/// Bits of a tag's number in the file.
const TAG_BITS: u32 = 7;

/// What the rest of an annotation asks of the tokens.
pub struct Grid {
    pub tokens: Vec<Token>,
    /// Hash of each word in lower case.
    pub words: Vec<u32>,
    /// Number of each tag in the file.
    pub tags: Vec<u32>,
}

impl Grid {
    /// Nothing was told apart.
    pub const fn empty() -> Self {
        Self {
            tokens: Vec::new(),
            words: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// Hash of the word and tag of a token, where there is one.
    pub fn word(&self, at: usize) -> u32 {
        self.words.get(at).copied().unwrap_or(0)
    }

    pub fn tag(&self, at: usize) -> u32 {
        self.tags.get(at).copied().unwrap_or(127)
    }
}

/// Whether these tokens can be written: each behind the one before, on boundaries, heads among them.
pub fn are_plain(tokens: &[Token], text: &str) -> bool {
    let mut end = 0;
    tokens.iter().all(|token| {
        let plain = token.span.start() >= end
            && !token.span.is_empty()
            && token.span.get(text).is_some()
            && token.head.is_none_or(|head| (head as usize) < tokens.len());
        end = token.span.end();
        plain
    })
}

/// Writes or reads the tokens of a text. `None` when what is read makes no sense.
pub fn tokens<C: Coder>(coder: &mut C, given: &[Token], text: &str, tags: &Tags) -> Option<Grid> {
    let count = number(coder, given.len() as u64, [context(10, 0, 0)]);
    let count = usize::try_from(count).ok().filter(|count| *count <= text.len())?;
    let mut grid = Grid {
        tokens: Vec::with_capacity(count),
        words: Vec::with_capacity(count),
        tags: Vec::with_capacity(count),
    };
    let (mut end, mut before) = (0, 0);
    for at in 0..count {
        let token = given.get(at);
        let span = span(coder, token.map(|token| token.span), end, text)?;
        end = span.end();
        let word = span.get(text)?;
        let shape = Shape::of(word);
        let place = token.map_or(0, |token| tags.xpos.number(token.xpos as usize));
        let contexts = [
            context(21, shape.word, before),
            context(20, shape.word, 0),
            context(22, shape.ending, before),
            context(25, before, 0),
        ];
        let tag = symbol(coder, u32::from(place), TAG_BITS, contexts);
        let place = token.map_or(0, |token| tags.upos.number(token.upos as usize));
        let contexts = [context(23, shape.word, tag), context(24, tag, 0)];
        let upos = symbol(coder, u32::from(place), TAG_BITS, contexts);
        let given = token.map(|token| token.lemma.as_str());
        let lemma = lemma(coder, given, word, &shape, tag)?;
        grid.tokens.push(Token {
            span,
            upos: tag_of(&tags.upos, upos).map_or(Upos::FALLBACK, |place| Upos::ALL[place]),
            xpos: tag_of(&tags.xpos, tag).map_or(Xpos::FALLBACK, |place| Xpos::ALL[place]),
            lemma: lemma.into(),
            head: None,
            relation: Relation::FALLBACK,
        });
        grid.words.push(shape.word);
        grid.tags.push(tag);
        before = tag;
        if coder.failed() {
            return None;
        }
    }
    trees(coder, given, &mut grid, tags)?;
    Some(grid)
}

fn tag_of(table: &TagTable, number: u32) -> Option<usize> {
    table.place(u8::try_from(number).ok()?)
}

/// What of a word tells its tag and lemma.
struct Shape {
    word: u32,
    ending: u32,
}

impl Shape {
    fn of(word: &str) -> Self {
        let letters = word.chars().take(SEEN).map(lower);
        let hash = |hash: u32, c: char| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
        let capital = word.chars().next().map_or(0, class);
        let ending = word.chars().rev().take(3).map(lower).fold(capital, hash);
        Self {
            word: letters.fold(capital, hash),
            ending,
        }
    }
}

fn span<C: Coder>(coder: &mut C, given: Option<Span>, end: usize, text: &str) -> Option<Span> {
    let rest = text.get(end..)?;
    let gap = rest.len() - rest.trim_start_matches(is_space).len();
    let expected = end + gap;
    let start = given.map_or(expected, Span::start);
    let start = if coder.bit(start == expected, [context(11, 0, 0)]) {
        expected
    } else {
        let gap = number(coder, (start - end) as u64, [context(12, 0, 0)]);
        end.checked_add(usize::try_from(gap).ok()?)?
    };
    let rest = text.get(start..)?;
    let letters = || rest.chars().take(SEEN).take_while(|c| !is_space(*c)).map(lower);
    let whole = letters().fold(0, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193));
    let marked = u32::from(letters().any(|c| class(c) == 4));
    let stop = given.map(Span::end);
    let regular = stop.is_none_or(|stop| ends(rest).any(|(at, ..)| start + at == stop));
    let contexts = [context(13, whole, 0), context(14, marked, 0)];
    if !coder.bit(regular, contexts) {
        let length = stop.map_or(0, |stop| stop - start) as u64;
        let length = number(coder, length, [context(15, whole, 0), context(16, marked, 0)]);
        return Span::new(start, start.checked_add(usize::try_from(length).ok()?)?).ok();
    }
    for (at, before, behind) in ends(rest) {
        let last = rest[..at].chars().next_back().map_or(0, u32::from);
        let contexts = [
            context(17, before * 16 + behind, whole),
            context(18, before * 16 + behind, last),
            context(19, before * 16 + behind, 0),
        ];
        if coder.bit(stop == Some(start + at), contexts) {
            return Some(Span::at(start, start + at));
        }
    }
    None
}

/// Where the first word of `rest` may end, with the classes of the letters before and behind; at most [`NEAR`] places.
fn ends(rest: &str) -> impl Iterator<Item = (usize, u32, u32)> + '_ {
    let next = rest.chars().skip(1).map(class).chain(std::iter::once(0));
    let places = rest.char_indices().zip(next);
    let places = places.map(|((at, c), behind)| (at + c.len_utf8(), class(c), behind));
    places
        .filter(|(_, before, behind)| before != behind || *before > 3)
        .take(NEAR)
}

/// Relation and head of each token.
fn trees<C: Coder>(coder: &mut C, given: &[Token], grid: &mut Grid, tags: &Tags) -> Option<()> {
    let mut before = 0;
    for at in 0..grid.tokens.len() {
        let token = given.get(at);
        let (left, tag, right) = (grid.tag(at.wrapping_sub(1)), grid.tag(at), grid.tag(at + 1));
        let place = token.map_or(0, |token| tags.relation.number(token.relation as usize));
        let contexts = [
            context(30, tag * 128 + right, grid.word(at)),
            context(32, left * 128 + tag, right * 128 + grid.tag(at + 2)),
            context(31, tag * 128 + before, right),
            context(29, tag, right),
        ];
        let relation = symbol(coder, u32::from(place), TAG_BITS, contexts);
        let head = token.map(|token| token.head.map(|head| head as usize));
        let head = head_of(coder, head, at, relation, grid)?;
        let token = &mut grid.tokens[at];
        token.relation =
            tag_of(&tags.relation, relation).map_or(Relation::FALLBACK, |place| Relation::ALL[place]);
        token.head = head.map(|head| head as u32);
        before = relation;
        if coder.failed() {
            return None;
        }
    }
    Some(())
}

/// The outer `None` when what is read makes no sense.
#[expect(clippy::option_option, reason = "no head is a value, and reading may fail")]
fn head_of<C: Coder>(
    coder: &mut C,
    given: Option<Option<usize>>,
    at: usize,
    relation: u32,
    grid: &Grid,
) -> Option<Option<usize>> {
    let tag = grid.tag(at);
    let given = given.flatten();
    if !coder.bit(given.is_some(), [context(33, relation, 0)]) {
        return Some(None);
    }
    let contexts = [
        context(34, relation, tag),
        context(
            35,
            relation * 128 + grid.tag(at.wrapping_sub(1)),
            grid.tag(at + 1),
        ),
    ];
    let forward = coder.bit(given.is_some_and(|head| head > at), contexts);
    let side = relation * 2 + u32::from(forward);
    let place = |steps: usize| {
        if forward {
            at.checked_add(steps)
        } else {
            at.checked_sub(steps)
        }
    };
    let far = given.map_or(0, |head| head.abs_diff(at));
    for steps in 1..=NEAR {
        let Some(head) = place(steps).filter(|head| *head < grid.tokens.len()) else {
            break;
        };
        let behind = place(steps + 1).map_or(127, |next| grid.tag(next));
        let contexts = [
            context(36, side, grid.tag(head) * 128 + behind),
            context(37, side * 128 + tag, grid.tag(head) * 16 + steps.min(15) as u32),
        ];
        if coder.bit(far == steps, contexts) {
            return Some(Some(head));
        }
    }
    let far = number(coder, far as u64, [context(39, side, 0)]);
    let head = place(usize::try_from(far).ok()?)?;
    (head < grid.tokens.len()).then_some(Some(head))
}

/// The lemma: the word itself, in lower case or as it stands, or with another ending.
fn lemma<C: Coder>(
    coder: &mut C,
    given: Option<&str>,
    word: &str,
    shape: &Shape,
    tag: u32,
) -> Option<String> {
    let low = lowered(word);
    let contexts = [context(40, shape.word, tag), context(41, shape.ending, tag)];
    let form = match given {
        Some(given) if given == low => 0,
        Some(given) if given == word => 1,
        _ => 2,
    };
    match symbol(coder, form, 2, [contexts[0], contexts[1], context(48, tag, 0)]) {
        0 => return Some(low),
        1 => return Some(word.to_owned()),
        2 => {}
        _ => return None,
    }
    let given = given.unwrap_or_default();
    let shared: usize = given
        .chars()
        .zip(low.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    // when reading, `given` is empty: what is worked out of it is not looked at
    let cut = low.len().saturating_sub(shared) as u64;
    let cut = number(coder, cut, contexts.map(|one| context(42, one, 0)));
    let kept = low.len().checked_sub(usize::try_from(cut).ok()?)?;
    let tail = bytes(
        coder,
        given.as_bytes().get(shared..).unwrap_or_default(),
        contexts,
    )?;
    let tail = String::from_utf8(tail).ok()?;
    Some(format!("{}{tail}", low.get(..kept)?))
}

/// A few bytes in contexts of their own.
fn bytes<C: Coder>(coder: &mut C, given: &[u8], contexts: [u32; 2]) -> Option<Vec<u8>> {
    let length = number(coder, given.len() as u64, contexts.map(|one| context(43, one, 0)));
    let mut read = Vec::new();
    for at in 0..length {
        let byte = given.get(at as usize).copied().unwrap_or(0);
        let before = hash_of(&read[read.len().saturating_sub(3)..]);
        let at = contexts.map(|one| context(44, one, before));
        read.push(symbol(coder, u32::from(byte), 8, [at[0], at[1], context(45, 0, 0)]) as u8);
        if coder.failed() {
            return None;
        }
    }
    Some(read)
}

/// Sentences: where each ends among the tokens.
pub fn sentences<C: Coder>(
    coder: &mut C,
    given: &[Sentence],
    paragraphs: &[Paragraph],
    grid: &Grid,
    text: &str,
) -> Vec<Sentence> {
    let mut given = given
        .iter()
        .map(|sentence| sentence.end_token as usize)
        .peekable();
    let (mut found, mut first) = (Vec::new(), 0);
    for at in 0..grid.tokens.len() {
        while given.next_if(|end| *end < at + 1).is_some() {}
        let here = given.peek() == Some(&(at + 1));
        let behind = text[grid.tokens[at].span.end()..]
            .chars()
            .next()
            .map_or('\n', |c| c);
        let contexts = [
            context(
                50,
                grid.tag(at) * 128 + grid.tag(at + 1),
                u32::from(behind == '\n'),
            ),
            context(51, grid.word(at), grid.tag(at + 1)),
        ];
        if coder.bit(here, contexts) {
            found.push(sentence_of(first..at + 1, paragraphs, &grid.tokens));
            first = at + 1;
        }
    }
    found
}

fn sentence_of(tokens: std::ops::Range<usize>, paragraphs: &[Paragraph], all: &[Token]) -> Sentence {
    let span = all[tokens.start].span.hull(all[tokens.end - 1].span);
    let paragraph = paragraphs.partition_point(|paragraph| paragraph.span.end() <= span.start());
    Sentence {
        span,
        first_token: tokens.start as u32,
        end_token: tokens.end as u32,
        paragraph: paragraph as u32,
    }
}

/// Whether the sentences of an analysis are those that its tokens and their ends make.
pub fn sentences_follow(analysis: &Analysis, paragraphs: &[Paragraph]) -> bool {
    let mut first = 0;
    analysis.sentences.iter().all(|sentence| {
        let tokens = sentence.tokens();
        let sound = tokens.start == first && tokens.start < tokens.end && tokens.end <= analysis.tokens.len();
        if !sound {
            return false;
        }
        first = tokens.end;
        *sentence == sentence_of(tokens, paragraphs, &analysis.tokens)
    })
}
