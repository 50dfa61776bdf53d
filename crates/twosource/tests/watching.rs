//! `watch` and `sources` against a press on loopback: what comes is kept once, edits are revisions, and the sources say how
//! they are doing.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use twosource_testkit::web::{Reply, Web};

fn twosource(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

struct Folder(PathBuf);

impl Folder {
    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

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
    let folder = Folder(std::env::temp_dir().join(format!("twosource-watching-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).unwrap();
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
    std::fs::write(&list, format!("<opml><body>{outlines}</body></opml>")).unwrap();
    let db = folder.path("desk.db");
    let watch = || {
        let options = ["--allow-network", "127.0.0.0/8", "--gap", "0", "--every", "0"];
        let run = twosource(&[&["watch", &list, "--db", &db, "--once"][..], &options[..]].concat());
        assert_eq!(run.status.code(), Some(3), "{}", text(&run.stderr));
        text(&run.stderr)
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

    let sources = text(&twosource(&["sources", "--db", &db]).stdout);
    assert!(
        sources.contains("The Paper") && sources.contains("last good"),
        "{sources}"
    );
    assert!(
        sources.contains("never read well") && sources.contains("404"),
        "{sources}"
    );
    let listed = text(&twosource(&["sources", "--db", &db, "--format", "opml"]).stdout);
    assert!(
        listed.contains(&format!("xmlUrl=\"{}\"", at("/feed"))),
        "{listed}"
    );
}
