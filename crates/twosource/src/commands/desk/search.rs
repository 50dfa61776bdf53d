//! `twosource search`: reports by their words.

use std::io::{IsTerminal, stdout};

use serde_json::json;
use twosource_store::{Hit, Query, Snippet};

use super::{table, to_read};
use crate::arguments::desk::{ListFormat, SearchOptions};
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Runs it.
pub fn run(options: &SearchOptions) -> anyhow::Result<Exit> {
    // the shell has taken the quotation marks off an argument of several words
    let pieces: Vec<String> = options
        .query
        .iter()
        .map(|piece| {
            let phrase =
                options.query.len() > 1 && piece.contains(char::is_whitespace) && !piece.contains(['"', ':']);
            if phrase {
                format!("\"{piece}\"")
            } else {
                piece.clone()
            }
        })
        .collect();
    let query = Query::parse(&pieces.join(" "))?;
    let desk = to_read(&options.desk)?;
    let found = desk.store().search(&query, options.most)?;
    let colour = stdout().is_terminal();
    let mut output = Output::new();
    for hit in &found.hits {
        match options.format {
            ListFormat::Jsonl => output.line(&line(hit))?,
            ListFormat::Text => output.text(&shown(hit, colour))?,
        }
    }
    output.finish()?;
    messages::note(&match found.total {
        Some(0) => "nothing found".to_owned(),
        Some(total) => format!(
            "{} of {}",
            found.hits.len(),
            table::counted(total, "report", "reports")
        ),
        None => format!("{} shown, the newest; there are more", found.hits.len()),
    });
    Ok(Exit::Done)
}

fn shown(hit: &Hit, colour: bool) -> String {
    let story = hit.story.map_or_else(String::new, |story| story.to_string());
    format!(
        "{story:>8}  {}\n          {} · {} · {}\n          {}\n",
        table::plain(&hit.entry.title),
        table::plain(&hit.entry.outlet),
        hit.entry.published.as_deref().unwrap_or("undated"),
        table::plain(hit.entry.name.as_str()),
        marked(&hit.snippet, colour)
    )
}

/// The stretch with its words in square brackets, and bold on a terminal.
fn marked(snippet: &Snippet, colour: bool) -> String {
    let (on, off) = if colour {
        ("\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("[", "]")
    };
    let mut text = String::new();
    let mut at = 0;
    for mark in &snippet.marks {
        text.push_str(&table::plain_piece(&snippet.text[at..mark.start]));
        text.push_str(on);
        text.push_str(&table::plain_piece(&snippet.text[mark.clone()]));
        text.push_str(off);
        at = mark.end;
    }
    text.push_str(&table::plain_piece(&snippet.text[at..]));
    let before = if snippet.cut_before { "… " } else { "" };
    let behind = if snippet.cut_behind { " …" } else { "" };
    format!("{before}{text}{behind}")
}

fn line(hit: &Hit) -> serde_json::Value {
    json!({
        "id": hit.entry.name.as_str(),
        "story": hit.story.map(|story| story.to_string()),
        "title": hit.entry.title,
        "outlet": hit.entry.outlet,
        "published": hit.entry.published,
        "url": hit.entry.url,
        "snippet": hit.snippet.text,
        "marks": hit.snippet.marks.iter().map(|mark| [mark.start, mark.end]).collect::<Vec<_>>(),
    })
}
