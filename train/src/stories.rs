//! Makes what the stories step ships: the background table of words, and the weights of pairs.

mod background;
mod network;
mod pack;
mod pairs;

use std::path::PathBuf;

use clap::Subcommand;

/// What to make.
#[derive(Subcommand)]
pub enum Part {
    /// The table of word frequencies, from the data of the PyPI package wordfreq 3.1.1.
    Background {
        /// `large_en.msgpack.gz` of the unpacked package.
        #[arg(long)]
        wordfreq: PathBuf,
        /// Where the table goes.
        #[arg(long, default_value = "crates/twosource-stories/models/background.bin")]
        output: PathBuf,
    },
    /// The weights of pairs, from the story packs.
    Pairs {
        /// Folder that holds the packs.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Also print how weights learnt on four fifths of the stories do on the rest.
        #[arg(long)]
        folds: bool,
        /// Where the weights go.
        #[arg(long, default_value = "crates/twosource-stories/models/pairs.txt")]
        output: PathBuf,
    },
}

/// Makes one part.
pub fn train(part: &Part) -> anyhow::Result<()> {
    match part {
        Part::Background { wordfreq, output } => background::make(wordfreq, output),
        Part::Pairs {
            corpora,
            folds,
            output,
        } => pairs::make(corpora, *folds, output),
    }
}
