//! What is read of an article before it meets a stream. Reading needs no stream, so many articles can be read side by side.

use std::collections::BTreeSet;

use twosource_model::{ArticleId, Moment};

use crate::copies::{prose, sampled_runs};
use crate::group::{Item, days_of};
use crate::profile::{Counts, Profile, Section, count, term_or_place};
use crate::words::{each_word, hash_bytes};

/// Words kept of an article for the reasons: its names, numbers and title.
const LABELS: usize = 20;
/// Words of each part that are looked at for them.
const LABELS_READ: usize = 60;
/// Bytes of the opening where labels are looked for.
const LABEL_BYTES: usize = 800;

/// An article as a stream takes it in.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub(crate) article: ArticleId,
    pub(crate) counts: Counts,
    /// Sampled word runs of its prose.
    pub(crate) runs: Box<[u32]>,
    /// Hash of its outlet's name.
    pub(crate) outlet: Option<u32>,
    pub(crate) labels: Labels,
}

impl Reading {
    /// Reads an article; `seen` stands in for a missing date.
    #[must_use]
    pub fn new(item: &Item<'_>, seen: Option<Moment>) -> Self {
        let article = item.article;
        let day = item.day().or(seen.as_ref().map(days_of));
        let outlet = article.outlet.as_ref();
        Self {
            article: article.id.clone(),
            counts: count(article, day),
            runs: sampled_runs(&prose(article.text())),
            outlet: outlet.map(|outlet| hash_bytes(outlet.name.as_bytes())),
            labels: Labels::new(article.title(), article.text()),
        }
    }
}

/// Words that may tell an article apart, as they are written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labels {
    words: String,
    /// End of each word, its term, and whether it is of the title.
    ends: Vec<(u32, u32, bool)>,
}

impl Labels {
    fn new(title: &str, text: &str) -> Self {
        let mut end = LABEL_BYTES.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut labels = Self {
            words: String::new(),
            ends: Vec::new(),
        };
        for (text, titled) in [(&text[..end], false), (title, true)] {
            let most = labels.ends.len() + LABELS_READ;
            each_word(text, |word| {
                if titled || word.number || word.capital && !word.opens {
                    labels.words.push_str(word.span.of(text));
                    let end = labels.words.len() as u32;
                    labels.ends.push((end, term_or_place(&word), titled));
                }
                labels.ends.len() < most
            });
        }
        labels
    }

    /// Those that a profile kept: names and numbers first seen, then words of the title, each once.
    pub(crate) fn kept(&self, profile: &Profile) -> Box<str> {
        let mut found: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut start = 0;
        for (end, term, titled) in &self.ends {
            let sections = if *titled {
                &[Section::Title][..]
            } else {
                &[Section::Names, Section::Numbers][..]
            };
            let holds = || sections.iter().any(|section| profile.holds(*section, *term));
            if found.len() < LABELS && !seen.contains(term) && holds() {
                seen.insert(*term);
                found.push(&self.words[start..*end as usize]);
            }
            start = *end as usize;
        }
        found.join(" ").into_boxed_str()
    }
}
