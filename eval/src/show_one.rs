//! One case of one task, gold and output side by side.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::lines;
use crate::packs::{PACKS, Pack};
use crate::scoring::{Places, predict};
use crate::show_syntax;

/// Columns of one side.
const SIDE: usize = 74;

/// Prints the case `id` of the first pack of `task` that holds it.
pub fn show(places: &Places, task: &str, id: &str) -> Result<()> {
    for pack in PACKS.iter().filter(|pack| pack.task == task || pack.name == task) {
        if pack.task == "syntax" {
            if show_syntax::show(places, pack, id)? {
                return Ok(());
            }
            continue;
        }
        let gold: Vec<Value> = lines::read(&places.corpus(pack.gold))?;
        let gold: Vec<&Value> = gold.iter().filter(|object| names(object, id)).collect();
        if gold.is_empty() {
            continue;
        }
        return show_case(places, pack, id, &gold);
    }
    bail!("no case {id:?} in the packs of {task:?}")
}

fn names(object: &Value, id: &str) -> bool {
    ["id", "a", "b"]
        .iter()
        .any(|key| object.get(key).and_then(Value::as_str) == Some(id))
}

fn show_case(places: &Places, pack: &Pack, id: &str, gold: &[&Value]) -> Result<()> {
    let prediction = places.prediction(pack);
    if !prediction.exists() {
        std::fs::create_dir_all(&places.work)?;
        predict(places, pack)?;
    }
    let mut input = Value::Null;
    for file in pack.input {
        let objects: Vec<Value> = lines::read(&places.corpus(file))?;
        input = objects
            .into_iter()
            .find(|object| names(object, id))
            .unwrap_or(input);
    }
    let predicted: Vec<Value> = lines::read(&prediction)?;
    let predicted: Vec<&Value> = predicted.iter().filter(|object| names(object, id)).collect();
    let text: Vec<char> = input
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or("")
        .chars()
        .collect();
    let mut out = String::new();
    out.push_str(&format!("{} · {id} · {}\n\n", pack.name, prediction.display()));
    if let Some(title) = input.get("title").and_then(Value::as_str) {
        out.push_str(&format!("{title}\n\n"));
    }
    if !text.is_empty() {
        out.push_str(&text.iter().collect::<String>());
        out.push_str("\n\n");
    }
    out.push_str(&format!(
        "{:<SIDE$} | {}\n{}-+-{}\n",
        "GOLD",
        "OUTPUT",
        "-".repeat(SIDE),
        "-".repeat(SIDE)
    ));
    let left = draw(gold, &text)?;
    let right = draw(&predicted, &text)?;
    for at in 0..left.len().max(right.len()) {
        let side = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
        out.push_str(&format!("{:<SIDE$} | {}\n", side(&left), side(&right)));
    }
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes()).context("printing")
}

/// The objects as lines, spans replaced by the words they name.
fn draw(objects: &[&Value], text: &[char]) -> Result<Vec<String>> {
    let mut drawn = Vec::new();
    for object in objects {
        let mut object = (*object).clone();
        if let Some(fields) = object.as_object_mut() {
            fields.remove("html");
            if !text.is_empty()
                && fields
                    .get("text")
                    .and_then(Value::as_str)
                    .is_some_and(|t| t.chars().count() == text.len())
            {
                fields.remove("text");
            }
        }
        in_words(&mut object, text);
        for line in serde_json::to_string_pretty(&object)?.lines() {
            let chars: Vec<char> = line.chars().collect();
            drawn.extend(chars.chunks(SIDE).map(|chunk| chunk.iter().collect::<String>()));
        }
    }
    Ok(drawn)
}

fn in_words(value: &mut Value, text: &[char]) {
    let words = |start: u64, end: u64| -> Option<String> {
        text.get(start as usize..end as usize)
            .map(|words| words.iter().collect())
    };
    match value {
        Value::Array(items) => {
            if let [Value::Number(start), Value::Number(end)] = items.as_slice()
                && let (Some(start), Some(end)) = (start.as_u64(), end.as_u64())
                && let Some(words) = words(start, end)
            {
                *value = Value::String(format!("{start}..{end} {words}"));
                return;
            }
            items.iter_mut().for_each(|item| in_words(item, text));
        }
        Value::Object(fields) => {
            let place = |key: &str| fields.get(key).and_then(Value::as_u64);
            if let (Some(start), Some(end)) = (place("start"), place("end"))
                && let Some(words) = words(start, end)
            {
                fields.insert("words".to_owned(), Value::String(words));
            }
            fields.values_mut().for_each(|item| in_words(item, text));
        }
        _ => {}
    }
}
