//! Who acts: the code of a noun phrase from its names and demonyms, its sector from its role noun.
//!
//! Codes come from the knowledge tables by way of the entities, else from `data/en/actors.tsv`; sectors from
//! `data/en/agents.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::{Actor, Analysis, Entity, EntityType, Relation, Span, Upos};

use super::tree::Tree;

/// Longest name of `actors.tsv`, in tokens.
const LONGEST_NAME: usize = 6;

/// Names and demonyms to codes.
fn codes() -> &'static HashMap<&'static str, &'static str> {
    static CODES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    CODES.get_or_init(|| pairs(include_str!("../../data/en/actors.tsv")))
}

/// Role nouns to sectors.
fn sectors() -> &'static HashMap<&'static str, &'static str> {
    static SECTORS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    SECTORS.get_or_init(|| pairs(include_str!("../../data/en/agents.tsv")))
}

fn pairs(file: &'static str) -> HashMap<&'static str, &'static str> {
    file.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect()
}

/// Sectors that act politically; the others are private.
const POLITICAL: &[&str] = &["GOV", "LEG", "JUD", "MIL", "COP", "SPY", "REB", "OPP", "PTY"];

/// A name further from the head than this says nothing of it: two prepositional phrases deep.
const FURTHEST: usize = 8;

/// Nouns that count others.
const QUANTITIES: &[&str] = &[
    "crowd", "dozen", "group", "hundred", "lot", "majority", "member", "million", "number", "score",
    "scores", "some", "team", "thousand",
];

/// A noun phrase as an actor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    /// Head token.
    pub head: usize,
    pub actor: Actor,
    /// The head itself is a country or organisation, or a political role.
    pub political: bool,
    /// A pronoun: it says who only by what it stands for.
    pub pronoun: bool,
}

/// Reads noun phrases of one sentence as actors.
pub(super) struct Cast<'a> {
    pub text: &'a str,
    pub tree: &'a Tree<'a>,
    pub analysis: &'a Analysis,
    /// For each token from the sentence's first: code and length of the name that begins there.
    names: Vec<Option<(&'static str, usize)>>,
}

impl<'a> Cast<'a> {
    pub fn of(text: &'a str, tree: &'a Tree<'a>, analysis: &'a Analysis) -> Self {
        let mut names = vec![None; tree.end - tree.first];
        let mut at = tree.first;
        while at < tree.end {
            match name_at(text, tree, at) {
                Some((code, length)) => {
                    names[at - tree.first] = Some((code, length));
                    at += length;
                }
                None => at += 1,
            }
        }
        Self {
            text,
            tree,
            analysis,
            names,
        }
    }

    /// Whether the sentence names any country or organisation.
    pub fn names_any(&self) -> bool {
        self.names.iter().any(Option::is_some)
    }

    /// The only code that the sentence names, if it is one.
    pub fn only_code(&self) -> Option<&'static str> {
        let mut found = None;
        for (code, _) in self.names.iter().flatten() {
            match found {
                None => found = Some(*code),
                Some(other) if other == *code => {}
                Some(_) => return None,
            }
        }
        found
    }

    /// The code of the name that covers a token.
    pub fn code_of_token(&self, at: usize) -> Option<&'static str> {
        (at.saturating_sub(LONGEST_NAME).max(self.tree.first)..=at)
            .rev()
            .find_map(|from| self.names[from - self.tree.first].filter(|(_, length)| from + length > at))
            .map(|(code, _)| code)
    }

    /// The actors that a noun phrase names: one, or one for each of two demonyms ("French and German ministers").
    pub fn phrases(&self, head: usize) -> Vec<Phrase> {
        let tree = self.tree;
        let skip = |c: usize| {
            let relation = tree.relation(c);
            relation.is(Relation::Acl)
                || relation.is(Relation::Advcl)
                || relation.is(Relation::Parataxis)
                || relation.is(Relation::Nsubj)
                || (relation.is(Relation::Conj) && tree.head(c) == Some(head))
        };
        let below = tree.below(head, skip);
        // the words that name it: without preposition and without what is told of it further on
        let apart = |c: usize| {
            let relation = tree.relation(c);
            skip(c)
                || relation.is(Relation::Case)
                || relation.is(Relation::Cc)
                || (relation.is(Relation::Nmod)
                    && !relation_names(relation)
                    && !matches!(tree.case(c), "of" | "in" | "from"))
                || relation.is(Relation::Obl)
        };
        let (low, high) = tree.extent(head, apart);
        let span = tree.tokens[low].span.hull(tree.tokens[high].span);
        let sector = self.sector(head, &below);
        let entity = self.entity(head);
        let linked = entity.and_then(|e| e.1.link.as_ref()?.actor_code.clone());
        let own = self.code_of_token(head);
        let organisation = own.is_some()
            || matches!(
                entity.map(|e| e.1.entity_type),
                Some(EntityType::Place | EntityType::Group)
            ) && linked.is_some();
        let political = organisation || linked.is_some() || sector.is_some_and(|s| POLITICAL.contains(&s));
        let actor = |code: Option<String>| Phrase {
            head,
            actor: Actor {
                span,
                code,
                sector: sector.map(str::to_owned),
                entity: entity.map(|e| e.0),
            },
            political,
            pronoun: tree.upos(head) == Upos::Pron,
        };
        if let Some(code) = own {
            return vec![actor(Some(code.to_owned()))];
        }
        // the names inside the phrase by their distance from the head
        let mut best: Option<(usize, Vec<&'static str>)> = None;
        for &node in below.iter().filter(|n| **n != head) {
            let Some(code) = self.names[node - tree.first]
                .map(|(code, _)| code)
                .or_else(|| self.code_of_token(node))
            else {
                continue;
            };
            if self.is_opponent(node) {
                continue;
            }
            let cost = self.distance(node, head);
            if cost > FURTHEST {
                continue;
            }
            match &mut best {
                Some((least, codes)) if *least == cost => codes.push(code),
                Some((least, _)) if *least < cost => {}
                _ => best = Some((cost, vec![code])),
            }
        }
        if let Some(code) = linked {
            return vec![actor(Some(code))];
        }
        match best {
            Some((_, mut codes)) => {
                codes.dedup();
                codes.truncate(3);
                codes
                    .into_iter()
                    .map(|code| actor(Some(code.to_owned())))
                    .collect()
            }
            None => vec![actor(None)],
        }
    }

    /// "anti-Syrian": against it, not of it.
    fn is_opponent(&self, at: usize) -> bool {
        let before = |by: usize| {
            at.checked_sub(by)
                .filter(|b| *b >= self.tree.first)
                .map(|b| self.tree.tokens[b].span.of(self.text))
        };
        let first = match before(1) {
            Some("-") => before(2),
            other => other,
        };
        first.is_some_and(|w| matches!(w.to_ascii_lowercase().as_str(), "anti" | "pro" | "ex"))
            || self.tree.tokens[at]
                .span
                .of(self.text)
                .to_ascii_lowercase()
                .starts_with("anti-")
    }

    /// How loosely a name hangs on the head: modifiers before possessors before prepositional phrases.
    fn distance(&self, node: usize, head: usize) -> usize {
        let mut cost = 0;
        let mut at = node;
        for _ in 0..12 {
            if at == head {
                break;
            }
            let relation = self.tree.relation(at);
            cost += match relation {
                Relation::Amod
                | Relation::Compound
                | Relation::Flat
                | Relation::Nummod
                | Relation::NmodDesc => 1,
                Relation::NmodPoss => 2,
                Relation::Appos => 3,
                Relation::Conj => 0,
                _ => 4,
            };
            let Some(up) = self.tree.head(at) else { break };
            at = up;
        }
        cost
    }

    /// The sector of the head, else of the title or apposition nearest to it.
    fn sector(&self, head: usize, below: &[usize]) -> Option<&'static str> {
        // "thousands of students": what is counted says who
        let mut head = head;
        for _ in 0..3 {
            let counted = QUANTITIES.contains(&self.tree.lemma(head)) || self.tree.upos(head) == Upos::Num;
            match self.tree.with(head, Relation::Nmod).next().filter(|_| counted) {
                Some(noun) => head = noun,
                None => break,
            }
        }
        let of = |at: usize| {
            sectors()
                .get(self.tree.lemma(at).to_lowercase().as_str())
                .copied()
        };
        if let Some(sector) = of(head) {
            // "security forces", "police officer", "opposition leader": the modifier is the finer one
            let finer = self
                .tree
                .children(head)
                .iter()
                .filter(|c| matches!(self.tree.relation(**c), Relation::Compound | Relation::Amod))
                .find_map(|c| of(*c));
            return match (sector, finer) {
                (_, Some(finer @ ("OPP" | "REB" | "COP" | "MIL" | "REF" | "LEG" | "JUD"))) => Some(finer),
                _ => Some(sector),
            };
        }
        let near = |relation: Relation| {
            matches!(
                relation,
                Relation::Compound
                    | Relation::Flat
                    | Relation::Appos
                    | Relation::Amod
                    | Relation::Nmod
                    | Relation::NmodDesc
            )
        };
        below
            .iter()
            .filter(|n| **n != head && near(self.tree.relation(**n)) && self.distance(**n, head) <= 4)
            .find_map(|n| of(*n))
    }

    /// The entity whose mention ends at or covers the head.
    fn entity(&self, head: usize) -> Option<(u32, &'a Entity)> {
        let span: Span = self.tree.tokens[head].span;
        let mentions = &self.analysis.mentions;
        let until = mentions.partition_point(|m| m.span.start() <= span.start());
        let mention = mentions[until.saturating_sub(24)..until]
            .iter()
            .rev()
            .find(|m| m.span.covers(span))?;
        let index = mention.entity?;
        Some((index, self.analysis.entities.get(index as usize)?))
    }
}

/// Modifiers that stand before the name or describe it.
fn relation_names(relation: Relation) -> bool {
    matches!(relation, Relation::NmodPoss | Relation::NmodDesc)
}

/// Code and length of the longest name that begins at a token.
fn name_at(text: &str, tree: &Tree<'_>, at: usize) -> Option<(&'static str, usize)> {
    let first = tree.tokens[at].span.of(text);
    if !first.starts_with(char::is_uppercase) || first.len() > 40 {
        return None;
    }
    let from = tree.tokens[at].span.start();
    for length in (1..=LONGEST_NAME.min(tree.end - at)).rev() {
        let span = Span::at(from, tree.tokens[at + length - 1].span.end());
        if span.len() > 48 {
            continue;
        }
        let words = span.of(text).replace('’', "'").to_lowercase();
        if let Some(code) = codes().get(words.as_str()) {
            // short forms are words as well: "us", "un", "au" count in capitals only
            let short = length == 1 && words.len() <= 3;
            if short && !first.chars().all(|c| c.is_uppercase() || c == '.') {
                continue;
            }
            return Some((code, length));
        }
    }
    // "Israeli-occupied", "Vietnamese-led" in one token
    let (stem, rest) = first.split_once('-')?;
    let led = ["led", "backed", "occupied", "held", "controlled", "born", "run"].contains(&rest);
    let code = codes().get(stem.to_lowercase().as_str()).filter(|_| led)?;
    Some((code, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_nothing_stands_twice() {
        for file in [
            include_str!("../../data/en/actors.tsv"),
            include_str!("../../data/en/agents.tsv"),
        ] {
            let words: Vec<&str> = file
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| Some(l.split_once('\t')?.0))
                .collect();
            let mut sorted = words.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(words, sorted);
        }
        assert!(codes().values().all(|c| c.len() == 3));
        assert!(sectors().values().all(|s| s.len() == 3));
    }
}
