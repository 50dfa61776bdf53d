//! What an offer leaves of its sentence: how long that is, how it goes on, and what of it hangs on what.
//!
//! Where a stretch ends is told less by the words in it than by those behind: an aside hangs on the stretch, the outlet's
//! own clause on the cue or above it.

use twosource_model::Relation;

use super::context::Context;
use super::cue::CuePart;
use super::offers::Offer;
use super::tree::is_verbal;
use super::weights::is_finite;

/// Most steps up the tree, and most tokens that are looked through behind a stretch.
const STEPS: usize = 24;
const REACH: usize = 60;

/// What the rest of a sentence hangs on.
const ANCHORS: u16 = 4;
/// Kinds of relations, see [`relation_kind`].
const KINDS: u16 = 9;

/// Number of values of [`hangs_on`].
pub(super) const HANGS: u16 = ANCHORS * KINDS + 1;
/// Number of values of [`going_on`].
pub(super) const GOINGS: u16 = 4 * 2 * 2 * 2 + 1;
/// Number of values of [`slip`].
pub(super) const SLIPS: u16 = 2 * 4 * 3;

/// The first word behind a stretch that ends at `last`, over a comma; none where its sentence ends.
fn behind(context: &Context<'_>, last: usize) -> Option<usize> {
    let sentence = context.analysis.sentences[context.sentence_of(last)].tokens();
    (last + 1..sentence.end).find(|t| !context.is_punctuation(*t))
}

/// The highest token above `token` that stands in `inside`.
fn top(context: &Context<'_>, token: usize, inside: impl Fn(usize) -> bool) -> usize {
    let mut at = token;
    for _ in 0..STEPS {
        match context.tokens[at].head.map(|head| head as usize) {
            Some(head) if inside(head) => at = head,
            _ => break,
        }
    }
    at
}

/// What the words behind a stretch hang on, and how: the stretch itself, the cue, what stands above the cue, nothing.
pub(super) fn hangs_on(context: &Context<'_>, offer: &Offer, last: usize) -> u16 {
    let Some(first) = behind(context, last) else {
        return HANGS - 1;
    };
    let top = top(context, first, |t| t > last && t != offer.cue);
    let token = &context.tokens[top];
    anchor(context, offer, token.head.map(|head| head as usize)) * KINDS + relation_kind(token.relation)
}

/// What the first piece of an offer hangs on, and how.
pub(super) fn offer_hangs_on(context: &Context<'_>, offer: &Offer) -> u16 {
    let (from, to) = offer.pieces[0];
    let top = top(context, from, |t| (from..=to).contains(&t));
    let token = &context.tokens[top];
    let head = token.head.map(|head| head as usize);
    let anchor = match head {
        Some(head) if head == offer.cue => 0,
        Some(head) if holds(&offer.pieces[1..], head) => 1,
        Some(_) => 2,
        None => 3,
    };
    anchor * KINDS + relation_kind(token.relation)
}

fn anchor(context: &Context<'_>, offer: &Offer, head: Option<usize>) -> u16 {
    match head {
        Some(head) if head == offer.cue => 1,
        Some(head) if holds(&offer.pieces, head) => 0,
        Some(head) if context.sentence_of(head) == context.sentence_of(offer.cue) => 2,
        _ => 3,
    }
}

/// Whether a token stands in one of these pieces.
fn holds(pieces: &[(usize, usize)], token: usize) -> bool {
    pieces.iter().any(|(from, to)| (*from..=*to).contains(&token))
}

const fn relation_kind(relation: Relation) -> u16 {
    match relation {
        Relation::Advcl => 0,
        Relation::Acl | Relation::AclRelcl => 1,
        Relation::Appos | Relation::Nmod => 2,
        Relation::Conj | Relation::Cc => 3,
        Relation::Obl | Relation::OblUnmarked | Relation::OblTmod => 4,
        Relation::Parataxis => 5,
        Relation::Ccomp | Relation::Xcomp => 6,
        Relation::Nsubj | Relation::NsubjPass | Relation::Root => 7,
        _ => 8,
    }
}

/// How the sentence goes on behind a stretch: how many words are left, whether a finite verb stands among those up to the
/// next comma, whether another cue says something there, and whether a comma parts both.
pub(super) fn going_on(context: &Context<'_>, last: usize) -> u16 {
    let Some(first) = behind(context, last) else {
        return GOINGS - 1;
    };
    let end = context.analysis.sentences[context.sentence_of(last)].end_token as usize;
    let rest = first..end.min(first + REACH);
    let length = match end - first {
        0..=4 => 0,
        5..=9 => 1,
        10..=18 => 2,
        _ => 3,
    };
    let mut next = rest.clone().take_while(|t| context.word(*t) != ",");
    let finite = next.any(|t| is_finite(context, t));
    let says = rest.clone().any(|t| {
        is_verbal(&context.tokens[t]) && context.cue(t).is_some_and(|cue| cue.part == CuePart::Verb)
    });
    let comma = context.word(last + 1) == ",";
    ((length * 2 + u16::from(finite)) * 2 + u16::from(says)) * 2 + u16::from(comma)
}

/// Whether a cue is slipped in between words that belong together: whether a finite verb stands before it, how the words
/// behind it begin, and whether both sides, the left or the right are offered.
pub(super) fn slip(context: &Context<'_>, offer: &Offer) -> u16 {
    let sentence = context.analysis.sentences[context.sentence_of(offer.cue)].tokens();
    let left = sentence.start.max(offer.cue.saturating_sub(REACH))..offer.cue;
    let comma = left.clone().rev().find(|t| context.word(*t) == ",");
    let verb = comma.is_some_and(|comma| (left.start..comma).any(|t| is_finite(context, t)));
    let right = (offer.cue + 1..sentence.end.min(offer.cue + REACH))
        .find(|t| context.word(*t) == ",")
        .map(|comma| comma + 1)
        .filter(|t| *t < sentence.end && comma.is_some());
    let begins = match right {
        None => 0,
        Some(t) if is_finite(context, t) => 1,
        Some(t) if is_verbal(&context.tokens[t]) => 2,
        Some(_) => 3,
    };
    (u16::from(verb) * 4 + begins) * 3 + sides(offer)
}

/// Whether both sides of a cue, the left or the right are offered.
pub(super) fn sides(offer: &Offer) -> u16 {
    let (_, last) = offer.pieces[offer.pieces.len() - 1];
    match offer.pieces.len() {
        1 if last < offer.cue => 1,
        1 => 2,
        _ => 0,
    }
}
