//! The desk as a library: what happens when the file cannot take more.

use std::path::Path;

use tempfile::TempDir;
use twosource_model::{ArticleId, Document, DocumentId, MediaType, ThreadStory, Tie};
use twosource_pipeline::desk::{Desk, DeskError, Form, Intake};
use twosource_pipeline::{SetAside, Settings};
use twosource_store::{Limits, Mode, Store, StoreError, StoryEntry, StoryNumber, StoryOrder};

fn documents(count: usize) -> impl Iterator<Item = Result<Document, SetAside>> {
    (0..count).map(|at| {
        let words: String = (0..400)
            .map(|n| format!("w{} ", (at * 7919 + n * 104_729) % 50_021))
            .collect();
        let id = DocumentId::new(&format!("d{at}"));
        Ok(Document::new(id, MediaType::ArticleText, words.into_bytes()))
    })
}

fn open(path: &Path, mode: Mode, file_bytes: u64) -> Desk {
    Desk::open(path, mode, Limits { file_bytes }, Settings::default()).unwrap()
}

fn ingest(desk: &mut Desk, count: usize) -> Result<usize, DeskError> {
    let mut told = 0;
    let result = desk.ingest(documents(count), &Intake::default(), &mut |tally, _| {
        told = tally.documents
    });
    result.map(|_| told)
}

fn exported(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    open(path, Mode::Read, 0)
        .store()
        .export(&mut bytes, None)
        .unwrap();
    bytes
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let folder = TempDir::new().unwrap();
    let (calm, full) = (folder.path().join("calm.db"), folder.path().join("full.db"));
    assert_eq!(ingest(&mut open(&calm, Mode::Create, 0), 300).unwrap(), 300);
    let limit = std::fs::metadata(&calm).unwrap().len() * 6 / 10;
    let failed = ingest(&mut open(&full, Mode::Create, limit), 300);
    assert!(
        matches!(
            failed,
            Err(DeskError::Store {
                source: StoreError::Full { .. }
            })
        ),
        "{failed:?}"
    );
    let checked = open(&full, Mode::Read, 0).store().check(|_| ()).unwrap();
    assert_eq!(
        (checked.count, checked.revisions > 0),
        (0, true),
        "{:?}",
        checked.problems
    );
    assert_eq!(ingest(&mut open(&full, Mode::Write, 0), 300).unwrap(), 300);
    assert!(exported(&full) == exported(&calm));
}

#[test]
fn what_may_only_be_read_is_not_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("desk.db");
    ingest(&mut open(&path, Mode::Create, 0), 3).unwrap();
    let failed = ingest(&mut open(&path, Mode::Read, 0), 5);
    assert!(
        matches!(
            failed,
            Err(DeskError::Store {
                source: StoreError::ReadOnly { .. }
            })
        ),
        "{failed:?}"
    );
    assert_eq!(ingest(&mut open(&path, Mode::Write, 0), 5).unwrap(), 5);
}

#[test]
fn two_programs_may_work_on_one_file() {
    let folder = TempDir::new().unwrap();
    let (alone, shared) = (folder.path().join("alone.db"), folder.path().join("shared.db"));
    ingest(&mut open(&alone, Mode::Create, 0), 200).unwrap();
    let mut one = open(&shared, Mode::Create, 0);
    ingest(&mut one, 60).unwrap();
    ingest(&mut open(&shared, Mode::Write, 0), 130).unwrap();
    ingest(&mut one, 200).unwrap();
    assert!(exported(&shared) == exported(&alone));
}

/// A page of one outlet on a topic of its own, with lines behind its text that are no part of it.
fn page(at: usize, lines: &[&str]) -> Document {
    let paragraphs: String = ["roof", "gate", "kitchen", "library"]
        .map(|part| {
            format!(
                "<p>The {part} of hall {at} will be mended in June, its head told those who came to the meeting on \
                 Friday evening, and hall {at} stays open meanwhile.</p>"
            )
        })
        .concat();
    let lines: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    let html = format!(
        "<title>Repairs at hall {at}</title><article><h1>Repairs at hall {at}</h1>{paragraphs}{lines}</article>"
    );
    let address = format!("https://herald.example/halls/{at}");
    let mut document = Document::new(DocumentId::new(&address), MediaType::Html, html.into_bytes());
    document.url = Some(address);
    document
}

/// The same page with other bytes behind it.
fn saved_again(page: &Document, bytes: &[u8]) -> Document {
    let bytes = [page.bytes(), bytes].concat();
    let mut again = Document::new(page.id.clone(), MediaType::Html, bytes);
    again.url.clone_from(&page.url);
    again
}

/// Pages each with the same line behind its text.
fn pages(count: usize) -> impl Iterator<Item = Result<Document, SetAside>> {
    (0..count).map(|at| Ok(page(at, &[OWNED])))
}

const OWNED: &str = "The Herald belongs to its readers";

#[test]
fn what_recurs_over_an_outlets_pages_is_learnt_as_they_come() {
    let folder = TempDir::new().unwrap();
    let (whole, parts) = (folder.path().join("whole.db"), folder.path().join("parts.db"));
    let take = |path: &Path, from: usize, to: usize| {
        let mut desk = open(path, Mode::Create, 0);
        let documents = pages(to).skip(from);
        desk.ingest(documents, &Intake::default(), &mut |_, _| ())
            .unwrap()
    };
    take(&whole, 0, 100);
    // the same in several runs, with pages that came before among them
    for (from, to) in [(0, 30), (10, 31), (31, 100)] {
        take(&parts, from, to);
    }
    assert!(exported(&whole) == exported(&parts));
    // the same page with other bytes says nothing new, whatever has been learnt of its outlet since
    let mut desk = open(&whole, Mode::Write, 0);
    let again = pages(1).map(|page| Ok(saved_again(&page.unwrap(), b"<!-- saved again -->")));
    let tally = desk.ingest(again, &Intake::default(), &mut |_, _| ()).unwrap();
    assert_eq!((tally.same, tally.revised), (1, 0));
    let with_line = exported(&whole);
    let lines = String::from_utf8(with_line).unwrap();
    let texts = lines
        .lines()
        .filter(|line| line.contains(&format!("meanwhile.\\n\\n{OWNED}")));
    assert_eq!(
        texts.count(),
        1,
        "only the first page came when nothing was known"
    );
}

#[test]
fn what_was_learnt_between_two_looks_at_a_page_is_no_edit_of_it() {
    const RIGHTS: &str = "All words are free to share";
    let folder = TempDir::new().unwrap();
    let mut desk = open(&folder.path().join("desk.db"), Mode::Create, 0);
    let mut take = |documents: Vec<Document>| {
        let documents = documents.into_iter().map(Ok);
        let tally = desk
            .ingest(documents, &Intake::default(), &mut |_, _| ())
            .unwrap();
        (tally.new, tally.revised, tally.same)
    };
    take((0..60).map(|at| page(at, &[OWNED])).collect());
    // one line of it recurs by now, the other does not yet
    let looked_at = page(60, &[OWNED, RIGHTS]);
    assert_eq!(take(vec![looked_at.clone()]), (1, 0, 0));
    take((61..120).map(|at| page(at, &[OWNED, RIGHTS])).collect());
    assert_eq!(take(vec![saved_again(&looked_at, b"<!-- again -->")]), (0, 0, 1));
    let edited = page(
        60,
        &[
            OWNED,
            RIGHTS,
            "Corrected on Saturday: it was the east gate of hall 60.",
        ],
    );
    assert_eq!(take(vec![edited]), (0, 1, 0));
    let exported = exported(&folder.path().join("desk.db"));
    let kept = String::from_utf8(exported).unwrap();
    assert!(
        kept.contains(&format!("meanwhile.\\n\\n{RIGHTS}")),
        "the first state had that line"
    );
}

#[test]
fn what_was_set_aside_for_many_reasons_is_gone_through_once() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(&folder.path().join("desk.db"), Mode::Create, 0);
    let aside = |path: &str, line: usize| {
        Err(SetAside {
            path: path.to_owned(),
            reason: format!("line {line}: no text"),
        })
    };
    let bad = vec![aside("a.jsonl", 3), aside("a.jsonl", 8), aside("gone.jsonl", 1)];
    desk.ingest(bad.into_iter(), &Intake::default(), &mut |_, _| ())
        .unwrap();
    let mut asked = Vec::new();
    let again = |name: &str| {
        asked.push(name.to_owned());
        // one line is still bad at first
        (name == "a.jsonl").then(|| std::iter::once(aside(name, 8)).chain(documents(70)))
    };
    let vain = desk.retry(&Intake::default(), again, &mut |_, _| ()).unwrap();
    assert_eq!(asked, ["a.jsonl", "gone.jsonl"]);
    assert_eq!((vain.tally.new, vain.tally.set_aside, vain.left), (70, 1, 1));
    let names = |desk: &Desk| {
        let entries = desk.store().quarantine().unwrap().into_iter();
        entries.map(|entry| (entry.name, entry.tries)).collect::<Vec<_>>()
    };
    let named = |name: &str, tries| (name.to_owned(), tries);
    assert_eq!(names(&desk), [named("a.jsonl", 2), named("gone.jsonl", 1)]);
    let again = |name: &str| (name == "a.jsonl").then(|| documents(71));
    let mended = desk.retry(&Intake::default(), again, &mut |_, _| ()).unwrap();
    assert_eq!((mended.tally.known, mended.tally.new), (70, 1));
    assert_eq!(names(&desk), [named("gone.jsonl", 1)]);
    // a file that is there, with nothing in it any more
    let again = |_: &str| Some(documents(0));
    let emptied = desk.retry(&Intake::default(), again, &mut |_, _| ()).unwrap();
    assert_eq!((emptied.left, names(&desk)), (0, Vec::new()));
}

#[test]
fn a_merge_of_big_stories_is_made_and_undone() {
    let reports = |letter: &'static str, subject: &'static str| {
        (0..330).map(move |at| {
            let text = format!(
                "{subject}. {subject} report{letter}{at} said{} today{}.",
                at % 11,
                at % 13
            );
            let id = DocumentId::new(&format!("{letter}{at}"));
            let mut document = Document::new(id, MediaType::ArticleText, text.into_bytes());
            document.given.title = Some(format!("{subject} {}", at % 7));
            document.given.published = "2031-03-05".parse().ok();
            Ok(document)
        })
    };
    let folder = TempDir::new().unwrap();
    let mut desk = open(&folder.path().join("desk.db"), Mode::Create, 0);
    let all = reports("a", "Ferry Sonja aground off Brenholm with eleven hurt")
        .chain(reports("b", "Dockers of Kalvik strike for higher wages"));
    desk.ingest(all, &Intake::default(), &mut |_, _| ()).unwrap();
    let state = |desk: &Desk| {
        let stories = desk.store().living_stories().unwrap();
        let members = stories.iter().map(|story| desk.store().members(*story).unwrap());
        (stories.clone(), members.collect::<Vec<_>>())
    };
    let before = state(&desk);
    assert_eq!(before.1.iter().map(Vec::len).collect::<Vec<_>>(), [330, 330]);

    let into = desk.merge(&before.0, None).unwrap();
    assert_eq!(state(&desk).1.iter().map(Vec::len).collect::<Vec<_>>(), [660]);
    for story in &before.0 {
        assert_eq!(desk.store().resolve(*story).unwrap(), into);
    }
    desk.undo().unwrap();
    assert_eq!(state(&desk), before);

    // more pairs lie across than are kept apart one by one
    desk.merge(&before.0, None).unwrap();
    let name = |number| desk.store().article_name(number).unwrap();
    let leave: Vec<_> = before.1.concat().into_iter().step_by(2).map(name).collect();
    desk.split(into, &leave, None).unwrap();
    assert_eq!(
        state(&desk).1.iter().map(Vec::len).collect::<Vec<_>>(),
        [330, 330]
    );
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(state(&desk), before);
    assert_eq!(desk.store().check(|_| ()).unwrap().count, 0);
}

/// Reports of a ferry that runs aground, and of the inquiry days later: one affair, two events, each told by three outlets.
fn affair(day: i8) -> Vec<Result<Document, SetAside>> {
    let grounding = [
        (
            "Ferry Aurelia runs aground off Brentholm",
            "The ferry Aurelia ran aground off Brentholm on Friday morning with 214 people aboard, the coast guard said. Helicopters lifted passengers from the deck while tugs from Kvarnvik held the ship.",
        ),
        (
            "214 rescued as Aurelia hits rocks near Brentholm",
            "All 214 people aboard the ferry Aurelia were rescued after it struck rocks off Brentholm on Friday, the coast guard said. The ship left Kvarnvik at dawn and lost its rudder in the strait.",
        ),
        (
            "Passengers flee grounded ferry off Brentholm",
            "Passengers climbed into lifeboats when the ferry Aurelia ran aground off Brentholm on Friday. The coast guard counted 214 people and brought them to Kvarnvik. Tugs held the ship off the rocks.",
        ),
    ];
    let inquiry = [
        (
            "Inquiry opens into Aurelia ferry grounding",
            "The maritime board opened an inquiry on Wednesday into why the ferry Aurelia lost its rudder off Brentholm. Captain Ilse Thorn was suspended. Investigators will hear the crew in Kvarnvik next week.",
        ),
        (
            "Captain of ferry Aurelia suspended as inquiry begins",
            "Captain Ilse Thorn of the ferry Aurelia was suspended on Wednesday as the maritime board began its inquiry into the broken rudder. Investigators will hear the crew in Kvarnvik next week.",
        ),
        (
            "Maritime board to hear crew of Aurelia",
            "Investigators of the maritime board will hear the crew of the ferry Aurelia in Kvarnvik next week about the broken rudder, it said on Wednesday. Captain Ilse Thorn has been suspended.",
        ),
    ];
    let of_day = |day: i8, reports: [(&'static str, &'static str); 3]| {
        reports.into_iter().enumerate().map(move |(at, (title, text))| {
            let id = DocumentId::new(&format!("https://paper{at}.example/{day}"));
            let mut document = Document::new(id, MediaType::ArticleText, text.as_bytes().to_vec());
            document.given.title = Some(title.to_owned());
            document.given.outlet = Some(format!("Paper {at}"));
            document.given.published = format!("2031-03-{day:02}T0{at}:30:00Z").parse().ok();
            Ok(document)
        })
    };
    of_day(7, grounding).chain(of_day(day, inquiry)).collect()
}

/// A desk at `path` on which the two are stories of their own that are tied.
fn desk_of_an_affair(folder: &Path) -> Desk {
    let of_day = |day: i8| {
        let mut desk = open(&folder.join(format!("{day}.db")), Mode::Create, 0);
        desk.ingest(affair(day).into_iter(), &Intake::default(), &mut |_, _| ())
            .unwrap();
        (threads(&desk).len() == 2).then_some(desk)
    };
    // how far apart two events have to be for this is the grouping's own matter
    (8..12).find_map(of_day).expect("a day on which they are tied")
}

/// What each story is tied to, and how.
fn threads(desk: &Desk) -> Vec<(String, String, Tie)> {
    let stories = desk.store().list(StoryOrder::Newest, 1, 9, 0).unwrap();
    let ties = |entry: &StoryEntry| {
        let told = |other: ThreadStory| (entry.number.to_string(), other.story.to_string(), other.tie);
        desk.thread(entry)
            .unwrap()
            .into_iter()
            .map(told)
            .collect::<Vec<_>>()
    };
    stories.iter().flat_map(ties).collect()
}

#[test]
fn stories_of_one_affair_name_each_other() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk_of_an_affair(folder.path());
    let tied = |tie: Tie, story: &str, near: &str| (story.to_owned(), near.to_owned(), tie);
    let before = threads(&desk);
    assert_eq!(
        before,
        [
            tied(Tie::Continues, "s2", "s1"),
            tied(Tie::ContinuedBy, "s1", "s2")
        ]
    );
    let (first, second) = (desk.story("s1").unwrap(), desk.story("s2").unwrap());
    let account = desk.account(second, 60, None).unwrap().unwrap();
    let named: Vec<(&str, Tie)> = account
        .thread
        .iter()
        .map(|other| (other.story.as_str(), other.tie))
        .collect();
    assert_eq!(named, [("s1", Tie::Continues)]);

    // one story is not tied to itself; what was tied is so again when the merge is taken back
    let into = desk.merge(&[first, second], None).unwrap();
    assert_eq!(threads(&desk), []);
    assert_eq!(desk.account(into, 60, None).unwrap().unwrap().thread, []);
    desk.undo().unwrap();
    assert_eq!(threads(&desk), before);
    assert_eq!(desk.store().check(|_| ()).unwrap().count, 0);

    let mut export = Vec::new();
    desk.store().export(&mut export, None).unwrap();
    let copy = Store::open(&folder.path().join("copy.db"), Mode::Create, Limits::default()).unwrap();
    copy.import(&mut export.as_slice(), |_| ()).unwrap();
    assert_eq!(threads(&Desk::of_store(copy, Settings::default())), before);
}

/// Reports of one event by many outlets.
fn told_by(outlets: std::ops::Range<usize>) -> impl Iterator<Item = Result<Document, SetAside>> {
    outlets.map(|outlet| {
        let words = format!(
            "A fire in the old mill of Haldervik killed {} people on Tuesday night, the police said. The mill of Haldervik \
             had stood empty for {outlet} years before the fire. Firefighters of Haldervik were at the mill until morning.",
            3 + outlet % 2
        );
        let id = DocumentId::new(&format!("outlet{outlet}"));
        Ok(Document::new(id, MediaType::ArticleText, words.into_bytes()))
    })
}

#[test]
fn a_page_is_the_same_told_anew_and_shown_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("desk.db");
    let take_in = |outlets| {
        let mut desk = open(&path, Mode::Create, 0);
        desk.ingest(told_by(outlets), &Intake::default(), &mut |_, _| ())
            .unwrap();
    };
    // the page, and whether it was told anew
    let shown = |story: &str, most, made_by| {
        let desk = open(&path, Mode::Read, 0);
        let form = Form {
            most,
            as_of: None,
            made_by,
        };
        let mut anew = false;
        let render = |account| {
            anew = true;
            format!("{account:?}")
        };
        let page = desk
            .page(desk.story(story).unwrap(), form, render)
            .unwrap()
            .unwrap();
        desk.close_keeping(&page);
        (page.text, anew)
    };
    take_in(0..12);
    let (first, anew) = shown("s1", 60, "debug");
    assert!(anew && first.contains("outlet11"), "{first}");
    assert_eq!(shown("s1", 60, "debug"), (first.clone(), false));
    for (most, made_by) in [(60, "a later program"), (9, "debug")] {
        assert!(shown("s1", most, made_by).1, "{most} {made_by}");
    }
    // one more report, and without it again
    take_in(12..13);
    let (second, anew) = shown("s1", 60, "debug");
    assert!(anew && second.contains("outlet12") && second != first);
    let moved = [ArticleId::new("outlet12")];
    open(&path, Mode::Write, 0)
        .split(StoryNumber(1), &moved, None)
        .unwrap();
    assert!(shown("s1", 60, "debug").1, "after a split");
    assert!(
        shown("s2", 60, "debug").1 && shown("s2", 60, "debug").1,
        "small ones are not kept"
    );
}

#[test]
fn big_stories_are_told_before_they_are_asked_for() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("desk.db");
    let form = Form {
        most: 60,
        as_of: None,
        made_by: "debug",
    };
    let render = |account| format!("{account:?}");
    // how many are told behind the ingest of these, and whether the first story is told anew then
    let check = |outlets, told, anew| {
        let mut desk = open(&path, Mode::Create, 0);
        desk.ingest(told_by(outlets), &Intake::default(), &mut |_, _| ())
            .unwrap();
        assert_eq!(desk.tell_ahead(form, render).unwrap(), told);
        assert_eq!(desk.tell_ahead(form, render).unwrap(), 0, "nothing has changed");
        let desk = open(&path, Mode::Read, 0);
        let mut rendered = false;
        let page = desk.page(StoryNumber(1), form, |account| {
            rendered = true;
            render(account)
        });
        let expected = desk.account(StoryNumber(1), 60, None).unwrap().map(render);
        assert_eq!(page.unwrap().map(|page| page.text), expected);
        assert_eq!(rendered, anew);
    };
    check(0..12, 0, true);
    check(12..26, 1, false);
    check(26..27, 1, false);
}
