//! Weights of the pair judgements, over features without words, and the general word frequencies.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use serde::Deserialize;
use twosource_account::{FEATURE_NAMES, Features, Judgement, Model, StoryWeights, Vocabulary, Wording};

/// Stems seen fewer times than this are as good as unknown.
const LEAST_COUNT: u32 = 4;
/// Folds of the cross-validation.
const FOLDS: usize = 10;

/// What can be made.
#[derive(Debug, Subcommand)]
pub enum Part {
    /// Weights of the pair judgements.
    Pairs {
        /// Folder of the corpora.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Where to write the weights.
        #[arg(long, default_value = "crates/twosource-account/models/pairs.tsv")]
        output: PathBuf,
    },
    /// Weights that say whether two figures are of one quantity.
    Figures {
        /// Folder of the corpora.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Where to write the weights.
        #[arg(long, default_value = "crates/twosource-account/models/figures.tsv")]
        output: PathBuf,
    },
    /// Weights that say whether two clauses of a story tell the same.
    Joins {
        /// Folder of the corpora.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Pairs that were read by eye.
        #[arg(long, default_value = "eval/account-pairs.tsv")]
        pairs: PathBuf,
        /// Where to write the weights.
        #[arg(long, default_value = "crates/twosource-account/models/joins.tsv")]
        output: PathBuf,
    },
    /// General word weights.
    Frequencies {
        /// Folder of the corpora.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Where to write the table.
        #[arg(long, default_value = "crates/twosource-account/models/frequencies.en.tsv")]
        output: PathBuf,
    },
}

/// Makes one part.
pub fn train(part: &Part) -> Result<()> {
    match part {
        Part::Pairs { corpora, output } => run(corpora, output),
        Part::Figures { corpora, output } => {
            crate::figures::run(&read_text(&corpora.join("pairs/numdiff.jsonl.gz"))?, output)
        }
        Part::Joins {
            corpora,
            pairs,
            output,
        } => crate::joins::run(corpora, pairs, output),
        Part::Frequencies { corpora, output } => frequencies(corpora, output),
    }
}

#[derive(Deserialize)]
struct Pair {
    id: String,
    #[serde(default)]
    story: String,
    a: String,
    b: String,
    label: serde_json::Value,
}

struct Example {
    fold: usize,
    values: Vec<f32>,
    target: f32,
}

/// Trains all judgements on the packs below `corpora` and writes the weights.
fn run(corpora: &Path, output: &Path) -> Result<()> {
    let mut text = String::from(
        "# Additive weights over the features of twosource-account::pair; no words. Made by `twosource-train account pairs`\n\
         # from the dev packs mrpc, superpal, sts_news, quotepairs, rte3; bias, cut, then knots and slopes by feature.\n",
    );
    for judgement in Judgement::ALL {
        let examples = examples(judgement, corpora)?;
        let (model, report) = learn(judgement, &examples);
        eprintln!("{:<17} n {:5}  {report}", judgement.name(), examples.len());
        text.push_str(&model.write(judgement.name(), FEATURE_NAMES));
    }
    std::fs::write(output, text).with_context(|| format!("writing {}", output.display()))
}

/// Counts stems in the free treebanks and writes their weights.
fn frequencies(corpora: &Path, output: &Path) -> Result<()> {
    let mut vocabulary = Vocabulary::default();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut total = 0_u32;
    for file in ["en_ewt-train.conllu.gz", "en_gum-train.conllu.gz"] {
        let text = read_text(&corpora.join("ud").join(file))?;
        for sentence in text.lines().filter_map(|line| line.strip_prefix("# text = ")) {
            for word in vocabulary.read(sentence, 0) {
                total += 1;
                *counts.entry(vocabulary.name(word.stem).to_owned()).or_default() += 1;
            }
        }
    }
    let mut text = String::from(
        "# Stem and minus the logarithm of its share. Made by `twosource-train account frequencies` from UD English EWT and GUM\n\
         # (free genres), CC BY-SA 4.0 / CC BY 4.0, see NOTICE. Digits are left out.\n",
    );
    for (stem, count) in counts {
        if count >= LEAST_COUNT && stem.chars().all(char::is_alphabetic) {
            text.push_str(&format!(
                "{stem}\t{:.2}\n",
                (f64::from(total) / f64::from(count)).ln()
            ));
        }
    }
    std::fs::write(output, text).with_context(|| format!("writing {}", output.display()))
}

fn examples(judgement: Judgement, corpora: &Path) -> Result<Vec<Example>> {
    let file = match judgement {
        Judgement::Paraphrase => "mrpc",
        Judgement::SharedStatement => "superpal",
        Judgement::Grade => "sts_news",
        Judgement::SameUtterance => "quotepairs",
        Judgement::Entails | Judgement::Contradicts => "rte3",
    };
    let pairs: Vec<Pair> = read_lines(&corpora.join("pairs").join(format!("{file}.jsonl.gz")))?;
    let mut vocabulary = Vocabulary::default();
    let mut stories: Vec<String> = Vec::new();
    let two = pairs.iter().map(|pair| (&*pair.story, [&*pair.a, &*pair.b]));
    let weights = StoryWeights::of_pairs(&mut vocabulary, two);
    Ok(pairs
        .iter()
        .map(|pair| {
            let [a, b] = [&pair.a, &pair.b].map(|text| {
                let mut wording = Wording::read(&mut vocabulary, text);
                if let Some(story) = weights.get(pair.story.as_str()) {
                    story.weigh(&mut wording);
                }
                wording
            });
            let target = match (judgement, &pair.label) {
                (Judgement::SameUtterance, label) => f32::from(u8::from(label.as_str() != Some("different"))),
                (Judgement::Entails, label) => f32::from(u8::from(label.as_str() == Some("entail"))),
                (Judgement::Contradicts, label) => f32::from(u8::from(label.as_str() == Some("contradict"))),
                (_, label) => label.as_f64().unwrap_or(0.0) as f32,
            };
            // pairs of one story are never split over folds
            let key = if pair.story.is_empty() {
                &pair.id
            } else {
                &pair.story
            };
            let fold = if pair.story.is_empty() {
                hash(key) % FOLDS
            } else {
                stories.iter().position(|s| s == key).unwrap_or_else(|| {
                    stories.push(key.clone());
                    stories.len() - 1
                }) % FOLDS
            };
            Example {
                fold,
                values: Features::of(&a, &b).values(),
                target,
            }
        })
        .collect())
}

/// The text of a file, unpacked where it is packed.
pub fn read_text(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut text = String::new();
    let read = if path.extension().is_some_and(|ext| ext == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)
    } else {
        file.read_to_string(&mut text)
    };
    read.with_context(|| format!("reading {}", path.display()))?;
    Ok(text)
}

pub fn read_lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = read_text(path)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).with_context(|| format!("in {}", path.display())))
        .collect()
}

fn hash(text: &str) -> usize {
    text.bytes().fold(2_166_136_261_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(16_777_619)
    }) as usize
        >> 4
}

/// Strengths of the ridge that are tried.
const RIDGES: [f64; 6] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0];

fn learn(judgement: Judgement, examples: &[Example]) -> (Model, String) {
    let graded = judgement == Judgement::Grade;
    type Held = Vec<(f32, f32)>;
    let mut best: Option<(f64, f64, Held)> = None;
    for ridge in RIDGES {
        let mut held: Vec<(f32, f32)> = Vec::new();
        for fold in 0..FOLDS {
            if !examples.iter().any(|e| e.fold == fold) {
                continue;
            }
            let rest: Vec<&Example> = examples.iter().filter(|e| e.fold != fold).collect();
            let model = fit(&rest, ridge, graded);
            held.extend(
                examples
                    .iter()
                    .filter(|e| e.fold == fold)
                    .map(|e| (model.score(&e.values), e.target)),
            );
        }
        let quality = if graded { pearson(&held) } else { auc(&held) };
        if best.as_ref().is_none_or(|(q, ..)| quality > *q) {
            best = Some((quality, ridge, held));
        }
    }
    let (quality, ridge, held) = best.expect("there is a ridge");
    let all: Vec<&Example> = examples.iter().collect();
    let mut model = fit(&all, ridge, graded);
    if graded {
        return (model, format!("ridge {ridge}  Pearson {quality:.4}"));
    }
    let (cut, f1) = best_cut(&held, |tp, fp, fn_, _| 2.0 * tp / (2.0 * tp + fp + fn_));
    let (_, accuracy) = best_cut(&held, |tp, fp, fn_, n| (n - fp - fn_) / n + tp * 0.0);
    // what was learnt from stands further apart than what was held out: as many are called so, not all above one score
    let called = held.iter().filter(|(s, _)| *s >= cut).count();
    model.cut = cut_after(called, examples.iter().map(|e| model.score(&e.values)).collect());
    let right = held.iter().filter(|(s, t)| (*s >= cut) == (*t > 0.5)).count();
    let report = format!(
        "ridge {ridge}  AUC {quality:.4}  F1 {f1:.4} (accuracy there {:.4})  best accuracy {accuracy:.4}  AP {:.4}",
        right as f64 / held.len() as f64,
        average_precision(&held)
    );
    (model, report)
}

fn fit(examples: &[&Example], ridge: f64, graded: bool) -> Model {
    let width = FEATURE_NAMES.len();
    let columns: Vec<Vec<f32>> = (0..width)
        .map(|i| examples.iter().map(|e| e.values[i]).collect())
        .collect();
    let model = Model::knotted(&columns);
    let rows: Vec<Vec<f64>> = examples
        .iter()
        .map(|e| model.pieces(&e.values).into_iter().map(f64::from).collect())
        .collect();
    let size = rows[0].len();
    let n = rows.len() as f64;
    let mean: Vec<f64> = (0..size)
        .map(|i| rows.iter().map(|r| r[i]).sum::<f64>() / n)
        .collect();
    let spread: Vec<f64> = (0..size)
        .map(|i| {
            (rows.iter().map(|r| (r[i] - mean[i]).powi(2)).sum::<f64>() / n)
                .sqrt()
                .max(1e-6)
        })
        .collect();
    let scaled: Vec<Vec<f64>> = rows
        .iter()
        .map(|r| {
            std::iter::once(1.0)
                .chain((0..size).map(|i| {
                    if spread[i] <= 1e-6 {
                        0.0
                    } else {
                        (r[i] - mean[i]) / spread[i]
                    }
                }))
                .collect()
        })
        .collect();
    let targets: Vec<f64> = examples.iter().map(|e| f64::from(e.target)).collect();
    let weights = if graded {
        least_squares(&scaled, &targets, ridge)
    } else {
        logistic(&scaled, &targets, ridge)
    };
    let slopes: Vec<f32> = (0..size).map(|i| (weights[i + 1] / spread[i]) as f32).collect();
    let bias = weights[0]
        - (0..size)
            .map(|i| weights[i + 1] * mean[i] / spread[i])
            .sum::<f64>();
    let slopes: Vec<f32> = slopes
        .iter()
        .zip(&spread)
        .map(|(s, d)| if *d <= 1e-6 { 0.0 } else { *s })
        .collect();
    model.with_slopes(bias as f32, &slopes)
}

fn least_squares(rows: &[Vec<f64>], targets: &[f64], ridge: f64) -> Vec<f64> {
    let ones = vec![1.0; rows.len()];
    solve_weighted(rows, &ones, targets, ridge)
}

/// Iteratively reweighted least squares with a ridge.
fn logistic(rows: &[Vec<f64>], targets: &[f64], ridge: f64) -> Vec<f64> {
    let mut weights = vec![0.0; rows[0].len()];
    for _ in 0..12 {
        let scores: Vec<f64> = rows.iter().map(|r| dot(r, &weights)).collect();
        let p: Vec<f64> = scores.iter().map(|s| 1.0 / (1.0 + (-s).exp())).collect();
        let w: Vec<f64> = p.iter().map(|p| (p * (1.0 - p)).max(1e-4)).collect();
        let z: Vec<f64> = (0..rows.len())
            .map(|i| scores[i] + (targets[i] - p[i]) / w[i])
            .collect();
        weights = solve_weighted(rows, &w, &z, ridge);
    }
    weights
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn solve_weighted(rows: &[Vec<f64>], w: &[f64], z: &[f64], ridge: f64) -> Vec<f64> {
    let size = rows[0].len();
    let mut matrix = vec![vec![0.0; size + 1]; size];
    for ((row, w), z) in rows.iter().zip(w).zip(z) {
        for i in 0..size {
            let x = row[i] * w;
            if x != 0.0 {
                for j in i..size {
                    matrix[i][j] += x * row[j];
                }
                matrix[i][size] += x * z;
            }
        }
    }
    #[expect(clippy::needless_range_loop, reason = "rows and columns of one matrix")]
    for i in 0..size {
        for j in 0..i {
            matrix[i][j] = matrix[j][i];
        }
        // the bias is not held back
        matrix[i][i] += if i == 0 { 1e-9 } else { ridge };
    }
    for i in 0..size {
        let pivot = matrix[i][i];
        let (done, below) = matrix.split_at_mut(i + 1);
        let row = &done[i];
        for other in below {
            let factor = other[i] / pivot;
            if factor != 0.0 {
                for j in i..=size {
                    other[j] -= factor * row[j];
                }
            }
        }
    }
    let mut solution = vec![0.0; size];
    for i in (0..size).rev() {
        let rest: f64 = (i + 1..size).map(|j| matrix[i][j] * solution[j]).sum();
        solution[i] = (matrix[i][size] - rest) / matrix[i][i];
    }
    solution
}

/// The score between the first `count`, from the highest on, and the next.
fn cut_after(count: usize, mut scores: Vec<f32>) -> f32 {
    scores.sort_by(|a, b| b.total_cmp(a));
    let last = scores[count.clamp(1, scores.len()) - 1];
    scores.get(count).map_or(last, |next| f32::midpoint(last, *next))
}

fn best_cut(held: &[(f32, f32)], value: impl Fn(f64, f64, f64, f64) -> f64) -> (f32, f64) {
    let mut sorted: Vec<(f32, f32)> = held.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = sorted.iter().filter(|(_, t)| *t > 0.5).count() as f64;
    let (mut tp, mut fp, mut best) = (0.0, 0.0, (f32::MAX, 0.0));
    for (i, (score, target)) in sorted.iter().enumerate() {
        if *target > 0.5 {
            tp += 1.0
        } else {
            fp += 1.0
        }
        let v = value(tp, fp, positives - tp, sorted.len() as f64);
        if v > best.1 {
            best = (
                sorted
                    .get(i + 1)
                    .map_or(*score, |next| f32::midpoint(next.0, *score)),
                v,
            );
        }
    }
    best
}

fn auc(held: &[(f32, f32)]) -> f64 {
    let mut sorted: Vec<(f32, f32)> = held.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut negatives, mut wins, mut positives) = (0.0, 0.0, 0.0);
    for (_, target) in &sorted {
        if *target > 0.5 {
            wins += negatives;
            positives += 1.0;
        } else {
            negatives += 1.0;
        }
    }
    wins / (positives * negatives)
}

fn average_precision(held: &[(f32, f32)]) -> f64 {
    let mut sorted: Vec<(f32, f32)> = held.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut tp, mut sum) = (0.0, 0.0);
    for (i, (_, target)) in sorted.iter().enumerate() {
        if *target > 0.5 {
            tp += 1.0;
            sum += tp / (i + 1) as f64;
        }
    }
    sum / tp
}

fn pearson(held: &[(f32, f32)]) -> f64 {
    let n = held.len() as f64;
    let mean = |f: fn(&(f32, f32)) -> f32| held.iter().map(|h| f64::from(f(h))).sum::<f64>() / n;
    let (mx, my) = (mean(|h| h.0), mean(|h| h.1));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in held {
        let (dx, dy) = (f64::from(*x) - mx, f64::from(*y) - my);
        xy += dx * dy;
        xx += dx * dx;
        yy += dy * dy;
    }
    xy / (xx * yy).sqrt()
}
