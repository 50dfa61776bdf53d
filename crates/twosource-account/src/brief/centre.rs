//! What the reports of a story have in common: their words, pairs of words in a row, and the words of their titles.

use super::sentence::Sentence;
use crate::clauses::Clause;
use crate::desk::View;
use crate::numbering::ByNumber;
use crate::words::{Vocabulary, WordId, WordKind};

/// The middle of a story.
pub struct Centre {
    /// How often each word stands in the clauses of the reports, each report counting once, weighed by rarity.
    weights: ByNumber<WordId, f32>,
    norm: f32,
    /// Origins beside the first that have two words in a row, where there are some.
    pairs: ByNumber<u64, u32>,
    /// Origins of the story.
    origins: u32,
    /// Titles with each word.
    titles: ByNumber<WordId, u32>,
    /// Sum over `titles`.
    of_titles: u32,
    /// How many titles there are.
    titled: u32,
}

impl Centre {
    /// The centre of the clauses and titles of a story.
    pub fn of(
        views: &[View<'_>],
        clauses: &[Clause],
        read: &[Vec<Sentence>],
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let words = clauses.iter().flat_map(|clause| {
            let concepts = clause.wording.concepts().iter();
            concepts.map(|(id, _)| (*id, clause.report))
        });
        let words: Vec<(WordId, f32)> = uses(words.collect())
            .into_iter()
            .map(|(id, uses)| (id, uses as f32 * vocabulary.weight(id)))
            .collect();
        let sentences = clauses.chunk_by(|a, b| (a.report, a.sentence) == (b.report, b.sentence));
        let pairs = sentences.flat_map(|clauses| {
            let report = clauses[0].report as usize;
            let pairs = read[report][clauses[0].sentence].pairs().iter();
            pairs.map(move |pair| (*pair, views[report].origin))
        });
        let pairs = uses(pairs.collect()).into_iter();
        let mut of_titles: Vec<(WordId, u32)> = Vec::new();
        for (at, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
            let counted = vocabulary.read(view.article.title(), 0).into_iter();
            let counted = counted.filter(|w| w.kind != WordKind::Function);
            of_titles.extend(counted.map(|w| (w.concept, at as u32)));
        }
        let mut titled: Vec<u32> = of_titles.iter().map(|(_, title)| *title).collect();
        titled.dedup();
        let titles = uses(of_titles);
        let mut origins: Vec<u32> = views.iter().map(|v| v.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        Self {
            norm: norm(words.iter().map(|(_, w)| *w)),
            weights: words.into_iter().collect(),
            pairs: pairs
                .filter(|(_, n)| *n > 1)
                .map(|(pair, n)| (pair, n - 1))
                .collect(),
            origins: origins.len() as u32,
            of_titles: titles.iter().map(|(_, n)| n).sum(),
            titles: titles.into_iter().collect(),
            titled: titled.len() as u32,
        }
    }

    /// Origins that the story has.
    pub const fn origins(&self) -> u32 {
        self.origins
    }

    /// Cosine of a bag with it.
    pub fn nearness(&self, bag: &[(WordId, f32)]) -> f32 {
        let known = |id: &WordId| self.weights.get(id).copied().unwrap_or(0.0);
        let dot: f32 = bag.iter().map(|(id, w)| w * known(id)).sum();
        let product = norm(bag.iter().map(|(_, w)| *w)) * self.norm;
        if product > 0.0 { dot / product } else { 0.0 }
    }

    /// How many of the pairs of words of a sentence an origin beside the first tells too, on average.
    pub fn shared_pairs(&self, sentence: &Sentence) -> f32 {
        let pairs = sentence.own_pairs().iter();
        let others: u32 = pairs.filter_map(|pair| self.pairs.get(pair)).sum();
        others as f32 / self.origins.saturating_sub(1).max(1) as f32
    }

    /// How much of one title, as a bag, the other titles say: F1 of their words, 0.0 to 1.0.
    pub fn agreement(&self, title: &[(WordId, f32)]) -> f32 {
        let others = self.titled.saturating_sub(1) * title.len() as u32;
        let theirs = self.of_titles.saturating_sub(title.len() as u32);
        let known = title.iter().filter_map(|(id, _)| self.titles.get(id));
        let shared: u32 = known.map(|titles| titles - 1).sum();
        2.0 * shared as f32 / (others + theirs).max(1) as f32
    }

    /// Share of the words of all titles that are in a bag.
    pub fn of_titles(&self, bag: &[(WordId, f32)]) -> f32 {
        let told: u32 = bag.iter().filter_map(|(id, _)| self.titles.get(id)).sum();
        told as f32 / self.of_titles.max(1) as f32
    }
}

/// How many users each thing has, in the order of the things.
fn uses(mut told: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    told.sort_unstable();
    told.dedup();
    let used = told.chunk_by(|a, b| a.0 == b.0);
    used.map(|uses| (uses[0].0, uses.len() as u32)).collect()
}

fn norm(weights: impl Iterator<Item = f32>) -> f32 {
    weights.map(|w| w * w).sum::<f32>().sqrt()
}

/// Each word once, sorted; of a word that is told twice the later weight.
pub fn bag_of(words: impl Iterator<Item = (WordId, f32)>) -> Vec<(WordId, f32)> {
    let mut bag: Vec<(WordId, f32)> = words.collect();
    bag.reverse();
    bag.sort_by_key(|(id, _)| *id);
    bag.dedup_by_key(|(id, _)| *id);
    bag
}
