//! Who stands on either side of an event, and whether enough speaks for one.

use twosource_model::{Actor, Event, Modality, Polarity, Relation, Upos, Xpos};

use super::actors::Phrase;
use super::coder::{Coded, Coder, DEPTH, PHASE};

impl Coder<'_> {
    pub(super) fn event(&self, at: usize, coded: &Coded) -> Option<Event> {
        let passive = self.is_passive(at);
        let mut source = if passive {
            self.agents(at)
        } else {
            self.subjects(at, DEPTH)
        };
        let taken: Vec<usize> = source.iter().map(|p| p.head).collect();
        let mut target = if passive {
            self.passive_targets(at)
        } else {
            Vec::new()
        };
        if target.iter().all(|p| p.actor.code.is_none()) {
            let found = self.targets(at, coded, &taken);
            if found.iter().any(|p| p.actor.code.is_some()) || target.is_empty() {
                target = found;
            }
        }
        let mutual = matches!(
            coded.event_type,
            "CONSULT" | "AGREE" | "COOPERATE" | "SUPPORT" | "REJECT"
        );
        let codes = |side: &[Phrase]| {
            let mut codes: Vec<String> = side.iter().filter_map(|p| p.actor.code.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.len()
        };
        let joint = source.iter().filter(|p| p.actor.code.is_some()).count() > 1 && codes(&source) > 1;
        let transitive = self.tree.children(at).iter().any(|c| {
            self.tree.relation(*c) == Relation::Obj
                && self.cast.phrases(*c).iter().any(|p| p.actor.code.is_some())
                && coded.decided_by.is_none()
        });
        let reciprocal = mutual && joint && !transitive && (coded.event_type != "REJECT" || coded.planned);
        if reciprocal {
            target.clear();
        }
        self.share_codes(at, &mut source, &mut target);
        if !self.holds(at, coded, &source, &target) {
            return None;
        }
        let actors = |side: Vec<Phrase>| -> Vec<Actor> {
            side.into_iter()
                .filter(|p| !p.pronoun || p.actor.code.is_some())
                .map(|p| p.actor)
                .collect()
        };
        let clause = self
            .tree
            .extent(at, |c| self.tree.relation(c).is(Relation::Parataxis));
        Some(Event {
            event_type: coded.event_type.to_owned(),
            mode: coded.mode.map(str::to_owned),
            cameo: Some(coded.cameo.to_owned()),
            source: actors(source),
            target: actors(target),
            trigger: self.tree.tokens[at].span,
            span: self.tree.tokens[clause.0]
                .span
                .hull(self.tree.tokens[clause.1].span),
            polarity: if coded.negative {
                Polarity::Negative
            } else {
                Polarity::Positive
            },
            modality: self.modality(at, coded),
            reciprocal,
            attribution: None,
            time: None,
            place: None,
        })
    }

    fn modality(&self, at: usize, coded: &Coded) -> Modality {
        let tree = self.tree;
        let conditional = |n: usize| tree.has_lemma_child(n, Relation::Mark, &["if", "unless"]);
        if conditional(at) {
            return Modality::Conditional;
        }
        if tree.has_lemma_child(at, Relation::Aux, &["may", "might", "could", "can"]) {
            return Modality::Possible;
        }
        let alleged = tree.has_lemma_child(at, Relation::Advmod, &["allegedly", "reportedly", "apparently"])
            || tree.head(at).is_some_and(|h| {
                matches!(
                    tree.lemma(h),
                    "allege" | "claim" | "believe" | "suspect" | "accuse"
                )
            });
        if alleged {
            return Modality::Alleged;
        }
        if coded.planned || self.is_future(at) {
            return Modality::Planned;
        }
        match tree.head(at).map(|h| tree.lemma(h)) {
            Some("urge" | "demand" | "ask" | "order" | "call" | "request")
                if tree.relation(at).is(Relation::Xcomp) || tree.relation(at).is(Relation::Ccomp) =>
            {
                Modality::Requested
            }
            _ => Modality::Actual,
        }
    }

    fn is_passive(&self, at: usize) -> bool {
        // "is opposed to": the subject opposes
        if self.tree.lemma(at) == "oppose" && self.agents(at).is_empty() {
            return false;
        }
        self.tree
            .children(at)
            .iter()
            .any(|c| matches!(self.tree.relation(*c), Relation::NsubjPass | Relation::AuxPass))
    }

    fn with_conjuncts(&self, head: usize) -> Vec<Phrase> {
        let mut phrases = self.cast.phrases(head);
        for other in self.tree.with(head, Relation::Conj).take(4) {
            if self.tree.is_noun(other) {
                phrases.extend(self.cast.phrases(other));
            }
        }
        phrases
    }

    /// Who does it: the subject, or the one of the clause that the verb depends on.
    fn subjects(&self, at: usize, depth: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let own = tree.children(at).iter().copied().find(|c| {
            matches!(tree.relation(*c), Relation::Nsubj | Relation::NsubjOuter)
                || (tree.lemma(at) == "oppose" && tree.relation(*c) == Relation::NsubjPass)
        });
        let up = tree.head(at).filter(|_| depth > 0);
        if let Some(subject) = own {
            let phrases = self.with_conjuncts(subject);
            let relative = tree.tokens[subject].xpos == Xpos::Wdt || tree.tokens[subject].xpos == Xpos::Wp;
            if relative && let Some(up) = up {
                return self.with_conjuncts(up);
            }
            let unresolved = phrases.iter().all(|p| p.pronoun && p.actor.code.is_none());
            if unresolved
                && let Some(up) = up
                && (tree.upos(up) == Upos::Verb || tree.child(up, Relation::Cop).is_some())
            {
                let speaker = self.subjects(up, depth - 1);
                if !speaker.is_empty() {
                    return speaker;
                }
            }
            return phrases;
        }
        let Some(up) = up else { return Vec::new() };
        let relation = tree.relation(at);
        if relation.is(Relation::Acl) {
            return self.with_conjuncts(up);
        }
        // "urged Syria to withdraw": the object acts
        if relation.is(Relation::Xcomp)
            && let Some(object) = tree.child(up, Relation::Obj)
            && !PHASE.contains(&tree.lemma(up))
        {
            return self.with_conjuncts(object);
        }
        let verbal = tree.upos(up) == Upos::Verb || tree.child(up, Relation::Cop).is_some();
        let inherits = [
            Relation::Conj,
            Relation::Xcomp,
            Relation::Advcl,
            Relation::Ccomp,
            Relation::Parataxis,
        ];
        if verbal && inherits.iter().any(|r| relation.is(*r)) {
            let passive = self.is_passive(up);
            if passive {
                return tree
                    .children(up)
                    .iter()
                    .copied()
                    .find(|c| tree.relation(*c) == Relation::NsubjPass)
                    .map_or(Vec::new(), |s| self.with_conjuncts(s));
            }
            return self.subjects(up, depth - 1);
        }
        Vec::new()
    }

    fn agents(&self, at: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let by = tree
            .with(at, Relation::Obl)
            .find(|c| tree.relation(*c) == Relation::OblAgent || tree.case(*c) == "by");
        by.map_or(Vec::new(), |agent| self.with_conjuncts(agent))
    }

    fn passive_targets(&self, at: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let subject = tree
            .children(at)
            .iter()
            .copied()
            .find(|c| tree.relation(*c) == Relation::NsubjPass);
        subject.map_or(Vec::new(), |s| self.with_conjuncts(s))
    }

    /// To whom: the noun phrase with a code that hangs nearest, objects before obliques before places.
    fn targets(&self, at: usize, coded: &Coded, taken: &[usize]) -> Vec<Phrase> {
        let tree = self.tree;
        let skip = |c: usize| {
            let relation = tree.relation(c);
            taken.contains(&c)
                || relation.is(Relation::Parataxis)
                || (relation.is(Relation::Conj) && tree.head(c) == Some(at) && !tree.is_noun(c))
                || (relation.is(Relation::Nsubj) && tree.head(c) == Some(at))
                || relation == Relation::AclRelcl
                || tree.has_lemma_child(
                    c,
                    Relation::Mark,
                    &[
                        "after", "before", "while", "because", "as", "since", "when", "although",
                    ],
                )
                || matches!(
                    tree.case(c),
                    "after" | "despite" | "since" | "during" | "before" | "following"
                )
        };
        let mut best: Option<(usize, usize, Vec<Phrase>)> = None;
        let mut plain: Option<Vec<Phrase>> = None;
        for (order, node) in tree.below(at, skip).into_iter().enumerate().skip(1) {
            if !tree.is_noun(node) {
                continue;
            }
            // modifiers speak through their head
            if matches!(
                tree.relation(node),
                Relation::Compound | Relation::Flat | Relation::Amod | Relation::Conj | Relation::Appos
            ) {
                continue;
            }
            let phrases: Vec<Phrase> = self
                .with_conjuncts(node)
                .into_iter()
                .filter(|p| !taken.contains(&p.head))
                .collect();
            let cost = self.target_cost(node, at, coded);
            if phrases.iter().any(|p| p.actor.code.is_some()) {
                if best.as_ref().is_none_or(|(c, o, _)| (cost, order) < (*c, *o)) {
                    best = Some((
                        cost,
                        order,
                        phrases.into_iter().filter(|p| p.actor.code.is_some()).collect(),
                    ));
                }
            } else if plain.is_none() && cost <= 2 && phrases.iter().any(|p| p.actor.sector.is_some()) {
                plain = Some(phrases);
            }
        }
        match (best, plain) {
            // a role without a country as object is the target; the country further off tells where
            (Some((cost, _, mut far)), Some(near))
                if cost >= 6 && matches!(coded.event_type, "ASSAULT" | "COERCE") =>
            {
                let code = far.swap_remove(0).actor.code;
                near.into_iter()
                    .map(|mut p| {
                        p.actor.code.clone_from(&code);
                        p
                    })
                    .collect()
            }
            (Some((_, _, phrases)), _) => phrases,
            (None, Some(near)) => near,
            (None, None) => Vec::new(),
        }
    }

    fn target_cost(&self, node: usize, at: usize, coded: &Coded) -> usize {
        let tree = self.tree;
        let direct = tree.head(node) == Some(at);
        let relation = tree.relation(node);
        let case = tree.case(node);
        let depth_cost = usize::from(!direct);
        depth_cost
            + match relation {
                Relation::Obj if direct => 0,
                Relation::Iobj => 0,
                Relation::Nsubj | Relation::NsubjPass => 1,
                Relation::Obj => 1,
                Relation::NmodPoss => 2,
                _ => match case {
                    "against" => 1,
                    "to" | "on" | "with" | "at" | "upon" => 2,
                    "between" | "toward" | "towards" => 2,
                    "from" if matches!(coded.event_type, "REJECT" | "REQUEST" | "RETREAT" | "CONCEDE") => 2,
                    "by" if matches!(coded.event_type, "REJECT" | "ACCUSE") => 2,
                    "for" | "of" => 3,
                    "in" | "into" | "inside" | "from" => 6,
                    _ => 4,
                },
            }
    }

    /// A role without a country takes the one of the other side, else the only one that the sentence names.
    fn share_codes(&self, at: usize, source: &mut [Phrase], target: &mut [Phrase]) {
        let only = self.cast.only_code().map(str::to_owned);
        let of = |side: &[Phrase]| side.iter().find_map(|p| p.actor.code.clone());
        let (from_source, from_target) = (of(source), of(target));
        let tree = self.tree;
        let here = tree
            .with(at, Relation::Obl)
            .chain(
                tree.with(at, Relation::Obj)
                    .flat_map(|o| tree.with(o, Relation::Nmod)),
            )
            .filter(|o| tree.case(*o) == "in")
            .find_map(|o| self.cast.phrases(o).into_iter().find_map(|p| p.actor.code));
        // "candidates urged China": a country that is named outright is not the home of whoever speaks to it; nor is
        // the home of those arrested that of the police
        let outright = target.iter().any(|p| self.cast.code_of_token(p.head).is_some());
        for phrase in source.iter_mut() {
            let Some(sector) = phrase
                .actor
                .sector
                .as_deref()
                .filter(|_| phrase.actor.code.is_none())
            else {
                continue;
            };
            let foreign = outright || (matches!(sector, "COP" | "JUD" | "MIL") && from_target.is_some());
            let shared = only.clone().or_else(|| from_target.clone()).filter(|_| !foreign);
            phrase.actor.code = here.clone().or(shared);
        }
        for phrase in target.iter_mut() {
            if phrase.actor.code.is_none() && phrase.actor.sector.is_some() {
                phrase.actor.code = from_source.clone().or_else(|| only.clone());
            }
        }
    }

    /// Whether enough speaks for a political event.
    fn holds(&self, at: usize, coded: &Coded, source: &[Phrase], target: &[Phrase]) -> bool {
        let political = |side: &[Phrase]| side.iter().any(|p| p.political);
        let coded_side = |side: &[Phrase]| side.iter().any(|p| p.actor.code.is_some());
        let roles = |side: &[Phrase]| {
            side.iter()
                .any(|p| p.actor.sector.is_some() || p.actor.code.is_some())
        };
        if coded.negative
            && !matches!(coded.event_type, "REJECT")
            && coded.about.is_none()
            && !political(source)
        {
            return false;
        }
        let acting = political(source)
            || (roles(source)
                && coded_side(source)
                && (political(target)
                    || matches!(
                        coded.event_type,
                        "PROTEST" | "ASSAULT" | "REQUEST" | "ACCUSE" | "AID" | "CONSULT"
                    )));
        if matches!(
            coded.decided_by.map(|d| self.tree.lemma(d)),
            Some("rocket" | "missile")
        ) && !coded_side(target)
        {
            // a test or a satellite, not an attack
            return false;
        }
        let violent = matches!(coded.event_type, "ASSAULT" | "COERCE" | "PROTEST");
        if coded.strong && !violent && !coded_side(source) && !source.is_empty() {
            return false;
        }
        if coded.strong {
            let agentless = source.is_empty() && matches!(coded.event_type, "ASSAULT" | "COERCE" | "ACCUSE");
            return acting || (agentless && (political(target) || coded_side(target)));
        }
        match self.tree.lemma(at) {
            // "results demonstrate that", "he supported the idea": with an object they are something else
            "demonstrate" | "rally" | "march" => {
                let army = source.iter().any(|p| p.actor.sector.as_deref() == Some("MIL"));
                return !army
                    && roles(source)
                    && self.tree.child(at, Relation::Obj).is_none()
                    && self.tree.child(at, Relation::Ccomp).is_none();
            }
            "kill" | "wound" | "injure" if source.is_empty() => {
                return self.violent_means(at) && (roles(target) || self.cast.names_any());
            }
            _ => {}
        }
        let intransitive = matches!(
            coded.event_type,
            "AGREE" | "REJECT" | "RETREAT" | "CONCEDE" | "REQUEST" | "PROTEST"
        );
        acting && coded_side(source) && (roles(target) || (intransitive && political(source)))
    }

    /// "killed in a car bomb attack".
    fn violent_means(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.with(at, Relation::Obl).any(|c| {
            let all = tree.below(c, |n| tree.relation(n).is(Relation::Acl));
            all.into_iter().any(|n| {
                matches!(
                    tree.lemma(n),
                    "attack"
                        | "bomb"
                        | "bombing"
                        | "shooting"
                        | "airstrike"
                        | "raid"
                        | "ambush"
                        | "shelling"
                        | "strike"
                        | "clash"
                        | "gunfire"
                        | "gunbattle"
                        | "missile"
                        | "rocket"
                )
            })
        })
    }
}
