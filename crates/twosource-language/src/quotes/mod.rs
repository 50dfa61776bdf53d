//! Quotes - who said what, in which words.
//!
//! Takes an article with its sentences, tokens and (where there are any) trees and entities; gives quotes in the order of
//! the text, never overlapping. Words between quotation marks come first ([`marks`], [`group`]), then told words, found
//! from a cue and the clause it governs. Nested quotes keep the outer one only: docs/decisions/nested-quotes.md tells why.

use twosource_model::{Analysis, Article, Quote, QuoteAct, QuoteKind, Span};

mod context;
mod cue;
mod group;
mod marks;
mod resolve;
mod speaker;
mod tree;
mod word_class;

pub use cue::{Cue, CueClass, CueLexicon, CuePart};

use context::Context;
use group::{Group, Side};
use resolve::Resolver;
use speaker::SpeakerWords;

/// Fills `analysis` with the quotes of `article`.
pub fn find_quotes(article: &Article, analysis: &mut Analysis) {
    let quotes = {
        let context = Context::of(article, analysis);
        attribute(&context, direct_quotes(&context))
    };
    analysis.quotes = quotes;
}

/// A quote before its speaker is looked for.
#[derive(Debug, Clone)]
struct Found {
    content: Vec<Span>,
    cue: Option<usize>,
    above: bool,
    kind: QuoteKind,
    rule: &'static str,
}

/// Marked words without a cue are a quote from this many words on; shorter ones are scare quotes and titles.
const BARE_WORDS: usize = 5;

fn direct_quotes(context: &Context<'_>) -> Vec<Found> {
    group::group_runs(context)
        .into_iter()
        .filter_map(|group| {
            let last = context.runs[*group.runs.last()?].inner.of(context.text);
            let first = context.runs[*group.runs.first()?];
            let closed_by_mark = last.ends_with(['.', ',', '?', '!', '…', '—', '-']);
            let spoken = is_led(context, &group);
            let keep = spoken || (group.words >= BARE_WORDS && closed_by_mark && !first.single);
            keep.then(|| Found {
                content: group.runs.iter().map(|r| context.runs[*r].inner).collect(),
                cue: group.cue.map(|c| c.token),
                above: group.cue.is_some_and(|c| c.side == Side::Above),
                kind: QuoteKind::Direct,
                rule: if group.runs.len() > 1 {
                    "marks, joined"
                } else {
                    "marks"
                },
            })
        })
        .collect()
}

/// Whether a cue leads into the run by a comma or colon, or follows it.
fn is_led(context: &Context<'_>, group: &Group) -> bool {
    let Some(cue) = group.cue else { return false };
    let first = context.runs[group.runs[0]];
    match cue.side {
        Side::After | Side::Above => true,
        Side::Before => {
            let lead = context.text[..first.outer.start()].trim_end();
            lead.ends_with(':') || (lead.ends_with(',') && group.words > 2)
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
        quotes.push(Quote {
            content: quote.content,
            cue: quote.cue.map(|c| context.tokens[c].span).into_iter().collect(),
            speaker: speaker.pieces,
            speaker_entity: entity,
            addressee: None,
            medium: None,
            kind: quote.kind,
            act: QuoteAct::Speech,
            rules,
        });
    }
    quotes
}
