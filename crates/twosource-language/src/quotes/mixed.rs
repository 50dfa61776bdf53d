//! Marked words that end a told clause: the clause from its cue on is one mixed quote.
//!
//! The tree finds most of them; this reads the words alone, for marked words at the end of a sentence with the cue before
//! them in the same clause ("said that the plan was “a bad joke.”").

use twosource_model::{QuoteKind, Span, Upos};

use super::Found;
use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::group::{Group, Side, count_words};
use super::tree::is_verbal;

/// Most words between the cue and the mark; longer leads hold more than one clause.
const LEAD_WORDS: usize = 24;

/// The mixed quote that `group` ends, if its cue leads into it without comma or colon.
pub(super) fn mixed_quote(context: &Context<'_>, group: &Group) -> Option<Found> {
    let cue = group.cue?;
    if cue.side == Side::After {
        return led_by_sentence(context, group);
    }
    if cue.side == Side::Above {
        return None;
    }
    let [run] = group.runs.as_slice() else { return None };
    let run = context.runs[*run];
    let lead = context.text[..run.outer.start()].trim_end();
    let comma = lead.ends_with(',');
    if !context.tree.parsed
        || run.single
        || lead.ends_with([':', '—', '-'])
        || !ends_clause(context, run.outer, run.inner)
    {
        return None;
    }
    let class = context.cue(cue.token)?.class;
    let run_start = context.analysis.tokens_in(run.outer).start;
    let mut from = cue.token + 1;
    // "told reporters that", "said on Monday that": the clause begins with "that"
    let that = (from..run_start).take(8).find(|t| context.is(*t, "that"));
    if let Some(that) = that {
        from = that;
    } else if matches!(class, CueClass::Tell) {
        return None;
    }
    while from < run_start
        && (context.is_punctuation(from) || matches!(context.tokens[from].upos, Upos::Adv | Upos::Part))
    {
        if context.is(from, "to") || context.is(from, "not") {
            break;
        }
        from += 1;
    }
    let lower = run.inner.of(context.text).starts_with(char::is_lowercase);
    let clause = (from..run_start).any(|t| is_verbal(&context.tokens[t]));
    if comma && !(lower && clause) {
        return None;
    }
    if from >= run_start || run_start - from > LEAD_WORDS {
        return None;
    }
    Some(Found {
        content: vec![Span::at(context.tokens[from].span.start(), run.inner.end())],
        cue: Some(cue.token),
        kind: QuoteKind::Mixed,
        rule: "marks with their clause",
        states: true,
        label: None,
    })
}

/// A sentence whose marked end is followed by the cue: “The plan, a year old, “was never any good,” she said.”
fn led_by_sentence(context: &Context<'_>, group: &Group) -> Option<Found> {
    let first = context.runs[*group.runs.first()?];
    let lead = context.text[..first.outer.start()].trim_end();
    let lower = first.inner.of(context.text).starts_with(char::is_lowercase);
    if !context.tree.parsed || first.single || !lower || lead.ends_with([':', '—']) {
        return None;
    }
    let run_start = context.analysis.tokens_in(first.outer).start;
    let sentence = context.analysis.sentences[context.sentence_of(run_start)].tokens();
    let words = sentence.start..run_start;
    let scare = |run: usize| count_words(context.runs[run].inner.of(context.text)) <= SCARE_WORDS;
    let plain = words.clone().all(|t| context.run_of(t).is_none_or(scare));
    let paragraph = context.paragraph(&first).start();
    if words.is_empty()
        || words.len() > LEAD_WORDS
        || !plain
        || context.tokens[sentence.start].span.start() < paragraph
    {
        return None;
    }
    let mut content = vec![Span::at(
        context.tokens[sentence.start].span.start(),
        first.inner.end(),
    )];
    content.extend(group.runs[1..].iter().map(|run| context.runs[*run].inner));
    Some(Found {
        content,
        cue: group.cue.map(|cue| cue.token),
        kind: QuoteKind::Mixed,
        rule: "marks with their sentence",
        states: true,
        label: None,
    })
}

/// Most words of a run that is no quote of its own in the sentence that leads in.
const SCARE_WORDS: usize = 2;

/// Most words of a title between marks.
const TITLE_WORDS: usize = 6;

/// Whether a lone run is a name or title: it begins with a capital in the middle of a sentence, right behind a word that
/// does not lead into speech (the song “Long Way Home”).
pub(super) fn is_title(context: &Context<'_>, group: &Group) -> bool {
    let [run] = group.runs.as_slice() else {
        return false;
    };
    let run = context.runs[*run];
    let lead = context.text[context.paragraph(&run).start()..run.outer.start()].trim_end();
    let capital = run
        .inner
        .of(context.text)
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if !capital || group.words > TITLE_WORDS || !lead.ends_with(char::is_alphanumeric) {
        return false;
    }
    let before = context.analysis.tokens_in(run.outer).start.checked_sub(1);
    let leads_in = |t: usize| {
        context.is(t, "that")
            || context
                .cue(t)
                .is_some_and(|c| c.part == CuePart::Verb && c.class != CueClass::Call)
    };
    let spoken = before
        .is_some_and(|t| leads_in(t) || (t > 0 && leads_in(t - 1) && context.tokens[t].upos == Upos::Adv));
    let capital_before = before.is_some_and(|t| context.word(t).starts_with(char::is_uppercase));
    if context.analysis.language.as_str() == "de" && super::unparsed::is_called(context, run.inner) {
        return false;
    }
    // without trees a subject may stand right before its words: sagte X „...“
    !spoken && (context.tree.parsed || capital_before || group.words <= TITLE_WORDS / 2)
}

/// Whether the marked words are the last of their clause.
fn ends_clause(context: &Context<'_>, outer: Span, inner: Span) -> bool {
    let rest = &context.text[outer.end()..];
    inner.of(context.text).ends_with(['.', ',', '?', '!'])
        || rest.is_empty()
        || rest.starts_with(['.', ',', ';', '\n', '?', '!'])
}
