//! Rows of articles, stories and quotes.

use twosource_model::QuoteKind;

use super::sheet::{Cell, Column, ColumnKind, Row};
use crate::numbers::{RevisionNumber, StoryNumber};
use crate::{Store, StoreError};

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

pub const ARTICLES: &[Column] = &[
    column("article", ColumnKind::Text),
    column("revision", ColumnKind::Text),
    column("revisions", ColumnKind::Integer),
    column("url", ColumnKind::Text),
    column("outlet", ColumnKind::Text),
    column("published", ColumnKind::Text),
    column("language", ColumnKind::Text),
    column("title", ColumnKind::Text),
    column("story", ColumnKind::Text),
    column("origin", ColumnKind::Text),
    column("document", ColumnKind::Text),
    column("document_sha256", ColumnKind::Text),
    column("text", ColumnKind::Text),
];

pub const STORIES: &[Column] = &[
    column("story", ColumnKind::Text),
    column("leads_to", ColumnKind::Text),
    column("title", ColumnKind::Text),
    column("reports", ColumnKind::Integer),
    column("origins", ColumnKind::Integer),
    column("outlets", ColumnKind::Integer),
    column("first_published", ColumnKind::Text),
    column("last_published", ColumnKind::Text),
    column("thread", ColumnKind::Text),
];

pub const QUOTES: &[Column] = &[
    column("story", ColumnKind::Text),
    column("article", ColumnKind::Text),
    column("revision", ColumnKind::Text),
    column("speaker", ColumnKind::Text),
    column("speaker_words", ColumnKind::Text),
    column("cue", ColumnKind::Text),
    column("kind", ColumnKind::Text),
    column("words", ColumnKind::Text),
    column("start", ColumnKind::Integer),
    column("end", ColumnKind::Integer),
];

impl Store {
    pub(super) fn article_rows(&self, row: Row<'_>) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT a.name, lower(hex(r.digest)), (SELECT count(*) FROM revision x WHERE x.article = a.id), \
                    coalesce(r.url, CASE WHEN a.name LIKE 'http%' THEN a.name END), o.name, r.published, r.language, \
                    r.title, a.story, f.name, d.name, lower(hex(d.digest)), r.text \
               FROM article a JOIN revision r ON r.id = a.current LEFT JOIN outlet o ON o.id = r.outlet \
               LEFT JOIN article f ON f.id = a.origin LEFT JOIN document d ON d.id = r.document ORDER BY a.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(found) = rows.next()? {
            let text = |at: usize| -> Result<Cell, StoreError> {
                Ok(Cell::text(found.get::<_, Option<String>>(at)?))
            };
            let story: Option<StoryNumber> = found.get(8)?;
            row(vec![
                text(0)?,
                text(1)?,
                Cell::integer(found.get(2)?),
                text(3)?,
                text(4)?,
                text(5)?,
                text(6)?,
                text(7)?,
                Cell::text(story.map(|story| story.to_string())),
                text(9)?,
                text(10)?,
                text(11)?,
                text(12)?,
            ])?;
        }
        Ok(())
    }

    pub(super) fn story_rows(&self, row: Row<'_>) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare("SELECT id FROM story ORDER BY id")?;
        let numbers: Vec<StoryNumber> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for number in numbers {
            let leads_to = self.resolve(number)?;
            let leads_to = (leads_to != number).then(|| leads_to.to_string());
            let cells = match self.story_entry(number)? {
                Some(entry) => vec![
                    Cell::Text(number.to_string()),
                    Cell::text(leads_to),
                    Cell::Text(entry.title),
                    Cell::Integer(entry.articles.into()),
                    Cell::Integer(entry.origins.into()),
                    Cell::Integer(entry.outlets.into()),
                    Cell::text(entry.days.map(|days| days.0.to_string())),
                    Cell::text(entry.days.map(|days| days.1.to_string())),
                    Cell::text(self.thread_words(number)?),
                ],
                None => vec![Cell::Text(number.to_string()), Cell::text(leads_to)],
            };
            row(cells)?;
        }
        Ok(())
    }

    /// Ids of the stories of the same affair.
    fn thread_words(&self, story: StoryNumber) -> Result<Option<String>, StoreError> {
        let thread = self.thread(story, usize::MAX)?.stories;
        let ids: Vec<String> = thread.iter().map(|entry| entry.number.to_string()).collect();
        Ok((!ids.is_empty()).then(|| ids.join(" ")))
    }

    pub(super) fn quote_rows(&self, row: Row<'_>) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare("SELECT current, story FROM article WHERE current IS NOT NULL ORDER BY id")?;
        let rows: Vec<(RevisionNumber, Option<StoryNumber>)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (revision, story) in rows {
            let (article, analysis) = self.reading(revision)?;
            let words = |spans: &[twosource_model::Span]| -> Option<String> {
                let pieces: Vec<&str> = spans.iter().filter_map(|span| span.get(article.text())).collect();
                (!pieces.is_empty()).then(|| pieces.join(" … "))
            };
            for quote in analysis.quotes.iter().filter(|quote| !quote.content.is_empty()) {
                let speaker = quote
                    .speaker_entity
                    .and_then(|at| analysis.entities.get(at as usize));
                let hull = quote.hull();
                row(vec![
                    Cell::text(story.map(|story| story.to_string())),
                    Cell::Text(article.id.to_string()),
                    Cell::Text(article.revision().to_string()),
                    Cell::text(speaker.map(|entity| entity.name.clone())),
                    Cell::text(words(&quote.speaker)),
                    Cell::text(words(&quote.cue)),
                    Cell::Text(
                        match quote.kind {
                            QuoteKind::Direct => "direct",
                            QuoteKind::Indirect => "indirect",
                            QuoteKind::Mixed => "mixed",
                        }
                        .to_owned(),
                    ),
                    Cell::text(words(&quote.content)),
                    Cell::Integer(hull.start() as i64),
                    Cell::Integer(hull.end() as i64),
                ])?;
            }
        }
        Ok(())
    }
}
