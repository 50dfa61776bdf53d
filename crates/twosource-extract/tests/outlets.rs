//! What is known of an outlet: lines that recur over its pages, and rules that a person wrote down.

use std::sync::Arc;

use proptest::prelude::*;
use twosource_extract::{OutletProfile, OutletProfiles, OutletRules, Settings, extract};
use twosource_model::{Article, Document, DocumentId, MediaType};

const OWNED: &str = "The Herald belongs to its readers";
const HARBOUR: &str = "The harbour board meets every second Tuesday in the old customs house on the quay, and anybody who \
                       lives in the town may come and speak for three minutes on any point of its agenda.";

/// A page of the Herald about `topic` with lines behind its text.
fn page(topic: &str, lines: &[&str]) -> Document {
    let said: String = ["roof", "gate", "kitchen", "library"]
        .map(|part| {
            format!(
                "<p>The {part} of the {topic} will be mended in June, its head told those who came to the meeting on \
                 Friday evening, and the {topic} stays open meanwhile.</p>"
            )
        })
        .concat();
    let lines: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    let html = format!(
        "<html lang=en><head><title>Repairs at the {topic}</title></head><body><article><h1>Repairs at the {topic}</h1>\
         {said}{lines}</article></body></html>"
    );
    let mut document = Document::new(
        DocumentId::new(&format!("{topic}.html")),
        MediaType::Html,
        html.into(),
    );
    document.url = Some(format!("https://herald.example/{topic}"));
    document
}

fn read(document: &Document, settings: &Settings) -> Article {
    extract(document, settings).expect("an article").remove(0)
}

fn read_plainly(document: &Document) -> Article {
    read(document, &Settings::default())
}

fn learnt<'a>(articles: impl IntoIterator<Item = &'a Article>) -> OutletProfiles {
    let mut outlets = OutletProfiles::default();
    for article in articles {
        outlets.learn(article);
    }
    outlets
}

#[test]
fn a_line_that_recurs_is_left_out_and_what_the_reports_say_stays() {
    let quote = "“We have waited for long”, she said.";
    let lines = [HARBOUR, quote, OWNED];
    let articles = ["school", "station", "theatre", "bath"].map(|topic| read_plainly(&page(topic, &lines)));
    assert!(articles[0].text().ends_with(OWNED));
    let outlets = learnt(&articles);
    for article in articles {
        let before = article.clone();
        let article = outlets.without_recurring(article);
        assert_eq!(article.text(), before.text().trim_end_matches(OWNED).trim_end());
        let taken = article.clutter.last().expect("listed");
        assert_eq!(
            (taken.rule.as_str(), taken.text.as_str()),
            ("outlet-profile", OWNED)
        );
        // what is left leads to the same bytes
        let (last, own) = (article.paragraphs.last().unwrap(), before.paragraphs.len() - 2);
        assert_eq!(
            article.source_map.to_document(last.span),
            before.source_map.to_document(before.paragraphs[own].span)
        );
        assert_eq!(last.span.of(article.text()), quote);
    }
}

#[test]
fn one_article_in_several_copies_is_one_article() {
    let saved = read_plainly(&page("school", &[OWNED]));
    let again = read_plainly(&page("school", &[OWNED, "Read 12 times"]));
    let outlets = learnt([&saved, &again]);
    assert_eq!(outlets.without_recurring(saved.clone()), saved);
}

#[test]
fn lines_of_another_outlet_or_of_none_are_no_evidence() {
    let mut other = page("station", &[OWNED]);
    other.url = Some("https://courier.example/station".to_owned());
    let mut nobody = page("theatre", &[OWNED]);
    nobody.url = None;
    let own = read_plainly(&page("school", &[OWNED]));
    let outlets = learnt([&own, &read_plainly(&other), &read_plainly(&nobody)]);
    assert_eq!(outlets.without_recurring(own.clone()), own);
}

#[test]
fn neither_order_nor_number_of_articles_shows() {
    let topics: Vec<String> = (0..60).map(|n| format!("hall {n}")).collect();
    let articles: Vec<Article> = topics
        .iter()
        .map(|topic| read_plainly(&page(topic, &[OWNED])))
        .collect();
    let forward = learnt(&articles);
    let backward = learnt(articles.iter().rev());
    assert_eq!(forward, backward);
    let profile = forward.get("herald.example").expect("learnt");
    assert!(profile.articles() < articles.len());
    let bytes = profile.to_bytes();
    assert!(bytes.len() < 4_000, "{}", bytes.len());
    assert_eq!(OutletProfile::from_bytes(&bytes).as_ref(), Some(profile));
    let article = forward.without_recurring(articles[0].clone());
    assert!(!article.text().contains(OWNED));
}

#[test]
fn rules_of_a_person_stand_above_the_scorer() {
    let document = page("school", &["Ask us", OWNED]);
    let with = |rules: &str| {
        let mut read_rules = OutletRules::default();
        read_rules
            .add(&format!("[herald.example]\n{rules}\n"))
            .expect(rules);
        let settings = Settings {
            rules: Arc::new(read_rules),
            ..Settings::default()
        };
        read(&document, &settings)
    };
    let article = with("line The Herald belongs*\ntitle p");
    let taken = article.clutter.iter().find(|clutter| clutter.text == OWNED);
    assert_eq!(taken.expect("listed").rule, "outlet-rule");
    assert!(article.title().starts_with("The roof of the school"));
    assert_eq!(with("drop article").text(), "");
    assert_eq!(with("body h1").text(), "");
    let article = with("keep article\nauthor h1");
    assert!(article.text().contains("Ask us") && article.text().contains(OWNED));
}

proptest! {
    #[test]
    fn any_bytes_are_a_profile_or_none(bytes: Vec<u8>) {
        if let Some(profile) = OutletProfile::from_bytes(&bytes) {
            prop_assert_eq!(OutletProfile::from_bytes(&profile.to_bytes()), Some(profile));
        }
    }

    #[test]
    fn any_text_is_rules_or_a_mistake_in_one_of_its_lines(text: String) {
        let mut rules = OutletRules::default();
        if let Err(mistake) = rules.add(&text) {
            prop_assert!(mistake.to_string().starts_with("line "));
        }
    }
}
