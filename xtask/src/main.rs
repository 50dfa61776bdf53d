//! Automation of the repository: `cargo xtask tidy` checks what no compiler checks.

use clap::{Parser, Subcommand};

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
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Tidy => tidy::run(),
    }
}
