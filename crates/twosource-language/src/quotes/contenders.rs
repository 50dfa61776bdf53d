//! Which noun phrase of a sentence speaks: a logistic model over wordless features.
//!
//! Every noun phrase around a cue outside the told words is a contender, and so is nobody. The features tell the way
//! through the tree, the distance, the kind of word and what the rules of `speaker` would take. The weights are learnt by
//! `twosource-train quotes` (`models/speaker-weights.tsv` names pack and run).

use twosource_model::{EntityType, QuoteKind, Relation, Span, Upos, Xpos};

use super::Found;
use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::logistic::Logistic;
use super::speaker::{self, SpeakerWords};
use super::subject;
use super::told::ComplementKind;
use super::tree::is_verbal;
use super::weights;

/// Forms of a cue, see [`mode_of`].
const MODES: u16 = 7;
/// Ways through the tree, see [`Way`].
const WAYS: u16 = 30;
const DISTANCES: u16 = 7;
const WORDS: u16 = 9;
const CLASSES: u16 = CueClass::COUNT + 1;
/// Rules of `speaker` by their names, an unknown one last.
const RULES: [&str; 13] = [
    "subject",
    "agent",
    "relative",
    "participle",
    "control",
    "beside",
    "opens the sentence",
    "subject of the sentence",
    "according",
    "possessor",
    "of",
    "in the gap",
    "",
];
const RULE_COUNT: u16 = RULES.len() as u16 + 1;

/// Blocks of features: name and number of values.
const BLOCKS: [(&str, u16); 18] = [
    ("bias", 2),
    ("rule", RULE_COUNT * 4),
    ("way and form", (WAYS + 1) * MODES),
    ("distance and form", (DISTANCES * 2 + 1) * MODES),
    ("between", 4 * 2 * 3 + 1),
    ("word and form", (WORDS + 1) * MODES),
    ("preposition and form", 7 * MODES),
    ("verbs between", 3 * 2 * 2 + 1),
    ("commas between", 3 * 2 * 2 + 1),
    ("beside the cue", 3 * 4 + 1),
    ("order", 6 * 3 + 1),
    ("entity", 7 * 3 + 1),
    ("class and word", CLASSES * 3),
    ("opens", 5),
    ("way and rule", (WAYS + 1) * 3),
    ("told and rule", (ComplementKind::COUNT + 1) * 3),
    ("relation and form", (RELATIONS + 1) * MODES),
    ("verb of its own", 4 * 2 * 2 + 1),
];

/// The model of speakers.
pub(super) static SPEAKERS: Logistic =
    Logistic::new(&BLOCKS, include_str!("../../models/speaker-weights.tsv"));

/// Somebody who may have said what a cue lays to somebody; nobody where there are no words.
#[derive(Debug, Clone)]
pub(super) struct Contender {
    pub words: SpeakerWords,
    /// Features that are on.
    pub features: Vec<u16>,
}

/// Furthest contender from its cue, in tokens.
const REACH: usize = 60;
/// Steps up the tree from a cue, and from a contender to the way up from the cue.
const STEPS: usize = 6;

/// The likeliest speaker of the cue at `cue`, where the rules would take `ruled`.
pub(super) fn likeliest(
    context: &Context<'_>,
    cue: usize,
    quote: &Found,
    ruled: SpeakerWords,
) -> SpeakerWords {
    // a passive without "by" has nobody who says it
    if ruled.pieces.is_empty() && speaker::is_passive(context, cue) {
        return ruled;
    }
    let mut best: Option<(f32, SpeakerWords)> = None;
    for contender in contenders(context, cue, quote, &ruled) {
        let sum = SPEAKERS.sum(&contender.features);
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, contender.words));
        }
    }
    best.map_or(ruled, |(_, words)| words)
}

/// Everybody around the cue at `cue`, nobody first.
pub(super) fn contenders(
    context: &Context<'_>,
    cue: usize,
    quote: &Found,
    ruled: &SpeakerWords,
) -> Vec<Contender> {
    let field = Field::of(context, cue, quote, ruled);
    let heads: Vec<usize> = field.heads().collect();
    let mut found = vec![Contender {
        words: SpeakerWords::default(),
        features: field.nobody(),
    }];
    for (at, head) in heads.iter().enumerate() {
        found.push(Contender {
            words: field.words(*head),
            features: field.features(*head, at, &heads),
        });
    }
    // the rules may take words that are no noun phrase of the sentence
    if !ruled.pieces.is_empty() && !heads.iter().any(|head| field.is_ruled(*head)) {
        let head = ruled.head.unwrap_or(cue);
        found.push(Contender {
            words: ruled.clone(),
            features: field.features(head, heads.partition_point(|h| *h < head), &heads),
        });
    }
    found
}

/// What is the same for all contenders of a cue.
struct Field<'a> {
    context: &'a Context<'a>,
    cue: usize,
    quoted: &'a [Span],
    kind: u16,
    /// Kind of complement that the told words are.
    told: u16,
    ruled: &'a SpeakerWords,
    rule: u16,
    mode: u16,
    class: u16,
    /// The sentence, or what of it is near the cue.
    reach: std::ops::Range<usize>,
    /// For each token of `reach` and its end the finite verbs before it there, and the punctuation.
    verbs: Vec<u16>,
    marks: Vec<u16>,
    /// The cue and the tokens above it.
    above: Vec<usize>,
}

impl<'a> Field<'a> {
    fn of(context: &'a Context<'a>, cue: usize, quote: &'a Found, ruled: &'a SpeakerWords) -> Self {
        let sentence = context.analysis.sentences[context.sentence_of(cue)].tokens();
        let mut above = vec![cue];
        while above.len() <= STEPS
            && let Some(head) = context.tokens[above[above.len() - 1]].head
            && !above.contains(&(head as usize))
        {
            above.push(head as usize);
        }
        let rule = if ruled.pieces.is_empty() { "" } else { ruled.rule };
        let reach = sentence.start.max(cue.saturating_sub(REACH))..sentence.end.min(cue + REACH);
        Self {
            context,
            cue,
            quoted: &quote.content,
            told: ComplementKind::of_name(quote.rule).map_or(ComplementKind::COUNT, |kind| kind as u16),
            kind: match quote.kind {
                QuoteKind::Direct => 0,
                QuoteKind::Mixed => 1,
                QuoteKind::Indirect => 2,
            },
            ruled,
            rule: RULES
                .iter()
                .position(|name| *name == rule)
                .map_or(RULE_COUNT - 1, |at| at as u16),
            mode: mode_of(context, cue),
            class: context
                .telling(cue)
                .map_or(CLASSES - 1, |entry| entry.class as u16),
            verbs: sums(reach.clone(), |t| weights::is_finite(context, t)),
            marks: sums(reach.clone(), |t| context.is_punctuation(t)),
            reach,
            above,
        }
    }

    /// How many of the counted tokens stand between two others: none, one, several.
    fn count(&self, sums: &[u16], between: &std::ops::Range<usize>) -> u16 {
        let before = |t: usize| sums[t.clamp(self.reach.start, self.reach.end) - self.reach.start];
        before(between.end).saturating_sub(before(between.start)).min(2)
    }

    /// Heads of noun phrases outside told words and marks, in the order of the text.
    fn heads(&self) -> impl Iterator<Item = usize> + '_ {
        self.reach.clone().filter(|t| {
            let token = &self.context.tokens[*t];
            let inner = matches!(
                token.relation,
                Relation::Compound
                    | Relation::Flat
                    | Relation::FlatForeign
                    | Relation::Fixed
                    | Relation::Det
                    | Relation::DetPredet
                    | Relation::Nummod
                    | Relation::Amod
                    | Relation::Case
                    | Relation::Mark
                    | Relation::Punct
            );
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                || (matches!(token.upos, Upos::Det | Upos::Adj | Upos::Num)
                    && token.relation.is(Relation::Nsubj));
            noun && !inner
                && *t != self.cue
                && (!is_question_word(token.xpos) || token.relation.is(Relation::Nsubj))
                && token.xpos != Xpos::Ex
                && !subject::is_time(self.context, *t)
                && self.context.run_of(*t).is_none()
                && !self.quoted.iter().any(|piece| piece.overlaps(token.span))
        })
    }

    /// Whether the rules take the words around `head`.
    fn is_ruled(&self, head: usize) -> bool {
        let span = self.context.tokens[head].span;
        self.ruled.head == Some(head)
            || (self.ruled.pieces.iter().any(|piece| piece.overlaps(span))
                && self.ruled.head.is_none_or(|ruled| {
                    self.context.tree.left(head) <= ruled && ruled <= self.context.tree.right(head)
                }))
    }

    fn words(&self, head: usize) -> SpeakerWords {
        if self.is_ruled(head) {
            return self.ruled.clone();
        }
        let mut words = match self.described_by(head) {
            Some(noun) => {
                let mut words = speaker::words(self.context, noun, "likeliest");
                words.pieces.push(self.context.tokens[head].span);
                words.pieces.sort();
                words
            }
            None => speaker::words(self.context, head, "likeliest"),
        };
        words
            .pieces
            .retain(|piece| !self.quoted.iter().any(|q| q.overlaps(*piece)));
        if words.pieces.is_empty() {
            words.pieces.push(self.context.tokens[head].span);
        }
        words
    }

    /// The noun that a relative pronoun stands for.
    fn described_by(&self, pronoun: usize) -> Option<usize> {
        let tokens = self.context.tokens;
        let verb = tokens[pronoun]
            .head
            .filter(|_| is_question_word(tokens[pronoun].xpos))? as usize;
        speaker::meant_by(self.context, pronoun, verb)
    }

    fn nobody(&self) -> Vec<u16> {
        let mut row = SPEAKERS.row();
        row.next(1);
        row.next(self.rule * 4 + 3);
        row.next(WAYS * MODES + self.mode);
        row.next(DISTANCES * 2 * MODES + self.mode);
        row.next(u16::MAX);
        row.next(WORDS * MODES + self.mode);
        row.next(6 * MODES + self.mode);
        row.next(u16::MAX);
        row.next(u16::MAX);
        row.next(u16::MAX);
        row.next(u16::MAX);
        row.next(u16::MAX);
        row.next(self.class * 3 + 2);
        row.next(4);
        row.next(WAYS * 3 + 2);
        row.next(self.told * 3 + 2);
        row.next(RELATIONS * MODES + self.mode);
        row.next(u16::MAX);
        row.features
    }

    fn features(&self, head: usize, at: usize, heads: &[usize]) -> Vec<u16> {
        let context = self.context;
        let ruled = self.is_ruled(head);
        let right = u16::from(head > self.cue);
        let between = head.min(self.cue) + 1..head.max(self.cue);
        let others = match right {
            0 => heads[at..]
                .iter()
                .filter(|h| **h > head && **h < self.cue)
                .count(),
            _ => heads[..at]
                .iter()
                .filter(|h| **h > self.cue && **h < head)
                .count(),
        };
        let word = word_kind(context, head);
        let way = self.way(head) as u16;
        let mut row = SPEAKERS.row();
        row.next(0);
        row.next(self.rule * 4 + if ruled { 0 } else { 1 + right });
        row.next(way * MODES + self.mode);
        row.next((distance(between.len()) * 2 + right) * MODES + self.mode);
        row.next((others.min(3) as u16 * 2 + right) * 3 + self.kind);
        row.next(word * MODES + self.mode);
        row.next(self.preposition(head) * MODES + self.mode);
        row.next((self.count(&self.verbs, &between) * 2 + right) * 2 + u16::from(ruled));
        row.next((self.count(&self.marks, &between) * 2 + right) * 2 + u16::from(ruled));
        row.next(self.beside(head) * 3 + self.kind);
        row.next(self.order(head) * 3 + self.kind);
        row.next(entity(context, head) * 3 + word.min(2));
        row.next(self.class * 3 + u16::from(speaker::is_animate(context, head)));
        row.next(u16::from(at == 0) + 2 * u16::from(context.tree.left(head) == self.reach.start));
        row.next(way * 3 + u16::from(ruled) + u16::from(self.rule as usize == RULES.len() - 1) * 2);
        row.next(self.told * 3 + u16::from(ruled));
        row.next(relation_kind(context.tokens[head].relation) * MODES + self.mode);
        row.next((self.own_verb(head) * 2 + right) * 2 + u16::from(ruled));
        row.features
    }

    /// Nothing, a time, or the preposition before the words: by, of and from, with and to, in and on, another.
    fn preposition(&self, head: usize) -> u16 {
        let context = self.context;
        if subject::is_time(context, head) {
            return 5;
        }
        let Some(case) = context.tree.child(context.tokens, head, Relation::Case) else {
            return 0;
        };
        let any = |words: &[&str]| words.iter().any(|word| context.is(case, word));
        if any(&["by"]) {
            1
        } else if any(&["of", "from", "'s", "’s"]) {
            2
        } else if any(&["with", "to", "for"]) {
            3
        } else {
            4
        }
    }

    /// Right before the cue with auxiliaries and adverbs between, right behind it, or neither; and whether the cue stands
    /// beside the told words.
    fn beside(&self, head: usize) -> u16 {
        let context = self.context;
        let small = |t: usize| {
            matches!(context.tokens[t].upos, Upos::Aux | Upos::Adv | Upos::Part)
                || subject::is_time(context, t)
        };
        let (left, right) = context.tree.phrase(context.tokens, head);
        if right < self.cue && (right + 1..self.cue).all(small) {
            1
        } else if left == self.cue + 1 {
            2
        } else if head < self.cue
            && self.cue - head <= STEPS
            && (head + 1..self.cue).all(|t| !is_verbal(&context.tokens[t]))
        {
            3
        } else {
            0
        }
    }

    /// What the contender is the subject of: nothing, the cue, another cue, another verb.
    fn own_verb(&self, head: usize) -> u16 {
        let token = &self.context.tokens[head];
        match token.head.filter(|_| token.relation.is(Relation::Nsubj)) {
            None => 0,
            Some(verb) if verb as usize == self.cue => 1,
            Some(verb) if self.context.cue(verb as usize).is_some() => 2,
            Some(_) => 3,
        }
    }

    /// How contender, cue and told words follow each other.
    fn order(&self, head: usize) -> u16 {
        let at = |t: usize| self.context.tokens[t].span.start();
        let (speaker, cue) = (at(head), at(self.cue));
        let told = self.quoted.first().map_or(cue, |piece| piece.start());
        match (speaker < cue, speaker < told, cue < told) {
            (true, true, true) => 0,
            (true, true, false) => 1,
            (true, false, _) => 2,
            (false, true, _) => 3,
            (false, false, true) => 4,
            (false, false, false) => 5,
        }
    }

    /// The way from the cue to `head` through the tree.
    fn way(&self, head: usize) -> Way {
        let relation = |t: usize| self.context.tokens[t].relation;
        let up = |t: usize| self.context.tokens[t].head.map(|h| h as usize);
        if head == self.cue {
            return Way::None;
        }
        if let Some(step) = self.above.iter().position(|t| *t == head) {
            return Way::above(relation(self.above[step - 1]), step);
        }
        let mut at = head;
        for depth in 0..STEPS {
            let Some(above) = up(at) else { break };
            if let Some(step) = self.above.iter().position(|t| *t == above) {
                let passive = relation(at) == Relation::NsubjPass;
                let agent = relation(at) == Relation::OblAgent;
                return match (depth, step) {
                    (0, 0) => Way::child(relation(at), agent),
                    (0, 1) => Way::child_above(relation(at), relation(self.cue)),
                    (0, _) if relation(at).is(Relation::Nsubj) && !passive => Way::SubjectFarAbove,
                    (0, _) => Way::FarAbove,
                    (_, 0) if relation(at).is(Relation::Nsubj) => Way::BelowSubject,
                    (_, 0) => Way::Below,
                    _ if relation(at).is(Relation::Nsubj) => Way::BelowSubjectAbove,
                    _ => Way::BelowAbove,
                };
            }
            at = above;
        }
        Way::None
    }
}

/// How a contender hangs together with its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
enum Way {
    Subject,
    PassiveSubject,
    Object,
    Addressee,
    Agent,
    Oblique,
    Owner,
    Noun,
    Child,
    SubjectOverConj,
    SubjectOverAdvcl,
    SubjectOverXcomp,
    SubjectOverCcomp,
    SubjectOverAcl,
    SubjectOverParataxis,
    SubjectOverNoun,
    ObjectOverXcomp,
    ChildAbove,
    Clause,
    RelativeClause,
    Conjoined,
    NounAbove,
    Above,
    SubjectFarAbove,
    FarAbove,
    BelowSubject,
    Below,
    BelowSubjectAbove,
    /// Below something else, or in another tree.
    BelowAbove,
    None,
}

impl Way {
    /// The contender is the `step`th token above the cue, which hangs on it by `relation`.
    fn above(relation: Relation, step: usize) -> Self {
        match relation {
            _ if step > 1 => Self::Above,
            Relation::AclRelcl => Self::RelativeClause,
            Relation::Acl => Self::Clause,
            Relation::Conj => Self::Conjoined,
            relation if relation.is(Relation::Nmod) || relation == Relation::Compound => Self::NounAbove,
            _ => Self::Above,
        }
    }

    /// The contender hangs on the cue.
    fn child(relation: Relation, agent: bool) -> Self {
        match relation {
            Relation::NsubjPass => Self::PassiveSubject,
            Relation::NmodPoss => Self::Owner,
            Relation::Obj => Self::Object,
            Relation::Iobj => Self::Addressee,
            _ if agent => Self::Agent,
            _ if relation.is(Relation::Nsubj) => Self::Subject,
            _ if relation.is(Relation::Obl) => Self::Oblique,
            _ if relation.is(Relation::Nmod) || relation == Relation::Compound => Self::Noun,
            _ => Self::Child,
        }
    }

    /// The contender hangs on what the cue hangs on by `over`.
    fn child_above(relation: Relation, over: Relation) -> Self {
        if relation.is(Relation::Nsubj) && relation != Relation::NsubjPass {
            return match over {
                Relation::Conj => Self::SubjectOverConj,
                Relation::Advcl => Self::SubjectOverAdvcl,
                Relation::Xcomp => Self::SubjectOverXcomp,
                Relation::Ccomp => Self::SubjectOverCcomp,
                Relation::Acl | Relation::AclRelcl => Self::SubjectOverAcl,
                Relation::Parataxis => Self::SubjectOverParataxis,
                _ => Self::SubjectOverNoun,
            };
        }
        match (relation, over) {
            (Relation::Obj | Relation::Iobj, Relation::Xcomp) => Self::ObjectOverXcomp,
            _ => Self::ChildAbove,
        }
    }
}

/// How many tokens of a range fit before each of them, and in all.
fn sums(range: std::ops::Range<usize>, fits: impl Fn(usize) -> bool) -> Vec<u16> {
    let mut sum = 0;
    let counted = range.map(|t| {
        sum += u16::from(fits(t));
        sum
    });
    std::iter::once(0).chain(counted).collect()
}

/// Number of values of [`relation_kind`].
const RELATIONS: u16 = 11;

fn relation_kind(relation: Relation) -> u16 {
    match relation {
        Relation::Nsubj => 0,
        Relation::NsubjPass => 1,
        Relation::Obj | Relation::Iobj => 2,
        Relation::OblAgent => 3,
        Relation::NmodPoss => 5,
        Relation::Conj => 7,
        Relation::Appos => 8,
        Relation::Root => 9,
        relation if relation.is(Relation::Obl) => 4,
        relation if relation.is(Relation::Nmod) => 6,
        _ => 10,
    }
}

const fn is_question_word(xpos: Xpos) -> bool {
    matches!(xpos, Xpos::Wdt | Xpos::Wp)
}

/// A noun, a source, or a verb: finite, a participle, an infinitive, passive, in no list.
fn mode_of(context: &Context<'_>, cue: usize) -> u16 {
    let part = context.telling(cue).map(|entry| entry.part);
    match (part, context.tokens[cue].xpos) {
        (Some(CuePart::Noun), _) => 0,
        (Some(CuePart::Source), _) => 1,
        _ if speaker::is_passive(context, cue) => 5,
        (_, Xpos::Vbg) => 3,
        (_, Xpos::Vb) => 4,
        (Some(_), _) => 2,
        (None, _) => 6,
    }
}

/// A personal pronoun, "it" and the like, a name, a person or body, a group without a noun, another noun.
fn word_kind(context: &Context<'_>, head: usize) -> u16 {
    let token = &context.tokens[head];
    match token.upos {
        _ if is_question_word(token.xpos) => 8,
        Upos::Propn => 0,
        Upos::Noun if speaker::is_animate(context, head) => 1,
        Upos::Noun => 2,
        Upos::Pron if token.xpos == Xpos::PrpS => 3,
        Upos::Pron if matches!(token.lemma.as_str(), "i" | "we" | "you" | "I") => 4,
        Upos::Pron if speaker::is_animate(context, head) => 5,
        Upos::Pron => 6,
        _ => 7,
    }
}

const fn distance(tokens: usize) -> u16 {
    match tokens {
        0 => 0,
        1 => 1,
        2 => 2,
        3 | 4 => 3,
        5..=8 => 4,
        9..=16 => 5,
        _ => 6,
    }
}

/// What kind of entity the words name.
fn entity(context: &Context<'_>, head: usize) -> u16 {
    let entity = context
        .mention_of(head)
        .and_then(|mention| context.analysis.mentions[mention].entity)
        .and_then(|entity| context.analysis.entities.get(entity as usize));
    match entity.map(|entity| entity.entity_type) {
        None => 0,
        Some(EntityType::Person) => 1,
        Some(EntityType::Organisation) => 2,
        Some(EntityType::Group | EntityType::Role) => 3,
        Some(EntityType::Place) => 4,
        Some(_) => 5,
    }
}
