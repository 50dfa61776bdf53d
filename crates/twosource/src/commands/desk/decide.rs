//! `twosource merge`, `split`, `undo`: what people decide.

use twosource_model::ArticleId;

use super::to_write;
use crate::arguments::desk::{DeskOptions, MergeOptions, SplitOptions};
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Runs `merge`.
pub fn merge(options: &MergeOptions) -> anyhow::Result<Exit> {
    let mut desk = to_write(&options.desk)?;
    let mut stories = Vec::new();
    for shown in &options.stories {
        stories.push(desk.story(shown)?);
    }
    let into = desk.merge(&stories, options.as_of)?;
    let gone: Vec<String> = stories
        .iter()
        .filter(|story| **story != into)
        .map(ToString::to_string)
        .collect();
    messages::note(&format!("merged: {} leads to {into} now", gone.join(", ")));
    say(&into.to_string())
}

/// Runs `split`.
pub fn split(options: &SplitOptions) -> anyhow::Result<Exit> {
    let mut desk = to_write(&options.desk)?;
    let story = desk.story(&options.story)?;
    let articles: Vec<ArticleId> = options.articles.iter().map(|name| ArticleId::new(name)).collect();
    let new = desk.split(story, &articles, options.as_of)?;
    messages::note(&format!("split: {new} is a story of its own now"));
    say(&new.to_string())
}

/// Runs `undo`.
pub fn undo(options: &DeskOptions) -> anyhow::Result<Exit> {
    let mut desk = to_write(&options.desk)?;
    let act = desk.undo()?;
    messages::note(&format!("undone: {} {}", act.kind, act.words));
    Ok(Exit::Done)
}

/// The id, for scripts.
fn say(id: &str) -> anyhow::Result<Exit> {
    let mut output = Output::new();
    output.text(&format!("{id}\n"))?;
    output.finish()?;
    Ok(Exit::Done)
}
