//! Who is who among stories: ids that last, redirects after merges, splits on record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use twosource_model::{ArticleId, StoryId};

/// A story became two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The story, which goes on under its id.
    pub from: StoryId,
    /// The part that left it.
    pub into: StoryId,
}

/// The stories by number, and what became of those that are gone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    stories: BTreeMap<u32, Entry>,
    next: u32,
    redirects: BTreeMap<StoryId, StoryId>,
    splits: Vec<Split>,
    live: BTreeMap<StoryId, u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    id: StoryId,
    /// Numbers of its articles, rising.
    members: Vec<u32>,
    /// How many they were when each of them was last looked at.
    looked_at: u32,
}

impl Ledger {
    /// Opens a story founded by an article; its id is the article's, with a counter where that is taken.
    pub fn open(&mut self, founder: &ArticleId) -> u32 {
        let number = self.next;
        self.next += 1;
        let id = self.free_id(founder);
        self.live.insert(id.clone(), number);
        let entry = Entry {
            id,
            members: Vec::new(),
            looked_at: 0,
        };
        self.stories.insert(number, entry);
        number
    }

    /// The id of a story.
    #[must_use]
    pub fn id(&self, story: u32) -> Option<&StoryId> {
        self.stories.get(&story).map(|entry| &entry.id)
    }

    /// Numbers of the articles of a story, in the order of arrival.
    #[must_use]
    pub fn members(&self, story: u32) -> &[u32] {
        self.stories.get(&story).map_or(&[], |entry| &entry.members)
    }

    /// How many articles a story had when each of them was last looked at by repair.
    #[must_use]
    pub fn looked_at(&self, story: u32) -> usize {
        self.stories
            .get(&story)
            .map_or(0, |entry| entry.looked_at as usize)
    }

    /// Notes that each of the `count` articles of a story was looked at.
    pub fn look_at(&mut self, story: u32, count: usize) {
        if let Some(entry) = self.stories.get_mut(&story) {
            entry.looked_at = count as u32;
        }
    }

    /// All stories, by number.
    pub fn stories(&self) -> impl Iterator<Item = (u32, &StoryId, &[u32])> {
        self.stories
            .iter()
            .map(|(n, e)| (*n, &e.id, e.members.as_slice()))
    }

    /// Puts an article into a story.
    pub fn put(&mut self, story: u32, article: u32) {
        if let Some(entry) = self.stories.get_mut(&story)
            && let Err(at) = entry.members.binary_search(&article)
        {
            entry.members.insert(at, article);
        }
    }

    /// Takes an article out of a story, which stays open also where it was the last one; [`Ledger::close`] ends a story. Nothing
    /// happens where the story or the article in it is unknown.
    pub fn take(&mut self, story: u32, article: u32) {
        if let Some(entry) = self.stories.get_mut(&story) {
            entry.members.retain(|member| *member != article);
        }
    }

    /// Closes a story without articles; its id leads to `into` from now on.
    pub fn close(&mut self, story: u32, into: Option<u32>) {
        let into = into.and_then(|into| self.id(into).cloned());
        if self.members(story).is_empty()
            && let Some(entry) = self.stories.remove(&story)
        {
            self.live.remove(&entry.id);
            if let Some(into) = into {
                self.redirects.insert(entry.id, into);
            }
        }
    }

    /// Puts a split on record.
    pub fn record_split(&mut self, from: u32, into: u32) {
        if let (Some(from), Some(into)) = (self.id(from).cloned(), self.id(into).cloned()) {
            self.splits.push(Split { from, into });
        }
    }

    /// The id that an id leads to now: itself, or where merges sent it.
    #[must_use]
    pub fn resolve(&self, id: &StoryId) -> StoryId {
        let mut id = id;
        // a redirect is only written to a live story, so chains end; the bound guards a damaged state
        for _ in 0..=self.redirects.len() {
            match self.redirects.get(id) {
                Some(next) => id = next,
                None => break,
            }
        }
        id.clone()
    }

    /// Ids of stories that were merged away, with where they lead.
    #[must_use]
    pub const fn redirects(&self) -> &BTreeMap<StoryId, StoryId> {
        &self.redirects
    }

    /// Splits, in the order in which they came.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    fn free_id(&self, founder: &ArticleId) -> StoryId {
        let taken = |id: &StoryId| self.live.contains_key(id) || self.redirects.contains_key(id);
        let plain = StoryId::new(founder.as_str());
        if !taken(&plain) {
            return plain;
        }
        let counted = (2_u32..).map(|n| StoryId::new(&format!("{founder}~{n}")));
        counted.into_iter().find(|id| !taken(id)).unwrap_or(plain)
    }
}
