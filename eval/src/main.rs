//! Runs every scorer over every corpus it fits, keeps the scores, fails when one drops.
//!
//! `run TASK` writes predictions in the form that the task's scorer reads; it reads only the fields that a task may
//! see, so a file without its gold fields gives the same output.

mod lines;
mod tasks;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Runs every scorer, keeps the scores and their floors")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write one task's predictions for any file in its pack's format.
    Run {
        /// Task name: extraction, date, quotes, times, entities, events, syntax, stories, copies, pairs:KIND, faith.
        task: String,
        /// Input files, plain or gzip.
        #[arg(long, required = true, num_args = 1..)]
        input: Vec<PathBuf>,
        /// Where to write the predictions.
        #[arg(long)]
        output: PathBuf,
        /// For syntax: keep the tokens of the input instead of reading raw text.
        #[arg(long)]
        gold_tokens: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Run {
            task,
            input,
            output,
            gold_tokens,
        } => tasks::run(
            &task,
            &tasks::Job {
                input,
                output,
                gold_tokens,
            },
        ),
    }
}
