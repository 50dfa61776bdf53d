//! The desk as a user runs it: nothing lost or doubled however it ends, decisions that can be taken back, exports that
//! come back.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

/// Articles of the made-up archive.
const ARTICLES: usize = 150;

fn twosource(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = twosource(folder, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap() + &told
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Reports of invented events, several a story, some revised later, with a line that is no JSON.
fn archive() -> String {
    const TOWNS: [&str; 10] = [
        "Haldervik",
        "Ostby",
        "Varnholm",
        "Calder",
        "Lindal",
        "Eastfield",
        "Solberg",
        "Tarn",
        "Mirefjord",
        "Quell",
    ];
    const WHAT: [&str; 5] = ["ferry", "warehouse", "bridge", "reactor", "hospital"];
    let mut lines = String::new();
    for at in 0..ARTICLES {
        let story = at / 5;
        let (town, what) = (TOWNS[story % 10], WHAT[(story / 10 + story) % 5]);
        let dead = 3 + (story * 7 + at % 5 % 2) % 40;
        let title = format!("{dead} hurt after fire at {town} {what}");
        let mut text = format!(
            "A fire at the {what} in {town} hurt {dead} people on Monday, the fire brigade said.\\n\\n"
        );
        for sentence in 0..(at % 5) {
            let _ = write!(
                text,
                "Neighbour number {sentence} of {town} saw smoke over the {what} for {at} minutes. "
            );
        }
        let _ = writeln!(
            lines,
            "{{\"id\":\"a{at}\",\"outlet\":\"Paper {}\",\"published\":\"2024-03-{:02}T0{}:00:00Z\",\"title\":\"{title}\",\"text\":\"{text}\"}}",
            at % 7,
            1 + story % 28,
            at % 9
        );
        if at % 20 == 19 {
            let _ = writeln!(
                lines,
                "{{\"id\":\"a{}\",\"outlet\":\"Paper 1\",\"published\":\"2024-03-28\",\"title\":\"Corrected: {title}\",\"text\":\"{text}\"}}",
                at - 3
            );
            lines.push_str("{\"id\":\"broken\n");
        }
    }
    lines
}

fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("archive.jsonl"), archive()).unwrap();
    folder
}

fn ingest(folder: &Path) -> Output {
    twosource(folder, &["ingest", "archive.jsonl", "--db", "desk.db"])
}

fn exported(folder: &Path) -> String {
    done(folder, &["export", "--db", "desk.db"])
}

#[test]
fn kills_at_any_moment_lose_and_double_nothing() {
    let undisturbed = desk();
    assert_eq!(code(&ingest(undisturbed.path())), 3);
    let expected = exported(undisturbed.path());
    let killed = desk();
    let mut kills = 0;
    for attempt in 0..14_u64 {
        let mut run = command(killed.path(), &["ingest", "archive.jsonl", "--db", "desk.db"])
            .spawn()
            .unwrap();
        // ever later, so that some run gets through
        sleep(Duration::from_millis(
            5 + attempt * attempt * 7 % 200 + attempt * 40,
        ));
        if run.try_wait().unwrap().is_some() {
            break;
        }
        run.kill().unwrap();
        run.wait().unwrap();
        kills += 1;
        if killed.path().join("desk.db").exists() && attempt % 3 == 2 {
            let check = twosource(killed.path(), &["check", "--db", "desk.db"]);
            assert!(
                code(&check) == 0 || err(&check).contains("it is empty"),
                "{}",
                err(&check)
            );
        }
    }
    assert!(kills > 0);
    assert_eq!(code(&ingest(killed.path())), 3);
    done(killed.path(), &["check", "--db", "desk.db"]);
    assert!(
        exported(killed.path()) == expected,
        "the export differs after {kills} kills"
    );
}

#[test]
fn an_import_of_an_export_is_the_same_desk() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    done(
        path,
        &["merge", "s1", "s2", "--db", "desk.db", "--as-of", "2024-04-01"],
    );
    done(path, &["split", "s1", "a1", "--db", "desk.db"]);
    done(path, &["export", "--db", "desk.db", "--out", "one.jsonl"]);
    done(path, &["import", "one.jsonl", "--db", "copy.db"]);
    done(path, &["export", "--db", "copy.db", "--out", "two.jsonl"]);
    assert!(fs::read(path.join("one.jsonl")).unwrap() == fs::read(path.join("two.jsonl")).unwrap());
    assert!(
        fs::read_to_string(path.join("one.jsonl.manifest.json"))
            .unwrap()
            .contains("\"sha256\"")
    );
    done(path, &["check", "--db", "copy.db"]);
    let list = |db: &str| done(path, &["stories", "--db", db, "-n", "100"]);
    assert_eq!(list("desk.db"), list("copy.db"));
    let search = |db: &str| done(path, &["search", "fire", "outlet:paper", "--db", db]);
    assert_eq!(search("desk.db"), search("copy.db"));
    // an export that was changed is refused, and leaves nothing behind
    let changed = fs::read_to_string(path.join("one.jsonl"))
        .unwrap()
        .replacen("Monday", "Sunday", 1);
    fs::write(path.join("changed.jsonl"), changed).unwrap();
    let refused = twosource(path, &["import", "changed.jsonl", "--db", "no.db"]);
    assert_eq!(code(&refused), 4);
    assert!(!path.join("no.db").exists() && !path.join("no.db.part").exists());
}

#[test]
fn decisions_last_and_can_be_taken_back() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    let state = || {
        done(path, &["stories", "--db", "desk.db", "-n", "100"])
            + &done(
                path,
                &[
                    "export", "--db", "desk.db", "--format", "jsonl", "--table", "articles",
                ],
            )
    };
    let before = state();
    let into = done(path, &["merge", "s2", "s3", "--db", "desk.db"]);
    let into = into.lines().next().unwrap().to_owned();
    let gone = if into == "s2" { "s3" } else { "s2" };
    assert_ne!(state(), before);
    // the old id leads to the new one in every verb
    for verb in [
        vec!["show", gone],
        vec!["why", gone],
        vec!["export", "--format", "atom", "--story", gone],
    ] {
        let told = done(path, &[&verb[..], &["--db", "desk.db"]].concat());
        assert!(told.contains(&into), "{verb:?}: {told}");
    }
    let asked = format!("story:{gone}");
    assert!(done(path, &["search", &asked, "--db", "desk.db"]).contains(&into));
    let table = done(
        path,
        &[
            "export", "--db", "desk.db", "--table", "stories", "--format", "csv",
        ],
    );
    let row = table.lines().find(|row| row.starts_with(&format!("{gone},")));
    assert!(row.is_some_and(|row| row.contains(&into)), "{table}");
    let same = twosource(path, &["merge", gone, &into, "--db", "desk.db"]);
    assert!(err(&same).contains("these are one"), "{}", err(&same));
    let stranger = twosource(path, &["split", gone, "no-such-report", "--db", "desk.db"]);
    assert!(err(&stranger).contains("no-such-report"), "{}", err(&stranger));
    done(
        path,
        &["alerts", "add", "old", "--story", gone, "--db", "desk.db"],
    );
    done(path, &["alerts", "tell", "--db", "desk.db"]);
    done(path, &["alerts", "drop", "old", "--db", "desk.db"]);
    done(path, &["check", "--db", "desk.db"]);
    done(path, &["undo", "--db", "desk.db"]);
    assert_eq!(state(), before);
    // a split is obeyed by what comes later, and undone
    let reports = |story: &str| -> Vec<String> {
        let lines = done(path, &["why", story, "--db", "desk.db", "--format", "jsonl"]);
        let ids = lines.lines().filter_map(|line| line.split("\"id\":\"").nth(1));
        ids.filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect()
    };
    let all = reports("s1");
    assert!(all.len() > 3, "{all:?}");
    let new = done(path, &["split", "s1", &all[0], &all[1], "--db", "desk.db"]);
    let new = new.lines().next().unwrap().to_owned();
    let more = archive().lines().take(40).fold(String::new(), |lines, line| {
        lines + &line.replace("\"id\":\"a", "\"id\":\"b") + "\n"
    });
    fs::write(path.join("more.jsonl"), more).unwrap();
    twosource(path, &["ingest", "more.jsonl", "--db", "desk.db"]);
    let there = reports(&new);
    let here = |id: &String| there.contains(id);
    assert!(
        all[..2].iter().all(here) || !all[..2].iter().any(here),
        "{there:?}"
    );
    assert!(
        all[2..].iter().all(|id| !here(id)) || !all[..2].iter().any(here),
        "{there:?}"
    );
    done(path, &["undo", "--db", "desk.db"]);
    assert_eq!(code(&twosource(path, &["undo", "--db", "desk.db"])), 4);
    done(path, &["check", "--db", "desk.db"]);
}

#[test]
fn what_is_set_aside_can_be_tried_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("bad.txt"), [0_u8, 159, 146, 150].repeat(500)).unwrap();
    fs::write(
        path.join("good.txt"),
        "A bridge opens\n\nThe bridge opened on Monday, the town said.\n",
    )
    .unwrap();
    let first = twosource(path, &["ingest", "bad.txt", "good.txt", "--db", "desk.db"]);
    assert_eq!(code(&first), 3, "{}", err(&first));
    assert!(done(path, &["quarantine", "--db", "desk.db"]).contains("bad.txt"));
    let vain = twosource(path, &["retry", "--db", "desk.db"]);
    assert_eq!(code(&vain), 4);
    assert!(done(path, &["quarantine", "--db", "desk.db"]).contains("2 tries"));
    fs::write(
        path.join("bad.txt"),
        "A tunnel opens\n\nThe tunnel opened on Tuesday, the town said.\n",
    )
    .unwrap();
    done(path, &["retry", "--db", "desk.db"]);
    assert!(done(path, &["quarantine", "--db", "desk.db"]).contains("0 inputs"));
    assert!(done(path, &["search", "tunnel", "--db", "desk.db"]).contains("1 of 1"));
    done(path, &["check", "--db", "desk.db"]);
}

#[test]
fn what_is_no_desk_is_said_to_be_none() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(
        path.join("text.db"),
        "no database at all, only words ".repeat(200),
    )
    .unwrap();
    for (db, words) in [("missing.db", "there is no desk"), ("text.db", "is not a desk")] {
        let output = twosource(path, &["stories", "--db", db]);
        assert_eq!(code(&output), 4);
        assert!(err(&output).contains(words), "{}", err(&output));
    }
    fs::write(path.join("empty.jsonl"), "{\"id\":\"a\",\"text\":\"Words.\"}\n").unwrap();
    twosource(path, &["ingest", "empty.jsonl", "--db", "desk.db"]);
    for arguments in [
        ["show", "s99"],
        ["show", "nonsense"],
        ["why", "s99"],
        ["search", "since:never"],
    ] {
        let output = twosource(path, &[&arguments[..], &["--db", "desk.db"]].concat());
        assert_eq!(code(&output), 4, "{arguments:?}");
        assert!(err(&output).starts_with("error: "), "{}", err(&output));
    }
}

#[test]
fn what_is_watched_tells_each_thing_once() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    done(
        path,
        &["alerts", "add", "quarry", "--search", "quarry", "--db", "desk.db"],
    );
    let tell = || done(path, &["alerts", "tell", "--db", "desk.db"]);
    assert!(tell().contains("0 notices"));
    let line = |id: &str, text: &str| {
        format!(
            "{{\"id\":\"{id}\",\"outlet\":\"Post\",\"published\":\"2024-04-02\",\"title\":\"Quarry\",\"text\":\"{text}\"}}\n"
        )
    };
    let first = line(
        "q1",
        "The old quarry at Tarn is to close in May, its owner said on Tuesday.",
    );
    fs::write(path.join("q.jsonl"), &first).unwrap();
    done(path, &["ingest", "q.jsonl", "--db", "desk.db"]);
    let told = tell();
    assert!(
        told.contains("\"what\":\"origin\"") && told.contains("1 notice told"),
        "{told}"
    );
    assert!(tell().contains("0 notices"));
    let revised = line(
        "q1",
        "The old quarry at Tarn is to close in June, its owner said on Tuesday.",
    );
    fs::write(path.join("q.jsonl"), revised).unwrap();
    done(path, &["ingest", "q.jsonl", "--db", "desk.db"]);
    let told = tell();
    assert!(
        told.contains("\"what\":\"correction\"") && told.contains("1 notice told"),
        "{told}"
    );
    done(path, &["alerts", "drop", "quarry", "--db", "desk.db"]);
}

#[test]
fn what_has_grown_old_is_let_go_and_stays_away() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    let figure = |name: &str| -> u64 {
        let told = done(path, &["figures", "--db", "desk.db"]);
        let line = told
            .lines()
            .find_map(|line| line.strip_prefix(&format!("twosource_{name} ")));
        line.unwrap().parse().unwrap()
    };
    let (articles, stories) = (figure("articles"), figure("stories"));
    assert_eq!(code(&twosource(path, &["prune", "--db", "desk.db"])), 4);
    done(path, &["prune", "--db", "desk.db", "--down-to", "0"]);
    assert_eq!((figure("articles"), figure("stories")), (0, 0));
    done(path, &["check", "--db", "desk.db"]);
    assert_eq!(code(&twosource(path, &["show", "s1", "--db", "desk.db"])), 4);
    // the same reports are known, and other ones come in beside the gap
    ingest(path);
    assert_eq!(figure("articles"), 0);
    let more = archive().replace("\"id\":\"a", "\"id\":\"b");
    fs::write(path.join("more.jsonl"), more).unwrap();
    let figures = [
        "ingest",
        "more.jsonl",
        "--db",
        "desk.db",
        "--figures",
        "desk.prom",
    ];
    twosource(path, &figures);
    assert_eq!(figure("articles"), articles);
    assert!(
        fs::read_to_string(path.join("desk.prom"))
            .unwrap()
            .contains("twosource_articles")
    );
    done(path, &["check", "--db", "desk.db"]);
    let whole = exported(path);
    fs::write(path.join("whole.jsonl"), &whole).unwrap();
    done(path, &["import", "whole.jsonl", "--db", "copy.db"]);
    assert_eq!(
        done(path, &["export", "--db", "copy.db"]),
        done(path, &["export", "--db", "desk.db"])
    );
    // by age: nothing is older than the first day, all is older than the last
    done(path, &["prune", "--db", "desk.db", "--before", "1990-01-01"]);
    assert_eq!(figure("articles"), articles);
    done(path, &["prune", "--db", "desk.db", "--before", "2090-01-01"]);
    assert_eq!(figure("articles"), 0);
    assert!(stories > 0);
}

#[test]
fn stories_that_were_let_go_are_not_merged() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    done(path, &["prune", "--db", "desk.db", "--before", "2090-01-01"]);
    let merge = twosource(path, &["merge", "s1", "s2", "--db", "desk.db"]);
    assert_eq!(code(&merge), 4);
    assert!(err(&merge).contains("s1 is empty"), "{}", err(&merge));
}

#[test]
fn two_alerts_tell_of_one_report_each() {
    let folder = desk();
    let path = folder.path();
    ingest(path);
    for name in ["one", "two"] {
        done(
            path,
            &["alerts", "add", name, "--search", "quarry", "--db", "desk.db"],
        );
    }
    let line = r#"{"id":"q1","outlet":"Post","title":"Quarry","text":"The quarry at Tarn is to close, its owner said."}"#;
    fs::write(path.join("q.jsonl"), line).unwrap();
    done(path, &["ingest", "q.jsonl", "--db", "desk.db"]);
    let channels = ["--drop", "mail", "--feed", "told.json"];
    done(
        path,
        &[&["alerts", "tell", "--db", "desk.db"][..], &channels].concat(),
    );
    let mails = fs::read_dir(path.join("mail")).unwrap();
    let mails: Vec<String> = mails
        .map(|mail| fs::read_to_string(mail.unwrap().path()).unwrap())
        .collect();
    let is_of = |name: &str| {
        mails
            .iter()
            .filter(|mail| mail.contains(&format!(": {name} (origin)")))
            .count()
    };
    assert_eq!((mails.len(), is_of("one"), is_of("two")), (2, 1, 1));
    let feed = fs::read_to_string(path.join("told.json")).unwrap();
    let ids: BTreeSet<&str> = feed.lines().filter(|line| line.contains("\"id\":")).collect();
    assert_eq!(ids.len(), 2, "{feed}");
}

#[test]
fn what_cannot_be_had_again_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("desk")).unwrap();
    fs::write(path.join("bad.txt"), "").unwrap();
    let address = "http://127.0.0.1:9/report";
    let db = ["--db", "desk/desk.db"];
    assert_eq!(
        code(&twosource(
            path,
            &[&["ingest", address, "bad.txt"][..], &db].concat()
        )),
        4
    );
    let listed = || done(path, &[&["quarantine"][..], &db].concat());
    let retry = || err(&twosource(path, &[&["retry"][..], &db].concat()));
    let before = listed();
    assert!(
        before.contains(address) && before.contains("2 inputs"),
        "{before}"
    );
    // the file is read again, under the name that it has here
    assert!(retry().contains("1 input is left alone"));
    assert!(listed().contains("bad.txt\n  empty (2 tries)"), "{}", listed());
    assert!(listed().contains("2 inputs"), "{}", listed());
    fs::remove_file(path.join("bad.txt")).unwrap();
    for _ in 0..2 {
        assert!(retry().contains("2 inputs are left alone"));
    }
    assert!(listed().contains("2 inputs"), "{}", listed());
}
