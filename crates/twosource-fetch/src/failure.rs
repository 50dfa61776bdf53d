//! Why an address gave nothing.

use std::net::IpAddr;
use std::time::Duration;

/// Why an address gave no document. Each says what was met, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// No address that is fetched.
    #[error("not an address that is fetched: {reason}")]
    Address {
        /// why
        reason: String,
    },
    /// The host lies in a network that must not be asked.
    #[error("{host} is {address}, which is not on the public internet (allow its network to ask it)")]
    Private {
        /// as the address names it
        host: String,
        /// what it resolves to
        address: IpAddr,
    },
    /// The host's name cannot be resolved.
    #[error("the name {host} cannot be resolved: {reason}")]
    Unresolved {
        /// as the address names it
        host: String,
        /// why
        reason: String,
    },
    /// Connecting, TLS or the transfer failed.
    #[error("the connection failed: {reason}")]
    Connection {
        /// why
        reason: String,
    },
    /// Not done in time.
    #[error("not answered within {} s ({stage})", limit.as_secs_f64())]
    Timeout {
        /// what took too long
        stage: String,
        /// the limit of the whole request
        limit: Duration,
    },
    /// More bytes than are taken.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// the limit
        limit: u64,
    },
    /// Compressed bytes that unfold to more than is taken.
    #[error("unfolds to more than {limit} bytes")]
    Bomb {
        /// the limit
        limit: u64,
    },
    /// A compression that was not asked for, or damaged data.
    #[error("the body cannot be unfolded ({coding}): {reason}")]
    Coding {
        /// as the answer names it
        coding: String,
        /// why
        reason: String,
    },
    /// An answer that is no success.
    #[error("the server answers {status}{}", meaning(*status))]
    Status {
        /// its code
        status: u16,
    },
    /// A redirect that leads nowhere.
    #[error("redirected to nowhere: {reason}")]
    Redirect {
        /// why
        reason: String,
    },
    /// Sent around in a circle.
    #[error("redirected in a circle, back to {address}")]
    RedirectLoop {
        /// where the circle closes
        address: String,
    },
    /// Sent on too often.
    #[error("redirected more than {limit} times")]
    TooManyRedirects {
        /// the limit
        limit: usize,
    },
    /// The site does not want it asked for.
    #[error("robots.txt of {host} excludes it ({rule})")]
    Excluded {
        /// whose file
        host: String,
        /// the rule
        rule: String,
    },
    /// The site's file cannot be had, so nothing may be asked for (RFC 9309, section 2.3.1.4).
    #[error("robots.txt of {host} cannot be had, so nothing is asked for: {reason}")]
    RobotsUnreachable {
        /// whose file
        host: String,
        /// why
        reason: String,
    },
    /// The host asks to wait longer than this run does.
    #[error("{host} asks to wait {} s, longer than this run waits", wait.as_secs())]
    AskedToWait {
        /// which host
        host: String,
        /// how long
        wait: Duration,
    },
    /// The run ended before its turn came; a run that keeps its state goes on with it.
    #[error("the run ended before its turn at {host} came")]
    NotItsTurn {
        /// which host
        host: String,
    },
    /// It came, and is nothing that can be read.
    #[error("{reason}")]
    Content {
        /// what it is
        reason: String,
    },
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => " (needs a login)",
        402 => " (needs a payment)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (a fault of the server)",
        _ => "",
    }
}

impl Failure {
    /// Whether asking again later, with nothing changed on our side, may help.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        match self {
            Self::Unresolved { .. }
            | Self::Connection { .. }
            | Self::Timeout { .. }
            | Self::RobotsUnreachable { .. }
            | Self::AskedToWait { .. }
            | Self::NotItsTurn { .. } => true,
            Self::Status { status } => matches!(*status, 408 | 421 | 425 | 429 | 500 | 502..=504 | 520..=599),
            _ => false,
        }
    }
}
