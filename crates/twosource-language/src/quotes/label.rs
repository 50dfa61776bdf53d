//! Words behind the name of who says them: headlines (Lee: The ferry will stay), transcripts (LEE: We go on.) and
//! interviews (Q: Why now?).

use std::collections::BTreeMap;

use twosource_model::{EntityType, MentionForm, QuoteKind, Span, Upos, Xpos};

use super::Found;
use super::context::Context;
use super::speaker::SpeakerWords;
use super::tree::{is_verbal, span_of};
use super::weights::is_finite;

/// Longest label, in tokens.
const LABEL_TOKENS: usize = 6;
/// Fewest words behind a label; fewer are a verdict or a figure.
const LEAST_WORDS: usize = 5;
/// A label that marks a turn this often is a speaker of a transcript.
const TRANSCRIPT: usize = 2;
/// Most paragraphs of one turn.
const TURN_PARAGRAPHS: usize = 12;
/// How often words behind such a label are said by whom it names: 73 of 82 labels of the pack quotes.
const TRUST: f32 = 0.88;
/// The same where speakers take turns.
const TURN_TRUST: f32 = 0.99;
/// Labels of questions and answers, in lower case.
const TURNS: [&str; 8] = [
    "a",
    "answer",
    "interviewer",
    "moderator",
    "q",
    "question",
    "reporter",
    "host",
];

/// What announcements label ("WHERE: The old harbour").
const ASKED: [&str; 7] = ["how", "what", "when", "where", "which", "who", "why"];
/// Who speaks goes on as one of these; a report between two turns tells of others.
const PERSONS: [&str; 8] = ["i", "me", "my", "our", "us", "we", "you", "your"];

/// Words behind a label.
pub(super) struct Labelled {
    pub found: Found,
    /// How likely they were said by whom the label names, 0 to 1.
    pub trust: f32,
}

/// What stands behind the labels of the text.
pub(super) fn labelled(context: &Context<'_>) -> Vec<Labelled> {
    let labels: Vec<Label> = context
        .article
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| Label::of(context, at, paragraph.span))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.turn) {
        *times.entry(label.words).or_default() += 1;
    }
    times.retain(|_, times| *times >= TRANSCRIPT);
    let in_turns = times.len() > 1;
    let speaks = |label: &Label| times.contains_key(label.words);
    labels
        .iter()
        .enumerate()
        .filter_map(|(at, label)| {
            let turn = in_turns && speaks(label);
            let said = label.long && (label.named || (label.capitals && speaks(label)));
            (turn || said).then(|| {
                let next = labels[at + 1..]
                    .iter()
                    .take_while(|_| turn)
                    .find(|next| speaks(next));
                let until = next.map_or(label.paragraph + 1, |next| next.paragraph);
                Labelled {
                    found: label.found(context, until),
                    trust: if turn { TURN_TRUST } else { TRUST },
                }
            })
        })
        .collect()
}

/// A paragraph that begins with words and a colon.
struct Label<'a> {
    words: &'a str,
    /// The words as who says what follows.
    speaker: SpeakerWords,
    /// Number of its paragraph.
    paragraph: usize,
    /// The words end with the name of a person or body.
    named: bool,
    capitals: bool,
    /// Such words may mark a turn of a talk.
    turn: bool,
    /// Enough words follow to be said, and no question that tells the subject.
    long: bool,
    content: Span,
}

impl<'a> Label<'a> {
    fn of(context: &Context<'a>, at: usize, paragraph: Span) -> Option<Self> {
        let tokens = context.analysis.tokens_in(paragraph);
        // a talk may stand between marks as a whole: "LEE: We go on."
        let first = tokens.clone().take(2).find(|t| !context.is_punctuation(*t))?;
        let colon = (first..tokens.end)
            .take(LABEL_TOKENS + 1)
            .find(|t| context.word(*t) == ":")?;
        let label = first..colon;
        let run = context.run_of(first);
        let plain = |t: usize| !is_verbal(&context.tokens[t]) && context.run_of(t) == run;
        let behind = colon + 1..tokens.end;
        let words = behind.clone().filter(|t| !context.is_punctuation(*t)).count();
        let said = at == 0 || behind.clone().any(|t| is_finite(context, t));
        // "Lee: what we know", "Harbour fire: how it began" tell what the report is about
        let about = matches!(
            context.tokens.get(behind.start)?.xpos,
            Xpos::Wp | Xpos::Wrb | Xpos::Wdt
        );
        if label.is_empty() || !label.clone().all(plain) || context.run_of(behind.start) != run {
            return None;
        }
        let last = behind.rev().find(|t| !context.is_punctuation(*t))?;
        // "12:47 Ann Lee: "
        let named_from = label
            .clone()
            .find(|t| context.tokens[*t].upos != Upos::Num && !context.is_punctuation(*t))
            .unwrap_or(first);
        let speaker = SpeakerWords {
            pieces: vec![span_of(context.tokens, named_from, colon - 1)],
            head: Some(colon - 1),
            rule: "label",
        };
        let label = speaker.pieces[0].of(context.text);
        let lower = label.to_lowercase();
        let capitals = at > 0
            && label.len() > 2
            && label.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            && !ASKED.contains(&lower.as_str());
        let named = run.is_none() && is_speaker(context, colon - 1);
        Some(Self {
            words: label,
            speaker,
            paragraph: at,
            named,
            capitals: capitals && run.is_none(),
            turn: capitals || (at > 0 && (named || TURNS.contains(&lower.as_str()))),
            long: words >= LEAST_WORDS && said && !about,
            content: Span::at(
                context.tokens[colon + 1].span.start(),
                context.tokens[last].span.end(),
            ),
        })
    }

    /// Whether who is named still speaks in a paragraph behind.
    fn goes_on(&self, context: &Context<'_>, paragraph: Span) -> bool {
        let mut tokens = context.analysis.tokens_in(paragraph);
        let marked = |t: usize| context.run_of(t).is_some();
        let whole = self.speaker.head.is_some_and(marked);
        let other = tokens.clone().take(2).any(marked) && !whole;
        !other && tokens.any(|t| PERSONS.iter().any(|word| context.is(t, word)))
    }

    /// The words behind the label and those of the paragraphs up to `until` in which its speaker goes on, notes in brackets
    /// aside.
    fn found(&self, context: &Context<'_>, until: usize) -> Found {
        let paragraphs = &context.article.paragraphs[self.paragraph + 1..until.max(self.paragraph + 1)];
        let own = paragraphs.iter().take(TURN_PARAGRAPHS).take_while(|paragraph| {
            is_note(context, paragraph.span) || self.goes_on(context, paragraph.span)
        });
        let more = own.filter_map(|paragraph| {
            let note = is_note(context, paragraph.span);
            let mut tokens = context.analysis.tokens_in(paragraph.span);
            let first = tokens.find(|t| !note && !context.is_punctuation(*t))?;
            let last = tokens.rfind(|t| !context.is_punctuation(*t)).unwrap_or(first);
            Some(context.tokens[first].span.hull(context.tokens[last].span))
        });
        let content: Vec<Span> = std::iter::once(self.content).chain(more).collect();
        Found {
            kind: if super::marked_bytes(context, &content) == 0 {
                QuoteKind::Indirect
            } else {
                QuoteKind::Mixed
            },
            content,
            cue: None,
            rule: "behind a label",
            states: true,
            label: Some(self.speaker.clone()),
        }
    }
}

/// Whether a paragraph is a note in brackets on how something is said.
fn is_note(context: &Context<'_>, paragraph: Span) -> bool {
    let mut tokens = context.analysis.tokens_in(paragraph).take(2);
    tokens.any(|t| matches!(context.word(t), "(" | "["))
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
