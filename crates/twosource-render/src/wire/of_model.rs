//! The model's account as the wire form.

use twosource_model as model;

use super::account::{
    Account, Alias, Attribution, BriefSentence, CastMember, Correction, Coverage, Difference, Evidence, Join,
    Link, OpenQuestion, Origin, Position, Rendering, Statement, Support, ThreadStory, TimelineEntry,
    Utterance, UtteranceRendering, WordChange,
};
use super::{Dated, Passage};

/// Each element as its wire form.
fn all<'a, From, To: std::convert::From<&'a From>>(from: &'a [From]) -> Vec<To> {
    from.iter().map(To::from).collect()
}

/// The wire form of something that may be missing.
fn maybe<'a, From, To: std::convert::From<&'a From>>(from: &'a Option<From>) -> Option<To> {
    from.as_ref().map(To::from)
}

impl From<&model::Account> for Account {
    fn from(account: &model::Account) -> Self {
        Self {
            story: account.story.to_string(),
            headline: maybe(&account.headline),
            brief: all(&account.brief),
            reports: all(&account.reports),
            origins: all(&account.origins),
            statements: all(&account.statements),
            utterances: all(&account.utterances),
            differences: all(&account.differences),
            timeline: all(&account.timeline),
            cast: all(&account.cast),
            open_questions: all(&account.open_questions),
            coverage: all(&account.coverage),
            corrections: all(&account.corrections),
            together: all(&account.together),
            thread: all(&account.thread),
            findings: all(&account.findings),
        }
    }
}

impl From<&model::ThreadStory> for ThreadStory {
    fn from(other: &model::ThreadStory) -> Self {
        Self {
            story: other.story.to_string(),
            title: other.title.clone(),
            tie: other.tie.into(),
        }
    }
}

impl From<&model::AccountOrigin> for Origin {
    fn from(origin: &model::AccountOrigin) -> Self {
        Self {
            id: origin.id.to_string(),
            wire_credit: origin.wire_credit.clone(),
            reports: origin.reports.clone(),
            evidence: all(&origin.evidence),
            counts_as: origin.counts_as,
        }
    }
}

impl From<&model::Evidence> for Evidence {
    fn from(evidence: &model::Evidence) -> Self {
        Self {
            rule: evidence.rule.clone(),
            weight: evidence.weight,
            words: evidence.words.clone(),
        }
    }
}

impl From<&model::Support> for Support {
    fn from(support: &model::Support) -> Self {
        Self {
            origins: support.origins.clone(),
            outlets: support.outlets.clone(),
            reports: support.reports.clone(),
        }
    }
}

impl From<&model::Attribution> for Attribution {
    fn from(attribution: &model::Attribution) -> Self {
        Self {
            speaker: maybe(&attribution.speaker),
            cue: maybe(&attribution.cue),
            cast: attribution.cast,
        }
    }
}

impl From<&model::Rendering> for Rendering {
    fn from(rendering: &model::Rendering) -> Self {
        Self {
            report: rendering.report,
            passage: Passage::from(&rendering.passage),
            sentence: Passage::from(&rendering.sentence),
            attribution: maybe(&rendering.attribution),
            certainty: rendering.certainty.into(),
            negated: rendering.negated,
        }
    }
}

impl From<&model::Statement> for Statement {
    fn from(statement: &model::Statement) -> Self {
        Self {
            class: statement.class.into(),
            support: Support::from(&statement.support),
            lead: statement.lead,
            renderings: all(&statement.renderings),
            differences: statement.differences.clone(),
            evidence: all(&statement.evidence),
        }
    }
}

impl From<&model::WordChange> for WordChange {
    fn from(change: &model::WordChange) -> Self {
        Self {
            base: maybe(&change.base),
            rendering: maybe(&change.rendering),
        }
    }
}

impl From<&model::UtteranceRendering> for UtteranceRendering {
    fn from(rendering: &model::UtteranceRendering) -> Self {
        Self {
            report: rendering.report,
            class: rendering.class.into(),
            kind: rendering.kind.into(),
            pieces: all(&rendering.pieces),
            speaker: maybe(&rendering.speaker),
            cue: maybe(&rendering.cue),
            changes: all(&rendering.changes),
            warnings: rendering.warnings.clone(),
        }
    }
}

impl From<&model::Utterance> for Utterance {
    fn from(utterance: &model::Utterance) -> Self {
        Self {
            speaker: utterance.speaker,
            speaker_name: utterance.speaker_name.clone(),
            addressee: maybe(&utterance.addressee),
            medium: maybe(&utterance.medium),
            support: Support::from(&utterance.support),
            renderings: all(&utterance.renderings),
            differences: utterance.differences.clone(),
        }
    }
}

impl From<&model::Position> for Position {
    fn from(position: &model::Position) -> Self {
        Self {
            value: position.value.clone(),
            approximation: position.approximation.map(Into::into),
            passages: all(&position.passages),
            of: maybe(&position.of),
            support: Support::from(&position.support),
            since: maybe::<_, Dated>(&position.since),
            given_up: position.given_up,
        }
    }
}

impl From<&model::Difference> for Difference {
    fn from(difference: &model::Difference) -> Self {
        Self {
            kind: difference.kind.into(),
            gravity: difference.gravity.into(),
            subject: maybe(&difference.subject),
            positions: all(&difference.positions),
            statement: difference.statement,
            utterance: difference.utterance,
            evidence: Evidence::from(&difference.evidence),
        }
    }
}

impl From<&model::TimelineEntry> for TimelineEntry {
    fn from(entry: &model::TimelineEntry) -> Self {
        Self {
            value: entry.value.clone(),
            from: entry.interval.0.to_string(),
            until: entry.interval.1.to_string(),
            kind: entry.kind.into(),
            passages: all(&entry.passages),
            times: all(&entry.times),
            support: Support::from(&entry.support),
        }
    }
}

impl From<&model::Alias> for Alias {
    fn from(alias: &model::Alias) -> Self {
        Self {
            passage: Passage::from(&alias.passage),
            count: alias.count,
        }
    }
}

impl From<&model::Link> for Link {
    fn from(link: &model::Link) -> Self {
        Self {
            id: link.id.clone(),
            name: link.name.clone(),
            coordinates: link.coordinates,
        }
    }
}

impl From<&model::CastMember> for CastMember {
    fn from(member: &model::CastMember) -> Self {
        Self {
            name: member.name.clone(),
            entity_type: member.entity_type.into(),
            aliases: all(&member.aliases),
            roles: all(&member.roles),
            link: maybe(&member.link),
            mentions: member.mentions,
            reports: member.reports.clone(),
        }
    }
}

impl From<&model::OpenQuestion> for OpenQuestion {
    fn from(question: &model::OpenQuestion) -> Self {
        Self {
            passage: Passage::from(&question.passage),
            support: Support::from(&question.support),
            answered_by: question.answered_by,
        }
    }
}

impl From<&model::Coverage> for Coverage {
    fn from(coverage: &model::Coverage) -> Self {
        Self {
            report: coverage.report,
            first: coverage.first.clone(),
            alone: coverage.alone.clone(),
            missing: coverage.missing.clone(),
        }
    }
}

impl From<&model::CorrectionEntry> for Correction {
    fn from(entry: &model::CorrectionEntry) -> Self {
        Self {
            before: entry.before,
            after: entry.after,
            changes: all(&entry.changes),
            note: maybe(&entry.note),
        }
    }
}

impl From<&model::JoinEvidence> for Join {
    fn from(join: &model::JoinEvidence) -> Self {
        Self {
            article: join.article.to_string(),
            nearest: join.nearest.to_string(),
            score: join.score,
            evidence: all(&join.evidence),
        }
    }
}

impl From<&model::BriefSentence> for BriefSentence {
    fn from(sentence: &model::BriefSentence) -> Self {
        Self {
            passage: Passage::from(&sentence.passage),
            statements: sentence.statements.clone(),
            support: Support::from(&sentence.support),
        }
    }
}
