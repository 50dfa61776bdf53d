//! What can keep a document from becoming an article.

use twosource_model::DocumentId;

/// Why no article could be read out of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The bytes are no text: a picture, an archive, a program.
    #[error("{document} is not text (byte {at} is {byte:#04x})")]
    Binary {
        /// the document
        document: DocumentId,
        /// offset of the first telling byte
        at: usize,
        /// that byte
        byte: u8,
    },
    /// The document is larger than the step takes.
    #[error("{document} has {length} bytes, more than the {limit} that are read")]
    TooLarge {
        /// the document
        document: DocumentId,
        /// its bytes
        length: usize,
        /// the bound
        limit: usize,
    },
    /// Nothing but clutter was found.
    #[error("{document} holds no text of an article")]
    NoText {
        /// the document
        document: DocumentId,
    },
}
