//! The whole file: several stories, and what was set aside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Account;
use crate::Stories;

/// Version of the wire form. It grows when a reader of the older form would misread the newer one.
pub const VERSION: u32 = 1;

/// What `compare --format json` writes: the accounts of all stories, and what could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountFile {
    /// Version of the wire form; see [`VERSION`].
    pub version: u32,
    /// The day that was passed in as "now", if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// One account for each story.
    pub stories: Vec<Account>,
    /// Inputs that could not be used, with the reason.
    pub set_aside: Vec<SetAside>,
}

/// An input that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// Path or address.
    pub path: String,
    /// The reason, in words.
    pub reason: String,
}

impl From<&Stories<'_>> for AccountFile {
    fn from(stories: &Stories<'_>) -> Self {
        Self {
            version: VERSION,
            as_of: stories.as_of.map(|day| day.to_string()),
            stories: stories.accounts.iter().map(Account::from).collect(),
            set_aside: stories.set_aside.to_vec(),
        }
    }
}

/// The JSON Schema (draft 2020-12) of [`AccountFile`].
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(AccountFile).to_value()
}
