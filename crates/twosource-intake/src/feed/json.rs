//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use super::entry::{Body, Entry, Feed};

/// Reads a feed of JSON; `None` when it is none.
pub(super) fn read(text: &str) -> Option<Feed> {
    let feed: Value = serde_json::from_str(text).ok()?;
    let items = feed["items"].as_array()?;
    let language = string(&feed, "language");
    let entries = items
        .iter()
        .map(|item| {
            let bodies = [
                ("content_html", Some(true)),
                ("content_text", Some(false)),
                ("summary", Some(false)),
            ];
            Entry {
                title: string(item, "title"),
                links: ["url", "external_url"]
                    .into_iter()
                    .find_map(|name| string(item, name))
                    .into_iter()
                    .collect(),
                id: string(item, "id").or_else(|| item["id"].as_number().map(ToString::to_string)),
                published: string(item, "date_published"),
                updated: string(item, "date_modified"),
                authors: authors(item),
                language: string(item, "language").or_else(|| language.clone()),
                bodies: bodies
                    .into_iter()
                    .filter_map(|(name, html)| {
                        Some(Body {
                            text: string(item, name)?,
                            html,
                        })
                    })
                    .collect(),
                base: None,
            }
        })
        .collect();
    Some(Feed {
        title: string(&feed, "title"),
        language,
        keep_minutes: None,
        entries,
    })
}

fn string(value: &Value, name: &str) -> Option<String> {
    value[name]
        .as_str()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

fn authors(item: &Value) -> Vec<String> {
    let listed = item["authors"].as_array().into_iter().flatten();
    listed
        .chain(std::iter::once(&item["author"]))
        .filter_map(|author| string(author, "name"))
        .collect()
}
