//! The profiles of all outlets whose pages were read, and articles without what recurs.

use std::collections::BTreeMap;

use twosource_model::{Article, Clutter, LiveEntry, Paragraph, SourceMap, SourceSegment, Span};

use crate::page_lines::{PageLines, candidates_of};
use crate::{OutletProfile, Rule};

/// Largest part of a text that may recur, in hundredths of its bytes: beyond it the others are more likely states or
/// copies of this one that were not known as such.
const MOST_TAKEN: usize = 30;

/// A profile for each outlet. How many are held is up to whoever learns: see [`MOST`](OutletProfiles::MOST).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletProfiles {
    by_outlet: BTreeMap<String, OutletProfile>,
}

impl OutletProfiles {
    /// Outlets that take about 60 MB of memory.
    pub const MOST: usize = 8_192;

    /// Takes an article in, as [`extract`](crate::extract()) gave it, and names the outlet whose profile it went into;
    /// `None` when the article names no outlet or has no text to speak of.
    pub fn learn(&mut self, article: &Article) -> Option<String> {
        let outlet = Self::outlet_of(article)?;
        let lines = PageLines::of(article)?;
        self.by_outlet.entry(outlet.clone()).or_default().learn(lines);
        Some(outlet)
    }

    /// Keeps the first [`MOST`](Self::MOST) by name, whatever the order in which they came.
    pub fn trim(&mut self) {
        while self.by_outlet.len() > Self::MOST {
            self.by_outlet.pop_last();
        }
    }

    /// What the outlet of an article is known by here: its host, else its name.
    #[must_use]
    pub fn outlet_of(article: &Article) -> Option<String> {
        let outlet = article.outlet.as_ref()?;
        let key = outlet.host.clone().unwrap_or_else(|| outlet.name.clone());
        (!key.is_empty()).then_some(key)
    }

    /// The profile of an outlet, by the name that [`learn`](Self::learn) gave.
    #[must_use]
    pub fn get(&self, outlet: &str) -> Option<&OutletProfile> {
        self.by_outlet.get(outlet)
    }

    /// Sets the profile of an outlet, by the name that [`learn`](Self::learn) gave.
    pub fn set(&mut self, outlet: String, profile: OutletProfile) {
        self.by_outlet.insert(outlet, profile);
    }

    /// Forgets the profile of an outlet.
    pub fn remove(&mut self, outlet: &str) {
        self.by_outlet.remove(outlet);
    }

    /// The article without the lines that recur over its outlet's pages: each is listed as clutter, by rule
    /// `outlet-profile`. An article that they would take too much of stays as it is.
    #[must_use]
    pub fn without_recurring(&self, article: Article) -> Article {
        let profile = Self::outlet_of(&article).and_then(|outlet| self.by_outlet.get(&outlet));
        let Some(profile) = profile else { return article };
        let taken: Vec<bool> = candidates_of(&article)
            .into_iter()
            .map(|line| line.is_some_and(|line| profile.recurs(line)))
            .collect();
        let bytes: usize = article
            .paragraphs
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| **taken)
            .map(|(paragraph, _)| paragraph.span.len())
            .sum();
        if bytes == 0 || bytes * 100 > article.text().len() * MOST_TAKEN {
            return article;
        }
        without(article, &taken)
    }
}

/// The article without some of its paragraphs, which become clutter.
fn without(mut article: Article, taken: &[bool]) -> Article {
    let mut text = String::with_capacity(article.text().len());
    let mut paragraphs = Vec::new();
    let mut segments: Vec<SourceSegment> = Vec::new();
    let mut dateline = None;
    let mut entries: Vec<Option<Span>> = vec![None; article.entries.len()];
    let mut old = article.source_map.segments().iter().copied().peekable();
    for (paragraph, taken) in article.paragraphs.iter().zip(taken) {
        let span = paragraph.span;
        let mut own = Vec::new();
        while let Some(segment) = old.next_if(|segment| segment.text.start() < span.end()) {
            own.push(segment);
        }
        if *taken {
            article.clutter.push(Clutter {
                rule: Rule::OutletProfile.name().to_owned(),
                text: article.text()[span.start()..span.end()].replace('\n', " "),
                bytes: article.source_map.to_document(span),
            });
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&article.text()[span.start()..span.end()]);
        let moved = |s: Span| Span::at(start + s.start() - span.start(), start + s.end() - span.start());
        segments.extend(own.into_iter().map(|segment| SourceSegment {
            text: moved(segment.text),
            ..segment
        }));
        dateline = dateline.or(article.dateline.filter(|d| span.covers(*d)).map(moved));
        let now = Span::at(start, text.len());
        for (entry, moved) in article.entries.iter().zip(&mut entries) {
            if entry.span.covers(span) {
                *moved = Some(moved.map_or(now, |so_far| so_far.hull(now)));
            }
        }
        paragraphs.push(Paragraph {
            span: now,
            ..*paragraph
        });
    }
    article
        .clutter
        .sort_by_key(|clutter| clutter.bytes.map(|bytes| bytes.start()));
    article.dateline = dateline;
    let entries = article.entries.into_iter().zip(entries);
    article.entries = entries
        .filter_map(|(entry, span)| Some(LiveEntry { span: span?, ..entry }))
        .collect();
    article.with_text(text, paragraphs, SourceMap::new(segments))
}
