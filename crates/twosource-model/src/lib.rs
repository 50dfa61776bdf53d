//! The ground floor of Twosource: ids, spans, anchors and the nouns that one step makes for the next.
//!
//! No I/O, no clock, no heuristics. In reading order:
//!
//! - [`Span`], [`Digest`], [`Anchor`], [`Passage`]: where words stand, and proof that they stand there;
//! - [`Document`]: what came in; [`Article`]: the report read out of it;
//! - [`Analysis`]: what the language step saw in one article;
//! - [`Story`]: the articles about one event, folded into origins;
//! - [`Account`]: a story told with support and differences.
//!
//! ```
//! use twosource_model::{Article, ArticleId, Passage, Span};
//!
//! let article = Article::of_text(ArticleId::new("a1"), "Two dead in fire", "Two people died.\n\nNobody else was hurt.");
//! let passage = Passage::of_text(&article, Span::new(0, 16).unwrap()).unwrap();
//! assert_eq!(passage.text(), "Two people died.");
//! assert!(passage.anchor().resolves_in(&article, "Two people died."));
//! ```

mod account;
mod analysis;
mod anchor;
mod article;
mod date;
mod digest;
mod document;
mod finding;
mod ids;
mod language_code;
mod span;
mod story;
mod syntax;

pub use account::*;
pub use analysis::*;
pub use anchor::{Anchor, AnchorError, Part, Passage};
pub use article::*;
pub use date::*;
pub use digest::Digest;
pub use document::*;
pub use finding::Finding;
pub use ids::{ArticleId, DocumentId, OriginId, StoryId};
pub use language_code::LanguageCode;
pub use span::{Span, SpanError};
pub use story::*;
pub use syntax::*;
