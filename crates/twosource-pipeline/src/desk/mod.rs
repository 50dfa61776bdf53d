//! The desk: documents into the store, stories kept current, accounts out of it.
//!
//! What was taken in is on disk before it is counted. The grouping lives in memory and follows the history that the
//! store keeps; it can be lost at any moment, because it is a function of that history alone.

mod act;
mod alerts;
mod error;
mod grouping;
mod ingest;
mod outlets;
mod page;
mod retry;
mod tell;
mod tellings;

use std::path::Path;

use twosource_store::{Limits, Mode, Store, StoreError, StoryNumber};

pub use error::DeskError;
pub use ingest::{Intake, Keep, Tally};
pub use page::{Form, Page};
pub use retry::Retried;
pub use tell::Because;

use crate::Settings;
use grouping::Grouping;
use tellings::Tellings;

/// An open desk.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    grouping: Option<Grouping>,
    settings: Settings,
    tellings: Tellings,
}

impl Desk {
    /// Opens the desk's file at `path`.
    ///
    /// # Errors
    /// When the file cannot be opened so.
    pub fn open(path: &Path, mode: Mode, limits: Limits, settings: Settings) -> Result<Self, DeskError> {
        Ok(Self::of_store(Store::open(path, mode, limits)?, settings))
    }

    /// The desk of an open store.
    #[must_use]
    pub const fn of_store(store: Store, settings: Settings) -> Self {
        Self {
            store,
            grouping: None,
            settings,
            tellings: Tellings::new(),
        }
    }

    /// The store behind it.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// How its steps are run.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The story that a shown id (`s12`) leads to, merges followed.
    ///
    /// # Errors
    /// When it is no id of a story, or there is none with it.
    pub fn story(&self, shown: &str) -> Result<StoryNumber, DeskError> {
        let unknown = || DeskError::NoStory {
            shown: shown.to_owned(),
        };
        let number = StoryNumber::parse(shown).ok_or_else(unknown)?;
        if !self.store.has_story(number)? {
            return Err(unknown());
        }
        Ok(self.store.resolve(number)?)
    }

    /// Works on store and grouping in one transaction; when it fails, the grouping is read anew the next time.
    fn change<T>(
        &mut self,
        work: impl FnOnce(&Store, &mut Grouping) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let taken = self.grouping.take();
        let settings = &self.settings;
        let (value, grouping) = self.store.transaction(|store| {
            let mut grouping = match taken {
                Some(grouping) => grouping.caught_up(store, settings)?,
                None => Grouping::load(store, settings)?,
            };
            let value = work(store, &mut grouping)?;
            Ok::<_, DeskError>((value, grouping))
        })?;
        self.grouping = Some(grouping);
        Ok(value)
    }
}

impl From<StoreError> for DeskError {
    fn from(source: StoreError) -> Self {
        Self::Store { source }
    }
}
