//! The renderings of one account: whole for terminal and Markdown, by their promises for the page.

mod fixture;

use std::collections::BTreeSet;

use twosource_model::{Account, Part, Passage, Span};
use twosource_render::{Options, SetAside, Sort, Stories, html, json, markdown, terminal};

type Render = fn(&Stories<'_>, &Options) -> String;

fn rendered(accounts: &[Account], render: Render, options: &Options) -> String {
    let set_aside = [SetAside {
        path: "<b>broken</b>.html".to_owned(),
        reason: "nothing but clutter".to_owned(),
    }];
    let stories = Stories {
        accounts,
        set_aside: &set_aside,
        as_of: accounts.first().and_then(|account| account.as_of),
    };
    render(&stories, options)
}

#[test]
fn on_a_terminal() {
    let options = Options {
        width: 80,
        ..Options::default()
    };
    insta::assert_snapshot!(rendered(&[fixture::account()], terminal, &options));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(rendered(&[fixture::account()], markdown, &Options::default()));
}

#[test]
fn terminal_lines_keep_to_the_width() {
    for width in [1, 40, 57, 80, 200] {
        let options = Options {
            width,
            ..Options::default()
        };
        let text = rendered(&[fixture::account()], terminal, &options);
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(
            widest <= Some(width.max(Options::MIN_WIDTH)),
            "{widest:?} at {width}"
        );
    }
}

#[test]
fn colours_change_no_word() {
    let plain = rendered(&[fixture::account()], terminal, &Options::default());
    let colour = Options {
        colour: true,
        ..Options::default()
    };
    let coloured = rendered(&[fixture::account()], terminal, &colour);
    assert_ne!(plain, coloured);
    let mut bare = String::new();
    for (at, stretch) in coloured.split('\u{1b}').enumerate() {
        bare.push_str(if at == 0 {
            stretch
        } else {
            stretch.split_once('m').expect("a sequence").1
        });
    }
    assert_eq!(bare, plain);
}

#[test]
fn same_input_same_bytes() {
    for render in [terminal as Render, markdown, html, json] {
        let once = rendered(&[fixture::account()], render, &Options::default());
        assert_eq!(once, rendered(&[fixture::account()], render, &Options::default()));
        assert!(once.ends_with('\n') || once.ends_with("</html>"));
    }
}

/// Values of `name="..."` in the page.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    page.split(open.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let page = rendered(
        &[fixture::account(), fixture::account()],
        html,
        &Options::default(),
    );
    let ids = attributes(&page, "id");
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "ids are given once");
    let inner: Vec<_> = attributes(&page, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'))
        .collect();
    assert!(inner.len() > 40);
    for target in inner {
        assert!(ids.contains(&target), "#{target} leads nowhere");
    }
    for marks in attributes(&page, "data-marks") {
        for mark in marks.split(' ') {
            assert!(ids.contains(&mark), "{mark} marks nothing");
        }
    }
}

#[test]
fn a_mark_covers_the_words_it_cites() {
    let account = fixture::account();
    let page = rendered(std::slice::from_ref(&account), html, &Options::default());
    let brief = account.brief[0].passage.text();
    let link = format!(" dir=\"auto\">{brief}</a>");
    let before = page.split(&link).next().expect("the line of the brief");
    let id = attributes(before, "data-marks").pop().expect("its mark");
    let class = id.replacen('m', "c", 1);
    assert_eq!(marked(&page, &class), brief);
}

/// The words of all pieces of the page with this class, in order.
fn marked(page: &str, class: &str) -> String {
    page.split("<span class=\"cited ")
        .skip(1)
        .filter_map(|rest| rest.split_once("\">"))
        .filter(|(classes, _)| classes.split(' ').any(|c| c == class))
        .filter_map(|(_, rest)| rest.split("</span>").next())
        .collect()
}

#[test]
fn nothing_of_a_report_becomes_code() {
    let hostile = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"' \u{202e}";
    let mut account = fixture::account();
    let article = &mut account.reports[0].article;
    article.url = Some("javascript:alert(1)".to_owned());
    article.authors = vec![hostile.to_owned()];
    article.outlet.as_mut().expect("an outlet").name = hostile.to_owned();
    account.cast[0].name = hostile.to_owned();
    account.utterances[0].speaker_name = hostile.to_owned();
    let page = rendered(&[account.clone()], html, &Options::default());
    assert_eq!(page.matches("<script").count(), 1, "the page's own script only");
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("javascript:") && !page.contains(" onerror=\""));
    assert!(!page.contains(" style="), "the policy forbids style attributes");
    let text = rendered(&[account.clone()], markdown, &Options::default());
    assert!(!text.contains("<script") && !text.contains("<img"));
    assert!(!rendered(&[account], terminal, &Options::default()).contains('\u{202e}'));
}

#[test]
fn a_mark_over_two_paragraphs_is_whole() {
    let mut account = fixture::account();
    let article = &account.reports[0].article;
    let (from, to) = (
        article.text().find("the coastguard").unwrap(),
        article.text().find("to get everyone").unwrap(),
    );
    let words = Passage::of(article, Part::Text, Span::at(from, to)).expect("a stretch");
    account.brief[0].passage = words.clone();
    let page = rendered(&[account], html, &Options::default());
    let rule = page
        .lines()
        .find(|line| line.starts_with("p:has(>#"))
        .expect("a rule for the crossing mark");
    let class = rule
        .split("~p>.")
        .nth(1)
        .and_then(|rest| rest.split('{').next())
        .expect("its class");
    assert_eq!(marked(&page, class), words.text().replace("\n\n", ""));
}

#[test]
fn statements_by_time_keep_to_the_reports() {
    let by_time = Options {
        sort: Sort::Time,
        ..Options::default()
    };
    let mut account = fixture::account();
    account.statements.swap(1, 2);
    for difference in &mut account.differences {
        difference.statement = Some(0);
    }
    let place = |text: &str, words: &str| text.find(&format!("• {words}")).expect("a statement");
    for (options, first, second) in [
        (Options::default(), "It is not known", "The ferry is due"),
        (by_time, "The ferry is due", "It is not known"),
    ] {
        let text = rendered(&[account.clone()], terminal, &options);
        assert!(place(&text, first) < place(&text, second));
    }
}

#[test]
fn several_stories_have_an_index() {
    let accounts = [fixture::account(), fixture::account()];
    assert!(rendered(&accounts, terminal, &Options::default()).starts_with("2 stories\n"));
    assert!(rendered(&accounts, markdown, &Options::default()).starts_with("# 2 stories\n"));
    assert!(rendered(&accounts, html, &Options::default()).contains("<a href=\"#s2\""));
}
