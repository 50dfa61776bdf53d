//! How fetching goes about it.

use std::time::Duration;

use twosource_model::Moment;

use crate::address::Network;
use crate::client::Limits;
use crate::retry::BackOff;

/// What is asked, how fast, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Name and version sent with each request, with a way to reach whoever runs it.
    pub user_agent: String,
    /// The name that groups of `robots.txt` are looked up by (its product token).
    pub robot: String,
    /// What one request may cost.
    pub limits: Limits,
    /// Least time between the end of one request to a host and the beginning of the next.
    pub gap: Duration,
    /// Requests under way at once, each to another host.
    pub requests: usize,
    /// Networks that may be asked although they are not of the public internet.
    pub allowed: Vec<Network>,
    /// Attempts at one address in one run.
    pub attempts: u32,
    /// Waits between attempts of one run, where the server names none.
    pub retry: BackOff,
    /// Waits between runs for sources and pages that fail.
    pub recover: BackOff,
    /// How long one run goes on; what is left then is for the next.
    pub run: Duration,
    /// Time between two readings of a source that does not ask for more.
    pub interval: Duration,
    /// After which time a page that is still in its feed is asked again whether it changed: after the first reading,
    /// after that, and so on; then no more.
    pub recheck: Vec<Duration>,
    /// How long what a site says to robots is held to be so.
    pub keep_rules: Duration,
    /// Whether a site's `tdmrep.json` is asked for before its first page.
    pub ask_reservations: bool,
    /// Pages of a sitemap that are older are not read; feeds are read whole.
    pub sitemap_age: Duration,
    /// Bytes of entries that wait for their pages, at which no further source is read.
    pub waiting: usize,
    /// What documents say of when they were captured; the time of the answer where nothing is given. With it, documents
    /// that are fetched on different days are the same.
    pub captured: Option<Moment>,
}

/// Seconds of an hour.
const HOUR: u64 = 3600;

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: concat!("twosource/", env!("CARGO_PKG_VERSION")).to_owned(),
            robot: "twosource".to_owned(),
            limits: Limits::default(),
            gap: Duration::from_secs(2),
            requests: 12,
            allowed: Vec::new(),
            attempts: 3,
            retry: BackOff {
                first: Duration::from_secs(5),
                most: Duration::from_secs(60),
                seed: 1,
            },
            recover: BackOff {
                first: Duration::from_secs(15 * 60),
                most: Duration::from_secs(24 * HOUR),
                seed: 1,
            },
            run: Duration::from_secs(15 * 60),
            interval: Duration::from_secs(15 * 60),
            recheck: [HOUR / 2, 2 * HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR]
                .map(Duration::from_secs)
                .to_vec(),
            keep_rules: Duration::from_secs(24 * HOUR),
            ask_reservations: true,
            sitemap_age: Duration::from_secs(72 * HOUR),
            waiting: 48 << 20,
            captured: None,
        }
    }
}
