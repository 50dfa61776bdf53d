//! Story to Account: aligned statements, support, differences, utterances, timeline, cast, brief.

mod tell;

pub use tell::{Settings, Source, tell};
