//! One account as Markdown, section by section.

use twosource_model::{Account, CopyKind, Passage, Statement, Utterance};

use super::escape::escape;
use super::notes::Notes;
use crate::phrases::{self, folded};
use crate::sigla::{counted, report_of, sigla, siglum, weight};
use crate::stories::{CLASSES, statements_of};
use crate::when::when;
use crate::{Options, Sort};

/// Writes one account.
pub(super) fn tell(out: &mut String, notes: &mut Notes, account: &Account, options: &Options) {
    let mut teller = Teller { out, notes, account };
    teller.head();
    teller.brief();
    teller.differences();
    teller.statements(options.sort);
    teller.utterances();
    teller.timeline();
    teller.open_questions();
    teller.cast();
    teller.corrections();
    teller.coverage();
    teller.untold();
    teller.clutter();
}

struct Teller<'a> {
    out: &'a mut String,
    notes: &'a mut Notes,
    account: &'a Account,
}

impl Teller<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.line(&format!("## {words}\n"));
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }

    fn cite(&mut self, report: u32, passage: &Passage) -> String {
        self.notes.cite(self.account, report, passage)
    }

    fn cite_all(&mut self, passages: &[Passage]) -> String {
        passages
            .iter()
            .map(|p| self.cite(report_of(self.account, p), p))
            .collect()
    }

    fn head(&mut self) {
        let account = self.account;
        self.line(&format!("# {}\n", escape(&phrases::story_title(account))));
        let told = account
            .as_of
            .map(|day| format!(", as of {day}"))
            .unwrap_or_default();
        self.line(&format!("{}{told}.\n", phrases::story_size(account)));
        for other in &account.thread {
            let (tie, title) = (phrases::tie(other.tie), escape(&other.title));
            self.line(&format!(
                "- {tie}: “{title}” (story {})",
                escape(other.story.as_str())
            ));
        }
        if !account.thread.is_empty() {
            self.gap();
        }
        self.line("| | Outlet | Headline | Date | Evidence of the date | Origin |");
        self.line("| --- | --- | --- | --- | --- | --- |");
        for (at, report) in account.reports.iter().enumerate() {
            let cells = [
                siglum(at as u32),
                escape(report.article.outlet_name()),
                escape(&folded(report.article.title())),
                phrases::date(report.date.as_ref()),
                escape(&folded(&phrases::date_source(report.date.as_ref()))),
                escape(&phrases::origin_phrase(account, report)),
            ];
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.gap();
        let copies = account
            .reports
            .iter()
            .any(|report| report.copy_kind != CopyKind::First);
        for (at, origin) in account.origins.iter().enumerate().filter(|_| copies) {
            for reason in origin.evidence.iter().take(3) {
                self.line(&format!(
                    "- Origin {}: {}",
                    at + 1,
                    escape(&folded(&reason.words))
                ));
            }
        }
        if copies {
            self.gap();
        }
    }

    fn brief(&mut self) {
        if self.account.brief.is_empty() {
            return;
        }
        self.heading("In brief");
        for sentence in &self.account.brief {
            let mark = self.cite(report_of(self.account, &sentence.passage), &sentence.passage);
            let words = escape(&phrases::brief_words(sentence));
            let disputed = phrases::conflict_words(self.account, sentence);
            self.line(&format!(
                "{words}{mark} *({}{disputed})*\n",
                weight(&sentence.support)
            ));
        }
    }

    fn differences(&mut self) {
        if self.account.differences.is_empty() {
            return;
        }
        self.heading("Where the reports differ");
        for (at, difference) in self.account.differences.iter().enumerate() {
            let heading = escape(&phrases::difference_heading(difference));
            self.line(&format!("{}. **{heading}**", at + 1));
            for position in &difference.positions {
                let marks = self.cite_all(&position.passages);
                let of = position
                    .of
                    .as_ref()
                    .map(|of| format!(" of “{}”", folded(of.text())))
                    .unwrap_or_default();
                let given_up = if position.given_up { ", given up since" } else { "" };
                self.line(&format!(
                    "   - {}{marks}{}: {}{given_up}",
                    escape(&phrases::position_value(difference.kind, position)),
                    escape(&of),
                    escape(&phrases::named_reports(self.account, &position.support.reports)),
                ));
            }
            if let Some(words) = phrases::in_common(difference) {
                self.line(&format!("   - {}", escape(&words)));
            }
        }
        self.gap();
    }

    fn statements(&mut self, sort: Sort) {
        for class in CLASSES {
            let chosen = statements_of(self.account, class, sort);
            if chosen.is_empty() {
                continue;
            }
            self.heading(phrases::class_heading(class));
            for at in chosen {
                self.statement(&self.account.statements[at]);
            }
            self.gap();
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let lead = statement.lead();
        let marks: String = statement
            .renderings
            .iter()
            .map(|rendering| self.cite(rendering.report, &rendering.passage))
            .collect();
        let mut tail = phrases::remarks(self.account, lead);
        tail.push(weight(&statement.support));
        tail.push(sigla(&statement.support.reports));
        tail.extend(
            statement
                .differences
                .iter()
                .map(|d| format!("difference {}", d + 1)),
        );
        let words = escape(&phrases::told(&lead.passage));
        self.line(&format!("- {words}{marks} *({})*", escape(&tail.join("; "))));
    }

    fn utterances(&mut self) {
        if self.account.utterances.is_empty() {
            return;
        }
        self.heading("What was said");
        for utterance in &self.account.utterances {
            self.utterance(utterance);
        }
        self.gap();
    }

    fn utterance(&mut self, utterance: &Utterance) {
        for (at, rendering) in utterance.renderings.iter().enumerate() {
            let marks = self.cite_all(&rendering.pieces);
            let words = escape(&phrases::said(rendering));
            let mut tail = vec![siglum(rendering.report)];
            if at > 0 {
                tail.push(phrases::rendering_class(rendering.class).to_owned());
            }
            tail.extend(rendering.changes.iter().filter_map(phrases::change));
            tail.extend(
                rendering
                    .warnings
                    .iter()
                    .map(|warning| format!("beware: {}", folded(warning))),
            );
            let tail = escape(&tail.join("; "));
            if at == 0 {
                let who = escape(&folded(&utterance.speaker_name));
                self.line(&format!("- **{who}**: {words}{marks} *({tail})*"));
            } else {
                self.line(&format!("  - {words}{marks} *({tail})*"));
            }
        }
    }

    fn timeline(&mut self) {
        if self.account.timeline.is_empty() {
            return;
        }
        self.heading("Timeline");
        for entry in &self.account.timeline {
            let words = match entry.passages.first() {
                Some(passage) => escape(&phrases::told(passage)),
                None => escape(&phrases::named_reports(self.account, &entry.support.reports)),
            };
            let marks = self.cite_all(&entry.passages);
            let kind = phrases::timeline_kind(entry.kind);
            self.line(&format!(
                "- **{}** {kind}: {words}{marks}",
                escape(&when(&entry.value))
            ));
        }
        self.gap();
    }

    fn open_questions(&mut self) {
        if self.account.open_questions.is_empty() {
            return;
        }
        self.heading("Open questions");
        for question in &self.account.open_questions {
            let mark = self.cite(report_of(self.account, &question.passage), &question.passage);
            self.line(&format!("- {}{mark}", escape(&folded(question.passage.text()))));
            let answer = question
                .answered_by
                .and_then(|at| self.account.statements.get(at as usize));
            if let Some(answer) = answer {
                let mark = self.cite(answer.lead().report, &answer.lead().passage);
                let words = escape(&phrases::told(&answer.lead().passage));
                self.line(&format!("  - answered: {words}{mark}"));
            }
        }
        self.gap();
    }

    fn cast(&mut self) {
        if self.account.cast.is_empty() {
            return;
        }
        self.heading("Who and what");
        for member in &self.account.cast {
            let mut parts = vec![phrases::entity_type(member.entity_type).to_owned()];
            parts.extend(phrases::roles(member));
            let aliases = phrases::aliases(member);
            if !aliases.is_empty() {
                parts.push(format!("also “{}”", aliases.join("”, “")));
            }
            parts.push(counted(member.mentions as usize, "mention"));
            let name = escape(&folded(&member.name));
            self.line(&format!("- **{name}**: {}", escape(&parts.join("; "))));
        }
        self.gap();
    }

    fn corrections(&mut self) {
        if self.account.corrections.is_empty() {
            return;
        }
        self.heading("Corrections");
        for entry in &self.account.corrections {
            let outlet = escape(crate::sigla::outlet(self.account, entry.after));
            self.line(&format!("- {outlet} {}", phrases::corrected(entry)));
            for change in entry.changes.iter().filter_map(phrases::change) {
                self.line(&format!("  - {}", escape(&change)));
            }
            if let Some(note) = &entry.note {
                let mark = self.cite(entry.after, note);
                self.line(&format!("  - note: {}{mark}", escape(&folded(note.text()))));
            }
        }
        self.gap();
    }

    fn coverage(&mut self) {
        if self.account.coverage.is_empty() {
            return;
        }
        self.heading("Who brings what");
        self.line("| | first with | alone with | without |");
        self.line("| --- | --- | --- | --- |");
        for coverage in &self.account.coverage {
            self.line(&format!(
                "| {} {} | {} | {} | {} |",
                siglum(coverage.report),
                escape(crate::sigla::outlet(self.account, coverage.report)),
                coverage.first.len(),
                coverage.alone.len(),
                coverage.missing.len()
            ));
        }
        self.gap();
    }

    fn untold(&mut self) {
        if self.account.reports.iter().all(|report| report.untold.is_empty()) {
            return;
        }
        self.heading("Told nowhere above");
        for (at, report) in self.account.reports.iter().enumerate() {
            for untold in &report.untold {
                let words = escape(&folded(untold.passage.text()));
                let reason = untold.reason.as_str();
                self.line(&format!("- {} `{reason}`: “{words}”", siglum(at as u32)));
            }
        }
        self.gap();
    }

    fn clutter(&mut self) {
        if self
            .account
            .reports
            .iter()
            .all(|report| report.clutter().is_empty())
        {
            return;
        }
        self.heading("Left out as clutter");
        for (at, report) in self.account.reports.iter().enumerate() {
            for clutter in report.clutter() {
                let words = escape(&folded(&clutter.text));
                self.line(&format!("- {} `{}`: “{words}”", siglum(at as u32), clutter.rule));
            }
        }
        self.gap();
    }
}
