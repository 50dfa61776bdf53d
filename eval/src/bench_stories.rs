//! `bench-stories`: speed and memory of the stories step over a stream that it writes itself.
//!
//! Words follow Zipf's law over 300,000 made-up ones, a sixth of a text is made of words of its story; six in ten articles belong to a story that is open already, and the
//! chance of a story grows with its size, so that a few are big.

use std::fs;

use anyhow::{Context, Result};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Moment, Outlet};
use twosource_stories::{Item, Settings, Stream};

/// Made-up words.
const WORDS: f64 = 300_000.0;
/// Words of a text.
const LENGTH: u64 = 260;
/// Words that belong to one story, most of them words of the language.
const TOPIC: u64 = 40;
/// Articles among which the story of the next one is drawn: about two days of a big desk.
const OPEN: u64 = 4_000;
/// Articles of a day.
const DAY: u64 = 20_000;

/// Prints a line whenever the window has doubled, up to `most` articles.
pub fn run(most: u64) -> Result<()> {
    let mut stream = Stream::new(Settings::default());
    let mut random = Random(20_181_122);
    let mut stories: Vec<u64> = Vec::new();
    let mut report_at = 10_000;
    let (mut spent, mut since) = (0.0, 0);
    eprintln!("| articles in the window | articles per CPU second | kB an article |\n| ---: | ---: | ---: |");
    let base = memory()?;
    for at in 0..most {
        let story = match random.below(10) {
            0..6 if at > 0 => stories[(at - 1 - random.below(at.min(OPEN))) as usize],
            _ => at,
        };
        stories.push(story);
        let article = write(at, story, &mut random);
        let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
        let seen: Option<Moment> = day(at / DAY);
        let before = cpu()?;
        stream.push(
            &Item {
                article: &article,
                analysis: &analysis,
            },
            seen,
        );
        spent += cpu()? - before;
        since += 1;
        if at + 1 == report_at || at + 1 == most {
            let kilobytes = (memory()? - base) as f64 / 1e3 / (at + 1) as f64;
            eprintln!(
                "| {} | {:.0} | {kilobytes:.2} |",
                at + 1,
                f64::from(since) / spent
            );
            report_at *= 2;
            (spent, since) = (0.0, 0);
        }
    }
    Ok(())
}

fn write(at: u64, story: u64, random: &mut Random) -> Article {
    let mut text = String::new();
    for place in 0..LENGTH {
        // a story's own words are rarer words of the language, and one name in so many is met in it alone
        let rank = if random.below(6) == 0 {
            let own = Random(story * TOPIC + random.below(TOPIC) + 1).next();
            if own.is_multiple_of(TOPIC) {
                2_000_000 + story
            } else {
                500 + own % (WORDS as u64 - 500)
            }
        } else {
            (WORDS.ln() * random.unit()).exp() as u64
        };
        let word = letters(rank);
        let capital = random.below(8) == 0;
        text.extend(word.chars().enumerate().map(|(n, c)| {
            if n == 0 && capital {
                c.to_ascii_uppercase()
            } else {
                c
            }
        }));
        text.push_str(if place % 18 == 17 { ". " } else { " " });
    }
    let title: String = text
        .split_whitespace()
        .skip(3)
        .take(9)
        .collect::<Vec<_>>()
        .join(" ");
    let mut article = Article::of_text(ArticleId::new(&format!("n{at}")), &title, &text);
    article.outlet = Some(Outlet {
        name: format!("outlet {}", random.below(900)),
        host: None,
    });
    article
}

fn letters(mut number: u64) -> String {
    let mut word = String::new();
    while number > 0 {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    word
}

fn day(number: u64) -> Option<Moment> {
    format!(
        "20{:02}-{:02}-{:02}",
        30 + number / 336,
        1 + number / 28 % 12,
        1 + number % 28
    )
    .parse()
    .ok()
}

/// Seconds of CPU time of this thread so far, from the scheduler's own count in nanoseconds.
fn cpu() -> Result<f64> {
    let text =
        fs::read_to_string("/proc/thread-self/schedstat").context("CPU time is read from /proc (Linux)")?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or("0").parse()?;
    Ok(nanoseconds / 1e9)
}

/// Bytes of memory in use.
fn memory() -> Result<i64> {
    let text = fs::read_to_string("/proc/self/statm").context("memory is read from /proc (Linux)")?;
    let pages: i64 = text.split(' ').nth(1).unwrap_or("0").parse()?;
    Ok(pages * 4096)
}

/// xorshift*: the same stream on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    fn unit(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }
}
