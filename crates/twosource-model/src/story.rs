//! The articles about one event, folded into origins.

use serde::{Deserialize, Serialize};

use crate::{ArticleId, OriginId, Span, StoryId};

/// The articles that derive from one text: agency copy, reprint, rewrite, later version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its id.
    pub id: OriginId,
    /// Its articles, likely first publisher first.
    pub members: Vec<OriginMember>,
    /// Agency that the members credit, where they agree.
    pub wire_credit: Option<String>,
}

/// How an article stands to its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CopyKind {
    /// The first of its origin, or the only one.
    First,
    /// The same text, head, tail or house style apart.
    Reprint,
    /// Some paragraphs from it, others its own.
    PartialReuse,
    /// The same matter in the same order in other words.
    Rewrite,
    /// A later state of the same outlet's report.
    Version,
}

/// One article of an origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginMember {
    /// The article.
    pub article: ArticleId,
    /// How it stands to the first of the origin.
    pub kind: CopyKind,
    /// Share of its words that are its own, 0.0 to 1.0.
    pub own_share: f32,
    /// Stretches of its text that stand in the first of the origin too.
    pub shared: Vec<Span>,
    /// The reasons in words, strongest first; empty for the first.
    pub evidence: Vec<Evidence>,
}

/// A reason for a decision: its name, how much it weighed, and what it says to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Name of the rule or feature.
    pub rule: String,
    /// Its share in the decision; units of the deciding score.
    pub weight: f32,
    /// In words: "same dead toll, same place and day".
    pub words: String,
}

/// The articles about one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its id for good.
    pub id: StoryId,
    /// Its articles: by first appearance, then by id.
    pub articles: Vec<ArticleId>,
    /// The same articles by origin; each article stands in exactly one.
    pub origins: Vec<Origin>,
    /// Why each article (other than the first) was put in.
    pub evidence: Vec<JoinEvidence>,
    /// Stories that this one continues or that continue it, not merged with it.
    pub thread: Vec<StoryId>,
}

/// Why an article is in a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinEvidence {
    /// The article.
    pub article: ArticleId,
    /// The article it is nearest to.
    pub nearest: ArticleId,
    /// Log-odds of the pair belonging together.
    pub score: f32,
    /// The reasons, strongest first.
    pub evidence: Vec<Evidence>,
}
