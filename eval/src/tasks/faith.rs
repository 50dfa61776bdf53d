//! The `faith` task: is a summary sentence covered by its source?
//!
//! Reads `id`, `doc`, `sentence` of the sentences and `doc`, `text` of the sources; which file is which is told by
//! its lines.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_account::{Cover, Vocabulary};

use super::Job;
use crate::lines;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
    doc: String,
    sentence: Option<String>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    score: f32,
    label: u8,
}

/// Cover, 0 to 1, from which a sentence counts as supported; set by judgement, scored in eval/results.
const SUPPORTED_AT: f32 = 0.6;

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut sentences: Vec<(String, String, String)> = Vec::new();
    for input in &job.input {
        for line in lines::read::<Line>(input)? {
            if let Some(text) = line.text {
                sources.insert(line.doc, text);
            } else if let Some(sentence) = line.sentence {
                sentences.push((line.id, line.doc, sentence));
            }
        }
    }
    let predictions: Vec<Prediction> = sentences
        .par_iter()
        .map(|(id, doc, sentence)| {
            let mut vocabulary = Vocabulary::default();
            let cover = Cover::of(&mut vocabulary, sources.get(doc).map_or("", String::as_str));
            let score = cover.share(&mut vocabulary, sentence);
            Prediction {
                id: id.clone(),
                score,
                label: u8::from(score >= SUPPORTED_AT),
            }
        })
        .collect();
    lines::write(&job.output, predictions)
}
