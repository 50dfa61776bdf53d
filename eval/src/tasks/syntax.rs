//! The `syntax` task: CoNLL-U in, CoNLL-U out, from raw text or with the tokens kept.

use std::io::Write as _;

use anyhow::{Context, Result};
use rayon::prelude::*;
use twosource_language::syntax::{self, conllu};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode};

use super::Job;
use crate::lines;

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    let mut out =
        std::fs::File::create(&job.output).with_context(|| format!("creating {}", job.output.display()))?;
    for input in &job.input {
        let text = lines::read_text(input)?;
        let documents = documents(&text);
        let written: Vec<String> = documents
            .par_iter()
            .enumerate()
            .map(|(number, document)| {
                let id = ArticleId::new(&(number + 1).to_string());
                if job.gold_tokens {
                    keep_tokens(id, document)
                } else {
                    Ok(read_raw(id, document))
                }
            })
            .collect::<Result<_>>()
            .with_context(|| format!("reading {}", input.display()))?;
        for document in written {
            out.write_all(document.as_bytes())?;
        }
    }
    Ok(())
}

/// The file cut before every `# newdoc`.
fn documents(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text.match_indices("\n# newdoc").map(|(at, _)| at + 1).collect();
    starts.insert(0, 0);
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

fn keep_tokens(id: ArticleId, document: &str) -> Result<String> {
    let (article, mut analysis) = conllu::read(id, document)?;
    syntax::parse_tokens(&article, &mut analysis);
    Ok(conllu::write(&article, &analysis))
}

fn read_raw(id: ArticleId, document: &str) -> String {
    let text = raw_text(document);
    let article = Article::of_text(id, "", &text);
    let language = syntax::identify_language(&text).unwrap_or(LanguageCode::ENGLISH);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), language);
    syntax::parse(&article, &mut analysis);
    conllu::write(&article, &analysis)
}

/// The text as it was before it was cut: sentences of a paragraph joined by a space, paragraphs by a blank line.
fn raw_text(document: &str) -> String {
    let mut text = String::new();
    let mut paragraph = false;
    for line in document.lines() {
        if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            paragraph = true;
        } else if let Some(sentence) = line.strip_prefix("# text =") {
            if !text.is_empty() {
                text.push_str(if paragraph { "\n\n" } else { " " });
            }
            paragraph = false;
            text.push_str(sentence.trim());
        }
    }
    text
}
