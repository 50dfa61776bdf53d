//! Sentences of treebanks: names from the entities of one, runs of proper nouns from the other.

use std::path::Path;

use anyhow::Result;
use twosource_language::names::knowledge::title_named;
use twosource_language::names::tagger::{Label, Model, NameKind};
use twosource_language::names::word::Word;
use twosource_model::Upos;

use super::Example;
use super::marked::read_text;

struct Row {
    form: String,
    upos: Upos,
    head: usize,
    relation: String,
    misc: String,
}

/// Each sentence with the id of its document.
fn sentences(path: &Path) -> Result<Vec<(String, Vec<Row>)>> {
    let mut all = Vec::new();
    let mut document = String::new();
    let mut rows: Vec<Row> = Vec::new();
    for line in read_text(path)?.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            document = id.to_owned();
        } else if line.is_empty() && !rows.is_empty() {
            all.push((document.clone(), std::mem::take(&mut rows)));
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() == 10 && columns[0].bytes().all(|b| b.is_ascii_digit()) {
                rows.push(Row {
                    form: columns[1].to_owned(),
                    upos: Upos::parse(columns[3]).unwrap_or(Upos::X),
                    head: columns[6].parse().unwrap_or(0),
                    relation: columns[7].to_owned(),
                    misc: columns[9].to_owned(),
                });
            }
        }
    }
    Ok(all)
}

/// Sentences of a treebank whose last column holds entities (`Entity=`): those with a proper noun as head are names.
pub fn entities(path: &Path, without: &[String]) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    let mut open: Vec<(String, String, usize)> = Vec::new();
    for (document, rows) in sentences(path)? {
        open.clear();
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(marks) = row.misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else {
                continue;
            };
            read_marks(marks, at, &mut open, &mut found);
        }
        if without.contains(&document) {
            continue;
        }
        // longest first: an inner name gives way to the one it is part of
        found.sort_by_key(|(start, end, _)| (std::cmp::Reverse(end - start), *start));
        let mut labels = vec![Label::OUTSIDE; rows.len()];
        for (start, end, kind) in found {
            let Some((start, end)) = name_within(&rows, start, end, &kind) else {
                continue;
            };
            if labels[start..end].iter().any(|l| *l != Label::OUTSIDE) {
                continue;
            }
            let kind = match kind.as_str() {
                "person" => NameKind::Person,
                "organization" => NameKind::Organisation,
                "place" => NameKind::Place,
                "time" => continue,
                _ => NameKind::Other,
            };
            labels[start..end].fill(Label::inside(kind));
            labels[start] = Label::begin(kind);
        }
        examples.push(example(rows, labels));
    }
    Ok(examples)
}

fn example(rows: Vec<Row>, labels: Vec<Label>) -> Example {
    Example {
        words: rows.into_iter().map(|row| (row.form, row.upos)).collect(),
        labels,
        source: "treebank".to_owned(),
        weight: 1.0,
    }
}

/// Reads marks such as `(7-person-...(8-place-...)7)` at one word.
fn read_marks(
    marks: &str,
    at: usize,
    open: &mut Vec<(String, String, usize)>,
    found: &mut Vec<(usize, usize, String)>,
) {
    let mut rest = marks;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('(') {
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let mut parts = inner[..end].split('-');
            let id = parts
                .next()
                .unwrap_or_default()
                .split('[')
                .next()
                .unwrap_or_default();
            let kind = parts.next().unwrap_or_default();
            rest = &inner[end..];
            if let Some(after) = rest.strip_prefix(')') {
                found.push((at, at + 1, kind.to_owned()));
                rest = after;
            } else {
                open.push((id.to_owned(), kind.to_owned(), at));
            }
        } else {
            let end = rest.find(')').map_or(rest.len(), |i| i + 1);
            let id = rest[..end]
                .trim_end_matches(')')
                .split('[')
                .next()
                .unwrap_or_default();
            if let Some(place) = open.iter().rposition(|(i, ..)| i == id) {
                let (_, kind, start) = open.remove(place);
                found.push((start, at + 1, kind));
            }
            rest = &rest[end..];
        }
    }
}

/// The name inside a noun phrase: what is written around its head, if that is a proper noun.
fn name_within(rows: &[Row], start: usize, end: usize, kind: &str) -> Option<(usize, usize)> {
    let inside = |head: usize| head > start && head <= end;
    let head = (start..end).find(|at| !inside(rows[*at].head))?;
    if rows[head].upos != Upos::Propn {
        return None;
    }
    let capital = |at: usize| {
        rows[at]
            .form
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let part = |at: usize| rows[at].upos == Upos::Propn || (capital(at) && kind != "person");
    let joint = |at: usize| {
        matches!(
            rows[at].form.as_str(),
            "-" | "." | "'s" | "’s" | "&" | "of" | "the" | "for"
        )
    };
    let (mut first, mut last) = (head, head + 1);
    while first > start {
        if part(first - 1) && rows[first - 1].upos != Upos::Det {
            first -= 1;
        } else if first > start + 1
            && matches!(rows[first - 1].form.as_str(), "-" | "&" | "'s" | "’s")
            && part(first - 2)
            && !rows[first - 2].relation.starts_with("nmod:poss")
        {
            first -= 2;
        } else {
            break;
        }
    }
    while last < end {
        let gap = (last..end.min(last + 2)).take_while(|at| joint(*at)).count();
        let next = last + gap;
        let follows = next < end && rows[next].upos == Upos::Propn && rows[next].relation != "appos";
        if follows && !(gap > 0 && kind == "person" && rows[last].form != "-") {
            last = next + 1;
        } else {
            break;
        }
    }
    // the head of a second name ("and Ann Lee") is a conjunct itself
    let several = (first..last).any(|at| at != head && rows[at].relation == "conj");
    if several && kind != "organization" {
        return None;
    }
    if kind == "person" {
        // a title and all before it are no part of the name: "US President Ann Lee"
        let title = |at: &usize| title_named(&rows[*at].form).is_some();
        first = (first..last - 1).rev().find(title).map_or(first, |at| at + 1);
        if last - first == 1 && title(&first) {
            return None;
        }
    }
    Some((first, last))
}

/// Names of days and months: proper nouns in the treebank, no names here.
const CALENDAR: [&str; 26] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Sentences of a treebank without entities: its proper nouns are names, of the kind that `first` finds likeliest.
pub fn proper_nouns(path: &Path, first: &Model) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for (_, rows) in sentences(path)? {
        let words: Vec<Word> = rows
            .iter()
            .map(|row| Word {
                text: &row.form,
                upos: row.upos,
            })
            .collect();
        let free = |at: usize| {
            let lower = rows[at].form.to_lowercase();
            CALENDAR.contains(&lower.as_str()) || title_named(&lower).is_some() || lower.contains(['@', '/'])
        };
        let proper = |at: usize| {
            rows.get(at)
                .is_some_and(|row| row.upos == Upos::Propn && !free(at))
        };
        let beside = |at: usize| proper(at + 1) || (at > 0 && proper(at - 1));
        let labels = first.best_among(&words, |at, label| {
            let outside = label == Label::OUTSIDE;
            if rows[at].upos == Upos::Propn {
                free(at) || !outside
            } else {
                // words between proper nouns may belong to a name, others do not
                outside || beside(at)
            }
        });
        drop(words);
        examples.push(example(rows, labels));
    }
    Ok(examples)
}
