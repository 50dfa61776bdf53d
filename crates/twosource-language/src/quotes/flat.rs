//! The speaker in languages without trees: capitals and pronouns beside the cue, small words between them.

use super::context::Context;
use super::cue::CuePart;
use super::speaker::{FLAT_REACH, SpeakerWords, flat};

/// Small words that stand inside names and titles in languages without a tagger.
const LINKS: [&str; 28] = [
    "der", "die", "das", "des", "dem", "den", "von", "vom", "zu", "und", "für", "de", "du", "la", "le",
    "les", "del", "los", "las", "el", "y", "et", "van", "bin", "al", "of", "the", "aus",
];

/// Without a tree: the noun phrase next to the cue.
pub(super) fn flat_speaker(context: &Context<'_>, token: usize) -> Option<SpeakerWords> {
    let verb_first = token == 0 || context.is_punctuation(token - 1) || context.run_of(token - 1).is_some();
    let source = context.cue(token).is_some_and(|c| c.part == CuePart::Source);
    let after = || flat_after(context, token);
    let before = || flat_before(context, token);
    if verb_first || source {
        after().or_else(before)
    } else {
        match (before(), after()) {
            // "Am Montag sagte Merkel": the words before the verb are no speaker
            (Some(b), Some(a)) if leads_with_preposition(context, &b) => Some(a),
            (Some(b), _) => Some(b),
            (None, a) => a,
        }
    }
}

fn leads_with_preposition(context: &Context<'_>, speaker: &SpeakerWords) -> bool {
    let Some(first) = speaker.pieces.first() else {
        return false;
    };
    let at = context.analysis.tokens_in(*first).start;
    const LEADS: [&str; 20] = [
        "am", "im", "in", "bei", "nach", "vor", "auf", "an", "zum", "zur", "mit", "en", "dans", "lors", "à",
        "au", "durante", "tras", "sur", "dabei",
    ];
    let is_lead = |t: usize| LEADS.iter().any(|w| context.is(t, w));
    is_lead(at) || (at > 0 && is_lead(at - 1)) || (at > 1 && is_lead(at - 2))
}

fn is_capital(context: &Context<'_>, token: usize) -> bool {
    context.word(token).starts_with(char::is_uppercase)
}

fn is_pronoun(context: &Context<'_>, token: usize) -> bool {
    context
        .lexicon
        .pronoun(&context.word(token).to_lowercase())
        .is_some()
}

fn flat_after(context: &Context<'_>, token: usize) -> Option<SpeakerWords> {
    let mut last = None;
    let mut first = None;
    for at in token + 1..(token + 1 + FLAT_REACH).min(context.tokens.len()) {
        let word = context.word(at);
        if context.run_of(at).is_some() || (context.is_punctuation(at) && word != "." && word != "-") {
            break;
        }
        if first.is_none() && is_pronoun(context, at) {
            return Some(flat(context, at, at, "flat"));
        }
        let link = LINKS.iter().any(|w| context.is(at, w));
        if is_capital(context, at) {
            first = first.or(Some(at));
            last = Some(at);
        } else if last.is_some() && !link && word != "." {
            break;
        } else if last.is_none() && at > token + 4 {
            return None;
        }
    }
    Some(flat(context, first?, last?, "flat"))
}

fn flat_before(context: &Context<'_>, token: usize) -> Option<SpeakerWords> {
    let mut last = None;
    let mut first = None;
    let floor = token.saturating_sub(FLAT_REACH);
    let mut at = apposition_end(context, floor, token);
    while at > floor {
        at -= 1;
        let word = context.word(at);
        if word == ")" && last.is_none() {
            // "Lee (CSU) said"
            at = (floor..at).rev().find(|t| context.word(*t) == "(")?;
            continue;
        }
        if context.run_of(at).is_some() || (context.is_punctuation(at) && word != "." && word != "-") {
            break;
        }
        if word == "." && last.is_none() {
            break;
        }
        if last.is_none() && is_pronoun(context, at) {
            return Some(flat(context, at, at, "flat"));
        }
        let link = LINKS.iter().any(|w| context.is(at, w));
        // "the speaker of the hospital in Kempten": German writes his noun with a capital too
        let placed = || is_place_word(context, at) && at > floor && is_capital(context, at - 1);
        if is_capital(context, at) {
            last = last.or(Some(at));
            first = Some(at);
        } else if last.is_some() && !link && !placed() {
            break;
        } else if last.is_none() && at + 4 < token {
            return None;
        }
    }
    let (first, last) = (first?, last?);
    Some(SpeakerWords {
        head: Some(flat_head(context, first, last)),
        ..flat(context, first, last, "flat")
    })
}

/// Where an apposition before the cue ends, without its comma: "the mayor, Karl Lee (CSU), said".
fn apposition_end(context: &Context<'_>, floor: usize, token: usize) -> usize {
    let comma = token
        .checked_sub(1)
        .filter(|t| context.word(*t) == "," && *t > floor);
    match comma {
        Some(comma) if (floor..comma).any(|t| context.word(t) == ",") => comma,
        _ => token,
    }
}

/// German words that lead in a place or an owner behind a noun.
const PLACE_WORDS: [&str; 7] = ["in", "im", "bei", "aus", "am", "des", "vom"];

fn is_place_word(context: &Context<'_>, token: usize) -> bool {
    context.analysis.language.as_str() == "de" && PLACE_WORDS.iter().any(|w| context.is(token, w))
}

/// The head of a speaker without a tree: the last word, or what stands before a place or owner behind it.
fn flat_head(context: &Context<'_>, first: usize, last: usize) -> usize {
    (first + 1..last)
        .find(|t| is_place_word(context, *t))
        .map_or(last, |t| t - 1)
}
