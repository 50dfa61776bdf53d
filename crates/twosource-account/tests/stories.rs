//! Whole stories as Markdown: reports, and what has to stand in the account of them.
//!
//! A file holds `## OUTLET, DAY` sections with a report each, and one `## Account` section with a line for each thing
//! expected; what stands outside is for people. `tests/stories/README.md` names the kinds of line.

mod one_story;

use std::path::Path;

use one_story::one_story;
use twosource_account::{Settings, Source, tell};
use twosource_language::analyze;
use twosource_model::{
    Account, Analysis, Article, Confidence, DateSource, DatedEvidence, Document, DocumentId, LanguageCode,
    MediaType, Outlet, RenderingClass, SupportClass,
};
use twosource_stories::Item;

#[test]
fn stories_are_told_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    files.sort();
    assert!(files.len() >= 3, "the stories are gone");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a story");
        check(&file.display().to_string(), &text);
    }
}

fn check(name: &str, text: &str) {
    let (articles, expected) = read(text);
    assert!(
        articles.len() > 1 && !expected.is_empty(),
        "{name} is not in form"
    );
    let forward = account(&articles);
    let turned: Vec<Article> = articles.iter().rev().cloned().collect();
    assert_eq!(
        forward,
        account(&turned),
        "{name}: the order of the reports shows"
    );
    for line in &expected {
        assert!(
            holds(&forward, line),
            "{name}: {line}\nfound:\n{}",
            drawn(&forward)
        );
    }
}

fn read(text: &str) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut expected) = (Vec::new(), Vec::new());
    for section in text.split("\n## ").skip(1) {
        let (head, body) = section.split_once('\n').expect("a section has lines");
        if head == "Account" {
            expected.extend(
                body.lines()
                    .filter(|l| l.contains(": "))
                    .map(|l| l.trim().to_owned()),
            );
            continue;
        }
        let (outlet, day) = head.rsplit_once(", ").expect("OUTLET, DAY");
        let id = DocumentId::new(outlet);
        // "The Herald (2)" is a further report of that outlet
        let outlet = outlet.split_once(" (").map_or(outlet, |(name, _)| name);
        let mut document = Document::new(id, MediaType::ArticleText, body.trim().as_bytes().to_vec());
        document.given.title = Some(String::new());
        let read = twosource_extract::extract(&document, &twosource_extract::Settings::default());
        let mut article = read.expect("a text").remove(0);
        article.language = Some(LanguageCode::ENGLISH);
        article.outlet = Some(Outlet {
            name: outlet.to_owned(),
            host: None,
        });
        article.published = Some(DatedEvidence {
            moment: day.parse().expect("a day"),
            until: None,
            source: DateSource::Given,
            evidence: day.to_owned(),
            confidence: Confidence::High,
        });
        articles.push(article);
    }
    (articles, expected)
}

fn account(articles: &[Article]) -> Account {
    let settings = twosource_language::Settings::default();
    let analyses: Vec<Analysis> = articles.iter().map(|a| analyze(a, &settings)).collect();
    let items: Vec<Item<'_>> = articles
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    // the file says that they are one
    let mut story = one_story(&items);
    story.articles.sort();
    story
        .origins
        .sort_by(|a, b| a.members[0].article.cmp(&b.members[0].article));
    let sources: Vec<Source<'_>> = articles
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| Source { article, analysis })
        .collect();
    tell(&story, &sources, &Settings::default())
}

/// The kinds of difference.
const KINDS: &[&str] = &[
    "number",
    "date",
    "place",
    "name",
    "list",
    "wording",
    "attribution",
    "certainty",
    "negation",
];

/// Whether the account has what a line names.
fn holds(account: &Account, line: &str) -> bool {
    let (kind, rest) = line
        .trim_start_matches("- ")
        .split_once(": ")
        .expect("KIND: WORDS");
    let words: Vec<&str> = rest.split(" | ").collect();
    match kind {
        "all" | "one" | "disputed" => account.statements.iter().any(|statement| {
            let class = match statement.class {
                SupportClass::All => "all",
                SupportClass::Several => "several",
                SupportClass::One => "one",
                SupportClass::Disputed => "disputed",
            };
            class == kind
                && words
                    .iter()
                    .all(|w| statement.renderings.iter().any(|r| r.passage.text().contains(w)))
        }),
        kind if KINDS.contains(&kind) => account.differences.iter().any(|d| {
            format!("{:?}", d.kind).to_lowercase() == kind
                && words
                    .iter()
                    .all(|w| d.positions.iter().any(|p| p.value.contains(w)))
        }),
        "no" => {
            assert!(KINDS.contains(&rest), "no kind {rest:?} of difference");
            !account
                .differences
                .iter()
                .any(|d| format!("{:?}", d.kind).to_lowercase() == rest)
        }
        "said" => account.utterances.iter().any(|utterance| {
            utterance.speaker_name.contains(words[0])
                && utterance.renderings.iter().any(|r| {
                    let text: Vec<&str> = r.pieces.iter().map(twosource_model::Passage::text).collect();
                    r.class == class(words[1]) && text.join(" ").contains(words[2])
                })
        }),
        "unsaid" => !account.utterances.iter().any(|utterance| {
            let mut pieces = utterance.renderings.iter().flat_map(|r| &r.pieces);
            pieces.any(|p| p.text().contains(rest))
        }),
        "apart" => !account.utterances.iter().any(|utterance| {
            let has = |words: &&str| {
                let mut pieces = utterance.renderings.iter().flat_map(|r| &r.pieces);
                pieces.any(|p| p.text().contains(words))
            };
            words.iter().all(has)
        }),
        "corrected" => account.corrections.iter().any(|c| {
            let note = c.note.as_ref();
            note.is_some_and(|note| note.text().contains(rest))
        }),
        "open" => account
            .open_questions
            .iter()
            .any(|q| q.passage.text().contains(rest)),
        "answered" => account.open_questions.iter().any(|q| {
            let answer = q.answered_by.map(|at| &account.statements[at as usize]);
            answer.is_some_and(|a| a.renderings.iter().any(|r| r.passage.text().contains(rest)))
        }),
        "day" => account.timeline.iter().any(|entry| {
            let head = format!("{} {:?}", entry.value, entry.kind).to_lowercase();
            head == words[0] && entry.passages.iter().any(|p| p.text().contains(words[1]))
        }),
        "cast" => account.cast.iter().any(|member| {
            let called = |name: &&str| {
                member.name == *name || member.aliases.iter().any(|a| a.passage.text() == *name)
            };
            words.iter().all(called)
        }),
        "brief" => account.brief.iter().any(|sentence| {
            let (outlets, told) = (words[0].split("; "), words[1]);
            let by: Vec<&str> = sentence.support.outlets.iter().map(String::as_str).collect();
            sentence.passage.text().contains(told) && outlets.eq(by)
        }),
        "unbriefed" => {
            let mut brief = account.brief.iter();
            !account.brief.is_empty() && brief.all(|sentence| !sentence.passage.text().contains(rest))
        }
        "nowhere" => !account
            .statements
            .iter()
            .any(|s| s.renderings.iter().any(|r| r.passage.text().starts_with(rest))),
        _ => panic!("no kind {kind:?} of line"),
    }
}

fn class(name: &str) -> RenderingClass {
    match name {
        "base" => RenderingClass::Base,
        "typographic" => RenderingClass::Typographic,
        "cut" => RenderingClass::Cut,
        "altered" => RenderingClass::Altered,
        "told" => RenderingClass::Told,
        _ => panic!("no class {name:?}"),
    }
}

fn drawn(account: &Account) -> String {
    let statements = account.statements.iter().map(|s| {
        let renderings: Vec<&str> = s.renderings.iter().map(|r| r.passage.text()).collect();
        format!(
            "{:?} {:?}: {}",
            s.class,
            s.support.origins,
            renderings.join(" || ")
        )
    });
    let differences = account.differences.iter().map(|d| {
        let sides: Vec<&str> = d.positions.iter().map(|p| p.value.as_str()).collect();
        format!("{:?} {:?}: {}", d.kind, d.gravity, sides.join(" | "))
    });
    let said = account.utterances.iter().map(|u| {
        let renderings: Vec<String> = u
            .renderings
            .iter()
            .map(|r| format!("{:?} {}", r.class, r.pieces[0].text()))
            .collect();
        format!("{}: {}", u.speaker_name, renderings.join(" || "))
    });
    let open = account
        .open_questions
        .iter()
        .map(|q| format!("open {:?}: {}", q.answered_by, q.passage.text()));
    let days = account.timeline.iter().map(|e| {
        let words: Vec<&str> = e.passages.iter().map(twosource_model::Passage::text).collect();
        format!("day {} {:?}: {}", e.value, e.kind, words.join(" || "))
    });
    statements
        .chain(days)
        .chain(differences)
        .chain(said)
        .chain(open)
        .collect::<Vec<_>>()
        .join("\n")
}
