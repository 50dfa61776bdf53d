//! What can be wrong with an account.

use std::fmt;

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Id of the story.
    pub story: String,
    /// Where in the account, as a path of field names and indexes: `statements[3].renderings[0].passage`.
    pub place: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "story {}: {}: {}", self.story, self.place, self.fault)
    }
}

/// Why something does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file is of another version of the wire form.
    #[error("version {version} of the wire form is not known")]
    Version {
        /// the file's
        version: u32,
    },
    /// The hash of title and text is not the revision that the report claims.
    #[error("title and text of article {article} have not the revision that is written beside them")]
    Revision {
        /// id of the article
        article: String,
    },
    /// The passage's article is not among the reports.
    #[error("no report of the account is article {article} at revision {revision}")]
    NoReport {
        /// id of the article
        article: String,
        /// first digits of the revision asked for
        revision: String,
    },
    /// The passage stands in another report than the one it is cited for.
    #[error("cited for report {cited}, but the words stand in article {article}")]
    OtherReport {
        /// index of the report it is cited for
        cited: u32,
        /// id of the article
        article: String,
    },
    /// The span leaves the text or cuts a character.
    #[error("bytes {start}..{end} are no stretch of the {part} of article {article}")]
    Span {
        /// id of the article
        article: String,
        /// which of its texts
        part: &'static str,
        /// first byte
        start: u32,
        /// end, exclusive
        end: u32,
    },
    /// Other words stand there.
    #[error("claims {claimed:?}, but there stands {found:?}")]
    Words {
        /// the passage's words, shortened
        claimed: String,
        /// the report's words, shortened
        found: String,
    },
    /// A passage without words proves nothing.
    #[error("the passage is empty")]
    Empty,
    /// An index names nothing.
    #[error("{list}[{index}] does not exist")]
    Index {
        /// name of the list
        list: &'static str,
        /// the index
        index: u32,
    },
    /// Support does not follow from the reports that are named.
    #[error("support is told wrongly: {why}")]
    Support {
        /// in words
        why: String,
    },
    /// The class does not follow from the support.
    #[error("class {class} does not fit {origins} origins")]
    Class {
        /// the class
        class: &'static str,
        /// how many origins carry it
        origins: usize,
    },
    /// A name stands nowhere in the words that it is taken from.
    #[error("the name {name:?} does not stand in the words for it")]
    Name {
        /// the name
        name: String,
    },
    /// A rendering is not what its class says it is.
    #[error("the words are not {class} to the base text")]
    Rendering {
        /// the class
        class: &'static str,
    },
    /// A figure does not occur in the words that are said to carry it.
    #[error("the figure {value:?} does not stand in its words {words:?}")]
    Figure {
        /// the position's value
        value: String,
        /// its words, shortened
        words: String,
    },
    /// Something has to have at least so many of something.
    #[error("{list} has fewer than {least} entries")]
    TooFew {
        /// name of the list
        list: &'static str,
        /// how many there must be
        least: usize,
    },
    /// The article is not among the stored or re-read ones.
    #[error("article {article} is not among the articles that were read")]
    NotRead {
        /// id of the article
        article: String,
    },
    /// The article reads otherwise now.
    #[error("article {article} reads otherwise now: its revision is {now}")]
    ReadsOtherwise {
        /// id of the article
        article: String,
        /// first digits of the revision that was read
        now: String,
    },
}
