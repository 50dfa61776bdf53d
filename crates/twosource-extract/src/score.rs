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
pub(crate) fn judge_blocks(known: &Known<'_, '_>, settings: &Settings) -> Vec<Verdict> {
    let chances = chances_of(&measure(known));
    let title = letters_of(known.title);
    known
        .blocks
        .list
        .iter()
        .zip(chances)
        .map(|(block, chance)| verdict_of(known, settings, &title, block, chance))
        .collect()
}

/// The chance of each block to be part of the report.
pub(crate) fn chances_of(measures: &Measures) -> Vec<f32> {
    let (first, second) = models();
    let chances: Vec<f32> = (0..measures.len())
        .map(|at| first.chance(measures.row(at)))
        .collect();
    if measures.is_empty() {
        return chances;
    }
    let rows = context_of(measures, &chances);
    let width = rows.len() / measures.len();
    rows.chunks_exact(width).map(|row| second.chance(row)).collect()
}

fn models() -> &'static (Forest, Forest) {
    static LOADED: OnceLock<(Forest, Forest)> = OnceLock::new();
    LOADED.get_or_init(|| {
        let load = |bytes| {
            Forest::from_bytes(bytes)
                .unwrap_or_else(|error| unreachable!("a model that ships is sound: {error}"))
        };
        (load(FIRST), load(SECOND))
    })
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
