//! The wire form as text.

use crate::wire::AccountFile;
use crate::{Options, Stories};

/// The wire form of `stories`, indented, with a line feed at its end. `options` change nothing in it.
#[must_use]
pub fn json(stories: &Stories<'_>, _options: &Options) -> String {
    // maps have string keys and numbers are finite, so writing cannot fail; an empty file would fail `verify`
    let mut text = serde_json::to_string_pretty(&AccountFile::from(stories)).unwrap_or_default();
    text.push('\n');
    text
}
