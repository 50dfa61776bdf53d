//! Stories: which articles are in them, what became of them, and how they stand in lists.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use twosource_model::{ArticleId, StoryId};

use crate::articles::date_of;
use crate::keys::key_of;
use crate::numbers::{ArticleNumber, StepNumber, StoryNumber};
use crate::{Store, StoreError};

/// What became of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// It was opened by an article.
    Opened = 1,
    /// An article joined it at its arrival.
    Joined = 2,
    /// An article of it came in a later state.
    Revised = 3,
    /// An article came over from another story.
    Moved = 4,
    /// Its last article went to another story: its id leads there.
    Merged = 5,
    /// It was opened by articles of another story.
    Split = 6,
    /// It is back after an undo.
    Restored = 7,
    /// It had grown old: its articles are no longer in the desk.
    LetGo = 8,
}

impl EventKind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Joined => "joined",
            Self::Revised => "revised",
            Self::Moved => "moved",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Restored => "restored",
            Self::LetGo => "let go",
        }
    }

    const fn of_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Opened,
            2 => Self::Joined,
            3 => Self::Revised,
            4 => Self::Moved,
            5 => Self::Merged,
            6 => Self::Split,
            7 => Self::Restored,
            8 => Self::LetGo,
            _ => return None,
        })
    }
}

/// One entry of a story's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEvent {
    /// When in the history.
    pub step: StepNumber,
    /// What.
    pub kind: EventKind,
    /// The story.
    pub story: StoryNumber,
    /// The other story, for a move, merge or split.
    pub other: Option<StoryNumber>,
    /// The article.
    pub article: Option<ArticleId>,
}

/// A story as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEntry {
    /// Its number.
    pub number: StoryNumber,
    /// Headline of the report that stands for it: the first of those that most others resemble.
    pub title: String,
    /// Reports.
    pub articles: u32,
    /// Origins as far as copies of one text tell; an account folds rewrites too.
    pub origins: u32,
    /// Outlets.
    pub outlets: u32,
    /// Days of first and last publication.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
}

/// Order of a list of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryOrder {
    /// The one that last got a report first.
    Newest,
    /// Most origins first, then most reports.
    Biggest,
}

/// Where an article is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its story.
    pub story: Option<StoryNumber>,
    /// First article with the same text.
    pub origin: Option<ArticleNumber>,
    /// The article it was nearest to at its arrival.
    pub nearest: Option<ArticleNumber>,
    /// Mean log-odds of belonging to the story at its arrival.
    pub score: Option<f64>,
}

impl Store {
    /// The story that the grouping names `label`; one that is not known yet is opened, then `true`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn story_of_label(
        &self,
        label: &StoryId,
        step: StepNumber,
    ) -> Result<(StoryNumber, bool), StoreError> {
        let key = key_of(label.as_str());
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM story WHERE label_key = ?1")?;
        if let Some(known) = statement.query_row([key], |row| row.get(0)).optional()? {
            return Ok((known, false));
        }
        self.conn
            .prepare_cached("INSERT INTO story (label_key, opened, last_step) VALUES (?1, ?2, ?2)")?
            .execute((key, step))?;
        Ok((StoryNumber(self.conn.last_insert_rowid()), true))
    }

    /// Whether there is, or was, such a story.
    ///
    /// # Errors
    /// Those of the file.
    pub fn has_story(&self, story: StoryNumber) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM story WHERE id = ?1")?;
        Ok(statement.exists([story])?)
    }

    /// Where an article is.
    ///
    /// # Errors
    /// Those of the file; when there is no such article.
    pub fn place(&self, article: ArticleNumber) -> Result<Place, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT story, origin, nearest, score FROM article WHERE id = ?1")?;
        Ok(statement.query_row([article], |row| {
            Ok(Place {
                story: row.get(0)?,
                origin: row.get(1)?,
                nearest: row.get(2)?,
                score: row.get(3)?,
            })
        })?)
    }

    /// Puts an article into a story.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_into(&self, article: ArticleNumber, story: StoryNumber) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?
            .execute((article, story))?;
        Ok(())
    }

    /// Notes when the present state of an article arrived.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_step(&self, article: ArticleNumber, step: StepNumber) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE article SET step = ?2 WHERE id = ?1")?
            .execute((article, step))?;
        Ok(())
    }

    /// Notes what was seen of an article at its arrival.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_arrival(
        &self,
        article: ArticleNumber,
        origin: ArticleNumber,
        nearest: Option<ArticleNumber>,
        score: f64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE article SET origin = ?2, nearest = ?3, score = ?4 WHERE id = ?1")?
            .execute((article, origin, nearest, score))?;
        Ok(())
    }

    /// Writes an entry of the log.
    ///
    /// # Errors
    /// Those of the file.
    pub fn log(
        &self,
        step: StepNumber,
        kind: EventKind,
        story: StoryNumber,
        other: Option<StoryNumber>,
        article: Option<ArticleNumber>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO event (step, kind, story, other, article) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((step, kind as i64, story, other, article))?;
        Ok(())
    }

    /// The log of a story, oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn events_of(&self, story: StoryNumber) -> Result<Vec<StoryEvent>, StoreError> {
        self.events("WHERE e.story = ?1", story.0)
    }

    /// The log from a step on, oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn events_after(&self, step: StepNumber) -> Result<Vec<StoryEvent>, StoreError> {
        self.events("WHERE e.step > ?1", step.0)
    }

    fn events(&self, condition: &str, value: i64) -> Result<Vec<StoryEvent>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT e.step, e.kind, e.story, e.other, a.name FROM event e LEFT JOIN article a ON a.id = e.article \
             {condition} ORDER BY e.id"
        ))?;
        let rows = statement.query_map([value], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, i64>(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get::<_, Option<String>>(4)?,
            ))
        })?;
        rows.map(|row| {
            let (step, kind, story, other, article) = row?;
            Ok(StoryEvent {
                step,
                kind: EventKind::of_number(kind)
                    .ok_or_else(|| StoreError::unreadable("the log", format!("no kind {kind}")))?,
                story,
                other,
                article: article.as_deref().map(ArticleId::new),
            })
        })
        .collect()
    }

    /// The articles of a story, in order of arrival.
    ///
    /// # Errors
    /// Those of the file.
    pub fn members(&self, story: StoryNumber) -> Result<Vec<ArticleNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM article WHERE story = ?1 ORDER BY id")?;
        let rows = statement.query_map([story], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Leads the id of an empty story to another one, or nowhere any more.
    ///
    /// # Errors
    /// Those of the file.
    pub fn redirect(&self, story: StoryNumber, into: Option<StoryNumber>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE story SET merged_into = ?2 WHERE id = ?1")?
            .execute((story, into))?;
        Ok(())
    }

    /// Lets the id of a story that has articles again stand for itself; whether it led elsewhere.
    ///
    /// # Errors
    /// Those of the file.
    pub fn revive(&self, story: StoryNumber) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "UPDATE story SET merged_into = NULL WHERE id = ?1 AND merged_into IS NOT NULL",
        )?;
        Ok(statement.execute([story])? > 0)
    }

    /// Stories whose ids lead elsewhere, with where they lead at last.
    ///
    /// # Errors
    /// Those of the file.
    pub fn redirects(&self) -> Result<Vec<(StoryNumber, StoryNumber)>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM story WHERE merged_into IS NOT NULL ORDER BY id")?;
        let rows: Vec<StoryNumber> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|story| Ok((story, self.resolve(story)?)))
            .collect()
    }

    /// Counts anew what lists show of these stories. The last step of one without articles is that which took them: the same
    /// whether it was counted in between or not.
    ///
    /// # Errors
    /// Those of the file.
    pub fn refresh(&self, stories: &BTreeSet<StoryNumber>) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "UPDATE story SET (articles, outlets, origins, first_day, last_day) = ( \
               SELECT count(*), count(DISTINCT coalesce(r.outlet, -a.id)), count(DISTINCT coalesce(a.origin, a.id)), \
                      min(r.day), max(r.day) \
                 FROM article a JOIN revision r ON r.id = a.current WHERE a.story = ?1), \
               lead = (SELECT a.id FROM article a JOIN revision r ON r.id = a.current LEFT JOIN \
                 (SELECT nearest, count(*) AS near FROM article WHERE story = ?1 GROUP BY nearest) n ON n.nearest = a.id \
                 WHERE a.story = ?1 ORDER BY r.title = '', n.near DESC NULLS LAST, a.id LIMIT 1), \
               last_step = coalesce((SELECT max(a.step) FROM article a WHERE a.story = ?1), \
                 (SELECT max(e.step) FROM event e WHERE e.story = ?1), last_step) \
             WHERE id = ?1",
        )?;
        for story in stories {
            statement.execute([story])?;
        }
        Ok(())
    }

    /// How many articles a story has.
    ///
    /// # Errors
    /// Those of the file.
    pub fn size(&self, story: StoryNumber) -> Result<u32, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT count(*) FROM article WHERE story = ?1")?;
        Ok(statement.query_row([story], |row| row.get(0))?)
    }

    /// A story as it stands in a list.
    ///
    /// # Errors
    /// Those of the file.
    pub fn story_entry(&self, story: StoryNumber) -> Result<Option<StoryEntry>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM story s {BESIDE} WHERE s.id = ?1 AND s.articles > 0"
        ))?;
        Ok(statement.query_row([story], listed).optional()?)
    }

    /// Stories with at least `least` origins, `most` of them after the first `skip`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn list(
        &self,
        order: StoryOrder,
        least: u32,
        most: usize,
        skip: usize,
    ) -> Result<Vec<StoryEntry>, StoreError> {
        // conditions and orders are those of the indexes over stories
        const BIGGEST: &str = "s.origins DESC, s.articles DESC, s.last_step DESC, s.id DESC";
        match order {
            StoryOrder::Newest => {
                let condition = format!("s.origins >= {least}");
                self.listed(&condition, "s.last_step DESC, s.id DESC", most, skip)
            }
            StoryOrder::Biggest if least > 1 => {
                let condition = format!("s.origins > 1 AND s.origins >= {least}");
                self.listed(&condition, BIGGEST, most, skip)
            }
            StoryOrder::Biggest => {
                let mut found = self.listed("s.origins > 1", BIGGEST, most, skip)?;
                if found.len() < most {
                    let several = self.stories_of_several_origins()?;
                    let (most, skip) = (most - found.len(), skip.saturating_sub(several));
                    let condition = format!("s.origins <= 1 AND s.origins >= {least}");
                    found.extend(self.listed(&condition, BIGGEST, most, skip)?);
                }
                Ok(found)
            }
        }
    }

    fn listed(
        &self,
        condition: &str,
        order: &str,
        most: usize,
        skip: usize,
    ) -> Result<Vec<StoryEntry>, StoreError> {
        // what is passed over is not joined
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM (SELECT * FROM story s WHERE s.articles > 0 AND {condition} ORDER BY {order} \
             LIMIT ?1 OFFSET ?2) s {BESIDE} ORDER BY {order}"
        ))?;
        let rows = statement.query_map((most as i64, skip as i64), listed)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn stories_of_several_origins(&self) -> Result<usize, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT count(*) FROM story WHERE origins > 1 AND articles > 0")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// Numbers of all stories that have articles.
    ///
    /// # Errors
    /// Those of the file.
    pub fn living_stories(&self) -> Result<Vec<StoryNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM story WHERE articles > 0 ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What lists show of a story, and where its title stands.
const COLUMNS: &str = "s.id, r.title, s.articles, s.origins, s.outlets, s.first_day, s.last_day";
const BESIDE: &str = "JOIN article a ON a.id = s.lead JOIN revision r ON r.id = a.current";

fn listed(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoryEntry> {
    let day = |at: usize| -> rusqlite::Result<_> { Ok(row.get::<_, Option<i64>>(at)?.and_then(date_of)) };
    Ok(StoryEntry {
        number: row.get(0)?,
        title: row.get(1)?,
        articles: row.get(2)?,
        origins: row.get(3)?,
        outlets: row.get(4)?,
        days: day(5)?.zip(day(6)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Analysis, Article, LanguageCode};

    /// What is known of a story that got two articles and lost both to another one, counted after these of its events.
    fn last_step_counted_after(counted: &[i64]) -> i64 {
        let store = Store::open_in_memory().unwrap();
        let label = |name| StoryId::new(name);
        let (old, _) = store.story_of_label(&label("old"), StepNumber(1)).unwrap();
        let (new, _) = store.story_of_label(&label("new"), StepNumber(1)).unwrap();
        let mut articles = Vec::new();
        for step in 1..=4 {
            match step {
                1 | 2 => {
                    let id = ArticleId::new(&format!("a{step}"));
                    let article = Article::of_text(id.clone(), "Title", &format!("Text {step}."));
                    let analysis = Analysis::empty(id, article.revision(), LanguageCode::ENGLISH);
                    let arrival = store.put_article(&article, &analysis, None).unwrap();
                    store.put_step(arrival.article, StepNumber(step)).unwrap();
                    store.put_into(arrival.article, old).unwrap();
                    let joined = EventKind::Joined;
                    store
                        .log(StepNumber(step), joined, old, None, Some(arrival.article))
                        .unwrap();
                    articles.push(arrival.article);
                }
                3 => {
                    for article in &articles {
                        store.put_into(*article, new).unwrap();
                    }
                    store
                        .log(StepNumber(step), EventKind::Merged, old, Some(new), None)
                        .unwrap();
                }
                _ => {}
            }
            if counted.contains(&step) {
                store.refresh(&[old, new].into()).unwrap();
            }
        }
        let mut statement = store
            .conn
            .prepare("SELECT last_step FROM story WHERE id = ?1")
            .unwrap();
        statement.query_row([old], |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_emptied_story_says_the_same_whenever_it_was_counted() {
        for counted in [&[4][..], &[1, 4], &[2, 4], &[1, 2, 3, 4]] {
            assert_eq!(last_step_counted_after(counted), 3, "{counted:?}");
        }
    }
}
