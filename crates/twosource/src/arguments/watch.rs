//! What can be typed after `watch` and `sources`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Reading;
use super::desk::{Channels, DeskFile, IntakeOptions};
use super::fetching::Fetching;

/// Options of `watch`.
#[derive(Debug, Args)]
pub struct WatchOptions {
    /// Lists of feeds and sitemaps (OPML, or a text file with an address a line), or their addresses
    #[arg(required = true, value_name = "FEEDS.opml|URL")]
    pub lists: Vec<PathBuf>,
    #[command(flatten)]
    pub desk: DeskFile,
    #[command(flatten)]
    pub intake: IntakeOptions,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub fetching: Fetching,
    #[command(flatten)]
    pub channels: Channels,
    /// Least minutes between two readings of a source; a source may ask for more
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u64).range(0..=10_080))]
    pub every: u64,
    /// Minutes after which a page that is still in its feed is asked again whether it changed: after the first reading, the
    /// next, and so on [default: 30,120,480,1440,4320]
    #[arg(long, value_name = "MINUTES", value_delimiter = ',')]
    pub recheck: Vec<u32>,
    /// Ask for every source now, due or not, and end when all is read
    #[arg(long)]
    pub once: bool,
}

/// Options of `sources`.
#[derive(Debug, Args)]
pub struct SourcesOptions {
    #[command(flatten)]
    pub desk: DeskFile,
    /// How to show them
    #[arg(long, value_enum, default_value_t = SourcesFormat::Text)]
    pub format: SourcesFormat,
}

/// Forms of the list of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourcesFormat {
    /// For the terminal
    Text,
    /// One JSON object a line
    Jsonl,
    /// A list that feed readers import
    Opml,
}
