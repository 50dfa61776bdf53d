//! `watch` and `sources` against a press on loopback: what comes is kept once, edits are revisions, and the sources say how
//! they are doing.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{Folder, err, out, twosource};
use twosource_testkit::web::{Reply, Web};

fn page(headline: &str) -> Reply {
    Reply::of(
        "text/html",
        format!(
            "<!doctype html><html lang=en><title>{headline}</title><article><h1>{headline}</h1><p>The ferry Solvind ran aground off \
             Halden on Monday, the coast guard said, and twelve passengers were hurt.</p></article></html>"
        ),
    )
}

#[test]
fn what_is_watched_is_kept_once_and_edits_are_revisions() {
    let folder = Folder::new();
    let edited = Arc::new(AtomicBool::new(false));
    let now = Arc::clone(&edited);
    let web = Web::start(move |request| {
        let headline = if now.load(Ordering::Relaxed) {
            "Ferry freed"
        } else {
            "Ferry aground"
        };
        match request.path.as_str() {
            "/feed" => Reply::of(
                "application/rss+xml",
                format!(
                    "<rss><channel><title>The Paper</title><item><title>{headline}</title><link>/one</link></item>\
                     <item><title>Bridge shut</title><link>/gone</link><description>The bridge at Halden is shut.</description></item></channel></rss>"
                ),
            ),
            "/one" => page(headline),
            _ => Reply::status(404),
        }
    });
    let at = |path: &str| format!("http://{}{path}", web.address());
    let list = folder.path("feeds.opml");
    let outlines = format!(
        "<outline xmlUrl='{}'/><outline xmlUrl='{}'/>",
        at("/feed"),
        at("/none")
    );
    folder.put(
        "feeds.opml",
        format!("<opml><body>{outlines}</body></opml>").as_bytes(),
    );
    let db = folder.path("desk.db");
    let watch = || {
        let options = ["--allow-network", "127.0.0.0/8", "--gap", "0", "--every", "0"];
        let run = twosource(&[&["watch", &list, "--db", &db, "--once"][..], &options[..]].concat());
        assert_eq!(run.status.code(), Some(3), "{}", err(&run));
        err(&run)
    };
    let first = watch();
    assert!(
        first.contains("404 (not found); the feed's own text stands for it"),
        "{first}"
    );
    assert!(first.contains("2 new"), "{first}");
    let second = watch();
    assert!(!second.contains("new,") || second.contains("0 new"), "{second}");
    edited.store(true, Ordering::Relaxed);
    let third = watch();
    assert!(third.contains("1 revised"), "{third}");

    let sources = out(&twosource(&["sources", "--db", &db]));
    assert!(
        sources.contains("The Paper") && sources.contains("last good"),
        "{sources}"
    );
    assert!(
        sources.contains("never read well") && sources.contains("404"),
        "{sources}"
    );
    let listed = out(&twosource(&["sources", "--db", &db, "--format", "opml"]));
    assert!(
        listed.contains(&format!("xmlUrl=\"{}\"", at("/feed"))),
        "{listed}"
    );
}

#[test]
fn a_changed_headline_of_a_feed_is_told_by_webhook_mail_and_feed_once() {
    let folder = Folder::new();
    let edited = Arc::new(AtomicBool::new(false));
    let down = Arc::new(AtomicBool::new(false));
    let (now, no_answer) = (Arc::clone(&edited), Arc::clone(&down));
    let web = Web::start(move |request| match request.path.as_str() {
        "/feed" => {
            let headline = if now.load(Ordering::Relaxed) {
                "Bridge open"
            } else {
                "Bridge shut"
            };
            Reply::of(
                "application/rss+xml",
                format!(
                    "<rss><channel><title>The Paper</title><item><title>{headline}</title><link>/gone</link>\
                     <description>The bridge at Halden was looked at by engineers on Monday.</description></item></channel></rss>"
                ),
            )
        }
        "/hook" if no_answer.load(Ordering::Relaxed) => Reply::status(410),
        "/hook" => Reply::status(200),
        _ => Reply::status(404),
    });
    let at = |path: &str| format!("http://{}{path}", web.address());
    let (db, key, mail, told) = (
        folder.path("desk.db"),
        folder.path("key"),
        folder.path("mail"),
        folder.path("told.json"),
    );
    folder.put("key", b"secret");
    let (feed, hook) = (at("/feed"), at("/hook"));
    let channels = [
        "--webhook",
        &hook,
        "--sign",
        &key,
        "--drop",
        &mail,
        "--feed",
        &told,
    ];
    let open = ["--allow-network", "127.0.0.0/8", "--gap", "0"];
    let watch = |channels: &[&str]| {
        let run = twosource(
            &[
                &["watch", &feed, "--db", &db, "--once", "--every", "0"],
                &open[..],
                channels,
            ]
            .concat(),
        );
        assert!(matches!(run.status.code(), Some(0 | 3)), "{}", err(&run));
        err(&run)
    };
    let hooked = || -> Vec<_> {
        let hits = web.take_hits().into_iter();
        hits.filter(|hit| hit.request.path == "/hook").collect()
    };
    watch(&[]);
    twosource(&["alerts", "add", "bridge", "--search", "bridge", "--db", &db]);
    edited.store(true, Ordering::Relaxed);
    down.store(true, Ordering::Relaxed);
    let failed = watch(&channels);
    assert!(failed.contains("1 notice is not told now"), "{failed}");
    assert_eq!(hooked().len(), 1, "a receiver that is gone is not asked again");
    assert!(
        !std::path::Path::new(&mail).exists(),
        "told in every way or in none"
    );
    down.store(false, Ordering::Relaxed);
    watch(&channels);
    let hits = hooked();
    assert_eq!(hits.len(), 1);
    let body = String::from_utf8_lossy(&hits[0].request.body);
    assert!(
        body.contains("\"what\":\"correction\"") && body.contains("Bridge open"),
        "{body}"
    );
    let signature = hits[0].request.field("x-hub-signature-256").unwrap();
    assert!(
        signature.starts_with("sha256=") && signature.len() == 71,
        "{signature}"
    );
    watch(&channels);
    assert!(hooked().is_empty(), "nothing is told twice");
    assert_eq!(std::fs::read_dir(&mail).unwrap().count(), 1);
    let feed = std::fs::read_to_string(&told).unwrap();
    assert!(
        feed.contains("bridge (correction)") && feed.contains("Bridge open"),
        "{feed}"
    );
}
