//! What was read by eye of stories of the stream (`eval/stories-checked.tsv`, and `eval/stories-later.tsv`, which nothing learns from), and how
//! stories of today stand to it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_model::ArticleId;
use twosource_testkit::readings::{self, ReadStory};

/// Pairs of articles, the lower id first: whether both were read as of one event.
pub struct Reading(BTreeMap<[String; 2], bool>);

impl Reading {
    /// The tables at `paths`, whose heads say what their columns are; what a later one says holds.
    pub fn of(paths: &[impl AsRef<Path>]) -> Result<Self> {
        let mut stories = Vec::new();
        for path in paths.iter().map(AsRef::as_ref) {
            stories.extend(readings::read(path).with_context(|| path.display().to_string())?);
        }
        let pairs = stories.iter().flat_map(ReadStory::pairs).map(|(a, b, same)| {
            let mut pair = [a.to_owned(), b.to_owned()];
            pair.sort();
            (pair, same)
        });
        Ok(Self(pairs.collect()))
    }

    /// How a story stands to what was read: a pair of it is of two events, or is not known, or none of both.
    pub fn judge(&self, story: &[&ArticleId], label: impl Fn(&ArticleId) -> Option<String>) -> Judged {
        let mut unread = false;
        for (at, a) in story.iter().enumerate() {
            for b in &story[..at] {
                let mut pair = [a.as_str().to_owned(), b.as_str().to_owned()];
                pair.sort();
                match self.0.get(&pair) {
                    Some(false) => return Judged::Foreign,
                    Some(true) => {}
                    None => unread |= label(a).is_none() || label(b).is_none(),
                }
            }
        }
        if unread { Judged::Unread } else { Judged::Known }
    }
}

/// What is known of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It holds an article that was read as foreign.
    Foreign,
    /// It holds one that has no label and was not read beside the others.
    Unread,
    /// Neither.
    Known,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_a_story_are_of_other_events() {
        let folder = std::env::temp_dir().join(format!("stories-read-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("table.tsv");
        std::fs::write(&path, "# head\na\tf\tb+c\ta b c d\ne\tf\t*\te f\ng\tt\t-\tg h\n").unwrap();
        let reading = Reading::of(&[&path]).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let check = |ids: &[&str], expected| {
            let ids: Vec<ArticleId> = ids.iter().map(|id| ArticleId::new(id)).collect();
            let story: Vec<&ArticleId> = ids.iter().collect();
            assert_eq!(reading.judge(&story, |_| None), expected, "{ids:?}");
        };
        check(&["a", "d"], Judged::Known);
        check(&["b", "c"], Judged::Known);
        check(&["a", "b"], Judged::Foreign);
        check(&["g", "h"], Judged::Known);
        check(&["e", "f"], Judged::Unread);
    }
}
