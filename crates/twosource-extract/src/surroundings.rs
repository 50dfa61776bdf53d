//! What stands around the blocks of a page: sums over the elements that hold them and over blocks that look alike.

use std::ops::Range;

use crate::blocks::Block;
use crate::class_cues::{Groups, groups_of_value, spoken_values};
use crate::features::Known;
use crate::key_map::{KeyMap, hash};
use crate::page::{NodeId, Page, Tag};
use crate::plain::{ends_sentence, letters_of};
use crate::stated_text::StatedText;

/// Shortest paragraph, in bytes, that is evidence for the report's place on the page.
const GOOD_BYTES: usize = 80;

/// Most names whose meaning is kept: more than any page of the packs has, and a bound for one made to fill memory.
const MOST_NAMES: usize = 4_096;

/// What the class and id names of elements speak of, read when first asked for; many elements share one name.
pub(crate) struct ElementGroups<'p> {
    read: Vec<Option<Groups>>,
    of_values: KeyMap<&'p str, Groups>,
}

impl<'p> ElementGroups<'p> {
    pub(crate) fn new(page: &Page<'p>) -> Self {
        Self {
            read: vec![None; page.nodes.len()],
            of_values: KeyMap::default(),
        }
    }

    pub(crate) fn of(&mut self, page: &Page<'p>, id: NodeId) -> Groups {
        let of_values = &mut self.of_values;
        *self.read[id as usize].get_or_insert_with(|| {
            spoken_values(page, id).fold(0, |groups, value| {
                let known = of_values.get(value).copied();
                let of_value = known.unwrap_or_else(|| groups_of_value(value));
                if known.is_none() && of_values.len() < MOST_NAMES {
                    of_values.insert(value, of_value);
                }
                groups | of_value
            })
        })
    }
}

/// What is worked out of one block before any block is measured.
pub(crate) struct Own {
    pub(crate) signature: u64,
    pub(crate) shape: u64,
    pub(crate) above: [NodeId; 3],
    pub(crate) words: u32,
    pub(crate) bytes: u32,
    pub(crate) link_share: f32,
    pub(crate) ends: bool,
    pub(crate) good: bool,
    pub(crate) tag: f32,
    pub(crate) text_hash: u64,
    /// whether it stands in a menu or the foot of the page
    pub(crate) in_menu: bool,
    /// whether it stands among what readers wrote
    pub(crate) in_comments: bool,
    /// the nearest list or table that holds it
    pub(crate) list: Option<NodeId>,
}

/// Sums over the blocks below an element.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Below {
    pub(crate) bytes: u32,
    pub(crate) link_bytes: u32,
    pub(crate) blocks: u32,
    pub(crate) good_bytes: u32,
    pub(crate) good: u32,
}

/// Sums over blocks that look alike.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Alike {
    pub(crate) count: u32,
    pub(crate) bytes: u32,
    pub(crate) link_bytes: u32,
    pub(crate) ends: u32,
    pub(crate) good_bytes: u32,
}

impl Alike {
    fn add(&mut self, own: &Own, block: &Block) {
        self.count += 1;
        self.bytes += own.bytes;
        self.link_bytes += block.link_bytes;
        self.ends += u32::from(own.ends);
        self.good_bytes += if own.good { own.bytes } else { 0 };
    }
}

/// Where a list or table stands among the blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListPlace {
    /// first block
    pub(crate) first: usize,
    /// last block
    pub(crate) last: usize,
    pub(crate) is_table: bool,
}

/// A list or table, with sums over its blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    pub(crate) place: ListPlace,
    pub(crate) sums: Alike,
}

pub(crate) struct Surroundings {
    pub(crate) own: Vec<Own>,
    pub(crate) lists: KeyMap<NodeId, List>,
    pub(crate) below: KeyMap<NodeId, Below>,
    pub(crate) nearness: KeyMap<NodeId, f32>,
    pub(crate) best_nearness: f32,
    pub(crate) top: NodeId,
    pub(crate) alike: KeyMap<u64, Alike>,
    pub(crate) shapes: KeyMap<u64, Alike>,
    pub(crate) repeats: KeyMap<u64, u32>,
    pub(crate) bytes_before: Vec<u32>,
    pub(crate) page_bytes: u32,
    /// good bytes inside the top element before each block, and their sum
    pub(crate) top_before: Vec<u32>,
    pub(crate) top_bytes: u32,
    pub(crate) good_before: Vec<u32>,
    pub(crate) good_after: Vec<u32>,
    pub(crate) title_block: Option<usize>,
    pub(crate) title_letters: String,
    pub(crate) description: StatedText,
    pub(crate) linked_body: StatedText,
    pub(crate) authors: Vec<String>,
}

impl Surroundings {
    pub(crate) fn new(known: &Known<'_, '_>) -> Self {
        let page = known.page;
        let list = &known.blocks.list;
        let comments = comments_of(known);
        let own: Vec<Own> = list.iter().map(|block| own_of(known, block, &comments)).collect();
        let mut below: KeyMap<NodeId, Below> = KeyMap::default();
        let mut nearness: KeyMap<NodeId, f32> = KeyMap::default();
        let mut alike: KeyMap<u64, Alike> = KeyMap::default();
        let mut shapes: KeyMap<u64, Alike> = KeyMap::default();
        let mut repeats: KeyMap<u64, u32> = KeyMap::default();
        let mut lists: KeyMap<NodeId, List> = KeyMap::default();
        for (at, (block, own)) in list.iter().zip(&own).enumerate() {
            for id in std::iter::once(block.node).chain(page.ancestors(block.node)) {
                let sums = below.entry(id).or_default();
                sums.bytes += own.bytes;
                sums.link_bytes += block.link_bytes;
                sums.blocks += 1;
                sums.good_bytes += if own.good { own.bytes } else { 0 };
                sums.good += u32::from(own.good);
            }
            if own.good {
                for (level, id) in page.ancestors(block.node).take(3).enumerate() {
                    *nearness.entry(id).or_default() += own.bytes as f32 / [1.0, 2.0, 4.0][level];
                }
            }
            alike.entry(own.signature).or_default().add(own, block);
            shapes.entry(own.shape).or_default().add(own, block);
            if let Some(id) = own.list {
                let list = lists.entry(id).or_insert_with(|| List {
                    place: ListPlace {
                        first: at,
                        last: at,
                        is_table: page.node(id).tag == Tag::Table,
                    },
                    sums: Alike::default(),
                });
                list.place.last = at;
                list.sums.add(own, block);
            }
            *repeats.entry(own.text_hash).or_default() += 1;
        }
        let top = nearness
            .iter()
            .map(|(id, score)| (*id, *score))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .unwrap_or_default();
        let top_end = page.node(top.0).end;
        let inside = |block: &Block| top.0 != 0 && block.node >= top.0 && block.node < top_end;
        let mut bytes_before = Vec::with_capacity(list.len());
        let mut top_before = Vec::with_capacity(list.len());
        let (mut sum, mut top_sum) = (0, 0);
        for (block, own) in list.iter().zip(&own) {
            bytes_before.push(sum);
            top_before.push(top_sum);
            sum += own.bytes;
            top_sum += if own.good && inside(block) { own.bytes } else { 0 };
        }
        let title_letters = letters_of(known.title);
        let linked = known.linked.first();
        let description = linked.and_then(|l| l.description.as_deref()).or_else(|| {
            known
                .facts
                .meta(&["og:description", "description", "twitter:description"])
        });
        let body = known.linked.iter().find_map(|l| l.body.as_deref());
        Self {
            good_before: gaps(own.iter().map(|o| o.good)),
            good_after: {
                let mut after = gaps(own.iter().rev().map(|o| o.good));
                after.reverse();
                after
            },
            lists,
            below,
            best_nearness: top.1,
            nearness,
            top: top.0,
            alike,
            shapes,
            repeats,
            bytes_before,
            page_bytes: sum,
            top_before,
            top_bytes: top_sum,
            title_block: known
                .title_node
                .and_then(|node| list.iter().position(|block| block.first_text > node)),
            title_letters,
            description: StatedText::new(description),
            linked_body: StatedText::new(body),
            authors: linked
                .map(|l| l.authors.iter().map(|a| letters_of(a)).collect())
                .unwrap_or_default(),
            own,
        }
    }
}

/// For each place the number of steps since the last `true`, at most 30.
fn gaps(flags: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut gap = 30;
    flags
        .map(|flag| {
            let here = gap;
            gap = if flag { 0 } else { (gap + 1).min(30) };
            here
        })
        .collect()
}

/// The stretches of the page that hold what readers wrote: they stand behind the headline and do not hold it.
fn comments_of(known: &Known<'_, '_>) -> Vec<Range<NodeId>> {
    let mut stretches: Vec<Range<NodeId>> = Vec::new();
    for id in &known.facts.comments {
        let is_inner = stretches.last().is_some_and(|last| last.contains(id));
        if !is_inner && known.title_node.is_none_or(|title| *id > title) {
            stretches.push(*id..known.page.node(*id).end);
        }
    }
    stretches
}

fn own_of(known: &Known<'_, '_>, block: &Block, comments: &[Range<NodeId>]) -> Own {
    let page = known.page;
    let words = known.blocks.words(block);
    let mut above = [0; 3];
    for (slot, id) in above.iter_mut().zip(page.ancestors(block.node)) {
        *slot = id;
    }
    let shape = look(page, block.node, 0xcbf2_9ce4_8422_2325);
    let signature = look(page, above[1], look(page, above[0], shape));
    let bytes = to_u32(words.len());
    let link_share = block.link_bytes as f32 / words.len().max(1) as f32;
    let ends = ends_sentence(words);
    Own {
        signature,
        shape,
        above,
        words: count_words(words),
        bytes,
        link_share,
        ends,
        good: words.len() >= GOOD_BYTES && link_share < 0.4 && ends && !block.hidden,
        tag: tag_number(page.node(block.node).tag),
        text_hash: hash(0xcbf2_9ce4_8422_2325, words.as_bytes()),
        in_comments: {
            let before = comments.partition_point(|stretch| stretch.start <= block.node);
            before > 0 && comments[before - 1].contains(&block.node)
        },
        list: std::iter::once(block.node)
            .chain(page.ancestors(block.node))
            .find(|id| matches!(page.node(*id).tag, Tag::Table | Tag::Ul | Tag::Ol | Tag::Dl)),
        in_menu: page
            .ancestors(block.node)
            .chain([block.node])
            .any(|id| matches!(page.node(id).tag, Tag::Nav | Tag::Footer)),
    }
}

/// The number of words of a block, between which one blank or one line break stands.
fn count_words(words: &str) -> u32 {
    let gaps = words.bytes().filter(|byte| matches!(byte, b' ' | b'\n')).count();
    to_u32(gaps) + u32::from(!words.is_empty())
}

/// An element's tag and class, mixed into a hash.
fn look(page: &Page<'_>, id: NodeId, seed: u64) -> u64 {
    let class = page
        .raw_attribute(id, crate::page::AttributeName::Class)
        .unwrap_or("");
    let seed = hash(seed, &[page.node(id).tag as u8, 0xff]);
    hash(
        seed,
        class.as_bytes().get(..120.min(class.len())).unwrap_or_default(),
    )
}

pub(crate) fn tag_number(tag: Tag) -> f32 {
    match tag {
        Tag::P => 0.0,
        Tag::Div => 1.0,
        Tag::Section | Tag::Article | Tag::Main => 2.0,
        Tag::Body | Tag::Root | Tag::Html => 3.0,
        Tag::Blockquote => 4.0,
        Tag::Pre => 5.0,
        Tag::H2 => 6.0,
        Tag::H3 => 7.0,
        Tag::H4 | Tag::H5 | Tag::H6 => 8.0,
        Tag::H1 => 9.0,
        Tag::Li => 10.0,
        Tag::Dd | Tag::Dt => 11.0,
        Tag::Td => 12.0,
        Tag::Th | Tag::Caption => 13.0,
        Tag::Header => 14.0,
        Tag::Figure => 15.0,
        Tag::Figcaption => 16.0,
        Tag::Aside => 17.0,
        Tag::Nav | Tag::Footer => 18.0,
        Tag::Button | Tag::Label | Tag::Legend => 19.0,
        _ => 20.0,
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
