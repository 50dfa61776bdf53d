//! Which language a text is in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Primary language subtag of BCP 47, two or three lower-case letters (`en`, `de`, `fil`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageCode([u8; 3]);

/// The text does not begin with a language subtag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a language tag: {0:?}")]
pub struct LanguageCodeError(String);

impl LanguageCode {
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// The primary subtag of a tag such as `en-GB`, `pt_BR` or `DE`.
    ///
    /// ```
    /// # use twosource_model::LanguageCode;
    /// assert_eq!(LanguageCode::of_tag("en-GB"), Some(LanguageCode::ENGLISH));
    /// assert_eq!(LanguageCode::of_tag("x-default"), None);
    /// ```
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        let letters = primary.as_bytes();
        if !(2..=3).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        for (to, from) in code.iter_mut().zip(letters) {
            *to = from.to_ascii_lowercase();
        }
        Some(Self(code))
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0)
            .unwrap_or_default()
            .trim_end_matches('\0')
    }
}

impl TryFrom<String> for LanguageCode {
    type Error = LanguageCodeError;
    fn try_from(tag: String) -> Result<Self, LanguageCodeError> {
        Self::of_tag(&tag).ok_or(LanguageCodeError(tag))
    }
}

impl From<LanguageCode> for String {
    fn from(code: LanguageCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
