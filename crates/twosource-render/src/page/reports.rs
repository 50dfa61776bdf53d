//! The reports of a story side by side, with every cited stretch marked.

use maud::{Markup, html as markup};
use twosource_model::{Account, Article, Part, Report, ReportIx, Role, Span};

use super::marks::Marks;
use crate::phrases::{self, folded};
use crate::sigla::{counted, siglum};

/// The pane of a story's reports.
pub(super) fn pane(account: &Account, story: usize, marks: &mut Marks) -> Markup {
    markup! {
        aside.reports aria-label="Reports" {
            div.tabs role="navigation" aria-label="Reports" {
                @for (at, report) in account.reports.iter().enumerate() {
                    a href={ "#" (card_id(story, at)) } { b { (siglum(at as ReportIx)) } " " (report.article.outlet_name()) }
                }
                button.close type="button" hidden { "Close" }
            }
            div.strip {
                @for (at, report) in account.reports.iter().enumerate() {
                    (card(account, story, at, report, marks))
                }
            }
        }
    }
}

fn card_id(story: usize, report: usize) -> String {
    format!("s{}-{}", story + 1, siglum(report as ReportIx))
}

fn card(account: &Account, story: usize, at: usize, report: &Report, marks: &mut Marks) -> Markup {
    let article = &report.article;
    let index = at as ReportIx;
    let title_span = Span::at(0, article.title().len());
    let language = article.language.map(|language| language.to_string());
    markup! {
        article.report.superseded[report.superseded] id=(card_id(story, at)) tabindex="0" lang=[language]
            aria-label={ "Report " (siglum(index)) ", " (article.outlet_name()) }
        {
            header {
                p.outlet { b.siglum { (siglum(index)) } " " span dir="auto" { (article.outlet_name()) } }
                @if !article.title().is_empty() {
                    h3 dir="auto" { (marked(article, index, Part::Title, title_span, marks)) }
                }
                p.facts {
                    (phrases::date(report.date.as_ref()))
                    @if !article.authors.is_empty() { " · " (article.authors.join(", ")) }
                    " · " (phrases::origin_phrase(account, report))
                }
                p.evidence { "Date: " (phrases::date_source(report.date.as_ref())) }
                @if let Some(url) = web_address(article) {
                    p.evidence { a href=(url) rel="noopener noreferrer" { (url) } }
                }
            }
            div.text {
                @for (role, span) in paragraphs(article) {
                    p.(role_class(role)) dir="auto" { (marked(article, index, Part::Text, span, marks)) }
                }
            }
            (left_out(report))
        }
    }
}

/// The address, when it is one that a reader may safely follow.
fn web_address(article: &Article) -> Option<&str> {
    let url = article.url.as_deref()?;
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}

fn paragraphs(article: &Article) -> Vec<(Role, Span)> {
    let fits = |span: &Span| span.get(article.text()).is_some();
    let listed: Vec<_> = article
        .paragraphs
        .iter()
        .filter(|p| fits(&p.span))
        .map(|p| (p.role, p.span))
        .collect();
    if listed.is_empty() && !article.text().is_empty() {
        return vec![(Role::Body, Span::at(0, article.text().len()))];
    }
    listed
}

const fn role_class(role: Role) -> &'static str {
    match role {
        Role::Standfirst => "standfirst",
        Role::Heading => "heading",
        Role::ListItem => "item",
        Role::BlockQuote | Role::PullQuote => "quote",
        Role::Caption => "caption",
        Role::Embed => "embed",
        Role::Correction => "correction",
        Role::TableRow => "row",
        _ => "body",
    }
}

/// The words of a stretch, each cited part of it in an element of its own.
fn marked(article: &Article, report: ReportIx, part: Part, within: Span, marks: &mut Marks) -> Markup {
    let pieces = marks.pieces(report, part, within);
    let whole = article.part(part);
    markup! {
        @for piece in pieces {
            @for number in &piece.opens { span.mark id=(marks.id(*number)) {} }
            @let words = piece.span.get(whole).unwrap_or_default();
            @if piece.covers.is_empty() {
                (words)
            } @else {
                @let classes = piece.covers.iter().map(|number| marks.class(*number)).collect::<Vec<_>>().join(" ");
                span.cited.(classes) { (words) }
            }
        }
    }
}

fn left_out(report: &Report) -> Markup {
    let clutter = report.clutter();
    markup! {
        @if !clutter.is_empty() {
            details.left-out {
                summary { "Left out: " (counted(clutter.len(), "passage")) }
                dl {
                    @for piece in clutter {
                        dt { (piece.rule) }
                        dd dir="auto" { (folded(&piece.text)) }
                    }
                }
            }
        }
        @if !report.untold.is_empty() {
            details.left-out {
                summary { "Told nowhere above: " (counted(report.untold.len(), "sentence")) }
                dl {
                    @for untold in &report.untold {
                        dt { (untold.reason.as_str()) }
                        dd dir="auto" { (folded(untold.passage.text())) }
                    }
                }
            }
        }
        @if !report.article.findings.is_empty() {
            details.left-out {
                summary { "Notes" }
                ul { @for finding in &report.article.findings { li { (finding.message) } } }
            }
        }
    }
}
