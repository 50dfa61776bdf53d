//! Test help: texts whose spans are marked instead of counted.
//!
//! ```
//! let marked = twosource_testkit::Marked::parse("<s>Ann Lee</s> <c>said</c>: “<q>Go.</q>”");
//! assert_eq!(marked.text, "Ann Lee said: “Go.”");
//! assert_eq!(marked.words("s"), ["Ann Lee"]);
//! assert_eq!(marked.spans("q")[0].of(&marked.text), "Go.");
//! ```

pub mod press;
pub mod readings;
pub mod web;

use twosource_model::{Article, ArticleId, Span};

/// A text with named spans, read from markup such as `<q>words</q>` or `<q:1>words</q:1>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text without its marks.
    pub text: String,
    /// Label and span, in the order of their starts; outer before inner.
    pub marks: Vec<(String, Span)>,
}

impl Marked {
    /// Reads marked text. A `<` that opens no mark (`[a-z][a-z0-9:_-]*` up to `>`) is kept as it is.
    ///
    /// # Panics
    /// When a mark is closed that was not opened, or stays open: the fixture is wrong.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut marks: Vec<(String, Span)> = Vec::new();
        let mut open: Vec<(String, usize, usize)> = Vec::new();
        let mut rest = source;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let Some((label, closing, length)) = mark_at(rest) else {
                text.push('<');
                rest = &rest[1..];
                continue;
            };
            if closing {
                let place = open.iter().rposition(|(l, ..)| *l == label);
                let Some(place) = place else {
                    panic!("</{label}> closes nothing in {source:?}")
                };
                let (label, start, slot) = open.remove(place);
                marks[slot] = (label, Span::at(start, text.len()));
            } else {
                open.push((label.clone(), text.len(), marks.len()));
                marks.push((label, Span::at(text.len(), text.len())));
            }
            rest = &rest[length..];
        }
        text.push_str(rest);
        assert!(open.is_empty(), "marks left open in {source:?}: {open:?}");
        Self { text, marks }
    }

    /// The spans with this label.
    #[must_use]
    pub fn spans(&self, label: &str) -> Vec<Span> {
        self.marks
            .iter()
            .filter(|(l, _)| l == label)
            .map(|(_, span)| *span)
            .collect()
    }

    /// The words with this label.
    #[must_use]
    pub fn words(&self, label: &str) -> Vec<&str> {
        self.spans(label)
            .into_iter()
            .map(|span| span.of(&self.text))
            .collect()
    }

    /// An article of this text, without title.
    #[must_use]
    pub fn article(&self) -> Article {
        article(&self.text)
    }
}

fn mark_at(text: &str) -> Option<(String, bool, usize)> {
    let end = text.find('>')?;
    let inner = &text[1..end];
    let (label, closing) = inner
        .strip_prefix('/')
        .map_or((inner, false), |label| (label, true));
    let fits = label.starts_with(|c: char| c.is_ascii_lowercase())
        && label
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, ':' | '_' | '-'));
    fits.then(|| (label.to_owned(), closing, end + 1))
}

/// An article of this text, without title, in English.
#[must_use]
pub fn article(text: &str) -> Article {
    let mut article = Article::of_text(ArticleId::new("test"), "", text);
    article.language = Some(twosource_model::LanguageCode::ENGLISH);
    article
}

/// Draws `spans` under the lines of `text` they stand in, for snapshots that read like a page.
///
/// ```
/// use twosource_model::Span;
/// let drawn = twosource_testkit::underline("He left.", &[(Span::at(0, 2), "person".to_owned())]);
/// assert_eq!(drawn, "He left.\n^^ person\n");
/// ```
#[must_use]
pub fn underline(text: &str, spans: &[(Span, String)]) -> String {
    let mut drawn = String::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let here = Span::at(at, at + line.trim_end_matches('\n').len());
        drawn.push_str(here.of(text));
        drawn.push('\n');
        for (span, label) in spans {
            if let Some(part) = span.intersection(here) {
                let before = text[here.start()..part.start()].chars().count();
                let under = part.of(text).chars().count();
                drawn.push_str(&format!("{}{} {label}\n", " ".repeat(before), "^".repeat(under)));
            }
        }
        at += line.len();
    }
    drawn
}
