//! `bench-stories`: speed and memory of the stories step over a stream that it writes itself ([`made_stream`]).
//!
//! [`made_stream`]: crate::made_stream

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use twosource_model::Article;
use twosource_stories::{Reading, Settings, Stream};

use crate::bcubed::bcubed;
use crate::made_stream::{Draft, Drafts};
use crate::random::Random;

/// Articles of the first line of the curve; each line doubles it.
const FIRST: usize = 10_000;
/// Times it is interrupted.
const STOPS: u64 = 5;
/// Articles that are read before they are grouped.
const AT_ONCE: usize = 500;

/// Prints a line whenever the window has doubled, up to `most` articles, and how the stories found compare with those
/// that were made.
pub fn run(most: u64) -> Result<()> {
    let mut stream = Stream::new(Settings::default());
    let mut made = Vec::new();
    let mut report_at = FIRST;
    let (mut reading, mut grouping, mut since) = (0.0, 0.0, 0);
    eprintln!(
        "| articles in the window | a CPU second | with reading | kB an article |\n| ---: | ---: | ---: | ---: |"
    );
    let base = memory()?;
    let mut drafts = Drafts::new().take(most as usize);
    while made.len() < most as usize {
        // the clock ticks in milliseconds: it is read for many articles at once
        let some: Vec<Draft> = drafts.by_ref().take(AT_ONCE).collect();
        let articles: Vec<Article> = some.iter().map(Draft::article).collect();
        let start = cpu()?;
        let readings: Vec<Reading> = some
            .iter()
            .zip(&articles)
            .map(|(draft, article)| draft.read(article))
            .collect();
        let between = cpu()?;
        for reading in readings {
            stream.push_reading(reading);
        }
        reading += between - start;
        grouping += cpu()? - between;
        since += some.len();
        made.extend(some.iter().map(|draft| draft.story));
        let count = made.len();
        if count == report_at || count == most as usize {
            let kilobytes = (memory()? - base) as f64 / 1e3 / count as f64;
            let each = |spent: f64| since as f64 / spent;
            eprintln!(
                "| {count} | {:.0} | {:.0} | {kilobytes:.2} |",
                each(grouping),
                each(reading + grouping)
            );
            report_at *= 2;
            (reading, grouping, since) = (0.0, 0.0, 0);
        }
    }
    stream.repair();
    let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
    for story in &made {
        *sizes.entry(*story).or_default() += 1;
    }
    let mut sizes: Vec<u64> = sizes.into_values().collect();
    sizes.sort_unstable();
    let at = |share: usize| sizes[(sizes.len() - 1) * share / 1_000];
    eprintln!(
        "{} stories made; size at the middle {}, of one in ten {} or more, one in a hundred {}, one in a thousand {}, the biggest {}",
        sizes.len(),
        at(500),
        at(900),
        at(990),
        at(999),
        at(1_000)
    );
    let found = stream.assignments().map(|(_, story)| story);
    let [precision, recall] = bcubed(found.zip(&made));
    eprintln!("B-cubed of what was found: precision {precision:.3}, recall {recall:.3}");
    Ok(())
}

/// Runs the first `most` articles in one go, read by one thread, and again with eight, stopped at drawn places and gone on
/// with from the saved bytes alone; the states must be the same bytes in the end.
pub fn resume(most: u64) -> Result<()> {
    let mut unbroken = Stream::new(Settings::default());
    read(most, 1, |_, reading| {
        unbroken.push_reading(reading);
        Ok(())
    })?;
    let mut random = Random::of(most);
    let stops: Vec<u64> = (0..STOPS).map(|_| random.below(most)).collect();
    let mut broken = Stream::new(Settings::default());
    read(most, 8, |draft, reading| {
        if stops.contains(&draft.number) {
            broken = Stream::restore(&broken.save()?)?;
            eprintln!("stopped before article {}", draft.number);
        }
        broken.push_reading(reading);
        Ok(())
    })?;
    let (unbroken, broken) = (unbroken.save()?, broken.save()?);
    ensure!(unbroken == broken, "the interrupted run ends in another state");
    eprintln!(
        "{} bytes of state, the same after {STOPS} stops, read by 1 and by 8 threads",
        broken.len()
    );
    Ok(())
}

/// Reads the made stream with so many threads and hands it on in order.
fn read(most: u64, threads: usize, mut take: impl FnMut(Draft, Reading) -> Result<()>) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let drafts: Vec<Draft> = Drafts::new().take(most as usize).collect();
    for some in drafts.chunks(AT_ONCE) {
        let readings: Vec<Reading> = pool.install(|| {
            some.par_iter()
                .map(|draft| draft.read(&draft.article()))
                .collect()
        });
        for (draft, reading) in some.iter().zip(readings) {
            take(*draft, reading)?;
        }
    }
    Ok(())
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
