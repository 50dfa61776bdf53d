//! The table of places: words that lead to a country, from the knowledge tables of the language step.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_stories::words::term_of;
use twosource_stories::{background, places};

/// A word that stands in more reports than this is a common word, no name of a country ("Chad" stays, "can" does not).
const COMMON_SHARE: f32 = 0.35;
/// Fewest letters of a word.
const LETTERS: usize = 4;

/// Writes the table made of `countries.tsv` and `country_words.tsv` in `folder`.
pub fn make(folder: &Path, output: &Path) -> Result<()> {
    let mut found: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    let mut put = |word: &str, place: u32| {
        let common = background::share_of_reports(term_of(word), None) > COMMON_SHARE;
        let one_word = !word.contains([' ', '-', '\'', '’', '(']);
        if one_word && word.chars().count() >= LETTERS && !common || matches!(word, "US" | "UK" | "USA") {
            let slot = found.entry(term_of(word)).or_insert(Some(place));
            if *slot != Some(place) {
                *slot = None;
            }
        }
    };
    let mut terms: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows(&folder.join("countries.tsv"))?.iter().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [country, _, title, _, seats, peoples, _, _, _, foreign, ..] = cells[..] else {
            continue;
        };
        let people = peoples.split(',').next().unwrap_or("");
        let place = term_of(match country {
            "US" => "USA",
            "GB" => "Britain",
            _ if title.contains([' ', '-']) => people,
            _ => title,
        });
        terms.insert(country.to_owned(), place);
        put(title, place);
        for word in peoples.split(", ").chain(seats.split(['|', ','])) {
            put(word.trim(), place);
            put(&format!("{}s", word.trim()), place);
        }
        for word in foreign.split('|').filter_map(|name| name.split_once(':')) {
            put(word.1, place);
        }
    }
    for row in rows(&folder.join("country_words.tsv"))?.iter().skip(1) {
        if let [word, _, country] = row.split('\t').collect::<Vec<_>>()[..]
            && let Some(place) = terms.get(country)
        {
            put(word, *place);
        }
    }
    let places: Vec<(u32, u32)> = found
        .into_iter()
        .filter_map(|(term, place)| Some((term, place?)))
        .collect();
    eprintln!("{} words", places.len());
    fs::write(output, places::encode(&places)).with_context(|| format!("writing {}", output.display()))
}

fn rows(path: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect())
}
