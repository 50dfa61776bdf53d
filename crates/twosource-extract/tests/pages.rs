//! Pages written for this test: what is kept, what is left out, what is read of the markup.

use twosource_extract::{Settings, explain, extract};
use twosource_model::{Article, DateSource, Document, DocumentId, MediaType, Moment, Role};

fn page(html: &str) -> Document {
    let mut document = Document::new(DocumentId::new("page"), MediaType::Html, html.as_bytes().to_vec());
    document.url = Some("https://www.exampleton-herald.example/2031/05/06/bridge".to_owned());
    document
}

fn article(html: &str) -> Article {
    extract(&page(html), &Settings::default())
        .expect("an article")
        .remove(0)
}

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>New bridge opens in Exampleton | Exampleton Herald</title>
<meta property="og:site_name" content="Exampleton Herald">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"New bridge opens in Exampleton",
"author":{"@type":"Person","name":"Ann Lee"},"datePublished":"2031-05-06T09:30:00+02:00","articleSection":"Local"}</script>
</head><body><nav class="menu"><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a><li><a href="/local">Local</a></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site work. <button>Accept</button></p></div>
<main><article class="article"><header><h1>New bridge opens in Exampleton</h1><div class="byline">By Ann Lee</div>
<time datetime="2031-05-06T09:30:00+02:00">6 May 2031</time></header>
<figure><img src="a.jpg"><figcaption>The bridge at dawn. Photo: B. Ek/Example Agency</figcaption></figure>
<div class="article-body"><p>The new bridge over the river Exam opened on Monday after three years of works, the town&#8217;s mayor said at a small ceremony.
<p>About two hundred people walked across it in the first hour, among them pupils of the school on the other bank, who used to take the ferry.</p>
<p>&ldquo;We have waited for this day since the old bridge fell,&rdquo; said Cy Dee, who runs a bakery near the market and came with her two sons.</p>
<h2>Ferry to stop in June</h2>
<p>The ferry will stop at the end of June, said the harbour office, which has run it for ninety years and will sell both of its boats.</p>
<p>The works cost eleven million, two million more than planned, because the ground on the northern bank was softer than the builders had thought.</p></div>
<aside class="newsletter"><p>Sign up for our newsletter and get the news in your inbox.</p></aside></article></main>
<section class="related"><h3>Related stories</h3><ul><li><a href="/x">Bakery of the year chosen</a><li><a href="/y">School to get new roof</a></ul></section>
<footer><p>© 2033 Exampleton Herald. All rights reserved.</p></footer></body></html>"##;

#[test]
fn a_caption_that_ends_with_its_credit_is_left_out() {
    let page = PAGE.replace(
        "<p>The works cost",
        "<div class=\"pic\"><img src=\"b.jpg\"><div>The old bridge before it fell. Photo: Dee Fox</div></div><p>The works cost",
    );
    let article = article(&page);
    assert!(!article.text().contains("Dee Fox"), "{}", article.text());
    assert!(
        article
            .clutter
            .iter()
            .any(|clutter| clutter.rule == "caption" && clutter.text.contains("Dee Fox")),
        "{:?}",
        article.clutter
    );
}

#[test]
fn a_page_is_read() {
    let article = article(PAGE);
    assert_eq!(article.title(), "New bridge opens in Exampleton");
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.outlet_name(), "Exampleton Herald");
    assert_eq!(article.section.as_deref(), Some("Local"));
    let published = article.published.as_ref().expect("a date");
    assert_eq!(
        published.moment,
        "2031-05-06T09:30:00+02:00".parse::<Moment>().unwrap()
    );
    let paragraphs: Vec<&str> = article.text().split("\n\n").collect();
    assert!(paragraphs[0].starts_with("The new bridge over the river Exam opened"));
    assert!(
        paragraphs
            .last()
            .unwrap()
            .ends_with("softer than the builders had thought.")
    );
    for clutter in [
        "cookies",
        "newsletter",
        "Bakery of the year",
        "rights reserved",
        "Example Agency",
        "By Ann Lee",
    ] {
        assert!(!article.text().contains(clutter), "{clutter} is in the text");
        assert!(
            article.clutter.iter().any(|c| c.text.contains(clutter)),
            "{clutter} is not listed"
        );
    }
}

#[test]
fn every_word_leads_back_to_its_bytes() {
    let article = article(PAGE);
    let text = article.text();
    for (at, word) in text.match_indices(|c: char| c.is_ascii_alphanumeric()) {
        let span = twosource_model::Span::at(at, at + word.len());
        let bytes = article.source_map.to_document(span).expect("a place");
        assert_eq!(&PAGE[bytes.start()..bytes.end()], word);
    }
}

#[test]
fn text_in_a_script_is_read() {
    let paragraph = |n: u32| {
        format!(
            "\\u003cp\\u003eThe br\\u00fccke number {n} over the river \\\"Exam\\\" opened on Monday, said the mayor &amp; her deputy after years of works.\\u003c/p\\u003e\\n"
        )
    };
    let body: String = (0..8).map(paragraph).collect();
    let html = format!(
        "<title>New bridge opens in Exampleton</title><body><div id=root></div>\
         <script id=__NEXT_DATA__ type=application/json>{{\"props\":{{\"content\":\"{body}\",\"x\":\"{}\"}}}}</script>",
        "y".repeat(2_000)
    );
    let article = article(&html);
    assert!(article.text().starts_with(
        "The brücke number 0 over the river \"Exam\" opened on Monday, said the mayor & her deputy"
    ));
    assert_eq!(article.paragraphs.len(), 8);
    assert!(article.findings.iter().any(|f| f.rule == "text-from-script"));
    let at = article.text().find("Monday").unwrap();
    let place = article
        .source_map
        .to_document(twosource_model::Span::at(at, at + 6))
        .unwrap();
    assert_eq!(&html[place.start()..place.end()], "Monday");
}

/// A string as a browser's script would hold it.
fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('<', "\\u003c")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[test]
fn text_that_is_streamed_to_the_browser_is_read() {
    let paragraphs: String = (0..8)
        .map(|n| format!("<p>The br\u{fc}cke number {n} over the \"Exam\" opened on Monday, said the mayor and her deputy.</p>\n"))
        .collect();
    let rows = [
        // as a string of the state, as a row of its own
        format!("2:[\"$\",\"div\",null,{{\"html\":{}}}]\n", quoted(&paragraphs)),
        format!("2:[]\n3:T{:x},{paragraphs}4:[]\n", paragraphs.len()),
    ];
    for row in rows {
        // in three pieces, cut anywhere
        let letters: Vec<char> = row.chars().collect();
        let pieces: String = letters
            .chunks(letters.len() / 3 + 1)
            .map(|piece| {
                format!(
                    "<script>self.__next_f.push([1,{}])</script>",
                    quoted(&piece.iter().collect::<String>())
                )
            })
            .collect();
        let html = format!("<title>New bridge opens in Exampleton</title><body><div id=root></div>{pieces}");
        let article = article(&html);
        assert_eq!(article.paragraphs.len(), 8, "{}", article.text());
        assert!(
            article
                .text()
                .starts_with("The brücke number 0 over the \"Exam\" opened")
        );
        for (at, _) in article.text().match_indices("Monday") {
            let span = twosource_model::Span::at(at, at + 6);
            let place = article.source_map.to_document(span).unwrap();
            let there = &html[place.start()..place.end()];
            assert!(there.starts_with('M') && there.ends_with("day"), "{there}");
        }
    }
}

#[test]
fn words_that_no_reader_reads_in_the_line_are_left_out() {
    let html = PAGE.replace(
        "said Cy Dee, who",
        "said <span class=\"person\">Cy Dee<span class=\"person-popup-card\"><a href=/x>Cy Dee</a> Ten more reports</span></span>, <ruby>橋<rt>はし</rt></ruby> who",
    );
    let article = article(&html);
    assert!(
        article.text().contains("said Cy Dee, 橋 who runs"),
        "{}",
        article.text()
    );
}

#[test]
fn a_notice_between_paragraphs_is_left_out_wherever_it_stands() {
    let notice = "<p>To see this map you have to agree that the makers of maps may set cookies and read what you like.</p>";
    let html = PAGE
        .replace(
            "<h2>Ferry",
            &format!("{notice}<p>Follow the Exampleton Herald on Facebook</p>{notice}<h2>Ferry"),
        )
        .replace("</div>\n<aside", &format!("{notice}</div>\n<aside"));
    let article = article(&html);
    let rule_of = |words: &str| {
        let taken = article.clutter.iter().find(|c| c.text.contains(words));
        taken.map(|c| c.rule.as_str())
    };
    assert!(rule_of("To see this map").is_some(), "{}", article.text());
    assert_eq!(rule_of("Follow the Exampleton"), Some("follow"));
}

#[test]
fn embeds_pull_quotes_and_corrections_have_their_roles() {
    let html = PAGE.replace(
        "<h2>Ferry",
        "<blockquote class=\"pullquote\"><p>We have waited for this day since the old bridge fell, and so have the bakers and the pupils.</p></blockquote>\
         <blockquote class=\"twitter-tweet\"><p>The first walk over the new bridge: two hundred people, one brass band, and not a cloud above the river.</p></blockquote>\
         <p class=\"article-correction\">An earlier version of this report gave a wrong age for the bridge, which was built ninety years ago.</p><h2>Ferry",
    );
    let article = article(&html);
    for (head, role) in [
        (
            "We have waited for this day since the old bridge fell, and",
            Role::PullQuote,
        ),
        ("The first walk over", Role::Embed),
        ("An earlier version", Role::Correction),
        ("Ferry to stop", Role::Heading),
    ] {
        let at = article.text().find(head);
        let found = article.paragraphs.iter().find(|p| Some(p.span.start()) == at);
        // what the scorer leaves out has no role
        assert!(at.is_none() || found.is_some_and(|p| p.role == role), "{head}");
    }
    assert!(
        article.paragraphs.iter().any(|p| p.role == Role::Correction),
        "{}",
        article.text()
    );
}

#[test]
fn days_of_publication_are_settled() {
    let dated = |meta: &str, line: &str| {
        let html = PAGE
            .replace("\"datePublished\":\"2031-05-06T09:30:00+02:00\",", "")
            .replace("<title>", &format!("{meta}<title>"))
            .replace(
                "<time datetime=\"2031-05-06T09:30:00+02:00\">6 May 2031</time>",
                line,
            );
        let mut document = page(&html);
        document.url = None;
        let article = extract(&document, &Settings::default()).unwrap().remove(0);
        article.published.map(|dated| dated.moment.to_string())
    };
    for (meta, line, expected) in [
        ("", "<p><b>6</b> <span>May 2031</span></p>", "2031-05-06"),
        (
            "",
            "<p>Updated 9 May 2031</p><p>Ann Lee | Local news | 6 May 2031</p>",
            "2031-05-06",
        ),
        (
            "<meta name=date content=2031-05-07>",
            "<time>6 May 2031, 21:10</time>",
            "2031-05-06T21:10:00",
        ),
        (
            "<meta name=date content=2031-05-07T03:00:00Z>",
            "<div class=headline__footer><time datetime=2031-05-07T03:00:00Z>May 6, 2031 11:00 pm</time></div>",
            "2031-05-06T23:00:00",
        ),
    ] {
        assert_eq!(dated(meta, line).as_deref(), Some(expected), "{meta}{line}");
    }
}

#[test]
fn the_day_that_is_shown_stands_above_the_eve_in_the_address() {
    for (shown, expected) in [
        ("7 May 2031", "2031-05-07"),
        ("9 May 2031", "2031-05-06"),
        ("", "2031-05-06"),
    ] {
        let html = PAGE
            .replace("\"datePublished\":\"2031-05-06T09:30:00+02:00\",", "")
            .replace(
                "<time datetime=\"2031-05-06T09:30:00+02:00\">6 May 2031</time>",
                shown,
            );
        let published = article(&html).published.map(|dated| dated.moment.to_string());
        assert_eq!(published.as_deref(), Some(expected), "{shown}");
    }
}

#[test]
fn what_readers_wrote_is_left_out() {
    let comment = "<div class=\"comment\" id=\"comment-7\"><p>I took the ferry every day for eleven years, and the old crew knew \
                   all of us by name, which no bridge ever will.</p></div>";
    for holder in [
        "<div id=\"comments\">",
        "<ol class=\"comment-list\">",
        "<section class=\"c-box comments\">",
    ] {
        let html = PAGE.replace(
            "<aside class",
            &format!("{holder}{}</div></ol></section><aside class", comment.repeat(12)),
        );
        let article = article(&html);
        assert!(!article.text().contains("every day for eleven"), "{holder}");
        assert!(article.text().contains("river Exam opened"), "{holder}");
        let left_out = article
            .clutter
            .iter()
            .filter(|c| c.text.contains("every day for eleven"));
        assert!(left_out.clone().count() == 12 && left_out.into_iter().all(|c| c.rule == "comments"));
    }
}

#[test]
fn a_report_whose_page_speaks_of_comments_is_kept() {
    let html = PAGE.replace("<article class=\"article\">", "<article class=\"comment\">");
    assert!(article(&html).text().contains("river Exam opened"));
}

#[test]
fn words_that_are_only_read_out_are_left_out() {
    let link = |mark: &str| {
        PAGE.replace(
            "the harbour office,",
            &format!("the <a href=/h target=_blank>harbour office<span {mark}>, opens new tab</span></a>,"),
        )
    };
    for mark in [
        "class=\"sr-only\"",
        "style=\"clip:rect(0 0 0 0);position:absolute\"",
    ] {
        let article = article(&link(mark));
        assert!(article.text().contains("the harbour office, which"), "{mark}");
    }
    assert!(article(&link("")).text().contains("opens new tab"));
}

#[test]
fn a_table_between_paragraphs_is_kept_whole() {
    let row = |name: &str| format!("<tr><td>{name}</td><td>12</td><td>7:40</td></tr>");
    let rows: String = ["North Quay", "Mill Lane", "Market", "School"].map(row).concat();
    let table = format!(
        "<table><thead><tr><th>Stop</th><th>Buses</th><th>First</th></tr></thead><tbody>{rows}</tbody></table>"
    );
    let article = article(&PAGE.replace("<p>The works cost", &format!("{table}<p>The works cost")));
    for row in ["Stop Buses First", "North Quay 12 7:40", "School 12 7:40"] {
        assert!(article.text().contains(row), "{row}: {}", article.text());
    }
}

#[test]
fn headlines_are_settled() {
    const NAME: &str = "New bridge opens in Exampleton";
    // what structured data, sharing, the title element and the heading say
    let title = |data: &str, shared: &str, element: &str, heading: &str| {
        let html = PAGE
            .replace(
                &format!("\"headline\":\"{NAME}\""),
                &format!("\"headline\":\"{data}\""),
            )
            .replace(
                "<meta property",
                &format!("<meta property=og:title content=\"{shared}\"><meta property"),
            )
            .replace(
                &format!("<title>{NAME} | Exampleton Herald"),
                &format!("<title>{element}"),
            )
            .replace(&format!("<h1>{NAME}"), &format!("<h1>{heading}"));
        article(&html).title().to_owned()
    };
    let on = |tail: &str| format!("{NAME}{tail}");
    let other = "Town on the Exam gets its second crossing";
    for (data, shared, element, heading, expected) in [
        (NAME, NAME, on(" | Exampleton Herald"), NAME.to_owned(), NAME),
        // the heading without the words in front of it that all others have
        (
            "Works: New bridge opens in Exampleton",
            "Works: New bridge opens in Exampleton",
            on(""),
            NAME.to_owned(),
            "Works: New bridge opens in Exampleton",
        ),
        // only the outlet's name stands behind it
        (
            "New bridge opens in Exampleton - Exampleton Herald",
            "New bridge opens in Exampleton - Exampleton Herald",
            on(""),
            NAME.to_owned(),
            NAME,
        ),
        // another line than the heading, and not the one for search engines
        (
            other,
            NAME,
            format!("{other} | Exampleton Herald"),
            NAME.to_owned(),
            other,
        ),
        (other, NAME, other.to_owned(), NAME.to_owned(), NAME),
        // cut off
        (
            "Town on the Exam gets its second...",
            NAME,
            on(""),
            NAME.to_owned(),
            NAME,
        ),
        // two elements of the heading that run into one another
        (
            NAME,
            "Works / New bridge opens in Exampleton",
            on(""),
            format!("<span>Works</span>{NAME}"),
            "Works / New bridge opens in Exampleton",
        ),
    ] {
        assert_eq!(
            title(data, shared, &element, &heading),
            expected,
            "{data} {heading}"
        );
    }
}

#[test]
fn the_headline_of_a_live_page_is_the_one_of_the_page() {
    let html = PAGE.replace(
        "{\"@type\":\"NewsArticle\"",
        "{\"@type\":\"LiveBlogPosting\",\"headline\":\"Mayor cuts the ribbon\"}</script>\
         <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"",
    );
    let html = html
        .replace("<h1>New bridge opens in Exampleton", "<h1>Mayor cuts the ribbon")
        .replace(
            "<title>New bridge opens in Exampleton | Exampleton Herald",
            "<title>New bridge opens in Exampleton",
        );
    assert_eq!(article(&html).title(), "New bridge opens in Exampleton");
}

#[test]
fn blocks_are_explained() {
    let explanation = explain(&page(PAGE), &Settings::default()).unwrap();
    let of = |words: &str| {
        explanation
            .blocks
            .iter()
            .find(|b| b.words.contains(words))
            .expect("a block")
    };
    assert!(of("river Exam").role.is_some() && of("river Exam").chance > Some(0.5));
    assert_eq!(of("rights reserved").rule, Some("copyright"));
    assert!(of("river Exam").path.ends_with("div.article-body > p"));
}

#[test]
fn a_date_alone_before_the_text_is_none_of_it() {
    let dated = PAGE.replace(
        "<p>The new bridge over",
        "<p>6 May 2031, 09:30</p><p>The new bridge over",
    );
    let read = article(&dated);
    assert!(read.text().starts_with("The new bridge over"), "{}", read.text());
    assert!(
        read.clutter
            .iter()
            .any(|c| c.rule == "date-line" && c.text == "6 May 2031, 09:30")
    );
}

#[test]
fn dates_are_never_made_up() {
    let undated = PAGE
        .replace("2031-05-06T09:30:00+02:00", "")
        .replace("6 May 2031", "");
    let mut document = page(&undated);
    document.url = None;
    let article = extract(&document, &Settings::default()).unwrap().remove(0);
    assert_eq!(
        article.published, None,
        "the year of the copyright line is no date"
    );
    assert!(article.findings.iter().any(|f| f.rule == "no-date"));
}

#[test]
fn a_page_that_does_not_say_when_takes_its_feeds_date() {
    let mut document =
        page("<h1>Bridge open</h1><p>The bridge over the Exam is open, the mayor said on Monday.</p>");
    document.url = None;
    let feed: Moment = "2031-05-06T09:30:00+02:00".parse().unwrap();
    document.given.feed_published = Some(feed);
    let dated = extract(&document, &Settings::default())
        .unwrap()
        .remove(0)
        .published
        .unwrap();
    assert_eq!((dated.moment, dated.source), (feed, DateSource::Feed));
    let mut document = page(PAGE);
    document.given.feed_published = "2031-05-08".parse().ok();
    let dated = extract(&document, &Settings::default())
        .unwrap()
        .remove(0)
        .published
        .unwrap();
    assert_eq!(dated.moment, feed, "the page says it itself");
}

#[test]
fn one_line_alone_is_text_and_not_a_headline() {
    for (line, given) in [
        ("The bridge over the Exam is shut, the mayor said", None),
        ("Bridge shut", None),
        ("Bridge shut", Some("Exampleton")),
    ] {
        let mut document = Document::new(
            DocumentId::new("line.txt"),
            MediaType::PlainText,
            line.as_bytes().to_vec(),
        );
        document.given.title = given.map(str::to_owned);
        let article = extract(&document, &Settings::default()).unwrap().remove(0);
        assert_eq!(
            (article.title(), article.text()),
            (given.unwrap_or_default(), line)
        );
    }
}

#[test]
fn a_page_in_another_charset_leads_back_too() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(
        "<meta charset=windows-1252><h1>Caf\u{e9} \u{f6}ffnet</h1><div class=article-body><p>Das Caf\u{e9} an der Br\u{fc}cke \u{f6}ffnet am \
         Montag nach einer langen Pause wieder, sagte der Wirt, der es seit zehn Jahren f\u{fc}hrt.</p><p>Zuletzt war es im Winter ge\u{f6}ffnet, \
         dann kam das Hochwasser, und die B\u{f6}den mussten alle ersetzt werden.</p></div>",
    );
    let document = Document::new(DocumentId::new("page"), MediaType::Html, bytes.to_vec());
    let article = extract(&document, &Settings::default()).unwrap().remove(0);
    let text = article.text();
    assert!(text.contains("Brücke öffnet"), "{text}");
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let span = twosource_model::Span::at(at, at + c.len_utf8());
        let place = article.source_map.to_document(span).expect("a place");
        let (decoded, _) =
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes[place.start()..place.end()]);
        assert_eq!(decoded, c.to_string());
    }
}
