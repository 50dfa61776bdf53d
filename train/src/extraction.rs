//! Trains the block scorer of `twosource-extract`: two forests, the second of which sees what the first thought of the
//! blocks around. Only measures of shape, place and markup are learnt from, no words (`crates/twosource-extract/src/features.rs`).

mod boost;
mod data;
mod label;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde_json::json;
use twosource_extract::training::{
    Forest, article_text, first_look as first_look_chances, names, second_look as second_look_rows,
};

use boost::{Parameters, Table};
use data::LabelledPage;

/// Folds of sites, for the first look's chances and for the check on sites never trained on.
const FOLDS: u64 = 5;

/// What is trained, from where, to where.
#[derive(clap::Args)]
pub struct Settings {
    /// Folder of the packs.
    #[arg(long, default_value = "../shared/corpora")]
    corpora: PathBuf,
    /// Where the models go; nothing is written without it.
    #[arg(long)]
    models: Option<PathBuf>,
    /// Reads each page with forests that saw no page of its site, and scores what comes out; the predictions go into
    /// this folder, one file a pack.
    #[arg(long, num_args = 0..=1, default_missing_value = "target/extraction-check")]
    check: Option<PathBuf>,
    /// Trees of each forest.
    #[arg(long, default_value_t = 160)]
    trees: usize,
    /// Leaves of each tree.
    #[arg(long, default_value_t = 16)]
    leaves: usize,
    /// Least sum of curvature in a leaf.
    #[arg(long, default_value_t = 0.6)]
    least: f32,
    /// Share of the sum that a tree may move, 0.0 to 1.0.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
}

/// Trains, checks, writes.
pub fn train(settings: &Settings) -> Result<()> {
    let pages = data::load(&settings.corpora)?;
    let blocks: usize = pages.iter().map(|p| p.blocks.words.len()).sum();
    eprintln!(
        "{} pages, {blocks} blocks, {} measures",
        pages.len(),
        names().len()
    );
    let parameters = Parameters {
        trees: settings.trees,
        leaves: settings.leaves,
        least_curvature: settings.least,
        rate: settings.rate,
    };
    if let Some(folder) = &settings.check {
        check(&pages, &parameters, settings, folder)?;
    }
    if let Some(folder) = &settings.models {
        let all: Vec<&LabelledPage> = pages.iter().collect();
        let (first, second) = fit(&all, &parameters)?;
        std::fs::write(folder.join("blocks-first.forest"), first.to_bytes())?;
        std::fs::write(folder.join("blocks-second.forest"), second.to_bytes())
            .with_context(|| format!("writing into {}", folder.display()))?;
    }
    Ok(())
}

/// Both forests, trained on these pages.
fn fit(pages: &[&LabelledPage], parameters: &Parameters) -> Result<(Forest, Forest)> {
    // the second look must see chances as they are on sites that the first look was not trained on
    let forests: Vec<Forest> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| first_look(pages, &[fold], parameters))
        .collect::<Result<_>>()?;
    let chances = chances_by_fold(pages, |fold| &forests[fold]);
    let first = first_look(pages, &[], parameters)?;
    let second = second_look(pages, &chances, parameters)?;
    Ok((first, second))
}

/// A first look trained on the pages that are not in these folds.
fn first_look(pages: &[&LabelledPage], without: &[u64], parameters: &Parameters) -> Result<Forest> {
    let width = pages.iter().map(|p| p.blocks.measures.width).max().unwrap_or(0);
    let mut table = Table::new(width);
    for page in pages.iter().filter(|p| !without.contains(&p.fold(FOLDS))) {
        table.add_page(&page.blocks.measures.values, page.measured_labels());
    }
    Ok(boost::train(&table, parameters, without.iter().sum())?)
}

/// A second look trained on pages with what a first look that did not know them thought of their blocks.
fn second_look(pages: &[&LabelledPage], chances: &[Vec<f32>], parameters: &Parameters) -> Result<Forest> {
    let mut table = Table::new(names().len());
    for (page, chances) in pages.iter().zip(chances) {
        let rows = second_look_rows(&page.blocks.measures, chances);
        table.add_page(&rows, page.measured_labels());
    }
    // the mean of two that were drawn differently varies less from site to site
    let (a, b) = (
        boost::train(&table, parameters, 101)?,
        boost::train(&table, parameters, 202)?,
    );
    Ok(Forest::mean(&a, &b))
}

/// The chances of each page's blocks by the forest for its fold.
fn chances_by_fold<'f>(pages: &[&LabelledPage], forest: impl Fn(usize) -> &'f Forest) -> Vec<Vec<f32>> {
    pages
        .iter()
        .map(|page| {
            let fold = usize::try_from(page.fold(FOLDS)).unwrap_or(0);
            first_look_chances(&page.blocks.measures, forest(fold))
        })
        .collect()
}

/// Forests for each fold that saw no page of it.
fn forests_by_fold(pages: &[&LabelledPage], parameters: &Parameters) -> Result<Vec<(Forest, Forest)>> {
    // what was trained without two folds serves both: each is the other's unknown site
    let pairs: Vec<(u64, u64)> = (0..FOLDS).flat_map(|a| (a..FOLDS).map(move |b| (a, b))).collect();
    let firsts: BTreeMap<(u64, u64), Forest> = pairs
        .into_par_iter()
        .map(|(a, b)| {
            let without: &[u64] = if a == b { &[a] } else { &[a, b] };
            Ok(((a, b), first_look(pages, without, parameters)?))
        })
        .collect::<Result<_>>()?;
    (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let rest: Vec<&LabelledPage> = pages.iter().copied().filter(|p| p.fold(FOLDS) != fold).collect();
            let chances = chances_by_fold(&rest, |other| {
                let other = other as u64;
                &firsts[&(fold.min(other), fold.max(other))]
            });
            Ok((
                firsts[&(fold, fold)].clone(),
                second_look(&rest, &chances, parameters)?,
            ))
        })
        .collect()
}

/// Writes the article of each page as it is read by forests that saw no page of its site, and scores them.
fn check(pages: &[LabelledPage], parameters: &Parameters, settings: &Settings, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let all: Vec<&LabelledPage> = pages.iter().collect();
    let forests = forests_by_fold(&all, parameters)?;
    for pack in data::PACKS {
        let lines: Vec<String> = pages
            .par_iter()
            .filter(|page| page.pack == *pack)
            .map(|page| {
                let (first, second) = &forests[usize::try_from(page.fold(FOLDS)).unwrap_or(0)];
                let text = article_text(&page.document, (first, second));
                json!({"id": page.id, "text": text}).to_string()
            })
            .collect();
        let path = folder.join(format!("{pack}.jsonl"));
        std::fs::write(&path, lines.join("\n") + "\n")?;
        score(&settings.corpora, pack, &path)?;
    }
    Ok(())
}

/// Shows what the scorer beside the corpora says of the body.
#[expect(clippy::print_stdout, reason = "a trainer's figures are its output")]
fn score(corpora: &Path, pack: &str, predictions: &Path) -> Result<()> {
    let said = Command::new("python3")
        .arg(corpora.join("../bench/score_extraction.py"))
        .args(["--bootstrap", "2", "--gold"])
        .arg(corpora.join(pack).join("gold.jsonl"))
        .arg("--pred")
        .arg(predictions)
        .output()
        .context("running the scorer")?;
    anyhow::ensure!(said.status.success(), "the scorer failed on {pack}");
    let said = String::from_utf8_lossy(&said.stdout);
    let wanted = ["shingle", "paragraph", "snippets"];
    for line in said
        .lines()
        .filter(|line| wanted.iter().any(|w| line.starts_with(w)))
    {
        println!("{pack:20} {line}");
    }
    Ok(())
}
