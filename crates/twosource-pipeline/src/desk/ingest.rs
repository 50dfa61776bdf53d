//! Documents into the store: worked on in parallel, written in their order, a batch at a time.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::prelude::*;
use twosource_model::{Analysis, Article, Document, Moment};
use twosource_store::{Mode, Novelty, Store, StoryNumber};

use super::{Desk, DeskError};
use crate::batch::next_batch;
use crate::desk::grouping::Grouping;
use crate::desk::outlets::{Outlets, is_same_page};
use crate::read::{Fresh, fresh_of, unpanicked};
use crate::{Reading, SetAside, Settings};

/// Batches that may wait to be written: bounds memory when the disk is slower than the work.
pub(super) const WAITING: usize = 2;

/// Which documents' bytes are kept in the file. The record with its digest is kept of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// Of those that cannot be read again from where they lie: fetched pages, standard input.
    #[default]
    Fetched,
    /// Of all.
    All,
    /// Of none.
    None,
}

impl Keep {
    fn keeps(self, document: &Document) -> bool {
        let name = document.id.as_str();
        match self {
            Self::All => true,
            Self::None => false,
            Self::Fetched => {
                document.locator.is_none()
                    && (name.starts_with("http://")
                        || name.starts_with("https://")
                        || name == "-"
                        || name.starts_with("-#"))
            }
        }
    }
}

/// How documents are taken in.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// Whose bytes are kept.
    pub keep: Keep,
    /// The day that counts as "now": stands in for the date of a report that has none.
    pub as_of: Option<jiff::civil::Date>,
}

/// What a run has taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents looked at.
    pub documents: usize,
    /// Documents that were taken in, or set aside, before.
    pub known: usize,
    /// New articles.
    pub new: usize,
    /// New states of known articles.
    pub revised: usize,
    /// Documents whose article said nothing new.
    pub same: usize,
    /// Inputs set aside.
    pub set_aside: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.known += other.known;
        self.new += other.new;
        self.revised += other.revised;
        self.same += other.same;
        self.set_aside += other.set_aside;
    }
}

/// One input before the work.
#[expect(
    clippy::large_enum_variant,
    reason = "most are documents, and there are 64 of them at a time"
)]
pub(super) enum Input {
    Known,
    Aside(SetAside),
    Document(Document),
}

impl From<Result<Document, SetAside>> for Input {
    fn from(item: Result<Document, SetAside>) -> Self {
        match item {
            Ok(document) => Self::Document(document),
            Err(aside) => Self::Aside(aside),
        }
    }
}

/// What became of one input; of what was read, the articles in the form `T`.
enum Worked<T> {
    Known,
    Aside(SetAside, Option<Document>),
    Read(Document, Vec<T>),
}

impl<T> Worked<T> {
    /// What `next` makes of the articles; where there are none, what it was.
    fn and_then<U>(self, next: impl FnOnce(Document, Vec<T>) -> Worked<U>) -> Worked<U> {
        match self {
            Self::Known => Worked::Known,
            Self::Aside(aside, document) => Worked::Aside(aside, document),
            Self::Read(document, articles) => next(document, articles),
        }
    }
}

/// Inputs that are ready to be written, and what was learnt of outlets from them.
pub(super) struct Batch {
    worked: Vec<Worked<Reading>>,
    outlets: Vec<(String, Vec<u8>)>,
}

/// What the caller is told while documents are taken in.
pub(super) type Progress<'a> = &'a mut (dyn FnMut(&Tally, &[SetAside]) + Send);

impl Desk {
    /// Takes documents in. Each batch is on disk as a whole before `progress` is told of it; after a crash the same call
    /// goes on where it stopped.
    ///
    /// # Errors
    /// When the file cannot be written; what was told before stands.
    pub fn ingest(
        &mut self,
        documents: impl Iterator<Item = Result<Document, SetAside>>,
        intake: &Intake,
        progress: Progress<'_>,
    ) -> Result<Tally, DeskError> {
        let language = self.settings.language;
        self.ingest_analyzed(documents, intake, progress, |article| {
            twosource_language::analyze(article, &language)
        })
    }

    /// The same, where something else than the language step makes the analyses.
    ///
    /// # Errors
    /// When the file cannot be written; what was told before stands.
    pub fn ingest_analyzed(
        &mut self,
        documents: impl Iterator<Item = Result<Document, SetAside>>,
        intake: &Intake,
        progress: Progress<'_>,
        analyze: impl Fn(&Article) -> Analysis + Sync,
    ) -> Result<Tally, DeskError> {
        let settings = self.settings.clone();
        let reader = self.reader()?;
        let mut outlets = Outlets::new(&reader);
        let (sender, receiver) = sync_channel(WAITING);
        thread::scope(|scope| {
            let writer = scope.spawn(move || self.write_batches(&receiver, intake, progress));
            let mut documents = documents;
            loop {
                let batch = next_batch(&mut documents);
                if batch.is_empty() {
                    break;
                }
                let batch = work(without_known(batch, &reader), &mut outlets, &settings, &analyze)?;
                // the writer has failed: its error tells why
                if sender.send(batch).is_err() {
                    break;
                }
            }
            drop(sender);
            match writer.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// A second connection that reads while the first one writes.
    fn reader(&self) -> Result<Store, DeskError> {
        Ok(Store::open(
            self.store.path(),
            Mode::Read,
            twosource_store::Limits::default(),
        )?)
    }

    fn write_batches(
        &mut self,
        batches: &Receiver<Batch>,
        intake: &Intake,
        progress: Progress<'_>,
    ) -> Result<Tally, DeskError> {
        let mut tally = Tally::default();
        for batch in batches {
            let aside = self.write_batch(batch, intake, &mut tally)?;
            progress(&tally, &aside);
            if let Some(grouping) = &mut self.grouping {
                grouping.keep(&self.store, false)?;
            }
        }
        if let Some(grouping) = &mut self.grouping {
            grouping.keep(&self.store, true)?;
        }
        Ok(tally)
    }

    pub(super) fn write_batch(
        &mut self,
        Batch { worked, outlets }: Batch,
        intake: &Intake,
        tally: &mut Tally,
    ) -> Result<Vec<SetAside>, DeskError> {
        let before = *tally;
        if worked.iter().all(|one| matches!(one, Worked::Known)) {
            tally.documents += worked.len();
            tally.known += worked.len();
            return Ok(Vec::new());
        }
        let (aside, after) = self.change(|store, grouping| {
            let mut after = before;
            let mut aside = Vec::new();
            let mut touched = BTreeSet::new();
            for worked in worked {
                after.documents += 1;
                match worked {
                    Worked::Known => after.known += 1,
                    Worked::Aside(reason, document) => {
                        store.put_quarantine(&reason.path, &reason.reason, document.as_ref())?;
                        after.set_aside += 1;
                        aside.push(reason);
                    }
                    Worked::Read(document, articles) => {
                        touched.extend(take(store, grouping, &document, articles, intake, &mut after)?);
                    }
                }
            }
            for (outlet, profile) in &outlets {
                store.put_outlet_profile(outlet, profile)?;
            }
            store.refresh(&touched)?;
            Ok((aside, after))
        })?;
        *tally = after;
        Ok(aside)
    }
}

fn take(
    store: &Store,
    grouping: &mut Grouping,
    document: &Document,
    articles: Vec<Reading>,
    intake: &Intake,
    tally: &mut Tally,
) -> Result<BTreeSet<StoryNumber>, DeskError> {
    let mut touched = BTreeSet::new();
    // the same document may stand twice in one run
    if store.knows_document(document)? {
        tally.known += 1;
        return Ok(touched);
    }
    let number = store.put_document(document, intake.keep.keeps(document))?;
    store.release(document)?;
    let mut novel = false;
    for reading in articles {
        // what was learnt of the outlet since is no edit of the article
        if is_same_page(store, &reading.article)? {
            continue;
        }
        let arrival = store.put_article(&reading.article, &reading.analysis, Some(number))?;
        match arrival.novelty {
            Novelty::New => tally.new += 1,
            Novelty::Revised => tally.revised += 1,
            Novelty::Known => continue,
        }
        novel = true;
        let seen = match (&reading.article.published, document.captured, intake.as_of) {
            (Some(_), ..) => None,
            (None, Some(captured), _) => Some(captured),
            (None, None, as_of) => as_of.map(Moment::Day),
        };
        touched.extend(grouping.arrive(store, &reading, arrival, seen)?);
    }
    tally.same += usize::from(!novel);
    Ok(touched)
}

/// A document that was taken in before need not be worked on again.
fn without_known(batch: Vec<Result<Document, SetAside>>, reader: &Store) -> Vec<Input> {
    let known = |document: &Document| {
        reader.knows_document(document).unwrap_or(false) || reader.is_quarantined(document).unwrap_or(false)
    };
    batch
        .into_iter()
        .map(|item| match item {
            Ok(document) if known(&document) => Input::Known,
            other => other.into(),
        })
        .collect()
}

/// Works on a batch: articles are read side by side, cleaned one after the other, analyzed side by side.
pub(super) fn work(
    inputs: Vec<Input>,
    outlets: &mut Outlets<'_>,
    settings: &Settings,
    analyze: &(impl Fn(&Article) -> Analysis + Sync),
) -> Result<Batch, DeskError> {
    let fresh: Vec<Worked<Fresh>> = inputs
        .into_par_iter()
        .map(|input| read(input, settings))
        .collect();
    let mut failed = None;
    let cleaned: Vec<Worked<Article>> = fresh
        .into_iter()
        .map(|one| {
            one.and_then(|document, articles| {
                let articles = articles.into_iter();
                let cleaned: Result<_, _> = articles
                    .map(|fresh| outlets.clean(fresh, settings.alone))
                    .collect();
                Worked::Read(
                    document,
                    cleaned.map_err(|error| failed = Some(error)).unwrap_or_default(),
                )
            })
        })
        .collect();
    match failed {
        Some(error) => Err(error),
        None => Ok(Batch {
            worked: cleaned
                .into_par_iter()
                .map(|one| analyzed(one, analyze))
                .collect(),
            outlets: outlets.take_changed(),
        }),
    }
}

fn read(input: Input, settings: &Settings) -> Worked<Fresh> {
    let document = match input {
        Input::Known => return Worked::Known,
        Input::Aside(aside) => return Worked::Aside(aside, None),
        Input::Document(document) => document,
    };
    worked(document, |document| fresh_of(document, settings))
}

fn analyzed(cleaned: Worked<Article>, analyze: &impl Fn(&Article) -> Analysis) -> Worked<Reading> {
    let reading = |article: Article| Reading {
        analysis: analyze(&article),
        article,
    };
    cleaned
        .and_then(|document, articles| worked(document, |_| Ok(articles.into_iter().map(reading).collect())))
}

/// What some work makes of a document; one that it fails on is kept, to be tried again.
fn worked<T>(document: Document, work: impl FnOnce(&Document) -> Result<Vec<T>, SetAside>) -> Worked<T> {
    match unpanicked(document.id.as_str(), || work(&document)) {
        Ok(articles) => Worked::Read(document, articles),
        Err(aside) => Worked::Aside(aside, Some(document)),
    }
}
