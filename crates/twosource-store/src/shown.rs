//! Pages as they were shown, with the state of the desk that they show: as good as made anew while that is the same.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::FromSql;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use twosource_model::Digest;

use crate::compact::{pack_quickly, unpack};
use crate::keys::key_of;
use crate::numbers::StoryNumber;
use crate::threads::Thread;
use crate::{Store, StoreError};

/// Kept pages take at most this part of the file, those kept last.
const SHARE: i64 = 200;
/// So many bytes may they take in a small file: fifteen pages of sixty reports.
const ALWAYS: i64 = 1 << 20;

/// A page to keep: of which story, by what name, of what state of the desk, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    story: StoryNumber,
    name: i64,
    state: Digest,
    packed: Vec<u8>,
}

impl Kept {
    /// The page of a story by that name, made in that state.
    #[must_use]
    pub fn of(story: StoryNumber, name: &str, state: Digest, page: &str) -> Self {
        Self {
            story,
            name: key_of(name),
            state,
            packed: pack_quickly(page.as_bytes()),
        }
    }

    /// A note that the page of that name cannot be kept in that state: it is not made ahead again.
    #[must_use]
    pub fn none(story: StoryNumber, name: &str, state: Digest) -> Self {
        Self {
            packed: Vec::new(),
            ..Self::of(story, name, state, "")
        }
    }

    /// Bytes that it takes.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.packed.len()
    }

    fn put(&self, conn: &Connection) -> rusqlite::Result<()> {
        let room = room(conn)?;
        let packed = match self.packed.len() as i64 {
            bytes if bytes > room => &[],
            _ => self.packed.as_slice(),
        };
        // nothing is kept of a story that was let go meanwhile
        let mut statement = conn.prepare_cached(
            "INSERT OR REPLACE INTO shown (page, state, content) SELECT ?1, ?2, ?3 \
             WHERE EXISTS (SELECT 1 FROM story WHERE id = ?4 AND articles > 0)",
        )?;
        let state = self.state.bytes().as_slice();
        statement.execute((self.name, state, packed, self.story))?;
        Ok(())
    }
}

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
        let packed: Option<Vec<u8>> = self.kept(name, state, "content")?;
        // a damaged page is as good as none
        let packed = packed.filter(|packed| !packed.is_empty());
        let page = packed.and_then(|packed| unpack("a page", &packed).ok());
        Ok(page.and_then(|page| String::from_utf8(page).ok()))
    }

    /// Bytes that this page takes as it is kept, where it is; none where it cannot be.
    ///
    /// # Errors
    /// Those of the file.
    pub fn bytes_kept(&self, name: &str, state: Digest) -> Result<Option<usize>, StoreError> {
        let bytes: Option<i64> = self.kept(name, state, "length(content)")?;
        Ok(bytes.map(|bytes| bytes as usize))
    }

    fn kept<T: FromSql>(&self, name: &str, state: Digest, what: &str) -> Result<Option<T>, StoreError> {
        // a file of an earlier version that is only read keeps none
        if !self.has_table("shown")? {
            return Ok(None);
        }
        let question = format!("SELECT {what} FROM shown WHERE page = ?1 AND state = ?2");
        let mut statement = self.conn.prepare_cached(&question)?;
        let found = statement.query_row((key_of(name), state.bytes().as_slice()), |row| row.get(0));
        Ok(found.optional()?)
    }

    /// Bytes that kept pages may take: a 200th of the file, and 1 MiB in a small one.
    ///
    /// # Errors
    /// Those of the file.
    pub fn room_to_keep(&self) -> Result<usize, StoreError> {
        Ok(room(&self.conn)? as usize)
    }

    /// Keeps pages for when they are asked for, and those of the names `on` longer than others; the oldest make room for them.
    ///
    /// # Errors
    /// Those of the file.
    pub fn keep_all(&self, pages: &[Kept], on: &[String]) -> Result<(), StoreError> {
        self.transaction(|store| {
            let mut again = store
                .conn
                .prepare_cached("UPDATE shown SET id = (SELECT max(id) + 1 FROM shown) WHERE page = ?1")?;
            for name in on {
                again.execute([key_of(name)])?;
            }
            for page in pages {
                page.put(&store.conn)?;
            }
            Ok(forget_oldest(&store.conn)?)
        })
    }
}

/// Keeps a page that was made for a reader. Where that cannot be at once (the file may only be read, is of an earlier
/// version, another program writes just now), it is not kept: it can be made anew.
pub fn keep_at_once(path: &Path, page: &Kept) {
    // what went wrong costs the next reader some milliseconds, and is told by whatever writes next
    let _ = try_to_keep(path, page);
}

fn try_to_keep(path: &Path, page: &Kept) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::ZERO)?;
    // nothing is lost with a page that a power cut takes back
    conn.execute_batch("PRAGMA synchronous = NORMAL")?;
    let writing = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    page.put(&writing)?;
    forget_oldest(&writing)?;
    writing.commit()
}

fn room(conn: &Connection) -> rusqlite::Result<i64> {
    let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok((number("page_count")? * number("page_size")? / SHARE).max(ALWAYS))
}

fn forget_oldest(conn: &Connection) -> rusqlite::Result<()> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM shown WHERE id IN (SELECT id FROM \
         (SELECT id, sum(length(content)) OVER (ORDER BY id DESC) AS held FROM shown) WHERE held > ?1)",
    )?;
    statement.execute([room(conn)?])?;
    Ok(())
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
        let s1 = StoryNumber(1);
        let store = open(Mode::Create);
        for row in ["(1, 1, 1, 1, 1)", "(2, 2, 1, 1, 0)"] {
            let story =
                format!("INSERT INTO story (id, label_key, opened, last_step, articles) VALUES {row}");
            store.conn.execute(&story, []).unwrap();
        }
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        keep_at_once(&path, &Kept::of(s1, "s1 text", one, "old"));
        keep_at_once(&path, &Kept::of(s1, "s1 text", other, "new"));
        keep_at_once(&path, &Kept::of(s1, "s1 html", one, "<p>old"));
        let check = |name, state, page: Option<&str>| {
            assert_eq!(store.shown(name, state).unwrap().as_deref(), page, "{name}");
            assert_eq!(store.bytes_kept(name, state).unwrap().is_some(), page.is_some());
        };
        check("s1 text", one, None);
        check("s1 text", other, Some("new"));
        check("s1 html", one, Some("<p>old"));
        check("s2 text", one, None);
        // one of more than half the room, and another: no room is left for what was there before
        let room = store.room_to_keep().unwrap();
        let noise: String = (0..room / 60)
            .map(|at| Digest::of(&at.to_be_bytes()).to_string())
            .collect();
        let big = |name| Kept::of(s1, name, one, &noise);
        let bytes = big("big").bytes();
        assert!(room / 2 < bytes && bytes < room, "{bytes} of {room}");
        store
            .keep_all(&[big("big"), Kept::of(s1, "last", one, "<p>last")], &[])
            .unwrap();
        check("s1 html", one, Some("<p>old"));
        store.keep_all(&[big("bigger")], &["s1 html".to_owned()]).unwrap();
        check("s1 text", other, None);
        check("big", one, None);
        check("last", one, Some("<p>last"));
        check("s1 html", one, Some("<p>old"));
        check("bigger", one, Some(&noise));
        // what has no room is noted, and drives out nothing
        let bytes_kept = |name| store.bytes_kept(name, one).unwrap();
        keep_at_once(&path, &Kept::of(s1, "huge", one, &noise.repeat(2)));
        store.keep_all(&[Kept::none(s1, "failed", one)], &[]).unwrap();
        assert_eq!([bytes_kept("huge"), bytes_kept("failed")], [Some(0), Some(0)]);
        assert_eq!(store.shown("huge", one).unwrap(), None);
        check("last", one, Some("<p>last"));
        // nobody waits while another program writes
        store
            .transaction(|_| {
                keep_at_once(&path, &Kept::of(s1, "late", one, "x"));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        check("late", one, None);
        keep_at_once(&path, &Kept::of(StoryNumber(2), "let go", one, "x"));
        check("let go", one, None);
        keep_at_once(&folder.path().join("none.db"), &Kept::of(s1, "s1", one, "x"));
        assert!(!folder.path().join("none.db").exists());
    }
}
