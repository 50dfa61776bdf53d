//! Holds the paragraphs of the light tree against those of html5ever over files of pages (JSON Lines: id, html), and
//! prints how many are the same and, page by page, the first that are not:
//! `cargo run --release --bin oracle -- PAGES.jsonl…`

#[path = "../../../../crates/twosource-extract/tests/oracle/paragraphs.rs"]
mod paragraphs;

use std::collections::HashMap;
use std::error::Error;

use serde_json::Value;
use twosource_extract::training;

/// Bytes of a paragraph that are printed.
const SHOWN: usize = 140;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut pages, mut all, mut same) = (0, 0, 0);
    for path in std::env::args().skip(1) {
        for line in std::fs::read_to_string(path)?.lines() {
            let page: Value = serde_json::from_str(line)?;
            let html = page["html"].as_str().unwrap_or_default();
            let mut ours: HashMap<String, u32> = HashMap::new();
            for words in training::paragraphs(html) {
                *ours.entry(words).or_default() += 1;
            }
            let theirs = paragraphs::paragraphs(html);
            let missed: Vec<&String> = theirs.iter().filter(|words| !take(&mut ours, words)).collect();
            pages += 1;
            all += theirs.len();
            same += theirs.len() - missed.len();
            if let Some(first) = missed.first() {
                let first: String = first.chars().take(SHOWN).collect();
                println!("{}: {} of {} differ, such as {first:?}", page["id"], missed.len(), theirs.len());
            }
        }
    }
    println!("{pages} pages: {same} of {all} paragraphs are the same");
    Ok(())
}

/// Takes one of these words out of the bag; whether there was one.
fn take(bag: &mut HashMap<String, u32>, words: &str) -> bool {
    match bag.get_mut(words) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}
