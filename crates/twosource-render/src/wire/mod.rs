//! The wire form: what `compare --format json` writes, what `verify` reads, and the JSON Lines of the steps.
//!
//! One set of types writes it, reads it and gives its JSON Schema (`docs/schema/account.json`). Fields that are
//! unknown are left out; lists are always there. Spans are `[start, end)` in UTF-8 bytes of the part they name.

mod account;
mod file;
mod lines;
mod of_model;
mod offsets;
mod passage;
mod report;
mod words;

pub use account::*;
pub use file::{AccountFile, SetAside, VERSION, schema};
pub use lines::{analysis_line, article_line, cluster_line, tokens};
pub use offsets::Offsets;
pub use passage::{Part, Passage};
pub use report::*;
pub(crate) use words::kebab;
pub use words::*;
