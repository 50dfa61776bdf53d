//! What telling a story leaves for the next time it is told, with more reports or fewer.
//!
//! Kept are the clauses, sentences and quoted words of each report, how surely pairs of clauses tell the same, and which of
//! their figures disagree. All of it hangs on the reports alone and is looked at anew where they, their days, or the weights of their
//! words, are others: an account is the same whatever was told before it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use twosource_model::{Account, Analysis, ArticleId, Digest, Paragraph, Story};

use crate::align::Alike;
use crate::brief::Sentence;
use crate::clauses::{Clause, clauses};
use crate::desk::{View, views};
use crate::differences::Contest;
use crate::likeness::Likeness;
use crate::tell::{Settings, Source, told};
use crate::utterances::{Spoken, spoken};
use crate::words::Vocabulary;

/// A story that is told again and again while reports come in: each time at the cost of what is new.
#[derive(Debug, Default)]
pub struct Telling {
    vocabulary: Vocabulary,
    memory: Memory,
    reports: BTreeMap<(ArticleId, Digest), Kept>,
    /// Clauses and quotes that were numbered so far.
    numbered: u64,
}

/// What was found of pairs.
#[derive(Debug, Default)]
pub struct Memory {
    /// Of clauses: how surely they tell the same.
    pub clauses: Likeness<Alike>,
    /// Of quotes and of questions: how surely they are one.
    pub words: Likeness,
    /// Of clauses: the figures that disagree.
    pub contests: Likeness<Vec<Contest>>,
}

impl Memory {
    fn settle(&mut self) {
        self.clauses.settle();
        self.words.settle();
        self.contests.settle();
    }
}

/// What was made of one report, with what it was made of beside the article's words.
#[derive(Debug)]
struct Kept {
    paragraphs: Vec<Paragraph>,
    analysis: Analysis,
    /// Its day, which may hang on the other reports.
    day: Option<Date>,
    clauses: Vec<Clause>,
    spoken: Vec<Spoken>,
    sentences: Vec<Sentence>,
}

/// What an account is made of.
#[derive(Default)]
pub struct Material {
    /// The clauses of all reports that are not superseded, in the order of the reports.
    pub clauses: Vec<Clause>,
    /// The quoted words of each report.
    pub spoken: Vec<Vec<Spoken>>,
    /// The sentences of each report.
    pub sentences: Vec<Vec<Sentence>>,
}

impl Telling {
    /// The account of `story`, the same as [`tell`](crate::tell) gives.
    #[must_use]
    pub fn tell(&mut self, story: &Story, sources: &[Source<'_>], settings: &Settings) -> Account {
        let views = views(story, sources);
        // nothing is kept of a telling that breaks off: the material is out of its place meanwhile
        let mut kept = std::mem::take(self);
        let mut material = kept.material(&views);
        let account = told(
            story,
            &views,
            &mut material,
            &mut kept.memory,
            &mut kept.vocabulary,
            settings,
        );
        kept.memory.settle();
        kept.put_back(&views, material);
        *self = kept;
        account
    }

    /// Reads reports of a story while it is not known yet how they belong together: what is read hangs on each alone.
    pub fn read_ahead(&mut self, sources: &[Source<'_>]) {
        let views: Vec<View<'_>> = sources.iter().map(View::alone).collect();
        self.read(&views);
    }

    /// What an account of the reports is made of: taken from what is kept, which is filled where it is lacking.
    pub(crate) fn material(&mut self, views: &[View<'_>]) -> Material {
        let live: BTreeSet<_> = views.iter().filter(|v| !v.superseded).map(key).collect();
        self.reports.retain(|key, _| live.contains(key));
        self.read(views);
        let mut material = Material::default();
        for (report, view) in views.iter().enumerate() {
            if view.superseded {
                material.spoken.push(Vec::new());
                material.sentences.push(Vec::new());
                continue;
            }
            let Some(kept) = self.reports.get_mut(&key(view)) else {
                continue;
            };
            for clause in &mut kept.clauses {
                clause.report = report as u32;
                clause.day = kept.day;
            }
            material.clauses.append(&mut kept.clauses);
            material.spoken.push(std::mem::take(&mut kept.spoken));
            material.sentences.push(std::mem::take(&mut kept.sentences));
        }
        material
    }

    /// Reads the reports that are new or changed, side by side. Each core has words of its own meanwhile: their numbers
    /// come from their letters, so it does not matter who read them.
    fn read(&mut self, views: &[View<'_>]) {
        let new: Vec<&View<'_>> = views
            .iter()
            .filter(|view| !view.superseded)
            .filter(|view| self.reports.get(&key(view)).is_none_or(|kept| !kept.is_of(view)))
            .collect();
        let share = new.len().div_ceil(rayon::current_num_threads()).max(1);
        let read = |views: &[&View<'_>]| {
            let mut vocabulary = Vocabulary::default();
            let kept: Vec<Kept> = views.iter().map(|view| Kept::of(view, &mut vocabulary)).collect();
            (vocabulary, kept)
        };
        let read: Vec<(Vocabulary, Vec<Kept>)> = new.par_chunks(share).map(read).collect();
        let mut new = new.into_iter();
        for (vocabulary, kept) in read {
            self.vocabulary.extend(vocabulary);
            for (mut kept, view) in kept.into_iter().zip(&mut new) {
                kept.number(&mut self.numbered);
                self.reports.insert(key(view), kept);
            }
        }
        // what was found of the pairs of a report whose day was worked out anew is forgotten with their numbers
        for view in views {
            if let Some(kept) = self
                .reports
                .get_mut(&key(view))
                .filter(|kept| kept.day != day(view))
            {
                kept.day = day(view);
                kept.number(&mut self.numbered);
            }
        }
    }

    fn put_back(&mut self, views: &[View<'_>], material: Material) {
        let mut clauses = material.clauses.into_iter().peekable();
        let read = material.spoken.into_iter().zip(material.sentences);
        for (report, (view, (spoken, sentences))) in views.iter().zip(read).enumerate() {
            if let Some(kept) = self.reports.get_mut(&key(view)) {
                let own = std::iter::from_fn(|| clauses.next_if(|c| c.report == report as u32));
                kept.clauses.extend(own);
                (kept.spoken, kept.sentences) = (spoken, sentences);
            }
        }
    }
}

impl Kept {
    fn of(view: &View<'_>, vocabulary: &mut Vocabulary) -> Self {
        Self {
            paragraphs: view.article.paragraphs.clone(),
            analysis: view.analysis.clone(),
            day: day(view),
            clauses: clauses(view, vocabulary),
            spoken: spoken(view, vocabulary),
            sentences: Sentence::all(view),
        }
    }

    /// Numbers its clauses and quotes from behind the `last` number on.
    fn number(&mut self, last: &mut u64) {
        let ids = self.clauses.iter_mut().map(|c| &mut c.id);
        for id in ids.chain(self.spoken.iter_mut().map(|s| &mut s.id)) {
            *last += 1;
            *id = *last;
        }
    }

    /// Whether it was made of this report as it is now.
    fn is_of(&self, view: &View<'_>) -> bool {
        self.paragraphs == view.article.paragraphs && self.analysis == *view.analysis
    }
}

fn day(view: &View<'_>) -> Option<Date> {
    view.date.as_ref().map(|date| date.moment.day())
}

fn key(view: &View<'_>) -> (ArticleId, Digest) {
    (view.article.id.clone(), view.article.revision())
}
