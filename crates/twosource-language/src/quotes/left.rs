//! Marked words that no reading took: they go on with what stands before them, or are a quote of their own.

use std::collections::BTreeMap;

use twosource_model::{QuoteKind, Span};

use super::context::Context;
use super::group::{self, Group};
use super::reading::overlaps;
use super::told::ComplementKind;
use super::{BARE_WORDS, Found};

/// Marked sentences right behind told words, which nobody else says, belong to these: "She said it was late. “We must
/// go now.”"
pub(super) fn go_on_between_marks(
    context: &Context<'_>,
    group: &Group,
    taken: &BTreeMap<usize, usize>,
    kept: &mut [Found],
) {
    let runs = || group.runs.iter().map(|run| context.runs[*run]);
    let Some(first) = runs().next() else { return };
    let before = kept.partition_point(|found| found.content[0].start() < first.outer.start());
    let Some(told) = kept[..before].last_mut() else {
        return;
    };
    let Some(cue) = told
        .cue
        .filter(|_| told.kind != QuoteKind::Direct || ComplementKind::of_name(told.rule).is_some())
    else {
        return;
    };
    let end = told.content[told.content.len() - 1].end();
    let Some(between) = context.text.get(end..first.outer.start()) else {
        return;
    };
    let cue_between = context.tokens[cue].span.start() >= end && group::count_sentence_ends(between) == 0;
    let most = if cue_between { GAP_WORDS } else { 0 };
    let adjoins = group::count_words(between) <= most;
    let goes_on = adjoins
        && context.paragraph(&first).start() <= end
        && group.words >= BARE_WORDS
        && group.cue.is_none_or(|beside| beside.token == cue)
        && !runs().any(|run| overlaps(taken, run.inner));
    if goes_on {
        told.content.extend(runs().map(|run| run.inner));
        told.kind = QuoteKind::Mixed;
    }
}

/// Longest clause with cue and speaker between told and marked words of one quote, in words.
const GAP_WORDS: usize = 12;

/// Whether double marks hold words that no quote has.
pub(super) fn is_left(context: &Context<'_>, group: &Group, kept: &[Found]) -> bool {
    let mut runs = group.runs.iter().map(|run| context.runs[*run]);
    let quoted = |run: Span| {
        let before = kept.partition_point(|found| found.content[0].start() < run.end());
        let mut pieces = kept[..before]
            .iter()
            .rev()
            .take(NESTED)
            .flat_map(|found| &found.content);
        pieces.any(|piece| piece.overlaps(run))
    };
    runs.all(|run| !run.single && !quoted(run.inner))
}

/// Marked words of so many words are somebody's, however unlikely it is that they are all of the quote: 2,122 of 2,450
/// words of such runs that no model took stand in a quote of the pack quotes.
pub(super) const SENTENCE_WORDS: usize = 20;

/// How many quotes before a run may reach over it: their pieces stand apart.
const NESTED: usize = 8;
