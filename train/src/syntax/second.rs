//! Trains the second look at tags and trees, on what taggers and parsers make of sentences that they did not see.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use twosource_language::syntax::choice::Choice;
use twosource_language::syntax::groups::{self, Group};
use twosource_language::syntax::model::{self, Model};
use twosource_language::syntax::parser::ParseBuffers;
use twosource_language::syntax::second::heads::{self, Parsed};
use twosource_language::syntax::second::relations::{self, LISTS, Lists};
use twosource_language::syntax::second::tags::Sentence;
use twosource_language::syntax::second::{SCALE, SecondLook, Tree};
use twosource_language::syntax::tagger::{Close, Tag, View};
use twosource_language::syntax::transition::ParseView;

use super::data::{self, Gold};
use super::perceptron::Random;
use super::softmax::Softmax;
use super::{FOLDS, parser, tagger};

/// Where the treebanks are and where the model goes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder with `en_ewt-train.conllu.gz` and `en_gum-train.conllu.gz`.
    #[arg(long, default_value = "../shared/corpora/ud")]
    treebanks: PathBuf,
    /// Model file to write.
    #[arg(long, default_value = "crates/twosource-language/models/second-look-en.bin")]
    output: PathBuf,
}

/// How a model is trained: rounds over the data, share of features left out, smallest weight in steps of [`SCALE`].
struct Plan {
    rounds: usize,
    drop: f32,
    smallest: f32,
}

const TAGS: Plan = Plan {
    rounds: 4,
    drop: 0.4,
    smallest: 2.0,
};
/// Without pruning 0.1 more is right, in a file six times as long.
const TREES: Plan = Plan {
    rounds: 3,
    drop: 0.2,
    smallest: 3.0,
};
/// A relation is on a list when it was seen more than once and in one of so many cases.
const RARE: u32 = 200;
/// A list holds at most so many relations.
const LONGEST: usize = 10;

/// Trains the second look with the tags and the dictionary of the model that ships, and writes the file.
pub fn run(arguments: &Arguments) -> Result<()> {
    let model = model::english().context("no model of syntax: train it first")?;
    let set = &model.tagger.tags;
    let mut sentences: Vec<Gold> = Vec::new();
    for name in ["en_ewt-train", "en_gum-train"] {
        let bank = data::read(&arguments.treebanks.join(format!("{name}.conllu.gz")), set)?;
        sentences.extend(bank.sentences);
    }
    let dictionary = &model.tagger.dictionary;
    let tagged: Vec<(Vec<Tag>, Vec<Close>)> =
        tagger::jackknifed(&sentences, set, dictionary, FOLDS, |tags, buffers| {
            (tags.to_vec(), buffers.close().to_vec())
        });
    ensure!(tagged.len() == sentences.len(), "a part was not tagged");
    let seen: Vec<Seen<'_>> = sentences
        .iter()
        .zip(&tagged)
        .map(|(gold, (tags, close))| Seen {
            gold,
            tags,
            close,
            groups: gold.words.iter().map(|w| groups::english().of(w.lower)).collect(),
        })
        .collect();
    let trees = trees(&seen, model);
    ensure!(trees.len() == seen.len(), "a part was not parsed");
    eprintln!("{} trees", trees.len());
    let tags = learn_tags(&seen, model);
    let (relations, lists) = learn_relations(&seen, &trees);
    let second = SecondLook {
        tags,
        heads: learn_heads(&seen, &trees),
        relations,
        lists,
    };
    let out = second.write();
    eprintln!("{} bytes", out.len());
    std::fs::write(&arguments.output, out).with_context(|| format!("writing {}", arguments.output.display()))
}

/// A sentence, and what a tagger made of it that did not see it.
struct Seen<'a> {
    gold: &'a Gold,
    tags: &'a [Tag],
    close: &'a [Close],
    groups: Vec<Group>,
}

/// What a parser made of a sentence that it did not see.
struct Parse {
    view: ParseView,
    heads: Vec<u32>,
    leads: Vec<i32>,
    tree: Tree,
}

/// Goes over the sentences round by round, in another order each time; `each` gives every choice of a sentence to the
/// learner. The mean is taken over the later half of the rounds.
fn learn(
    plan: &Plan,
    count: usize,
    mut each: impl FnMut(usize, &mut dyn FnMut(&[u32], usize, usize)),
) -> Softmax {
    let mut learner = Softmax::new(plan.drop);
    let mut order: Vec<usize> = (0..count).collect();
    for &number in &order {
        each(number, &mut |features, _, _| learner.count(features));
    }
    let mut random = Random(3);
    for round in 1..=plan.rounds {
        random.shuffle(&mut order);
        for &number in &order {
            each(number, &mut |features, candidates, truth| {
                learner.learn(features, candidates, truth);
            });
        }
        if round > plan.rounds / 2 {
            learner.keep();
        }
    }
    learner
}

fn learn_tags(seen: &[Seen<'_>], model: &Model) -> Choice {
    let (mut view, mut features) = (View::default(), Vec::new());
    let learner = learn(&TAGS, seen.len(), |number, choice| {
        let Seen {
            gold,
            tags,
            close,
            groups,
        } = &seen[number];
        view.fill(&gold.words, &model.tagger.lexicon, &model.tagger.dictionary);
        let sentence = Sentence {
            view: &view,
            groups,
            tags,
        };
        for word in *close {
            let right = gold.tags[word.at as usize];
            let Some(truth) = word.tags[..word.count].iter().position(|(tag, _)| *tag == right) else {
                continue;
            };
            features.clear();
            for which in 0..word.count {
                sentence.features(word, which, &mut features);
            }
            choice(&features, word.count, truth);
        }
    });
    learner.done(SCALE, TAGS.smallest)
}

/// Trees of all sentences, each by a parser that did not see it.
fn trees(seen: &[Seen<'_>], model: &Model) -> Vec<Parse> {
    let parts: Vec<BTreeMap<usize, Parse>> = std::thread::scope(|scope| {
        let run = |fold| scope.spawn(move || trees_of_part(seen, model, fold));
        let running: Vec<_> = (0..FOLDS).map(run).collect();
        running.into_iter().filter_map(|r| r.join().ok()).collect()
    });
    let all: BTreeMap<usize, Parse> = parts.into_iter().flatten().collect();
    all.into_values().collect()
}

fn trees_of_part(seen: &[Seen<'_>], model: &Model, fold: usize) -> BTreeMap<usize, Parse> {
    let (set, dictionary) = (&model.tagger.tags, &model.tagger.dictionary);
    let is_in = |number: usize| tagger::part(number, FOLDS) == fold;
    let numbered = || seen.iter().enumerate();
    let others: Vec<parser::Tagged<'_>> = numbered()
        .filter(|(number, _)| !is_in(*number))
        .map(|(_, seen)| (seen.gold, seen.tags))
        .collect();
    let parser = parser::partial(&others, dictionary, set);
    numbered()
        .filter(|(number, _)| is_in(*number))
        .map(|(number, seen)| {
            let words = &seen.gold.words;
            let entries: Vec<_> = words.iter().map(|w| dictionary.entry(w.lower)).collect();
            let (mut buffers, mut tree) = (ParseBuffers::default(), Tree::default());
            parser.parse(words, seen.tags, &entries, set, &mut buffers);
            let state = &buffers.state;
            tree.fill(buffers.view(), &state.heads, &state.labels[..words.len()]);
            let parse = Parse {
                view: buffers.view().clone(),
                heads: state.heads.clone(),
                leads: buffers.leads,
                tree,
            };
            (number, parse)
        })
        .collect()
}

fn parsed<'a>(seen: &'a Seen<'_>, parse: &'a Parse) -> Parsed<'a> {
    Parsed {
        view: &parse.view,
        groups: &seen.groups,
        tree: &parse.tree,
    }
}

fn learn_heads(seen: &[Seen<'_>], trees: &[Parse]) -> Choice {
    let (mut candidates, mut features) = (Vec::new(), Vec::new());
    let learner = learn(&TREES, seen.len(), |number, choice| {
        let (seen, parse) = (&seen[number], &trees[number]);
        let parsed = parsed(seen, parse);
        for (word, lead) in (0..).zip(&parse.leads) {
            if !heads::is_unsure(*lead) {
                continue;
            }
            heads::candidates(&parsed, word, &mut candidates);
            let right = seen.gold.heads[word as usize];
            let Some(truth) = candidates.iter().position(|c| c.head == right) else {
                continue;
            };
            features.clear();
            for candidate in &candidates {
                heads::features(&parsed, word, *candidate, *lead, &mut features);
            }
            choice(&features, candidates.len(), truth);
        }
    });
    learner.done(SCALE, TREES.smallest)
}

/// Relations are learnt from all words whose head is right.
fn learn_relations(seen: &[Seen<'_>], trees: &[Parse]) -> (Choice, Lists) {
    let lists = lists(seen, trees);
    let (mut options, mut features) = (Vec::new(), Vec::new());
    let learner = learn(&TREES, seen.len(), |number, choice| {
        let (seen, parse) = (&seen[number], &trees[number]);
        let parsed = parsed(seen, parse);
        for word in right_heads(seen.gold, parse) {
            lists.options(&parsed, word, &mut options);
            let right = seen.gold.labels[word as usize];
            let Some(truth) = options.iter().position(|label| *label == right) else {
                continue;
            };
            if options.len() > 1 {
                features.clear();
                for label in &options {
                    relations::features(&parsed, word, *label, &mut features);
                }
                choice(&features, options.len(), truth);
            }
        }
    });
    (learner.done(SCALE, TREES.smallest), lists)
}

/// The words that have the right head.
fn right_heads<'a>(gold: &'a Gold, parse: &'a Parse) -> impl Iterator<Item = u32> {
    let pairs = (0..).zip(gold.heads.iter().zip(&parse.heads));
    pairs
        .filter(|(_, (right, head))| right == head)
        .map(|(word, _)| word)
}

/// The relations that words of two parts of speech have to each other.
fn lists(seen: &[Seen<'_>], trees: &[Parse]) -> Lists {
    let mut counts: Vec<BTreeMap<u8, u32>> = vec![BTreeMap::new(); LISTS];
    for (seen, parse) in seen.iter().zip(trees) {
        let parsed = parsed(seen, parse);
        for word in right_heads(seen.gold, parse) {
            if let Some(list) = relations::list_of(&parsed, word) {
                *counts[list].entry(seen.gold.labels[word as usize]).or_default() += 1;
            }
        }
    }
    let list = |counts: BTreeMap<u8, u32>| {
        let total: u32 = counts.values().sum();
        let mut often: Vec<(u32, u8)> = counts
            .into_iter()
            .map(|(label, count)| (count, label))
            .filter(|(count, _)| *count > 1 && count * RARE >= total)
            .collect();
        often.sort_by_key(|(count, label)| (std::cmp::Reverse(*count), *label));
        often.into_iter().map(|(_, label)| label).take(LONGEST).collect()
    };
    Lists::new(counts.into_iter().map(list).collect())
}
