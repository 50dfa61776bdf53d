//! Which blocks of a page are the report.

use twosource_model::Role;

use crate::blocks::{Block, Blocks};
use crate::html::role_of;
use crate::metadata::{LinkedArticle, PageFacts};
use crate::page::{NodeId, Page, Tag};
use crate::plain::{clutter_rule, is_running, letters_of};
use crate::{Rule, Settings};

/// What becomes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Text(Role),
    Clutter(Rule),
}

/// Judges the blocks of a page.
pub(crate) fn judge_blocks(
    page: &Page<'_>,
    blocks: &Blocks,
    _facts: &PageFacts<'_>,
    _linked: &[LinkedArticle],
    title: &str,
    _title_node: Option<NodeId>,
    _settings: &Settings,
) -> Vec<Verdict> {
    let mut sums = std::collections::BTreeMap::<NodeId, usize>::new();
    let good = |block: &Block| {
        let words = blocks.words(block);
        let linked = block.link_bytes as usize * 10 > words.len() * 4;
        let away = page.ancestors(block.node).any(|a| {
            matches!(
                page.node(a).tag,
                Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form | Tag::Figure
            )
        });
        !linked && !away && !block.hidden && is_running(words) && clutter_rule(words).is_none()
    };
    for block in &blocks.list {
        if good(block) {
            for (level, up) in page.ancestors(block.node).take(3).enumerate() {
                *sums.entry(up).or_default() += blocks.words(block).len() / (1 << level);
            }
        }
    }
    let top = sums
        .iter()
        .max_by_key(|(id, sum)| (**sum, std::cmp::Reverse(**id)))
        .map(|(id, _)| *id);
    let title = letters_of(title);
    blocks
        .list
        .iter()
        .map(|block| {
            let words = blocks.words(block);
            let inside = top.is_some_and(|top| page.ancestors(block.node).any(|a| a == top));
            if inside
                && (good(block) || (page.node(block.node).tag.is_heading() && letters_of(words) != title))
            {
                Verdict::Text(role_of(page, block))
            } else {
                let rule = clutter_rule(words);
                Verdict::Clutter(rule.unwrap_or(if letters_of(words) == title {
                    Rule::Headline
                } else {
                    Rule::BlockScore
                }))
            }
        })
        .collect()
}
