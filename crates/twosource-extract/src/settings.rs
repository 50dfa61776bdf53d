//! What the step may do.

use std::sync::Arc;

use crate::OutletRules;

/// What the step may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Largest document that is read, in bytes.
    pub max_bytes: usize,
    /// What people wrote down on the pages of single outlets.
    pub rules: Arc<OutletRules>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_bytes: 32 << 20,
            rules: Arc::default(),
        }
    }
}
