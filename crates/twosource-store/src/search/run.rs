//! Asks the index.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::query::Query;
use super::snippet::{Snippet, snippet};
use crate::articles::{Entry, day_number};
use crate::numbers::{ArticleNumber, StoryNumber};
use crate::{Store, StoreError};

/// Up to so many reports are ranked word by word; of more, the newest of those with the words in their headline come
/// first, then the newest of the others. Ranking half a million reports takes a second, and nobody reads them.
const RANKED: usize = 3_000;
/// Most reports that are looked through for filters when the words are too common.
const SCANNED: usize = 20_000;
/// Up to so many states of reports are gone through to learn between which reports a span of days lies: a few milliseconds
/// of its index. More days than that hold so much that the newest reports fill a list soon.
const DATED: usize = 50_000;
/// Weights of headline, text, names and speakers.
const WEIGHTS: &str = "8.0, 1.0, 3.0, 3.0";

/// One report that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report.
    pub entry: Entry,
    /// Its story.
    pub story: Option<StoryNumber>,
    /// Words of its text that show why.
    pub snippet: Snippet,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// The reports, best first.
    pub hits: Vec<Hit>,
    /// How many were found in all; `None` when there are more than are counted.
    pub total: Option<usize>,
}

impl Store {
    /// The best `most` reports for `query`.
    ///
    /// # Errors
    /// Those of the file.
    pub fn search(&self, query: &Query, most: usize) -> Result<Hits, StoreError> {
        let (found, total) = self.found(query, most)?;
        let words = query.words();
        let mut hits = Vec::with_capacity(found.len());
        for entry in self.entries(&found)? {
            let (text, story): (String, Option<StoryNumber>) = self
                .conn
                .prepare_cached(
                    "SELECT r.text, a.story FROM article a JOIN revision r ON r.id = a.current WHERE a.id = ?1",
                )?
                .query_row([entry.number], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let snippet = snippet(&text, &words);
            hits.push(Hit {
                entry,
                story,
                snippet,
            });
        }
        Ok(Hits { hits, total })
    }

    /// Numbers of the best `most` reports, and of how many.
    ///
    /// # Errors
    /// Those of the file.
    pub fn found(
        &self,
        query: &Query,
        most: usize,
    ) -> Result<(Vec<ArticleNumber>, Option<usize>), StoreError> {
        let filter = Filter::of(self, query)?;
        if !query.has_words() {
            return self.newest(&filter, &query.none, most);
        }
        let expression = query.expression();
        let matching = self.count(&expression, &filter)?;
        if matching <= RANKED {
            return self.ranked(&expression, &filter, most);
        }
        let titled = format!("{{title}} : ({expression})");
        let mut found = self.by_age(&titled, &filter, most)?;
        if found.len() < most {
            for article in self.by_age(&expression, &filter, most)? {
                if found.len() < most && !found.contains(&article) {
                    found.push(article);
                }
            }
        }
        Ok((found, None))
    }

    /// The first words of a revision's text.
    ///
    /// # Errors
    /// Those of the file; when there is no such revision.
    pub fn opening(&self, revision: crate::RevisionNumber) -> Result<String, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT text FROM revision WHERE id = ?1")?;
        let text: String = statement.query_row([revision], |row| row.get(0))?;
        let shown = snippet(&text, &[]);
        Ok(shown.text + if shown.cut_behind { " …" } else { "" })
    }

    /// How many reports among those of the filter's range match, counted up to one more than [`RANKED`].
    fn count(&self, expression: &str, filter: &Filter) -> Result<usize, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT s.rowid FROM search s WHERE search MATCH ? {IN_RANGE} LIMIT ?)"
        ))?;
        let (first, last) = filter.range;
        let values = (expression, first, last, RANKED as i64 + 1);
        let count: i64 = statement.query_row(values, |row| row.get(0))?;
        Ok(count as usize)
    }

    fn ranked(
        &self,
        expression: &str,
        filter: &Filter,
        most: usize,
    ) -> Result<(Vec<ArticleNumber>, Option<usize>), StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT s.rowid, bm25(search, {WEIGHTS}) AS rank FROM search s {} WHERE search MATCH ? {IN_RANGE} {} \
             ORDER BY rank, s.rowid DESC",
            filter.join("s.rowid"),
            filter.sql
        ))?;
        let values = filter.values_with(expression);
        let mut found: Vec<ArticleNumber> = statement
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let total = found.len();
        found.truncate(most);
        Ok((found, Some(total)))
    }

    fn by_age(
        &self,
        expression: &str,
        filter: &Filter,
        most: usize,
    ) -> Result<Vec<ArticleNumber>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT s.rowid FROM (SELECT s.rowid FROM search s WHERE search MATCH ? {IN_RANGE} ORDER BY s.rowid DESC \
             LIMIT {SCANNED}) s \
             {} WHERE true {} LIMIT {most}",
            filter.join("s.rowid"),
            filter.sql
        ))?;
        let values = filter.values_with(expression);
        let found = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The newest reports that pass the filters alone.
    fn newest(
        &self,
        filter: &Filter,
        none: &[super::query::Term],
        most: usize,
    ) -> Result<(Vec<ArticleNumber>, Option<usize>), StoreError> {
        let unwanted: Vec<String> = none
            .iter()
            .map(|term| format!("({})", term.as_expression()))
            .collect();
        let without = if unwanted.is_empty() {
            String::new()
        } else {
            "AND a.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)".to_owned()
        };
        let order = if filter.by_day {
            "r.day DESC, a.id DESC"
        } else {
            "a.id DESC"
        };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT a.id FROM article a JOIN revision r ON r.id = a.current WHERE true {} {without} \
             ORDER BY {order} LIMIT {most}",
            filter.sql
        ))?;
        let mut values = filter.values.clone();
        if !unwanted.is_empty() {
            values.push(Value::from(unwanted.join(" OR ")));
        }
        let found: Vec<ArticleNumber> = statement
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let total = (found.len() < most).then_some(found.len());
        Ok((found, total))
    }
}

/// Keeps a search of the index to the filter's range: it then passes over what lies outside without looking at it.
const IN_RANGE: &str = "AND s.rowid BETWEEN ? AND ?";

/// The filters of a query as conditions on article `a` and its present revision `r`.
struct Filter {
    sql: String,
    values: Vec<Value>,
    by_day: bool,
    /// First and last number of the articles that may pass. Reports of a day arrive near one another.
    range: (i64, i64),
}

impl Filter {
    fn of(store: &Store, query: &Query) -> Result<Self, StoreError> {
        let mut filter = Self {
            sql: String::new(),
            values: Vec::new(),
            by_day: query.since.is_some() || query.until.is_some(),
            range: (0, i64::MAX),
        };
        for outlet in &query.outlets {
            let numbers = store.outlets_like(outlet)?;
            let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            filter
                .sql
                .push_str(&format!(" AND r.outlet IN ({})", list.join(", ")));
        }
        if let Some(language) = &query.language {
            filter.add(" AND r.language = ?", language.clone().into());
        }
        let (since, until) = (query.since.map(day_number), query.until.map(day_number));
        if let Some(since) = since {
            filter.add(" AND r.day >= ?", since.into());
        }
        if let Some(until) = until {
            filter.add(" AND r.day <= ?", until.into());
        }
        if filter.by_day {
            filter.keep_to(store.range_of_days(since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX))?);
        }
        if let Some(story) = query.story {
            let story = store.resolve(story)?;
            filter.add(" AND a.story = ?", story.0.into());
            filter.keep_to(store.range_of_story(story)?);
        }
        Ok(filter)
    }

    fn keep_to(&mut self, (first, last): (i64, i64)) {
        self.range = (self.range.0.max(first), self.range.1.min(last));
    }

    /// What a search of the index is asked with.
    fn values_with(&self, expression: &str) -> impl Iterator<Item = Value> {
        let (first, last) = self.range;
        let range = [expression.to_owned().into(), first.into(), last.into()];
        range.into_iter().chain(self.values.iter().cloned())
    }

    fn add(&mut self, sql: &str, value: Value) {
        self.sql.push_str(sql);
        self.values.push(value);
    }

    /// Brings article and revision in, where a condition needs them: behind the search (that is what CROSS says), else the
    /// index could be asked for one article after the other.
    fn join(&self, rowid: &str) -> String {
        if self.sql.is_empty() {
            return String::new();
        }
        format!("CROSS JOIN article a ON a.id = {rowid} CROSS JOIN revision r ON r.id = a.current")
    }
}

impl super::query::Term {
    pub(super) fn as_expression(&self) -> String {
        Query {
            all: vec![vec![self.clone()]],
            ..Query::default()
        }
        .expression()
    }
}

impl Store {
    fn outlets_like(&self, part: &str) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM outlet WHERE instr(lower(name), ?1) > 0 OR instr(lower(host), ?1) > 0 ORDER BY id",
        )?;
        let rows = statement.query_map([part], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// First and last number of the articles with a state of these days; all numbers where the days hold too many to look.
    fn range_of_days(&self, since: i64, until: i64) -> Result<(i64, i64), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT count(*), coalesce(min(article), 1), coalesce(max(article), 0) FROM \
             (SELECT article FROM revision WHERE day BETWEEN ?1 AND ?2 LIMIT ?3)",
        )?;
        let (count, first, last): (i64, i64, i64) = statement
            .query_row((since, until, DATED as i64 + 1), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        Ok(if count > DATED as i64 {
            (0, i64::MAX)
        } else {
            (first, last)
        })
    }

    /// First and last number of a story's articles.
    fn range_of_story(&self, story: StoryNumber) -> Result<(i64, i64), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM article WHERE story = ?1",
        )?;
        Ok(statement.query_row([story], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Where a story's id leads to now: merges followed.
    ///
    /// # Errors
    /// Those of the file.
    pub fn resolve(&self, story: StoryNumber) -> Result<StoryNumber, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT merged_into FROM story WHERE id = ?1 AND articles = 0")?;
        let mut story = story;
        // merges lead to living stories, so chains end; the bound guards a damaged file
        for _ in 0..64 {
            let next: Option<Option<StoryNumber>> =
                statement.query_row([story], |row| row.get(0)).optional()?;
            match next.flatten() {
                Some(next) => story = next,
                None => break,
            }
        }
        Ok(story)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use twosource_model::{
        Analysis, Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode, Moment, StoryId,
    };

    use super::*;
    use crate::numbers::StepNumber;

    #[test]
    fn days_and_stories_narrow_what_is_looked_at_and_nothing_more() {
        let store = Store::open_in_memory().unwrap();
        let put = |name: &str, words: &str, day: i8| {
            let mut article = Article::of_text(ArticleId::new(name), "Harbour", words);
            article.published = Some(DatedEvidence {
                moment: Moment::Day(date(2024, 5, day)),
                until: None,
                source: DateSource::Given,
                evidence: String::new(),
                confidence: Confidence::High,
            });
            let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
            store.put_article(&article, &analysis, None).unwrap().article
        };
        let story = |label: &str, members: &[ArticleNumber]| {
            let (story, _) = store.story_of_label(&StoryId::new(label), StepNumber(1)).unwrap();
            for member in members {
                store.put_into(*member, story).unwrap();
            }
            store.refresh(&BTreeSet::from([story])).unwrap();
        };
        let numbers = [
            put("a", "The bridge is closed.", 1),
            put("b", "The bridge is open.", 9),
            put("c", "The bridge is gone.", 2),
            put("d", "The tower is gone.", 2),
            // a later state, of a later day
            put("a", "The bridge is closed again.", 3),
        ];
        story("one", &numbers[1..3]);
        let check = |typed: &str, names: &str| {
            let query = Query::parse(typed).unwrap();
            let hits = store.search(&query, 10).unwrap().hits;
            let mut found: Vec<&str> = hits.iter().map(|hit| hit.entry.name.as_str()).collect();
            found.sort_unstable();
            assert_eq!(found.concat(), names, "{typed}");
        };
        check("bridge", "abc");
        check("bridge since:2024-05-02 until:2024-05-03", "ac");
        check("bridge until:2024-05-01", "");
        check("bridge since:2024-05-09", "b");
        check("bridge since:2025-01-01", "");
        check("bridge story:s1", "bc");
        check("bridge story:s1 until:2024-05-08", "c");
        check("bridge story:s7", "");
        check("since:2024-05-02 until:2024-05-02", "cd");
    }
}
