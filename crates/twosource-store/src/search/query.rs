//! What can be asked for.
//!
//! Words and "phrases", all of which have to stand in the report; `a OR b`; `-word`; `begin*`; and filters:
//! `outlet:`, `language:`, `entity:`, `speaker:`, `title:`, `story:`, `since:`, `until:`. A value with blanks stands in
//! quotation marks: `speaker:"Ana Lopes"`. Anything else is taken for words: no input is an error but an empty one and a
//! date that is none.

use jiff::civil;

use super::form::{searchable, spaced};
use crate::numbers::StoryNumber;

/// A query, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What must stand in the report: each group has alternatives.
    pub(super) all: Vec<Vec<Term>>,
    /// What must not.
    pub(super) none: Vec<Term>,
    /// Part of the outlet's name or host, lower case.
    pub(super) outlets: Vec<String>,
    /// Language tag.
    pub(super) language: Option<String>,
    /// Story.
    pub(super) story: Option<StoryNumber>,
    /// First day.
    pub(super) since: Option<civil::Date>,
    /// Last day.
    pub(super) until: Option<civil::Date>,
}

/// A word or phrase, in one column or any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub column: Option<&'static str>,
    pub words: String,
    pub prefix: bool,
}

/// Why a query cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// There is nothing in it.
    #[error(
        "there is nothing to look for: give words, a \"phrase\", or a filter such as speaker:\"Ana Lopes\"; \
         words like \"the\" and \"of\" stand in every report and are passed over"
    )]
    Empty,
    /// A filter that takes a day has something else.
    #[error("{filter}: takes a day such as 2018-07-20, not {value:?}")]
    NoDate {
        /// the filter
        filter: &'static str,
        /// what it was given
        value: String,
    },
    /// A filter that takes a story has something else.
    #[error("story: takes a story's id such as s12, not {value:?}")]
    NoStory {
        /// what it was given
        value: String,
    },
}

/// Most words and phrases of a query; what follows is left out.
const TERMS: usize = 64;

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// When there is nothing to look for, or a filter's value cannot be read.
    ///
    /// ```
    /// use twosource_store::Query;
    /// assert!(Query::parse("bridge \"two dead\" -storm outlet:gazette since:2018-07-01").is_ok());
    /// assert!(Query::parse("  ").is_err());
    /// assert!(Query::parse("since:yesterday").is_err());
    /// ```
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let mut join = false;
        for piece in pieces(typed).into_iter().take(TERMS) {
            if piece.filter.is_none() && !piece.quoted && !piece.minus && piece.value == "OR" {
                join = !query.all.is_empty();
                continue;
            }
            let joined = std::mem::take(&mut join);
            query.take(piece, joined)?;
        }
        if query == Self::default() {
            return Err(QueryError::Empty);
        }
        Ok(query)
    }

    /// There are words to look for, not only filters.
    pub(super) fn has_words(&self) -> bool {
        !self.all.is_empty()
    }

    /// The words of the query without columns, for snippets.
    pub(super) fn words(&self) -> Vec<String> {
        self.all.iter().flatten().map(|term| term.words.clone()).collect()
    }

    /// The query in the index's own language; every word stands in quotation marks, so that nothing of it is read as
    /// anything else.
    pub(super) fn expression(&self) -> String {
        let mut text = String::new();
        for group in &self.all {
            if !text.is_empty() {
                text.push_str(" AND ");
            }
            let group: Vec<String> = group.iter().map(Term::expression).collect();
            text.push_str(&format!("({})", group.join(" OR ")));
        }
        for term in &self.none {
            text = format!("({text}) NOT {}", term.expression());
        }
        text
    }

    fn take(&mut self, piece: Piece, joined: bool) -> Result<(), QueryError> {
        let day = |filter: &'static str, value: &str| {
            value.parse::<civil::Date>().map_err(|_| QueryError::NoDate {
                filter,
                value: value.chars().take(40).collect(),
            })
        };
        let column = match piece.filter.as_deref() {
            Some("outlet") => {
                self.outlets.push(piece.value.to_lowercase());
                return Ok(());
            }
            Some("language" | "lang") => {
                self.language = Some(piece.value.to_lowercase());
                return Ok(());
            }
            Some("since") => {
                self.since = Some(day("since", &piece.value)?);
                return Ok(());
            }
            Some("until") => {
                self.until = Some(day("until", &piece.value)?);
                return Ok(());
            }
            Some("story") => {
                let wrong = || QueryError::NoStory {
                    value: piece.value.chars().take(40).collect(),
                };
                self.story = Some(StoryNumber::parse(&piece.value).ok_or_else(wrong)?);
                return Ok(());
            }
            Some("entity" | "name") => Some("names"),
            Some("speaker") => Some("speakers"),
            Some("title") => Some("title"),
            _ => None,
        };
        let prefix = piece.value.ends_with('*') && !piece.quoted;
        let words = words_of(&match prefix {
            true => spaced(&piece.value),
            false => searchable(&piece.value),
        });
        if words.is_empty() {
            return Ok(());
        }
        let term = Term {
            column,
            words,
            prefix,
        };
        if piece.minus {
            self.none.push(term);
        } else if let (true, Some(group)) = (joined, self.all.last_mut()) {
            group.push(term);
        } else {
            self.all.push(vec![term]);
        }
        Ok(())
    }
}

impl Term {
    fn expression(&self) -> String {
        let column = self.column.map_or(String::new(), |column| format!("{column} : "));
        let star = if self.prefix { " *" } else { "" };
        format!("{column}\"{}\"{star}", self.words)
    }
}

/// The words of a value in the index's form, one blank between them; without any character that the index would not count as part of a word.
fn words_of(form: &str) -> String {
    let words: Vec<&str> = form
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

struct Piece {
    filter: Option<String>,
    value: String,
    quoted: bool,
    minus: bool,
}

/// Words, phrases and filters in the order they were typed. A quotation mark that is never closed reaches to the end.
fn pieces(typed: &str) -> Vec<Piece> {
    const FILTERS: [&str; 10] = [
        "outlet", "language", "lang", "since", "until", "story", "entity", "name", "speaker", "title",
    ];
    let mut found = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let minus = rest.starts_with('-') && rest.len() > 1;
        if minus {
            rest = &rest[1..];
        }
        let mut filter = None;
        if let Some((name, after)) = rest.split_once(':')
            && FILTERS.contains(&name.to_lowercase().as_str())
        {
            filter = Some(name.to_lowercase());
            rest = after;
        }
        let quoted = rest.starts_with(is_mark);
        let value = if quoted {
            let inner = rest.trim_start_matches(is_mark);
            let end = inner.find(is_mark).unwrap_or(inner.len());
            rest = inner[end..].trim_start_matches(is_mark);
            &inner[..end]
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (value, after) = rest.split_at(end);
            rest = after;
            value
        };
        found.push(Piece {
            filter,
            value: value.to_owned(),
            quoted,
            minus,
        });
        rest = rest.trim_start();
    }
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(typed: &str, expected: &str) {
        assert_eq!(Query::parse(typed).unwrap().expression(), expected, "{typed}");
    }

    #[test]
    fn what_is_typed_becomes_an_expression() {
        check("bridge", "(\"bridge\")");
        check("bridge fire", "(\"bridge\") AND (\"fire\")");
        check("\"two dead\" -storm", "((\"two dead\")) NOT \"storm\"");
        check("x OR b c", "(\"x\" OR \"b\") AND (\"c\")");
        check("OR x", "(\"x\")");
        check(
            "a bridge of the \"mayor of Lindal\"",
            "(\"bridge\") AND (\"mayor Lindal\")",
        );
        check("a*", "(\"a\" *)");
        check("begin*", "(\"begin\" *)");
        check(
            "speaker:\"Ana Lopes\" entity:Exampleton",
            "(speakers : \"Ana Lopes\") AND (names : \"Exampleton\")",
        );
        check("U.S. \"never closed", "(\"U S\") AND (\"never closed\")");
        check("x) AND title:\"(", "(\"x\") AND (\"AND\")");
        check("大橋", "(\"大 橋\")");
    }

    #[test]
    fn filters_are_read() {
        let query =
            Query::parse("outlet:Gazette language:EN story:s7 since:2018-07-01 until:2018-07-31").unwrap();
        assert_eq!(query.outlets, ["gazette"]);
        assert_eq!(query.language.as_deref(), Some("en"));
        assert_eq!(query.story, Some(StoryNumber(7)));
        assert!(query.since.is_some() && query.until.is_some() && !query.has_words());
        assert!(matches!(Query::parse("story:x"), Err(QueryError::NoStory { .. })));
        assert_eq!(Query::parse("\"\" ...  "), Err(QueryError::Empty));
        assert_eq!(Query::parse("of the"), Err(QueryError::Empty));
    }

    proptest! {
        #[test]
        fn any_words_are_taken(typed in "\\PC{0,60}") {
            if let Ok(query) = Query::parse(&typed) {
                let store = crate::Store::open_in_memory().unwrap();
                store.search(&query, 5).unwrap();
            }
        }
    }
}
