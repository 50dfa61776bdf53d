//! The English model of sentences, tags, lemmas and trees, from UD English EWT and the free genres of UD English GUM.

mod data;
mod dictionary;
mod lemma;
mod parser;
mod perceptron;
mod second;
mod softmax;
mod splitter;
mod tagger;

pub use second::{Arguments as SecondArguments, run as train_second};

use std::path::PathBuf;

use anyhow::{Context, Result};
use twosource_language::syntax::dictionary::Dictionary;
use twosource_language::syntax::model::MAGIC;
use twosource_language::syntax::tagger::TagSet;
use twosource_model::Relation;

/// Where the treebanks are and where the model goes.
#[derive(clap::Args)]
pub struct Settings {
    /// Folder with `en_ewt-train.conllu.gz` and `en_gum-train.conllu.gz`.
    #[arg(long, default_value = "../shared/corpora/ud")]
    treebanks: PathBuf,
    /// Folder of WordNet 3.0 with its lists of exceptions (Debian package wordnet-base).
    #[arg(long)]
    wordnet: PathBuf,
    /// Folder with the lists of names that ship.
    #[arg(long, default_value = "crates/twosource-language/data")]
    lists: PathBuf,
    /// Model file to write.
    #[arg(long, default_value = "crates/twosource-language/models/syntax-en.bin")]
    output: PathBuf,
}

/// Parts that the data is cut into, so that the parser sees tags as the tagger gives them on text it did not see.
const FOLDS: usize = 5;
/// Pairs of UPOS and XPOS seen less often are no tags.
const FEWEST_OF_A_TAG: u32 = 3;

/// Trains everything and writes the model file.
pub fn train(settings: &Settings) -> Result<()> {
    let paths =
        ["en_ewt-train", "en_gum-train"].map(|name| settings.treebanks.join(format!("{name}.conllu.gz")));
    let documents = paths
        .iter()
        .map(|p| data::read_conllu(p))
        .collect::<Result<Vec<_>>>()?;
    let tags = data::tag_set(
        &documents.iter().map(|(_, a)| a).collect::<Vec<_>>(),
        FEWEST_OF_A_TAG,
    );
    let mut banks = paths
        .iter()
        .map(|p| data::read(p, &tags))
        .collect::<Result<Vec<_>>>()?;
    let sentences: Vec<data::Gold> = banks
        .iter_mut()
        .flat_map(|b| std::mem::take(&mut b.sentences))
        .collect();
    eprintln!("{} sentences, {} tags", sentences.len(), tags.len());

    let dictionary = dictionary::make(&settings.wordnet, &settings.lists)?;
    eprintln!("dictionary: {} forms", dictionary.len());
    let all: Vec<&data::Gold> = sentences.iter().collect();
    let tagger = tagger::train(&all, tags.len(), &dictionary, tagger::SHIPPED);
    eprintln!("tagger: {} features", tagger.rows.len());
    let splitter = splitter::train(&banks.iter().collect::<Vec<_>>(), &tagger.lexicon);
    eprintln!("splitter: {} features", splitter.len());
    let lemmatizer = lemma::train(&sentences);
    let jackknifed = tagger::jackknifed(&sentences, &tags, &dictionary, FOLDS, |tags, _| tags.to_vec());
    eprintln!("jackknifed tags: {:.4} right", right(&sentences, &jackknifed));
    let pairs: Vec<_> = sentences
        .iter()
        .zip(jackknifed.iter().map(Vec::as_slice))
        .collect();
    let parser = parser::train(&pairs, &dictionary, &tags);
    eprintln!(
        "parser: {} and {} features",
        parser.moves.len(),
        parser.labels.len()
    );

    let mut out = head(&tags, &tagger, &dictionary);
    splitter.write(2, &mut out);
    lemmatizer.write(&mut out);
    parser.moves.write(3, &mut out);
    parser.labels.write(Relation::ALL.len(), &mut out);
    eprintln!("{} bytes", out.len());
    std::fs::write(&settings.output, out).with_context(|| format!("writing {}", settings.output.display()))
}

/// The first part of a model file: everything of the tagger.
fn head(tags: &TagSet, tagger: &tagger::Trained, dictionary: &Dictionary) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    tags.write(&mut out);
    tagger.lexicon.write(&mut out);
    tagger.sure.write(&mut out);
    dictionary.write(&mut out);
    tagger.rows.write(tags.len(), &mut out);
    out
}

fn right(sentences: &[data::Gold], tags: &[Vec<u8>]) -> f64 {
    let pairs = sentences.iter().zip(tags).flat_map(|(s, t)| s.tags.iter().zip(t));
    let (mut count, mut right) = (0u32, 0u32);
    for (gold, guess) in pairs {
        count += 1;
        right += u32::from(gold == guess);
    }
    f64::from(right) / f64::from(count.max(1))
}
