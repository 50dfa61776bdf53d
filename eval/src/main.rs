//! Runs every scorer over every corpus it fits, keeps the scores, fails when one drops.
//!
//! `run TASK` writes predictions in the form that the task's scorer reads; it reads only the fields that a task may
//! see, so a file without its gold fields gives the same output.

mod bcubed;
mod bench_desk;
mod bench_disk;
mod bench_fetch;
mod bench_kills;
mod bench_stories;
mod bench_story;
mod bench_warc;
mod briefs;
mod examples;
mod feeds;
mod floors;
mod lines;
mod made_archive;
mod made_readings;
mod made_stream;
mod one_story;
mod packs;
mod python;
mod random;
mod scoring;
mod seeds;
mod show_one;
mod show_syntax;
mod stories_read;
mod story_check;
mod story_lines;
mod tasks;
mod warcs;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Runs every scorer, keeps the scores and their floors")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

/// The press on loopback that a watch is held against.
#[derive(Debug, clap::Args)]
struct Press {
    /// Outlets, each with a feed; those that are waited for are left out.
    #[arg(long, default_value_t = 60)]
    outlets: usize,
    /// Items of each.
    #[arg(long, default_value_t = 12)]
    items: usize,
}

#[derive(Subcommand)]
enum Verb {
    /// Write one task's predictions for any file in its pack's format.
    Run {
        /// Task name: extraction, date, quotes, times, entities, events, syntax, stories, copies, pairs:KIND, faith.
        task: String,
        /// Input files, plain or gzip.
        #[arg(long, required = true, num_args = 1..)]
        input: Vec<PathBuf>,
        /// Where to write the predictions.
        #[arg(long)]
        output: PathBuf,
        /// For syntax: keep the tokens of the input instead of reading raw text.
        #[arg(long)]
        gold_tokens: bool,
    },
    /// Measure the stories step over a made-up stream: articles a second and memory as the window grows.
    BenchStories {
        /// Articles of the stream.
        #[arg(long, default_value_t = 1_000_000)]
        articles: u64,
        /// Instead, stop and resume the run at drawn places; it must end in the state of an unbroken one.
        #[arg(long)]
        resume: bool,
    },
    /// Measure the account of one big made-up story: time of one core, memory, and what one more report costs.
    BenchStory {
        /// Reports of the story.
        #[arg(long, default_value_t = 200)]
        reports: u64,
    },
    /// Measure stories and copies beyond their scorers: loss at arrival, ids that change, neighbours, shares of own words.
    StoriesLines {
        /// Folder that holds the packs.
        #[arg(long, default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Print so many stories of the stream, drawn by seed, for reading by eye instead.
        #[arg(long)]
        draw: Option<usize>,
        /// The seed.
        #[arg(long, default_value_t = 100)]
        seed: u64,
    },
    /// Watch a press of made-up outlets on loopback with the program itself, and hold the desk against what had to come.
    BenchFetch {
        /// The program, built with --release.
        #[arg(long, default_value = "target/release/twosource")]
        program: PathBuf,
        /// Outlets, each with a feed.
        #[arg(long, default_value_t = 300)]
        outlets: usize,
        /// Items of each.
        #[arg(long, default_value_t = 67)]
        items: usize,
    },
    /// Write a CC-NEWS-like archive, read it, and follow each record's locator back to its bytes.
    BenchWarc {
        /// Megabytes of the archive.
        #[arg(long, default_value_t = 1000)]
        megabytes: u64,
        /// Pages to fill it with (JSON Lines, gzip) [default: the pack extraction].
        #[arg(long)]
        pages: Option<PathBuf>,
    },
    /// Read the sample feeds of two public feed parsers, and count where we read the same.
    Feeds {
        /// Folder for the parsers' packages, filled from the registry when empty.
        #[arg(long, default_value = "target/peers")]
        packages: PathBuf,
        /// File for the differences.
        #[arg(long)]
        differences: Option<PathBuf>,
    },
    /// Read the sample archives of public WARC libraries, and count what comes out as warcio reads it.
    Warcs {
        /// Folder for the packages, filled from the registry when empty.
        #[arg(long, default_value = "target/peers")]
        packages: PathBuf,
    },
    /// Fill a desk with made-up articles, then search, list and tell: rates, times, memory, size.
    BenchDesk {
        /// Articles of the desk.
        #[arg(long, default_value_t = 1_000_000)]
        articles: u64,
        /// So many of them, the first ones, have their analyses put together from those of their sentences: some ten times
        /// as fast as the language step.
        #[arg(long, default_value_t = 0)]
        filled: u64,
        /// Of the filled ones so many have lengths of a news wire, the others are briefs of three sentences [default: all].
        #[arg(long)]
        wire: Option<u64>,
        /// The desk's file; it is made, or filled up.
        #[arg(long)]
        db: PathBuf,
        /// Articles whose sentences are used [default: the stream of stories in ../shared].
        #[arg(long)]
        corpus: Option<PathBuf>,
        /// Language that the articles are said to be in [default: found out, so English].
        #[arg(long)]
        language: Option<String>,
    },
    /// Kill an ingest at random moments; the outcome must equal an undisturbed run.
    BenchKills {
        /// How many kills.
        #[arg(long, default_value_t = 100)]
        kills: u32,
        /// Articles of the archive.
        #[arg(long, default_value_t = 3_000)]
        articles: usize,
        /// The program.
        #[arg(long, default_value = "target/release/twosource")]
        binary: PathBuf,
        /// A folder for archive and desks.
        #[arg(long)]
        folder: PathBuf,
        /// Articles whose sentences are used.
        #[arg(long)]
        corpus: Option<PathBuf>,
    },
    /// Kill a watch of a press on loopback at random moments; what comes out must equal an undisturbed run.
    BenchWatchKills {
        /// How many kills.
        #[arg(long, default_value_t = 100)]
        kills: u32,
        #[command(flatten)]
        press: Press,
        /// The program.
        #[arg(long, default_value = "target/release/twosource")]
        binary: PathBuf,
        /// A folder for the desks.
        #[arg(long)]
        folder: PathBuf,
    },
    /// Meet a full disk and a read-only one with an ingest and a watch; what comes out must equal an undisturbed run.
    BenchDisk {
        /// Articles of the archive.
        #[arg(long, default_value_t = 2_000)]
        articles: usize,
        #[command(flatten)]
        press: Press,
        /// The program.
        #[arg(long, default_value = "target/release/twosource")]
        binary: PathBuf,
        /// A folder for archive and desks.
        #[arg(long)]
        folder: PathBuf,
        /// Articles whose sentences are used.
        #[arg(long)]
        corpus: Option<PathBuf>,
    },
    /// Score every pack (or those whose name or task contains a word) and print one table.
    All {
        /// Words that choose packs.
        only: Vec<String>,
        /// Folder that holds corpora/ and bench/ [default: ../shared beside the repository].
        #[arg(long)]
        shared: Option<PathBuf>,
        /// Keep the scores as eval/results/DATE-MACHINE.json and .md.
        #[arg(long, requires = "machine")]
        date: Option<String>,
        /// What machine this is, in a word or two.
        #[arg(long)]
        machine: Option<String>,
    },
    /// Score, and fail when a figure lies below its floor (eval/floors.json).
    Floors {
        /// Words that choose packs.
        only: Vec<String>,
        /// Folder that holds corpora/ and bench/.
        #[arg(long)]
        shared: Option<PathBuf>,
        /// Raise the floors to what was reached; none is lowered.
        #[arg(long)]
        raise: bool,
    },
    /// Check the account of the two sample reports, item by item.
    Seeds {
        /// Folder that holds the reports [default: ../shared/seeds beside the repository].
        folder: Option<PathBuf>,
    },
    /// ROUGE of briefs against human summaries, beside the first sentences and a centroid method.
    Briefs {
        /// Folder that holds corpora/.
        #[arg(long)]
        shared: Option<PathBuf>,
        /// Most cases of each pack.
        #[arg(long, default_value_t = usize::MAX)]
        limit: usize,
    },
    /// Draw stories of the corpora and show what their accounts say is shared or differs, to be read by eye; with
    /// --tally, how much of what was read holds.
    StoryCheck {
        /// What fixes the order in which stories are drawn.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many stories.
        #[arg(long, default_value_t = 30)]
        stories: usize,
        /// Only these stories, by name.
        only: Vec<String>,
        /// Draw from this pack: roundups, roundups-summary, faith, stories-leads, stories-ecbplus, stories-headlines, neighbours,
        /// copies-real, quotes, mrpc, numdiff, sts_news, quotepairs, rte3; each article dealt out to two reports (itself, or
        /// itself:PACK), whose differences are false but for a few; or from a file of articles (JSON Lines), grouped first
        /// [default: stories-fulltext and stories-stream].
        #[arg(long)]
        pack: Option<String>,
        /// Show differences only.
        #[arg(long)]
        differences: bool,
        /// Count the verdicts of the list instead.
        #[arg(long)]
        tally: bool,
        /// The list of what was read [default: eval/account-checked.tsv].
        #[arg(long)]
        checked: Option<PathBuf>,
        /// Folder that holds corpora/.
        #[arg(long)]
        shared: Option<PathBuf>,
    },
    /// Run the main job on the repository's examples and check what has to come out of each.
    Examples {
        /// Folder of the repository.
        #[arg(long, default_value = ".")]
        repository: PathBuf,
    },
    /// Show one case of a task: gold and output side by side.
    ShowOne {
        /// Task or pack.
        task: String,
        /// Id of the case.
        id: String,
        /// Folder that holds corpora/ and bench/.
        #[arg(long)]
        shared: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Run {
            task,
            input,
            output,
            gold_tokens,
        } => tasks::run(
            &task,
            &tasks::Job {
                input,
                output,
                gold_tokens,
            },
        ),
        Verb::BenchFetch {
            program,
            outlets,
            items,
        } => bench_fetch::run(&program, outlets, items),
        Verb::BenchWarc { megabytes, pages } => {
            let pack = || {
                scoring::Places::new(None)
                    .shared
                    .join("corpora/extraction/pages.jsonl.gz")
            };
            bench_warc::run(megabytes, &pages.unwrap_or_else(pack))
        }
        Verb::Feeds {
            packages,
            differences,
        } => feeds::run(&packages, differences.as_deref()),
        Verb::BenchStories {
            articles,
            resume: true,
        } => bench_stories::resume(articles),
        Verb::StoriesLines { corpora, draw, seed } => {
            let table = |name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
            let checked = ["stories-checked.tsv", "stories-later.tsv"].map(table);
            story_lines::run(&corpora, &checked, draw, seed)
        }
        Verb::BenchStories { articles, .. } => bench_stories::run(articles),
        Verb::BenchStory { reports } => bench_story::run(reports),
        Verb::Warcs { packages } => warcs::run(&packages),
        Verb::BenchDesk {
            articles,
            filled,
            wire,
            db,
            corpus,
            language,
        } => {
            let language = language.and_then(|tag| twosource_model::LanguageCode::of_tag(&tag));
            let plan = bench_desk::Plan {
                articles,
                filled: filled.min(articles),
                wire: wire.unwrap_or(filled),
                language,
            };
            bench_desk::run(&plan, &db, &stream_of(corpus))
        }
        Verb::BenchKills {
            kills,
            articles,
            binary,
            folder,
            corpus,
        } => bench_kills::ingest(kills, articles, &binary, &folder, &stream_of(corpus)),
        Verb::BenchWatchKills {
            kills,
            press,
            binary,
            folder,
        } => bench_kills::watch(kills, press.outlets, press.items, &binary, &folder),
        Verb::BenchDisk {
            articles,
            press,
            binary,
            folder,
            corpus,
        } => {
            bench_disk::ingest(articles, &binary, &folder.join("ingest"), &stream_of(corpus))?;
            bench_disk::watch(press.outlets, press.items, &binary, &folder.join("watch"))
        }
        Verb::All {
            only,
            shared,
            date,
            machine,
        } => {
            let mut scores = scoring::score_all(&scoring::Places::new(shared), &only)?;
            let table = scoring::table(&scores);
            std::io::Write::write_all(&mut std::io::stdout(), table.as_bytes())?;
            if let (Some(date), Some(machine)) = (date, machine) {
                scores.date = date;
                scores.machine = machine;
                keep(&scores, &table)?;
            }
            Ok(())
        }
        Verb::Floors { only, shared, raise } => {
            let scores = scoring::score_all(&scoring::Places::new(shared), &only)?;
            if raise {
                floors::raise(&scores)?;
            }
            floors::check(&scores, only.is_empty())
        }
        Verb::Seeds { folder } => {
            seeds::run(&folder.unwrap_or_else(|| scoring::Places::new(None).shared.join("seeds")))
        }
        Verb::Briefs { shared, limit } => briefs::run(&scoring::Places::new(shared).shared, limit),
        Verb::StoryCheck {
            seed,
            stories,
            only,
            pack,
            differences,
            tally,
            checked,
            shared,
        } => {
            let list = || Path::new(env!("CARGO_MANIFEST_DIR")).join("account-checked.tsv");
            let checked = checked.unwrap_or_else(list);
            if tally {
                story_check::tally(&checked)
            } else {
                let shared = scoring::Places::new(shared).shared;
                let request = story_check::Request {
                    seed,
                    count: stories,
                    only: &only,
                    pack: pack.as_deref(),
                    only_differences: differences,
                };
                story_check::sheet(&shared, &checked, &request)
            }
        }
        Verb::Examples { repository } => examples::run(&repository),
        Verb::ShowOne { task, id, shared } => show_one::show(&scoring::Places::new(shared), &task, &id),
    }
}

/// The corpus whose sentences made-up archives are of.
fn stream_of(corpus: Option<PathBuf>) -> PathBuf {
    corpus.unwrap_or_else(|| {
        let shared = scoring::Places::new(None).shared;
        shared.join("corpora/stories-stream/articles.jsonl.gz")
    })
}

/// Keeps a run's scores in the repository, for machines and for people.
fn keep(scores: &scoring::Scores, table: &str) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    std::fs::create_dir_all(&folder).context("making eval/results")?;
    let name = format!("{}-{}", scores.date, scores.machine.replace(' ', "-"));
    std::fs::write(
        folder.join(format!("{name}.json")),
        serde_json::to_string_pretty(scores)? + "\n",
    )?;
    let made_by = "Made by `cargo run --release -p twosource-eval -- all`.";
    let head = format!("# Scores of {}, {}\n\n{made_by}\n\n", scores.date, scores.machine);
    std::fs::write(folder.join(format!("{name}.md")), head + table)?;
    Ok(())
}
