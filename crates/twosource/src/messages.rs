//! What is said on standard error.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use twosource_intake::Meter;

/// A line of help beside the work: `warning: …`.
pub fn warning(text: &str) {
    let _ = writeln!(stderr(), "warning: {text}");
}

/// A line that says how a run ended.
pub fn note(text: &str) {
    let _ = writeln!(stderr(), "{text}");
}

/// A failure that ended the run: what was tried, why it failed, and what to do.
pub fn failure(error: &anyhow::Error) {
    let _ = writeln!(stderr(), "error: {error}");
    for cause in error.chain().skip(1) {
        let _ = writeln!(stderr(), "  because: {cause}");
    }
}

/// A way out, under a warning or a failure.
pub fn hint(text: &str) {
    let _ = writeln!(stderr(), "hint: {text}");
}

/// Tells how far long work is: a line that moves on a terminal, a plain line now and then elsewhere.
pub struct Progress {
    bar: ProgressBar,
    plain: bool,
    told: AtomicUsize,
    meter: Option<Meter>,
}

/// Articles between two plain lines.
const PLAIN_STEP: usize = 1000;

impl Progress {
    /// For work counted in `unit`.
    pub fn new(unit: &'static str) -> Self {
        let plain = !stderr().is_terminal();
        let target = if plain {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(&format!(
            "{{spinner}} {{pos}} {unit} ({{per_sec}}){{prefix}} {{wide_msg}}"
        )) {
            bar.set_style(style);
        }
        Self {
            bar,
            plain,
            told: AtomicUsize::new(0),
            meter: None,
        }
    }

    /// Also tells how much time remains, by the share of the input that was read.
    #[must_use]
    pub fn measured_by(mut self, meter: Option<Meter>) -> Self {
        self.meter = meter;
        self
    }

    /// `words` beside the count.
    pub fn say(&self, words: String) {
        self.bar.set_message(words);
    }

    /// `count` are done.
    pub fn at(&self, count: usize) {
        let share = self.meter.as_ref().and_then(Meter::share);
        let left = share.map(|share| remaining(self.bar.elapsed(), share));
        let left = left.map_or(String::new(), |left| format!(", {left} left"));
        self.bar.set_prefix(left.clone());
        self.bar.set_position(count as u64);
        // counts may come in leaps: one line whenever another thousand is full
        if self.plain && count / PLAIN_STEP > self.told.load(Ordering::Relaxed) {
            self.told.store(count / PLAIN_STEP, Ordering::Relaxed);
            note(&format!("{count} done{left}"));
        }
    }
}

/// The time that work takes yet, where a share of it took `elapsed`: in words, no finer than it can be known.
fn remaining(elapsed: Duration, share: f64) -> String {
    let seconds = elapsed.as_secs_f64() * (1.0 - share) / share.max(1e-9);
    match seconds {
        0.0..60.0 => format!("{seconds:.0} s"),
        60.0..5_400.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3_600.0),
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_remains_follows_from_what_was_done() {
        let left = |seconds, share| remaining(Duration::from_secs(seconds), share);
        assert_eq!(left(10, 0.5), "10 s");
        assert_eq!(left(60, 0.1), "9 min");
        assert_eq!(left(3_600, 0.25), "3.0 h");
        assert_eq!(left(9, 1.0), "0 s");
    }
}
