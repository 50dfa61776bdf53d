//! `warcs`: the sample archives of two public WARC libraries, read by warcio and by us.
//!
//! The samples are those in the source packages of pywb and Warcat (PyPI), which lie outside the repository; warcio's
//! package holds none. What warcio reads as a page (an answer of status 200, or a resource, of HTML or plain text) has to
//! be one here, at the same place, with the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Deserialize;
use twosource_intake::{Documents, Limits, list_files};
use twosource_model::{Digest, Document};

use crate::python::Peer;

/// What warcio read out of one sample.
#[derive(Debug, Deserialize)]
struct Sample {
    file: PathBuf,
    records: Vec<Record>,
    /// Why it stopped before the end.
    stopped: Option<String>,
}

/// One record of it.
#[derive(Debug, Deserialize)]
struct Record {
    kind: String,
    url: Option<String>,
    status: Option<String>,
    #[serde(rename = "type")]
    media_type: Option<String>,
    offset: u64,
    /// Below nothing where the reader has lost its place.
    length: i64,
    sha256: String,
}

impl Record {
    fn is_page(&self) -> bool {
        let kind = self.media_type.as_deref().unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let good = match self.kind.as_str() {
            "response" => self.status.as_deref() == Some("200"),
            "resource" | "conversion" => true,
            _ => false,
        };
        good && matches!(kind, "text/html" | "application/xhtml+xml" | "text/plain")
    }
}

/// Reads the samples and prints the table, and each difference below it.
pub fn run(packages: &Path) -> Result<()> {
    let peer = Peer {
        folder: packages,
        reader: "warcio",
        samples: &["pywb", "Warcat"],
        script: "warc_run.py",
    };
    let samples: Vec<Sample> = peer.read()?;
    eprintln!(
        "| sample | records | pages | same place | same length | same bytes | set aside |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let mut differences = Vec::new();
    for sample in &samples {
        compare(sample, &mut differences);
    }
    for difference in differences {
        eprintln!("{difference}");
    }
    Ok(())
}

fn compare(sample: &Sample, differences: &mut Vec<String>) {
    let name = sample.file.file_name().unwrap_or_default().to_string_lossy();
    let mut ours: BTreeMap<u64, Document> = BTreeMap::new();
    let mut aside = 0;
    for read in Documents::new(list_files(std::slice::from_ref(&sample.file)), Limits::default()) {
        match read {
            Ok(document) => {
                let offset = document.locator.as_ref().map_or(0, |locator| locator.offset);
                ours.insert(offset, document);
            }
            Err(error) => {
                aside += 1;
                differences.push(format!("{name}: set aside: {error}"));
            }
        }
    }
    let pages: Vec<&Record> = sample.records.iter().filter(|record| record.is_page()).collect();
    let (mut place, mut length, mut bytes) = (0, 0, 0);
    for page in &pages {
        let url = page.url.as_deref().unwrap_or_default();
        let Some(document) = ours
            .remove(&page.offset)
            .filter(|document| document.url.as_deref() == Some(url))
        else {
            differences.push(format!("{name}: no page at {}: {url}", page.offset));
            continue;
        };
        place += 1;
        let our_length = document
            .locator
            .as_ref()
            .map_or(0, |locator| locator.length as i64);
        length += usize::from(our_length == page.length);
        if our_length != page.length {
            differences.push(format!(
                "{name}: {our_length} bytes instead of {}: {url}",
                page.length
            ));
        }
        let same = page
            .sha256
            .parse::<Digest>()
            .is_ok_and(|digest| digest == document.digest());
        bytes += usize::from(same);
        if !same {
            differences.push(format!("{name}: other bytes at {}: {url}", page.offset));
        }
    }
    for (offset, document) in ours {
        differences.push(format!(
            "{name}: a page more at {offset}: {}",
            document.url.unwrap_or_default()
        ));
    }
    if let Some(stopped) = &sample.stopped {
        let first = stopped.lines().map(str::trim).find(|line| !line.is_empty());
        differences.push(format!("{name}: warcio stops: {}", first.unwrap_or_default()));
    }
    eprintln!(
        "| {name} | {} | {} | {place} | {length} | {bytes} | {aside} |",
        sample.records.len(),
        pages.len()
    );
}
