//! One account as text, section by section.

use twosource_model::{
    Account, Difference, DifferenceKind, Passage, Position, RenderingClass, Statement, Support, Utterance,
    UtteranceRendering,
};

use super::paper::{Ink, Paper};
use crate::phrases::{self, folded};
use crate::sigla::{counted, sigla, siglum, weight};
use crate::stories::{CLASSES, statements_of};
use crate::when::when;
use crate::{Options, Sort};

/// How many characters of a stretch of clutter are shown.
const CLUTTER_SHOWN: usize = 70;
/// How many wordings of a statement are shown beside the leading one; the rest is counted.
const WORDINGS_SHOWN: usize = 6;
/// How many cast members are shown; the rest is counted.
const CAST_SHOWN: usize = 20;

/// Writes one account.
pub(super) fn tell(paper: &mut Paper, account: &Account, options: &Options) {
    head(paper, account);
    brief(paper, account);
    differences(paper, account);
    statements(paper, account, options.sort);
    utterances(paper, account);
    timeline(paper, account);
    open_questions(paper, account);
    cast(paper, account);
    corrections(paper, account);
    coverage(paper, account);
    untold(paper, account);
    clutter(paper, account);
    findings(paper, account);
}

fn head(paper: &mut Paper, account: &Account) {
    paper.rule('═');
    paper.put(0, "", &phrases::story_title(account), Ink::Strong);
    let told = account
        .as_of
        .map(|day| format!(", as of {day}"))
        .unwrap_or_default();
    paper.put(
        0,
        "",
        &format!("{}{told}", phrases::story_size(account)),
        Ink::Faint,
    );
    for other in &account.thread {
        let words = format!("“{}” (story {})", other.title, other.story);
        paper.put(0, &format!("{}: ", phrases::tie(other.tie)), &words, Ink::Faint);
    }
    paper.rule('═');
    for (at, report) in account.reports.iter().enumerate() {
        let article = &report.article;
        let words = format!(
            "{}, {} ({})",
            article.outlet_name(),
            phrases::date(report.date.as_ref()),
            phrases::origin_phrase(account, report)
        );
        let marker = format!("{}  ", siglum(at as u32));
        paper.put(0, &marker, &words, Ink::Plain);
        let indent = marker.len();
        if !article.title().is_empty() {
            paper.put(indent, "", &format!("“{}”", folded(article.title())), Ink::Plain);
        }
        let date = format!("date: {}", phrases::date_source(report.date.as_ref()));
        paper.put(indent, "", &folded(&date), Ink::Faint);
        for reason in account
            .origins
            .get(report.origin as usize)
            .iter()
            .flat_map(|o| &o.evidence)
            .take(2)
        {
            if report.copy_kind != twosource_model::CopyKind::First {
                paper.put(
                    indent,
                    "",
                    &format!("same origin: {}", folded(&reason.words)),
                    Ink::Faint,
                );
            }
        }
    }
}

/// ` [A, C]`
fn cited(support: &Support) -> String {
    format!("[{}]", sigla(&support.reports))
}

fn brief(paper: &mut Paper, account: &Account) {
    if account.brief.is_empty() {
        return;
    }
    paper.heading("IN BRIEF");
    for sentence in &account.brief {
        let support = &sentence.support;
        let words = format!(
            "{} {} ({}{})",
            phrases::brief_words(sentence),
            cited(support),
            weight(support),
            phrases::conflict_words(account, sentence)
        );
        paper.put(2, "", &words, Ink::Plain);
    }
}

fn differences(paper: &mut Paper, account: &Account) {
    if account.differences.is_empty() {
        return;
    }
    paper.heading("WHERE THE REPORTS DIFFER");
    for (at, difference) in account.differences.iter().enumerate() {
        paper.put(
            2,
            &format!("{}. ", at + 1),
            &phrases::difference_heading(difference),
            Ink::Plain,
        );
        for position in &difference.positions {
            self::position(paper, account, difference, position);
        }
        if let Some(words) = phrases::in_common(difference) {
            paper.put(5, "", &words, Ink::Faint);
        }
    }
}

fn position(paper: &mut Paper, account: &Account, difference: &Difference, position: &Position) {
    let mut words = format!(
        "{} — {}",
        phrases::position_value(difference.kind, position),
        phrases::named_reports(account, &position.support.reports)
    );
    if difference.kind == DifferenceKind::Number
        && let Some(since) = &position.since
    {
        words.push_str(&format!(", since {}", phrases::date(Some(since))));
    }
    if position.given_up {
        words.push_str(" (given up since)");
    }
    paper.put(5, "", &words, Ink::Plain);
    if let Some(of) = &position.of {
        paper.put(9, "of: ", &format!("“{}”", folded(of.text())), Ink::Faint);
    } else if let Some(passage) = phrases::position_words(account, difference, position) {
        let quoted = format!("“{}”", folded(passage.text()));
        if folded(passage.text()) != position.value {
            paper.put(9, "", &quoted, Ink::Faint);
        }
    }
}

fn statements(paper: &mut Paper, account: &Account, sort: Sort) {
    for class in CLASSES {
        let chosen = statements_of(account, class, sort);
        if chosen.is_empty() {
            continue;
        }
        let heading = format!(
            "{} ({})",
            phrases::class_heading(class).to_uppercase(),
            chosen.len()
        );
        paper.heading(&heading);
        for at in chosen {
            statement(paper, account, &account.statements[at]);
        }
    }
}

fn statement(paper: &mut Paper, account: &Account, statement: &Statement) {
    let lead = statement.lead();
    let mut tail = phrases::remarks(account, lead);
    // one report is one origin and one outlet: the siglum says it all
    if statement.support.reports.len() > 1 {
        tail.push(weight(&statement.support));
    }
    tail.extend(
        statement
            .differences
            .iter()
            .map(|d| format!("difference {}", d + 1)),
    );
    let mut words = format!("{} {}", phrases::told(&lead.passage), cited(&statement.support));
    if !tail.is_empty() {
        words.push_str(&format!(" ({})", tail.join("; ")));
    }
    paper.put(2, "• ", &words, Ink::Plain);
    let others = phrases::other_wordings(statement);
    for rendering in others.iter().take(WORDINGS_SHOWN) {
        let mut words = phrases::told(&rendering.passage);
        let remarks = phrases::remarks(account, rendering);
        if !remarks.is_empty() {
            words.push_str(&format!(" ({})", remarks.join("; ")));
        }
        paper.put(6, &format!("{}: ", siglum(rendering.report)), &words, Ink::Faint);
    }
    if others.len() > WORDINGS_SHOWN {
        let more = others.len() - WORDINGS_SHOWN;
        paper.put(
            6,
            "",
            &format!("and {}", counted(more, "other wording")),
            Ink::Faint,
        );
    }
}

fn utterances(paper: &mut Paper, account: &Account) {
    if account.utterances.is_empty() {
        return;
    }
    paper.heading("WHAT WAS SAID");
    for utterance in &account.utterances {
        self::utterance(paper, utterance);
    }
}

fn utterance(paper: &mut Paper, utterance: &Utterance) {
    let Some(base) = utterance.renderings.first() else {
        return;
    };
    let mut who = utterance.speaker_name.clone();
    if let Some(addressee) = &utterance.addressee {
        who.push_str(&format!(" to {}", folded(addressee.text())));
    }
    if let Some(medium) = &utterance.medium {
        who.push_str(&format!(", {}", folded(medium.text())));
    }
    let words = format!(
        "{} {} ({})",
        phrases::said(base),
        cited(&utterance.support),
        weight(&utterance.support)
    );
    paper.put_named(2, &format!("{}: ", folded(&who)), &words, Ink::Plain);
    warnings(paper, base);
    for group in phrases::variants(utterance) {
        variant(paper, &group);
    }
}

/// Renderings that read the same, in one line.
fn variant(paper: &mut Paper, group: &[&UtteranceRendering]) {
    let Some(first) = group.first() else {
        return;
    };
    let reports: Vec<u32> = group.iter().map(|rendering| rendering.report).collect();
    let changes: Vec<String> = first.changes.iter().filter_map(phrases::change).collect();
    let mut words = phrases::rendering_class(first.class).to_owned();
    if first.class != RenderingClass::Identical {
        words.push_str(&format!(": {}", phrases::said(first)));
    }
    if !changes.is_empty() {
        words.push_str(&format!(" ({})", changes.join("; ")));
    }
    paper.put(6, &format!("{}  ", sigla(&reports)), &words, Ink::Faint);
    for rendering in group {
        warnings(paper, rendering);
    }
}

fn warnings(paper: &mut Paper, rendering: &UtteranceRendering) {
    for warning in &rendering.warnings {
        let words = format!("{}: {}", siglum(rendering.report), folded(warning));
        paper.put(6, "! ", &words, Ink::Warning);
    }
}

fn timeline(paper: &mut Paper, account: &Account) {
    if account.timeline.is_empty() {
        return;
    }
    paper.heading("TIMELINE");
    let widest = account
        .timeline
        .iter()
        .map(|e| when(&e.value).chars().count())
        .max()
        .unwrap_or(0)
        .min(24);
    let mut value = "";
    for entry in &account.timeline {
        let words = match entry.passages.first() {
            Some(passage) => format!("{} {}", phrases::told(passage), cited(&entry.support)),
            None => phrases::named_reports(account, &entry.support.reports),
        };
        let shown = if entry.value == value {
            String::new()
        } else {
            when(&entry.value)
        };
        value = &entry.value;
        let kind = phrases::timeline_kind(entry.kind);
        paper.put(2, &format!("{shown:<widest$}  {kind:<8}  "), &words, Ink::Plain);
    }
}

fn open_questions(paper: &mut Paper, account: &Account) {
    if account.open_questions.is_empty() {
        return;
    }
    paper.heading("OPEN QUESTIONS");
    for question in &account.open_questions {
        let words = format!("{} {}", folded(question.passage.text()), cited(&question.support));
        paper.put(2, "? ", &words, Ink::Plain);
        let answer = question
            .answered_by
            .and_then(|at| account.statements.get(at as usize));
        if let Some(answer) = answer {
            let words = format!(
                "{} {}",
                phrases::told(&answer.lead().passage),
                cited(&answer.support)
            );
            paper.put(6, "answered: ", &words, Ink::Plain);
        }
    }
}

fn cast(paper: &mut Paper, account: &Account) {
    if account.cast.is_empty() {
        return;
    }
    paper.heading("WHO AND WHAT");
    for member in account.cast.iter().take(CAST_SHOWN) {
        let mut parts = vec![phrases::entity_type(member.entity_type).to_owned()];
        parts.extend(phrases::roles(member).into_iter().take(4));
        let aliases = phrases::aliases(member);
        if !aliases.is_empty() {
            parts.push(format!("also “{}”", aliases[..aliases.len().min(6)].join("”, “")));
        }
        let words = format!(
            "{}; {} [{}]",
            parts.join("; "),
            counted(member.mentions as usize, "mention"),
            sigla(&member.reports)
        );
        paper.put_named(2, &format!("{}: ", folded(&member.name)), &words, Ink::Plain);
    }
    if account.cast.len() > CAST_SHOWN {
        paper.put(
            2,
            "",
            &format!("and {} more", account.cast.len() - CAST_SHOWN),
            Ink::Faint,
        );
    }
}

fn corrections(paper: &mut Paper, account: &Account) {
    if account.corrections.is_empty() {
        return;
    }
    paper.heading("CORRECTIONS");
    for entry in &account.corrections {
        let outlet = crate::sigla::outlet(account, entry.after);
        let words = format!("{outlet} {}", phrases::corrected(entry));
        paper.put(2, "• ", &words, Ink::Plain);
        for change in entry.changes.iter().filter_map(phrases::change) {
            paper.put(6, "", &change, Ink::Plain);
        }
        if let Some(note) = entry.note.as_ref().map(Passage::text) {
            paper.put(6, "note: ", &folded(note), Ink::Plain);
        }
    }
}

fn coverage(paper: &mut Paper, account: &Account) {
    let some = account
        .coverage
        .iter()
        .filter(|c| !(c.first.is_empty() && c.alone.is_empty() && c.missing.is_empty()));
    for (at, coverage) in some.enumerate() {
        if at == 0 {
            paper.heading("WHO BRINGS WHAT");
        }
        let words = format!(
            "first with {}, alone with {}, without {} that two or more other origins carry",
            coverage.first.len(),
            coverage.alone.len(),
            coverage.missing.len()
        );
        paper.put(2, &format!("{}  ", siglum(coverage.report)), &words, Ink::Plain);
    }
}

fn untold(paper: &mut Paper, account: &Account) {
    if account.reports.iter().all(|report| report.untold.is_empty()) {
        return;
    }
    paper.heading("TOLD NOWHERE ABOVE");
    for (at, report) in account.reports.iter().enumerate() {
        for untold in &report.untold {
            let marker = format!("{}  {}: ", siglum(at as u32), untold.reason.as_str());
            let words = format!("“{}”", folded(untold.passage.text()));
            paper.put_named(2, &marker, &words, Ink::Faint);
        }
    }
}

fn clutter(paper: &mut Paper, account: &Account) {
    if account.reports.iter().all(|report| report.clutter().is_empty()) {
        return;
    }
    paper.heading("LEFT OUT AS CLUTTER");
    for (at, report) in account.reports.iter().enumerate() {
        for clutter in report.clutter() {
            let words = folded(&clutter.text);
            let mut shown: String = words.chars().take(CLUTTER_SHOWN).collect();
            if shown.len() < words.len() {
                shown.push('…');
            }
            let marker = format!("{}  {}: ", siglum(at as u32), clutter.rule);
            paper.put_named(2, &marker, &format!("“{shown}”"), Ink::Faint);
        }
    }
}

fn findings(paper: &mut Paper, account: &Account) {
    let of_reports = account.reports.iter().enumerate().flat_map(|(at, report)| {
        let marker = format!("{}: ", siglum(at as u32));
        report
            .article
            .findings
            .iter()
            .map(move |finding| (marker.clone(), finding))
    });
    let all: Vec<_> = account
        .findings
        .iter()
        .map(|finding| (String::new(), finding))
        .chain(of_reports)
        .collect();
    if all.is_empty() {
        return;
    }
    paper.heading("NOTES");
    for (marker, finding) in all {
        paper.put(
            2,
            "• ",
            &format!("{marker}{}", folded(&finding.message)),
            Ink::Faint,
        );
    }
}
