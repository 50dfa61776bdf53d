//! The grouping as it follows the history: loaded from a kept state, caught up, and its outcome written back.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{ArticleId, Moment, StoryId};
use twosource_store::{Arrival, ArticleNumber, EventKind, Novelty, StepKind, StepNumber, Store, StoryNumber};
use twosource_stories::{Assignment, Decision, Item, Stream, Verdict};

use super::DeskError;
use crate::{Reading, Settings};

/// Steps read from the history at a time.
const STEPS: usize = 256;
/// Fewest articles between two kept states while articles come in.
const KEEP_AFTER: usize = 2_000;
/// Most articles between two kept states: what a start after a crash has to go through again, at 1.8 ms of CPU time each.
const KEEP_AT_MOST: usize = 20_000;
/// Fewest articles behind the last kept state for which one is kept at the end of a run: fewer are gone through again in
/// less than three seconds of CPU time, and a state takes half as many bytes as the texts behind it.
const KEEP_AT_END: usize = 1_500;
/// Bytes of text that count as an article for these: short ones are gone through more quickly, and a state takes more bytes
/// than they do.
const ARTICLE_BYTES: usize = 2_000;
/// Bytes that every article counts beside those of its text.
const BESIDE_BYTES: usize = 300;
/// Articles that the grouping of a desk holds; older stories stay as they are. A few weeks of a big desk, 300 MB.
pub(super) const WINDOW: usize = 200_000;

/// The stream with its place in the history.
#[derive(Debug)]
pub(super) struct Grouping {
    pub stream: Stream,
    /// Step that it has followed last.
    at: StepNumber,
    /// Bytes of the articles that came behind the newest kept state.
    behind: usize,
    rewrites: u64,
}

impl Grouping {
    /// The grouping at the end of the history.
    pub fn load(store: &Store, settings: &Settings) -> Result<Self, DeskError> {
        let last = store.last_step()?;
        Self::load_before(store, settings, StepNumber(last.0 + 1))
    }

    /// The grouping at the end of the history, from the newest state that was kept before `step`.
    pub fn load_before(store: &Store, settings: &Settings, step: StepNumber) -> Result<Self, DeskError> {
        let mut kept = store.snapshots()?;
        kept.retain(|at| *at < step);
        let mut grouping = None;
        for at in kept.into_iter().rev() {
            // a state of another version, or a damaged one, is as good as none: the history tells it again
            if let Ok(bytes) = store.snapshot(at)
                && let Ok(stream) = Stream::restore(&bytes)
            {
                grouping = Some(Self {
                    stream,
                    at,
                    behind: 0,
                    rewrites: 0,
                });
                break;
            }
        }
        let mut grouping = grouping.unwrap_or_else(|| Self {
            stream: Stream::new(of_desk(settings)),
            at: StepNumber(0),
            behind: 0,
            rewrites: 0,
        });
        grouping.rewrites = store.rewrites()?;
        let touched = grouping.follow(store)?;
        grouping.settle(store, touched)?;
        if store.lacks_threads()? {
            for article in grouping.articles() {
                grouping.tie(store, &article)?;
            }
            store.has_threads()?;
        }
        Ok(grouping)
    }

    /// Itself, with what others did to the file since.
    pub fn caught_up(mut self, store: &Store, settings: &Settings) -> Result<Self, DeskError> {
        if self.rewrites != store.rewrites()? {
            return Self::load(store, settings);
        }
        self.follow(store)?;
        Ok(self)
    }

    /// Takes a report in that was put on record as `arrival`; gives the stories it touched.
    pub fn arrive(
        &mut self,
        store: &Store,
        reading: &Reading,
        arrival: Arrival,
        seen: Option<Moment>,
    ) -> Result<BTreeSet<StoryNumber>, DeskError> {
        let words = seen.map(|moment| moment.to_string());
        let step = store.add_arrival(arrival.revision, words.as_deref())?;
        store.put_step(arrival.article, step)?;
        let assignment = self.push(reading, seen);
        self.at = step;
        let mut touched = BTreeSet::new();
        match arrival.novelty {
            Novelty::New => self.note_arrival(store, arrival.article, &assignment)?,
            Novelty::Revised => {
                if let Some(story) = store.place(arrival.article)?.story {
                    store.log(step, EventKind::Revised, story, None, Some(arrival.article))?;
                    touched.insert(story);
                }
            }
            Novelty::Known => {}
        }
        let mut changed = vec![reading.article.id.clone()];
        changed.extend(self.stream.take_moved());
        touched.extend(self.write(store, &changed)?);
        self.tie(store, &reading.article.id)?;
        Ok(touched)
    }

    /// Decides for a person; gives the stories it touched.
    pub fn decide(
        &mut self,
        store: &Store,
        decisions: impl IntoIterator<Item = Decision>,
        step: StepNumber,
    ) -> Result<BTreeSet<StoryNumber>, DeskError> {
        self.stream.decide_all(decisions);
        self.at = step;
        let changed = self.stream.take_moved();
        self.write(store, &changed)
    }

    /// Writes where these articles are now, where that is not what the store says, and counts the stories anew.
    pub fn settle(&mut self, store: &Store, articles: Vec<ArticleId>) -> Result<(), DeskError> {
        let touched = self.write(store, &articles)?;
        store.refresh(&touched)?;
        Ok(())
    }

    /// Every article in the window.
    pub fn articles(&self) -> Vec<ArticleId> {
        self.stream
            .assignments()
            .map(|(article, _)| article.clone())
            .collect()
    }

    /// Keeps its state when enough has come in since the last one.
    pub fn keep(&mut self, store: &Store, ended: bool) -> Result<(), DeskError> {
        let since = self.behind / ARTICLE_BYTES;
        let size = self.stream.len();
        let due = if ended {
            KEEP_AT_END.max(size / 50)
        } else {
            (size / 4).clamp(KEEP_AFTER, KEEP_AT_MOST)
        };
        if since >= due {
            self.keep_now(store)?;
        }
        Ok(())
    }

    /// Keeps its state. Of the older ones only that before the last act of a person stays, so that it can be undone.
    pub fn keep_now(&mut self, store: &Store) -> Result<(), DeskError> {
        let state = self.stream.save()?;
        store.transaction(|store| {
            let before_act = store.last_act()?.map(|(step, _)| step);
            let kept = store.snapshots()?;
            let undo = before_act.and_then(|step| kept.iter().rev().find(|at| **at < step).copied());
            // first what goes, so that the new state takes its room in the file
            for at in kept {
                if Some(at) != undo {
                    store.drop_snapshot(at)?;
                }
            }
            store.put_snapshot(self.at, &state)?;
            Ok::<(), DeskError>(())
        })?;
        self.behind = 0;
        Ok(())
    }

    /// Goes through the steps it has not followed yet; gives the articles that these touched.
    fn follow(&mut self, store: &Store) -> Result<Vec<ArticleId>, DeskError> {
        let mut touched = BTreeSet::new();
        loop {
            let steps = store.steps_after(self.at, STEPS)?;
            let Some(last) = steps.last() else { break };
            let end = last.number;
            let arrivals = steps.iter().filter_map(|step| match step.what {
                StepKind::Arrival { revision, .. } => Some(revision),
                StepKind::Act(_) => None,
            });
            let mut readings = store.readings(&arrivals.collect::<Vec<_>>())?.into_iter();
            for step in steps {
                match step.what {
                    StepKind::Arrival { seen, .. } => {
                        let Some((article, analysis)) = readings.next() else {
                            break;
                        };
                        let reading = Reading { article, analysis };
                        self.push(&reading, seen.and_then(|words| words.parse().ok()));
                        touched.insert(reading.article.id);
                    }
                    StepKind::Act(act) if !act.undone => {
                        self.stream.decide_all(act.decisions.into_iter().map(decision));
                    }
                    StepKind::Act(_) => {}
                }
            }
            self.at = end;
        }
        touched.extend(self.stream.take_moved());
        Ok(touched.into_iter().collect())
    }

    fn push(&mut self, reading: &Reading, seen: Option<Moment>) -> Assignment {
        let item = Item {
            article: &reading.article,
            analysis: &reading.analysis,
        };
        self.behind += reading.article.text().len() + BESIDE_BYTES;
        self.stream.push(&item, seen)
    }

    fn note_arrival(
        &self,
        store: &Store,
        article: ArticleNumber,
        assignment: &Assignment,
    ) -> Result<(), DeskError> {
        let nearest = match &assignment.nearest {
            Some(nearest) => store.article_number(nearest)?,
            None => None,
        };
        let mut origin = article;
        if let Some(first) = self.stream.copied_from(&assignment.article).first()
            && let Some(first) = store.article_number(first)?
        {
            origin = store.place(first)?.origin.unwrap_or(first);
        }
        store.put_arrival(article, origin, nearest, f64::from(assignment.score))?;
        Ok(())
    }

    /// Ties an article's story to those that its pairs lead to. What decisions and repairs move later keeps its ties.
    fn tie(&self, store: &Store, article: &ArticleId) -> Result<(), DeskError> {
        let Some(label) = self.stream.story_of(article) else {
            return Ok(());
        };
        let number = |label| store.story_of_label(label, self.at).map(|(story, _)| story);
        let near: BTreeSet<StoryNumber> = self
            .stream
            .ties_of(article)
            .into_iter()
            .map(number)
            .collect::<Result<_, _>>()?;
        Ok(store.tie(number(label)?, &near)?)
    }

    /// Writes where these articles are now, where that is not what the store says; gives the stories touched.
    fn write(&self, store: &Store, articles: &[ArticleId]) -> Result<BTreeSet<StoryNumber>, DeskError> {
        let mut touched = BTreeSet::new();
        let mut left: BTreeMap<StoryNumber, BTreeMap<StoryNumber, usize>> = BTreeMap::new();
        for name in articles {
            let (Some(label), Some(article)) = (self.stream.story_of(name), store.article_number(name)?)
            else {
                continue;
            };
            let before = store.place(article)?.story;
            let (story, opened) = store.story_of_label(label, self.at)?;
            if before == Some(story) {
                touched.insert(story);
                continue;
            }
            if !opened && store.revive(story)? {
                store.log(self.at, EventKind::Restored, story, None, None)?;
            }
            let kind = match (before, opened) {
                (None, true) => EventKind::Opened,
                (None, false) => EventKind::Joined,
                (Some(_), true) => EventKind::Split,
                (Some(_), false) => EventKind::Moved,
            };
            store.log(self.at, kind, story, before, Some(article))?;
            store.put_into(article, story)?;
            touched.insert(story);
            if let Some(before) = before {
                touched.insert(before);
                *left.entry(before).or_default().entry(story).or_default() += 1;
            }
        }
        for (story, into) in left {
            if store.size(story)? == 0
                && let Some((into, _)) = into.into_iter().rev().max_by_key(|(_, count)| *count)
            {
                store.redirect(story, Some(into))?;
                store.log(self.at, EventKind::Merged, story, Some(into), None)?;
            }
        }
        Ok(touched)
    }
}

/// The stories step's settings for a desk.
fn of_desk(settings: &Settings) -> twosource_stories::Settings {
    twosource_stories::Settings {
        window: settings.stories.window.min(WINDOW),
        ..settings.stories.clone()
    }
}

/// A constraint in the words of the stories step.
pub(super) fn decision(constraint: twosource_store::Constraint) -> Decision {
    Decision {
        verdict: if constraint.together {
            Verdict::Together
        } else {
            Verdict::Apart
        },
        a: constraint.a,
        b: constraint.b,
    }
}

/// The grouping's name for a story, from an article of it.
pub(super) fn label<'a>(grouping: &'a Grouping, article: &ArticleId) -> Option<&'a StoryId> {
    grouping.stream.story_of(article)
}
