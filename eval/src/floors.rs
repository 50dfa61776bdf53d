//! Floors: what every figure must not fall below. They rise by `floors --raise` and are lowered by hand only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::scoring::Scores;

/// How far a figure may fall under its floor before it counts: rounding of the scorers.
const TOLERANCE: f64 = 0.0005;

type Floors = BTreeMap<String, BTreeMap<String, f64>>;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("floors.json")
}

/// The floors that stand in the repository.
pub fn read() -> Result<Floors> {
    let text = std::fs::read_to_string(file()).context("reading eval/floors.json")?;
    serde_json::from_str(&text).context("reading eval/floors.json")
}

/// Fails with the list of figures that fell, or that could no longer be had.
pub fn check(scores: &Scores, whole: bool) -> Result<()> {
    let mut fallen = Vec::new();
    for (row, figures) in read()? {
        let Some(now) = scores.rows.get(&row) else {
            if whole {
                fallen.push(format!("{row}: not scored"));
            }
            continue;
        };
        for (figure, floor) in figures {
            match now.get(&figure) {
                Some(value) if *value >= floor - TOLERANCE => {}
                Some(value) => fallen.push(format!("{row} {figure}: {value:.4} under its floor {floor:.4}")),
                None => fallen.push(format!("{row} {figure}: gone")),
            }
        }
    }
    if !fallen.is_empty() {
        bail!("below the floors:\n  {}", fallen.join("\n  "));
    }
    Ok(())
}

/// Raises each floor to the figure reached; never lowers one.
pub fn raise(scores: &Scores) -> Result<()> {
    let mut floors = read().unwrap_or_default();
    for (row, figures) in &scores.rows {
        for (figure, value) in figures {
            let floor = floors
                .entry(row.clone())
                .or_default()
                .entry(figure.clone())
                .or_insert(*value);
            *floor = floor.max(*value);
        }
    }
    let text = serde_json::to_string_pretty(&floors)? + "\n";
    std::fs::write(file(), text).context("writing eval/floors.json")
}
