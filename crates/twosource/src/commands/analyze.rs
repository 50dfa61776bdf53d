//! `twosource analyze`: articles in, analyses out.

use serde_json::{Map, Value};
use twosource_language::syntax;
use twosource_pipeline::{Settings, analyze_all};
use twosource_render::wire;

use crate::arguments::{AnalysisFormat, AnalyzeOptions, Layer};
use crate::exit::Exit;
use crate::inputs;
use crate::messages::Progress;
use crate::output::Output;
use crate::settings;

/// Runs it.
pub fn run(options: &AnalyzeOptions) -> anyhow::Result<Exit> {
    let wanted = |layer| options.only.is_empty() || options.only.contains(&layer);
    let conllu = options.format == AnalysisFormat::Conllu;
    let settings = Settings {
        language: twosource_language::Settings {
            names: !conllu && wanted(Layer::Mentions),
            times: !conllu && wanted(Layer::Times),
            numbers: !conllu && wanted(Layer::Numbers),
            quotes: !conllu && wanted(Layer::Quotes),
            events: !conllu && wanted(Layer::Events),
        },
        ..settings::of_inputs(&options.inputs)?
    };
    let mut output = Output::new();
    let progress = Progress::new("articles");
    let (mut made, mut aside) = (0, 0);
    let mut drawn = Vec::new();
    analyze_all(
        inputs::documents(&options.inputs),
        &settings,
        |result| match result {
            Ok(reading) => {
                made += 1;
                progress.at(made);
                if conllu {
                    return output.text(&syntax::conllu::write(&reading.article, &reading.analysis));
                }
                if options.format == AnalysisFormat::Html {
                    drawn.push((reading.article, reading.analysis));
                    return Ok(());
                }
                let mut line =
                    wire::analysis_line(&reading.article, &reading.analysis, options.offsets.into());
                if let Some(fields) = line.as_object_mut() {
                    fields.retain(|name, _| is_wanted(name, &options.only));
                    if !wanted(Layer::Times) {
                        drop_moments(fields);
                    }
                    if options.tokens {
                        let tokens =
                            wire::tokens(&reading.article, &reading.analysis, options.offsets.into());
                        fields.insert("tokens".to_owned(), tokens);
                    }
                }
                output.line(&line)
            }
            Err(input) => {
                aside += 1;
                inputs::tell_aside(&input);
                Ok(())
            }
        },
    )?;
    if options.format == AnalysisFormat::Html {
        output.text(&twosource_render::layers(&drawn))?;
    }
    output.finish()?;
    Ok(Exit::of_counts(made, aside))
}

/// Takes out of the numbers where their moments stand among the times, which are not shown.
fn drop_moments(fields: &mut Map<String, Value>) {
    let numbers = fields.get_mut("numbers").and_then(Value::as_array_mut);
    for number in numbers.into_iter().flatten().filter_map(Value::as_object_mut) {
        number.remove("as_of");
    }
}

/// Whether a field of the line was asked for.
fn is_wanted(field: &str, only: &[Layer]) -> bool {
    let layer = match field {
        "sentences" => Layer::Sentences,
        "mentions" | "entities" => Layer::Mentions,
        "quotes" => Layer::Quotes,
        "times" => Layer::Times,
        "numbers" => Layer::Numbers,
        "events" => Layer::Events,
        _ => return true,
    };
    only.is_empty() || only.contains(&layer)
}
