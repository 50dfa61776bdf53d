//! Treebanks as the trainers use them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use twosource_language::syntax::conllu;
use twosource_language::syntax::lexicon::Lexicon;
use twosource_language::syntax::tagger::{Tag, TagSet};
use twosource_language::syntax::word::Word;
use twosource_model::{Analysis, Article, ArticleId, Relation};

/// One sentence with its gold annotation.
pub struct Gold {
    pub forms: Vec<String>,
    pub words: Vec<Word>,
    pub lemmas: Vec<String>,
    pub tags: Vec<Tag>,
    /// Head of each word; the number of words for the root.
    pub heads: Vec<u32>,
    pub labels: Vec<u8>,
}

/// A treebank: its text with analysis for splitting, its sentences for all else.
pub struct Treebank {
    pub article: Article,
    pub analysis: Analysis,
    pub sentences: Vec<Gold>,
}

/// Reads a treebank; tags that the set does not hold become the most frequent tag with the same UPOS.
pub fn read(path: &Path, tags: &TagSet) -> Result<Treebank> {
    let (article, analysis) = read_conllu(path)?;
    let sentences = sentences(&article, &analysis, tags);
    Ok(Treebank {
        article,
        analysis,
        sentences,
    })
}

/// The document of a treebank's file.
pub fn read_conllu(path: &Path) -> Result<(Article, Analysis)> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut text = String::new();
    MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .with_context(|| format!("reading {}", path.display()))?;
    conllu::read(ArticleId::new("train"), &text).with_context(|| format!("reading {}", path.display()))
}

fn sentences(article: &Article, analysis: &Analysis, set: &TagSet) -> Vec<Gold> {
    analysis
        .sentences
        .iter()
        .map(|sentence| {
            let tokens = &analysis.tokens[sentence.tokens()];
            let length = tokens.len() as u32;
            let forms: Vec<String> = tokens
                .iter()
                .map(|t| t.span.of(article.text()).to_owned())
                .collect();
            Gold {
                words: forms.iter().map(|f| Word::of(f)).collect(),
                forms,
                lemmas: tokens.iter().map(|t| t.lemma.to_string()).collect(),
                tags: tokens
                    .iter()
                    .map(|t| {
                        set.tag(t.upos, t.xpos).unwrap_or_else(|| {
                            (0..set.len())
                                .position(|i| set.pair(i as u8).0 == t.upos)
                                .unwrap_or(0) as Tag
                        })
                    })
                    .collect(),
                heads: tokens
                    .iter()
                    .map(|t| t.head.map_or(length, |h| h - sentence.first_token))
                    .collect(),
                labels: tokens
                    .iter()
                    .map(|t| {
                        if t.head.is_none() {
                            Relation::Root as u8
                        } else {
                            t.relation as u8
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Pairs of UPOS and XPOS seen at least `fewest` times, the most frequent first.
pub fn tag_set(documents: &[&Analysis], fewest: u32) -> TagSet {
    let mut counts = BTreeMap::new();
    for token in documents.iter().flat_map(|a| &a.tokens) {
        *counts.entry((token.upos, token.xpos)).or_insert(0u32) += 1;
    }
    let mut pairs: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= fewest).collect();
    pairs.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
    TagSet::new(pairs.into_iter().map(|(pair, _)| pair).take(250).collect())
}

/// Ambiguity classes of the words seen at least `fewest` times: their tags of at least 1 in 20, the most frequent first.
pub fn lexicon<'a>(sentences: impl Iterator<Item = &'a Gold>, fewest: u32) -> Lexicon {
    let mut counts: BTreeMap<u32, BTreeMap<Tag, u32>> = BTreeMap::new();
    for sentence in sentences {
        for (word, tag) in sentence.words.iter().zip(&sentence.tags) {
            *counts.entry(word.lower).or_default().entry(*tag).or_default() += 1;
        }
    }
    let mut classes: BTreeMap<Vec<Tag>, u32> = BTreeMap::new();
    let mut words = Vec::new();
    for (word, tags) in counts {
        let total: u32 = tags.values().sum();
        if total < fewest {
            continue;
        }
        let mut often: Vec<(u32, Tag)> = tags
            .iter()
            .filter(|(_, n)| **n * 20 >= total)
            .map(|(t, n)| (*n, *t))
            .collect();
        often.sort_by_key(|(n, t)| (std::cmp::Reverse(*n), *t));
        let class: Vec<Tag> = often.into_iter().map(|(_, t)| t).take(4).collect();
        let next = classes.len() as u32 + 1;
        words.push((word, *classes.entry(class).or_insert(next)));
    }
    Lexicon::new(words)
}

/// Words seen at least `fewest` times, and with one tag in all but 2 in 1,000 cases: the tag plus one.
pub fn sure<'a>(sentences: impl Iterator<Item = &'a Gold>, fewest: u32) -> Lexicon {
    let mut counts: BTreeMap<u32, BTreeMap<Tag, u32>> = BTreeMap::new();
    for sentence in sentences {
        for (word, tag) in sentence.words.iter().zip(&sentence.tags) {
            *counts.entry(word.form).or_default().entry(*tag).or_default() += 1;
        }
    }
    let words = counts.into_iter().filter_map(|(word, tags)| {
        let total: u32 = tags.values().sum();
        let (tag, most) = tags.into_iter().max_by_key(|(_, n)| *n)?;
        (total >= fewest && most * 1000 >= total * 998).then_some((word, u32::from(tag) + 1))
    });
    Lexicon::new(words.collect())
}
