//! Threads: which stories belong to one affair. A pair stands both ways; of merged stories what remains has the ties of all.

use std::collections::BTreeSet;

use crate::numbers::StoryNumber;
use crate::{Store, StoreError, StoryEntry};

/// Note that is there while the ties of what came in before version 4 have still to be looked for.
const TO_BE_LOOKED_FOR: &str = "threads";

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

    /// The living stories of the same affair, merges followed on both sides: the earliest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn thread(&self, story: StoryNumber) -> Result<Vec<StoryEntry>, StoreError> {
        // a file of an earlier version that is only read has none
        if !self.has_table("thread")? {
            return Ok(Vec::new());
        }
        let mut statement = self.conn.prepare_cached(
            "WITH RECURSIVE own (id) AS (SELECT ?1 UNION SELECT s.id FROM own JOIN story s ON s.merged_into = own.id) \
             SELECT DISTINCT t.near FROM own JOIN thread t ON t.story = own.id",
        )?;
        let rows = statement.query_map([story], |row| row.get(0))?;
        let mut living = BTreeSet::new();
        for near in rows {
            living.insert(self.resolve(near?)?);
        }
        living.remove(&story);
        let mut found = Vec::new();
        for near in living {
            found.extend(self.story_entry(near)?);
        }
        found.sort_by_key(|entry| (entry.days.map(|days| days.0), entry.number));
        Ok(found)
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
            .thread(story)
            .unwrap()
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
    }
}
