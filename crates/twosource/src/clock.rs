//! The only clock of the program.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use twosource_fetch::Clock;

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge passes the time in to fetching, which must keep to it"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
