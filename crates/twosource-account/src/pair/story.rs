//! What the words of a story weigh in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::numbering::ByNumber;
use crate::pair::Wording;
use crate::words::{Vocabulary, WordId};

/// How often the words of a story are used in it: what many of its wordings share tells little of any of them.
#[derive(Debug)]
pub struct StoryWeights {
    /// Share of its weight that each concept or stem of the wordings keeps.
    kept: ByNumber<WordId, f32>,
    /// The same of one that no wording has.
    rare: f32,
}

/// Share of its weight that a word keeps which every wording of the story has. Held out by story, pairs of `superpal` come to an
/// average precision of 0.783 at 0, 0.778 here, 0.773 at 0.35, and 0.756 with no story round them; pairs of clauses read by eye are told
/// apart as well with each of the three; at 0 what a small story is about no longer counts enough to join its first sentences
/// (`twosource-train account pairs` and `joins`, 23 November 2026).
const LEAST: f32 = 0.15;
/// A story of fewer wordings is weighed as one of so many: that two of two share a word is no sign that all would.
const FEWEST: u32 = 24;
/// Steps from no to full weight: one more clause leaves nearly all weights as they were, and what was worked out by them stays; those that
/// go a step do so at different times. Where counts went in steps, doubled from 128 wordings on, all weights changed at 4,096 at once, and
/// one more report of 200 cost half as much again as in the middle. Held out by story, pairs of `superpal` come to an average precision
/// of .779 here and without steps, .775 with 16, .742 with 8 (`twosource-train account pairs`, 23 November 2026).
const STEPS: f32 = 32.0;

impl StoryWeights {
    /// The weights of the story that these wordings are of; the order makes no difference. Without any, all words weigh alike.
    #[must_use]
    pub fn of<'a>(wordings: impl IntoIterator<Item = &'a Wording>) -> Self {
        let mut count = 0;
        let mut seen: ByNumber<WordId, u32> = ByNumber::default();
        for wording in wordings {
            count += 1;
            // a stem that is no concept of the wording counts too
            let stems = wording.bag().iter().filter(|(id, _)| !wording.has(*id));
            for (id, _) in wording.concepts().iter().chain(stems) {
                *seen.entry(*id).or_default() += 1;
            }
        }
        let all = (1 + FEWEST.max(count)) as f32;
        let kept = |count: u32| {
            let share = (all / (1 + count) as f32).ln() / all.ln();
            LEAST + (1.0 - LEAST) * (share.clamp(0.0, 1.0) * STEPS).round() / STEPS
        };
        Self {
            kept: seen.into_iter().map(|(id, count)| (id, kept(count))).collect(),
            rare: kept(1),
        }
    }

    /// The weights of each story that pairs of texts are of: every text of a story counts once. A pair is given as the story's
    /// name and its two texts; those of no story (an empty name) are left out.
    #[must_use]
    pub fn of_pairs<'a>(
        vocabulary: &mut Vocabulary,
        pairs: impl IntoIterator<Item = (&'a str, [&'a str; 2])>,
    ) -> BTreeMap<String, Self> {
        let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (story, two) in pairs {
            if !story.is_empty() {
                texts.entry(story).or_default().extend(two);
            }
        }
        let mut weights = |some: BTreeSet<&str>| {
            let wordings: Vec<Wording> = some
                .into_iter()
                .map(|text| Wording::read(vocabulary, text))
                .collect();
            Self::of(&wordings)
        };
        texts
            .into_iter()
            .map(|(story, some)| (story.to_owned(), weights(some)))
            .collect()
    }

    /// Weighs the words of `wording` anew, whatever they weighed in another story before.
    pub fn weigh(&self, wording: &mut Wording) {
        wording.reweigh(|id| self.kept.get(&id).copied().unwrap_or(self.rare));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair::Features;

    /// How much of the lower side's weight the first two of `texts` share, as two of a story of all of them.
    fn shared(texts: &[&str]) -> f32 {
        let mut vocabulary = Vocabulary::default();
        let mut wordings: Vec<Wording> = texts
            .iter()
            .map(|text| Wording::read(&mut vocabulary, text))
            .collect();
        let weights = StoryWeights::of(&wordings);
        for wording in &mut wordings {
            weights.weigh(wording);
        }
        let f = Features::of(&wordings[0], &wordings[1]);
        let alone = [texts[0], texts[1]].map(|text| Wording::read(&mut vocabulary, text));
        assert_eq!(
            f.plain(&wordings[0], &wordings[1]),
            Features::of(&alone[0], &alone[1])
        );
        f.concept_low
    }

    #[test]
    fn what_the_whole_story_is_about_tells_little_of_any_sentence() {
        let pair = [
            "The Kestrel dam burst on Monday.",
            "Engineers had warned of the Kestrel dam for years.",
        ];
        let about: Vec<String> = (0..40)
            .map(|n| format!("Kestrel dam, house number {n} was flooded."))
            .collect();
        let other: Vec<String> = (0..40)
            .map(|n| format!("In the valley house number {n} was flooded."))
            .collect();
        let in_story = |rest: &[String]| {
            shared(&[&pair[..], &rest.iter().map(String::as_str).collect::<Vec<_>>()].concat())
        };
        let (few, many) = (in_story(&about), in_story(&other));
        assert!(few < 0.6 * many, "{few} {many}");
        // two reports of a sentence each are no story yet
        assert!(shared(&pair) > 0.8 * many);
    }

    #[test]
    fn each_text_of_a_story_counts_once() {
        let mut vocabulary = Vocabulary::default();
        let pairs = [
            ("x", ["A dam burst.", "It rained."]),
            ("x", ["A dam burst.", "A bridge fell."]),
            ("", ["a", "b"]),
        ];
        let weights = StoryWeights::of_pairs(&mut vocabulary, pairs);
        assert_eq!(weights.keys().collect::<Vec<_>>(), ["x"]);
        let story = &weights["x"];
        let fell = Wording::read(&mut vocabulary, "A dam fell.");
        let kept = |at: usize| story.kept[&fell.concepts()[at].0];
        assert_eq!([kept(0), kept(1)], [story.rare; 2]);
    }

    #[test]
    fn one_more_wording_changes_few_weights() {
        let mut vocabulary = Vocabulary::default();
        const NAMES: [&str; 16] = [
            "ash", "birch", "cedar", "elm", "fir", "larch", "oak", "pine", "rowan", "thorn", "willow", "yew",
            "alder", "hazel", "holly", "maple",
        ];
        let told = |n: usize| format!("Kestrel dam: {} {} fell.", NAMES[n % 7], NAMES[7 + n % 9]);
        let wordings: Vec<Wording> = (0..300)
            .map(|n| Wording::read(&mut vocabulary, &told(n)))
            .collect();
        let mut changed = 0;
        for count in 200..300 {
            let [before, after] = [count, count + 1].map(|count| StoryWeights::of(&wordings[..count]));
            let kept = before.kept.iter();
            let some = kept
                .filter(|(id, share)| after.kept.get(*id) != Some(*share))
                .count();
            assert!(
                some < before.kept.len() / 2,
                "{some} of {} at {count}",
                before.kept.len()
            );
            changed += some;
        }
        assert!(changed < 100, "{changed}");
    }
}
