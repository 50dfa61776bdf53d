//! The tree of one sentence: what hangs on what, and which stretches are whole clauses.

use std::ops::Range;

use twosource_model::{Analysis, Relation, Span, Token, Upos, Xpos};

/// The tokens of one sentence with their tree. Indexes count from the first token of the sentence.
pub struct Tree<'a> {
    pub tokens: &'a [Token],
    /// The text that the tokens stand in.
    pub text: &'a str,
    heads: Vec<Option<usize>>,
    /// First and last token of each token's subtree.
    spread: Vec<(usize, usize)>,
    /// Children of all tokens, those of one head together.
    children: Vec<usize>,
    /// Where the children of each token start in `children`; one more than there are tokens.
    starts: Vec<usize>,
    parsed: bool,
}

/// Deepest tree that is followed; what lies deeper belongs to no subtree.
const DEEPEST: usize = 200;

impl<'a> Tree<'a> {
    /// The tree of the tokens in `sentence`.
    pub fn of(analysis: &'a Analysis, sentence: Span, text: &'a str) -> Self {
        let range = analysis.tokens_in(sentence);
        let (first, tokens) = (range.start, &analysis.tokens[range]);
        let local = |t: &Token| {
            let head = t.head? as usize;
            (head >= first && head < first + tokens.len()).then(|| head - first)
        };
        let heads: Vec<Option<usize>> = tokens.iter().map(local).collect();
        let mut starts = vec![0; tokens.len() + 1];
        for head in heads.iter().flatten() {
            starts[head + 1] += 1;
        }
        for at in 0..tokens.len() {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut children = vec![0; heads.iter().flatten().count()];
        for (at, head) in heads.iter().enumerate() {
            if let Some(head) = *head {
                children[next[head]] = at;
                next[head] += 1;
            }
        }
        let parsed = heads.iter().any(Option::is_some);
        let spread = spread(&heads);
        Self {
            tokens,
            text,
            heads,
            spread,
            children,
            starts,
            parsed,
        }
    }

    /// Whether the sentence was parsed at all.
    pub const fn is_parsed(&self) -> bool {
        self.parsed
    }

    /// The head of a token; `None` for a root.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.heads[at]
    }

    /// The tokens that hang on `at`, in order.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        self.children[self.starts[at]..self.starts[at + 1]]
            .iter()
            .copied()
    }

    /// The child of `at` with this relation or a subtype of it.
    pub fn child(&self, at: usize, relation: Relation) -> Option<usize> {
        self.children(at).find(|c| self.tokens[*c].relation.is(relation))
    }

    /// The tokens of the subtree of `at`.
    pub fn subtree(&self, at: usize) -> Range<usize> {
        self.spread[at].0..self.spread[at].1 + 1
    }

    /// The tokens that lie in `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.start() < span.start());
        let to = self.tokens.partition_point(|t| t.span.end() <= span.end());
        from..to.max(from)
    }

    /// From the first to the last byte of these tokens.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let some = self.tokens.get(range.clone())?;
        Some(some.first()?.span.hull(some.last()?.span))
    }

    /// The subject of a predicate.
    pub fn subject(&self, at: usize) -> Option<usize> {
        self.children(at).find(|c| {
            let relation = self.tokens[*c].relation;
            relation.is(Relation::Nsubj) || relation.is(Relation::Csubj) || relation.is(Relation::Expl)
        })
    }

    /// A finite verb, or a word with a finite auxiliary or copula.
    pub fn is_finite(&self, at: usize) -> bool {
        let finite = is_finite_form;
        let helper =
            |c: usize| self.tokens[c].relation.is(Relation::Aux) || self.tokens[c].relation == Relation::Cop;
        finite(&self.tokens[at]) || self.children(at).any(|c| helper(c) && finite(&self.tokens[c]))
    }

    /// A finite clause with a subject that is not a bare relative.
    pub fn is_clause(&self, at: usize) -> bool {
        self.is_finite(at)
            && self
                .subject(at)
                .is_some_and(|s| !matches!(self.tokens[s].xpos, Xpos::Wp | Xpos::Wdt | Xpos::WpS))
    }

    /// The predicate of the one clause that the tokens of `range` make up, with its subject among them; `None` where
    /// they are no whole clause.
    pub fn clause_in(&self, range: &Range<usize>) -> Option<usize> {
        let inside = |at: usize| range.contains(&at);
        let tops: Vec<usize> = range
            .clone()
            .filter(|at| self.tokens[*at].upos != Upos::Punct && !self.heads[*at].is_some_and(inside))
            .collect();
        let stands = |at: &usize| {
            self.is_clause(*at)
                && self.subject(*at).is_some_and(inside)
                && self.tokens[*at].relation != Relation::AclRelcl
        };
        let main = tops.iter().copied().find(stands)?;
        if range.clone().any(|at| self.is_stray_predicate(at)) {
            return None;
        }
        // a second root or an argument of something outside means that the stretch is cut wrongly
        let foreign = |at: &usize| {
            let relation = self.tokens[*at].relation;
            [
                Relation::Nsubj,
                Relation::Obj,
                Relation::Iobj,
                Relation::Csubj,
                Relation::Xcomp,
                Relation::Root,
                Relation::AclRelcl,
            ]
            .iter()
            .any(|r| relation.is(*r))
        };
        (!tops.iter().any(|at| *at != main && foreign(at))).then_some(main)
    }

    /// A word with a finite copula of its own that hangs on another as if it were a mere noun: the tree is broken there.
    fn is_stray_predicate(&self, at: usize) -> bool {
        let copula = self
            .children(at)
            .any(|c| self.tokens[c].relation == Relation::Cop && is_finite_form(&self.tokens[c]));
        let relation = self.tokens[at].relation;
        copula
            && self.subject(at).is_none()
            && [
                Relation::Obl,
                Relation::Obj,
                Relation::Nmod,
                Relation::Nsubj,
                Relation::Appos,
            ]
            .iter()
            .any(|r| relation.is(*r))
    }

    /// Number of tokens of `range` that are words.
    pub fn words(&self, range: &Range<usize>) -> usize {
        self.tokens[range.clone()]
            .iter()
            .filter(|t| t.upos != Upos::Punct)
            .count()
    }
}

const fn is_finite_form(token: &Token) -> bool {
    matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

/// First and last token of each token's subtree. Bounded: a tree that is none ends after [`DEEPEST`] steps.
fn spread(heads: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut spread: Vec<(usize, usize)> = (0..heads.len()).map(|i| (i, i)).collect();
    for at in 0..heads.len() {
        let mut node = at;
        for _ in 0..DEEPEST {
            let Some(head) = heads[node] else { break };
            node = head;
            let (low, high) = spread[node];
            spread[node] = (low.min(at), high.max(at));
        }
    }
    spread
}
