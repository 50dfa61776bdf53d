//! Told words: what a cue's clause or phrase says, found over the trees.
//!
//! Each cue offers the complements its verb or noun has; how far each kind of complement is what was said depends on the
//! class of the cue. `TRUST` holds that as a number for each class and kind; nothing in it is a word.

use std::sync::OnceLock;

use twosource_model::{Relation, Span, Upos, Xpos};

use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::tree::{is_verbal, span_of};

/// Words that a cue lays to somebody.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// The cue.
    pub cue: usize,
    /// Pieces of the text, in order.
    pub content: Vec<Span>,
    /// Kind of complement, which names the rule.
    pub kind: ComplementKind,
    /// How often such a complement is what was said, 0 to 1.
    pub trust: f32,
}

/// What stands beside a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum ComplementKind {
    /// "said that it was late", "it was late, said X"
    Clause,
    /// The cue is slipped into the clause: "it was, X said, late".
    Around,
    /// "promised to come"
    Infinitive,
    /// "announced a plan"
    Object,
    /// "called for a plan", "spoke about the plan"
    Phrase,
    /// "according to X"
    Source,
    /// "the claim that it was late"
    NounClause,
    /// "as X said"
    As,
}

impl ComplementKind {
    /// Name of the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clause => "told clause",
            Self::Around => "told around the cue",
            Self::Infinitive => "told infinitive",
            Self::Object => "told object",
            Self::Phrase => "told phrase",
            Self::Source => "according to",
            Self::NounClause => "told by a noun",
            Self::As => "as somebody said",
        }
    }
}

/// The told words of a text, best first for each cue; they may overlap.
pub(super) fn find_told(context: &Context<'_>) -> Vec<Told> {
    if !context.tree.parsed {
        return Vec::new();
    }
    let mut told = Vec::new();
    for token in 0..context.tokens.len() {
        let Some(cue) = context.cue(token) else { continue };
        if context.run_of(token).is_some() {
            continue;
        }
        let found = match cue.part {
            CuePart::Verb if is_verbal(&context.tokens[token]) => verb_complement(context, token),
            CuePart::Noun => noun_complement(context, token),
            CuePart::Source => source_complement(context, token),
            CuePart::Verb => None,
        };
        let Some((kind, pieces)) = found else { continue };
        let content: Vec<Span> = pieces
            .into_iter()
            .map(|(from, to)| {
                (
                    behind_the_day(context, token, from),
                    before_next_speaker(context, from, to),
                )
            })
            .filter_map(|(from, to)| trimmed(context, from, to))
            .collect();
        if !content.is_empty() {
            let trust = trust(cue.class, kind)
                - if holds_other_act(context, token, &content) {
                    HELD
                } else {
                    0.0
                };
            told.push(Told {
                cue: token,
                content,
                kind,
                trust,
            });
        }
    }
    told
}

/// Token ranges, ends included.
type Pieces = Vec<(usize, usize)>;

fn verb_complement(context: &Context<'_>, verb: usize) -> Option<(ComplementKind, Pieces)> {
    let (tokens, tree) = (context.tokens, &context.tree);
    let whole = |child: usize| (tree.left(child), tree.right(child));
    let clause = tree.children(verb).find(|c| {
        tokens[*c].relation == Relation::Ccomp
            && !names_source(context, tree.left(*c))
            && !tells_when(context, tree.left(*c))
            && (*c > verb || (tree.right(*c) < verb && context.is_punctuation(tree.right(*c) + 1)))
    });
    if let Some(child) = clause {
        let (from, to) = whole(child);
        let to = if child > verb {
            with_rest(context, verb, to)
        } else {
            to
        };
        let to = own_words_from(context, from, to).map_or(to, |own| own - 1);
        return Some((ComplementKind::Clause, vec![(from, to)]));
    }
    if tokens[verb].relation == Relation::Parataxis
        && let Some(pieces) = around(context, verb)
    {
        return Some((ComplementKind::Around, pieces));
    }
    if tokens[verb].relation == Relation::Advcl
        && tree.children(verb).any(|c| c < verb && context.is(c, "as"))
        && let Some(pieces) = around(context, verb)
    {
        return Some((ComplementKind::As, pieces));
    }
    // words behind the cue that lean on it: "X said: it was late"
    let beside = tree.children(verb).find(|c| {
        *c > verb
            && tokens[*c].relation == Relation::Parataxis
            && (is_verbal(&tokens[*c]) || tree.child(tokens, *c, Relation::Nsubj).is_some())
    });
    if let Some(child) = beside {
        return Some((ComplementKind::Clause, vec![whole(child)]));
    }
    // "It was late, noted X of the union.": the tree takes the speaker for an object
    let sentence = context.analysis.sentences[context.sentence_of(verb)].tokens();
    if verb > sentence.start + 2
        && context.word(verb - 1) == ","
        && context.cue(verb).is_some_and(|cue| cue.class == CueClass::Say)
        && tree
            .child(tokens, verb, Relation::Nsubj)
            .is_none_or(|subject| subject > verb)
        && tokens
            .get(verb + 1)
            .is_some_and(|next| matches!(next.upos, Upos::Propn | Upos::Det | Upos::Noun))
        && (sentence.start..verb).any(|t| tokens[t].upos == Upos::Verb || tokens[t].upos == Upos::Aux)
    {
        return Some((ComplementKind::Around, vec![(sentence.start, verb - 2)]));
    }
    // "called it a gift": the object and what is made of it
    let named = tree.children(verb).find(|c| {
        *c > verb
            && tokens[*c].relation == Relation::Xcomp
            && matches!(tokens[*c].upos, Upos::Noun | Upos::Adj | Upos::Propn)
    });
    if let Some(named) = named
        && let Some(object) = tree
            .children(verb)
            .find(|c| *c > verb && *c < named && tokens[*c].relation == Relation::Obj)
    {
        return Some((
            ComplementKind::Object,
            vec![(tree.left(object), tree.right(named))],
        ));
    }
    if let Some(child) = tree
        .children(verb)
        .find(|c| *c > verb && tokens[*c].relation == Relation::Xcomp)
    {
        return Some((ComplementKind::Infinitive, vec![whole(child)]));
    }
    if let Some(object) = tree
        .children(verb)
        .find(|c| *c > verb && tokens[*c].relation == Relation::Obj)
    {
        // the object with all that hangs on the verb behind it, up to a clause of its own
        let mut end = tree.right(object);
        for child in tree.children(verb).filter(|c| *c > object) {
            if matches!(
                tokens[child].relation,
                Relation::Obl | Relation::Xcomp | Relation::Advmod | Relation::OblUnmarked
            ) && tree.left(child) == end + 1
                && !is_when(context, child)
            {
                end = tree.right(child);
            } else {
                break;
            }
        }
        return Some((ComplementKind::Object, vec![(tree.left(object), end)]));
    }
    let phrase = tree.children(verb).find(|c| {
        *c > verb && tokens[*c].relation.is(Relation::Obl) && !is_when(context, *c) && {
            let case = tree.child(tokens, *c, Relation::Case);
            case.is_some_and(|case| {
                ["about", "for", "of", "on", "to", "with", "against", "over"]
                    .iter()
                    .any(|w| context.is(case, w))
            })
        }
    })?;
    let case = tree.child(tokens, phrase, Relation::Case)?;
    let from = if case == tree.left(phrase) {
        case + 1
    } else {
        tree.left(phrase)
    };
    Some((ComplementKind::Phrase, vec![(from, tree.right(phrase))]))
}

/// The end of a clause together with what the tree hangs on the cue right behind it, no comma between: it is part of
/// what was said ("said he left because it was late").
fn with_rest(context: &Context<'_>, verb: usize, end: usize) -> usize {
    let tree = &context.tree;
    let clause = end;
    let mut end = end;
    for child in tree.children(verb).filter(|c| *c > clause) {
        let goes_on = matches!(
            context.tokens[child].relation,
            Relation::Advcl
                | Relation::Obl
                | Relation::Conj
                | Relation::Advmod
                | Relation::Acl
                | Relation::AclRelcl
                | Relation::Nmod
                | Relation::Dep
        );
        if !goes_on
            || tree.left(child) != end + 1
            || context.is_punctuation(end + 1)
            || names_source(context, end + 1)
        {
            break;
        }
        end = tree.right(child);
    }
    end
}

/// Whether a clause that begins here tells when or why, not what was said.
fn tells_when(context: &Context<'_>, token: usize) -> bool {
    [
        "after", "before", "while", "since", "until", "because", "during", "despite",
    ]
    .iter()
    .any(|w| context.is(token, w))
}

/// Whether a token names a source ("according").
fn names_source(context: &Context<'_>, token: usize) -> bool {
    context.cue(token).is_some_and(|cue| cue.part == CuePart::Source)
}

/// Whether an oblique tells when.
fn is_when(context: &Context<'_>, token: usize) -> bool {
    let token = &context.tokens[token];
    token.relation == Relation::OblUnmarked
        || token.relation == Relation::OblTmod
        || context
            .analysis
            .times
            .iter()
            .any(|time| time.span.overlaps(token.span))
        || WEEKDAYS.contains(&token.lemma.to_lowercase().as_str())
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The clause that `verb`'s own clause is slipped into, without it.
fn around(context: &Context<'_>, verb: usize) -> Option<Pieces> {
    let tree = &context.tree;
    let head = context.tokens[verb].head? as usize;
    let (from, to) = (tree.left(head), tree.right(head));
    let (cut_from, cut_to) = (tree.left(verb), tree.right(verb));
    let mut pieces = Vec::new();
    if cut_from > from {
        pieces.push((from, cut_from - 1));
    }
    if cut_to < to {
        pieces.push((cut_to + 1, to));
    }
    (!pieces.is_empty()).then_some(pieces)
}

fn noun_complement(context: &Context<'_>, noun: usize) -> Option<(ComplementKind, Pieces)> {
    let (tokens, tree) = (context.tokens, &context.tree);
    let clause = tree.children(noun).find(|c| {
        *c > noun
            && matches!(tokens[*c].relation, Relation::Acl | Relation::Ccomp)
            && tree.children(*c).any(|m| {
                (tokens[m].relation == Relation::Mark
                    && (context.is(m, "that") || context.is(m, "to") || context.is(m, "whether")))
                    || tokens[m].upos == Upos::Part
            })
    })?;
    Some((
        ComplementKind::NounClause,
        vec![(tree.left(clause), tree.right(clause))],
    ))
}

/// "According to X, it was late": the rest of the clause.
fn source_complement(context: &Context<'_>, token: usize) -> Option<(ComplementKind, Pieces)> {
    let tree = &context.tree;
    let sentence = context.analysis.sentences[context.sentence_of(token)].tokens();
    // up to the noun phrase that "according to" belongs to, then the clause it hangs on
    let mut phrase = token;
    for _ in 0..6 {
        let relation = context.tokens[phrase].relation;
        if relation.is(Relation::Obl) || relation.is(Relation::Nmod) || relation == Relation::Advcl {
            break;
        }
        phrase = context.tokens[phrase].head? as usize;
    }
    let (cut_from, cut_to) = (tree.left(phrase).min(token), tree.right(phrase));
    let head = context.tokens[phrase].head? as usize;
    // at either end of the sentence it belongs to all of it, wherever the tree hangs it
    let at_end = (cut_from..=cut_to).contains(&sentence.start)
        || (cut_to + 1..sentence.end).all(|t| context.is_punctuation(t));
    let aside = cut_from > 0 && context.is_punctuation(cut_from - 1);
    let hung = context.tokens[phrase].relation.is(Relation::Nmod);
    let root = if hung || (at_end && (aside || cut_from == sentence.start)) {
        sentence_root(context, head)
    } else {
        head
    };
    let (from, to) = (
        tree.left(root).max(sentence.start),
        tree.right(root).min(sentence.end - 1),
    );
    let mut pieces = Vec::new();
    if cut_from > from {
        pieces.push((from, cut_from - 1));
    }
    if cut_to < to {
        pieces.push((cut_to + 1, to));
    }
    (!pieces.is_empty()).then_some((ComplementKind::Source, pieces))
}

/// The root above a token; at most as many steps as a sentence is deep.
fn sentence_root(context: &Context<'_>, token: usize) -> usize {
    let mut at = token;
    for _ in 0..64 {
        match context.tokens[at].head {
            Some(head) => at = head as usize,
            None => break,
        }
    }
    at
}

/// The start of a clause without the day of saying it ("said Friday the ferries were late").
fn behind_the_day(context: &Context<'_>, cue: usize, from: usize) -> usize {
    let day = from == cue + 1
        && WEEKDAYS.iter().any(|day| context.is(from, day))
        && context
            .tokens
            .get(from + 1)
            .is_some_and(|next| !is_verbal(next) && next.upos != Upos::Punct && next.upos != Upos::Adp);
    from + usize::from(day)
}

/// The end of a clause without the name behind a comma that speaks next ("the ferries were late, Ann Lee said …").
fn before_next_speaker(context: &Context<'_>, from: usize, to: usize) -> usize {
    let next = to + 1;
    let says = next < context.tokens.len()
        && is_verbal(&context.tokens[next])
        && context.cue(next).is_some_and(|cue| cue.class == CueClass::Say);
    if !says {
        return to;
    }
    let named = (from..next).rev().take(NAME_REACH).take_while(|t| {
        matches!(
            context.tokens[*t].upos,
            Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Pron
        )
    });
    match named.last() {
        Some(first) if first > from + 1 && context.word(first - 1) == "," => first - 1,
        _ => to,
    }
}

/// The words of a token range without punctuation and conjunctions at their ends.
fn trimmed(context: &Context<'_>, from: usize, to: usize) -> Option<Span> {
    let (mut from, mut to) = (from, to);
    let outer =
        |token: usize| context.is_punctuation(token) && !matches!(context.word(token), "$" | "%" | "#");
    while from <= to && (outer(from) || context.tokens[from].upos == Upos::Cconj) {
        from += 1;
    }
    while to > from && outer(to) {
        to -= 1;
    }
    (from <= to && !outer(to)).then(|| span_of(context.tokens, from, to))
}

/// Taken from the trust in words that hold a speech act of their own behind a comma (", the spokeswoman said that"): the
/// tree has run two clauses together.
const HELD: f32 = 0.1;

fn holds_other_act(context: &Context<'_>, cue: usize, content: &[Span]) -> bool {
    content
        .iter()
        .flat_map(|piece| context.analysis.tokens_in(*piece).skip(1))
        .any(|token| {
            let says = token != cue
                && context
                    .cue(token)
                    .is_some_and(|c| c.part == CuePart::Verb && c.class == CueClass::Say)
                && is_verbal(&context.tokens[token]);
            if !says {
                return false;
            }
            let named = (0..token).rev().take(NAME_REACH).take_while(|t| {
                matches!(
                    context.tokens[*t].upos,
                    Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Pron
                )
            });
            let first = named.last();
            first.is_some_and(|t| t > 0 && context.word(t - 1) == ",")
        })
}

/// Longest name with its title before a verb of saying, in tokens.
const NAME_REACH: usize = 7;

/// Where a clause stops being what was said: "said he was glad after boasting that" goes on with the outlet's own words.
fn own_words_from(context: &Context<'_>, from: usize, to: usize) -> Option<usize> {
    (from + 2..to).find(|t| {
        ["after", "before", "while"].iter().any(|w| context.is(*t, w))
            && context.run_of(*t).is_none()
            && context.tokens[t + 1].xpos == Xpos::Vbg
            && context.cue(t + 1).is_some()
    })
}

/// Told words are kept from this trust on.
pub(super) const KEEP: f32 = 0.22;

/// How often a complement of this kind is what was said, by class of its cue: shares learnt by `twosource-train quotes` on
/// the train part of PolNeAR (`models/quote-trust.tsv`, which names pack and run). A pair that is not listed is not kept.
fn trust(class: CueClass, kind: ComplementKind) -> f32 {
    static TABLE: OnceLock<Vec<(CueClass, &'static str, f32)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../models/quote-trust.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(row)
            .collect()
    });
    let listed = |entry: &&(CueClass, &str, f32)| entry.0 == class && entry.1 == kind.name();
    table.iter().find(listed).map_or(0.0, |entry| entry.2)
}

fn row(line: &'static str) -> Option<(CueClass, &'static str, f32)> {
    let mut columns = line.split('\t');
    let class = CueClass::parse(columns.next()?)?;
    Some((class, columns.next()?, columns.next()?.parse().ok()?))
}
