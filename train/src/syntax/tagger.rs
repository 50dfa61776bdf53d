//! Trains the tagger.

use twosource_language::syntax::lexicon::Lexicon;
use twosource_language::syntax::tagger::{NO_TAG, Tag, TagSet, Tagger, View};
use twosource_language::syntax::weights::Weights;

use super::data::{self, Gold};
use super::perceptron::{Perceptron, Pruning, Random, rows_of};

/// Weights of a tagger as rows, with its lexicon.
pub struct Trained {
    pub lexicon: Lexicon,
    pub rows: Vec<(u32, Vec<(u8, i16)>)>,
}

/// Rounds over the data.
const ROUNDS: usize = 8;
/// Words seen less often are in no ambiguity class, so that the model learns to do without.
const FEWEST_IN_CLASS: u32 = 3;
const PRUNING: Pruning = Pruning {
    fewest_updates: 2,
    smallest: 1,
};

pub fn train(sentences: &[&Gold], labels: usize) -> Trained {
    let (lexicon, model) = learn(sentences, labels, 7, 0.0, |_, _, _| {});
    Trained {
        lexicon,
        rows: model.rows(PRUNING),
    }
}

/// Prints the accuracy on `dev` after every round, and for some ways of pruning.
pub fn try_out(sentences: &[&Gold], dev: &[Gold], tags: &TagSet) {
    let report = |name: &str, lexicon: &Lexicon, rows: Vec<(u32, Vec<(u8, i16)>)>| {
        let mut bytes = Vec::new();
        Weights::write_rows(tags.len(), &rows, &mut bytes);
        let tagger = Tagger {
            tags: tags.clone(),
            lexicon: lexicon.clone(),
            weights: Weights::of_rows(tags.len(), &rows),
        };
        let (mut buffers, mut guess) = (Default::default(), Vec::new());
        let (mut count, mut both, mut coarse) = (0u32, 0u32, 0u32);
        for sentence in dev {
            tagger.tag(&sentence.words, &mut buffers, &mut guess);
            for (gold, guess) in sentence.tags.iter().zip(&guess) {
                count += 1;
                both += u32::from(gold == guess);
                coarse += u32::from(tags.pair(*gold).0 == tags.pair(*guess).0);
            }
        }
        let share = |n: u32| f64::from(n) * 100.0 / f64::from(count.max(1));
        eprintln!(
            "{name}: upos {:.2} both {:.2}, {} rows, {} bytes",
            share(coarse),
            share(both),
            rows.len(),
            bytes.len()
        );
    };
    for drop in [0.1, 0.2] {
        let models: Vec<Perceptron> = (0..3)
            .map(|seed| {
                let (lexicon, model) = learn(sentences, tags.len(), seed, drop, |_, _, _| {});
                report(&format!("drop {drop} seed {seed}"), &lexicon, model.rows(PRUNING));
                model
            })
            .collect();
        let lexicon = data::lexicon(sentences.iter().copied(), FEWEST_IN_CLASS);
        for pruning in [
            PRUNING,
            Pruning {
                fewest_updates: 1,
                smallest: 1,
            },
        ] {
            report(
                "together",
                &lexicon,
                rows_of(&models.iter().collect::<Vec<_>>(), pruning),
            );
        }
    }
}

fn learn(
    sentences: &[&Gold],
    labels: usize,
    seed: u64,
    drop: f32,
    mut after: impl FnMut(usize, &Lexicon, &Perceptron),
) -> (Lexicon, Perceptron) {
    let lexicon = data::lexicon(sentences.iter().copied(), FEWEST_IN_CLASS);
    let mut model = Perceptron::new(labels);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(seed);
    let mut view = View::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        for &number in &order {
            let sentence = sentences[number];
            view.fill(&sentence.words, &lexicon);
            let mut before = [NO_TAG; 2];
            for (at, &truth) in sentence.tags.iter().enumerate() {
                features.clear();
                view.still_features(at, &mut features);
                view.moving_features(at, before, &mut features);
                if drop > 0.0 {
                    features.retain(|_| random.unit() >= drop);
                }
                model.score(&features, &mut scores);
                let guess = best(&scores);
                model.tick();
                if guess != truth {
                    model.update(&features, truth, guess);
                }
                before = [before[1], u32::from(guess)];
            }
        }
        after(round, &lexicon, &model);
    }
    (lexicon, model)
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
pub fn built(trained: &Trained, tags: &TagSet) -> Tagger {
    Tagger {
        tags: tags.clone(),
        lexicon: trained.lexicon.clone(),
        weights: Weights::of_rows(tags.len(), &trained.rows),
    }
}

/// Tags of all sentences, each by a tagger that did not see it: one of `folds` parts is left out in turn.
pub fn jackknifed(sentences: &[Gold], tags: &TagSet, folds: usize) -> Vec<Vec<Tag>> {
    let mut predicted = vec![Vec::new(); sentences.len()];
    for fold in 0..folds {
        let part = |number: usize| number / 20 % folds;
        let seen: Vec<&Gold> = sentences
            .iter()
            .enumerate()
            .filter(|(n, _)| part(*n) != fold)
            .map(|(_, s)| s)
            .collect();
        let tagger = built(&train(&seen, tags.len()), tags);
        let mut buffers = Default::default();
        for (number, sentence) in sentences.iter().enumerate().filter(|(n, _)| part(*n) == fold) {
            tagger.tag(&sentence.words, &mut buffers, &mut predicted[number]);
        }
    }
    predicted
}
