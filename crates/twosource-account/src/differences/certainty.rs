//! One report says it, another denies it or leaves it in doubt.

use twosource_model::{Certainty, Difference, DifferenceKind, Gravity};

use super::side::{Draft, Side, difference};
use super::{Told, overlap, same_predicate};
use crate::clauses::{Clause, has_allegation, has_hedge, has_word};
use crate::desk::View;
use crate::words::{WordId, WordKind};

/// Fewest shared weighty words, of both, for a negation to be set against its opposite.
const NEGATION_OVERLAP: f32 = 0.6;
/// The same for a doubt to be set against a plain statement.
const DOUBT_OVERLAP: f32 = 0.5;
/// From so many on the words are the same but for the doubt, whatever the trees take for the predicate.
const SAME_WORDS: f32 = 0.8;

/// One says it, the other denies it.
pub fn denials(views: &[View<'_>], told: &Told<'_>) -> Option<Difference> {
    let says_no = |c: &Clause| c.negated != (c.certainty == Certainty::Denied);
    let (no, yes): (Vec<&Clause>, Vec<&Clause>) = told.clauses.iter().copied().partition(|c| says_no(c));
    let (n, y) = (no.first()?, yes.first()?);
    if no.iter().any(|n| yes.iter().any(|y| n.report == y.report))
        || !same_predicate(n, y)
        || overlap(n, y) < NEGATION_OVERLAP
        || says_no_alike(n, y)
        || denies_alike(n, y)
        || denies_another_part(views, n)
        || [n, y]
            .iter()
            .any(|c| is_quoted(views, c) || speaks_of_oneself(text(views, c)) || is_supposed(views, c))
    {
        return None;
    }
    difference(
        views,
        Draft {
            kind: DifferenceKind::Negation,
            gravity: Gravity::Conflict,
            subject: None,
            sides: vec![side("said to be so", &yes), side("said not to be so", &no)],
            statement: Some(told.statement),
            utterance: None,
            rule: "negated-in-one",
            words: "the same words, once with and once without a negation".to_owned(),
        },
    )
}

/// Whether two wordings have as many negations: then one was read wrongly.
fn says_no_alike(a: &Clause, b: &Clause) -> bool {
    let count = |c: &Clause| {
        c.wording
            .words
            .iter()
            .filter(|w| w.kind == WordKind::Negation)
            .count()
    };
    count(a) == count(b) && a.certainty == b.certainty
}

/// Whether a negation stands before the same word in both: "pleaded not guilty" in both denies nothing of the other.
fn denies_alike(a: &Clause, b: &Clause) -> bool {
    let denied = |c: &Clause| -> Vec<WordId> {
        let pairs = c.wording.words.windows(2);
        let behind_no = pairs.filter(|pair| pair[0].kind == WordKind::Negation);
        behind_no.map(|pair| pair[1].concept).collect()
    };
    let of_other = denied(b);
    denied(a).iter().any(|word| of_other.contains(word))
}

/// Whether the negation of a clause stands before a conjunction, and what is told behind it: "none of the boats came back, and
/// three were found" denies nothing of the finding.
fn denies_another_part(views: &[View<'_>], clause: &Clause) -> bool {
    let words = &clause.wording.words;
    let negation = words.iter().position(|w| w.kind == WordKind::Negation);
    let told = words.iter().rposition(|w| Some(w.concept) == clause.predicate);
    let (Some(no), Some(told)) = (negation, told) else {
        return false;
    };
    let article = views[clause.report as usize].article.text();
    let between = article
        .get(words[no].span.end()..words[told].span.start())
        .unwrap_or_default();
    words[no + 1..].iter().all(|w| w.kind != WordKind::Negation)
        && [", and ", ", but ", "; "]
            .iter()
            .any(|joint| between.contains(joint))
}

/// Whether a clause holds words in quotation marks: how those read is a matter of the utterance.
fn is_quoted(views: &[View<'_>], clause: &Clause) -> bool {
    text(views, clause).contains(['"', '“', '”'])
}

/// Whether somebody speaks of himself or to another, marks or none: "You called them", "I am not".
fn speaks_of_oneself(text: &str) -> bool {
    has_word(text, &["i", "me", "my", "you", "your", "we", "our", "us"])
}

/// Whether what a clause tells is a wish, a demand or a case that is thought of: its negation denies nothing.
fn is_supposed(views: &[View<'_>], clause: &Clause) -> bool {
    const WISHED: &[&str] = &["should", "must", "shall", "ought"];
    const THOUGHT: &[&str] = &["if", "whether", "unless", "either", "idea", "notion"];
    let view = &views[clause.report as usize];
    let sentence = view.sentences[clause.sentence].of(view.article.text());
    has_word(text(views, clause), WISHED) || has_word(sentence, THOUGHT)
}

fn text<'v>(views: &'v [View<'_>], clause: &Clause) -> &'v str {
    clause.span.of(views[clause.report as usize].article.text())
}

/// One states it, the other says that it may be, or is said to be, so. Whose word it is makes no difference here.
pub fn doubts(views: &[View<'_>], told: &Told<'_>) -> Option<Difference> {
    let doubted = |c: &Clause| {
        c.certainty == Certainty::Hedged || (c.certainty == Certainty::Alleged && c.quote.is_none())
    };
    let plain = |c: &Clause| {
        c.certainty == Certainty::Stated || (c.certainty == Certainty::Alleged && c.quote.is_some())
    };
    let unsure: Vec<&Clause> = told.clauses.iter().copied().filter(|c| doubted(c)).collect();
    let sure: Vec<&Clause> = told.clauses.iter().copied().filter(|c| plain(c)).collect();
    let (u, s) = (unsure.first()?, sure.first()?);
    if unsure.iter().any(|u| sure.iter().any(|s| u.report == s.report))
        || !(same_predicate(u, s) || overlap(u, s) >= SAME_WORDS)
        || overlap(u, s) < DOUBT_OVERLAP
        || sure.iter().any(|s| leaves_open(text(views, s)))
        || u.certainty == Certainty::Alleged
            && sure
                .iter()
                .any(|s| has_allegation(text(views, s)) || is_of_nobody(views, s))
        || unsure
            .iter()
            .any(|u| allows(text(views, u)) || depends(text(views, u)))
        || sure
            .iter()
            .any(|s| depends(text(views, s)) || has_word(text(views, s), &["can", "able"]))
        || u.negated != s.negated
        || [u, s].iter().any(|c| text(views, c).contains(" | "))
    {
        return None;
    }
    let value = if u.certainty == Certainty::Hedged {
        "told as not certain"
    } else {
        "told as alleged"
    };
    difference(
        views,
        Draft {
            kind: DifferenceKind::Certainty,
            gravity: Gravity::Complement,
            subject: None,
            sides: vec![side("told as fact", &sure), side(value, &unsure)],
            statement: Some(told.statement),
            utterance: None,
            rule: "doubted-in-one",
            words: "the same is told as fact and with a doubt".to_owned(),
        },
    )
}

/// Whether a text has a word that hedges, or a belief: "was believed to be among the missing" is no plain statement, wherever
/// the trees hang it.
fn leaves_open(text: &str) -> bool {
    const BELIEVED: &[&str] = &[
        "believed",
        "thought",
        "suspected",
        "presumed",
        "feared",
        "accused",
        "scenario",
        "appeared",
        "appears",
        "seemed",
        "seems",
    ];
    has_hedge(text) || has_word(text, BELIEVED)
}

/// Whether those who tell it go without a name: "..., sources told the Post" is no more sure than "reportedly".
fn is_of_nobody(views: &[View<'_>], clause: &Clause) -> bool {
    const NOBODY: &[&str] = &["source", "sources", "anonymity", "reports", "rumors", "rumours"];
    let view = &views[clause.report as usize];
    has_word(view.sentences[clause.sentence].of(view.article.text()), NOBODY)
}

/// Whether something is told for a case only: "if found guilty", "could face".
fn depends(text: &str) -> bool {
    let folded = text.to_lowercase();
    let open = folded.contains(" could ") && !folded.contains(" could have ");
    open || has_word(text, &["if", "unless"])
}

/// Whether "may" is a leave rather than a doubt: "may only be burned five times".
fn allows(text: &str) -> bool {
    text.to_lowercase().contains(" may only ")
}

fn side(value: &str, clauses: &[&Clause]) -> Side {
    Side::new(value, clauses.iter().map(|c| (c.report, c.span)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beliefs_leave_open_and_leave_is_no_doubt() {
        assert!(leaves_open("the keeper was believed to be among the missing"));
        assert!(leaves_open("the keeper may be among the missing"));
        assert!(!leaves_open("the keeper is among the missing"));
        assert!(allows("the film may only be shown twice"));
        assert!(!allows("the film may be shown twice"));
        assert!(depends("if found guilty the keeper may lose the post"));
        assert!(depends("the keeper could lose the post"));
        assert!(!depends("the keeper may have seen it"));
        assert!(!depends("the keeper could have seen it"));
    }
}
