//! Account to terminal, Markdown, HTML and JSON; the wire types; and the check that every anchor holds.
//!
//! ```
//! use twosource_render::{Options, Stories, json, terminal};
//!
//! let stories = Stories { accounts: &[], set_aside: &[], as_of: None };
//! assert!(terminal(&stories, &Options::default()).contains("No story"));
//! assert!(json(&stories, &Options::default()).starts_with("{\n  \"version\": 1"));
//! ```

mod json;
mod markdown;
mod page;
mod phrases;
mod sigla;
mod stories;
mod terminal;
mod verify;
mod visible;
mod when;
pub mod wire;

pub use json::json;
pub use markdown::markdown;
pub use page::{html, layers};
pub use phrases::tie;
pub use stories::{Options, Sort, Stories};
pub use terminal::terminal;
pub use verify::{Failure, Fault, verify};
pub use wire::SetAside;
