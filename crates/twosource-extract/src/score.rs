//! Which blocks of a page are the report: two looks with learned weights, then names for what is left out.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::Role;

use crate::Rule;
use crate::blocks::Block;
use crate::class_cues::{Groups, group_names, groups_of};
use crate::context::context_of;
use crate::date_text::{Reading, find_dates};
use crate::features::{Known, Measures, measure};
use crate::forest::Forest;
use crate::html::role_of;
use crate::page::{Page, Tag};
use crate::picture_credit::is_credited_caption;
use crate::plain::{BESIDE_A_DATE, ends_sentence, has_letters, letters_of, rule_by_cue};
use crate::ruled_page::Say;

/// Chance from which a block is part of the report; chosen by cross-validation over sites on the packs `extraction`,
/// `extraction-news` and `extraction-multi` (train/README.md).
const TEXT_FROM: f32 = 0.5;

/// A report shorter than this, in bytes, is looked for again with less certainty.
const SHORT_TEXT: u32 = 1_000;

/// Share of the best chance on the page from which blocks then count as text, and the least chance for it; chosen by
/// cross-validation over sites on the packs.
const SHORT_TEXT_FROM: (f32, f32) = (0.5, 0.2);

static FIRST: &[u8] = include_bytes!("../models/blocks-first.forest");
static SECOND: &[u8] = include_bytes!("../models/blocks-second.forest");

/// Chance from which a block gets a second look.
const SECOND_LOOK_FROM: f32 = 0.01;

/// What becomes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Part of the report.
    Text(Role),
    /// Left out.
    Clutter(Rule),
}

/// Judges the blocks of a page.
pub(crate) fn judge_blocks(known: &Known<'_, '_>, forests: (&Forest, &Forest)) -> Vec<Verdict> {
    let measures = measure(known);
    let mut chances = chances_of(&measures, forests);
    let from = text_from(known, &chances);
    keep_tables(known, &measures, from, &mut chances);
    let title = letters_of(known.title);
    let mut verdicts: Vec<Verdict> = known
        .blocks
        .list
        .iter()
        .zip(&measures.cues)
        .zip(&measures.in_comments)
        .zip(chances)
        .map(|(((block, cue), in_comments), chance)| {
            let words = known.blocks.words(block);
            let by_words = rule_by_cue(words, *cue);
            if chance >= from {
                verdict_of_text(known, block, words, by_words)
            } else if *in_comments && by_words.is_none() {
                Verdict::Clutter(Rule::Comments)
            } else {
                Verdict::Clutter(rule_of(known.page, block, words, by_words, &title))
            }
        })
        .collect();
    keep_gallery(known, &mut verdicts);
    drop_repeated(known, &mut verdicts);
    drop_opening_dates(known, &mut verdicts);
    obey_rules(known, &mut verdicts);
    verdicts
}

/// What a person wrote down of the outlet's pages stands above all else.
fn obey_rules(known: &Known<'_, '_>, verdicts: &mut [Verdict]) {
    let Some(ruled) = known.ruled else { return };
    for (block, verdict) in known.blocks.list.iter().zip(verdicts) {
        match (ruled.say(block.node, known.blocks.words(block)), &verdict) {
            (Some(Say::Drop), Verdict::Text(_)) => *verdict = Verdict::Clutter(Rule::OutletRule),
            (Some(Say::Keep), Verdict::Clutter(rule)) if *rule != Rule::Headline => {
                *verdict = Verdict::Text(role_of(known.page, block));
            }
            _ => {}
        }
    }
}

/// Captions from which a page may be a gallery.
const GALLERY: usize = 4;

/// Shortest caption that tells something, in words.
const CAPTION_WORDS: usize = 5;

/// The captions of a gallery, which has more of them than of other text, are its text.
fn keep_gallery(known: &Known<'_, '_>, verdicts: &mut [Verdict]) {
    let is_caption = |block: &Block, verdict: &Verdict| {
        let words = known.blocks.words(block);
        matches!(verdict, Verdict::Clutter(Rule::Caption))
            && !block.hidden
            && block.link_bytes as usize * 2 < words.len()
            && words.split_whitespace().count() >= CAPTION_WORDS
    };
    let captions: Vec<usize> = known
        .blocks
        .list
        .iter()
        .zip(&*verdicts)
        .enumerate()
        .filter(|(_, (block, verdict))| is_caption(block, verdict))
        .map(|(at, _)| at)
        .collect();
    let bytes_of = |at: usize| known.blocks.list[at].words.len();
    let kept = (0..verdicts.len()).filter(|at| matches!(verdicts[*at], Verdict::Text(_)));
    let (kept, told): (usize, usize) = (
        kept.map(bytes_of).sum(),
        captions.iter().copied().map(bytes_of).sum(),
    );
    if captions.len() >= GALLERY && told > kept {
        for at in captions {
            verdicts[at] = Verdict::Text(Role::Caption);
        }
    }
}

/// Longest line of a date alone, in bytes.
const LONGEST_DATE_LINE: usize = 60;

/// Lines of a date alone before the first words of the report say when it appeared, and are none of its text.
fn drop_opening_dates(known: &Known<'_, '_>, verdicts: &mut [Verdict]) {
    for (block, verdict) in known.blocks.list.iter().zip(verdicts) {
        if !matches!(verdict, Verdict::Text(_)) {
            continue;
        }
        let words = known.blocks.words(block);
        if words.len() > LONGEST_DATE_LINE {
            return;
        }
        let dates = find_dates(words, Reading::default());
        let dated: usize = dates.iter().map(|date| date.span.len()).sum();
        if dates.is_empty() || words.len() - dated > BESIDE_A_DATE || ends_sentence(words) {
            return;
        }
        *verdict = Verdict::Clutter(Rule::DateLine);
    }
}

/// Share of a table's words inside links up to which it is one of the report's own.
const TABLE_LINK_SHARE: f32 = 0.3;

/// Tables with text of the report right before and right behind them are its own, with the headings between them: the
/// scorer has seen too few to know each row.
fn keep_tables(known: &Known<'_, '_>, measures: &Measures, from: f32, chances: &mut [f32]) {
    let list = &known.blocks.list;
    let in_table = |at: usize| measures.lists[at].is_some_and(|place| place.is_table);
    let belongs = |at: usize| in_table(at) || known.page.node(list[at].node).tag.is_heading();
    let mut at = 0;
    while at < list.len() {
        if !belongs(at) {
            at += 1;
            continue;
        }
        let first = at;
        while at < list.len() && belongs(at) {
            at += 1;
        }
        let run = first..at;
        let bytes: usize = run.clone().map(|at| list[at].words.len()).sum();
        let link_bytes: u32 = run.clone().map(|at| list[at].link_bytes).sum();
        let is_linked = link_bytes as f32 > TABLE_LINK_SHARE * bytes as f32;
        let is_text = |at: Option<usize>| at.and_then(|at| chances.get(at)).is_some_and(|c| *c >= from);
        let between = is_text(first.checked_sub(1)) && is_text(Some(at));
        let hidden = run.clone().any(|at| list[at].hidden || measures.in_comments[at]);
        if between && !is_linked && !hidden && run.clone().any(in_table) {
            chances[run]
                .iter_mut()
                .for_each(|chance| *chance = chance.max(from));
        }
    }
}

/// The chance from which blocks of this page are text.
fn text_from(known: &Known<'_, '_>, chances: &[f32]) -> f32 {
    let kept: usize = known
        .blocks
        .list
        .iter()
        .zip(chances)
        .filter(|(_, chance)| **chance >= TEXT_FROM)
        .map(|(block, _)| block.words.len())
        .sum();
    if to_u32(kept) >= SHORT_TEXT {
        return TEXT_FROM;
    }
    let best = chances.iter().copied().fold(0.0, f32::max);
    (best * SHORT_TEXT_FROM.0).clamp(SHORT_TEXT_FROM.1, TEXT_FROM)
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Shortest text that a report does not say twice, in bytes.
const NEVER_TWICE: usize = 60;

/// A text that the report says again is a copy; one that stands there three times is a notice, and no copy is kept.
fn drop_repeated(known: &Known<'_, '_>, verdicts: &mut [Verdict]) {
    let long = |at: usize| {
        let words = known.blocks.words(&known.blocks.list[at]);
        (words.len() >= NEVER_TWICE).then_some(words)
    };
    let kept = |verdict: &Verdict| matches!(verdict, Verdict::Text(_));
    let mut times: HashMap<&str, (u32, u32)> = HashMap::new();
    for at in (0..verdicts.len()).filter(|at| kept(&verdicts[*at])) {
        if let Some(words) = long(at) {
            times.entry(words).or_default().0 += 1;
        }
    }
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if let Some((all, before)) = long(at).and_then(|words| times.get_mut(words))
            && kept(verdict)
        {
            *before += 1;
            if *all >= 3 || *before > 1 {
                *verdict = Verdict::Clutter(Rule::RepeatedText);
            }
        }
    }
}

/// Rules that take a line for its words even where the scorer would keep it: nearly every line of the packs that the
/// scorer kept against them was clutter (22 November 2026: 33 of 35). Offers only when short.
fn overrules(rule: Rule, words: &str) -> bool {
    match rule {
        Rule::Advertisement
        | Rule::Consent
        | Rule::Contact
        | Rule::Copyright
        | Rule::CommentRules
        | Rule::CorrectionRequest
        | Rule::DeviceNotice
        | Rule::Follow
        | Rule::MediaPlaceholder
        | Rule::Newsletter
        | Rule::PhotoCredit
        | Rule::ShareBar => true,
        Rule::Subscription => words.split_whitespace().count() <= 20,
        _ => false,
    }
}

/// The chance of each block to be part of the report; 0 for those that were passed over.
pub(crate) fn chances_of(measures: &Measures, (first, second): (&Forest, &Forest)) -> Vec<f32> {
    let mut chances = first_chances(measures, first);
    let context = context_of(measures, &chances, SECOND_LOOK_FROM);
    for (at, chance) in context.blocks.iter().zip(second.chances(&context.rows)) {
        chances[*at] = chance;
    }
    chances
}

/// What the first look thinks of each block; 0 for those that were passed over.
pub(crate) fn first_chances(measures: &Measures, first: &Forest) -> Vec<f32> {
    measures.by_block(&first.chances(&measures.values))
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

/// What becomes of a block that the scorer would keep.
fn verdict_of_text(known: &Known<'_, '_>, block: &Block, words: &str, by_words: Option<Rule>) -> Verdict {
    match by_words {
        Some(rule) if overrules(rule, words) => Verdict::Clutter(rule),
        _ if is_credited_caption(words) => Verdict::Clutter(Rule::Caption),
        _ => Verdict::Text(role_of(known.page, block)),
    }
}

/// The name of the rule that says best why a block is no part of the report.
fn rule_of(page: &Page<'_>, block: &Block, words: &str, by_words: Option<Rule>, title: &str) -> Rule {
    if !title.is_empty() && words.len() <= 4 * title.len() + 40 && has_letters(words, title) {
        return Rule::Headline;
    }
    if let Some(rule) = by_words {
        return rule;
    }
    if is_credited_caption(words) {
        return Rule::Caption;
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
    named_by_class(page, block).unwrap_or(Rule::BlockScore)
}

/// What groups of words in class names are called as rules; the first that is met counts.
const CLASS_RULES: &[(&str, Rule)] = &[
    ("comment", Rule::Comments),
    ("consent", Rule::Consent),
    ("advert", Rule::Advertisement),
    ("subscribe", Rule::Subscription),
    ("share", Rule::ShareBar),
    ("author", Rule::Byline),
    ("related", Rule::ReadMore),
    ("tags", Rule::Tags),
    ("footer", Rule::Footer),
    ("sidebar", Rule::Sidebar),
    ("nav", Rule::Navigation),
];

/// Levels above a block up to which a class name tells why it was left out.
const NAMED_WITHIN: usize = 3;

/// The rule that the class of a block's element, or of one near above it, speaks of.
fn named_by_class(page: &Page<'_>, block: &Block) -> Option<Rule> {
    static BITS: OnceLock<Vec<(Groups, Rule)>> = OnceLock::new();
    let bits = BITS.get_or_init(|| {
        let bit = |name: &str| group_names().iter().position(|own| *own == name);
        let rows = CLASS_RULES
            .iter()
            .filter_map(|(name, rule)| Some((1 << bit(name)?, *rule)));
        rows.collect()
    });
    std::iter::once(block.node)
        .chain(page.ancestors(block.node))
        .take(NAMED_WITHIN)
        .find_map(|id| {
            let groups = groups_of(page, id);
            let named = bits.iter().find(|(bit, _)| groups & bit != 0);
            named.map(|(_, rule)| *rule)
        })
}
