//! Who says each quote, to whom, through what, and whether it is speech at all.

use twosource_model::{Quote, QuoteAct, QuoteKind, Relation, Span};

use super::context::Context;
use super::cue::CueClass;
use super::enclosed::with_closing_marks;
use super::resolve::Resolver;
use super::speaker::SpeakerWords;
use super::{Found, contenders, signature, speaker, subject, tree};

/// Gives each quote its speaker.
pub(super) fn attribute(context: &Context<'_>, found: Vec<Found>) -> Vec<Quote> {
    let mut resolver = Resolver::of(context);
    let mut last: Option<(u32, SpeakerWords)> = None;
    let mut quotes = Vec::with_capacity(found.len());
    for mut quote in found {
        let answered = quote.cue.is_some_and(|cue| leads_into_next(context, &quote, cue));
        if answered {
            quote.cue = None;
        }
        let paragraph = context
            .article
            .paragraphs
            .partition_point(|p| p.span.end() <= quote.content[0].start()) as u32;
        let mut speaker = quote
            .cue
            .map(|cue| speaker_beside(context, cue, &quote))
            .unwrap_or_default();
        if speaker.pieces.is_empty() && quote.cue.is_none() && !answered {
            speaker = quote
                .label
                .clone()
                .or_else(|| signature::signed_by(context, &quote.content, paragraph as usize))
                .or_else(|| signature::labelled_by(context, &quote.content))
                .unwrap_or_default();
        }
        // who is named in the words themselves does not speak them
        resolver.pass(&quote.content);
        let mut rules = vec![quote.rule.to_owned()];
        let mut entity = None;
        let goes_on = last.as_ref().is_some_and(|(at, _)| {
            *at == paragraph || (quote.kind == QuoteKind::Direct && *at + 1 == paragraph)
        });
        if speaker.pieces.is_empty()
            && context.tree.parsed
            && quote.cue.is_none()
            && !answered
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
            if !answered
                && let Some((at, before)) = &last
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

/// Whether the cue behind a quote opens a sentence that ends with a colon and leads into the next: “Will you go?” Mr Lee replied: “I will.”
fn leads_into_next(context: &Context<'_>, quote: &Found, cue: usize) -> bool {
    const MARKS: [char; 6] = ['"', '“', '”', '‘', '’', '\''];
    let Some(end) = quote.content.last().map(|piece| piece.end()) else {
        return false;
    };
    let cue = context.tokens[cue].span;
    let Some(before) = context.text.get(end..cue.start()) else {
        return false;
    };
    let opens = before.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let behind = context.text[cue.end()..].strip_prefix(':').map(str::trim_start);
    opens.starts_with(char::is_uppercase) && behind.is_some_and(|next| next.starts_with(MARKS))
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
