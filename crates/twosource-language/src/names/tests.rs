//! Whole texts through names: which mentions mean the same, what they link to. The reports are made up.

use proptest::prelude::*;
use twosource_model::{
    Analysis, Article, Confidence, DateSource, DatedEvidence, EntityType, LanguageCode, MentionForm, Moment,
};
use twosource_testkit::Marked;

use crate::{Settings, analyze};

fn analysis_of(text: &str, language: &str) -> (Article, Analysis) {
    let mut article = twosource_testkit::article(text);
    article.language = LanguageCode::of_tag(language);
    article.published = "2018-07-20".parse::<Moment>().ok().map(|moment| DatedEvidence {
        moment,
        until: None,
        source: DateSource::Given,
        evidence: String::new(),
        confidence: Confidence::High,
    });
    let settings = Settings {
        times: false,
        numbers: false,
        quotes: false,
        events: false,
        ..Settings::default()
    };
    let analysis = analyze(&article, &settings);
    (article, analysis)
}

/// Marks of one label are mentions of one entity; marks of different labels are of different ones; `x` is unclear.
fn check(source: &str) {
    let marked = Marked::parse(source);
    let (_, analysis) = analysis_of(&marked.text, "en");
    let entity_at = |span: twosource_model::Span| {
        let mention = analysis
            .mentions
            .iter()
            .find(|m| m.span == span)
            .unwrap_or_else(|| {
                panic!(
                    "no mention {:?} in {source:?}: {:#?}",
                    span.of(&marked.text),
                    analysis.mentions
                )
            });
        mention.entity
    };
    let mut seen: Vec<(&str, u32)> = Vec::new();
    for (label, span) in &marked.marks {
        let entity = entity_at(*span);
        if label == "x" {
            assert_eq!(entity, None, "{:?} in {source:?}", span.of(&marked.text));
            continue;
        }
        let entity = entity.unwrap_or_else(|| panic!("{:?} is unclear in {source:?}", span.of(&marked.text)));
        match seen.iter().find(|(l, _)| l == label) {
            Some((_, first)) => assert_eq!(*first, entity, "{:?} in {source:?}", span.of(&marked.text)),
            None => {
                assert!(
                    seen.iter().all(|(_, e)| *e != entity),
                    "{label} is another's in {source:?}"
                );
                seen.push((label, entity));
            }
        }
    }
}

#[test]
fn mentions_of_one_person_are_one_entity() {
    for source in [
        "President <a>Donald Trump</a> met reporters on Monday. Mr <a>Trump</a> said <a>he</a> would travel to Berlin.",
        "<a>Paul Stone</a> spoke on Monday. The 2016 vote that handed Mr <a>Stone</a> the mayoralty, they said, was fair.",
        "<a>Ann Ode</a> spoke on Monday. Aides tried to explain days of puzzling statements from Mrs <a>Ode</a> on the port.",
        "<a>Hillary Clinton</a> spoke in Ohio. Her husband, <b>Bill Clinton</b>, stayed in New York.",
        "<a>Maria Lopez</a> runs the clinic. On Friday <a>Lopez</a> told doctors that <a>she</a> would resign.",
        "<a>Vladimir Putin</a> arrived in Helsinki on Monday. <a>The Russian leader</a> was late.",
        "<a>Ann Maria Lee</a>, better known as <a>Nancy Stone</a>, sang on Monday. <a>Stone</a> left early.",
        "<a>Angela Merkel</a> visited Paris. <a>The German chancellor</a> spoke for an hour.",
    ] {
        check(source);
    }
}

#[test]
fn the_report_shows_what_a_name_is() {
    for (text, name, wanted) in [
        (
            "The clerk said on Wednesday that Wexholm's mayor would not raise the charge.",
            "Wexholm",
            EntityType::Place,
        ),
        (
            "Rival Nordvik and the ferry firm Tamrec have warned of weak demand. Nordvik's finance chief spoke last week.",
            "Nordvik",
            EntityType::Organisation,
        ),
        (
            "Harlow Hounds beat Bexholm on Saturday. Bexholm's goalkeeper dropped a corner. Bexholm manager Carla Ruiz was cross.",
            "Bexholm",
            EntityType::Organisation,
        ),
        (
            "The doctors fled to Taribe. No one is left in Taribe, she said.",
            "Taribe",
            EntityType::Place,
        ),
        (
            "Winger Yusuf Adeyemi scored twice.",
            "Yusuf Adeyemi",
            EntityType::Person,
        ),
        (
            "Inspectors warned Voltaren, an oil company, in March.",
            "Voltaren",
            EntityType::Organisation,
        ),
        (
            "Solveig Ask, the mayor, said: “We were never told.” She wants more.",
            "Solveig Ask",
            EntityType::Person,
        ),
        (
            "Grey Finch, which insures the plant, would not say more.",
            "Grey Finch",
            EntityType::Organisation,
        ),
        (
            "Mirabe, who has three sons, runs the shop.",
            "Mirabe",
            EntityType::Person,
        ),
    ] {
        check_kind(text, name, wanted);
    }
}

/// The entity of this name has this kind.
fn check_kind(text: &str, name: &str, wanted: EntityType) {
    let (_, analysis) = analysis_of(text, "en");
    let found = analysis.entities.iter().find(|entity| entity.name == name);
    let kinds: Vec<_> = analysis
        .entities
        .iter()
        .map(|e| (&e.name, e.entity_type))
        .collect();
    assert_eq!(
        found.map(|entity| entity.entity_type),
        Some(wanted),
        "{name} in {kinds:?} of {text:?}"
    );
}

#[test]
fn one_sign_makes_no_place_of_a_person() {
    for (text, name) in [
        ("Members had lost faith in Dravnik.", "Dravnik"),
        ("Many believed in Dravnik.", "Dravnik"),
        ("Doubts in Meskova grew. Meskova denied the charge.", "Meskova"),
        (
            "She saw an ally in Meskova. Meskova told reporters so.",
            "Meskova",
        ),
        (
            "Reporters said Meskova's town hall speech drew a crowd.",
            "Meskova",
        ),
        ("Meskova's council motion failed.", "Meskova"),
        ("Meskova's water bottle was empty.", "Meskova"),
        ("Mr Orlanek spoke. Trust in Orlanek fell.", "Orlanek"),
        (
            "Mayor Orlanek spoke. Crowds came to a rally near Orlanek.",
            "Orlanek",
        ),
    ] {
        check_kind(text, name, EntityType::Person);
    }
}

#[test]
fn a_noun_for_people_stays_in_the_name_that_needs_it() {
    for (text, name) in [
        ("Singer Corp cut 300 jobs.", "Singer Corp"),
        ("Baker Ltd cut 300 jobs.", "Baker Ltd"),
        ("Raider Nation cheered.", "Raider Nation"),
        ("Winger Dravnik scored twice.", "Dravnik"),
        ("Shipbuilder Corvane cut 300 jobs.", "Corvane"),
    ] {
        let (_, analysis) = analysis_of(text, "en");
        let names: Vec<&str> = analysis.entities.iter().map(|e| e.name.as_str()).collect();
        assert!(names.contains(&name), "{names:?} of {text:?}");
    }
}

#[test]
fn german_nouns_are_no_part_of_a_person() {
    for (text, wanted) in [
        ("Am Montag August Ende kam der Regen.", &[][..]),
        ("Es regnet seit August Tag für Tag.", &[]),
        ("Das Franz Josef Land ist kalt.", &[]),
        ("Die Mark Brandenburg feiert am Sonntag.", &[]),
        ("Sie machte eine Mark Gewinn.", &[]),
        ("«Allen Nachbarn hilft das sehr», hieß es.", &[]),
        ("Es hieß: «Allen Nachbarn hilft das sehr.»", &[]),
        ("Will Peter morgen kommen?", &[]),
        ("Das sagte Sprecherin Anna Lee am Montag.", &["Anna Lee"]),
        ("Gestern kam der Maler August Berg nach Hause.", &["August Berg"]),
        ("Der Abgeordnete Paul Berg sprach lange.", &["Paul Berg"]),
        ("Als Anna Berg kam, regnete es.", &["Anna Berg"]),
        ("Anna Berg kam am Montag.", &["Anna Berg"]),
    ] {
        let (article, analysis) = analysis_of(text, "de");
        let people: Vec<&str> = analysis
            .mentions
            .iter()
            .filter(|m| m.form == MentionForm::Name)
            .map(|m| m.span.of(article.text()))
            .collect();
        assert_eq!(people, wanted, "{text:?}");
    }
}

#[test]
fn links_go_to_the_tables() {
    let (_, analysis) = analysis_of(
        "Officials in Moscow and the White House said Theresa May would meet the United Nations envoy in Springfield, Illinois.",
        "en",
    );
    let links: Vec<&str> = analysis
        .entities
        .iter()
        .filter_map(|e| e.link.as_ref())
        .map(|link| link.id.as_str())
        .collect();
    for id in [
        "city:524901",
        "place:white-house",
        "person:theresa-may",
        "organisation:united-nations",
        "city:4250542",
    ] {
        assert!(links.contains(&id), "{id} is not among {links:?}");
    }
}

#[test]
fn a_language_is_not_its_people() {
    let (_, analysis) = analysis_of(
        "She wrote the letter in English. English farmers read it in Danish papers.",
        "en",
    );
    let links: Vec<&str> = analysis
        .entities
        .iter()
        .filter_map(|e| e.link.as_ref())
        .map(|link| link.name.as_str())
        .collect();
    assert!(links.contains(&"English language"), "{links:?}");
    assert!(!links.contains(&"Danish language"), "{links:?}");
}

#[test]
fn other_languages_have_names_from_the_tables() {
    let (article, analysis) = analysis_of("Angela Merkel reiste gestern nach Frankreich.", "de");
    let names: Vec<&str> = analysis
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name)
        .map(|m| m.span.of(article.text()))
        .collect();
    assert_eq!(names, ["Angela Merkel", "Frankreich"]);
}

/// The names inside longer names, with the entity of the report or the link that each has.
fn check_inner(text: &str, expected: &[(&str, &str)]) {
    let (article, analysis) = analysis_of(text, "en");
    let found: Vec<(String, String)> = super::inner_names(&article, &analysis)
        .into_iter()
        .map(|inner| {
            let entity = inner.entity.map(|e| analysis.entities[e as usize].name.clone());
            let title = entity.or(inner.link.map(|link| link.name)).unwrap_or_default();
            (inner.span.of(article.text()).to_owned(), title)
        })
        .collect();
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(name, title)| ((*name).to_owned(), (*title).to_owned()))
        .collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn names_inside_longer_names_are_found_on_request() {
    check_inner(
        "The Bank of Canada raised its rate on Monday.",
        &[("Canada", "Canada")],
    );
    check_inner("Ann Lee arrived in Oslo on Monday.", &[]);
}

#[test]
fn a_person_is_named_as_the_report_mostly_does() {
    let (_, analysis) = analysis_of(
        "Martha Ellen Brandt won on Monday. Martha Brandt thanked voters. Martha Brandt then left, and Brandt was not seen again.",
        "en",
    );
    assert_eq!(analysis.entities[0].name, "Martha Brandt");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_sorted_mentions_that_point_back(
        text in "(\\PC{0,12}|[A-Z][a-z]{1,6}|Mr|the president|he|,|\\.|“|”|\n\n| ){0,40}"
    ) {
        for language in ["en", "de"] {
            let (article, analysis) = analysis_of(&text, language);
            let mut before = 0;
            for mention in &analysis.mentions {
                prop_assert!(mention.span.get(article.text()).is_some());
                prop_assert!(mention.full.covers(mention.span));
                prop_assert!(before <= mention.span.start());
                before = mention.span.start();
                prop_assert!(mention.entity.is_none_or(|e| (e as usize) < analysis.entities.len()));
            }
            for (at, entity) in analysis.entities.iter().enumerate() {
                prop_assert!(!entity.mentions.is_empty());
                prop_assert!(entity.mentions.iter().all(|m| analysis.mentions[*m as usize].entity == Some(at as u32)));
            }
        }
    }
}

#[test]
fn who_speaks_for_an_office_does_not_hold_it() {
    let article = twosource_model::Article::of_text(
        twosource_model::ArticleId::new("office"),
        "",
        "A spokesman for the Prime Minister, Bo Ekman, said that the talks went on.",
    );
    let analysis = crate::analyze(&article, &crate::Settings::default());
    let spokesman = analysis
        .entities
        .iter()
        .find(|e| e.name == "Bo Ekman")
        .expect("a name");
    let held: Vec<&str> = spokesman.roles.iter().map(|r| r.of(article.text())).collect();
    assert!(!held.iter().any(|role| role.contains("Minister")), "{held:?}");
}
