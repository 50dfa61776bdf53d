//! What people decide: stories merged, split, and the last decision taken back.

use std::collections::BTreeSet;

use twosource_model::ArticleId;
use twosource_store::{Act, ArticleNumber, Constraint, EventKind, StepNumber, Store, StoryNumber};

use super::grouping::{Grouping, decision, label};
use super::{Desk, DeskError};

/// Up to so many pairs of articles a split keeps each article of one side apart from each of the other.
const PAIRS: usize = 20_000;

/// A constraint on two articles: together, or apart.
type Pair = (bool, ArticleNumber, ArticleNumber);

impl Desk {
    /// Merges stories for good: every later run keeps their articles together. Gives the story that remains.
    ///
    /// # Errors
    /// When fewer than two different stories are named, one of them has been let go, or the file cannot be written.
    pub fn merge(
        &mut self,
        stories: &[StoryNumber],
        as_of: Option<jiff::civil::Date>,
    ) -> Result<StoryNumber, DeskError> {
        let named: BTreeSet<StoryNumber> = stories
            .iter()
            .map(|story| self.store.resolve(*story))
            .collect::<Result<_, _>>()?;
        if named.len() < 2 {
            return Err(DeskError::NothingToDo {
                reason: "a merge takes two different stories, and these are one".to_owned(),
            });
        }
        let mut members = Vec::new();
        for story in &named {
            let of_story = self.store.members(*story)?;
            if of_story.is_empty() {
                return Err(DeskError::NothingToDo {
                    reason: format!("{story} is empty, its reports were let go"),
                });
            }
            members.extend(of_story);
        }
        let Some(first) = members.first().copied() else {
            return Err(DeskError::NothingToDo {
                reason: "the stories are empty".to_owned(),
            });
        };
        let pairs = chained(&members);
        let words: Vec<String> = named.iter().map(ToString::to_string).collect();
        self.act(
            "merge",
            &words.join(" "),
            as_of,
            &pairs,
            |store, grouping, step| {
                // stories that the grouping no longer holds are put together here
                let into = store.place(first)?.story;
                for member in &members {
                    let name = store.article_name(*member)?;
                    let story = store.place(*member)?.story;
                    if story == into {
                        continue;
                    }
                    if label(grouping, &name).is_some()
                        && label(grouping, &store.article_name(first)?).is_some()
                    {
                        return Err(DeskError::NothingToDo {
                            reason: format!("other decisions keep {name} where it is"),
                        });
                    }
                    if let Some(into) = into {
                        move_by_hand(store, step, *member, into)?;
                    }
                }
                Ok(())
            },
        )?;
        let story = self.store.place(first)?.story;
        story.ok_or_else(|| DeskError::NothingToDo {
            reason: "the stories are empty".to_owned(),
        })
    }

    /// Takes articles out of a story into one of their own, for good. Gives the new story.
    ///
    /// # Errors
    /// When an article is not in the story, all of it is named, or the file cannot be written.
    pub fn split(
        &mut self,
        story: StoryNumber,
        articles: &[ArticleId],
        as_of: Option<jiff::civil::Date>,
    ) -> Result<StoryNumber, DeskError> {
        let story = self.store.resolve(story)?;
        let members = self.store.members(story)?;
        let mut out = BTreeSet::new();
        for name in articles {
            let unknown = || DeskError::NoArticle {
                name: name.to_string(),
            };
            let article = self.store.article_number(name)?.ok_or_else(unknown)?;
            if !members.contains(&article) {
                return Err(DeskError::NotInStory {
                    name: name.to_string(),
                    story: story.to_string(),
                });
            }
            out.insert(article);
        }
        let rest: Vec<ArticleNumber> = members.iter().copied().filter(|m| !out.contains(m)).collect();
        let out: Vec<ArticleNumber> = out.into_iter().collect();
        if out.is_empty() || rest.is_empty() {
            return Err(DeskError::NothingToDo {
                reason: "a split takes some articles of the story, not all and not none".to_owned(),
            });
        }
        let mut pairs = chained(&out);
        pairs.extend(chained(&rest));
        pairs.extend(self.apart(&out, &rest)?);
        let names: Vec<&str> = articles.iter().map(ArticleId::as_str).collect();
        let words = format!("{story} {}", names.join(" "));
        let moved = out.clone();
        self.act("split", &words, as_of, &pairs, move |store, grouping, _| {
            let here = store.place(moved[0])?.story;
            let there = store.place(rest[0])?.story;
            if here == there {
                let name = store.article_name(moved[0])?;
                return Err(match label(grouping, &name) {
                    None => DeskError::TooOld {
                        name: name.to_string(),
                    },
                    Some(_) => DeskError::NothingToDo {
                        reason: "other decisions keep these articles in their story".to_owned(),
                    },
                });
            }
            Ok(())
        })?;
        let story = self.store.place(out[0])?.story;
        story.ok_or_else(|| DeskError::NothingToDo {
            reason: "the story is empty".to_owned(),
        })
    }

    /// Takes the last merge or split back: the stories are as if it had never been, ids included.
    ///
    /// # Errors
    /// When no act stands, or the file cannot be written.
    pub fn undo(&mut self) -> Result<Act, DeskError> {
        let (step, act) = self.store.last_act()?.ok_or(DeskError::NothingToUndo)?;
        self.grouping = None;
        let settings = self.settings.clone();
        let grouping = self.store.transaction(|store| {
            store.mark_undone(act.number)?;
            move_back(store, step)?;
            let mut grouping = Grouping::load_before(store, &settings, step)?;
            let articles = grouping.articles();
            grouping.settle(store, articles)?;
            for at in store.snapshots()? {
                if at >= step {
                    store.drop_snapshot(at)?;
                }
            }
            Ok::<_, DeskError>(grouping)
        })?;
        self.grouping = Some(grouping);
        Ok(act)
    }

    /// What keeps two sides of a story apart: every pair across, or where these are too many, each article from one of the
    /// other side, and what was put together across before.
    fn apart(&self, out: &[ArticleNumber], rest: &[ArticleNumber]) -> Result<Vec<Pair>, DeskError> {
        if out.len() * rest.len() <= PAIRS {
            let across = out
                .iter()
                .flat_map(|one| rest.iter().map(move |other| (false, *one, *other)));
            return Ok(across.collect());
        }
        let (ones, others) = (out.iter().cycle(), rest.iter().cycle());
        let rungs = ones.zip(others).take(out.len().max(rest.len()));
        let mut pairs: BTreeSet<Pair> = rungs.map(|(one, other)| (false, *one, *other)).collect();
        let acts = self.store.acts()?;
        let decisions = acts
            .iter()
            .filter(|act| !act.undone)
            .flat_map(|act| &act.decisions);
        for decision in decisions.filter(|decision| decision.together) {
            let numbers = (
                self.store.article_number(&decision.a)?,
                self.store.article_number(&decision.b)?,
            );
            if let (Some(a), Some(b)) = numbers {
                for (one, other) in [(a, b), (b, a)] {
                    if out.binary_search(&one).is_ok() && rest.binary_search(&other).is_ok() {
                        pairs.insert((false, one, other));
                    }
                }
            }
        }
        Ok(pairs.into_iter().collect())
    }

    fn act(
        &mut self,
        kind: &str,
        words: &str,
        as_of: Option<jiff::civil::Date>,
        pairs: &[Pair],
        finish: impl FnOnce(&Store, &Grouping, StepNumber) -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        // the state before it is kept, so that undoing need not go through the whole history
        self.change(|_, _| Ok(()))?;
        if let Some(grouping) = &mut self.grouping {
            grouping.keep_now(&self.store)?;
        }
        let as_of = as_of.map(|day| day.to_string());
        self.change(|store, grouping| {
            let step = store.add_act(kind, words, as_of.as_deref(), pairs)?;
            let mut decisions = Vec::with_capacity(pairs.len());
            for (together, a, b) in pairs {
                decisions.push(decision(Constraint {
                    together: *together,
                    a: store.article_name(*a)?,
                    b: store.article_name(*b)?,
                }));
            }
            let mut touched = grouping.decide(store, decisions, step)?;
            finish(store, grouping, step)?;
            for event in store.events_after(StepNumber(step.0 - 1))? {
                touched.insert(event.story);
                touched.extend(event.other);
            }
            store.refresh(&touched)?;
            Ok(())
        })
    }
}

/// Each article together with the next one: as good as each with each, also when the oldest are let go.
fn chained(articles: &[ArticleNumber]) -> Vec<Pair> {
    articles.windows(2).map(|two| (true, two[0], two[1])).collect()
}

/// Moves an article that the grouping no longer holds.
fn move_by_hand(
    store: &Store,
    step: StepNumber,
    article: ArticleNumber,
    into: StoryNumber,
) -> Result<(), DeskError> {
    let before = store.place(article)?.story;
    store.put_into(article, into)?;
    store.log(step, EventKind::Moved, into, before, Some(article))?;
    if let Some(before) = before
        && store.size(before)? == 0
    {
        store.redirect(before, Some(into))?;
        store.log(step, EventKind::Merged, before, Some(into), None)?;
    }
    Ok(())
}

/// Moves back what was moved at a step; what the grouping still holds is then settled by it.
fn move_back(store: &Store, step: StepNumber) -> Result<(), DeskError> {
    let mut touched = BTreeSet::new();
    let last = store.last_step()?;
    for event in store.events_after(StepNumber(step.0 - 1))? {
        if event.step != step || !matches!(event.kind, EventKind::Moved | EventKind::Split) {
            continue;
        }
        let (Some(name), Some(before)) = (event.article, event.other) else {
            continue;
        };
        let Some(article) = store.article_number(&name)? else {
            continue;
        };
        let now = store.place(article)?.story;
        if now == Some(before) {
            continue;
        }
        store.put_into(article, before)?;
        if store.revive(before)? {
            store.log(last, EventKind::Restored, before, None, None)?;
        }
        store.log(last, EventKind::Moved, before, now, Some(article))?;
        touched.insert(before);
        touched.extend(now);
    }
    store.refresh(&touched)?;
    Ok(())
}
