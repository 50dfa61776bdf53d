//! The headline, by agreement of what the page shows and what its markup states.

use super::{LinkedArticle, PageFacts};
use crate::page::{NodeId, Page, Tag};
use crate::plain::letters_of;

/// Most headings that are looked at.
const MOST_HEADINGS: usize = 40;

/// Longest headline, in bytes.
const LONGEST: usize = 400;

/// The headline and the element that shows it.
#[derive(Debug, Default, Clone)]
pub(crate) struct TitleChoice {
    pub(crate) title: String,
    /// the words of the heading that the page shows in its place, where they are others
    pub(crate) shown: Option<String>,
    pub(crate) node: Option<NodeId>,
}

impl TitleChoice {
    /// The headline that an element shows.
    pub(crate) const fn of_element(node: NodeId, title: String) -> Self {
        Self {
            title,
            shown: None,
            node: Some(node),
        }
    }
}

/// Chooses the headline.
pub(crate) fn title_of(page: &Page<'_>, facts: &PageFacts<'_>, linked: &[LinkedArticle]) -> TitleChoice {
    let stated: Vec<String> = stated_titles(facts, linked.first());
    let shown = shown_titles(page, facts);
    // a heading that a stated title confirms
    let confirmed = shown
        .iter()
        .map(|(id, words)| (agreement(words, &stated), *id, words))
        .filter(|(score, ..)| *score > 0.0)
        .fold(None::<(f32, NodeId, &String)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
    let heading = confirmed.map(|(_, id, words)| (id, words.as_str()));
    let overruling = overruling(facts, linked, heading.map(|(_, words)| words));
    if let Some(title) = headline_of_live_page(facts, linked).or(overruling) {
        return TitleChoice {
            title,
            shown: heading.map(|(_, words)| without_kicker(words, &stated, facts).to_owned()),
            node: heading.map(|(id, _)| id).or(shown.first().map(|(id, _)| *id)),
        };
    }
    if let Some((id, words)) = heading {
        return TitleChoice::of_element(id, without_kicker(words, &stated, facts).to_owned());
    }
    let headings: Vec<_> = shown
        .iter()
        .filter(|(id, _)| page.node(*id).tag == Tag::H1)
        .collect();
    if let [(id, words)] = headings[..]
        && words.split_whitespace().count() >= 3
    {
        return TitleChoice::of_element(*id, words.clone());
    }
    TitleChoice {
        title: stated
            .into_iter()
            .next()
            .or_else(|| headings.first().map(|h| h.1.clone()))
            .unwrap_or_default(),
        shown: None,
        node: None,
    }
}

/// The headline of the structured data, where it stands above the heading that the page shows:
///
/// - it is stated a second time, for those who share the page, and is more than a part of the heading; not when it only
///   puts the outlet's name behind the heading;
/// - the heading is another line altogether, and the structured data does not only repeat the line for search engines.
fn overruling(facts: &PageFacts<'_>, linked: &[LinkedArticle], heading: Option<&str>) -> Option<String> {
    let headline = linked.first()?.headline.as_deref()?;
    let is_cut = headline.ends_with('…') || headline.ends_with("...");
    let letters = letters_of(headline);
    if letters.is_empty() || headline.len() > LONGEST || is_cut {
        return None;
    }
    let outlet = facts.meta(&["og:site_name"]).unwrap_or("");
    let shared = facts.meta(&["og:title"])?;
    let bare = letters_of(&without_outlet(shared, outlet));
    let shared = letters_of(shared);
    let is_shared = letters == shared || letters == bare;
    let overrules = match heading.map(letters_of) {
        None => is_shared,
        Some(shown) if is_shared => {
            let behind = letters.strip_prefix(&shown);
            !shown.contains(&letters) && !behind.is_some_and(|tail| names_outlet(tail, facts, linked))
        }
        Some(shown) => {
            shown == shared
                && !shown.contains(&letters)
                && !letters.contains(&shown)
                && letters_of(&facts.title_element) != letters
        }
    };
    overrules.then(|| folded(headline))
}

/// A live blog's own headline is often its newest entry: the report beside it whose headline the `title` element repeats
/// is the page's.
fn headline_of_live_page(facts: &PageFacts<'_>, linked: &[LinkedArticle]) -> Option<String> {
    let title = letters_of(&facts.title_element);
    let is_live = linked.iter().any(|report| report.is_live);
    let mut headlines = linked.iter().filter_map(|report| report.headline.as_deref());
    let named = headlines.find(|headline| is_live && letters_of(headline) == title)?;
    Some(folded(named))
}

/// Whether these letters are the outlet's name, as the page or its address has it.
fn names_outlet(letters: &str, facts: &PageFacts<'_>, linked: &[LinkedArticle]) -> bool {
    let publishers = linked.iter().filter_map(|l| l.publisher.as_deref());
    let address = facts.canonical.as_deref().map(letters_of).unwrap_or_default();
    facts
        .meta(&["og:site_name"])
        .into_iter()
        .chain(publishers)
        .any(|name| letters_of(name) == letters)
        || address.contains(letters)
}

/// A heading without the words above the headline proper, which some pages put into the same element: a stated title
/// that is the heading's end is the headline, unless the page is shared under all of the heading, which then tells best
/// where its words part.
fn without_kicker<'t>(words: &'t str, stated: &'t [String], facts: &'t PageFacts<'_>) -> &'t str {
    let whole = letters_of(words);
    let shared = facts.meta(&["og:title"]);
    if let Some(shared) = shared.filter(|title| letters_of(title) == whole) {
        let count = |line: &str| line.split_whitespace().count();
        return if count(shared) > count(words) {
            shared
        } else {
            words
        };
    }
    stated
        .iter()
        .find(|title| {
            let letters = letters_of(title);
            letters.len() >= 12
                && letters.len() < whole.len()
                && letters.len() * 5 > whole.len() * 2
                && whole.ends_with(&letters)
        })
        .map_or(words, String::as_str)
}

/// Titles that the markup states, the most trusted first.
fn stated_titles(facts: &PageFacts<'_>, linked: Option<&LinkedArticle>) -> Vec<String> {
    let mut stated = Vec::new();
    stated.extend(linked.and_then(|l| l.headline.clone()));
    stated.extend(facts.meta(&["headline"]).map(str::to_owned));
    stated.extend(facts.meta(&["og:title"]).map(str::to_owned));
    stated.extend(
        facts
            .meta(&[
                "twitter:title",
                "dc.title",
                "sailthru.title",
                "parsely-title",
                "title",
            ])
            .map(str::to_owned),
    );
    if !facts.title_element.is_empty() {
        stated.push(facts.title_element.clone());
    }
    let outlet = facts.meta(&["og:site_name"]).unwrap_or("").to_owned();
    stated
        .into_iter()
        .map(|title| without_outlet(&title, &outlet))
        .filter(|title| !title.is_empty() && title.len() <= LONGEST)
        .collect()
}

/// A title with single blanks.
fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the outlet's name behind its last bar.
fn without_outlet(title: &str, outlet: &str) -> String {
    let title = folded(title);
    let mut best = title.as_str();
    for bar in [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " « ", " » "] {
        let Some((head, tail)) = best.rsplit_once(bar) else {
            continue;
        };
        let is_name = letters_of(tail) == letters_of(outlet) || tail.split_whitespace().count() <= 4;
        if is_name && head.split_whitespace().count() >= 3.max(tail.split_whitespace().count()) {
            best = head;
        }
    }
    best.trim().to_owned()
}

/// Headings that a reader sees, `h1` first.
fn shown_titles(page: &Page<'_>, facts: &PageFacts<'_>) -> Vec<(NodeId, String)> {
    let mut shown: Vec<(NodeId, String)> = facts
        .headings
        .iter()
        .take(MOST_HEADINGS)
        .map(|id| (*id, page.text_of(*id)))
        .filter(|(_, words)| !words.is_empty() && words.len() <= LONGEST)
        .collect();
    let marked = facts
        .item_properties
        .iter()
        .filter(|(name, _)| name == "headline")
        .take(MOST_HEADINGS);
    for (_, id) in marked {
        let words = page.text_of(*id);
        if !words.is_empty() && words.len() <= LONGEST && !shown.iter().any(|(_, w)| *w == words) {
            shown.push((*id, words));
        }
    }
    if !shown.is_empty() {
        return shown;
    }
    let lesser = page.ids().filter(|id| page.node(*id).tag == Tag::H2).take(30);
    for id in lesser {
        let words = page.text_of(id);
        if words.split_whitespace().count() >= 3 && words.len() <= LONGEST {
            shown.push((id, words));
        }
    }
    shown
}

/// How well a heading agrees with the stated titles: 0.0 not at all, up to 1.0 for each.
fn agreement(words: &str, stated: &[String]) -> f32 {
    let letters = letters_of(words);
    if letters.is_empty() {
        return 0.0;
    }
    stated
        .iter()
        .map(|title| {
            let title = letters_of(title);
            if title == letters {
                1.0
            } else if letters.len() >= 12
                && title.len() >= 12
                && (title.contains(&letters) || letters.contains(&title))
            {
                0.6
            } else {
                let shared = shared_words(words, &title);
                if shared > 0.6 { 0.5 * shared } else { 0.0 }
            }
        })
        .sum()
}

/// Share of the longer words of a heading that a title holds.
fn shared_words(words: &str, title: &str) -> f32 {
    let long: Vec<String> = words
        .split_whitespace()
        .map(letters_of)
        .filter(|w| w.chars().count() >= 4)
        .collect();
    if long.len() < 2 {
        return 0.0;
    }
    long.iter().filter(|w| title.contains(w.as_str())).count() as f32 / long.len() as f32
}
