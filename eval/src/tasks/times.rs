//! The `times` task: reads id, text and the reference moment; writes time expressions with values.

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_language::{Settings, analyze};
use twosource_model::{
    Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode, Moment, TimeType,
};

use super::Job;
use crate::lines::{self, CodePoints};

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
    let mut predictions = Vec::new();
    for path in &job.input {
        let items: Vec<Item> = lines::read(path)?;
        predictions.par_extend(items.par_iter().map(predict));
    }
    lines::write(&job.output, predictions)
}

fn predict(item: &Item) -> Prediction {
    let mut article = Article::of_text(ArticleId::new(&item.id), "", &item.text);
    article.language = Some(LanguageCode::ENGLISH);
    article.published = item
        .reference
        .as_deref()
        .and_then(|r| r.parse::<Moment>().ok())
        .map(|moment| DatedEvidence {
            moment,
            until: None,
            source: DateSource::Given,
            evidence: item.reference.clone().unwrap_or_default(),
            confidence: Confidence::High,
        });
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
