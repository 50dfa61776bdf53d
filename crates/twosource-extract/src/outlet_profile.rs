//! What recurs over an outlet's pages: lines that are clutter because every page carries them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cues::fold;

/// Share of a page's body lines that another page may carry too before both pass for one article.
const TWIN_SHARE: f32 = 0.3;

/// Shortest line that counts when two pages are compared, in bytes.
const LONG_LINE: usize = 60;

/// Most lines that are kept.
const MOST_LINES: usize = 4_096;

/// Lines that recur over the pages of one outlet. Made of the text of its articles, as extracted without a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletProfile {
    /// hash of a folded line and the number of pages it was met on
    lines: BTreeMap<u64, u32>,
    /// pages seen
    pages: u32,
}

impl OutletProfile {
    /// The profile of some articles of one outlet. Pages that share too much of their running text with another count
    /// once: two copies of an article would else make clutter of each other.
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut kept: Vec<BTreeSet<u64>> = Vec::new();
        let mut profile = Self::default();
        for text in texts {
            let lines: BTreeSet<u64> = lines_of(text).map(line_hash).collect();
            let long: BTreeSet<u64> = lines_of(text)
                .filter(|l| l.len() >= LONG_LINE)
                .map(line_hash)
                .collect();
            let is_twin = |other: &BTreeSet<u64>| {
                let shared = long.intersection(other).count();
                shared as f32 > TWIN_SHARE * long.len().min(other.len()).max(1) as f32
            };
            if kept.iter().any(is_twin) {
                continue;
            }
            profile.pages += 1;
            for line in lines {
                *profile.lines.entry(line).or_default() += 1;
            }
            kept.push(long);
        }
        profile.lines.retain(|_, pages| *pages >= 2);
        if profile.lines.len() > MOST_LINES {
            let mut by_count: Vec<(u64, u32)> = profile.lines.into_iter().collect();
            by_count.sort_by_key(|(line, pages)| (std::cmp::Reverse(*pages), *line));
            by_count.truncate(MOST_LINES);
            profile.lines = by_count.into_iter().collect();
        }
        profile
    }

    /// Whether a line was met on two or more pages.
    #[must_use]
    pub fn recurs(&self, line: &str) -> bool {
        self.lines.contains_key(&line_hash(line))
    }

    /// Pages that the profile was made of.
    #[must_use]
    pub const fn pages(&self) -> u32 {
        self.pages
    }
}

fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// FNV-1a over the folded line: the same on every machine.
fn line_hash(line: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in fold(line).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_two_pages_recur_and_twins_do_not_count() {
        let a = "A first report about the bridge over the river and what it will cost the town.\n\nGive us your view";
        let b = "Another report, this time about the school roof and who has to pay for it now.\n\nGive us your view";
        let profile = OutletProfile::of_texts([a, a, b]);
        assert_eq!(profile.pages(), 2);
        assert!(profile.recurs("give us  your view"));
        assert!(!profile.recurs(a.lines().next().unwrap()));
    }
}
