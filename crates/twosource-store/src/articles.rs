//! Articles over their revisions, with the analysis of each.

use std::collections::BTreeSet;

use jiff::civil;
use rayon::prelude::*;
use rusqlite::OptionalExtension;
use twosource_model::{Analysis, Article, ArticleId, Digest, Outlet};

use crate::compact::{Beside, Unlinked, annotation_from_bytes, annotation_to_bytes};
use crate::documents::digest_of;
use crate::keys::key_of;
use crate::numbers::{ArticleNumber, DocumentNumber, RevisionNumber};
use crate::search::{SEPARATOR, searchable};
use crate::tags::Tags;
use crate::{Store, StoreError};

/// What an article's arrival meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    /// Nothing of it was known.
    New,
    /// A state that was not known yet, or an earlier state is back: it is the present one now.
    Revised,
    /// It is the present state already.
    Known,
}

/// Where an article went at its arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The article.
    pub article: ArticleNumber,
    /// Its state.
    pub revision: RevisionNumber,
    /// What was known of it.
    pub novelty: Novelty,
}

/// An article as it stands in lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub number: ArticleNumber,
    /// Its name.
    pub name: ArticleId,
    /// Its present state.
    pub revision: RevisionNumber,
    /// Headline.
    pub title: String,
    /// Name of the outlet; the article's own name where it is unknown.
    pub outlet: String,
    /// Publication, RFC 3339 or a bare day.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// What is known of one revision beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRecord {
    /// Its number.
    pub number: RevisionNumber,
    /// Its content hash.
    pub digest: Digest,
    /// The document it was read from.
    pub document: Option<DocumentNumber>,
    /// It is the present state.
    pub current: bool,
}

impl Store {
    /// Takes in an article as it was read from `document`, with its analysis. An edit makes a new revision; nothing is
    /// ever overwritten.
    ///
    /// # Errors
    /// Those of the file.
    pub fn put_article(
        &self,
        article: &Article,
        analysis: &Analysis,
        document: Option<DocumentNumber>,
    ) -> Result<Arrival, StoreError> {
        let name = article.id.as_str();
        let known = self.article_number(&article.id)?;
        let number = match known {
            Some(number) => number,
            None => self.insert_article(name)?,
        };
        let existing = self.revision_of(number, article.revision())?;
        let revision = match existing {
            Some(revision) => revision,
            None => self.insert_revision(number, article, analysis, document)?,
        };
        if existing.is_some() && self.current(number)? == Some(revision) {
            return Ok(Arrival {
                article: number,
                revision,
                novelty: Novelty::Known,
            });
        }
        self.make_current(number, revision)?;
        self.index(number, article, analysis, known.is_some())?;
        let novelty = if known.is_some() {
            Novelty::Revised
        } else {
            Novelty::New
        };
        Ok(Arrival {
            article: number,
            revision,
            novelty,
        })
    }

    /// The number of an article.
    ///
    /// # Errors
    /// Those of the file.
    pub fn article_number(&self, name: &ArticleId) -> Result<Option<ArticleNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM article WHERE name_key = ?1")?;
        Ok(statement
            .query_row([key_of(name.as_str())], |row| row.get(0))
            .optional()?)
    }

    /// The name of an article.
    ///
    /// # Errors
    /// Those of the file; when there is no such article.
    pub fn article_name(&self, number: ArticleNumber) -> Result<ArticleId, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT name FROM article WHERE id = ?1")?;
        let name: String = statement.query_row([number], |row| row.get(0))?;
        Ok(ArticleId::new(&name))
    }

    /// The present state of an article.
    ///
    /// # Errors
    /// Those of the file.
    pub fn current(&self, article: ArticleNumber) -> Result<Option<RevisionNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT current FROM article WHERE id = ?1")?;
        Ok(statement
            .query_row([article], |row| row.get(0))
            .optional()?
            .flatten())
    }

    /// The revisions of an article, oldest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn revisions(&self, article: ArticleNumber) -> Result<Vec<RevisionRecord>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT r.id, r.digest, r.document, r.id = a.current FROM revision r JOIN article a ON a.id = r.article \
             WHERE r.article = ?1 ORDER BY r.id",
        )?;
        let rows = statement.query_map([article], |row| {
            Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (number, digest, document, current) = row?;
            Ok(RevisionRecord {
                number,
                digest: digest_of("a revision's digest", &digest)?,
                document,
                current,
            })
        })
        .collect()
    }

    /// An article's state with its analysis.
    ///
    /// # Errors
    /// Those of the file; when a value in it cannot be read.
    pub fn reading(&self, revision: RevisionNumber) -> Result<(Article, Analysis), StoreError> {
        self.row(revision)?.read(&self.tags)?.linked(self)
    }

    /// The same of several states, in their order: they are read side by side.
    ///
    /// # Errors
    /// Those of the file; when a value in it cannot be read.
    pub fn readings(&self, revisions: &[RevisionNumber]) -> Result<Vec<(Article, Analysis)>, StoreError> {
        let rows: Vec<Row> = revisions
            .iter()
            .map(|revision| self.row(*revision))
            .collect::<Result<_, _>>()?;
        let tags = &self.tags;
        let read: Vec<Unlinked> = rows
            .par_iter()
            .map(|row| row.read(tags))
            .collect::<Result<_, _>>()?;
        read.into_iter().map(|one| one.linked(self)).collect()
    }

    fn row(&self, revision: RevisionNumber) -> Result<Row, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT n.content, a.name, r.title, r.text, r.url, o.name, o.host, r.published, d.digest \
             FROM revision r JOIN article a ON a.id = r.article JOIN annotation n ON n.revision = r.id \
             LEFT JOIN outlet o ON o.id = r.outlet LEFT JOIN document d ON d.id = r.document WHERE r.id = ?1",
        )?;
        let found = statement.query_row([revision], |row| {
            let known = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
            let digest: Option<Vec<u8>> = row.get(8)?;
            Ok(Row {
                content: row.get(0)?,
                name: row.get(1)?,
                title: row.get(2)?,
                text: row.get(3)?,
                known: [
                    known(4)?,
                    known(5)?,
                    known(6)?,
                    known(7)?,
                    digest.as_deref().map(digits_of).unwrap_or_default(),
                ],
            })
        });
        let missing = || StoreError::unreadable(format!("revision {}", revision.0), "it is not there");
        found.optional()?.ok_or_else(missing)
    }

    /// Articles as they stand in lists, in the order asked for.
    ///
    /// # Errors
    /// Those of the file.
    pub fn entries(&self, articles: &[ArticleNumber]) -> Result<Vec<Entry>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT a.id, a.name, r.id, r.title, o.name, r.published, r.url FROM article a \
             JOIN revision r ON r.id = a.current LEFT JOIN outlet o ON o.id = r.outlet WHERE a.id = ?1",
        )?;
        let mut found = Vec::with_capacity(articles.len());
        for number in articles {
            let entry = statement
                .query_row([number], |row| {
                    let name: String = row.get(1)?;
                    let is_address = name.starts_with("http://") || name.starts_with("https://");
                    Ok(Entry {
                        number: row.get(0)?,
                        revision: row.get(2)?,
                        title: row.get(3)?,
                        outlet: row.get::<_, Option<String>>(4)?.unwrap_or_else(|| name.clone()),
                        published: row.get(5)?,
                        url: row
                            .get::<_, Option<String>>(6)?
                            .or_else(|| is_address.then(|| name.clone())),
                        name: ArticleId::new(&name),
                    })
                })
                .optional()?;
            found.extend(entry);
        }
        Ok(found)
    }

    pub(crate) fn insert_article(&self, name: &str) -> Result<ArticleNumber, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO article (name, name_key) VALUES (?1, ?2)")?
            .execute((name, key_of(name)))?;
        Ok(ArticleNumber(self.conn.last_insert_rowid()))
    }

    fn revision_of(
        &self,
        article: ArticleNumber,
        digest: Digest,
    ) -> Result<Option<RevisionNumber>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM revision WHERE article = ?1 AND digest = ?2")?;
        Ok(statement
            .query_row((article, digest.bytes().as_slice()), |row| row.get(0))
            .optional()?)
    }

    pub(crate) fn insert_revision(
        &self,
        number: ArticleNumber,
        article: &Article,
        analysis: &Analysis,
        document: Option<DocumentNumber>,
    ) -> Result<RevisionNumber, StoreError> {
        let outlet = match &article.outlet {
            Some(outlet) => Some(self.outlet_number(outlet)?),
            None => None,
        };
        let published = article.published.as_ref().map(|dated| dated.moment);
        let published_words = published.map(|moment| moment.to_string());
        let url = article.url.as_deref().filter(|url| *url != article.id.as_str());
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO revision (article, document, digest, outlet, language, published, day, url, title, text) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        statement.execute((
            number,
            document,
            article.revision().bytes().as_slice(),
            outlet,
            article.language.map(|language| language.to_string()),
            &published_words,
            published.map(|moment| day_number(moment.sort_key().date())),
            url,
            article.title(),
            article.text(),
        ))?;
        let revision = RevisionNumber(self.conn.last_insert_rowid());
        let outlet = article.outlet.as_ref();
        let document = self.digest_of_document(document)?;
        let beside = Beside {
            name: article.id.as_str(),
            title: article.title(),
            text: article.text(),
            known: &[
                url.unwrap_or_default(),
                outlet.map_or("", |outlet| &outlet.name),
                outlet
                    .and_then(|outlet| outlet.host.as_deref())
                    .unwrap_or_default(),
                published_words.as_deref().unwrap_or_default(),
                &document,
            ],
        };
        let content = annotation_to_bytes(article, analysis, &beside, self)?;
        self.conn
            .prepare_cached("INSERT INTO annotation (revision, digest, content) VALUES (?1, ?2, ?3)")?
            .execute((revision, half_digest(&content), content))?;
        Ok(revision)
    }

    /// The digits of a document's digest; none where there is no document.
    fn digest_of_document(&self, document: Option<DocumentNumber>) -> Result<String, StoreError> {
        let Some(document) = document else {
            return Ok(String::new());
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT digest FROM document WHERE id = ?1")?;
        let digest: Option<Vec<u8>> = statement.query_row([document], |row| row.get(0)).optional()?;
        Ok(digest.as_deref().map(digits_of).unwrap_or_default())
    }

    fn outlet_number(&self, outlet: &Outlet) -> Result<i64, StoreError> {
        let host = outlet.host.as_deref().unwrap_or_default();
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM outlet WHERE name = ?1 AND host = ?2")?;
        let known = statement
            .query_row((&outlet.name, host), |row| row.get(0))
            .optional()?;
        if let Some(number) = known {
            return Ok(number);
        }
        self.conn
            .prepare_cached("INSERT INTO outlet (name, host) VALUES (?1, ?2)")?
            .execute((&outlet.name, host))?;
        Ok(self.conn.last_insert_rowid())
    }

    fn make_current(&self, article: ArticleNumber, revision: RevisionNumber) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE article SET current = ?2 WHERE id = ?1")?
            .execute((article, revision))?;
        Ok(())
    }

    pub(crate) fn index(
        &self,
        number: ArticleNumber,
        article: &Article,
        analysis: &Analysis,
        replaces: bool,
    ) -> Result<(), StoreError> {
        if replaces {
            self.conn
                .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
                .execute([number])?;
        }
        let (names, speakers) = names_of(article, analysis);
        self.conn
            .prepare_cached(
                "INSERT INTO search (rowid, title, text, names, speakers) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((
                number,
                searchable(article.title()),
                searchable(article.text()),
                names,
                speakers,
            ))?;
        Ok(())
    }
}

/// What the file holds of a revision.
struct Row {
    content: Vec<u8>,
    name: String,
    title: String,
    text: String,
    known: [String; 5],
}

impl Row {
    fn read(&self, tags: &Tags) -> Result<Unlinked, StoreError> {
        let beside = Beside {
            name: &self.name,
            title: &self.title,
            text: &self.text,
            known: &self.known.each_ref().map(String::as_str),
        };
        annotation_from_bytes(&self.content, &beside, tags)
    }
}

/// What is kept of an annotation's SHA-256.
pub fn half_digest(content: &[u8]) -> Vec<u8> {
    Digest::of(content).bytes()[..16].to_vec()
}

fn digits_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Days since 1970 of a date.
#[must_use]
pub fn day_number(date: civil::Date) -> i64 {
    i64::from((date - civil::date(1970, 1, 1)).get_days())
}

/// The date of a number of days since 1970.
#[must_use]
pub fn date_of(day: i64) -> Option<civil::Date> {
    let days = jiff::Span::new().try_days(day).ok()?;
    civil::date(1970, 1, 1).checked_add(days).ok()
}

/// Who is named in an article, and who speaks in it: names apart, so that no phrase reaches from one into the next.
fn names_of(article: &Article, analysis: &Analysis) -> (String, String) {
    let mut names = BTreeSet::new();
    for entity in &analysis.entities {
        names.insert(entity.name.as_str());
        names.extend(entity.link.as_ref().map(|link| link.name.as_str()));
    }
    let mut speakers = BTreeSet::new();
    for quote in &analysis.quotes {
        let entity = quote
            .speaker_entity
            .and_then(|at| analysis.entities.get(at as usize));
        match entity {
            Some(entity) => {
                speakers.insert(entity.name.as_str());
                speakers.extend(entity.link.as_ref().map(|link| link.name.as_str()));
            }
            None => speakers.extend(quote.speaker.iter().filter_map(|span| span.get(article.text()))),
        }
    }
    (joined(&names), joined(&speakers))
}

fn joined(names: &BTreeSet<&str>) -> String {
    let names: Vec<String> = names.iter().map(|name| searchable(name)).collect();
    names.join(SEPARATOR)
}
