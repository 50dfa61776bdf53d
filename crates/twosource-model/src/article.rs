//! The report read out of a document.

use serde::{Deserialize, Serialize};

use crate::{ArticleId, DatedEvidence, Digest, Finding, LanguageCode, Part, ReuseSignal, Span};

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// Running text.
    Body,
    /// The lines under the headline that sum the report up.
    Standfirst,
    /// A heading inside the text.
    Heading,
    /// An item of a list.
    ListItem,
    /// Words set apart as a quotation of some length.
    BlockQuote,
    /// Words of the text repeated for show.
    PullQuote,
    /// Words under a picture, where they are kept.
    Caption,
    /// An embedded post of a social network.
    Embed,
    /// A note that the report was corrected or updated.
    Correction,
    /// A line of a table.
    TableRow,
}

/// One paragraph of [`Article::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is for.
    pub role: Role,
    /// Its bytes; paragraphs are in order and never overlap.
    pub span: Span,
}

/// Words of the document that were left out of the text, with the rule that took them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Clutter {
    /// Name of the rule; listed in `docs/rules.md`.
    pub rule: String,
    /// The words, white space folded.
    pub text: String,
    /// Where they stand in the document's bytes.
    pub bytes: Option<Span>,
}

/// An entry of a live blog: a part of the text with a time of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEntry {
    /// Its bytes of [`Article::text`]; entries are in order and never overlap.
    pub span: Span,
    /// When it was published.
    pub published: Option<DatedEvidence>,
}

/// Who published an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Outlet {
    /// Name as people write it.
    pub name: String,
    /// Host of its site without `www.`.
    pub host: Option<String>,
}

/// A stretch of the text and the bytes of the document it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSegment {
    /// Bytes of [`Article::text`].
    pub text: Span,
    /// Bytes of the document.
    pub bytes: Span,
}

/// Leads from the text back to the document's bytes.
///
/// Segments are sorted by `text` and do not overlap. Inside a segment of equal lengths the bytes run in step; else
/// (an entity, another charset, folded white space) the whole stretch stands for the whole stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    segments: Vec<SourceSegment>,
}

impl SourceMap {
    /// A map of segments in the order of the text. Neighbours that run in step are joined.
    ///
    /// # Panics
    /// When segments of the text overlap or go backwards.
    #[must_use]
    pub fn new(segments: Vec<SourceSegment>) -> Self {
        let mut joined: Vec<SourceSegment> = Vec::with_capacity(segments.len());
        for segment in segments {
            if let Some(last) = joined.last_mut() {
                assert!(
                    last.text.end() <= segment.text.start(),
                    "segments of the text overlap"
                );
                let in_step = |s: &SourceSegment| s.text.len() == s.bytes.len();
                if last.text.end() == segment.text.start()
                    && last.bytes.end() == segment.bytes.start()
                    && in_step(last)
                    && in_step(&segment)
                {
                    last.text = last.text.hull(segment.text);
                    last.bytes = last.bytes.hull(segment.bytes);
                    continue;
                }
            }
            joined.push(segment);
        }
        Self { segments: joined }
    }

    /// The map of a text that is the document itself, byte for byte.
    #[must_use]
    pub fn identity(length: usize) -> Self {
        let whole = Span::at(0, length);
        Self {
            segments: vec![SourceSegment {
                text: whole,
                bytes: whole,
            }],
        }
    }

    /// The segments, in the order of the text.
    #[must_use]
    pub fn segments(&self) -> &[SourceSegment] {
        &self.segments
    }

    /// The smallest stretch of the document that carries `span`, or `None` when no byte of it comes from there.
    #[must_use]
    pub fn to_document(&self, span: Span) -> Option<Span> {
        let from = self.segments.partition_point(|s| s.text.end() <= span.start());
        let mut found: Option<Span> = None;
        for segment in self.segments[from..]
            .iter()
            .take_while(|s| s.text.start() < span.end().max(1))
        {
            let Some(shared) = segment.text.intersection(span) else {
                continue;
            };
            let bytes = if segment.text.len() == segment.bytes.len() {
                let by = segment.bytes.start();
                Span::at(
                    by + shared.start() - segment.text.start(),
                    by + shared.end() - segment.text.start(),
                )
            } else {
                segment.bytes
            };
            found = Some(found.map_or(bytes, |f| f.hull(bytes)));
        }
        found
    }
}

/// One state of a report: what an outlet wrote, without the clutter of its page.
///
/// `title` and `text` are fixed when it is made: offsets point into them for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Which article.
    pub id: ArticleId,
    title: String,
    text: String,
    revision: Digest,
    /// Digest of the document it was read from.
    pub document: Option<Digest>,
    /// Canonical address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who edited it.
    pub editors: Vec<String>,
    /// Section of the outlet.
    pub section: Option<String>,
    /// Agencies the report credits ("Reuters", "AP"), in the order of the text.
    pub wire_credits: Vec<String>,
    /// Place named at the head of the text.
    pub dateline: Option<Span>,
    /// When it was first published.
    pub published: Option<DatedEvidence>,
    /// When it was last changed.
    pub modified: Option<DatedEvidence>,
    /// Language of the text.
    pub language: Option<LanguageCode>,
    /// Paragraphs of `text`, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Entries of a live blog, in the order of `text`; none of any other article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<LiveEntry>,
    /// What was left out, in the order of the document.
    pub clutter: Vec<Clutter>,
    /// Problems that stopped nothing.
    pub findings: Vec<Finding>,
    /// What the site says about reuse.
    pub reuse: Vec<ReuseSignal>,
    /// Leads back to the document's bytes.
    pub source_map: SourceMap,
}

impl Article {
    /// Where the text proper begins behind a dateline and the dash or colon that ends it, as an offset in `text`; `None`
    /// without a dateline.
    #[must_use]
    pub fn dateline_end(&self) -> Option<usize> {
        let rest = self.text.get(self.dateline?.end()..)?;
        let mut tail = rest.trim_start();
        if let Some((credit, behind)) = tail.strip_prefix('(').and_then(|t| t.split_once(')')) {
            tail = if credit.contains('\n') { tail } else { behind };
        }
        let proper =
            tail.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | '−' | ':'));
        (!proper.is_empty() && proper.len() < rest.len()).then(|| self.text.len() - proper.len())
    }

    /// An article of this title and text, paragraphs split at blank lines, with nothing else known.
    #[must_use]
    pub fn of_text(id: ArticleId, title: &str, text: &str) -> Self {
        let paragraphs = split_paragraphs(text)
            .into_iter()
            .map(|span| Paragraph {
                role: Role::Body,
                span,
            })
            .collect();
        Self {
            id,
            revision: revision_of(title, text),
            title: title.to_owned(),
            text: text.to_owned(),
            document: None,
            url: None,
            outlet: None,
            authors: Vec::new(),
            editors: Vec::new(),
            section: None,
            wire_credits: Vec::new(),
            dateline: None,
            published: None,
            modified: None,
            language: None,
            paragraphs,
            entries: Vec::new(),
            clutter: Vec::new(),
            findings: Vec::new(),
            reuse: Vec::new(),
            source_map: SourceMap::default(),
        }
    }

    /// The same article with another text, its paragraphs and its map: for a step that leaves out more of it.
    #[must_use]
    pub fn with_text(self, text: String, paragraphs: Vec<Paragraph>, source_map: SourceMap) -> Self {
        Self {
            revision: revision_of(&self.title, &text),
            text,
            paragraphs,
            source_map,
            ..self
        }
    }

    /// Headline; empty when none was found.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The text: paragraphs separated by a blank line. Every span of an article counts bytes of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Content hash of this state: SHA-256 of the title, two line feeds, and the text.
    #[must_use]
    pub const fn revision(&self) -> Digest {
        self.revision
    }

    /// The text that `part` names.
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Text => &self.text,
            Part::Title => &self.title,
        }
    }

    /// The name to show for whoever published it: the outlet's name, else the host, else the article's id.
    #[must_use]
    pub fn outlet_name(&self) -> &str {
        self.outlet
            .as_ref()
            .map_or(self.id.as_str(), |outlet| &outlet.name)
    }
}

/// Content hash of a title and a text; see [`Article::revision`].
#[must_use]
pub fn revision_of(title: &str, text: &str) -> Digest {
    Digest::of_parts(&[title.as_bytes(), b"\n\n", text.as_bytes()])
}

/// The paragraphs of a text: stretches between blank lines, without white space at their ends, none empty.
///
/// ```
/// # use twosource_model::{split_paragraphs, Span};
/// assert_eq!(split_paragraphs("a b\n\n  c\nd \n \n\n"), [Span::at(0, 3), Span::at(7, 10)]);
/// assert!(split_paragraphs(" \n\n").is_empty());
/// ```
#[must_use]
pub fn split_paragraphs(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(at, at + line.len());
        at += line.len();
        if line.trim().is_empty() {
            spans.extend(open.take());
        } else {
            open = Some(open.map_or(span, |o| o.hull(span)));
        }
    }
    spans.extend(open);
    spans.into_iter().map(|span| span.trimmed(text)).collect()
}
