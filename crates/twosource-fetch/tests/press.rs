//! A press of thirty outlets on loopback, most with something wrong: every good item comes once, each edit comes again,
//! each failure is told, and no host is asked faster than allowed.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use twosource_fetch::{
    BackOff, Clock, Delivery, Edge, Kept, MemoryState, News, Plan, Resolve, Settings, SourceOutcome, Summary,
    run,
};
use twosource_testkit::press::{Fate, Press, Trouble};
use twosource_testkit::web::{Hit, Web};

#[derive(Debug)]
struct RealClock;

impl Clock for RealClock {
    #[expect(clippy::disallowed_methods, reason = "the test runs against a real server")]
    fn now(&self) -> Timestamp {
        SystemTime::now().try_into().unwrap()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// `o7.test` and the like lie on loopback.
#[derive(Debug)]
struct TestNames(SocketAddr);

impl Resolve for TestNames {
    fn resolve(&self, host: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        match host {
            "10.0.0.1" => Ok(vec!["10.0.0.1:80".parse().unwrap()]),
            host if host.ends_with(".test") => Ok(vec![self.0]),
            _ => Err(io::Error::new(io::ErrorKind::NotFound, "no such name")),
        }
    }
}

const GAP: Duration = Duration::from_millis(5);

fn settings() -> Settings {
    let mut settings = Settings {
        gap: GAP,
        requests: 16,
        allowed: vec!["127.0.0.0/8".parse().unwrap()],
        retry: BackOff {
            first: Duration::from_millis(20),
            most: Duration::from_millis(100),
            seed: 3,
        },
        interval: Duration::from_millis(1),
        run: Duration::from_secs(60),
        recheck: vec![Duration::ZERO; 9],
        ..Settings::default()
    };
    settings.limits.time = Duration::from_secs(1);
    settings.limits.body_bytes = 2 << 20;
    settings.limits.unfolded_bytes = 2 << 20;
    settings
}

/// What a run brought, by address: digests of documents, and reasons of failures.
#[derive(Default)]
struct Brought {
    pages: BTreeMap<String, Vec<String>>,
    entries: BTreeMap<String, Vec<String>>,
    failures: BTreeMap<String, String>,
    sources: BTreeMap<String, SourceOutcome>,
}

fn fetch(
    plan: &Plan,
    settings: &Settings,
    state: &MemoryState,
    names: Arc<dyn Resolve>,
) -> (Brought, Summary) {
    let mut brought = Brought::default();
    let edge = Edge {
        clock: &RealClock,
        names,
    };
    let summary = run(plan, settings, &edge, state, |Delivery { news, writes }| {
        match news {
            News::Document { document, .. } => {
                let kind = if document.given.feed_entry {
                    &mut brought.entries
                } else {
                    &mut brought.pages
                };
                let text = String::from_utf8_lossy(document.bytes()).into_owned();
                let title = document.given.title.clone().unwrap_or_default();
                kind.entry(document.url.clone().unwrap_or_default())
                    .or_default()
                    .push(title + "\n" + &text);
            }
            News::Failed {
                address,
                failure,
                kept,
                ..
            } => {
                assert!(kept != Kept::Page || brought.entries.is_empty(), "{address}");
                brought.failures.insert(address, failure.to_string());
            }
            News::Source { address, outcome } => {
                brought.sources.insert(address, outcome);
            }
            News::Unchanged { .. } | News::Ended => {}
        }
        state.write(&writes);
        ControlFlow::Continue(())
    })
    .unwrap();
    (brought, summary)
}

/// No host has two requests closer together than its gap.
fn check_pace(hits: &[Hit], press: &Press) {
    let outlet_of = |host: &str| {
        let number = host.trim_start_matches('o').trim_end_matches(".test");
        number.parse().unwrap()
    };
    assert_eq!(press.asked_too_soon(hits, GAP, outlet_of), Vec::<String>::new());
}

#[test]
fn every_good_item_comes_once_and_each_edit_again() {
    let press = Press::new(40, 12, 1, |outlet| format!("o{outlet}.test"));
    let serving = Arc::clone(&press);
    let web = Web::start(move |request| {
        let outlet = request
            .host
            .trim_start_matches('o')
            .trim_end_matches(".test")
            .parse()
            .unwrap_or(0);
        serving.answer(outlet, request)
    });
    let names: Arc<dyn Resolve> = Arc::new(TestNames(web.address()));
    let state = MemoryState::default();
    let plan = Plan {
        sources: press.sources(),
        all: true,
        ..Plan::default()
    };
    let (first, summary) = fetch(&plan, &settings(), &state, Arc::clone(&names));
    check_pace(&web.take_hits(), &press);
    check_first(&press, &first);
    assert_eq!(summary.sources, 40);

    let (second, summary) = fetch(&plan, &settings(), &state, Arc::clone(&names));
    check_pace(&web.take_hits(), &press);
    assert_eq!(
        summary.documents, 0,
        "nothing changed, but came: {:?} {:?}",
        second.pages, second.entries
    );

    press.set_round(2);
    let (third, _) = fetch(&plan, &settings(), &state, names);
    check_pace(&web.take_hits(), &press);
    for (outlet, item) in press.items() {
        let address = press.address(outlet, item);
        let edited = press.is_edited(outlet, item);
        let came = |texts: &BTreeMap<String, Vec<String>>| texts.get(&address).map_or(0, Vec::len);
        let expected = match press.fate(outlet, item) {
            _ if !edited => (0, 0),
            Fate::Page => (1, 0),
            Fate::Entry => (0, 1),
            Fate::Nothing => (0, 0),
        };
        assert_eq!(
            (came_at(&third, &press, outlet, item), came(&third.entries)),
            expected,
            "{address}"
        );
    }
}

/// Pages of an item that came, under its address or the one that it moved to.
fn came_at(brought: &Brought, press: &Press, outlet: usize, item: usize) -> usize {
    let address = press.address(outlet, item);
    let moved = address.replace("/news/", "/moved/");
    let count = |address: &String| brought.pages.get(address).map_or(0, Vec::len);
    count(&address) + if moved == address { 0 } else { count(&moved) }
}

fn check_first(press: &Press, brought: &Brought) {
    for (outlet, item) in press.items() {
        let address = press.address(outlet, item);
        let context = format!(
            "{address} {:?} {:?}",
            press.trouble(outlet),
            brought.failures.get(&address)
        );
        let entries = brought.entries.get(&address).map_or(0, Vec::len);
        let expected = match press.fate(outlet, item) {
            Fate::Page => (1, 0, false),
            Fate::Entry => (0, 1, true),
            Fate::Nothing => (0, 0, false),
        };
        let failed = brought.failures.contains_key(&address);
        assert_eq!(
            (came_at(brought, press, outlet, item), entries, failed),
            expected,
            "{context}"
        );
    }
    let said = |trouble: Trouble| -> Vec<String> {
        let sources = press.sources();
        (0..sources.len())
            .filter(|outlet| press.trouble(*outlet) == trouble)
            .map(|outlet| match &brought.sources[&sources[outlet]] {
                SourceOutcome::Failed(failure) => failure.to_string(),
                other => format!("{other:?}"),
            })
            .collect()
    };
    for (trouble, words) in [
        (Trouble::Excluded, "excludes it (Disallow: /)"),
        (Trouble::RobotsDown, "robots.txt of"),
        (Trouble::SlowFeed, "not answered within 1 s"),
        (Trouble::EndlessFeed, "more than 2097152 bytes"),
        (Trouble::BombFeed, "unfolds to more than"),
        (Trouble::LoopFeed, "redirected in a circle"),
        (
            Trouble::InwardFeed,
            "10.0.0.1 is 10.0.0.1, which is not on the public internet",
        ),
        (Trouble::Broken, "entry 2"),
    ] {
        let said = said(trouble);
        assert!(
            !said.is_empty() && said.iter().all(|said| said.contains(words)),
            "{trouble:?}: {said:?}"
        );
    }
}

#[test]
fn addresses_inside_are_not_asked() {
    let web = Web::start(|_| twosource_testkit::web::Reply::of("text/html", "<p>x"));
    let port = web.address().port();
    let plan = Plan {
        named: vec![
            format!("http://127.0.0.1:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://2130706433:{port}/"),
            format!("http://o1.test:{port}/"),
            "file:///etc/passwd".to_owned(),
            "gopher://x".to_owned(),
        ],
        ..Plan::default()
    };
    let settings = Settings {
        allowed: Vec::new(),
        ..settings()
    };
    for names in [
        Arc::new(TestNames(web.address())) as Arc<dyn Resolve>,
        Arc::new(twosource_fetch::SystemNames),
    ] {
        let (brought, summary) = fetch(&plan, &settings, &MemoryState::default(), names);
        assert_eq!(summary.documents, 0);
        // two of the names are one page
        assert_eq!(brought.failures.len(), 5, "{:?}", brought.failures);
    }
    assert!(web.take_hits().is_empty(), "nothing was connected to");
}

#[test]
fn a_page_says_what_its_site_says_about_reuse() {
    use twosource_testkit::web::Reply;
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" => Reply::of(
            "text/plain",
            "User-agent: *\nContent-Signal: ai-train=no\nAllow: /",
        ),
        "/.well-known/tdmrep.json" => {
            Reply::of("application/json", r#"[{"location":"/n*","tdm-reservation":1}]"#)
        }
        _ => Reply::of(
            "text/html",
            "<html><head><meta name=robots content=noai></head><p>x",
        )
        .with("X-Robots-Tag", "noarchive"),
    });
    let plan = Plan {
        named: vec!["http://a.test/news".to_owned()],
        ..Plan::default()
    };
    let mut said = Vec::new();
    let edge = Edge {
        clock: &RealClock,
        names: Arc::new(TestNames(web.address())),
    };
    run(&plan, &settings(), &edge, &MemoryState::default(), |delivery| {
        if let News::Document { document, .. } = delivery.news {
            said = document
                .reuse
                .iter()
                .map(|s| format!("{}: {}", s.source, s.value))
                .collect();
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(
        said,
        [
            "X-Robots-Tag header: noarchive",
            "meta robots: noai",
            "robots.txt content-signal: ai-train=no",
            "tdmrep.json tdm-reservation: 1"
        ]
    );
    let paths: Vec<String> = web.take_hits().into_iter().map(|hit| hit.request.path).collect();
    assert_eq!(paths, ["/robots.txt", "/.well-known/tdmrep.json", "/news"]);
}

#[test]
fn a_message_gets_through_after_a_while_or_not_at_all() {
    use std::sync::atomic::{AtomicU32, Ordering};
    use twosource_fetch::{Failure, Message, post};
    use twosource_testkit::web::Reply;
    let asked = AtomicU32::new(0);
    let web = Web::start(move |request| match request.path.as_str() {
        "/later" if asked.fetch_add(1, Ordering::Relaxed) == 0 => Reply::status(429).with("Retry-After", "0"),
        "/later" => Reply::status(204),
        "/on" => Reply::status(302).with("Location", "/later"),
        _ => Reply::status(503),
    });
    let edge = Edge {
        clock: &RealClock,
        names: Arc::new(TestNames(web.address())),
    };
    let send = |url: &str, settings: &Settings| {
        let message = Message {
            url,
            fields: &[("X-Key", "k")],
            body: b"{\"a\":1}",
        };
        post(message, settings, &edge)
    };
    send("http://a.test/later", &settings()).unwrap();
    let hits = web.take_hits();
    assert_eq!(hits.iter().map(|hit| hit.status).collect::<Vec<_>>(), [429, 204]);
    assert_eq!(hits[1].request.body, b"{\"a\":1}");
    assert_eq!(hits[1].request.field("x-key"), Some("k"));
    for (path, status, attempts) in [("/on", 302, 1), ("/down", 503, 3)] {
        let outcome = send(&format!("http://a.test{path}"), &settings());
        assert_eq!(outcome, Err(Failure::Status { status }), "{path}");
        assert_eq!(web.take_hits().len(), attempts, "{path}");
    }
    let closed = Settings {
        allowed: Vec::new(),
        ..settings()
    };
    let refused = send("http://a.test/later", &closed);
    assert!(matches!(refused, Err(Failure::Private { .. })), "{refused:?}");
    assert!(web.take_hits().is_empty(), "nothing was connected to");
}

#[test]
fn a_page_without_a_date_takes_its_feeds_date_and_not_one_to_come() {
    use twosource_testkit::web::Reply;
    let web = Web::start(|request| match request.path.as_str() {
        "/feed" => Reply::of(
            "application/rss+xml",
            "<rss><channel><item><title>A</title><link>/a</link><pubDate>Fri, 20 Jul 2018 09:30:00 GMT</pubDate></item>\
             <item><title>B</title><link>/b</link><pubDate>Fri, 20 Jul 2998 09:30:00 GMT</pubDate></item></channel></rss>",
        ),
        "/robots.txt" => Reply::status(404),
        _ => Reply::of("text/html", "<p>x"),
    });
    let plan = Plan {
        sources: vec!["http://a.test/feed".to_owned()],
        ..Plan::default()
    };
    let settings = Settings {
        captured: "2018-07-21".parse().ok(),
        ..settings()
    };
    let edge = Edge {
        clock: &RealClock,
        names: Arc::new(TestNames(web.address())),
    };
    let mut dates = BTreeMap::new();
    run(&plan, &settings, &edge, &MemoryState::default(), |delivery| {
        if let News::Document { document, .. } = delivery.news {
            let said = |moment: Option<twosource_model::Moment>| moment.map(|moment| moment.to_string());
            dates.insert(
                document.id.to_string(),
                (said(document.given.feed_published), said(document.captured)),
            );
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    let captured = Some("2018-07-21".to_owned());
    let feed = Some("2018-07-20T09:30:00Z".to_owned());
    assert_eq!(dates["http://a.test/a"], (feed, captured.clone()));
    assert_eq!(dates["http://a.test/b"], (None, captured));
}

#[test]
fn a_list_that_names_no_feed_is_told() {
    use twosource_testkit::web::Reply;
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" => Reply::status(404),
        path => {
            let outline = match path {
                "/page.opml" => "<outline text='A page'/>",
                "/inside.opml" => "<outline text='Inside' xmlUrl='file:///etc/passwd'/>",
                _ => "<outline text='The Paper' xmlUrl='http://a.test/feed'/>",
            };
            let list = format!("<?xml version='1.0'?><opml version='2.0'><body>{outline}</body></opml>");
            match path {
                "/feed" => Reply::of(
                    "application/rss+xml",
                    "<rss><channel><title>The Paper</title></channel></rss>",
                ),
                _ => Reply::of("text/x-opml", list),
            }
        }
    });
    let paths = ["page.opml", "inside.opml", "list.opml"];
    let plan = Plan {
        named: paths.map(|path| format!("http://a.test/{path}")).to_vec(),
        ..Plan::default()
    };
    let names = Arc::new(TestNames(web.address()));
    let (brought, summary) = fetch(&plan, &settings(), &MemoryState::default(), names);
    let failed = |path: &str| {
        let outcome = brought.sources.get(&format!("http://a.test/{path}"));
        matches!(outcome, Some(SourceOutcome::Failed(_)))
    };
    assert!(
        failed("page.opml") && failed("inside.opml"),
        "{:?}",
        brought.sources
    );
    assert!(
        matches!(
            brought.sources.get("http://a.test/feed"),
            Some(SourceOutcome::Read { .. })
        ),
        "{:?}",
        brought.sources
    );
    assert_eq!((summary.failed_sources, brought.sources.len()), (2, 3));
}
