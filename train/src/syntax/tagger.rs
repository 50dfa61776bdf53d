//! Trains the tagger.

use twosource_language::syntax::lexicon::Lexicon;
use twosource_language::syntax::tagger::{NO_TAG, Tag, TagSet, Tagger, View};
use twosource_language::syntax::weights::Weights;

use super::data::{self, Gold};
use super::perceptron::{Perceptron, Pruning, Random};

/// Weights of a tagger as rows, with its lexicon.
pub struct Trained {
    pub lexicon: Lexicon,
    pub rows: Vec<(u32, Vec<(u8, i8)>)>,
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
    let lexicon = data::lexicon(sentences.iter().copied(), FEWEST_IN_CLASS);
    let mut model = Perceptron::new(labels);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(7);
    let mut view = View::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &number in &order {
            let sentence = sentences[number];
            view.fill(&sentence.words, &lexicon);
            let mut before = [NO_TAG; 2];
            for (at, &truth) in sentence.tags.iter().enumerate() {
                features.clear();
                view.still_features(at, &mut features);
                view.moving_features(at, before, &mut features);
                model.score(&features, &mut scores);
                let guess = best(&scores);
                model.tick();
                if guess != truth {
                    model.update(&features, truth, guess);
                }
                before = [before[1], u32::from(guess)];
            }
        }
    }
    Trained {
        lexicon,
        rows: model.rows(PRUNING),
    }
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
