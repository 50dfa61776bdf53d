//! The wire form: its schema is published and true, it can be read back, and its lines are what the steps read.

mod fixture;
mod schema;

use serde_json::{Value, json};
use twosource_model::{Analysis, ArticleId, LanguageCode, OriginId, Sentence, Span, StoryId};
use twosource_render::wire::{self, AccountFile, Offsets, SetAside};
use twosource_render::{Options, Stories};

fn file() -> String {
    let accounts = [fixture::account()];
    let set_aside = [SetAside {
        path: "a.html".to_owned(),
        reason: "empty".to_owned(),
    }];
    let stories = Stories {
        accounts: &accounts,
        set_aside: &set_aside,
        as_of: accounts[0].as_of,
    };
    twosource_render::json(&stories, &Options::default())
}

#[test]
fn published_schema_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/account.json");
    let current = serde_json::to_string_pretty(&wire::schema()).expect("a schema") + "\n";
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == current,
        "docs/schema/account.json is not current; write it with `cargo run -p twosource-render --example schema \
         > docs/schema/account.json`"
    );
}

#[test]
fn output_follows_the_schema() {
    let value: Value = serde_json::from_str(&file()).expect("JSON");
    assert_eq!(schema::faults(&wire::schema(), &value), Vec::<String>::new());
}

#[test]
fn the_schema_check_can_fail() {
    for (pointer, wrong) in [
        ("/stories/0/statements/0/class", json!("unheard of")),
        ("/stories/0/reports/0/text", json!(5)),
        ("/stories/0/brief/0/passage/span", json!([1])),
        ("/stories/0/brief/0/passage", json!({})),
    ] {
        let mut value: Value = serde_json::from_str(&file()).expect("JSON");
        *value.pointer_mut(pointer).expect(pointer) = wrong;
        assert_ne!(
            schema::faults(&wire::schema(), &value),
            Vec::<String>::new(),
            "{pointer}"
        );
    }
}

#[test]
fn it_can_be_read_back() {
    let read: AccountFile = serde_json::from_str(&file()).expect("the wire form");
    let accounts = [fixture::account()];
    let stories = Stories {
        accounts: &accounts,
        set_aside: &read.set_aside,
        as_of: accounts[0].as_of,
    };
    assert_eq!(read, AccountFile::from(&stories));
}

#[test]
fn article_line_has_the_fields_that_steps_read() {
    let line = wire::article_line(&fixture::articles()[2], Offsets::Bytes);
    for (key, value) in [
        ("id", json!("own")),
        ("outlet", json!("The Ostby Mercury")),
        ("published", json!("2031-03-02")),
        ("language", json!("en")),
        ("title", json!("Fourteen die as Solveig burns")),
        ("authors", json!(["Ina Falk"])),
        ("modified", Value::Null),
    ] {
        assert_eq!(line[key], value, "{key}");
    }
    assert_eq!(line["paragraphs"][0], json!({"role": "body", "span": [0, 104]}));
}

#[test]
fn offsets_count_what_is_asked_for() {
    let article = &fixture::articles()[0];
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
    let dash = article.text().find('—').expect("a dash");
    analysis.sentences = vec![Sentence {
        span: Span::at(dash + 4, dash + 10),
        first_token: 0,
        end_token: 0,
        paragraph: 0,
    }];
    let of = |offsets| wire::analysis_line(article, &analysis, offsets)["sentences"].clone();
    assert_eq!(of(Offsets::Bytes), json!([[dash + 4, dash + 10]]));
    assert_eq!(of(Offsets::Chars), json!([[dash + 2, dash + 8]]));
}

#[test]
fn cluster_line_names_story_and_origin() {
    let line = wire::cluster_line(&ArticleId::new("a"), &StoryId::new("s"), &OriginId::new("o"));
    assert_eq!(line.to_string(), r#"{"id":"a","origin":"o","story":"s"}"#);
}
