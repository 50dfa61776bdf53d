//! Documents to articles to analyses, in parallel, in order.

use std::convert::Infallible;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;
use twosource_extract::OutletProfiles;
use twosource_model::{Analysis, Article, Document, MediaType};

use crate::batch::{BATCH, next_batch};

/// How each step is to be run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Of the extract step.
    pub extract: twosource_extract::Settings,
    /// Of the language step.
    pub language: twosource_language::Settings,
    /// Of the stories step.
    pub stories: twosource_stories::Settings,
    /// Of the account step.
    pub account: twosource_account::Settings,
    /// What recurs over outlets' pages: it is left out of their articles.
    pub outlets: Arc<OutletProfiles>,
    /// Each document is read by itself: nothing more is learnt of outlets.
    pub alone: bool,
}

/// An input that gave no article, with the reason. It stops nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The input, as it was named.
    pub path: String,
    /// Why, in one sentence.
    pub reason: String,
}

impl SetAside {
    /// Of an error, which may begin with the path: the reason does not repeat it.
    #[must_use]
    pub fn new(path: &str, error: &impl Display) -> Self {
        let reason = error.to_string();
        let bare = reason.strip_prefix(path);
        Self {
            path: path.to_owned(),
            reason: bare
                .map_or(reason.as_str(), |rest| rest.trim_start_matches([':', ',', ' ']))
                .to_owned(),
        }
    }
}

/// An article with its analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its analysis.
    pub analysis: Analysis,
}

/// The articles of `documents`, in order; `emit` gets each as soon as its batch is done.
///
/// # Errors
/// Passes on the first error of `emit`.
pub fn extract_all<E>(
    documents: impl Iterator<Item = Result<Document, SetAside>>,
    settings: &Settings,
    mut emit: impl FnMut(Result<Article, SetAside>) -> Result<(), E>,
) -> Result<(), E> {
    let work = |document: &Document| {
        let fresh = fresh_of(document, settings)?.into_iter();
        Ok(fresh.map(|fresh| fresh.clean(&settings.outlets)).collect())
    };
    in_batches(documents, work, |result| each(result, &mut emit))
}

/// The articles of one document as they stand there, with all that may recur over their outlet's pages.
///
/// # Errors
/// Why it gives none.
pub fn extract_one(document: &Document, settings: &Settings) -> Result<Vec<Article>, SetAside> {
    let fresh = unpanicked(document.id.as_str(), || fresh_of(document, settings))?;
    Ok(fresh.into_iter().map(|fresh| fresh.article).collect())
}

/// The articles of `documents` with their analyses, in order.
///
/// # Errors
/// Passes on the first error of `emit`.
pub fn analyze_all<E>(
    documents: impl Iterator<Item = Result<Document, SetAside>>,
    settings: &Settings,
    mut emit: impl FnMut(Result<Reading, SetAside>) -> Result<(), E>,
) -> Result<(), E> {
    let work = |document: &Document| {
        let fresh = fresh_of(document, settings)?.into_iter();
        let read = |fresh: Fresh| reading_of(fresh.clean(&settings.outlets), settings);
        Ok(fresh.map(read).collect())
    };
    in_batches(documents, work, |result| each(result, &mut emit))
}

/// What recurs over the pages of each outlet among `documents`, whatever their order; inputs that give no article are
/// passed over. For what reads the same documents a second time.
pub fn learn_outlets(
    documents: impl Iterator<Item = Result<Document, SetAside>>,
    settings: &Settings,
) -> OutletProfiles {
    let mut outlets = (*settings.outlets).clone();
    let work = |document: &Document| fresh_of(document, settings);
    let Ok(()) = in_batches(documents, work, |result| {
        let fresh: Vec<Fresh> = result.unwrap_or_default();
        learn_all(&fresh, &mut outlets);
        Ok::<(), Infallible>(())
    });
    outlets
}

fn learn_all(fresh: &[Fresh], outlets: &mut OutletProfiles) {
    for fresh in fresh {
        fresh.learn(outlets);
        outlets.trim();
    }
}

/// The articles of all `documents` with their analyses, in order, without what recurs over the pages of each outlet among
/// them; and the inputs that gave none. `progress` is told the number of articles read so far.
pub fn read_all(
    documents: impl Iterator<Item = Result<Document, SetAside>>,
    settings: &Settings,
    mut progress: impl FnMut(usize),
) -> (Vec<Reading>, Vec<SetAside>) {
    let mut outlets = (*settings.outlets).clone();
    let mut fresh: Vec<Fresh> = Vec::new();
    let mut set_aside = Vec::new();
    let work = |document: &Document| fresh_of(document, settings);
    let Ok(()) = in_batches(documents, work, |result| {
        match result {
            Ok(of_document) => fresh.extend(of_document),
            Err(aside) => set_aside.push(aside),
        }
        Ok::<(), Infallible>(())
    });
    if !settings.alone {
        learn_all(&fresh, &mut outlets);
    }
    let mut readings = Vec::with_capacity(fresh.len());
    let mut fresh = fresh.into_iter();
    loop {
        let batch: Vec<Fresh> = fresh.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return (readings, set_aside);
        }
        let read = |fresh: Fresh| {
            let name = fresh.article.id.to_string();
            unpanicked(&name, || Ok(reading_of(fresh.clean(&outlets), settings)))
        };
        let read: Vec<Result<Reading, SetAside>> = batch.into_par_iter().map(read).collect();
        for result in read {
            match result {
                Ok(reading) => readings.push(reading),
                Err(aside) => set_aside.push(aside),
            }
        }
        progress(readings.len());
    }
}

/// An article as it was read, with all that may recur over its outlet's pages.
#[derive(Debug)]
pub(crate) struct Fresh {
    /// The article.
    pub(crate) article: Article,
    /// Whether it was read out of a page or a saved text: what was handed in as an article stays as it is.
    pub(crate) is_read: bool,
}

impl Fresh {
    /// Learns from it what recurs over its outlet's pages; names the outlet.
    pub(crate) fn learn(&self, outlets: &mut OutletProfiles) -> Option<String> {
        self.is_read.then(|| outlets.learn(&self.article)).flatten()
    }

    /// The article without what recurs.
    pub(crate) fn clean(self, outlets: &OutletProfiles) -> Article {
        if self.is_read {
            outlets.without_recurring(self.article)
        } else {
            self.article
        }
    }
}

/// The articles of a document as they stand there.
pub(crate) fn fresh_of(document: &Document, settings: &Settings) -> Result<Vec<Fresh>, SetAside> {
    let is_read = matches!(
        document.media_type,
        MediaType::Html | MediaType::PlainText | MediaType::Markdown
    );
    let articles = twosource_extract::extract(document, &settings.extract)
        .map_err(|error| SetAside::new(document.id.as_str(), &error))?;
    let fresh = articles.into_iter().map(|article| Fresh { article, is_read });
    Ok(fresh.collect())
}

/// What some work makes of the document of this name. No input is known to make a step panic; one that does must cost
/// itself only.
pub(crate) fn unpanicked<T>(name: &str, work: impl FnOnce() -> Result<T, SetAside>) -> Result<T, SetAside> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(SetAside {
            path: name.to_owned(),
            reason: "the program failed on it: please report this document".to_owned(),
        })
    })
}

/// An article with its analysis.
fn reading_of(article: Article, settings: &Settings) -> Reading {
    let analysis = twosource_language::analyze(&article, &settings.language);
    Reading { article, analysis }
}

/// Hands on each thing that a document gave.
fn each<T, E>(
    result: Result<Vec<T>, SetAside>,
    emit: &mut impl FnMut(Result<T, SetAside>) -> Result<(), E>,
) -> Result<(), E> {
    match result {
        Ok(things) => things.into_iter().try_for_each(|thing| emit(Ok(thing))),
        Err(aside) => emit(Err(aside)),
    }
}

fn in_batches<T: Send, E>(
    mut documents: impl Iterator<Item = Result<Document, SetAside>>,
    work: impl Fn(&Document) -> Result<T, SetAside> + Sync,
    mut emit: impl FnMut(Result<T, SetAside>) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let batch = next_batch(&mut documents);
        if batch.is_empty() {
            return Ok(());
        }
        let done: Vec<_> = batch
            .into_par_iter()
            .map(|item| item.and_then(|document| unpanicked(document.id.as_str(), || work(&document))))
            .collect();
        done.into_iter().try_for_each(&mut emit)?;
    }
}

#[cfg(test)]
mod tests {
    use twosource_model::DocumentId;

    use super::*;

    #[test]
    fn a_document_that_a_step_fails_on_costs_itself_only() {
        let document = |id: &str| {
            Ok(Document::new(
                DocumentId::new(id),
                MediaType::PlainText,
                vec![b'a'],
            ))
        };
        let work = |document: &Document| match document.id.as_str() {
            "bad" => panic!("a step fails"),
            id => Ok(id.to_owned()),
        };
        let mut came = Vec::new();
        let Ok(()) = in_batches(["a", "bad", "b"].map(document).into_iter(), work, |result| {
            came.push(result.map_err(|aside| aside.path));
            Ok::<(), Infallible>(())
        });
        assert_eq!(
            came,
            [Ok("a".to_owned()), Err("bad".to_owned()), Ok("b".to_owned())]
        );
    }
}
