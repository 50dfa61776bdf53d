//! For the trainer of the block scorer and for tests that look inside: the measures of a page's blocks, as the step itself
//! takes them, and the paragraphs of its tree.

use twosource_model::Document;

pub use crate::features::Measures;
pub use crate::forest::{Forest, ForestError, TreeNode};

use crate::charset::decode;
use crate::html::ReadPage;

/// The blocks of a page with their words and measures.
#[derive(Debug, Default, Clone)]
pub struct PageBlocks {
    /// the words of each block
    pub words: Vec<String>,
    /// the measures of each block
    pub measures: Measures,
}

/// Cuts and measures a page.
#[must_use]
pub fn page_blocks(document: &Document) -> PageBlocks {
    let decoded = decode(document.bytes(), document.given.charset.as_deref(), true);
    let page = crate::page::parse(&decoded.text);
    let settings = crate::Settings::default();
    let read = ReadPage::new(&page, document, &settings);
    PageBlocks {
        words: read
            .blocks
            .list
            .iter()
            .map(|block| read.blocks.words(block).to_owned())
            .collect(),
        measures: crate::features::measure(&read.known()),
    }
}

/// The text of a page's article, read with these forests in place of those that ship.
#[must_use]
pub fn article_text(document: &Document, forests: (&Forest, &Forest)) -> String {
    let decoded = decode(document.bytes(), document.given.charset.as_deref(), true);
    let page = crate::page::parse(&decoded.text);
    let settings = crate::Settings::default();
    let article = crate::html::article_of(
        &ReadPage::new(&page, document, &settings),
        document,
        &decoded,
        forests,
    );
    article.map_or_else(String::new, |article| article.text().to_owned())
}

/// What the first look thinks of each block; 0 for those that were passed over.
#[must_use]
pub fn first_look(measures: &Measures, first: &Forest) -> Vec<f32> {
    crate::score::first_chances(measures, first)
}

/// Rows of the second look, one a block that was measured: the measures with what the first look thought around each block.
#[must_use]
pub fn second_look(measures: &Measures, chances: &[f32]) -> Vec<f32> {
    crate::context::context_of(measures, chances, 0.0).rows
}

/// Names of the measures of both looks.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names = crate::features::measure_names();
    names.extend(crate::context::NAMES.iter().map(|name| (*name).to_owned()));
    names
}

/// The words of each `p` of a page that a reader reads, in its order: what is held against another parser's.
#[must_use]
pub fn paragraphs(html: &str) -> Vec<String> {
    let page = crate::page::parse(html);
    let is_read = |id: u32| !page.ancestors(id).any(|above| page.node(above).tag.is_unread());
    page.ids()
        .filter(|id| page.node(*id).tag == crate::page::Tag::P && is_read(*id))
        .map(|id| page.whole_text_of(id))
        .filter(|words| !words.is_empty())
        .collect()
}
