//! How likely an offer is what was said: a logistic model over numbers that hold no word.
//!
//! The features count kinds of cue and complement, parts of speech at the edges, distances and lengths. The weights are
//! learnt by `twosource-train quotes` on the train part of PolNeAR (`models/quote-weights.tsv` names pack and run).

use twosource_model::{EntityType, Relation, Upos, Xpos};

use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::logistic::Logistic;
use super::offers::{ENDS, Offer, WORD_TYPES, word_type};
use super::rest;
use super::told::ComplementKind;
use super::tree::is_verbal;

const KINDS: u16 = ComplementKind::COUNT;
const CLASSES: u16 = CueClass::COUNT;
/// Number of values of [`follows`].
const FOLLOWS: u16 = 6;

/// Blocks of features: name and number of values.
const BLOCKS: [(&str, u16); 33] = [
    ("bias", 1),
    ("class and kind", CLASSES * KINDS),
    ("form of the cue", 10),
    ("place of the cue", 12),
    ("subject", 7),
    ("kind and first word", KINDS * WORD_TYPES),
    ("gap", 8),
    ("end and what follows", ENDS * FOLLOWS),
    ("length and clause", 16),
    ("last part behind a comma", WORD_TYPES + 1),
    ("what follows", WORD_TYPES * 2 + 1),
    ("marks", 7),
    ("other act inside", 2),
    ("under another cue", 2),
    ("negated or supposed", 4),
    ("pieces", 2),
    ("headline", 2),
    ("clause and kind", KINDS * 2),
    ("question", 2),
    ("what the cue's verb does", 18),
    ("what the head names", 9 * 2),
    ("kind and subject", KINDS * 7),
    ("kind and end", KINDS * ENDS),
    ("what follows a clause", WORD_TYPES * 2 + 1),
    ("before the cue", BEFORE * 2),
    ("what the rest hangs on", rest::HANGS),
    ("what the offer hangs on", rest::HANGS),
    ("how the rest goes on", rest::GOINGS),
    ("slipped in", rest::SLIPS),
    ("reach", 4 * KINDS),
    ("person of the subject", PERSONS * 4),
    ("place in the text", 5 * 2),
    ("aspect", 5),
];

/// The model of told words.
pub(super) static TOLD: Logistic = Logistic::new(&BLOCKS, include_str!("../../models/quote-weights.tsv"));

/// Blocks of the model of how much of an offer was said: those of [`TOLD`] and how much the offer is expected to share
/// with what was said.
const KEPT_BLOCKS: [(&str, u16); BLOCKS.len() + 1] = {
    let mut blocks = [("expected overlap", OVERLAPS); BLOCKS.len() + 1];
    let mut at = 0;
    while at < BLOCKS.len() {
        blocks[at] = BLOCKS[at];
        at += 1;
    }
    blocks
};
/// Steps of the expected overlap.
const OVERLAPS: u16 = 20;

/// The model of how much of an offer was said by anybody.
pub(super) static KEPT: Logistic = Logistic::new(&KEPT_BLOCKS, include_str!("../../models/kept-weights.tsv"));

/// The features of [`KEPT`] for an offer with these features that is expected to share so much with what was said, 0 to 1.
pub(super) fn kept_features(features: &[u16], overlap: f32) -> Vec<u16> {
    let step = (overlap * f32::from(OVERLAPS)) as u16;
    let own = TOLD.feature_count() as u16 + step.min(OVERLAPS - 1);
    features.iter().copied().chain([own]).collect()
}

/// The features of an offer that are on.
pub(super) fn features(context: &Context<'_>, offer: &Offer, held: bool, read_to: usize) -> Vec<u16> {
    let tokens = context.tokens;
    let cue = offer.cue;
    let Some(entry) = context.telling(cue) else {
        return Vec::new();
    };
    let kind = offer.kind as u16;
    let (first, last) = (offer.pieces[0], offer.pieces[offer.pieces.len() - 1]);
    let mut row = TOLD.row();
    row.next(0);
    row.next(entry.class as u16 * KINDS + kind);
    row.next(form_of(context, cue, entry.part));
    row.next(place_of(tokens[cue].relation));
    let subject = subject_of(context, cue);
    row.next(subject);
    row.next(kind * WORD_TYPES + word_type(context, first.0));
    row.next(gap(context, cue, first.0, last.1));
    let next = follows(context, read_to);
    row.next(offer.end as u16 * FOLLOWS + next);
    let words: usize = offer.pieces.iter().map(|(from, to)| to - from + 1).sum();
    let clause = offer
        .pieces
        .iter()
        .any(|(from, to)| (*from..=*to).any(|t| is_finite(context, t)));
    row.next(length(words) * 2 + u16::from(clause));
    row.next(last_part(context, last));
    let follower = remainder(context, read_to);
    row.next(follower);
    row.next(marks(context, offer));
    row.next(u16::from(held));
    row.next(u16::from(under_cue(context, cue)));
    row.next(mood(context, cue));
    row.next(u16::from(offer.pieces.len() > 1));
    let sentence = context.analysis.sentences[context.sentence_of(cue)].tokens();
    let closed = sentence
        .clone()
        .last()
        .is_some_and(|t| context.is_punctuation(t) && context.word(t) != ":");
    row.next(u16::from(!closed));
    row.next(kind * 2 + u16::from(clause));
    let asked = sentence.clone().last().is_some_and(|t| context.word(t) == "?");
    row.next(u16::from(asked));
    row.next(verb_class(context, cue));
    let nominal = matches!(
        offer.kind,
        ComplementKind::Object | ComplementKind::Phrase | ComplementKind::NounPhrase
    );
    row.next(head_class(context, first) * 2 + u16::from(nominal));
    row.next(kind * 7 + subject);
    row.next(kind * ENDS + offer.end as u16);
    row.next(if clause { follower } else { WORD_TYPES * 2 });
    row.next(before(context, cue) * 2 + u16::from(clause));
    row.next(rest::hangs_on(context, offer, read_to));
    row.next(rest::offer_hangs_on(context, offer));
    row.next(rest::going_on(context, read_to));
    row.next(rest::slip(context, offer));
    let from_start = u16::from(first.0 <= sentence.start + 1);
    let to_end = u16::from(last.1 + 2 >= sentence.end);
    row.next((from_start * 2 + to_end) * KINDS + kind);
    row.next(person_of(context, cue) * 4 + entry.class_group());
    row.next(place_in_text(context, cue) * 2 + u16::from(clause));
    row.next(aspect(context, cue));
    row.features
}

/// Person of a cue's subject: none, I, we, you, he or she, they, it, another pronoun, a name of a person, of a body, of a
/// place, of something else, a noun for people, another noun.
fn person_of(context: &Context<'_>, cue: usize) -> u16 {
    let Some(subject) = context.tree.child(context.tokens, cue, Relation::Nsubj) else {
        return 0;
    };
    let token = &context.tokens[subject];
    let is = |words: &[&str]| words.iter().any(|word| context.is(subject, word));
    match token.upos {
        Upos::Pron if is(&["i"]) => 1,
        Upos::Pron if is(&["we"]) => 2,
        Upos::Pron if is(&["you"]) => 3,
        Upos::Pron if is(&["he", "she"]) => 4,
        Upos::Pron if is(&["they"]) => 5,
        Upos::Pron if is(&["it"]) => 6,
        Upos::Pron => 7,
        Upos::Propn => {
            let kind = context
                .mention_of(subject)
                .map(|m| context.analysis.mentions[m].entity_type);
            match kind {
                Some(EntityType::Person) => 8,
                Some(EntityType::Organisation | EntityType::Group) => 9,
                Some(EntityType::Place) => 10,
                _ => 11,
            }
        }
        _ if super::speaker::is_animate(context, subject) => 12,
        _ => 13,
    }
}

/// Number of values of [`person_of`].
const PERSONS: u16 = 14;

/// In which part of the text a cue stands: its first paragraph, the second, the next four, the next fifteen, behind those.
fn place_in_text(context: &Context<'_>, cue: usize) -> u16 {
    let at = context.tokens[cue].span.start();
    let before = context.article.paragraphs.partition_point(|p| p.span.end() <= at);
    match before {
        0 => 0,
        1 => 1,
        2..=5 => 2,
        6..=20 => 3,
        _ => 4,
    }
}

/// Auxiliaries of a cue: none, "have", "be", "do", other.
fn aspect(context: &Context<'_>, cue: usize) -> u16 {
    let aux = context.tree.children(cue).find(|c| {
        *c < cue
            && matches!(
                context.tokens[*c].relation,
                Relation::Aux | Relation::AuxPass | Relation::Cop
            )
    });
    match aux.map(|aux| context.tokens[aux].lemma.as_str()) {
        None => 0,
        Some("have") => 1,
        Some("be") => 2,
        Some("do") => 3,
        Some(_) => 4,
    }
}

/// What stands right before a cue: the start of the sentence, marked words, a comma, other punctuation, or the kind of word.
fn before(context: &Context<'_>, cue: usize) -> u16 {
    let sentence = context.sentence_of(cue);
    let Some(before) = cue.checked_sub(1).filter(|t| context.sentence_of(*t) == sentence) else {
        return 0;
    };
    if context.run_of(before).is_some() {
        return 1;
    }
    match context.word(before) {
        "," => 2,
        _ if context.is_punctuation(before) => 3,
        _ => 4 + word_type(context, before),
    }
}
/// Number of values of [`before`].
const BEFORE: u16 = WORD_TYPES + 4;

/// What the cue's lemma does by WordNet: speaks first of all, may speak, thinks, feels, perceives, none of these.
fn verb_class(context: &Context<'_>, cue: usize) -> u16 {
    let classes = context.classes(cue);
    let first = if classes.has(b'C') {
        0
    } else if classes.has(b'c') {
        1
    } else if classes.has(b'G') || classes.has(b'E') {
        2
    } else if classes.has(b'g') || classes.has(b'e') {
        3
    } else if classes.has(b'P') || classes.has(b'p') {
        4
    } else {
        5
    };
    let part = match context.tokens[cue].upos {
        Upos::Noun => 1,
        Upos::Adj => 2,
        _ => 0,
    };
    first * 3 + part
}

/// What the head of a stretch names: nothing, a name, a pronoun, a person, a body, words, a thought, a feeling, a thing.
fn head_class(context: &Context<'_>, (from, to): (usize, usize)) -> u16 {
    let outside = |t: usize| {
        context.tokens[t]
            .head
            .is_none_or(|h| !(from..=to).contains(&(h as usize)))
    };
    let Some(head) = (from..=to).take(COMMA_REACH).find(|t| outside(*t)) else {
        return 0;
    };
    let classes = context.classes(head);
    let any = |letters: &[u8]| letters.iter().any(|l| classes.has(*l));
    match context.tokens[head].upos {
        Upos::Propn => 1,
        Upos::Pron => 2,
        Upos::Noun if any(b"H") => 3,
        Upos::Noun if any(b"O") => 4,
        Upos::Noun if any(b"C") => 5,
        Upos::Noun if any(b"G") => 6,
        Upos::Noun if any(b"E") => 7,
        Upos::Noun => 8,
        _ => 0,
    }
}

/// Whether a token is a finite verb.
pub(super) fn is_finite(context: &Context<'_>, token: usize) -> bool {
    is_verbal(&context.tokens[token])
        && matches!(
            context.tokens[token].xpos,
            Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md
        )
}

pub(super) fn form_of(context: &Context<'_>, cue: usize, part: CuePart) -> u16 {
    match (part, context.tokens[cue].xpos) {
        (CuePart::Noun, _) => 0,
        (CuePart::Source, _) => 1,
        (CuePart::Adjective, _) => 9,
        (_, Xpos::Vbd) => 2,
        (_, Xpos::Vbz) => 3,
        (_, Xpos::Vbp) => 4,
        (_, Xpos::Vb) => 5,
        (_, Xpos::Vbg) => 6,
        (_, Xpos::Vbn) => 7,
        _ => 8,
    }
}

fn place_of(relation: Relation) -> u16 {
    match relation {
        Relation::Root => 0,
        Relation::Conj => 1,
        Relation::Advcl => 2,
        Relation::Acl => 3,
        Relation::AclRelcl => 4,
        Relation::Xcomp => 5,
        Relation::Ccomp => 6,
        Relation::Parataxis => 7,
        Relation::Obj => 8,
        Relation::Obl => 9,
        Relation::Nsubj => 10,
        _ => 11,
    }
}

/// None, a pronoun, a name, a person or body, a thing, a relative pronoun, or the verb is passive.
pub(super) fn subject_of(context: &Context<'_>, cue: usize) -> u16 {
    let (tokens, tree) = (context.tokens, &context.tree);
    let Some(subject) = tree.child(tokens, cue, Relation::Nsubj) else {
        return 0;
    };
    if tokens[subject].relation == Relation::NsubjPass {
        return 6;
    }
    match (tokens[subject].upos, tokens[subject].xpos) {
        (_, Xpos::Wdt | Xpos::Wp) => 5,
        (Upos::Pron, _) => 1,
        (Upos::Propn, _) => 2,
        _ if super::speaker::is_animate(context, subject) => 3,
        _ => 4,
    }
}

/// How far the stretch stands from the cue, on which side, and whether a comma or colon parts them.
fn gap(context: &Context<'_>, cue: usize, from: usize, to: usize) -> u16 {
    if from > cue {
        let between = cue + 1..from;
        if between.clone().any(|t| context.word(t) == ":") {
            return 5;
        }
        if between.clone().any(|t| context.word(t) == ",") {
            return 4;
        }
        return match between.len() {
            0 => 0,
            1 => 1,
            2 | 3 => 2,
            _ => 3,
        };
    }
    if to > cue { 6 } else { 7 }
}

/// What stands behind the stretch: nothing, a full stop, a comma, a conjunction, other punctuation, a word.
fn follows(context: &Context<'_>, last: usize) -> u16 {
    let Some(next) = context.tokens.get(last + 1) else {
        return 0;
    };
    match context.word(last + 1) {
        "." | "?" | "!" => 1,
        "," => 2,
        _ if context.is_punctuation(last + 1) => 4,
        _ if next.upos == Upos::Cconj => 3,
        _ if context.sentence_of(last) != context.sentence_of(last + 1) => 0,
        _ => 5,
    }
}

pub(super) const fn length(words: usize) -> u16 {
    match words {
        0 | 1 => 0,
        2 => 1,
        3 | 4 => 2,
        5..=7 => 3,
        8..=12 => 4,
        13..=19 => 5,
        20..=29 => 6,
        _ => 7,
    }
}

/// How the part behind the last comma of a stretch begins.
fn last_part(context: &Context<'_>, (from, to): (usize, usize)) -> u16 {
    (from + 1..to)
        .rev()
        .take(COMMA_REACH)
        .find(|t| context.word(*t) == ",")
        .map_or(WORD_TYPES, |t| word_type(context, t + 1))
}

const COMMA_REACH: usize = 40;

/// How the sentence goes on behind a stretch, behind a comma or not.
fn remainder(context: &Context<'_>, last: usize) -> u16 {
    let comma = context.tokens.get(last + 1).is_some() && context.word(last + 1) == ",";
    let next = last + 1 + usize::from(comma);
    let same = next < context.tokens.len() && context.sentence_of(next) == context.sentence_of(last);
    if !same || context.is_punctuation(next) {
        return WORD_TYPES * 2;
    }
    word_type(context, next) * 2 + u16::from(comma)
}

/// No marks in it; marked stretches whole, at its end, at its beginning, all of it; one of them cut; inside one.
fn marks(context: &Context<'_>, offer: &Offer) -> u16 {
    let run = |t: usize| context.run_of(t);
    let mut any = false;
    for (from, to) in &offer.pieces {
        any |= (*from..=*to).any(|t| run(t).is_some());
        let cut_left =
            *from > 0 && run(*from).is_some() && run(*from) == run(from - 1) && inner(context, from - 1);
        let cut_right = run(*to).is_some()
            && to + 1 < context.tokens.len()
            && run(*to) == run(to + 1)
            && inner(context, to + 1);
        if cut_left || cut_right {
            return if cut_left && cut_right { 6 } else { 5 };
        }
    }
    let first = offer.pieces.first().and_then(|(from, _)| run(*from));
    let last = offer.pieces.last().and_then(|(_, to)| run(*to));
    match (any, first, last) {
        (false, ..) => 0,
        (true, None, None) => 1,
        (true, None, Some(_)) => 2,
        (true, Some(_), None) => 3,
        (true, Some(_), Some(_)) => 4,
    }
}

/// Whether a token of a run is a word, not one of its marks.
fn inner(context: &Context<'_>, token: usize) -> bool {
    !context.is_punctuation(token)
}

/// Whether the cue stands in the clause of another cue.
fn under_cue(context: &Context<'_>, cue: usize) -> bool {
    let mut at = cue;
    for _ in 0..8 {
        let Some(head) = context.tokens[at].head.map(|h| h as usize) else {
            return false;
        };
        if matches!(context.tokens[at].relation, Relation::Ccomp | Relation::Xcomp)
            && context.cue(head).is_some_and(|c| c.part == CuePart::Verb)
        {
            return true;
        }
        at = head;
    }
    false
}

/// Plain, negated, under a modal verb, or in a condition.
fn mood(context: &Context<'_>, cue: usize) -> u16 {
    let tokens = context.tokens;
    let mut mood = 0;
    for child in context.tree.children(cue) {
        if context.is(child, "not") || context.is(child, "n't") || context.is(child, "never") {
            return 1;
        }
        if tokens[child].xpos == Xpos::Md {
            mood = 2;
        }
        if tokens[child].relation == Relation::Mark
            && (context.is(child, "if") || context.is(child, "unless"))
        {
            mood = 3;
        }
    }
    mood
}
