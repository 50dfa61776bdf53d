//! Words behind the name of who says them: headlines (Lee: The ferry will stay) and transcripts (LEE: We go on.).

use std::collections::BTreeMap;

use twosource_model::{EntityType, MentionForm, QuoteKind, Span, Xpos};

use super::Found;
use super::context::Context;
use super::tree::is_verbal;
use super::weights::is_finite;

/// Longest label, in tokens.
const LABEL_TOKENS: usize = 6;
/// Fewest words behind a label; fewer are a verdict or a figure.
const LEAST_WORDS: usize = 5;
/// A label in capitals this often is the speaker of a transcript.
const TRANSCRIPT: usize = 2;
/// How often words behind such a label are said by whom it names: 73 of 82 labels of the pack quotes.
pub(super) const TRUST: f32 = 0.88;

/// What stands behind the labels of the text.
pub(super) fn labelled(context: &Context<'_>) -> Vec<Found> {
    let labels: Vec<Label> = context
        .article
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| Label::of(context, at, paragraph.span))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for label in &labels {
        *times.entry(label.words).or_default() += 1;
    }
    labels
        .iter()
        .filter(|label| label.named || (label.capitals && times[label.words] >= TRANSCRIPT))
        .map(|label| Found {
            content: vec![label.content],
            cue: None,
            kind: if super::marked_bytes(context, &[label.content]) == 0 {
                QuoteKind::Indirect
            } else {
                QuoteKind::Mixed
            },
            rule: "behind a label",
            states: true,
        })
        .collect()
}

/// A paragraph that begins with words and a colon.
struct Label<'a> {
    words: &'a str,
    /// The words end with the name of a person or body.
    named: bool,
    capitals: bool,
    content: Span,
}

impl<'a> Label<'a> {
    fn of(context: &Context<'a>, at: usize, paragraph: Span) -> Option<Self> {
        let tokens = context.analysis.tokens_in(paragraph);
        let colon = tokens
            .clone()
            .take(LABEL_TOKENS + 1)
            .find(|t| context.word(*t) == ":")?;
        let label = tokens.start..colon;
        let plain = |t: usize| !is_verbal(&context.tokens[t]) && context.run_of(t).is_none();
        let behind = colon + 1..tokens.end;
        let words = behind.clone().filter(|t| !context.is_punctuation(*t)).count();
        let said = at == 0 || behind.clone().any(|t| is_finite(context, t));
        // "Lee: what we know", "Harbour fire: how it began" tell what the report is about
        let about = matches!(
            context.tokens.get(behind.start)?.xpos,
            Xpos::Wp | Xpos::Wrb | Xpos::Wdt
        );
        if label.is_empty()
            || !label.clone().all(plain)
            || words < LEAST_WORDS
            || context.run_of(behind.start).is_some()
            || !said
            || about
        {
            return None;
        }
        let last = behind.rev().find(|t| !context.is_punctuation(*t))?;
        let words = Span::at(
            context.tokens[label.start].span.start(),
            context.tokens[colon - 1].span.end(),
        )
        .of(context.text);
        Some(Self {
            words,
            named: is_speaker(context, colon - 1),
            capitals: at > 0
                && words.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
                && words.len() > 2,
            content: Span::at(
                context.tokens[colon + 1].span.start(),
                context.tokens[last].span.end(),
            ),
        })
    }
}

/// Whether a token is part of the name of a person or body.
fn is_speaker(context: &Context<'_>, token: usize) -> bool {
    let mention = context.mention_of(token).map(|at| &context.analysis.mentions[at]);
    mention.is_some_and(|mention| {
        let entity = mention
            .entity
            .map(|entity| &context.analysis.entities[entity as usize]);
        mention.form == MentionForm::Name
            && entity.is_some_and(|entity| {
                matches!(entity.entity_type, EntityType::Person | EntityType::Organisation)
            })
    })
}
