//! Whether a sentence can be read alone.

use twosource_model::{MentionForm, Relation, Role, Span, Token, Upos, Xpos};

use crate::desk::View;
use crate::quoting;

/// Words that lean on what was said before when a sentence opens with them.
pub const DANGLING: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "also",
    "however",
    "meanwhile",
    "then",
    "so",
    "still",
    "yet",
    "instead",
    "moreover",
    "furthermore",
    "nevertheless",
    "there",
    "such",
    "both",
    "other",
    "another",
    "others",
    "later",
    "earlier",
    "here",
    "or",
    "him",
    "them",
    "too",
    "nor",
    "asked",
];

/// Openings that tie a sentence to the ones before.
const TIES: &[&str] = &[
    "yes",
    "well",
    "indeed",
    "plus",
    "in addition",
    "in other words",
    "in the other",
    "in turn",
    "in contrast",
    "by contrast",
    "on the other hand",
    "as a result",
    "for example",
    "for instance",
    "at the same time",
    "even so",
    "after all",
];

/// Fewest and most words of a sentence of a brief. A long one is often the one that tells all; up to 60 words instead of
/// 48 gained .002 of each ROUGE on `roundups`.
const WORDS: std::ops::RangeInclusive<usize> = 7..=60;

/// Whether a sentence can be read alone: whole, of a fit length, with no word that leans on the ones before. What opens a
/// report leans on nothing: its "also" and "his" belong to words behind them.
pub fn stands_alone(view: &View<'_>, span: Span) -> bool {
    let text = span.of(view.article.text());
    let words: Vec<&str> = text.split_whitespace().collect();
    if !WORDS.contains(&words.len()) || !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let first = words[0]
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let last = text.trim_end_matches(['"', '”', '’', ')']).chars().next_back();
    let mut lower = words
        .iter()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let opening = view.sentences.first() == Some(&span);
    let leans = DANGLING.contains(&first.as_str())
        || lower.any(|w| match w.as_str() {
            "also" => !opening,
            "however" | "meanwhile" | "moreover" => true,
            _ => false,
        });
    let marks = text.matches(['“', '”', '"']).count();
    let body = view
        .role_at(span.start())
        .is_none_or(|role| matches!(role, Role::Body | Role::Standfirst | Role::ListItem));
    !leans
        && body
        && matches!(last, Some('.' | '!'))
        && marks.is_multiple_of(2)
        && !leans_by_pronoun(view, span, opening)
        && !leans_by_quote(view, span)
        && !is_subordinate(view, span)
        && !is_tied(text)
        && tells_something(view, span)
        && !speaks_to_reader(view, span)
}

/// Words of somebody who speaks to somebody.
const SPEAKER_AND_READER: &[&str] = &["i", "me", "my", "we", "us", "our", "you", "your"];

/// Whether a sentence asks the reader to do something ("Sign up here."), or speaks of "us" or "you" outside quoted words.
fn speaks_to_reader(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    // inside a quotation that opened before it a sentence speaks as its speaker, and does not say who that is
    let quoted = |at: Span| {
        let mut pieces = view.quotes_at(at).flat_map(|(_, quote)| &quote.content);
        pieces.any(|piece| piece.overlaps(at) && piece.start() > span.start())
    };
    let asks = tokens
        .first()
        .is_some_and(|t| t.xpos == Xpos::Vb && t.head.is_none());
    let personal =
        |t: &Token| t.upos == Upos::Pron && SPEAKER_AND_READER.contains(&t.lemma.to_lowercase().as_str());
    asks || tokens.iter().any(|t| personal(t) && !quoted(t.span))
}

/// Whether a sentence is somebody's words without saying whose, or says who spoke without the words.
fn leans_by_quote(view: &View<'_>, span: Span) -> bool {
    view.quotes_at(span).any(|(_, quote)| {
        let cued_here = quote.cue.iter().any(|c| c.overlaps(span));
        quoting::covers(quote, span) && !cued_here
            || cued_here && !quoting::overlaps(quote, span) && !quote.content.is_empty()
    })
}

/// Whether a sentence is a subordinate clause by itself ("Because the tide turned.").
fn is_subordinate(view: &View<'_>, span: Span) -> bool {
    let own = view.analysis.tokens_in(span);
    let tokens = &view.analysis.tokens;
    let Some(first) = tokens[own].iter().find(|t| t.upos != Upos::Punct) else {
        return false;
    };
    let head = first.head.and_then(|head| tokens.get(head as usize));
    first.relation == Relation::Mark && head.is_some_and(|head| head.head.is_none())
}

/// Whether a sentence opens with one of [`TIES`] and a comma.
fn is_tied(text: &str) -> bool {
    let opening = text.split(',').next().unwrap_or_default();
    opening.len() < text.len() && TIES.iter().any(|tie| opening.eq_ignore_ascii_case(tie))
}

/// Whether a sentence has a finite verb, where its words are tagged: "Updated on Friday." has none.
fn tells_something(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    let finite = |t: &Token| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let tagged = tokens.iter().any(|t| !matches!(t.upos, Upos::X | Upos::Punct));
    !tagged || tokens.iter().any(finite)
}

/// A pronoun before any name that it could stand for; in an opening, without any.
fn leans_by_pronoun(view: &View<'_>, span: Span, opening: bool) -> bool {
    let within = || view.mentions_in(span).iter().filter(|m| span.covers(m.span));
    let text = view.article.text();
    within().filter(|m| m.form == MentionForm::Pronoun).any(|m| {
        let word = m.span.get(text).unwrap_or_default().to_lowercase();
        let quoted = view
            .quotes_at(m.span)
            .any(|(_, quote)| quoting::covers(quote, m.span));
        let personal = matches!(
            word.as_str(),
            "he" | "she" | "him" | "her" | "his" | "they" | "them" | "their" | "hers"
        );
        personal
            && !quoted
            && !within().any(|n| {
                n.form != MentionForm::Pronoun
                    && (opening || n.span.start() < m.span.start())
                    && (n.entity == m.entity || m.entity.is_none())
            })
    })
}
