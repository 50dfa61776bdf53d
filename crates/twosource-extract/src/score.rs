//! Which blocks of a page are the report: two looks with learned weights, then names for what is left out.

use std::sync::OnceLock;

use twosource_model::Role;

use crate::blocks::Block;
use crate::context::context_of;
use crate::features::{Known, Measures, measure};
use crate::forest::Forest;
use crate::html::role_of;
use crate::page::{Page, Tag};
use crate::plain::{clutter_rule, letters_of};
use crate::{Rule, Settings};

/// Chance from which a block is part of the report; chosen by cross-validation over sites on the packs `extraction`,
/// `extraction-news` and `extraction-multi` (train/README.md).
const TEXT_FROM: f32 = 0.5;

static FIRST: &[u8] = include_bytes!("../models/blocks-first.forest");
static SECOND: &[u8] = include_bytes!("../models/blocks-second.forest");

/// What becomes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Part of the report.
    Text(Role),
    /// Left out.
    Clutter(Rule),
}

/// Judges the blocks of a page.
pub(crate) fn judge_blocks(
    known: &Known<'_, '_>,
    settings: &Settings,
    forests: (&Forest, &Forest),
) -> Vec<Verdict> {
    let chances = chances_of(&measure(known), forests);
    let title = letters_of(known.title);
    known
        .blocks
        .list
        .iter()
        .zip(chances)
        .map(|(block, chance)| verdict_of(known, settings, &title, block, chance))
        .collect()
}

/// The chance of each block to be part of the report; 0 for those that were passed over.
pub(crate) fn chances_of(measures: &Measures, (first, second): (&Forest, &Forest)) -> Vec<f32> {
    let chances = first_chances(measures, first);
    let rows = context_of(measures, &chances);
    let mut rows = rows.chunks_exact(second.width.max(1));
    measures
        .rows
        .iter()
        .map(|row| row.and_then(|_| rows.next()).map_or(0.0, |row| second.chance(row)))
        .collect()
}

/// What the first look thinks of each block; 0 for those that were passed over.
pub(crate) fn first_chances(measures: &Measures, first: &Forest) -> Vec<f32> {
    (0..measures.len())
        .map(|at| measures.row(at).map_or(0.0, |row| first.chance(row)))
        .collect()
}

/// The forests that ship.
pub(crate) fn shipped_forests() -> (&'static Forest, &'static Forest) {
    static LOADED: OnceLock<(Forest, Forest)> = OnceLock::new();
    let (first, second) = LOADED.get_or_init(|| {
        let load = |bytes| {
            Forest::from_bytes(bytes)
                .unwrap_or_else(|error| unreachable!("a model that ships is sound: {error}"))
        };
        (load(FIRST), load(SECOND))
    });
    (first, second)
}

fn verdict_of(
    known: &Known<'_, '_>,
    settings: &Settings,
    title: &str,
    block: &Block,
    chance: f32,
) -> Verdict {
    let words = known.blocks.words(block);
    if chance < TEXT_FROM {
        return Verdict::Clutter(rule_of(known.page, block, words, title));
    }
    let recurs = settings
        .profile
        .as_ref()
        .is_some_and(|profile| profile.recurs(words));
    if recurs {
        return Verdict::Clutter(Rule::OutletProfile);
    }
    Verdict::Text(role_of(known.page, block))
}

/// The name of the rule that says best why a block is no part of the report.
fn rule_of(page: &Page<'_>, block: &Block, words: &str, title: &str) -> Rule {
    if !title.is_empty() && letters_of(words) == title {
        return Rule::Headline;
    }
    if let Some(rule) = clutter_rule(words) {
        return rule;
    }
    if block.hidden {
        return Rule::Hidden;
    }
    for id in std::iter::once(block.node).chain(page.ancestors(block.node)) {
        let rule = match page.node(id).tag {
            Tag::Nav => Rule::Navigation,
            Tag::Footer => Rule::Footer,
            Tag::Aside => Rule::Sidebar,
            Tag::Form => Rule::Form,
            Tag::Figcaption | Tag::Figure => Rule::Caption,
            _ => continue,
        };
        return rule;
    }
    if block.link_bytes as usize * 10 >= words.len() * 8 {
        return Rule::Links;
    }
    Rule::BlockScore
}
