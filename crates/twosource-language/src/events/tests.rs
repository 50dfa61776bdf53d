//! Events by example.

use twosource_model::{Analysis, Event, LanguageCode, Modality};

use super::*;
use crate::{names, quotes, syntax, times};

fn read(text: &str) -> (Vec<Event>, Article) {
    let article = twosource_testkit::article(text);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
    syntax::parse(&article, &mut analysis);
    times::find_times(&article, &mut analysis);
    names::find_names(&article, &mut analysis);
    quotes::find_quotes(&article, &mut analysis);
    find_events(&article, &mut analysis);
    (analysis.events, article)
}

/// `TYPE source>target` for each event, codes only.
fn drawn(text: &str) -> Vec<String> {
    let codes = |side: &[twosource_model::Actor]| {
        let codes: Vec<&str> = side.iter().filter_map(|a| a.code.as_deref()).collect();
        codes.join("+")
    };
    read(text)
        .0
        .iter()
        .map(|e| format!("{} {}>{}", e.event_type, codes(&e.source), codes(&e.target)))
        .collect()
}

fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(drawn(text), *expected, "{text:?}");
    }
}

#[test]
fn deeds() {
    check(&[
        (
            "Norwegian police arrested two Danish sailors on Monday.",
            &["COERCE NOR>DNK"],
        ),
        ("France imposed sanctions on Belarus.", &["COERCE FRA>BLR"]),
        ("Canada sent medicine to Peru.", &["AID CAN>PER"]),
        (
            "Chile recalled its ambassador from Bolivia.",
            &["SANCTION CHL>BOL"],
        ),
        (
            "Spanish soldiers were attacked by Malian rebels.",
            &["ASSAULT MLI>ESP"],
        ),
    ]);
}

#[test]
fn words_about_deeds() {
    check(&[
        (
            "Sweden threatened to expel Iranian diplomats.",
            &["THREATEN SWE>IRN"],
        ),
        ("Italy urged Libya to release the sailors.", &["REQUEST ITA>LBY"]),
        (
            "Ghana refused to withdraw its troops from Togo.",
            &["REJECT GHA>TGO"],
        ),
        ("Japan promised to send food to Nepal.", &["AGREE JPN>NPL"]),
        ("Austria condemned Hungary.", &["ACCUSE AUT>HUN"]),
    ]);
}

#[test]
fn statements_and_private_life_are_no_events() {
    check(&[
        ("The minister said the economy of Peru was growing.", &[]),
        ("She asked her brother for help with the garden.", &[]),
        ("The results demonstrate that the method works.", &[]),
        ("We visited the museum and met a friend there.", &[]),
    ]);
}

#[test]
fn plans_and_denials_are_told_apart() {
    let (events, _) = read("Sweden threatened to expel Iranian diplomats.");
    assert_eq!(events[0].modality, Modality::Planned);
}

proptest::proptest! {
    #[test]
    fn any_mix_of_words_gives_spans_in_bounds(picked in proptest::collection::vec(proptest::sample::select(vec![
        "France", "Russian", "troops", "attacked", "imposed", "sanctions", "on", "the", "government", "said", "it", "would", "must",
        "and", ",", "refused", "to", "withdraw", "by", "of", "thousands", "agreed", "talks", "with", "who", "had", "halted", "aid",
        ".", "president", "threatened", "-", "in", "UN", "’s", "not", "ü", "漢",
    ]), 0..24)) {
        let text = picked.join(" ");
        let (events, article) = read(&text);
        let mut behind = 0;
        for event in &events {
            proptest::prop_assert!(event.trigger.start() >= behind);
            behind = event.trigger.start();
            proptest::prop_assert!(event.span.covers(event.trigger) && event.span.get(article.text()).is_some());
            for actor in event.source.iter().chain(&event.target) {
                proptest::prop_assert!(actor.span.get(article.text()).is_some());
            }
        }
    }
}

#[test]
fn text_without_trees_has_no_events() {
    assert!(drawn("").is_empty());
    assert!(drawn("123 --- !!! ünïcödé 漢字").is_empty());
}
