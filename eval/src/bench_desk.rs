//! `bench-desk`: a desk of many articles: how fast it takes them in, searches, lists and tells.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use twosource_model::{Account, Document, LanguageCode};
use twosource_pipeline::desk::{Desk, Form, Intake, Keep, Tally};
use twosource_pipeline::{SetAside, Settings};
use twosource_render::{Options, Stories, html};
use twosource_store::{Limits, Mode, Query, Store, StoryEntry, StoryOrder};

use crate::made_archive::Maker;
use crate::made_readings::Readings;
use crate::random::Random;

/// Questions of each kind.
const QUESTIONS: usize = 100;
/// Story pages told.
const PAGES: usize = 60;
/// Stories of several origins between one that is told and the next, where they are drawn from all.
const APART: usize = 500;
/// Most reports of a story page, as `show` has it.
const REPORTS: usize = 60;

/// What is to be measured.
pub struct Plan {
    /// Articles of the desk in the end.
    pub articles: u64,
    /// So many of them, the first ones, have their analyses put together: see [`Readings`].
    pub filled: u64,
    /// Of the filled ones so many have lengths of a news wire, the others are briefs of three sentences.
    pub wire: u64,
    /// Said to be in this language: one without a model of its own leaves the language step little to do, and what is
    /// measured then is the rest.
    pub language: Option<LanguageCode>,
}

/// Fills the desk at `db` up to the plan's articles, telling a line whenever it has doubled; then asks it.
pub fn run(plan: &Plan, db: &Path, corpus: &Path) -> Result<()> {
    // each article is a step of the history
    let mut taken = match db.exists() {
        true => Store::open(db, Mode::Read, Limits::default())?.last_step()?.0 as u64,
        false => 0,
    };
    if taken < plan.filled {
        let maker = Maker::new(corpus)?.with_briefs(plan.wire..plan.filled);
        let readings = Readings::new(&maker);
        let made = maker.take(plan.filled as usize).skip(taken as usize);
        let documents = made.map(|made| counted(readings.document(made), plan.language));
        take_in(db, documents, Some(&readings))?;
        taken = plan.filled;
    }
    if taken < plan.articles {
        let made = Maker::new(corpus)?
            .with_briefs(plan.wire..plan.filled)
            .take(plan.articles as usize)
            .skip(taken as usize);
        take_in(db, made.map(|made| counted(made.document(), plan.language)), None)?;
    }
    ask(db, corpus)
}

fn counted(mut document: Document, language: Option<LanguageCode>) -> Document {
    TEXT.fetch_add(document.bytes().len() as u64, Ordering::Relaxed);
    document.given.language = language;
    document
}

fn take_in(db: &Path, documents: impl Iterator<Item = Document>, readings: Option<&Readings>) -> Result<()> {
    let mut desk = Desk::open(db, Mode::Create, Limits::default(), Settings::default())?;
    let intake = Intake {
        keep: Keep::None,
        as_of: None,
    };
    eprintln!(
        "| articles | articles a second | articles a CPU second | memory, MB | file, MB |\n\
         | ---: | ---: | ---: | ---: | ---: |"
    );
    let (size_before, text_before) = (size(db), TEXT.load(Ordering::Relaxed));
    let mut report_at = 2_500;
    let (mut since, mut clock, mut busy) = (0, now(), cpu()?);
    let mut row = |tally: &Tally| {
        let seconds = clock.elapsed().as_secs_f64();
        let count = (tally.documents - since) as f64;
        let spent = cpu().unwrap_or(busy) - busy;
        eprintln!(
            "| {} | {:.0} | {:.0} | {} | {} |",
            tally.documents,
            count / seconds,
            count / spent,
            memory().unwrap_or(0) >> 20,
            size(db) / 1_000_000
        );
        (since, clock, busy) = (tally.documents, now(), cpu().unwrap_or(busy));
    };
    let mut tell = |tally: &Tally, _: &[SetAside]| {
        if tally.documents >= report_at {
            row(tally);
            report_at *= 2;
        }
    };
    let documents = documents.map(Ok);
    let tally = match readings {
        Some(readings) => {
            desk.ingest_analyzed(documents, &intake, &mut tell, |one| readings.analysis(one))?
        }
        None => desk.ingest(documents, &intake, &mut tell)?,
    };
    desk.tell_ahead(form("bench-desk"), page)?;
    row(&tally);
    drop(desk);
    let (text, file) = (TEXT.load(Ordering::Relaxed) - text_before, size(db) - size_before);
    eprintln!("{tally:?}");
    eprintln!(
        "text {} MB, file grown by {} MB: {:.2} bytes per byte of text",
        text / 1_000_000,
        file / 1_000_000,
        file as f64 / text.max(1) as f64
    );
    Ok(())
}

/// Bytes of text made so far.
static TEXT: AtomicU64 = AtomicU64::new(0);

/// Bytes of the desk, what still stands in its log among them.
fn size(db: &Path) -> u64 {
    let store = Store::open(db, Mode::Read, Limits::default());
    store.and_then(|store| store.bytes()).unwrap_or(0)
}

fn ask(db: &Path, corpus: &Path) -> Result<()> {
    let start = now();
    let desk = open(db)?;
    let first = desk.store().list(StoryOrder::Newest, 1, 20, 0)?;
    eprintln!("opened, first list shown: {:.1} ms", millis(start.elapsed()));
    anyhow::ensure!(!first.is_empty(), "the desk is empty");
    let mut random = Random::of(7);
    let words = words_of(corpus)?;
    let mut word = || words[random.below(words.len() as u64) as usize].clone();
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    let mut make =
        |name, of: &mut dyn FnMut() -> String| kinds.push((name, (0..QUESTIONS).map(|_| of()).collect()));
    make("one word", &mut || word().0);
    make("two words", &mut || format!("{} {}", word().0, word().0));
    make("phrase", &mut || {
        let (one, two) = word();
        format!("\"{one} {two}\"")
    });
    make("word, outlet", &mut || {
        format!("{} outlet:\"outlet 77\"", word().0)
    });
    make("word, days", &mut || {
        format!("{} since:2030-01-02 until:2030-01-03", word().0)
    });
    make("name", &mut || format!("entity:{}", word().0));
    make("either word", &mut || {
        format!("{} OR {} -{}", word().0, word().0, word().0)
    });
    let mut all = Vec::new();
    for (name, questions) in kinds {
        let mut times = Vec::new();
        for question in questions {
            let Ok(query) = Query::parse(&question) else {
                continue;
            };
            let start = now();
            desk.store().search(&query, 10)?;
            times.push(start.elapsed());
        }
        all.extend_from_slice(&times);
        tell(&format!("search, {name}"), &mut times);
    }
    tell("search, all", &mut all);
    let mut times = Vec::new();
    for page in 0..PAGES {
        for order in [StoryOrder::Newest, StoryOrder::Biggest] {
            let start = now();
            desk.store().list(order, 1 + page as u32 % 3, 20, page * 20)?;
            times.push(start.elapsed());
        }
    }
    tell("story list", &mut times);
    let start = now();
    let told = open_to(db, Mode::Write)?.tell_ahead(form("bench-desk"), page)?;
    eprintln!(
        "{told} pages told ahead, as behind an ingest: {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let fronts = [
        ("newest", StoryOrder::Newest, 1, 1),
        ("two origins", StoryOrder::Newest, 2, 1),
        ("biggest", StoryOrder::Biggest, 1, 1),
        ("anywhere", StoryOrder::Newest, 2, APART),
    ];
    for (name, order, least, apart) in fronts {
        let stories = listed(&desk, order, least, apart)?;
        tell_pages(&desk, name, &stories, "bench-desk")?;
        tell_pages(
            &desk,
            &format!("{name}, none kept"),
            &stories,
            "bench-desk, none kept",
        )?;
    }
    eprintln!("memory {} MB", memory()? >> 20);
    Ok(())
}

fn open(db: &Path) -> Result<Desk> {
    open_to(db, Mode::Read)
}

fn open_to(db: &Path, mode: Mode) -> Result<Desk> {
    Ok(Desk::open(db, mode, Limits::default(), Settings::default())?)
}

/// Stories of a list so far apart, from its head on.
fn listed(desk: &Desk, order: StoryOrder, least: u32, apart: usize) -> Result<Vec<StoryEntry>> {
    let mut stories = Vec::new();
    for at in 0..PAGES {
        stories.extend(desk.store().list(order, least, 1, at * apart)?);
    }
    Ok(stories)
}

const fn form(made_by: &str) -> Form<'_> {
    Form {
        most: REPORTS,
        as_of: None,
        made_by,
    }
}

fn page(account: Account) -> String {
    let stories = Stories {
        accounts: &[account],
        set_aside: &[],
        as_of: None,
    };
    html(&stories, &Options::default())
}

/// Pages of stories as `show --format html` makes them.
fn tell_pages(desk: &Desk, name: &str, stories: &[StoryEntry], made_by: &str) -> Result<()> {
    let (mut times, mut reports, mut anew) = (Vec::new(), 0, 0);
    let busy = cpu()?;
    for story in stories {
        let start = now();
        desk.page(story.number, form(made_by), |account| {
            anew += 1;
            page(account)
        })?;
        times.push(start.elapsed());
        reports += (story.articles as usize).min(REPORTS);
    }
    let mean = |sum: f64| sum / times.len().max(1) as f64;
    let (reports, spent) = (mean(reports as f64), mean((cpu()? - busy) * 1e3));
    tell(
        &format!("story page, {name} ({reports:.1} reports, {anew} told anew, {spent:.0} ms of CPU time)"),
        &mut times,
    );
    Ok(())
}

/// Words of the corpus with the word behind each, as a reader might ask for them.
fn words_of(corpus: &Path) -> Result<Vec<(String, String)>> {
    let made = Maker::new(corpus)?.take(400);
    let mut words = Vec::new();
    for article in made {
        let all: Vec<String> = article
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 1)
            .map(str::to_owned)
            .collect();
        let pairs = all.windows(2).filter(|pair| pair[0].len() > 3);
        words.extend(pairs.map(|pair| (pair[0].clone(), pair[1].clone())));
    }
    anyhow::ensure!(!words.is_empty(), "no words to ask for");
    Ok(words)
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| millis(*time))
    };
    eprintln!(
        "{what}: median {:.1} ms, 95 % under {:.1} ms, longest {:.1} ms ({} asked)",
        at(0.5),
        at(0.95),
        at(1.0),
        times.len()
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[expect(clippy::disallowed_methods, reason = "time is what is measured here")]
fn now() -> Instant {
    Instant::now()
}

/// Seconds of CPU time of this process, all threads.
fn cpu() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/stat").context("CPU time is read from /proc (Linux)")?;
    let fields: Vec<&str> = text
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    Ok((ticks(11) + ticks(12)) / 100.0)
}

/// Bytes of memory in use that are the process's own: pages of the file that the system keeps at hand do not count.
fn memory() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/statm").context("memory is read from /proc (Linux)")?;
    let pages: Vec<u64> = text
        .split(' ')
        .filter_map(|field| field.trim().parse().ok())
        .collect();
    Ok((pages.get(1).unwrap_or(&0) - pages.get(2).unwrap_or(&0)) * 4096)
}
