//! What changed between the states of a report.

mod one_story;

use one_story::one_story;
use twosource_account::{Settings, Source, tell};
use twosource_language::analyze;
use twosource_model::{Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode};
use twosource_stories::Item;

fn dated(moment: &str) -> Option<DatedEvidence> {
    Some(DatedEvidence {
        moment: moment.parse().expect("a moment"),
        until: None,
        source: DateSource::Given,
        evidence: moment.to_owned(),
        confidence: Confidence::High,
    })
}

/// A state of one page: publication, last change, how many ships it tells of.
fn state((published, modified, ships): (&str, &str, &str)) -> Article {
    let text = format!("The storm sank {ships} ships off Kalvik on Monday, the harbour office said.");
    let mut article = Article::of_text(ArticleId::new("page"), "Storm off Kalvik", &text);
    article.language = Some(LanguageCode::ENGLISH);
    article.published = dated(published);
    article.modified = dated(modified);
    article
}

#[test]
fn each_state_is_set_against_the_next_whatever_day_it_says_it_was_published() {
    let states = [
        ("2031-05-06T08:00:00Z", "2031-05-06T08:00:00Z", "two"),
        ("2031-05-06T08:00:00Z", "2031-05-06T09:30:00Z", "three"),
        ("2031-05-06T07:00:00Z", "2031-05-06T11:00:00Z", "five"),
    ]
    .map(state);
    let analyses = states
        .each_ref()
        .map(|article| analyze(article, &twosource_language::Settings::default()));
    let last = Item {
        article: &states[2],
        analysis: &analyses[2],
    };
    let sources: Vec<Source<'_>> = states
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| Source { article, analysis })
        .collect();
    let account = tell(&one_story(&[last]), &sources, &Settings::default());
    let mut changes: Vec<String> = account
        .corrections
        .iter()
        .flat_map(|entry| &entry.changes)
        .map(|change| {
            let words = [&change.base, &change.rendering];
            words
                .map(|side| side.as_ref().map_or("", |p| p.text()))
                .join(" to ")
        })
        .collect();
    changes.sort();
    assert_eq!(changes, ["three to five", "two to three"]);
}
