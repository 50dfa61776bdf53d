//! The `events` task: reads id, text and date; writes political events with their actors.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use twosource_language::{Settings, analyze};
use twosource_model::{Actor, Modality, Polarity};

use super::Job;
use crate::lines::CodePoints;

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
    date: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    events: Vec<Coded>,
}

#[derive(Serialize)]
struct Coded {
    #[serde(rename = "type")]
    event_type: String,
    mode: Option<String>,
    cameo: Option<String>,
    source: Vec<Side>,
    target: Vec<Side>,
    reciprocal: bool,
    polarity: Polarity,
    modality: Modality,
    trigger: String,
}

#[derive(Serialize)]
struct Side {
    text: String,
    start: u32,
    end: u32,
    code: Option<String>,
    sector: Option<String>,
}

/// Writes the predictions. Events that are said not to have happened are none.
pub fn run(job: &Job) -> Result<()> {
    job.each(predict)
}

fn predict(item: &Item) -> Prediction {
    let article = super::english(&item.id, &item.text, item.date.as_deref());
    let analysis = analyze(&article, &Settings::default());
    let points = CodePoints::of(&item.text);
    let side = |actors: Vec<Actor>| {
        actors
            .into_iter()
            .map(|actor| {
                let [start, end] = points.span(actor.span);
                Side {
                    text: actor.span.of(&item.text).to_owned(),
                    start,
                    end,
                    code: actor.code,
                    sector: actor.sector,
                }
            })
            .collect()
    };
    let events = analysis
        .events
        .into_iter()
        .filter(|e| e.polarity == Polarity::Positive)
        .map(|event| Coded {
            source: side(event.source),
            target: side(event.target),
            trigger: event.trigger.of(&item.text).to_owned(),
            event_type: event.event_type,
            mode: event.mode,
            cameo: event.cameo,
            reciprocal: event.reciprocal,
            polarity: event.polarity,
            modality: event.modality,
        })
        .collect();
    Prediction {
        id: item.id.clone(),
        events,
    }
}
