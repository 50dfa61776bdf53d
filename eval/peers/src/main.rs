//! Runs Twosource and the Rust peers over one file of pages (JSON Lines: id, url, html) in one process, round after
//! round in turn, and prints pages per second of CPU time; writes each one's text for the scorer.

use std::error::Error;
use std::io::Write;

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use twosource_extract::{Settings, extract};
use twosource_model::{Document, DocumentId, MediaType};

/// Rounds that are timed; the median is printed.
const ROUNDS: usize = 5;

struct Page {
    id: String,
    url: String,
    html: String,
}

impl Page {
    /// A copy of the page as it would come from a file: made before the time is taken, as no reader makes it.
    fn bytes(&self) -> Vec<u8> {
        self.html.clone().into_bytes()
    }
}

/// Reads a page of which the bytes are at hand.
type Reader = fn(&Page, Vec<u8>) -> String;

const READERS: &[(&str, Reader)] = &[("twosource", read_twosource), ("dom_smoothie", read_dom_smoothie)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let pages = arguments.next().ok_or("name a file of pages")?;
    let folder = arguments.next().ok_or("name a folder for the predictions")?;
    let pages: Vec<Page> = std::fs::read_to_string(pages)?
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            Ok(Page { id: field("id"), url: field("url"), html: field("html") })
        })
        .collect::<Result<_, serde_json::Error>>()?;
    for (name, read) in READERS {
        let mut out = std::fs::File::create(format!("{folder}/{name}.jsonl"))?;
        for page in &pages {
            writeln!(out, "{}", json!({"id": page.id, "text": read(page, page.bytes())}))?;
        }
    }
    let mut seconds: Vec<Vec<f64>> = vec![Vec::new(); READERS.len()];
    let mut worst = vec![0.0_f64; READERS.len()];
    for _ in 0..ROUNDS {
        for (at, (_, read)) in READERS.iter().enumerate() {
            let mut sum = 0.0;
            for page in &pages {
                let bytes = page.bytes();
                let start = ThreadTime::now();
                std::hint::black_box(read(page, bytes));
                let took = start.elapsed().as_secs_f64();
                worst[at] = worst[at].max(took);
                sum += took;
            }
            seconds[at].push(sum);
        }
    }
    for (at, (name, _)) in READERS.iter().enumerate() {
        seconds[at].sort_by(f64::total_cmp);
        let median = seconds[at][ROUNDS / 2];
        let speed = pages.len() as f64 / median;
        println!("{}", json!({"name": name, "pages_per_cpu_s": speed, "worst_ms": worst[at] * 1000.0}));
    }
    Ok(())
}

fn read_twosource(page: &Page, bytes: Vec<u8>) -> String {
    let mut document = Document::new(DocumentId::new(&page.id), MediaType::Html, bytes);
    document.url = Some(page.url.clone());
    let articles = extract(&document, &Settings::default()).unwrap_or_default();
    articles.first().map(|article| article.text().to_owned()).unwrap_or_default()
}

fn read_dom_smoothie(page: &Page, _: Vec<u8>) -> String {
    let config = dom_smoothie::Config {
        text_mode: dom_smoothie::TextMode::Formatted,
        ..Default::default()
    };
    dom_smoothie::Readability::new(page.html.as_str(), Some(page.url.as_str()), Some(config))
        .and_then(|mut reader| reader.parse())
        .map(|article| article.text_content.to_string())
        .unwrap_or_default()
}
