//! Finds political events: who did what to whom, by PLOVER type, mode and CAMEO code.
//!
//! Takes an article with its trees, entities, times and quotes; gives [`Event`]s in text order. Each sentence is read
//! top down (`coder`): a verb of `data/en/event_verbs.tsv` with the right object is an event; a promise, demand,
//! refusal or threat takes what it is about with it. Roles come from the tree, actor codes from the entities' links
//! and from demonyms (`actors`). Statements are no events. Languages without trees have none.
//! docs/events.md has types, rules and how false alarms are counted.

mod actors;
mod coder;
mod lexicon;
mod roles;
#[cfg(test)]
mod tests;
mod tree;

use twosource_model::{Analysis, Article, EntityType, Event};

use crate::times::time_beside;
use actors::Cast;
use coder::Coder;
use tree::Tree;

/// Fills `analysis` with the events of `article`.
pub fn find_events(article: &Article, analysis: &mut Analysis) {
    let mut events = Vec::new();
    for sentence in &analysis.sentences {
        let Some(tree) = Tree::of(article.text(), &analysis.tokens, sentence) else {
            continue;
        };
        let cast = Cast::of(article.text(), &tree, analysis);
        for mut event in (Coder {
            tree: &tree,
            cast: &cast,
        })
        .events()
        {
            event.time = time_beside(analysis, sentence.span, event.trigger, |_| true);
            event.attribution = attribution(analysis, &event);
            event.place = place(analysis, &event);
            events.push(event);
        }
    }
    events.sort_by_key(|e| (e.trigger.start(), e.span.start()));
    analysis.events = events;
}

/// The quote whose content holds the trigger.
fn attribution(analysis: &Analysis, event: &Event) -> Option<u32> {
    let at = analysis
        .quotes
        .iter()
        .position(|q| q.content.iter().any(|piece| piece.covers(event.trigger)))?;
    u32::try_from(at).ok()
}

/// The nearest place that is mentioned in the clause and is neither source nor target.
fn place(analysis: &Analysis, event: &Event) -> Option<u32> {
    let from = analysis
        .mentions
        .partition_point(|m| m.span.start() < event.span.start());
    let until = analysis
        .mentions
        .partition_point(|m| m.span.start() < event.span.end());
    let actor = |span: twosource_model::Span| {
        event
            .source
            .iter()
            .chain(&event.target)
            .any(|a| a.span.overlaps(span))
    };
    (from..until)
        .filter(|at| {
            let mention = &analysis.mentions[*at];
            mention.entity_type == EntityType::Place && !actor(mention.span)
        })
        .min_by_key(|at| {
            analysis.mentions[*at]
                .span
                .start()
                .abs_diff(event.trigger.start())
        })
        .and_then(|at| u32::try_from(at).ok())
}
