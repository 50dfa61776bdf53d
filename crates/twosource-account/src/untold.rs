//! What an account does not tell of its reports: each sentence that nothing in it holds a word of, with the reason.

use std::collections::BTreeSet;

use twosource_model::{ReportIx, Role, Span, Statement, Untold, UntoldReason, Utterance};

use crate::clauses::{self, Clause, ClauseKind};
use crate::desk::View;

/// The sentences that are not told, for each report in the order of `views`; none of superseded ones.
pub fn untold(
    views: &[View<'_>],
    clauses: &[Clause],
    statements: &[Statement],
    utterances: &[Utterance],
) -> Vec<Vec<Untold>> {
    let mut told: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); views.len()];
    let mut tell = |report: ReportIx, span: Span| {
        let (view, told) = (&views[report as usize], &mut told[report as usize]);
        told.extend(view.sentences_over(span));
    };
    for rendering in statements.iter().flat_map(|s| &s.renderings) {
        tell(rendering.report, rendering.passage.anchor().span);
    }
    for rendering in utterances.iter().flat_map(|u| &u.renderings) {
        for piece in &rendering.pieces {
            tell(rendering.report, piece.anchor().span);
        }
    }
    for clause in clauses.iter().filter(|c| c.kind == ClauseKind::Open) {
        tell(clause.report, clause.span);
    }
    let of_view = |(view, told): (&View<'_>, &BTreeSet<usize>)| {
        if view.superseded {
            return Vec::new();
        }
        let text = view.article.text();
        let note = view
            .article
            .paragraphs
            .iter()
            .find(|p| p.role == Role::Correction);
        let left = |(at, sentence): (usize, &Span)| {
            let told = told.contains(&at) || note.is_some_and(|note| note.span.overlaps(*sentence));
            let words = sentence.of(text).chars().any(char::is_alphanumeric);
            let passage = view.passage(*sentence).filter(|_| words && !told)?;
            let reason = reason(view, *sentence);
            Some(Untold { reason, passage })
        };
        view.sentences.iter().enumerate().filter_map(left).collect()
    };
    views.iter().zip(&told).map(of_view).collect()
}

fn reason(view: &View<'_>, sentence: Span) -> UntoldReason {
    let words = sentence.of(view.article.text());
    let in_dateline = view.article.dateline.is_some_and(|line| line.overlaps(sentence));
    match view.role_at(sentence.start()) {
        Some(Role::Heading) => UntoldReason::Heading,
        Some(Role::Caption) => UntoldReason::Caption,
        Some(Role::PullQuote) => UntoldReason::Repeated,
        Some(Role::Correction) => UntoldReason::Note,
        _ if clauses::is_caption_of(view, sentence) => UntoldReason::Caption,
        _ if clauses::asks(words) => UntoldReason::Question,
        _ if clauses::is_credit(words) => UntoldReason::Credit,
        _ if in_dateline => UntoldReason::Dateline,
        _ => UntoldReason::Fragment,
    }
}
