//! Weights that say whether two clauses of a story tell the same.
//!
//! Learnt on pairs of clauses read by eye (`eval/account-pairs.tsv`) over wordless features. What is printed is of
//! stories held out of the learning, a tenth at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use twosource_account::{JOIN_FEATURES, Source, open_joins};
use twosource_model::{LanguageCode, Passage};
use twosource_pipeline::{Reading, Settings, group};

use crate::pairs::{read_lines, read_text};
use crate::ridge::{Weights, fit};
use crate::stories::pack::{Gold, Line};

/// Folds of the cross-validation, by story.
const FOLDS: usize = 10;
/// Strength of the ridge, on standardised features; 1 and 30 were no better.
const RIDGE: f64 = 10.0;
/// Log-odds at which precision and recall are printed.
const SHOWN: [f64; 7] = [0.0, 0.5, 1.0, 1.25, 1.5, 2.0, 2.5];

/// The places of two clauses.
type Places = (String, String);

/// Pairs of one story with their verdicts.
#[derive(Default)]
struct Story {
    pack: String,
    name: String,
    verdicts: BTreeMap<Places, bool>,
}

struct Example {
    fold: usize,
    features: Vec<f32>,
    holds: bool,
}

/// Learns the weights and writes them.
pub fn run(corpora: &Path, pairs: &Path, output: &Path) -> Result<()> {
    let stories = stories(&read_text(pairs)?);
    let mut examples = Vec::new();
    let packs: BTreeSet<&str> = stories.iter().map(|s| s.pack.as_str()).collect();
    for pack in packs {
        let folder = corpora.join(pack);
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for gold in read_lines::<Gold>(&folder.join("gold.jsonl"))? {
            members.entry(gold.story).or_default().push(gold.id);
        }
        let lines = read_lines::<Line>(&folder.join("articles.jsonl.gz"))?;
        let articles: BTreeMap<&str, &Line> = lines.iter().map(|l| (l.id.as_str(), l)).collect();
        let found: Vec<Vec<Example>> = stories
            .par_iter()
            .enumerate()
            .filter(|(_, story)| story.pack == pack)
            .map(|(at, story)| {
                let ids = members.get(&story.name).map_or(&[][..], Vec::as_slice);
                let some: Vec<&Line> = ids
                    .iter()
                    .filter_map(|id| articles.get(id.as_str()).copied())
                    .collect();
                of_story(story, &some, at % FOLDS)
            })
            .collect();
        examples.extend(found.into_iter().flatten());
    }
    report(&examples);
    let all: Vec<&Example> = examples.iter().collect();
    let text = String::from(
        "# Weights over the features of twosource-account::joins; no words. Made by `twosource-train account joins` from\n\
         # pairs read by eye (eval/account-pairs.tsv) of the packs stories-fulltext and stories-stream.\n",
    ) + &learn(&all).write(0.0, JOIN_FEATURES);
    std::fs::write(output, text).with_context(|| format!("writing {}", output.display()))
}

fn stories(text: &str) -> Vec<Story> {
    let mut stories: BTreeMap<(String, String), Story> = BTreeMap::new();
    for row in text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("pack\t"))
    {
        if let [pack, name, a, b, verdict] = row.split('\t').collect::<Vec<_>>().as_slice() {
            let key = ((*pack).to_owned(), (*name).to_owned());
            let story = stories.entry(key.clone()).or_default();
            (story.pack, story.name) = key;
            story
                .verdicts
                .insert(((*a).to_owned(), (*b).to_owned()), *verdict == "t");
        }
    }
    stories.into_values().collect()
}

/// The examples of one story: its pairs of clauses that have a verdict.
fn of_story(story: &Story, lines: &[&Line], fold: usize) -> Vec<Example> {
    let settings = Settings::default();
    let readings: Vec<Reading> = lines
        .iter()
        .map(|line| {
            let mut article = line.article();
            article.language = Some(LanguageCode::ENGLISH);
            let analysis = twosource_language::analyze(&article, &settings.language);
            Reading { article, analysis }
        })
        .collect();
    let (found, revisions) = group(readings, &settings);
    let mut rest = found.into_iter();
    let Some(mut whole) = rest.next() else {
        return Vec::new();
    };
    for other in rest {
        whole.articles.extend(other.articles);
        whole.origins.extend(other.origins);
    }
    let sources: Vec<Source<'_>> = revisions
        .values()
        .flatten()
        .map(|r| Source {
            article: &r.article,
            analysis: &r.analysis,
        })
        .collect();
    let place = |p: &Passage| {
        let anchor = p.anchor();
        format!("{}@{}-{}", anchor.article, anchor.span.start(), anchor.span.end())
    };
    let example = |join: twosource_account::OpenJoin| {
        let (a, b) = (place(&join.passages[0]), place(&join.passages[1]));
        let verdict = story.verdicts.get(&(a.clone(), b.clone()));
        let holds = *verdict.or_else(|| story.verdicts.get(&(b, a)))?;
        Some(Example {
            fold,
            features: join.features,
            holds,
        })
    };
    open_joins(&whole, &sources)
        .into_iter()
        .filter_map(example)
        .collect()
}

fn learn(examples: &[&Example]) -> Weights {
    let rows: Vec<(&[f32], bool)> = examples
        .iter()
        .map(|e| (e.features.as_slice(), e.holds))
        .collect();
    fit(&rows, RIDGE)
}

/// Prints precision and recall of held-out stories.
fn report(examples: &[Example]) {
    let mut held: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let rest: Vec<&Example> = examples.iter().filter(|e| e.fold != fold).collect();
        let weights = learn(&rest);
        let out = examples.iter().filter(|e| e.fold == fold);
        held.extend(out.map(|e| (weights.score(&e.features), e.holds)));
    }
    let all = held.iter().filter(|h| h.1).count() as f64;
    eprintln!("joins: {} pairs, {all} of them hold; held out:", held.len());
    for cut in SHOWN {
        let above: Vec<bool> = held.iter().filter(|h| h.0 >= cut).map(|h| h.1).collect();
        let right = above.iter().filter(|h| **h).count() as f64;
        let (precision, recall) = (right / above.len().max(1) as f64, right / all.max(1.0));
        eprintln!(
            "  from {cut:>4} on: precision {precision:.3}, recall {recall:.3}, {} pairs",
            above.len()
        );
    }
}
