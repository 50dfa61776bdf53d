//! Chooses among the tags that came close, with the tags on both sides known.

use super::super::choice::Choice;
use super::super::groups::Group;
use super::super::tagger::{Close, Tag, View};
use super::super::word::key;
use super::sureness;

/// Leads of the tagger that tell how sure it was: from a twentieth of 2,400, its median lead on EWT dev, upwards.
const LEADS: [i32; 5] = [120, 240, 480, 720, 1080];

/// What stands for a tag outside the sentence.
const OUTSIDE: u32 = 254;

/// A sentence as the second look at its tags sees it.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'a> {
    /// Its words.
    pub view: &'a View,
    /// Groups of its words.
    pub groups: &'a [Group],
    /// Its tags so far.
    pub tags: &'a [Tag],
}

impl Sentence<'_> {
    fn tag(&self, at: usize, by: isize) -> u32 {
        let tag = at.checked_add_signed(by).and_then(|at| self.tags.get(at));
        tag.map_or(OUTSIDE, |tag| u32::from(*tag))
    }

    fn group(&self, at: usize, by: isize) -> Group {
        let group = at.checked_add_signed(by).and_then(|at| self.groups.get(at));
        group.copied().unwrap_or_default()
    }

    /// The features of one of the close tags of a word.
    pub fn features(&self, close: &Close, which: usize, out: &mut Vec<u32>) {
        let at = close.at as usize;
        let view = self.view;
        let tag = |by: isize| self.tag(at, by);
        let lower = |by: isize| view.word(at, by).lower;
        let fine = |by: isize| self.group(at, by).fine;
        let (word, entry) = (view.word(at, 0), view.entry(at, 0).grammar());
        let (first, this) = (u32::from(close.tags[0].0), u32::from(close.tags[which].0));
        // of the first tag how far the next one is, of any other how far it is from the first
        let lead = sureness(close.tags[which.max(1)].1, &LEADS);
        let flags = u32::from(word.flags) << 1 | u32::from(at == 0);
        let (before, behind) = (tag(-1), tag(1));
        let both = before << 8 | behind;
        let mut f = |template: u32, a: u32, b: u32| out.push(key(500 + template, this, a, b));
        f(0, (which as u32) << 8 | lead, 0);
        f(1, first, lead);
        f(2, first, behind);
        f(3, first, before);
        f(4, before, behind);
        f(5, before << 8 | tag(-2), behind);
        f(6, before, behind << 8 | tag(2));
        f(7, behind, tag(2));
        f(8, before, tag(-2));
        f(9, word.lower, first);
        f(10, word.lower, behind);
        f(11, word.lower, before);
        f(12, word.lower, both);
        f(13, word.suffix[2], behind);
        f(14, word.suffix[2], both);
        f(15, lower(1), before);
        f(16, lower(-1), behind);
        f(17, lower(1), tag(2));
        f(18, behind << 8 | tag(2), tag(3));
        f(19, before << 8 | tag(-2), tag(-3));
        f(20, fine(0), first);
        f(21, fine(0), behind);
        f(22, fine(0), before);
        f(23, fine(1), before);
        f(24, fine(-1), behind);
        f(
            25,
            self.group(at, -1).middle << 16 | self.group(at, 1).middle,
            self.group(at, 0).middle,
        );
        f(26, entry, behind);
        f(27, entry, both);
        f(28, flags, behind);
        f(29, flags, both);
        f(30, word.shape, both);
        f(31, word.suffix[1], both);
        f(32, lower(-1), lower(1));
        f(33, lower(-2), lower(-1));
        f(34, lower(-1), word.lower);
        f(35, lower(1), word.lower);
        f(36, tag(-2) << 16 | both, tag(2));
        f(37, word.suffix[3], entry);
    }
}

/// Chooses the tag of each word that had several close ones.
pub fn choose(model: &Choice, view: &View, close: &[Close], groups: &[Group], tags: &mut [Tag]) {
    let mut chosen = Vec::new();
    let mut features = Vec::new();
    let sentence = Sentence { view, groups, tags };
    for word in close {
        let mut best = (i32::MIN, word.tags[0].0);
        for which in 0..word.count {
            features.clear();
            sentence.features(word, which, &mut features);
            let score = model.score(&features);
            if score > best.0 {
                best = (score, word.tags[which].0);
            }
        }
        if best.1 != word.tags[0].0 {
            chosen.push((word.at as usize, best.1));
        }
    }
    for (at, tag) in chosen {
        tags[at] = tag;
    }
}
