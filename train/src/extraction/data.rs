//! The packs: pages with their gold text.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use twosource_extract::training::{PageBlocks, page_blocks};
use twosource_model::{Document, DocumentId, MediaType};

use super::label::{Label, label};

/// Packs that are trained on.
pub const PACKS: &[&str] = &[
    "extraction",
    "extraction-news",
    "extraction-multi",
    "extraction-snippets",
];

/// A page with a label for each block.
pub struct LabelledPage {
    /// pack
    pub pack: &'static str,
    /// id in the pack
    pub id: String,
    /// site, by which folds are made
    pub site: String,
    /// the page itself
    pub document: Document,
    /// its blocks
    pub blocks: PageBlocks,
    /// one a block
    pub labels: Vec<Label>,
}

impl LabelledPage {
    /// The fold of the page's site.
    pub fn fold(&self, folds: u64) -> u64 {
        hash(self.site.as_bytes()) % folds
    }

    /// The labels of the blocks that were measured, in their order.
    pub fn measured_labels(&self) -> impl Iterator<Item = &Label> {
        let rows = self.blocks.measures.rows.iter();
        self.labels
            .iter()
            .zip(rows)
            .filter(|(_, row)| row.is_some())
            .map(|(label, _)| label)
    }
}

#[derive(Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: String,
}

/// What the packs know of a page's text.
#[derive(Deserialize, Default)]
pub struct Gold {
    id: String,
    #[serde(default)]
    site: String,
    /// the body
    pub text: Option<String>,
    /// its paragraphs
    pub paragraphs: Option<Vec<String>>,
    /// paragraphs that may be left out
    pub optional: Option<Vec<usize>>,
    /// what each paragraph is; only where those that may be left out are standfirsts and sub-heads
    pub kinds: Option<Vec<String>>,
    /// snippets inside the body
    pub with: Option<Vec<String>>,
    /// snippets outside of it
    pub without: Option<Vec<String>>,
}

/// All pages of all packs, in their order.
pub fn load(corpora: &Path) -> Result<Vec<LabelledPage>> {
    let mut all = Vec::new();
    for pack in PACKS {
        let pages: Vec<Page> = read(&corpora.join(pack).join("pages.jsonl.gz"))?;
        let gold: Vec<Gold> = read(&corpora.join(pack).join("gold.jsonl"))?;
        let labelled: Vec<LabelledPage> = pages
            .into_par_iter()
            .filter_map(|page| {
                let gold = gold.iter().find(|gold| gold.id == page.id)?;
                let mut document =
                    Document::new(DocumentId::new(&page.id), MediaType::Html, page.html.into_bytes());
                document.url = page.url;
                document.given.charset = Some("utf-8".to_owned());
                let blocks = page_blocks(&document);
                let labels = label(&blocks, gold);
                Some(LabelledPage {
                    pack,
                    id: page.id,
                    site: gold.site.clone(),
                    document,
                    blocks,
                    labels,
                })
            })
            .collect();
        all.extend(labelled);
    }
    Ok(all)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let lines: Box<dyn BufRead> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(BufReader::new(file))
    };
    lines
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    });
    // spread the high bits into the low ones
    (fnv ^ (fnv >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 8
}
