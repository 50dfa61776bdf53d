//! `verify` passes what holds, and names what does not.

mod fixture;

use serde_json::{Value, json};
use twosource_model::Article;
use twosource_render::wire::AccountFile;
use twosource_render::{Options, Stories, verify};

fn file() -> Value {
    let accounts = [fixture::account()];
    let stories = Stories {
        accounts: &accounts,
        set_aside: &[],
        as_of: None,
    };
    serde_json::from_str(&twosource_render::json(&stories, &Options::default())).expect("JSON")
}

fn failures(file: Value, articles: Option<&[Article]>) -> Vec<String> {
    let file: AccountFile = serde_json::from_value(file).expect("the wire form");
    verify(&file, articles).iter().map(ToString::to_string).collect()
}

/// After `change`, a failure holds `words`.
#[track_caller]
fn check(change: impl FnOnce(&mut Value), words: &str) {
    let mut file = file();
    let before = file.clone();
    change(&mut file["stories"][0]);
    assert_ne!(file, before, "the change changes something");
    let failures = failures(file, None);
    assert!(
        failures.iter().any(|failure| failure.contains(words)),
        "{words:?} is not in {failures:#?}"
    );
}

/// Adds to a number.
fn add(number: &mut Value, by: u64) {
    *number = json!(number.as_u64().expect("a number") + by);
}

#[test]
fn what_holds_passes() {
    assert_eq!(failures(file(), None), Vec::<String>::new());
    assert_eq!(failures(file(), Some(&fixture::articles())), Vec::<String>::new());
}

#[test]
fn a_changed_byte_of_a_report_is_caught() {
    let change = |story: &mut Value| {
        let text = story["reports"][0]["text"]
            .as_str()
            .expect("text")
            .replace("Twelve", "Twelfe");
        story["reports"][0]["text"] = json!(text);
    };
    check(change, "have not the revision");
    check(change, "but there stands \"Twelfe people were killed\"");
}

#[test]
fn a_changed_title_is_caught() {
    check(
        |story| story["reports"][0]["title"] = json!("Twelve dead in fire"),
        "have not the revision",
    );
}

#[test]
fn a_changed_byte_of_a_passage_is_caught() {
    let change = |story: &mut Value| {
        story["statements"][0]["renderings"][2]["passage"]["text"] = json!("Fifteen people died");
    };
    check(
        change,
        "statements[0].renderings[2]: claims \"Fifteen people died\"",
    );
}

#[test]
fn a_moved_span_is_caught() {
    let change = |story: &mut Value| {
        let span = &mut story["brief"][0]["passage"]["span"];
        add(&mut span[0], 1);
        add(&mut span[1], 1);
    };
    check(change, "brief[0].passage: claims");
}

#[test]
fn a_span_that_leaves_the_text_is_caught() {
    check(
        |story| add(&mut story["headline"]["span"][1], 900),
        "headline: bytes 0..925 are no stretch of the title",
    );
    let cut = |story: &mut Value| story["brief"][0]["passage"]["span"] = json!([11, 12]);
    check(cut, "bytes 11..12 are no stretch of the text");
    let reversed = |story: &mut Value| story["brief"][0]["passage"]["span"] = json!([12, 11]);
    check(reversed, "bytes 12..11");
}

#[test]
fn a_dropped_report_is_caught() {
    let change = |story: &mut Value| {
        story["reports"].as_array_mut().expect("a list").pop();
    };
    check(change, "no report of the account is article own");
    check(change, "reports[2] does not exist");
}

#[test]
fn a_figure_that_is_not_in_its_words_is_caught() {
    let change = |story: &mut Value| story["differences"][0]["positions"][0]["value"] = json!("13");
    check(change, "the figure \"13\" does not stand in its words");
}

#[test]
fn borrowed_support_is_caught() {
    let change = |story: &mut Value| story["statements"][1]["support"]["origins"] = json!([0, 1]);
    check(change, "no report that is named counts as origin 1");
    check(change, "class one does not fit 2 origins");
    let change = |story: &mut Value| {
        story["statements"][1]["support"]["outlets"]
            .as_array_mut()
            .expect("a list")
            .push(json!("Nobody's Post"));
    };
    check(
        change,
        "no report that is named comes from outlet \"Nobody's Post\"",
    );
}

#[test]
fn origins_of_one_author_count_once() {
    let change = |story: &mut Value| story["origins"][1]["counts_as"] = json!(1);
    check(
        change,
        "it counts as origin 1, which is no earlier one that counts by itself",
    );
    let change = |story: &mut Value| story["origins"][1]["counts_as"] = json!(0);
    check(change, "no report that is named counts as origin 1");
}

#[test]
fn untold_words_of_another_report_are_caught() {
    let change = |story: &mut Value| {
        let passage = story["brief"][0]["passage"].clone();
        story["reports"][2]["untold"] = json!([{"reason": "question", "passage": passage}]);
    };
    check(change, "reports[2].untold[0]");
}

#[test]
fn support_without_words_is_caught() {
    let everyone = |part: &'static str, at: usize| {
        move |story: &mut Value| {
            let support = &mut story[part][at]["support"];
            support["reports"] = json!([0, 1, 2]);
            support["origins"] = json!([0, 1]);
            support["outlets"] = json!(["Fjord Courier", "Northern Wire", "The Ostby Mercury"]);
        }
    };
    check(
        everyone("statements", 1),
        "report 1 is named, and carries no words of it",
    );
    check(
        |story| {
            everyone("brief", 0)(story);
            story["brief"][0]["statements"] = json!([1]);
        },
        "brief[0].support: support is told wrongly: report 1 is named",
    );
    check(
        |story| {
            story["statements"][0]["renderings"]
                .as_array_mut()
                .expect("a list")
                .pop();
        },
        "report 2 is named, and carries no words of it",
    );
    check(
        |story| story["statements"][0]["support"]["reports"] = json!([0, 2]),
        "report 1 carries words of it, and is not named",
    );
    check(
        |story| story["statements"][0]["support"]["outlets"] = json!(["Northern Wire", "The Ostby Mercury"]),
        "outlet \"Fjord Courier\" of a report that is named is not",
    );
    check(
        |story| story["timeline"][0]["passages"] = json!([]),
        "timeline[0].support: support is told wrongly",
    );
}

#[test]
fn other_names_are_caught() {
    check(
        |story| story["cast"][0]["name"] = json!("Maren Wolt"),
        "cast[0]: the name \"Maren Wolt\" does not stand in the words for it",
    );
    check(
        |story| story["utterances"][0]["speaker_name"] = json!("The harbour master"),
        "utterances[0]: the name \"The harbour master\" does not stand",
    );
    check(
        |story| {
            let other = story["statements"][0]["renderings"][2]["attribution"].clone();
            story["statements"][0]["renderings"][0]["attribution"] = other;
        },
        "statements[0].renderings[0].speaker: cited for report 0",
    );
}

#[test]
fn a_rendering_of_a_wrong_class_is_caught() {
    check(
        |story| story["utterances"][0]["renderings"][2]["class"] = json!("identical"),
        "the words are not identical to the base text",
    );
    check(
        |story| story["utterances"][0]["renderings"][1]["class"] = json!("altered"),
        "the words are not altered to the base text",
    );
}

#[test]
fn words_of_another_report_are_caught() {
    check(
        |story| story["statements"][0]["renderings"][2]["report"] = json!(1),
        "cited for report 1",
    );
}

#[test]
fn another_version_is_not_read() {
    let mut file = file();
    file["version"] = json!(99);
    assert_eq!(
        failures(file, None),
        ["story : version: version 99 of the wire form is not known"]
    );
}

#[test]
fn reports_are_compared_with_what_was_read() {
    let mut articles = fixture::articles();
    articles.remove(1);
    let missing = failures(file(), Some(&articles));
    assert_eq!(
        missing,
        ["story solveig: reports[1]: article copy is not among the articles that were read"]
    );

    let mut articles = fixture::articles();
    let own = articles[2].clone();
    articles[2] = Article::of_text(
        own.id.clone(),
        own.title(),
        &own.text().replace("Fourteen", "Thirteen"),
    );
    let changed = failures(file(), Some(&articles));
    assert_eq!(changed.len(), 1);
    assert!(
        changed[0].contains("article own reads otherwise now"),
        "{changed:?}"
    );
    // an earlier state beside the later one does no harm
    articles.push(own);
    assert_eq!(failures(file(), Some(&articles)), Vec::<String>::new());
}
