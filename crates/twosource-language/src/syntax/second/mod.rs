//! A second look: at tags once the tags on both sides are there, and at heads and relations once the tree is whole.
//!
//! The tagger goes from left to right, and the parser joins words before it has read on. Where either chose by a small
//! lead, a linear model chooses anew among what may stand there: the tags that came close; for the head of a word, what
//! stands near its head in the tree (Attardi and Ciaramita 2007; Hall and Novák 2005). Trained on what taggers and
//! parsers made of sentences that they had not seen.

pub mod heads;
pub mod relations;
pub mod tags;
mod tree;

pub use tree::Tree;

use super::choice::Choice;
use super::groups::{self, Group};
use super::parser::ParseBuffers;
use super::reader::Reader;
use super::tagger::{Tag, TagBuffers};
use super::word::Word;
use heads::Parsed;
use relations::Lists;

/// First bytes of a model file.
pub const MAGIC: &[u8] = b"twosource second look 1\n";
/// Weights are counted in steps of one in so many.
pub const SCALE: f32 = 32.0;

/// The models of the second look.
#[derive(Debug, Clone)]
pub struct SecondLook {
    /// Chooses tags.
    pub tags: Choice,
    /// Chooses heads.
    pub heads: Choice,
    /// Chooses relations of words that have a new head.
    pub relations: Choice,
    /// Relations that may be chosen.
    pub lists: Lists,
}

impl SecondLook {
    /// Reads what [`Self::write`] wrote; `None` when the bytes are not that.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes.strip_prefix(MAGIC)?);
        Some(Self {
            tags: Choice::read(&mut from)?,
            heads: Choice::read(&mut from)?,
            relations: Choice::read(&mut from)?,
            lists: Lists::read(&mut from)?,
        })
    }

    /// Chooses the tags of words that have several close ones.
    pub fn revise_tags(&self, tagged: &TagBuffers, words: &[Word], tags: &mut [Tag], buffers: &mut Buffers) {
        buffers.fill_groups(words);
        tags::choose(&self.tags, tagged.view(), tagged.close(), &buffers.groups, tags);
    }

    /// Chooses heads and relations of the words of the last tree that the parser was not sure of; the words are those
    /// that [`Self::revise_tags`] saw last.
    pub fn revise_tree(&self, parsed: &mut ParseBuffers, buffers: &mut Buffers) {
        let length = parsed.state.length as usize;
        let heads = &mut parsed.state.heads;
        let labels = &mut parsed.state.labels[..length];
        if !parsed.leads.iter().any(|lead| heads::is_unsure(*lead)) {
            return;
        }
        let of_tree = Parsed::fill(&parsed.view, &buffers.groups, &mut buffers.tree, heads, labels);
        let changed = heads::revise(
            &self.heads,
            &of_tree,
            &parsed.leads,
            (heads, labels),
            &mut buffers.heads,
        );
        if changed.is_empty() {
            return;
        }
        let of_tree = Parsed::fill(&parsed.view, &buffers.groups, &mut buffers.tree, heads, labels);
        let (options, features) = (&mut buffers.options, &mut buffers.features);
        for word in changed {
            labels[word as usize] =
                relations::choose(&self.relations, &self.lists, &of_tree, word, (options, features));
        }
    }

    /// The bytes of a model file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for model in [&self.tags, &self.heads, &self.relations] {
            model.write(&mut out);
        }
        self.lists.write(&mut out);
        out
    }
}

/// The number of the first bound that a lead lies below: how sure a choice was.
fn sureness(lead: i32, bounds: &[i32]) -> u32 {
    bounds
        .iter()
        .position(|bound| lead < *bound)
        .unwrap_or(bounds.len()) as u32
}

/// Buffers that are used again and again.
#[derive(Debug, Clone, Default)]
pub struct Buffers {
    groups: Vec<Group>,
    tree: Tree,
    heads: heads::Buffers,
    options: Vec<u8>,
    features: Vec<u32>,
}

impl Buffers {
    fn fill_groups(&mut self, words: &[Word]) {
        let groups = groups::english();
        self.groups.clear();
        self.groups.extend(words.iter().map(|word| groups.of(word.lower)));
    }
}

#[cfg(test)]
mod tests;
