//! Builds dependency trees: greedy arc-hybrid parsing, moves and relations from two linear models.
//!
//! Trained with a dynamic oracle (Goldberg and Nivre 2012, 2013). Linear in the length of a sentence.

use twosource_model::Relation;

use super::tagger::{Tag, TagSet, best};
use super::transition::{Move, ParseView, State, label_features, move_features};
use super::weights::Weights;
use super::word::Word;

/// A trained parser.
#[derive(Debug, Clone)]
pub struct Parser {
    /// Weights for the three moves.
    pub moves: Weights,
    /// Weights for the relations, by their number.
    pub labels: Weights,
}

/// Buffers that parsing uses again and again.
#[derive(Debug, Default, Clone)]
pub struct ParseBuffers {
    /// The last sentence's state: heads and labels are the result.
    pub state: State,
    view: ParseView,
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl Parser {
    /// Parses one sentence; the result is in `buffers.state`.
    pub fn parse(&self, words: &[Word], tags: &[Tag], set: &TagSet, buffers: &mut ParseBuffers) {
        buffers.view.fill(words, tags, |tag| set.pair(tag).0 as u8);
        buffers.state.reset(words.len());
        while !buffers.state.is_done() {
            let step = self.choose(buffers);
            let label = match buffers.state.arc(step) {
                Some((head, dependent)) if step != Move::Shift => self.relation(head, dependent, buffers),
                _ => 0,
            };
            buffers.state.make(step, label);
        }
    }

    fn choose(&self, buffers: &mut ParseBuffers) -> Move {
        let allowed = Move::ALL.map(|step| buffers.state.allows(step));
        if allowed.iter().filter(|a| **a).count() == 1
            && let Some(only) = allowed.iter().position(|a| *a)
        {
            return Move::ALL[only];
        }
        buffers.features.clear();
        move_features(&buffers.view, &buffers.state, &mut buffers.features);
        let mut scores = [0; 3];
        for &feature in &buffers.features {
            self.moves.add(feature, &mut scores);
        }
        for (score, allowed) in scores.iter_mut().zip(allowed) {
            if !allowed {
                *score = i32::MIN;
            }
        }
        Move::ALL[usize::from(best(&scores))]
    }

    fn relation(&self, head: u32, dependent: u32, buffers: &mut ParseBuffers) -> u8 {
        if head == buffers.state.length {
            return Relation::Root as u8;
        }
        buffers.features.clear();
        label_features(
            &buffers.view,
            &buffers.state,
            head,
            dependent,
            &mut buffers.features,
        );
        buffers.scores.clear();
        buffers.scores.resize(self.labels.labels(), 0);
        for &feature in &buffers.features {
            self.labels.add(feature, &mut buffers.scores);
        }
        buffers.scores[Relation::Root as usize] = i32::MIN;
        best(&buffers.scores)
    }
}
