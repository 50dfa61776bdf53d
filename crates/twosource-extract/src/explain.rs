//! Why a page was read as it was: its blocks with their chances and what became of each.

use serde::Serialize;
use twosource_model::{Clutter, Document, MediaType, Role, Span};

use crate::charset::decode;
use crate::extract::check_document;
use crate::html::ReadPage;
use crate::plain::{LineKind, folded_words, read_plain};
use crate::score::{Verdict, chances_of, judge_blocks, shipped_forests};
use crate::{ExtractError, Rule, Settings};

/// A block of a page or a line of a saved text, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedBlock {
    /// Its place in the document, in bytes.
    pub bytes: Span,
    /// Its element with those above it, such as `article > div.text > p`; empty for saved text.
    pub path: String,
    /// Chance to be part of the report, 0.0 to 1.0; none where no scorer was asked.
    pub chance: Option<f32>,
    /// Role in the text, for what was kept.
    pub role: Option<Role>,
    /// Rule that took it, for what was left out; listed in `docs/rules.md`.
    pub rule: Option<&'static str>,
    /// Its words, white space folded.
    pub words: String,
}

/// How a document was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// Headline.
    pub title: String,
    /// Character encoding the bytes were read in.
    pub encoding: &'static str,
    /// Blocks or lines, in the order of the document.
    pub blocks: Vec<ExplainedBlock>,
}

impl Explanation {
    /// Shows as left out what was taken from the article afterwards because it recurs over its outlet's pages
    /// ([`OutletProfiles::without_recurring`](crate::OutletProfiles::without_recurring)): it stands in the article's clutter.
    pub fn leave_out_recurring(&mut self, clutter: &[Clutter]) {
        let name = Rule::OutletProfile.name();
        let recurring: Vec<Span> = clutter
            .iter()
            .filter(|clutter| clutter.rule == name)
            .filter_map(|clutter| clutter.bytes)
            .collect();
        for block in &mut self.blocks {
            if block.rule.is_none() && recurring.contains(&block.bytes) {
                (block.role, block.rule) = (None, Some(name));
            }
        }
    }
}

/// Explains how [`extract`](crate::extract()) reads a document.
///
/// # Errors
/// As `extract`, except that a document of nothing but clutter is explained as well.
pub fn explain(document: &Document, settings: &Settings) -> Result<Explanation, ExtractError> {
    let decoded = check_document(document, settings)?;
    Ok(match document.media_type {
        MediaType::Html => explain_page(document, &decoded, settings),
        MediaType::PlainText => explain_text(document, &decoded, false),
        MediaType::Markdown => explain_text(document, &decoded, true),
        _ => {
            let decoded = decode(document.bytes(), document.given.charset.as_deref(), false);
            Explanation {
                title: document.given.title.clone().unwrap_or_default(),
                encoding: decoded.encoding,
                blocks: Vec::new(),
            }
        }
    })
}

fn explain_page(
    document: &Document,
    decoded: &crate::charset::DecodedText<'_>,
    settings: &Settings,
) -> Explanation {
    let page = crate::page::parse(&decoded.text);
    let read = ReadPage::new(&page, document, settings);
    let known = read.known();
    let chances = chances_of(&crate::features::measure(&known), shipped_forests());
    let verdicts = judge_blocks(&known, shipped_forests());
    let blocks = read
        .blocks
        .list
        .iter()
        .zip(chances)
        .zip(verdicts)
        .map(|((block, chance), verdict)| {
            let source = read.blocks.source(block);
            let (role, rule) = match verdict {
                Verdict::Text(role) => (Some(role), None),
                Verdict::Clutter(rule) => (None, Some(rule.name())),
            };
            ExplainedBlock {
                bytes: decoded.to_bytes(source.start, source.end),
                path: page.path_of(block.node),
                chance: Some(chance),
                role,
                rule,
                words: read.blocks.words(block).replace('\n', " "),
            }
        })
        .collect();
    Explanation {
        title: read.title,
        encoding: decoded.encoding,
        blocks,
    }
}

fn explain_text(
    document: &Document,
    decoded: &crate::charset::DecodedText<'_>,
    markdown: bool,
) -> Explanation {
    let text: &str = &decoded.text;
    let read = read_plain(
        text,
        document.given.title.as_deref(),
        markdown,
        crate::date_text::Reading::default(),
    );
    let words_of = |span: &std::ops::Range<usize>| folded_words(text, std::slice::from_ref(span)).0;
    let blocks = read
        .lines
        .iter()
        .map(|line| {
            let (role, rule) = match line.kind {
                LineKind::Title => (None, Some(Rule::Headline.name())),
                LineKind::Text(role) => (Some(role), None),
                LineKind::Clutter(rule) => (None, Some(rule.name())),
            };
            ExplainedBlock {
                bytes: decoded.to_bytes(line.span.start, line.span.end),
                path: String::new(),
                chance: None,
                role,
                rule,
                words: words_of(&line.span),
            }
        })
        .collect();
    Explanation {
        title: read.title.as_ref().map(words_of).unwrap_or_default(),
        encoding: decoded.encoding,
        blocks,
    }
}
