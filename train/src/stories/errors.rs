//! Pairs of a pack that are wrongly put together or kept apart, for reading by eye.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_stories::pair::{FEATURE_NAMES, Model};

use super::pack::{self, Texts, View};

/// Prints how many pairs are right and wrong, and `most` wrong ones spread over the pack.
pub fn print(folder: &Path, model: &Path, most: usize) -> Result<()> {
    let pack = pack::read(folder)?;
    let text = fs::read_to_string(model).with_context(|| model.display().to_string())?;
    let model: &'static Model = Box::leak(Box::new(Model::read(&text)));
    let view = View {
        dates: !folder.ends_with("stories-ecbplus"),
        texts: Texts::All,
    };
    let lines: Vec<usize> = (0..pack.len()).collect();
    let [_, clusters] = pack.run(view, &lines, model);
    let mut counts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for ([a, b], pair) in pack.all_pairs(view) {
        let joined = clusters[a] == clusters[b];
        *counts.entry((pair.same, joined)).or_default() += 1;
        if pair.same != joined {
            wrong.push(([a, b], pair));
        }
    }
    for ((same, joined), count) in counts {
        eprintln!("one event: {same}, put together: {joined}: {count} pairs");
    }
    for ([a, b], pair) in wrong.iter().step_by((wrong.len() / most.max(1)).max(1)) {
        let what = if pair.same { "missed" } else { "wrongly joined" };
        eprintln!("\n{what}, {:.2}", model.log_odds(pair.kind, &pair.features));
        eprintln!("  {}\n  {}", pack.show(*a), pack.show(*b));
        let features = FEATURE_NAMES.iter().zip(pair.features);
        let told: Vec<String> = features
            .filter(|(_, x)| *x != 0.0)
            .map(|(name, x)| format!("{name} {x:.2}"))
            .collect();
        eprintln!("  {}", told.join(", "));
    }
    Ok(())
}
