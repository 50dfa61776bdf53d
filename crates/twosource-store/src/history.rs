//! The history that the grouping follows: arrivals and acts of people, in order, with states of the grouping to start from.

use rusqlite::OptionalExtension;
use twosource_model::ArticleId;

use crate::compact::{pack_quickly, unpack};
use crate::numbers::{ArticleNumber, RevisionNumber, StepNumber};
use crate::{Store, StoreError};

/// Bytes of a snapshot in one row.
const CHUNK_BYTES: usize = 1 << 20;

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub number: StepNumber,
    /// What happened.
    pub what: StepKind,
}

/// What a step of the history is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// An article arrived in this state.
    Arrival {
        /// its state
        revision: RevisionNumber,
        /// when it was first seen, which stands in for a missing date
        seen: Option<String>,
    },
    /// A person decided something.
    Act(Act),
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its number.
    pub number: i64,
    /// `merge` or `split`.
    pub kind: String,
    /// As it was asked for: `s1 s2`.
    pub words: String,
    /// The day that was passed in as "now".
    pub as_of: Option<String>,
    /// It was taken back.
    pub undone: bool,
    /// The constraints that it set.
    pub decisions: Vec<Constraint>,
}

/// Two articles belong together, or do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// They belong together; else they do not.
    pub together: bool,
    /// One article.
    pub a: ArticleId,
    /// The other one.
    pub b: ArticleId,
}

impl Store {
    /// Puts the arrival of a revision on record.
    ///
    /// # Errors
    /// Those of the file.
    pub fn add_arrival(
        &self,
        revision: RevisionNumber,
        seen: Option<&str>,
    ) -> Result<StepNumber, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO step (revision, seen) VALUES (?1, ?2)")?
            .execute((revision, seen))?;
        Ok(StepNumber(self.conn.last_insert_rowid()))
    }

    /// Puts an act on record: its step and its number.
    ///
    /// # Errors
    /// Those of the file.
    pub fn add_act(
        &self,
        kind: &str,
        words: &str,
        as_of: Option<&str>,
        decisions: &[(bool, ArticleNumber, ArticleNumber)],
    ) -> Result<StepNumber, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO act (kind, words, as_of) VALUES (?1, ?2, ?3)")?
            .execute((kind, words, as_of))?;
        let act = self.conn.last_insert_rowid();
        for (together, a, b) in decisions {
            let verdict = if *together { "together" } else { "apart" };
            self.conn
                .prepare_cached("INSERT INTO decision (act, verdict, a, b) VALUES (?1, ?2, ?3, ?4)")?
                .execute((act, verdict, a, b))?;
        }
        self.conn
            .prepare_cached("INSERT INTO step (act) VALUES (?1)")?
            .execute([act])?;
        Ok(StepNumber(self.conn.last_insert_rowid()))
    }

    /// The last act that was not taken back, with its step.
    ///
    /// # Errors
    /// Those of the file.
    pub fn last_act(&self) -> Result<Option<(StepNumber, Act)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.id, a.id FROM act a JOIN step s ON s.act = a.id WHERE a.undone = 0 ORDER BY s.id DESC LIMIT 1",
        )?;
        let found: Option<(StepNumber, i64)> = statement
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(step, act)| Ok((step, self.act(act)?))).transpose()
    }

    /// All acts, in order.
    ///
    /// # Errors
    /// Those of the file.
    pub fn acts(&self) -> Result<Vec<Act>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM act ORDER BY id")?;
        let numbers: Vec<i64> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        numbers.into_iter().map(|number| self.act(number)).collect()
    }

    /// Marks an act as taken back. The history is another one from now on: see [`Store::rewrites`].
    ///
    /// # Errors
    /// Those of the file.
    pub fn mark_undone(&self, act: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE act SET undone = 1 WHERE id = ?1")?
            .execute([act])?;
        let rewrites = self.rewrites()? + 1;
        self.put_note("rewrites", &rewrites.to_string())
    }

    /// How many times the history was changed before its end.
    ///
    /// # Errors
    /// Those of the file.
    pub fn rewrites(&self) -> Result<u64, StoreError> {
        Ok(self
            .note("rewrites")?
            .and_then(|text| text.parse().ok())
            .unwrap_or(0))
    }

    /// The last step of the history; 0 when there is none.
    ///
    /// # Errors
    /// Those of the file.
    pub fn last_step(&self) -> Result<StepNumber, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT coalesce(max(id), 0) FROM step")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// At most `most` steps after `after`, in order.
    ///
    /// # Errors
    /// Those of the file.
    pub fn steps_after(&self, after: StepNumber, most: usize) -> Result<Vec<Step>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, revision, act, seen FROM step WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        type Row = (StepNumber, Option<RevisionNumber>, Option<i64>, Option<String>);
        let rows: Vec<Row> = statement
            .query_map((after, most as i64), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(number, revision, act, seen)| {
                let what = match (revision, act) {
                    (Some(revision), _) => StepKind::Arrival { revision, seen },
                    (None, Some(act)) => StepKind::Act(self.act(act)?),
                    (None, None) => {
                        return Err(StoreError::unreadable(
                            format!("step {}", number.0),
                            "it says nothing",
                        ));
                    }
                };
                Ok(Step { number, what })
            })
            .collect()
    }

    /// Keeps the state of the grouping as it was after `step`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_snapshot(&self, step: StepNumber, state: &[u8]) -> Result<(), StoreError> {
        let packed = pack_quickly(state);
        self.conn
            .prepare_cached("DELETE FROM snapshot WHERE step = ?1")?
            .execute([step])?;
        for (at, chunk) in packed.chunks(CHUNK_BYTES).enumerate() {
            self.conn
                .prepare_cached("INSERT INTO snapshot (step, chunk, content) VALUES (?1, ?2, ?3)")?
                .execute((step, at as i64, chunk))?;
        }
        Ok(())
    }

    /// Steps of which a state is kept, ascending.
    ///
    /// # Errors
    /// Those of the file.
    pub fn snapshots(&self) -> Result<Vec<StepNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT DISTINCT step FROM snapshot ORDER BY step")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The state of the grouping as it was after `step`.
    ///
    /// # Errors
    /// Those of the file; when the bytes cannot be unfolded.
    pub fn snapshot(&self, step: StepNumber) -> Result<Vec<u8>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT content FROM snapshot WHERE step = ?1 ORDER BY chunk")?;
        let mut packed = Vec::new();
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            packed.extend_from_slice(row.get_ref(0)?.as_blob().unwrap_or_default());
        }
        unpack("a state of the grouping", &packed)
    }

    /// Drops the state that was kept after `step`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn drop_snapshot(&self, step: StepNumber) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM snapshot WHERE step = ?1")?
            .execute([step])?;
        Ok(())
    }

    fn act(&self, number: i64) -> Result<Act, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT kind, words, as_of, undone FROM act WHERE id = ?1")?;
        let mut act = statement.query_row([number], |row| {
            Ok(Act {
                number,
                kind: row.get(0)?,
                words: row.get(1)?,
                as_of: row.get(2)?,
                undone: row.get(3)?,
                decisions: Vec::new(),
            })
        })?;
        let mut statement = self.conn.prepare_cached(
            "SELECT d.verdict = 'together', x.name, y.name FROM decision d JOIN article x ON x.id = d.a \
             JOIN article y ON y.id = d.b WHERE d.act = ?1 ORDER BY d.id",
        )?;
        let rows = statement.query_map([number], |row| {
            Ok(Constraint {
                together: row.get(0)?,
                a: ArticleId::new(&row.get::<_, String>(1)?),
                b: ArticleId::new(&row.get::<_, String>(2)?),
            })
        })?;
        act.decisions = rows.collect::<Result<_, _>>()?;
        Ok(act)
    }
}
