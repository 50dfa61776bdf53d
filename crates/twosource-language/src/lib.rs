//! Article to Analysis: sentences, tokens, trees, names, times, numbers, quotes, events.
//!
//! Each layer is a module with one entry function; [`analyze()`] runs them in order.

mod analyze;
pub mod events;
pub mod names;
pub mod numbers;
pub mod quotes;
pub mod syntax;
pub mod times;

pub use analyze::{Settings, analyze, reread_at};
