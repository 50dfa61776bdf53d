//! `twosource ingest`: documents into the desk's file.

use twosource_pipeline::SetAside;
use twosource_pipeline::desk::Tally;

use super::{base, figures, intake, show, table, to_fill};
use crate::arguments::desk::IngestOptions;
use crate::exit::Exit;
use crate::inputs;
use crate::messages::{self, Progress};

/// Runs it.
pub fn run(options: &IngestOptions) -> anyhow::Result<Exit> {
    let mut desk = to_fill(&options.desk, &options.intake, &options.inputs.reading)?;
    let input = inputs::documents_named(&options.inputs, Some(base(&options.desk)), options.intake.as_of);
    let progress = Progress::new("documents").measured_by(input.meter);
    let mut told = |tally: &Tally, aside: &[SetAside]| {
        inputs::tell_all_aside(aside);
        progress.at(tally.documents);
        progress.say(format!(
            "{} new, {} revised, {} set aside",
            tally.new, tally.revised, tally.set_aside
        ));
    };
    let done = desk.ingest(input.documents, &intake(&options.intake), &mut told);
    drop(progress);
    let tally = match done {
        Ok(tally) => tally,
        Err(error) => {
            messages::failure(&error.into());
            messages::hint("what was told as done is safe: the same command goes on from there");
            return Ok(Exit::Nothing);
        }
    };
    figures::write(desk.store(), options.intake.figures.as_deref())?;
    messages::note(&table::tally(&tally));
    if tally.new + tally.revised > 0 {
        show::tell_ahead(&desk);
    }
    Ok(exit_of(&tally))
}

/// A run over known documents only is done, not empty.
pub fn exit_of(tally: &Tally) -> Exit {
    Exit::of_counts(
        tally.new + tally.revised + tally.same + tally.known,
        tally.set_aside,
    )
}
