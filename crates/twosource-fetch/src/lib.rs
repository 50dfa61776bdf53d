//! Addresses to Documents: feeds, sitemaps and pages are asked for, politely and within limits.
//!
//! [`run`] asks what is due of a [`Plan`] and hands over each document, failure and record as a [`Delivery`]. Polite by
//! construction: `robots.txt` (RFC 9309) with its delay stands before every address, one request at a time goes to a
//! host with a gap behind it, `Retry-After` and conditional requests are obeyed. Hostile answers cost themselves only:
//! size, time, redirects and decompressed size are bounded, and no address outside the public internet is connected to
//! unless that is allowed.
//!
//! Nothing here asks the system for the time or keeps anything: the edge passes a [`Clock`], a way to resolve names, and a
//! [`FetchState`].
//!
//! ```
//! use twosource_fetch::{Rules, retry_after};
//!
//! let rules = Rules::parse(b"User-agent: *\nDisallow: /search", "twosource");
//! assert!(rules.refusal("/search?q=x").is_some());
//! assert!(rules.refusal("/news").is_none());
//! ```

mod address;
mod ask;
mod body;
mod client;
mod clock;
mod conclude;
mod delivery;
mod failure;
mod health;
mod hosts;
mod pages;
mod resolve;
mod retry;
mod robots;
mod run;
mod settings;
mod sites;
mod sources;
mod state;
mod tdm;
mod webhook;

pub use address::{Network, is_public};
pub use client::{Limits, Validators};
pub use clock::Clock;
pub use delivery::{Delivery, News, SourceOutcome, Summary};
pub use failure::Failure;
pub use health::{Drift, Health};
pub use resolve::{Resolve, SystemNames};
pub use retry::{BackOff, retry_after};
pub use robots::{MOST_BYTES, Rules};
pub use run::{Edge, Plan, run};
pub use settings::Settings;
pub use state::{
    FailureNote, FetchState, HostState, Kept, MemoryState, PageState, Reservation, SiteState, SourceState,
    StateError, StateWrite, Table,
};
pub use webhook::{Message, post};
