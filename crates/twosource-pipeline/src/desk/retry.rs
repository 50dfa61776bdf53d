//! What was set aside is tried again.

use std::collections::{BTreeSet, HashMap};

use twosource_model::{Article, Document};
use twosource_store::Quarantined;

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
        // in the order in which the names were set aside first: the grouping goes by the order of what comes in
        let mut named: Vec<(String, Vec<Quarantined>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for entry in self.store.quarantine()? {
            let place = *places.entry(entry.name.clone()).or_insert(named.len());
            if place == named.len() {
                named.push((entry.name.clone(), Vec::new()));
            }
            named[place].1.push(entry);
        }
        let mut retried = Retried::default();
        for (name, mut entries) in named {
            // where it lies it may have been mended; what was kept is what there is else
            let found = again(&name);
            let is_there = found.is_some();
            let mut documents = found.into_iter().flatten();
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
                    match self.store.quarantined_document(entry.number)? {
                        Some(document) => {
                            self.try_again(
                                [Ok(document)].into_iter(),
                                std::slice::from_ref(&entry),
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
            if first.is_empty() && !is_there {
                retried.left += entries.len();
            } else if !entries.is_empty() {
                let documents = first.into_iter().chain(documents);
                self.try_again(documents, &entries, intake, &mut retried.tally, progress)?;
            }
        }
        Ok(retried)
    }

    /// Takes documents in; lets those of their entries go of which nothing was set aside again for the same reason.
    fn try_again(
        &mut self,
        mut documents: impl Iterator<Item = Result<Document, SetAside>>,
        entries: &[Quarantined],
        intake: &Intake,
        tally: &mut Tally,
        progress: Progress<'_>,
    ) -> Result<(), DeskError> {
        for entry in entries {
            self.store.count_try(entry.number)?;
        }
        let mut reasons: BTreeSet<String> = BTreeSet::new();
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
            reasons.extend(aside.into_iter().map(|aside| aside.reason));
        }
        // an entry with bytes that failed again bears the reason of today
        for entry in entries.iter().filter(|entry| !reasons.contains(&entry.reason)) {
            if entry.digest.is_none() || reasons.is_empty() {
                self.store.drop_quarantine(entry.number)?;
            }
        }
        Ok(())
    }
}
