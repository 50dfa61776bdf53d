//! A story told with support: who reports what, agreed, single-outlet, differing.
//!
//! Everything that carries words carries them as [`Passage`]s. Lists are in reading order. Reports are named by
//! [`ReportIx`], an index into [`Account::reports`].

use jiff::civil;
use serde::Serialize;

use crate::{
    Approximation, Article, Clutter, CopyKind, DatedEvidence, EntityType, Evidence, Finding, JoinEvidence,
    Link, OriginId, Passage, QuoteKind, StoryId,
};

/// Index into [`Account::reports`].
pub type ReportIx = u32;
/// Index into [`Account::statements`].
pub type StatementIx = u32;
/// Index into [`Account::utterances`].
pub type UtteranceIx = u32;
/// Index into [`Account::differences`].
pub type DifferenceIx = u32;
/// Index into [`Account::cast`].
pub type CastIx = u32;

/// A story told with support and differences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// The story.
    pub story: StoryId,
    /// The day it is told on, if one was passed in: decides what is past and planned.
    pub as_of: Option<civil::Date>,
    /// One line in a report's own words.
    pub headline: Option<Passage>,
    /// Two to five sentences in the reports' own words.
    pub brief: Vec<BriefSentence>,
    /// The reports, first published first.
    pub reports: Vec<Report>,
    /// The origins, in the order of their first report.
    pub origins: Vec<AccountOrigin>,
    /// What is reported, best supported first, then in the order of the reports.
    pub statements: Vec<Statement>,
    /// What was said.
    pub utterances: Vec<Utterance>,
    /// Where the reports differ, gravest first.
    pub differences: Vec<Difference>,
    /// What happened when, earliest first; undated entries are left out.
    pub timeline: Vec<TimelineEntry>,
    /// Who and what is spoken of, most mentioned first.
    pub cast: Vec<CastMember>,
    /// Questions that the reports themselves leave open.
    pub open_questions: Vec<OpenQuestion>,
    /// For each report what it has first, alone, and not at all.
    pub coverage: Vec<Coverage>,
    /// Reports of which another state is known too, oldest first: what changed.
    pub corrections: Vec<CorrectionEntry>,
    /// Why the reports were put together.
    pub together: Vec<JoinEvidence>,
    /// Stories of the same affair that were not put together with this one, earliest first.
    pub thread: Vec<ThreadStory>,
    /// Problems that stopped nothing.
    pub findings: Vec<Finding>,
}

impl Account {
    /// What the story is called: its headline, else the first title of a report, else its id; on one line.
    #[must_use]
    pub fn title(&self) -> String {
        let titles = self.reports.iter().map(|report| report.article.title());
        let headline = self.headline.as_ref().map(Passage::text);
        let words = headline.or_else(|| titles.into_iter().find(|title| !title.is_empty()));
        let words = words.unwrap_or_else(|| self.story.as_str());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A story of the same affair as another one, which it continues or is continued by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThreadStory {
    /// The story.
    pub story: StoryId,
    /// What it is called, in the words of one of its reports.
    pub title: String,
    /// How the story at hand stands to it.
    pub tie: Tie,
}

/// How a story stands to another one of the same affair, by the days of their first reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// The other one began on an earlier day.
    Continues,
    /// Both began on one day, or a day is not known.
    Beside,
    /// The other one began on a later day.
    ContinuedBy,
}

/// One report of the story: one revision of one article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The article, with its text, paragraphs, clutter and dates.
    pub article: Article,
    /// Publication date to show: the article's own, else inferred from the story (then `source` is `Story`), else unknown.
    pub date: Option<DatedEvidence>,
    /// Index into [`Account::origins`].
    pub origin: u32,
    /// How it stands to its origin.
    pub copy_kind: CopyKind,
    /// Share of its words that are its own, 0.0 to 1.0.
    pub own_share: f32,
    /// A later state of the same article is in this account; its words support nothing any more.
    pub superseded: bool,
    /// Sentences of its text, in order, of which nothing else in the account holds a word; none where it is superseded.
    pub untold: Vec<Untold>,
}

/// A sentence that nothing in an account tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Untold {
    /// Why.
    pub reason: UntoldReason,
    /// The sentence.
    pub passage: Passage,
}

/// Why a sentence is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UntoldReason {
    /// It is a heading inside the text.
    Heading,
    /// It stands under a picture, or says whose picture it is.
    Caption,
    /// Words of the text are repeated for show.
    Repeated,
    /// It is a further note of the outlet on its report, or on how old the page is.
    Note,
    /// It asks.
    Question,
    /// It says who helped to write the report.
    Credit,
    /// It says where the report comes from.
    Dateline,
    /// It is no whole sentence, or says only who spoke.
    Fragment,
}

impl UntoldReason {
    /// Its name, as it stands in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Repeated => "repeated",
            Self::Note => "note",
            Self::Question => "question",
            Self::Credit => "credit",
            Self::Dateline => "dateline",
            Self::Fragment => "fragment",
        }
    }
}

impl Report {
    /// What was left out of the text, with the rule that took it.
    #[must_use]
    pub fn clutter(&self) -> &[Clutter] {
        &self.article.clutter
    }
}

/// One origin, as an account shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountOrigin {
    /// Its id.
    pub id: OriginId,
    /// Agency that its reports credit.
    pub wire_credit: Option<String>,
    /// Its reports, likely first publisher first.
    pub reports: Vec<ReportIx>,
    /// Why they are one, in words.
    pub evidence: Vec<Evidence>,
    /// Index of the earlier origin that it counts as in [`Support::origins`], since one agency or one outlet wrote both;
    /// `None` where it counts by itself.
    pub counts_as: Option<u32>,
}

/// How many stand behind something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Support {
    /// Reports, ascending.
    pub reports: Vec<ReportIx>,
    /// Outlets by name, sorted, each once.
    pub outlets: Vec<String>,
    /// Origins (indexes into [`Account::origins`]), ascending, of several by one agency or outlet the first. Two or more
    /// is what "confirmed" means.
    pub origins: Vec<u32>,
}

/// How widely a statement is carried, counted in origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SupportClass {
    /// The reports that carry it contradict one another on it.
    Disputed,
    /// All origins, at least two.
    All,
    /// At least two origins.
    Several,
    /// One origin.
    One,
}

/// Whose word a rendering is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// The words that name who said it; for a pronoun the cast entry tells who is meant.
    pub speaker: Option<Passage>,
    /// The words that mark it as said.
    pub cue: Option<Passage>,
    /// Who that is.
    pub cast: Option<CastIx>,
}

/// How sure a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Told as fact.
    Stated,
    /// Planned or expected.
    Planned,
    /// May, might, apparently, is believed to.
    Hedged,
    /// Alleged or passed on from somebody.
    Alleged,
    /// Denied.
    Denied,
}

/// A statement in the words of one report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rendering {
    /// The report.
    pub report: ReportIx,
    /// The words.
    pub passage: Passage,
    /// The whole sentence they stand in.
    pub sentence: Passage,
    /// Whose word it is; `None` when the outlet asserts it itself.
    pub attribution: Option<Attribution>,
    /// How sure the report is.
    pub certainty: Certainty,
    /// Negated.
    pub negated: bool,
}

/// One thing reported, with everyone who reports it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// The renderings, in the order of the reports; never empty.
    pub renderings: Vec<Rendering>,
    /// Index of the rendering that tells it best.
    pub lead: u32,
    /// How widely it is carried.
    pub class: SupportClass,
    /// Who carries it.
    pub support: Support,
    /// Where its renderings differ.
    pub differences: Vec<DifferenceIx>,
    /// Why the renderings were taken for one statement.
    pub evidence: Vec<Evidence>,
}

impl Statement {
    /// The rendering that tells it best.
    #[must_use]
    pub fn lead(&self) -> &Rendering {
        &self.renderings[self.lead as usize]
    }
}

/// How a rendering stands to the base text of its utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RenderingClass {
    /// It is the base text.
    Base,
    /// The same characters.
    Identical,
    /// The same words: only marks, case, spacing or ellipsis signs differ.
    Typographic,
    /// Part of it.
    Cut,
    /// Other words in quotation marks.
    Altered,
    /// Told, not quoted.
    Told,
}

/// One place where a rendering departs from the base text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordChange {
    /// Words of the base text; `None` where the rendering adds.
    pub base: Option<Passage>,
    /// Words of the rendering; `None` where it leaves out.
    pub rendering: Option<Passage>,
}

/// An utterance as one report gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UtteranceRendering {
    /// The report.
    pub report: ReportIx,
    /// The words, in pieces where a cue stands between.
    pub pieces: Vec<Passage>,
    /// The words that name the speaker.
    pub speaker: Option<Passage>,
    /// The words that mark it as said.
    pub cue: Option<Passage>,
    /// In quotation marks or not.
    pub kind: QuoteKind,
    /// How it stands to the base text.
    pub class: RenderingClass,
    /// What was altered or left out.
    pub changes: Vec<WordChange>,
    /// What a reader should beware of: "the ellipsis hides a negation".
    pub warnings: Vec<String>,
}

/// One thing said once by one speaker, with its rendering in each article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Utterance {
    /// Who said it; `None` is "unclear".
    pub speaker: Option<CastIx>,
    /// Speaker's name to show; "unclear" when it is.
    pub speaker_name: String,
    /// Who was spoken to.
    pub addressee: Option<Passage>,
    /// Through what.
    pub medium: Option<Passage>,
    /// The renderings, base text first, then in the order of the reports; never empty.
    pub renderings: Vec<UtteranceRendering>,
    /// Who carries it.
    pub support: Support,
    /// Where its renderings differ in substance.
    pub differences: Vec<DifferenceIx>,
}

/// What is differed about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceKind {
    /// A figure.
    Number,
    /// A day or time.
    Date,
    /// A place.
    Place,
    /// Who or what.
    Name,
    /// What each alone names in a list.
    List,
    /// The words of a quote.
    Wording,
    /// Who is said to have said it.
    Attribution,
    /// Said, may, denied.
    Certainty,
    /// One says it, the other denies it.
    Negation,
}

/// How grave a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gravity {
    /// Both cannot be so.
    Conflict,
    /// The figure or the state of things changed between the reports.
    Update,
    /// Each tells something that the other leaves out.
    Complement,
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// The value in normal form, to be read by a person ("12", "2018-07-16", "Israeli security").
    pub value: String,
    /// The words that carry it, one or more for each report. For a list: the items that this side alone names.
    pub passages: Vec<Passage>,
    /// For a list: what it is a list of, in the report's words ("the two leaders conferred on a range of issues").
    pub of: Option<Passage>,
    /// Who holds it.
    pub support: Support,
    /// How the figure stands to the true one, for numbers.
    pub approximation: Option<Approximation>,
    /// Publication date of the first report that holds it.
    pub since: Option<DatedEvidence>,
    /// A later report of the same outlet or agency gives another value.
    pub given_up: bool,
}

/// A typed disagreement between reports on one statement or utterance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What is differed about.
    pub kind: DifferenceKind,
    /// How grave.
    pub gravity: Gravity,
    /// What the value is of, in a report's words ("people killed").
    pub subject: Option<Passage>,
    /// The sides, best supported first; two or more.
    pub positions: Vec<Position>,
    /// The statement it stands in.
    pub statement: Option<StatementIx>,
    /// The utterance it stands in.
    pub utterance: Option<UtteranceIx>,
    /// Name of the rule and its reason in words.
    pub evidence: Evidence,
}

/// What kind of thing a timeline entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TimelineKind {
    /// It happened.
    Happened,
    /// It was said.
    Said,
    /// It is planned or expected.
    Planned,
    /// A report appeared.
    Reported,
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// Value of the time expression (`2018-07-16`, `2018-FA`), never sharpened. `../2018-07-20` (ISO 8601-2) is
    /// "not later than": told as done by a report of that day that gives no time for it.
    pub value: String,
    /// First day, and first day behind; for an open start the last day it may have been.
    pub interval: (civil::Date, civil::Date),
    /// Happened, said, planned or reported.
    pub kind: TimelineKind,
    /// The words that tell it; empty for `Reported`.
    pub passages: Vec<Passage>,
    /// The words that date it; empty for `Reported`.
    pub times: Vec<Passage>,
    /// Who carries it.
    pub support: Support,
}

/// A name or role of a cast member, with where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alias {
    /// First place it stands.
    pub passage: Passage,
    /// How many times it stands in the story.
    pub count: u32,
}

/// Who or what is spoken of in the story.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CastMember {
    /// Fullest name.
    pub name: String,
    /// Type.
    pub entity_type: EntityType,
    /// Names and descriptions, most frequent first; pronouns are left out.
    pub aliases: Vec<Alias>,
    /// Titles and roles, most frequent first.
    pub roles: Vec<Alias>,
    /// What it is in the knowledge tables.
    pub link: Option<Link>,
    /// Mentions over all reports, pronouns included.
    pub mentions: u32,
    /// Reports that mention it, ascending.
    pub reports: Vec<ReportIx>,
}

/// A question that a report states or leaves open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenQuestion {
    /// The words.
    pub passage: Passage,
    /// Who leaves it open.
    pub support: Support,
    /// Statement of another report that answers it, if one does.
    pub answered_by: Option<StatementIx>,
}

/// What one report has first, alone, and not at all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// The report.
    pub report: ReportIx,
    /// Statements that no dated report carried before it.
    pub first: Vec<StatementIx>,
    /// Statements that no other origin carries.
    pub alone: Vec<StatementIx>,
    /// Statements of two or more other origins that it does not carry.
    pub missing: Vec<StatementIx>,
}

/// What changed between two states of one article, or its note that something did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorrectionEntry {
    /// The earlier state, where it is here.
    pub before: Option<ReportIx>,
    /// The later state.
    pub after: ReportIx,
    /// The words that changed.
    pub changes: Vec<WordChange>,
    /// The outlet's own note on it.
    pub note: Option<Passage>,
}

/// A sentence of the brief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BriefSentence {
    /// A whole sentence, or a clause that stands alone.
    pub passage: Passage,
    /// The statements it tells.
    pub statements: Vec<StatementIx>,
    /// Who carries what it tells.
    pub support: Support,
}
