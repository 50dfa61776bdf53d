//! The `quotes` task: articles in, who said what out.

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_language::{Settings, analyze};
use twosource_model::{Article, ArticleId, LanguageCode, QuoteAct, QuoteKind, Span};

use super::Job;
use crate::lines::{self, CodePoints};

#[derive(Deserialize)]
struct Input {
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    language: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct Output {
    id: String,
    quotes: Vec<OutputQuote>,
}

#[derive(Serialize)]
struct OutputQuote {
    content: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    speaker: Vec<[u32; 2]>,
    speaker_text: Option<String>,
    speaker_name: Option<String>,
    kind: QuoteKind,
    act: QuoteAct,
    rules: Vec<String>,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    let mut articles: Vec<Input> = Vec::new();
    for path in &job.input {
        articles.extend(lines::read::<Input>(path)?);
    }
    let outputs: Vec<Output> = articles.into_par_iter().map(quotes_of).collect();
    lines::write(&job.output, outputs)
}

fn quotes_of(input: Input) -> Output {
    let title = input.title.unwrap_or_default();
    let mut article = Article::of_text(ArticleId::new(&input.id), &title, &input.text);
    article.language = input.language.as_deref().and_then(LanguageCode::of_tag);
    let settings = Settings {
        numbers: false,
        events: false,
        ..Settings::default()
    };
    let analysis = analyze(&article, &settings);
    let points = CodePoints::of(article.text());
    let spans = |pieces: &[Span]| pieces.iter().map(|s| points.span(*s)).collect::<Vec<_>>();
    let marked = |pieces: &[Span]| {
        pieces
            .iter()
            .map(|s| points.span(with_marks(article.text(), *s)))
            .collect::<Vec<_>>()
    };
    let quotes = analysis
        .quotes
        .iter()
        .map(|quote| {
            let words: Vec<&str> = quote.speaker.iter().map(|s| s.of(article.text())).collect();
            OutputQuote {
                content: marked(&quote.content),
                cue: spans(&quote.cue),
                speaker: spans(&quote.speaker),
                speaker_text: (!words.is_empty()).then(|| words.join(" ")),
                speaker_name: quote
                    .speaker_entity
                    .and_then(|e| analysis.entities.get(e as usize))
                    .map(|e| e.name.clone()),
                kind: quote.kind,
                act: quote.act,
                rules: quote.rules.clone(),
            }
        })
        .collect();
    Output { id: input.id, quotes }
}

/// A piece with the quotation marks right beside it, as the packs mark content: the scorer drops marks at both ends, but
/// does not know the low opening mark.
fn with_marks(text: &str, piece: Span) -> Span {
    const MARKS: [char; 7] = ['„', '“', '”', '"', '«', '»', '‚'];
    let is_mark = |c: &char| MARKS.contains(c);
    let before = text[..piece.start()].chars().next_back().filter(is_mark);
    let after = text[piece.end()..].chars().next().filter(is_mark);
    Span::at(
        piece.start() - before.map_or(0, char::len_utf8),
        piece.end() + after.map_or(0, char::len_utf8),
    )
}
