//! A press of many outlets, made up, for tests of fetching: each has a host, a feed and pages, and most have something
//! wrong with them. What a good reader has to make of each item is known.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::web::{Hit, Manner, Reply, Request};

/// What is the matter with an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Nothing; its feed is RSS.
    None,
    /// Nothing; its feed is Atom, compressed.
    Atom,
    /// Nothing; its feed is a JSON Feed.
    Json,
    /// Nothing; it has a news sitemap.
    Sitemap,
    /// Pages and feed are in another charset than the feed declares.
    Charset,
    /// The feed is no well-formed XML: one item is empty, one is broken, and all have bare ampersands.
    Broken,
    /// It answers 429 with `Retry-After` now and then.
    Busy,
    /// Its `robots.txt` wants a delay.
    Delay,
    /// Its `robots.txt` excludes every second page.
    PartlyExcluded,
    /// Its `robots.txt` excludes everything.
    Excluded,
    /// Its `robots.txt` cannot be had.
    RobotsDown,
    /// Its feed never ends coming.
    SlowFeed,
    /// Its feed has no end.
    EndlessFeed,
    /// Its feed unfolds to hundreds of megabytes.
    BombFeed,
    /// Its feed is sent around in a circle.
    LoopFeed,
    /// Its feed is sent to an address inside.
    InwardFeed,
}

/// Every trouble, in the order in which outlets get them.
const TROUBLES: [Trouble; 20] = [
    Trouble::None,
    Trouble::Atom,
    Trouble::Json,
    Trouble::Sitemap,
    Trouble::Charset,
    Trouble::Broken,
    Trouble::Busy,
    Trouble::Delay,
    Trouble::PartlyExcluded,
    Trouble::None,
    Trouble::Atom,
    Trouble::Excluded,
    Trouble::RobotsDown,
    Trouble::SlowFeed,
    Trouble::EndlessFeed,
    Trouble::BombFeed,
    Trouble::LoopFeed,
    Trouble::InwardFeed,
    Trouble::None,
    Trouble::Json,
];

/// What has to become of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Its page is read.
    Page,
    /// Its page cannot be had: the feed's own text stands for it, and the failure is told.
    Entry,
    /// Nothing of it can be had.
    Nothing,
}

/// The press.
pub struct Press {
    outlets: usize,
    items: usize,
    round: AtomicU32,
    /// Seconds that busy outlets ask to wait.
    retry_after: u32,
    /// Requests to each host, for what happens now and then.
    asked: Mutex<BTreeMap<String, u32>>,
    bomb: Vec<u8>,
    host: Box<dyn Fn(usize) -> String + Send + Sync>,
}

/// Seconds between requests that an outlet with [`Trouble::Delay`] asks for.
pub const DELAY: f64 = 0.15;

impl Press {
    /// So many outlets of so many items each. `host` names the host (with port) of each outlet.
    #[must_use]
    pub fn new(
        outlets: usize,
        items: usize,
        retry_after: u32,
        host: impl Fn(usize) -> String + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            outlets,
            items,
            round: AtomicU32::new(1),
            retry_after,
            asked: Mutex::default(),
            bomb: gzip(&vec![b' '; 200 << 20]),
            host: Box::new(host),
        })
    }

    /// Headlines of some items are changed from now on: 2 for the second round.
    pub fn set_round(&self, round: u32) {
        self.round.store(round, Ordering::Relaxed);
    }

    /// The trouble of an outlet.
    #[must_use]
    pub fn trouble(&self, outlet: usize) -> Trouble {
        TROUBLES[outlet % TROUBLES.len()]
    }

    /// Hosts that were asked sooner after a request than their outlet allows: `gap`, or its own [`DELAY`]. `outlet_of`
    /// reads the outlet from a host.
    #[must_use]
    pub fn asked_too_soon(
        &self,
        hits: &[Hit],
        gap: Duration,
        outlet_of: impl Fn(&str) -> usize,
    ) -> Vec<String> {
        let mut hosts: BTreeMap<&str, Vec<Instant>> = BTreeMap::new();
        for hit in hits {
            // a client that gives up is free before the server notices that its answer has no taker
            hosts.entry(&hit.request.host).or_default().push(hit.begun);
        }
        let mut problems = Vec::new();
        for (host, mut times) in hosts {
            times.sort();
            let gap = match self.trouble(outlet_of(host)) {
                Trouble::Delay => Duration::from_secs_f64(DELAY),
                _ => gap,
            };
            for pair in times.windows(2) {
                let apart = pair[1].duration_since(pair[0]);
                if apart < gap {
                    problems.push(format!("{host} was asked after {apart:?}, less than {gap:?}"));
                }
            }
        }
        problems
    }

    /// Addresses of the feeds and sitemaps.
    #[must_use]
    pub fn sources(&self) -> Vec<String> {
        (0..self.outlets)
            .map(|outlet| {
                let file = if self.trouble(outlet) == Trouble::Sitemap {
                    "news.xml"
                } else {
                    "feed"
                };
                format!("http://{}/{file}", (self.host)(outlet))
            })
            .collect()
    }

    /// Address of the page of an item.
    #[must_use]
    pub fn address(&self, outlet: usize, item: usize) -> String {
        let folder = if self.trouble(outlet) == Trouble::PartlyExcluded && item % 2 == 1 {
            "closed"
        } else {
            "news"
        };
        format!("http://{}/{folder}/{item}", (self.host)(outlet))
    }

    /// What has to become of an item.
    #[must_use]
    pub fn fate(&self, outlet: usize, item: usize) -> Fate {
        match self.trouble(outlet) {
            Trouble::Excluded
            | Trouble::RobotsDown
            | Trouble::SlowFeed
            | Trouble::EndlessFeed
            | Trouble::BombFeed
            | Trouble::LoopFeed
            | Trouble::InwardFeed => Fate::Nothing,
            Trouble::PartlyExcluded if item % 2 == 1 => Fate::Entry,
            _ => match page_trouble(outlet, item) {
                PageTrouble::None | PageTrouble::Moved | PageTrouble::Packed | PageTrouble::Tracked => {
                    Fate::Page
                }
                _ => Fate::Entry,
            },
        }
    }

    /// Words of the reason for which an item's page cannot be had, where it cannot.
    #[must_use]
    pub fn failure(&self, outlet: usize, item: usize) -> Option<&'static str> {
        match (self.fate(outlet, item), page_trouble(outlet, item)) {
            (Fate::Page | Fate::Nothing, _) => None,
            _ if self.trouble(outlet) == Trouble::PartlyExcluded && item % 2 == 1 => {
                Some("excludes it (Disallow: /closed/)")
            }
            (Fate::Entry, PageTrouble::Gone) => Some("404"),
            (Fate::Entry, PageTrouble::Slow) => Some("not answered within"),
            (Fate::Entry, PageTrouble::Endless) => Some("more than"),
            (Fate::Entry, PageTrouble::Bomb) => Some("unfolds to more than"),
            (Fate::Entry, PageTrouble::Loop) => Some("redirected in a circle"),
            (Fate::Entry, PageTrouble::Picture) => Some("it is a PNG"),
            (Fate::Entry, _) => Some("connection"),
        }
    }

    /// Words of the reason for which an outlet's feed cannot be had, where it cannot.
    #[must_use]
    pub fn source_failure(&self, outlet: usize) -> Option<&'static str> {
        match self.trouble(outlet) {
            Trouble::Excluded => Some("excludes it (Disallow: /)"),
            Trouble::RobotsDown => Some("cannot be had, so nothing is asked for"),
            Trouble::SlowFeed => Some("not answered within"),
            Trouble::EndlessFeed => Some("more than"),
            Trouble::BombFeed => Some("unfolds to more than"),
            Trouble::LoopFeed => Some("redirected in a circle"),
            Trouble::InwardFeed => Some("which is not on the public internet"),
            _ => None,
        }
    }

    /// Whether all of an outlet is answered at once, well or badly: nothing of it is waited for, or tried again later.
    #[must_use]
    pub fn is_prompt(&self, outlet: usize) -> bool {
        let waited_for = matches!(
            self.trouble(outlet),
            Trouble::Busy | Trouble::Delay | Trouble::RobotsDown | Trouble::SlowFeed | Trouble::EndlessFeed
        );
        let pages = (0..self.items).map(|item| page_trouble(outlet, item));
        !waited_for
            && pages.into_iter().all(|trouble| {
                !matches!(
                    trouble,
                    PageTrouble::Slow | PageTrouble::Endless | PageTrouble::Cut
                )
            })
    }

    /// Seconds that busy outlets ask to wait.
    #[must_use]
    pub const fn retry_after(&self) -> u32 {
        self.retry_after
    }

    /// Whether the item's headline changes with the second round.
    #[must_use]
    pub fn is_edited(&self, outlet: usize, item: usize) -> bool {
        (outlet + item).is_multiple_of(7)
    }

    /// The headline of an item in a round.
    #[must_use]
    pub fn headline(&self, outlet: usize, item: usize, round: u32) -> String {
        let verb = if round > 1 && self.is_edited(outlet, item) {
            "floods again"
        } else {
            "floods"
        };
        let amp = if self.trouble(outlet) == Trouble::Broken {
            "mill & bridge"
        } else {
            "mill"
        };
        format!("River {item} of Überland {outlet} {verb} the {amp}")
    }

    /// Every item with its number: outlet, item.
    pub fn items(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let items = self.items;
        (0..self.outlets).flat_map(move |outlet| (0..items).map(move |item| (outlet, item)))
    }

    /// The answer to a request for `outlet`'s host.
    #[must_use]
    pub fn answer(&self, outlet: usize, request: &Request) -> Reply {
        let path = request.path.split('?').next().unwrap_or_default();
        let trouble = self.trouble(outlet);
        if path == "/robots.txt" {
            return robots(trouble);
        }
        if trouble == Trouble::Busy {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let count = asked.entry(request.host.clone()).or_default();
            *count += 1;
            // now and then, but never twice in a row
            if *count % 19 == 2 {
                return Reply::status(429).with("Retry-After", &self.retry_after.to_string());
            }
        }
        let item = |folder: &str| {
            path.strip_prefix(folder)
                .and_then(|number| number.parse::<usize>().ok())
        };
        match path {
            "/feed" | "/news.xml" => self.feed(outlet, request),
            "/round" => Reply::status(302).with("Location", "/feed"),
            _ => match item("/news/")
                .or_else(|| item("/closed/"))
                .or_else(|| item("/moved/"))
            {
                Some(item) if item < self.items => self.page(outlet, item, request),
                _ => Reply::status(404),
            },
        }
    }

    fn feed(&self, outlet: usize, request: &Request) -> Reply {
        let round = self.round.load(Ordering::Relaxed);
        let etag = format!("\"{outlet}-{}\"", if round > 1 { 2 } else { 1 });
        if request.field("if-none-match") == Some(etag.as_str()) {
            return Reply::status(304);
        }
        let rss = |body: String| Reply::of("application/rss+xml", body);
        let reply = match self.trouble(outlet) {
            Trouble::SlowFeed => rss("<rss><channel>".repeat(100)).in_manner(Manner::Trickle),
            Trouble::EndlessFeed => {
                rss("<item><title>x</title></item>".to_owned()).in_manner(Manner::Endless)
            }
            Trouble::BombFeed => {
                Reply::of("application/rss+xml", self.bomb.clone()).with("Content-Encoding", "gzip")
            }
            Trouble::LoopFeed => Reply::status(302).with("Location", "/round"),
            Trouble::InwardFeed => Reply::status(301).with("Location", "http://10.0.0.1/feed"),
            Trouble::Atom => Reply::of("application/atom+xml", gzip(self.atom(outlet, round).as_bytes()))
                .with("Content-Encoding", "gzip"),
            Trouble::Json => Reply::of("application/feed+json", self.json(outlet, round)),
            Trouble::Sitemap => Reply::of("application/xml", self.sitemap(outlet, round)),
            Trouble::Charset => Reply::of("application/rss+xml", latin1(&self.rss(outlet, round))),
            _ => rss(self.rss(outlet, round)),
        };
        reply.with("ETag", &etag)
    }

    fn rss(&self, outlet: usize, round: u32) -> String {
        let broken = self.trouble(outlet) == Trouble::Broken;
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Outlet {outlet}</title>"
        );
        for item in 0..self.items {
            let (title, link) = (self.headline(outlet, item, round), self.link(outlet, item));
            let end = if broken && item == 1 { "titel" } else { "title" };
            if broken && item == 1 {
                feed += "<item></item>";
            }
            feed += &format!(
                "<item><title>{title}</{end}><link>{link}</link><pubDate>Fri, 20 Jul 2018 09:{:02}:00 +0200</pubDate>\
                 <description>{}</description></item>",
                item % 60,
                summary(outlet, item)
            );
        }
        feed + "</channel></rss>"
    }

    fn atom(&self, outlet: usize, round: u32) -> String {
        let mut feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Outlet {outlet}</title>");
        for item in 0..self.items {
            feed += &format!(
                "<entry><id>urn:{outlet}:{item}</id><title>{}</title><link href=\"/news/{item}\"/>\
                 <published>2018-07-20T09:{:02}:00Z</published><summary>{}</summary></entry>",
                self.headline(outlet, item, round),
                item % 60,
                summary(outlet, item)
            );
        }
        feed + "</feed>"
    }

    fn json(&self, outlet: usize, round: u32) -> String {
        let items: Vec<String> = (0..self.items)
            .map(|item| {
                format!(
                    "{{\"id\":\"{item}\",\"url\":\"{}\",\"title\":\"{}\",\"content_text\":\"{}\"}}",
                    self.link(outlet, item),
                    self.headline(outlet, item, round),
                    summary(outlet, item)
                )
            })
            .collect();
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Outlet {outlet}\",\"items\":[{}]}}",
            items.join(",")
        )
    }

    fn sitemap(&self, outlet: usize, round: u32) -> String {
        let mut map = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">".to_owned();
        for item in 0..self.items {
            map += &format!(
                "<url><loc>{}</loc><news:news><news:publication><news:name>Outlet {outlet}</news:name></news:publication>\
                 <news:publication_date>2999-07-20T09:30:00Z</news:publication_date><news:title>{}</news:title></news:news></url>",
                self.link(outlet, item),
                self.headline(outlet, item, round)
            );
        }
        map + "</urlset>"
    }

    fn link(&self, outlet: usize, item: usize) -> String {
        let address = self.address(outlet, item);
        match page_trouble(outlet, item) {
            PageTrouble::Tracked => format!("{address}?utm_source=rss"),
            _ => address,
        }
    }

    fn page(&self, outlet: usize, item: usize, request: &Request) -> Reply {
        let round = self.round.load(Ordering::Relaxed);
        let round = if self.is_edited(outlet, item) { round } else { 1 };
        let page = format!(
            "<!doctype html><html lang=en><head><title>{0}</title><meta name=robots content=noarchive></head><body><article><h1>{0}</h1><p>{1}</p>\
             <p>The water rose by {2} centimetres in the night, said Mayor Ada Holm, and nobody was hurt.</p></article></body></html>",
            self.headline(outlet, item, round).replace('&', "&amp;"),
            summary(outlet, item),
            item + 10
        );
        let etag = format!("\"p{round}\"");
        if request.field("if-none-match") == Some(etag.as_str()) {
            return Reply::status(304);
        }
        let html = |body: Vec<u8>| Reply::of("text/html", body);
        let reply = match page_trouble(outlet, item) {
            PageTrouble::Gone => return Reply::status(404),
            PageTrouble::Slow => html(page.into_bytes()).in_manner(Manner::Trickle),
            PageTrouble::Endless => html(page.into_bytes()).in_manner(Manner::Endless),
            PageTrouble::Cut => html(page.into_bytes()).in_manner(Manner::Cut),
            PageTrouble::Bomb => html(self.bomb.clone()).with("Content-Encoding", "gzip"),
            PageTrouble::Loop => return Reply::status(302).with("Location", &request.path),
            PageTrouble::Picture => Reply::of("text/html", &b"\x89PNG\r\n\x1a\n\0\0"[..]),
            PageTrouble::Moved if request.path.starts_with("/news/") => {
                return Reply::status(301).with("Location", &format!("/moved/{item}"));
            }
            PageTrouble::Packed => html(gzip(page.as_bytes())).with("Content-Encoding", "gzip"),
            _ if self.trouble(outlet) == Trouble::Charset => {
                Reply::of("text/html; charset=iso-8859-1", latin1(&page))
            }
            _ => Reply::of("text/html; charset=utf-8", page),
        };
        reply.with("ETag", &etag).with("tdm-reservation", "1")
    }
}

/// What is the matter with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageTrouble {
    None,
    Packed,
    Moved,
    Tracked,
    Gone,
    Slow,
    Endless,
    Cut,
    Bomb,
    Loop,
    Picture,
}

fn page_trouble(outlet: usize, item: usize) -> PageTrouble {
    match (outlet * 31 + item) % 97 {
        0..10 => PageTrouble::Packed,
        10..15 => PageTrouble::Moved,
        15..20 => PageTrouble::Tracked,
        20..23 => PageTrouble::Gone,
        23 if item.is_multiple_of(5) => PageTrouble::Slow,
        24 if item.is_multiple_of(5) => PageTrouble::Endless,
        25 => PageTrouble::Cut,
        26 if item.is_multiple_of(5) => PageTrouble::Bomb,
        27..29 => PageTrouble::Loop,
        29 => PageTrouble::Picture,
        _ => PageTrouble::None,
    }
}

fn summary(outlet: usize, item: usize) -> String {
    format!(
        "After {} days of rain the river left its bed near the town of Überland {outlet} on Friday.",
        item + 2
    )
}

fn robots(trouble: Trouble) -> Reply {
    let file = match trouble {
        Trouble::Excluded => "User-agent: *\nDisallow: /".to_owned(),
        Trouble::PartlyExcluded => {
            "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /closed/".to_owned()
        }
        Trouble::Delay => format!("User-agent: *\nCrawl-delay: {DELAY}"),
        Trouble::RobotsDown => return Reply::status(503),
        Trouble::None => return Reply::status(404),
        _ => "User-agent: *\nDisallow:\n".to_owned(),
    };
    Reply::of("text/plain", file)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing to memory does not fail")
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect()
}
