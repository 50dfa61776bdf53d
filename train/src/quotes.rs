//! Which of a cue's offers is what was said, and which marked words are a quote and how far it goes: two logistic models
//! over wordless features, learnt on PolNeAR's train part.
//!
//! What is learnt are a few hundred numbers each; no word of the pack goes into them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::quotes::{Candidate, QuoteModel};
use twosource_model::{Article, ArticleId, LanguageCode, Span};

/// Where the pack lies and where the table goes.
#[derive(Args)]
pub struct Arguments {
    /// Folder of the pack.
    #[arg(long, default_value = "../shared/corpora/quotes")]
    corpus: PathBuf,
    /// Folder of the tables of weights.
    #[arg(long, default_value = "crates/twosource-language/models")]
    output: PathBuf,
}

/// Each model with its table and what its features describe.
const MODELS: [(QuoteModel, &str, &str); 2] = [
    (
        QuoteModel::Told,
        "quote-weights.tsv",
        "what a cue offers as told words",
    ),
    (
        QuoteModel::Marked,
        "marked-weights.tsv",
        "readings of words between quotation marks",
    ),
];

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

/// Least overlap, in bytes, at which told words count as the quote (the scorer's iou80); marked words must be exact.
const HIT: f64 = 0.8;
/// Passes over the offers.
const PASSES: usize = 12;
/// Step of the first update of a weight; later ones shrink with what it has moved (AdaGrad).
const STEP: f32 = 0.15;
/// Pull of each weight to zero.
const DECAY: f32 = 1e-4;
/// Features met less often, and weights closer to zero, are left out.
const LEAST_MET: usize = 30;
const LEAST_WEIGHT: f32 = 0.1;
/// Seed of the order in which offers are read.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// An offer: the features that are on, and whether it is what was said.
type Row = (Vec<u16>, bool);

/// Learns and writes the weights.
pub fn train(arguments: &Arguments) -> Result<()> {
    let reports: Vec<Report> = read(&arguments.corpus.join("articles.jsonl.gz"))?;
    let gold: Vec<Gold> = read(&arguments.corpus.join("quotes.jsonl.gz"))?;
    let gold: BTreeMap<String, Gold> = gold
        .into_iter()
        .filter(|g| g.official_split == "train")
        .map(|g| (g.id.clone(), g))
        .collect();
    let judged: Vec<[Vec<Row>; 2]> = reports
        .par_iter()
        .filter_map(|report| Some(judged(report, gold.get(&report.id)?)))
        .collect();
    for (at, (model, file, what)) in MODELS.into_iter().enumerate() {
        let rows: Vec<&Row> = judged.iter().flat_map(|of_report| &of_report[at]).collect();
        let path = arguments.output.join(file);
        std::fs::write(&path, table(model, what, &rows))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// The weights of a model as they ship.
fn table(model: QuoteModel, what: &str, rows: &[&Row]) -> String {
    let mut met = vec![0usize; model.feature_count()];
    for feature in rows.iter().flat_map(|(features, _)| features) {
        met[usize::from(*feature)] += 1;
    }
    let mut table = format!(
        "# Weights of the features of {what}: block, number in the block, weight. Made by `twosource-train quotes`.\n\
         # Origin: learnt on the train part of the pack quotes (PolNeAR 1.0.0); holds no word of it. Licence: as the rest of the repository. Date: 2026-11.\n",
    );
    for (feature, weight) in learn(rows, model.feature_count()).into_iter().enumerate() {
        if met[feature] >= LEAST_MET && weight.abs() >= LEAST_WEIGHT {
            let (block, number) = model.feature_name(feature);
            table.push_str(&format!("{block}\t{number}\t{weight:.2}\n"));
        }
    }
    table
}

/// Logistic regression by stochastic steps, in an order that depends on the seed alone.
fn learn(rows: &[&Row], features: usize) -> Vec<f32> {
    let mut weights = vec![0.0f32; features];
    let mut moved = vec![1e-6f32; features];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut state = SEED;
    for _ in 0..PASSES {
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(at, (state % (at as u64 + 1)) as usize);
        }
        for (features, said) in order.iter().map(|at| rows[*at]) {
            let sum: f32 = features.iter().map(|f| weights[usize::from(*f)]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - if *said { 1.0 } else { 0.0 };
            for feature in features {
                let feature = usize::from(*feature);
                let slope = error + DECAY * weights[feature];
                moved[feature] += slope * slope;
                weights[feature] -= STEP * slope / moved[feature].sqrt();
            }
        }
    }
    weights
}

/// The rows of each model.
fn judged(report: &Report, gold: &Gold) -> [Vec<Row>; 2] {
    let mut article = Article::of_text(ArticleId::new(&report.id), "", &report.text);
    article.language = Some(LanguageCode::ENGLISH);
    let layers = twosource_language::Settings {
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
    let hit = |model: QuoteModel, candidate: &Candidate| {
        quotes.iter().any(|quote| match model {
            QuoteModel::Told => overlap(&candidate.content, quote) >= HIT,
            QuoteModel::Marked => bare(&report.text, &candidate.content) == bare(&report.text, quote),
        })
    };
    MODELS.map(|(model, ..)| {
        let candidates = model.candidates(&article, &analysis).into_iter();
        candidates
            .map(|candidate| {
                let hit = hit(model, &candidate);
                (candidate.features, hit)
            })
            .collect()
    })
}

/// Pieces from their first letter or digit to their last.
fn bare(text: &str, pieces: &[Span]) -> Vec<(usize, usize)> {
    let bared = |piece: &Span| {
        let words = piece.of(text);
        let (from, to) = (
            words.find(char::is_alphanumeric)?,
            words.rfind(char::is_alphanumeric)?,
        );
        Some((piece.start() + from, piece.start() + to))
    };
    pieces.iter().filter_map(bared).collect()
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
