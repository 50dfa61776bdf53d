//! Codes one sentence: triggers top down, what they mean, and who stands on either side.

use twosource_model::{Event, Relation, Upos, Xpos};

use super::actors::Cast;
use super::lexicon::{Reading, Words, is_friendly, is_hostile};
use super::tree::Tree;

/// How deep promises of demands of promises are followed.
pub(super) const DEPTH: usize = 4;

/// Verbs that tell what somebody said: they are no events and pass their subject on.
const SAYING: &[&str] = &[
    "add",
    "announce",
    "assert",
    "claim",
    "conclude",
    "confirm",
    "declare",
    "disclose",
    "explain",
    "hint",
    "indicate",
    "insist",
    "note",
    "quote",
    "reiterate",
    "repeat",
    "report",
    "reveal",
    "say",
    "state",
    "stress",
    "suggest",
    "tell",
];
/// Verbs and adjectives that bind their subject to what follows.
const PROMISING: &[&str] = &[
    "agree",
    "commit",
    "committed",
    "offer",
    "pledge",
    "prepared",
    "promise",
    "ready",
    "undertake",
    "volunteer",
    "vow",
    "willing",
];
/// Verbs of intention: what is intended decides.
const INTENDING: &[&str] = &["decide", "intend", "plan", "prepare", "resolve"];
/// Verbs of phase and attempt: the event is what follows.
pub(super) const PHASE: &[&str] = &[
    "attempt", "begin", "continue", "go", "help", "keep", "manage", "order", "resume", "start", "try",
];

/// What a verb was taken for.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub event_type: &'static str,
    pub mode: Option<&'static str>,
    pub cameo: &'static str,
    pub strong: bool,
    /// The complement that it takes with it.
    pub about: Option<usize>,
    /// The noun that decided a light verb.
    pub decided_by: Option<usize>,
    pub negative: bool,
    pub planned: bool,
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
            // what is told of a noun beside the clause is background
            let background = |c: usize| tree.relation(c).is(Relation::Acl) && !self.is_misread_past(c);
            for node in tree.below(root, background) {
                if consumed[node - tree.first] || !self.may_trigger(node) {
                    continue;
                }
                let Some(coded) = self.demand_in_speech(node).or_else(|| self.code(node, DEPTH)) else {
                    continue;
                };
                for part in tree
                    .children(node)
                    .iter()
                    .copied()
                    .filter(|c| self.goes_with(*c, &coded))
                {
                    for below in tree.below(part, |_| false) {
                        consumed[below - tree.first] = true;
                    }
                }
                events.extend(self.event(node, &coded));
            }
        }
        events
    }

    /// Parts that tell no event of their own: what a demand is about, the purpose of a deed, the demands of a protest.
    fn goes_with(&self, part: usize, coded: &Coded) -> bool {
        let tree = self.tree;
        if coded.about == Some(part) {
            return true;
        }
        let clause = tree.relation(part).is(Relation::Advcl) || tree.relation(part).is(Relation::Xcomp);
        let purpose = tree.has_lemma_child(part, Relation::Mark, &["to"]);
        let demand = tree.tokens[part].xpos == Xpos::Vbg
            && matches!(coded.event_type, "PROTEST" | "REQUEST" | "REJECT" | "ACCUSE")
            && self
                .reading(part)
                .is_some_and(|(r, _)| matches!(r.event_type, "REQUEST" | "PROTEST" | "ACCUSE"));
        // "attacked the camp, killing nine": one deed
        let result = tree.tokens[part].xpos == Xpos::Vbg
            && self
                .reading(part)
                .is_some_and(|(r, _)| r.event_type == coded.event_type);
        clause && (purpose || demand || result)
    }

    /// "A U.S. official praised Haiti and said ...": the first verb was read as describing the official.
    fn is_misread_past(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.relation(at) == Relation::Acl
            && (tree.tokens[at].xpos == Xpos::Vbd
                || (tree.tokens[at].xpos == Xpos::Vbn && tree.child(at, Relation::Obj).is_some()))
    }

    fn may_trigger(&self, at: usize) -> bool {
        let relation = self.tree.relation(at);
        // "amid fighting": a noun in all but form
        if self.tree.child(at, Relation::Case).is_some() && self.tree.child(at, Relation::Cop).is_none() {
            return false;
        }
        let predicate = match self.tree.upos(at) {
            Upos::Verb => true,
            Upos::Adj | Upos::Noun => self.tree.child(at, Relation::Cop).is_some(),
            _ => false,
        };
        predicate && !relation.is(Relation::Amod) && !relation.is(Relation::Compound)
    }

    // ---- what it means ------------------------------------------------------------------------------------------

    pub(super) fn code(&self, at: usize, depth: usize) -> Option<Coded> {
        let tree = self.tree;
        let lemma = tree.lemma(at);
        let complement = self.complement(at);
        let inner = || {
            complement
                .filter(|_| depth > 0)
                .and_then(|c| self.code(c, depth - 1))
        };
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
            let ceasing = complement.is_some_and(|c| {
                matches!(
                    tree.lemma(c),
                    "postpone" | "end" | "stop" | "halt" | "cancel" | "suspend"
                )
            });
            if hostile && !ceasing {
                return Some(composed("THREATEN", "130", complement));
            }
            return Some(Coded {
                strong: inner().is_some() || tree.upos(at) == Upos::Verb,
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
        if PHASE.contains(&lemma)
            && let Some(inner) = inner()
        {
            return Some(Coded {
                about: complement,
                ..inner
            });
        }
        if lemma == "fail" {
            let object = complement.or_else(|| tree.child(at, Relation::Obj))?;
            let friendly = self
                .code(object, depth.checked_sub(1)?)
                .is_some_and(|i| is_friendly(i.event_type));
            return friendly.then(|| composed("REJECT", "120", Some(object)));
        }
        if tree.upos(at) != Upos::Verb {
            return self.predicate(at);
        }
        let (reading, decided_by) = self.reading(at)?;
        let takes_all = matches!(
            reading.event_type,
            "REQUEST" | "REJECT" | "THREATEN" | "AGREE" | "ACCUSE" | "CONCEDE"
        );
        let coded = Coded {
            event_type: reading.event_type,
            mode: reading.mode,
            cameo: reading.cameo,
            strong: reading.strong,
            about: complement.filter(|_| takes_all),
            decided_by,
            negative: false,
            planned: reading.event_type == "THREATEN",
        };
        // a claim that is rejected, a rumour that is denied: a statement
        if reading.event_type == "REJECT"
            && self.object_is(
                at,
                &[
                    "claim",
                    "allegation",
                    "accusation",
                    "report",
                    "charge",
                    "suggestion",
                    "notion",
                    "criticism",
                    "rumour",
                    "rumor",
                    "idea",
                ],
            )
            && reading.object == "*"
        {
            return None;
        }
        let coded = self.negated(at, coded);
        Some(if self.is_future(at) {
            self.planned(coded)
        } else {
            coded
        })
    }

    /// "is opposed to", "is under investigation", "is guilty of violating".
    fn predicate(&self, at: usize) -> Option<Coded> {
        let lemma = self.tree.lemma(at);
        let (event_type, cameo) = match lemma {
            "opposed" => ("REJECT", "120"),
            "critical"
                if self
                    .tree
                    .with(at, Relation::Obl)
                    .any(|o| self.tree.case(o) == "of") =>
            {
                ("ACCUSE", "111")
            }
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

    pub(super) fn is_negated(&self, at: usize) -> bool {
        self.tree
            .has_lemma_child(at, Relation::Advmod, &["not", "never", "n't", "neither"])
            || [Relation::Nsubj, Relation::Obj].iter().any(|r| {
                self.tree
                    .with(at, *r)
                    .any(|c| self.tree.has_lemma_child(c, Relation::Det, &["no"]))
            })
    }

    pub(super) fn is_future(&self, at: usize) -> bool {
        self.tree
            .has_lemma_child(at, Relation::Aux, &["will", "shall", "would", "wo", "'ll", "ll"])
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
                let own = (tree.relation(*c) == Relation::CompoundPrt
                    || tree.relation(*c).is(Relation::Advmod))
                .then(|| tree.lemma(*c));
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
                    let fits = |o: &&usize| {
                        words.is_noun(tree.lemma(**o), reading.object) || tree.lemma(**o) == reading.object
                    };
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
        [Relation::Obj, Relation::NsubjPass].iter().any(|r| {
            self.tree
                .children(at)
                .iter()
                .any(|c| self.tree.relation(*c) == *r && lemmas.contains(&self.tree.lemma(*c)))
        })
    }

    /// The clause that a verb or adjective governs.
    fn complement(&self, at: usize) -> Option<usize> {
        let tree = self.tree;
        let clause = tree
            .child(at, Relation::Xcomp)
            .or_else(|| tree.child(at, Relation::Ccomp));
        clause
            .or_else(|| {
                // "a plan to", "willing to" parsed as an adverbial clause
                tree.with(at, Relation::Advcl).find(|c| {
                    tree.has_lemma_child(*c, Relation::Mark, &["to"])
                        || tree.tokens[*c].xpos == Xpos::Vbg
                            && tree.has_lemma_child(*c, Relation::Mark, &["to", "on"])
                })
            })
            .filter(|c| matches!(tree.upos(*c), Upos::Verb | Upos::Adj | Upos::Noun))
    }
}
