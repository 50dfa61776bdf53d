//! `twosource extract`: documents in, articles out.

use twosource_pipeline::{Settings, extract_all};
use twosource_render::wire;

use crate::arguments::ExtractOptions;
use crate::exit::Exit;
use crate::inputs;
use crate::messages::Progress;
use crate::output::Output;

/// Runs it.
pub fn run(options: &ExtractOptions) -> anyhow::Result<Exit> {
    let mut output = Output::new();
    let progress = Progress::new("articles");
    let (mut made, mut aside) = (0, 0);
    extract_all(
        inputs::documents(&options.inputs),
        &Settings::default(),
        |result| match result {
            Ok(article) => {
                made += 1;
                progress.at(made);
                output.line(&wire::article_line(&article, options.offsets.into()))
            }
            Err(input) => {
                aside += 1;
                inputs::tell_aside(&input);
                Ok(())
            }
        },
    )?;
    output.finish()?;
    Ok(Exit::of_counts(made, aside))
}
