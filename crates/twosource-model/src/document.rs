//! What came in.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Digest, DocumentId, LanguageCode, Moment};

/// Kind of content, as far as the steps need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MediaType {
    /// A web page.
    Html,
    /// Saved text, which may carry the clutter of its page.
    PlainText,
    /// Markdown.
    Markdown,
    /// The text of an article that somebody else has already taken out of its page: kept byte for byte, nothing removed.
    ArticleText,
}

/// What the input said beside the content: fields of a JSON line, a feed entry, HTTP headers. All optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Id to use for the article.
    pub id: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Publication date.
    pub published: Option<Moment>,
    /// Language.
    pub language: Option<LanguageCode>,
    /// Character encoding named by the transport.
    pub charset: Option<String>,
    /// The content is a feed entry's own text: the page itself could not be had.
    pub feed_entry: bool,
    /// When the feed or sitemap that named the page says it was published; stands only where the page does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed_published: Option<Moment>,
}

/// What a site says about reuse of a document (robots directives, TDMRep).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReuseSignal {
    /// Where it was said, such as `meta robots` or `tdm-reservation header`.
    pub source: String,
    /// The words.
    pub value: String,
}

/// Where in an archive a document's record lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// Archive file.
    pub file: String,
    /// First byte of the record (of its compressed member where there is one).
    pub offset: u64,
    /// Bytes of the record (of its compressed member).
    pub length: u64,
    /// First byte of the record within its decompressed member: 0 unless several records share one member.
    pub within: u64,
}

/// What came in: bytes, address, media type, digest. Never edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Path, address, or record within an archive.
    pub id: DocumentId,
    /// Address of the page, if known.
    pub url: Option<String>,
    /// Kind of content.
    pub media_type: MediaType,
    /// When it was captured, if the input says so; never the time of reading.
    pub captured: Option<Moment>,
    /// What the input said beside the content.
    pub given: Given,
    /// What the site says about reuse.
    pub reuse: Vec<ReuseSignal>,
    /// Where in an archive it lies.
    pub locator: Option<Locator>,
    // not a slice: that would copy every page once more
    bytes: Arc<Vec<u8>>,
    digest: Digest,
}

impl Document {
    /// A document of these bytes, with nothing else known.
    #[must_use]
    pub fn new(id: DocumentId, media_type: MediaType, bytes: Vec<u8>) -> Self {
        let digest = Digest::of(&bytes);
        Self {
            id,
            url: None,
            media_type,
            captured: None,
            given: Given::default(),
            reuse: Vec::new(),
            locator: None,
            bytes: Arc::new(bytes),
            digest,
        }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}
