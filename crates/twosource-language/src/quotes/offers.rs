//! The stretches of text that a cue may lay to somebody: every complement of its verb or noun, each with the places where
//! it may end. `weights` says which of them is what was said.

use twosource_model::{Relation, Upos, Xpos};

use super::context::Context;
use super::cue::CuePart;
use super::subject::is_time;
use super::told::ComplementKind;
use super::tree::is_verbal;
use super::weights::is_finite;

/// A stretch that a cue may lay to somebody.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// The cue.
    pub cue: usize,
    /// Kind of complement.
    pub kind: ComplementKind,
    /// Token ranges, ends included.
    pub pieces: Vec<(usize, usize)>,
    /// Why it ends where it does.
    pub end: End,
}

/// Why an offer ends where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum End {
    /// The complement ends.
    Child,
    /// What hangs on the cue behind the complement ends.
    Sibling,
    /// A comma inside the complement.
    Comma,
    /// An adjunct of the complement begins.
    Adjunct,
    /// The sentence ends.
    Sentence,
    /// The cue follows.
    Cue,
}

/// Number of values of [`End`].
pub(super) const ENDS: u16 = 6;
/// Most ends of one complement, its adjuncts aside.
const MOST_ENDS: usize = 10;
/// Most offers of one cue; keeps long sentences cheap.
const OFFERS: usize = 64;
/// Furthest comma beside a cue that is slipped in, in tokens.
const SLIP_REACH: usize = 16;
/// Most steps from a source to its phrase, and most commas in a source that opens its sentence.
const SOURCE_STEPS: usize = 6;
const SOURCE_COMMAS: usize = 3;
/// Furthest comma before a source that parts it from what was said, in tokens.
const SOURCE_GAP: usize = 3;
/// Furthest "that" behind a cue, in tokens.
const THAT_REACH: usize = 16;
/// Most words that are looked through for commas.
const COMMA_REACH: usize = 80;

/// All offers of the cue at `token`.
pub(super) fn offers_of(context: &Context<'_>, token: usize) -> Vec<Offer> {
    let Some(cue) = context.telling(token) else {
        return Vec::new();
    };
    if gives_a_name(context, token) {
        return Vec::new();
    }
    let mut offers = Offers {
        context,
        cue: token,
        sentence: context.analysis.sentences[context.sentence_of(token)].tokens(),
        found: Vec::new(),
    };
    match cue.part {
        CuePart::Verb if is_verbal(&context.tokens[token]) => {
            offers.behind_verb();
            offers.around_verb();
        }
        CuePart::Noun => offers.behind_noun(),
        CuePart::Adjective => offers.behind_adjective(),
        CuePart::Source => offers.beside_source(),
        CuePart::Verb => {}
    }
    offers.found
}

/// "a man, named as Bo Ek, died": the participle tells who is meant, and nobody says the rest.
fn gives_a_name(context: &Context<'_>, token: usize) -> bool {
    let at = &context.tokens[token];
    let behind = token + 1 < context.tokens.len() && context.is(token + 1, "as");
    let name = context
        .tokens
        .get(token + 2)
        .is_some_and(|t| t.upos == Upos::Propn);
    at.xpos == Xpos::Vbn && at.relation == Relation::Acl && behind && name
}

struct Offers<'a, 'b> {
    context: &'a Context<'b>,
    cue: usize,
    sentence: std::ops::Range<usize>,
    found: Vec<Offer>,
}

impl Offers<'_, '_> {
    fn push(&mut self, kind: ComplementKind, pieces: Vec<(usize, usize)>, end: End) {
        let fits = pieces.iter().all(|(from, to)| {
            from <= to
                && *from >= self.sentence.start
                && *to < self.sentence.end
                && !(*from..=*to).contains(&self.cue)
        });
        if !fits || pieces.is_empty() || self.found.len() >= OFFERS {
            return;
        }
        if !self.found.iter().any(|offer| offer.pieces == pieces) {
            self.found.push(Offer {
                cue: self.cue,
                kind,
                pieces,
                end,
            });
        }
    }

    fn behind_verb(&mut self) {
        let (context, verb) = (self.context, self.cue);
        let tree = &context.tree;
        for child in tree.children(verb).filter(|c| *c > verb) {
            if let Some((kind, from)) = start_of(context, child) {
                self.with_ends(kind, from, child);
            }
        }
        self.behind_that(ComplementKind::Loose);
        // the parser may have hung the words elsewhere: right behind the verb, without adverbs
        let next = (verb + 1..self.sentence.end).find(|t| context.tokens[*t].upos != Upos::Adv);
        if let Some(from) = next.filter(|t| !context.is_punctuation(*t)) {
            let last = self.last_word();
            for (to, end) in self.commas(from, last) {
                self.push(ComplementKind::Loose, vec![(from, to)], end);
            }
            self.push(ComplementKind::Loose, vec![(from, last)], End::Sentence);
        }
    }

    /// "worried about the plan", "convinced that it was late"
    fn behind_adjective(&mut self) {
        let (context, cue) = (self.context, self.cue);
        for child in context.tree.children(cue).filter(|c| *c > cue) {
            if let Some((kind, from)) = start_of(context, child) {
                self.with_ends(kind, from, child);
            }
        }
        self.behind_that(ComplementKind::Loose);
    }

    /// A clause with "that" further behind the cue, whatever the tree hangs it on: "told reporters at the harbour that it
    /// was late".
    fn behind_that(&mut self, kind: ComplementKind) {
        let context = self.context;
        let reach = self.cue + 1..self.sentence.end.min(self.cue + THAT_REACH);
        let that = reach
            .take_while(|t| !is_finite(context, *t) && context.word(*t) != ";")
            .find(|t| context.is(*t, "that") && matches!(context.tokens[*t].upos, Upos::Sconj | Upos::Pron));
        let Some(from) = that else { return };
        let last = self.last_word();
        for (to, end) in self.commas(from, last) {
            self.push(kind, vec![(from, to)], end);
        }
        self.push(kind, vec![(from, last)], End::Sentence);
    }

    /// Last token of the sentence that is no punctuation.
    fn last_word(&self) -> usize {
        (self.sentence.start..self.sentence.end)
            .rev()
            .find(|t| !self.context.is_punctuation(*t))
            .unwrap_or(self.sentence.start)
    }

    /// One offer for each place where a complement may end.
    fn with_ends(&mut self, kind: ComplementKind, from: usize, child: usize) {
        let context = self.context;
        let tree = &context.tree;
        let own = tree.right(child);
        let mut ends = vec![(own, End::Child)];
        let mut reached = own;
        for sibling in tree.children(self.cue).filter(|c| *c > child) {
            if tree.left(sibling) != reached + 1 {
                break;
            }
            reached = tree.right(sibling);
            if !context.is_punctuation(sibling) {
                ends.push((reached, End::Sibling));
            }
        }
        ends.extend(self.commas(from, own.max(reached)));
        let adjuncts = tree.children(child).filter(|c| {
            *c > child
                && tree.left(*c) > from + 1
                && matches!(
                    context.tokens[*c].relation,
                    Relation::Advcl
                        | Relation::Obl
                        | Relation::OblUnmarked
                        | Relation::OblTmod
                        | Relation::Conj
                )
        });
        ends.extend(
            adjuncts
                .map(|c| (tree.left(c) - 1, End::Adjunct))
                .take(MOST_ENDS / 2),
        );
        ends.push((self.last_word(), End::Sentence));
        for (to, end) in ends.into_iter().take(MOST_ENDS + MOST_ENDS / 2) {
            self.push(kind, vec![(from, to)], end);
        }
    }

    /// The places before the first and the last two commas between two tokens.
    fn commas(&self, from: usize, to: usize) -> Vec<(usize, End)> {
        let commas: Vec<usize> = (from + 2..=to.min(from + COMMA_REACH))
            .filter(|t| self.context.word(*t) == "," && self.context.run_of(*t).is_none())
            .collect();
        let mut ends: Vec<(usize, End)> = commas.iter().take(2).map(|t| (t - 1, End::Comma)).collect();
        ends.extend(commas.iter().skip(2).rev().take(2).map(|t| (t - 1, End::Comma)));
        ends
    }

    /// The cue is slipped into the clause, or stands behind it.
    fn around_verb(&mut self) {
        let (context, verb) = (self.context, self.cue);
        let tree = &context.tree;
        let relation = context.tokens[verb].relation;
        let kind = if tree.children(verb).any(|c| c < verb && context.is(c, "as")) {
            ComplementKind::As
        } else {
            ComplementKind::Around
        };
        for child in tree.children(verb).filter(|c| *c < verb) {
            if matches!(
                context.tokens[child].relation,
                Relation::Ccomp | Relation::Parataxis
            ) && context.is_punctuation(tree.right(child) + 1)
            {
                self.push(kind, vec![(tree.left(child), tree.right(child))], End::Cue);
            }
        }
        if matches!(relation, Relation::Parataxis | Relation::Advcl)
            && let Some(head) = context.tokens[verb].head.map(|h| h as usize)
        {
            let (from, to) = (tree.left(head), tree.right(head));
            self.cut_out(kind, (from, to), (tree.left(verb), tree.right(verb)));
        }
        // by the commas alone: "It was late, X said, and cold."
        let before = (self.sentence.start..verb)
            .rev()
            .take(SLIP_REACH)
            .find(|t| context.word(*t) == ",");
        let Some(before) = before.filter(|t| *t > self.sentence.start + 1) else {
            return;
        };
        let last = self.last_word();
        let behind = (verb + 1..self.sentence.end)
            .take(SLIP_REACH)
            .find(|t| context.word(*t) == ",");
        self.push(kind, vec![(self.sentence.start, before - 1)], End::Cue);
        if let Some(behind) = behind.filter(|t| *t < last) {
            self.push(
                kind,
                vec![(self.sentence.start, before - 1), (behind + 1, last)],
                End::Sentence,
            );
        }
    }

    /// The whole without a cut: both sides, and each alone.
    fn cut_out(&mut self, kind: ComplementKind, whole: (usize, usize), cut: (usize, usize)) {
        let left = (cut.0 > whole.0).then(|| (whole.0, cut.0 - 1));
        let right = (cut.1 < whole.1).then(|| (cut.1 + 1, whole.1));
        if let (Some(left), Some(right)) = (left, right) {
            self.push(kind, vec![left, right], End::Child);
        }
        if let Some(left) = left {
            self.push(kind, vec![left], End::Cue);
        }
        if let Some(right) = right {
            self.push(kind, vec![right], End::Child);
        }
    }

    fn behind_noun(&mut self) {
        let (context, noun) = (self.context, self.cue);
        let (tokens, tree) = (context.tokens, &context.tree);
        for child in tree.children(noun).filter(|c| *c > noun) {
            let marked = tree.children(child).any(|m| {
                (tokens[m].relation == Relation::Mark
                    && ["that", "to", "whether"].iter().any(|w| context.is(m, w)))
                    || tokens[m].upos == Upos::Part
            });
            match tokens[child].relation {
                Relation::Acl | Relation::Ccomp if marked => {
                    self.with_ends(ComplementKind::NounClause, tree.left(child), child);
                }
                Relation::Nmod => {
                    if let Some(case) = tree.child(tokens, child, Relation::Case)
                        && case == tree.left(child)
                        && case < child
                        && !context.is(case, "by")
                        && !context.is(case, "from")
                    {
                        self.push(
                            ComplementKind::NounPhrase,
                            vec![(case + 1, tree.right(child))],
                            End::Child,
                        );
                    }
                }
                _ => {}
            }
        }
        self.behind_that(ComplementKind::NounClause);
        // "the question is whether it was late"
        let be = tree.right(noun) + 1;
        let clause = be + 1;
        if clause < self.sentence.end
            && tokens[be].lemma == "be"
            && (tokens[clause].upos == Upos::Part
                || ["that", "whether"].iter().any(|w| context.is(clause, w)))
        {
            let last = self.last_word();
            for (to, end) in self.commas(clause, last) {
                self.push(ComplementKind::NounClause, vec![(clause, to)], end);
            }
            self.push(ComplementKind::NounClause, vec![(clause, last)], End::Sentence);
        }
    }

    /// "According to X, it was late": the rest of the clause or sentence.
    fn beside_source(&mut self) {
        let (context, token) = (self.context, self.cue);
        let kind = ComplementKind::Source;
        let last = self.last_word();
        if let Some((phrase, head)) = self.source_phrase() {
            let tree = &context.tree;
            let cut = (tree.left(phrase).min(token), tree.right(phrase));
            self.cut_out(kind, (tree.left(head), tree.right(head)), cut);
            self.cut_out(kind, (self.sentence.start, last), cut);
        }
        // the last clause before the source alone, whatever the tree makes of both
        let comma = |until: usize| {
            (self.sentence.start..until)
                .rev()
                .find(|t| context.word(*t) == ",")
        };
        if let Some(closing) = comma(token).filter(|t| t + SOURCE_GAP >= token)
            && let Some(opening) = comma(closing)
        {
            // ", and it was late, according to X": what joins the clause to the one before is not in it
            let from = opening + 1 + usize::from(context.tokens[opening + 1].upos == Upos::Cconj);
            self.push(kind, vec![(from, closing - 1)], End::Cue);
        }
        // the tree may hang the source anywhere: it ends at one of the next commas, or goes on to the end
        let whole = (self.sentence.start, last);
        let opens = (whole.0..token)
            .all(|t| context.is_punctuation(t) || matches!(context.tokens[t].upos, Upos::Cconj | Upos::Adv));
        let commas = (token + 1..last).filter(|t| context.word(*t) == ",");
        for comma in commas.take(if opens { SOURCE_COMMAS } else { 1 }) {
            self.cut_out(kind, whole, (if opens { whole.0 } else { token }, comma));
        }
        if !opens {
            self.push(kind, vec![(whole.0, token - 1)], End::Cue);
        }
    }

    /// The phrase of a source, and what it hangs on.
    fn source_phrase(&self) -> Option<(usize, usize)> {
        let tokens = self.context.tokens;
        let mut phrase = self.cue;
        for _ in 0..SOURCE_STEPS {
            let relation = tokens[phrase].relation;
            if relation.is(Relation::Obl) || relation.is(Relation::Nmod) || relation == Relation::Advcl {
                break;
            }
            phrase = tokens[phrase].head? as usize;
        }
        Some((phrase, tokens[phrase].head? as usize))
    }
}

/// Kind and first token of the complement that `child` heads, if it can be what was said.
fn start_of(context: &Context<'_>, child: usize) -> Option<(ComplementKind, usize)> {
    let (tokens, tree) = (context.tokens, &context.tree);
    let left = tree.left(child);
    let verbal = is_verbal(&tokens[child]) || tree.child(tokens, child, Relation::Nsubj).is_some();
    match tokens[child].relation {
        Relation::Ccomp => Some((ComplementKind::Clause, left)),
        Relation::Parataxis if verbal => Some((ComplementKind::Clause, left)),
        Relation::Xcomp => Some((ComplementKind::Infinitive, left)),
        Relation::Obj | Relation::Iobj => Some((ComplementKind::Object, left)),
        relation if relation.is(Relation::Obl) && !tells_when(context, child) => {
            let case = tree.child(tokens, child, Relation::Case)?;
            let from = if case == left && case < child {
                case + 1
            } else {
                left
            };
            Some((ComplementKind::Phrase, from))
        }
        _ => None,
    }
}

/// Whether a phrase tells when: "at the end of the week".
fn tells_when(context: &Context<'_>, head: usize) -> bool {
    let tells = |token: usize| {
        is_time(context, token) || TIMES.contains(&context.tokens[token].lemma.to_lowercase().as_str())
    };
    let of = context.tree.child(context.tokens, head, Relation::Nmod);
    tells(head) || of.is_some_and(tells)
}

/// Nouns that tell when by themselves.
const TIMES: [&str; 12] = [
    "afternoon",
    "day",
    "evening",
    "hour",
    "minute",
    "moment",
    "month",
    "morning",
    "night",
    "time",
    "week",
    "year",
];

/// Class of a token for telling how a stretch begins or what follows it.
pub(super) fn word_type(context: &Context<'_>, token: usize) -> u16 {
    let at = &context.tokens[token];
    match (at.upos, at.xpos) {
        (Upos::Sconj, _) if context.is(token, "that") => 0,
        (Upos::Part, _) => 1,
        (_, Xpos::Wdt | Xpos::Wp | Xpos::Wrb | Xpos::WpS) => 2,
        (Upos::Pron, _) => 3,
        (Upos::Det, _) => 4,
        (Upos::Propn, _) => 5,
        (Upos::Noun | Upos::Adj | Upos::Num, _) => 6,
        (_, Xpos::Vbg) => 7,
        (Upos::Verb | Upos::Aux, _) => 8,
        (Upos::Adp | Upos::Sconj, _) => 9,
        (Upos::Cconj, _) => 10,
        _ => 11,
    }
}

/// Number of values of [`word_type`].
pub(super) const WORD_TYPES: u16 = 12;

#[cfg(test)]
mod tests {
    use twosource_model::{Article, ArticleId};

    use super::*;
    use crate::{Settings, analyze};

    #[test]
    fn the_last_clause_before_a_source_is_offered_alone() {
        let text = "Stung by the reports, Mr Berg asked Tom Hill to call the mayor, and “those calls are going on”, \
                    according to the harbour office.";
        let article = Article::of_text(ArticleId::new("o"), "", text);
        let analysis = analyze(&article, &Settings::default());
        let context = Context::of(&article, &analysis);
        let source = (0..context.tokens.len())
            .find(|t| context.is(*t, "according"))
            .expect("a source");
        let offered: Vec<&str> = offers_of(&context, source)
            .iter()
            .map(|offer| {
                let (from, to) = offer.pieces[0];
                context.tokens[from].span.hull(context.tokens[to].span).of(text)
            })
            .collect();
        assert!(offered.contains(&"“those calls are going on”"), "{offered:?}");
    }
}
