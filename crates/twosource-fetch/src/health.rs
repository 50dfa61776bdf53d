//! How a source is doing: what its articles look like, and whether that changed of a sudden.

use serde::{Deserialize, Serialize};
use twosource_model::Article;

/// Weight of the newest article in the short view: about the last ten.
const SHORT: f64 = 0.2;
/// Weight of the newest article in the long view: about the last hundred.
const LONG: f64 = 0.02;
/// Articles before a change is called one.
const ENOUGH: u64 = 20;
/// Change of the text's length, as a factor, from which it is told. Outlets vary: two thirds of an article away is not
/// a matter of style any more.
const LENGTH_FACTOR: f64 = 3.0;
/// Rise of the share of articles without a date from which it is told.
const DATES_RISE: f64 = 0.5;
/// Rise of the share of clutter in the words of a page from which it is told.
const CLUTTER_RISE: f64 = 0.3;

/// What the articles of one source look like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// Articles seen.
    pub articles: u64,
    /// Of them, with no date of their own.
    pub undated: u64,
    /// Of them, with the feed entry's own text for want of the page.
    pub entries_only: u64,
    short: View,
    long: View,
}

/// Means that forget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct View {
    /// Natural logarithm of the characters of a text.
    log_length: f64,
    /// Share without a date, 0.0 to 1.0.
    undated: f64,
    /// Share of clutter in the words of a page, 0.0 to 1.0.
    clutter: f64,
}

impl View {
    fn take(&mut self, seen: Self, weight: f64) {
        let mix = |mean: &mut f64, new: f64| *mean += (new - *mean) * weight;
        mix(&mut self.log_length, seen.log_length);
        mix(&mut self.undated, seen.undated);
        mix(&mut self.clutter, seen.clutter);
    }
}

/// A sudden change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drift {
    /// The texts became shorter or longer: characters before and now.
    Length {
        /// before
        before: f64,
        /// now
        now: f64,
    },
    /// Dates are missing: share of articles without one, before and now.
    Dates {
        /// before
        before: f64,
        /// now
        now: f64,
    },
    /// More of the page is clutter: its share of the words, before and now.
    Clutter {
        /// before
        before: f64,
        /// now
        now: f64,
    },
}

impl Health {
    /// Takes an article of the source into account; `entry_only` when it is the feed entry's own text.
    pub fn observe(&mut self, article: &Article, entry_only: bool) {
        let text = article.text().chars().count() as f64;
        let clutter: f64 = article
            .clutter
            .iter()
            .map(|clutter| clutter.text.chars().count() as f64)
            .sum();
        let undated = article.published.is_none();
        self.articles += 1;
        self.undated += u64::from(undated);
        self.entries_only += u64::from(entry_only);
        let seen = View {
            log_length: (text + 1.0).ln(),
            undated: f64::from(u8::from(undated)),
            clutter: clutter / (text + clutter).max(1.0),
        };
        // the first articles count alike, so that the views do not start from nothing
        let alike = 1.0 / self.articles as f64;
        self.short.take(seen, SHORT.max(alike));
        self.long.take(seen, LONG.max(alike));
    }

    /// What changed of a sudden, if anything did.
    #[must_use]
    pub fn drifts(&self) -> Vec<Drift> {
        if self.articles < ENOUGH {
            return Vec::new();
        }
        let (long, short) = (self.long, self.short);
        let length = Drift::Length {
            before: long.log_length.exp(),
            now: short.log_length.exp(),
        };
        let dates = Drift::Dates {
            before: long.undated,
            now: short.undated,
        };
        let clutter = Drift::Clutter {
            before: long.clutter,
            now: short.clutter,
        };
        [
            (
                (short.log_length - long.log_length).abs() > LENGTH_FACTOR.ln(),
                length,
            ),
            (short.undated - long.undated > DATES_RISE, dates),
            (short.clutter - long.clutter > CLUTTER_RISE, clutter),
        ]
        .into_iter()
        .filter_map(|(told, drift)| told.then_some(drift))
        .collect()
    }
}

impl std::fmt::Display for Drift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Length { before, now } => {
                write!(f, "texts went from about {before:.0} characters to {now:.0}")
            }
            Self::Dates { before, now } => {
                write!(
                    f,
                    "articles without a date went from {:.0} % to {:.0} %",
                    before * 100.0,
                    now * 100.0
                )
            }
            Self::Clutter { before, now } => {
                write!(
                    f,
                    "clutter went from {:.0} % of the words to {:.0} %",
                    before * 100.0,
                    now * 100.0
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::ArticleId;

    fn article(characters: usize) -> Article {
        Article::of_text(ArticleId::new("a"), "t", &"x".repeat(characters))
    }

    #[test]
    fn a_sudden_change_is_told_and_a_steady_source_is_not() {
        let mut health = Health::default();
        for number in 0..200 {
            health.observe(&article(2000 + number % 7 * 300), false);
        }
        assert!(health.drifts().is_empty(), "{:?}", health.drifts());
        for _ in 0..10 {
            health.observe(&article(150), false);
        }
        let drifts = health.drifts();
        assert!(
            matches!(drifts[..], [Drift::Length { before, now }] if before > 1500.0 && now < 500.0),
            "{drifts:?}"
        );
        assert!(drifts[0].to_string().starts_with("texts went from about"));
    }
}
