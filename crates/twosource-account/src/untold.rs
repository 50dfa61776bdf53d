//! What an account does not tell of its reports: each sentence that nothing in it holds a word of, with the reason.

use std::collections::BTreeSet;

use twosource_model::{Quote, ReportIx, Role, Span, Statement, Untold, UntoldReason, Upos, Utterance};

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
    for (view, told) in views.iter().zip(&mut told) {
        let named: Vec<usize> = view
            .analysis
            .quotes
            .iter()
            .filter(|q| q.content.iter().any(|span| told_in(view, told, *span)))
            .flat_map(|quote| names_source_only(view, quote))
            .collect();
        told.extend(named);
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
            if told || !sentence.of(text).chars().any(char::is_alphanumeric) {
                return None;
            }
            let reason = reason(view, *sentence);
            let passage = view.passage(*sentence)?;
            Some(Untold { reason, passage })
        };
        view.sentences.iter().enumerate().filter_map(left).collect()
    };
    views.iter().zip(&told).map(of_view).collect()
}

fn told_in(view: &View<'_>, told: &BTreeSet<usize>, span: Span) -> bool {
    view.sentences_over(span).any(|at| told.contains(&at))
}

/// The sentences that only say who said a quotation, cut off it by its last mark: "the mayor shouted on the quay."
fn names_source_only<'q>(view: &'q View<'_>, quote: &'q Quote) -> impl Iterator<Item = usize> + 'q {
    let tells = [quote.medium, quote.addressee].into_iter().flatten();
    let mut source: Vec<Span> = quote.cue.iter().chain(&quote.speaker).copied().collect();
    source.extend(tells);
    let sentences: BTreeSet<usize> = quote
        .cue
        .iter()
        .flat_map(|span| view.sentences_over(*span))
        .collect();
    sentences.into_iter().filter(move |at| {
        let sentence = view.sentences[*at];
        let mut words = view.analysis.tokens[view.analysis.tokens_in(sentence)].iter();
        words.all(|token| {
            let small = matches!(token.upos, Upos::Punct | Upos::Adp | Upos::Det | Upos::Part);
            small || source.iter().any(|span| span.overlaps(token.span))
        })
    })
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
        _ if clauses::is_of_the_page(words) => UntoldReason::Note,
        _ if in_dateline => UntoldReason::Dateline,
        _ => UntoldReason::Fragment,
    }
}
