//! What is rendered, and how.

use jiff::civil;
use twosource_model::{Account, SupportClass};

use crate::wire::SetAside;

/// Everything that one run has to show.
#[derive(Debug, Clone, Copy)]
pub struct Stories<'a> {
    /// The accounts, in the order they are shown.
    pub accounts: &'a [Account],
    /// Inputs that could not be used.
    pub set_aside: &'a [SetAside],
    /// The day that was passed in as "now".
    pub as_of: Option<civil::Date>,
}

/// What statements are sorted by inside their class. The JSON form keeps the account's own order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best supported first: the account's own order.
    #[default]
    Support,
    /// By the first report that carries it, then by its place there.
    Time,
}

/// How it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Columns of the terminal; what is below [`Options::MIN_WIDTH`] counts as that.
    pub width: usize,
    /// Use ANSI colours in the terminal. Nothing is told by colour alone.
    pub colour: bool,
    /// Order of the statements.
    pub sort: Sort,
}

impl Options {
    /// The narrowest terminal that is served, in columns.
    pub const MIN_WIDTH: usize = 40;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
            sort: Sort::Support,
        }
    }
}

/// The classes in the order they are shown.
pub(crate) const CLASSES: [SupportClass; 4] = [
    SupportClass::Disputed,
    SupportClass::All,
    SupportClass::Several,
    SupportClass::One,
];

/// Indexes of the statements of one class, in the order asked for.
pub(crate) fn statements_of(account: &Account, class: SupportClass, sort: Sort) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..account.statements.len())
        .filter(|at| account.statements[*at].class == class)
        .collect();
    if sort == Sort::Time {
        chosen.sort_by_key(|at| {
            account.statements[*at]
                .renderings
                .iter()
                .map(|r| (r.report, r.passage.anchor().span))
                .min()
        });
    }
    chosen
}
