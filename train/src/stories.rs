//! Makes what the stories step ships: the background table of words, and the weights of pairs.

mod background;
mod errors;
mod measure;
mod network;
pub mod pack;
mod pairs;
mod places;
mod random;
mod strays;

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
    /// The table of places, from the tables of the language step.
    Places {
        /// Folder that holds `countries.tsv` and `country_words.tsv`.
        #[arg(long, default_value = "crates/twosource-language/data")]
        tables: PathBuf,
        /// Where the table goes.
        #[arg(long, default_value = "crates/twosource-stories/models/places.bin")]
        output: PathBuf,
    },
    /// The weights of pairs, from the story packs and from stories read by eye.
    Pairs {
        /// Folder that holds the packs.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Stories of stories-stream read by eye.
        #[arg(long, default_value = "eval/stories-checked.tsv")]
        checked: PathBuf,
        /// Also print how weights learnt on three quarters of the stories do on the rest.
        #[arg(long)]
        folds: bool,
        /// Where the weights go.
        #[arg(long, default_value = "crates/twosource-stories/models/pairs.txt")]
        output: PathBuf,
    },
    /// The weights that tell strays, members of a story that tell of something else, from the packs of dated texts and from stories read
    /// by eye.
    Strays {
        /// Folder that holds the packs.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Stories of stories-stream read by eye.
        #[arg(long, default_value = "eval/stories-checked.tsv")]
        checked: PathBuf,
        /// The weights of pairs.
        #[arg(long, default_value = "crates/twosource-stories/models/pairs.txt")]
        model: PathBuf,
        /// Where the weights go.
        #[arg(long, default_value = "crates/twosource-stories/models/strays.tsv")]
        output: PathBuf,
    },
    /// Prints pairs of a pack that are wrongly put together or kept apart.
    Errors {
        /// Folder of the pack.
        pack: PathBuf,
        /// The weights.
        #[arg(long, default_value = "crates/twosource-stories/models/pairs.txt")]
        model: PathBuf,
        /// How many are printed.
        #[arg(long, default_value_t = 20)]
        most: usize,
    },
}

/// Makes one part.
pub fn train(part: &Part) -> anyhow::Result<()> {
    match part {
        Part::Background { wordfreq, output } => background::make(wordfreq, output),
        Part::Places { tables, output } => places::make(tables, output),
        Part::Pairs {
            corpora,
            checked,
            folds,
            output,
        } => pairs::make(corpora, checked, *folds, output),
        Part::Strays {
            corpora,
            checked,
            model,
            output,
        } => strays::make(corpora, checked, model, output),
        Part::Errors { pack, model, most } => errors::print(pack, model, *most),
    }
}
