//! Statements and differences of drawn stories, to be read by eye, and the tally of what was read.
//!
//! Stories are drawn from `stories-fulltext` and `stories-stream`, or from `roundups`, in an order that a seed fixes. The
//! sheet shows what two or more origins are said to share, and every difference; the list that comes with it (anchors, no words) takes
//! one verdict a line and is kept as `eval/account-checked.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::analyze;
use twosource_model::{Account, Analysis, Article, Passage, Statement, SupportClass};

use crate::briefs::roundups_as_stories;
use crate::tasks::stories::Line;
use crate::{lines, one_story};

/// Packs that stories are drawn from, with how many of each five drawn come from it.
const PACKS: [(&str, usize); 2] = [("stories-fulltext", 2), ("stories-stream", 3)];
/// The pack of three reports each that can be drawn from instead.
const ROUNDUPS: &str = "roundups";
/// Reports of a story that is drawn.
const REPORTS: std::ops::RangeInclusive<usize> = 2..=10;

#[derive(Deserialize)]
struct Gold {
    id: String,
    story: String,
}

/// A story of a pack with its articles' ids.
struct Drawn {
    pack: &'static str,
    story: String,
    articles: BTreeSet<String>,
}

/// One line of the list: what was read, and what was found.
struct Checked {
    /// "tuned" where the story was read while rules were made, "held-out" or "later" where not.
    part: String,
    kind: String,
    verdict: String,
}

/// Prints the sheet of `count` stories drawn by `seed` that are not in the list at `checked` yet, and behind it the list's
/// new lines with a question mark for each verdict. `only` draws the stories of these names; `of_roundups` draws roundups.
pub fn sheet(
    shared: &Path,
    checked: &Path,
    seed: u64,
    count: usize,
    only: &[String],
    of_roundups: bool,
) -> Result<()> {
    let known = known_stories(checked)?;
    let choice = Choice {
        seed,
        known: &known,
        only,
    };
    let drawn = if of_roundups {
        draw_roundups(shared, count, &choice)?
    } else {
        draw(shared, count, &choice)?
    };
    let mut out = std::io::stdout().lock();
    let mut list = Vec::new();
    for pack in PACKS.map(|(pack, _)| pack).into_iter().chain([ROUNDUPS]) {
        let stories: Vec<&Drawn> = drawn.iter().filter(|d| d.pack == pack).collect();
        if stories.is_empty() {
            continue;
        }
        let articles = if pack == ROUNDUPS {
            let all = roundups_as_stories(&roundups_path(shared))?
                .into_values()
                .flatten();
            all.map(|article| (article.id.as_str().to_owned(), article))
                .collect()
        } else {
            articles(shared, pack, &stories)?
        };
        let accounts: Vec<Option<Account>> = stories
            .par_iter()
            .map(|drawn| account(drawn, &articles))
            .collect();
        for (drawn, account) in stories.iter().zip(accounts) {
            let account = account.with_context(|| format!("{pack} {} has no reports", drawn.story))?;
            write_sheet(&mut out, drawn, &account)?;
            list_lines(drawn, &account, &mut list);
        }
    }
    writeln!(out, "\npart\tpack\tstory\tkind\tverdict\trenderings")?;
    for line in list {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Prints how many of the statements and differences in the list hold.
pub fn tally(checked: &Path) -> Result<()> {
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for line in read_list(checked)? {
        let kind = line.kind.split(':').next().unwrap_or_default().to_owned();
        let count = counts.entry((line.part, kind)).or_default();
        count.0 += usize::from(line.verdict == "t");
        count.1 += 1;
    }
    let mut out = std::io::stdout().lock();
    for ((part, kind), (held, read)) in counts {
        let share = 100.0 * held as f64 / read.max(1) as f64;
        writeln!(
            out,
            "{part:<9} {kind:<11} {held:>4} of {read:>4} hold  {share:>5.1} %"
        )?;
    }
    Ok(())
}

fn read_list(path: &Path) -> Result<Vec<Checked>> {
    let text = lines::read_text(path)?;
    let rows = text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("part\t"));
    Ok(rows
        .filter_map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            Some(Checked {
                part: (*cells.first()?).to_owned(),
                kind: (*cells.get(3)?).to_owned(),
                verdict: (*cells.get(4)?).to_owned(),
            })
        })
        .collect())
}

/// Stories that the list names, also those of which nothing was to be read ("# read PACK STORY").
fn known_stories(path: &Path) -> Result<BTreeSet<String>> {
    let text = if path.is_file() {
        lines::read_text(path)?
    } else {
        String::new()
    };
    Ok(text
        .lines()
        .filter_map(|line| match line.strip_prefix("# read ") {
            Some(named) => named.split(' ').nth(1).map(str::to_owned),
            None if line.starts_with('#') => None,
            None => line.split('\t').nth(2).map(str::to_owned),
        })
        .collect())
}

fn draw(shared: &Path, count: usize, choice: &Choice<'_>) -> Result<Vec<Drawn>> {
    let mut drawn = Vec::new();
    for (pack, of_five) in PACKS {
        let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for gold in lines::read::<Gold>(&shared.join(format!("corpora/{pack}/gold.jsonl")))? {
            stories.entry(gold.story).or_default().insert(gold.id);
        }
        let fit = stories
            .into_iter()
            .filter(|(_, articles)| REPORTS.contains(&articles.len()))
            .map(|(story, articles)| Drawn {
                pack,
                story,
                articles,
            });
        drawn.extend(choice.of(fit, count * of_five / 5));
    }
    Ok(drawn)
}

/// Which stories are drawn, and in what order.
struct Choice<'a> {
    seed: u64,
    /// Read before.
    known: &'a BTreeSet<String>,
    /// Asked for by name; then only they are drawn, read before or not.
    only: &'a [String],
}

impl Choice<'_> {
    /// The first `count` of those that may be drawn, or all that are asked for.
    fn of(&self, stories: impl Iterator<Item = Drawn>, count: usize) -> Vec<Drawn> {
        let wanted = |drawn: &Drawn| match self.only {
            [] => !self.known.contains(&drawn.story),
            only => only.contains(&drawn.story),
        };
        let mut fit: Vec<Drawn> = stories.filter(wanted).collect();
        fit.sort_by_key(|drawn| place(self.seed, &drawn.story));
        if self.only.is_empty() {
            fit.truncate(count);
        }
        fit
    }
}

fn roundups_path(shared: &Path) -> PathBuf {
    shared.join("corpora/roundups/roundups.jsonl.gz")
}

fn draw_roundups(shared: &Path, count: usize, choice: &Choice<'_>) -> Result<Vec<Drawn>> {
    let fit = roundups_as_stories(&roundups_path(shared))?
        .into_iter()
        .map(|(story, articles)| Drawn {
            pack: ROUNDUPS,
            story,
            articles: articles.iter().map(|a| a.id.as_str().to_owned()).collect(),
        });
    Ok(choice.of(fit, count))
}

/// Where a story stands in the order of a seed: FNV-1a of its name, stirred (splitmix64).
fn place(seed: u64, story: &str) -> u64 {
    let hash = story
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 27)
}

fn articles(shared: &Path, pack: &str, stories: &[&Drawn]) -> Result<BTreeMap<String, Article>> {
    let wanted: BTreeSet<&str> = stories
        .iter()
        .flat_map(|d| d.articles.iter().map(String::as_str))
        .collect();
    Ok(
        lines::read::<Line>(&shared.join(format!("corpora/{pack}/articles.jsonl.gz")))?
            .into_iter()
            .map(|line| line.article())
            .filter(|article| wanted.contains(article.id.as_str()))
            .map(|article| (article.id.as_str().to_owned(), article))
            .collect(),
    )
}

fn account(drawn: &Drawn, articles: &BTreeMap<String, Article>) -> Option<Account> {
    let articles: Vec<Article> = drawn
        .articles
        .iter()
        .filter_map(|id| articles.get(id).cloned())
        .collect();
    let settings = twosource_language::Settings::default();
    let analyses: Vec<Analysis> = articles.iter().map(|a| analyze(a, &settings)).collect();
    one_story::account(&articles, &analyses)
}

fn is_shared(statement: &Statement) -> bool {
    statement.class != SupportClass::One
}

fn one_line(passage: &Passage) -> String {
    passage.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_sheet(out: &mut impl Write, drawn: &Drawn, account: &Account) -> Result<()> {
    writeln!(
        out,
        "##### {} {}, {} reports",
        drawn.pack,
        drawn.story,
        account.reports.len()
    )?;
    for sentence in &account.brief {
        writeln!(out, "  brief: {}", one_line(&sentence.passage))?;
    }
    for (ix, statement) in account
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| is_shared(s))
    {
        let weight = statement.evidence.first().map_or(0.0, |e| e.weight);
        writeln!(out, "S{ix} {:?} {weight:.2}", statement.class)?;
        for (at, rendering) in statement.renderings.iter().enumerate() {
            let lead = if at as u32 == statement.lead { '*' } else { ' ' };
            writeln!(
                out,
                "   {lead}{} {}",
                rendering.report,
                one_line(&rendering.passage)
            )?;
        }
    }
    for difference in &account.differences {
        writeln!(
            out,
            "D {:?} {:?} {}",
            difference.kind, difference.gravity, difference.evidence.words
        )?;
        for position in &difference.positions {
            writeln!(out, "    {:?} {}", position.support.reports, position.value)?;
            for passage in &position.passages {
                let anchor = passage.anchor();
                let report = account.reports.iter().find(|r| r.article.id == anchor.article);
                let sentence = report.map_or("", |r| around(r.article.text(), anchor.span.start()));
                writeln!(out, "        [{}] {sentence}", one_line(passage))?;
            }
        }
    }
    Ok(())
}

/// The line of `text` that holds the byte `at`, its first hundred and the next two hundred bytes round it.
fn around(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(120));
    let to = text.ceil_char_boundary((at + 160).min(text.len()));
    let from = text[from..at].rfind('\n').map_or(from, |n| from + n + 1);
    let to = text[at..to].find('\n').map_or(to, |n| at + n);
    &text[from..to]
}

fn list_lines(drawn: &Drawn, account: &Account, list: &mut Vec<String>) {
    let head = |kind: &str| format!("held-out\t{}\t{}\t{kind}\t?\t", drawn.pack, drawn.story);
    let place = |passage: &Passage| {
        let anchor = passage.anchor();
        format!("{}@{}-{}", anchor.article, anchor.span.start(), anchor.span.end())
    };
    let before = list.len();
    for statement in account.statements.iter().filter(|s| is_shared(s)) {
        let places: Vec<String> = statement.renderings.iter().map(|r| place(&r.passage)).collect();
        list.push(head("statement") + &places.join(" "));
    }
    for difference in &account.differences {
        let passages = difference.positions.iter().flat_map(|p| &p.passages);
        let places: Vec<String> = passages.map(place).collect();
        list.push(head(&format!("difference:{:?}", difference.kind).to_lowercase()) + &places.join(" "));
    }
    if list.len() == before {
        list.push(format!("# read {} {}", drawn.pack, drawn.story));
    }
}
