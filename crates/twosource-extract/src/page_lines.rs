//! What one article tells of its outlet's clutter: hashes of the lines that may be clutter, and of those that tell one
//! article from another.

use std::cmp::Reverse;

use twosource_model::{Article, Role};

use crate::key_map::hash;
use crate::plain::letters_of;

/// Words from which a line is prose, which is never taken for clutter: an outlet prints a passage of it again, word by
/// word, in a report that follows another.
const PROSE_WORDS: usize = 25;

/// Bytes from which it is, for scripts that put no blanks between words.
const PROSE_BYTES: usize = 160;

/// Shortest line, in bytes, that tells one article from another.
const TELLING_BYTES: usize = 90;

/// Most such lines that are kept of an article: those with the smallest hashes, so that two articles keep the same ones
/// of what they share.
const MOST_TELLING: usize = 6;

/// Lines from the start and from the end of a text that stand at its edge, where notices stand.
const EDGE: (usize, usize) = (2, 3);

/// Most lines that are kept of an article which do not stand at its edge.
const MOST_INNER: usize = 12;

/// A line that may be clutter: a hash of its letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineHash(u32);

impl LineHash {
    fn of(letters: &str) -> Self {
        Self(short_hash(letters) & !1)
    }

    /// The hash with its place, as it is written down.
    pub(crate) const fn written(self) -> u32 {
        self.0
    }

    /// The hash as it was written down.
    pub(crate) const fn read(written: u32) -> Self {
        Self(written)
    }

    /// Whether the line stood at the edge of its text.
    pub(crate) const fn at_edge(self) -> bool {
        self.0 & 1 == 1
    }

    /// The hash without the place.
    pub(crate) const fn line(self) -> u32 {
        self.0 & !1
    }
}

/// The lines of one article in few bytes. Ordered as a profile keeps them: the latest month first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageLines {
    /// months since year 0 of its publication; 0 when unknown
    pub(crate) month: Reverse<u16>,
    /// hash of the article's id
    pub(crate) article: u32,
    /// what may be clutter, sorted
    pub(crate) lines: Vec<LineHash>,
    /// what tells it from other articles, sorted
    pub(crate) telling: Vec<u32>,
}

impl PageLines {
    /// The lines of an article as it was read, before anything is taken for recurring; `None` when nothing in it tells it
    /// from another.
    pub(crate) fn of(article: &Article) -> Option<Self> {
        let mut telling: Vec<u32> = paragraphs(article)
            .filter(|(_, words)| words.len() >= TELLING_BYTES)
            .map(|(_, words)| short_hash(&letters_of(words)))
            .collect();
        telling.sort_unstable();
        telling.dedup();
        telling.truncate(MOST_TELLING);
        if telling.is_empty() {
            return None;
        }
        let candidates = candidates_of(article);
        let mut inner = 0;
        let mut lines: Vec<LineHash> = candidates
            .into_iter()
            .flatten()
            .filter(|line| {
                inner += usize::from(!line.at_edge());
                line.at_edge() || inner <= MOST_INNER
            })
            .collect();
        lines.sort_unstable();
        lines.dedup();
        let month = article.published.as_ref().map_or(0, |date| {
            let day = date.moment.day();
            u16::try_from(i32::from(day.year()) * 12 + i32::from(day.month())).unwrap_or(0)
        });
        Some(Self {
            month: Reverse(month),
            article: short_hash(article.id.as_str()),
            lines,
            telling,
        })
    }
}

/// For each paragraph its hash, where it may be clutter.
pub(crate) fn candidates_of(article: &Article) -> Vec<Option<LineHash>> {
    let count = article.paragraphs.len();
    let hash_of = |(at, (role, words)): (usize, (Role, &str))| {
        let at_edge = is_notice_like(role, words) && (at < EDGE.0 || at + EDGE.1 >= count);
        let letters = (!is_spared(words)).then(|| letters_of(words))?;
        let line = LineHash::of(&letters);
        (!letters.is_empty()).then_some(LineHash(line.0 | u32::from(at_edge)))
    };
    paragraphs(article).enumerate().map(hash_of).collect()
}

fn paragraphs(article: &Article) -> impl Iterator<Item = (Role, &str)> {
    let text = article.text();
    article
        .paragraphs
        .iter()
        .map(move |p| (p.role, &text[p.span.start()..p.span.end()]))
}

/// Whether a line is never clutter for recurring: prose, what somebody said, and the opening of what follows.
fn is_spared(words: &str) -> bool {
    words.len() >= PROSE_BYTES
        || words.split_whitespace().count() >= PROSE_WORDS
        || words.contains(['"', '“', '”', '„', '«', '»', '「'])
        || words.ends_with(':')
}

/// Whether a line of this role is a notice more likely than a part of the text: headings and rows of tables are alike
/// in many reports.
const fn is_notice_like(role: Role, words: &str) -> bool {
    !words.is_empty()
        && matches!(
            role,
            Role::Body | Role::Standfirst | Role::ListItem | Role::Caption
        )
}

fn short_hash(words: &str) -> u32 {
    // the upper half is the one that all bytes have a part in
    (hash(0xcbf2_9ce4_8422_2325, words.as_bytes()) >> 32) as u32
}
