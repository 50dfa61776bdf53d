//! The speaker when the cue has no subject in the tree: what its sentence opens with, or the subject of its main clause.

use twosource_model::{Relation, Span, Upos, Xpos};

use super::context::Context;
use super::speaker::{SpeakerWords, is_animate};
use super::tree::{is_verbal, span_of};

/// Longest noun phrase at the head of a sentence, in tokens.
const OPENING_REACH: usize = 14;

/// The likely subject of the verb at `verb` from the sentence alone.
pub(super) fn sentence_subject(context: &Context<'_>, verb: usize) -> Option<SpeakerWords> {
    let sentence = context.analysis.sentences[context.sentence_of(verb)].tokens();
    opening(context, sentence.start, verb)
        .or_else(|| main_subject(context, sentence.start, verb))
        .or_else(|| opening_behind_comma(context, sentence.start, verb))
}

/// The noun phrase that the sentence of a verb opens with.
pub(super) fn opening_of(context: &Context<'_>, verb: usize) -> Option<SpeakerWords> {
    let sentence = context.analysis.sentences[context.sentence_of(verb)].tokens();
    opening(context, sentence.start, verb)
}

/// A name behind one of the first commas of a sentence: "Just last week, Ann Lee, an old friend of the house, wrote".
fn opening_behind_comma(context: &Context<'_>, from: usize, verb: usize) -> Option<SpeakerWords> {
    (from..verb.min(from + OPENING_REACH))
        .filter(|t| context.word(*t) == ",")
        .find_map(|comma| {
            opening(context, comma + 1, verb).filter(|found| {
                found
                    .head
                    .is_some_and(|head| context.tokens[head].upos == Upos::Propn)
            })
        })
}

/// The noun phrase that a sentence opens with, when a comma or verb ends it.
fn opening(context: &Context<'_>, from: usize, verb: usize) -> Option<SpeakerWords> {
    let part = |t: usize| {
        context.run_of(t).is_none()
            && (matches!(
                context.tokens[t].upos,
                Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
            ) || matches!(context.word(t), "'s" | "’s" | "." | "-" | "of" | "and" | "&"))
    };
    // "As Ann Lee, the head of the port, put it"
    let from = from + usize::from(context.is(from, "as"));
    let to = (from..verb.min(from + OPENING_REACH))
        .take_while(|t| part(*t))
        .last()?;
    let of = (from..=to).find(|t| context.is(*t, "of")).unwrap_or(to + 1);
    let head = (from..of)
        .rev()
        .find(|t| matches!(context.tokens[*t].upos, Upos::Propn | Upos::Noun | Upos::Pron))?;
    let next = to + 1;
    let ended = next >= verb || context.word(next) == "," || is_verbal(&context.tokens[next]);
    let named = context.word(to).starts_with(char::is_uppercase);
    let fits = ended && (named || is_animate(context, head)) && !is_time(context, head);
    fits.then(|| SpeakerWords {
        pieces: vec![span_of(context.tokens, from, to)],
        head: Some(head),
        rule: "opens the sentence",
    })
}

/// The last subject before the verb that is no relative pronoun and stands in no relative clause.
fn main_subject(context: &Context<'_>, from: usize, verb: usize) -> Option<SpeakerWords> {
    let tokens = context.tokens;
    let subject = (from..verb).rev().find(|t| {
        let own = tokens[*t].relation.is(Relation::Nsubj)
            && context.run_of(*t).is_none()
            && is_animate(context, *t)
            && !is_time(context, *t)
            && !matches!(tokens[*t].xpos, Xpos::Wp | Xpos::Wdt);
        own && tokens[*t].head.is_some_and(|head| {
            !matches!(
                tokens[head as usize].relation,
                Relation::AclRelcl | Relation::Ccomp
            )
        })
    })?;
    let (left, right) = context.tree.phrase(tokens, subject);
    Some(SpeakerWords {
        pieces: vec![span_of(tokens, left.max(from), right.min(verb - 1))],
        head: Some(subject),
        rule: "subject of the sentence",
    })
}

/// The subject of the clause that leads into a quote without a cue, or of the sentence before it in its paragraph.
pub(super) fn lead_subject(context: &Context<'_>, content: Span, paragraph: Span) -> Option<SpeakerWords> {
    let first = context.analysis.tokens_in(content).start;
    let sentence = context.analysis.sentences[context.sentence_of(first)].tokens();
    let start = |t: usize| context.tokens[t].span.start();
    if sentence.start < first && start(sentence.start) >= paragraph.start() {
        return main_subject(context, sentence.start, first);
    }
    let before = sentence.start.checked_sub(1)?;
    let sentence = context.analysis.sentences[context.sentence_of(before)].tokens();
    (start(sentence.start) >= paragraph.start())
        .then(|| main_subject(context, sentence.start, sentence.end))
        .flatten()
}

/// Whether a token tells when.
pub(super) fn is_time(context: &Context<'_>, token: usize) -> bool {
    let span = context.tokens[token].span;
    let at = context
        .analysis
        .times
        .partition_point(|time| time.span.end() <= span.start());
    context
        .analysis
        .times
        .get(at)
        .is_some_and(|time| time.span.overlaps(span))
}
