//! When to ask again: `Retry-After`, and back-off with jitter where nothing was said.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};

use crate::clock::until;

/// Waits longer than this are cut to it: a year in a header is a mistake, or worse.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long a `Retry-After` field asks to wait (RFC 9110, section 10.2.3): seconds, or a date in any of the three forms
/// of HTTP. `None` when it says neither.
///
/// ```
/// # use twosource_fetch::retry_after;
/// let now = "2018-07-20T09:30:00Z".parse().unwrap();
/// assert_eq!(retry_after("120", now).unwrap().as_secs(), 120);
/// assert_eq!(retry_after("Fri, 20 Jul 2018 09:31:00 GMT", now).unwrap().as_secs(), 60);
/// ```
#[must_use]
pub fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        until(now, http_date(value)?)
    };
    Some(wait.min(LONGEST))
}

/// A date as HTTP prints it: `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms.
pub(crate) fn http_date(value: &str) -> Option<Timestamp> {
    if let Ok(date) = rfc2822::parse(value) {
        return Some(date.timestamp());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| strtime::parse(form, value).ok()?.to_datetime().ok())
        .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .map(|date| date.timestamp())
}

/// How the waits between attempts grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackOff {
    /// After the first failure.
    pub first: Duration,
    /// At most.
    pub most: Duration,
    /// Spreads the waits of many desks, and of many sources of one.
    pub seed: u64,
}

impl BackOff {
    /// The wait after `failures` failures in a row (1 or more) of what `key` names: doubled each time, between half and
    /// the whole of it by seed, key and number, so that a run can be repeated.
    #[must_use]
    pub fn wait(&self, failures: u32, key: &str) -> Duration {
        let doubled = self.first.saturating_mul(1 << failures.saturating_sub(1).min(20));
        let whole = doubled.min(self.most);
        let mut random = self.seed ^ u64::from(failures).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for byte in key.bytes() {
            random = mixed(random ^ u64::from(byte));
        }
        let share = (mixed(random) >> 11) as f64 / (1u64 << 53) as f64;
        whole.mul_f64(0.5 + share / 2.0)
    }
}

/// The finaliser of `SplitMix64`.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn retry_after_is_read_in_every_form() {
        let now: Timestamp = "1994-11-06T08:48:37Z".parse().unwrap();
        let cases = [
            ("0", Some(0)),
            (" 90 ", Some(90)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 08:47:37 GMT", Some(0)),
            ("99999999999999999999999", Some(7 * 24 * 3600)),
            ("-1", None),
            ("soon", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            assert_eq!(
                retry_after(value, now).map(|wait| wait.as_secs()),
                seconds,
                "{value:?}"
            );
        }
    }

    #[test]
    fn waits_double_and_differ() {
        let back_off = BackOff {
            first: Duration::from_secs(10),
            most: Duration::from_secs(100),
            seed: 7,
        };
        for (failures, whole) in [(1, 10.0), (2, 20.0), (4, 80.0), (5, 100.0), (60, 100.0)] {
            let wait = back_off.wait(failures, "a").as_secs_f64();
            assert!((whole / 2.0..=whole).contains(&wait), "{failures}: {wait}");
        }
        assert_eq!(back_off.wait(3, "a"), back_off.wait(3, "a"));
        assert_ne!(back_off.wait(3, "a"), back_off.wait(3, "b"));
        assert_ne!(
            back_off.wait(3, "a"),
            BackOff { seed: 8, ..back_off }.wait(3, "a")
        );
    }

    proptest! {
        #[test]
        fn any_value_ends(value in "\\PC{0,40}") {
            let _ = retry_after(&value, Timestamp::UNIX_EPOCH);
        }
    }
}
