//! Another person or place where all else is alike.

use twosource_model::{Difference, DifferenceKind, EntityType, Gravity, Link, MentionForm, Span};

use super::others::differ_in_figures_or_days;
use super::side::{Draft, Side, difference};
use super::{COMPARED, Told};
use crate::clauses::Clause;
use crate::desk::View;
use crate::diff::{Change, changes};
use crate::words::{Word, WordKind};

/// Share of the words around a changed name that both must have.
const NAME_CONTEXT: f32 = 0.6;

/// Another person or place where all else is alike.
pub fn names(views: &[View<'_>], told: &Told<'_>) -> Option<Difference> {
    let first = told.clauses.first()?;
    for other in told
        .clauses
        .iter()
        .skip(1)
        .take(COMPARED)
        .filter(|c| c.report != first.report)
    {
        // a line without a verb may be any entry of a list
        if first.predicate.is_none() || other.predicate.is_none() {
            continue;
        }
        let (x, y) = (&first.wording.words, &other.wording.words);
        let concepts = |words: &[Word]| words.iter().map(|w| w.concept).collect::<Vec<_>>();
        let found = changes(&concepts(x), &concepts(y));
        let changed: usize = found.iter().map(|c| (c.a.1 - c.a.0).max(c.b.1 - c.b.0)).sum();
        if (changed as f32) > (1.0 - NAME_CONTEXT) * x.len().max(y.len()) as f32 {
            continue;
        }
        // names of another thing stand beside: "the park in Holm", "the museum in Velby"
        let holds_name = |words: &[Word]| words.iter().any(|w| w.capital && w.kind == WordKind::Content);
        let named_apart = |c: &Change| holds_name(&x[c.a.0..c.a.1]) && holds_name(&y[c.b.0..c.b.1]);
        if found.iter().filter(|c| named_apart(c)).count() > 1 {
            continue;
        }
        for change in found {
            let (p, q) = (&x[change.a.0..change.a.1], &y[change.b.0..change.b.1]);
            let all_names = |words: &[Word]| {
                !words.is_empty()
                    && words.len() <= 4
                    && words.iter().all(|w| w.capital && w.kind == WordKind::Content)
            };
            if !all_names(p) || !all_names(q) {
                continue;
            }
            let (Some(a), Some(b)) = (
                named(&views[first.report as usize], p),
                named(&views[other.report as usize], q),
            ) else {
                continue;
            };
            let same_kind = a.0 == b.0 && matches!(a.0, EntityType::Person | EntityType::Place);
            let elsewhere = |name: &str, view: &View<'_>| {
                name.split_whitespace()
                    .any(|w| w.len() > 2 && view.article.text().contains(w))
            };
            let of_clause = |clause: &Clause| (&views[clause.report as usize], clause.span);
            if !same_kind
                || differ_in_figures_or_days(of_clause(first), of_clause(other))
                || may_be_one(&a, &b)
                || related(&a.1, &b.1)
                || is_within(
                    views[first.report as usize].links_in(a.2).next(),
                    views[other.report as usize].links_in(b.2).next(),
                )
                || elsewhere(&a.1, &views[other.report as usize])
                || elsewhere(&b.1, &views[first.report as usize])
            {
                continue;
            }
            let kind = if a.0 == EntityType::Place {
                DifferenceKind::Place
            } else {
                DifferenceKind::Name
            };
            let sides = vec![
                Side::new(a.1.clone(), vec![(first.report, a.2)]),
                Side::new(b.1.clone(), vec![(other.report, b.2)]),
            ];
            let words = format!("the same words but for {} and {}", a.1, b.1);
            return difference(
                views,
                Draft {
                    kind,
                    gravity: Gravity::Conflict,
                    subject: None,
                    sides,
                    statement: Some(told.statement),
                    utterance: None,
                    rule: "other-name-in-same-words",
                    words,
                },
            );
        }
    }
    None
}

/// Type, name and span of the named mention that these words are in.
fn named(view: &View<'_>, words: &[Word]) -> Option<(EntityType, String, Span)> {
    let span = words.iter().map(|w| w.span).reduce(Span::hull)?;
    let mention = view
        .analysis
        .mentions
        .iter()
        .find(|m| m.form == MentionForm::Name && m.span.overlaps(span))?;
    let name = mention
        .entity
        .and_then(|e| view.analysis.entities.get(e as usize))
        .map_or_else(
            || {
                mention
                    .span
                    .get(view.article.text())
                    .unwrap_or_default()
                    .to_owned()
            },
            |e| e.name.clone(),
        );
    Some((mention.entity_type, name, mention.span))
}

/// Whether the one is the country that the other lies in, or both are one place.
pub fn is_within(a: Option<&Link>, b: Option<&Link>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let is_country = |link: &Link| link.id.starts_with("country:");
    a.id == b.id || (is_country(a) || is_country(b)) && a.actor_code.is_some() && a.actor_code == b.actor_code
}

/// Whether two names can be of one: a person by a single name each ("George", "Harrison"), or a quarter of the compass ("SW").
fn may_be_one(a: &(EntityType, String, Span), b: &(EntityType, String, Span)) -> bool {
    let single = |name: &str| !name.trim().contains(' ');
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).count();
    a.0 == EntityType::Person && single(&a.1) && single(&b.1) || letters(&a.1).min(letters(&b.1)) < 3
}

/// Names of one country that share no letters to tell it by.
const SAME_COUNTRY: &[&[&str]] = &[
    &[
        "america",
        "us",
        "usa",
        "united states",
        "united states of america",
    ],
    &["britain", "great britain", "uk", "united kingdom"],
    &["burma", "myanmar"],
    &["czech republic", "czechia"],
    &["holland", "netherlands"],
    &["ivory coast", "cote d'ivoire"],
    &["swaziland", "eswatini"],
    &["turkey", "türkiye"],
    &["uae", "emirates", "united arab emirates"],
];

fn of_one_country(a: &str, b: &str) -> bool {
    let bare = |name: &str| {
        let name = name.strip_prefix("the ").unwrap_or(name);
        name.replace('.', "")
    };
    let (a, b) = (bare(a), bare(b));
    let both = |names: &&[&str]| names.contains(&a.as_str()) && names.contains(&b.as_str());
    SAME_COUNTRY.iter().any(both)
}

/// Whether one is made of the first letters of the words of the other: "N.Y.", "UAE".
fn shortens(short: &str, long: &str) -> bool {
    let letters = short.chars().filter(|c| c.is_alphanumeric());
    let firsts = long.split_whitespace().filter_map(|w| w.chars().next());
    long.trim().contains(' ') && letters.eq(firsts)
}

/// Whether two words differ by one letter, put in, left out or changed ("Extremadura", "Extramadura").
fn misspells(a: &str, b: &str) -> bool {
    /// Fewest letters of words of which one letter more or less makes no other name.
    const LEAST: usize = 5;
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let tail = x[head..].iter().rev().zip(y[head..].iter().rev());
    let tail = tail.take_while(|(p, q)| p == q).count();
    x.len().min(y.len()) >= LEAST && head + tail + 1 >= x.len().max(y.len())
}

/// Whether `one` word is made of the beginning of the first of two words and of the second: "Mideast".
fn blends(one: &str, two: &str) -> bool {
    let Some((first, second)) = two.split_once(' ') else {
        return false;
    };
    let head = one.strip_suffix(second).unwrap_or_default();
    head.chars().count() >= 3 && first.starts_with(head)
}

/// One name is part of the other, or they are spellings of one.
pub fn related(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let close = {
        let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
        head * 2 >= x.len().max(y.len())
    };
    close
        || of_one_country(&a, &b)
        || shortens(&a, &b)
        || shortens(&b, &a)
        || a.split(' ').any(|w| b.split(' ').any(|v| misspells(w, v)))
        || blends(&a, &b)
        || blends(&b, &a)
        || a.split(' ').any(|w| b.split(' ').any(|v| v == w))
        || a.contains(&b)
        || b.contains(&a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_short_names_are_of_one() {
        for (a, b, same) in [
            ("United States", "US", true),
            ("the U.K.", "Britain", true),
            ("New York", "N.Y.", true),
            ("Holmvikmouth", "Holmvykmouth", true),
            ("Holmvik", "Velby", false),
        ] {
            assert_eq!(related(a, b), same, "{a} {b}");
            assert_eq!(related(b, a), same, "{b} {a}");
        }
    }
}
