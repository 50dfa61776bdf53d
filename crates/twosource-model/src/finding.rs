//! Problems worth telling that stopped nothing.

use serde::{Deserialize, Serialize};

use crate::Span;

/// A problem that a step met and worked around: the run goes on, the reader is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// Name of the rule that met it, such as `no-date` or `text-cut-by-paywall`; listed in `docs/rules.md`.
    pub rule: String,
    /// One sentence for the reader.
    pub message: String,
    /// Where in the article's text, if it has a place there.
    pub span: Option<Span>,
}

impl Finding {
    /// A finding without a place.
    #[must_use]
    pub fn new(rule: &str, message: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            message: message.into(),
            span: None,
        }
    }
}
