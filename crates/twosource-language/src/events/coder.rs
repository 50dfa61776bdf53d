//! Codes one sentence: triggers top down, what they mean, and who stands on either side.

use twosource_model::{Actor, Event, Modality, Polarity, Relation, Upos, Xpos};

use super::actors::{Cast, Phrase};
use super::lexicon::{Reading, Words, is_friendly, is_hostile};
use super::tree::Tree;

/// How deep promises of demands of promises are followed.
const DEPTH: usize = 4;

/// Verbs that tell what somebody said: they are no events and pass their subject on.
const SAYING: &[&str] = &[
    "add", "announce", "assert", "claim", "conclude", "confirm", "declare", "disclose", "explain", "hint", "indicate",
    "insist", "note", "quote", "reiterate", "repeat", "report", "reveal", "say", "state", "stress", "suggest", "tell",
];
/// Verbs and adjectives that bind their subject to what follows.
const PROMISING: &[&str] = &[
    "agree", "commit", "committed", "offer", "pledge", "prepared", "promise", "ready", "undertake", "volunteer", "vow",
    "willing",
];
/// Verbs of intention: what is intended decides.
const INTENDING: &[&str] = &["decide", "intend", "plan", "prepare", "resolve"];
/// Verbs of phase and attempt: the event is what follows.
const PHASE: &[&str] = &["attempt", "begin", "continue", "go", "help", "keep", "manage", "order", "resume", "start", "try"];

/// What a verb was taken for.
#[derive(Debug, Clone)]
struct Coded {
    event_type: &'static str,
    mode: Option<&'static str>,
    cameo: &'static str,
    strong: bool,
    /// The complement that it takes with it.
    about: Option<usize>,
    /// The noun that decided a light verb.
    decided_by: Option<usize>,
    negative: bool,
    planned: bool,
}

/// Codes the events of one sentence.
pub(super) struct Coder<'a> {
    pub tree: &'a Tree<'a>,
    pub cast: &'a Cast<'a>,
}

impl Coder<'_> {
    /// The events, outer before inner.
    pub fn events(&self) -> Vec<Event> {
        let tree = self.tree;
        let roots = (tree.first..tree.end).filter(|at| tree.head(*at).is_none());
        let mut consumed = vec![false; tree.end - tree.first];
        let mut events = Vec::new();
        for root in roots {
            for node in tree.below(root, |_| false) {
                if consumed[node - tree.first] || !self.may_trigger(node) {
                    continue;
                }
                let Some(coded) = self.demand_in_speech(node).or_else(|| self.code(node, DEPTH)) else {
                    continue;
                };
                if let Some(about) = coded.about {
                    for below in tree.below(about, |_| false) {
                        consumed[below - tree.first] = true;
                    }
                }
                events.extend(self.event(node, &coded));
            }
        }
        events
    }

    fn may_trigger(&self, at: usize) -> bool {
        let relation = self.tree.relation(at);
        let predicate = match self.tree.tokens[at].upos {
            Upos::Verb => true,
            Upos::Adj | Upos::Noun => self.tree.child(at, Relation::Cop).is_some(),
            _ => false,
        };
        predicate && !relation.is(Relation::Amod) && !relation.is(Relation::Compound) && !relation.is(Relation::Acl)
    }

    // ---- what it means ------------------------------------------------------------------------------------------

    fn code(&self, at: usize, depth: usize) -> Option<Coded> {
        let tree = self.tree;
        let lemma = tree.lemma(at);
        let complement = self.complement(at);
        let inner = || complement.filter(|_| depth > 0).and_then(|c| self.code(c, depth - 1));
        let composed = |event_type, cameo, about| Coded {
            event_type,
            mode: None,
            cameo,
            strong: true,
            about,
            decided_by: None,
            negative: false,
            planned: true,
        };
        if PROMISING.contains(&lemma) && complement.is_some() {
            let hostile = inner().is_some_and(|i| is_hostile(i.event_type));
            let ceasing = complement.is_some_and(|c| matches!(tree.lemma(c), "postpone" | "end" | "stop" | "halt" | "cancel" | "suspend"));
            if hostile && !ceasing {
                return Some(composed("THREATEN", "130", complement));
            }
            return Some(Coded {
                strong: inner().is_some() || tree.tokens[at].upos == Upos::Verb,
                ..self.negated(at, composed("AGREE", "030", complement))
            });
        }
        if INTENDING.contains(&lemma) && complement.is_some() {
            let inner = inner()?;
            let about = complement;
            return match inner.event_type {
                t if is_hostile(t) => Some(composed("THREATEN", "130", about)),
                t if is_friendly(t) && lemma != "decide" => Some(composed("AGREE", "030", about)),
                _ => Some(Coded { about, ..inner }),
            };
        }
        if PHASE.contains(&lemma) {
            if let Some(inner) = inner() {
                return Some(Coded {
                    about: complement,
                    ..inner
                });
            }
        }
        if lemma == "fail" {
            let object = complement.or_else(|| tree.child(at, Relation::Obj))?;
            let friendly = self.code(object, depth.checked_sub(1)?).is_some_and(|i| is_friendly(i.event_type));
            return friendly.then(|| composed("REJECT", "120", Some(object)));
        }
        if tree.tokens[at].upos != Upos::Verb {
            return self.predicate(at);
        }
        let (reading, decided_by) = self.reading(at)?;
        let takes_all = matches!(reading.event_type, "REQUEST" | "REJECT" | "THREATEN" | "AGREE" | "ACCUSE" | "CONCEDE");
        let coded = Coded {
            event_type: reading.event_type,
            mode: reading.mode,
            cameo: reading.cameo,
            strong: reading.strong,
            about: complement.filter(|_| takes_all),
            decided_by,
            negative: false,
            planned: false,
        };
        // a claim that is rejected, a rumour that is denied: a statement
        if reading.event_type == "REJECT" && self.object_is(at, &["claim", "allegation", "accusation", "report", "charge", "suggestion", "notion", "criticism", "rumour", "rumor", "idea"]) && reading.object == "*" {
            return None;
        }
        let coded = self.negated(at, coded);
        Some(if self.is_future(at) { self.planned(coded) } else { coded })
    }

    /// "is opposed to", "is under investigation", "is guilty of violating".
    fn predicate(&self, at: usize) -> Option<Coded> {
        let lemma = self.tree.lemma(at);
        let (event_type, cameo) = match lemma {
            "opposed" => ("REJECT", "120"),
            "critical" => ("ACCUSE", "111"),
            "alert" if self.tree.case(at) == "on" => ("MOBILIZE", "152"),
            "strike" if self.tree.case(at) == "on" => ("PROTEST", "143"),
            "question" if self.tree.case(at) == "out" => ("REJECT", "120"),
            _ => return None,
        };
        Some(Coded {
            event_type,
            mode: None,
            cameo,
            strong: true,
            about: None,
            decided_by: None,
            negative: self.is_negated(at),
            planned: false,
        })
    }

    /// "Russia said Sudan must return the helicopter."
    fn demand_in_speech(&self, at: usize) -> Option<Coded> {
        let tree = self.tree;
        if !SAYING.contains(&tree.lemma(at)) {
            return None;
        }
        let told = tree.child(at, Relation::Ccomp)?;
        let owed = tree.has_lemma_child(told, Relation::Aux, &["must", "should"]);
        if !owed {
            return None;
        }
        let other = tree.with(told, Relation::Nsubj).next()?;
        let coded = self.cast.phrases(other).iter().any(|p| p.actor.code.is_some());
        coded.then_some(Coded {
            event_type: "REQUEST",
            mode: None,
            cameo: "100",
            strong: true,
            about: Some(told),
            decided_by: None,
            negative: false,
            planned: false,
        })
    }

    fn planned(&self, coded: Coded) -> Coded {
        let (event_type, cameo) = match coded.event_type {
            t if is_hostile(t) => ("THREATEN", "130"),
            t if is_friendly(t) => ("AGREE", "030"),
            t => (t, coded.cameo),
        };
        let (event_type, cameo) = if coded.negative && is_friendly(coded.event_type) {
            ("REJECT", "120")
        } else {
            (event_type, cameo)
        };
        Coded {
            negative: coded.negative && event_type != "REJECT",
            mode: coded.mode.filter(|_| event_type == coded.event_type),
            event_type,
            cameo,
            planned: true,
            ..coded
        }
    }

    fn negated(&self, at: usize, coded: Coded) -> Coded {
        Coded {
            negative: self.is_negated(at),
            ..coded
        }
    }

    fn is_negated(&self, at: usize) -> bool {
        self.tree.has_lemma_child(at, Relation::Advmod, &["not", "never", "n't", "neither"])
    }

    fn is_future(&self, at: usize) -> bool {
        self.tree.has_lemma_child(at, Relation::Aux, &["will", "shall", "would", "wo", "'ll", "ll", "could"])
    }

    /// The best reading of a verb with what it has beside it, and the noun that decided.
    fn reading(&self, at: usize) -> Option<(Reading, Option<usize>)> {
        let tree = self.tree;
        let words = Words::get();
        let readings = words.verb(tree.lemma(at));
        if readings.is_empty() {
            return None;
        }
        let objects = self.objects(at);
        let particles: Vec<&str> = tree
            .children(at)
            .iter()
            .flat_map(|c| {
                let own = (tree.relation(*c) == Relation::CompoundPrt || tree.relation(*c).is(Relation::Advmod)).then(|| tree.lemma(*c));
                let case = tree.relation(*c).is(Relation::Obl).then(|| tree.case(*c));
                [own, case]
            })
            .flatten()
            .collect();
        readings
            .iter()
            .filter_map(|reading| {
                let particle = reading.particle == "-" || particles.contains(&reading.particle);
                if !particle {
                    return None;
                }
                let decided_by = if reading.object == "*" {
                    None
                } else {
                    let fits = |o: &&usize| words.is_noun(tree.lemma(**o), reading.object) || tree.lemma(**o) == reading.object;
                    Some(*objects.iter().find(fits)?)
                };
                let rank = 2 * usize::from(decided_by.is_some()) + usize::from(reading.particle != "-");
                Some((rank, (*reading, decided_by)))
            })
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, found)| found)
    }

    /// Nouns that can decide a light verb: object, passive subject, obliques, and what stands under them.
    fn objects(&self, at: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut objects = Vec::new();
        for relation in [Relation::Obj, Relation::NsubjPass, Relation::Obl, Relation::Xcomp] {
            for child in tree.with(at, relation) {
                if relation == Relation::NsubjPass && tree.relation(child) != Relation::NsubjPass {
                    continue;
                }
                objects.push(child);
                objects.extend(tree.with(child, Relation::Conj));
                if relation == Relation::Obj {
                    objects.extend(tree.with(child, Relation::Nmod));
                    objects.extend(tree.with(child, Relation::Compound));
                }
            }
        }
        objects
    }

    fn object_is(&self, at: usize, lemmas: &[&str]) -> bool {
        [Relation::Obj, Relation::NsubjPass]
            .iter()
            .any(|r| self.tree.children(at).iter().any(|c| self.tree.relation(*c) == *r && lemmas.contains(&self.tree.lemma(*c))))
    }

    /// The clause that a verb or adjective governs.
    fn complement(&self, at: usize) -> Option<usize> {
        let tree = self.tree;
        let clause = tree.child(at, Relation::Xcomp).or_else(|| tree.child(at, Relation::Ccomp));
        clause
            .or_else(|| {
                // "a plan to", "willing to" parsed as an adverbial clause
                tree.with(at, Relation::Advcl).find(|c| tree.has_lemma_child(*c, Relation::Mark, &["to"]) || tree.tokens[*c].xpos == Xpos::Vbg && tree.has_lemma_child(*c, Relation::Mark, &["to", "on"]))
            })
            .filter(|c| matches!(tree.tokens[*c].upos, Upos::Verb | Upos::Adj | Upos::Noun))
    }

    // ---- who --------------------------------------------------------------------------------------------------

    fn event(&self, at: usize, coded: &Coded) -> Option<Event> {
        let passive = self.is_passive(at);
        let mut source = if passive { self.agents(at) } else { self.subjects(at, DEPTH) };
        let taken: Vec<usize> = source.iter().map(|p| p.head).collect();
        let mut target = if passive { self.passive_targets(at) } else { Vec::new() };
        if target.iter().all(|p| p.actor.code.is_none()) {
            let found = self.targets(at, coded, &taken);
            if found.iter().any(|p| p.actor.code.is_some()) || target.is_empty() {
                target = found;
            }
        }
        let mutual = matches!(coded.event_type, "CONSULT" | "AGREE" | "COOPERATE" | "SUPPORT" | "REJECT");
        let codes = |side: &[Phrase]| {
            let mut codes: Vec<String> = side.iter().filter_map(|p| p.actor.code.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.len()
        };
        let joint = source.iter().filter(|p| p.actor.code.is_some()).count() > 1 && codes(&source) > 1;
        let transitive = self.tree.children(at).iter().any(|c| {
            self.tree.relation(*c) == Relation::Obj && self.cast.phrases(*c).iter().any(|p| p.actor.code.is_some()) && coded.decided_by.is_none()
        });
        let reciprocal = mutual && joint && !transitive && (coded.event_type != "REJECT" || coded.planned);
        if reciprocal {
            target.clear();
        }
        self.share_codes(&mut source, &mut target);
        if !self.holds(at, coded, &source, &target) {
            return None;
        }
        let actors = |side: Vec<Phrase>| -> Vec<Actor> {
            side.into_iter().filter(|p| !p.pronoun || p.actor.code.is_some()).map(|p| p.actor).collect()
        };
        let clause = self.tree.extent(at, |c| self.tree.relation(c).is(Relation::Parataxis));
        Some(Event {
            event_type: coded.event_type.to_owned(),
            mode: coded.mode.map(str::to_owned),
            cameo: Some(coded.cameo.to_owned()),
            source: actors(source),
            target: actors(target),
            trigger: self.tree.tokens[at].span,
            span: self.tree.tokens[clause.0].span.hull(self.tree.tokens[clause.1].span),
            polarity: if coded.negative { Polarity::Negative } else { Polarity::Positive },
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
            || tree.head(at).is_some_and(|h| matches!(tree.lemma(h), "allege" | "claim" | "believe" | "suspect" | "accuse"));
        if alleged {
            return Modality::Alleged;
        }
        if coded.planned || self.is_future(at) {
            return Modality::Planned;
        }
        match tree.head(at).map(|h| tree.lemma(h)) {
            Some("urge" | "demand" | "ask" | "order" | "call" | "request") if tree.relation(at).is(Relation::Xcomp) || tree.relation(at).is(Relation::Ccomp) => Modality::Requested,
            _ => Modality::Actual,
        }
    }

    fn is_passive(&self, at: usize) -> bool {
        self.tree.children(at).iter().any(|c| matches!(self.tree.relation(*c), Relation::NsubjPass | Relation::AuxPass))
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
        let own = tree
            .children(at)
            .iter()
            .copied()
            .find(|c| matches!(tree.relation(*c), Relation::Nsubj | Relation::NsubjOuter));
        let up = tree.head(at).filter(|_| depth > 0);
        if let Some(subject) = own {
            let phrases = self.with_conjuncts(subject);
            let relative = tree.tokens[subject].xpos == Xpos::Wdt || tree.tokens[subject].xpos == Xpos::Wp;
            if relative && let Some(up) = up {
                return self.with_conjuncts(up);
            }
            let unresolved = phrases.iter().all(|p| p.pronoun && p.actor.code.is_none());
            if unresolved && let Some(up) = up && (tree.tokens[up].upos == Upos::Verb || tree.child(up, Relation::Cop).is_some()) {
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
        if relation.is(Relation::Xcomp) && let Some(object) = tree.child(up, Relation::Obj) && !PHASE.contains(&tree.lemma(up)) {
            return self.with_conjuncts(object);
        }
        let verbal = tree.tokens[up].upos == Upos::Verb || tree.child(up, Relation::Cop).is_some();
        let inherits = [Relation::Conj, Relation::Xcomp, Relation::Advcl, Relation::Ccomp, Relation::Parataxis];
        if verbal && inherits.iter().any(|r| relation.is(*r)) {
            let passive = self.is_passive(up);
            if passive {
                return tree.children(up).iter().copied().find(|c| tree.relation(*c) == Relation::NsubjPass).map_or(Vec::new(), |s| self.with_conjuncts(s));
            }
            return self.subjects(up, depth - 1);
        }
        Vec::new()
    }

    fn agents(&self, at: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let by = tree.with(at, Relation::Obl).find(|c| tree.relation(*c) == Relation::OblAgent || tree.case(*c) == "by");
        by.map_or(Vec::new(), |agent| self.with_conjuncts(agent))
    }

    fn passive_targets(&self, at: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let subject = tree.children(at).iter().copied().find(|c| tree.relation(*c) == Relation::NsubjPass);
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
                || tree.has_lemma_child(c, Relation::Mark, &["after", "before", "while", "because", "as", "since", "when", "although"])
                || matches!(tree.case(c), "after" | "despite" | "since" | "during" | "before" | "following")
        };
        let mut best: Option<(usize, usize, Vec<Phrase>)> = None;
        let mut plain: Option<Vec<Phrase>> = None;
        for (order, node) in tree.below(at, skip).into_iter().enumerate().skip(1) {
            if !tree.is_noun(node) {
                continue;
            }
            // modifiers speak through their head
            if matches!(tree.relation(node), Relation::Compound | Relation::Flat | Relation::Amod | Relation::Conj | Relation::Appos) {
                continue;
            }
            let phrases: Vec<Phrase> = self.with_conjuncts(node).into_iter().filter(|p| !taken.contains(&p.head)).collect();
            let cost = self.target_cost(node, at, coded);
            if phrases.iter().any(|p| p.actor.code.is_some()) {
                if best.as_ref().is_none_or(|(c, o, _)| (cost, order) < (*c, *o)) {
                    best = Some((cost, order, phrases.into_iter().filter(|p| p.actor.code.is_some()).collect()));
                }
            } else if plain.is_none() && cost <= 2 && phrases.iter().any(|p| p.actor.sector.is_some()) {
                plain = Some(phrases);
            }
        }
        match (best, plain) {
            // a role without a country as object is the target; the country further off tells where
            (Some((cost, _, mut far)), Some(near)) if cost >= 6 && matches!(coded.event_type, "ASSAULT" | "COERCE") => {
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
    fn share_codes(&self, source: &mut [Phrase], target: &mut [Phrase]) {
        let only = self.cast.only_code().map(str::to_owned);
        let of = |side: &[Phrase]| side.iter().find_map(|p| p.actor.code.clone());
        let (from_source, from_target) = (of(source), of(target));
        for phrase in source.iter_mut() {
            if phrase.actor.code.is_none() && phrase.actor.sector.is_some() {
                phrase.actor.code = only.clone().or_else(|| from_target.clone());
            }
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
        let roles = |side: &[Phrase]| side.iter().any(|p| p.actor.sector.is_some() || p.actor.code.is_some());
        if coded.negative && !matches!(coded.event_type, "REJECT") && coded.about.is_none() && !political(source) {
            return false;
        }
        let acting = political(source) || (roles(source) && coded_side(source) && (political(target) || matches!(coded.event_type, "PROTEST" | "ASSAULT" | "REQUEST" | "ACCUSE" | "AID" | "CONSULT")));
        if coded.strong {
            let agentless = source.is_empty() && matches!(coded.event_type, "ASSAULT" | "COERCE" | "ACCUSE");
            return acting || (agentless && (political(target) || coded_side(target)));
        }
        match self.tree.lemma(at) {
            // "results demonstrate that", "he supported the idea": with an object they are something else
            "demonstrate" | "rally" | "march" => {
                return roles(source) && self.tree.child(at, Relation::Obj).is_none() && self.tree.child(at, Relation::Ccomp).is_none();
            }
            "kill" | "wound" | "injure" if source.is_empty() => {
                return self.violent_means(at) && (roles(target) || self.cast.names_any());
            }
            _ => {}
        }
        let intransitive = matches!(coded.event_type, "AGREE" | "REJECT" | "RETREAT" | "CONCEDE" | "REQUEST" | "PROTEST");
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
                    "attack" | "bomb" | "bombing" | "shooting" | "airstrike" | "raid" | "ambush" | "shelling" | "strike" | "clash" | "gunfire" | "gunbattle" | "missile" | "rocket"
                )
            })
        })
    }
}
