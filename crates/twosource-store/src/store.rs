//! Opens the file, brings it to the present version, and wraps writing in transactions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::StoreError;
use crate::links::Links;
use crate::tags::Tags;

/// Version of the format that this program writes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// What leads from each version to the next; the first makes version 1 of an empty file.
const MIGRATIONS: &[&str] = &[
    include_str!("schema-1.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
];

/// Marks the file as a desk for `file(1)` and for us: "2src" in ASCII.
const APPLICATION_ID: i64 = 0x3273_7263;
/// Bytes of a page. Texts of a few kilobytes lie over several with little left empty (2 % of their bytes, 16 % with pages
/// of 16 KiB), and a key that falls anywhere into an index rewrites little.
const PAGE_BYTES: u64 = 1_024;
/// How long a write waits for another program's.
const BUSY: Duration = Duration::from_secs(30);

/// What the file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To read; the file must be there.
    Read,
    /// To write; the file must be there.
    Write,
    /// To write; a new file is made where there is none.
    Create,
}

/// Bounds of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the file; 0 is no limit.
    pub file_bytes: u64,
}

/// An open desk file.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) tags: Tags,
    pub(crate) links: Links,
    path: PathBuf,
}

impl Store {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// When it is missing, no desk, of a later version, or (for writing) read-only.
    pub fn open(path: &Path, mode: Mode, limits: Limits) -> Result<Self, StoreError> {
        let missing = !path.exists();
        if missing && mode != Mode::Create {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        let conn = connect(path, mode)?;
        let mut store = Self {
            conn,
            tags: Tags::default(),
            links: Links::default(),
            path: path.to_owned(),
        };
        store.conn.busy_timeout(BUSY)?;
        store.recognise(mode)?;
        store.tune(mode, limits)?;
        store.tags = store.load_tags(mode != Mode::Read)?;
        Ok(store)
    }

    /// A new desk in memory, for tests.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        let mut store = Self {
            conn: Connection::open_in_memory()?,
            tags: Tags::default(),
            links: Links::default(),
            path: PathBuf::from(":memory:"),
        };
        store.recognise(Mode::Create)?;
        store.tune(Mode::Create, Limits::default())?;
        store.tags = store.load_tags(true)?;
        Ok(store)
    }

    /// Where the file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` as a whole or not at all: what it wrote is on disk when this returns `Ok`, and gone when it fails.
    ///
    /// # Errors
    /// Those of `work`, and those of the file.
    pub fn transaction<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.batch("BEGIN IMMEDIATE")?;
        match work(self) {
            Ok(value) => match self.batch("COMMIT") {
                Ok(()) => Ok(value),
                Err(error) => {
                    self.take_back();
                    Err(error.into())
                }
            },
            Err(error) => {
                self.take_back();
                Err(error)
            }
        }
    }

    /// Runs `work`, which only reads: all of it sees the file as it is at its first question, whatever others write
    /// meanwhile. Within a transaction it sees what that sees.
    ///
    /// # Errors
    /// Those of `work`, and those of the file.
    pub fn undisturbed<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.conn.is_autocommit() {
            return work(self);
        }
        self.batch("BEGIN")?;
        let found = work(self);
        self.batch("COMMIT")?;
        found
    }

    fn take_back(&self) {
        // some failures (a full disk) have rolled back already; then this one is no news
        let _ = self.batch("ROLLBACK");
        self.links.forget();
    }

    /// Bytes of the desk as it is: the file after everything in the log beside it has been written over.
    ///
    /// # Errors
    /// Those of the file.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        let bytes = self.pragma("page_count")? * self.pragma("page_size")?;
        Ok(bytes.max(0) as u64)
    }

    /// The value noted under `key`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn note(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT value FROM note WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Notes `value` under `key`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_note(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("INSERT OR REPLACE INTO note (key, value) VALUES (?1, ?2)")?;
        statement.execute([key, value])?;
        Ok(())
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.conn.execute_batch(sql)?)
    }

    /// Makes sure that it is a desk of a version we know; makes or migrates it when it may be written.
    fn recognise(&self, mode: Mode) -> Result<(), StoreError> {
        let not = |reason: &str| StoreError::NotADesk {
            path: self.path.clone(),
            reason: reason.to_owned(),
        };
        let version = match self.pragma("user_version") {
            Err(StoreError::Damaged { .. }) => return Err(not("it is no SQLite database")),
            other => other?,
        };
        let application = self.pragma("application_id")?;
        let tables: i64 = self
            .conn
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application != APPLICATION_ID && tables > 0 {
            return Err(not("it is a database of another program"));
        }
        if version > SCHEMA_VERSION {
            return Err(StoreError::TooNew {
                path: self.path.clone(),
                found: version,
                known: SCHEMA_VERSION,
            });
        }
        if tables == 0 && mode == Mode::Create {
            self.batch(&format!(
                "PRAGMA page_size = {PAGE_BYTES}; PRAGMA application_id = {APPLICATION_ID}; PRAGMA journal_mode = WAL;"
            ))?;
        } else if tables == 0 {
            return Err(not("it is empty"));
        }
        if version < SCHEMA_VERSION && mode != Mode::Read {
            self.migrate(version)?;
        }
        Ok(())
    }

    fn migrate(&self, from: i64) -> Result<(), StoreError> {
        self.transaction(|store| {
            // another program may have done it while we waited
            let from = store.pragma("user_version")?.max(from);
            let from = usize::try_from(from).unwrap_or(0);
            for migration in &MIGRATIONS[from..] {
                store.batch(migration)?;
            }
            store.batch(&format!("PRAGMA user_version = {SCHEMA_VERSION}"))
        })
    }

    fn tune(&self, mode: Mode, limits: Limits) -> Result<(), StoreError> {
        // else a statement that is looked up by a key is planned anew for each key
        self.conn
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        self.batch(
            "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; \
             PRAGMA temp_store = MEMORY;",
        )?;
        self.conn.set_prepared_statement_cache_capacity(128);
        if mode != Mode::Read {
            // full: what was acknowledged survives a power cut too, not only the end of the process
            self.batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 32000;")?;
            if limits.file_bytes > 0 {
                let page = self.pragma("page_size")?.max(1);
                let pages = i64::try_from(limits.file_bytes).unwrap_or(i64::MAX) / page;
                self.batch(&format!("PRAGMA max_page_count = {}", pages.max(1)))?;
            }
        }
        Ok(())
    }

    pub(crate) fn has_table(&self, name: &str) -> Result<bool, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?;
        Ok(statement.exists([name])?)
    }

    pub(crate) fn pragma(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
    }
}

fn connect(path: &Path, mode: Mode) -> Result<Connection, StoreError> {
    let flags = match mode {
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if mode != Mode::Read {
        return Ok(conn);
    }
    // a file in a folder that cannot be written has no place for the shared index of the log: when there is no log,
    // the file alone is the whole truth
    let readable = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    });
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let logged = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    match readable {
        Err(error) if !logged && !matches!(StoreError::from_ref(&error), Kind::Foreign) => {
            let address = format!("file:{}?immutable=1", escaped(path));
            let flags = flags | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Ok(Connection::open_with_flags(address, flags)?)
        }
        _ => Ok(conn),
    }
}

enum Kind {
    Foreign,
    Other,
}

impl StoreError {
    fn from_ref(error: &rusqlite::Error) -> Kind {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Kind::Foreign,
            _ => Kind::Other,
        }
    }
}

/// A path as it stands in a `file:` address.
fn escaped(path: &Path) -> String {
    let mut address = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                address.push(char::from(*byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}
