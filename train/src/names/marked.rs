//! Sentences with marked names, from JSON Lines (the format of `corpora/entities`).

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use twosource_language::names::tagger::{Label, NameKind};
use twosource_language::syntax;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Span};

use super::Example;

#[derive(Deserialize)]
struct Item {
    source: String,
    text: String,
    entities: Vec<Entity>,
    ignore: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// The ids of a JSON Lines file.
pub fn ids(path: &Path) -> Result<Vec<String>> {
    let text = read_text(path)?;
    text.lines()
        .map(|line| Ok(serde_json::from_str::<Named>(line)?.id))
        .collect()
}

/// The text of a file, plain or gzip.
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
    } else {
        (&bytes[..]).read_to_string(&mut text)?;
    }
    Ok(text)
}

/// The sentences of a file, with labels.
pub fn read(path: &Path) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for line in read_text(path)?.lines() {
        let item: Item = serde_json::from_str(line)?;
        let starts: Vec<usize> = item
            .text
            .char_indices()
            .map(|(i, _)| i)
            .chain([item.text.len()])
            .collect();
        let mut names: Vec<(Span, NameKind)> = Vec::new();
        for entity in &item.entities {
            let kind = match entity.kind.as_str() {
                "PER" => NameKind::Person,
                "ORG" => NameKind::Organisation,
                "LOC" => NameKind::Place,
                _ => NameKind::Other,
            };
            names.push((Span::at(starts[entity.start], starts[entity.end]), kind));
        }
        for [start, end] in &item.ignore {
            names.push((Span::at(starts[*start], starts[*end]), NameKind::Other));
        }
        examples.extend(label(&item.text, &names, &item.source));
    }
    Ok(examples)
}

fn label(text: &str, names: &[(Span, NameKind)], source: &str) -> Vec<Example> {
    let article = Article::of_text(ArticleId::new("x"), "", text);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
    syntax::parse(&article, &mut analysis);
    let sentences = analysis.sentences.iter().map(|sentence| {
        let tokens = &analysis.tokens[sentence.tokens()];
        let mut before: Option<usize> = None;
        let labels = tokens
            .iter()
            .map(|token| {
                let name = names.iter().position(|(span, _)| span.overlaps(token.span));
                let label = match name {
                    None => Label::OUTSIDE,
                    Some(at) if before == Some(at) => Label::inside(names[at].1),
                    Some(at) => Label::begin(names[at].1),
                };
                before = name;
                label
            })
            .collect();
        Example {
            words: tokens
                .iter()
                .map(|t| (t.span.of(text).to_owned(), t.upos))
                .collect(),
            labels,
            source: source.to_owned(),
            weight: 1.0,
        }
    });
    sentences.collect()
}
