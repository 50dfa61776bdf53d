//! Trains the tagger of names: a conditional random field on hand-labelled posts and encyclopedia sentences, on the
//! entities of a treebank, and on the proper nouns of another, whose kinds are filled in by a first model.

mod conllu;
mod crf;
mod marked;
mod measure;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use twosource_language::names::tagger::{Label, Model};
use twosource_language::names::word::Word;
use twosource_model::Upos;

/// Where the data lies and where the model goes.
#[derive(Args)]
pub struct Settings {
    /// Folder of the public corpora.
    #[arg(long, default_value = "../shared/corpora")]
    corpora: PathBuf,
    /// The model file.
    #[arg(long, default_value = "crates/twosource-language/models/names.bin")]
    output: PathBuf,
    /// Leave out the documents of this file (`id` field): for honest figures on them.
    #[arg(long)]
    without: Option<PathBuf>,
    /// Print how well the model does on a file in the format of `entities-dev`.
    #[arg(long)]
    measure: Option<PathBuf>,
    /// Passes over the data, step size and pull to zero.
    #[command(flatten)]
    learning: crf::Learning,
}

/// One sentence to learn from.
pub struct Example {
    words: Vec<(String, Upos)>,
    labels: Vec<Label>,
    /// Part of the data it comes from.
    source: String,
    /// How much an error on it counts.
    weight: f32,
}

impl Example {
    fn words(&self) -> Vec<Word<'_>> {
        self.words
            .iter()
            .map(|(text, upos)| Word { text, upos: *upos })
            .collect()
    }
}

/// Weight of sentences whose kinds of names a first model filled in.
/// On UNER dev: 0.3 → 0.6 no difference beyond noise; without these sentences 7 points less.
const FILLED_WEIGHT: f32 = 0.5;

/// Trains and writes the model.
pub fn train(settings: &Settings) -> Result<()> {
    let pack = |name: &str| settings.corpora.join(name);
    let without = match &settings.without {
        Some(path) => marked::ids(path)?,
        None => Vec::new(),
    };
    let mut sure = marked::read(&pack("entities/entities-train.jsonl.gz"))?;
    eprintln!("posts and encyclopedia: {} sentences", sure.len());
    let treebank = conllu::entities(&pack("ud/en_gum-train.conllu.gz"), &without)?;
    eprintln!("treebank with entities: {} sentences", treebank.len());
    sure.extend(treebank);
    add_noise(&mut sure);
    let first = crf::train(&sure, &settings.learning);
    let mut filled = conllu::proper_nouns(&pack("ud/en_ewt-train.conllu.gz"), &first)?;
    eprintln!("treebank with proper nouns: {} sentences", filled.len());
    for example in &mut filled {
        example.weight = FILLED_WEIGHT;
    }
    add_noise(&mut filled);
    sure.extend(filled);
    let model: Model = crf::train(&sure, &settings.learning);
    if let Some(path) = &settings.measure {
        measure::print(&model, &marked::read(path)?);
    }
    let bytes = model.write()?;
    std::fs::write(&settings.output, &bytes)
        .with_context(|| format!("writing {}", settings.output.display()))?;
    eprintln!("{}: {} bytes", settings.output.display(), bytes.len());
    Ok(())
}

/// Share of sentences that lose their tags, and of words whose tag is wrong, so that the model learns to do without.
/// The tagger was trained on the same treebanks and is far surer there than on new text.
const UNTAGGED: f64 = 0.12;
const MISTAGGED: f64 = 0.05;

fn add_noise(examples: &mut [Example]) {
    let mut random = crf::Random::new(7);
    for example in examples {
        let untagged = random.share() < UNTAGGED;
        for (text, upos) in &mut example.words {
            let capital = text.starts_with(char::is_uppercase);
            let wrong = random.share() < MISTAGGED;
            *upos = match *upos {
                _ if untagged => Upos::X,
                Upos::Propn if wrong => Upos::Noun,
                Upos::Noun | Upos::Adj | Upos::Verb if wrong && capital => Upos::Propn,
                upos => upos,
            };
        }
    }
}
