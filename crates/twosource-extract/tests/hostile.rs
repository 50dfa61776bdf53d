//! Any bytes in, no panic; every span of the text leads into the document; equal input, equal output.

use proptest::prelude::*;
use twosource_extract::{Settings, extract};
use twosource_model::{Document, DocumentId, MediaType, Span};

fn check(kind: MediaType, bytes: Vec<u8>) {
    let document = Document::new(DocumentId::new("any"), kind, bytes);
    let Ok(articles) = extract(&document, &Settings::default()) else {
        return;
    };
    assert_eq!(articles, extract(&document, &Settings::default()).unwrap());
    for article in articles {
        let text = article.text();
        let mut end = 0;
        for paragraph in &article.paragraphs {
            let span = paragraph.span;
            assert!(span.start() >= end && text.get(span.start()..span.end()).is_some());
            end = span.end();
        }
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let place = article.source_map.to_document(Span::at(at, at + c.len_utf8()));
            let place = place.expect("every word has a place");
            assert!(place.end() <= document.bytes().len());
            // plain letters of a UTF-8 document stand there as they are
            let there = &document.bytes()[place.start()..place.end()];
            assert!(!c.is_ascii_alphanumeric() || there.len() != 1 || there[0] == c as u8);
        }
        for clutter in &article.clutter {
            assert!(clutter.bytes.is_none_or(|b| b.end() <= document.bytes().len()));
        }
    }
}

/// Pieces of markup that make a parser stumble.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class='article-body'>"),
        Just("</div>"),
        Just("<table><tr><td>"),
        Just("</table>"),
        Just("<!--"),
        Just("-->"),
        Just("<script>"),
        Just("</script>"),
        Just("<title>"),
        Just("</title>"),
        Just("<br><br>"),
        Just("&amp;"),
        Just("&#x110000;"),
        Just("&notin"),
        Just("<li>"),
        Just("<a href=\""),
        Just("\">"),
        Just("<b><i></b>"),
        Just("<svg>"),
        Just("</svg>"),
        Just("The bridge opened on Monday, the town said in a note. "),
        Just("é ü 日本語 "),
        Just("\u{ad}\u{200b}"),
        Just("<h1>A head</h1>"),
        Just("<time datetime=2031-05-06>"),
        Just("<"),
        Just("\0"),
        Just("<p style='display:none'>"),
        Just("<head>"),
        Just("<body>"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_as_a_page(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(MediaType::Html, bytes);
    }

    #[test]
    fn any_markup(markup in markup()) {
        check(MediaType::Html, markup.into_bytes());
    }

    #[test]
    fn any_saved_text(text in "(\\PC|\n|\n\n|Photo: |By Ann Lee\n|date 2031-05-06 |Credit: A/AP){0,60}") {
        check(MediaType::PlainText, text.clone().into_bytes());
        check(MediaType::Markdown, text.into_bytes());
    }
}

#[test]
fn large_and_broken_pages_end() {
    for html in [
        "<div>".repeat(200_000),
        "<b><i><span><a href=x>word <li><td>".repeat(20_000),
        format!("<p {}>text</p>", "a=1 ".repeat(200_000)),
        "<script>".repeat(100_000),
        "&amp".repeat(200_000),
        "<h1>A head of some words</h1>".repeat(20_000),
    ] {
        check(MediaType::Html, html.into_bytes());
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let document = Document::new(
        DocumentId::new("x"),
        MediaType::Html,
        b"\x89PNG\r\n\x1a\n\0\0\0".to_vec(),
    );
    assert!(extract(&document, &Settings::default()).is_err());
}
