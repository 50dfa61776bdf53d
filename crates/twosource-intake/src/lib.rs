//! Bytes to Document: files, folders and standard input, holding web pages, plain text, Markdown and JSON Lines of
//! pages or articles, MHTML, feeds and WARC archives; plain, gzip or zstd.
//!
//! [`list_files`] walks what was named, [`Documents`] reads it one document at a time. Bad input costs itself only:
//! it comes out as an [`IntakeError`], and the rest goes on.
//!
//! ```
//! use twosource_intake::{Limits, read_stream};
//!
//! let lines = "{\"id\":\"a\",\"text\":\"Two died.\"}\nnot json\n{\"id\":\"b\",\"title\":\"Fire\"}\n";
//! let read: Vec<_> = read_stream("-", lines.as_bytes(), Limits::default()).collect();
//! assert!(read[0].is_ok() && read[2].is_ok());
//! assert!(read[1].as_ref().unwrap_err().to_string().contains("line 2"));
//! ```

mod error;
mod feed;
mod files;
mod json_lines;
mod kind;
mod mhtml;
mod read;
mod warc;

pub use error::IntakeError;
pub use files::{Listing, SkippedFile, list_files};
pub use kind::Kind;
pub use read::{Documents, Limits, read_stream};
