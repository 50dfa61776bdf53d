//! Footnotes: each cited passage once, numbered in the order of its first citation over the whole file.

use std::collections::BTreeMap;
use std::fmt::Write;

use twosource_model::{Account, Anchor, Part, Passage, ReportIx};

use super::escape::escape;
use crate::phrases::folded;
use crate::sigla::{report_at, siglum};

/// The footnotes of one file.
#[derive(Default)]
pub(super) struct Notes {
    numbers: BTreeMap<Anchor, usize>,
    text: String,
}

impl Notes {
    /// The mark that cites `passage`, which stands in `report`.
    pub(super) fn cite(&mut self, account: &Account, report: ReportIx, passage: &Passage) -> String {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(passage.anchor().clone()).or_insert(next);
        if number == next {
            self.write(account, report, passage, number);
        }
        format!("[^{number}]")
    }

    fn write(&mut self, account: &Account, report: ReportIx, passage: &Passage, number: usize) {
        let anchor = passage.anchor();
        let part = match anchor.part {
            Part::Text => "text",
            Part::Title => "title",
        };
        let outlet = report_at(account, report).map_or("", |r| r.article.outlet_name());
        // writing to a string cannot fail
        let _ = writeln!(
            self.text,
            "[^{number}]: {} {}, {part} bytes {}–{}, revision `{}`: “{}”",
            siglum(report),
            escape(&folded(outlet)),
            anchor.span.start(),
            anchor.span.end(),
            anchor.revision.short(),
            escape(&folded(passage.text())),
        );
    }

    /// The notes, ready to stand at the end of the file.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
