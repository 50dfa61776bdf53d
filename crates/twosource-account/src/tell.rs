//! The step: a story's reports in, its account out.

use twosource_model::{Account, AccountOrigin, Analysis, Article, CopyKind, Report, Story};

/// One report as the step reads it. Several revisions of one article may be given; the last published counts.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

/// What the step may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The day the account is told on.
    pub as_of: Option<jiff::civil::Date>,
}

/// The account of `story`. The order of `sources` does not matter.
#[must_use]
pub fn tell(story: &Story, sources: &[Source<'_>], settings: &Settings) -> Account {
    let mut reports: Vec<Report> = Vec::new();
    let mut origins = Vec::new();
    for (at, origin) in story.origins.iter().enumerate() {
        let first = reports.len() as u32;
        for member in &origin.members {
            for source in sources.iter().filter(|s| s.article.id == member.article) {
                reports.push(Report {
                    article: source.article.clone(),
                    date: source.article.published.clone(),
                    origin: at as u32,
                    copy_kind: CopyKind::First,
                    own_share: member.own_share,
                    superseded: false,
                });
            }
        }
        origins.push(AccountOrigin {
            id: origin.id.clone(),
            wire_credit: origin.wire_credit.clone(),
            reports: (first..reports.len() as u32).collect(),
            evidence: Vec::new(),
        });
    }
    Account {
        story: story.id.clone(),
        as_of: settings.as_of,
        headline: None,
        brief: Vec::new(),
        reports,
        origins,
        statements: Vec::new(),
        utterances: Vec::new(),
        differences: Vec::new(),
        timeline: Vec::new(),
        cast: Vec::new(),
        open_questions: Vec::new(),
        coverage: Vec::new(),
        corrections: Vec::new(),
        together: story.evidence.clone(),
        findings: Vec::new(),
    }
}
