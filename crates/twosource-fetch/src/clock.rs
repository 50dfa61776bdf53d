//! Time, passed in by the edge.

use std::time::Duration;

use jiff::Timestamp;

/// A clock. The binary passes the real one, tests a made-up one: nothing in this crate asks the system for the time.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// `time` later than `from`; the end of time where there is none later.
pub(crate) fn later(from: Timestamp, time: Duration) -> Timestamp {
    from.checked_add(time).unwrap_or(Timestamp::MAX)
}

/// How long it is from `from` to `to`; nothing when `to` is past.
pub(crate) fn until(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO)
}
