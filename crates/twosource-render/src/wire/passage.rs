//! Words with the place they stand in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use twosource_model as model;

/// Which text of an article a span counts in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The text.
    #[default]
    Text,
    /// The headline.
    Title,
}

/// Words of one revision of one article. `verify` checks that `text` is byte for byte what stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// Id of the article.
    pub article: String,
    /// SHA-256 of its title, two line feeds and its text, in hexadecimal.
    pub revision: String,
    /// Which of its texts.
    pub part: Part,
    /// `[start, end)` in UTF-8 bytes of that text.
    pub span: (u32, u32),
    /// The words.
    pub text: String,
}

impl From<&model::Passage> for Passage {
    fn from(passage: &model::Passage) -> Self {
        let anchor = passage.anchor();
        Self {
            article: anchor.article.to_string(),
            revision: anchor.revision.to_string(),
            part: match anchor.part {
                model::Part::Text => Part::Text,
                model::Part::Title => Part::Title,
            },
            span: span(anchor.span),
            text: passage.text().to_owned(),
        }
    }
}

/// A span as two numbers.
pub(super) fn span(span: model::Span) -> (u32, u32) {
    // offsets of a span fit 32 bits by construction
    (span.start() as u32, span.end() as u32)
}
