//! Threads: which stories belong to one affair. A pair stands both ways; of merged stories what remains has the ties of all.

use std::collections::BTreeSet;

use jiff::civil;
use rusqlite::OptionalExtension;

use crate::articles::date_of;
use crate::numbers::StoryNumber;
use crate::{Store, StoreError, StoryEntry};

/// Note that is there while the ties of what came in before version 4 have still to be looked for.
const TO_BE_LOOKED_FOR: &str = "threads";

/// The stories of one affair, beside one of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thread {
    /// The earliest first.
    pub stories: Vec<StoryEntry>,
    /// How many more there are.
    pub left_out: usize,
    /// The day on which the story that they stand beside began.
    pub began: Option<civil::Date>,
}

impl Store {
    /// Ties a story to others. What is tied already stays so.
    ///
    /// # Errors
    /// Those of the file.
    pub fn tie(&self, story: StoryNumber, near: &BTreeSet<StoryNumber>) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO thread (story, near) VALUES (?1, ?2)")?;
        for near in near.iter().filter(|near| **near != story) {
            statement.execute((story, near))?;
            statement.execute((near, story))?;
        }
        Ok(())
    }

    /// The living stories of the same affair, merges followed on both sides: the earliest first. Of more than `most`
    /// those that began nearest to it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn thread(&self, story: StoryNumber, most: usize) -> Result<Thread, StoreError> {
        // a file of an earlier version that is only read has none
        if !self.has_table("thread")? {
            return Ok(Thread::default());
        }
        let mut statement = self.conn.prepare_cached(
            "WITH RECURSIVE own (id) AS (SELECT ?1 UNION SELECT s.id FROM own JOIN story s ON s.merged_into = own.id), \
             near (id) AS (SELECT t.near FROM own JOIN thread t ON t.story = own.id UNION \
             SELECT s.merged_into FROM near JOIN story s ON s.id = near.id WHERE s.articles = 0 AND s.merged_into NOT NULL) \
             SELECT s.id, s.first_day FROM near JOIN story s ON s.id = near.id \
             WHERE s.articles > 0 ORDER BY s.first_day, s.id",
        )?;
        let rows = statement.query_map([story], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut near: Vec<(StoryNumber, Option<i64>)> = rows.collect::<Result<_, _>>()?;
        near.retain(|(number, _)| *number != story);
        let left_out = near.len().saturating_sub(most);
        let mut statement = self
            .conn
            .prepare_cached("SELECT first_day FROM story WHERE id = ?1")?;
        let began: Option<i64> = statement
            .query_row([story], |row| row.get(0))
            .optional()?
            .flatten();
        if left_out > 0 {
            let days_apart = |day: Option<i64>| day.zip(began).map_or(u64::MAX, |(a, b)| a.abs_diff(b));
            near.sort_by_key(|(number, day)| (days_apart(*day), *number));
            near.truncate(most);
            near.sort_by_key(|(number, day)| (*day, *number));
        }
        let mut stories = Vec::with_capacity(near.len());
        for (number, _) in near {
            stories.extend(self.story_entry(number)?);
        }
        Ok(Thread {
            stories,
            left_out,
            began: began.and_then(date_of),
        })
    }

    /// Whether the ties of what came in before have still to be looked for.
    ///
    /// # Errors
    /// Those of the file.
    pub fn lacks_threads(&self) -> Result<bool, StoreError> {
        Ok(self.note(TO_BE_LOOKED_FOR)?.is_some())
    }

    /// Notes that they have been.
    ///
    /// # Errors
    /// Those of the file.
    pub fn has_threads(&self) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM note WHERE key = ?1")?
            .execute([TO_BE_LOOKED_FOR])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::StepNumber;
    use twosource_model::{Analysis, Article, ArticleId, LanguageCode, StoryId};

    /// A desk with so many stories of one article.
    fn desk(stories: usize) -> (Store, Vec<StoryNumber>) {
        let store = Store::open_in_memory().unwrap();
        let mut numbers = Vec::new();
        for at in 0..stories {
            let article =
                Article::of_text(ArticleId::new(&format!("a{at}")), "Title", &format!("Text {at}."));
            let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
            let arrival = store.put_article(&article, &analysis, None).unwrap();
            let label = StoryId::new(article.id.as_str());
            let (story, _) = store.story_of_label(&label, StepNumber(1)).unwrap();
            store.put_into(arrival.article, story).unwrap();
            numbers.push(story);
        }
        store.refresh(&numbers.iter().copied().collect()).unwrap();
        (store, numbers)
    }

    fn check(store: &Store, story: StoryNumber, expected: &[StoryNumber]) {
        let found: Vec<_> = store
            .thread(story, usize::MAX)
            .unwrap()
            .stories
            .iter()
            .map(|entry| entry.number)
            .collect();
        assert_eq!(found, expected, "{story}");
    }

    #[test]
    fn ties_stand_both_ways_and_follow_merges() {
        let (store, s) = desk(4);
        store.tie(s[0], &[s[0], s[1], s[2]].into()).unwrap();
        store.tie(s[3], &[s[2]].into()).unwrap();
        check(&store, s[0], &[s[1], s[2]]);
        check(&store, s[1], &[s[0]]);
        check(&store, s[2], &[s[0], s[3]]);

        // the second story goes into the fourth
        let article = store.members(s[1]).unwrap()[0];
        store.put_into(article, s[3]).unwrap();
        store.redirect(s[1], Some(s[3])).unwrap();
        store.refresh(&[s[1], s[3]].into()).unwrap();
        check(&store, s[0], &[s[2], s[3]]);
        check(&store, s[3], &[s[0], s[2]]);
        let one = store.thread(s[0], 1).unwrap();
        assert_eq!((one.stories[0].number, one.left_out), (s[2], 1));
    }
}
