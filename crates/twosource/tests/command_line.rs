//! The program as a user runs it: exit codes, messages, and good input beside bad.

mod common;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use common::{Folder, err, out, twosource};
use twosource_testkit::web::{Reply, Web};

const FIRST: &str = "Ferry runs aground off Halden\n\nTwelve passengers were hurt when the ferry Solvind ran aground \
    off Halden on Monday, the coast guard said.\n\n“We heard a bang and everything fell,” said Anna Berg, a passenger.\n";
const SECOND: &str = "Fourteen hurt as ferry Solvind grounds near Halden\n\nFourteen people were hurt on Monday when the \
    ferry Solvind ran aground off Halden, the coast guard said.\n\nThe cause is not known.\n";

#[test]
fn bad_input_is_named_and_the_good_is_compared() {
    let folder = Folder::new();
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let noise: Vec<u8> = (0..9000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    zipped.write_all(&noise).unwrap();
    let zipped = zipped.finish().unwrap();
    let nested = format!("<html><body>{}", "<div>".repeat(100_000));
    folder
        .put("first.txt", FIRST.as_bytes())
        .put("second.txt", SECOND.as_bytes())
        .put("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0")
        .put("cut.txt.gz", &zipped[..zipped.len() / 2])
        .put("nested.html", nested.as_bytes())
        .put(
            "invalid.txt",
            b"Wrong \xff\xfe bytes, but a sentence of some length about the Solvind all the same.\n",
        )
        .put(
            "lines.jsonl",
            b"{\"id\":\"x\",\"text\":\"A line about something else altogether.\"}\n{oops\n",
        );
    let big = fs::File::create(folder.path("big.txt")).unwrap();
    big.set_len(200 << 20).unwrap();
    let run = twosource(&[
        "compare",
        "--format",
        "json",
        &folder.path(""),
        &folder.path("gone.html"),
    ]);
    assert_eq!(run.status.code(), Some(3), "{}", err(&run));
    let messages = err(&run);
    for named in [
        "picture.txt: not text",
        "cut.txt.gz: damaged gzip",
        "big.txt: 209715200 bytes",
        "gone.html: no such file",
        "line 2",
    ] {
        assert!(messages.contains(named), "{named:?} is not in {messages}");
    }
    assert!(!messages.contains("panicked"), "{messages}");
    let shown = out(&run);
    assert!(
        shown.contains("Twelve passengers") && shown.contains("Fourteen people"),
        "{shown}"
    );
}

/// Nobody may read the file; the superuser may, so a test run as such becomes somebody else first.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named_and_the_rest_is_compared() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = Folder::new();
    folder
        .put("first.txt", FIRST.as_bytes())
        .put("second.txt", SECOND.as_bytes())
        .put("locked.txt", b"Nobody reads this.\n");
    fs::create_dir(folder.path("shut")).unwrap();
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path(""), open.clone()).unwrap();
    for shut in ["locked.txt", "shut"] {
        fs::set_permissions(folder.path(shut), fs::Permissions::from_mode(0o000)).unwrap();
    }
    // The build folder may be closed to others: the program runs from a copy.
    fs::copy(env!("CARGO_BIN_EXE_twosource"), folder.path("program")).unwrap();
    fs::set_permissions(folder.path("program"), open).unwrap();

    let mut command = Command::new(folder.path("program"));
    if fs::metadata(folder.path("")).unwrap().uid() == 0 {
        command.gid(NOBODY).uid(NOBODY);
    }
    let reports = ["first.txt", "second.txt", "locked.txt", "shut"].map(|name| folder.path(name));
    let run = command
        .args(["compare", "--format", "json"])
        .args(reports)
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(3), "{}", err(&run));
    for named in [
        "locked.txt: cannot be read: Permission denied",
        "shut: cannot be read: Permission denied",
    ] {
        assert!(err(&run).contains(named), "{named:?} is not in {}", err(&run));
    }
    assert!(out(&run).contains("Twelve passengers") && out(&run).contains("Fourteen people"));
}

#[test]
fn extract_explains_what_it_kept_and_left_out() {
    let folder = Folder::new();
    let body = "<p>Twelve passengers were hurt when the ferry Solvind ran aground off Halden on Monday, the coast guard said.</p>";
    let page = format!(
        "<html><head><title>Ferry runs aground</title></head><body><nav><a href=/a>News</a> <a href=/b>Sport</a></nav>\
         <article><h1>Ferry runs aground</h1>{body}<p>The cause is not known, and the owner \u{1b}[31mdid not answer calls on \
         Monday evening, nor did the harbour office in Halden.</p></article><footer>© 2031 Halden Post</footer></body></html>"
    );
    folder.put("page.html", page.as_bytes());
    let run = twosource(&[
        "extract",
        "--explain",
        &folder.path("page.html"),
        &folder.path("gone.html"),
    ]);
    assert_eq!(run.status.code(), Some(3), "{}", err(&run));
    let shown = out(&run);
    assert!(shown.contains("Ferry runs aground"), "{shown}");
    let line = |words: &str| {
        shown
            .lines()
            .find(|line| line.contains(words))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(line("Twelve passengers").starts_with("+ "), "{shown}");
    assert!(line("© 2031").starts_with("- "), "{shown}");
    assert!(line("© 2031").contains("copyright"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
}

/// User and group without rights on every common system.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

#[test]
fn what_recurs_in_a_folder_and_what_rules_name_is_left_out() {
    const OWNED: &str = "The Herald belongs to its readers";
    let folder = Folder::new();
    for topic in ["school", "station", "theatre"] {
        let text = format!(
            "Outlet: Herald\n\nRepairs at the {topic}\n\nThe roof of the {topic} will be mended in June, its head told those \
             who came to the meeting on Friday evening.\n\nThe {topic} stays open meanwhile, and visitors are asked to take \
             the door on the river side of the yard.\n\n{OWNED}\n"
        );
        folder.put(&format!("{topic}.txt"), text.as_bytes());
    }
    let run = |arguments: &[&str]| {
        let run = twosource(arguments);
        assert_eq!(run.status.code(), Some(0), "{}", err(&run));
        out(&run)
    };
    let reports = folder.path("");
    for verb in ["extract", "compare"] {
        let (together, again) = (run(&[verb, &reports]), run(&[verb, "--threads", "1", &reports]));
        assert!(together == again);
        let alone = run(&[verb, "--alone", &reports]);
        assert!(
            alone.contains(&format!("\\n\\n{OWNED}")) || verb == "compare",
            "{alone}"
        );
        assert!(
            together.contains("outlet-profile") && !alone.contains("outlet-profile"),
            "{together}"
        );
    }
    let explained = run(&["extract", "--explain", &reports]);
    assert_eq!(explained.matches("outlet-profile").count(), 3, "{explained}");
    let account = folder.path("account.json");
    fs::write(&account, run(&["compare", "--format", "json", &reports])).unwrap();
    run(&["verify", &account, &reports]);

    let rules = folder.path("herald.rules");
    fs::write(&rules, "[herald.example]\nhide p\n").unwrap();
    let wrong = twosource(&["extract", "--rules", &rules, &reports]);
    assert_eq!(wrong.status.code(), Some(4));
    assert!(
        err(&wrong).contains("herald.rules") && err(&wrong).contains("line 2"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn runs_that_can_do_nothing_say_why() {
    let folder = Folder::new();
    for (arguments, code, said) in [
        (vec!["compare", &folder.path("")], 4, "the folder holds no page"),
        (vec!["compare", &folder.path("gone")], 4, "no such file or folder"),
        (vec!["compare"], 2, "Usage"),
        (
            vec!["verify", &folder.path("gone.json")],
            4,
            "reading the account",
        ),
        (
            vec!["compare", "http://127.0.0.1:9/"],
            4,
            "which is not on the public internet",
        ),
    ] {
        let run = twosource(&arguments);
        assert_eq!(run.status.code(), Some(code), "{arguments:?}: {}", err(&run));
        assert!(err(&run).contains(said), "{arguments:?}: {}", err(&run));
    }
}

#[test]
fn addresses_are_fetched_and_compared() {
    let page = |text: &str| {
        let (title, body) = text.split_once("\n\n").unwrap();
        let body = body.replace("\n\n", "</p><p>");
        format!(
            "<!doctype html><html lang=en><title>{title}</title><article><h1>{title}</h1><p>{body}</p></article></html>"
        )
    };
    let web = Web::start(move |request| match request.path.as_str() {
        "/one" => Reply::of("text/html", page(FIRST)),
        "/two" => Reply::of("text/html", page(SECOND)),
        "/feed" => {
            let item = "<item><title>Twelve</title><link>/one</link></item>\
                <item><title>Ferry Solvind aground</title><link>/gone</link><description>The ferry Solvind ran aground.</description></item>";
            Reply::of(
                "application/rss+xml",
                format!("<rss><channel><title>T</title>{item}</channel></rss>"),
            )
        }
        _ => Reply::status(404),
    });
    let address = |path: &str| format!("http://{}{path}", web.address());
    let run = twosource(&[
        "compare",
        "--allow-network",
        "127.0.0.0/8",
        "--gap",
        "0",
        &address("/one"),
        &address("/two"),
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let shown = out(&run);
    assert!(
        shown.contains("Twelve passengers") && shown.contains("Fourteen people"),
        "{shown}"
    );
    let run = twosource(&[
        "extract",
        "--allow-network",
        "127.0.0.0/8",
        "--gap",
        "0",
        &address("/feed"),
    ]);
    assert_eq!(run.status.code(), Some(3), "{}", err(&run));
    assert_eq!(out(&run).lines().count(), 2, "{}", out(&run));
    assert!(
        out(&run).contains("The ferry Solvind ran aground."),
        "{}",
        out(&run)
    );
    assert!(
        err(&run).contains("404 (not found); the feed's own text stands for it"),
        "{}",
        err(&run)
    );
}

#[test]
fn output_does_not_depend_on_threads_or_order() {
    let folder = Folder::new();
    folder
        .put("first.txt", FIRST.as_bytes())
        .put("second.txt", SECOND.as_bytes());
    let (first, second) = (folder.path("first.txt"), folder.path("second.txt"));
    for format in ["text", "markdown", "html", "json"] {
        let one = twosource(&["compare", "--threads", "1", "--format", format, &first, &second]);
        let eight = twosource(&["compare", "--threads", "8", "--format", format, &second, &first]);
        assert_eq!(one.status.code(), Some(0), "{}", err(&one));
        assert!(one.stdout == eight.stdout, "{format} differs");
        assert!(!one.stdout.is_empty());
    }
}

#[test]
fn verify_holds_until_a_byte_changes() {
    let folder = Folder::new();
    folder
        .put("first.txt", FIRST.as_bytes())
        .put("second.txt", SECOND.as_bytes());
    let reports = [folder.path("first.txt"), folder.path("second.txt")];
    let account = out(&twosource(&[
        "compare",
        "--format",
        "json",
        &reports[0],
        &reports[1],
    ]));
    let story = folder.path("story.json");
    let check = |with_reports: bool| {
        let mut arguments = vec!["verify", &story];
        if with_reports {
            arguments.extend(reports.iter().map(String::as_str));
        }
        twosource(&arguments).status.code()
    };
    fs::write(&story, &account).unwrap();
    assert_eq!((check(false), check(true)), (Some(0), Some(0)));
    fs::write(
        &story,
        account.replacen("Twelve passengers", "Eleven passengers", 1),
    )
    .unwrap();
    assert_eq!(check(false), Some(1), "a changed word in the account");
    fs::write(&story, &account).unwrap();
    fs::write(&reports[1], SECOND.replace("Fourteen people", "Fifteen people")).unwrap();
    assert_eq!(check(true), Some(1), "a changed word in a report");
    assert_eq!(check(false), Some(0), "the account in itself still holds");
}

#[test]
fn lines_come_out_in_the_order_of_the_input() {
    let lines = "{\"id\":\"b\",\"title\":\"B\",\"text\":\"One sentence here.\"}\n{bad\n{\"id\":\"a\",\"text\":\"Two.\"}\n";
    for verb in ["extract", "analyze", "cluster"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_twosource"))
            .args([verb, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        run.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let run = run.wait_with_output().unwrap();
        let ids: Vec<String> = out(&run)
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["id"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert_eq!(ids, ["b", "a"], "{verb}");
        assert!(err(&run).contains("line 2"), "{verb}: {}", err(&run));
        assert_eq!(run.status.code(), Some(3), "{verb}");
    }
}

#[test]
fn completions_and_manual_page_are_made() {
    assert!(out(&twosource(&["completions", "bash"])).contains("compare"));
    assert!(out(&twosource(&["man"])).contains("TWOSOURCE VERIFY"));
    for verb in ["compare", "extract", "analyze", "cluster", "verify"] {
        assert!(out(&twosource(&[verb, "--help"])).contains("Example"), "{verb}");
    }
}
