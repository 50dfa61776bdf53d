//! What the language step saw in one article, all as spans of its text.

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::{ArticleId, Digest, Finding, LanguageCode, Sentence, Span, Token};

/// What the language step saw in one article. Lists are in the order of the text unless said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The article.
    pub article: ArticleId,
    /// Its state.
    pub revision: Digest,
    /// Language that was assumed.
    pub language: LanguageCode,
    /// Sentences; they do not overlap and together hold every character that is not white space.
    pub sentences: Vec<Sentence>,
    /// Tokens of all sentences.
    pub tokens: Vec<Token>,
    /// Mentions, sorted by start, longer first; they may nest.
    pub mentions: Vec<Mention>,
    /// What the mentions are taken to mean, in order of first mention.
    pub entities: Vec<Entity>,
    /// Quotes, never overlapping.
    pub quotes: Vec<Quote>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Numbers.
    pub numbers: Vec<Number>,
    /// Political events.
    pub events: Vec<Event>,
    /// Problems that stopped nothing.
    pub findings: Vec<Finding>,
}

impl Analysis {
    /// An analysis of a revision in which nothing was seen yet.
    #[must_use]
    pub const fn empty(article: ArticleId, revision: Digest, language: LanguageCode) -> Self {
        Self {
            article,
            revision,
            language,
            sentences: Vec::new(),
            tokens: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            quotes: Vec::new(),
            times: Vec::new(),
            numbers: Vec::new(),
            events: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Index of the sentence that holds the byte at `offset`.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.span.end() <= offset);
        self.sentences
            .get(at)
            .is_some_and(|s| s.span.contains(offset))
            .then_some(at)
    }

    /// Indexes of the tokens that overlap `span`.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.end() <= span.start());
        let to = from + self.tokens[from..].partition_point(|t| t.span.start() < span.end());
        from..to
    }
}

/// Kind of thing that an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EntityType {
    /// A human being.
    Person,
    /// A company, party, ministry, team, armed group ...
    Organisation,
    /// A country, town, region, building, water ...
    Place,
    /// An office or role that stands for its holder ("the prime minister").
    Role,
    /// A group of people ("Democrats", "Russians").
    Group,
    /// A named event ("World Cup").
    Event,
    /// A named product, work or law.
    Product,
    /// None of these.
    Other,
}

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a description ("the Russian leader").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// A span that names someone or something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes of the text. For a name: the name alone, without title or article.
    pub span: Span,
    /// The mention with its title and determiner ("Russian President Vladimir Putin"); equals `span` where there is none.
    pub full: Span,
    /// How it names.
    pub form: MentionForm,
    /// Type of what is named.
    pub entity_type: EntityType,
    /// Index in [`Analysis::entities`]; `None` is "unclear".
    pub entity: Option<u32>,
}

/// Grammatical gender of a person, where known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// she
    Female,
    /// he
    Male,
}

/// What several mentions are taken to mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Fullest name in the article, else the description.
    pub name: String,
    /// Type.
    pub entity_type: EntityType,
    /// Of a person.
    pub gender: Option<Gender>,
    /// More than one ("officials").
    pub plural: bool,
    /// Titles and roles tied to it in the text ("national security adviser"), as spans, in order.
    pub roles: Vec<Span>,
    /// Indexes of its mentions, in order.
    pub mentions: Vec<u32>,
    /// What it is in the knowledge tables.
    pub link: Option<Link>,
}

/// Entry of a knowledge table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Stable id: `country:RU`, `city:2643743`, `person:donald-trump`, `organisation:un`, `outlet:bbc.co.uk`.
    pub id: String,
    /// Its usual name, which is its title in the English Wikipedia where it has one.
    pub name: String,
    /// Degrees north and east, for a place.
    pub coordinates: Option<(f32, f32)>,
    /// Actor code for events: ISO 3166 alpha-3, or a CAMEO code of an international actor.
    pub actor_code: Option<String>,
}

/// Whether the words of a quote are the speaker's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// In quotation marks.
    Direct,
    /// Told.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

/// What kind of source the content is laid to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteAct {
    /// Somebody said, wrote or posted it.
    Speech,
    /// Somebody believes, hopes or fears it.
    Belief,
    /// A document, poll, picture or report says it.
    Document,
    /// What somebody spoke of or asked for, in the outlet's words and no statement ("criticised the plan").
    Topic,
}

/// Something said: content, cue and speaker, each as pieces of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// What was said, without the quotation marks; several pieces where a cue stands between.
    pub content: Vec<Span>,
    /// The words that mark it as said ("said", "according to"). May be empty.
    pub cue: Vec<Span>,
    /// The words beside it that name the speaker. May be empty.
    pub speaker: Vec<Span>,
    /// Index in [`Analysis::entities`] of who that is; `None` is "unclear".
    pub speaker_entity: Option<u32>,
    /// Who was spoken to.
    pub addressee: Option<Span>,
    /// Through what ("on Twitter", "in a statement").
    pub medium: Option<Span>,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// Speech, belief or document.
    pub act: QuoteAct,
    /// Names of the rules that gave content and speaker.
    pub rules: Vec<String>,
}

impl Quote {
    /// From the first byte of its content to the last.
    ///
    /// # Panics
    /// When the content has no piece.
    #[must_use]
    pub fn hull(&self) -> Span {
        self.content
            .iter()
            .copied()
            .reduce(Span::hull)
            .expect("a quote has content")
    }
}

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// Calendar point or stretch.
    Date,
    /// Clock time or part of day.
    Time,
    /// Length.
    Duration,
    /// Repetition.
    Set,
}

/// A time expression with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Bytes of the text.
    pub span: Span,
    /// Type.
    pub time_type: TimeType,
    /// Value in the notation of `bench/score_times.py` (TIMEX3 with intervals): `2018-07-16`, `2018-FA`, `P3D`; empty when unknown.
    pub value: String,
    /// For a calendar value: first day and first day behind it.
    pub interval: Option<(civil::Date, civil::Date)>,
    /// "nearly", "about", "or so".
    pub approximate: bool,
    /// Name of the rule that read it.
    pub rule: String,
}

/// How a number stands to the true figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approximation {
    /// As printed.
    Exact,
    /// "about", "some", "roughly", or a rounded word ("dozens").
    About,
    /// "more than", "at least", "over".
    AtLeast,
    /// "fewer than", "at most", "up to".
    AtMost,
    /// "nearly", "almost".
    Nearly,
}

/// What a number measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unit {
    /// Things counted.
    Count,
    /// Money, by ISO 4217 code.
    Currency(String),
    /// Percent.
    Percent,
    /// Percentage points.
    PercentagePoints,
    /// A measure, by its base unit (`m`, `kg`, `s`, `degC`, `ha` ...); the value is converted to it.
    Measure(String),
    /// A place in an order ("third").
    Ordinal,
    /// Somebody's age in years.
    Age,
    /// A result ("3-1") or a share ("two in five") that is not converted.
    Score,
}

/// A number in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number with its unit ("$3.5 million", "12"), without approximator.
    pub span: Span,
    /// Lowest value, in base units.
    pub low: f64,
    /// Highest value; equals `low` unless a range is given.
    pub high: f64,
    /// How it stands to the true figure.
    pub approximation: Approximation,
    /// What it measures.
    pub unit: Unit,
    /// The noun phrase of what is counted ("Russian intelligence officers").
    pub counted: Option<Span>,
    /// Lemma of the head of what is counted ("officer"); empty when none.
    pub counted_head: String,
    /// Index in [`Analysis::times`] of the moment it holds for.
    pub as_of: Option<u32>,
}

/// Whether an event is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as fact.
    Actual,
    /// Planned, promised, expected.
    Planned,
    /// May, might, could.
    Possible,
    /// Alleged, reported, according to somebody.
    Alleged,
    /// Asked for or ordered.
    Requested,
    /// Under a condition.
    Conditional,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    Positive,
    /// It is not so.
    Negative,
}

/// One side of a political event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The words that name it.
    pub span: Span,
    /// ISO 3166 alpha-3, or IGO, NGO, MNC ...
    pub code: Option<String>,
    /// PLOVER sector (GOV, MIL, COP, OPP, CVL ...).
    pub sector: Option<String>,
    /// Index in [`Analysis::entities`].
    pub entity: Option<u32>,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// PLOVER type ("AGREE").
    pub event_type: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Who did it.
    pub source: Vec<Actor>,
    /// To whom.
    pub target: Vec<Actor>,
    /// The trigger word.
    pub trigger: Span,
    /// The clause.
    pub span: Span,
    /// Done or not done.
    pub polarity: Polarity,
    /// Fact, plan, allegation ...
    pub modality: Modality,
    /// Source and target each do it to the other ("A and B agreed").
    pub reciprocal: bool,
    /// Index in [`Analysis::quotes`] of the quote that tells it.
    pub attribution: Option<u32>,
    /// Index in [`Analysis::times`].
    pub time: Option<u32>,
    /// Index in [`Analysis::mentions`].
    pub place: Option<u32>,
}
