//! Trains the tagger.

use twosource_language::syntax::dictionary::Dictionary;
use twosource_language::syntax::lexicon::Lexicon;
use twosource_language::syntax::tagger::{NO_TAG, Tag, TagBuffers, TagSet, Tagger, View};
use twosource_language::syntax::weights::{Rows, Weights};

use super::data::{self, Gold};
use super::perceptron::{Perceptron, Pruning, Random, rows_of};

/// Weights of a tagger as rows, with its lexicon.
pub struct Trained {
    pub lexicon: Lexicon,
    pub sure: Lexicon,
    pub rows: Rows,
}

/// How a tagger is trained.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Taggers trained in these orders are added up: steadier than any one of them.
    seeds: &'static [u64],
    /// Rounds over the data.
    rounds: usize,
}

/// The tagger that ships.
pub const SHIPPED: Plan = Plan {
    seeds: &[1, 2],
    rounds: 6,
};
/// The taggers whose tags the parser learns from: five of them, so each is made with less.
pub const PARTIAL: Plan = Plan {
    seeds: &[1],
    rounds: 4,
};
/// Words seen less often are in no ambiguity class, so that the model learns to do without.
const FEWEST_IN_CLASS: u32 = 3;
/// Words seen less often are tagged by the model even when they had one tag only.
const FEWEST_TO_BE_SURE: u32 = 60;
/// Share of the features left out at random in training, so that the model learns not to rely on any.
const DROP: f32 = 0.1;
/// A right tag is learnt from too while it wins by no more than this: one tagger of four rounds has 95.65 of the UPOS of EWT
/// dev right with it and 95.49 without.
const MARGIN: f32 = 20.0;
const PRUNING: Pruning = Pruning {
    fewest_updates: 2,
    smallest: 1,
};

pub fn train(sentences: &[&Gold], labels: usize, dictionary: &Dictionary, plan: Plan) -> Trained {
    let lexicon = data::lexicon(sentences.iter().copied(), FEWEST_IN_CLASS);
    let models: Vec<Perceptron> = std::thread::scope(|scope| {
        let lexicon = &lexicon;
        let run = |seed: &'static u64| {
            scope.spawn(move || learn(sentences, (lexicon, dictionary), labels, *seed, plan))
        };
        let running: Vec<_> = plan.seeds.iter().map(run).collect();
        running.into_iter().filter_map(|r| r.join().ok()).collect()
    });
    Trained {
        lexicon,
        sure: data::sure(sentences.iter().copied(), FEWEST_TO_BE_SURE),
        rows: rows_of(&models.iter().collect::<Vec<_>>(), PRUNING),
    }
}

fn learn(
    sentences: &[&Gold],
    (lexicon, dictionary): (&Lexicon, &Dictionary),
    labels: usize,
    seed: u64,
    plan: Plan,
) -> Perceptron {
    let mut model = Perceptron::new(labels);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(seed);
    let mut view = View::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        random.shuffle(&mut order);
        for &number in &order {
            let sentence = sentences[number];
            view.fill(&sentence.words, lexicon, dictionary);
            let mut before = [NO_TAG; 2];
            for (at, &truth) in sentence.tags.iter().enumerate() {
                features.clear();
                view.still_features(at, &mut features);
                view.moving_features(at, before, &mut features);
                features.retain(|_| random.unit() >= DROP);
                model.score(&features, &mut scores);
                let guess = best(&scores);
                model.tick();
                let rival = super::perceptron::rival(&scores, truth);
                if scores[usize::from(truth)] - scores[usize::from(rival)] <= MARGIN {
                    model.update(&features, truth, rival);
                }
                before = [before[1], u32::from(guess)];
            }
        }
    }
    model
}

/// The first of the highest.
pub fn best(scores: &[f32]) -> Tag {
    let mut best = 0;
    for (label, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = label;
        }
    }
    best as Tag
}

/// The tagger that shipped code would read.
pub fn built(trained: &Trained, tags: &TagSet, dictionary: &Dictionary) -> Tagger {
    Tagger {
        tags: tags.clone(),
        lexicon: trained.lexicon.clone(),
        sure: trained.sure.clone(),
        dictionary: dictionary.clone(),
        weights: Weights::of_rows(tags.len(), &trained.rows),
    }
}

/// Which of the parts of the data a sentence is in: twenty at a time, so that parts hold the same kinds of text.
pub const fn part(number: usize, folds: usize) -> usize {
    number / 20 % folds
}

/// What `read` makes of all sentences, each by a tagger that did not see it: one of `folds` parts is left out in turn.
pub fn jackknifed<T: Send>(
    sentences: &[Gold],
    tags: &TagSet,
    dictionary: &Dictionary,
    folds: usize,
    read: impl Fn(&[Tag], &TagBuffers) -> T + Sync,
) -> Vec<T> {
    let parts: Vec<Vec<(usize, T)>> = std::thread::scope(|scope| {
        let run = |fold: usize| {
            let numbered = || sentences.iter().enumerate();
            let seen: Vec<&Gold> = numbered()
                .filter(|(n, _)| part(*n, folds) != fold)
                .map(|(_, s)| s)
                .collect();
            let tagger = built(&train(&seen, tags.len(), dictionary, PARTIAL), tags, dictionary);
            let mut buffers = TagBuffers::default();
            let mut guess = Vec::new();
            let unseen = numbered().filter(|(n, _)| part(*n, folds) == fold);
            unseen
                .map(|(number, sentence)| {
                    tagger.tag(&sentence.words, &mut buffers, &mut guess);
                    (number, read(&guess, &buffers))
                })
                .collect()
        };
        let running: Vec<_> = (0..folds).map(|fold| scope.spawn(move || run(fold))).collect();
        running.into_iter().filter_map(|r| r.join().ok()).collect()
    });
    let mut all: Vec<(usize, T)> = parts.into_iter().flatten().collect();
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, read)| read).collect()
}
