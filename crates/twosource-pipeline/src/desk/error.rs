//! What can go wrong at the desk.

use twosource_store::StoreError;

/// Why the desk could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// The file.
    #[error(transparent)]
    Store {
        /// what it reports
        source: StoreError,
    },
    /// The state of the grouping cannot be kept.
    #[error("the state of the grouping cannot be kept")]
    State {
        /// why
        source: twosource_stories::StateError,
    },
    /// No story bears the id.
    #[error("there is no story {shown}: ids look like s12, `twosource stories` lists them")]
    NoStory {
        /// what was asked for
        shown: String,
    },
    /// No article bears the name.
    #[error("there is no article {name}")]
    NoArticle {
        /// what was asked for
        name: String,
    },
    /// An article is not in the story it has to be in.
    #[error("article {name} is not in story {story}")]
    NotInStory {
        /// the article
        name: String,
        /// the story
        story: String,
    },
    /// A merge of a story with itself, a split of everything.
    #[error("nothing to do: {reason}")]
    NothingToDo {
        /// why
        reason: String,
    },
    /// There is no act that could be undone.
    #[error("nothing to undo: no merge or split stands")]
    NothingToUndo,
    /// The articles are older than what the grouping still holds.
    #[error("not possible: {name} is older than the articles that the grouping still holds")]
    TooOld {
        /// the article
        name: String,
    },
}

impl From<twosource_stories::StateError> for DeskError {
    fn from(source: twosource_stories::StateError) -> Self {
        Self::State { source }
    }
}
