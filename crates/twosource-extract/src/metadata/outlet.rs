//! Who publishes a page: by its host, then by what its markup says, then by the host's own name.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use twosource_model::Outlet;

use super::{LinkedArticle, PageFacts};
use crate::plain::letters_of;

static TABLE: &str = include_str!("../../data/outlets.tsv");

/// Parts of a host that are no name of an outlet.
const SUBDOMAINS: &[&str] = &[
    "www", "www2", "m", "mobile", "amp", "edition", "news", "en", "de", "fr", "es", "uk", "us", "blog",
    "beta",
];

/// Second-level domains under which names are registered.
const SHARED_DOMAINS: &[&str] = &[
    "co", "com", "org", "net", "gov", "ac", "or", "ne", "go", "gob", "edu", "in",
];

/// The host of an address without `www.`; lower case, no port.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.');
    (host.contains('.')
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-') || b >= 0x80))
    .then(|| host.to_owned())
}

/// The outlet of a page.
pub(crate) fn outlet_of(
    url: Option<&str>,
    facts: &PageFacts<'_>,
    linked: Option<&LinkedArticle>,
) -> Option<Outlet> {
    let host = url.or(facts.canonical.as_deref()).and_then(host_of);
    let named = |name: String| Outlet {
        name,
        host: host.clone(),
    };
    if let Some(name) = host.as_deref().and_then(known_name) {
        return Some(named(name.to_owned()));
    }
    let site_name = facts
        .meta(&["og:site_name", "application-name", "al:android:app_name"])
        .map(tidy_name);
    let publisher = linked.and_then(|l| l.publisher.as_deref()).map(tidy_name);
    let from_title = title_suffix(&facts.title_element);
    let base = host.as_deref().map(base_name);
    let candidates: Vec<String> = [site_name, publisher, from_title]
        .into_iter()
        .flatten()
        .filter(|name| is_outlet_name(name))
        .collect();
    // the one that the host spells too is the outlet's own name rather than its owner's or its slogan
    let spelled = base.as_deref().and_then(|base| {
        candidates
            .iter()
            .filter(|name| fits_host(name, base))
            .max_by_key(|name| name.len().min(40))
    });
    if let Some(name) = spelled.or(candidates.first()) {
        return Some(named(name.clone()));
    }
    let base = base?;
    Some(named(title_case(&base)))
}

/// The outlet of a host alone.
pub(crate) fn outlet_by_host(host: &str) -> Option<Outlet> {
    Some(Outlet {
        name: known_name(host).map_or_else(|| title_case(&base_name(host)), str::to_owned),
        host: Some(host.to_owned()),
    })
}

/// The name that the table gives for a host or for the domain above it.
fn known_name(host: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| rows().collect());
    let mut host = host;
    loop {
        if let Some(name) = names.get(host) {
            return Some(name);
        }
        host = host.split_once('.')?.1;
        if !host.contains('.') {
            return None;
        }
    }
}

/// Whether the table has an outlet of this name, its article aside.
pub(crate) fn is_known_outlet(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    let bare = |name: &str| {
        let letters = letters_of(name);
        letters
            .strip_prefix("the")
            .map_or_else(|| letters.clone(), str::to_owned)
    };
    let names = NAMES.get_or_init(|| rows().map(|(_, name)| bare(name)).collect());
    names.contains(&bare(name))
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
}

/// The label of a host that was registered.
fn base_name(host: &str) -> String {
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|l| SHARED_DOMAINS.contains(l)) {
        labels.pop();
    }
    let own = labels.iter().rev().find(|label| !SUBDOMAINS.contains(label));
    own.or(labels.last()).copied().unwrap_or(host).to_owned()
}

fn fits_host(name: &str, base: &str) -> bool {
    let (name, base) = (letters_of(name), letters_of(base));
    let bare = name.strip_prefix("the").unwrap_or(&name);
    !bare.is_empty() && (bare == base || name == base || base.contains(bare) || bare.contains(&base))
}

/// A name without an address's ending, a slogan or signs.
fn tidy_name(name: &str) -> String {
    let name = name.trim().trim_start_matches('@');
    let first = name
        .split(
            [" | ", " - ", " – ", " — ", " :: "]
                .into_iter()
                .find(|bar| name.contains(bar))
                .unwrap_or("\u{0}"),
        )
        .next()
        .unwrap_or(name);
    first.trim().to_owned()
}

fn is_outlet_name(name: &str) -> bool {
    (2..=60).contains(&name.chars().count())
        && name.split_whitespace().count() <= 6
        && !name.starts_with("http")
}

/// What stands behind the last bar of a page's title.
fn title_suffix(title: &str) -> Option<String> {
    let (_, suffix) = [" | ", " - ", " – ", " — ", " :: ", " • "]
        .into_iter()
        .filter_map(|bar| title.rsplit_once(bar))
        .min_by_key(|(_, suffix)| suffix.len())?;
    Some(suffix.trim().to_owned())
}

fn title_case(word: &str) -> String {
    word.split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read() {
        for (url, host) in [
            ("https://www.example.org/a?b", Some("example.org")),
            ("http://user@news.example.co.uk:8080/", Some("news.example.co.uk")),
            ("example.org/x", Some("example.org")),
            ("file.txt notes", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
        assert_eq!(base_name("news.example.co.uk"), "example");
        assert_eq!(title_case("daily-example"), "Daily Example");
    }

    #[test]
    fn the_table_is_sorted_and_unique() {
        let hosts: Vec<&str> = TABLE
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t').map(|(host, _)| host))
            .collect();
        assert!(hosts.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
