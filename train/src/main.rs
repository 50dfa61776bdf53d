//! Trains the models and weights that ship inside Twosource: one module a model, each from data named in README.md,
//! each with a fixed seed, so that the same data gives the same bytes.

mod annotation;
mod extraction;
mod figures;
mod joins;
mod names;
mod pairs;
mod quotes;
mod ridge;
mod stories;
mod stumps;
mod syntax;
mod word_classes;
mod word_groups;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Trains the models and weights that ship inside Twosource")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// What the desk's file writes and reads annotations with.
    Annotation(annotation::Arguments),
    /// Which blocks of a page are the report.
    Extraction(extraction::Settings),
    /// What the account step ships: weights of the pair judgements, of joins and of figures, general word weights.
    Account {
        /// Which part.
        #[command(subcommand)]
        part: pairs::Part,
    },
    /// The tagger of names.
    Names(names::Settings),
    /// How far each kind of complement of a cue is what was said, and which marked words are a quote.
    Quotes(quotes::Arguments),
    /// What chooses tags, heads and relations of English anew where the models of `syntax` are not sure.
    SecondLook(syntax::SecondArguments),
    /// What the stories step ships.
    Stories {
        /// Which part.
        #[command(subcommand)]
        part: stories::Part,
    },
    /// Sentences, tags, lemmas and trees of English.
    Syntax(syntax::Settings),
    /// Make the table of words that speak, think, feel or are people, from WordNet.
    WordClasses(word_classes::Arguments),
    /// Make the table of words that are used alike, from word vectors.
    WordGroups(word_groups::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Annotation(arguments) => annotation::run(&arguments),
        Verb::Extraction(settings) => extraction::train(&settings),
        Verb::Account { part } => pairs::train(&part),
        Verb::Names(settings) => names::train(&settings),
        Verb::Quotes(arguments) => quotes::train(&arguments),
        Verb::SecondLook(arguments) => syntax::train_second(&arguments),
        Verb::Stories { part } => stories::train(&part),
        Verb::Syntax(settings) => syntax::train(&settings),
        Verb::WordClasses(arguments) => word_classes::run(&arguments),
        Verb::WordGroups(arguments) => word_groups::run(&arguments),
    }
}
