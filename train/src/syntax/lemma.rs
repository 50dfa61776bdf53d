//! Trains the lemmatiser: a decision list, from general to special.

use std::collections::BTreeMap;

use twosource_language::syntax::lemma::{Lemmatizer, Script, rule_keys};

use super::data::Gold;

/// Endings need as many different words to make a rule.
const FEWEST_WORDS: usize = 2;

pub fn train(sentences: &[Gold]) -> Lemmatizer {
    // each distinct word once, with its most frequent script
    let mut seen: BTreeMap<([u32; 7], String), BTreeMap<Script, u32>> = BTreeMap::new();
    for sentence in sentences {
        for at in 0..sentence.words.len() {
            let keys = rule_keys(&sentence.words[at], sentence.tags[at]);
            let script = Script::between(&sentence.forms[at], &sentence.lemmas[at]);
            if script.apply(&sentence.forms[at]) != sentence.lemmas[at].as_str() {
                continue;
            }
            *seen
                .entry((keys, sentence.forms[at].clone()))
                .or_default()
                .entry(script)
                .or_default() += 1;
        }
    }
    let words: Vec<([u32; 7], Script, u32)> = seen
        .into_iter()
        .filter_map(|((keys, _), scripts)| {
            let count = scripts.values().sum();
            let (script, _) = scripts.into_iter().max_by_key(|(_, n)| *n)?;
            Some((keys, script, count))
        })
        .collect();
    let mut scripts: Vec<Script> = Vec::new();
    let mut rules: BTreeMap<u32, u32> = BTreeMap::new();
    let depth = 7;
    for level in (0..depth).rev() {
        let mut votes: BTreeMap<u32, BTreeMap<&Script, usize>> = BTreeMap::new();
        for (keys, script, count) in &words {
            let weight = if level == 0 { *count as usize } else { 1 };
            *votes.entry(keys[level]).or_default().entry(script).or_default() += weight;
        }
        let mut added = Vec::new();
        for (keys, script, _) in &words {
            let Some(vote) = votes.remove(&keys[level]) else {
                continue;
            };
            let total: usize = vote.values().sum();
            let Some((&winner, _)) = vote.iter().max_by_key(|(_, n)| **n) else {
                continue;
            };
            if level > 0 && level < depth - 1 && total < FEWEST_WORDS {
                continue;
            }
            let now = keys[level + 1..].iter().find_map(|k| rules.get(k));
            let number = scripts.iter().position(|s| s == winner).unwrap_or_else(|| {
                scripts.push(winner.clone());
                scripts.len() - 1
            }) as u32
                + 1;
            let _ = script;
            // a rule that says what the next more general one says is left out, unless the words disagree
            if now != Some(&number) {
                added.push((keys[level], number));
            }
        }
        rules.extend(added);
    }
    Lemmatizer::new(scripts, rules.into_iter().collect())
}
