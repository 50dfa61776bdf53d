//! The name that signs a quote (“We will not stop.” — Ann Lee) or stands before it as a label (Ann Lee: “We go on.”).

use twosource_model::{Span, Upos};

use super::context::Context;
use super::speaker::SpeakerWords;
use super::tree::{is_verbal, span_of};

/// Marks that a signature begins with.
const DASHES: [char; 5] = ['-', '–', '—', '―', '~'];
/// Longest signature, in tokens.
const LONGEST: usize = 12;

/// The name behind a dash that ends the paragraph of a marked quote, or is all of the next one.
pub(super) fn signed_by(context: &Context<'_>, content: &[Span], paragraph: usize) -> Option<SpeakerWords> {
    let end = content.last()?.end();
    let paragraphs = &context.article.paragraphs;
    let rest = paragraphs.get(paragraph)?.span.end();
    let line = match signed_line(context, Span::at(end, rest.max(end))) {
        Some(line) => line,
        None if is_closed(context, end, rest) => signed_line(context, paragraphs.get(paragraph + 1)?.span)?,
        None => return None,
    };
    let tokens = context.analysis.tokens_in(line);
    let plain = |t: usize| !is_verbal(&context.tokens[t]) && context.run_of(t).is_none();
    if tokens.is_empty() || tokens.len() > LONGEST || !tokens.clone().all(plain) {
        return None;
    }
    // what follows the comma tells who the person is
    let name = tokens.clone().take_while(|t| context.word(*t) != ",");
    let last = name.filter(|t| !context.is_punctuation(*t)).last()?;
    let capital = context.word(tokens.start).starts_with(char::is_uppercase);
    let head = (tokens.start..=last)
        .rev()
        .find(|t| context.tokens[*t].upos == Upos::Propn)
        .unwrap_or(last);
    capital.then(|| SpeakerWords {
        pieces: vec![span_of(context.tokens, tokens.start, last)],
        head: Some(head),
        rule: "signature",
    })
}

/// The name that begins a sentence and ends with the colon before a quote.
pub(super) fn labelled_by(context: &Context<'_>, content: &[Span]) -> Option<SpeakerWords> {
    let start = content.first()?.start();
    let first = context.analysis.tokens_in(*content.first()?).start;
    let colon = (first.saturating_sub(2)..first)
        .rev()
        .find(|t| context.word(*t) == ":" && context.tokens[*t].span.end() <= start)?;
    let opens = |t: &usize| {
        context.run_of(*t).is_some() || matches!(context.word(*t), "." | "!" | "?" | "\"" | "”" | "''" | ":")
    };
    let paragraph = context
        .article
        .paragraphs
        .partition_point(|p| p.span.end() < start);
    let paragraph = context.article.paragraphs.get(paragraph)?.span;
    let from = (colon.saturating_sub(LONGEST)..colon)
        .rev()
        .find(|t| opens(t) || context.tokens[*t].span.start() < paragraph.start())
        .map_or(colon.saturating_sub(LONGEST), |t| t + 1);
    let begins = from == 0 || opens(&(from - 1)) || context.tokens[from].span.start() == paragraph.start();
    // "12:47 Ann Lee: "
    let from = (from..colon)
        .find(|t| context.tokens[*t].upos != Upos::Num && !context.is_punctuation(*t))
        .unwrap_or(colon);
    let names = from < colon
        && (from..colon).all(|t| matches!(context.tokens[t].upos, Upos::Propn | Upos::Noun | Upos::Adj))
        && context.word(from).starts_with(char::is_uppercase)
        && context.tokens[colon - 1].upos == Upos::Propn;
    (begins && names).then(|| SpeakerWords {
        pieces: vec![span_of(context.tokens, from, colon - 1)],
        head: Some(colon - 1),
        rule: "label",
    })
}

/// What stands behind the dash that `line` begins with, closing marks aside.
fn signed_line(context: &Context<'_>, line: Span) -> Option<Span> {
    let words = line.of(context.text);
    let signed = words.trim_start_matches(is_closing);
    let name = signed.strip_prefix(DASHES)?.trim_start_matches(DASHES).trim();
    let start = line.start() + words.find(name)?;
    (!name.is_empty()).then(|| Span::at(start, start + name.len()))
}

/// Whether nothing but closing marks stands between the quote and the end of its paragraph.
fn is_closed(context: &Context<'_>, end: usize, rest: usize) -> bool {
    context
        .text
        .get(end..rest)
        .is_some_and(|behind| behind.chars().all(is_closing))
}

fn is_closing(character: char) -> bool {
    character.is_whitespace() || "\"'”’»“.,!?…".contains(character)
}
