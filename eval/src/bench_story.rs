//! `bench-story`: time and memory of the account of one big story that it writes itself, and the cost of one more report.
//!
//! The story is a flood. Each report tells scenes that others tell too, with figures that rise over the days, names from
//! lists and one of several wordings, and beside them scenes of its own put together from parts.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use twosource_account::{Settings, Source, Telling};
use twosource_language::analyze;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Outlet};

use crate::one_story;
use crate::random::Random;

/// Scenes, each in several wordings; `{n}` is a figure, `{p}` a person, `{q}` a place.
const SCENES: &[&[&str]] = &[
    &[
        "At least {n} people died when the river broke its banks in {q}.",
        "The flood has killed {n} people in {q}, officials said.",
        "{n} people were found dead in {q} after the river rose.",
    ],
    &[
        "{p} called the flood the worst in a century.",
        "The flood is the worst in a century, {p} said.",
        "“This is the worst flood in a century,” {p} told reporters.",
    ],
    &[
        "Soldiers brought {n} families from {q} to a school.",
        "{n} families were taken from {q} to a school by soldiers.",
    ],
    &[
        "The bridge at {q} collapsed on Tuesday evening.",
        "On Tuesday evening the bridge at {q} gave way.",
        "The old bridge at {q} fell into the river on Tuesday.",
    ],
    &[
        "Power was cut for {n} houses in {q}.",
        "{n} houses in {q} were left without power.",
    ],
    &[
        "{p} asked the government for {n} million euros.",
        "The government should pay {n} million euros, {p} said.",
    ],
    &[
        "Schools in {q} stay closed until Monday.",
        "Until Monday no school will open in {q}.",
    ],
    &[
        "Engineers let water out of the dam above {q}.",
        "Water was let out of the dam above {q} during the night.",
    ],
    &[
        "{p} visited {q} and promised new dykes.",
        "New dykes will be built in {q}, {p} promised on a visit.",
    ],
    &[
        "The harvest around {q} is lost, farmers said.",
        "Farmers around {q} lost their harvest.",
    ],
    &[
        "Doctors warned of dirty water in {q}.",
        "The water in {q} is not safe to drink, doctors warned.",
    ],
    &[
        "Trains between {q} and the capital were stopped.",
        "No trains ran between {q} and the capital.",
    ],
    &[
        "It was not clear how many people were missing in {q}.",
        "How many are missing in {q} is not known.",
    ],
    &[
        "Rain fell for {n} hours without a break.",
        "It rained for {n} hours.",
    ],
    &[
        "{p} denied that the warning came too late.",
        "The warning did not come too late, {p} said.",
    ],
    &[
        "Volunteers from {q} filled {n} sandbags.",
        "{n} sandbags were filled by volunteers from {q}.",
    ],
];
const PEOPLE: &[&str] = &[
    "Mayor Ilse Brandt",
    "Governor Tom Areval",
    "minister Sana Okoro",
    "engineer Pavel Lindqvist",
    "fire chief Rosa Menton",
    "doctor Ayo Tembe",
    "farmer Jan Holub",
    "teacher Mira Castell",
];
const PLACES: &[&str] = &[
    "Norhaven",
    "Velmouth",
    "Castle Tarn",
    "Lower Brindle",
    "Ostmark",
    "Pellworth",
    "Quill Bay",
    "Sandover",
    "Tirley",
    "Upper Wend",
];
/// Parts of a scene that one report alone tells: who, does what, with what, why.
const WHO: &[&str] = &[
    "A baker",
    "The librarian",
    "An old sailor",
    "Two nurses",
    "The choir",
    "A shepherd",
    "Three students",
    "The ferryman",
];
const DOES: &[&str] = &[
    "saved",
    "lost",
    "repaired",
    "carried away",
    "counted",
    "sold",
    "photographed",
    "painted",
];
const WHAT: &[&str] = &[
    "the bells",
    "forty loaves",
    "a piano",
    "the archive",
    "wet blankets",
    "two goats",
    "the market stalls",
    "a wooden boat",
    "the school books",
    "empty barrels",
    "the church clock",
    "garden chairs",
];
const WHY: &[&str] = &[
    "because the cellar leaked",
    "while the neighbours slept",
    "after the storm passed",
    "for the people on the hill",
    "before the tide turned",
    "with help from the next village",
];
/// Scenes of a report that others may tell, and those of its own.
const SHARED: u64 = 10;
const OWN: u64 = 10;
/// Reports of a day.
const A_DAY: u64 = 60;

/// Reports that come in one after the other once the story is told.
const MORE: u64 = 10;

/// Prints one line for a story of `count` reports.
pub fn run(count: u64) -> Result<()> {
    let articles: Vec<Article> = (0..count + MORE).map(report).collect();
    let settings = twosource_language::Settings::default();
    let start = cpu()?;
    let analyses: Vec<Analysis> = articles.iter().map(|a| analyze(a, &settings)).collect();
    let reading = (cpu()? - start) / (count + MORE) as f64;
    let mut telling = Telling::default();
    let mut told = |reports: usize| -> Result<(f64, usize)> {
        let (articles, analyses) = (&articles[..reports], &analyses[..reports]);
        let story = one_story::story(articles, analyses).context("no story")?;
        let pairs = articles.iter().zip(analyses);
        let sources: Vec<Source<'_>> = pairs
            .map(|(article, analysis)| Source { article, analysis })
            .collect();
        let start = cpu()?;
        let account = telling.tell(&story, &sources, &Settings::default());
        Ok((cpu()? - start, account.statements.len()))
    };
    let (all, statements) = told(count as usize)?;
    let mut added = Vec::new();
    for more in 1..=MORE {
        added.push(told((count + more) as usize)?.0);
    }
    added.sort_by(f64::total_cmp);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{count} reports, {statements} statements: account {all:.2} s of one core, reading {:.1} ms a report, peak {} MB; \
         {MORE} more one by one: {:.0} ms each in the middle, {:.0} ms at most",
        reading * 1e3,
        peak()? / 1_000,
        added[added.len() / 2] * 1e3,
        added[added.len() - 1] * 1e3,
    )?;
    Ok(())
}

/// The report of a number.
fn report(number: u64) -> Article {
    let mut random = Random::of(number + 7_000_000);
    let day = number / A_DAY;
    let mut text = String::new();
    for place in 0..SHARED {
        let wordings = SCENES[random.below(SCENES.len() as u64) as usize];
        let wording = wordings[random.below(wordings.len() as u64) as usize];
        let figure = (3 + 4 * day + random.below(3)).to_string();
        let person = PEOPLE[random.below(PEOPLE.len() as u64) as usize];
        let town = PLACES[random.below(PLACES.len() as u64) as usize];
        text += &wording
            .replace("{n}", &figure)
            .replace("{p}", person)
            .replace("{q}", town);
        text += if place % 3 == 2 { "\n" } else { " " };
    }
    for _ in 0..OWN {
        let mut one = |list: &[&'static str]| list[random.below(list.len() as u64) as usize];
        text += &format!(
            "{} in {} {} {} {}. ",
            one(WHO),
            one(PLACES),
            one(DOES),
            one(WHAT),
            one(WHY)
        );
    }
    let title = format!("Flood in {}", PLACES[random.below(PLACES.len() as u64) as usize]);
    let mut article = Article::of_text(ArticleId::new(&format!("r{number}")), &title, &text);
    article.language = Some(LanguageCode::ENGLISH);
    article.outlet = Some(Outlet {
        name: format!("Paper {}", number % 90),
        host: None,
    });
    article
}

/// CPU seconds of all threads so far.
fn cpu() -> Result<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task").context("CPU time is read from /proc (Linux)")? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        nanoseconds += text.split(' ').next().unwrap_or("0").parse::<f64>()?;
    }
    Ok(nanoseconds / 1e9)
}

/// Most memory in use so far, in kB.
fn peak() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status").context("memory is read from /proc (Linux)")?;
    let line = text
        .lines()
        .find(|l| l.starts_with("VmHWM:"))
        .context("no peak in /proc/self/status")?;
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse()?)
}
