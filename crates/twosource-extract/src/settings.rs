//! What the step may do.

use std::sync::Arc;

use crate::OutletProfile;

/// What the step may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Largest document that is read, in bytes.
    pub max_bytes: usize,
    /// What is known of the outlet from others of its pages.
    pub profile: Option<Arc<OutletProfile>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_bytes: 32 << 20,
            profile: None,
        }
    }
}
