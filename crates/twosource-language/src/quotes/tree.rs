//! The trees of an analysis, read from the head down.

use twosource_model::{Analysis, Relation, Span, Token, Upos};

/// Children and reach of every token. Indexes count [`Analysis::tokens`].
#[derive(Debug)]
pub(super) struct Tree {
    /// Children of token `i`: `children[first[i]..first[i + 1]]`, in the order of the text.
    children: Vec<u32>,
    first: Vec<u32>,
    /// First and last token below each token, itself included.
    left: Vec<u32>,
    right: Vec<u32>,
    /// There is at least one head.
    pub parsed: bool,
}

impl Tree {
    /// Reads the heads; linear in the number of tokens, whatever the depth. Heads that run in a circle reach no further than themselves.
    pub fn of(analysis: &Analysis) -> Self {
        let tokens = &analysis.tokens;
        let count = tokens.len();
        let head = |i: usize| -> Option<usize> {
            tokens[i]
                .head
                .map(|h| h as usize)
                .filter(|h| *h < count && *h != i)
        };
        let mut first = vec![0u32; count + 1];
        for i in 0..count {
            if let Some(h) = head(i) {
                first[h + 1] += 1;
            }
        }
        let mut open: Vec<u32> = first[1..].to_vec();
        for i in 0..count {
            first[i + 1] += first[i];
        }
        let mut at = first.clone();
        let mut children = vec![0u32; first[count] as usize];
        for i in 0..count {
            if let Some(h) = head(i) {
                children[at[h] as usize] = i as u32;
                at[h] += 1;
            }
        }
        let mut left: Vec<u32> = (0..count as u32).collect();
        let mut right = left.clone();
        let mut ready: Vec<usize> = (0..count).filter(|i| open[*i] == 0).collect();
        while let Some(i) = ready.pop() {
            if let Some(h) = head(i) {
                left[h] = left[h].min(left[i]);
                right[h] = right[h].max(right[i]);
                open[h] -= 1;
                if open[h] == 0 {
                    ready.push(h);
                }
            }
        }
        Self {
            parsed: !children.is_empty(),
            children,
            first,
            left,
            right,
        }
    }

    /// Children of a token, in the order of the text.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.first[token] as usize..self.first[token + 1] as usize]
            .iter()
            .map(|c| *c as usize)
    }

    /// First token below `token`.
    pub fn left(&self, token: usize) -> usize {
        self.left[token] as usize
    }

    /// Last token below `token`.
    pub fn right(&self, token: usize) -> usize {
        self.right[token] as usize
    }

    /// The first child with this relation or a subtype of it.
    pub fn child(&self, tokens: &[Token], token: usize, relation: Relation) -> Option<usize> {
        self.children(token).find(|c| tokens[*c].relation.is(relation))
    }

    /// The noun phrase of `head` without what is hung behind it: relative clauses, participles, asides.
    pub fn phrase(&self, tokens: &[Token], head: usize) -> (usize, usize) {
        let mut to = head;
        for child in self.children(head).filter(|c| *c > head) {
            let aside = matches!(
                tokens[child].relation,
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Parataxis
                    | Relation::Punct
                    | Relation::Advcl
                    | Relation::Dep
            );
            if aside {
                break;
            }
            to = self.right(child);
        }
        (self.left(head).min(head), to)
    }
}

/// From the first byte of token `from` to the last byte of token `to`.
pub(super) fn span_of(tokens: &[Token], from: usize, to: usize) -> Span {
    tokens[from].span.hull(tokens[to.max(from)].span)
}

/// Whether the token is a verb, or an auxiliary that stands as one.
pub(super) fn is_verbal(token: &Token) -> bool {
    matches!(token.upos, Upos::Verb | Upos::Aux)
}
