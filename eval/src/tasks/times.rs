//! The `times` task: reads id, text and the reference moment; writes time expressions with values.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use twosource_language::{Settings, analyze};
use twosource_model::TimeType;

use super::Job;
use crate::lines::CodePoints;

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
    reference: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    timexes: Vec<Timex>,
}

#[derive(Serialize)]
struct Timex {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    time_type: TimeType,
    value: String,
    text: String,
    rule: String,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    job.each(predict)
}

fn predict(item: &Item) -> Prediction {
    let article = super::english(&item.id, &item.text, item.reference.as_deref());
    let settings = Settings {
        names: false,
        numbers: false,
        quotes: false,
        events: false,
        times: true,
    };
    let analysis = analyze(&article, &settings);
    let points = CodePoints::of(&item.text);
    let timexes = analysis
        .times
        .into_iter()
        .map(|time| {
            let [start, end] = points.span(time.span);
            Timex {
                start,
                end,
                time_type: time.time_type,
                value: time.value,
                text: time.span.of(&item.text).to_owned(),
                rule: time.rule,
            }
        })
        .collect();
    Prediction {
        id: item.id.clone(),
        timexes,
    }
}
