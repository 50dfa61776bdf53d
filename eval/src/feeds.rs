//! `feeds`: the sample feeds of two public feed parsers, read by them and by us.
//!
//! The samples are those in the source packages of feedparser (PyPI) and feed-rs (crates.io), which lie outside the
//! repository. Each parser reads all of them; ours is held against what the parser reads out of its own samples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use twosource_intake::read_feed;
use twosource_model::{Document, Moment};

use crate::python::Peer;

/// Address that relative links are read against.
const BASE: &str = "http://base.invalid/feed.xml";

/// What a parser read out of one sample.
#[derive(Debug, Deserialize)]
struct Sample {
    file: PathBuf,
    #[serde(default)]
    entries: Vec<Entry>,
}

/// One entry of it.
#[derive(Debug, Default, Deserialize)]
struct Entry {
    title: Option<String>,
    link: Option<String>,
    /// Year to second, UTC.
    published: Option<Vec<i64>>,
    #[serde(default)]
    text: String,
}

/// Fields that are compared, in the order of the table.
const FIELDS: [&str; 5] = ["entries", "title", "link", "date", "text"];

/// Reads the samples and prints the table; each difference goes to `differences` where a file is named.
pub fn run(packages: &Path, differences: Option<&Path>) -> Result<()> {
    fs::create_dir_all(packages)?;
    let mut told = String::new();
    eprintln!(
        "| samples of | samples | entries | {} |\n| --- | ---: | ---: | {} |",
        FIELDS.join(" | "),
        "---: | ".repeat(5).trim_end_matches(" | ")
    );
    for (name, gold) in [("feedparser", of_feedparser(packages)), ("feed-rs", of_feed_rs())] {
        match gold {
            Ok(samples) => compare(name, &samples, &mut told)?,
            Err(error) => eprintln!("| {name} | absent: {error:#} |"),
        }
    }
    if let Some(path) = differences {
        fs::write(path, told)?;
    }
    Ok(())
}

fn compare(name: &str, samples: &[Sample], told: &mut String) -> Result<()> {
    let mut same: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut entries = 0;
    for sample in samples {
        let bytes = fs::read(&sample.file).with_context(|| format!("reading {}", sample.file.display()))?;
        let feed = read_feed("sample", Some(BASE), None, &bytes).unwrap_or_default();
        // an entry of which a parser reads neither title nor text is nothing that could be shown
        let says = |document: &&Document| {
            let title = document.given.title.as_deref().unwrap_or_default();
            !words(title).is_empty() || !words(&String::from_utf8_lossy(document.bytes())).is_empty()
        };
        let ours: Vec<&Document> = feed
            .entries
            .iter()
            .filter_map(|entry| entry.as_ref().ok())
            .filter(says)
            .collect();
        let theirs: Vec<&Entry> = sample
            .entries
            .iter()
            .filter(|entry| {
                !words(entry.title.as_deref().unwrap_or_default()).is_empty()
                    || !words(&entry.text).is_empty()
            })
            .collect();
        let mut count = |field: &'static str, equal: bool, shown: String| {
            let counts = same.entry(field).or_default();
            counts.1 += 1;
            if equal {
                counts.0 += 1;
            } else {
                told.push_str(&format!("{name}\t{field}\t{}\t{shown}\n", sample.file.display()));
            }
        };
        count(
            "entries",
            ours.len() == theirs.len(),
            format!("{} | {}", theirs.len(), ours.len()),
        );
        for (their, our) in theirs.iter().zip(&ours) {
            entries += 1;
            if let Some(title) = their.title.as_deref().filter(|title| !words(title).is_empty()) {
                let ours = our.given.title.as_deref().unwrap_or_default();
                count(
                    "title",
                    words(title) == words(ours),
                    format!("{title:?} | {ours:?}"),
                );
            }
            if let Some(link) = their.link.as_deref().filter(|link| !link.is_empty()) {
                let ours = our.url.as_deref().unwrap_or_default();
                count(
                    "link",
                    link.trim_end_matches('/') == ours.trim_end_matches('/'),
                    format!("{link} | {ours}"),
                );
            }
            if let Some(date) = &their.published {
                let ours = our.given.published;
                count(
                    "date",
                    ours.is_some_and(|ours| same_date(date, &ours)),
                    format!("{date:?} | {ours:?}"),
                );
            }
            if !words(&their.text).is_empty() {
                let ours = String::from_utf8_lossy(our.bytes());
                count(
                    "text",
                    words(&their.text) == words(&ours),
                    format!("{:?} | {ours:?}", their.text),
                );
            }
        }
    }
    let cells: Vec<String> = FIELDS
        .iter()
        .map(|field| {
            let (equal, all) = same.get(field).copied().unwrap_or_default();
            format!("{equal} of {all}")
        })
        .collect();
    eprintln!(
        "| {name} | {} | {entries} | {} |",
        samples.len(),
        cells.join(" | ")
    );
    Ok(())
}

/// Letters and digits without markup, scripts and references, for comparing what is said rather than how it is marked up.
fn words(text: &str) -> String {
    let mut text = text.to_owned();
    for (open, close) in [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")] {
        while let Some(start) = text.find(open) {
            let end = text[start..]
                .find(close)
                .map_or(text.len(), |end| start + end + close.len());
            text.replace_range(start..end, "");
        }
    }
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '&']) {
        plain.extend(rest[..at].chars().filter(|c| c.is_alphanumeric()));
        rest = &rest[at..];
        let end = if rest.starts_with('<') {
            rest.find('>')
                .filter(|_| rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'))
        } else {
            rest.bytes().take(12).position(|b| b == b';')
        };
        rest = &rest[end.map_or(1, |end| end + 1)..];
    }
    plain.extend(rest.chars().filter(|c| c.is_alphanumeric()));
    plain
}

/// Whether a moment says the same as a time in UTC: a bare day, as much as it says.
fn same_date(theirs: &[i64], ours: &Moment) -> bool {
    let parts = |at: jiff::civil::DateTime| {
        [
            i64::from(at.year()),
            i64::from(at.month()),
            i64::from(at.day()),
            i64::from(at.hour()),
            i64::from(at.minute()),
            i64::from(at.second()),
        ]
    };
    match ours {
        Moment::Day(day) => theirs.get(..3) == Some(&parts(day.at(0, 0, 0, 0))[..3]),
        Moment::Time { .. } => theirs == parts(ours.sort_key()),
    }
}

/// What feedparser reads out of its own samples: its source package is unpacked and it is installed, once.
fn of_feedparser(packages: &Path) -> Result<Vec<Sample>> {
    Peer {
        folder: packages,
        reader: "feedparser",
        samples: &["feedparser"],
        script: "feedparser_run.py",
    }
    .read()
}

/// What feed-rs reads out of its own samples, which lie in its package.
fn of_feed_rs() -> Result<Vec<Sample>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1"])
        .output()
        .context("running cargo metadata")?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "feed-rs")
        .and_then(|package| package["manifest_path"].as_str())
        .context("feed-rs is no dependency here")?;
    let mut files = Vec::new();
    let mut open = vec![Path::new(manifest).with_file_name("fixture")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if !name.ends_with(".serde.json") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files.into_iter().map(read_by_feed_rs).collect())
}

fn read_by_feed_rs(file: PathBuf) -> Sample {
    let read = fs::read(&file).ok().and_then(|bytes| {
        let parser = feed_rs::parser::Builder::new().base_uri(Some(BASE)).build();
        parser.parse(&bytes[..]).ok()
    });
    let entries = read.map(|feed| feed.entries).unwrap_or_default();
    let entry = |entry: feed_rs::model::Entry| {
        let summary = entry.summary.map(|text| text.content).unwrap_or_default();
        let content = entry.content.and_then(|content| content.body).unwrap_or_default();
        let link = entry
            .links
            .iter()
            .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        Entry {
            title: entry.title.map(|title| title.content),
            link: link.or(entry.links.first()).map(|link| link.href.clone()),
            published: entry.published.or(entry.updated).and_then(|at| {
                let at: Moment = at.to_rfc3339().parse().ok()?;
                let at = at.sort_key();
                Some(vec![
                    i64::from(at.year()),
                    i64::from(at.month()),
                    i64::from(at.day()),
                    i64::from(at.hour()),
                    i64::from(at.minute()),
                    i64::from(at.second()),
                ])
            }),
            text: if content.len() >= summary.len() {
                content
            } else {
                summary
            },
        }
    };
    Sample {
        entries: entries.into_iter().map(entry).collect(),
        file,
    }
}
