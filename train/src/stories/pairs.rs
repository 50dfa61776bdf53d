//! Weights of pairs: one logistic regression a kind of pair, over wordless numeric features.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_stories::pair::{FEATURE_NAMES, FEATURES, Kind};

use super::pack::{self, FOLDS, Pair, Texts, View};

/// Packs, and how much each counts in all (its pairs share that weight).
const PACKS: [(&str, f64); 5] = [
    ("stories-stream", 4.0),
    ("stories-leads", 2.0),
    ("stories-ecbplus", 1.5),
    ("stories-fulltext", 1.0),
    ("stories-headlines", 2.0),
];
/// Pull of weights towards zero, against pairs that count 1.0 each.
const RIDGE: f64 = 3.0;
/// Pairs that one unit of a pack's weight stands for.
const UNIT: f64 = 4_000.0;
const COLUMNS: usize = FEATURES + 1;

/// A pair with its weight.
type Weighted = (Pair, f64);

/// Learns the weights and writes them.
pub fn make(corpora: &Path, folds: bool, output: &Path) -> Result<()> {
    let mut all: Vec<Vec<Weighted>> = Kind::ALL.iter().map(|_| Vec::new()).collect();
    for (name, weight) in PACKS {
        let pack = pack::read(&corpora.join(name))?;
        for view in views(name) {
            gather(&mut all, pack.pairs(view), weight);
        }
    }
    let mut text = format!(
        "# learnt on {}\n# bias {}\n",
        PACKS.map(|p| p.0).join(", "),
        FEATURE_NAMES.join(" ")
    );
    for (kind, pairs) in Kind::ALL.iter().zip(&all) {
        if folds {
            report(*kind, pairs);
        }
        let weights = learn(pairs, |_| true);
        let row: Vec<String> = weights.iter().map(|w| format!("{w:.3}")).collect();
        writeln!(text, "{}", row.join(" "))?;
    }
    fs::write(output, text).with_context(|| format!("writing {}", output.display()))
}

/// A pack is read as it is, and with dates, texts, or half of the texts taken off, so that every kind of pair learns from it.
fn views(name: &str) -> Vec<View> {
    let dated = !matches!(name, "stories-ecbplus");
    let texts: &[Texts] = match name {
        "stories-headlines" => &[Texts::None],
        _ => &[Texts::All, Texts::None, Texts::Half],
    };
    let mut views = Vec::new();
    for texts in texts {
        for dates in [true, false] {
            if dated || !dates {
                views.push(View { dates, texts: *texts });
            }
        }
    }
    views
}

fn gather(all: &mut [Vec<Weighted>], pairs: Vec<Pair>, weight: f64) {
    for (at, kind) in Kind::ALL.iter().enumerate() {
        let of_kind: Vec<Pair> = pairs.iter().filter(|p| p.kind == *kind).copied().collect();
        let each = weight * UNIT / of_kind.len().max(1) as f64;
        all[at].extend(of_kind.into_iter().map(|pair| (pair, each.min(1.0))));
    }
}

/// Logistic regression by Newton's method.
fn learn(pairs: &[Weighted], take: impl Fn(&Pair) -> bool) -> [f64; COLUMNS] {
    let mut weights = [0.0; COLUMNS];
    for _ in 0..25 {
        let mut gradient = [0.0; COLUMNS];
        let mut hessian = [[0.0; COLUMNS]; COLUMNS];
        for (pair, each) in pairs.iter().filter(|(pair, _)| take(pair)) {
            let x = row(pair);
            let p = probability(&weights, &x);
            let error = f64::from(u8::from(pair.same)) - p;
            for i in 0..COLUMNS {
                gradient[i] += each * error * x[i];
                for j in 0..=i {
                    hessian[i][j] += each * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for i in 0..COLUMNS {
            if i > 0 {
                gradient[i] -= RIDGE * weights[i] * 0.1;
            }
            hessian[i][i] += RIDGE * 0.1;
            for j in 0..i {
                hessian[j][i] = hessian[i][j];
            }
        }
        let step = solve(hessian, gradient);
        let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        for (w, s) in weights.iter_mut().zip(step) {
            *w += s * (5.0 / longest.max(5.0));
        }
        if longest < 1e-6 {
            break;
        }
    }
    weights
}

/// Log loss and area under the curve of each fold under weights learnt on the others.
fn report(kind: Kind, pairs: &[Weighted]) {
    let (mut loss, mut total) = (0.0, 0.0);
    for fold in 0..FOLDS {
        let weights = learn(pairs, |pair| pair.fold != fold);
        for (pair, each) in pairs.iter().filter(|(pair, _)| pair.fold == fold) {
            let p = probability(&weights, &row(pair)).clamp(1e-6, 1.0 - 1e-6);
            loss -= each * if pair.same { p.ln() } else { (1.0 - p).ln() };
            total += each;
        }
    }
    println!("{kind:?}: {} pairs, log loss {:.4}", pairs.len(), loss / total);
}

fn row(pair: &Pair) -> [f64; COLUMNS] {
    std::array::from_fn(|i| {
        if i == 0 {
            1.0
        } else {
            f64::from(pair.features[i - 1])
        }
    })
}

fn probability(weights: &[f64; COLUMNS], x: &[f64; COLUMNS]) -> f64 {
    let z: f64 = weights.iter().zip(x).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-z).exp())
}

/// Gaussian elimination with pivots.
fn solve(mut a: [[f64; COLUMNS]; COLUMNS], mut b: [f64; COLUMNS]) -> [f64; COLUMNS] {
    for i in 0..COLUMNS {
        let pivot = (i..COLUMNS)
            .max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs()))
            .unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        for j in i + 1..COLUMNS {
            let factor = a[j][i] / a[i][i];
            for k in i..COLUMNS {
                a[j][k] -= factor * a[i][k];
            }
            b[j] -= factor * b[i];
        }
    }
    for i in (0..COLUMNS).rev() {
        for k in i + 1..COLUMNS {
            b[i] -= a[i][k] * b[k];
        }
        b[i] /= a[i][i];
    }
    b
}
