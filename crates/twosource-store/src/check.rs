//! Whether the file still holds what was put into it: every hash, every anchor, every tie.

use twosource_model::{Analysis, Digest, Span, revision_of};

use crate::articles::half_digest;
use crate::documents::digest_of;
use crate::numbers::{DocumentNumber, RevisionNumber};
use crate::{Store, StoreError};

/// Problems that are listed at most; what follows is counted only.
const LISTED: usize = 1_000;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Revisions whose hash, spans and analysis were checked.
    pub revisions: u64,
    /// Spans that were resolved.
    pub spans: u64,
    /// Kept pages whose digest was checked.
    pub pages: u64,
    /// What does not hold, in words.
    pub problems: Vec<String>,
    /// How many problems there are, the unlisted ones among them.
    pub count: u64,
}

impl Checked {
    fn problem(&mut self, words: String) {
        self.count += 1;
        if self.problems.len() < LISTED {
            self.problems.push(words);
        }
    }
}

/// Ties that must hold: what is wrong, and the rows that break it.
const TIES: &[(&str, &str)] = &[
    (
        "article without a present state",
        "SELECT name FROM article a WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = a.current AND r.article = a.id)",
    ),
    (
        "article without a story",
        "SELECT name FROM article WHERE story IS NULL",
    ),
    (
        "article in a story that is not there",
        "SELECT name FROM article a WHERE story IS NOT NULL AND NOT EXISTS (SELECT 1 FROM story s WHERE s.id = a.story)",
    ),
    (
        "story that counts its articles wrongly",
        "SELECT 's' || s.id FROM story s WHERE s.articles <> (SELECT count(*) FROM article a WHERE a.story = s.id)",
    ),
    (
        "empty story that leads nowhere",
        "SELECT 's' || id FROM story s WHERE articles = 0 AND merged_into IS NULL \
           AND EXISTS (SELECT 1 FROM event e WHERE e.story = s.id AND e.kind = 5) \
           AND NOT EXISTS (SELECT 1 FROM event e WHERE e.story = s.id AND e.kind = 8)",
    ),
    (
        "story with articles that leads elsewhere",
        "SELECT 's' || id FROM story WHERE articles > 0 AND merged_into IS NOT NULL",
    ),
    (
        "revision without a step in the history",
        "SELECT r.id FROM revision r WHERE NOT EXISTS (SELECT 1 FROM step s WHERE s.revision = r.id)",
    ),
    (
        "revision without annotations",
        "SELECT id FROM revision r WHERE NOT EXISTS (SELECT 1 FROM annotation n WHERE n.revision = r.id)",
    ),
    (
        "article that stands twice",
        "SELECT name FROM article GROUP BY name HAVING count(*) > 1",
    ),
    (
        "article that is not in the index of words",
        "SELECT name FROM article a WHERE NOT EXISTS (SELECT 1 FROM search_docsize d WHERE d.id = a.id)",
    ),
];

/// The same of a table that files of earlier versions have not.
const TIES_OF_THREADS: (&str, &str) = (
    "tie between stories that stands one way only",
    "SELECT 's' || story FROM thread t WHERE NOT EXISTS (SELECT 1 FROM thread o WHERE o.story = t.near AND o.near = t.story)",
);

impl Store {
    /// Checks everything. `progress` is told the number of revisions done, after each.
    ///
    /// # Errors
    /// When the file cannot be read at all; what is wrong in it is in the result.
    pub fn check(&self, mut progress: impl FnMut(u64)) -> Result<Checked, StoreError> {
        let mut checked = Checked::default();
        self.check_pages_of_file(&mut checked)?;
        self.check_ties(&mut checked)?;
        let mut last = 0;
        loop {
            let rows: Vec<(i64, Vec<u8>, String, String)> = self
                .conn
                .prepare_cached(
                    "SELECT id, digest, title, text FROM revision WHERE id > ?1 ORDER BY id LIMIT 256",
                )?
                .query_map([last], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect::<Result<_, _>>()?;
            let Some(end) = rows.last() else { break };
            last = end.0;
            for (number, digest, title, text) in rows {
                self.check_revision(RevisionNumber(number), &digest, &title, &text, &mut checked)?;
                checked.revisions += 1;
                progress(checked.revisions);
            }
        }
        self.check_kept(&mut checked)?;
        Ok(checked)
    }

    fn check_pages_of_file(&self, checked: &mut Checked) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare("PRAGMA integrity_check(20)")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        for row in rows {
            let row = row?;
            if row != "ok" {
                checked.problem(format!("the database: {row}"));
            }
        }
        let mut statement = self.conn.prepare("PRAGMA foreign_key_check")?;
        let rows = statement.query_map([], |row| {
            Ok(format!(
                "row {} of {} names a row of {} that is not there",
                row.get::<_, Option<i64>>(1)?.unwrap_or(0),
                row.get::<_, String>(0)?,
                row.get::<_, String>(2)?
            ))
        })?;
        for row in rows {
            checked.problem(row?);
        }
        Ok(())
    }

    fn check_ties(&self, checked: &mut Checked) -> Result<(), StoreError> {
        let threads = self.has_table("thread")?.then_some(&TIES_OF_THREADS);
        for (wrong, sql) in TIES.iter().chain(threads) {
            let mut statement = self.conn.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let name = match row.get_ref(0)? {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    other => String::from_utf8_lossy(other.as_bytes().unwrap_or_default()).into_owned(),
                };
                checked.problem(format!("{wrong}: {name}"));
            }
        }
        Ok(())
    }

    fn check_revision(
        &self,
        number: RevisionNumber,
        digest: &[u8],
        title: &str,
        text: &str,
        checked: &mut Checked,
    ) -> Result<(), StoreError> {
        if revision_of(title, text).bytes().as_slice() != digest {
            checked.problem(format!(
                "revision {}: title or text is not what its hash says",
                number.0
            ));
            return Ok(());
        }
        let annotated: Result<(Vec<u8>, Vec<u8>), _> = self
            .conn
            .prepare_cached("SELECT digest, content FROM annotation WHERE revision = ?1")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)));
        let Ok((noted, content)) = annotated else {
            return Ok(()); // told by the ties
        };
        if half_digest(&content) != noted {
            checked.problem(format!(
                "revision {}: annotations are not what their hash says",
                number.0
            ));
            return Ok(());
        }
        match self.reading(number) {
            Ok((article, analysis)) => {
                let outside = |span: Span| span.get(article.text()).is_none();
                for span in spans_of(&analysis).chain(article.paragraphs.iter().map(|p| p.span)) {
                    checked.spans += 1;
                    if outside(span) {
                        checked.problem(format!(
                            "revision {} of {}: {span:?} is no stretch of its text",
                            number.0, article.id
                        ));
                    }
                }
            }
            Err(StoreError::Unreadable { what, reason }) => checked.problem(format!("{what}: {reason}")),
            Err(other) => return Err(other),
        }
        Ok(())
    }

    fn check_kept(&self, checked: &mut Checked) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT d.id, d.name, d.digest FROM page p JOIN document d ON d.id = p.document ORDER BY d.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, DocumentNumber>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        })?;
        for row in rows {
            let (number, name, digest) = row?;
            checked.pages += 1;
            match self.page(number) {
                Ok(Some(bytes)) if Digest::of(&bytes) == digest_of(&name, &digest)? => {}
                Ok(_) => checked.problem(format!("document {name}: its bytes are not what its digest says")),
                Err(StoreError::Unreadable { what, reason }) => checked.problem(format!("{what}: {reason}")),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }
}

/// Every span of an analysis.
fn spans_of(analysis: &Analysis) -> impl Iterator<Item = Span> + '_ {
    let sentences = analysis.sentences.iter().map(|s| s.span);
    let tokens = analysis.tokens.iter().map(|t| t.span);
    let mentions = analysis.mentions.iter().flat_map(|m| [m.span, m.full]);
    let quotes = analysis.quotes.iter().flat_map(|q| {
        let pieces = q.content.iter().chain(&q.cue).chain(&q.speaker).copied();
        pieces.chain(q.addressee).chain(q.medium)
    });
    let times = analysis.times.iter().map(|t| t.span);
    let numbers = analysis
        .numbers
        .iter()
        .flat_map(|n| std::iter::once(n.span).chain(n.counted));
    let events = analysis.events.iter().flat_map(|e| {
        let actors = e.source.iter().chain(&e.target).map(|actor| actor.span);
        [e.trigger, e.span].into_iter().chain(actors)
    });
    sentences
        .chain(tokens)
        .chain(mentions)
        .chain(quotes)
        .chain(times)
        .chain(numbers)
        .chain(events)
}
