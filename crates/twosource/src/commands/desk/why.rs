//! `twosource why`: why the articles of a story are together.

use serde_json::json;
use twosource_model::ArticleId;
use twosource_pipeline::desk::{Because, Desk};
use twosource_store::StoryNumber;

use super::{table, to_read};
use crate::arguments::desk::{ListFormat, WhyOptions};
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Most articles whose reasons are worked out anew.
const MOST: usize = 200;

/// Runs it.
pub fn run(options: &WhyOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let store = desk.store();
    let article = store.article_number(&ArticleId::new(&options.id))?;
    let story = match article {
        Some(article) => store.place(article)?.story,
        None => Some(desk.story(&options.id)?),
    };
    let Some(story) = story else {
        messages::note(&format!("{} is in no story", options.id));
        return Ok(Exit::Nothing);
    };
    if article.is_none() && story.to_string() != options.id {
        messages::note(&format!("{} was merged into {story}", options.id));
    }
    let reasons = desk.why(story, MOST)?;
    let chosen = reasons
        .iter()
        .filter(|because| article.is_none_or(|article| because.entry.number == article));
    let mut output = Output::new();
    if options.format == ListFormat::Text {
        output.text(&format!(
            "{story}: {}\n",
            table::counted(reasons.len(), "report", "reports")
        ))?;
    }
    for because in chosen {
        match options.format {
            ListFormat::Text => output.text(&told(&desk, because)?)?,
            ListFormat::Jsonl => output.line(&line(&desk, story, because)?)?,
        }
    }
    if options.format == ListFormat::Text {
        output.text(&history(&desk, story)?)?;
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn told(desk: &Desk, because: &Because) -> anyhow::Result<String> {
    let mut text = format!(
        "\n  {}\n    {} · {}\n",
        table::plain(&because.entry.title),
        table::plain(&because.entry.outlet),
        table::plain(because.entry.name.as_str())
    );
    match (because.place.nearest, because.place.score) {
        (Some(nearest), Some(score)) => text.push_str(&format!(
            "    at its arrival nearest to {} (log-odds of belonging to the story {score:+.1})\n",
            table::plain(desk.store().article_name(nearest)?.as_str())
        )),
        _ => text.push_str("    nothing like it was there when it arrived\n"),
    }
    if let Some(join) = &because.evidence {
        text.push_str(&format!(
            "    shares with {}:\n",
            table::plain(join.nearest.as_str())
        ));
        for reason in &join.evidence {
            text.push_str(&format!(
                "      {} ({})\n",
                table::plain(&reason.words),
                reason.rule
            ));
        }
    }
    Ok(text)
}

/// What became of the story, and what people decided.
fn history(desk: &Desk, story: StoryNumber) -> anyhow::Result<String> {
    let mut text = String::from("\nHistory\n");
    for event in desk.store().events_of(story)? {
        let other = event
            .other
            .map_or_else(String::new, |other| format!(" ({other})"));
        let article = event.article.map_or_else(String::new, |article| {
            format!(" {}", table::plain(article.as_str()))
        });
        text.push_str(&format!(
            "  {:>8}  {}{article}{other}\n",
            event.step.0,
            event.kind.as_str()
        ));
    }
    for act in desk.store().acts()? {
        if act.words.split(' ').any(|word| word == story.to_string()) {
            let undone = if act.undone { ", undone" } else { "" };
            text.push_str(&format!(
                "  decided: {} {}{undone}\n",
                act.kind,
                table::plain(&act.words)
            ));
        }
    }
    Ok(text)
}

fn line(desk: &Desk, story: StoryNumber, because: &Because) -> anyhow::Result<serde_json::Value> {
    let nearest = match because.place.nearest {
        Some(nearest) => Some(desk.store().article_name(nearest)?.to_string()),
        None => None,
    };
    let reasons: Vec<_> = because
        .evidence
        .iter()
        .flat_map(|join| &join.evidence)
        .map(|reason| json!({"rule": reason.rule, "weight": reason.weight, "words": reason.words}))
        .collect();
    Ok(json!({
        "story": story.to_string(),
        "id": because.entry.name.as_str(),
        "title": because.entry.title,
        "outlet": because.entry.outlet,
        "arrival": {"nearest": nearest, "score": because.place.score},
        "shares_with": because.evidence.as_ref().map(|join| join.nearest.to_string()),
        "evidence": reasons,
    }))
}
