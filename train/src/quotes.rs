//! How far each kind of complement of a cue is what was said: shares by class of cue, counted on PolNeAR's train part.
//!
//! What is learnt are some two hundred numbers; no word of the pack goes into them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::quotes::{Candidate, candidates};
use twosource_model::{Article, ArticleId, LanguageCode, Span};

/// Where the pack lies and where the table goes.
#[derive(Args)]
pub struct Arguments {
    /// Folder of the pack.
    #[arg(long, default_value = "../shared/corpora/quotes")]
    corpus: PathBuf,
    /// The table.
    #[arg(long, default_value = "crates/twosource-language/models/quote-trust.tsv")]
    output: PathBuf,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    official_split: String,
    quotes: Vec<GoldQuote>,
}

#[derive(Deserialize)]
struct GoldQuote {
    content: Vec<[usize; 2]>,
}

/// Least overlap, in characters, at which a complement counts as the quote (the scorer's iou80).
const HIT: f64 = 0.8;
/// Weight of the kind's own share for pairs that were seldom met, in occurrences.
const PRIOR: f64 = 5.0;

/// Counts and writes the table.
pub fn train(arguments: &Arguments) -> Result<()> {
    let reports: Vec<Report> = read(&arguments.corpus.join("articles.jsonl.gz"))?;
    let gold: Vec<Gold> = read(&arguments.corpus.join("quotes.jsonl.gz"))?;
    let gold: BTreeMap<String, Gold> = gold
        .into_iter()
        .filter(|g| g.official_split == "train")
        .map(|g| (g.id.clone(), g))
        .collect();
    let counted: Vec<Vec<(&'static str, &'static str, bool)>> = reports
        .par_iter()
        .filter_map(|report| Some((report, gold.get(&report.id)?)))
        .map(|(report, gold)| judged(report, gold))
        .collect();
    let mut pairs: BTreeMap<(&str, &str), [f64; 2]> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for (class, kind, hit) in counted.into_iter().flatten() {
        for count in [
            pairs.entry((class, kind)).or_default(),
            kinds.entry(kind).or_default(),
        ] {
            count[0] += f64::from(u8::from(hit));
            count[1] += 1.0;
        }
    }
    let mut table = String::from(
        "# Share of complements that are what was said, by class of cue and kind. Made by `twosource-train quotes`.\n\
         # Origin: counted on the train part of the pack quotes (PolNeAR 1.0.0); holds no word of it. Licence: as the rest of the repository. Date: 2026-11.\n",
    );
    for ((class, kind), [hits, all]) in pairs {
        let mean = kinds[kind][0] / kinds[kind][1];
        table.push_str(&format!(
            "{class}\t{kind}\t{:.3}\n",
            (hits + PRIOR * mean) / (all + PRIOR)
        ));
    }
    std::fs::write(&arguments.output, table)
        .with_context(|| format!("writing {}", arguments.output.display()))
}

fn judged(report: &Report, gold: &Gold) -> Vec<(&'static str, &'static str, bool)> {
    let mut article = Article::of_text(ArticleId::new(&report.id), "", &report.text);
    article.language = Some(LanguageCode::ENGLISH);
    let layers = twosource_language::Settings {
        times: false,
        numbers: false,
        events: false,
        ..Default::default()
    };
    let analysis = twosource_language::analyze(&article, &layers);
    let starts: Vec<usize> = report
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([report.text.len()])
        .collect();
    let quotes: Vec<Vec<Span>> = gold
        .quotes
        .iter()
        .map(|quote| {
            quote
                .content
                .iter()
                .map(|[from, to]| Span::at(starts[*from], starts[*to]))
                .collect()
        })
        .collect();
    let judge = |candidate: Candidate| {
        let hit = quotes
            .iter()
            .any(|quote| overlap(&candidate.content, quote) >= HIT);
        (candidate.class.name(), candidate.kind, hit)
    };
    candidates(&article, &analysis).into_iter().map(judge).collect()
}

/// Shared bytes over all bytes.
fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let shared: usize = a
        .iter()
        .flat_map(|x| b.iter().filter_map(|y| x.intersection(*y)))
        .map(Span::len)
        .sum();
    let all: usize = a.iter().chain(b).map(|span| span.len()).sum::<usize>() - shared;
    shared as f64 / all.max(1) as f64
}

fn read<T: serde::de::DeserializeOwned>(path: &std::path::Path) -> Result<Vec<T>> {
    use std::io::BufRead;
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    std::io::BufReader::new(flate2::read::MultiGzDecoder::new(file))
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}
