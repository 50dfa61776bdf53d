//! What the desk's file reads and writes annotations with: see `crates/twosource-store/src/compact/prior.rs`.
//!
//! Texts of two treebanks and the invented events of `examples` are read by the program as it is; what its steps make of
//! them is what is to be told in few bits.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use twosource_intake::{Documents, Limits, list_files};
use twosource_model::{Document, DocumentId, MediaType};
use twosource_store::{DocumentRecord, learn_annotations};

/// Arguments of `annotation`.
#[derive(Args)]
pub struct Arguments {
    /// Folder of the treebanks.
    #[arg(long, default_value = "../shared/corpora/ud")]
    treebanks: PathBuf,
    /// Folder of the invented events.
    #[arg(long, default_value = "examples")]
    examples: PathBuf,
    /// Where to write it. A file that desks were written with is never replaced: a later one gets another number.
    #[arg(long)]
    output: PathBuf,
}

/// Shorter texts are no reports.
const SHORTEST: usize = 200;

/// Learns and writes it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut documents = Vec::new();
    for name in ["en_gum-train", "en_ewt-train"] {
        texts_of(
            &arguments.treebanks.join(format!("{name}.conllu.gz")),
            &mut documents,
        )?;
    }
    let examples = Documents::new(
        list_files(std::slice::from_ref(&arguments.examples)),
        Limits::default(),
    );
    documents.extend(examples.filter_map(Result::ok));
    let readings: Vec<_> = documents.par_iter().flat_map_iter(readings_of).collect();
    let bytes = learn_annotations(&readings)?;
    eprintln!("{} articles, {} bytes", readings.len(), bytes.len());
    std::fs::write(&arguments.output, bytes).with_context(|| arguments.output.display().to_string())
}

fn readings_of(
    document: &Document,
) -> Vec<(
    DocumentRecord,
    twosource_model::Article,
    twosource_model::Analysis,
)> {
    let articles = twosource_extract::extract(document, &twosource_extract::Settings::default());
    let read = |article| {
        let analysis = twosource_language::analyze(&article, &twosource_language::Settings::default());
        (DocumentRecord::of(document), article, analysis)
    };
    articles.unwrap_or_default().into_iter().map(read).collect()
}

/// The texts of a treebank's documents, as they would come from forty outlets on many days.
fn texts_of(path: &Path, documents: &mut Vec<Document>) -> Result<()> {
    let mut name = String::new();
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut conllu = String::new();
    MultiGzDecoder::new(file)
        .read_to_string(&mut conllu)
        .with_context(|| format!("reading {}", path.display()))?;
    for line in conllu.lines().chain(["# newdoc id = end"]) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            if text.len() > SHORTEST {
                documents.push(document(&name, &text, documents.len())?);
            }
            (name, text) = (id.to_lowercase(), String::new());
        } else if line.starts_with("# newpar") && !line.contains("_block") {
            text.push_str("\n\n");
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            text.push_str(sentence);
            text.push(' ');
        }
    }
    Ok(())
}

fn document(name: &str, text: &str, at: usize) -> Result<Document> {
    let (outlet, year, month, day) = (at % 40, 2010 + at % 20, 1 + at % 12, 1 + at % 28);
    let address = format!("https://news{outlet}.example.org/{year}/{month:02}/{name}");
    let text = text.trim();
    let mut document = Document::new(
        DocumentId::new(&address),
        MediaType::ArticleText,
        text.as_bytes().to_vec(),
    );
    document.url = Some(address);
    document.given.title = Some(text.chars().take(60).take_while(|c| *c != '\n').collect());
    document.given.outlet = Some(format!("News {outlet}"));
    let published = format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", at % 24, at * 7 % 60);
    document.given.published = Some(published.parse()?);
    Ok(document)
}
