//! Links from the account into the reports.

use maud::{Markup, html as markup};
use twosource_model::{Account, Passage, ReportIx, Support};

use super::marks::Marks;
use crate::sigla::{counted, outlet, report_of, siglum};

/// How many sigla a line shows; the line itself lights all of its citations.
const CITED_AT_MOST: usize = 12;

/// Citations of one line of the account: each a siglum that leads to the words in its report.
pub(super) struct Cites<'a> {
    account: &'a Account,
    /// Report and mark, in order.
    cited: Vec<(ReportIx, usize)>,
    ids: Vec<String>,
}

impl<'a> Cites<'a> {
    /// Of passages, each with its report.
    pub(super) fn of<'p>(
        account: &'a Account,
        marks: &mut Marks,
        passages: impl IntoIterator<Item = (ReportIx, &'p Passage)>,
    ) -> Self {
        let mut cites = Self {
            account,
            cited: Vec::new(),
            ids: Vec::new(),
        };
        for (report, passage) in passages {
            let number = marks.number(report, passage);
            if !cites.cited.contains(&(report, number)) {
                cites.cited.push((report, number));
                cites.ids.push(marks.id(number));
            }
        }
        cites
    }

    /// Of passages whose reports are found by their anchors.
    pub(super) fn of_passages(account: &'a Account, marks: &mut Marks, passages: &[Passage]) -> Self {
        Self::of(
            account,
            marks,
            passages.iter().map(|p| (report_of(account, p), p)),
        )
    }

    /// The sigla, each report once, each a link to its first words.
    pub(super) fn sigla(&self) -> Markup {
        let mut firsts: Vec<(ReportIx, &str)> = Vec::new();
        for ((report, _), id) in self.cited.iter().zip(&self.ids) {
            if firsts.iter().all(|(named, _)| named != report) {
                firsts.push((*report, id));
            }
        }
        markup! {
            span.cites {
                @for (report, id) in firsts.iter().take(CITED_AT_MOST) {
                    " " a.cite href={ "#" (id) } title=(outlet(self.account, *report))
                        aria-label={ "words in report " (siglum(*report)) ", " (outlet(self.account, *report)) }
                    { (siglum(*report)) }
                }
                @if firsts.len() > CITED_AT_MOST { " and " (firsts.len() - CITED_AT_MOST) " more" }
            }
        }
    }

    /// `words` as a link that lights all citations at once and leads to the first.
    pub(super) fn line(&self, words: &str) -> Markup {
        let all = self.ids.join(" ");
        markup! {
            @match self.ids.first() {
                Some(first) => a.line href={ "#" (first) } data-marks=(all) dir="auto" { (words) },
                None => span dir="auto" { (words) },
            }
        }
    }
}

/// `2 of 3 origins · 4 outlets`, with a bar for the eye; origins that count as others are none of the three.
pub(super) fn weight(account: &Account, support: &Support) -> Markup {
    let counting: Vec<u32> = (0..)
        .zip(&account.origins)
        .filter(|(_, origin)| origin.counts_as.is_none())
        .map(|(at, _)| at)
        .collect();
    let (carried, all) = (support.origins.len(), counting.len());
    markup! {
        span.weight {
            span.bar aria-hidden="true" {
                @if all <= 12 {
                    @for origin in &counting { i.on[support.origins.contains(origin)] {} }
                }
            }
            (carried) " of " (counted(all, "origin")) " · " (counted(support.outlets.len(), "outlet"))
        }
    }
}
