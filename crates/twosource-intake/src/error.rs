//! What can be wrong with an input.

use std::io;

/// Why an input, or a part of it, gave no document. The rest goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The path does not exist.
    #[error("{path}: no such file or folder")]
    Missing {
        /// as it was given
        path: String,
    },
    /// A folder without anything to read.
    #[error("{path}: the folder holds no page, text or JSON Lines file")]
    EmptyFolder {
        /// as it was given
        path: String,
    },
    /// Reading failed.
    #[error("{path}: cannot be read: {source}")]
    Unreadable {
        /// the file
        path: String,
        /// why
        source: io::Error,
    },
    /// A compressed file is damaged or cut short.
    #[error("{path}: damaged gzip data after {bytes} bytes of content: {source}")]
    Damaged {
        /// the file
        path: String,
        /// bytes that could be had
        bytes: u64,
        /// why
        source: io::Error,
    },
    /// More bytes than are taken.
    #[error("{path}: {bytes} bytes or more, over the limit of {limit} for one document")]
    TooLarge {
        /// the file, with the line for JSON Lines
        path: String,
        /// its bytes, as far as they were counted
        bytes: u64,
        /// the limit
        limit: u64,
    },
    /// The bytes are no text.
    #[error("{path}: not text, but {what}")]
    Binary {
        /// the file
        path: String,
        /// what it seems to be
        what: &'static str,
    },
    /// The file is empty.
    #[error("{path}: empty")]
    Empty {
        /// the file
        path: String,
    },
    /// A line of JSON Lines that cannot be used.
    #[error("{path}, line {line}: {reason}")]
    BadLine {
        /// the file
        path: String,
        /// its number, from 1
        line: u64,
        /// why
        reason: String,
    },
    /// A record of an archive that cannot be used.
    #[error("{path}, byte {offset}: {reason}")]
    BadRecord {
        /// the archive
        path: String,
        /// where the record begins
        offset: u64,
        /// why
        reason: String,
    },
    /// A feed, an entry of it, or a saved page that cannot be used.
    #[error("{path}: {reason}")]
    Unusable {
        /// the file
        path: String,
        /// why
        reason: String,
    },
}

impl IntakeError {
    /// The input it is about, as it was given.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path }
            | Self::EmptyFolder { path }
            | Self::Unreadable { path, .. }
            | Self::Damaged { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Binary { path, .. }
            | Self::Empty { path }
            | Self::BadLine { path, .. }
            | Self::BadRecord { path, .. }
            | Self::Unusable { path, .. } => path,
        }
    }
}
