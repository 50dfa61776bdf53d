//! Which blocks of a page are its gold text, and how much each of them matters.

use std::collections::HashMap;

use twosource_extract::training::PageBlocks;

use super::data::Gold;

/// What a block is to be learnt as. A weight of 0 leaves it out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// 1.0 = text, 0.0 = clutter
    pub target: f32,
    /// how much it matters
    pub weight: f32,
}

/// Words in a row that are compared.
const GRAM: usize = 4;

/// Weight of a block of which nothing is known to depend.
const LEAST_WEIGHT: f32 = 0.15;

/// Weight of a block that a pack lets pass either way and says to be a standfirst or a sub-head, which readers count
/// as text.
const FREE_WEIGHT: f32 = 0.4;

/// Weight of a block that holds a snippet of the body; a page has two to six of them.
const WITH_WEIGHT: f32 = 1.5;

/// Weight of a block that holds a snippet that must not be in the body.
const WITHOUT_WEIGHT: f32 = 2.0;

/// Labels of a page's blocks, one each.
pub fn label(blocks: &PageBlocks, gold: &Gold) -> Vec<Label> {
    match &gold.text {
        Some(text) => label_by_text(blocks, gold, text),
        None => label_by_snippets(blocks, gold),
    }
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

fn grams<'t>(words: &[&'t str]) -> Vec<Vec<&'t str>> {
    if words.is_empty() {
        Vec::new()
    } else if words.len() < GRAM {
        vec![words.to_vec()]
    } else {
        words.windows(GRAM).map(<[&str]>::to_vec).collect()
    }
}

/// Bag of grams with their numbers.
type Bag<'t> = HashMap<Vec<&'t str>, i32>;

fn label_by_text(blocks: &PageBlocks, gold: &Gold, text: &str) -> Vec<Label> {
    let paragraphs: Vec<&str> = gold.paragraphs.as_ref().map_or_else(
        || text.lines().collect(),
        |list| list.iter().flat_map(|p| p.lines()).collect(),
    );
    let optional: Vec<&str> = match (&gold.optional, &gold.paragraphs) {
        (Some(optional), Some(list)) => optional
            .iter()
            .filter_map(|at| list.get(*at))
            .map(String::as_str)
            .collect(),
        _ => Vec::new(),
    };
    let folded = |line: &str| words_of(line).join(" ");
    let mut lines: HashMap<String, i32> = HashMap::new();
    for paragraph in &paragraphs {
        *lines.entry(folded(paragraph)).or_default() += 1;
    }
    let free: Vec<String> = optional.iter().map(|p| folded(p)).collect();
    let all_words = words_of(text);
    let joined = format!(" {} ", all_words.join(" "));
    let mut left: Bag<'_> = HashMap::new();
    for gram in grams(&all_words) {
        *left.entry(gram).or_default() += 1;
    }
    let gold_grams = grams(&all_words).len().max(1) as f32;
    let gold_lines = paragraphs.iter().filter(|p| !p.trim().is_empty()).count().max(1) as f32;

    let words: Vec<Vec<&str>> = blocks.words.iter().map(|w| words_of(w)).collect();
    let held = |at: usize| {
        let own = grams(&words[at]);
        let hits = own.iter().filter(|gram| left.contains_key(*gram)).count();
        if words[at].len() < GRAM {
            f32::from(u8::from(lines.contains_key(&words[at].join(" "))))
        } else {
            hits as f32 / own.len().max(1) as f32
        }
    };
    // where most of the gold stands: copies elsewhere on the page are copies
    let mut by_holder: HashMap<u32, f32> = HashMap::new();
    let first_guess: Vec<f32> = (0..words.len()).map(held).collect();
    for (at, share) in first_guess.iter().enumerate() {
        for holder in blocks.measures.holders[at].iter().take(2) {
            *by_holder.entry(*holder).or_default() += share * blocks.measures.bytes[at] as f32;
        }
    }
    let rank = |at: usize| {
        let best = blocks.measures.holders[at]
            .iter()
            .take(2)
            .map(|h| by_holder.get(h).copied().unwrap_or(0.0));
        best.fold(0.0, f32::max)
    };
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|a, b| {
        rank(*b)
            .total_cmp(&rank(*a))
            .then(words[*b].len().cmp(&words[*a].len()))
            .then(a.cmp(b))
    });

    let mut labels = vec![
        Label {
            target: 0.0,
            weight: 0.0
        };
        words.len()
    ];
    for at in order {
        let own = grams(&words[at]);
        let line = words[at].join(" ");
        let size = own.len() as f32 / gold_grams;
        let weight = 0.5 * size.min(0.5) * 20.0 + 0.5 * (1.0 / gold_lines) * 20.0 + LEAST_WEIGHT;
        if own.is_empty() {
            labels[at] = Label {
                target: 0.0,
                weight: LEAST_WEIGHT,
            };
            continue;
        }
        if free.contains(&line) {
            if gold.kinds.is_some() {
                labels[at] = Label {
                    target: 1.0,
                    weight: FREE_WEIGHT,
                };
            }
            continue;
        }
        let share = if words[at].len() < GRAM {
            match lines.get_mut(&line) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    1.0
                }
                // a word or two of the text: nothing can be said
                _ if joined.contains(&format!(" {line} ")) => continue,
                _ => 0.0,
            }
        } else {
            let hits = own
                .iter()
                .filter(|gram| left.get(*gram).is_some_and(|n| *n > 0))
                .count();
            hits as f32 / own.len() as f32
        };
        if share >= 0.5 && words[at].len() >= GRAM {
            for gram in own {
                if let Some(count) = left.get_mut(&gram) {
                    *count -= 1;
                }
            }
        }
        let target = f32::from(u8::from(share >= 0.5));
        let sure = if target > 0.5 { share } else { 1.0 - share };
        labels[at] = Label {
            target,
            weight: weight * sure,
        };
    }
    labels
}

fn label_by_snippets(blocks: &PageBlocks, gold: &Gold) -> Vec<Label> {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let with: Vec<String> = gold.with.iter().flatten().map(|s| fold(s)).collect();
    let without: Vec<String> = gold.without.iter().flatten().map(|s| fold(s)).collect();
    blocks
        .words
        .iter()
        .map(|words| {
            let words = fold(words);
            let is = with.iter().any(|s| words.contains(s.as_str()));
            let is_not = without.iter().any(|s| words.contains(s.as_str()));
            match (is, is_not) {
                (true, false) => Label {
                    target: 1.0,
                    weight: WITH_WEIGHT,
                },
                (false, true) => Label {
                    target: 0.0,
                    weight: WITHOUT_WEIGHT,
                },
                _ => Label {
                    target: 0.0,
                    weight: 0.0,
                },
            }
        })
        .collect()
}
