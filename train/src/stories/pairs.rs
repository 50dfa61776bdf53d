//! Weights of pairs: one logistic regression a kind of pair, over wordless numeric features.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_stories::pair::{FEATURE_NAMES, Kind};

use super::network::learn;
use super::pack::{self, FOLDS, Pair, Texts, View};

/// Packs, and how much each counts in all (its pairs share that weight).
const PACKS: [(&str, f64); 5] = [
    ("stories-stream", 4.0),
    ("stories-leads", 2.0),
    ("stories-ecbplus", 1.5),
    ("stories-fulltext", 1.0),
    ("stories-headlines", 2.0),
];
/// Pairs that one unit of a pack's weight stands for.
const UNIT: f64 = 4_000.0;

/// A pair with its weight.
pub type Weighted = (Pair, f64);

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
        let network = learn(pairs, |_| true);
        let row: Vec<String> = network.0.iter().map(|w| format!("{w:.3}")).collect();
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

/// Log loss of each fold under a network learnt on the others.
fn report(kind: Kind, pairs: &[Weighted]) {
    let (mut loss, mut total) = (0.0, 0.0);
    for fold in 0..FOLDS {
        let network = learn(pairs, |pair| pair.fold != fold);
        for (pair, each) in pairs.iter().filter(|(pair, _)| pair.fold == fold) {
            let z = f64::from(network.score(&pair.features));
            let p = (1.0 / (1.0 + (-z).exp())).clamp(1e-6, 1.0 - 1e-6);
            loss -= each * if pair.same { p.ln() } else { (1.0 - p).ln() };
            total += each;
        }
    }
    eprintln!("{kind:?}: {} pairs, log loss {:.4}", pairs.len(), loss / total);
}
