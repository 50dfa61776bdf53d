//! How addresses are asked for.

use std::time::Duration;

use clap::Args;
use jiff::civil::Date;
use twosource_fetch::{Network, Settings};
use twosource_model::Moment;

/// Options of every verb that asks for addresses.
#[derive(Debug, Clone, Args)]
pub struct Fetching {
    /// Who runs this, for the sites that are asked: a mail address or a page, sent with each request
    #[arg(long, value_name = "WHO", help_heading = "Fetching")]
    pub contact: Option<String>,
    /// Least seconds between two requests to a host; a site's robots.txt may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = seconds, help_heading = "Fetching")]
    pub gap: f64,
    /// Network that may be asked although it is not public, such as 10.1.0.0/16; may be given again
    #[arg(long, value_name = "NETWORK", help_heading = "Fetching")]
    pub allow_network: Vec<Network>,
    /// Longest time for one request, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds, help_heading = "Fetching")]
    pub request_time: f64,
}

/// The longest that makes sense: a day.
const MOST_SECONDS: f64 = 86_400.0;

fn seconds(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|seconds| (0.0..=MOST_SECONDS).contains(seconds))
        .ok_or_else(|| format!("a number of seconds, 0 to {MOST_SECONDS}"))
}

impl Fetching {
    /// As settings of a run. With a day that counts as "now", documents say that they were captured on it.
    pub fn settings(&self, as_of: Option<Date>) -> Settings {
        let mut settings = Settings {
            gap: Duration::from_secs_f64(self.gap),
            allowed: self.allow_network.clone(),
            captured: as_of.map(Moment::Day),
            ..Settings::default()
        };
        settings.limits.time = Duration::from_secs_f64(self.request_time.max(0.1));
        if let Some(contact) = &self.contact {
            // what stands in a field of HTTP is one line of ASCII
            let contact: String = contact
                .chars()
                .filter(|c| c.is_ascii_graphic() || *c == ' ')
                .collect();
            settings.user_agent = format!("{} (+{contact})", settings.user_agent);
        }
        settings
    }
}
