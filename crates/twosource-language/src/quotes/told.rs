//! Told words: what a cue's clause or phrase says, found over the trees.
//!
//! Each cue offers the complements its verb or noun has; how far each kind of complement is what was said depends on the
//! class of the cue. The weights of `weights.rs` hold that as numbers; nothing in them is a word.

use twosource_model::{Relation, Span, Upos, Xpos};

use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::offers::{Offer, offers_of};
use super::subject::is_time;
use super::tree::{is_verbal, span_of};
use super::weights;

/// Words that a cue lays to somebody.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// The cue.
    pub cue: usize,
    /// Pieces of the text, in order.
    pub content: Vec<Span>,
    /// Their tokens, ends included.
    pub tokens: Vec<(usize, usize)>,
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
    /// Words behind the cue that the tree hangs elsewhere.
    Loose,
    /// "claims of fraud"
    NounPhrase,
}

impl ComplementKind {
    /// Number of kinds.
    pub const COUNT: u16 = 10;

    const ALL: [Self; Self::COUNT as usize] = [
        Self::Clause,
        Self::Around,
        Self::Infinitive,
        Self::Object,
        Self::Phrase,
        Self::Source,
        Self::NounClause,
        Self::As,
        Self::Loose,
        Self::NounPhrase,
    ];

    /// The kind whose rule has this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

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
            Self::Loose => "told behind the cue",
            Self::NounPhrase => "told by a noun's phrase",
        }
    }
}

/// The best offers of each cue, best first; they may overlap.
pub(super) fn likely(offered: &[Offered]) -> Vec<Told> {
    let mut told = Vec::new();
    for of_cue in offered.chunk_by(is_of_same_cue) {
        let mut most = 1.0f32;
        for (offered, share, overlap) in by_share(of_cue).into_iter().take(TRIED) {
            let said = || weights::KEPT.likelihood(&weights::kept_features(&offered.features, overlap));
            if overlap < KEEP || said() < KEEP_SAID {
                continue;
            }
            // a likelier offer goes first, however much the others share with this one
            most = most.min((share + overlap) / 2.0);
            told.push(Told {
                cue: offered.offer.cue,
                content: offered.content.clone(),
                tokens: offered.offer.pieces.clone(),
                kind: offered.offer.kind,
                trust: most,
            });
        }
    }
    told
}

/// The best offer of each cue with what is expected of its overlap with what was said.
pub(super) fn best(offered: &[Offered]) -> Vec<(&Offered, f32)> {
    let of_cues = offered.chunk_by(is_of_same_cue);
    let best = of_cues.filter_map(|of_cue| by_share(of_cue).into_iter().next());
    best.map(|(offered, _, overlap)| (offered, overlap)).collect()
}

/// The offers of one cue, the likeliest first, with how likely each is what was said and its expected overlap with that.
fn by_share(of_cue: &[Offered]) -> Vec<(&Offered, f32, f32)> {
    let features: Vec<&[u16]> = of_cue.iter().map(|offered| offered.features.as_slice()).collect();
    let shares = weights::TOLD.shares(&features);
    let mut offers: Vec<(&Offered, f32, f32)> = of_cue
        .iter()
        .zip(&shares)
        .map(|(offered, share)| (offered, *share, expected_overlap(offered, of_cue, &shares)))
        .collect();
    offers.sort_by(|a, b| b.1.total_cmp(&a.1));
    offers
}

/// How much an offer is expected to share with what was said: its overlap with each offer of its cue, by how likely that
/// one is. Where it is unclear which end is right, a middle one loses least.
fn expected_overlap(offered: &Offered, of_cue: &[Offered], shares: &[f32]) -> f32 {
    of_cue
        .iter()
        .zip(shares)
        .map(|(other, share)| share * overlap(&offered.offer.pieces, &other.offer.pieces))
        .sum()
}

/// Shared tokens over all tokens.
fn overlap(one: &[(usize, usize)], other: &[(usize, usize)]) -> f32 {
    let length = |pieces: &[(usize, usize)]| pieces.iter().map(|(from, to)| to + 1 - from).sum::<usize>();
    let shared: usize = one
        .iter()
        .flat_map(|a| {
            other
                .iter()
                .map(move |b| (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0)))
        })
        .sum();
    shared as f32 / (length(one) + length(other) - shared).max(1) as f32
}

/// Whether two offers stand beside one cue: at most one of them is what was said.
pub(super) fn is_of_same_cue(one: &Offered, other: &Offered) -> bool {
    one.offer.cue == other.offer.cue
}

/// Longest sentence whose cues are read, in tokens.
const SENTENCE_WORDS: usize = 400;

/// How many offers of one cue are tried where better ones overlap with other quotes.
const TRIED: usize = 3;

/// What a cue offers as told words.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub offer: Offer,
    /// Its pieces of the text.
    pub content: Vec<Span>,
    /// Features that are on.
    pub features: Vec<u16>,
}

/// The offers of all cues, in the order of the cues; none where there are no trees.
pub(super) fn offered(context: &Context<'_>) -> Vec<Offered> {
    if !context.tree.parsed {
        return Vec::new();
    }
    (0..context.tokens.len())
        .flat_map(|token| offered_by(context, token))
        .collect()
}

/// The offers of the cue at `token` with their bytes and features.
fn offered_by(context: &Context<'_>, token: usize) -> Vec<Offered> {
    if context.telling(token).is_none() || context.run_of(token).is_some() {
        return Vec::new();
    }
    // each offer reads its words: without full stops that would grow with the square of the text
    let sentence = &context.analysis.sentences[context.sentence_of(token)];
    if sentence.tokens().len() > SENTENCE_WORDS {
        return Vec::new();
    }
    let mut weighed: Vec<Offered> = Vec::new();
    for mut offer in offers_of(context, token) {
        let mut own_words = false;
        offer.pieces = offer
            .pieces
            .into_iter()
            .map(|(from, to)| {
                (
                    behind_the_day(context, token, from),
                    before_next_speaker(context, from, to),
                )
            })
            .map(|(from, to)| {
                let own = own_words_from(context, from, to);
                own_words |= own.is_some();
                (from, own.map_or(to, |own| own - 1))
            })
            .map(|(from, to)| {
                (
                    from,
                    other_speaker_from(context, token, from, to).map_or(to, |t| t - 1),
                )
            })
            .map(|(from, to)| (from, source_from(context, token, from, to).map_or(to, |t| t - 1)))
            .filter_map(|(from, to)| trimmed(context, from, to))
            .collect();
        if offer.pieces.is_empty() || names_a_speaker_only(context, token, &offer.pieces) {
            continue;
        }
        let content: Vec<Span> = offer
            .pieces
            .iter()
            .map(|(from, to)| span_of(context.tokens, *from, *to))
            .collect();
        if weighed.iter().any(|other| other.content == content) {
            continue;
        }
        let held = holds_other_act(context, token, &content);
        // the outlet's own words behind the told ones are no reason to doubt that these end there
        let last = offer.pieces[offer.pieces.len() - 1].1;
        let read_to = if own_words {
            last_word_of(context, sentence.tokens())
        } else {
            last
        };
        let features = weights::features(context, &offer, held, read_to);
        weighed.push(Offered {
            offer,
            content,
            features,
        });
    }
    weighed
}

/// Whether a stretch only says who spoke, and when: "the Herald reported on Monday" is what nobody said.
fn names_a_speaker_only(context: &Context<'_>, cue: usize, pieces: &[(usize, usize)]) -> bool {
    let [(from, to)] = *pieces else { return false };
    // "the tank was leaking, the Herald reported": what leaks may be a word
    let leaks = context.tokens[cue].xpos == Xpos::Vbg && context.is_punctuation(cue + 1);
    let says = |t: &usize| {
        let other = context.cue(*t).filter(|c| *t != cue && c.part == CuePart::Verb);
        let reports =
            || leaks && context.tokens[*t].lemma == "report" && context.tokens[*t - 1].upos == Upos::Propn;
        other.is_some_and(|c| c.class == CueClass::Say || reports()) && weights::is_finite(context, *t)
    };
    let Some(verb) = (from + 1..=to.min(from + NAME_REACH)).find(says) else {
        return false;
    };
    let names = |t: usize| {
        matches!(
            context.tokens[t].upos,
            Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Pron
        )
    };
    let when = |t: usize| is_time(context, t) || context.tokens[t].upos == Upos::Adp;
    (from..verb).all(names) && (verb + 1..=to).all(when)
}

/// Last token of a sentence that is no punctuation.
fn last_word_of(context: &Context<'_>, sentence: std::ops::Range<usize>) -> usize {
    let first = sentence.start;
    sentence
        .rev()
        .find(|t| !context.is_punctuation(*t))
        .unwrap_or(first)
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

/// Where somebody else begins to speak behind a comma: "X said it was late, spokeswoman Ann Lee said it was cold".
fn other_speaker_from(context: &Context<'_>, cue: usize, from: usize, to: usize) -> Option<usize> {
    (from + 3..=to).find_map(|t| {
        let says = t != cue
            && context.run_of(t).is_none()
            && is_verbal(&context.tokens[t])
            && context
                .cue(t)
                .is_some_and(|c| c.part == CuePart::Verb && c.class == CueClass::Say);
        if !says || context.tokens[t - 1].upos != Upos::Propn {
            return None;
        }
        let named = (from..t).rev().take(NAME_REACH).take_while(|t| {
            matches!(
                context.tokens[*t].upos,
                Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj
            )
        });
        let first = named.last()?;
        (first > from + 1 && context.word(first - 1) == ",").then(|| first - 1)
    })
}

/// The words of a token range without punctuation and conjunctions at their ends.
fn trimmed(context: &Context<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let (mut from, mut to) = (from, to);
    let outer =
        |token: usize| context.is_punctuation(token) && !matches!(context.word(token), "$" | "%" | "#");
    while from <= to && (outer(from) || context.tokens[from].upos == Upos::Cconj) {
        from += 1;
    }
    while to > from && outer(to) {
        to -= 1;
    }
    (from <= to && !outer(to)).then_some((from, to))
}

/// Whether the words hold a speech act of their own behind a comma (", the spokeswoman said that"): the tree has run two
/// clauses together.
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

/// Where a source is named behind a comma, or a marked clause with a verb of its own begins behind "and": "X asked Y to
/// leave, and “the talks are under way”, according to Z" has all but the leaving from Z.
fn source_from(context: &Context<'_>, cue: usize, from: usize, to: usize) -> Option<usize> {
    (from + 1..=to).find(|t| {
        let source = context.word(t - 1) == ","
            && context.run_of(*t).is_none()
            && context.cue(*t).is_some_and(|c| c.part == CuePart::Source);
        let conjunction = context.tokens[t - 1].upos == Upos::Cconj && context.run_of(t - 1).is_none();
        let run = context.run_of(*t).filter(|_| conjunction);
        let clause = run.is_some_and(|run| {
            let mut words = context.analysis.tokens_in(context.runs[run].inner);
            words.any(|t| weights::is_finite(context, t))
                && is_sourced(context, context.runs[run].outer.end())
        });
        *t != cue && (source || clause)
    })
}

/// Whether a source is named right behind a comma there.
fn is_sourced(context: &Context<'_>, at: usize) -> bool {
    let behind = context.tokens.partition_point(|t| t.span.start() < at);
    (behind..context.tokens.len().min(behind + 3))
        .any(|t| context.cue(t).is_some_and(|c| c.part == CuePart::Source))
}

/// Where a clause stops being what was said: "said he was glad after boasting that" goes on with the outlet's own words.
fn own_words_from(context: &Context<'_>, from: usize, to: usize) -> Option<usize> {
    (from + 2..to).find(|t| {
        ["after", "before", "while"].iter().any(|w| context.is(*t, w))
            && context.run_of(*t).is_none()
            && context.tokens[t + 1].xpos == Xpos::Vbg
            && context.cue(t + 1).is_some()
    })
}

/// Whether told words state something: a clause of their own, or what somebody promises, denies or demands to do.
pub(super) fn is_statement(
    context: &Context<'_>,
    cue: usize,
    kind: ComplementKind,
    pieces: &[(usize, usize)],
) -> bool {
    let clause = !matches!(
        kind,
        ComplementKind::Object | ComplementKind::Phrase | ComplementKind::NounPhrase
    );
    let finite = pieces
        .iter()
        .any(|(from, to)| (*from..=*to).any(|t| weights::is_finite(context, t)));
    let binds = context.telling(cue).is_some_and(|cue| {
        matches!(
            cue.class,
            CueClass::Promise
                | CueClass::Deny
                | CueClass::Claim
                | CueClass::Announce
                | CueClass::Urge
                | CueClass::Agree
        )
    });
    let infinitive = kind == ComplementKind::Infinitive;
    // "said talks had begun", whatever the tree makes of the talks
    let says = context
        .cue(cue)
        .is_some_and(|cue| matches!(cue.class, CueClass::Say | CueClass::Tell));
    let clausal = kind == ComplementKind::Object
        && says
        && pieces.iter().any(|(from, to)| {
            (*from..=*to)
                .any(|t| weights::is_finite(context, t) && context.tokens[t].relation != Relation::AclRelcl)
        });
    (clause && finite && !infinitive) || (infinitive && binds) || clausal
}

/// Told words are kept from this expected overlap with what was said on, and where so much of them is expected to be
/// anybody's words; both by five folds over the reports of the pack quotes.
const KEEP: f32 = 0.18;
const KEEP_SAID: f32 = 0.50;
