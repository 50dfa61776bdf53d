//! `bench-warc`: a CC-NEWS-like archive is written, read, and each record's locator followed back to its bytes.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use twosource_extract::{Settings, extract};
use twosource_intake::{Documents, Limits, list_files};
use twosource_model::{Digest, Document, Locator};

/// Pages of which the speed of extraction is taken.
const EXTRACTED: usize = 500;
/// One record in so many is damaged on purpose.
const DAMAGED: usize = 5000;

/// Writes an archive of `megabytes` out of the pages of a pack (JSON Lines with `html`), and reads it.
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
pub fn run(megabytes: u64, pages: &Path) -> Result<()> {
    let pages = read_pages(pages)?;
    let folder = std::env::temp_dir().join(format!("twosource-bench-warc-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = folder.join("CC-NEWS-20261122000000-00001.warc.gz");
    let begun = Instant::now();
    let (written, damaged) = write(&path, megabytes * 1_000_000, &pages)?;
    let bytes = fs::metadata(&path)?.len();
    eprintln!(
        "written: {written} records, {damaged} of them damaged, {} MB in {:.0} s",
        bytes / 1_000_000,
        begun.elapsed().as_secs_f64()
    );

    let begun = Instant::now();
    let mut found: Vec<(Locator, Digest, String)> = Vec::new();
    let mut sample = Vec::new();
    let (mut wrong, mut unfolded) = (0usize, 0u64);
    let mut last = String::new();
    for document in Documents::new(list_files(std::slice::from_ref(&path)), Limits::default()) {
        match document {
            Ok(document) => {
                unfolded += document.bytes().len() as u64;
                let locator = document.locator.clone().context("a record has a locator")?;
                found.push((
                    locator,
                    document.digest(),
                    document.url.clone().unwrap_or_default(),
                ));
                if sample.len() < EXTRACTED && found.len().is_multiple_of(7) {
                    sample.push(document);
                }
            }
            Err(error) => {
                wrong += 1;
                last = error.to_string();
            }
        }
    }
    let reading = begun.elapsed().as_secs_f64();
    eprintln!(
        "read: {} pages, {wrong} records set aside ({last}), in {reading:.1} s: {:.0} MB a second of the file, {:.0} MB a second unfolded, {:.0} pages a second",
        found.len(),
        bytes as f64 / 1e6 / reading,
        unfolded as f64 / 1e6 / reading,
        found.len() as f64 / reading
    );
    let begun = Instant::now();
    let articles: usize = sample
        .iter()
        .map(|document| extract(document, &Settings::default()).map_or(0, |a| a.len()))
        .sum();
    let speed = sample.len() as f64 / begun.elapsed().as_secs_f64();
    eprintln!(
        "extraction: {articles} articles of {} pages, {speed:.0} pages a second on one thread",
        sample.len()
    );

    let ratio = found.len() as f64 / reading / speed;
    eprintln!("reading is {ratio:.1} times as fast as extraction on one thread");

    let begun = Instant::now();
    let mut file = BufReader::new(File::open(&path)?);
    for (locator, digest, url) in &found {
        ensure!(
            leads_back(&mut file, locator, *digest, url)?,
            "the locator of {url} does not lead back: {locator:?}"
        );
    }
    eprintln!(
        "locators: all {} lead back to their bytes ({:.0} s)",
        found.len(),
        begun.elapsed().as_secs_f64()
    );
    fs::remove_dir_all(&folder)?;
    ensure!(
        found.len() + damaged == written,
        "{} pages of {written} records with {damaged} damaged",
        found.len()
    );
    ensure!(wrong >= damaged, "damage was not told");
    ensure!(ratio >= 1.0, "extraction waits for reading");
    Ok(())
}

fn read_pages(path: &Path) -> Result<Vec<Vec<u8>>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut text = String::new();
    MultiGzDecoder::new(BufReader::new(file)).read_to_string(&mut text)?;
    let pages: Vec<Vec<u8>> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|line| Some(line["html"].as_str()?.as_bytes().to_vec()))
        .filter(|page| !page.is_empty())
        .collect();
    ensure!(!pages.is_empty(), "{} holds no page", path.display());
    Ok(pages)
}

/// Writes response records, each a gzip member, with a request and a metadata record now and then.
fn write(path: &Path, most: u64, pages: &[Vec<u8>]) -> Result<(usize, usize)> {
    let mut file = BufWriter::new(File::create(path)?);
    let (mut bytes, mut number, mut damaged) = (0u64, 0usize, 0usize);
    while bytes < most {
        let page = &pages[number % pages.len()];
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Number: {number}\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        let mark = format!("<!-- {number} -->");
        let length = head.len() + page.len() + mark.len();
        let fields = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-11-22T00:00:00Z\r\nWARC-Target-URI: https://o{}.example/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n",
            number % 300
        );
        let mut member = gzip(&[
            fields.as_bytes(),
            head.as_bytes(),
            page,
            mark.as_bytes(),
            b"\r\n\r\n",
        ])?;
        if number % DAMAGED == DAMAGED / 2 {
            let middle = member.len() / 2;
            member[middle..middle + 16].fill(0xff);
            damaged += 1;
        }
        file.write_all(&member)?;
        bytes += member.len() as u64;
        if number.is_multiple_of(3) {
            let request = gzip(&[
                b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n",
            ])?;
            file.write_all(&request)?;
            bytes += request.len() as u64;
        }
        number += 1;
    }
    file.flush()?;
    Ok((number, damaged))
}

fn gzip(parts: &[&[u8]]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for part in parts {
        encoder.write_all(part)?;
    }
    Ok(encoder.finish()?)
}

/// Whether the record at `locator` is that of `url`, with a body of that digest.
fn leads_back(file: &mut BufReader<File>, locator: &Locator, digest: Digest, url: &str) -> Result<bool> {
    file.seek(SeekFrom::Start(locator.offset))?;
    let mut member = vec![0; usize::try_from(locator.length)?];
    file.read_exact(&mut member)?;
    let mut record = Vec::new();
    MultiGzDecoder::new(&member[..]).read_to_end(&mut record)?;
    let record = &record[usize::try_from(locator.within)?..];
    let read: Vec<Document> = twosource_intake::read_stream("back.warc", record, Limits::default())
        .filter_map(std::result::Result::ok)
        .collect();
    Ok(read.len() == 1 && read[0].digest() == digest && read[0].url.as_deref() == Some(url))
}
