//! What is said on standard error.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{spinner}} {{pos}} {unit} ({{per_sec}}) {{wide_msg}}"))
        {
            bar.set_style(style);
        }
        Self {
            bar,
            plain,
            told: AtomicUsize::new(0),
        }
    }

    /// `words` beside the count.
    pub fn say(&self, words: String) {
        self.bar.set_message(words);
    }

    /// `count` are done.
    pub fn at(&self, count: usize) {
        self.bar.set_position(count as u64);
        // counts may come in leaps: one line whenever another thousand is full
        if self.plain && count / PLAIN_STEP > self.told.load(Ordering::Relaxed) {
            self.told.store(count / PLAIN_STEP, Ordering::Relaxed);
            note(&format!("{count} done"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
