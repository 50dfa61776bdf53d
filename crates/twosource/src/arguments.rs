//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub mod desk;
pub mod fetching;
pub mod watch;

use desk::{
    AlertsOptions, BackupOptions, DeskOptions, ExportOptions, ImportOptions, IngestOptions, MergeOptions,
    PruneOptions, QuarantineOptions, RetryOptions, SearchOptions, ShowOptions, SplitOptions, StoriesOptions,
    WhyOptions,
};
use fetching::Fetching;
use watch::{SourcesOptions, WatchOptions};

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read and done
  1  verify, check: something does not hold
  2  wrong arguments
  3  done, but some input was set aside (the reasons are on standard error)
  4  nothing could be done";

/// Reads what many outlets wrote and tells what happened, who says so, and where they differ.
#[derive(Debug, Parser)]
#[command(name = "twosource", version, about, max_term_width = 100, after_help = EXIT_CODES)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    infer_subcommands = true
)]
pub struct Arguments {
    /// Worker threads [default: one a core]. The output is the same for any number.
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// The main job: reports in, stories with their accounts out
    #[command(after_help = "\
Examples:
  twosource compare reports/                          every report below a folder, as text
  twosource compare a.html b.html c.txt               some files
  twosource compare https://one.example/ferry https://two.example/ferry-aground
  twosource compare --format html reports/ > story.html
  twosource compare --format json reports/ > story.json && twosource verify story.json reports/")]
    Compare(CompareOptions),
    /// Documents in, articles out (JSON Lines)
    #[command(after_help = "\
Examples:
  twosource extract page.html                         one article as a line of JSON
  twosource extract --explain page.html               what was kept and left out, and why
  twosource extract pages.jsonl.gz > articles.jsonl")]
    Extract(ExtractOptions),
    /// Articles in, analyses out (JSON Lines)
    #[command(after_help = "\
Examples:
  twosource analyze articles.jsonl > analyses.jsonl
  twosource analyze --only quotes,times page.html
  twosource analyze --format conllu page.html         tokens, tags and trees")]
    Analyze(AnalyzeOptions),
    /// Articles in, one line per article out: article, story, origin (JSON Lines)
    #[command(after_help = "\
Example:
  twosource cluster articles.jsonl                    {\"id\":…,\"story\":…,\"origin\":…} for each article")]
    Cluster(ClusterOptions),
    /// Check that every anchor of an account resolves to the words it claims
    #[command(after_help = "\
Examples:
  twosource verify story.json                         against the texts that the account carries
  twosource verify story.json reports/                against the reports themselves, read anew")]
    Verify(VerifyOptions),
    /// Documents into the desk's file; goes on where it stopped
    #[command(after_help = "\
Examples:
  twosource ingest reports/ --db desk.db              every report below a folder; again: only what is new
  zcat archive.jsonl.gz | twosource ingest - --db desk.db
  twosource ingest CC-NEWS-20180720.warc.gz --db desk.db --keep none")]
    Ingest(IngestOptions),
    /// Feeds and sitemaps into the desk's file, over and over; stories are kept current
    #[command(after_help = "\
Examples:
  twosource watch feeds.opml --db desk.db --contact desk@example.org
  twosource watch https://one.example/feed https://two.example/news-sitemap.xml --db desk.db
  twosource watch feeds.opml --db desk.db --once      every source once, for a timer of one's own")]
    Watch(WatchOptions),
    /// What is watched and how it is doing: last good reading, last failure, sudden changes
    #[command(after_help = "\
Examples:
  twosource sources --db desk.db
  twosource sources --db desk.db --format opml > feeds.opml")]
    Sources(SourcesOptions),
    /// The stories of a desk
    #[command(after_help = "\
Examples:
  twosource stories --db desk.db                      those that last got a report
  twosource stories --db desk.db --order biggest --origins 2")]
    Stories(StoriesOptions),
    /// One story with its account, or one article with its states
    #[command(after_help = "\
Examples:
  twosource show s12 --db desk.db                     as `compare` shows it
  twosource show s12 --db desk.db --format html > story.html
  twosource show https://example.org/ferry --db desk.db")]
    Show(ShowOptions),
    /// Find reports by their words
    #[command(after_help = "\
Examples:
  twosource search ferry \"ran aground\" --db desk.db
  twosource search 'speaker:\"Anna Berg\" since:2018-07-01 -storm' --db desk.db
  twosource search outlet:gazette story:s12 --db desk.db --format jsonl")]
    Search(SearchOptions),
    /// Why the articles of a story are together, or why an article is where it is
    #[command(after_help = "\
Examples:
  twosource why s12 --db desk.db
  twosource why https://example.org/ferry --db desk.db")]
    Why(WhyOptions),
    /// These stories are one: kept by every later run, until undone
    #[command(after_help = "Example:\n  twosource merge s12 s40 --db desk.db")]
    Merge(MergeOptions),
    /// These articles are another story: kept by every later run, until undone
    #[command(after_help = "Example:\n  twosource split s12 https://example.org/other --db desk.db")]
    Split(SplitOptions),
    /// Take the last merge or split back
    #[command(after_help = "Example:\n  twosource undo --db desk.db")]
    Undo(DeskOptions),
    /// The desk, or a part of it, for other programs
    #[command(after_help = "\
Examples:
  twosource export --db desk.db --out desk.jsonl      the whole desk, for `import`
  twosource export --db desk.db --format parquet --table events --out events.parquet
  twosource export --db desk.db --format atom --story s12 > s12.atom")]
    Export(ExportOptions),
    /// A new desk from an export
    #[command(after_help = "Example:\n  twosource import desk.jsonl --db copy.db")]
    Import(ImportOptions),
    /// Saved searches and stories that tell of a new origin, number, quote, contradiction or correction, once each
    #[command(after_help = "\
Examples:
  twosource alerts add ferry --story s12 --db desk.db
  twosource alerts add budget --search 'budget speaker:minister' --db desk.db
  twosource alerts tell --db desk.db                  what is new since the last time, one JSON object a line
  twosource alerts tell --db desk.db --drop outbox/   one message a file, for whatever sends mail")]
    Alerts(AlertsOptions),
    /// Copy the desk's file while it is in use
    #[command(after_help = "Example:\n  twosource backup copy.db --db desk.db")]
    Backup(BackupOptions),
    /// Let stories go that have grown old, by age or by size
    #[command(after_help = "\
Examples:
  twosource prune --db desk.db --before 2018-01-01    stories without a report since that day
  twosource prune --db desk.db --down-to 2048         those that got no report for longest, until the rest takes 2 GiB")]
    Prune(PruneOptions),
    /// How much is in the desk, in the text format that Prometheus reads
    #[command(after_help = "\
Examples:
  twosource figures --db desk.db > /var/lib/node_exporter/desk.prom
  twosource watch feeds.opml --db desk.db --figures desk.prom     written anew after each round")]
    Figures(DeskOptions),
    /// Check every hash, every span and every tie of the desk's file
    #[command(after_help = "Example:\n  twosource check --db desk.db && echo sound")]
    Check(DeskOptions),
    /// What was set aside, with its reasons
    #[command(after_help = "Example:\n  twosource quarantine --db desk.db")]
    Quarantine(QuarantineOptions),
    /// Try again what was set aside
    #[command(after_help = "Example:\n  twosource retry --db desk.db")]
    Retry(RetryOptions),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  twosource completions bash > ~/.local/share/bash-completion/completions/twosource"
    )]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  twosource man > twosource.1 && man ./twosource.1")]
    Man,
}

/// What is read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files or folders: pages (.html, .mhtml), plain text (.txt), Markdown, JSON Lines of pages or articles, feeds, WARC;
    /// plain, .gz or .zst; - is standard input; addresses of pages, feeds and sitemaps are fetched
    #[arg(required = true, value_name = "PATH|URL")]
    pub paths: Vec<PathBuf>,
    /// Largest document that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub max_size: u64,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub fetching: Fetching,
}

/// How documents are read.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// Rules for the pages of single outlets, or a folder of them (.rules); CONTRIBUTING tells their form
    #[arg(long, value_name = "PATH")]
    pub rules: Option<PathBuf>,
    /// Read each document by itself: a line that recurs over an outlet's other pages is left in
    #[arg(long)]
    pub alone: bool,
}

/// Options of `compare`.
#[derive(Debug, Args)]
pub struct CompareOptions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to show the accounts
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The day the account is told on (2018-07-20): what is past, what is planned
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Order of the statements inside their class
    #[arg(long, value_enum, default_value_t = Sort::Support)]
    pub sort: Sort,
}

/// Forms of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal
    Text,
    /// Markdown with footnotes
    Markdown,
    /// One self-contained page
    Html,
    /// For programs, and for `verify`
    Json,
}

/// Order of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Best supported first
    Support,
    /// As the reports appeared
    Time,
}

/// What offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Offsets {
    /// Bytes of UTF-8
    Bytes,
    /// Unicode code points
    Chars,
}

/// Options of `extract`.
#[derive(Debug, Args)]
pub struct ExtractOptions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Show each block of the documents as text for people: kept or left out, its chance, and the rule that took it
    #[arg(long)]
    pub explain: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Bytes)]
    pub offsets: Offsets,
}

/// Options of `analyze`.
#[derive(Debug, Args)]
pub struct AnalyzeOptions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Layers to make [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LAYER")]
    pub only: Vec<Layer>,
    /// Give the tokens with tags and trees too
    #[arg(long)]
    pub tokens: bool,
    /// JSON Lines, CoNLL-U with tokens, tags and trees, or one page with a switch for each layer on the text
    #[arg(long, value_enum, default_value_t = AnalysisFormat::Jsonl)]
    pub format: AnalysisFormat,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Bytes)]
    pub offsets: Offsets,
}

/// Layers of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layer {
    /// Sentences
    Sentences,
    /// Mentions and entities
    Mentions,
    /// Quotes
    Quotes,
    /// Time expressions
    Times,
    /// Numbers
    Numbers,
    /// Political events
    Events,
}

/// Forms of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnalysisFormat {
    /// One object an article
    Jsonl,
    /// Universal Dependencies' tab-separated form
    Conllu,
    /// One self-contained page
    Html,
}

/// Options of `cluster`.
#[derive(Debug, Args)]
pub struct ClusterOptions {
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// An account as `compare --format json` gives it; - is standard input
    pub account: PathBuf,
    /// The reports themselves: they are read anew and must carry the same words
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The rules that the reports were read by
    #[arg(long, value_name = "PATH")]
    pub rules: Option<PathBuf>,
}

impl From<Offsets> for twosource_render::wire::Offsets {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => Self::Bytes,
            Offsets::Chars => Self::Chars,
        }
    }
}
