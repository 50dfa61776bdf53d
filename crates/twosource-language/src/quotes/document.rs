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

/// The body that the phrase of a noun names: "a Herald article", "a report by the Herald".
fn body_beside(context: &Context<'_>, noun: usize) -> Option<u32> {
    let (from, to) = context.tree.phrase(context.tokens, noun);
    (from..=to).find_map(|t| {
        let mention = &context.analysis.mentions[context.mention_of(t)?];
        let entity = mention.entity?;
        let body = context.analysis.entities[entity as usize].entity_type == EntityType::Organisation;
        (body && mention.form == MentionForm::Name).then_some(entity)
    })
}
