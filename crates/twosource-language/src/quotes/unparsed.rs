//! Quotes of a text without trees: marked words alone.

use twosource_model::Span;

use super::context::Context;
use super::cue::CueClass;
use super::group::{self, Group, is_led};
use super::{BARE_WORDS, Found, mixed};

/// Quotes of a text without trees: marked words alone.
pub(super) fn quotes_by_marks(context: &Context<'_>) -> Vec<Found> {
    group::group_runs(context)
        .into_iter()
        .filter_map(|group| {
            let last = context.runs[*group.runs.last()?].inner.of(context.text);
            let first = context.runs[*group.runs.first()?];
            let inner = last.trim_end_matches(|c: char| c.is_whitespace() || "'\"’”".contains(c));
            let closed_by_mark = inner.ends_with(['.', ',', '?', '!', '…', '—', '-']);
            let bare = is_bare_without_tree(context, &group, closed_by_mark) && !first.single;
            let keep = (is_led(context, &group) || bare) && !mixed::is_title(context, &group);
            keep.then(|| Found::marked(context, &group))
        })
        .collect()
}

/// Whether marked words without a cue beside them are somebody's words, where no tree tells. In German, which writes
/// nouns with capitals, marked words that begin small are no name.
fn is_bare_without_tree(context: &Context<'_>, group: &Group, closed_by_mark: bool) -> bool {
    if context.analysis.language.as_str() != "de" {
        return group.words >= FLAT_BARE_WORDS;
    }
    let first = context.runs[group.runs[0]].inner;
    let words = first.of(context.text);
    if words.contains('.') && !words.contains(' ') {
        return false;
    }
    if !words.starts_with(char::is_lowercase) {
        return group.words
            >= if closed_by_mark {
                BARE_WORDS
            } else {
                CAPITAL_BARE_WORDS
            }
            || is_called(context, first)
            || (group.words >= FLAT_BARE_WORDS && holds_pronoun(context, first));
    }
    group.words >= SMALL_BARE_WORDS || sentence_has_cue(context, first, |_| true)
}

/// Whether a run holds a personal pronoun: a sentence, no name.
fn holds_pronoun(context: &Context<'_>, run: Span) -> bool {
    context
        .analysis
        .tokens_in(run)
        .any(|t| context.lexicon.pronoun(&context.word(t).to_lowercase()).is_some())
}

/// Whether a German run is what something is called: "bezeichnete den Plan als „Unsinn“".
pub(super) fn is_called(context: &Context<'_>, run: Span) -> bool {
    let token = context.analysis.tokens_in(run).start;
    let before = token.checked_sub(2).filter(|_| !context.tree.parsed);
    before.is_some_and(|t| {
        ["als", "ein", "eine", "einen"]
            .iter()
            .any(|word| context.is(t, word))
    }) && sentence_has_cue(context, run, |class| class == CueClass::Call)
}

/// Whether the sentence around a run has a cue of a class outside marks.
fn sentence_has_cue(context: &Context<'_>, run: Span, fits: fn(CueClass) -> bool) -> bool {
    let token = context.analysis.tokens_in(run).start;
    let Some(sentence) = context.analysis.sentences.get(context.sentence_of(token)) else {
        return false;
    };
    sentence
        .tokens()
        .any(|t| context.run_of(t).is_none() && context.cue(t).is_some_and(|cue| fits(cue.class)))
}

/// Marked words of so many words are a quote without a cue; fewer than where a tree tells a clause with marked words in it
/// ([`BARE_WORDS`]). Measured on corpora/quotes-de.
const FLAT_BARE_WORDS: usize = 3;

/// German words in marks that begin small and have no cue are a quote from this many on; measured on corpora/quotes-de.
const SMALL_BARE_WORDS: usize = 2;

/// The same for those that begin with a capital and no full stop closes; fewer are names and titles.
const CAPITAL_BARE_WORDS: usize = 8;
