//! How sure a report is of what a clause says, and whether the clause says no.
//!
//! Read off the predicate and its helpers: "may" in a relative clause makes nothing of the main clause uncertain.

use twosource_model::{Certainty, Relation};

use super::tree::Tree;
use crate::words::{Vocabulary, Word, WordKind, is_negation};

const HEDGING_HELPERS: &[&str] = &["may", "might", "could"];
const HEDGING_ADVERBS: &[&str] = &[
    "apparently",
    "possibly",
    "perhaps",
    "probably",
    "likely",
    "presumably",
    "maybe",
    "seemingly",
];
const HEDGING_VERBS: &[&str] = &["appear", "seem"];
const BELIEFS: &[&str] = &["believe", "think", "suspect", "understand", "presume", "fear"];
const ALLEGING_ADVERBS: &[&str] = &["allegedly", "reportedly", "purportedly", "supposedly"];
const ALLEGING_VERBS: &[&str] = &["allege", "accuse", "suspect", "say", "report"];
const PLANNING_HELPERS: &[&str] = &["will", "would", "shall", "'ll", "’ll"];
const PLANNING_WORDS: &[&str] = &[
    "plan", "expect", "schedule", "intend", "hope", "aim", "due", "set", "prepare", "promise", "vow",
    "pledge", "likely",
];
const DENIALS: &[&str] = &[
    "deny",
    "denies",
    "denied",
    "denying",
    "reject",
    "rejects",
    "rejected",
    "dispute",
    "disputes",
    "disputed",
    "dismiss",
    "dismisses",
    "dismissed",
    "refute",
    "refutes",
    "refuted",
];

/// How sure the report is of the clause with predicate `main`, given the cue that it is laid to, if it is.
pub fn certainty(tree: &Tree<'_>, main: Option<usize>, text: &str, cue: Option<&str>) -> Certainty {
    if cue.is_some_and(|cue| cue.split_whitespace().any(|w| DENIALS.contains(&w))) {
        return Certainty::Denied;
    }
    let own = match main {
        Some(main) if tree.is_parsed() => of_predicate(tree, main),
        _ => of_words(text),
    };
    match own {
        Certainty::Stated if cue.is_some() => Certainty::Alleged,
        other => other,
    }
}

fn of_predicate(tree: &Tree<'_>, main: usize) -> Certainty {
    let lemma = |at: usize| tree.tokens[at].lemma.as_str();
    let has = |relation: Relation, list: &[&str]| {
        tree.children(main)
            .any(|c| tree.tokens[c].relation.is(relation) && list.contains(&lemma(c)))
    };
    let governs = tree.child(main, Relation::Xcomp).is_some();
    let passive = tree
        .children(main)
        .any(|c| tree.tokens[c].relation == Relation::AuxPass);
    let below = |list: &[&str]| {
        tree.child(main, Relation::Xcomp).is_some_and(|x| {
            tree.children(x)
                .any(|c| tree.tokens[c].relation == Relation::Advmod && list.contains(&lemma(c)))
        })
    };
    if has(Relation::Advmod, ALLEGING_ADVERBS)
        || below(ALLEGING_ADVERBS)
        || (governs && passive && ALLEGING_VERBS.contains(&lemma(main)))
    {
        Certainty::Alleged
    } else if tree
        .children(main)
        .any(|c| tree.tokens[c].relation.is(Relation::Aux) && hedges(tree, main, c))
        || has(Relation::Advmod, HEDGING_ADVERBS)
        || (governs && HEDGING_VERBS.contains(&lemma(main)))
        || (governs && passive && BELIEFS.contains(&lemma(main)))
    {
        Certainty::Hedged
    } else if has(Relation::Aux, PLANNING_HELPERS)
        || (governs && PLANNING_WORDS.contains(&lemma(main)))
        || is_to(tree, main)
    {
        Certainty::Planned
    } else {
        Certainty::Stated
    }
}

/// Whether a helper of `main` hedges; what somebody "could not" do was not done.
fn hedges(tree: &Tree<'_>, main: usize, helper: usize) -> bool {
    let lemma = tree.tokens[helper].lemma.as_str();
    let perfect = || tree.children(main).any(|c| tree.tokens[c].lemma == "have");
    let negated = || tree.children(main).any(|c| is_negation(&tree.tokens[c].lemma));
    HEDGING_HELPERS.contains(&lemma) && !(lemma == "could" && negated() && !perfect())
}

/// "is to visit": a form of "be" that governs a bare infinitive with "to".
fn is_to(tree: &Tree<'_>, main: usize) -> bool {
    let infinitive = |at: usize| {
        tree.children(at)
            .any(|c| tree.tokens[c].relation == Relation::Mark && tree.tokens[c].lemma == "to")
    };
    let be = |at: usize| tree.tokens[at].lemma == "be";
    (be(main) && tree.child(main, Relation::Xcomp).is_some_and(infinitive))
        || (infinitive(main)
            && tree.children(main).any(|c| {
                be(c)
                    && (tree.tokens[c].relation.is(Relation::Aux) || tree.tokens[c].relation == Relation::Cop)
            }))
}

/// Whether a text has a word that hedges.
pub fn has_hedge(text: &str) -> bool {
    has_word(text, HEDGING_HELPERS) || has_word(text, HEDGING_ADVERBS)
}

/// Whether a text has a word that leaves what is told to somebody unnamed ("reportedly").
pub fn has_allegation(text: &str) -> bool {
    has_word(text, ALLEGING_ADVERBS)
}

/// Whether a text has one of these words, given in lower case.
pub fn has_word(text: &str, list: &[&str]) -> bool {
    let folded = text.to_lowercase();
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|w| list.contains(&w))
}

/// Without a tree: by the words alone.
fn of_words(text: &str) -> Certainty {
    if has_word(text, ALLEGING_ADVERBS) {
        Certainty::Alleged
    } else if has_hedge(text) {
        Certainty::Hedged
    } else if has_word(text, PLANNING_HELPERS) {
        Certainty::Planned
    } else {
        Certainty::Stated
    }
}

/// Whether the clause with predicate `main` says no: the predicate, or what hangs on it, is negated.
pub fn negated(tree: &Tree<'_>, main: Option<usize>, words: &[Word], vocabulary: &Vocabulary) -> bool {
    let Some(main) = main else {
        return negated_by_words(words, vocabulary);
    };
    let no = |at: usize| is_negation(&tree.tokens[at].lemma);
    let bound = |at: usize| {
        let relation = tree.tokens[at].relation;
        [Relation::Nsubj, Relation::Obj].iter().any(|r| relation.is(*r))
    };
    let of_predicate = tree.children(main).filter(|c| no(*c)).count();
    let of_bound = tree
        .children(main)
        .filter(|c| {
            bound(*c)
                && tree
                    .children(*c)
                    .any(|d| tree.tokens[d].relation.is(Relation::Det) && no(d))
        })
        .count();
    // what is "yet to be found" has not been found
    let yet = words
        .windows(2)
        .filter(|w| vocabulary.name(w[0].form) == "yet" && vocabulary.name(w[1].form) == "to");
    (of_predicate + of_bound + yet.count()) % 2 == 1
}

/// Without a tree: an odd number of negations.
fn negated_by_words(words: &[Word], vocabulary: &Vocabulary) -> bool {
    words
        .iter()
        .filter(|w| w.kind == WordKind::Negation && vocabulary.name(w.form) != "without")
        .count()
        % 2
        == 1
}
