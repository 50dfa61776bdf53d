//! `twosource extract`: documents in, articles out.

use std::convert::Infallible;

use twosource_extract::{ExplainedBlock, Explanation, explain};
use twosource_model::{Document, Role};
use twosource_pipeline::{SetAside, Settings, extract_all};
use twosource_render::wire;

use crate::arguments::ExtractOptions;
use crate::commands::desk::table::plain;
use crate::exit::Exit;
use crate::inputs;
use crate::messages::Progress;
use crate::output::Output;
use crate::settings;

/// Runs it.
pub fn run(options: &ExtractOptions) -> anyhow::Result<Exit> {
    if options.explain {
        return explain_all(options);
    }
    let settings = settings::of_inputs(&options.inputs)?;
    let mut output = Output::new();
    let progress = Progress::new("articles");
    let (mut made, mut aside) = (0, 0);
    extract_all(
        inputs::documents(&options.inputs),
        &settings,
        |result| match result {
            Ok(article) => {
                made += 1;
                progress.at(made);
                output.line(&wire::article_line(&article, options.offsets.into()))
            }
            Err(input) => {
                aside += 1;
                inputs::tell_aside(&input);
                Ok(())
            }
        },
    )?;
    output.finish()?;
    Ok(Exit::of_counts(made, aside))
}

/// Shows how each document was read instead of what came out.
fn explain_all(options: &ExtractOptions) -> anyhow::Result<Exit> {
    let settings = settings::of_inputs(&options.inputs)?;
    let mut output = Output::new();
    let (mut made, mut aside) = (0, 0);
    for document in inputs::documents(&options.inputs) {
        let document = match document {
            Ok(document) => document,
            Err(input) => {
                aside += 1;
                inputs::tell_aside(&input);
                continue;
            }
        };
        match explain(&document, &settings.extract) {
            Ok(mut explanation) => {
                made += 1;
                let name = document.id.to_string();
                leave_out_recurring(&mut explanation, document, &settings);
                output.text(&explained(&name, &explanation))?;
            }
            Err(error) => {
                aside += 1;
                inputs::tell_aside(&SetAside::new(document.id.as_str(), &error));
            }
        }
    }
    output.finish()?;
    Ok(Exit::of_counts(made, aside))
}

/// Shows as left out what recurs over the pages of the document's outlet.
fn leave_out_recurring(explanation: &mut Explanation, document: Document, settings: &Settings) {
    let Ok(()) = extract_all(std::iter::once(Ok(document)), settings, |result| {
        if let Ok(article) = result {
            explanation.leave_out_recurring(&article.clutter);
        }
        Ok::<(), Infallible>(())
    });
}

/// A document's blocks, two lines each: what became of it and its first words, then its place in the page.
fn explained(name: &str, explanation: &Explanation) -> String {
    let title = match explanation.title.as_str() {
        "" => "(no title found)",
        title => title,
    };
    let mut text = format!(
        "{}\n{}\nread as {}; + kept, - left out, chance to be text from 0 to 1\n\n",
        shown(name, usize::MAX),
        shown(title, usize::MAX),
        explanation.encoding
    );
    if explanation.blocks.is_empty() {
        text.push_str("  (the text came as such: nothing to choose)\n");
    }
    for block in &explanation.blocks {
        text.push_str(&explained_block(block));
    }
    text.push('\n');
    text
}

fn explained_block(block: &ExplainedBlock) -> String {
    let (mark, what) = match (block.role, block.rule) {
        (_, Some(rule)) => ('-', rule),
        (Some(role), None) => ('+', role_name(role)),
        (None, None) => ('-', "not asked"),
    };
    let chance = block
        .chance
        .map_or_else(|| "    ".to_owned(), |chance| format!("{chance:.2}"));
    let words = shown(&block.words, EXPLAINED_WORDS);
    let place = match block.path.as_str() {
        "" => String::new(),
        path => format!("         {:20} {}\n", "", shown(path, EXPLAINED_WORDS)),
    };
    format!("{mark} {chance}   {what:20} {words}\n{place}")
}

/// What a paragraph's role is called.
const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Body => "body",
        Role::Standfirst => "standfirst",
        Role::Heading => "heading",
        Role::ListItem => "list item",
        Role::BlockQuote => "block quote",
        Role::PullQuote => "pull quote",
        Role::Caption => "caption",
        Role::Embed => "embedded post",
        Role::Correction => "correction",
        Role::TableRow => "table row",
        _ => "other text",
    }
}

/// Most characters of a block's words or path that are shown.
const EXPLAINED_WORDS: usize = 90;

/// The first characters of `words`, on one line; nothing in a page may steer the terminal.
fn shown(words: &str, most: usize) -> String {
    let words = plain(words);
    let mut shown: String = words.chars().take(most).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}
