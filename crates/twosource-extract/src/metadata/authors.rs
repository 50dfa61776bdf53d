//! Who wrote the report.

use super::{LinkedArticle, PageFacts};
use crate::names::{clean_name, is_name, names_of_byline};
use crate::page::{NodeId, Page};
use crate::plain::letters_of;

/// Longest byline, in bytes.
const LONGEST_BYLINE: usize = 200;

/// The authors: what the structured data names, else what `meta` names, else the byline that the page shows.
pub(crate) fn authors_of(
    page: &Page<'_>,
    facts: &PageFacts<'_>,
    linked: &[LinkedArticle],
    outlet: &str,
    title: Option<NodeId>,
) -> Vec<String> {
    let publisher = linked.iter().find_map(|l| l.publisher.as_deref()).unwrap_or("");
    let from_data = linked
        .iter()
        .filter(|l| l.is_report)
        .map(|l| tidy(l.authors.iter().map(String::as_str), outlet, publisher))
        .find(|names| !names.is_empty());
    if let Some(names) = from_data {
        return names;
    }
    let metas = facts
        .all_meta("author")
        .chain(facts.all_meta("article:author"))
        .chain(facts.all_meta("parsely-author"))
        .chain(facts.all_meta("sailthru.author"))
        .chain(facts.all_meta("dc.creator"))
        .chain(facts.all_meta("byl"));
    let names = tidy(metas, outlet, publisher);
    if !names.is_empty() {
        return names;
    }
    let shown = byline(page, facts, title);
    let names = tidy(shown.iter().map(String::as_str), outlet, publisher);
    if !names.is_empty() {
        return names;
    }
    // nobody is named: the desk or the outlet itself, as the structured data has it
    linked
        .iter()
        .filter(|l| l.is_report)
        .map(|l| {
            let credits = l
                .authors
                .iter()
                .filter(|name| name.len() <= 60 && !name.starts_with("http"));
            credits
                .map(|name| clean_name(name))
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The authors that some lines name.
pub(crate) fn authors_of_words(lines: &[String], outlet: &str) -> Vec<String> {
    tidy(lines.iter().map(String::as_str), outlet, "")
}

/// Splits, cleans and checks names; the outlet's own name and addresses are no authors.
fn tidy<'n>(names: impl Iterator<Item = &'n str>, outlet: &str, publisher: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for entry in names {
        if entry.starts_with("http") || entry.len() > LONGEST_BYLINE {
            continue;
        }
        for name in names_of_byline(entry) {
            let name = clean_name(&name);
            if !is_name(&name) || is_publisher(&name, outlet, publisher) {
                continue;
            }
            if !out.iter().any(|n| letters_of(n) == letters_of(&name)) {
                out.push(name);
            }
        }
    }
    out
}

/// Whether a name is the one of the outlet or of its publisher.
fn is_publisher(name: &str, outlet: &str, publisher: &str) -> bool {
    let name = letters_of(name);
    name == letters_of(outlet) || name == letters_of(publisher)
}

/// The byline nearest to the headline.
fn byline(page: &Page<'_>, facts: &PageFacts<'_>, title: Option<NodeId>) -> Vec<String> {
    let marked = facts
        .item_properties
        .iter()
        .filter(|(name, _)| name == "author")
        .map(|(_, id)| *id);
    let mut candidates: Vec<(u32, Vec<String>)> = Vec::new();
    for id in marked.chain(facts.bylines.iter().copied()) {
        let words = page.text_of(id);
        if words.is_empty() || words.len() > LONGEST_BYLINE {
            continue;
        }
        let names: Vec<String> = names_of_byline(&words)
            .into_iter()
            .filter(|n| is_name(n) && n.contains(' '))
            .collect();
        if names.is_empty() {
            continue;
        }
        let far = title.map_or(
            id,
            |title| if id >= title { id - title } else { (title - id) * 2 },
        );
        candidates.push((far, names));
    }
    candidates
        .into_iter()
        .min_by_key(|(far, _)| *far)
        .map(|(_, names)| names)
        .unwrap_or_default()
}
