//! Which readings of a text with trees are its quotes: the likeliest of all that marks and cues offer, never overlapping.

use std::collections::{BTreeMap, HashSet};

use twosource_model::{QuoteKind, Span};

use super::Found;
use super::context::Context;
use super::enclosed::{all_marked, close_marks, marked_bytes, runs_from};
use super::left::{SENTENCE_WORDS, go_on_between_marks, is_left};
use super::told::{self, ComplementKind, Told};
use super::{group, label, marked};

/// A reading of a stretch of the text as a quote, with how likely it is one.
struct Reading {
    found: Found,
    trust: f32,
    told: bool,
}

/// The quotes of a text with trees: of all readings of marked words and of all that cues offer, the likeliest that do
/// not overlap.
pub(super) fn quotes_by_likelihood(context: &Context<'_>) -> Vec<Found> {
    let offered = told::offered(context);
    let marked = marked::readings(context, &offered)
        .into_iter()
        .filter_map(|reading| {
            let trust = marked::MARKED.likelihood(&reading.features);
            (trust >= reading.keep()).then_some(Reading {
                found: reading.found,
                trust,
                told: false,
            })
        });
    let marked: Vec<Reading> = marked.collect();
    let told = told::likely(&offered)
        .into_iter()
        .filter_map(|told| told_reading(context, told))
        .map(|told| behind_marked_words(told, &marked));
    let labelled = label::labelled(context).into_iter().map(|labelled| Reading {
        found: labelled.found,
        trust: labelled.trust,
        told: true,
    });
    let mut readings: Vec<Reading> = told.chain(labelled).collect();
    readings.extend(marked);
    put_whole_first(context, &mut readings);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut cues: HashSet<usize> = HashSet::new();
    let mut kept = Vec::new();
    for reading in readings {
        // the cue has its words already: what else stands beside it is the outlet's
        let used = reading.told && reading.found.cue.is_some_and(|cue| cues.contains(&cue));
        if used || reading.found.content.iter().any(|piece| overlaps(&taken, *piece)) {
            continue;
        }
        taken.extend(
            reading
                .found
                .content
                .iter()
                .map(|piece| (piece.start(), piece.end())),
        );
        cues.extend(reading.found.cue);
        kept.push(reading.found);
    }
    kept.sort_by_key(|found| found.content[0]);
    let groups = group::group_runs(context);
    for group in &groups {
        go_on_between_marks(context, group, &taken, &mut kept);
    }
    let mut bare: Vec<Found> = groups
        .iter()
        .filter(|group| group.words >= SENTENCE_WORDS && is_left(context, group, &kept))
        .map(|group| Found::marked(context, group))
        .collect();
    kept.append(&mut bare);
    kept.sort_by_key(|found| found.content[0]);
    kept
}

/// Sorts the readings, the likeliest first. Words around a cue that are nearly as likely as told words among them go
/// before these: "The ferry, which they say is late, will stay, said Ann Lee" is what Lee said.
fn put_whole_first(context: &Context<'_>, readings: &mut [Reading]) {
    let mut of_sentences: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate().filter(|(_, reading)| reading.told) {
        if let Some(cue) = reading.found.cue {
            of_sentences.entry(context.sentence_of(cue)).or_default().push(at);
        }
    }
    for of_sentence in of_sentences.values().filter(|told| told.len() <= MOST_TOLD) {
        for at in of_sentence {
            let whole = &readings[*at];
            let inner = of_sentence
                .iter()
                .map(|at| &readings[*at])
                .filter(|inner| stands_in(inner, whole));
            let most = inner.map(|inner| inner.trust).fold(whole.trust, f32::max);
            if most > whole.trust {
                readings[*at].trust = most.next_up();
            }
        }
    }
    readings.sort_by(|a, b| {
        b.trust
            .total_cmp(&a.trust)
            .then_with(|| a.found.content[0].cmp(&b.found.content[0]))
    });
}

/// Whether told words stand among the words around a cue that are nearly as likely.
fn stands_in(inner: &Reading, whole: &Reading) -> bool {
    let around = |reading: &Reading| {
        [ComplementKind::Around, ComplementKind::Source]
            .map(ComplementKind::name)
            .contains(&reading.found.rule)
    };
    let length = |reading: &Reading| {
        reading
            .found
            .content
            .iter()
            .map(|piece| piece.len())
            .sum::<usize>()
    };
    let overlaps = |piece: &Span| whole.found.content.iter().any(|other| other.overlaps(*piece));
    around(whole)
        && !around(inner)
        && inner.found.cue != whole.found.cue
        && whole.trust >= inner.trust * WHOLE
        && length(inner) < length(whole)
        && inner.found.content.iter().all(overlaps)
}

/// Most told readings of a sentence that are weighed against each other; keeps hostile sentences cheap.
const MOST_TOLD: usize = 100;

/// How likely words around a cue must be beside told words among them; by five folds over the reports of the pack quotes.
const WHOLE: f32 = 0.8;

/// Told words are tried behind marked words beside them that have the same cue.
fn behind_marked_words(mut told: Reading, marked: &[Reading]) -> Reading {
    let apart = |other: &&Reading| {
        let (ours, theirs) = (&told.found.content, &other.found.content);
        other.found.cue == told.found.cue && !ours.iter().any(|a| theirs.iter().any(|b| a.overlaps(*b)))
    };
    let most = marked.iter().filter(apart).map(|other| other.trust * BEHIND);
    told.trust = most.fold(told.trust, f32::min);
    told
}

/// What is left of the trust of marked words for told words beside them.
const BEHIND: f32 = 0.99;

fn told_reading(context: &Context<'_>, told: Told) -> Option<Reading> {
    if begins_with_title(context, &told.content) {
        return None;
    }
    let states = told::is_statement(context, told.cue, told.kind, &told.tokens);
    let mut content = told.content;
    close_marks(context, &mut content);
    let kind = if let Some(words) = all_marked(context, &content) {
        content = vec![words];
        QuoteKind::Direct
    } else if marked_bytes(context, &content) == 0 {
        QuoteKind::Indirect
    } else {
        QuoteKind::Mixed
    };
    Some(Reading {
        found: Found {
            content,
            cue: Some(told.cue),
            kind,
            rule: told.kind.name(),
            states,
            label: None,
        },
        trust: told.trust,
        told: true,
    })
}

/// Whether a piece overlaps one of the pieces that are `taken`, which never overlap each other.
pub(super) fn overlaps(taken: &BTreeMap<usize, usize>, piece: Span) -> bool {
    taken
        .range(..piece.end())
        .next_back()
        .is_some_and(|(_, end)| *end > piece.start())
}

/// Whether told words begin with a title between marks, all its longer words with capitals ("sang “Long Way Home” twice").
fn begins_with_title(context: &Context<'_>, content: &[Span]) -> bool {
    let Some(first) = content.first() else {
        return false;
    };
    runs_from(context, first.start()).first().is_some_and(|run| {
        let words = run.inner.of(context.text);
        run.outer.start() <= first.start()
            && marked::is_in_capitals(words)
            && words.contains(' ')
            && !words.ends_with(['.', ',', '!', '?'])
    })
}
