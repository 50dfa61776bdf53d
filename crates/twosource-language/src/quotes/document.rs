//! Whose document speaks: "a Herald article … the article read".

use twosource_model::{EntityType, MentionForm, Span, Upos};

use super::context::Context;

/// How far back, in tokens, a document is looked for that tells whose it is.
const REACH: usize = 300;

/// The body whose document the noun at `head` of these words is: named beside it, or beside the same noun before.
pub(super) fn outlet_of(context: &Context<'_>, words: Span, head: usize) -> Option<u32> {
    let token = &context.tokens[head];
    if token.upos != Upos::Noun || !context.classes(head).has(b'C') {
        return None;
    }
    if let Some(body) = body_beside(context, head) {
        return Some(body);
    }
    let first = context.analysis.tokens_in(words).start;
    if !["the", "this", "that"].iter().any(|word| context.is(first, word)) {
        return None;
    }
    (head.saturating_sub(REACH)..head)
        .rev()
        .filter(|t| context.tokens[*t].lemma == token.lemma && context.tokens[*t].upos == Upos::Noun)
        .find_map(|t| body_beside(context, t))
}

/// The body that the phrase of a noun names: "a Herald article", "a report by the Herald"; one that it is about ("a report
/// on the Herald") says nothing.
fn body_beside(context: &Context<'_>, noun: usize) -> Option<u32> {
    let (from, to) = context.tree.phrase(context.tokens, noun);
    (from.max(noun.saturating_sub(BESIDE))..=to.min(noun + BESIDE)).find_map(|t| {
        let mention = &context.analysis.mentions[context.mention_of(t)?];
        let entity = mention.entity?;
        let body = context.analysis.entities[entity as usize].entity_type == EntityType::Organisation;
        (body && mention.form == MentionForm::Name && is_origin(context, noun, t)).then_some(entity)
    })
}

/// Furthest name from the noun of its document, in tokens.
const BESIDE: usize = 8;

/// Whether a name in the phrase of a document tells where this comes from: it stands before the noun, or hangs on it by
/// "by", "from" or "in".
fn is_origin(context: &Context<'_>, noun: usize, name: usize) -> bool {
    if name < noun {
        return true;
    }
    let prepositions = (noun + 1..name).filter(|t| context.tokens[*t].upos == Upos::Adp);
    let mut first = prepositions.take(1);
    first.any(|t| ["by", "from", "in"].iter().any(|word| context.is(t, word)))
}
