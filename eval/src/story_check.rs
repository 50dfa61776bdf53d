//! Statements and differences of drawn stories, to be read by eye, and the tally of what was read.
//!
//! Stories are drawn from `stories-fulltext` and `stories-stream`, or from one pack that is asked for, in an order that a seed
//! fixes; `quotes` is grouped first, and a pack of pairs gives stories of two reports, of one sentence each where it is of
//! sentences. The sheet shows what two or more origins are said to share, and every difference; the list that comes with it
//! (anchors, no words) takes one verdict a line and is kept as `eval/account-checked.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use twosource_language::analyze;
use twosource_model::{Account, Analysis, Article, Passage, Statement, SupportClass};
use twosource_stories::Item;

use crate::briefs::{article as told, roundups_as_stories};
use crate::tasks::stories::Line;
use crate::{lines, one_story};

/// Packs that stories are drawn from, with how many of each five drawn come from it.
const PACKS: [(&str, usize); 2] = [("stories-fulltext", 2), ("stories-stream", 3)];
/// The pack of three reports each.
const ROUNDUPS: &str = "roundups";
/// The same with the editors' account as a fourth report.
const ROUNDUPS_SUMMARY: &str = "roundups-summary";
/// The pack of sources with sentences that they support or do not: a story is a source with those of one label.
const FAITH: &str = "faith";
/// The pack of pairs of reports; those that only share what stands on every page are left out.
const COPIES: &str = "copies-real";
const NO_STORY: &str = "boilerplate";
/// A pack of articles of many outlets, which grouping puts together.
const UNGROUPED: &str = "quotes";
/// Articles of `stories-stream` that have no label: what grouping makes of the whole stream, where no labelled one is in it.
const NEIGHBOURS: &str = "neighbours";
/// The pack of `NEIGHBOURS`.
const STREAM: &str = "stories-stream";
/// The pack of headlines, whose stories are big.
const HEADLINES: &str = "stories-headlines";
/// Each article of `STREAM`, or of the pack named behind a colon, dealt out to two reports: an article seldom contradicts itself, so that almost
/// every difference it shows is false, and nobody has to read a label.
const ITSELF: &str = "itself";
/// A way to deal out, by its name: whether sentence `at` of `all` goes to the first report.
type Deal = (&'static str, fn(usize, usize) -> bool);
/// Every other sentence to each, every other two, and the first half and the second.
const DEALS: [Deal; 3] = [
    ("one", |at, _| at % 2 == 0),
    ("two", |at, _| at / 2 % 2 == 0),
    ("half", |at, all| at < all / 2),
];
/// Sentences of an article that is dealt out, at least.
const SENTENCES_TO_DEAL: usize = 6;
/// Packs of pairs of sentences.
const PAIRS: [&str; 5] = ["mrpc", "numdiff", "sts_news", "quotepairs", "rte3"];
/// Reports of a story that is drawn: the sub-topics of `stories-ecbplus` have up to twenty.
const REPORTS: std::ops::RangeInclusive<usize> = 2..=30;
/// The same of `HEADLINES`.
const HEADLINES_OF_A_STORY: std::ops::RangeInclusive<usize> = 2..=300;

#[derive(Deserialize)]
struct Gold {
    id: String,
    story: String,
}

/// A story of a pack with its articles' ids.
struct Drawn {
    pack: String,
    story: String,
    articles: BTreeSet<String>,
}

/// Two reports, of one event or not.
#[derive(Deserialize)]
struct PairOfReports {
    a: String,
    b: String,
    kind: String,
}

/// A pair of sentences, or of quotations with what stands round them.
#[derive(Deserialize)]
struct Pair {
    id: String,
    a: String,
    b: String,
    context_a: Option<String>,
    context_b: Option<String>,
}

impl Pair {
    fn articles(&self) -> Vec<Article> {
        let texts = [
            ("a", self.context_a.as_ref().unwrap_or(&self.a)),
            ("b", self.context_b.as_ref().unwrap_or(&self.b)),
        ];
        let report = |(side, text): (&str, &String)| told(&format!("{}-{side}", self.id), "", text);
        texts.into_iter().map(report).collect()
    }
}

/// What a sheet is made of.
pub struct Request<'a> {
    /// Fixes the order of the stories.
    pub seed: u64,
    pub count: usize,
    /// Only the stories of these names.
    pub only: &'a [String],
    /// Draw from this pack, or from what grouping makes of this file of articles, instead of the two that are drawn from by default.
    pub pack: Option<&'a str>,
    /// Leave the statements out.
    pub only_differences: bool,
}

/// One line of the list: what was read, and what was found.
struct Checked {
    /// "tuned" where the story was read while rules were made, "held-out" or "later" where not.
    part: String,
    kind: String,
    verdict: String,
}

/// Prints the sheet of what is asked for, of stories that are not in the list at `checked` yet, and behind it the list's new
/// lines with a question mark for each verdict.
pub fn sheet(shared: &Path, checked: &Path, request: &Request<'_>) -> Result<()> {
    let known = known_stories(checked)?;
    let choice = Choice {
        seed: request.seed,
        known: &known,
        only: request.only,
    };
    let packs: Vec<(&str, usize)> = match request.pack {
        Some(pack) => vec![(pack, request.count)],
        None => PACKS
            .map(|(pack, of_five)| (pack, request.count * of_five / 5))
            .to_vec(),
    };
    let mut out = std::io::stdout().lock();
    let mut list = Vec::new();
    for (pack, count) in packs {
        let (drawn, articles) = draw(shared, pack, count, &choice)?;
        let accounts: Vec<Option<Account>> =
            drawn.par_iter().map(|drawn| account(drawn, &articles)).collect();
        for (drawn, account) in drawn.iter().zip(accounts) {
            let mut account = account.with_context(|| format!("{pack} {} has no reports", drawn.story))?;
            if request.only_differences {
                account.statements.clear();
            }
            if !(request.only_differences && account.differences.is_empty()) {
                write_sheet(&mut out, drawn, &account)?;
            }
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

/// The stories of `pack` that the choice takes, with their articles by id.
fn draw(
    shared: &Path,
    pack: &str,
    count: usize,
    choice: &Choice<'_>,
) -> Result<(Vec<Drawn>, BTreeMap<String, Article>)> {
    let corpora = shared.join("corpora");
    let whole = if pack == ROUNDUPS || pack == ROUNDUPS_SUMMARY {
        let path = corpora.join("roundups/roundups.jsonl.gz");
        Some(roundups_as_stories(&path, pack == ROUNDUPS_SUMMARY)?)
    } else if pack == FAITH {
        Some(sources_with_sentences(&corpora.join(FAITH))?)
    } else if PAIRS.contains(&pack) {
        let pairs = lines::read::<Pair>(&corpora.join(format!("pairs/{pack}.jsonl.gz")))?;
        Some(pairs.into_iter().map(|p| (p.id.clone(), p.articles())).collect())
    } else if pack == UNGROUPED {
        Some(grouped(&corpora.join(format!("{pack}/articles.jsonl.gz")))?)
    } else if Path::new(pack).is_file() {
        Some(grouped(Path::new(pack))?)
    } else if let Some(of) = pack.strip_prefix(ITSELF) {
        let of = of.strip_prefix(':').unwrap_or(STREAM);
        let lines = lines::read::<Line>(&corpora.join(format!("{of}/articles.jsonl.gz")))?;
        let dealt = lines
            .into_par_iter()
            .flat_map_iter(|line| dealt_out(&line.article()));
        Some(dealt.collect())
    } else if pack == NEIGHBOURS {
        let labelled = lines::read::<Gold>(&corpora.join(format!("{STREAM}/gold.jsonl")))?;
        let labelled: BTreeSet<String> = labelled.into_iter().map(|gold| gold.id).collect();
        let mut found = grouped(&corpora.join(format!("{STREAM}/articles.jsonl.gz")))?;
        found.retain(|_, articles| articles.iter().all(|a| !labelled.contains(a.id.as_str())));
        Some(found)
    } else {
        None
    };
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if let Some(whole) = &whole {
        for (story, articles) in whole {
            let ids = articles.iter().map(|a| a.id.as_str().to_owned());
            stories.entry(story.clone()).or_default().extend(ids);
        }
    } else if pack == COPIES {
        for pair in lines::read::<PairOfReports>(&corpora.join(format!("{pack}/gold.jsonl")))? {
            if pair.kind != NO_STORY {
                let story = format!("{}+{}", pair.a, pair.b);
                stories.insert(story, [pair.a, pair.b].into());
            }
        }
    } else {
        for gold in lines::read::<Gold>(&corpora.join(format!("{pack}/gold.jsonl")))? {
            stories.entry(gold.story).or_default().insert(gold.id);
        }
    }
    let reports = if pack == HEADLINES {
        HEADLINES_OF_A_STORY
    } else {
        REPORTS
    };
    let fit = stories
        .into_iter()
        .filter(|(_, articles)| reports.contains(&articles.len()))
        .map(|(story, articles)| Drawn {
            pack: pack.to_owned(),
            story,
            articles,
        });
    let drawn = choice.of(fit, count);
    let articles = match whole {
        Some(whole) => whole.into_values().flatten().collect(),
        None => lines::read::<Line>(&corpora.join(format!("{pack}/articles.jsonl.gz")))?
            .into_iter()
            .map(|line| line.article())
            .collect::<Vec<Article>>(),
    };
    let by_id = articles
        .into_iter()
        .map(|article| (article.id.as_str().to_owned(), article));
    Ok((drawn, by_id.collect()))
}

/// Each source of the pack in `folder` with its sentences of one label, named by the source and the label.
fn sources_with_sentences(folder: &Path) -> Result<BTreeMap<String, Vec<Article>>> {
    #[derive(Deserialize)]
    struct Source {
        doc: String,
        text: String,
    }
    #[derive(Deserialize)]
    struct Judged {
        doc: String,
        sentence: String,
        label: u8,
    }
    let sources = lines::read::<Source>(&folder.join("sources.jsonl.gz"))?.into_iter();
    let texts: BTreeMap<String, String> = sources.map(|source| (source.doc, source.text)).collect();
    let mut sentences: BTreeMap<(String, u8), Vec<String>> = BTreeMap::new();
    for judged in lines::read::<Judged>(&folder.join("faith.jsonl.gz"))? {
        sentences
            .entry((judged.doc, judged.label))
            .or_default()
            .push(judged.sentence);
    }
    let story = |((doc, label), said): ((String, u8), Vec<String>)| {
        let name = format!("{doc}/{label}");
        let source = told(&format!("{name}-source"), "", texts.get(&doc)?);
        let summary = told(&format!("{name}-summary"), "", &said.join("\n"));
        Some((name, vec![source, summary]))
    };
    Ok(sentences.into_iter().filter_map(story).collect())
}

/// The article as two reports, by its id and how it was dealt out; none where it is short.
fn dealt_out(article: &Article) -> Vec<(String, Vec<Article>)> {
    let analysis = analyze(article, &twosource_language::Settings::default());
    let sentences: Vec<&str> = analysis
        .sentences
        .iter()
        .map(|s| s.span.of(article.text()))
        .collect();
    if sentences.len() < SENTENCES_TO_DEAL {
        return Vec::new();
    }
    let deal = |&(way, is_first): &Deal| {
        let report = |side: &str, first: bool| {
            let own = sentences.iter().enumerate();
            let own = own.filter(|(at, _)| is_first(*at, sentences.len()) == first);
            let text: Vec<&str> = own.map(|(_, sentence)| *sentence).collect();
            let mut report = told(&format!("{}-{way}-{side}", article.id), "", &text.join("\n\n"));
            report.published = article.published.clone();
            report
        };
        let reports = vec![report("a", true), report("b", false)];
        (format!("{}-{way}", article.id), reports)
    };
    DEALS.iter().map(deal).collect()
}

/// The stories that grouping finds in the articles at `path`, each by its first article.
fn grouped(path: &Path) -> Result<BTreeMap<String, Vec<Article>>> {
    let articles: Vec<Article> = lines::read::<Line>(path)?
        .into_iter()
        .map(|line| line.article())
        .collect();
    let settings = twosource_language::Settings::default();
    let analyses: Vec<Analysis> = articles.par_iter().map(|a| analyze(a, &settings)).collect();
    let items: Vec<Item<'_>> = articles
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    let stories = twosource_stories::group(&items, &twosource_stories::Settings::default());
    let of_story = |story: &twosource_model::Story| -> Option<(String, Vec<Article>)> {
        let held = |article: &&Article| story.articles.contains(&article.id);
        let name = story.articles.first()?.as_str().to_owned();
        Some((name, articles.iter().filter(held).cloned().collect()))
    };
    Ok(stories.iter().filter_map(of_story).collect())
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
