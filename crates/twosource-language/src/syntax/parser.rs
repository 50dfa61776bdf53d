//! Builds dependency trees: greedy arc-hybrid parsing, moves and relations from linear models.
//!
//! Trained with a dynamic oracle (Goldberg and Nivre 2012, 2013). Linear in the length of a sentence.

use twosource_model::Relation;

use super::buckets::{Buckets, Sums};
use super::dictionary::Entry;
use super::tagger::{Tag, TagSet, best};
use super::transition::{Move, ParseView, State, label_features, move_features};
use super::weights::{Scores, Weights};
use super::word::Word;

/// A trained parser.
#[derive(Debug, Clone)]
pub struct Parser {
    /// Weights for the three moves.
    pub moves: Buckets,
    /// Weights for the relations, by their number.
    pub labels: Weights,
}

/// Buffers that parsing uses again and again.
#[derive(Debug, Default, Clone)]
pub struct ParseBuffers {
    /// The last sentence's state: heads and labels are the result.
    pub state: State,
    /// For each word how much the move that was made led where the word was on top of the stack, the least lead;
    /// `i32::MAX` where there was no choice.
    pub leads: Vec<i32>,
    pub(super) view: ParseView,
    features: Vec<u32>,
}

impl ParseBuffers {
    /// The last sentence as the parser saw it.
    #[must_use]
    pub const fn view(&self) -> &ParseView {
        &self.view
    }
}

impl Parser {
    /// Parses one sentence; the result is in `buffers.state`.
    pub fn parse(
        &self,
        words: &[Word],
        tags: &[Tag],
        entries: &[Entry],
        set: &TagSet,
        buffers: &mut ParseBuffers,
    ) {
        buffers
            .view
            .fill(words, tags, entries, |tag| set.pair(tag).0 as u8);
        buffers.state.reset(words.len());
        buffers.leads.clear();
        buffers.leads.resize(words.len(), i32::MAX);
        while !buffers.state.is_done() {
            let (step, lead) = choose(&self.moves, buffers);
            if let Some(&top) = buffers.state.stack.last() {
                let least = &mut buffers.leads[top as usize];
                *least = lead.min(*least);
            }
            let label = match buffers.state.arc(step) {
                Some((head, dependent)) if step != Move::Shift => self.relation(head, dependent, buffers),
                _ => 0,
            };
            buffers.state.make(step, label);
        }
    }

    fn relation(&self, head: u32, dependent: u32, buffers: &mut ParseBuffers) -> u8 {
        if head == buffers.state.length {
            return Relation::Root as u8;
        }
        if buffers.view.is_punctuation(dependent) {
            return Relation::Punct as u8;
        }
        buffers.features.clear();
        label_features(
            &buffers.view,
            &buffers.state,
            head,
            dependent,
            &mut buffers.features,
        );
        let mut scores: Scores = [0; 256];
        self.labels.add(&buffers.features, &mut scores);
        scores[Relation::Root as usize] = i32::MIN;
        best(&scores[..self.labels.labels().min(scores.len())])
    }
}

/// The best move that is allowed, and how much it leads.
fn choose(moves: &Buckets, buffers: &mut ParseBuffers) -> (Move, i32) {
    let allowed = Move::ALL.map(|step| buffers.state.allows(step));
    if allowed.iter().filter(|a| **a).count() == 1
        && let Some(only) = allowed.iter().position(|a| *a)
    {
        return (Move::ALL[only], i32::MAX);
    }
    buffers.features.clear();
    move_features(&buffers.view, &buffers.state, &mut buffers.features);
    let mut sums = Sums::default();
    moves.add_all(&buffers.features, &mut sums);
    let mut scores = sums.scores();
    for (score, allowed) in scores.iter_mut().zip(allowed) {
        if !allowed {
            *score = i32::MIN;
        }
    }
    let first = usize::from(best(&scores));
    let rivals = (0..scores.len()).filter(|step| *step != first);
    let second = rivals.map(|step| scores[step]).max().unwrap_or(i32::MIN);
    (Move::ALL[first], scores[first].saturating_sub(second))
}
