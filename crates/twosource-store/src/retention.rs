//! What has grown old is let go: whole stories, the oldest first. Their ids stay on record, and so do the names and
//! digests of the documents they came from: what was let go is not taken in again.

use crate::numbers::{StepNumber, StoryNumber};
use crate::stories::EventKind;
use crate::{Store, StoreError};

/// What was let go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LetGo {
    /// Stories.
    pub stories: u64,
    /// Articles, each with all its states.
    pub articles: u64,
}

/// Stories that are let go in one go.
const STORIES: usize = 1_000;

/// What belongs to the articles in `gone`, in an order in which nothing is left that names a row no longer there.
const REMOVALS: [&str; 14] = [
    "DELETE FROM shown",
    "DELETE FROM search WHERE rowid IN (SELECT id FROM gone)",
    "DELETE FROM page WHERE document IN (SELECT document FROM revision WHERE article IN (SELECT id FROM gone)) \
       AND document NOT IN (SELECT document FROM revision WHERE document IS NOT NULL \
       AND article NOT IN (SELECT id FROM gone))",
    "DELETE FROM annotation WHERE revision IN (SELECT id FROM revision WHERE article IN (SELECT id FROM gone))",
    "DELETE FROM step WHERE revision IN (SELECT id FROM revision WHERE article IN (SELECT id FROM gone))",
    "DELETE FROM decision WHERE a IN (SELECT id FROM gone) OR b IN (SELECT id FROM gone)",
    "DELETE FROM thread WHERE story IN (SELECT story FROM article WHERE id IN (SELECT id FROM gone))",
    "DELETE FROM thread WHERE near IN (SELECT story FROM article WHERE id IN (SELECT id FROM gone))",
    "UPDATE event SET article = NULL WHERE article IN (SELECT id FROM gone)",
    "UPDATE article SET origin = NULL WHERE origin IN (SELECT id FROM gone)",
    "UPDATE article SET nearest = NULL WHERE nearest IN (SELECT id FROM gone)",
    "UPDATE story SET lead = NULL WHERE lead IN (SELECT id FROM gone)",
    "DELETE FROM revision WHERE article IN (SELECT id FROM gone)",
    "DELETE FROM article WHERE id IN (SELECT id FROM gone)",
];

impl Store {
    /// Lets stories go whose newest report is older than `day` (days since 1970); those without a date go with what came
    /// before them. `progress` is told how much went, after each transaction.
    ///
    /// # Errors
    /// Those of the file; what was told of before stands.
    pub fn let_go_before(&self, day: i64, mut progress: impl FnMut(LetGo)) -> Result<LetGo, StoreError> {
        let sql = format!(
            "SELECT id FROM story WHERE articles > 0 AND coalesce(last_day < ?1, last_step < \
               (SELECT max(last_step) FROM story WHERE articles > 0 AND last_day < ?1)) \
             ORDER BY last_step, id LIMIT {STORIES}"
        );
        self.let_all_go(&mut progress, |store| {
            let mut statement = store.conn.prepare_cached(&sql)?;
            let rows = statement.query_map([day], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Lets stories go, those first that got no report for longest, until what the file holds takes at most `bytes`.
    ///
    /// # Errors
    /// Those of the file; what was told of before stands.
    pub fn let_go_down_to(&self, bytes: u64, mut progress: impl FnMut(LetGo)) -> Result<LetGo, StoreError> {
        self.let_all_go(&mut progress, |store| {
            let used = store.used_bytes()?;
            if used <= bytes {
                return Ok(Vec::new());
            }
            let living: i64 =
                store
                    .conn
                    .query_row("SELECT count(*) FROM story WHERE articles > 0", [], |row| {
                        row.get(0)
                    })?;
            // half of the share that is too much: the index gives its room back late, and none goes needlessly
            let share = (used - bytes) as f64 / used as f64 / 2.0;
            let most = ((living as f64 * share) as usize).clamp(1, STORIES);
            let mut statement = store
                .conn
                .prepare_cached("SELECT id FROM story WHERE articles > 0 ORDER BY last_step, id LIMIT ?1")?;
            let rows = statement.query_map([most as i64], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Gives room that nothing uses back to the system. Takes as long as writing the file anew, and as much room beside it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn give_room_back(&self) -> Result<(), StoreError> {
        self.batch("INSERT INTO search (search) VALUES ('optimize')")?;
        self.batch("VACUUM")
    }

    /// Bytes of the file that hold something.
    fn used_bytes(&self) -> Result<u64, StoreError> {
        let pages = self.pragma("page_count")? - self.pragma("freelist_count")?;
        Ok((pages * self.pragma("page_size")?).max(0) as u64)
    }

    fn let_all_go(
        &self,
        progress: &mut dyn FnMut(LetGo),
        mut next: impl FnMut(&Self) -> Result<Vec<StoryNumber>, StoreError>,
    ) -> Result<LetGo, StoreError> {
        let mut all = LetGo::default();
        // every tie is cut by hand: the file would look through whole tables for each row
        self.batch("PRAGMA foreign_keys = OFF")?;
        let result = loop {
            match self.transaction(|store| {
                let stories = next(store)?;
                store.let_stories_go(&stories)
            }) {
                Ok(gone) if gone.stories == 0 => break Ok(all),
                Ok(gone) => {
                    all.stories += gone.stories;
                    all.articles += gone.articles;
                    progress(all);
                }
                Err(error) => break Err(error),
            }
        };
        self.batch("PRAGMA foreign_keys = ON")?;
        result
    }

    fn let_stories_go(&self, stories: &[StoryNumber]) -> Result<LetGo, StoreError> {
        if stories.is_empty() {
            return Ok(LetGo::default());
        }
        self.batch("CREATE TEMP TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY); DELETE FROM gone")?;
        let step = self.note_pruning(stories.len())?;
        let mut articles = 0;
        for story in stories {
            articles += self
                .conn
                .prepare_cached("INSERT INTO gone SELECT id FROM article WHERE story = ?1")?
                .execute([story])?;
        }
        for removal in REMOVALS {
            self.conn.prepare_cached(removal)?.execute([])?;
        }
        for story in stories {
            self.conn
                .prepare_cached(
                    "UPDATE story SET articles = 0, outlets = 0, origins = 0, last_step = ?2 WHERE id = ?1",
                )?
                .execute((story, step))?;
            self.log(step, EventKind::LetGo, *story, None, None)?;
        }
        Ok(LetGo {
            stories: stories.len() as u64,
            articles: articles as u64,
        })
    }
    /// Puts it on record as an act that nobody takes back. Its step also keeps the numbers of steps rising when those of
    /// the newest arrivals go.
    fn note_pruning(&self, stories: usize) -> Result<StepNumber, StoreError> {
        let step = self.add_act("prune", &format!("{stories} stories"), None, &[])?;
        self.conn
            .prepare_cached("UPDATE act SET undone = 1 WHERE id = (SELECT act FROM step WHERE id = ?1)")?
            .execute([step])?;
        Ok(step)
    }
}
