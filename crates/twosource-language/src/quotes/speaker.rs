//! The words beside a quote that name its speaker.
//!
//! Over trees the speaker is the subject of the cue, found through coordination, participles and relative clauses; without
//! trees it is the noun phrase next to the cue. The addressee ("told X") is never taken.

use twosource_model::{Relation, Span, Token, Upos, Xpos};

use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::flat::flat_speaker;
use super::subject;
use super::tree::{is_verbal, span_of};

/// Words that name a speaker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SpeakerWords {
    /// Pieces of the text, in order.
    pub pieces: Vec<Span>,
    /// The token at the head, for the look-up of its entity.
    pub head: Option<usize>,
    /// The rule that found them.
    pub rule: &'static str,
}

/// How many steps up a tree a subject is looked for.
const CLIMB: usize = 6;
/// Longest speaker without a tree, in tokens.
pub(super) const FLAT_REACH: usize = 12;

/// The speaker of the cue at `token`; `quoted` are the bytes of the content, which never hold the speaker.
pub(super) fn speaker_of(context: &Context<'_>, token: usize, quoted: &[Span]) -> SpeakerWords {
    let part = context.telling(token).map(|c| c.part);
    let found = if !context.tree.parsed {
        flat_speaker(context, token)
    } else if part == Some(CuePart::Source) {
        source_speaker(context, token)
    } else if is_verbal(&context.tokens[token]) || part == Some(CuePart::Adjective) {
        let usable = |found: &SpeakerWords| {
            found.head.is_some_and(|head| {
                let span = context.tokens[head].span;
                !subject::is_time(context, head)
                    && context.run_of(head).is_none()
                    && !quoted.iter().any(|q| q.overlaps(span))
            })
        };
        let active = !is_passive(context, token);
        let beside = || beside_verb(context, token).filter(usable);
        let opening = || subject::sentence_subject(context, token);
        // what stands right behind "telling" is who was told, and a participle behind a comma has the sentence's subject
        let opening_first = context.tokens[token].xpos == Xpos::Vbg
            || context.tokens[token].relation == Relation::Acl
            || context.cue(token).is_some_and(|c| c.class == CueClass::Tell);
        let found = verb_speaker(context, token, 0).filter(usable);
        match (found, active, opening_first) {
            (None, true, true) => opening().filter(usable).or_else(beside),
            (None, true, false) => beside().or_else(opening),
            (found, ..) => found,
        }
    } else {
        noun_speaker(context, token)
    };
    let mut found = found.unwrap_or_default();
    let inside = |piece: &Span| quoted.iter().any(|q| q.overlaps(*piece));
    if context.tree.parsed
        && matches!(part, Some(CuePart::Verb) | None)
        && let Some(gap) = Gap::of(context, token, quoted)
        && (!found.head.is_some_and(|head| gap.holds(head))
            || found.pieces.iter().any(inside)
            || (found.rule == "beside" && gap.from < token))
        && let Some(beside) = gap.speaker(context, token)
    {
        found = beside;
    }
    if found.pieces.iter().any(inside) {
        let pieces: Vec<Span> = found.pieces.iter().copied().filter(|p| !inside(p)).collect();
        if pieces.is_empty() || found.head.is_some_and(|h| inside(&context.tokens[h].span)) {
            return SpeakerWords::default();
        }
        return SpeakerWords { pieces, ..found };
    }
    found
}

/// The tokens behind quoted words, up to the end of their clause, with the cue in them: ", said X.", ", X said, ".
#[derive(Debug, Clone, Copy)]
struct Gap {
    from: usize,
    to: usize,
}

impl Gap {
    /// The gap around the cue at `token`, when quoted words end with a mark or comma shortly before it.
    fn of(context: &Context<'_>, token: usize, quoted: &[Span]) -> Option<Self> {
        let at = context.tokens[token].span;
        let before = quoted.iter().rev().find(|piece| piece.end() <= at.start())?;
        let from = context.tokens.partition_point(|t| t.span.start() < before.end());
        if token < from || token - from > GAP_TOKENS {
            return None;
        }
        let marked = (from..token).any(|t| !context.is_punctuation(t)) || from < token;
        let first_word = (from..=token).find(|t| !context.is_punctuation(*t))?;
        let lead = context.text[before.start()..context.tokens[first_word].span.start()].trim_end();
        let comma = lead.ends_with([',', '”', '"', '’', '\'', '»', '“', '—', '–']);
        (marked && comma).then_some(())?;
        let next = quoted
            .iter()
            .find(|piece| piece.start() >= at.end())
            .map_or(usize::MAX, |piece| piece.start());
        let sentence = context.analysis.sentences[context.sentence_of(token)].tokens();
        let to = (token + 1..sentence.end.min(token + GAP_TOKENS))
            .find(|t| context.tokens[*t].span.end() > next || context.run_of(*t).is_some())
            .unwrap_or(sentence.end.min(token + GAP_TOKENS));
        Some(Self { from: first_word, to })
    }

    fn holds(self, token: usize) -> bool {
        (self.from..self.to).contains(&token)
    }

    /// What stands first in the gap, or right behind the cue when the cue stands first.
    fn speaker(self, context: &Context<'_>, cue: usize) -> Option<SpeakerWords> {
        let skipped = |t: &usize| {
            context.is_punctuation(*t)
                || matches!(context.tokens[*t].upos, Upos::Adv | Upos::Aux | Upos::Part)
        };
        let start = (self.from..cue).find(|t| !skipped(t));
        let (from, until) = match start {
            Some(from) => (from, cue),
            None => ((cue + 1..self.to).find(|t| !skipped(t))?, self.to),
        };
        let part = |t: usize| {
            matches!(
                context.tokens[t].upos,
                Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
            ) || matches!(context.word(t), "'s" | "’s" | "’" | "'" | "-" | "." | "&" | "of")
        };
        let to = (from..until).take_while(|t| part(*t)).last()?;
        let name = |t: &usize| matches!(context.tokens[*t].upos, Upos::Propn | Upos::Noun | Upos::Pron);
        // the head: the last noun before "of", the first of a name that follows a title
        let of = (from..=to).find(|t| context.is(*t, "of")).unwrap_or(to + 1);
        let head = (from..of).rev().find(name).unwrap_or(to);
        Some(SpeakerWords {
            pieces: vec![span_of(context.tokens, from, to)],
            head: Some(head),
            rule: "in the gap",
        })
    }
}

/// Longest way from quoted words to their cue, in tokens.
const GAP_TOKENS: usize = 48;

pub(super) fn words(context: &Context<'_>, head: usize, rule: &'static str) -> SpeakerWords {
    let (from, to) = context.tree.phrase(context.tokens, head);
    let (to, head) = with_name(context, to, head);
    // "by the council", ", and the council": what leads in is no part of the name
    let leads_in = |t: &usize| {
        context.is_punctuation(*t) || matches!(context.tokens[*t].upos, Upos::Adp | Upos::Cconj | Upos::Sconj)
    };
    let from = (from..head).find(|t| !leads_in(t)).unwrap_or(head);
    SpeakerWords {
        pieces: vec![span_of(context.tokens, from, to)],
        head: Some(head),
        rule,
    }
}

/// A name right behind a phrase belongs to it, wherever the tree hangs it: "spokeswoman Ann Lee".
fn with_name(context: &Context<'_>, to: usize, head: usize) -> (usize, usize) {
    let names = (to + 1..context.tokens.len()).take_while(|t| {
        matches!(context.tokens[*t].upos, Upos::Propn | Upos::Noun) && context.run_of(*t).is_none()
    });
    match names
        .take(FLAT_REACH)
        .filter(|t| context.tokens[*t].upos == Upos::Propn)
        .last()
    {
        Some(last) if matches!(context.tokens[head].upos, Upos::Noun | Upos::Propn) => (last, last),
        _ => (to, head),
    }
}

const fn is_relative_pronoun(word: &str) -> bool {
    word.eq_ignore_ascii_case("who")
        || word.eq_ignore_ascii_case("which")
        || word.eq_ignore_ascii_case("that")
}

/// The subject of a verb.
fn verb_speaker(context: &Context<'_>, verb: usize, step: usize) -> Option<SpeakerWords> {
    let tokens = context.tokens;
    let tree = &context.tree;
    let passive = is_passive(context, verb);
    if let Some(agent) = agent(context, verb) {
        return Some(words(context, agent, "agent"));
    }
    if passive && step == 0 {
        return None;
    }
    if let Some(subject) = tree.child(tokens, verb, Relation::Nsubj) {
        if is_relative_pronoun(context.word(subject))
            && let Some(noun) = meant_by(context, subject, verb)
        {
            let mut found = words(context, noun, "relative");
            found.pieces.push(tokens[subject].span);
            found.pieces.sort();
            return Some(found);
        }
        let apart =
            is_led(context, verb) && !(tree.left(subject)..=tree.right(subject)).contains(&(verb - 1));
        if apart {
            return beside_verb(context, verb);
        }
        return Some(words(context, subject, "subject"));
    }
    if step >= CLIMB {
        return None;
    }
    let led = is_led(context, verb) || is_led_by_noun(context, verb);
    if step == 0 && led && tokens[verb].xpos != Xpos::Vbg {
        return beside_verb(context, verb);
    }
    // "Ms. Lee, who was late, said": the subject stands before the clause that parts it from its verb
    if step == 0
        && super::weights::is_finite(context, verb)
        && verb > 0
        && context.word(verb - 1) == ","
        && let Some(found) = subject::opening_of(context, verb)
    {
        return Some(found);
    }
    let head = tokens[verb].head? as usize;
    match tokens[verb].relation {
        Relation::Conj
        | Relation::Advcl
        | Relation::Parataxis
        | Relation::Xcomp
        | Relation::Ccomp
        | Relation::Dep
        | Relation::Csubj
        | Relation::Aux
        | Relation::Cop => {
            let controlled = tokens[verb].relation == Relation::Xcomp
                && context
                    .cue(head)
                    .is_some_and(|c| matches!(c.class, CueClass::Urge | CueClass::Tell));
            if controlled && let Some(object) = tree.child(tokens, head, Relation::Obj) {
                return Some(words(context, object, "control"));
            }
            if is_verbal(&tokens[head])
                || tokens[verb].relation == Relation::Conj
                || tree.child(tokens, head, Relation::Nsubj).is_some()
            {
                verb_speaker(context, head, step + 1)
            } else {
                None
            }
        }
        Relation::Acl | Relation::AclRelcl | Relation::Amod => {
            // ", saying that": the subject of the sentence says so
            if step == 0
                && tokens[verb].xpos == Xpos::Vbg
                && verb > 0
                && context.word(verb - 1) == ","
                && !is_animate(context, head)
                && let Some(found) = subject::sentence_subject(context, verb)
            {
                return Some(found);
            }
            // "after boasting that": so does what stands behind a conjunction
            let conjoined = step == 0
                && verb > 0
                && matches!(context.tokens[verb - 1].upos, Upos::Sconj | Upos::Adp)
                && tokens[verb].xpos == Xpos::Vbg;
            if conjoined {
                return subject::sentence_subject(context, verb);
            }
            // "a spokesman saying", "a statement saying": the noun itself
            let present = context.word(verb).ends_with("ing") || step > 0;
            present.then(|| words(context, head, "participle"))
        }
        _ => None,
    }
}

pub(super) fn is_passive(context: &Context<'_>, verb: usize) -> bool {
    context.tree.children(verb).any(|c| {
        let child = &context.tokens[c];
        matches!(child.relation, Relation::NsubjPass | Relation::AuxPass)
            || (child.relation == Relation::Aux
                && child.lemma == "be"
                && context.tokens[verb].xpos == Xpos::Vbn)
    })
}

/// The name right before ", who", whatever the tree hangs the clause on.
fn named_before(context: &Context<'_>, relative: usize) -> Option<usize> {
    let comma = relative.checked_sub(1).filter(|t| context.word(*t) == ",")?;
    comma
        .checked_sub(1)
        .filter(|t| context.is(relative, "who") && context.tokens[*t].upos == Upos::Propn)
}

/// The noun that the relative pronoun before a verb stands for.
pub(super) fn meant_by(context: &Context<'_>, relative: usize, verb: usize) -> Option<usize> {
    let noun = named_before(context, relative).or_else(|| antecedent(context, verb))?;
    Some(somebody_before(context, relative, noun))
}

/// Whom "who" means where the tree hangs its clause on a thing: the person or body named last before it ("a banker
/// familiar with the matter, who").
fn somebody_before(context: &Context<'_>, relative: usize, noun: usize) -> usize {
    if !context.is(relative, "who") || is_animate(context, noun) {
        return noun;
    }
    (noun.saturating_sub(WHO_REACH)..noun)
        .rev()
        .take_while(|t| !is_verbal(&context.tokens[*t]))
        .find(|t| context.tokens[*t].upos == Upos::Noun && is_animate(context, *t))
        .unwrap_or(noun)
}

/// How far before the noun that "who" stands behind somebody is looked for, in tokens.
const WHO_REACH: usize = 8;

/// The noun that the relative clause of a verb describes, found through coordination.
fn antecedent(context: &Context<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..CLIMB {
        let head = context.tokens[at].head? as usize;
        let relation = context.tokens[at].relation;
        if relation.is(Relation::Acl) {
            return Some(head);
        }
        if !matches!(relation, Relation::Conj | Relation::Xcomp | Relation::Parataxis) {
            return None;
        }
        at = head;
    }
    None
}

/// Whether a name or pronoun stands right before the verb: "the ambassador said Moscow was open", "when it was late,
/// Ann Lee said". It speaks, whatever the tree says.
fn is_led(context: &Context<'_>, verb: usize) -> bool {
    let before = verb.checked_sub(1).map(|t| (t, &context.tokens[t]));
    before.is_some_and(|(t, token)| {
        matches!(token.upos, Upos::Propn | Upos::Pron)
            && context.run_of(t).is_none()
            && !is_relative_pronoun(context.word(t))
    })
}

/// Whether people stand before a verb, auxiliaries and adverbs between them: "even as some of the officials have said".
fn is_led_by_noun(context: &Context<'_>, verb: usize) -> bool {
    let between = |t: &usize| matches!(context.tokens[*t].upos, Upos::Aux | Upos::Adv | Upos::Part);
    let before = (verb.saturating_sub(BETWEEN_REACH)..verb)
        .rev()
        .find(|t| !between(t));
    super::weights::is_finite(context, verb)
        && before.is_some_and(|t| {
            context.tokens[t].upos == Upos::Noun && context.run_of(t).is_none() && is_animate(context, t)
        })
}

/// Most tokens between the people who speak and their verb.
const BETWEEN_REACH: usize = 4;

/// The agent of a passive: "by X".
fn agent(context: &Context<'_>, verb: usize) -> Option<usize> {
    let tokens = context.tokens;
    context.tree.children(verb).find(|c| {
        tokens[*c].relation == Relation::OblAgent
            || (tokens[*c].relation.is(Relation::Obl)
                && tokens[verb].xpos == twosource_model::Xpos::Vbn
                && context
                    .tree
                    .child(tokens, *c, Relation::Case)
                    .is_some_and(|case| context.is(case, "by")))
    })
}

/// When the tree gives no subject: the noun right behind or right before the verb.
fn beside_verb(context: &Context<'_>, verb: usize) -> Option<SpeakerWords> {
    let noun = |t: usize| {
        matches!(
            context.tokens[t].upos,
            Upos::Propn | Upos::Pron | Upos::Noun | Upos::Num
        )
    };
    let after = verb + 1;
    // "as Ann Lee, the head of the port, put it" has its subject before it
    let idiom = context.is(verb, "put");
    let after_mark =
        !idiom && (verb == 0 || context.is_punctuation(verb - 1) || context.run_of(verb - 1).is_some());
    if after_mark && after < context.tokens.len() && context.run_of(after).is_none() {
        let last = (after..(after + FLAT_REACH).min(context.tokens.len()))
            .take_while(|t| {
                context.run_of(*t).is_none()
                    && matches!(
                        context.tokens[*t].upos,
                        Upos::Propn | Upos::Pron | Upos::Noun | Upos::Det | Upos::Adj
                    )
            })
            .last()?;
        if noun(last) {
            return Some(flat(context, after, last, "beside"));
        }
        return None;
    }
    // "X on Tuesday also said": over adverbs and the day
    let skipped = |t: usize| {
        matches!(context.tokens[t].upos, Upos::Adv | Upos::Aux | Upos::Part)
            || subject::is_time(context, t)
            || (context.tokens[t].upos == Upos::Adp && t + 1 < verb && subject::is_time(context, t + 1))
    };
    let before = (0..verb).rev().take(6).find(|t| !skipped(*t))?;
    if !noun(before) || context.run_of(before).is_some() {
        return None;
    }
    let sentence = context.analysis.sentences[context.sentence_of(verb)].tokens();
    if context.tokens[before].upos == Upos::Pron {
        return Some(flat(context, before, before, "beside"));
    }
    let first = (sentence.start..before)
        .rev()
        .take_while(|t| {
            matches!(
                context.tokens[*t].upos,
                Upos::Propn | Upos::Det | Upos::Adj | Upos::Noun
            )
        })
        .last()
        .unwrap_or(before);
    Some(flat(context, first, before, "beside"))
}

/// "according to X", "laut X".
fn source_speaker(context: &Context<'_>, token: usize) -> Option<SpeakerWords> {
    let tokens = context.tokens;
    let mut head = tokens[token].head.map(|h| h as usize);
    // "according to": both words hang on the noun, or "to" and the noun hang on "according"
    if let Some(noun) = context.tree.children(token).find(|c| {
        *c > token && (tokens[*c].relation.is(Relation::Obl) || tokens[*c].relation.is(Relation::Nmod))
    }) {
        return Some(source_words(context, token, noun));
    }
    if let Some(h) = head
        && h > token
        && matches!(
            tokens[h].upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det
        )
    {
        return Some(source_words(context, token, h));
    }
    head = (token + 1..(token + 8).min(tokens.len()))
        .find(|t| matches!(tokens[*t].upos, Upos::Noun | Upos::Propn | Upos::Pron));
    head.map(|h| source_words(context, token, h))
}

fn source_words(context: &Context<'_>, token: usize, noun: usize) -> SpeakerWords {
    let (from, to) = context.tree.phrase(context.tokens, noun);
    let mut from = from.max(token + 1);
    while from < noun && (context.is(from, "to") || context.is(from, "from")) {
        from += 1;
    }
    let (to, head) = with_name(context, to, noun);
    SpeakerWords {
        pieces: vec![span_of(context.tokens, from.min(noun), to)],
        head: Some(head),
        rule: "according",
    }
}

/// "Trump's claim", "the claim of X", "X made the claim".
fn noun_speaker(context: &Context<'_>, noun: usize) -> Option<SpeakerWords> {
    let tokens = context.tokens;
    let tree = &context.tree;
    if let Some(owner) = tree
        .child(tokens, noun, Relation::NmodPoss)
        .filter(|c| tokens[*c].relation == Relation::NmodPoss)
    {
        return Some(words(context, owner, "possessor"));
    }
    let of = tree.children(noun).find(|c| {
        *c > noun
            && tokens[*c].relation.is(Relation::Nmod)
            && tree
                .child(tokens, *c, Relation::Case)
                .is_some_and(|case| ["by", "from", "of"].iter().any(|w| context.is(case, w)))
            && is_animate(context, *c)
    });
    if let Some(of) = of {
        return Some(words(context, of, "of"));
    }
    if let Some(name) = tree
        .children(noun)
        .find(|c| *c < noun && tokens[*c].relation == Relation::Compound && tokens[*c].upos == Upos::Propn)
    {
        return Some(words(context, name, "compound"));
    }
    let head = tokens[noun].head? as usize;
    match tokens[noun].relation {
        Relation::Obj | Relation::Obl | Relation::OblUnmarked | Relation::Iobj
            if is_verbal(&tokens[head]) =>
        {
            verb_speaker(context, head, 1)
        }
        Relation::NsubjPass => agent(context, head).map(|a| words(context, a, "agent")),
        _ => None,
    }
}

/// Whether a token can speak: a person, a body, a pronoun for one.
pub(super) fn is_animate(context: &Context<'_>, token: usize) -> bool {
    let at: &Token = &context.tokens[token];
    match at.upos {
        Upos::Propn => true,
        Upos::Pron => !matches!(
            at.lemma.as_str(),
            "it" | "this" | "that" | "which" | "what" | "there"
        ),
        Upos::Noun => {
            let classes = context.classes(token);
            classes.has(b'H') || classes.has(b'O') || classes.has(b'h') || classes.has(b'o')
        }
        _ => false,
    }
}

pub(super) fn flat(context: &Context<'_>, from: usize, to: usize, rule: &'static str) -> SpeakerWords {
    SpeakerWords {
        pieces: vec![span_of(context.tokens, from, to)],
        head: Some(to),
        rule,
    }
}
