//! Makes the dictionary: WordNet's words with their inflections, and the lists of names that ship.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use twosource_language::syntax::dictionary::{Dictionary, Entry};
use twosource_language::syntax::word::Word;

/// Entries in the making, by lower-cased word.
#[derive(Default)]
struct Made(BTreeMap<String, u32>);

impl Made {
    fn add(&mut self, word: &str, bits: u32) {
        if !word.is_empty() {
            *self.0.entry(word.to_lowercase()).or_default() |= bits;
        }
    }

    /// Sets a field that is not set yet.
    fn set(&mut self, word: &str, at: u32, mask: u32, value: u32) {
        if let Some(entry) = self.0.get_mut(word)
            && *entry >> at & mask == 0
        {
            *entry |= (value & mask) << at;
        }
    }
}

/// Reads the `wordnet` folder (index, data, `.exc`, `cntlist.rev`) and the lists of names in `lists`.
pub fn make(wordnet: &Path, lists: &Path) -> Result<Dictionary> {
    let mut made = Made::default();
    let mut inflections: Vec<(String, String)> = Vec::new();
    for (part, base) in [
        ("noun", Entry::NOUN),
        ("verb", Entry::VERB),
        ("adj", Entry::ADJECTIVE),
        ("adv", Entry::ADVERB),
    ] {
        let exceptions = exceptions(&wordnet.join(format!("{part}.exc")))?;
        for (lemma, topic) in lemmas(&wordnet.join(format!("data.{part}")))? {
            if lemma.contains('_') {
                for piece in lemma.split('_').filter(|p| is_name(p)) {
                    made.add(piece, Entry::PROPER);
                }
                continue;
            }
            if is_name(&lemma) {
                let place = if topic == LOCATION { Entry::PLACE } else { 0 };
                made.add(&lemma, Entry::PROPER | place);
                continue;
            }
            made.add(&lemma, base);
            let irregular = exceptions.get(lemma.as_str());
            for (form, bits) in inflected(part, &lemma, irregular.map_or(&[], Vec::as_slice)) {
                made.add(&form, bits);
                inflections.push((form, lemma.clone()));
            }
        }
    }
    frequencies(wordnet, &mut made)?;
    for (form, lemma) in inflections {
        let of_lemma = made.0.get(&lemma).copied().unwrap_or(0);
        let entry = Entry(of_lemma);
        made.set(&form, Entry::NOUN_SENSE_AT, 31, entry.noun_sense());
        made.set(&form, Entry::VERB_SENSE_AT, 31, entry.verb_sense());
    }
    for (list, column, bits) in [
        ("given_names.tsv", 0, Entry::GIVEN),
        ("given_names_world.tsv", 0, Entry::GIVEN),
        ("surnames.tsv", 0, Entry::SURNAME),
        ("cities.tsv", 1, Entry::PLACE),
        ("regions.tsv", 1, Entry::PLACE),
    ] {
        for line in read(lists.join(list))?.lines().filter(|l| !l.starts_with('#')) {
            let name = line.split('\t').nth(column).unwrap_or("");
            for piece in name.split([' ', '-']) {
                // "of" and "the" of a name are no names; lists in lower case hold names alone
                if bits != Entry::PLACE || is_name(piece) {
                    made.add(piece, bits);
                }
            }
        }
    }
    let entries = made.0.iter().map(|(word, bits)| (Word::of(word).lower, *bits));
    Ok(Dictionary::new(entries.collect()))
}

fn read(path: PathBuf) -> Result<String> {
    std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// WordNet's file of places.
const LOCATION: u32 = 15;

/// The words of a `data` file as they are written, with the numbers of the files that they are from.
fn lemmas(path: &Path) -> Result<Vec<(String, u32)>> {
    let mut lemmas = Vec::new();
    for line in read(path.to_owned())?.lines().filter(|l| !l.starts_with(' ')) {
        let fields: Vec<&str> = line.split(' ').collect();
        let topic = fields.get(1).and_then(|f| f.parse().ok()).unwrap_or(0);
        let count = usize::from_str_radix(fields.get(3).copied().unwrap_or("0"), 16).unwrap_or(0);
        for at in 0..count {
            if let Some(word) = fields.get(4 + 2 * at) {
                // "(p)" and the like say where an adjective stands
                lemmas.push((word.split('(').next().unwrap_or(word).to_owned(), topic));
            }
        }
    }
    lemmas.sort_unstable();
    lemmas.dedup();
    Ok(lemmas)
}

/// Irregular forms by lemma.
fn exceptions(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut by_lemma: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in read(path.to_owned())?.lines() {
        let mut words = line.split(' ');
        let form = words.next().unwrap_or("");
        for lemma in words {
            by_lemma
                .entry(lemma.to_owned())
                .or_default()
                .push(form.to_owned());
        }
    }
    Ok(by_lemma)
}

/// Which part of speech a word has most often, and what its first senses are about, by the counts of sense-tagged text.
fn frequencies(wordnet: &Path, made: &mut Made) -> Result<()> {
    let mut counts: BTreeMap<String, [u32; 5]> = BTreeMap::new();
    for line in read(wordnet.join("cntlist.rev"))?.lines() {
        let mut fields = line.split(' ');
        let (Some(key), Some(_), Some(count)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let Some((lemma, rest)) = key.split_once('%') else {
            continue;
        };
        let part = match rest.as_bytes().first() {
            Some(b'1') => 1,
            Some(b'2') => 2,
            Some(b'3' | b'5') => 3,
            _ => 4,
        };
        counts.entry(lemma.to_owned()).or_default()[part] += count.parse::<u32>().unwrap_or(0);
    }
    for (lemma, counts) in counts {
        if let Some(most) = (1..5).max_by_key(|part| (counts[*part], std::cmp::Reverse(*part))) {
            made.set(&lemma, Entry::MOSTLY_AT, 7, most as u32);
        }
    }
    for (part, at, less) in [
        ("noun", Entry::NOUN_SENSE_AT, 2),
        ("verb", Entry::VERB_SENSE_AT, 28),
    ] {
        let mut topics: BTreeMap<String, u32> = BTreeMap::new();
        for line in read(wordnet.join(format!("data.{part}")))?.lines() {
            let mut fields = line.split(' ');
            if let (Some(offset), Some(file)) = (fields.next(), fields.next()) {
                topics.insert(offset.to_owned(), file.parse().unwrap_or(0));
            }
        }
        for line in read(wordnet.join(format!("index.{part}")))?.lines() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let pointers: usize = fields.get(3).and_then(|f| f.parse().ok()).unwrap_or(0);
            let topic = fields.get(6 + pointers).and_then(|offset| topics.get(*offset));
            if let (Some(lemma), Some(topic)) = (fields.first(), topic) {
                made.set(lemma, at, 31, topic.saturating_sub(less));
            }
        }
    }
    Ok(())
}

/// Inflected forms of a lemma with their bits.
fn inflected(part: &str, lemma: &str, irregular: &[String]) -> Vec<(String, u32)> {
    if lemma.len() < 2 || !lemma.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Vec::new();
    }
    match part {
        "noun" => {
            let mut forms: Vec<(String, u32)> =
                irregular.iter().map(|f| (f.clone(), Entry::PLURAL)).collect();
            forms.push((with_s(lemma), Entry::PLURAL));
            forms
        }
        "verb" => {
            let mut forms: Vec<(String, u32)> = irregular.iter().map(|f| (f.clone(), of_verb(f))).collect();
            forms.push((with_s(lemma), Entry::THIRD));
            if !irregular.iter().any(|f| of_verb(f) == Entry::PAST) {
                forms.extend(with_vowel(lemma, "ed").into_iter().map(|f| (f, Entry::PAST)));
            }
            forms.extend(with_vowel(lemma, "ing").into_iter().map(|f| (f, Entry::ING)));
            forms
        }
        "adj" if lemma.len() <= 7 => {
            let mut forms: Vec<(String, u32)> =
                irregular.iter().map(|f| (f.clone(), Entry::GRADED)).collect();
            for ending in ["er", "est"] {
                forms.extend(with_vowel(lemma, ending).into_iter().map(|f| (f, Entry::GRADED)));
            }
            forms
        }
        _ => Vec::new(),
    }
}

fn of_verb(form: &str) -> u32 {
    if form.ends_with("ing") {
        Entry::ING
    } else if form.ends_with('s') {
        Entry::THIRD
    } else {
        Entry::PAST
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn with_s(lemma: &str) -> String {
    let bytes = lemma.as_bytes();
    let before = bytes.len().checked_sub(2).map_or(b'a', |at| bytes[at]);
    if ["s", "x", "z", "ch", "sh"].iter().any(|e| lemma.ends_with(e))
        || (lemma.ends_with('o') && !is_vowel(before))
    {
        format!("{lemma}es")
    } else if lemma.ends_with('y') && !is_vowel(before) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else {
        format!("{lemma}s")
    }
}

/// Forms with an ending that begins with a vowel; two where a last consonant may be doubled.
fn with_vowel(lemma: &str, ending: &str) -> Vec<String> {
    let bytes = lemma.as_bytes();
    let last = bytes[bytes.len() - 1];
    let before = bytes[bytes.len() - 2];
    let cut = &lemma[..lemma.len() - 1];
    if ending == "ing" {
        if let Some(stem) = lemma.strip_suffix("ie") {
            return vec![format!("{stem}ying")];
        }
        if last == b'e' && !matches!(before, b'e' | b'o' | b'y') {
            return vec![format!("{cut}ing")];
        }
    } else if last == b'e' {
        return vec![format!("{cut}{ending}")];
    } else if last == b'y' && !is_vowel(before) {
        return vec![format!("{cut}i{ending}")];
    }
    let mut forms = vec![format!("{lemma}{ending}")];
    let doubles = !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y') && is_vowel(before);
    let third = bytes.len().checked_sub(3).map(|at| bytes[at]);
    if doubles && !third.is_some_and(is_vowel) {
        let vowels = bytes.iter().filter(|b| is_vowel(**b)).count();
        let doubled = format!("{lemma}{}{ending}", last as char);
        if vowels == 1 {
            return vec![doubled];
        }
        forms.push(doubled);
    }
    forms
}
