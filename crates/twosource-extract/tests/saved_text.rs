//! Saved texts written for this test: which line is what.

use twosource_extract::{Settings, extract};
use twosource_model::{Article, Document, DocumentId, MediaType, Role};

fn article(kind: MediaType, text: &str) -> Article {
    let document = Document::new(DocumentId::new("a.txt"), kind, text.as_bytes().to_vec());
    extract(&document, &Settings::default())
        .expect("an article")
        .remove(0)
}

fn rules(article: &Article) -> Vec<(&str, &str)> {
    article
        .clutter
        .iter()
        .map(|c| (c.rule.as_str(), c.text.as_str()))
        .collect()
}

const FIRST: &str =
    "The ferry over the Exam will stop at the end of June, the harbour office said on Tuesday.";
const SECOND: &str =
    "Both of its boats will be sold, and the twelve people who work on them get other posts.";

#[test]
fn head_and_foot_are_taken_apart() {
    let text = format!(
        "Ferry to stop in June\nLocal |\nEditor: Bo Ek\n\nHarbour office sells both boats\n\nFerry to stop in June\n\n{FIRST}\n\n\
         Sorry, this video is not available in your country.\n\n{SECOND}\n\nThe ferry at dawn Credit: Cy Dee/AP\n\nShare this article\n"
    );
    let article = article(MediaType::PlainText, &text);
    assert_eq!(article.title(), "Ferry to stop in June");
    assert_eq!(article.editors, ["Bo Ek"]);
    assert_eq!(article.section.as_deref(), Some("Local"));
    assert_eq!(article.paragraphs[0].role, Role::Standfirst);
    assert_eq!(
        article.text(),
        format!("Harbour office sells both boats\n\n{FIRST}\n\n{SECOND}")
    );
    assert_eq!(
        rules(&article),
        [
            ("section-bar", "Local |"),
            ("editor-line", "Editor: Bo Ek"),
            ("repeated-headline", "Ferry to stop in June"),
            (
                "device-notice",
                "Sorry, this video is not available in your country."
            ),
            ("caption", "The ferry at dawn"),
            ("photo-credit", "Credit: Cy Dee/AP"),
            ("share-bar", "Share this article"),
        ]
    );
}

#[test]
fn a_line_of_outlet_and_date_names_and_dates_the_text() {
    for (line, outlet, day) in [
        (
            "Evening Harbour Bugle, 12 October 2031",
            Some("Evening Harbour Bugle"),
            Some("2031-10-12"),
        ),
        (
            "Exam Times | 12 October 2031",
            Some("Exam Times"),
            Some("2031-10-12"),
        ),
        ("Exam, 12 October 2031", None, Some("2031-10-12")),
        // a sentence of the report, or a headline
        ("The mayor of Exam spoke to the Post, 12 October 2031", None, None),
    ] {
        let text = format!("Ferry to stop in June\nBy Bo Ek\n{line}\n\n{FIRST}\n\n{SECOND}\n");
        let article = article(MediaType::PlainText, &text);
        let found = article.published.as_ref().map(|d| d.moment.to_string());
        assert_eq!(found.as_deref(), day, "{line}");
        assert_eq!(article.outlet.as_ref().map(|o| o.name.as_str()), outlet, "{line}");
    }
}

#[test]
fn a_marker_dates_the_text() {
    let article = article(
        MediaType::PlainText,
        &format!(" date 2031-05-06 {FIRST}\n\n{SECOND}"),
    );
    let published = article.published.as_ref().expect("a date");
    assert_eq!(published.moment.to_string(), "2031-05-06");
    assert!(article.text().starts_with("The ferry"));
}

#[test]
fn a_credit_glued_to_the_next_line_is_parted() {
    let article = article(
        MediaType::PlainText,
        &format!("{FIRST}\n\nThe ferry at dawn Photo: Cy Dee/AP{SECOND}\n"),
    );
    assert_eq!(article.text(), format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn quoted_words_are_no_notices() {
    let line =
        "“We use cookies on every page, and so does everyone else,” the head of the firm told the court.";
    let article = article(MediaType::PlainText, &format!("{FIRST}\n\n{line}\n\n{SECOND}"));
    assert!(article.text().contains(line));
}

#[test]
fn wrapped_lines_are_joined() {
    let wrapped = "The ferry over the river will stop at the end of the month of\nJune, the harbour office said on Tuesday in a note to the people\n\
                   of both banks, who have used it for ninety years and more, and\nwho have now been told to take the bridge. Both of the boats are\n\
                   to be sold to a town on the coast.\n\nThe twelve people who work on them get other posts in the harbour.";
    let article = article(MediaType::PlainText, wrapped);
    assert_eq!(article.paragraphs.len(), 2);
}

#[test]
fn markdown_heads_are_read() {
    let text = format!("# Ferry to stop\n\n{FIRST}\n\n## What comes next\n\n{SECOND}\n");
    let article = article(MediaType::Markdown, &text);
    assert_eq!(article.title(), "Ferry to stop");
    assert_eq!(article.paragraphs[1].role, Role::Heading);
}

#[test]
fn a_byline_with_a_bar_dates_the_text_and_a_list_under_it_is_the_report_s() {
    let text = format!(
        "Harbour theft: what is gone\n\nBy Bo Ek | Updated 4 June 2031, 9.15am\n\n- Ropes\n- Lamps\n- Two anchors (not yet sure)\n\n\
         {FIRST}\n\n{SECOND}\n"
    );
    let article = article(MediaType::PlainText, &text);
    assert_eq!(article.authors, ["Bo Ek"]);
    let changed = article.modified.as_ref().expect("a date").moment.day();
    assert_eq!(changed.to_string(), "2031-06-04");
    let listed: Vec<&str> = article
        .paragraphs
        .iter()
        .filter(|p| p.role == Role::ListItem)
        .map(|p| p.span.of(article.text()))
        .collect();
    assert_eq!(listed, ["Ropes", "Lamps", "Two anchors (not yet sure)"]);
    assert_eq!(
        rules(&article),
        [("byline", "By Bo Ek | Updated 4 June 2031, 9.15am")]
    );
}
