//! One sentence's tree, for walking down.

use twosource_model::{Relation, Sentence, Token, Upos};

/// Longest sentence that is looked at, in tokens: longer ones are lists and tables.
const LONGEST: usize = 300;

/// The tokens of a sentence with their children.
pub(super) struct Tree<'a> {
    /// All tokens of the article.
    pub tokens: &'a [Token],
    /// First token of the sentence.
    pub first: usize,
    /// Behind its last.
    pub end: usize,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// `None` when the sentence has no tree.
    pub fn of(tokens: &'a [Token], sentence: &Sentence) -> Option<Self> {
        let (first, end) = (sentence.tokens().start, sentence.tokens().end);
        if end - first > LONGEST || end > tokens.len() {
            return None;
        }
        let mut children = vec![Vec::new(); end - first];
        let mut any = false;
        for at in first..end {
            if let Some(head) = tokens[at].head.map(|h| h as usize).filter(|h| (first..end).contains(h)) {
                children[head - first].push(at);
                any = true;
            }
        }
        any.then_some(Self {
            tokens,
            first,
            end,
            children,
        })
    }

    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at - self.first]
    }

    pub fn lemma(&self, at: usize) -> &str {
        &self.tokens[at].lemma
    }

    pub fn relation(&self, at: usize) -> Relation {
        self.tokens[at].relation
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.tokens[at].head? as usize;
        (self.first..self.end).contains(&head).then_some(head)
    }

    /// Children with this relation or one of its subtypes.
    pub fn with(&self, at: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(at)
            .iter()
            .copied()
            .filter(move |c| self.relation(*c).is(relation))
    }

    pub fn child(&self, at: usize, relation: Relation) -> Option<usize> {
        self.with(at, relation).next()
    }

    /// The preposition of a noun phrase, lower case; empty without one.
    pub fn case(&self, at: usize) -> &str {
        self.child(at, Relation::Case).map_or("", |c| self.lemma(c))
    }

    pub fn is_noun(&self, at: usize) -> bool {
        matches!(self.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det)
    }

    pub fn has_lemma_child(&self, at: usize, relation: Relation, lemmas: &[&str]) -> bool {
        self.with(at, relation).any(|c| lemmas.contains(&self.lemma(c)))
    }

    /// The subtree of `at` in the order of nearness, without the branches that `skip` names.
    pub fn below(&self, at: usize, skip: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut order = vec![at];
        let mut next = 0;
        while next < order.len() && order.len() <= LONGEST {
            let node = order[next];
            next += 1;
            order.extend(self.children(node).iter().copied().filter(|c| !skip(*c)));
        }
        order
    }

    /// First and last token of the subtree of `at`, commas and the like at its ends left out.
    pub fn extent(&self, at: usize, skip: impl Fn(usize) -> bool) -> (usize, usize) {
        let all = self.below(at, skip);
        let (mut low, mut high) = (at, at);
        for node in all {
            low = low.min(node);
            high = high.max(node);
        }
        while high > at && self.tokens[high].upos == Upos::Punct {
            high -= 1;
        }
        while low < at && self.tokens[low].upos == Upos::Punct {
            low += 1;
        }
        (low, high)
    }
}
