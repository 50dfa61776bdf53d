//! What was set aside is tried again.

use std::collections::BTreeMap;

use twosource_model::{Article, Document};

use super::ingest::{Input, Intake, Progress, Tally, work};
use super::outlets::Outlets;
use super::{Desk, DeskError};
use crate::SetAside;
use crate::batch::next_batch;

/// What came of trying again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retried {
    /// What was taken in.
    pub tally: Tally,
    /// Entries that are left as they are: neither their bytes are kept, nor can they be read from where they lay.
    pub left: usize,
}

impl Desk {
    /// Tries again what was set aside: `again` gives the documents of a name, `None` where they cannot be had any more.
    /// Each name is gone through once, a batch at a time. Where it gives no document, what is kept of it is tried.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn retry<D>(
        &mut self,
        intake: &Intake,
        mut again: impl FnMut(&str) -> Option<D>,
        progress: Progress<'_>,
    ) -> Result<Retried, DeskError>
    where
        D: Iterator<Item = Result<Document, SetAside>>,
    {
        let mut entries: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for entry in self.store.quarantine()? {
            entries.entry(entry.name).or_default().push(entry.number);
        }
        let mut retried = Retried::default();
        for (name, mut entries) in entries {
            // where it lies it may have been mended; what was kept is what there is else
            let mut documents = again(&name).into_iter().flatten();
            let mut first = Vec::new();
            for item in documents.by_ref() {
                let is_document = item.is_ok();
                first.push(item);
                if is_document {
                    break;
                }
            }
            if !first.last().is_some_and(Result::is_ok) {
                let mut bare = Vec::new();
                for entry in entries {
                    match self.store.quarantined_document(entry)? {
                        Some(document) => {
                            self.try_again(
                                [Ok(document)].into_iter(),
                                &[entry],
                                intake,
                                &mut retried.tally,
                                progress,
                            )?;
                        }
                        None => bare.push(entry),
                    }
                }
                entries = bare;
            }
            if first.is_empty() {
                retried.left += entries.len();
            } else if !entries.is_empty() {
                let documents = first.into_iter().chain(documents);
                self.try_again(documents, &entries, intake, &mut retried.tally, progress)?;
            }
        }
        Ok(retried)
    }

    /// Takes documents in; lets their entries go where none had to be set aside again.
    fn try_again(
        &mut self,
        mut documents: impl Iterator<Item = Result<Document, SetAside>>,
        entries: &[i64],
        intake: &Intake,
        tally: &mut Tally,
        progress: Progress<'_>,
    ) -> Result<(), DeskError> {
        let before = tally.set_aside;
        for entry in entries {
            self.store.count_try(*entry)?;
        }
        loop {
            let batch = next_batch(&mut documents);
            if batch.is_empty() {
                break;
            }
            let known = |document: &Document| self.store.knows_document(document).unwrap_or(false);
            let inputs = batch.into_iter().map(|item| match item {
                Ok(document) if known(&document) => Input::Known,
                other => other.into(),
            });
            let analyze = |article: &Article| twosource_language::analyze(article, &self.settings.language);
            let mut outlets = Outlets::new(&self.store);
            let batch = work(inputs.collect(), &mut outlets, &self.settings, &analyze)?;
            let aside = self.write_batch(batch, intake, tally)?;
            progress(tally, &aside);
        }
        if tally.set_aside == before {
            for entry in entries {
                self.store.drop_quarantine(*entry)?;
            }
        }
        Ok(())
    }
}
