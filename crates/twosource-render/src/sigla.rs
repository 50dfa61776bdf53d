//! Short names of reports, as a scholar names manuscripts: A, B ... Z, AA, AB ...

use twosource_model::{Account, Passage, Report, ReportIx, Support};

/// How many reports a citation names before it only counts the rest.
const CITED_AT_MOST: usize = 8;

/// The siglum of the report with this index.
///
/// Bijective base 26: the 27th report is `AA`.
pub(crate) fn siglum(report: ReportIx) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(report) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// The sigla of several reports, such as `A, C`; a long list ends in the number of the others.
pub(crate) fn sigla(reports: &[ReportIx]) -> String {
    let mut named: Vec<String> = reports.iter().take(CITED_AT_MOST).map(|r| siglum(*r)).collect();
    if reports.len() > CITED_AT_MOST {
        named.push(format!("{} more", reports.len() - CITED_AT_MOST));
    }
    named.join(", ")
}

/// Name of the outlet of a report; empty for an index that is none.
pub(crate) fn outlet(account: &Account, report: ReportIx) -> &str {
    report_at(account, report).map_or("", |report| report.article.outlet_name())
}

/// The report with this index.
pub(crate) fn report_at(account: &Account, report: ReportIx) -> Option<&Report> {
    account.reports.get(report as usize)
}

/// The report that a passage stands in, by its anchor.
pub(crate) fn report_of(account: &Account, passage: &Passage) -> ReportIx {
    let anchor = passage.anchor();
    // the hash first: ids are long, and many begin alike
    let same =
        |report: &Report| report.article.revision() == anchor.revision && report.article.id == anchor.article;
    account.reports.iter().position(same).unwrap_or(0) as ReportIx
}

/// `2 origins, 3 outlets`.
pub(crate) fn weight(support: &Support) -> String {
    format!(
        "{}, {}",
        counted(support.origins.len(), "origin"),
        counted(support.outlets.len(), "outlet")
    )
}

/// `1 origin`, `3 origins`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "story") => format!("{count} stories"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigla_run_on_behind_z() {
        let named = [0, 1, 25, 26, 27, 701, 702].map(siglum);
        assert_eq!(named, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
        assert_eq!(siglum(u32::MAX).len(), 7);
    }

    #[test]
    fn long_lists_are_counted() {
        assert_eq!(sigla(&[0, 2]), "A, C");
        assert_eq!(
            sigla(&(0..11).collect::<Vec<_>>()),
            "A, B, C, D, E, F, G, H, 3 more"
        );
    }
}
