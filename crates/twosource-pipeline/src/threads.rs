//! Stories of one affair: which of them a story continues, as its account tells it.

use std::collections::BTreeMap;

use jiff::civil;
use twosource_model::{Account, Story, StoryId, ThreadStory, Tie};

/// Writes into each account what its story continues and what continues it. `accounts` stand in the order of `stories`.
pub fn tie(accounts: &mut [Account], stories: &[Story]) {
    let known: BTreeMap<&StoryId, (Option<civil::Date>, String)> = stories
        .iter()
        .zip(accounts.iter())
        .map(|(story, account)| (&story.id, (first_day(account), account.title())))
        .collect();
    for (story, account) in stories.iter().zip(accounts) {
        let day = first_day(account);
        let mut thread: Vec<(Option<civil::Date>, ThreadStory)> = story
            .thread
            .iter()
            .filter_map(|other| {
                let (began, title) = known.get(other)?;
                let told = ThreadStory {
                    story: other.clone(),
                    title: title.clone(),
                    tie: tie_of(day, *began),
                };
                Some((*began, told))
            })
            .collect();
        thread.sort_by(|a, b| (a.0, &a.1.story).cmp(&(b.0, &b.1.story)));
        account.thread = thread.into_iter().map(|(_, told)| told).collect();
    }
}

pub(crate) fn tie_of(day: Option<civil::Date>, other: Option<civil::Date>) -> Tie {
    match (day, other) {
        (Some(day), Some(other)) if other < day => Tie::Continues,
        (Some(day), Some(other)) if other > day => Tie::ContinuedBy,
        _ => Tie::Beside,
    }
}

pub(crate) fn first_day(account: &Account) -> Option<civil::Date> {
    let dates = account.reports.iter().filter_map(|report| report.date.as_ref());
    dates.map(|date| date.moment.day()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_story_is_continued() {
        let day = |day| Some(civil::date(2031, 3, day));
        for (own, other, tie) in [
            (day(4), day(2), Tie::Continues),
            (day(2), day(4), Tie::ContinuedBy),
            (day(4), day(4), Tie::Beside),
            (None, day(4), Tie::Beside),
            (day(4), None, Tie::Beside),
        ] {
            assert_eq!(tie_of(own, other), tie, "{own:?} {other:?}");
        }
    }
}
