//! `twosource sources`: what is watched, and how it is doing.

use serde_json::json;
use twosource_fetch::{Health, SourceState, Table};
use twosource_intake::{Subscription, write_opml};

use super::{table, to_read};
use crate::arguments::watch::{SourcesFormat, SourcesOptions};
use crate::exit::Exit;
use crate::fetch_state::key;
use crate::messages;
use crate::output::Output;

/// Runs it.
pub fn run(options: &SourcesOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let prefix = key(Table::Source, "");
    let mut sources = Vec::new();
    for record in desk.store().sources()? {
        let Some(address) = record.url.strip_prefix(&prefix) else {
            continue;
        };
        let state: SourceState = serde_json::from_str(&record.state).unwrap_or_default();
        let health = desk.store().source_state(&key(Table::Health, address))?;
        let health: Health = health
            .and_then(|health| serde_json::from_str(&health).ok())
            .unwrap_or_default();
        sources.push((address.to_owned(), state, health));
    }
    if sources.is_empty() {
        messages::note("no source is watched: `twosource watch FEEDS.opml --db FILE` begins");
    }
    let mut output = Output::new();
    match options.format {
        SourcesFormat::Text => {
            for (address, state, health) in &sources {
                output.text(&shown(address, state, health))?;
            }
        }
        SourcesFormat::Jsonl => {
            for (address, state, health) in &sources {
                output.line(&line(address, state, health))?;
            }
        }
        SourcesFormat::Opml => {
            let subscriptions: Vec<Subscription> = sources
                .into_iter()
                .map(|(address, state, _)| Subscription {
                    address,
                    title: state.title,
                    ..Subscription::default()
                })
                .collect();
            output.text(&write_opml("Sources of a desk", &subscriptions))?;
        }
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn shown(address: &str, state: &SourceState, health: &Health) -> String {
    let mut text = table::plain(address);
    if let Some(title) = &state.title {
        text += &format!("  {}", table::plain(title));
    }
    text.push('\n');
    match state.last_good {
        Some(at) => text += &format!("  last good {at:.0}, {} entries", state.entries),
        None => text += "  never read well",
    }
    if let Some(due) = state.next_due {
        text += &format!("; next {due:.0}");
    }
    text.push('\n');
    if let Some(failure) = &state.last_failure {
        let run = if state.failures > 1 {
            format!(", {} in a row", state.failures)
        } else {
            String::new()
        };
        text += &format!(
            "  last failure {:.0}{run}: {}\n",
            failure.at,
            table::plain(&failure.reason)
        );
    }
    if health.articles > 0 {
        text += &format!(
            "  {} articles, {} without a date, {} as the feed's own text only\n",
            health.articles, health.undated, health.entries_only
        );
    }
    for drift in health.drifts() {
        text += &format!("  changed of a sudden: {drift}\n");
    }
    text
}

fn line(address: &str, state: &SourceState, health: &Health) -> serde_json::Value {
    let drifts: Vec<String> = health.drifts().iter().map(ToString::to_string).collect();
    json!({
        "source": address,
        "title": state.title,
        "last_good": state.last_good,
        "next_due": state.next_due,
        "failures": state.failures,
        "last_failure": state.last_failure,
        "entries": state.entries,
        "articles": health.articles,
        "undated": health.undated,
        "entries_only": health.entries_only,
        "drifts": drifts,
    })
}
