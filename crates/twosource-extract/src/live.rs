//! The entries of a live blog: parts of one article, each with its own time.

use std::collections::BTreeMap;
use std::ops::Range;

use twosource_model::{Confidence, DateSource, DatedEvidence, LiveEntry, Moment, Span};

use crate::Rule;
use crate::clock::clock;
use crate::html::ReadPage;
use crate::page::{NodeId, Tag};
use crate::score::Verdict;

/// Times of a page that are looked at.
const MOST_TIMES: usize = 2_000;

/// Entries from which alike elements with a time each are a live blog, where the page does not say that it is one.
const LEAST_ENTRIES: usize = 3;

/// Share of the report, in hundredths of its bytes, that stands in the entries.
const LEAST_SHARE: usize = 60;

/// Levels above a time in which its entry is looked for.
const LEVELS: usize = 24;

/// Farthest before the first words of the report, in nodes, that the time of its first entry stands.
const BEFORE_TEXT: NodeId = 60;

/// Longest line that holds a time of day and little else, in bytes.
const LONGEST_CLOCK: usize = 24;

/// An entry: its nodes and the one that holds its time.
#[derive(Debug)]
pub(crate) struct EntryPlace {
    pub(crate) nodes: Range<NodeId>,
    time: NodeId,
}

/// The entries of a page, in its order; none where it is no live blog. What holds the time of an entry alone becomes
/// clutter.
pub(crate) fn entries_of(read: &ReadPage<'_, '_>, verdicts: &mut [Verdict]) -> Vec<EntryPlace> {
    let kept: Vec<(NodeId, usize)> = read
        .blocks
        .list
        .iter()
        .zip(&*verdicts)
        .filter(|(_, verdict)| matches!(verdict, Verdict::Text(_)))
        .map(|(block, _)| (block.first_text, block.words.len()))
        .collect();
    let (Some((first, _)), Some((last, _))) = (kept.first(), kept.last()) else {
        return Vec::new();
    };
    let times = times_of(read, first.saturating_sub(BEFORE_TEXT)..*last);
    let is_live = read.linked.iter().any(|report| report.is_live);
    let least = if is_live { 2 } else { LEAST_ENTRIES };
    if times.len() < least {
        return Vec::new();
    }
    let entries = alike(read, &times, &kept, least);
    for (block, verdict) in read.blocks.list.iter().zip(verdicts) {
        let is_time = read.blocks.words(block).len() <= LONGEST_CLOCK
            && (block.first_text..=block.last_text).any(|id| times.binary_search(&id).is_ok());
        if is_time
            && entries
                .iter()
                .any(|entry| entry.nodes.contains(&block.first_text))
        {
            *verdict = Verdict::Clutter(Rule::DateLine);
        }
    }
    entries
}

/// Those of some nodes that hold a time, in the order of the page.
fn times_of(read: &ReadPage<'_, '_>, nodes: Range<NodeId>) -> Vec<NodeId> {
    let clocks = read.blocks.of_nodes(&nodes).iter().filter(|block| {
        let words = read.blocks.words(block);
        words.len() <= LONGEST_CLOCK && clock(words).is_some()
    });
    let mut times: Vec<NodeId> = clocks.map(|block| block.first_text).collect();
    times.extend(read.facts.times.iter().filter(|id| nodes.contains(id)));
    times.sort_unstable();
    times.dedup();
    times.truncate(MOST_TIMES);
    times
}

/// Siblings of one kind that hold a time each, and most of the report between them.
fn alike(
    read: &ReadPage<'_, '_>,
    times: &[NodeId],
    kept: &[(NodeId, usize)],
    least: usize,
) -> Vec<EntryPlace> {
    let page = read.page;
    let mut siblings: BTreeMap<(NodeId, Tag), Vec<EntryPlace>> = BTreeMap::new();
    for time in times {
        for id in page.ancestors(*time).take(LEVELS) {
            let node = page.node(id);
            let of_parent = siblings.entry((node.parent, node.tag)).or_default();
            if of_parent.last().is_none_or(|entry| entry.nodes.start != id) {
                of_parent.push(EntryPlace {
                    nodes: id..node.end,
                    time: *time,
                });
            }
        }
    }
    let all: usize = kept.iter().map(|(_, bytes)| bytes).sum();
    let bytes_in = |entry: &EntryPlace| -> usize {
        let from = kept.partition_point(|(id, _)| *id < entry.nodes.start);
        let inside = kept[from..].iter().take_while(|(id, _)| *id < entry.nodes.end);
        inside.map(|(_, bytes)| bytes).sum()
    };
    let holds_title = |entry: &EntryPlace| read.title_node.is_some_and(|id| entry.nodes.contains(&id));
    siblings
        .into_values()
        .filter(|entries| entries.len() >= least && !entries.iter().any(holds_title))
        .map(|mut entries| {
            entries.retain(|entry| bytes_in(entry) > 0);
            entries
        })
        .filter(|entries| {
            let bytes: usize = entries.iter().map(bytes_in).sum();
            entries.len() >= least && bytes * 100 >= all * LEAST_SHARE
        })
        // of several, the first and outermost with the most entries
        .reduce(|best, next| if next.len() > best.len() { next } else { best })
        .unwrap_or_default()
}

/// The entries as parts of the text, whose paragraphs stand at these nodes. `dated` reads the time of an element, `day` is
/// the day of a time that names none. None where most have no time that can be read.
pub(crate) fn live_entries(
    read: &ReadPage<'_, '_>,
    places: &[EntryPlace],
    paragraphs: &[(NodeId, Span)],
    dated: impl Fn(NodeId) -> Option<DatedEvidence>,
    day: Option<Moment>,
) -> Vec<LiveEntry> {
    let entry = |place: &EntryPlace| {
        let from = paragraphs.partition_point(|(id, _)| *id < place.nodes.start);
        let inside = paragraphs[from..]
            .iter()
            .take_while(|(id, _)| *id < place.nodes.end);
        let span = inside.map(|(_, span)| *span).reduce(Span::hull)?;
        let words = read.page.text_of(place.time);
        let by_clock = || {
            let local = day?.day().to_datetime(clock(&words)?);
            Some(DatedEvidence {
                moment: Moment::Time {
                    local,
                    offset_seconds: None,
                },
                until: None,
                source: DateSource::VisibleLine,
                evidence: words.clone(),
                confidence: Confidence::Medium,
            })
        };
        let published = dated(place.time).or_else(by_clock);
        Some(LiveEntry { span, published })
    };
    let entries: Vec<LiveEntry> = places.iter().filter_map(entry).collect();
    let dated = entries.iter().filter(|entry| entry.published.is_some()).count();
    if dated * 2 > entries.len() {
        entries
    } else {
        Vec::new()
    }
}
