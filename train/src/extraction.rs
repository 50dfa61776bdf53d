//! Trains the block scorer of `twosource-extract`: two forests, the second of which sees what the first thought of the
//! blocks around. Only measures of shape, place and markup are learnt from, no words (`crates/twosource-extract/src/features.rs`).

mod boost;
mod data;
mod label;

use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde_json::json;
use twosource_extract::training::{Forest, names, second_look};

use boost::{Parameters, Table};
use data::LabelledPage;

/// Folds of sites for the first look's chances, and for the check on sites never trained on.
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
    /// Where the predictions on sites that were not trained on go, one file a pack; left out without it.
    #[arg(long)]
    check: Option<PathBuf>,
    /// Trees of each forest.
    #[arg(long, default_value_t = 200)]
    trees: usize,
    /// Leaves of each tree.
    #[arg(long, default_value_t = 16)]
    leaves: usize,
    /// Least sum of curvature in a leaf.
    #[arg(long, default_value_t = 0.6)]
    least: f32,
    /// Share of the sum that a tree may move, 0.0 to 1.0.
    #[arg(long, default_value_t = 0.06)]
    rate: f32,
    /// Chance from which a block counts as text in the check.
    #[arg(long, default_value_t = 0.5)]
    from: f32,
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
        check(&pages, &parameters, settings.from, folder)?;
    }
    if let Some(folder) = &settings.models {
        let all: Vec<&LabelledPage> = pages.iter().collect();
        let (first, second) = fit(&all, &parameters);
        std::fs::write(folder.join("blocks-first.forest"), first.to_bytes())?;
        std::fs::write(folder.join("blocks-second.forest"), second.to_bytes())
            .with_context(|| format!("writing into {}", folder.display()))?;
    }
    Ok(())
}

/// Both forests, trained on these pages.
fn fit(pages: &[&LabelledPage], parameters: &Parameters) -> (Forest, Forest) {
    // the second look must see chances as they are on sites that the first look was not trained on
    let mut chances: Vec<Vec<f32>> = vec![Vec::new(); pages.len()];
    for fold in 0..FOLDS {
        let rest: Vec<&LabelledPage> = pages
            .iter()
            .copied()
            .filter(|p| p.inner_fold(FOLDS) != fold)
            .collect();
        let forest = first_look(&rest, parameters, fold);
        for (page, chances) in pages.iter().zip(&mut chances) {
            if page.inner_fold(FOLDS) == fold {
                *chances = chances_of(&forest, page);
            }
        }
    }
    let first = first_look(pages, parameters, FOLDS);
    let mut table = Table::new(names().len());
    for (page, chances) in pages.iter().zip(&chances) {
        let rows = second_look(&page.blocks.measures, chances);
        table.add_page(&rows, &page.labels);
    }
    (first, boost::train(&table, parameters, 101))
}

fn first_look(pages: &[&LabelledPage], parameters: &Parameters, seed: u64) -> Forest {
    let width = pages.iter().map(|p| p.blocks.measures.width).max().unwrap_or(0);
    let mut table = Table::new(width);
    for page in pages {
        table.add_page(&page.blocks.measures.values, &page.labels);
    }
    boost::train(&table, parameters, seed)
}

fn chances_of(forest: &Forest, page: &LabelledPage) -> Vec<f32> {
    let measures = &page.blocks.measures;
    (0..measures.len())
        .map(|at| forest.chance(measures.row(at)))
        .collect()
}

/// Predictions for each page by forests that saw no page of its site.
fn check(pages: &[LabelledPage], parameters: &Parameters, from: f32, folder: &std::path::Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let folds: Vec<u64> = (0..FOLDS).collect();
    let forests: Vec<(Forest, Forest)> = folds
        .par_iter()
        .map(|fold| {
            let rest: Vec<&LabelledPage> = pages.iter().filter(|p| p.fold(FOLDS) != *fold).collect();
            fit(&rest, parameters)
        })
        .collect();
    for pack in data::PACKS {
        let mut out = String::new();
        for page in pages.iter().filter(|p| p.pack == *pack) {
            let (first, second) = &forests[usize::try_from(page.fold(FOLDS))?];
            let chances = chances_of(first, page);
            let rows = second_look(&page.blocks.measures, &chances);
            let width = second.width;
            let text: Vec<&str> = rows
                .chunks_exact(width)
                .zip(&page.blocks.words)
                .filter(|(row, _)| second.chance(row) >= from)
                .map(|(_, words)| words.as_str())
                .collect();
            out.push_str(&json!({"id": page.id, "text": text.join("\n\n")}).to_string());
            out.push('\n');
        }
        std::fs::write(folder.join(format!("{pack}.jsonl")), out)?;
    }
    Ok(())
}
