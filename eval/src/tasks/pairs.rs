//! The `pairs` task: do two statements, or two quotations, say the same, or do they differ?
//!
//! Reads `id`, `a` and `b` only. Each pair is judged by itself: the other lines of the file change nothing.

use anyhow::{Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_account::{
    Features, Judgement, NumberVerdict, Vocabulary, Wording, compare_numbers, compare_quotations,
};
use twosource_language::{Settings, analyze};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, RenderingClass};

use super::Job;
use crate::lines;

#[derive(Deserialize)]
struct Pair {
    id: String,
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    score: f32,
    label: serde_json::Value,
}

/// Writes the predictions.
pub fn run(kind: &str, job: &Job) -> Result<()> {
    let judge: fn(&Pair) -> (f32, serde_json::Value) = match kind {
        "mrpc" => |pair| binary(Judgement::Paraphrase, pair),
        "superpal" => |pair| binary(Judgement::SharedStatement, pair),
        "sts_news" => |pair| (score(Judgement::Grade, pair).0, serde_json::Value::Null),
        "quotepairs" => quotations,
        "numdiff" => numbers,
        "rte3" => entailment,
        _ => bail!("no kind {kind:?} of pairs: mrpc, sts_news, superpal, quotepairs, numdiff, rte3"),
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for input in &job.input {
        pairs.extend(lines::read::<Pair>(input)?);
    }
    let predictions: Vec<Prediction> = pairs
        .par_iter()
        .map(|pair| {
            let (score, label) = judge(pair);
            Prediction {
                id: pair.id.clone(),
                score,
                label,
            }
        })
        .collect();
    lines::write(&job.output, predictions)
}

/// Score of a pair in the units of the model, and whether it reaches the model's cut.
fn score(judgement: Judgement, pair: &Pair) -> (f32, bool) {
    let mut vocabulary = Vocabulary::default();
    let (a, b) = (
        Wording::read(&mut vocabulary, &pair.a),
        Wording::read(&mut vocabulary, &pair.b),
    );
    let model = judgement.model();
    let score = model.score(&Features::of(&a, &b).values());
    (score, score >= model.cut)
}

fn binary(judgement: Judgement, pair: &Pair) -> (f32, serde_json::Value) {
    let (score, yes) = score(judgement, pair);
    (score, u8::from(yes).into())
}

fn quotations(pair: &Pair) -> (f32, serde_json::Value) {
    let found = compare_quotations(&mut Vocabulary::default(), &pair.a, &pair.b);
    let label = match found.class {
        RenderingClass::Identical | RenderingClass::Typographic => "identical",
        _ if found.same < 0.5 => "different",
        RenderingClass::Cut => "partial",
        _ => "variant",
    };
    (found.same, label.into())
}

fn numbers(pair: &Pair) -> (f32, serde_json::Value) {
    let (a, b) = (analysis(&pair.a), analysis(&pair.b));
    let (score, verdict) = compare_numbers(&mut Vocabulary::default(), (&a, &pair.a), (&b, &pair.b));
    let label = match verdict {
        NumberVerdict::Differ => "differ",
        NumberVerdict::DifferInTime => "differ_time",
        NumberVerdict::Same => "same",
        NumberVerdict::Other => "other",
    };
    (score, label.into())
}

fn analysis(text: &str) -> Analysis {
    let mut article = Article::of_text(ArticleId::new("pair"), "", text);
    article.language = Some(LanguageCode::ENGLISH);
    let settings = Settings {
        quotes: false,
        events: false,
        ..Settings::default()
    };
    analyze(&article, &settings)
}

/// The score ranks contradictions; the label never claims one, for free-text contradiction is out of reach.
fn entailment(pair: &Pair) -> (f32, serde_json::Value) {
    let (contradicts, _) = score(Judgement::Contradicts, pair);
    let (_, entails) = score(Judgement::Entails, pair);
    (contradicts, if entails { "entail" } else { "neutral" }.into())
}
