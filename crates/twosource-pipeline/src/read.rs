//! Documents to articles to analyses, in parallel, in order.

use rayon::prelude::*;
use twosource_model::{Analysis, Article, Document};

/// Documents that are read and worked on at a time: bounds memory, keeps all threads busy.
const BATCH: usize = 64;

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
}

/// An input that gave no article, with the reason. It stops nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The input, as it was named.
    pub path: String,
    /// Why, in one sentence.
    pub reason: String,
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
    in_batches(
        documents,
        |document| articles_of(document, settings),
        |result| match result {
            Ok(articles) => articles.into_iter().try_for_each(|article| emit(Ok(article))),
            Err(aside) => emit(Err(aside)),
        },
    )
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
        let read = |article: Article| {
            let analysis = twosource_language::analyze(&article, &settings.language);
            Reading { article, analysis }
        };
        Ok(articles_of(document, settings)?
            .into_iter()
            .map(read)
            .collect::<Vec<_>>())
    };
    in_batches(documents, work, |result| match result {
        Ok(readings) => readings.into_iter().try_for_each(|reading| emit(Ok(reading))),
        Err(aside) => emit(Err(aside)),
    })
}

pub(crate) fn articles_of(document: &Document, settings: &Settings) -> Result<Vec<Article>, SetAside> {
    twosource_extract::extract(document, &settings.extract).map_err(|error| SetAside {
        path: document.id.to_string(),
        reason: error.to_string(),
    })
}

fn in_batches<T: Send, E>(
    mut documents: impl Iterator<Item = Result<Document, SetAside>>,
    work: impl Fn(&Document) -> Result<T, SetAside> + Sync,
    mut emit: impl FnMut(Result<T, SetAside>) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let batch: Vec<_> = documents.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let done: Vec<_> = batch
            .into_par_iter()
            .map(|item| item.and_then(|document| work(&document)))
            .collect();
        done.into_iter().try_for_each(&mut emit)?;
    }
}
