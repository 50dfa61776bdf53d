//! One sentence of a treebank, gold and output side by side.

use std::io::Write as _;
use std::ops::Range;

use anyhow::{Context as _, Result, bail};

use crate::lines;
use crate::packs::Pack;
use crate::scoring::{Places, predict};

/// Columns of one side.
const SIDE: usize = 60;

/// A sentence in CoNLL-U.
struct Sentence {
    id: String,
    text: String,
    /// Word, UPOS, XPOS, head and relation of each word, in columns.
    rows: Vec<String>,
    /// Its letters and marks among those of the file, white space aside.
    at: Range<usize>,
}

/// Prints the sentence whose `sent_id` is `id`, if the pack has it.
pub fn show(places: &Places, pack: &Pack, id: &str) -> Result<bool> {
    let gold = sentences(&lines::read_text(&places.corpus(pack.gold))?)?;
    let Some(wanted) = gold.iter().find(|sentence| sentence.id == id) else {
        return Ok(false);
    };
    let prediction = places.prediction(pack);
    if !prediction.exists() {
        std::fs::create_dir_all(&places.work)?;
        predict(places, pack)?;
    }
    let predicted = sentences(&lines::read_text(&prediction)?)?;
    let right: Vec<&String> = predicted
        .iter()
        .filter(|sentence| sentence.at.start < wanted.at.end && wanted.at.start < sentence.at.end)
        .flat_map(|sentence| &sentence.rows)
        .collect();
    let rule = "-".repeat(SIDE);
    let mut out = format!(
        "{} · {id} · {}\n\n{}\n\n{:<SIDE$} | OUTPUT\n{rule}-+-{rule}\n",
        pack.name,
        prediction.display(),
        wanted.text,
        "GOLD"
    );
    for row in 0..wanted.rows.len().max(right.len()) {
        let left = wanted.rows.get(row).map_or("", String::as_str);
        let right = right.get(row).map_or("", |row| row.as_str());
        let differs = if left == right { ' ' } else { '*' };
        out.push_str(&format!("{left:<SIDE$} |{differs}{right}\n"));
    }
    std::io::stdout().write_all(out.as_bytes()).context("printing")?;
    Ok(true)
}

/// The sentences of a file; every word that stands in the text counts for its place, not the parts of a contraction.
fn sentences(file: &str) -> Result<Vec<Sentence>> {
    let mut all: Vec<Sentence> = Vec::new();
    let mut at = 0;
    for block in file.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut sentence = Sentence {
            id: String::new(),
            text: String::new(),
            rows: Vec::new(),
            at: at..at,
        };
        let mut parts_until = 0;
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                match comment.split_once(" = ") {
                    Some(("sent_id", id)) => sentence.id = id.to_owned(),
                    Some(("text", text)) => sentence.text = text.to_owned(),
                    _ => {}
                }
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [number, word, _, upos, xpos, _, head, relation, ..] = columns[..] else {
                bail!("no CoNLL-U: {line:?}");
            };
            if number.contains('.') {
                continue;
            }
            if let Some((_, last)) = number.split_once('-') {
                parts_until = last.parse()?;
                at += letters(word);
                continue;
            }
            if number.parse::<usize>()? > parts_until {
                at += letters(word);
            }
            sentence.rows.push(format!(
                "{number:>3} {word:<18.18} {upos:<6}{xpos:<6}{head:>3} {relation}"
            ));
        }
        sentence.at.end = at;
        all.push(sentence);
    }
    Ok(all)
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contraction_counts_once() {
        let file = "# sent_id = a\n# text = I don't.\n1\tI\ti\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                    2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n\
                    # sent_id = b\n1\tSo\tso\tADV\tRB\t_\t0\troot\t_\t_\n";
        let read = sentences(file).expect("two sentences");
        let seen: Vec<_> = read
            .iter()
            .map(|s| (s.id.as_str(), s.at.clone(), s.rows.len()))
            .collect();
        assert_eq!(seen, [("a", 0..7, 4), ("b", 7..9, 1)]);
    }
}
