//! Numbers of things within one file: small newtypes that cannot be swapped in a call.

use std::fmt;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                value.as_i64().map(Self)
            }
        }
    };
}

number! {
    /// A document, in order of arrival.
    DocumentNumber
}
number! {
    /// An article over all its revisions, in order of arrival.
    ArticleNumber
}
number! {
    /// One revision of an article, in order of arrival.
    RevisionNumber
}
number! {
    /// A story. People and other programs see it as `s12`.
    StoryNumber
}
number! {
    /// A place in the history: one arrival, or one act of a person.
    StepNumber
}

impl fmt::Display for StoryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0)
    }
}

impl StoryNumber {
    /// The number of a story's shown id.
    ///
    /// ```
    /// use twosource_store::StoryNumber;
    /// assert_eq!(StoryNumber::parse("s12"), Some(StoryNumber(12)));
    /// assert_eq!(StoryNumber::parse("12"), None);
    /// assert_eq!(StoryNumber::parse("s-1"), None);
    /// ```
    #[must_use]
    pub fn parse(shown: &str) -> Option<Self> {
        let digits = shown.strip_prefix('s')?;
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().map(Self)
    }
}
