//! What has to come out of an example folder: its `expected.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole file. Files of the folder are named by their name there, a line or an item of one by `name#number`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// What the example shows.
    #[expect(dead_code, reason = "for the reader of the file")]
    about: String,
    /// The files of each story; together all files.
    pub stories: Vec<Vec<String>>,
    /// The files of each origin; together all files.
    pub origins: Vec<Vec<String>>,
    /// Day of publication by file.
    pub published: BTreeMap<String, String>,
    /// Figures that differ; all of them: no other conflict of numbers may be shown.
    pub numbers: Vec<Differing>,
    /// Days that differ; all of them.
    pub dates: Vec<Differing>,
    /// Things said, with what became of them.
    pub quotes: Vec<Said>,
    /// Words that must be listed as clutter, and stand in no text, by file.
    pub clutter: BTreeMap<String, Vec<String>>,
    /// Words that must stand in the text, by file.
    #[serde(default)]
    pub kept: BTreeMap<String, Vec<String>>,
    /// Words of statements that more than one origin carries.
    #[serde(default)]
    pub agreed: Vec<String>,
    /// Words of open questions.
    #[serde(default)]
    pub open: Vec<String>,
    /// The report that was corrected.
    pub correction: Option<Corrected>,
}

/// A value that differs, with who says which.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differing {
    /// What the value is of.
    pub of: String,
    /// The sides.
    pub positions: Vec<Side>,
}

/// One side.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// The value.
    pub value: String,
    /// Files that hold it; others may be shown with them.
    pub files: Vec<String>,
}

/// One thing said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Part of the speaker's name.
    pub speaker: String,
    /// The fullest rendering.
    pub base: String,
    /// How files give it.
    pub renderings: Vec<Rendered>,
}

/// How one file gives a quote.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rendered {
    /// The file.
    pub file: String,
    /// Classes that are right: one of them.
    pub classes: Vec<String>,
}

/// A report in two states.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// File of the earlier state.
    pub before: String,
    /// File of the later state.
    pub after: String,
    /// Words that went.
    pub from: String,
    /// Words that came.
    pub to: String,
    /// Words of the outlet's note.
    pub note: String,
}
