//! Pages of other kinds than one report: indexes, live blogs, galleries, pages for subscribers, pages whose text stands in a
//! script. All written for this test.

use twosource_extract::{ExtractError, Settings, extract};
use twosource_model::{Article, Document, DocumentId, MediaType, Role};

fn document(html: &str) -> Document {
    let mut document = Document::new(
        DocumentId::new("page.html"),
        MediaType::Html,
        html.as_bytes().to_vec(),
    );
    document.url = Some("https://herald.example/news/".to_owned());
    document
}

fn articles(html: &str) -> Vec<Article> {
    extract(&document(html), &Settings::default()).expect("articles")
}

/// Four sentences about a thing, as paragraphs.
fn paragraphs(topic: &str) -> String {
    ["roof", "gate", "kitchen", "library"]
        .map(|part| {
            format!(
                "<p>The {part} of the {topic} will be mended in June, its head told those who came to the meeting on \
                 Friday evening, and the {topic} stays open meanwhile.</p>"
            )
        })
        .concat()
}

/// Shows that every paragraph leads to the bytes that hold its first word.
#[track_caller]
fn leads_back(html: &str, article: &Article) {
    for paragraph in &article.paragraphs {
        let words = paragraph.span.of(article.text());
        let bytes = article.source_map.to_document(paragraph.span).expect("mapped");
        let first = words.split_whitespace().next().expect("a word");
        assert!(html[bytes.range()].contains(first), "{words}");
    }
}

#[test]
fn an_index_of_whole_reports_gives_each_of_them() {
    let report = |topic: &str, author: &str, day: u32| {
        format!(
            "<article class=post><h2><a href=/news/{topic}>Repairs at the {topic}</a></h2><p class=byline>By {author}</p>\
             <time datetime=2031-05-0{day}>{day} May 2031</time>{}</article>",
            paragraphs(topic)
        )
    };
    let html = format!(
        "<html lang=en><head><title>News from Exampleton</title><meta property=og:site_name content=Herald></head><body>\
         <nav><a href=/>Home</a></nav><h1>News from Exampleton</h1>{}{}{}\
         <article class=teaser><h2><a href=/news/bath>The bath opens</a></h2><p>It opens on Monday, the town said, and closes \
         in the second week of October, when the water gets too cold for most of those who swim. <a href=/news/bath>Read \
         more</a></p></article></body></html>",
        report("school", "Ann Lee", 4),
        report("station", "Bo Ek", 5),
        report("theatre", "Cy Dee", 6),
    );
    let articles = articles(&html);
    let told: Vec<_> = articles
        .iter()
        .map(|article| {
            let published = article.published.as_ref().map(|date| date.moment.to_string());
            (article.title(), article.authors.join(", "), published)
        })
        .collect();
    let expected = |title, author: &str, day: &str| (title, author.to_owned(), Some(day.to_owned()));
    assert_eq!(
        told,
        [
            expected("Repairs at the school", "Ann Lee", "2031-05-04"),
            expected("Repairs at the station", "Bo Ek", "2031-05-05"),
            expected("Repairs at the theatre", "Cy Dee", "2031-05-06"),
        ]
    );
    for (article, topic) in articles.iter().zip(["school", "station", "theatre"]) {
        assert_eq!(article.paragraphs.len(), 4, "{}", article.text());
        assert_eq!(article.text().matches(topic).count(), 8);
        assert_eq!(
            article.url.as_deref(),
            Some(&*format!("https://herald.example/news/{topic}"))
        );
        assert_eq!(article.outlet_name(), "Herald");
        leads_back(&html, article);
    }
}

#[test]
fn reports_of_a_page_keep_their_ids_when_others_come_and_go() {
    // each report with the page it leads to, if it does
    let ids = |reports: &[(&str, &str)]| -> Vec<String> {
        let reports_html: String = reports
            .iter()
            .map(|(topic, leads_to)| {
                let title = format!("Repairs at the {topic}");
                let title = match *leads_to {
                    "" => title,
                    page => format!("<a href=/news/{page}>{title}</a>"),
                };
                format!("<article><h2>{title}</h2>{}</article>", paragraphs(topic))
            })
            .collect();
        let page = format!("<html lang=en><body><h1>News from Exampleton</h1>{reports_html}</body></html>");
        let found = articles(&page);
        assert_eq!(found.len(), reports.len());
        found.into_iter().map(|article| article.id.to_string()).collect()
    };
    for pages in [
        ["school", "station", "bath"],
        ["", "", ""],
        ["school", "school", "bath"],
    ] {
        let before = ids(&[("school", pages[0]), ("station", pages[1]), ("bath", pages[2])]);
        let after = ids(&[
            ("theatre", "theatre"),
            ("school", pages[0]),
            ("station", pages[1]),
            ("bath", pages[2]),
        ]);
        assert_eq!(before, after[1..], "{pages:?}");
        assert_ne!(before[0], before[1], "{pages:?}");
    }
}

#[test]
fn a_report_with_teasers_of_others_stays_one() {
    let teaser = |n: u32| {
        format!(
            "<article><h3><a href=/news/{n}>Another thing that happened on day {n}</a></h3><p>It happened in the morning of day \
             {n}, the town said, and nobody was hurt by it as far as anybody knows today.</p></article>"
        )
    };
    let html = format!(
        "<title>Repairs at the school</title><article><h1>Repairs at the school</h1>{}</article><section>{}{}{}</section>",
        paragraphs("school"),
        teaser(1),
        teaser(2),
        teaser(3)
    );
    let articles = articles(&html);
    assert_eq!(articles.len(), 1);
    assert_eq!(articles[0].id.as_str(), "https://herald.example/news/");
    assert_eq!(articles[0].paragraphs.len(), 4, "{}", articles[0].text());
}

/// A live blog whose entries are elements called `tag` and carry their times as `time` writes them.
fn live(tag: &str, time: impl Fn(u32) -> String) -> String {
    let entry = |n: u32| {
        format!(
            "<{tag} class=entry><div class=stamp>{}</div><h3><a href=/storm/{n}>Report {n} from the quay</a></h3><p>Boat {n} came in \
             with all its crew, the harbour office said, and went straight on to the yard, where its hull is to be looked at by \
             the builders.</p><p>Its skipper {n} spoke of waves as high as a house, and of a night that nobody on board will ever \
             forget, whatever else the sea has in store for them.</p></{tag}>",
            time(n)
        )
    };
    format!(
        "<html lang=en><head><title>Storm over the coast: live</title><script type=application/ld+json>\
         {{\"@type\":\"NewsArticle\",\"headline\":\"Storm over the coast: live\",\"datePublished\":\"2031-05-06T08:00:00+02:00\"}}\
         </script></head><body><main><h1>Storm over the coast: live</h1><div class=stream>{}</div></main></body></html>",
        (1..=5).rev().map(entry).collect::<String>()
    )
}

#[test]
fn entries_of_a_live_blog_keep_their_times() {
    for (html, first) in [
        (
            live("div", |n| {
                format!("<time datetime=2031-05-06T1{n}:05:00+02:00>1{n}:05</time>")
            }),
            "2031-05-06T15:05:00+02:00",
        ),
        (live("article", |n| format!("1{n}:05")), "2031-05-06T15:05:00"),
    ] {
        let articles = articles(&html);
        let [article] = &articles[..] else {
            panic!("one article, not {}", articles.len())
        };
        assert_eq!(article.title(), "Storm over the coast: live");
        assert_eq!(article.entries.len(), 5, "{}", article.text());
        let entry = &article.entries[0];
        let time = entry.published.as_ref().expect("a time");
        assert_eq!(time.moment.to_string(), first);
        let words = entry.span.of(article.text());
        assert!(
            words.contains("Boat 5") && words.contains("skipper 5") && !words.contains("Boat 4"),
            "{words}"
        );
        assert!(!article.text().contains(":05"), "{}", article.text());
        leads_back(&html, article);
    }
}

#[test]
fn a_gallery_is_told_by_its_captions() {
    let picture = |n: u32| {
        format!(
            "<figure><img src={n}.jpg><figcaption>Boat {n} of the fleet rests on the slip of the old yard below the \
             lighthouse.</figcaption></figure>"
        )
    };
    let html = format!(
        "<title>The fleet comes home</title><article><h1>The fleet comes home</h1><p>All eight boats are back, the harbour office \
         said on Monday, a day before the storm is due.</p>{}</article>",
        (1..=8).map(picture).collect::<String>()
    );
    let article = articles(&html).remove(0);
    let captions = article
        .paragraphs
        .iter()
        .filter(|p| p.role == Role::Caption)
        .count();
    assert_eq!(captions, 8, "{}", article.text());
    assert!(article.text().starts_with("All eight boats"));
    leads_back(&html, &article);
}

#[test]
fn the_head_of_a_text_for_subscribers_is_flagged() {
    let html = "<title>Repairs at the school</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\
        \"Repairs at the school\",\"isAccessibleForFree\":\"False\",\"hasPart\":{\"@type\":\"WebPageElement\",\
        \"isAccessibleForFree\":\"False\",\"cssSelector\":\".paid\"}}</script><article><h1>Repairs at the school</h1><p>The roof of the \
        school will be mended in June, its head told those who came to the meeting on Friday evening.</p><div class=paywall><p>To \
        read on, subscribe for 7 a month.</p><a href=/login>Log in</a></div></article>";
    let article = articles(html).remove(0);
    assert!(
        article
            .findings
            .iter()
            .any(|finding| finding.rule == "text-cut-by-paywall")
    );
    assert!(
        article.text().starts_with("The roof") && !article.text().contains("subscribe"),
        "{}",
        article.text()
    );
}

#[test]
fn text_in_scripts_is_read_with_its_place() {
    let text = paragraphs("school");
    let json = text.replace('<', "\\u003c").replace('"', "\\\"");
    let state = format!(
        "<title>Repairs at the school</title><div id=__next></div><script id=__NEXT_DATA__ type=application/json>\
         {{\"props\":{{\"page\":{{\"headline\":\"Repairs at the school\",\"publishDate\":\"2031-05-06\",\"html\":\"{json}\"}}}}}}</script>"
    );
    let streamed = format!(
        "<title>Repairs at the school</title><div id=app></div><script>self.__next_f.push([1,\"a:{{\\\"html\\\":\\\"{}\\\"}}\"])</script>",
        text.replace('<', "\\\\u003c")
    );
    let linked = format!(
        "<title>Repairs at the school</title><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Repairs at \
         the school\",\"articleBody\":\"{}\"}}</script><div id=app></div>",
        text.replace("<p>", "").replace("</p>", "\\n\\n")
    );
    for html in [state, streamed, linked] {
        let article = articles(&html).remove(0);
        assert_eq!(article.paragraphs.len(), 4, "{html}\n{}", article.text());
        assert!(
            article
                .findings
                .iter()
                .any(|finding| finding.rule == "text-from-script")
        );
        leads_back(&html, &article);
    }
}

#[test]
fn a_page_of_nothing_but_clutter_gives_no_article() {
    let html = "<nav><a href=/>Home</a></nav><footer><p>© 2031 Herald. All rights reserved.</p></footer>";
    let result = extract(&document(html), &Settings::default());
    assert!(matches!(result, Err(ExtractError::NoText { .. })), "{result:?}");
}
