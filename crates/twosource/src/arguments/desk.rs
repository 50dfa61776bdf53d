//! What can be typed after the verbs of the desk.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::fetching::Fetching;
use super::{Format, Inputs, Reading, Sort};

/// Which desk.
#[derive(Debug, Clone, Args)]
pub struct DeskFile {
    /// The desk's file
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
}

/// Options of `ingest`.
#[derive(Debug, Args)]
pub struct IngestOptions {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub desk: DeskFile,
    #[command(flatten)]
    pub intake: IntakeOptions,
}

/// How documents are taken in.
#[derive(Debug, Clone, Args)]
pub struct IntakeOptions {
    /// The day that counts as "now": stands in for the date of a report that has none
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Whose bytes the file keeps beside the text: of documents that cannot be read again from where they lie, of all, of none
    #[arg(long, value_enum, default_value_t = Keep::Fetched)]
    pub keep: Keep,
    /// Largest size of the desk's file, in MiB [default: as large as the disk allows]
    #[arg(long, value_name = "MIB")]
    pub max_db: Option<u64>,
    /// Write figures of the desk to this file when done, and after each round of `watch`, as Prometheus reads them
    #[arg(long, value_name = "FILE")]
    pub figures: Option<PathBuf>,
}

/// Whose bytes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// Of fetched pages and standard input
    Fetched,
    /// Of all documents
    All,
    /// Of none
    None,
}

/// Forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For the terminal
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Options of `stories`.
#[derive(Debug, Args)]
pub struct StoriesOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    /// Which come first
    #[arg(long, value_enum, default_value_t = Order::Newest)]
    pub order: Order,
    /// Only stories with at least this many origins
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub origins: u32,
    /// How many
    #[arg(short = 'n', long = "most", value_name = "N", default_value_t = 20)]
    pub most: usize,
    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub skip: usize,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Order of a list of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// The one that last got a report
    Newest,
    /// The one with most origins
    Biggest,
}

/// Most reports that a story is shown from where no other number is asked for.
pub const REPORTS_SHOWN: usize = 60;

/// Options of `show`.
#[derive(Debug, Args)]
pub struct ShowOptions {
    /// A story (s12), or the id of an article
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub desk: DeskFile,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The day the account is told on
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Order of the statements inside their class
    #[arg(long, value_enum, default_value_t = Sort::Support)]
    pub sort: Sort,
    /// Most reports an account is told from, the newest first
    #[arg(short = 'n', long = "most", value_name = "N", default_value_t = REPORTS_SHOWN)]
    pub most: usize,
}

/// Options of `search`.
#[derive(Debug, Args)]
pub struct SearchOptions {
    /// Words, "phrases", -word, a OR b, begin*, and filters: outlet: language: entity: speaker: title: story: since: until:
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub desk: DeskFile,
    /// How many
    #[arg(short = 'n', long = "most", value_name = "N", default_value_t = 10)]
    pub most: usize,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `why`.
#[derive(Debug, Args)]
pub struct WhyOptions {
    /// A story (s12), or the id of an article
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub desk: DeskFile,
    /// How to show it
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `merge`.
#[derive(Debug, Args)]
pub struct MergeOptions {
    /// The stories
    #[arg(required = true, num_args = 2.., value_name = "STORY")]
    pub stories: Vec<String>,
    #[command(flatten)]
    pub desk: DeskFile,
    /// The day to put on record
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// Options of `split`.
#[derive(Debug, Args)]
pub struct SplitOptions {
    /// The story
    #[arg(value_name = "STORY")]
    pub story: String,
    /// The articles that go into a story of their own
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<String>,
    #[command(flatten)]
    pub desk: DeskFile,
    /// The day to put on record
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// Options of verbs that take a desk alone.
#[derive(Debug, Args)]
pub struct DeskOptions {
    #[command(flatten)]
    pub desk: DeskFile,
}

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct BackupOptions {
    /// The copy
    #[arg(value_name = "COPY")]
    pub to: PathBuf,
    #[command(flatten)]
    pub desk: DeskFile,
}

/// Options of `prune`.
#[derive(Debug, Args)]
pub struct PruneOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    /// Stories whose newest report is of an earlier day
    #[arg(long, value_name = "DATE")]
    pub before: Option<Date>,
    /// Size that what is left may take, in MiB
    #[arg(long, value_name = "MIB")]
    pub down_to: Option<u64>,
}

/// Options of `quarantine`.
#[derive(Debug, Args)]
pub struct QuarantineOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    /// How to show it
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `retry`.
#[derive(Debug, Args)]
pub struct RetryOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    #[command(flatten)]
    pub intake: IntakeOptions,
    #[command(flatten)]
    pub reading: Reading,
    /// Largest document that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub max_size: u64,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct ExportOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    /// Form; json lines without --table are the whole desk, which `import` reads
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub format: ExportFormat,
    /// Which table (csv, parquet, jsonl)
    #[arg(long, value_enum)]
    pub table: Option<Table>,
    /// The story of a feed
    #[arg(long, value_name = "STORY", conflicts_with = "search")]
    pub story: Option<String>,
    /// The query of a feed
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    /// Most entries of a feed
    #[arg(short = 'n', long = "most", value_name = "N", default_value_t = 50)]
    pub most: usize,
    /// Write to this file, with a manifest beside it [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The day to put into the manifest
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// Forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// JSON Lines
    Jsonl,
    /// Comma-separated values; tabs for the table of GDELT
    Csv,
    /// Apache Parquet
    Parquet,
    /// Atom, of a story or a search
    Atom,
    /// JSON Feed, of a story or a search
    JsonFeed,
}

/// Tables of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// One row an article, with its text
    Articles,
    /// One row a story, redirects among them
    Stories,
    /// One row a quote
    Quotes,
    /// One row an event of a story, names of PLOVER
    Events,
    /// The events in the 61 columns of GDELT 2.0
    Gdelt,
}

/// Options of `import`.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// An export of a whole desk; - is standard input
    #[arg(value_name = "EXPORT")]
    pub from: PathBuf,
    /// The new desk's file
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
}

/// Options of `alerts`.
#[derive(Debug, Args)]
pub struct AlertsOptions {
    #[command(subcommand)]
    pub verb: AlertsVerb,
}

/// What is done with alerts.
#[derive(Debug, Subcommand)]
pub enum AlertsVerb {
    /// Watch a story or a search from now on
    Add {
        /// A name for it
        name: String,
        #[command(flatten)]
        desk: DeskFile,
        /// The story
        #[arg(long, value_name = "STORY", conflicts_with = "search")]
        story: Option<String>,
        /// The query
        #[arg(long, value_name = "QUERY")]
        search: Option<String>,
    },
    /// Watch it no longer
    Drop {
        /// Its name
        name: String,
        #[command(flatten)]
        desk: DeskFile,
    },
    /// What is watched
    List {
        #[command(flatten)]
        desk: DeskFile,
    },
    /// Tell what is new since the last time
    Tell(TellOptions),
}

/// Options of `alerts tell`.
#[derive(Debug, Args)]
pub struct TellOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    #[command(flatten)]
    pub channels: Channels,
    #[command(flatten)]
    pub fetching: Fetching,
}

/// Ways in which what is new in alerts is told; without any, it goes to standard output.
#[derive(Debug, Args)]
pub struct Channels {
    /// Send each notice to this address (POST of JSON); what does not get through is sent the next time
    #[arg(long, value_name = "URL", help_heading = "Alerts")]
    pub webhook: Option<String>,
    /// Sign notices as X-Hub-Signature-256 does: HMAC-SHA256 with the bytes of this file as key
    #[arg(long, value_name = "KEYFILE", help_heading = "Alerts")]
    pub sign: Option<PathBuf>,
    /// Write one message a file into this folder, for whatever sends mail
    #[arg(long, value_name = "FOLDER", help_heading = "Alerts")]
    pub drop: Option<PathBuf>,
    /// Keep a JSON Feed of the newest notices in this file
    #[arg(long, value_name = "FILE", help_heading = "Alerts")]
    pub feed: Option<PathBuf>,
}

impl Channels {
    /// Whether there is any.
    pub const fn any(&self) -> bool {
        self.webhook.is_some() || self.drop.is_some() || self.feed.is_some()
    }
}
