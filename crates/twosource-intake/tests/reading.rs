//! Files, folders and streams as a user hands them over, good and bad side by side.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use twosource_intake::{Documents, IntakeError, Limits, list_files, read_stream};
use twosource_model::{Document, MediaType};

/// A folder of its own for one test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("twosource-intake-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn read(&self) -> Vec<Result<Document, IntakeError>> {
        read(&[&self.0])
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read(paths: &[&Path]) -> Vec<Result<Document, IntakeError>> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    Documents::new(list_files(&paths), Limits { document_bytes: 1000 }).collect()
}

/// What each item came to: the document's id, or the message without its folder.
fn outcomes(folder: &Folder) -> Vec<String> {
    let root = format!("{}/", folder.0.display());
    let shown = |item: Result<Document, IntakeError>| match item {
        Ok(document) => document.id.to_string(),
        Err(error) => error.to_string().replace(&root, ""),
    };
    folder.read().into_iter().map(shown).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn bad_files_cost_only_themselves() {
    let folder = Folder::new("mixed");
    let noise: Vec<u8> = (0..4000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let zipped = gzip(&noise);
    folder
        .put("b/page.html", b"<p>Two died.</p>")
        .put("a.txt", b"Two died.")
        .put("picture.html", b"\x89PNG\r\n\x1a\n")
        .put("big.txt", &[b'x'; 1001])
        .put("cut.txt.gz", &zipped[..zipped.len() / 2])
        .put("empty.txt", b" \n")
        .put("good.txt.gz", &gzip(b"Three died."))
        .put(
            "lines.jsonl",
            b"{\"text\":\"x\"}\noops\n\n{\"id\":7,\"html\":\"<p>y\"}",
        )
        .put("README.md", b"about")
        .put("table.csv", b"a,b")
        .put(".hidden.txt", b"x");
    let outcomes = outcomes(&folder);
    let expected = [
        "a.txt",
        "b/page.html",
        "big.txt: 1001 bytes or more, over the limit of 1000 for one document",
        "cut.txt.gz: damaged gzip data",
        "empty.txt: empty",
        "good.txt.gz",
        "lines.jsonl#1",
        "lines.jsonl, line 2: not a JSON object of a page or an article",
        "lines.jsonl#4",
        "picture.html: not text, but a PNG picture",
    ];
    assert_eq!(outcomes.len(), expected.len(), "{outcomes:#?}");
    for (outcome, expected) in outcomes.iter().zip(expected) {
        assert!(outcome.starts_with(expected), "{outcome:?} is not {expected:?}");
    }
}

#[test]
fn paths_that_give_nothing_are_named() {
    let folder = Folder::new("nothing");
    fs::create_dir(folder.0.join("inner")).unwrap();
    let messages: Vec<_> = read(&[&folder.0.join("gone"), &folder.0.join("inner")])
        .into_iter()
        .map(|item| item.unwrap_err().to_string())
        .collect();
    assert!(
        messages[0].ends_with("gone: no such file or folder"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("inner: the folder holds no page"),
        "{messages:?}"
    );
}

#[test]
fn ids_do_not_depend_on_how_the_files_were_named() {
    let folder = Folder::new("ids");
    folder.put("x/one.txt", b"1").put("x/two.txt", b"2");
    let ids = |paths: &[&Path]| -> Vec<String> {
        read(paths)
            .into_iter()
            .map(|d| d.unwrap().id.to_string())
            .collect()
    };
    let one = folder.0.join("x/one.txt");
    let two = folder.0.join("x/two.txt");
    let whole = folder.0.join("x");
    assert_eq!(ids(&[&whole]), ["one.txt", "two.txt"]);
    assert_eq!(ids(&[&two, &one]), ids(&[&whole]));
    assert_eq!(
        ids(&[&whole, &one]),
        ids(&[&whole]),
        "a file named twice is read once"
    );
}

#[test]
fn streams_are_told_apart_by_their_head() {
    let kind = |bytes: &[u8]| {
        read_stream("-", bytes, Limits::default())
            .next()
            .unwrap()
            .unwrap()
            .media_type
    };
    assert_eq!(kind(b"  <!doctype html><p>x"), MediaType::Html);
    assert_eq!(kind(b"{\"text\":\"x\"}"), MediaType::ArticleText);
    assert_eq!(kind(b"{\"html\":\"x\"}"), MediaType::Html);
    assert_eq!(kind(b"Two died."), MediaType::PlainText);
}

#[test]
fn a_line_over_the_limit_is_skipped_and_the_next_is_read() {
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"y\"}}\n", "x".repeat(2000));
    let read: Vec<_> = read_stream("-", long.as_bytes(), Limits { document_bytes: 1000 }).collect();
    assert!(
        matches!(read[0], Err(IntakeError::TooLarge { bytes: 2012, .. })),
        "{read:?}"
    );
    assert_eq!(read[1].as_ref().unwrap().bytes(), b"y");
}

proptest! {
    #[test]
    fn any_bytes_end_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), zipped: bool) {
        let bytes = if zipped { [&[0x1f, 0x8b][..], &bytes].concat() } else { bytes };
        let read: Vec<_> = read_stream("-", &bytes[..], Limits { document_bytes: 100 }).collect();
        prop_assert!(!read.is_empty(), "something is always said");
    }
}

#[test]
fn archives_feeds_and_saved_pages_are_told_by_name_or_content() {
    let record = |uri: &str, body: &str| {
        let http = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Robots-Tag: noai\r\n\r\n{body}"
        );
        let length = http.len();
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2018-07-20T09:30:00Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n{http}\r\n\r\n"
        )
    };
    let archive = [
        gzip(record("http://a.example/1", "<p>One").as_bytes()),
        gzip(record("http://a.example/2", "<p>Two").as_bytes()),
    ]
    .concat();
    let feed = b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>Fire</title></item></channel></rss>";
    let folder = Folder::new("kinds");
    folder.put("news.warc.gz", &archive).put("news.xml", feed);
    let read: Vec<Document> = folder.read().into_iter().map(Result::unwrap).collect();
    let ids: Vec<_> = read.iter().map(|d| d.id.as_str()).collect();
    let second = format!(
        "news.warc.gz@{}",
        gzip(record("http://a.example/1", "<p>One").as_bytes()).len()
    );
    assert_eq!(ids, ["news.warc.gz@0", &second, "news.xml#1"]);
    assert_eq!(read[0].bytes(), b"<p>One");
    assert_eq!(read[0].reuse[0].value, "noai");
    assert_eq!(read[1].captured.unwrap().to_string(), "2018-07-20T09:30:00Z");
    let by_content = |bytes: &[u8]| {
        read_stream("-", bytes, Limits::default())
            .next()
            .unwrap()
            .unwrap()
            .given
            .title
    };
    assert_eq!(by_content(feed).as_deref(), Some("Fire"));
    assert_eq!(read_stream("-", &archive[..], Limits::default()).count(), 2);
}
