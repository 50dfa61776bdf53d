//! Steps that say whether two open figures of two sentences are of one quantity that differs.
//!
//! Learnt on the dev pack `numdiff` over wordless features. A pair of sentences is labelled, not a pair of figures: the
//! likeliest pair of figures stands for its sentences, chosen anew three times with the steps so far.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use serde::Deserialize;
use twosource_account::{FIGURE_FEATURES, Vocabulary, open_figures};
use twosource_language::{Settings, analyze};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode};

use crate::stumps::Stumps;

/// Folds of the cross-validation, and how often the examples are parted into them: one parting says little of so few.
const FOLDS: usize = 10;
const PARTINGS: usize = 10;
/// Rounds in which the figures that stand for a pair of sentences are chosen anew.
const ROUNDS: usize = 3;
/// Highest share of pairs that say the same and are called different.
const MOST_FALSE: f64 = 0.05;
/// Lowest share, on held-out folds, of pairs called different that are.
const LEAST_PRECISION: f64 = 0.75;

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    label: String,
}

struct Example {
    differs: bool,
    same: bool,
    /// Features of each pair of open figures, with how alike they look.
    figures: Vec<(f32, Vec<f32>)>,
}

/// Learns the weights from `lines` of the pack and writes them.
pub fn run(text: &str, output: &Path) -> Result<()> {
    let pairs: Vec<Pair> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).context("in numdiff"))
        .collect::<Result<_>>()?;
    let examples: Vec<Example> = pairs.par_iter().map(example).collect();
    let mut held: Vec<(f64, usize)> = (0..examples.len()).map(|i| (0.0, i)).collect();
    for parting in 0..PARTINGS {
        let fold_of = |i: usize| (i + parting * (i / FOLDS)) % FOLDS;
        for fold in 0..FOLDS {
            let rest = examples.iter().enumerate().filter(|(i, _)| fold_of(*i) != fold);
            let steps = learn(&rest.map(|(_, example)| example).collect::<Vec<_>>());
            for (score, i) in held.iter_mut().filter(|(_, i)| fold_of(*i) == fold) {
                *score += best(&steps, &examples[*i]).0 / PARTINGS as f64;
            }
        }
    }
    let called = best_cut(&held, &examples);
    ensure!(
        called > 0,
        "no cut is right in {LEAST_PRECISION} of the pairs it calls different"
    );
    let all: Vec<&Example> = examples.iter().collect();
    let steps = learn(&all);
    // what was learnt from stands further apart than what was held out: as many are called different, not all above one score
    let mut scores: Vec<f64> = examples.iter().map(|e| best(&steps, e).0).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let cut = f64::midpoint(
        scores[called - 1],
        *scores.get(called).unwrap_or(&scores[called - 1]),
    );
    let mut file = String::from(
        "# Steps over the features of twosource-account::figures; no words. Made by `twosource-train account figures`\n\
         # from the dev pack numdiff.\n",
    );
    file.push_str(&steps.write(cut, FIGURE_FEATURES));
    std::fs::write(output, file).with_context(|| format!("writing {}", output.display()))
}

fn example(pair: &Pair) -> Example {
    let (a, b) = (analysis(&pair.a), analysis(&pair.b));
    Example {
        differs: pair.label.starts_with("differ"),
        same: pair.label == "same",
        figures: open_figures(&mut Vocabulary::default(), (&a, &pair.a), (&b, &pair.b)),
    }
}

fn analysis(text: &str) -> Analysis {
    let mut article = Article::of_text(ArticleId::new("pair"), "", text);
    article.language = Some(LanguageCode::ENGLISH);
    let settings = Settings {
        quotes: false,
        events: false,
        ..Settings::default()
    };
    analyze(&article, &settings)
}

/// Score and index of the likeliest pair of figures; where there is none, below all scores.
fn best(steps: &Stumps, example: &Example) -> (f64, Option<usize>) {
    let scored = example
        .figures
        .iter()
        .enumerate()
        .map(|(i, (_, values))| (steps.score(values), Some(i)));
    scored
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((f64::NEG_INFINITY, None))
}

fn learn(examples: &[&Example]) -> Stumps {
    let some: Vec<&&Example> = examples.iter().filter(|e| !e.figures.is_empty()).collect();
    let by_look = |e: &Example| {
        let scored = e
            .figures
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        scored.map_or(0, |(i, _)| i)
    };
    let mut chosen: Vec<usize> = some.iter().map(|e| by_look(e)).collect();
    let mut steps = Stumps::default();
    for _ in 0..ROUNDS {
        let rows: Vec<(&[f32], bool)> = some
            .iter()
            .zip(&chosen)
            .map(|(e, i)| (e.figures[*i].1.as_slice(), e.differs))
            .collect();
        steps = Stumps::fit(&rows);
        chosen = some.iter().map(|e| best(&steps, e).1.unwrap_or(0)).collect();
    }
    steps
}

/// How many pairs are called different at the cut with the best F1 that is right often enough and calls few pairs
/// different which say the same; prints what it reaches on held-out folds.
fn best_cut(held: &[(f64, usize)], examples: &[Example]) -> usize {
    let mut order = held.to_vec();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let positives = examples.iter().filter(|e| e.differs).count() as f64;
    let alike = examples.iter().filter(|e| e.same).count().max(1) as f64;
    let (mut right, mut wrong, mut best) = (0.0, 0.0, (0.0, 0.0, 0.0, 0.0, 0));
    for (at, (score, i)) in order.iter().enumerate() {
        right += f64::from(u8::from(examples[*i].differs));
        wrong += f64::from(u8::from(examples[*i].same));
        let f1 = 2.0 * right / (at as f64 + 1.0 + positives);
        let precision = right / (at as f64 + 1.0);
        let allowed = precision >= LEAST_PRECISION && wrong / alike <= MOST_FALSE;
        if f1 > best.0 && allowed && score.is_finite() {
            best = (f1, precision, right / positives, wrong / alike, at + 1);
        }
    }
    eprintln!(
        "figures: held out F1 {:.4} P {:.4} R {:.4}, false on same {:.4}",
        best.0, best.1, best.2, best.3
    );
    best.4
}
