//! Quotes - who said what, in which words.
//!
//! Takes an article with its sentences, tokens and (where there are any) trees and entities; gives quotes in the order of
//! the text, never overlapping. Words between quotation marks come first (`marks`, `group`), then told words, found
//! from a cue and the clause it governs. Nested quotes keep the outer one only: docs/decisions/nested-quotes.md tells why.

use std::collections::{BTreeMap, HashSet};

use twosource_model::{Analysis, Article, Quote, QuoteAct, QuoteKind, Relation, Span};

mod contenders;
mod context;
mod cue;
mod document;
mod flat;
mod group;
mod label;
mod logistic;
mod marked;
mod marks;
mod mixed;
mod offers;
mod resolve;
mod rest;
mod signature;
mod speaker;
mod subject;
mod told;
mod tree;
mod weights;
mod word_class;

#[cfg(test)]
mod tests;

use context::Context;
pub use cue::{Cue, CueClass, CueLexicon, CuePart};
use group::{Group, Side};
use logistic::Logistic;
use resolve::Resolver;
use speaker::SpeakerWords;
use told::Told;

/// Fills `analysis` with the quotes of `article`.
pub fn find_quotes(article: &Article, analysis: &mut Analysis) {
    let quotes = {
        let context = Context::of(article, analysis);
        let found = if context.tree.parsed {
            quotes_by_likelihood(&context)
        } else {
            quotes_by_marks(&context)
        };
        attribute(&context, found)
    };
    analysis.quotes = quotes;
}

/// A stretch of text that may be a quote, for learning which are. Not part of the stable interface.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Pieces of the text.
    pub content: Vec<Span>,
    /// Features that are on; [`QuoteModel::feature_name`] tells their names.
    pub features: Vec<u16>,
}

/// The models that say how likely a stretch of text is a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteModel {
    /// Told words beside a cue.
    Told,
    /// How much of what a cue most likely tells is anybody's words; learnt behind `Told`, whose choice it judges.
    Kept,
    /// Words between quotation marks.
    Marked,
    /// Who said something beside a cue.
    Speaker,
}

impl QuoteModel {
    fn model(self) -> &'static Logistic {
        match self {
            Self::Told => &weights::TOLD,
            Self::Kept => &weights::KEPT,
            Self::Marked => &marked::MARKED,
            Self::Speaker => &contenders::SPEAKERS,
        }
    }

    /// Number of features.
    #[must_use]
    pub fn feature_count(self) -> usize {
        self.model().feature_count()
    }

    /// Name of a feature: its block and its number there.
    #[must_use]
    pub fn feature_name(self, feature: usize) -> (&'static str, usize) {
        self.model().feature_name(feature)
    }

    /// Everything of an English text that this model judges, kept or not. Of the candidates that stand together one is
    /// taken at most; the first of several, without content and features, stands for none.
    #[must_use]
    pub fn choices(self, article: &Article, analysis: &Analysis) -> Vec<Vec<Candidate>> {
        let context = Context::of(article, analysis);
        if !context.tree.parsed {
            return Vec::new();
        }
        let offered = told::offered(&context);
        match self {
            Self::Told => offered
                .chunk_by(told::is_of_same_cue)
                .map(|of_cue| {
                    let offers = of_cue.iter().map(|offered| Candidate {
                        content: offered.content.clone(),
                        features: offered.features.clone(),
                    });
                    std::iter::once(Candidate::default()).chain(offers).collect()
                })
                .collect(),
            Self::Kept => told::best(&offered)
                .into_iter()
                .map(|(offered, overlap)| {
                    vec![Candidate {
                        content: offered.content.clone(),
                        features: weights::kept_features(&offered.features, overlap),
                    }]
                })
                .collect(),
            Self::Marked => marked::readings(&context, &offered)
                .into_iter()
                .map(|reading| {
                    vec![Candidate {
                        content: reading.found.content,
                        features: reading.features,
                    }]
                })
                .collect(),
            // what is right depends on the quote: see `contested_speakers`
            Self::Speaker => Vec::new(),
        }
    }
}

/// For each quote of an English text its content and everybody who may have said it, nobody first. For learning who did;
/// not part of the stable interface.
#[must_use]
pub fn contested_speakers(article: &Article, analysis: &Analysis) -> Vec<(Vec<Span>, Vec<Candidate>)> {
    let context = Context::of(article, analysis);
    if !context.tree.parsed {
        return Vec::new();
    }
    quotes_by_likelihood(&context)
        .into_iter()
        .filter_map(|quote| {
            let cue = quote.cue?;
            let ruled = speaker::speaker_of(&context, cue, &quote.content);
            let contenders = contenders::contenders(&context, cue, &quote, &ruled);
            let candidates = contenders.into_iter().map(|contender| Candidate {
                content: contender.words.pieces,
                features: contender.features,
            });
            Some((quote.content, candidates.collect()))
        })
        .collect()
}

/// A quote before its speaker is looked for.
#[derive(Debug, Clone)]
struct Found {
    content: Vec<Span>,
    cue: Option<usize>,
    kind: QuoteKind,
    rule: &'static str,
    /// Told words are a statement; `false` for what was only spoken of.
    states: bool,
    /// Who says so, where a label before the words tells.
    label: Option<SpeakerWords>,
}

impl Found {
    /// The runs of a group as they stand.
    fn marked(context: &Context<'_>, group: &Group) -> Self {
        Self {
            content: group.runs.iter().map(|r| context.runs[*r].inner).collect(),
            cue: group.cue.map(|c| c.token),
            kind: QuoteKind::Direct,
            rule: if group.runs.len() > 1 {
                "marks, joined"
            } else {
                "marks"
            },
            states: true,
            label: None,
        }
    }
}

/// Marked words of so many words are a quote without a cue too, where rules alone tell.
const BARE_WORDS: usize = 5;

/// The same where there is no tree to tell a clause with marked words in it; measured on corpora/quotes-de.
const FLAT_BARE_WORDS: usize = 3;

/// Quotes of a text without trees: marked words alone.
fn quotes_by_marks(context: &Context<'_>) -> Vec<Found> {
    group::group_runs(context)
        .into_iter()
        .filter_map(|group| {
            let last = context.runs[*group.runs.last()?].inner.of(context.text);
            let first = context.runs[*group.runs.first()?];
            let inner = last.trim_end_matches(|c: char| c.is_whitespace() || "'\"’”".contains(c));
            let closed_by_mark = inner.ends_with(['.', ',', '?', '!', '…', '—', '-']);
            let bare = is_bare_without_tree(context, &group, closed_by_mark) && !first.single;
            let keep = (is_led(context, &group) || bare) && !mixed::is_title(context, &group);
            keep.then(|| Found::marked(context, &group))
        })
        .collect()
}

/// Whether marked words without a cue beside them are somebody's words, where no tree tells. In German, which writes
/// nouns with capitals, marked words that begin small are no name.
fn is_bare_without_tree(context: &Context<'_>, group: &Group, closed_by_mark: bool) -> bool {
    if context.analysis.language.as_str() != "de" {
        return group.words >= FLAT_BARE_WORDS;
    }
    let first = context.runs[group.runs[0]].inner;
    let words = first.of(context.text);
    if words.contains('.') && !words.contains(' ') {
        return false;
    }
    if !words.starts_with(char::is_lowercase) {
        return group.words
            >= if closed_by_mark {
                BARE_WORDS
            } else {
                CAPITAL_BARE_WORDS
            }
            || is_called(context, first)
            || (group.words >= FLAT_BARE_WORDS && holds_pronoun(context, first));
    }
    group.words >= SMALL_BARE_WORDS || sentence_has_cue(context, first, |_| true)
}

/// Whether a run holds a personal pronoun: a sentence, no name.
fn holds_pronoun(context: &Context<'_>, run: Span) -> bool {
    context
        .analysis
        .tokens_in(run)
        .any(|t| context.lexicon.pronoun(&context.word(t).to_lowercase()).is_some())
}

/// Whether a German run is what something is called: "bezeichnete den Plan als „Unsinn“".
fn is_called(context: &Context<'_>, run: Span) -> bool {
    let token = context.analysis.tokens_in(run).start;
    let before = token.checked_sub(2).filter(|_| !context.tree.parsed);
    before.is_some_and(|t| {
        ["als", "ein", "eine", "einen"]
            .iter()
            .any(|word| context.is(t, word))
    }) && sentence_has_cue(context, run, |class| class == CueClass::Call)
}

/// Whether the sentence around a run has a cue of a class outside marks.
fn sentence_has_cue(context: &Context<'_>, run: Span, fits: fn(CueClass) -> bool) -> bool {
    let token = context.analysis.tokens_in(run).start;
    let Some(sentence) = context.analysis.sentences.get(context.sentence_of(token)) else {
        return false;
    };
    sentence
        .tokens()
        .any(|t| context.run_of(t).is_none() && context.cue(t).is_some_and(|cue| fits(cue.class)))
}

/// German words in marks that begin small and have no cue are a quote from this many on; measured on corpora/quotes-de.
const SMALL_BARE_WORDS: usize = 2;
/// The same for those that begin with a capital and no full stop closes; fewer are names and titles.
const CAPITAL_BARE_WORDS: usize = 8;

/// A reading of a stretch of the text as a quote, with how likely it is one.
struct Reading {
    found: Found,
    trust: f32,
    told: bool,
}

/// The quotes of a text with trees: of all readings of marked words and of all that cues offer, the likeliest that do
/// not overlap.
fn quotes_by_likelihood(context: &Context<'_>) -> Vec<Found> {
    let offered = told::offered(context);
    let marked = marked::readings(context, &offered)
        .into_iter()
        .filter_map(|reading| {
            let trust = marked::MARKED.likelihood(&reading.features);
            (trust >= reading.keep()).then_some(Reading {
                found: reading.found,
                trust,
                told: false,
            })
        });
    let marked: Vec<Reading> = marked.collect();
    let told = told::likely(&offered)
        .into_iter()
        .filter_map(|told| told_reading(context, told))
        .map(|told| behind_marked_words(told, &marked));
    let labelled = label::labelled(context).into_iter().map(|labelled| Reading {
        found: labelled.found,
        trust: labelled.trust,
        told: true,
    });
    let mut readings: Vec<Reading> = told.chain(labelled).collect();
    readings.extend(marked);
    readings.sort_by(|a, b| {
        b.trust
            .total_cmp(&a.trust)
            .then_with(|| a.found.content[0].cmp(&b.found.content[0]))
    });
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut cues: HashSet<usize> = HashSet::new();
    let mut kept = Vec::new();
    for reading in readings {
        // the cue has its words already: what else stands beside it is the outlet's
        let used = reading.told && reading.found.cue.is_some_and(|cue| cues.contains(&cue));
        if used || reading.found.content.iter().any(|piece| overlaps(&taken, *piece)) {
            continue;
        }
        taken.extend(
            reading
                .found
                .content
                .iter()
                .map(|piece| (piece.start(), piece.end())),
        );
        cues.extend(reading.found.cue);
        kept.push(reading.found);
    }
    kept.sort_by_key(|found| found.content[0]);
    kept
}

/// Told words are tried behind marked words beside them that have the same cue.
fn behind_marked_words(mut told: Reading, marked: &[Reading]) -> Reading {
    let apart = |other: &&Reading| {
        let (ours, theirs) = (&told.found.content, &other.found.content);
        other.found.cue == told.found.cue && !ours.iter().any(|a| theirs.iter().any(|b| a.overlaps(*b)))
    };
    let most = marked.iter().filter(apart).map(|other| other.trust * BEHIND);
    told.trust = most.fold(told.trust, f32::min);
    told
}

/// What is left of the trust of marked words for told words beside them.
const BEHIND: f32 = 0.99;

fn told_reading(context: &Context<'_>, told: Told) -> Option<Reading> {
    if begins_with_title(context, &told.content) {
        return None;
    }
    let states = told::is_statement(context, told.cue, told.kind, &told.tokens);
    let mut content = told.content;
    close_marks(context, &mut content);
    let kind = if let Some(words) = all_marked(context, &content) {
        content = vec![words];
        QuoteKind::Direct
    } else if marked_bytes(context, &content) == 0 {
        QuoteKind::Indirect
    } else {
        QuoteKind::Mixed
    };
    Some(Reading {
        found: Found {
            content,
            cue: Some(told.cue),
            kind,
            rule: told.kind.name(),
            states,
            label: None,
        },
        trust: told.trust,
        told: true,
    })
}

/// Whether a piece overlaps one of the pieces that are `taken`, which never overlap each other.
fn overlaps(taken: &BTreeMap<usize, usize>, piece: Span) -> bool {
    taken
        .range(..piece.end())
        .next_back()
        .is_some_and(|(_, end)| *end > piece.start())
}

/// Whether told words begin with a title between marks, all its longer words with capitals ("sang “Long Way Home” twice").
fn begins_with_title(context: &Context<'_>, content: &[Span]) -> bool {
    let Some(first) = content.first() else {
        return false;
    };
    let at = context
        .runs
        .partition_point(|run| run.outer.end() <= first.start());
    context.runs.get(at).is_some_and(|run| {
        let words = run.inner.of(context.text);
        let mut long = words
            .split_whitespace()
            .filter(|word| word.chars().count() >= TITLE_LETTERS)
            .peekable();
        run.outer.start() <= first.start()
            && long.peek().is_some()
            && long.all(|word| word.starts_with(char::is_uppercase))
            && words.contains(' ')
            && !words.ends_with(['.', ',', '!', '?'])
    })
}

/// Words of a title from this many letters on begin with a capital.
const TITLE_LETTERS: usize = 4;

/// Takes content that ends between two marks on to the closing one: the quote goes on over the end of its sentence.
fn close_marks(context: &Context<'_>, content: &mut [Span]) {
    let Some(last) = content.last_mut() else { return };
    let at = context.runs.partition_point(|run| run.outer.end() <= last.end());
    if let Some(run) = context.runs.get(at)
        && last.overlaps(run.inner)
        && last.start() <= run.inner.start()
    {
        *last = last.hull(run.inner);
    }
}

/// The words between the marks that all of `content` stands in, from the first of them to the last.
fn all_marked(context: &Context<'_>, content: &[Span]) -> Option<Span> {
    let [piece] = content else { return None };
    let at = context
        .runs
        .partition_point(|run| run.outer.end() <= piece.start());
    let run = context.runs.get(at)?;
    (piece.covers(run.inner) && run.outer.covers(*piece)).then_some(run.inner)
}

/// The pieces with the mark behind them that closes marked words inside, and the one before them that opens those.
fn with_closing_marks(context: &Context<'_>, content: Vec<Span>) -> Vec<Span> {
    let whole = |piece: Span| {
        let from = context
            .runs
            .partition_point(|run| run.outer.end() <= piece.start());
        let runs = context.runs[from..]
            .iter()
            .take_while(|run| run.outer.start() < piece.end());
        runs.filter(|run| piece.covers(run.inner) && piece != run.inner)
            .fold(piece, |whole, run| whole.hull(run.outer))
    };
    content.into_iter().map(whole).collect()
}

/// Bytes of `content` that stand between quotation marks.
fn marked_bytes(context: &Context<'_>, content: &[Span]) -> usize {
    content
        .iter()
        .flat_map(|piece| {
            let from = context
                .runs
                .partition_point(|run| run.outer.end() <= piece.start());
            context.runs[from..]
                .iter()
                .take_while(|run| run.outer.start() < piece.end())
                .filter_map(|run| run.inner.intersection(*piece))
        })
        .map(Span::len)
        .sum()
}

/// Whether a cue leads into the run by a comma or colon, or follows it.
fn is_led(context: &Context<'_>, group: &Group) -> bool {
    let Some(cue) = group.cue else { return false };
    let first = context.runs[group.runs[0]];
    match cue.side {
        Side::After | Side::Above => true,
        Side::Before => {
            let lead = context.text[..first.outer.start()].trim_end();
            let calls = context.cue(cue.token).is_some_and(|c| c.class == CueClass::Call)
                && context
                    .tree
                    .child(context.tokens, cue.token, Relation::Obj)
                    .is_some();
            lead.ends_with(':') || (lead.ends_with(',') && group.words > 2) || calls
        }
    }
}

/// Gives each quote its speaker.
fn attribute(context: &Context<'_>, found: Vec<Found>) -> Vec<Quote> {
    let mut resolver = Resolver::of(context);
    let mut last: Option<(u32, SpeakerWords)> = None;
    let mut quotes = Vec::with_capacity(found.len());
    for quote in found {
        let paragraph = context
            .article
            .paragraphs
            .partition_point(|p| p.span.end() <= quote.content[0].start()) as u32;
        let mut speaker = quote
            .cue
            .map(|cue| speaker_beside(context, cue, &quote))
            .unwrap_or_default();
        if speaker.pieces.is_empty() && quote.cue.is_none() {
            speaker = quote
                .label
                .clone()
                .or_else(|| signature::signed_by(context, &quote.content, paragraph as usize))
                .or_else(|| signature::labelled_by(context, &quote.content))
                .unwrap_or_default();
        }
        let mut rules = vec![quote.rule.to_owned()];
        let mut entity = None;
        let goes_on = last.as_ref().is_some_and(|(at, _)| {
            *at == paragraph || (quote.kind == QuoteKind::Direct && *at + 1 == paragraph)
        });
        if speaker.pieces.is_empty()
            && context.tree.parsed
            && quote.cue.is_none()
            && !goes_on
            && let Some(found) = subject::lead_subject(
                context,
                quote.content[0],
                context.article.paragraphs[paragraph as usize].span,
            )
        {
            speaker = found;
        }
        if speaker.pieces.is_empty() {
            if let Some((at, before)) = &last
                && quote.kind != QuoteKind::Indirect
                && (*at == paragraph || *at + 1 == paragraph)
            {
                if *at == paragraph {
                    speaker = before.clone();
                }
                entity = resolver.last();
                rules.push("speaker goes on".to_owned());
            }
        } else {
            rules.push(speaker.rule.to_owned());
            if let Some((found, rule)) = resolver.resolve(context, &speaker, quote.content[0].start()) {
                entity = Some(found);
                rules.push(rule.to_owned());
            }
            last = Some((paragraph, speaker.clone()));
        }
        resolver.pass(&quote.content);
        let act = act(context, &quote);
        quotes.push(Quote {
            content: with_closing_marks(context, quote.content),
            cue: quote.cue.map(|c| context.tokens[c].span).into_iter().collect(),
            speaker: speaker.pieces,
            speaker_entity: entity,
            addressee: quote.cue.and_then(|cue| addressee(context, cue)),
            medium: quote.cue.and_then(|cue| medium(context, cue)),
            kind: quote.kind,
            act,
            rules,
        });
    }
    quotes
}

/// The speaker of a quote's cue: what the rules take, or whoever the model finds likelier.
fn speaker_beside(context: &Context<'_>, cue: usize, quote: &Found) -> SpeakerWords {
    let ruled = speaker::speaker_of(context, cue, &quote.content);
    if context.tree.parsed {
        contenders::likeliest(context, cue, quote, ruled)
    } else {
        ruled
    }
}

/// Speech, belief or document, by the class of the cue; marked words are always somebody's.
fn act(context: &Context<'_>, quote: &Found) -> QuoteAct {
    let told = quote.kind == QuoteKind::Indirect;
    match quote
        .cue
        .and_then(|cue| context.telling(cue))
        .map(|cue| cue.class)
    {
        Some(CueClass::Think | CueClass::Want | CueClass::Feel | CueClass::Know) if told => QuoteAct::Belief,
        Some(CueClass::Show) => QuoteAct::Document,
        _ if told && !quote.states => QuoteAct::Topic,
        _ => QuoteAct::Speech,
    }
}

/// Who was spoken to: the object of telling, asking and urging.
fn addressee(context: &Context<'_>, cue: usize) -> Option<Span> {
    let class = context.cue(cue)?.class;
    let takes = matches!(class, CueClass::Tell | CueClass::Ask | CueClass::Urge);
    let object = context.tree.children(cue).find(|c| {
        *c > cue
            && matches!(context.tokens[*c].relation, Relation::Obj | Relation::Iobj)
            && speaker::is_animate(context, *c)
    });
    // up to its head: what hangs behind it may tell when or where
    let head = object.filter(|_| takes)?;
    let (from, _) = context.tree.phrase(context.tokens, head);
    Some(tree::span_of(context.tokens, from, head))
}

/// Heads of phrases that name a channel.
const CHANNELS: [&str; 26] = [
    "twitter",
    "facebook",
    "instagram",
    "telegram",
    "statement",
    "interview",
    "letter",
    "email",
    "e-mail",
    "tweet",
    "post",
    "conference",
    "briefing",
    "speech",
    "broadcast",
    "radio",
    "television",
    "tv",
    "blog",
    "article",
    "memo",
    "report",
    "message",
    "video",
    "x",
    "testimony",
];

/// Through what it was said: "on Twitter", "in a statement".
fn medium(context: &Context<'_>, cue: usize) -> Option<Span> {
    let channel = context.tree.children(cue).find(|c| {
        context.tokens[*c].relation.is(Relation::Obl)
            && CHANNELS.contains(&context.tokens[*c].lemma.to_lowercase().as_str())
    })?;
    let (from, to) = context.tree.phrase(context.tokens, channel);
    Some(tree::span_of(context.tokens, from, to))
}
