use proptest::prelude::*;

use super::*;

fn titles(feed: &str) -> Vec<String> {
    let show = |outcome: Outcome| match outcome {
        Ok(document) => document.given.title.unwrap_or_default(),
        Err(reason) => format!("! {}", reason.split(':').next().unwrap_or_default()),
    };
    documents("f", feed.as_bytes())
        .unwrap()
        .into_iter()
        .map(show)
        .collect()
}

#[test]
fn formats_are_read() {
    for feed in [
        "<rss version=\"2.0\"><channel><title>T</title><item><title>A &amp; B</title><link>http://a.example/1</link></item></channel></rss>",
        "<rdf:RDF xmlns:rdf=\"x\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>T</title></channel><item rdf:about=\"y\"><title>A & B</title></item></rdf:RDF>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><title type=\"html\">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><id>x</id></entry></feed>",
        "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry><title type=\"text/html\" mode=\"escaped\">A &amp;amp; B</title></entry></feed>",
        "<CHANNEL HREF=\"x\"><TITLE>T</TITLE><ITEM HREF=\"http://a.example/1\"><TITLE>A & B</TITLE></ITEM></CHANNEL>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":\"A & B\",\"content_text\":\"x\"}]}",
    ] {
        assert_eq!(titles(feed), ["A & B"], "{feed}");
    }
}

#[test]
fn a_damaged_item_costs_no_other() {
    let feed = "<rss version=\"2.0\"><channel><title>T</title>\
        <item><title>One & two</title></item><item><title>Broken</titel><link>http://a.example/2</link></item><item></item><item><title>Three</title></item>";
    assert_eq!(
        documents("f", feed.as_bytes()).unwrap()[1]
            .as_ref()
            .unwrap()
            .url
            .as_deref(),
        Some("http://a.example/2")
    );
    assert_eq!(
        titles(feed),
        [
            "One & two",
            "Broken",
            "! entry 3 has neither title nor text",
            "Three"
        ]
    );
}

#[test]
fn an_entry_keeps_what_the_feed_says() {
    let feed = "<rss version=\"2.0\"><channel><title>The Paper</title><language>en-gb</language><item>\
        <title>Fire</title><link>http://a.example/1</link><pubDate>Fri, 20 Jul 2018 09:30:00 +0200</pubDate>\
        <description>&lt;p&gt;Two died.&lt;/p&gt;</description></item></channel></rss>";
    let document = documents("f.xml", feed.as_bytes()).unwrap().remove(0).unwrap();
    assert_eq!(document.bytes(), b"<p>Two died.</p>");
    assert_eq!(document.media_type, MediaType::Html);
    assert_eq!(document.given.outlet.as_deref(), Some("The Paper"));
    assert_eq!(
        document.given.published.unwrap().to_string(),
        "2018-07-20T09:30:00+02:00"
    );
    assert_eq!(document.given.language, Some(LanguageCode::ENGLISH));
    assert!(document.given.feed_entry);
}

#[test]
fn parts_of_other_things_are_not_the_entrys() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/x/' xmlns:media='http://search.yahoo.com/mrss/'>\
        <entry><source><title>Other</title><link href='http://b.example/'/></source><title>Ours</title><media:group><media:title>Film</media:title></media:group>\
        <link rel='self' href='s'/><link rel='enclosure' href='e'/><link href='1'/><author><name>Ada Holm</name><uri>u</uri></author>\
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b></p></div></content></entry></feed>";
    let document = documents("f", feed.as_bytes()).unwrap().remove(0).unwrap();
    assert_eq!(document.given.title.as_deref(), Some("Ours"));
    assert_eq!(document.url.as_deref(), Some("http://a.example/x/1"));
    assert_eq!(document.given.authors, ["Ada Holm"]);
    assert!(String::from_utf8_lossy(document.bytes()).contains("<p>One <b>two</b></p>"));
}

#[test]
fn a_bare_day_stays_one() {
    let feed = "<rss><channel><item><title>x</title><dc:date>2018-07-20</dc:date></item></channel></rss>";
    let document = documents("f", feed.as_bytes()).unwrap().remove(0).unwrap();
    assert_eq!(document.given.published.unwrap().to_string(), "2018-07-20");
}

#[test]
fn depth_costs_nothing() {
    let feed = format!("<rss><channel><item><title>x</title>{}", "<a>".repeat(200_000));
    assert_eq!(titles(&feed), ["x"]);
}

proptest! {
    #[test]
    fn any_feed_ends(parts in proptest::collection::vec(prop_oneof![
        Just("<item>".to_owned()), Just("</item>".to_owned()), Just("<title>".to_owned()), Just("<link href=".to_owned()),
        Just("<description>".to_owned()), Just("<![CDATA[".to_owned()), Just("&".to_owned()), Just(">".to_owned()), "\\PC{0,3}",
    ], 0..40)) {
        let feed = format!("<rss><channel>{}", parts.concat());
        let _ = documents("f", feed.as_bytes());
        let _ = documents("f", parts.concat().as_bytes());
    }
}
