//! What recurs over one outlet's pages: lines that are clutter because article after article carries them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::page_lines::{LineHash, PageLines};

/// Most articles that a profile is made of: the latest by month, and of a month those with the smallest hashes, which is
/// a sample that no order of reading changes.
const MOST_ARTICLES: usize = 32;

/// Articles that have to carry a line before it is clutter, where it stands at the edge of the text in all of them.
/// On the packs, lines of unseen pages that two articles share are notices at the edges and phrases of the writer
/// elsewhere (22 November 2026: 6 and 21).
const ARTICLES_AT_EDGE: usize = 2;

/// Articles that have to carry it else.
const ARTICLES: usize = 3;

/// Of three telling lines of the shorter of two articles one that both carry makes them one article: a copy saved twice,
/// a new state, a report that was printed again.
const TWINS_SHARE_ONE_IN: usize = 3;

/// Lines that recur over the articles of one outlet, in a few kilobytes. The same articles make the same profile in any
/// order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletProfile {
    articles: BTreeSet<PageLines>,
    /// the lines that recur, sorted; worked out anew when an article comes
    recurring: Vec<u32>,
}

impl OutletProfile {
    /// Takes an article's lines in.
    pub(crate) fn learn(&mut self, lines: PageLines) {
        if self.articles.insert(lines) {
            if self.articles.len() > MOST_ARTICLES {
                self.articles.pop_last();
            }
            self.recurring = recurring(&self.articles);
        }
    }

    /// Whether a line is clutter because it recurs.
    pub(crate) fn recurs(&self, line: LineHash) -> bool {
        self.recurring.binary_search(&line.line()).is_ok()
    }

    /// Number of articles that it is made of.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// The profile as bytes, to be kept: for each article its month (2 bytes), the hash of its id (4), the numbers of
    /// its lines (1 each), its lines (4 each); little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for article in &self.articles {
            bytes.extend(article.month.0.to_le_bytes());
            bytes.extend(article.article.to_le_bytes());
            // both are bounded far below
            bytes.extend([article.lines.len() as u8, article.telling.len() as u8]);
            let lines = article.lines.iter().map(|line| line.written());
            for hash in lines.chain(article.telling.iter().copied()) {
                bytes.extend(hash.to_le_bytes());
            }
        }
        bytes
    }

    /// The profile that was kept as these bytes; `None` when they are no profile.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut articles = BTreeSet::new();
        while !bytes.is_empty() {
            let month = Reverse(u16::from_le_bytes(take(&mut bytes)?));
            let article = u32::from_le_bytes(take(&mut bytes)?);
            let [lines, telling] = take(&mut bytes)?;
            let mut hashes = |count: u8| -> Option<Vec<u32>> {
                (0..count)
                    .map(|_| take(&mut bytes).map(u32::from_le_bytes))
                    .collect()
            };
            let lines = hashes(lines)?.into_iter().map(LineHash::read).collect();
            let telling = hashes(telling)?;
            articles.insert(PageLines {
                month,
                article,
                lines,
                telling,
            });
        }
        while articles.len() > MOST_ARTICLES {
            articles.pop_last();
        }
        Some(Self {
            recurring: recurring(&articles),
            articles,
        })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*head)
}

/// The lines that recur over distinct articles, sorted.
fn recurring(articles: &BTreeSet<PageLines>) -> Vec<u32> {
    let articles: Vec<&PageLines> = articles.iter().collect();
    let groups = distinct(&articles);
    let mut met: Vec<(u32, usize, bool)> = Vec::new();
    for (lines, group) in articles.iter().zip(groups) {
        met.extend(lines.lines.iter().map(|l| (l.line(), group, l.at_edge())));
    }
    met.sort_unstable();
    // of a line and a group the first stands, which is the one away from the edge where there is one
    met.dedup_by_key(|(line, group, _)| (*line, *group));
    met.chunk_by(|a, b| a.0 == b.0)
        .filter(|of_line| {
            let all_at_edge = of_line.iter().all(|(.., at_edge)| *at_edge);
            of_line.len() >= if all_at_edge { ARTICLES_AT_EDGE } else { ARTICLES }
        })
        .map(|of_line| of_line[0].0)
        .collect()
}

/// For each article the first one that is the same article in another state or copy.
fn distinct(articles: &[&PageLines]) -> Vec<usize> {
    let mut groups: Vec<usize> = Vec::with_capacity(articles.len());
    for (at, article) in articles.iter().enumerate() {
        let twins: BTreeSet<usize> = (0..at)
            .filter(|other| are_twins(article, articles[*other]))
            .map(|other| groups[other])
            .collect();
        let group = twins.first().copied().unwrap_or(at);
        // one that is a twin of several makes them one
        groups
            .iter_mut()
            .filter(|other| twins.contains(other))
            .for_each(|other| *other = group);
        groups.push(group);
    }
    groups
}

fn are_twins(a: &PageLines, b: &PageLines) -> bool {
    let shared = a.telling.iter().filter(|line| b.telling.contains(line)).count();
    a.article == b.article || shared * TWINS_SHARE_ONE_IN >= a.telling.len().min(b.telling.len()).max(1)
}
