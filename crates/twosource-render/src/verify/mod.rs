//! Re-checks a whole account: every anchor resolves to the words it claims, every figure stands in its words, every
//! report is there and is what its hash says.

mod check;
mod failure;
mod figures;

use twosource_model::Article;

use crate::wire::{AccountFile, VERSION};
use check::Check;
pub use failure::{Failure, Fault};

/// Everything in `file` that does not hold, in the order of the file; empty when all holds.
///
/// The file carries the text of its reports, so it can be checked alone. With `articles` (stored, or extracted anew
/// from the inputs) each report must be among them at the very same revision too.
#[must_use]
pub fn verify(file: &AccountFile, articles: Option<&[Article]>) -> Vec<Failure> {
    if file.version != VERSION {
        return vec![Failure {
            story: String::new(),
            place: "version".to_owned(),
            fault: Fault::Version {
                version: file.version,
            },
        }];
    }
    file.stories
        .iter()
        .flat_map(|account| Check::new(account).run(articles))
        .collect()
}
