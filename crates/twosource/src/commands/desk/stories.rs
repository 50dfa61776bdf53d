//! `twosource stories`: the stories of a desk.

use serde_json::json;
use twosource_model::ThreadStory;
use twosource_store::{StoryEntry, StoryOrder};

use super::{table, to_read};
use crate::arguments::desk::{ListFormat, Order, StoriesOptions};
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Runs it.
pub fn run(options: &StoriesOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let order = match options.order {
        Order::Newest => StoryOrder::Newest,
        Order::Biggest => StoryOrder::Biggest,
    };
    let stories = desk
        .store()
        .list(order, options.origins, options.most, options.skip)?;
    if stories.is_empty() {
        messages::note("no story: nothing was taken in yet, or none is as big as asked for");
    }
    let mut output = Output::new();
    for story in &stories {
        match options.format {
            ListFormat::Jsonl => output.line(&line(story, &desk.thread(story)?))?,
            ListFormat::Text => {
                let id = story.number.to_string();
                output.text(&format!(
                    "{id:>8}  {}\n          {} · {}{}\n",
                    table::plain(&story.title),
                    table::size(story),
                    table::days(story),
                    table::thread(&desk.thread(story)?)
                ))?;
            }
        }
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn line(story: &StoryEntry, thread: &[ThreadStory]) -> serde_json::Value {
    json!({
        "story": story.number.to_string(),
        "title": story.title,
        "reports": story.articles,
        "origins": story.origins,
        "outlets": story.outlets,
        "first_published": story.days.map(|days| days.0.to_string()),
        "last_published": story.days.map(|days| days.1.to_string()),
        "thread": thread,
    })
}
