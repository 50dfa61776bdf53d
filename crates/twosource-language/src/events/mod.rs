//! Political events - who did what to whom.

use twosource_model::{Analysis, Article};

/// Fills `analysis` with the events of `article`.
pub fn find_events(_article: &Article, _analysis: &mut Analysis) {}
