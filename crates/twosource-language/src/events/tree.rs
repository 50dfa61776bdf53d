//! One sentence's tree, for walking down, with repairs for verbs that the tagger does not know.
//!
//! A past tense that training never showed ("condemned", "reimposed") is often taken for an adjective or noun. Where a
//! known verb of events stands in such a place between a noun phrase and what follows, the tree is mended: the verb
//! takes the place of the clause's head.

use twosource_model::{Relation, Sentence, Token, Upos, Xpos};

use super::lexicon::Words;

/// Longest sentence that is looked at, in tokens: longer ones are lists and tables.
const LONGEST: usize = 300;
/// Longest noun phrase that is taken for an object, in tokens.
const LONGEST_OBJECT: usize = 8;

#[derive(Debug, Clone, Copy)]
struct Node<'a> {
    upos: Upos,
    lemma: &'a str,
    head: Option<usize>,
    relation: Relation,
}

/// The tokens of a sentence with their children.
pub(super) struct Tree<'a> {
    /// All tokens of the article.
    pub tokens: &'a [Token],
    /// First token of the sentence.
    pub first: usize,
    /// Behind its last.
    pub end: usize,
    nodes: Vec<Node<'a>>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// `None` when the sentence has no tree.
    pub fn of(text: &str, tokens: &'a [Token], sentence: &Sentence) -> Option<Self> {
        let (first, end) = (sentence.tokens().start, sentence.tokens().end);
        if end - first > LONGEST || end > tokens.len() {
            return None;
        }
        let nodes: Vec<Node<'a>> = tokens[first..end]
            .iter()
            .map(|t| Node {
                upos: t.upos,
                lemma: &t.lemma,
                head: t.head.map(|h| h as usize).filter(|h| (first..end).contains(h)),
                relation: t.relation,
            })
            .collect();
        if nodes.iter().all(|n| n.head.is_none()) {
            return None;
        }
        let mut tree = Self {
            tokens,
            first,
            end,
            nodes,
            children: Vec::new(),
        };
        tree.mend(text);
        tree.children = vec![Vec::new(); end - first];
        for at in first..end {
            if let Some(head) = tree.head(at) {
                tree.children[head - first].push(at);
            }
        }
        Some(tree)
    }

    fn node(&self, at: usize) -> &Node<'a> {
        &self.nodes[at - self.first]
    }

    fn node_mut(&mut self, at: usize) -> &mut Node<'a> {
        let first = self.first;
        &mut self.nodes[at - first]
    }

    pub fn upos(&self, at: usize) -> Upos {
        self.node(at).upos
    }

    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at - self.first]
    }

    pub fn lemma(&self, at: usize) -> &str {
        self.node(at).lemma
    }

    pub fn relation(&self, at: usize) -> Relation {
        self.node(at).relation
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        self.node(at).head
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
        matches!(
            self.upos(at),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det
        )
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
        while high > at && self.upos(high) == Upos::Punct {
            high -= 1;
        }
        while low < at && self.upos(low) == Upos::Punct {
            low += 1;
        }
        (low, high)
    }

    // ---- mending ------------------------------------------------------------------------------------------------

    fn mend(&mut self, text: &str) {
        let words = Words::get();
        for at in self.first..self.end {
            let word = self.tokens[at].span.of(text);
            if word.len() > 24 || !word.starts_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            let Some(lemma) = words.lemma_of(word) else {
                continue;
            };
            if self.upos(at) == Upos::Verb && words.verb(self.lemma(at)).is_empty() {
                // "blamed" with the lemma "blam"
                self.node_mut(at).lemma = lemma;
            }
            if word.ends_with("ed") {
                let perfect = at > self.first
                    && matches!(self.lemma(at - 1), "have")
                    && self.relation(at) == Relation::Amod;
                if perfect {
                    self.mend_perfect(at, lemma);
                } else if !matches!(self.upos(at), Upos::Verb | Upos::Aux) || self.lost_its_subject(at) {
                    self.mend_past(text, at, lemma);
                }
            }
            if self.upos(at) == Upos::Verb && word.ends_with("ed") {
                self.mend_object(at);
            }
        }
    }

    /// A past tense without a subject that the parser hung somewhere else, with a noun phrase right behind it.
    fn lost_its_subject(&self, at: usize) -> bool {
        let place = self.relation(at);
        let elsewhere = matches!(
            place,
            Relation::Amod
                | Relation::Compound
                | Relation::Flat
                | Relation::Dep
                | Relation::Root
                | Relation::Advcl
                | Relation::Appos
        ) || (place == Relation::Acl && self.tokens[at].xpos == Xpos::Vbd);
        let free = !(self.first..self.end).any(|c| {
            self.head(c) == Some(at)
                && matches!(
                    self.relation(c),
                    Relation::Nsubj
                        | Relation::NsubjPass
                        | Relation::Aux
                        | Relation::AuxPass
                        | Relation::Mark
                )
        });
        let object = at + 1 < self.end
            && matches!(
                self.upos(at + 1),
                Upos::Det | Upos::Adj | Upos::Propn | Upos::Noun | Upos::Num | Upos::Pron
            );
        elsewhere && free && object
    }

    /// "had halted aid", read as the verb "have" with the object "halted aid".
    fn mend_perfect(&mut self, at: usize, lemma: &'a str) {
        let have = at - 1;
        let (head, relation) = (self.head(have), self.relation(have));
        for other in self.first..self.end {
            if self.head(other) == Some(have) {
                self.node_mut(other).head = Some(at);
            }
        }
        *self.node_mut(at) = Node {
            upos: Upos::Verb,
            lemma,
            head,
            relation,
        };
        let node = self.node_mut(have);
        node.head = Some(at);
        node.relation = Relation::Aux;
        if self.has_cycle(at) {
            self.node_mut(at).head = None;
        }
    }

    /// "France imposed sanctions", read as a noun phrase.
    fn mend_past(&mut self, text: &str, at: usize, lemma: &'a str) {
        let mut before = at;
        while before > self.first {
            before -= 1;
            let word = self.tokens[before].span.of(text);
            let on_a_day =
                matches!(word, "on" | "late" | "early") && is_day(self.tokens[before + 1].span.of(text));
            let between = matches!(self.upos(before), Upos::Adv | Upos::Aux)
                || is_day(word)
                || on_a_day
                || self.lemma(before) == "have";
            if !between {
                break;
            }
        }
        let leads = before < at && matches!(self.upos(before), Upos::Noun | Upos::Propn | Upos::Pron);
        let follows = at + 1 < self.end
            && self.tokens[at + 1].span.of(text) != "by"
            && matches!(
                self.upos(at + 1),
                Upos::Det
                    | Upos::Adj
                    | Upos::Propn
                    | Upos::Noun
                    | Upos::Num
                    | Upos::Adp
                    | Upos::Part
                    | Upos::Adv
                    | Upos::Pron
                    | Upos::Sconj
            );
        if !leads || !follows {
            return;
        }
        // the head of the noun phrase before the verb
        let mut subject = before;
        for _ in 0..6 {
            match self.head(subject) {
                Some(up)
                    if up < at
                        && matches!(self.upos(up), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron) =>
                {
                    subject = up
                }
                _ => break,
            }
        }
        let old = self.nodes.clone();
        let (subject_head, subject_relation) = (self.head(subject), self.relation(subject));
        let below = self.head(at);
        let (head, relation) = match below {
            Some(noun) if noun > at => {
                let taken = (self.head(noun), self.relation(noun));
                let node = self.node_mut(noun);
                node.head = Some(at);
                node.relation = Relation::Obj;
                taken
            }
            _ => (below, self.relation(at)),
        };
        let through_subject = head == Some(subject) || head == Some(at);
        let (head, relation) = if through_subject {
            (subject_head.filter(|h| *h != at), subject_relation)
        } else {
            (head, relation)
        };
        *self.node_mut(at) = Node {
            upos: Upos::Verb,
            lemma,
            head,
            relation: if head.is_none() { Relation::Root } else { relation },
        };
        let node = self.node_mut(subject);
        node.head = Some(at);
        node.relation = Relation::Nsubj;
        if self.has_cycle(at) {
            self.nodes = old;
        }
    }

    /// A verb without an object takes the noun phrase that stands right behind it.
    fn mend_object(&mut self, at: usize) {
        let has = (self.first..self.end).any(|c| {
            self.head(c) == Some(at)
                && matches!(
                    self.relation(c),
                    Relation::Obj | Relation::NsubjPass | Relation::AuxPass
                )
        });
        if has {
            return;
        }
        let mut last = None;
        for next in at + 1..self.end.min(at + 1 + LONGEST_OBJECT) {
            match self.upos(next) {
                Upos::Noun | Upos::Propn => last = Some(next),
                Upos::Det | Upos::Adj | Upos::Num => {}
                _ => break,
            }
        }
        let Some(noun) = last else { return };
        if self.tokens[noun].xpos == Xpos::Nnp && is_day_lemma(self.lemma(noun)) {
            return;
        }
        let old = (self.head(noun), self.relation(noun));
        if old.0 == Some(at) {
            return;
        }
        let node = self.node_mut(noun);
        node.head = Some(at);
        node.relation = Relation::Obj;
        if self.has_cycle(noun) {
            let node = self.node_mut(noun);
            (node.head, node.relation) = old;
        }
    }

    /// Whether the way up from `at` never ends.
    fn has_cycle(&self, at: usize) -> bool {
        let mut up = at;
        for _ in self.first..=self.end {
            match self.head(up) {
                Some(head) => up = head,
                None => return false,
            }
        }
        true
    }
}

fn is_day(word: &str) -> bool {
    matches!(word, "today" | "yesterday" | "tonight" | "this" | "week" | "last") || is_day_lemma(word)
}

fn is_day_lemma(word: &str) -> bool {
    matches!(
        word,
        "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
    )
}
