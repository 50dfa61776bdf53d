//! Pages as they were shown, with the state of the desk that they show: as good as made anew while that is the same.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use twosource_model::Digest;

use crate::compact::{pack_quickly, unpack};
use crate::keys::key_of;
use crate::numbers::StoryNumber;
use crate::threads::Thread;
use crate::{Store, StoreError};

/// Pages that are kept, those shown last: one of sixty reports takes 240 kB.
const KEPT: i64 = 100;

impl Store {
    /// Stands for everything in the file that an account of a story's newest `most` articles is made from, and for its
    /// `thread`: another one when any of it is another.
    ///
    /// # Errors
    /// Those of the file.
    pub fn state_of_story(
        &self,
        story: StoryNumber,
        most: usize,
        thread: &Thread,
    ) -> Result<Digest, StoreError> {
        let members = self.members(story)?;
        let left_out = members.len().saturating_sub(most);
        let mut state = format!("{left_out} {thread:?} ").into_bytes();
        let mut statement = self.conn.prepare_cached(
            "SELECT a.name, a.current, r.id, r.digest, n.digest FROM article a JOIN revision r ON r.article = a.id \
             JOIN annotation n ON n.revision = r.id WHERE a.story = ?1 AND a.id >= ?2 ORDER BY a.id, r.id",
        )?;
        let mut rows = statement.query((story, members.get(left_out)))?;
        while let Some(row) = rows.next()? {
            let (name, current, revision): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            state.extend_from_slice(format!("{} {name} {current} {revision} ", name.len()).as_bytes());
            for digest in [3, 4] {
                let digest: Vec<u8> = row.get(digest)?;
                state.extend(digest);
            }
        }
        Ok(Digest::of(&state))
    }

    /// The page of this name as it was shown in this state, where it is kept.
    ///
    /// # Errors
    /// Those of the file.
    pub fn shown(&self, name: &str, state: Digest) -> Result<Option<String>, StoreError> {
        // a file of an earlier version that is only read keeps none
        if !self.has_table("shown")? {
            return Ok(None);
        }
        let mut statement = self
            .conn
            .prepare_cached("SELECT content FROM shown WHERE page = ?1 AND state = ?2")?;
        let packed: Option<Vec<u8>> = statement
            .query_row((key_of(name), state.bytes().as_slice()), |row| row.get(0))
            .optional()?;
        // a damaged page is as good as none
        let page = packed.and_then(|packed| unpack("a page", &packed).ok());
        Ok(page.and_then(|page| String::from_utf8(page).ok()))
    }
}

/// Keeps a page for the next time it is asked for. Where that cannot be at once (the file may only be read, is of an earlier
/// version, another program writes just now), it is not kept: it can be made anew.
pub fn keep_shown(path: &Path, name: &str, state: Digest, page: &str) {
    // what went wrong costs the next reader some milliseconds, and is told by whatever writes next
    let _ = try_to_keep(path, name, state, page);
}

fn try_to_keep(path: &Path, name: &str, state: Digest, page: &str) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::ZERO)?;
    // nothing is lost with a page that a power cut takes back
    conn.execute_batch("PRAGMA synchronous = NORMAL")?;
    let writing = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    writing.execute(
        "INSERT OR REPLACE INTO shown (page, state, content) VALUES (?1, ?2, ?3)",
        (
            key_of(name),
            state.bytes().as_slice(),
            pack_quickly(page.as_bytes()),
        ),
    )?;
    writing.execute(
        "DELETE FROM shown WHERE id <= (SELECT max(id) FROM shown) - ?1",
        [KEPT],
    )?;
    writing.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Mode};

    #[test]
    fn pages_are_kept_by_name_and_state_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let open = |mode| Store::open(&path, mode, Limits::default()).unwrap();
        drop(open(Mode::Create));
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        keep_shown(&path, "s1 text", one, "old");
        keep_shown(&path, "s1 text", other, "new");
        keep_shown(&path, "s1 html", one, "<p>old");
        let store = open(Mode::Read);
        let check = |name, state, page: Option<&str>| {
            assert_eq!(store.shown(name, state).unwrap().as_deref(), page, "{name}");
        };
        check("s1 text", one, None);
        check("s1 text", other, Some("new"));
        check("s1 html", one, Some("<p>old"));
        check("s2 text", one, None);
        for page in 0..KEPT - 1 {
            keep_shown(&path, &format!("{page}"), one, "x");
        }
        check("s1 text", other, None);
        check("s1 html", one, Some("<p>old"));
        // nobody waits while another program writes
        let writing = open(Mode::Write);
        writing
            .transaction(|_| {
                keep_shown(&path, "late", one, "x");
                Ok::<_, StoreError>(())
            })
            .unwrap();
        check("late", one, None);
        keep_shown(&folder.path().join("none.db"), "s1", one, "x");
        assert!(!folder.path().join("none.db").exists());
    }
}
