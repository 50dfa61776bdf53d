//! Which of a cue's offers is what was said and how much of it is anybody's words, which marked words are a quote and how
//! far it goes, and who of a sentence said it: four logistic models over wordless features, learnt on PolNeAR's train part.
//!
//! What is learnt are a few hundred numbers each; no word of the pack goes into them. The second judges what the first
//! chose and the last what all others found, with the weights that the program holds: train, build and train again
//! until the tables stay as they are.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::quotes::{Candidate, QuoteModel, contested_speakers};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Span};

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
const MODELS: [(QuoteModel, &str, &str); 4] = [
    (
        QuoteModel::Told,
        "quote-weights.tsv",
        "what a cue offers as told words",
    ),
    (
        QuoteModel::Kept,
        "kept-weights.tsv",
        "how much of what a cue tells is anybody's words",
    ),
    (
        QuoteModel::Marked,
        "marked-weights.tsv",
        "readings of words between quotation marks",
    ),
    (
        QuoteModel::Speaker,
        "speaker-weights.tsv",
        "who of a sentence says what a cue lays to somebody",
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
    #[serde(default)]
    speaker: Option<Vec<[usize; 2]>>,
}

/// Least overlap, in bytes, at which told words count as the quote (the scorer's iou80); marked words must be exact.
const HIT: f64 = 0.8;
/// Least overlap at which a quote that was found tells who said a quote of the pack (the scorer's iou30).
const SAME: f64 = 0.3;
/// Bytes of told words that count as one when it is learnt how much of them was said, and the most that they count.
const USUAL_BYTES: f32 = 50.0;
const MOST_COUNTED: f32 = 4.0;
/// How a model is learnt.
#[derive(Clone, Copy)]
struct Recipe {
    /// Passes over the rows.
    passes: usize,
    /// Pull of each weight to zero.
    decay: f32,
}

/// Each candidate judged for itself.
const ALONE: Recipe = Recipe {
    passes: 20,
    decay: 1e-4,
};
/// One of several chosen; passes and pull by five folds over the reports.
const CHOICE: Recipe = Recipe {
    passes: 6,
    decay: 1e-3,
};
/// Step of the first update of a weight; later ones shrink with what it has moved (AdaGrad).
const STEP: f32 = 0.15;
/// Errors closer to zero move nothing.
const LEAST_ERROR: f32 = 1e-5;
/// Features met less often, and weights closer to zero, are left out.
const LEAST_MET: usize = 30;
const LEAST_WEIGHT: f32 = 0.1;
/// Seed of the order in which offers are read.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// A candidate.
struct Row {
    /// The features that are on.
    features: Vec<u16>,
    /// How far it is right, 0 to 1; 0 or 1 where several are judged together.
    right: f32,
    /// How much it counts where it is judged for itself.
    weight: f32,
}

impl Row {
    fn of(features: Vec<u16>, right: bool) -> Self {
        Self {
            features,
            right: f32::from(u8::from(right)),
            weight: 1.0,
        }
    }
}

/// Candidates of which at most one is to be taken; a single one is judged for itself.
type Choice = Vec<Row>;

/// Learns and writes the weights.
pub fn train(arguments: &Arguments) -> Result<()> {
    let reports: Vec<Report> = read(&arguments.corpus.join("articles.jsonl.gz"))?;
    let gold: Vec<Gold> = read(&arguments.corpus.join("quotes.jsonl.gz"))?;
    let gold: BTreeMap<String, Gold> = gold
        .into_iter()
        .filter(|g| g.official_split == "train")
        .map(|g| (g.id.clone(), g))
        .collect();
    let judged: Vec<[Vec<Choice>; MODELS.len()]> = reports
        .par_iter()
        .filter_map(|report| Some(judged(report, gold.get(&report.id)?)))
        .collect();
    for (at, (model, file, what)) in MODELS.into_iter().enumerate() {
        let choices: Vec<&Choice> = judged.iter().flat_map(|of_report| &of_report[at]).collect();
        let path = arguments.output.join(file);
        std::fs::write(&path, table(model, what, &choices))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// The weights of a model as they ship.
fn table(model: QuoteModel, what: &str, choices: &[&Choice]) -> String {
    let mut met = vec![0usize; model.feature_count()];
    for feature in choices.iter().copied().flatten().flat_map(|row| &row.features) {
        met[usize::from(*feature)] += 1;
    }
    let mut table = format!(
        "# Weights of the features of {what}: block, number in the block, weight. Made by `twosource-train quotes`.\n\
         # Origin: learnt on the train part of the pack quotes (PolNeAR 1.0.0); holds no word of it. Licence: as the rest of the repository. Date: 2026-11.\n",
    );
    for (feature, weight) in learn(choices, model.feature_count()).into_iter().enumerate() {
        if met[feature] >= LEAST_MET && weight.abs() >= LEAST_WEIGHT {
            let (block, number) = model.feature_name(feature);
            table.push_str(&format!("{block}\t{number}\t{weight:.2}\n"));
        }
    }
    table
}

/// Logistic regression by stochastic steps, in an order that depends on the seed alone: the probability of a single
/// candidate, or of each of several among them.
fn learn(choices: &[&Choice], features: usize) -> Vec<f32> {
    let several = choices.iter().any(|choice| choice.len() > 1);
    let recipe = if several { CHOICE } else { ALONE };
    let mut weights = vec![0.0f32; features];
    // the mean over the second half of the passes hangs less on the order than the last weights
    let mut mean = vec![0.0f32; features];
    let half = recipe.passes / 2;
    let mut moved = vec![1e-6f32; features];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut state = SEED;
    for pass in 0..recipe.passes {
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(at, (state % (at as u64 + 1)) as usize);
        }
        for choice in order.iter().map(|at| choices[*at]) {
            let errors = errors(choice, &weights);
            for (row, error) in choice.iter().zip(errors) {
                if error.abs() < LEAST_ERROR {
                    continue;
                }
                for feature in &row.features {
                    let feature = usize::from(*feature);
                    let slope = error + recipe.decay * weights[feature];
                    moved[feature] += slope * slope;
                    weights[feature] -= STEP * slope / moved[feature].sqrt();
                }
            }
        }
        if pass >= half {
            let share = 1.0 / (recipe.passes - half) as f32;
            mean.iter_mut()
                .zip(&weights)
                .for_each(|(mean, weight)| *mean += share * weight);
        }
    }
    mean
}

/// For each candidate how far its probability lies above what it should be; among several that are right it should be
/// shared out as it is.
fn errors(choice: &Choice, weights: &[f32]) -> Vec<f32> {
    let sums: Vec<f32> = choice
        .iter()
        .map(|row| row.features.iter().map(|f| weights[usize::from(*f)]).sum())
        .collect();
    if let ([sum], [row]) = (sums.as_slice(), choice.as_slice()) {
        return vec![row.weight * (1.0 / (1.0 + (-sum).exp()) - row.right)];
    }
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f32 = powers.iter().sum();
    let right: f32 = powers
        .iter()
        .zip(choice)
        .map(|(power, row)| row.right * power)
        .sum();
    powers
        .iter()
        .zip(choice)
        .map(|(power, row)| power / all - row.right * power / right.max(f32::MIN_POSITIVE))
        .collect()
}

/// The rows of each model.
fn judged(report: &Report, gold: &Gold) -> [Vec<Choice>; MODELS.len()] {
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
    let spans = |pieces: &[[usize; 2]]| -> Vec<Span> {
        pieces
            .iter()
            .map(|[from, to]| Span::at(starts[*from], starts[*to]))
            .collect()
    };
    let quotes: Vec<Vec<Span>> = gold.quotes.iter().map(|quote| spans(&quote.content)).collect();
    let speakers: Vec<Vec<Span>> = gold
        .quotes
        .iter()
        .map(|quote| spans(quote.speaker.as_deref().unwrap_or_default()))
        .collect();
    let hit = |model: QuoteModel, candidate: &Candidate| {
        quotes.iter().any(|quote| match model {
            QuoteModel::Marked => bare(&report.text, &candidate.content) == bare(&report.text, quote),
            _ => overlap(&candidate.content, quote) >= HIT,
        })
    };
    MODELS.map(|(model, ..)| match model {
        QuoteModel::Speaker => choices_of_speakers(&article, &analysis, &quotes, &speakers),
        QuoteModel::Kept => {
            let choices = model.choices(&article, &analysis).into_iter().flatten();
            choices
                .map(|candidate| vec![said_share(candidate, &quotes)])
                .collect()
        }
        _ => {
            let choices = model.choices(&article, &analysis).into_iter();
            choices
                .map(|candidates| judged_choice(candidates, |candidate| hit(model, candidate)))
                .collect()
        }
    })
}

/// Candidates with whether they are right; none of several is where no other is.
fn judged_choice(candidates: Vec<Candidate>, hit: impl Fn(&Candidate) -> bool) -> Choice {
    let mut choice: Choice = candidates
        .into_iter()
        .map(|candidate| {
            let hit = hit(&candidate);
            Row::of(candidate.features, hit)
        })
        .collect();
    if choice.len() > 1 && choice.iter().all(|row| row.right == 0.0) {
        choice[0].right = 1.0;
    }
    choice
}

/// A candidate with how much of it stands in any quote; long ones count more.
fn said_share(candidate: Candidate, quotes: &[Vec<Span>]) -> Row {
    let bytes: usize = candidate.content.iter().map(|piece| piece.len()).sum();
    let is_said = |at: &usize| {
        let mut pieces = quotes.iter().flatten();
        pieces.any(|piece| (piece.start()..piece.end()).contains(at))
    };
    let places = candidate
        .content
        .iter()
        .flat_map(|piece| piece.start()..piece.end());
    let said = places.filter(is_said).count();
    Row {
        features: candidate.features,
        right: said as f32 / bytes.max(1) as f32,
        weight: (bytes as f32 / USUAL_BYTES).min(MOST_COUNTED),
    }
}

/// For each quote that was found and stands in the pack everybody who may have said it; right is who shares a byte with
/// the pack's speaker, nobody where it has none.
fn choices_of_speakers(
    article: &Article,
    analysis: &Analysis,
    quotes: &[Vec<Span>],
    speakers: &[Vec<Span>],
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (content, contenders) in contested_speakers(article, analysis) {
        let overlaps = quotes.iter().map(|quote| overlap(&content, quote));
        let Some((speaker, _)) = speakers
            .iter()
            .zip(overlaps)
            .filter(|(_, overlap)| *overlap >= SAME)
            .max_by(|a, b| a.1.total_cmp(&b.1))
        else {
            continue;
        };
        let is_right = |words: &[Span]| {
            (words.is_empty() && speaker.is_empty())
                || words
                    .iter()
                    .any(|word| speaker.iter().any(|piece| piece.overlaps(*word)))
        };
        if contenders.iter().any(|contender| is_right(&contender.content)) {
            choices.push(judged_choice(contenders, |contender| {
                is_right(&contender.content)
            }));
        }
    }
    choices
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
