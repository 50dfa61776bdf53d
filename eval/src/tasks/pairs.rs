//! The `pairs` task: do two statements, or two quotations, say the same, or do they differ?
//!
//! Reads `id`, `a`, `b` and `story` only. A pair of a story (`superpal`) is judged among the sentences of that story, as accounts judge
//! clauses; any other by itself: the other lines of the file change nothing.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_account::{
    Features, Judgement, NumberVerdict, StoryWeights, Vocabulary, Wording, compare_numbers,
    compare_quotations,
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
    #[serde(default)]
    story: String,
}

/// What words weigh in each story.
type Stories = BTreeMap<String, StoryWeights>;

#[derive(Serialize)]
struct Prediction {
    id: String,
    score: f32,
    label: serde_json::Value,
}

/// Writes the predictions.
pub fn run(kind: &str, job: &Job) -> Result<()> {
    let judge: fn(&Pair, &Stories) -> (f32, serde_json::Value) = match kind {
        "mrpc" => |pair, _| binary(Judgement::Paraphrase, pair, None),
        "superpal" => |pair, stories| binary(Judgement::SharedStatement, pair, stories.get(&pair.story)),
        "sts_news" => |pair, _| (score(Judgement::Grade, pair, None).0, serde_json::Value::Null),
        "quotepairs" => |pair, _| quotations(pair),
        "numdiff" => |pair, _| numbers(pair),
        "rte3" => |pair, _| entailment(pair),
        _ => bail!("no kind {kind:?} of pairs: mrpc, sts_news, superpal, quotepairs, numdiff, rte3"),
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for input in &job.input {
        pairs.extend(lines::read::<Pair>(input)?);
    }
    let two = pairs.iter().map(|pair| (&*pair.story, [&*pair.a, &*pair.b]));
    let stories = StoryWeights::of_pairs(&mut Vocabulary::default(), two);
    let predictions: Vec<Prediction> = pairs
        .par_iter()
        .map(|pair| {
            let (score, label) = judge(pair, &stories);
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
fn score(judgement: Judgement, pair: &Pair, story: Option<&StoryWeights>) -> (f32, bool) {
    let mut vocabulary = Vocabulary::default();
    let [a, b] = [&pair.a, &pair.b].map(|text| {
        let mut wording = Wording::read(&mut vocabulary, text);
        if let Some(story) = story {
            story.weigh(&mut wording);
        }
        wording
    });
    let model = judgement.model();
    let score = model.score(&Features::of(&a, &b).values());
    (score, score >= model.cut)
}

fn binary(judgement: Judgement, pair: &Pair, story: Option<&StoryWeights>) -> (f32, serde_json::Value) {
    let (score, yes) = score(judgement, pair, story);
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
    let (contradicts, _) = score(Judgement::Contradicts, pair, None);
    let (_, entails) = score(Judgement::Entails, pair, None);
    (contradicts, if entails { "entail" } else { "neutral" }.into())
}
