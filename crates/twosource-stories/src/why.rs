//! Why an article is in its story, in words.

use std::collections::BTreeSet;

use twosource_model::{ArticleId, Evidence, JoinEvidence};

use crate::actions::name_of;
use crate::profile::Section;
use crate::stream::Stream;
use crate::words::term_of;

/// Words that one reason lists.
const LISTED: usize = 6;
/// Weight of a day that both speak of, among the reasons.
const SAME_DAY: f32 = 0.4;
/// Members of a big story that are asked who is nearest.
const ASKED: usize = 64;

impl Stream {
    /// Why an article is in its story: the member it is nearest to, the log-odds of the two, and the reasons. `None`
    /// for an article that is not in the window or alone in its story.
    #[must_use]
    pub fn why(&self, article: &ArticleId) -> Option<JoinEvidence> {
        let number = *self.numbers.get(article)?;
        let members = self.ledger.members(self.slot(number).story);
        let step = members.len().div_ceil(ASKED).max(1);
        let near: BTreeSet<u32> = self.slot(number).edges.iter().map(|edge| edge.0).collect();
        let others = members
            .iter()
            .enumerate()
            .filter(|(at, other)| at % step == 0 || near.contains(other));
        let scored = others.map(|(_, other)| *other).filter(|other| *other != number);
        let (nearest, score) = scored
            .map(|other| (other, self.score(number, other)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some(JoinEvidence {
            article: article.clone(),
            nearest: self.slot(nearest).id.clone(),
            score,
            evidence: self.reasons(number, nearest),
        })
    }

    /// What two articles have in common, strongest first.
    fn reasons(&self, a: u32, b: u32) -> Vec<Evidence> {
        let (_, features) = self.pair(a, b);
        let (first, second) = (&self.slot(a).profile, &self.slot(b).profile);
        let mut found = Vec::new();
        let mut add = |rule: &str, weight: f32, words: String| {
            found.push(Evidence {
                rule: rule.to_owned(),
                weight,
                words,
            });
        };
        if self.are_copies(a, b) {
            let share = self.shared_runs(a, b).share;
            add(
                "same-text",
                1.0 + share,
                format!(
                    "{:.0} % of the shorter one's prose is the same text",
                    share * 100.0
                ),
            );
        }
        for (rule, section, feature, what) in [
            ("same-names", Section::Names, 3, "names"),
            ("same-numbers", Section::Numbers, 4, "numbers"),
            ("same-headline-words", Section::Title, 1, "headline words"),
        ] {
            let shared = self.shared_labels(a, b, section);
            if !shared.is_empty() {
                add(
                    rule,
                    features[feature],
                    format!("{} shared {what}: {}", shared.len(), list(&shared)),
                );
            }
        }
        let kinds: Vec<&str> = first
            .vector(Section::Actions)
            .filter(|(kind, _)| second.holds(Section::Actions, *kind))
            .map(|(kind, _)| name_of(kind))
            .collect();
        if !kinds.is_empty() {
            add(
                "same-event",
                features[22],
                format!("both tell of: {}", list(&kinds)),
            );
        }
        if features[25] > 0.0 {
            add(
                "same-day-spoken",
                SAME_DAY,
                "both speak of the same day".to_owned(),
            );
        }
        add(
            "same-words",
            features[0],
            format!("{:.0} % alike in their rare words", features[0] * 100.0),
        );
        if let (Some(day), Some(other)) = (first.day, second.day) {
            let days = (day - other).abs();
            let words = match days {
                ..1.0 => "reported within a day".to_owned(),
                ..1.5 => "reported a day apart".to_owned(),
                _ => format!("reported {days:.0} days apart"),
            };
            add("time", (-days / 3.0).exp() * 0.5, words);
        }
        found.sort_by(|x, y| y.weight.total_cmp(&x.weight));
        found
    }

    fn shared_labels(&self, a: u32, b: u32, section: Section) -> Vec<&str> {
        let (first, second) = (self.slot(a), self.slot(b));
        let shared = |label: &&str| {
            let term = term_of(label);
            first.profile.holds(section, term) && second.profile.holds(section, term)
        };
        first
            .labels
            .split(' ')
            .filter(|label| !label.is_empty())
            .filter(shared)
            .collect()
    }

    /// Stories that strong pairs tie to each other although they are not one: earlier and later parts of one affair.
    pub(crate) fn thread(&self, story: u32) -> BTreeSet<u32> {
        self.thread_of(story, self.ledger.members(story))
    }

    /// The same, by the pairs of these articles of the story.
    pub(crate) fn thread_of(&self, story: u32, members: &[u32]) -> BTreeSet<u32> {
        let ties = |member: &u32| {
            let own = self.slot(*member);
            let here = own.edges.iter().filter(|(other, _)| *other >= self.base);
            here.filter_map(|(other, score)| {
                let other = self.slot(*other);
                let dated = own.profile.is_dated_text() && other.profile.is_dated_text();
                (*score > if dated { DATED_THREAD_AT } else { THREAD_AT }).then_some(other)
            })
        };
        members
            .iter()
            .flat_map(ties)
            .filter(|other| !other.replaced && other.story != story)
            .map(|other| other.story)
            .collect()
    }
}

/// Lowest log-odds of a pair that ties two stories to one thread,
const THREAD_AT: f32 = -1.5;
/// and where both are dated and have a text, which are put together from lower on.
const DATED_THREAD_AT: f32 = -2.1;

fn list(words: &[&str]) -> String {
    let mut text = words[..words.len().min(LISTED)].join(", ");
    if words.len() > LISTED {
        text.push_str(" …");
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::pair::FEATURE_NAMES;

    #[test]
    fn the_features_that_reasons_read_stand_where_they_are_read() {
        let read = [0, 1, 3, 4, 22, 25].map(|at| FEATURE_NAMES[at]);
        assert_eq!(
            read,
            ["whole", "title", "names", "numbers", "actions", "days-met"]
        );
    }
}
