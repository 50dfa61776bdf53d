//! Whole runs over small streams: what must be one story, what must not, and what must survive.

use std::collections::BTreeSet;

use proptest::prelude::*;
use twosource_model::{
    Analysis, Article, ArticleId, Confidence, CopyKind, DateSource, DatedEvidence, LanguageCode, Outlet,
    Story,
};
use twosource_stories::pair::Model;
use twosource_stories::strays::{FEATURES, Strays};
use twosource_stories::{Decision, Item, Settings, Stream, Verdict, group};

/// An article of this id, day ("" for none), title and text, by the outlet of the id's first letter.
fn article(id: &str, day: &str, title: &str, text: &str) -> Article {
    let mut article = Article::of_text(ArticleId::new(id), title, text);
    article.outlet = Some(Outlet {
        name: format!("Outlet {}", &id[..1]),
        host: None,
    });
    article.published = day.parse().ok().map(|moment| DatedEvidence {
        moment,
        until: None,
        source: DateSource::Given,
        evidence: day.to_owned(),
        confidence: Confidence::High,
    });
    article
}

fn empty(article: &Article) -> Analysis {
    Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH)
}

fn run(articles: &[Article]) -> Vec<Story> {
    let analyses: Vec<Analysis> = articles.iter().map(empty).collect();
    let items: Vec<Item<'_>> = articles
        .iter()
        .zip(&analyses)
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    let stories = group(&items, &Settings::default());
    let turned: Vec<Item<'_>> = items.iter().rev().copied().collect();
    assert_eq!(stories, group(&turned, &Settings::default()), "order of items");
    stories
}

/// Ids of each story, sorted, joined by blanks.
fn ids(stories: &[Story]) -> Vec<String> {
    let mut found: Vec<String> = stories
        .iter()
        .map(|story| {
            let mut ids: Vec<&str> = story.articles.iter().map(ArticleId::as_str).collect();
            ids.sort_unstable();
            ids.join(" ")
        })
        .collect();
    found.sort();
    found
}

fn check(articles: &[Article], expected: &[&str]) {
    assert_eq!(ids(&run(articles)), expected);
}

const FERRY_A: &str = "A ferry with 140 people on board ran aground off the island of Brenholm on Tuesday night, the coast \
    guard said. Eleven passengers were hurt, two of them badly. Helicopters lifted the injured to a hospital in Kalvik while \
    tugs tried to pull the Nordlys free before the tide turned.\n\nCaptain Tore Lindahl told investigators that the steering \
    had failed minutes before the ship struck the rocks. The operator, Fjordlinje, said it would check all of its vessels.";
const FERRY_B: &str = "Eleven people were injured when the passenger ferry Nordlys hit rocks near Brenholm late on Tuesday. \
    The vessel was carrying 140 people from Kalvik, according to the coast guard, which sent three helicopters.\n\nInvestigators \
    are looking at a failure of the steering that captain Tore Lindahl reported shortly before the accident. Fjordlinje, \
    which runs the ship, has halted its other sailings.";
const STRIKE: &str = "Dock workers in Kalvik walked out on Wednesday over a new shift plan, leaving two container ships \
    waiting in the roads. The union of port workers said that the strike would last until the weekend unless the harbour \
    board withdrew the plan. Mayor Ingrid Solheim called on both sides to return to the table.";
const BUDGET: &str = "The parliament of Verania passed a budget on Wednesday that raises the tax on fuel and cuts the payroll \
    tax for small firms. Finance minister Odile Marchand won the vote by 61 to 58 after the Farmers' Party abstained. The \
    opposition said that it would ask the court to look at the way in which the vote was held.";

#[test]
fn an_undated_report_joins_the_dated_one() {
    check(
        &[
            article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
            article("b1", "", "Eleven hurt as ferry hits rocks", FERRY_B),
        ],
        &["a1 b1"],
    );
}

#[test]
fn events_of_one_week_stay_apart() {
    check(
        &[
            article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
            article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
            article("c1", "2031-03-06", "Dockers strike in Kalvik", STRIKE),
            article("d1", "2031-03-06", "Verania passes budget", BUDGET),
        ],
        &["a1 b1", "c1", "d1"],
    );
}

#[test]
fn two_events_with_the_same_people_and_place_stay_apart() {
    let talks = "President Lena Okafor and prime minister Jan Brandt met in Kalvik on Monday to talk about fishing rights in \
        the northern strait. They agreed to let patrol boats of both countries sail together from May, and set up a commission \
        that is to draw the line of the disputed zone by the end of the year.";
    let opera = "President Lena Okafor and prime minister Jan Brandt opened the new opera house of Kalvik on Thursday evening. \
        The building cost 400 million crowns, twice what was planned, and its first season begins with a work by a local \
        composer. Protesters outside the hall held up empty plates against cuts to school meals.";
    check(
        &[
            article(
                "a1",
                "2031-03-03",
                "Okafor and Brandt agree on joint patrols",
                talks,
            ),
            article(
                "b1",
                "2031-03-06",
                "Okafor and Brandt open Kalvik opera house",
                opera,
            ),
        ],
        &["a1", "b1"],
    );
}

#[test]
fn headlines_alone_are_not_skipped() {
    check(
        &[
            article(
                "a1",
                "2031-03-05",
                "Ferry Nordlys runs aground off Brenholm, 11 hurt",
                "",
            ),
            article(
                "b1",
                "2031-03-05",
                "Eleven hurt as ferry Nordlys hits rocks off Brenholm",
                "",
            ),
            article(
                "c1",
                "2031-03-05",
                "Verania parliament passes fuel tax budget",
                "",
            ),
            article("d1", "2031-03-05", "", ""),
        ],
        &["a1 b1", "c1", "d1"],
    );
}

#[test]
fn a_report_of_both_events_does_not_chain_them() {
    let both = "Kalvik had a hard week: the ferry Nordlys ran aground off Brenholm and dock workers walked out over a shift \
        plan. Our reporters look back. The harbour was the busiest of the coast for a century, and its decline began when the \
        railway to the south was built. Shops in the old quarter now open for the summer only.";
    let stories = run(&[
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article("c1", "2031-03-06", "Dockers strike in Kalvik", STRIKE),
        article(
            "e1",
            "2031-03-06",
            "Port workers walk out in Kalvik",
            &STRIKE.replace("walked out", "went on strike"),
        ),
        article("d1", "2031-03-07", "A hard week for Kalvik", both),
    ]);
    let of = |id: &str| {
        stories
            .iter()
            .find(|s| s.articles.iter().any(|a| a.as_str() == id))
            .map(|s| &s.id)
    };
    assert_eq!(of("a1"), of("b1"));
    assert_eq!(of("c1"), of("e1"));
    assert_ne!(of("a1"), of("c1"));
}

/// Six headlines of one event of which most share no more than a name, among others of the day.
#[test]
fn six_headlines_of_one_event_that_share_almost_no_word() {
    let event = [
        "Ferry Nordlys runs aground off Brenholm with 140 on board",
        "Eleven hurt as Nordlys hits rocks",
        "Captain Lindahl blames steering for Brenholm grounding",
        "Helicopters lift injured off stricken Nordlys near Brenholm",
        "Fjordlinje halts sailings after Nordlys accident",
        "Coast guard rescues 140 from the rocks at Brenholm",
    ];
    let others = [
        "Dock workers in Kalvik walk out over shift plan",
        "Verania parliament passes fuel tax budget",
        "Torvik museum buys lost Ekman painting",
        "Farmers fear a third dry summer",
    ];
    let reports: Vec<Article> = event
        .iter()
        .chain(&others)
        .enumerate()
        .map(|(at, title)| article(&format!("h{at}"), "2031-03-05", title, ""))
        .collect();
    let stories = run(&reports);
    assert_eq!(ids(&stories), ["h0 h1 h2 h3 h4 h5", "h6", "h7", "h8", "h9"]);
}

/// Short items beside long ones: one without a name or a kind of event in it is neither skipped nor thrown in with others.
#[test]
fn a_short_item_without_names_is_grouped_like_any_other() {
    let stories = run(&[
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article(
            "c1",
            "2031-03-05",
            "Passenger ferry hits rocks, eleven hurt",
            "Helicopters flew the injured to hospital.",
        ),
        article("d1", "2031-03-05", "Weather: dry and mild", "Clouds later."),
    ]);
    assert_eq!(ids(&stories), ["a1 b1 c1", "d1"]);
}

/// Known limit: without a shared word, name or number nothing ties these two; a table of aliases would.
#[test]
fn single_sentences_of_one_day_that_share_no_word_stay_apart() {
    let day = "2024-05-06";
    check(
        &[
            article(
                "a",
                day,
                "Frost hits the plum crop in Westerholm",
                "Growers in Westerholm fear that half of the plums are lost after frost.",
            ),
            article(
                "b",
                day,
                "Trams get longer hours",
                "Trams in Morvik will run until two at night from June, the mayor told a meeting.",
            ),
            article(
                "c",
                day,
                "Painter Ola Strand dead at 90",
                "The painter Ola Strand has died in her sleep at the age of 90, her son wrote.",
            ),
            article(
                "d",
                day,
                "Lidar finds old road",
                "A road of the bronze age was found under the moor by a plane with a laser.",
            ),
        ],
        &["a", "b", "c", "d"],
    );
}

#[test]
fn two_headlines_without_a_shared_word_stay_apart() {
    check(
        &[
            article("a1", "2031-03-05", "Veranian capital shelled overnight", ""),
            article("b1", "2031-03-05", "Nine killed in strikes on Torvik", ""),
        ],
        &["a1", "b1"],
    );
}

#[test]
fn a_reprint_is_one_origin_and_shared_quotes_are_not() {
    let wire = format!(
        "KALVIK (AP) — {FERRY_A}\n\nThe harbour master asked small boats to keep away from the wreck until a crane arrives from the south."
    );
    let reprint = format!(
        "{FERRY_A}\n\nThe harbour master asked small boats to keep away from the wreck until a crane arrives from the south.\n\nSubscribe to our letter."
    );
    let stories = run(&[
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", &wire),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article("c1", "2031-03-06", "Ferry aground: eleven in hospital", &reprint),
    ]);
    assert_eq!(ids(&stories), ["a1 b1 c1"]);
    let origins = &stories[0].origins;
    assert_eq!(origins.len(), 2, "{origins:#?}");
    let copy = &origins[0].members[1];
    assert_eq!((copy.article.as_str(), copy.kind), ("c1", CopyKind::Reprint));
    assert!(copy.own_share < 0.1 && !copy.evidence.is_empty());
    assert_eq!(copy.shared[0].of(&reprint).split_whitespace().next(), Some("A"));
    assert_eq!(origins[0].wire_credit.as_deref(), Some("AP"));

    let statement = "“We checked every bolt of this ship in January, and we checked the rudder twice in February, and nobody \
        on this board, nobody in this company, knew of any fault that would have kept her in port on that day, and I will say \
        so to any court that asks me under oath,”";
    let stories = run(&[
        article(
            "a1",
            "2031-03-07",
            "Owner denies fault of Nordlys",
            &format!(
                "The head of Fjordlinje, Per Dahl, defended his company. {statement} he told a packed room in Kalvik. Families of the injured left the hall in protest before he was done."
            ),
        ),
        article(
            "b1",
            "2031-03-07",
            "Fjordlinje chief defends ferry",
            &format!(
                "{statement} Per Dahl said of the Nordlys at a hearing on Friday. Lawyers for eleven passengers say that they have papers which show the opposite."
            ),
        ),
    ]);
    assert!(
        stories
            .iter()
            .all(|story| story.origins.iter().all(|origin| origin.members.len() == 1))
    );
}

#[test]
fn people_decide_and_take_it_back() {
    let articles = [
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article("c1", "2031-03-06", "Dockers strike in Kalvik", STRIKE),
    ];
    let mut stream = stream_of(&articles);
    stream.repair();
    let story = |stream: &Stream, id: &str| stream.story_of(&ArticleId::new(id)).cloned();
    let decide = |stream: &mut Stream, verdict, a: &str, b: &str| {
        stream.decide(Decision {
            verdict,
            a: ArticleId::new(a),
            b: ArticleId::new(b),
        });
    };
    let (ferry, strike) = (story(&stream, "a1"), story(&stream, "c1"));
    assert_ne!(ferry, strike);

    decide(&mut stream, Verdict::Together, "a1", "c1");
    assert_eq!(story(&stream, "c1"), story(&stream, "b1"));
    assert_eq!(
        strike.as_ref().map(|id| stream.resolve(id)),
        story(&stream, "a1"),
        "a merge redirects"
    );

    decide(&mut stream, Verdict::Apart, "a1", "b1");
    assert_ne!(story(&stream, "a1"), story(&stream, "b1"));
    assert_eq!(stream.splits().len(), 1);

    assert!(stream.undo().is_some() && stream.undo().is_some() && stream.undo().is_none());
    assert_eq!(story(&stream, "a1"), story(&stream, "b1"));
    assert_ne!(story(&stream, "a1"), story(&stream, "c1"));
}

/// So many reports on one thing, each with words of its own.
fn crowd(letter: &str, subject: &str, count: usize) -> Vec<Article> {
    let report = |at: usize| {
        let title = format!("{subject} {}", at % 7);
        let text = format!(
            "{subject}. {subject} report{letter}{at} said{} today{}.",
            at % 11,
            at % 13
        );
        article(&format!("{letter}{at:04}"), "2031-03-05", &title, &text)
    };
    (0..count).map(report).collect()
}

#[test]
fn stories_of_any_size_are_merged_and_split() {
    const EACH: usize = 450;
    let mut articles = crowd("a", "Ferry Sonja aground off Brenholm with eleven hurt", EACH);
    articles.extend(crowd("b", "Dockers of Kalvik strike for higher wages", EACH));
    let mut stream = stream_of(&articles);
    stream.repair();
    let story = |stream: &Stream, at: usize| stream.story_of(&articles[at].id).cloned();
    let stories = |stream: &Stream, of: std::ops::Range<usize>| {
        of.map(|at| story(stream, at))
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(stories(&stream, 0..2 * EACH).len(), 2, "two stories as they came");
    let decision = |verdict, a: usize, b: usize| Decision {
        verdict,
        a: articles[a].id.clone(),
        b: articles[b].id.clone(),
    };

    stream.decide_all((1..2 * EACH).map(|at| decision(Verdict::Together, at - 1, at)));
    assert_eq!(stories(&stream, 0..2 * EACH).len(), 1, "merged");
    let saved = stream.save().unwrap();
    assert!(Stream::restore(&saved).unwrap().save().unwrap() == saved);

    // a split across both: every third article leaves
    let out = |at: &usize| at.is_multiple_of(3);
    let (leaves, stays): (Vec<usize>, Vec<usize>) = (0..2 * EACH).partition(out);
    let mut decisions: Vec<Decision> = Vec::new();
    for side in [&leaves, &stays] {
        decisions.extend(
            side.windows(2)
                .map(|two| decision(Verdict::Together, two[0], two[1])),
        );
    }
    let across = (1..2 * EACH).filter(|at| out(at) != out(&(at - 1)));
    decisions.extend(across.map(|at| decision(Verdict::Apart, at - 1, at)));
    stream.decide_all(decisions);
    let side = |stream: &Stream, side: &[usize]| {
        side.iter()
            .map(|at| story(stream, *at))
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(side(&stream, &leaves).len(), 1, "those that left are one story");
    assert_eq!(side(&stream, &stays).len(), 1, "those that stayed are one");
    assert_ne!(side(&stream, &leaves), side(&stream, &stays));
}

#[test]
fn why_says_what_two_reports_share() {
    let stream = stream_of(&[
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
    ]);
    let why = stream.why(&ArticleId::new("b1")).expect("in a story");
    let words: Vec<&str> = why.evidence.iter().map(|e| e.words.as_str()).collect();
    assert!(
        words
            .iter()
            .any(|w| w.contains("shared names") && w.contains("Brenholm")),
        "{words:?}"
    );
    assert!(words.iter().any(|w| w.contains("140")), "{words:?}");
    assert!(
        words.iter().any(|w| w.starts_with("both tell of: injury")),
        "{words:?}"
    );
    assert!(words.contains(&"both speak of the same day"), "{words:?}");
    assert!(stream.why(&ArticleId::new("nobody")).is_none());
}

#[test]
fn a_new_state_of_an_article_takes_its_place() {
    let mut stream = stream_of(&[
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article(
            "a1",
            "2031-03-05",
            "Ferry aground, eleven hurt",
            &format!("UPDATE: {FERRY_A}"),
        ),
    ]);
    stream.repair();
    let stories = stream.stories_with(|_| None);
    assert_eq!(ids(&stories), ["a1 b1"]);
}

#[test]
fn a_stray_leaves_a_small_story_unless_a_person_put_it_there() {
    const TUGS: &str = "The Nordlys, which struck rocks off Brenholm on Tuesday night with 140 people on board, was pulled free by \
        two tugs. Eleven passengers were hurt. The coast guard said that the steering of the ferry had failed, as captain Tore \
        Lindahl reported. Fjordlinje is to check its other ships in Kalvik.";
    let articles = [
        article("a1", "2031-03-05", "Ferry runs aground off Brenholm", FERRY_A),
        article("b1", "2031-03-05", "Eleven hurt as ferry hits rocks", FERRY_B),
        article(
            "c1",
            "2031-03-06",
            "Tugs free the ferry Nordlys off Brenholm",
            TUGS,
        ),
    ];
    let stories = |strays: Strays, decisions: &[Decision]| -> usize {
        let model = Model {
            strays,
            ..Model::shipped().clone()
        };
        let mut stream = Stream::with_model(Settings::default(), Box::leak(Box::new(model)));
        for article in &articles {
            push(&mut stream, article);
        }
        stream.decide_all(decisions.iter().cloned());
        let found: BTreeSet<_> = articles.iter().map(|a| stream.story_of(&a.id)).collect();
        found.len()
    };
    let suspicious = || Strays {
        loose: f32::INFINITY,
        bias: 1.0,
        slopes: [0.0; FEATURES],
    };
    let together = |a: &str, b: &str| Decision {
        verdict: Verdict::Together,
        a: ArticleId::new(a),
        b: ArticleId::new(b),
    };
    assert_eq!(stories(Strays::none(), &[]), 1);
    assert_eq!(
        stories(suspicious(), &[]),
        2,
        "two are left, of which none is the stray"
    );
    assert_eq!(
        stories(suspicious(), &[together("a1", "b1"), together("b1", "c1")]),
        1
    );
}

fn push(stream: &mut Stream, article: &Article) {
    let analysis = empty(article);
    stream.push(
        &Item {
            article,
            analysis: &analysis,
        },
        None,
    );
}

fn stream_of(articles: &[Article]) -> Stream {
    let mut stream = Stream::new(Settings::default());
    for article in articles {
        push(&mut stream, article);
    }
    stream
}

/// Articles of made-up words: some subjects go on for days, many are met once.
fn made_up(count: u64) -> Vec<Article> {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..count)
        .map(|at| {
            let subject = at / 8 + next(6);
            let mut words = Vec::new();
            for place in 0..60 {
                let word = if place % 3 == 0 {
                    subject * 40 + next(12)
                } else {
                    900_000 + next(400)
                };
                words.push(format!("W{}", letters(word)));
            }
            let day = format!("2031-{:02}-{:02}", 1 + at / 300 % 12, 1 + at / 12 % 25);
            article(
                &format!("x{at}"),
                &day,
                &words[..7].join(" "),
                &words[7..].join(" "),
            )
        })
        .collect()
}

fn letters(mut number: u64) -> String {
    let mut word = String::new();
    while number > 0 {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    word
}

#[test]
fn a_run_that_was_stopped_goes_on_as_if_it_had_not() {
    let articles = made_up(400);
    let settings = Settings {
        window: 250,
        ..Settings::default()
    };
    let mut whole = Stream::new(settings.clone());
    let mut stopped = Stream::new(settings);
    for (at, article) in articles.iter().enumerate() {
        push(&mut whole, article);
        push(&mut stopped, article);
        if at % 37 == 0 {
            stopped = Stream::restore(&stopped.save().expect("saves")).expect("restores");
        }
    }
    assert_eq!(whole.save().expect("saves"), stopped.save().expect("saves"));
    assert_eq!(whole.stories_with(|_| None), stopped.stories_with(|_| None));
    assert_eq!(whole.len(), 250);
    assert!(
        whole
            .stories_with(|_| None)
            .iter()
            .any(|story| story.articles.len() > 3)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_are_grouped_once_each(texts in prop::collection::vec(("\\PC{0,40}", "\\PC{0,300}"), 0..8)) {
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(at, (title, text))| article(&format!("x{at}"), "", title, text))
            .collect();
        let stories = run(&articles);
        let mut found: Vec<&ArticleId> = stories.iter().flat_map(|story| &story.articles).collect();
        found.sort();
        let mut given: Vec<&ArticleId> = articles.iter().map(|article| &article.id).collect();
        given.sort();
        prop_assert_eq!(found, given);
        for story in &stories {
            let folded: usize = story.origins.iter().map(|origin| origin.members.len()).sum();
            prop_assert_eq!(folded, story.articles.len());
        }
    }

    #[test]
    fn damaged_states_are_refused(cut in 0_usize..4_000, at in 0_usize..4_000, byte: u8) {
        let mut bytes = stream_of(&made_up(12)).save().expect("saves");
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut / 40));
        if let Ok(mut stream) = Stream::restore(&bytes) {
            stream.repair();
        }
    }
}
