//! What can be measured of each block without reading its words: shape, place, element, class names, neighbours.
//!
//! The measures feed the learned weights; their names are shown by `explain` and by the trainer.

use crate::blocks::{Block, Blocks};
use crate::class_cues::{Groups, group_names};
use crate::cues::{Cue, Strength, cue_of};
use crate::metadata::{LinkedArticle, PageFacts};
use crate::page::{NodeId, Page, Tag};
use crate::plain::letters_of;
use crate::ruled_page::RuledPage;
use crate::rules::Rule;
use crate::surroundings::{ElementGroups, ListPlace, Surroundings, tag_number};

/// A distance that stands for "nowhere above".
const NOWHERE: f32 = 12.0;

/// Blocks without a good paragraph this near, on both sides, may be passed over.
const FAR_FROM_TEXT: u32 = 2;

/// The measures of all blocks of a page.
#[derive(Debug, Default, Clone)]
pub struct Measures {
    /// measures a block
    pub width: usize,
    /// `width` values for each block that was measured
    pub values: Vec<f32>,
    /// for each block: which row of the values is its own; none for a block that surely is no text
    pub rows: Vec<Option<u32>>,
    /// for each block: what its element and the ones above it look like, as a hash
    pub signatures: Vec<u64>,
    /// for each block: the elements one, two and three levels above its own
    pub holders: Vec<[u32; 3]>,
    /// for each block: bytes of its words
    pub bytes: Vec<u32>,
    /// for each block: the cue that its words carry
    pub(crate) cues: Vec<Option<Cue>>,
    /// for each block: the list or table that it is a part of
    pub(crate) lists: Vec<Option<ListPlace>>,
    /// for each block: whether it stands among what readers wrote
    pub(crate) in_comments: Vec<bool>,
}

impl Measures {
    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The values of one block; none for a block that was passed over.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&[f32]> {
        let row = self.rows[at]? as usize;
        self.values.get(row * self.width..(row + 1) * self.width)
    }

    /// Chances of the rows as chances of the blocks; 0 for those that were passed over.
    pub(crate) fn by_block(&self, chances: &[f32]) -> Vec<f32> {
        let of_row = |row: &Option<u32>| row.and_then(|row| chances.get(row as usize)).copied();
        self.rows.iter().map(|row| of_row(row).unwrap_or(0.0)).collect()
    }
}

/// What is known of the page beside its blocks.
pub(crate) struct Known<'k, 'p> {
    pub(crate) page: &'k Page<'p>,
    pub(crate) blocks: &'k Blocks,
    pub(crate) facts: &'k PageFacts<'p>,
    pub(crate) linked: &'k [LinkedArticle],
    pub(crate) title: &'k str,
    pub(crate) title_node: Option<NodeId>,
    pub(crate) ruled: Option<&'k RuledPage<'k>>,
}

/// Names of the measures, in their order.
pub(crate) fn measure_names() -> Vec<String> {
    let page = crate::page::parse("<p>a b c</p>");
    let blocks = crate::blocks::cut_blocks(&page);
    let facts = crate::metadata::collect(&page);
    let known = Known {
        page: &page,
        blocks: &blocks,
        facts: &facts,
        linked: &[],
        title: "",
        title_node: None,
        ruled: None,
    };
    let mut names = Vec::new();
    let surroundings = Surroundings::new(&known);
    let mut groups = ElementGroups::new(&page);
    let mut values = Vec::new();
    let mut row = Row {
        values: &mut values,
        names: Some(&mut names),
    };
    measure_block(&known, &surroundings, &mut groups, 0, None, &mut row);
    names
}

/// Measures every block that may be text.
pub(crate) fn measure(known: &Known<'_, '_>) -> Measures {
    let surroundings = Surroundings::new(known);
    let mut measures = Measures::default();
    let mut groups = ElementGroups::new(known.page);
    let mut rows = 0;
    for (at, block) in known.blocks.list.iter().enumerate() {
        measures.signatures.push(surroundings.own[at].signature);
        measures.holders.push(surroundings.own[at].above);
        measures.bytes.push(to_u32(block.words.len()));
        let cue = cue_of(known.blocks.words(block));
        measures.cues.push(cue);
        let list = surroundings.own[at].list;
        let list = list.and_then(|id| surroundings.lists.get(&id));
        measures.lists.push(list.map(|list| list.place));
        measures.in_comments.push(surroundings.own[at].in_comments);
        if is_surely_clutter(&surroundings, at) {
            measures.rows.push(None);
            continue;
        }
        measures.rows.push(Some(rows));
        rows += 1;
        let before = measures.values.len();
        let mut row = Row {
            values: &mut measures.values,
            names: None,
        };
        measure_block(known, &surroundings, &mut groups, at, cue, &mut row);
        measures.width = measures.values.len() - before;
        if before == 0 {
            measures
                .values
                .reserve(measures.width * (known.blocks.list.len() - at) / 2);
        }
    }
    measures
}

/// Whether a block need not be measured: it stands in a menu, the foot of the page or among comments, or is a link without a sentence
/// far from any paragraph. Two thirds of all blocks of the packs; 3 in 1,000 blocks of their texts go with them.
fn is_surely_clutter(near: &Surroundings, at: usize) -> bool {
    let own = &near.own[at];
    let is_far = near.good_before[at] >= FAR_FROM_TEXT && near.good_after[at] >= FAR_FROM_TEXT;
    if is_far && !own.ends && own.link_share > 0.9 {
        return true;
    }
    own.in_menu || own.in_comments
}

struct Row<'r> {
    values: &'r mut Vec<f32>,
    names: Option<&'r mut Vec<String>>,
}

impl Row<'_> {
    fn put(&mut self, name: &str, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_owned());
        }
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.put(name, f32::from(u8::from(value)));
    }
}

/// Elements whose distance above a block is measured.
const ABOVE: &[(&str, &[Tag])] = &[
    ("in article", &[Tag::Article]),
    ("in main", &[Tag::Main]),
    ("in section", &[Tag::Section]),
    ("in aside", &[Tag::Aside]),
    ("in nav", &[Tag::Nav]),
    ("in header", &[Tag::Header, Tag::Hgroup]),
    ("in footer", &[Tag::Footer]),
    ("in figure", &[Tag::Figure, Tag::Figcaption, Tag::Picture]),
    (
        "in form",
        &[Tag::Form, Tag::Fieldset, Tag::Dialog, Tag::Button, Tag::Label],
    ),
    ("in list", &[Tag::Ul, Tag::Ol, Tag::Dl]),
    ("in table", &[Tag::Table]),
    ("in quote", &[Tag::Blockquote]),
    ("in paragraph", &[Tag::P]),
    (
        "in heading",
        &[Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6],
    ),
    ("in link", &[Tag::A]),
    ("in custom element", &[Tag::Other]),
];

fn measure_block<'p>(
    known: &Known<'_, 'p>,
    near: &Surroundings,
    groups: &mut ElementGroups<'p>,
    at: usize,
    cue: Option<Cue>,
    row: &mut Row<'_>,
) {
    let block = &known.blocks.list[at];
    measure_words(known, near, at, row);
    measure_cue(cue, row);
    measure_elements(known, groups, block, row);
    measure_holders(known, near, at, row);
    measure_list(known, near, at, row);
    measure_place(known, near, at, row);
    measure_neighbours(near, at, row);
    measure_agreement(known, near, at, row);
}

fn measure_words(known: &Known<'_, '_>, near: &Surroundings, at: usize, row: &mut Row<'_>) {
    let block = &known.blocks.list[at];
    let own = &near.own[at];
    let words = known.blocks.words(block);
    let signs = Signs::of(words);
    let count = own.words.max(1) as f32;
    let share = |n: u32| n as f32 / words.len().max(1) as f32;
    row.put("log bytes", (own.bytes as f32).ln());
    row.put("words", (own.words as f32).min(200.0));
    row.put("letters a word", (signs.letters as f32 / count).min(30.0));
    row.put("commas a word", signs.commas as f32 / count);
    row.put("stops", (signs.stops as f32).min(10.0));
    row.put("bars", (signs.bars as f32).min(10.0));
    row.put("quotes", (signs.quotes as f32).min(10.0));
    row.put("digit share", share(signs.digits));
    row.put("upper share", share(signs.upper));
    row.flag("ends a sentence", own.ends);
    row.flag("ends with colon", words.ends_with(':'));
    let first = words.chars().next().unwrap_or(' ');
    row.put(
        "first sign",
        match first {
            c if c.is_uppercase() => 0.0,
            c if c.is_lowercase() => 1.0,
            c if c.is_numeric() => 2.0,
            '"' | '“' | '„' | '«' => 3.0,
            '(' | '[' | '*' | '#' | '@' => 4.0,
            '©' => 5.0,
            c if c.is_alphabetic() => 6.0,
            _ => 7.0,
        },
    );
    row.flag("address inside", holds_address(words));
    row.put("link share", own.link_share);
    row.put("links", (block.links as f32).min(10.0));
    row.put("bold share", block.bold_bytes as f32 / words.len().max(1) as f32);
    row.put(
        "slanted share",
        block.slanted_bytes as f32 / words.len().max(1) as f32,
    );
    row.put("lines", (words.matches('\n').count() as f32).min(20.0));
    row.flag("hidden", block.hidden);
    row.flag("after breaks", block.after_breaks);
    row.put("pictures before", f32::from(block.pictures_before.min(5)));
    row.put(
        "repeats",
        (*near.repeats.get(&own.text_hash).unwrap_or(&1) as f32).min(5.0),
    );
    row.flag("dense script", first >= '\u{3040}');
}

/// How many signs of each kind some words hold.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Signs {
    upper: u32,
    letters: u32,
    digits: u32,
    commas: u32,
    stops: u32,
    bars: u32,
    quotes: u32,
}

impl Signs {
    fn of(words: &str) -> Self {
        let mut signs = Self::default();
        for c in words.chars() {
            match c {
                'a'..='z' => signs.letters += 1,
                ' ' => {}
                ',' | '،' | '、' => signs.commas += 1,
                '.' | '!' | '?' | '。' | '।' => signs.stops += 1,
                '|' | '•' | '·' | '›' | '»' | '/' => signs.bars += 1,
                '"' | '“' | '”' | '„' | '«' | '「' => signs.quotes += 1,
                '0'..='9' => signs.digits += 1,
                c if c.is_uppercase() => {
                    signs.upper += 1;
                    signs.letters += 1;
                }
                c if c.is_alphabetic() => signs.letters += 1,
                _ => {}
            }
        }
        signs
    }
}

/// Whether some words hold an address of a page or of a mailbox.
fn holds_address(words: &str) -> bool {
    let bytes = words.as_bytes();
    memchr::memchr3_iter(b'@', b'p', b'w', bytes).any(|at| match bytes[at] {
        b'@' => true,
        b'p' => bytes[..at].ends_with(b"htt"),
        _ => bytes[at..].starts_with(b"www."),
    })
}

/// Groups of rules that are one measure each.
const CUE_GROUPS: &[(&str, &[Rule])] = &[
    ("cue credit", &[Rule::PhotoCredit]),
    ("cue media", &[Rule::MediaPlaceholder, Rule::DeviceNotice]),
    ("cue comments", &[Rule::Comments, Rule::CommentRules]),
    ("cue newsletter", &[Rule::Newsletter, Rule::Subscription]),
    ("cue share", &[Rule::ShareBar, Rule::Follow]),
    ("cue read more", &[Rule::ReadMore]),
    ("cue navigation", &[Rule::Navigation, Rule::Tags]),
    ("cue legal", &[Rule::Copyright, Rule::Consent]),
    ("cue advertisement", &[Rule::Advertisement]),
    ("cue contact", &[Rule::Contact, Rule::CorrectionRequest]),
];

fn measure_cue(cue: Option<Cue>, row: &mut Row<'_>) {
    for (name, rules) in CUE_GROUPS {
        let strength = cue
            .filter(|cue| rules.contains(&cue.rule))
            .map_or(0.0, |cue| match cue.strength {
                Strength::In => 1.0,
                Strength::Edge => 2.0,
                Strength::Whole => 3.0,
            });
        row.put(name, strength);
    }
}

fn measure_elements<'p>(
    known: &Known<'_, 'p>,
    read: &mut ElementGroups<'p>,
    block: &Block,
    row: &mut Row<'_>,
) {
    let page = known.page;
    let mut tags = [NOWHERE; ABOVE.len()];
    let names = group_names();
    let mut groups = [NOWHERE; 32];
    let mut all: Groups = 0;
    for (distance, id) in std::iter::once(block.node)
        .chain(page.ancestors(block.node))
        .enumerate()
    {
        let distance = (distance as f32).min(NOWHERE - 1.0);
        let tag = page.node(id).tag;
        if distance > 0.0 {
            for (slot, (_, wanted)) in tags.iter_mut().zip(ABOVE) {
                if *slot >= NOWHERE && wanted.contains(&tag) {
                    *slot = distance;
                }
            }
        }
        // the root and the body speak of the whole page, not of the block
        if matches!(tag, Tag::Html | Tag::Body) {
            continue;
        }
        let mut fresh = read.of(page, id) & !all;
        all |= fresh;
        while fresh != 0 {
            let bit = fresh.trailing_zeros();
            groups[bit as usize] = distance;
            fresh &= fresh - 1;
        }
    }
    row.put("element", tag_number(page.node(block.node).tag));
    row.put("depth", f32::from(page.node(block.node).depth.min(60)));
    for ((name, _), distance) in ABOVE.iter().zip(tags) {
        row.put(name, distance);
    }
    for (name, distance) in names.iter().zip(groups) {
        row.put(name, distance);
    }
}

fn measure_holders(known: &Known<'_, '_>, near: &Surroundings, at: usize, row: &mut Row<'_>) {
    const NAMES: [[&str; 5]; 4] = [
        [
            "own bytes",
            "own link share",
            "own blocks",
            "own good share",
            "own page share",
        ],
        [
            "holder bytes",
            "holder link share",
            "holder blocks",
            "holder good share",
            "holder page share",
        ],
        [
            "second holder bytes",
            "second holder link share",
            "second holder blocks",
            "second holder good share",
            "second holder page share",
        ],
        [
            "third holder bytes",
            "third holder link share",
            "third holder blocks",
            "third holder good share",
            "third holder page share",
        ],
    ];
    let own = &near.own[at];
    let block = &known.blocks.list[at];
    let page_bytes = near.page_bytes.max(1) as f32;
    let ids = [block.node, own.above[0], own.above[1], own.above[2]];
    for (names, id) in NAMES.iter().zip(ids) {
        let sums = near.below.get(&id).copied().unwrap_or_default();
        let bytes = sums.bytes.max(1) as f32;
        row.put(names[0], bytes.ln());
        row.put(names[1], sums.link_bytes as f32 / bytes);
        row.put(names[2], (sums.blocks as f32).min(200.0));
        row.put(names[3], sums.good_bytes as f32 / bytes);
        row.put(names[4], sums.bytes as f32 / page_bytes);
    }
    let best = near.best_nearness.max(1.0);
    let score = |id: NodeId| near.nearness.get(&id).copied().unwrap_or(0.0) / best;
    row.put("holder nearness", score(own.above[0]));
    row.put("second holder nearness", score(own.above[1]));
    let page = known.page;
    let steps = std::iter::once(block.node)
        .chain(page.ancestors(block.node))
        .position(|id| id == near.top);
    row.put("steps to top", steps.map_or(20.0, |s| (s as f32).min(15.0)));
    // how far up the block and the top element meet
    let end = page.node(near.top).end;
    let meets = page
        .ancestors(near.top)
        .position(|id| block.node >= id && block.node < page.node(id).end);
    let inside = block.node >= near.top && block.node < end;
    row.put(
        "meets top",
        if inside {
            0.0
        } else {
            meets.map_or(15.0, |m| (m as f32 + 1.0).min(15.0))
        },
    );
    for (names, sums) in [
        (
            [
                "alike",
                "alike bytes",
                "alike link share",
                "alike ends",
                "alike good share",
            ],
            near.alike.get(&own.signature),
        ),
        (
            [
                "same shape",
                "same shape bytes",
                "same shape link share",
                "same shape ends",
                "same shape good share",
            ],
            near.shapes.get(&own.shape),
        ),
    ] {
        let sums = sums.copied().unwrap_or_default();
        let bytes = sums.bytes.max(1) as f32;
        row.put(names[0], (sums.count as f32).min(100.0));
        row.put(names[1], bytes / page_bytes);
        row.put(names[2], sums.link_bytes as f32 / bytes);
        row.put(names[3], sums.ends as f32 / sums.count.max(1) as f32);
        row.put(names[4], sums.good_bytes as f32 / bytes);
    }
}

/// The list or table that a block is a part of: its parts are text or clutter together.
fn measure_list(known: &Known<'_, '_>, near: &Surroundings, at: usize, row: &mut Row<'_>) {
    let id = near.own[at].list;
    let list = id.and_then(|id| near.lists.get(&id)).copied();
    let sums = list.map(|list| list.sums).unwrap_or_default();
    let bytes = sums.bytes.max(1) as f32;
    let count = sums.count.max(1) as f32;
    row.put("list parts", (sums.count as f32).min(100.0));
    row.put("list bytes", bytes.ln());
    row.put("list link share", sums.link_bytes as f32 / bytes);
    row.put("list ends", sums.ends as f32 / count);
    let (first, last) = list.map_or((at, at), |list| (list.place.first, list.place.last));
    row.put("good before list", near.good_before[first] as f32);
    row.put("good after list", near.good_after[last] as f32);
    let steps = id.and_then(|id| known.page.ancestors(id).position(|above| above == near.top));
    row.put("list steps to top", steps.map_or(20.0, |s| (s as f32).min(15.0)));
}

fn measure_place(known: &Known<'_, '_>, near: &Surroundings, at: usize, row: &mut Row<'_>) {
    let count = known.blocks.list.len();
    row.put("blocks on page", (count as f32).min(2_000.0));
    row.put("bytes on page", (near.page_bytes.max(1) as f32).ln());
    row.put("place", at as f32 / count.max(1) as f32);
    row.put(
        "place in bytes",
        near.bytes_before[at] as f32 / near.page_bytes.max(1) as f32,
    );
    row.put("top bytes", (near.top_bytes.max(1) as f32).ln());
    row.put(
        "place in top",
        near.top_before[at] as f32 / near.top_bytes.max(1) as f32,
    );
    row.put("good before", near.good_before[at] as f32);
    row.put("good after", near.good_after[at] as f32);
    let from_title = near.title_block.map_or(-99.0, |title| at as f32 - title as f32);
    row.put("blocks from title", from_title.clamp(-99.0, 200.0));
}

fn measure_neighbours(near: &Surroundings, at: usize, row: &mut Row<'_>) {
    const NAMES: [(isize, [&str; 6]); 4] = [
        (
            -2,
            [
                "-2 bytes",
                "-2 link share",
                "-2 element",
                "-2 alike",
                "-2 same holder",
                "-2 ends",
            ],
        ),
        (
            -1,
            [
                "-1 bytes",
                "-1 link share",
                "-1 element",
                "-1 alike",
                "-1 same holder",
                "-1 ends",
            ],
        ),
        (
            1,
            [
                "+1 bytes",
                "+1 link share",
                "+1 element",
                "+1 alike",
                "+1 same holder",
                "+1 ends",
            ],
        ),
        (
            2,
            [
                "+2 bytes",
                "+2 link share",
                "+2 element",
                "+2 alike",
                "+2 same holder",
                "+2 ends",
            ],
        ),
    ];
    let own = &near.own[at];
    for (by, names) in NAMES {
        let other = at.checked_add_signed(by).and_then(|other| near.own.get(other));
        let (bytes, links, tag, alike, holder, ends) =
            other.map_or((-1.0, -1.0, -1.0, false, false, false), |o| {
                (
                    (o.bytes as f32).ln(),
                    o.link_share,
                    o.tag,
                    o.signature == own.signature,
                    o.above[0] == own.above[0],
                    o.ends,
                )
            });
        row.put(names[0], bytes);
        row.put(names[1], links);
        row.put(names[2], tag);
        row.flag(names[3], alike);
        row.flag(names[4], holder);
        row.flag(names[5], ends);
    }
}

fn measure_agreement(known: &Known<'_, '_>, near: &Surroundings, at: usize, row: &mut Row<'_>) {
    let block = &known.blocks.list[at];
    let words = known.blocks.words(block);
    let letters = letters_of(words);
    let title = &near.title_letters;
    row.put(
        "title agreement",
        if letters.is_empty() || title.is_empty() {
            0.0
        } else if letters == *title {
            3.0
        } else if letters.len() > 12 && (title.contains(&letters) || letters.contains(title.as_str())) {
            2.0
        } else {
            0.0
        },
    );
    row.put("description agreement", near.description.share_of(&letters));
    row.put(
        "linked body",
        if near.linked_body.len() < 200 {
            -1.0
        } else {
            near.linked_body.share_of(&letters)
        },
    );
    let short = words.len() < 200;
    row.flag(
        "names an author",
        short
            && near
                .authors
                .iter()
                .any(|a| a.len() > 5 && letters.contains(a.as_str())),
    );
    let dated = short
        && words.bytes().any(|b| b.is_ascii_digit())
        && crate::date_text::first_date(words, crate::date_text::Reading::default()).is_some();
    row.flag("dated", dated);
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
