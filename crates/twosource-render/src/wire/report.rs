//! One report of a story, with its text, dates and what was left out of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use twosource_model as model;

use super::passage::{Passage, span};
use super::words::{CopyKind, kebab};

/// One report: one revision of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Id of the article.
    pub id: String,
    /// SHA-256 of its title, two line feeds and its text, in hexadecimal.
    pub revision: String,
    /// Headline; empty when none was found.
    pub title: String,
    /// The text, paragraphs separated by a blank line. Spans count its bytes.
    pub text: String,
    /// Name to show for whoever published it.
    pub outlet: String,
    /// Host of the outlet's site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Canonical address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who edited it.
    pub editors: Vec<String>,
    /// Section of the outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Agencies it credits.
    pub wire_credits: Vec<String>,
    /// Language of the text, as a BCP 47 primary subtag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Publication date to show, with its evidence; absent when unknown. Never the day of words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Dated>,
    /// Date of the last change, with its evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Dated>,
    /// Index into `origins`.
    pub origin: u32,
    /// How it stands to its origin.
    pub copy_kind: CopyKind,
    /// Share of its words that are its own, 0 to 1.
    pub own_share: f32,
    /// A later state of the same article is in this account; this one supports nothing any more.
    pub superseded: bool,
    /// Paragraphs of the text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What was left out of the text, with the rule that took it.
    pub clutter: Vec<Clutter>,
    /// Sentences of the text, in order, of which nothing else in the account holds a word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untold: Vec<Untold>,
    /// What the site says about reuse.
    pub reuse: Vec<ReuseSignal>,
    /// Problems that stopped nothing.
    pub findings: Vec<Finding>,
}

/// A date with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dated {
    /// RFC 3339, or a bare day when only the day is known.
    pub value: String,
    /// For an inferred date: the last day it may be, where `value` is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where it was read: `given`, `feed`, `structured-data`, `meta`, `time-element`, `visible-line`, `text-marker`,
    /// `address`, `relative-words`, or `story` for an inference from the other reports.
    pub source: String,
    /// The very words, or the reasons of an inference.
    pub evidence: String,
    /// `low`, `medium` or `high`.
    pub confidence: String,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// What it is for: `body`, `standfirst`, `heading`, `list-item`, `caption` ...
    pub role: String,
    /// `[start, end)` in UTF-8 bytes of the text.
    pub span: (u32, u32),
}

/// Words of the document that were left out of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clutter {
    /// Name of the rule that took them.
    pub rule: String,
    /// The words, white space folded.
    pub text: String,
}

/// A sentence that nothing in the account tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Untold {
    /// Why: `heading`, `caption`, `repeated`, `note`, `question`, `credit`, `dateline` or `fragment`.
    pub reason: String,
    /// The sentence.
    pub passage: Passage,
}

/// What a site says about reuse of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReuseSignal {
    /// Where it was said.
    pub source: String,
    /// The words.
    pub value: String,
}

/// A problem that was worked around.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Name of the rule that met it.
    pub rule: String,
    /// One sentence for the reader.
    pub message: String,
}

impl From<&model::Report> for Report {
    fn from(report: &model::Report) -> Self {
        let article = &report.article;
        Self {
            id: article.id.to_string(),
            revision: article.revision().to_string(),
            title: article.title().to_owned(),
            text: article.text().to_owned(),
            outlet: article.outlet_name().to_owned(),
            host: article.outlet.as_ref().and_then(|outlet| outlet.host.clone()),
            url: article.url.clone(),
            authors: article.authors.clone(),
            editors: article.editors.clone(),
            section: article.section.clone(),
            wire_credits: article.wire_credits.clone(),
            language: article.language.map(|language| language.to_string()),
            date: report.date.as_ref().map(Dated::from),
            modified: article.modified.as_ref().map(Dated::from),
            origin: report.origin,
            copy_kind: report.copy_kind.into(),
            own_share: report.own_share,
            superseded: report.superseded,
            paragraphs: article.paragraphs.iter().map(Paragraph::from).collect(),
            clutter: article.clutter.iter().map(Clutter::from).collect(),
            untold: report.untold.iter().map(Untold::from).collect(),
            reuse: article.reuse.iter().map(ReuseSignal::from).collect(),
            findings: article.findings.iter().map(Finding::from).collect(),
        }
    }
}

impl From<&model::DatedEvidence> for Dated {
    fn from(dated: &model::DatedEvidence) -> Self {
        Self {
            value: dated.moment.to_string(),
            until: dated.until.map(|day| day.to_string()),
            source: kebab(&dated.source),
            evidence: dated.evidence.clone(),
            confidence: kebab(&dated.confidence),
        }
    }
}

impl From<&model::Paragraph> for Paragraph {
    fn from(paragraph: &model::Paragraph) -> Self {
        Self {
            role: kebab(&paragraph.role),
            span: span(paragraph.span),
        }
    }
}

impl From<&model::Untold> for Untold {
    fn from(untold: &model::Untold) -> Self {
        Self {
            reason: untold.reason.as_str().to_owned(),
            passage: Passage::from(&untold.passage),
        }
    }
}

impl From<&model::Clutter> for Clutter {
    fn from(clutter: &model::Clutter) -> Self {
        Self {
            rule: clutter.rule.clone(),
            text: clutter.text.clone(),
        }
    }
}

impl From<&model::ReuseSignal> for ReuseSignal {
    fn from(signal: &model::ReuseSignal) -> Self {
        Self {
            source: signal.source.clone(),
            value: signal.value.clone(),
        }
    }
}

impl From<&model::Finding> for Finding {
    fn from(finding: &model::Finding) -> Self {
        Self {
            rule: finding.rule.clone(),
            message: finding.message.clone(),
        }
    }
}
