//! Quotes - who said what, in which words.
//!
//! Takes an article with its sentences, tokens and (where there are any) trees and entities; gives quotes in the order of
//! the text, never overlapping. Words between quotation marks come first (`marks`, `group`), then told words, found
//! from a cue and the clause it governs. Nested quotes keep the outer one only: docs/decisions/nested-quotes.md tells why.

use std::collections::HashSet;

use twosource_model::{Analysis, Article, Quote, QuoteAct, QuoteKind, Relation, Span};

mod context;
mod cue;
mod group;
mod marks;
mod mixed;
mod offers;
mod resolve;
mod speaker;
mod subject;
mod told;
mod tree;
mod weights;
mod word_class;

#[cfg(test)]
mod tests;

pub use cue::{Cue, CueClass, CueLexicon, CuePart};
pub use weights::{FEATURE_COUNT, feature_name};

use context::Context;
use group::{Group, Side};
use resolve::Resolver;
use speaker::SpeakerWords;

/// Fills `analysis` with the quotes of `article`.
pub fn find_quotes(article: &Article, analysis: &mut Analysis) {
    let quotes = {
        let context = Context::of(article, analysis);
        attribute(&context, with_told(&context, direct_quotes(&context)))
    };
    analysis.quotes = quotes;
}

/// An offer of a cue, for learning which of them is what was said. Not part of the stable interface.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The cue.
    pub cue: Span,
    /// Kind of complement.
    pub kind: &'static str,
    /// Pieces of the text.
    pub content: Vec<Span>,
    /// Features that are on; [`feature_name`] tells their names.
    pub features: Vec<u16>,
}

/// Every offer of every cue of the text, kept or not.
#[must_use]
pub fn candidates(article: &Article, analysis: &Analysis) -> Vec<Candidate> {
    let context = Context::of(article, analysis);
    if !context.tree.parsed {
        return Vec::new();
    }
    (0..context.tokens.len())
        .flat_map(|token| told::weighed(&context, token))
        .map(|(offer, content, features)| Candidate {
            cue: context.tokens[offer.cue].span,
            kind: offer.kind.name(),
            content,
            features,
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
}

/// Marked words without a cue are a quote from this many words on; shorter ones are scare quotes and titles.
const BARE_WORDS: usize = 5;

/// The same where there is no tree to tell a clause with marked words in it; measured on corpora/quotes-de.
const FLAT_BARE_WORDS: usize = 3;

fn direct_quotes(context: &Context<'_>) -> Vec<Found> {
    group::group_runs(context)
        .into_iter()
        .filter_map(|group| {
            let last = context.runs[*group.runs.last()?].inner.of(context.text);
            let first = context.runs[*group.runs.first()?];
            let inner = last.trim_end_matches(|c: char| c.is_whitespace() || "'\"’”".contains(c));
            let closed_by_mark = inner.ends_with(['.', ',', '?', '!', '…', '—', '-']);
            let spoken = is_led(context, &group);
            let bare = if context.tree.parsed {
                group.words >= BARE_WORDS && closed_by_mark
            } else {
                is_bare_without_tree(context, &group, closed_by_mark)
            };
            let keep = spoken || (bare && !first.single);
            if mixed::is_title(context, &group) {
                return None;
            }
            if keep && let Some(mixed) = mixed::mixed_quote(context, &group) {
                return Some(mixed);
            }
            keep.then(|| Found {
                content: group.runs.iter().map(|r| context.runs[*r].inner).collect(),
                cue: group.cue.map(|c| c.token),
                kind: QuoteKind::Direct,
                rule: if group.runs.len() > 1 {
                    "marks, joined"
                } else {
                    "marks"
                },
                states: true,
            })
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

/// The quotes in marks together with the told ones: a told clause that holds marked words is one mixed quote.
fn with_told(context: &Context<'_>, direct: Vec<Found>) -> Vec<Found> {
    let mut told = told::find_told(context);
    told.sort_by(|a, b| {
        b.trust
            .total_cmp(&a.trust)
            .then_with(|| a.content[0].cmp(&b.content[0]))
    });
    let mut taken: Vec<(Span, usize)> = Vec::new();
    let mut used: HashSet<usize> = HashSet::new();
    let mut kept: Vec<Option<Found>> = direct.into_iter().map(Some).collect();
    for (at, found) in kept.iter().enumerate() {
        taken.extend(
            found
                .iter()
                .flat_map(|f| f.content.iter().map(|piece| (*piece, at))),
        );
    }
    taken.sort();
    for mut candidate in told {
        if begins_with_title(context, &candidate.content) {
            continue;
        }
        close_marks(context, &mut candidate.content);
        // the cue has its words in marks elsewhere: what stands around them is the outlet's
        let elsewhere = kept.iter().flatten().any(|found| {
            found.kind != QuoteKind::Indirect
                && found.cue == Some(candidate.cue)
                && !found
                    .content
                    .iter()
                    .any(|piece| candidate.content.iter().any(|c| c.overlaps(*piece)))
        });
        if elsewhere {
            continue;
        }
        if used.contains(&candidate.cue) {
            continue;
        }
        let overlapped = overlapping(&taken, &candidate.content);
        let mut merged = Vec::new();
        let fits = overlapped.iter().all(|at| {
            let Some(found) = &kept[*at] else { return true };
            let inside = found
                .content
                .iter()
                .all(|piece| candidate.content.iter().any(|c| c.covers(*piece)));
            // the cue beside the marks may itself be told: "said he felt “fine”"
            let nested = found.cue.is_some_and(|cue| {
                candidate
                    .content
                    .iter()
                    .any(|piece| piece.covers(context.tokens[cue].span))
            });
            let own = found.kind != QuoteKind::Indirect
                && (found.cue.is_none()
                    || found.cue == Some(candidate.cue)
                    || (nested && candidate.trust >= SURE));
            if inside && own {
                merged.push(*at);
            }
            inside && own
        });
        if !fits {
            continue;
        }
        let marked = marked_bytes(context, &candidate.content);
        let all: usize = candidate.content.iter().map(|piece| piece.len()).sum();
        // the marks hold nearly everything: the quote in marks stands as it is
        if marked * 10 >= all * 9 && !merged.is_empty() && candidate.trust < SURE {
            continue;
        }
        for at in merged {
            kept[at] = None;
        }
        used.insert(candidate.cue);
        let kind = if marked == 0 {
            QuoteKind::Indirect
        } else {
            QuoteKind::Mixed
        };
        let at = kept.len();
        let place = taken.partition_point(|(span, _)| *span < candidate.content[0]);
        taken.splice(place..place, candidate.content.iter().map(|piece| (*piece, at)));
        kept.push(Some(Found {
            content: candidate.content,
            cue: Some(candidate.cue),
            kind,
            rule: candidate.kind.name(),
            states: told::is_statement(context, candidate.cue, candidate.kind, &candidate.tokens),
        }));
    }
    let mut found: Vec<Found> = kept.into_iter().flatten().collect();
    found.sort_by_key(|f| f.content[0]);
    found
}

/// Trust from which told words take marked ones over from a cue inside them, and add their few words to them.
const SURE: f32 = 0.6;

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

/// Indexes of the quotes whose content overlaps `content`; `taken` is sorted.
fn overlapping(taken: &[(Span, usize)], content: &[Span]) -> Vec<usize> {
    let mut found = Vec::new();
    for piece in content {
        // pieces of quotes never overlap but may be replaced by longer ones that cover them: look back a little further
        let until = taken.partition_point(|(span, _)| span.start() < piece.end());
        found.extend(
            taken[..until]
                .iter()
                .rev()
                .take(LOOK_BACK)
                .filter(|(span, _)| span.overlaps(*piece))
                .map(|t| t.1),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many pieces before a place may reach into it.
const LOOK_BACK: usize = 64;

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
            .map(|cue| speaker::speaker_of(context, cue, &quote.content))
            .unwrap_or_default();
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
        let act = act(context, &quote);
        quotes.push(Quote {
            content: quote.content,
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

/// Speech, belief or document, by the class of the cue; marked words are always somebody's.
fn act(context: &Context<'_>, quote: &Found) -> QuoteAct {
    let told = quote.kind == QuoteKind::Indirect;
    match quote.cue.and_then(|cue| context.cue(cue)).map(|cue| cue.class) {
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
