//! Automation of the repository: `cargo xtask tidy` checks what no compiler checks, `cargo xtask knowledge` makes tables.

use clap::{Parser, Subcommand};

mod knowledge;
mod tidy;

#[derive(Parser)]
#[command(about = "Automation of the repository")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Check imports, paths named in documents, licences, data headers and leftovers.
    Tidy,
    /// Make the knowledge tables of the language crate out of packages of the public registries.
    Knowledge,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Tidy => tidy::run(),
        Verb::Knowledge => knowledge::run(),
    }
}
