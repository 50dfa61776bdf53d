//! Weights of the judge that tells strays, members of a story that tell of something else: logistic regression over wordless features.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_stories::pair::Model;
use twosource_stories::strays::{self, Strays};
use twosource_testkit::readings;

use super::measure::Sums;
use super::pack::{self, Pack, Texts, View};
use crate::ridge::{Weights, fit};

/// Packs of dated texts, and how much a member of each counts.
const PACKS: [(&str, usize); 3] = [
    ("stories-stream", 1),
    ("stories-leads", 1),
    ("stories-fulltext", 12),
];
/// The pack with labels of which stories were read by eye besides.
const READ_PACK: &str = "stories-stream";
/// Folds of the cross-validation.
const FOLDS: u32 = 10;
/// Pull of the slopes towards zero.
const RIDGE: f64 = 20.0;
/// Mean log-odds with the others from which on a member is no stray: of the 90 that weights learnt on other stories call strays first,
/// none lies above 1.03 (23 November 2026).
const LOOSE: f32 = 1.2;
/// Log-odds from which on a member is called a stray: what lower and higher ones take out is in docs/stories.md.
const BOUND: f64 = -1.8;

/// A member of a story that was put together.
struct Member {
    features: [f32; strays::FEATURES],
    stray: bool,
    /// Its line in the pack, and the pack.
    at: usize,
    pack: usize,
    fold: u32,
    /// Folds of the weights of pairs that its cluster has stories of.
    folds: BTreeSet<u32>,
}

/// Learns the weights and writes them; says what weights learnt on the other folds do on each.
pub fn make(corpora: &Path, checked: &Path, model: &Path, output: &Path) -> Result<()> {
    let text = fs::read_to_string(model).with_context(|| model.display().to_string())?;
    let model: &'static Model = Box::leak(Box::new(Model::read(&text)));
    let stories_read = readings::read(checked).with_context(|| checked.display().to_string())?;
    let mut members = Vec::new();
    let mut packs = Vec::new();
    for (at, (name, _)) in PACKS.into_iter().enumerate() {
        let mut pack = pack::read(&corpora.join(name))?;
        if name == READ_PACK {
            pack.add_readings(&stories_read);
        }
        let clusters = gather(&pack, at, model, &mut members);
        packs.push((name, pack, clusters));
    }
    let mut held = vec![0.0; members.len()];
    for fold in 0..FOLDS {
        let weights = learn(members.iter().filter(|m| m.fold != fold));
        for (score, member) in held.iter_mut().zip(&members).filter(|(_, m)| m.fold == fold) {
            *score = weights.score(&member.features);
        }
    }
    let weights = learn(members.iter());
    let own: Vec<f64> = members.iter().map(|m| weights.score(&m.features)).collect();
    for (what, scores) in [("in sample", &own), ("out of fold", &held)] {
        report(what, &members, scores, &packs);
    }
    let text = format!(
        "# learnt on {} and on stories read by eye (eval/stories-checked.tsv)\n{}",
        PACKS.map(|(name, _)| name).join(", "),
        judge(&weights).write()
    );
    fs::write(output, text).with_context(|| format!("writing {}", output.display()))
}

/// The judge of members as these weights of pairs put them together, learnt without the stories of one fold. `pack` gives a pack by
/// its name.
pub fn learn_without<'p>(fold: u32, model: &'static Model, pack: impl Fn(&str) -> &'p Pack) -> Strays {
    let mut members = Vec::new();
    for (at, (name, _)) in PACKS.into_iter().enumerate() {
        gather(pack(name), at, model, &mut members);
    }
    judge(&learn(members.iter().filter(|m| !m.folds.contains(&fold))))
}

fn judge(weights: &Weights) -> Strays {
    Strays {
        loose: LOOSE,
        bias: (weights.bias - BOUND) as f32,
        slopes: std::array::from_fn(|at| weights.slopes[at] as f32),
    }
}

fn learn<'m>(members: impl Iterator<Item = &'m Member>) -> Weights {
    let row = |m: &'m Member| {
        let (_, times) = PACKS[m.pack];
        std::iter::repeat_n((&m.features[..], m.stray), times)
    };
    let rows: Vec<(&[f32], bool)> = members.flat_map(row).collect();
    fit(&rows, RIDGE)
}

/// Groups the pack and adds the members of its stories of which something is known; gives the cluster of each line.
fn gather(pack: &Pack, number: usize, model: &'static Model, members: &mut Vec<Member>) -> Vec<String> {
    let view = View {
        dates: true,
        texts: Texts::All,
    };
    let (mut stream, clusters) = pack.grouped(view, model);
    let mut by_cluster: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        by_cluster.entry(cluster).or_default().push(at);
    }
    for group in by_cluster.into_values() {
        if !strays::MEMBERS.contains(&group.len()) || !group.iter().all(|at| pack.is_dated(*at)) {
            continue;
        }
        let fold = pack.fold_of(group[0], FOLDS);
        let folds = pack.folds_of(&group);
        for at in &group {
            let others: Vec<usize> = group.iter().copied().filter(|other| other != at).collect();
            let told: Vec<bool> = others.iter().filter_map(|other| pack.same(*at, *other)).collect();
            let own = told.iter().filter(|same| **same).count();
            let foreign = told.len() - own;
            // two groups of several are two stories, and neither is a stray
            let stray = own == 0 && 2 * foreign > others.len();
            if !stray && 2 * own <= others.len() {
                continue;
            }
            let others: Vec<u32> = others.iter().map(|other| *other as u32).collect();
            members.push(Member {
                features: stream.member(*at as u32, &others),
                stray,
                at: *at,
                pack: number,
                fold,
                folds: folds.clone(),
            });
        }
    }
    clusters
}

/// Prints how many are called strays, and the figures of the packs without those.
fn report(what: &str, members: &[Member], scores: &[f64], packs: &[(&str, Pack, Vec<String>)]) {
    for bound in [-2.0, -1.5, BOUND, -1.0, -0.5] {
        let called = |m: &Member, score: f64| score > bound && m.features[0] < LOOSE;
        let scored = || members.iter().zip(scores);
        for (number, (name, _)) in PACKS.iter().enumerate() {
            let count = |stray: bool| {
                let some = scored().filter(|(m, _)| m.pack == number && m.stray == stray);
                let found = some.clone().filter(|(m, score)| called(m, **score)).count();
                format!("{found} of {}", some.count())
            };
            eprintln!(
                "{what}, from {bound}: {name:18} strays {}, others {}",
                count(true),
                count(false)
            );
        }
        for (number, (name, pack, clusters)) in packs.iter().enumerate() {
            let out = scored().filter(|(m, score)| m.pack == number && called(m, **score));
            let out: BTreeSet<usize> = out.map(|(m, _)| m.at).collect();
            let parted: Vec<String> = (clusters.iter().enumerate())
                .map(|(at, cluster)| {
                    if out.contains(&at) {
                        format!("{at}")
                    } else {
                        cluster.clone()
                    }
                })
                .collect();
            let mut sums = Sums::default();
            sums.add(&pack.stories, &parted, |_| true);
            eprintln!("  {name:18} {sums}");
        }
    }
}
