//! `twosource`: reads what many outlets wrote and tells what happened, who says so, and where they differ.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser;

mod arguments;
mod clock;
mod commands;
mod exit;
mod fetch_state;
mod fetched;
mod inputs;
mod messages;
mod output;
mod settings;

use arguments::{Arguments, Verb};
use commands::desk;
use exit::Exit;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            messages::failure(&error);
            Exit::Nothing.into()
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()?;
    }
    match &arguments.verb {
        Verb::Compare(options) => commands::compare::run(options),
        Verb::Extract(options) => commands::extract::run(options),
        Verb::Analyze(options) => commands::analyze::run(options),
        Verb::Cluster(options) => commands::cluster::run(options),
        Verb::Verify(options) => commands::verify::run(options),
        Verb::Ingest(options) => desk::ingest::run(options),
        Verb::Watch(options) => desk::watch::run(options),
        Verb::Sources(options) => desk::sources::run(options),
        Verb::Stories(options) => desk::stories::run(options),
        Verb::Show(options) => desk::show::run(options),
        Verb::Search(options) => desk::search::run(options),
        Verb::Why(options) => desk::why::run(options),
        Verb::Merge(options) => desk::decide::merge(options),
        Verb::Split(options) => desk::decide::split(options),
        Verb::Undo(options) => desk::decide::undo(options),
        Verb::Export(options) => desk::transfer::export(options),
        Verb::Import(options) => desk::transfer::import(options),
        Verb::Alerts(options) => desk::alerts::run(options),
        Verb::Backup(options) => desk::keep::backup(options),
        Verb::Prune(options) => desk::prune::run(options),
        Verb::Figures(options) => desk::figures::run(options),
        Verb::Check(options) => desk::keep::check(options),
        Verb::Quarantine(options) => desk::quarantine::list(options),
        Verb::Retry(options) => desk::quarantine::retry(options),
        Verb::Completions { shell } => commands::generate::completions(*shell),
        Verb::Man => commands::generate::man(),
    }
}

/// `twosource … | head` closes our output: no fault of anybody's.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
    })
}
