//! `stories-lines`: what the scorers do not say of stories and copies. How much is lost at arrival, how often ids change,
//! which unlabelled neighbours were taken in, and whether shares of own words are right; and a sample of stories by seed,
//! for reading by eye.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Deserialize;
use twosource_model::{Article, ArticleId, Moment, StoryId};
use twosource_stories::{Item, Settings, Stream};

use crate::bcubed::bcubed;
use crate::lines;
use crate::random::Random;
use crate::stories_read::{Judged, Reading};
use crate::tasks::stories::{Line, empty_analysis};

/// The packs of stories.
const PACKS: [&str; 5] = ["stream", "leads", "ecbplus", "fulltext", "headlines"];
/// The one of which stories were read by eye.
const READ: &str = "stream";
/// Articles between two repairs.
const REPAIR_EVERY: usize = 50;
/// Fewest articles of a story that is drawn for reading.
const LEAST_DRAWN: usize = 3;
/// Most words of a text that are aligned.
const ALIGNED: usize = 2_000;
/// How far a share of own words may lie from the aligned one.
const OWN_WITHIN: f32 = 0.05;

#[derive(Deserialize)]
struct Gold {
    id: ArticleId,
    story: String,
}

#[derive(Deserialize)]
struct CopyGold {
    id: ArticleId,
    group: ArticleId,
    edits: Vec<String>,
}

/// Prints the figures; with `draw`, so many stories of the stream instead, by this seed. `checked` has what was read of the stream.
pub fn run(corpora: &Path, checked: &[PathBuf], draw: Option<usize>, seed: u64) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if let Some(count) = draw {
        return draw_stories(&mut out, corpora, count, seed);
    }
    for pack in PACKS {
        let gold: Vec<Gold> = lines::read(&corpora.join(format!("stories-{pack}/gold.jsonl")))?;
        let gold: BTreeMap<ArticleId, String> = gold.into_iter().map(|gold| (gold.id, gold.story)).collect();
        let ran = Ran::over(&read(corpora, &format!("stories-{pack}"))?);
        let end = |id: &ArticleId| ran.stream.story_of(id).cloned();
        let [first, led, last] = [
            f1(&gold, |id| ran.first.get(id).cloned()),
            f1(&gold, |id| {
                ran.first.get(id).map(|story| ran.stream.resolve(story))
            }),
            f1(&gold, end),
        ];
        writeln!(
            out,
            "stories-{pack}: B-cubed F1 at arrival {first:.3}, redirects followed {led:.3}, in the end {last:.3}; \
             of {} repairs of stories of two or more {} merged the story into a bigger one (redirected), {} lost the id",
            ran.repaired, ran.merged, ran.lost
        )?;
        neighbours(&mut out, &ran.stream, &gold)?;
        if pack == READ {
            by_eye(&mut out, &ran.stream, &gold, &Reading::of(checked)?)?;
        }
    }
    own_shares(&mut out, corpora)
}

/// A stream that was run over a pack.
struct Ran {
    stream: Stream,
    /// Story of each article at its arrival.
    first: BTreeMap<ArticleId, StoryId>,
    /// Stories of two or more articles that a repair looked at because of newcomers.
    repaired: usize,
    /// Those of them that it put into another story, where their id leads from then on.
    merged: usize,
    /// Those of them whose id does not lead to most of their articles afterwards.
    lost: usize,
}

impl Ran {
    fn over(articles: &[(Article, Option<Moment>)]) -> Self {
        let mut ran = Self {
            stream: Stream::new(Settings {
                repair_every: 0,
                ..Settings::default()
            }),
            first: BTreeMap::new(),
            repaired: 0,
            merged: 0,
            lost: 0,
        };
        let mut touched: BTreeSet<StoryId> = BTreeSet::new();
        for (at, (article, seen)) in articles.iter().enumerate() {
            let analysis = empty_analysis(article);
            let item = Item {
                article,
                analysis: &analysis,
            };
            let assignment = ran.stream.push(&item, *seen);
            touched.insert(assignment.story.clone());
            ran.first.insert(assignment.article, assignment.story);
            if (at + 1) % REPAIR_EVERY == 0 || at + 1 == articles.len() {
                ran.repair(&std::mem::take(&mut touched));
            }
        }
        ran
    }

    fn repair(&mut self, touched: &BTreeSet<StoryId>) {
        let mut before: BTreeMap<StoryId, Vec<ArticleId>> = BTreeMap::new();
        for (article, story) in self.stream.assignments() {
            if touched.contains(story) {
                before.entry(story.clone()).or_default().push(article.clone());
            }
        }
        self.stream.repair();
        for (story, articles) in before.into_iter().filter(|(_, articles)| articles.len() > 1) {
            let now = self.stream.resolve(&story);
            let led = articles
                .iter()
                .filter(|id| self.stream.story_of(id) == Some(&now));
            let lost = led.count() * 2 < articles.len();
            self.repaired += 1;
            self.lost += usize::from(lost);
            self.merged += usize::from(!lost && now != story);
        }
    }
}

fn read(corpora: &Path, pack: &str) -> Result<Vec<(Article, Option<Moment>)>> {
    let lines: Vec<Line> = lines::read(&corpora.join(pack).join("articles.jsonl.gz"))?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let seen = line.seen();
            (line.article(), seen)
        })
        .collect())
}

/// B-cubed F1 over the labelled articles.
fn f1(gold: &BTreeMap<ArticleId, String>, story: impl Fn(&ArticleId) -> Option<StoryId>) -> f64 {
    let [precision, recall] = bcubed(gold.iter().map(|(id, label)| (story(id), label)));
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}

/// The articles of each story.
fn members(stream: &Stream) -> BTreeMap<&StoryId, Vec<&ArticleId>> {
    let mut stories: BTreeMap<&StoryId, Vec<&ArticleId>> = BTreeMap::new();
    for (article, story) in stream.assignments() {
        stories.entry(story).or_default().push(article);
    }
    stories
}

/// Prints how many stories of three or more hold an article that was read as foreign.
fn by_eye(
    out: &mut impl Write,
    stream: &Stream,
    gold: &BTreeMap<ArticleId, String>,
    reading: &Reading,
) -> Result<()> {
    let stories = members(stream);
    let big = stories.values().filter(|members| members.len() >= LEAST_DRAWN);
    let judged: Vec<Judged> = big
        .map(|members| reading.judge(members, |id| gold.get(id).cloned()))
        .collect();
    let count = |of: Judged| judged.iter().filter(|judged| **judged == of).count();
    writeln!(
        out,
        "  of {} stories of three or more {} hold an article that was read as foreign, {} one that was not read",
        judged.len(),
        count(Judged::Foreign),
        count(Judged::Unread)
    )?;
    Ok(())
}

/// Prints where the unlabelled articles went.
fn neighbours(out: &mut impl Write, stream: &Stream, gold: &BTreeMap<ArticleId, String>) -> Result<()> {
    let mut stories: BTreeMap<&StoryId, (usize, BTreeSet<&String>)> = BTreeMap::new();
    for (article, story) in stream.assignments() {
        let entry = stories.entry(story).or_default();
        match gold.get(article) {
            Some(label) => drop(entry.1.insert(label)),
            None => entry.0 += 1,
        }
    }
    let unlabelled = |labels: std::ops::RangeInclusive<usize>| -> usize {
        let of = stories.values().filter(|story| labels.contains(&story.1.len()));
        of.map(|story| story.0).sum()
    };
    let all = unlabelled(0..=usize::MAX);
    if all > 0 {
        writeln!(
            out,
            "  of {all} unlabelled neighbours {} lie in stories without a labelled article, {} in stories with one label, {} in \
             stories with several labels; the most in one story with a label: {}",
            unlabelled(0..=0),
            unlabelled(1..=1),
            unlabelled(2..=usize::MAX),
            stories
                .values()
                .filter(|s| !s.1.is_empty())
                .map(|s| s.0)
                .max()
                .unwrap_or(0)
        )?;
    }
    Ok(())
}

/// Prints stories of the stream with three or more articles, drawn by seed: one a line, its articles by id and title.
fn draw_stories(out: &mut impl Write, corpora: &Path, count: usize, seed: u64) -> Result<()> {
    let articles = read(corpora, "stories-stream")?;
    let ran = Ran::over(&articles);
    let stories = members(&ran.stream);
    let by_id: BTreeMap<&ArticleId, &Article> = articles
        .iter()
        .map(|(article, _)| (&article.id, article))
        .collect();
    let mut left: Vec<_> = stories
        .into_iter()
        .filter(|(_, members)| members.len() >= LEAST_DRAWN)
        .collect();
    let mut random = Random::of(seed);
    for _ in 0..count.min(left.len()) {
        let (story, members) = left.swap_remove(random.below(left.len() as u64) as usize);
        writeln!(out, "{story}\t{}", members.len())?;
        for id in members {
            let day = by_id[id]
                .published
                .as_ref()
                .map_or_else(String::new, |dated| dated.evidence.clone());
            let opening: String = by_id[id].text().chars().take(160).collect();
            writeln!(
                out,
                "  {id}\t{day:.10}\t{}\t{}",
                by_id[id].title(),
                opening.replace('\n', " ")
            )?;
        }
    }
    Ok(())
}

/// Prints how many copies of the made set have their share of own words right: against the share of words that a longest
/// common subsequence with the first text leaves. Copies with a moved paragraph, which has no place in one, are left out.
fn own_shares(out: &mut impl Write, corpora: &Path) -> Result<()> {
    let gold: Vec<CopyGold> = lines::read(&corpora.join("copies-synth/gold.jsonl"))?;
    let articles = read(corpora, "copies-synth")?;
    let ran = Ran::over(&articles);
    let by_id: BTreeMap<&ArticleId, &Article> = articles
        .iter()
        .map(|(article, _)| (&article.id, article))
        .collect();
    let mut found: BTreeMap<ArticleId, (ArticleId, f32)> = BTreeMap::new();
    for origin in ran
        .stream
        .stories_with(|id| by_id.get(id).copied())
        .into_iter()
        .flat_map(|story| story.origins)
    {
        let first = origin.members[0].article.clone();
        found.extend(
            origin
                .members
                .into_iter()
                .map(|member| (member.article, (first.clone(), member.own_share))),
        );
    }
    let (mut asked, mut right, mut apart) = (0, 0, 0.0);
    for copy in gold
        .iter()
        .filter(|copy| copy.id != copy.group && !copy.edits.iter().any(|edit| edit == "move"))
    {
        let Some((first, share)) = found.get(&copy.id).filter(|(first, _)| *first != copy.id) else {
            continue;
        };
        let error = (share - own_share(by_id[&copy.id].text(), by_id[first].text())).abs();
        asked += 1;
        right += usize::from(error <= OWN_WITHIN);
        apart += error;
    }
    writeln!(
        out,
        "copies-synth: share of own words within {:.0} points in {right} of {asked} copies; mean error {:.1} points",
        OWN_WITHIN * 100.0,
        apart / asked.max(1) as f32 * 100.0
    )?;
    Ok(())
}

/// Share of the words of `text` outside a longest common subsequence with `first`.
fn own_share(text: &str, first: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.take(ALIGNED).map(str::to_lowercase).collect()
    };
    let (text, first) = (words(text), words(first));
    let mut row = vec![0_u32; first.len() + 1];
    for word in &text {
        let mut corner = 0;
        for (at, other) in first.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other {
                corner + 1
            } else {
                above.max(row[at])
            };
            corner = above;
        }
    }
    1.0 - row[first.len()] as f32 / text.len().max(1) as f32
}
