//! Where a sentence is cut into clauses that can each be read alone, and what is trimmed off their ends.
//!
//! Only clauses side by side are cut apart: joined by "and", by a semicolon or dash, or one leaning on the other by
//! "as" or "while" with a subject of its own. A relative clause stays with its noun, a condition with what it
//! conditions or bounds ("until the tide turns"), and a clause about "it" or "they" with the words that say what is meant.

use std::ops::Range;

use twosource_model::{Relation, Span, Token, Upos, Xpos};

use super::tree::Tree;

/// Fewest words of a part that is cut off at "and" or a semicolon.
const LEAST_WORDS: usize = 4;
/// Fewest words of each of two parts where one leans on the other.
const LEAST_LEANING: usize = 7;

/// Conjunctions that may be left off: without them each part says the same.
const LOOSE: &[&str] = &[
    "as", "while", "although", "though", "whereas", "after", "since", "because",
];

/// The parts of `range`, in order; together they are all of it.
pub fn parts(tree: &Tree<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    if !tree.is_parsed() || range.is_empty() {
        return vec![range];
    }
    let mut cuts = vec![range.start];
    for at in range.clone() {
        cuts.extend(cut_before(tree, &range, at));
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(range.end);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for pair in cuts.windows(2) {
        let part = pair[0]..pair[1];
        let whole = |part: &Range<usize>| {
            tree.words(part) >= LEAST_WORDS
                && tree.clause_in(part).is_some_and(|main| !leans(tree, main))
                && !opens_bound(tree, part)
                && !only_says(tree, part)
        };
        match parts.last_mut() {
            // a first part may begin with "he": so does its sentence
            Some(last) if !whole(&part) || tree.clause_in(last).is_none() => last.end = part.end,
            _ => parts.push(part),
        }
    }
    parts
}

/// Verbs behind which somebody's words stand.
const SAYING: [&str; 8] = [
    "say", "add", "tell", "announce", "confirm", "report", "state", "note",
];

/// Whether a part says who spoke and nothing that was said: "the banks said on Tuesday".
fn only_says(tree: &Tree<'_>, part: &Range<usize>) -> bool {
    let Some(main) = tree.clause_in(part) else {
        return false;
    };
    let said = |at: usize| {
        let relation = tree.tokens[at].relation;
        let clause = [Relation::Ccomp, Relation::Xcomp, Relation::Parataxis];
        (clause.iter().any(|r| relation.is(*r)) && tree.is_finite(at))
            || relation.is(Relation::Obj)
            || relation.is(Relation::Advcl)
    };
    SAYING.contains(&tree.tokens[main].lemma.as_str())
        && !tree.children(main).any(|at| part.contains(&at) && said(at))
}

/// Where the clause of `at` parts from what stands before it, or what stands behind it from it.
fn cut_before(tree: &Tree<'_>, range: &Range<usize>, at: usize) -> Option<usize> {
    let token = &tree.tokens[at];
    if !tree.is_clause(at) || !tree.head(at).is_some_and(|h| range.contains(&h)) {
        return None;
    }
    let own = tree.subtree(at);
    let before = own.start.checked_sub(1).filter(|b| range.contains(b));
    let mark_before = before.is_some_and(|b| tree.tokens[b].upos == Upos::Punct);
    let opens = &tree.tokens[own.start];
    match token.relation {
        Relation::Conj if side_by_side(tree, at) => {
            (mark_before || matches!(opens.upos, Upos::Cconj | Upos::Punct)).then_some(own.start)
        }
        Relation::Parataxis => {
            let mark = before.map_or("", |b| tree.tokens[b].span.of(tree.text));
            (matches!(mark, ";" | "—" | "–" | "--") && own.start > tree.head(at)?).then_some(own.start)
        }
        Relation::Advcl if loose(opens) && !leans(tree, at) => {
            let rest = range.len() - own.len().min(range.len());
            if own.len() < LEAST_LEANING || rest < LEAST_LEANING {
                return None;
            }
            let ends = own.end >= range.end || tree.tokens[own.end..range.end].iter().all(is_mark);
            if ends {
                Some(own.start)
            } else {
                (own.start == range.start).then_some(own.end)
            }
        }
        _ => None,
    }
}

/// A coordinated clause whose chain of heads is coordinated up to the top.
fn side_by_side(tree: &Tree<'_>, at: usize) -> bool {
    let mut node = at;
    for _ in 0..20 {
        match tree.head(node) {
            Some(head) if tree.tokens[node].relation == Relation::Conj => node = head,
            _ => break,
        }
    }
    matches!(
        tree.tokens[node].relation,
        Relation::Root | Relation::Ccomp | Relation::Parataxis
    ) && tree.is_clause(node)
}

/// Its subject is a pronoun that needs the words before.
pub fn leans(tree: &Tree<'_>, at: usize) -> bool {
    tree.subject(at).is_none_or(|s| {
        matches!(tree.tokens[s].xpos, Xpos::Prp | Xpos::Dt | Xpos::Wp | Xpos::Wdt)
            && !matches!(tree.tokens[s].lemma.as_str(), "i" | "we" | "you")
    })
}

/// Conjunctions that bind a clause to another: behind one of them nothing can be read alone.
const BINDING: &[&str] = &[
    "until", "till", "before", "unless", "if", "whether", "lest", "when", "where", "once", "so",
];

/// Whether a stretch opens with a conjunction that leaves its clause open ("until the tide turns"), though its sentence
/// does not.
pub fn opens_bound(tree: &Tree<'_>, range: &Range<usize>) -> bool {
    let first = range.clone().find(|at| !is_mark(&tree.tokens[*at]));
    first.is_some_and(|at| {
        let token = &tree.tokens[at];
        let binds = token.upos == Upos::Sconj
            || [Relation::Mark, Relation::Advmod]
                .iter()
                .any(|r| token.relation.is(*r));
        let main = tree.clause_in(range);
        at > 0 && binds && BINDING.contains(&token.lemma.as_str()) && tree.head(at) == main
    })
}

fn loose(token: &Token) -> bool {
    LOOSE.contains(&token.lemma.as_str())
}

fn is_mark(token: &Token) -> bool {
    token.upos == Upos::Punct
}

/// "that" before a clause, whatever the tagger makes of it: neither "that bridge" nor "that is so".
fn is_complementiser(tree: &Tree<'_>, at: usize) -> bool {
    let token = &tree.tokens[at];
    if token.lemma != "that" && !token.span.of(tree.text).eq_ignore_ascii_case("that") {
        return false;
    }
    let marks = token.relation == Relation::Mark || token.upos == Upos::Sconj;
    let next = tree.tokens.get(at + 1);
    let opens_a_subject = next.is_some_and(|t| {
        matches!(t.upos, Upos::Propn | Upos::Det | Upos::Pron) || matches!(t.xpos, Xpos::Nns | Xpos::Nnps)
    });
    marks || opens_a_subject
}

/// The bytes of `range` without the conjunction, mark and punctuation that joined it to its sentence, and without a
/// quotation mark whose partner lies outside.
pub fn trimmed(tree: &Tree<'_>, range: &Range<usize>) -> Option<Span> {
    let opening = |t: &Token| {
        matches!(
            t.span.of(tree.text),
            "\"" | "“" | "‘" | "(" | "«" | "'" | "``" | "„"
        )
    };
    let (mut low, mut high) = (range.start, range.end);
    // a whole sentence opens as it does; a part of one is told without what bound it to the rest
    let starts_sentence = low == 0 && high == tree.tokens.len();
    while low + 1 < high {
        let token = &tree.tokens[low];
        let joins = token.upos == Upos::Cconj || token.relation == Relation::Mark && loose(token);
        let complementiser = is_complementiser(tree, low);
        if (is_mark(token) && !opening(token)) || ((joins || complementiser) && !starts_sentence) {
            low += 1;
        } else {
            break;
        }
    }
    while high > low + 1 {
        let token = &tree.tokens[high - 1];
        let loose_end = matches!(
            token.span.of(tree.text),
            "," | ";" | ":" | "-" | "–" | "—" | "--" | "("
        ) || token.upos == Upos::Cconj;
        if loose_end { high -= 1 } else { break }
    }
    let span = tree.span(&(low..high))?;
    Some(without_lone_marks(span, tree.text))
}

/// Drops a quotation mark at either end whose partner is not in the span.
pub fn without_lone_marks(span: Span, text: &str) -> Span {
    let mut span = span.trimmed(text);
    for (open, close) in [('“', '”'), ('"', '"'), ('«', '»'), ('(', ')')] {
        let words = span.of(text);
        let opened = words.matches(open).count();
        let alone = if open == close {
            opened % 2 == 1
        } else {
            opened != words.matches(close).count()
        };
        if !alone {
            continue;
        }
        if words.starts_with(open) && (open == close || opened > words.matches(close).count()) {
            span = Span::at(span.start() + open.len_utf8(), span.end());
        } else if let Some(head) = words.strip_suffix(close) {
            span = Span::at(span.start(), span.start() + head.len());
        }
    }
    span.trimmed(text)
}
