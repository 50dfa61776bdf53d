//! An account on the wire. Reports, origins, statements ... are named by their index in the account's own lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::{
    Approximation, Certainty, DifferenceKind, EntityType, Gravity, QuoteKind, RenderingClass, SupportClass,
    Tie, TimelineKind,
};
use super::{Dated, Finding, Passage, Report};

/// One story: who reports what, where they agree, where they differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Id of the story.
    pub story: String,
    /// One line in a report's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Passage>,
    /// A few sentences in the reports' own words.
    pub brief: Vec<BriefSentence>,
    /// The reports, first published first.
    pub reports: Vec<Report>,
    /// The origins, in the order of their first report.
    pub origins: Vec<Origin>,
    /// What is reported.
    pub statements: Vec<Statement>,
    /// What was said.
    pub utterances: Vec<Utterance>,
    /// Where the reports differ, gravest first.
    pub differences: Vec<Difference>,
    /// What happened when, earliest first.
    pub timeline: Vec<TimelineEntry>,
    /// Who and what is spoken of, most mentioned first.
    pub cast: Vec<CastMember>,
    /// Questions that the reports leave open.
    pub open_questions: Vec<OpenQuestion>,
    /// For each report what it has first, alone, and not at all.
    pub coverage: Vec<Coverage>,
    /// What changed between two states of one article.
    pub corrections: Vec<Correction>,
    /// Why the reports were put together.
    pub together: Vec<Join>,
    /// Stories of the same affair that were not put together with this one, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<ThreadStory>,
    /// Problems that stopped nothing.
    pub findings: Vec<Finding>,
}

/// A story of the same affair as another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadStory {
    /// Id of the story.
    pub story: String,
    /// What it is called, in the words of one of its reports.
    pub title: String,
    /// How the story at hand stands to it.
    pub tie: Tie,
}

/// The reports that derive from one text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Its id.
    pub id: String,
    /// Agency that its reports credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire_credit: Option<String>,
    /// Its reports, likely first publisher first.
    pub reports: Vec<u32>,
    /// Why they are one.
    pub evidence: Vec<Evidence>,
    /// Index of the earlier origin that it counts as in `support`, since one agency or one outlet wrote both; absent where it
    /// counts by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<u32>,
}

/// A reason for a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Name of the rule or feature.
    pub rule: String,
    /// Its share in the decision.
    pub weight: f32,
    /// What it says to a person.
    pub words: String,
}

/// Who stands behind something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Support {
    /// Indexes of origins, ascending, of several by one agency or outlet the first. Two or more is what "confirmed" means.
    pub origins: Vec<u32>,
    /// Outlets by name, each once.
    pub outlets: Vec<String>,
    /// Indexes of reports, ascending.
    pub reports: Vec<u32>,
}

/// Whose word a rendering is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The words that name who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Passage>,
    /// The words that mark it as said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Passage>,
    /// Index into `cast`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cast: Option<u32>,
}

/// A statement in the words of one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rendering {
    /// Index into `reports`.
    pub report: u32,
    /// The words.
    pub passage: Passage,
    /// The whole sentence they stand in.
    pub sentence: Passage,
    /// Whose word it is; absent when the outlet asserts it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// How sure the report is.
    pub certainty: Certainty,
    /// Negated.
    pub negated: bool,
}

/// One thing reported, with everyone who reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// How widely it is carried, counted in origins.
    pub class: SupportClass,
    /// Who carries it.
    pub support: Support,
    /// Index of the rendering that tells it best.
    pub lead: u32,
    /// The renderings, in the order of the reports; never empty.
    pub renderings: Vec<Rendering>,
    /// Indexes into `differences`.
    pub differences: Vec<u32>,
    /// Why the renderings were taken for one statement.
    pub evidence: Vec<Evidence>,
}

/// One place where words depart from other words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WordChange {
    /// Words of the base text, or of the earlier state; absent where words were added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Passage>,
    /// Words of the rendering, or of the later state; absent where words were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rendering: Option<Passage>,
}

/// An utterance as one report gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UtteranceRendering {
    /// Index into `reports`.
    pub report: u32,
    /// How it stands to the base text.
    pub class: RenderingClass,
    /// In quotation marks or not.
    pub kind: QuoteKind,
    /// The words, in pieces where a cue stands between.
    pub pieces: Vec<Passage>,
    /// The words that name the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Passage>,
    /// The words that mark it as said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Passage>,
    /// What was altered or left out.
    pub changes: Vec<WordChange>,
    /// What a reader should beware of.
    pub warnings: Vec<String>,
}

/// One thing said once by one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Utterance {
    /// Index into `cast`; absent when it is unclear who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
    /// Speaker's name to show; "unclear" when it is.
    pub speaker_name: String,
    /// Who was spoken to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Passage>,
    /// Through what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Passage>,
    /// Who carries it.
    pub support: Support,
    /// The renderings, base text first; never empty.
    pub renderings: Vec<UtteranceRendering>,
    /// Indexes into `differences`.
    pub differences: Vec<u32>,
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// The value in normal form.
    pub value: String,
    /// How a figure stands to the true one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approximation: Option<Approximation>,
    /// The words that carry it; for a list the items that this side alone names.
    pub passages: Vec<Passage>,
    /// For a list: what it is a list of, in the report's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Passage>,
    /// Who holds it.
    pub support: Support,
    /// Publication date of the first report that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Dated>,
    /// A later report of the same outlet or agency gives another value.
    pub given_up: bool,
}

/// A typed disagreement between reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What is differed about.
    pub kind: DifferenceKind,
    /// How grave.
    pub gravity: Gravity,
    /// What the value is of, in a report's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Passage>,
    /// The sides, best supported first; two or more.
    pub positions: Vec<Position>,
    /// Index into `statements`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// Index into `utterances`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utterance: Option<u32>,
    /// Why it counts as one.
    pub evidence: Evidence,
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineEntry {
    /// Value of the time expression (`2018-07-16`, `2018-FA`), never sharpened; `../2018-07-20` is "not later than".
    pub value: String,
    /// First day; for an open start the last day it may have been.
    pub from: String,
    /// First day behind.
    pub until: String,
    /// Happened, said, planned or reported.
    pub kind: TimelineKind,
    /// The words that tell it.
    pub passages: Vec<Passage>,
    /// The words that date it.
    pub times: Vec<Passage>,
    /// Who carries it.
    pub support: Support,
}

/// A name or role, with the first place it stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alias {
    /// First place.
    pub passage: Passage,
    /// How many times it stands in the story.
    pub count: u32,
}

/// Entry of a knowledge table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Stable id.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Degrees north and east, for a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<(f32, f32)>,
}

/// Who or what is spoken of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CastMember {
    /// Fullest name.
    pub name: String,
    /// Type.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// Names and descriptions, most frequent first.
    pub aliases: Vec<Alias>,
    /// Titles and roles, most frequent first.
    pub roles: Vec<Alias>,
    /// What it is in the knowledge tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// Mentions over all reports, pronouns included.
    pub mentions: u32,
    /// Indexes of reports that mention it.
    pub reports: Vec<u32>,
}

/// A question that a report leaves open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenQuestion {
    /// The words.
    pub passage: Passage,
    /// Who leaves it open.
    pub support: Support,
    /// Index of the statement that answers it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<u32>,
}

/// What one report has first, alone, and not at all; indexes into `statements`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Index into `reports`.
    pub report: u32,
    /// Statements that no dated report carried before it.
    pub first: Vec<u32>,
    /// Statements that no other origin carries.
    pub alone: Vec<u32>,
    /// Statements of two or more other origins that it does not carry.
    pub missing: Vec<u32>,
}

/// What changed between two states of one article, or its note that something did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// Index of the earlier state in `reports`, where it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// Index of the later state in `reports`.
    pub after: u32,
    /// The words that changed.
    pub changes: Vec<WordChange>,
    /// The outlet's own note on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Passage>,
}

/// Why an article is in the story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Join {
    /// Id of the article.
    pub article: String,
    /// Id of the article it is nearest to.
    pub nearest: String,
    /// Log-odds of the pair belonging together.
    pub score: f32,
    /// The reasons, strongest first.
    pub evidence: Vec<Evidence>,
}

/// A sentence of the brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BriefSentence {
    /// A whole sentence, or a clause that stands alone.
    pub passage: Passage,
    /// Indexes of the statements it tells.
    pub statements: Vec<u32>,
    /// Who carries what it tells.
    pub support: Support,
}
