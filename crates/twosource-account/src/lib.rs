//! Story to Account: aligned statements, support, differences, utterances, timeline, cast, brief.

mod align;
mod brief;
mod cast;
mod checks;
mod clauses;
mod coverage;
mod dates;
mod desk;
mod diff;
mod differences;
mod faith;
mod figures;
mod joins;
mod letters;
mod likeness;
mod linear;
mod lists;
mod numbering;
mod pair;
mod questions;
mod quoting;
mod statements;
mod stumps;
mod tell;
mod telling;
mod timeline;
mod utterances;
mod words;

pub use checks::{NumberVerdict, QuotationCheck, compare_numbers, compare_quotations, open_figures};
pub use faith::Cover;
pub use figures::FIGURE_FEATURES;
pub use joins::JOIN_FEATURES;
pub use pair::{FEATURE_NAMES, Features, Judgement, Model, StoryWeights, Wording, judge};
pub use tell::{OpenJoin, Settings, Source, inferred_dates, open_joins, tell};
pub use telling::Telling;
pub use words::{Vocabulary, Word, WordId, WordKind};
