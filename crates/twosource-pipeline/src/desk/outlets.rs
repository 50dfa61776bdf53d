//! What recurs over outlets' pages: learnt while documents come in, kept in the file.

use std::collections::BTreeSet;

use twosource_extract::{OutletProfile, OutletProfiles};
use twosource_model::{Article, Digest};
use twosource_store::Store;

use super::DeskError;
use crate::read::Fresh;

/// The profiles that are worked with: each is read from the file when its outlet is first met. Only one run at a time
/// works with them, so that another program's are not overlooked for long.
#[derive(Debug)]
pub(super) struct Outlets<'s> {
    profiles: OutletProfiles,
    met: BTreeSet<String>,
    changed: BTreeSet<String>,
    file: &'s Store,
}

/// An article without what recurs, as far as its outlet was known when it came.
#[derive(Debug)]
pub(super) struct Cleaned {
    pub(super) article: Article,
    /// Its content hash before anything was left out.
    pub(super) fresh: Digest,
}

impl<'s> Outlets<'s> {
    pub(super) fn new(file: &'s Store) -> Self {
        Self {
            profiles: OutletProfiles::default(),
            met: BTreeSet::new(),
            changed: BTreeSet::new(),
            file,
        }
    }

    /// Cleans an article by those that came before and by itself: where a batch begins and ends does not show. With `alone`
    /// it stays as it is.
    pub(super) fn clean(&mut self, fresh: Fresh, alone: bool) -> Result<Cleaned, DeskError> {
        let digest = fresh.article.revision();
        let article = if alone {
            fresh.article
        } else {
            self.meet(&fresh.article)?;
            self.changed.extend(fresh.learn(&mut self.profiles));
            fresh.clean(&self.profiles)
        };
        Ok(Cleaned {
            article,
            fresh: digest,
        })
    }

    /// Reads the profile of an article's outlet. One that is damaged is learnt anew.
    fn meet(&mut self, article: &Article) -> Result<(), DeskError> {
        let Some(outlet) = OutletProfiles::outlet_of(article) else {
            return Ok(());
        };
        if self.met.insert(outlet.clone())
            && let Some(bytes) = self.file.outlet_profile(&outlet)?
        {
            let profile = OutletProfile::from_bytes(&bytes).unwrap_or_default();
            self.profiles.set(outlet, profile);
        }
        Ok(())
    }

    /// The profiles of which something was learnt since this was last asked, as the file keeps them.
    pub(super) fn take_changed(&mut self) -> Vec<(String, Vec<u8>)> {
        let kept = |outlet: String| {
            let bytes = self.profiles.get(&outlet)?.to_bytes();
            Some((outlet, bytes))
        };
        std::mem::take(&mut self.changed)
            .into_iter()
            .filter_map(kept)
            .collect()
    }
}
