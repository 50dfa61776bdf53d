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

mod cc_news;
mod error;
mod feed;
mod files;
mod json_lines;
mod kind;
mod meter;
mod mhtml;
mod opml;
mod read;
mod reuse;
mod sitemap;
mod warc;
mod xml;

pub use cc_news::CcNewsName;
pub use error::IntakeError;
pub use feed::{Feed, read_feed};
pub use files::{Listing, SkippedFile, list_files};
pub use kind::{Kind, binary_format};
pub use meter::Meter;
pub use opml::{Subscription, read_opml, write_opml};
pub use read::{Documents, Limits, read_stream};
pub use reuse::{REUSE_HEADERS, reuse_of_headers, reuse_of_page};
pub use sitemap::{Sitemap, SitemapPage, read_sitemap};
