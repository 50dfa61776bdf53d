//! `twosource cluster`: articles in, one line per article out.

use std::collections::BTreeMap;

use twosource_model::ArticleId;
use twosource_pipeline::{group, read_all};
use twosource_render::wire;

use crate::arguments::ClusterOptions;
use crate::exit::Exit;
use crate::inputs;
use crate::messages::Progress;
use crate::output::Output;
use crate::settings;

/// Runs it. Lines come in the order of the input, one for each article (not for each of its revisions).
pub fn run(options: &ClusterOptions) -> anyhow::Result<Exit> {
    let progress = Progress::new("articles read");
    let settings = settings::of_reading(&options.inputs.reading)?;
    let documents = inputs::documents(&options.inputs);
    let (readings, aside) = read_all(documents, &settings, |count| progress.at(count));
    drop(progress);
    inputs::tell_all_aside(&aside);
    let order: Vec<ArticleId> = readings
        .iter()
        .map(|reading| reading.article.id.clone())
        .collect();
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
    Ok(Exit::of_counts(order.len(), aside.len()))
}
