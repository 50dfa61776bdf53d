//! Runs tasks and scorers, and keeps what they say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::packs::{PACKS, Pack};
use crate::tasks::{self, Job};

/// Where things lie.
pub struct Places {
    /// Holds `corpora/` and `bench/`.
    pub shared: PathBuf,
    /// Predictions are written here.
    pub work: PathBuf,
}

impl Places {
    /// The folder of the packs beside the repository, and a work folder that git ignores.
    pub fn new(shared: Option<PathBuf>) -> Self {
        let eval = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            shared: shared.unwrap_or_else(|| eval.join("../../shared")),
            work: eval.join("work"),
        }
    }

    /// A file of a pack.
    pub fn corpus(&self, file: &str) -> PathBuf {
        self.shared.join("corpora").join(file)
    }

    /// Where a task's predictions for a pack go.
    pub fn prediction(&self, pack: &Pack) -> PathBuf {
        let kind = if pack.gold_tokens { "-tokens" } else { "" };
        let ending = if pack.task == "syntax" { "conllu" } else { "jsonl" };
        let input = pack.input[0].split('.').next().unwrap_or(pack.name);
        self.work
            .join(format!("{}{kind}.{ending}", input.replace('/', "-")))
    }
}

/// Scores by row and figure; missing where a row could not be scored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Day of the run.
    #[serde(default)]
    pub date: String,
    /// What machine it ran on.
    #[serde(default)]
    pub machine: String,
    /// Row to figure to value.
    pub rows: BTreeMap<String, BTreeMap<String, f64>>,
    /// Rows that could not be scored, with the reason.
    #[serde(default)]
    pub failed: BTreeMap<String, String>,
}

/// Runs every row whose name or task contains one of `only` (all, when empty).
pub fn score_all(places: &Places, only: &[String]) -> Result<Scores> {
    ensure!(
        places.shared.join("bench").is_dir(),
        "no scorers at {}: name their folder with --shared",
        places.shared.display()
    );
    std::fs::create_dir_all(&places.work).context("making the work folder")?;
    let mut scores = Scores::default();
    let mut predicted: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for pack in PACKS.iter().filter(|pack| is_wanted(pack, only)) {
        let prediction = places.prediction(pack);
        let outcome = match predicted.get(&prediction) {
            Some(true) => score(places, pack),
            Some(false) => continue,
            None => predict(places, pack).and_then(|()| score(places, pack)),
        };
        predicted.insert(prediction, outcome.is_ok());
        match outcome {
            Ok(figures) => {
                let shown: Vec<String> = figures
                    .iter()
                    .map(|(figure, value)| format!("{figure} {value:.4}"))
                    .collect();
                eprintln!("{:<22} {}", pack.name, shown.join("  "));
                scores.rows.insert(pack.name.to_owned(), figures);
            }
            Err(error) => {
                eprintln!("{:<22} not scored: {error:#}", pack.name);
                scores.failed.insert(pack.name.to_owned(), format!("{error:#}"));
            }
        }
    }
    Ok(scores)
}

/// Whether a row was asked for.
pub fn is_wanted(pack: &Pack, only: &[String]) -> bool {
    only.is_empty()
        || only
            .iter()
            .any(|word| pack.name.contains(word.as_str()) || pack.task.contains(word.as_str()))
}

/// Writes the predictions of a row.
pub fn predict(places: &Places, pack: &Pack) -> Result<()> {
    let job = Job {
        input: pack.input.iter().map(|file| places.corpus(file)).collect(),
        output: places.prediction(pack),
        gold_tokens: pack.gold_tokens,
    };
    tasks::run(pack.task, &job)
}

fn score(places: &Places, pack: &Pack) -> Result<BTreeMap<String, f64>> {
    let output = Command::new("python3")
        .arg(places.shared.join("bench").join(pack.scorer))
        .arg("--gold")
        .arg(places.corpus(pack.gold))
        .arg("--pred")
        .arg(places.prediction(pack))
        .args(pack.extra)
        .output()
        .context("running python3")?;
    if !output.status.success() {
        bail!(
            "{}: {}",
            pack.scorer,
            String::from_utf8_lossy(&output.stderr)
                .lines()
                .last()
                .unwrap_or("failed")
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().context("the scorer printed nothing")?;
    let result: serde_json::Value = serde_json::from_str(last).context("the scorer's last line")?;
    let mut figures = BTreeMap::new();
    for figure in pack.figures {
        let value = figure.split('.').try_fold(&result, |value, key| value.get(key));
        let value = value.and_then(serde_json::Value::as_f64);
        figures.insert(
            (*figure).to_owned(),
            value.with_context(|| format!("the scorer gives no figure {figure}"))?,
        );
    }
    Ok(figures)
}

/// The scores as a Markdown table.
pub fn table(scores: &Scores) -> String {
    let mut table = String::from("| pack | figures |\n| --- | --- |\n");
    for pack in PACKS {
        if let Some(figures) = scores.rows.get(pack.name) {
            let cells: Vec<String> = pack
                .figures
                .iter()
                .filter_map(|f| figures.get(*f).map(|v| format!("{f} **{v:.4}**")))
                .collect();
            table.push_str(&format!("| {} | {} |\n", pack.name, cells.join(" · ")));
        } else if let Some(reason) = scores.failed.get(pack.name) {
            table.push_str(&format!(
                "| {} | not scored: {} |\n",
                pack.name,
                reason.replace('\n', " ")
            ));
        }
    }
    table
}
