//! The daily pack: what nine outlets wrote in a few weeks of 2016 and 2017, many articles a day and on every theme. Some of its stories
//! were read by eye; no text of it is in the repository.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::json;
use twosource_stories::words::hash_bytes;
use twosource_testkit::readings;

use super::pack::{self, Pack};

/// Where the pack and what was read of it lie.
pub struct Daily {
    /// Folder of the pack, as [`make`] wrote it.
    pub folder: PathBuf,
    /// Its stories read by eye.
    pub checked: PathBuf,
}

impl Daily {
    /// The pack with what was read of it.
    pub fn read(&self) -> Result<Pack> {
        let help = "`twosource-train stories daily` makes the pack; train/README.md says from what";
        let stories = readings::read(&self.checked).with_context(|| self.checked.display().to_string())?;
        pack::read_with(&self.folder, &stories).context(help)
    }
}

/// A line of the table.
#[derive(Deserialize)]
struct Row {
    article_id: String,
    publish_date: String,
    article_source_link: String,
    title: String,
    text: String,
}

/// Seconds of a day.
const DAY: u32 = 24 * 60 * 60;

/// Writes the table at `csv` as a pack. An address that comes twice counts once; a line without a day or a text is left out. The time of
/// day, which fixes the order, is made up from the line's number.
pub fn make(csv: &Path, folder: &Path) -> Result<()> {
    let mut table = csv::Reader::from_path(csv).with_context(|| csv.display().to_string())?;
    let mut addresses = BTreeSet::new();
    let mut lines = Vec::new();
    let head = csv::StringRecord::from_byte_record_lossy(table.byte_headers()?.clone());
    for row in table.byte_records() {
        // the table has bytes here and there that are no UTF-8
        let row = csv::StringRecord::from_byte_record_lossy(row?);
        let row: Row = row.deserialize(Some(&head))?;
        let (address, text) = (row.article_source_link.trim(), row.text.trim());
        let Some(day) = day(&row.publish_date) else {
            continue;
        };
        if text.is_empty() || !addresses.insert(address.to_owned()) {
            continue;
        }
        let second = hash_bytes(row.article_id.as_bytes()) % DAY;
        let fetched = format!(
            "{day}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        let line = json!({
            "id": format!("n{}", row.article_id),
            "url": address,
            "outlet": outlet(address),
            "published": format!("{day}T00:00:00Z"),
            "fetched": fetched,
            "language": "en",
            "title": row.title.trim(),
            "text": text,
        });
        lines.push((fetched, row.article_id, line));
    }
    lines.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let path = folder.join("articles.jsonl.gz");
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    let mut out = GzEncoder::new(file, Compression::default());
    for (_, _, line) in &lines {
        writeln!(out, "{line}")?;
    }
    out.finish()?;
    eprintln!("{} articles", lines.len());
    Ok(())
}

/// The day of "2017/2/7" as "2017-02-07".
fn day(date: &str) -> Option<String> {
    let mut parts = date.split('/').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// The host of an address, without "www.".
fn outlet(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_outlets_are_read() {
        assert_eq!(day("2017/2/7").as_deref(), Some("2017-02-07"));
        assert_eq!(day("30 7:11"), None);
        assert_eq!(outlet("http://www.harbour.example/a/b?c=1"), "harbour.example");
    }
}
