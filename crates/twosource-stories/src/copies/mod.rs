//! Copies: which articles carry one text.
//!
//! Only prose outside quotation marks counts, so that reports which quote one statement are no copies of each other, and
//! runs that an outlet prints in several stories (its page furniture) are set aside.

mod contain;
mod fold;
mod prose;
mod rewrite;

pub use contain::{Containment, Sieve, containment};
pub use fold::{Text, origins};
pub use prose::{ProseWord, prose, sampled_runs};
pub use rewrite::{Matter, rewritten_share};

/// Share of the smaller text's runs from which two outlets' texts are copies. Between the highest of look-alikes
/// (0.25 with quotes out) and the lowest of partial copies (0.5) on copies-real.
pub const COPY_AT: f32 = 0.38;
/// The same for two texts of one outlet, which share more without being one: furniture that was met once only.
pub const VERSION_AT: f32 = 0.48;
/// Fewest sampled runs in common; one sampled run stands for about four.
pub const LEAST_HITS: usize = 4;

/// Whether this much in common makes copies.
#[must_use]
pub fn is_copy(found: Containment, same_outlet: bool) -> bool {
    let least = if same_outlet { VERSION_AT } else { COPY_AT };
    found.hits >= LEAST_HITS && found.share >= least
}
