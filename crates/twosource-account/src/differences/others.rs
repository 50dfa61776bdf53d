//! Signs that two stretches tell of two things, by what each names and by what its own report tells beside it.

use std::collections::BTreeSet;

use twosource_model::{EntityType, Link, Mention, MentionForm, Span, Upos};

use super::names::{is_within, related};
use crate::clauses::{Clause, has_word};
use crate::desk::View;
use crate::figures::Figure;

/// Kinds of names of which each stretch has its own where they tell of two things.
const KINDS: [EntityType; 4] = [
    EntityType::Group,
    EntityType::Person,
    EntityType::Organisation,
    EntityType::Place,
];

/// A stretch of a report.
pub type Stretch<'v, 'a> = (&'v View<'a>, Span);

/// Whether both stretches name somebody, an organisation, a group or a place, and none of one is one of the other: "voters in Holm" and "in Velby
/// voters". Who is said to have said it does not count.
pub fn name_others(a: Stretch<'_, '_>, b: Stretch<'_, '_>) -> bool {
    let [x, y] = [a, b].map(|(view, span)| names_in(view, span));
    have_others((a.0, &x), (b.0, &y))
}

/// Whether both have names of one kind, and none of the one is one of the other's.
fn have_others(a: (&View<'_>, &[&Mention]), b: (&View<'_>, &[&Mention])) -> bool {
    let same = |m: &Mention, n: &Mention| {
        let [p, q] = [(a.0, m), (b.0, n)].map(|(view, m)| m.span.of(view.article.text()));
        let [k, l] = [(a.0, m), (b.0, n)].map(|(view, m)| view.links_in(m.span).next());
        related(p, q) || is_within(k, l) || may_lie_in(k, l) || may_lie_in(l, k)
    };
    KINDS.iter().any(|kind| {
        let of_kind = |m: &&&Mention| m.entity_type == *kind;
        let mut of_other = b.1.iter().filter(of_kind).peekable();
        let mut own = a.1.iter().filter(of_kind).peekable();
        own.peek().is_some()
            && of_other.peek().is_some()
            && !own.any(|m| of_other.clone().any(|n| same(m, n)))
    })
}

/// Whether the one is a country, and where the other lies is not known.
fn may_lie_in(country: Option<&Link>, place: Option<&Link>) -> bool {
    let is_country = |link: &Link| link.id.starts_with("country:");
    country.is_some_and(is_country) && place.is_none_or(|link| link.actor_code.is_none())
}

/// What stands for somebody that the sentence names before.
const STANDING_FOR: [&str; 9] = ["they", "we", "he", "she", "it", "its", "their", "his", "her"];

/// Whether two clauses name others, as [`name_others`] has it of stretches. A clause that begins with a pronoun is of whom its sentence names,
/// and one that names no place lies where its sentence does.
pub fn tell_of_others(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let [x, y] = [a, b].map(|clause| &views[clause.report as usize]);
    have_others((x, &names_round(x, a)), (y, &names_round(y, b)))
}

/// The names that a clause is of.
fn names_round<'v>(view: &'v View<'_>, clause: &Clause) -> Vec<&'v Mention> {
    let all = || {
        let own = view.mentions_in(view.sentences[clause.sentence]).iter();
        own.filter(|m| m.form == MentionForm::Name)
    };
    let first = clause.span.of(view.article.text()).split_whitespace().next();
    let first = first.unwrap_or_default().to_lowercase();
    if STANDING_FOR.contains(&first.as_str()) {
        return all().collect();
    }
    let mut own = names_in(view, clause.span);
    if !own.iter().any(|m| m.entity_type == EntityType::Place) {
        own.extend(all().filter(|m| m.entity_type == EntityType::Place));
    }
    own
}

/// The names in a stretch but those of who speaks there.
fn names_in<'v>(view: &'v View<'_>, within: Span) -> Vec<&'v Mention> {
    let speaks = |span: Span| {
        let mut quotes = view.quotes_at(span);
        quotes.any(|(_, q)| q.speaker.iter().any(|s| s.overlaps(span)))
    };
    let own = view.mentions_in(within).iter();
    own.filter(|m| m.form == MentionForm::Name && within.covers(m.span) && !speaks(m.span))
        .collect()
}

/// Fewest words of weight that a sentence shares with a clause to be its like, with the share of either's that they are: by the articles of
/// `stories-stream` dealt out to two reports (23 November 2026).
const LIKE: [(usize, f32); 2] = [(3, 0.6), (2, 0.8)];
/// Sentences with figures of one unit that are looked at: a table of thousands of lines is known by its first.
const MOST_OF_ROW: usize = 200;

/// Whether the report of a clause tells the like of it elsewhere with another figure: "in Holm 44 percent are for it", "in Velby 42 percent are
/// for it". Then the figure is one of a row, and which of them the other report tells is not known.
pub fn is_one_of_row(view: &View<'_>, clause: &Clause, figure: &Figure) -> bool {
    let own = weighty(view, clause.span);
    let numbers = view.analysis.numbers.iter();
    let others: BTreeSet<usize> = numbers
        .filter(|n| n.unit == figure.unit && (n.low, n.high) != (figure.low, figure.high))
        .filter_map(|n| view.sentence_at(n.span.start()))
        .filter(|at| *at != clause.sentence)
        .take(MOST_OF_ROW)
        .collect();
    others.into_iter().any(|at| {
        let told = weighty(view, view.sentences[at]);
        let shared = own.intersection(&told).count();
        let longer = own.len().max(told.len()) as f32;
        LIKE.iter()
            .any(|(least, part)| shared >= *least && shared as f32 >= part * longer)
    })
}

/// How a sentence begins that sets another thing beside the one told before.
const COMPARING: [&str; 5] = [
    "By comparison",
    "In comparison",
    "By contrast",
    "In contrast",
    "Conversely",
];

/// Whether one of two sentences begins by setting another thing beside the one before it, and the other does not.
pub fn one_compares(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let compares = |clause: &Clause| {
        let view = &views[clause.report as usize];
        let sentence = view.sentences[clause.sentence].of(view.article.text());
        COMPARING.iter().any(|words| sentence.starts_with(words))
    };
    compares(a) != compares(b)
}

/// Whether a figure holds in a case only, which its sentence names before it: "if it were done by half, 16,174 beds".
pub fn holds_in_a_case(view: &View<'_>, figure: &Figure) -> bool {
    const CASES: &[&str] = &["if", "unless", "assuming", "scenario", "hypothetical"];
    let from = view
        .sentence_at(figure.span.start())
        .map(|at| view.sentences[at].start());
    let before = from.and_then(|from| view.article.text().get(from..figure.span.start()));
    has_word(before.unwrap_or_default(), CASES)
}

/// Whether both clauses tell figures of one unit, or days, and none is in both: then more than one thing is other in them.
pub fn differ_in_figures_or_days(a: Stretch<'_, '_>, b: Stretch<'_, '_>) -> bool {
    let numbers = |(view, span): Stretch<'_, '_>| -> Vec<(String, String)> {
        let own = view.numbers_in(span).iter().filter(|n| span.covers(n.span));
        own.map(|n| (format!("{:?}", n.unit), format!("{} {}", n.low, n.high)))
            .collect()
    };
    let days = |(view, span): Stretch<'_, '_>| -> Vec<String> {
        let own = view.times_in(span).iter();
        let own = own.filter(|t| span.covers(t.span) && t.interval.is_some() && !view.is_of_saying(t.span));
        own.map(|t| t.value.clone()).collect()
    };
    let (x, y) = (numbers(a), numbers(b));
    let of_one_unit = x.iter().any(|p| y.iter().any(|q| p.0 == q.0));
    let (d, e) = (days(a), days(b));
    of_one_unit && !x.iter().any(|p| y.contains(p))
        || !d.is_empty() && !e.is_empty() && !d.iter().any(|p| e.contains(p))
}

/// The base forms of the words of weight in a stretch.
fn weighty<'v>(view: &'v View<'_>, within: Span) -> BTreeSet<&'v str> {
    let tokens = view.analysis.tokens[view.analysis.tokens_in(within)].iter();
    tokens
        .filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj))
        .map(|t| t.lemma.as_str())
        .collect()
}
