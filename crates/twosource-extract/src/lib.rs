//! Document to Article: charset, main text, title, byline, dates, source map.

mod error;
mod extract;

pub use error::ExtractError;
pub use extract::{Settings, extract};
