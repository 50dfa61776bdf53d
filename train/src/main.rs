//! Trains the models and weights that ship inside Twosource: one module a model, each from data named in README.md,
//! each with a fixed seed, so that the same data gives the same bytes.

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Trains the models and weights that ship inside Twosource")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {}
}
