//! Reads a story pack as a stream and gives its scored pairs with their labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use twosource_model::{ArticleId, Moment};
use twosource_stories::pair::{FEATURES, Kind};
use twosource_stories::profile::count_text;
use twosource_stories::{Settings, Stream, days_of};

/// Which part of its articles a pack is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Dates are kept.
    pub dates: bool,
    /// Texts are kept: for all, for none, or for every second article.
    pub texts: Texts,
}

/// Which texts a view keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// All.
    All,
    /// None: titles only.
    None,
    /// Of every second article.
    Half,
}

/// A labelled pair.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Which weights score it.
    pub kind: Kind,
    /// Its features.
    pub features: [f32; FEATURES],
    /// Both articles tell of one event.
    pub same: bool,
    /// Fold of the newer article's story.
    pub fold: u32,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    published: Option<String>,
    fetched: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    story: String,
}

/// The articles and labels of a pack.
pub struct Pack {
    lines: Vec<Line>,
    gold: BTreeMap<String, String>,
}

/// Reads `folder`.
pub fn read(folder: &Path) -> Result<Pack> {
    let gold = lines::<Gold>(&folder.join("gold.jsonl"))?;
    Ok(Pack {
        lines: lines(&folder.join("articles.jsonl.gz"))?,
        gold: gold.into_iter().map(|gold| (gold.id, gold.story)).collect(),
    })
}

/// Number of folds that stories are dealt into.
pub const FOLDS: u32 = 5;

impl Pack {
    /// The pairs that the stream would score, where both articles are labelled: the neighbours of each article, and some
    /// members of its own story and of its neighbours' that are no neighbours, as repair meets them.
    pub fn pairs(&self, view: View) -> Vec<Pair> {
        let mut stream = Stream::new(Settings::default());
        let mut labels: Vec<Option<&String>> = Vec::new();
        let mut by_story: BTreeMap<&String, Vec<u32>> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let keep = match view.texts {
                Texts::All => true,
                Texts::None => false,
                Texts::Half => at % 2 == 0,
            };
            let text = line.text.as_deref().filter(|_| keep).unwrap_or("");
            let counts = count_text(line.title.as_deref().unwrap_or(""), text);
            let dates = [&line.published, &line.fetched];
            let moment = dates.iter().find_map(|d| d.as_ref()?.parse::<Moment>().ok());
            let day = moment.filter(|_| view.dates).map(|m| days_of(&m));
            let label = self.gold.get(&line.id);
            labels.push(label);
            let (number, neighbours) = stream.add(ArticleId::new(&line.id), &counts, day);
            let Some(label) = label else { continue };
            let mut others: BTreeSet<u32> = neighbours.iter().map(|n| n.number).collect();
            let mut stories: BTreeSet<&String> = others
                .iter()
                .filter_map(|n| labels[*n as usize])
                .take(4)
                .collect();
            stories.insert(label);
            for story in stories {
                others.extend(spread(by_story.get(story).map_or(&[], Vec::as_slice)));
            }
            by_story.entry(label).or_default().push(number);
            for other in others {
                let Some(other_label) = labels[other as usize] else {
                    continue;
                };
                let (kind, features) = stream.pair(number, other);
                pairs.push(Pair {
                    kind,
                    features,
                    same: label == other_label,
                    fold: fold(label),
                });
            }
        }
        pairs
    }
}

/// At most six of these, evenly spread.
fn spread(members: &[u32]) -> impl Iterator<Item = u32> {
    members.iter().step_by(members.len().div_ceil(6).max(1)).copied()
}

fn fold(story: &str) -> u32 {
    twosource_stories::words::hash_bytes(story.as_bytes()) % FOLDS
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = BufReader::new(File::open(path).with_context(|| path.display().to_string())?);
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        MultiGzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        BufReader::new(file).read_to_string(&mut text)?;
    }
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
