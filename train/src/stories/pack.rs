//! Reads a story pack as a stream and gives its scored pairs with their labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Moment, Outlet};
use twosource_stories::pair::{FEATURES, Kind, Model};
use twosource_stories::profile::{Counts, count};
use twosource_stories::words::hash_bytes;
use twosource_stories::{Item, Settings, Stream, days_of};
use twosource_testkit::readings::ReadStory;

use super::random::Random;

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
    /// Folds that must not learn from it: of the labels of both, and of what was read.
    pub folds: [u32; 3],
}

#[derive(Deserialize)]
pub struct Line {
    /// The article.
    pub id: String,
    url: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    fetched: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

impl Line {
    /// The article with this text, which need not be its own.
    pub fn article_of(&self, text: &str) -> Article {
        let title = self.title.as_deref().unwrap_or_default();
        Article::of_text(ArticleId::new(&self.id), title, text)
    }

    /// The article as it is.
    pub fn article(&self) -> Article {
        self.article_of(self.text.as_deref().unwrap_or_default())
    }
}

#[derive(Deserialize)]
pub struct Gold {
    /// The article.
    pub id: String,
    /// Its story.
    pub story: String,
}

/// The articles and labels of a pack.
pub struct Pack {
    lines: Vec<Line>,
    /// Story of each line, as a number; `None` where it has no label.
    pub stories: Vec<Option<u32>>,
    /// Fold of each story.
    pub folds: Vec<u32>,
    /// Pairs of lines, the lower first, of stories read by eye: whether both tell of one event, and the fold of their story.
    pub read: BTreeMap<[usize; 2], (bool, u32)>,
}

/// Reads `folder`.
pub fn read(folder: &Path) -> Result<Pack> {
    let gold = lines::<Gold>(&folder.join("gold.jsonl"))?;
    let gold: BTreeMap<String, String> = gold.into_iter().map(|gold| (gold.id, gold.story)).collect();
    let lines: Vec<Line> = lines(&folder.join("articles.jsonl.gz"))?;
    let mut numbers: BTreeMap<&String, u32> = BTreeMap::new();
    let mut folds = Vec::new();
    let mut stories = Vec::new();
    for line in &lines {
        let story = gold.get(&line.id).map(|story| {
            *numbers.entry(story).or_insert_with(|| {
                folds.push(hash_bytes(story.as_bytes()) % FOLDS);
                folds.len() as u32 - 1
            })
        });
        stories.push(story);
    }
    Ok(Pack {
        lines,
        stories,
        folds,
        read: BTreeMap::new(),
    })
}

/// Number of folds that stories are dealt into.
pub const FOLDS: u32 = 4;
/// Articles from anywhere before that each is paired with.
const FAR: u32 = 4;
/// Articles in a small batch.
const BATCH: std::ops::Range<u64> = 2..31;

impl Pack {
    /// Adds what was read by eye; the fold of a story is that of its first line.
    pub fn add_readings(&mut self, stories: &[ReadStory]) {
        let at_of = self.line_of();
        let mut read = BTreeMap::new();
        for story in stories {
            let known = story.pairs().filter_map(|(a, b, same)| {
                let (a, b) = (*at_of.get(a)?, *at_of.get(b)?);
                Some(([a.min(b), a.max(b)], same))
            });
            let known: Vec<([usize; 2], bool)> = known.collect();
            let Some(first) = known.iter().map(|([a, _], _)| *a).min() else {
                continue;
            };
            let fold = self.fold_of(first, FOLDS);
            read.extend(known.into_iter().map(|(pair, same)| (pair, (same, fold))));
        }
        self.read = read;
    }

    /// Whether two lines tell of one event, as far as labels or what was read by eye say.
    pub fn same(&self, a: usize, b: usize) -> Option<bool> {
        match (self.stories[a], self.stories[b]) {
            (Some(one), Some(other)) => Some(one == other),
            _ => self.read.get(&[a.min(b), a.max(b)]).map(|(same, _)| *same),
        }
    }

    /// Folds of the stories that lines have labels of, or were read in, each with another of them.
    pub fn folds_of(&self, lines: &[usize]) -> BTreeSet<u32> {
        let labels = lines.iter().filter_map(|at| self.stories[*at]);
        let mut folds: BTreeSet<u32> = labels.map(|story| self.folds[story as usize]).collect();
        for (at, a) in lines.iter().enumerate() {
            let pairs = lines[..at].iter().map(|b| [*a.min(b), *a.max(b)]);
            folds.extend(pairs.filter_map(|pair| Some(self.read.get(&pair)?.1)));
        }
        folds
    }

    fn text(&self, at: usize, view: View) -> &str {
        let keep = match view.texts {
            Texts::All => true,
            Texts::None => false,
            Texts::Half => at.is_multiple_of(2),
        };
        self.lines[at].text.as_deref().filter(|_| keep).unwrap_or("")
    }

    fn counts(&self, at: usize, view: View) -> Counts {
        let day = self.moment(at).filter(|_| view.dates).map(|m| days_of(&m));
        count(&self.article(at, view), day)
    }

    fn moment(&self, at: usize) -> Option<Moment> {
        let line = &self.lines[at];
        let dates = [&line.published, &line.fetched];
        dates.iter().find_map(|d| d.as_ref()?.parse::<Moment>().ok())
    }

    fn article(&self, at: usize, view: View) -> Article {
        let line = &self.lines[at];
        let mut article = line.article_of(self.text(at, view));
        article.url = line.url.clone();
        article.outlet = line.outlet.clone().map(|name| Outlet { name, host: None });
        article
    }

    /// The pairs that the stream would score, where both articles are labelled: the neighbours of each article, and some
    /// members of its own story and of its neighbours' that are no neighbours, as repair meets them.
    pub fn pairs(&self, view: View) -> Vec<Pair> {
        let mut stream = Stream::new(Settings::default());
        let mut by_story: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut pairs = Vec::new();
        let mut random = Random(1);
        for (at, line) in self.lines.iter().enumerate() {
            let (number, neighbours) = stream.add(ArticleId::new(&line.id), &self.counts(at, view));
            let Some(label) = self.stories[at] else { continue };
            let mut others: BTreeSet<u32> = neighbours.iter().map(|n| n.number).collect();
            let mut stories: BTreeSet<u32> = others
                .iter()
                .filter_map(|n| self.stories[*n as usize])
                .take(4)
                .collect();
            stories.insert(label);
            for story in stories {
                others.extend(spread(by_story.get(&story).map_or(&[], Vec::as_slice)));
            }
            by_story.entry(label).or_default().push(number);
            others.extend(
                (0..FAR)
                    .filter(|_| number > 0)
                    .map(|_| random.below(u64::from(number)) as u32),
            );
            for other in others {
                pairs.extend(self.pair(&stream, [at, other as usize], [number, other]));
            }
        }
        pairs
    }

    /// The pairs of the stories read by eye, as they are when the later article comes.
    pub fn read_pairs(&self, view: View) -> Vec<Pair> {
        let mut stream = Stream::new(Settings::default());
        let mut of_newer: BTreeMap<usize, Vec<(usize, bool, u32)>> = BTreeMap::new();
        for ([a, b], (same, fold)) in &self.read {
            of_newer.entry(*b).or_default().push((*a, *same, *fold));
        }
        let mut pairs = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            stream.add(ArticleId::new(&line.id), &self.counts(at, view));
            for (other, same, fold) in of_newer.get(&at).into_iter().flatten() {
                let (kind, features) = stream.pair(at as u32, *other as u32);
                let of_label = |at: usize| self.stories[at].map_or(*fold, |story| self.folds[story as usize]);
                pairs.push(Pair {
                    kind,
                    features,
                    same: *same,
                    folds: [of_label(at), of_label(*other), *fold],
                });
            }
        }
        pairs
    }

    /// All pairs of small batches, each in a stream of its own.
    pub fn batch_pairs(&self, view: View, batches: &[Vec<usize>]) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for batch in batches {
            let mut stream = Stream::new(Settings::default());
            for (number, at) in (0..).zip(batch) {
                stream.add(ArticleId::new(&self.lines[*at].id), &self.counts(*at, view));
                for other in 0..number {
                    pairs.extend(self.pair(&stream, [*at, batch[other as usize]], [number, other]));
                }
            }
        }
        pairs
    }

    fn pair(&self, stream: &Stream, lines: [usize; 2], numbers: [u32; 2]) -> Option<Pair> {
        let [story, other] = [self.stories[lines[0]]?, self.stories[lines[1]]?];
        let (kind, features) = stream.pair(numbers[0], numbers[1]);
        Some(Pair {
            kind,
            features,
            same: story == other,
            folds: [story, other, other].map(|story| self.folds[story as usize]),
        })
    }

    /// All pairs of labelled articles in one stream, with their lines; time grows with the square of the pack.
    pub fn all_pairs(&self, view: View) -> Vec<([usize; 2], Pair)> {
        let mut stream = Stream::new(Settings::default());
        let mut pairs = Vec::new();
        for (number, line) in (0..).zip(&self.lines) {
            let at = number as usize;
            stream.add(ArticleId::new(&line.id), &self.counts(at, view));
            for other in 0..number {
                let lines = [other as usize, at];
                pairs.extend(
                    self.pair(&stream, lines, [other, number])
                        .map(|pair| (lines, pair)),
                );
            }
        }
        pairs
    }

    /// Small batches as somebody would bring them together: an article, labelled ones near it in the whole stream, and
    /// those near to them, in the order of the pack.
    pub fn batches(&self, view: View, count: usize, seed: u64) -> Vec<Vec<usize>> {
        let near = self.near(view);
        let labelled: Vec<usize> = (0..self.lines.len())
            .filter(|at| self.stories[*at].is_some())
            .collect();
        let mut random = Random(seed);
        let mut found = Vec::new();
        for _ in 0..count {
            let size = (BATCH.start + random.below(BATCH.end - BATCH.start)) as usize;
            let first = labelled[random.below(labelled.len() as u64) as usize];
            let mut batch = BTreeSet::from([first]);
            let mut queue = vec![first];
            let mut next = 0;
            while batch.len() < size && next < queue.len() {
                let mut of_this: Vec<usize> = near[queue[next]].clone();
                // not all of an article's neighbours: a batch is nobody's nearest twenty
                while batch.len() < size && !of_this.is_empty() {
                    let other = of_this.remove(random.below(of_this.len().min(6) as u64) as usize);
                    if random.below(3) > 0 && batch.insert(other) {
                        queue.push(other);
                    }
                }
                next += 1;
            }
            found.push(batch.into_iter().collect());
        }
        found
    }

    /// Labelled neighbours of each line, nearest first, from both sides.
    fn near(&self, view: View) -> Vec<Vec<usize>> {
        let mut stream = Stream::new(Settings::default());
        let mut near: Vec<Vec<(f32, usize)>> = vec![Vec::new(); self.lines.len()];
        for (at, line) in self.lines.iter().enumerate() {
            let (_, neighbours) = stream.add(ArticleId::new(&line.id), &self.counts(at, view));
            for neighbour in neighbours {
                let other = neighbour.number as usize;
                if self.stories[at].is_some() && self.stories[other].is_some() {
                    near[at].push((neighbour.features[0], other));
                    near[other].push((neighbour.features[0], at));
                }
            }
        }
        near.into_iter()
            .map(|mut near| {
                near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                near.truncate(20);
                near.into_iter().map(|(_, at)| at).collect()
            })
            .collect()
    }

    /// The cluster of each line after a run of `which` lines as one stream: at its arrival, and in the end.
    pub fn run(&self, view: View, which: &[usize], model: &'static Model) -> [Vec<String>; 2] {
        let (_, clusters) = self.stream(view, which, model);
        clusters
    }

    /// The stream of all lines, and the cluster of each in the end.
    pub fn grouped(&self, view: View, model: &'static Model) -> (Stream, Vec<String>) {
        let all: Vec<usize> = (0..self.lines.len()).collect();
        let (stream, [_, last]) = self.stream(view, &all, model);
        (stream, last)
    }

    fn stream(&self, view: View, which: &[usize], model: &'static Model) -> (Stream, [Vec<String>; 2]) {
        let mut stream = Stream::with_model(Settings::default(), model);
        let mut first = Vec::new();
        let mut ids = Vec::new();
        for at in which {
            let article = self.article(*at, view);
            let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
            let item = Item {
                article: &article,
                analysis: &analysis,
            };
            let moment = self.moment(*at).filter(|_| view.dates);
            first.push(stream.push(&item, moment).story.to_string());
            ids.push(article.id.clone());
        }
        stream.repair();
        let last = ids
            .iter()
            .map(|id| stream.story_of(id).map_or_else(String::new, ToString::to_string));
        let last = last.collect();
        (stream, [first, last])
    }

    /// The line of each article.
    pub fn line_of(&self) -> BTreeMap<&str, usize> {
        let ids = self.lines.iter().map(|line| line.id.as_str());
        ids.zip(0..).collect()
    }

    /// Whether a line has a date and a text.
    pub fn is_dated(&self, at: usize) -> bool {
        self.moment(at).is_some() && !self.lines[at].text.as_deref().unwrap_or_default().is_empty()
    }

    /// The fold of a line by itself, of so many.
    pub fn fold_of(&self, at: usize, folds: u32) -> u32 {
        hash_bytes(self.lines[at].id.as_bytes()) % folds
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// What a line says of itself, for reading by eye.
    pub fn show(&self, at: usize) -> String {
        let line = &self.lines[at];
        let text: String = line.text.as_deref().unwrap_or("").chars().take(220).collect();
        format!(
            "{} [{}] {} | {} | {}",
            line.id,
            line.published
                .as_deref()
                .or(line.fetched.as_deref())
                .unwrap_or("-"),
            line.outlet.as_deref().unwrap_or("-"),
            line.title.as_deref().unwrap_or(""),
            text.replace('\n', " ")
        )
    }
}

/// At most six of these, evenly spread.
fn spread(members: &[u32]) -> impl Iterator<Item = u32> {
    members.iter().step_by(members.len().div_ceil(6).max(1)).copied()
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
