//! Full-text search: a small query language, ranking, snippets.

mod form;
mod query;
mod run;
mod snippet;

pub use form::{SEPARATOR, searchable};
pub use query::{Query, QueryError};
pub use run::{Hit, Hits};
pub use snippet::Snippet;
