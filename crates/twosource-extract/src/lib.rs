//! Document to Article: charset, main text, title, byline, dates, source map.
//!
//! A page is parsed once into a light tree that keeps its offsets, cut into blocks, and each block is scored by
//! learned weights over its shape, place and neighbours. Saved text has no structure to lean on: its lines are typed
//! by their words, shape and place. What is left out is listed with the rule that took it.
//!
//! ```
//! use twosource_extract::{Settings, extract};
//! use twosource_model::{Document, DocumentId, MediaType};
//!
//! let saved = "A bridge opens in Exampleton\n\nThe new bridge over the river opened on Monday after three years \
//!              of works, the town said.\n\nShare this article\n";
//! let document = Document::new(DocumentId::new("a.txt"), MediaType::PlainText, saved.into());
//! let article = extract(&document, &Settings::default()).unwrap().remove(0);
//! assert_eq!(article.title(), "A bridge opens in Exampleton");
//! assert_eq!(article.clutter.last().unwrap().rule, "share-bar");
//! ```

mod agencies;
mod blocks;
mod charset;
mod class_cues;
mod clock;
mod context;
mod correction;
mod cues;
mod date_text;
mod dateline;
mod error;
mod explain;
mod extract;
mod features;
mod forest;
mod html;
mod key_map;
mod lanes;
mod line_shapes;
mod live;
mod masthead;
mod metadata;
mod names;
mod outlet_profile;
mod outlet_profiles;
mod outlet_rules;
mod page;
mod page_lines;
mod parts;
mod picture_credit;
mod plain;
mod ruled_page;
mod rules;
mod saved_text;
mod score;
mod script_text;
mod selector;
mod settings;
mod stated_text;
mod surroundings;
mod text;
#[doc(hidden)]
pub mod training;

pub use error::ExtractError;
pub use explain::{ExplainedBlock, Explanation, explain};
pub use extract::extract;
pub use outlet_profile::OutletProfile;
pub use outlet_profiles::OutletProfiles;
pub use outlet_rules::{OutletRules, RulesError};
pub use rules::Rule;
pub use selector::SelectorError;
pub use settings::Settings;
