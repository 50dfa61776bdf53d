//! What a figure does in its sentence: the verb over it, what that verb is told of, and how the figure hangs there.

use twosource_model::{Analysis, Relation, Span, Token, Upos, Xpos};

use crate::words::{Vocabulary, WordId, WordKind};

/// How a figure is put: "rose 5 points", "rose by 5 points", "to 90", "at 90", "from 85", "up 5", "or 6 percent".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What something came to, or stood at.
    Level,
    /// What it came from.
    Start,
    /// By how much it moved.
    Step,
    /// Put beside another figure that tells the same.
    Beside,
    /// Any other way, by the preposition before it: "of", "in", "with".
    Under(WordId),
    /// The subject or object of its verb.
    Bare,
}

/// What a figure does in its sentence.
#[derive(Debug, Clone, Default)]
pub struct Role {
    /// Concept of the verb or predicate over it.
    pub verb: Option<WordId>,
    /// Concepts of the subject of that verb, sorted.
    pub subject: Vec<WordId>,
    pub place: Option<Place>,
}

/// Words between a preposition and its figure.
const LOOSE: &[&str] = &[
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "more",
    "less",
    "least",
    "most",
    "than",
    "over",
    "roughly",
    "approximately",
    "just",
    "only",
    "another",
    "a",
    "an",
    "the",
    "$",
    "us$",
    "£",
    "€",
    "as",
    "many",
    "much",
    "few",
    "estimate",
    "estimated",
];
/// Words that say by how much something moved.
const STEPS: &[&str] = &["by", "up", "down", "off", "another", "additional"];
/// Heads that are climbed at most from a figure to its verb.
const HIGHEST: usize = 12;

/// The role of the figure at `span`.
pub fn role(analysis: &Analysis, span: Span, vocabulary: &mut Vocabulary) -> Role {
    let range = analysis.tokens_in(span);
    let Some(last) = range.clone().last() else {
        return Role::default();
    };
    let verb = predicate_over(analysis, last);
    let subject = verb.and_then(|v| subject_of(analysis, v));
    let mut subject: Vec<WordId> = subject
        .map(|s| subtree_words(analysis, s, vocabulary))
        .unwrap_or_default();
    subject.sort_unstable();
    subject.dedup();
    let told = verb.map(|v| left_so(analysis, v, last).unwrap_or(v));
    Role {
        verb: told.and_then(|v| weighty(&analysis.tokens[v].lemma, vocabulary)),
        subject,
        place: Some(place(analysis, range.start, vocabulary)),
    }
}

/// What a figure counts that stands behind its verb alone: "the number of people killed has risen to 14", "the death toll is 14".
pub struct Level {
    /// Concept of what is counted.
    pub counted: WordId,
    /// Concept of what is told of those.
    pub told: Option<WordId>,
}

/// What a bare figure at `span` is the level of, where the subject of its verb is a number of something, or a death toll.
pub fn level(analysis: &Analysis, span: Span, vocabulary: &mut Vocabulary) -> Option<Level> {
    /// Most words from "number" to what is told of those counted.
    const NEAR: usize = 6;
    let tokens = &analysis.tokens;
    let figure = analysis.tokens_in(span).last()?;
    let verb = predicate_over(analysis, figure)?;
    let subject = subject_of(analysis, verb).filter(|s| *s < verb)?;
    match tokens[subject].lemma.as_str() {
        "toll" => {
            let death = subject > 0 && tokens[subject - 1].lemma == "death";
            let counted = death.then(|| weighty("people", vocabulary)).flatten()?;
            Some(Level {
                counted,
                told: weighty("kill", vocabulary),
            })
        }
        "number" if tokens.get(subject + 1)?.lemma == "of" => {
            let mut behind = subject + 2..(subject + NEAR).min(verb);
            let noun = behind.find(|at| matches!(tokens[*at].upos, Upos::Noun | Upos::Propn))?;
            let told = behind.find(|at| tokens[*at].xpos == Xpos::Vbn || tokens[*at].lemma == "dead");
            Some(Level {
                counted: weighty(&tokens[noun].lemma, vocabulary)?,
                told: told.and_then(|at| weighty(&tokens[at].lemma, vocabulary)),
            })
        }
        _ => None,
    }
}

/// "Dead" of "left 12 people dead": what is told of those counted is not that they were left.
fn left_so(analysis: &Analysis, verb: usize, figure: usize) -> Option<usize> {
    /// Most words from a figure to such a word.
    const NEAR: usize = 4;
    if analysis.tokens[verb].lemma != "leave" || verb > figure {
        return None;
    }
    let behind = (figure + 1..analysis.tokens.len()).take(NEAR);
    let within = |at: &usize| {
        matches!(
            analysis.tokens[*at].upos,
            Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv
        )
    };
    let so = |at: &usize| {
        let token = &analysis.tokens[*at];
        token.upos == Upos::Adj || token.xpos == Xpos::Vbn
    };
    let counted = analysis
        .tokens
        .get(figure + 1)
        .is_some_and(|t| t.upos == Upos::Noun);
    let mut words = behind.take_while(within);
    if counted {
        words.find(so)
    } else {
        words.next().filter(so)
    }
}

/// Whether a figure counts those who say something: "four officials close to her said" counts whom a report spoke to.
pub fn counts_speakers(analysis: &Analysis, span: Span) -> bool {
    /// Most words from a figure to the verb.
    const NEAR: usize = 10;
    let first = analysis.tokens_in(span).end;
    let behind = analysis.tokens[first.min(analysis.tokens.len())..]
        .iter()
        .take(NEAR);
    let until = |t: &&Token| t.upos != Upos::Punct && t.upos != Upos::Pron;
    let finite = |t: &&Token| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let verb = behind.take_while(until).find(finite);
    verb.is_some_and(|t| matches!(t.lemma.as_str(), "say" | "tell"))
}

fn place(analysis: &Analysis, first: usize, vocabulary: &mut Vocabulary) -> Place {
    let tokens = &analysis.tokens[..first];
    let before = tokens.iter().rev().take(6).find(|t| {
        let lemma = t.lemma.as_str();
        STEPS.contains(&lemma) || !(LOOSE.contains(&lemma) || matches!(t.upos, Upos::Num | Upos::Sym))
    });
    let Some(token) = before else { return Place::Bare };
    match token.lemma.as_str() {
        "to" | "at" => Place::Level,
        "from" => Place::Start,
        "or" | "," | "(" => Place::Beside,
        lemma if STEPS.contains(&lemma) => Place::Step,
        lemma if token.upos == Upos::Adp => Place::Under(vocabulary.intern(lemma)),
        _ => Place::Bare,
    }
}

/// The nearest verb, or word with a subject, over a token.
fn predicate_over(analysis: &Analysis, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..HIGHEST {
        let own = &analysis.tokens[at];
        if own.upos == Upos::Verb || (at != token && subject_child(analysis, at).is_some()) {
            return Some(at);
        }
        at = own.head? as usize;
    }
    None
}

/// The subject of a predicate, or of the one it is joined to by "and".
fn subject_of(analysis: &Analysis, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..3 {
        if let Some(found) = subject_child(analysis, at) {
            return Some(found);
        }
        let own = &analysis.tokens[at];
        let joined = [Relation::Conj, Relation::Xcomp, Relation::Advcl, Relation::Ccomp];
        if !joined.iter().any(|r| own.relation.is(*r)) {
            return None;
        }
        at = own.head? as usize;
    }
    None
}

/// Tokens on either side of a predicate among which its subject is looked for.
const REACH: usize = 40;

fn subject_child(analysis: &Analysis, verb: usize) -> Option<usize> {
    let around = verb.saturating_sub(REACH)..(verb + REACH).min(analysis.tokens.len());
    let is_subject = |at: &usize| {
        let token = &analysis.tokens[*at];
        token.head == Some(verb as u32) && token.relation.is(Relation::Nsubj)
    };
    around.into_iter().find(is_subject)
}

/// The words of weight of a noun and of what hangs directly on it.
fn subtree_words(analysis: &Analysis, noun: usize, vocabulary: &mut Vocabulary) -> Vec<WordId> {
    let around = noun.saturating_sub(REACH / 2)..(noun + REACH / 2).min(analysis.tokens.len());
    let own = around.filter(|at| {
        let token = &analysis.tokens[*at];
        let head = token.head.map(|h| h as usize);
        let of_it = head == Some(noun) || head.is_some_and(|h| analysis.tokens[h].head == Some(noun as u32));
        *at == noun || of_it && !token.relation.is(Relation::Acl) && token.upos != Upos::Num
    });
    own.filter_map(|at| weighty(&analysis.tokens[at].lemma, vocabulary))
        .collect()
}

fn weighty(lemma: &str, vocabulary: &mut Vocabulary) -> Option<WordId> {
    let words = vocabulary.read(lemma, 0);
    words
        .first()
        .filter(|w| w.kind == WordKind::Content)
        .map(|w| w.concept)
}
