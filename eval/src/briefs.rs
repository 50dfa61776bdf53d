//! Briefs beside human summaries: ROUGE of the account's brief, of the first sentences, and of a centroid method.
//!
//! Two packs: `roundups` (three reports of one event, an editor's neutral text) and the news of GUM (one report, up to
//! five human summaries; the best one counts). Every method gives as many sentences as the brief has. ROUGE is counted
//! over lower-case words without stemming, as F1: one word, two words, longest common subsequence. The headline is held
//! against the editor's, beside the title of the first report.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use twosource_account::{Vocabulary, WordId, Wording};
use twosource_language::analyze;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode};

use crate::{lines, one_story};

#[derive(Deserialize)]
struct Roundup {
    id: String,
    reports: Vec<Told>,
    summary: Told,
}

impl Roundup {
    /// Its reports, named by its id and their place.
    fn articles(&self) -> Vec<Article> {
        let reports = self.reports.iter().enumerate();
        let named =
            |(at, told): (usize, &Told)| article(&format!("{}-{at}", self.id), &told.title, &told.text);
        reports.map(named).collect()
    }

    /// The same with the editors' account as one more report.
    fn articles_and_summary(&self) -> Vec<Article> {
        let summary = article(
            &format!("{}-summary", self.id),
            &self.summary.title,
            &self.summary.text,
        );
        let mut all = self.articles();
        all.push(summary);
        all
    }
}

#[derive(Deserialize)]
struct Told {
    title: String,
    text: String,
}

/// Articles with the texts that a brief of them is held against.
struct Case {
    articles: Vec<Article>,
    summaries: Vec<String>,
    /// What an editor wrote above them.
    headline: Option<String>,
}

/// ROUGE-1, ROUGE-2 and ROUGE-L, as F1.
type Rouge = [f64; 3];

/// Methods that are compared, in the order of their rows.
const METHODS: [&str; 3] = ["brief", "lead", "centroid"];
/// The same of headlines.
const HEADLINES: [&str; 2] = ["headline", "title"];

/// Prints one table; `limit` bounds the cases of each pack.
pub fn run(shared: &Path, limit: usize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{:<10} {:<9} {:>5}  ROUGE-1  ROUGE-2  ROUGE-L",
        "pack", "method", "n"
    )?;
    for (pack, cases) in [
        (
            "roundups",
            roundups(&shared.join("corpora/roundups/roundups.jsonl.gz"), limit)?,
        ),
        ("gum-news", gum_news(&shared.join("corpora/ud"), limit)?),
    ] {
        let found: Vec<Scores> = cases.par_iter().filter_map(score).collect();
        let briefs: Vec<[Rouge; 3]> = found.iter().filter_map(|s| s.brief).collect();
        let headlines: Vec<[Rouge; 2]> = found.iter().filter_map(|s| s.headline).collect();
        rows(&mut out, pack, METHODS, &briefs)?;
        rows(&mut out, pack, HEADLINES, &headlines)?;
    }
    Ok(())
}

/// One row for each method, where there is anything to score.
fn rows<const N: usize>(
    out: &mut impl Write,
    pack: &str,
    methods: [&str; N],
    scores: &[[Rouge; N]],
) -> Result<()> {
    for (at, method) in methods.iter().enumerate().filter(|_| !scores.is_empty()) {
        let mean = |k: usize| scores.iter().map(|s| s[at][k]).sum::<f64>() / scores.len() as f64;
        writeln!(
            out,
            "{pack:<10} {method:<9} {:>5}  {:>7.4}  {:>7.4}  {:>7.4}",
            scores.len(),
            mean(0),
            mean(1),
            mean(2)
        )?;
    }
    Ok(())
}

fn roundups(path: &Path, limit: usize) -> Result<Vec<Case>> {
    let rows = lines::read::<Roundup>(path)?;
    let case = |row: Roundup| Case {
        articles: row.articles(),
        summaries: vec![row.summary.text],
        headline: Some(row.summary.title),
    };
    Ok(rows.into_iter().take(limit).map(case).collect())
}

/// The roundups of the pack at `path`, each by its id with its three reports; those have no outlet and no date. On request the
/// editors' account is one more report.
pub fn roundups_as_stories(path: &Path, with_summary: bool) -> Result<BTreeMap<String, Vec<Article>>> {
    let articles = if with_summary {
        Roundup::articles_and_summary
    } else {
        Roundup::articles
    };
    let rows = lines::read::<Roundup>(path)?.into_iter();
    Ok(rows.map(|row| (row.id.clone(), articles(&row))).collect())
}

/// The news documents of GUM: their sentences, with the human summaries of their headers.
fn gum_news(folder: &Path, limit: usize) -> Result<Vec<Case>> {
    let mut cases: Vec<(String, String, Vec<String>, String)> = Vec::new();
    for part in ["train", "dev", "test"] {
        let path = folder.join(format!("en_gum-{part}.conllu.gz"));
        if !path.is_file() {
            continue;
        }
        let file = std::fs::File::open(&path).with_context(|| format!("opening {}", path.display()))?;
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut text)?;
        let mut starts_paragraph = false;
        for line in text.lines() {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                cases.push((id.to_owned(), String::new(), Vec::new(), String::new()));
                starts_paragraph = false;
            }
            let Some(case) = cases.last_mut() else { continue };
            if let Some(title) = line.strip_prefix("# meta::title = ") {
                title.clone_into(&mut case.1);
            } else if let Some(summary) = line.strip_prefix("# meta::summary") {
                case.2
                    .extend(summary.split_once(") ").map(|(_, words)| words.to_owned()));
            } else if line.starts_with("# newpar") {
                starts_paragraph = true;
            } else if let Some(sentence) = line.strip_prefix("# text = ") {
                // heads and datelines are paragraphs of their own, as on the page
                if !case.3.is_empty() {
                    case.3.push_str(if starts_paragraph { "\n\n" } else { " " });
                }
                case.3.push_str(sentence);
                starts_paragraph = false;
            }
        }
    }
    Ok(cases
        .into_iter()
        .filter(|(id, _, summaries, _)| id.contains("_news_") && !summaries.is_empty())
        .take(limit)
        .map(|(id, title, summaries, text)| Case {
            articles: vec![article(&id, &title, &text)],
            summaries,
            headline: None,
        })
        .collect())
}

/// An English article of the words alone.
pub fn article(id: &str, title: &str, text: &str) -> Article {
    let mut article = Article::of_text(ArticleId::new(id), title, text);
    article.language = Some(LanguageCode::ENGLISH);
    article
}

/// What one case scores.
struct Scores {
    /// Of each method; `None` where the account has no brief.
    brief: Option<[Rouge; 3]>,
    /// Of the headline and of the first report's title; `None` where no editor wrote one.
    headline: Option<[Rouge; 2]>,
}

/// The scores of each method; `None` where there is no account.
fn score(case: &Case) -> Option<Scores> {
    let settings = twosource_language::Settings::default();
    let analyses: Vec<Analysis> = case.articles.iter().map(|a| analyze(a, &settings)).collect();
    let account = one_story::account(&case.articles, &analyses)?;
    let brief: Vec<String> = account
        .brief
        .iter()
        .map(|s| s.passage.text().to_owned())
        .collect();
    // a head or a dateline, a paragraph of its own, is no sentence for the other methods either
    let is_sentence = |words: &&str| {
        let words = words.trim_end_matches(['"', '”', '’', '\'', ')']);
        words.ends_with(['.', '!', '?'])
    };
    let sentences: Vec<Vec<&str>> = case
        .articles
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| {
            analysis
                .sentences
                .iter()
                .map(|s| s.span.of(article.text()))
                .filter(is_sentence)
                .collect()
        })
        .collect();
    let best = |told: &str| {
        let scores = case.summaries.iter().map(|summary| rouge(told, summary));
        scores.max_by(|a, b| a[0].total_cmp(&b[0])).unwrap_or_default()
    };
    let told = (!brief.is_empty()).then(|| {
        [
            best(&brief.join(" ")),
            best(&lead(&sentences, brief.len())),
            best(&centroid(&sentences, brief.len())),
        ]
    });
    let headline = case.headline.as_ref().zip(account.headline.as_ref());
    Some(Scores {
        brief: told,
        headline: headline
            .map(|(editor, own)| [own.text(), case.articles[0].title()].map(|t| rouge(t, editor))),
    })
}

/// The first sentences of the reports in turn: of one report its first three.
fn lead(reports: &[Vec<&str>], count: usize) -> String {
    let longest = reports.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|at| reports.iter().filter_map(move |r| r.get(at).copied()));
    turns.take(count).collect::<Vec<_>>().join(" ")
}

/// The sentences nearest to the middle of all words, none that mostly repeats a chosen one.
fn centroid(reports: &[Vec<&str>], count: usize) -> String {
    const REPEATS: f32 = 0.7;
    let mut vocabulary = Vocabulary::default();
    let all: Vec<(&str, Wording)> = reports
        .iter()
        .flatten()
        .map(|s| (*s, Wording::read(&mut vocabulary, s)))
        .collect();
    let mut centre: BTreeMap<WordId, f32> = BTreeMap::new();
    for (_, wording) in &all {
        for (id, weight) in wording.bag() {
            *centre.entry(*id).or_default() += weight;
        }
    }
    let near = |wording: &Wording| {
        let dot: f32 = wording.bag().iter().map(|(id, w)| w * centre[id]).sum();
        let norm: f32 = wording.bag().iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if norm > 0.0 { dot / norm } else { 0.0 }
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| near(&all[*b].1).total_cmp(&near(&all[*a].1)).then(a.cmp(b)));
    let mut chosen: Vec<usize> = Vec::new();
    for at in order {
        let own: BTreeSet<WordId> = all[at].1.bag().iter().map(|(id, _)| *id).collect();
        let repeats = chosen.iter().any(|c| {
            let shared = all[*c].1.bag().iter().filter(|(id, _)| own.contains(id)).count();
            shared as f32 > REPEATS * own.len() as f32
        });
        if !repeats && chosen.len() < count {
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    chosen.iter().map(|c| all[*c].0).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// ROUGE of one text against another.
fn rouge(told: &str, summary: &str) -> Rouge {
    let (x, y) = (words(told), words(summary));
    [
        shared_grams(&x, &y, 1),
        shared_grams(&x, &y, 2),
        f1(common_subsequence(&x, &y), x.len(), y.len()),
    ]
}

fn shared_grams(x: &[String], y: &[String], n: usize) -> f64 {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for gram in x.windows(n) {
        *counts.entry(gram).or_default() += 1;
    }
    let mut shared = 0;
    for gram in y.windows(n) {
        if let Some(left) = counts.get_mut(gram).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    f1(
        shared,
        (x.len() + 1).saturating_sub(n),
        (y.len() + 1).saturating_sub(n),
    )
}

fn common_subsequence(x: &[String], y: &[String]) -> usize {
    let mut row = vec![0; y.len() + 1];
    for p in x {
        let mut diagonal = 0;
        for (j, q) in y.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if p == q { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[y.len()]
}

fn f1(shared: usize, told: usize, summary: usize) -> f64 {
    if shared == 0 || told == 0 || summary == 0 {
        return 0.0;
    }
    let (precision, recall) = (shared as f64 / told as f64, shared as f64 / summary as f64);
    2.0 * precision * recall / (precision + recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rouge_counts_words_pairs_and_order() {
        let check = |told: &str, summary: &str, expected: Rouge| {
            for (found, expected) in rouge(told, summary).iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-9,
                    "{told:?} {summary:?}: {found} for {expected}"
                );
            }
        };
        check("The dam held.", "the dam held", [1.0, 1.0, 1.0]);
        check("held the dam", "the dam held", [1.0, 0.5, 2.0 / 3.0]);
        check("rain", "the dam held", [0.0, 0.0, 0.0]);
        check("", "", [0.0, 0.0, 0.0]);
    }
}
