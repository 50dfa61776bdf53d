//! What can go wrong with the file.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no desk at {path}: `twosource ingest` and `twosource watch` make one")]
    Missing {
        /// the file
        path: PathBuf,
    },
    /// The file is an SQLite database of something else, or no database.
    #[error("{path} is not a desk: {reason}")]
    NotADesk {
        /// the file
        path: PathBuf,
        /// what it is instead
        reason: String,
    },
    /// The file was written by a later version of this program.
    #[error(
        "{path} has version {found} of the desk's format, this program knows {known}: use a newer program"
    )]
    TooNew {
        /// the file
        path: PathBuf,
        /// its version
        found: i64,
        /// the newest this program reads
        known: i64,
    },
    /// The disk or the file's limit is full. What was written before stands.
    #[error("no room left for the desk's file: what was acknowledged is safe, the rest was not taken in")]
    Full {
        /// the database's report
        source: rusqlite::Error,
    },
    /// The file or its folder cannot be written.
    #[error("the desk's file cannot be written: it, or its folder, is read-only")]
    ReadOnly {
        /// the database's report
        source: rusqlite::Error,
    },
    /// Another program holds the file for longer than the time limit.
    #[error("another program is writing to the desk's file and did not finish in time")]
    Busy {
        /// the database's report
        source: rusqlite::Error,
    },
    /// The database finds its own pages in disorder.
    #[error("the desk's file is damaged")]
    Damaged {
        /// the database's report
        source: rusqlite::Error,
    },
    /// A value in the file cannot be read as what it has to be.
    #[error("{what} in the desk's file cannot be read: {reason}")]
    Unreadable {
        /// which value
        what: String,
        /// why
        reason: String,
    },
    /// An export could not be written, or an import not be read.
    #[error("reading or writing beside the desk's file failed")]
    Transfer {
        /// why
        #[from]
        source: std::io::Error,
    },
    /// Any other report of the database.
    #[error("the database reports: {source}")]
    Database {
        /// the report
        source: rusqlite::Error,
    },
}

impl StoreError {
    pub(crate) fn unreadable(what: impl Into<String>, reason: impl ToString) -> Self {
        Self::Unreadable {
            what: what.into(),
            reason: reason.to_string(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { source },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { source },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { source },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { source },
            _ => Self::Database { source },
        }
    }
}
