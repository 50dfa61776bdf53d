//! Who the speaker's words mean.
//!
//! Rules in order: the entity of the words' own mention; the surname or role in the same report; a pronoun is the subject
//! of the speech act before when the gender fits, else the nearest subject before it. A name inside the quoted words, an
//! addressee, or the object of asking is never taken. Two readings that are equally near give "unclear".

use std::collections::HashMap;

use twosource_model::{Entity, EntityType, Gender, MentionForm, Relation, Span, Upos, Xpos};

use super::context::Context;
use super::cue::CueClass;
use super::document;
use super::speaker::SpeakerWords;
use crate::names::knowledge::{self, TitleKind};

/// Remembers who spoke while the quotes of a text are read in order.
#[derive(Debug, Default)]
pub(super) struct Resolver {
    /// Speakers so far: byte offset and entity.
    spoken: Vec<(usize, u32)>,
    /// For the last word of each person's or body's name, in lower case, its entity; `None` when two share it.
    surnames: HashMap<String, Option<u32>>,
    /// The words of the quotes so far, pieces in order: who is named in them has not become the subject of the report.
    passed: Vec<Span>,
}

/// How far back, in bytes, a role looks for the speaker it goes on with.
const ROLE_REACH: usize = 700;
/// Stands for a speaker that is no entity.
const NOBODY: u32 = u32::MAX;

/// How far back, in bytes, a pronoun looks for the speaker it goes on with.
const PRONOUN_REACH: usize = 1_500;

impl Resolver {
    pub fn of(context: &Context<'_>) -> Self {
        let mut surnames: HashMap<String, Option<u32>> = HashMap::new();
        for (index, entity) in context.analysis.entities.iter().enumerate() {
            if !can_speak(entity) || !named(context, entity) {
                continue;
            }
            if let Some(last) = entity.name.split_whitespace().last() {
                let index = index as u32;
                surnames
                    .entry(last.to_lowercase())
                    .and_modify(|e| *e = e.filter(|e| *e == index))
                    .or_insert(Some(index));
            }
        }
        Self {
            spoken: Vec::new(),
            surnames,
            passed: Vec::new(),
        }
    }

    /// Goes on behind a quote.
    pub fn pass(&mut self, content: &[Span]) {
        self.passed.extend_from_slice(content);
    }

    /// Whether a mention stands within the words of a quote before.
    fn is_quoted(&self, mention: Span) -> bool {
        let at = self
            .passed
            .partition_point(|piece| piece.end() <= mention.start());
        self.passed.get(at).is_some_and(|piece| piece.overlaps(mention))
    }

    /// The entity of a speaker, with the rule that found it; it stands at byte `at`.
    pub fn resolve(
        &mut self,
        context: &Context<'_>,
        speaker: &SpeakerWords,
        at: usize,
    ) -> Option<(u32, &'static str)> {
        let found = self.find(context, speaker);
        match found {
            Some((entity, _)) => self.spoken.push((at, entity)),
            // somebody with a name that is no entity: a pronoun behind it means nobody before
            None if speaker
                .head
                .is_some_and(|head| context.tokens[head].upos == Upos::Propn) =>
            {
                self.spoken.push((at, NOBODY));
            }
            None => {}
        }
        found
    }

    /// The last speaker before `at`, for a quote that names none.
    pub fn last(&self) -> Option<u32> {
        self.spoken
            .last()
            .map(|(_, entity)| *entity)
            .filter(|entity| *entity != NOBODY)
    }

    fn find(&self, context: &Context<'_>, speaker: &SpeakerWords) -> Option<(u32, &'static str)> {
        let head = speaker.head?;
        let token = &context.tokens[head];
        if token.upos == Upos::Pron
            || context
                .lexicon
                .pronoun(&context.word(head).to_lowercase())
                .is_some()
        {
            return self.pronoun(context, head);
        }
        if let Some(found) = by_mention(context, speaker, head) {
            return Some((found, "mention"));
        }
        if let Some(words) = speaker.pieces.first()
            && let Some(entity) = document::outlet_of(context, *words, head)
        {
            return Some((entity, "document"));
        }
        if let Some(entity) = self.role(context, head) {
            return Some((entity, "role"));
        }
        for piece in &speaker.pieces {
            // "the Lee campaign" is not Lee, nor is "Fund chief Ann Lee" the fund
            let modifies = |t: &usize| *t < head && matches!(token.upos, Upos::Noun | Upos::Propn);
            // nor are "two doctors in Lee" the place
            let within = |t: &usize| is_prepositional(context, head, *t);
            let tokens = context.analysis.tokens_in(*piece).rev();
            for token in tokens.filter(|t| !modifies(t) && !within(t)) {
                let word = context.word(token);
                if word.starts_with(char::is_uppercase)
                    && let Some(Some(entity)) = self.surnames.get(&word.to_lowercase())
                {
                    return Some((*entity, "surname"));
                }
            }
        }
        None
    }

    /// "the senator", "the candidate" without a name: who spoke last shortly before, else the person named last.
    fn role(&self, context: &Context<'_>, head: usize) -> Option<u32> {
        let token = &context.tokens[head];
        let (from, to) = context.tree.phrase(context.tokens, head);
        let definite = context.is(from, "the") && to == head;
        let person = context.classes(head).has(b'H') && token.xpos == twosource_model::Xpos::Nn;
        if !definite || !person {
            return None;
        }
        let here = token.span.start();
        let fits = |entity: u32| {
            let entity = context.analysis.entities.get(entity as usize);
            entity.is_some_and(|e| e.entity_type == EntityType::Person && may_be_called(context, e, head))
        };
        match self
            .spoken
            .last()
            .filter(|(at, _)| here.saturating_sub(*at) < ROLE_REACH)
        {
            Some((_, entity)) => Some(*entity).filter(|e| fits(*e)),
            None => self.last_named(context, here, &fits),
        }
    }

    fn pronoun(&self, context: &Context<'_>, head: usize) -> Option<(u32, &'static str)> {
        let word = context.word(head).to_lowercase();
        let mention = context
            .mention_of(head)
            .and_then(|m| context.analysis.mentions[m].entity)
            .filter(|e| named(context, &context.analysis.entities[*e as usize]));
        let gender = match word.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            "it" | "they" => {
                let body = self.spoken.last().filter(|(at, entity)| {
                    let entity = context.analysis.entities.get(*entity as usize);
                    entity.is_some_and(|e| can_speak(e) && e.entity_type != EntityType::Person)
                        && context.tokens[head].span.start().saturating_sub(*at) < PRONOUN_REACH
                });
                return body
                    .map(|(_, entity)| (*entity, "speaker before"))
                    .or_else(|| mention.map(|m| (m, "coreference")));
            }
            "their" | "them" | "its" | "who" | "which" | "that" => {
                return mention.map(|m| (m, "coreference"));
            }
            _ => match context.lexicon.pronoun(&word) {
                Some(Some(gender)) => Some(gender),
                _ => return mention.map(|m| (m, "coreference")),
            },
        };
        let here = context.tokens[head].span.start();
        let fits = |entity: u32| {
            let entity = &context.analysis.entities[entity as usize];
            entity.entity_type == EntityType::Person && entity.gender.is_none_or(|g| Some(g) == gender)
        };
        let before = self.spoken.iter().rev().find(|(_, e)| *e == NOBODY || fits(*e));
        if let Some((at, entity)) = before
            && here.saturating_sub(*at) < PRONOUN_REACH
            && !self.subject_between(context, *at, here, *entity, &fits)
        {
            return (*entity != NOBODY).then_some((*entity, "speaker before"));
        }
        // a name alone that nothing shows to be a person's may be a firm's: "Corvane will not pay, she said"
        let personal = |entity: u32| {
            let known = &context.analysis.entities[entity as usize];
            fits(entity) && (known.name.contains(' ') || is_evident_person(known))
        };
        if let Some(entity) = self.last_named(context, here, &personal) {
            return Some((entity, "named before"));
        }
        mention.filter(|m| personal(*m)).map(|m| (m, "coreference"))
    }

    /// The person named last before `here`, outside the quotes so far: of several in one sentence the
    /// one beside a verb of saying, else the one who is new and described, else the subject, else nobody.
    fn last_named(&self, context: &Context<'_>, here: usize, fits: &dyn Fn(u32) -> bool) -> Option<u32> {
        let mentions = &context.analysis.mentions;
        let until = mentions.partition_point(|m| m.span.start() < here);
        let mut sentence = None;
        let mut found: Vec<(u32, bool)> = Vec::new();
        let (mut newcomer, mut speaking) = (None, None);
        for mention in mentions[..until].iter().rev() {
            if here - mention.span.start() > NAMED_REACH {
                break;
            }
            let Some(entity) = mention
                .entity
                .filter(|e| mention.form == MentionForm::Name && fits(*e) && !self.is_quoted(mention.span))
            else {
                continue;
            };
            let tokens = context.analysis.tokens_in(mention.span);
            let Some(token) = tokens.clone().next().filter(|t| context.run_of(*t).is_none()) else {
                continue;
            };
            let at = context.sentence_of(token);
            if *sentence.get_or_insert(at) != at {
                break;
            }
            found.push((entity, is_subject(context, mention.span)));
            if speaks(context, mention.span) {
                speaking = speaking.or(Some(entity));
            }
            if is_introduced(context, mention.span, entity) {
                newcomer = newcomer.or(Some(entity));
            }
        }
        if let Some(speaker) = speaking {
            return Some(speaker);
        }
        let first = found.first()?.0;
        if found.iter().all(|(entity, _)| *entity == first) {
            return Some(first);
        }
        let subject = found.iter().find(|(_, subject)| *subject);
        newcomer.or(subject.map(|(entity, _)| *entity))
    }

    /// Whether another person who fits became the subject after the speech act at `from`.
    fn subject_between(
        &self,
        context: &Context<'_>,
        from: usize,
        to: usize,
        speaker: u32,
        fits: &dyn Fn(u32) -> bool,
    ) -> bool {
        let mentions = &context.analysis.mentions;
        let first = mentions.partition_point(|m| m.span.start() < from);
        mentions[first..]
            .iter()
            .take_while(|m| m.span.start() < to)
            .filter(|m| m.form == MentionForm::Name && !self.is_quoted(m.span))
            .any(|m| {
                let rival = m.entity.filter(|e| *e != speaker && fits(*e));
                rival.is_some_and(|e| may_displace(context, e, speaker)) && is_subject(context, m.span)
            })
    }
}

/// Whether a pronoun may turn from a speaker to this name: not where the report says what the speaker is and nothing says
/// that the name is a person's ("Grey Finch has demanded a ransom").
fn may_displace(context: &Context<'_>, rival: u32, speaker: u32) -> bool {
    let entities = &context.analysis.entities;
    let described = entities
        .get(speaker as usize)
        .is_some_and(|e| !e.roles.is_empty());
    !described || entities.get(rival as usize).is_some_and(is_evident_person)
}

/// Whether something shows that a name is a person's: a role, a known person, a given name.
fn is_evident_person(entity: &Entity) -> bool {
    let given = entity.name.split_whitespace().next().unwrap_or_default();
    !entity.roles.is_empty() || entity.link.is_some() || knowledge::is_given_name(given)
}

/// Whether the report may mean this person by a bare noun: it calls them so, or the noun is the title of an office. "The
/// driver" is nobody whom the report does not call a driver.
fn may_be_called(context: &Context<'_>, person: &Entity, head: usize) -> bool {
    let word = context.word(head).to_lowercase();
    let same = |role: &Span| {
        role.of(context.text)
            .split_whitespace()
            .any(|w| w.trim_matches(',').eq_ignore_ascii_case(&word))
    };
    let office = || knowledge::title_named(&word).is_some_and(|title| title.kind == TitleKind::Office);
    person.roles.iter().any(same) || office()
}

/// How far back, in bytes, a name is looked for.
const NAMED_REACH: usize = 600;

/// Whether the report names the entity here for the first time and tells who it is: "Ann Lee, head of the port".
fn is_introduced(context: &Context<'_>, name: Span, entity: u32) -> bool {
    let tokens = context.analysis.tokens_in(name);
    let described = || {
        tokens
            .clone()
            .any(|t| context.tree.child(context.tokens, t, Relation::Appos).is_some())
    };
    let mentions = &context.analysis.entities[entity as usize].mentions;
    let new = mentions
        .iter()
        .all(|m| context.analysis.mentions[*m as usize].span.start() >= name.start());
    new && context.text[name.end()..].starts_with(',') && described()
}

/// Whether a verb of saying stands right behind a name outside quotation marks: "Ann Lee said".
fn speaks(context: &Context<'_>, name: Span) -> bool {
    let behind = context.analysis.tokens_in(name).end;
    context.tokens.get(behind).is_some_and(|token| {
        matches!(token.xpos, Xpos::Vbd | Xpos::Vbz)
            && context.run_of(behind).is_none()
            && context.cue(behind).is_some_and(|cue| cue.class == CueClass::Say)
    })
}

/// Whether the mention is the subject of its sentence: by the tree, or as what the sentence opens with where the tree has
/// no subject for it ("Minister Ann Lee, who was late, waved.").
fn is_subject(context: &Context<'_>, span: Span) -> bool {
    let mut tokens = context.analysis.tokens_in(span);
    let subject = |relation: Relation| relation.is(Relation::Nsubj) || relation == Relation::Root;
    if tokens
        .clone()
        .any(|t| context.run_of(t).is_none() && subject(context.tokens[t].relation))
    {
        return true;
    }
    let Some(first) = tokens.next().filter(|t| context.run_of(*t).is_none()) else {
        return false;
    };
    let sentence = context.analysis.sentences[context.sentence_of(first)].tokens();
    let owner = tokens.last().map_or(first + 1, |last| last + 1);
    let titled = (sentence.start..first).all(|t| {
        matches!(
            context.tokens[t].upos,
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det
        )
    });
    titled
        && first - sentence.start.min(first) <= TITLE_REACH
        && sentence.contains(&owner)
        && !matches!(context.word(owner), "'s" | "’s")
}

/// Longest title before a name, in tokens.
const TITLE_REACH: usize = 6;

const fn can_speak(entity: &Entity) -> bool {
    matches!(
        entity.entity_type,
        EntityType::Person
            | EntityType::Organisation
            | EntityType::Group
            | EntityType::Role
            | EntityType::Place
    )
}

/// Whether the entity has a name somewhere in the text.
fn named(context: &Context<'_>, entity: &Entity) -> bool {
    entity.mentions.iter().any(|m| {
        context
            .analysis
            .mentions
            .get(*m as usize)
            .is_some_and(|m| m.form == MentionForm::Name)
    })
}

/// The entity of the mention at the head of the speaker's words; a person in apposition wins over the role beside it.
fn by_mention(context: &Context<'_>, speaker: &SpeakerWords, head: usize) -> Option<u32> {
    let entities = &context.analysis.entities;
    let at_head = context
        .mention_of(head)
        .and_then(|m| context.analysis.mentions[m].entity);
    if let Some(entity) = at_head
        && entities[entity as usize].entity_type == EntityType::Person
    {
        return Some(entity);
    }
    // "a spokesman for the ministry, Ann Lee", "White House spokeswoman Ann Lee"
    for piece in &speaker.pieces {
        let person = context.analysis.tokens_in(*piece).find_map(|t| {
            let mention = &context.analysis.mentions[context.mention_of(t)?];
            let entity = mention.entity?;
            let possessive = context
                .tokens
                .get(t + 1)
                .is_some_and(|n| matches!(n.span.of(context.text), "'s" | "’s"));
            // "the Lee campaign" is no person
            let part = t != head
                && context.tokens[head].upos == Upos::Noun
                && !super::speaker::is_animate(context, head)
                && matches!(
                    context.tokens[t].relation,
                    Relation::Compound | Relation::Amod | Relation::NmodPoss
                );
            let beside = mention.form == MentionForm::Name
                && !part
                && entities[entity as usize].entity_type == EntityType::Person
                && !possessive
                && !under_preposition(context, t, head);
            beside.then_some(entity)
        });
        if person.is_some() {
            return person;
        }
    }
    at_head
}

/// Whether a preposition stands between the head of a phrase and a later token of it: "the hospital in Lee".
fn is_prepositional(context: &Context<'_>, head: usize, token: usize) -> bool {
    token > head
        && ((head + 1..token).any(|t| context.tokens[t].upos == Upos::Adp || !context.tree.parsed)
            || under_preposition(context, token, head))
}

/// Whether a token hangs on the head by a preposition ("spokesman for Trump").
fn under_preposition(context: &Context<'_>, token: usize, head: usize) -> bool {
    let mut at = token;
    for _ in 0..8 {
        if at == head {
            return false;
        }
        let relation = context.tokens[at].relation;
        if relation.is(twosource_model::Relation::Nmod) || relation.is(twosource_model::Relation::Obl) {
            return true;
        }
        let Some(up) = context.tokens[at].head else {
            return false;
        };
        at = up as usize;
    }
    false
}
