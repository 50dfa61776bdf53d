//! For any words and any stretches of them: no panic, every mark whole, nothing that steers, and `verify` passes.

mod fixture;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use twosource_model::{Account, Part, Passage, Report, Span, Statement, Support, SupportClass};
use twosource_render::wire::AccountFile;
use twosource_render::{Options, Stories, html, json, markdown, terminal, verify};

/// An account of one report with this title and text, and a statement for each of these stretches.
fn account(title: &str, text: &str, stretches: &[(usize, usize)]) -> Account {
    let mut account = fixture::account();
    let mut article = twosource_model::Article::of_text(twosource_model::ArticleId::new("any"), title, text);
    article.outlet.clone_from(&account.reports[0].article.outlet);
    if let Some(outlet) = &mut article.outlet {
        outlet.name = title.to_owned();
    }
    let passages = stretches
        .iter()
        .filter_map(|(from, to)| passage(&article, *from, *to));
    let support = Support {
        reports: vec![0],
        outlets: vec![article.outlet_name().to_owned()],
        origins: vec![0],
    };
    let statement = |passage: Passage| {
        let mut rendering = account.statements[2].renderings[0].clone();
        rendering.report = 0;
        rendering.passage = passage.clone();
        rendering.sentence = passage;
        Statement {
            renderings: vec![rendering],
            class: SupportClass::One,
            support: support.clone(),
            ..account.statements[2].clone()
        }
    };
    let statements: Vec<Statement> = passages.map(statement).collect();
    let report = Report {
        article,
        ..account.reports[0].clone()
    };
    account.origins.truncate(1);
    account.origins[0].reports = vec![0];
    account.reports = vec![report];
    account.statements = statements;
    account.headline = None;
    account.brief.clear();
    account.utterances.clear();
    account.differences.clear();
    account.timeline.clear();
    account.cast.clear();
    account.open_questions.clear();
    account.coverage.clear();
    account
}

/// The stretch nearest to these places that starts and ends on characters and is not blank.
fn passage(article: &twosource_model::Article, from: usize, to: usize) -> Option<Passage> {
    let text = article.text();
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let (from, to) = (boundary(from.min(to)), boundary(from.max(to)));
    let passage = Passage::of(article, Part::Text, Span::at(from, to)).ok()?;
    (!passage.text().trim().is_empty()).then_some(passage)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_account_is_rendered(
        title in any::<String>(),
        text in "(\\PC|\n\n|[<>&\"'`*_\u{1b}\u{202e}]){0,200}",
        stretches in prop::collection::vec((0usize..300, 0usize..300), 0..12),
        width in 0usize..200,
    ) {
        let accounts = [account(&title, &text, &stretches)];
        let stories = Stories { accounts: &accounts, set_aside: &[], as_of: None };
        let options = Options { width, ..Options::default() };

        let page = html(&stories, &options);
        prop_assert_eq!(page.matches("<script").count(), 1);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());

        for text in [terminal(&stories, &options), markdown(&stories, &options)] {
            prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        }

        let file: AccountFile = serde_json::from_str(&json(&stories, &options)).expect("the wire form");
        prop_assert_eq!(verify(&file, None), Vec::new());
    }

    /// Whatever a number of the file is changed to, `verify` ends, and a changed span or index is caught.
    #[test]
    fn verify_survives_any_number(at in any::<prop::sample::Index>(), number in any::<u32>()) {
        let accounts = [fixture::account()];
        let stories = Stories { accounts: &accounts, set_aside: &[], as_of: None };
        let mut value = serde_json::to_value(AccountFile::from(&stories)).expect("JSON");
        let mut places = Vec::new();
        integers(&value, String::new(), &mut places);
        let place = at.get(&places);
        *value.pointer_mut(place).expect("a place") = Value::from(number);
        if let Ok(file) = serde_json::from_value::<AccountFile>(value) {
            let failures = verify(&file, None);
            if place.contains("/span/") && number > 2000 {
                prop_assert!(!failures.is_empty(), "{}", place);
            }
        }
    }
}

/// Pointers to all whole numbers.
fn integers(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Number(number) if number.is_u64() => places.push(place),
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(at, inner)| integers(inner, format!("{place}/{at}"), places));
        }
        Value::Object(object) => {
            object
                .iter()
                .for_each(|(key, inner)| integers(inner, format!("{place}/{key}"), places));
        }
        _ => {}
    }
}
