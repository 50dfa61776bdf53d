//! `bench-fetch`: the big run of fetching. A press of 300 outlets with 20,000 items on loopback, most of it with
//! something wrong, is watched by the program itself, three rounds; then the desk's file is held against what had to come.
//!
//! Every outlet has an address of its own (127.1.x.y), so that turns are kept host by host as on the open network.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use twosource_testkit::press::{Fate, Press, Trouble};
use twosource_testkit::web::{Hit, Web};

/// Least time between two requests to a host, in milliseconds.
const GAP: u64 = 20;
/// Most memory of the program, in MB.
const MOST_MEMORY: u64 = 400;

/// Runs it with the program at `program`.
pub fn run(program: &Path, outlets: usize, items: usize) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("twosource-bench-fetch-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let outcome = watch(program, &folder, outlets, items);
    fs::remove_dir_all(&folder)?;
    outcome
}

fn watch(program: &Path, folder: &Path, outlets: usize, items: usize) -> Result<()> {
    let (press, web) = on_loopback(outlets, items);
    let list = folder.join("feeds.txt");
    fs::write(&list, press.sources().join("\n"))?;
    let file = folder.join("desk.db");
    let mut problems = Vec::new();
    eprintln!(
        "| round | seconds | requests | memory, MB | articles | revisions |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    );
    for round in 1..=3 {
        // the second round finds everything as it was, the third finds headlines changed
        press.set_round(if round == 3 { 2 } else { 1 });
        let (seconds, memory) = watch_once(program, &list, &file)?;
        let hits = web.take_hits();
        problems.extend(press.asked_too_soon(&hits, Duration::from_millis(GAP), outlet_of));
        problems.extend(manners(&hits, &press, round));
        let stored = stored(&file)?;
        let revisions: usize = stored.values().map(|article| article.revisions).sum();
        eprintln!(
            "| {round} | {seconds:.0} | {} | {memory} | {} | {revisions} |",
            hits.len(),
            stored.len()
        );
        if memory > MOST_MEMORY {
            problems.push(format!("round {round}: {memory} MB of memory"));
        }
        problems.extend(held_against(&press, &stored, if round == 3 { 2 } else { 1 }));
        problems.extend(explained(&press, &reasons(&file)?));
    }
    let checked = Command::new(program)
        .arg("check")
        .arg("--db")
        .arg(&file)
        .output()?;
    if !checked.status.success() {
        problems.push(format!("check: {}", String::from_utf8_lossy(&checked.stderr)));
    }
    for problem in problems.iter().take(40) {
        eprintln!("not as it has to be: {problem}");
    }
    if problems.is_empty() {
        Ok(())
    } else {
        bail!("{} things are not as they have to be", problems.len())
    }
}

/// A press whose outlets lie at `127.1.x.y`, and its server.
pub fn on_loopback(outlets: usize, items: usize) -> (Arc<Press>, Web) {
    let port = Arc::new(AtomicU16::new(0));
    let of_host = Arc::clone(&port);
    let press = Press::new(outlets, items, 2, move |outlet| {
        format!(
            "127.1.{}.{}:{}",
            outlet / 250,
            outlet % 250 + 1,
            of_host.load(Ordering::Relaxed)
        )
    });
    let serving = Arc::clone(&press);
    let web = Web::start_anywhere(move |request| serving.answer(outlet_of(&request.host), request));
    port.store(web.address().port(), Ordering::Relaxed);
    (press, web)
}

/// The outlet of `127.1.x.y`.
fn outlet_of(host: &str) -> usize {
    let mut parts = host
        .split('.')
        .skip(2)
        .map(|part| part.parse::<usize>().unwrap_or(0));
    let (high, low) = (parts.next().unwrap_or(0), parts.next().unwrap_or(1));
    high * 250 + low.max(1) - 1
}

/// One round of the program; seconds and megabytes that it took.
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn watch_once(program: &Path, list: &Path, file: &Path) -> Result<(f64, u64)> {
    let begun = Instant::now();
    let log = fs::File::create(file.with_extension("log"))?;
    let mut child = Command::new(program)
        .arg("watch")
        .arg(list)
        .arg("--db")
        .arg(file)
        .args([
            "--once",
            "--every",
            "0",
            "--allow-network",
            "127.0.0.0/8",
            "--request-time",
            "3",
        ])
        .args(["--recheck", "0", "--gap", &format!("{}", GAP as f64 / 1000.0)])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let mut memory = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = memory.max(peak(child.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(100));
    };
    match status.code() {
        Some(0 | 3) => Ok((begun.elapsed().as_secs_f64(), memory)),
        _ => {
            let log = fs::read_to_string(file.with_extension("log"))?;
            let end: Vec<&str> = log.lines().rev().take(5).collect();
            bail!("the program ended with {status}: {end:?}")
        }
    }
}

/// The most memory that a process has had so far, in MB.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1000)
}

/// An article of the file.
struct Stored {
    revisions: usize,
    title: String,
    /// Document that its present state was read from.
    document: String,
}

/// The articles of the file, by name.
fn stored(file: &Path) -> Result<BTreeMap<String, Stored>> {
    let connection = rusqlite::Connection::open(file)?;
    let mut statement = connection.prepare(
        "SELECT a.article, a.title, r.document, count(*) OVER (PARTITION BY r.article), r.revision = a.revision \
         FROM articles a JOIN revisions r ON r.article = a.article",
    )?;
    let mut rows = statement.query([])?;
    let mut stored = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if row.get(4)? {
            let article = Stored {
                title: row.get(1)?,
                document: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                revisions: usize::try_from(row.get::<_, i64>(3)?)?,
            };
            stored.insert(row.get(0)?, article);
        }
    }
    Ok(stored)
}

/// What the file says of what was set aside, by address.
fn reasons(file: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let connection = rusqlite::Connection::open(file)?;
    let mut statement = connection.prepare("SELECT name, reason FROM quarantine")?;
    let mut rows = statement.query([])?;
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        reasons.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(reasons)
}

/// Every good item is there once, each edit is a state of it, the text is the page's or the feed's as it has to be, and
/// the headline is the present one, to the letter.
fn held_against(press: &Press, stored: &BTreeMap<String, Stored>, round: u32) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expected = 0;
    for (outlet, item) in press.items() {
        let address = press.address(outlet, item);
        let moved = address.replace("/news/", "/moved/");
        let article = stored.get(&address).or_else(|| stored.get(&moved));
        let fate = press.fate(outlet, item);
        let due = match fate {
            Fate::Nothing => 0,
            _ if round > 1 && press.is_edited(outlet, item) => 2,
            _ => 1,
        };
        expected += usize::from(due > 0);
        let mut wrong = |what: String| {
            problems.push(format!(
                "{address} ({:?}, {fate:?}): {what}",
                press.trouble(outlet)
            ));
        };
        let revisions = article.map_or(0, |article| article.revisions);
        if revisions != due {
            wrong(format!("{revisions} states instead of {due}"));
        }
        let Some(article) = article else { continue };
        let headline = press.headline(outlet, item, round);
        if article.title != headline {
            wrong(format!("{:?} instead of {headline:?}", article.title));
        }
        let document = article.document.split('?').next().unwrap_or_default();
        let of_page = document == address || document == moved;
        if of_page != (fate == Fate::Page) {
            wrong(format!("its text is from {}", article.document));
        }
    }
    if stored.len() != expected {
        problems.push(format!("{} articles instead of {expected}", stored.len()));
    }
    problems
}

/// Every failure is told with its reason, and nothing else is.
fn explained(press: &Press, reasons: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    // the last attempt at a broken page of a busy outlet may meet a 429
    let also = |outlet| match press.trouble(outlet) {
        Trouble::Busy => Some("429"),
        _ => None,
    };
    let pages = press.items().filter_map(|(outlet, item)| {
        let words = press.failure(outlet, item)?;
        Some((press.address(outlet, item), (words, also(outlet))))
    });
    let sources = press.sources();
    let feeds = sources
        .iter()
        .enumerate()
        .filter_map(|(outlet, source)| Some((source.clone(), (press.source_failure(outlet)?, None))));
    let expected: BTreeMap<String, (&str, Option<&str>)> = pages.chain(feeds).collect();
    let mut problems = Vec::new();
    for (address, (words, also)) in &expected {
        let told = reasons.get(address).map(Vec::as_slice).unwrap_or_default();
        let tells =
            |reason: &String| reason.contains(words) || also.is_some_and(|also| reason.contains(also));
        if !told.iter().any(tells) {
            problems.push(format!("{address}: {words:?} is not told, but {told:?}"));
        }
    }
    for (address, told) in reasons {
        if !expected.contains_key(address) {
            problems.push(format!("{address} is good, and set aside: {told:?}"));
        }
    }
    problems
}

/// What is excluded is not asked for, what is known is asked for on condition, and who asks to wait is waited for.
fn manners(hits: &[Hit], press: &Press, round: u32) -> Vec<String> {
    let mut problems = Vec::new();
    let mut held: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut ordered: Vec<&Hit> = hits.iter().collect();
    ordered.sort_by_key(|hit| hit.begun);
    for hit in ordered {
        let (host, path) = (hit.request.host.as_str(), hit.request.path.as_str());
        let trouble = press.trouble(outlet_of(host));
        let excluded = match trouble {
            Trouble::Excluded | Trouble::RobotsDown => path != "/robots.txt",
            _ => path.starts_with("/closed/"),
        };
        if excluded {
            problems.push(format!("{host}{path} was asked for, and is excluded"));
        }
        let feed = matches!(path, "/feed" | "/news.xml") && press.source_failure(outlet_of(host)).is_none();
        if round > 1 && feed && hit.request.field("if-none-match").is_none() {
            problems.push(format!(
                "round {round}: {host}{path} was asked for without condition"
            ));
        }
        if held.get(host).is_some_and(|until| hit.begun < *until) {
            problems.push(format!("{host} asked to wait, and was asked for {path}"));
        }
        if hit.status == 429 {
            held.insert(
                host,
                hit.begun + Duration::from_secs(u64::from(press.retry_after())),
            );
        }
    }
    problems
}
