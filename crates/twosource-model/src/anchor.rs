//! Where words stand, and proof that they stand there.

use serde::{Deserialize, Serialize};

use crate::{Article, ArticleId, Digest, Span};

/// Which text of an article a span counts in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// [`Article::text`](crate::Article::text)
    #[default]
    Text,
    /// [`Article::title`](crate::Article::title)
    Title,
}

/// Words of one revision of one article: the only way anything in an account points at its evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// Which article.
    pub article: ArticleId,
    /// Which state of it; see [`Article::revision`](crate::Article::revision).
    pub revision: Digest,
    /// Which of its texts.
    pub part: Part,
    /// Bytes of that text.
    pub span: Span,
}

/// Why words could not be anchored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnchorError {
    /// The span leaves the text, or cuts a character.
    #[error("{span:?} is no stretch of the {part:?} of article {article}, which has {length} bytes")]
    OutOfText {
        /// the article
        article: ArticleId,
        /// which of its texts
        part: Part,
        /// the span asked for
        span: Span,
        /// bytes of that text
        length: usize,
    },
}

impl Anchor {
    /// Whether this anchor names exactly `words` in `article`, at this very revision.
    #[must_use]
    pub fn resolves_in(&self, article: &Article, words: &str) -> bool {
        self.article == article.id
            && self.revision == article.revision()
            && self.span.get(article.part(self.part)) == Some(words)
    }
}

/// Words with their anchor. It can only be made from an article, so a passage nobody reported cannot be constructed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Passage {
    anchor: Anchor,
    text: String,
}

impl Passage {
    /// The words of `part` of `article` at `span`.
    ///
    /// # Errors
    /// When the span leaves that text or cuts a character.
    pub fn of(article: &Article, part: Part, span: Span) -> Result<Self, AnchorError> {
        let whole = article.part(part);
        let Some(text) = span.get(whole) else {
            let length = whole.len();
            return Err(AnchorError::OutOfText {
                article: article.id.clone(),
                part,
                span,
                length,
            });
        };
        let anchor = Anchor {
            article: article.id.clone(),
            revision: article.revision(),
            part,
            span,
        };
        Ok(Self {
            anchor,
            text: text.to_owned(),
        })
    }

    /// The words of `article`'s text at `span`.
    ///
    /// # Errors
    /// As [`Passage::of`].
    pub fn of_text(article: &Article, span: Span) -> Result<Self, AnchorError> {
        Self::of(article, Part::Text, span)
    }

    /// Where the words stand.
    #[must_use]
    pub const fn anchor(&self) -> &Anchor {
        &self.anchor
    }

    /// The words, byte for byte.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
