//! `twosource cluster`: articles in, one line per article out.

use std::collections::BTreeMap;
use std::convert::Infallible;

use twosource_pipeline::{Settings, analyze_all, group};
use twosource_render::wire;

use crate::arguments::ClusterOptions;
use crate::exit::Exit;
use crate::inputs;
use crate::messages::Progress;
use crate::output::Output;

/// Runs it. Lines come in the order of the input, one for each article (not for each of its revisions).
pub fn run(options: &ClusterOptions) -> anyhow::Result<Exit> {
    let progress = Progress::new("articles read");
    let mut readings = Vec::new();
    let mut order = Vec::new();
    let mut aside = 0;
    let settings = Settings::default();
    let Ok(()) = analyze_all(inputs::documents(&options.inputs), &settings, |result| {
        match result {
            Ok(reading) => {
                order.push(reading.article.id.clone());
                readings.push(reading);
                progress.at(readings.len());
            }
            Err(input) => {
                aside += 1;
                inputs::tell_aside(&input);
            }
        }
        Ok::<(), Infallible>(())
    });
    drop(progress);
    let (stories, _) = group(readings, &settings);
    let mut places = BTreeMap::new();
    for story in &stories {
        for origin in &story.origins {
            for member in &origin.members {
                places.insert(&member.article, (&story.id, &origin.id));
            }
        }
    }
    let mut output = Output::new();
    for article in &order {
        // taken out, so that a second revision writes no second line
        if let Some((story, origin)) = places.remove(article) {
            output.line(&wire::cluster_line(article, story, origin))?;
        }
    }
    output.finish()?;
    Ok(Exit::of_counts(order.len(), aside))
}
