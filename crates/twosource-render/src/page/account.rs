//! One story on the page, section by section.

use maud::{Markup, html as markup};
use twosource_model::{
    Account, CastMember, CorrectionEntry, Coverage, Difference, DifferenceKind, Passage, Position, Rendering,
    SupportClass,
};

use super::links::{Cites, weight};
use super::marks::Marks;
use super::{reports, utterances};
use crate::phrases::{self, folded};
use crate::sigla::{counted, outlet, report_of, siglum};
use crate::stories::{CLASSES, statements_of};
use crate::when::when;
use crate::{Options, Sort};

/// One story: its account, and its reports beside it.
pub(super) fn story(accounts: &[Account], at: usize, options: &Options, marks: &mut Marks) -> Markup {
    let account = &accounts[at];
    let id = format!("s{}", at + 1);
    // the account comes first: it says which stretches of the reports are marked
    let told = markup! {
        (head(account, &id, marks))
        (thread(account, accounts))
        (brief(account, marks, &id))
        (differences(account, marks, &id))
        (statements(account, marks, &id, options.sort))
        (utterances::section(account, marks, &format!("{id}-said")))
        (timeline(account, marks, &id))
        (open_questions(account, marks, &id))
        (cast(account, marks, &id))
        (corrections(account, marks))
        (coverage(account, &id))
        (together(account))
    };
    let pane = reports::pane(account, at, marks);
    markup! {
        section.story id=(id) { div.account { (told) } (pane) }
    }
}

fn head(account: &Account, id: &str, marks: &mut Marks) -> Markup {
    let title = phrases::story_title(account);
    let headline = account.headline.as_slice();
    let cites = Cites::of_passages(account, marks, headline);
    let sections = [
        ("differ", "Differences", account.differences.len()),
        ("statements", "Statements", account.statements.len()),
        ("said", "Said", account.utterances.len()),
        ("timeline", "Timeline", account.timeline.len()),
        ("questions", "Open questions", account.open_questions.len()),
        ("cast", "Who and what", account.cast.len()),
    ];
    markup! {
        header.head {
            h2 dir="auto" { (cites.line(&title)) }
            p.size {
                (phrases::story_size(account))
                @if let Some(day) = account.as_of { " · as of " (phrases::moment(&twosource_model::Moment::Day(day))) }
            }
            nav.sections aria-label="Sections" {
                @for (name, words, count) in sections {
                    @if count > 0 { a href={ "#" (id) "-" (name) } { (words) " " span.count { (count) } } " " }
                }
            }
        }
    }
}

/// The stories of the same affair, folded where they are many; those that stand on the page too are links.
fn thread(account: &Account, accounts: &[Account]) -> Markup {
    /// Most that stand open: the brief comes behind them.
    const OPEN: usize = 3;
    let stories = account.thread.len();
    markup! {
        @if stories > OPEN {
            details { summary { (stories) " stories of the same affair" } (thread_list(account, accounts)) }
        } @else {
            (thread_list(account, accounts))
        }
    }
}

fn thread_list(account: &Account, accounts: &[Account]) -> Markup {
    markup! {
        @if !account.thread.is_empty() {
            ul.thread aria-label="Stories of the same affair" {
                @for other in &account.thread {
                    @let place = accounts.iter().position(|account| account.story == other.story);
                    li {
                        (phrases::tie(other.tie)) ": "
                        @if let Some(at) = place {
                            a href={ "#s" (at + 1) } dir="auto" { (other.title) }
                        } @else {
                            span dir="auto" { (other.title) } " (story " (other.story) ")"
                        }
                    }
                }
            }
        }
    }
}

fn brief(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.brief.is_empty() {
            section.brief aria-label="In brief" {
                @for sentence in &account.brief {
                    @let cites = Cites::of_passages(account, marks, std::slice::from_ref(&sentence.passage));
                    @let conflicts = phrases::conflicts(account, sentence);
                    p {
                        (cites.line(&phrases::brief_words(sentence))) (cites.sigla()) " " (weight(account, &sentence.support))
                        @if !conflicts.is_empty() { " " (phrases::conflict_name(account, &conflicts)) ", see" }
                        @for difference in conflicts {
                            " " a.see href={ "#" (id) "-d" (difference + 1) } { "difference " (difference + 1) }
                        }
                    }
                }
            }
        }
    }
}

fn differences(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.differences.is_empty() {
            section id={ (id) "-differ" } {
                h3 { "Where the reports differ" }
                @for (at, difference) in account.differences.iter().enumerate() {
                    (self::difference(account, difference, at, marks, id))
                }
            }
        }
    }
}

fn difference(account: &Account, difference: &Difference, at: usize, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        div.difference id={ (id) "-d" (at + 1) } {
            h4 {
                (phrases::difference_kind(difference.kind))
                @if let Some(subject) = &difference.subject { ": " span dir="auto" { (folded(subject.text())) } }
                @if let Some(gravity) = phrases::gravity_of(difference) {
                    " " span.gravity.(difference_class(difference)) { (gravity) }
                }
            }
            div.positions { @for position in &difference.positions { (self::position(account, difference, position, marks)) } }
            @if let Some(words) = phrases::in_common(difference) { p.words dir="auto" { (words) } }
        }
    }
}

const fn difference_class(difference: &Difference) -> &'static str {
    match difference.gravity {
        twosource_model::Gravity::Conflict => "conflict",
        twosource_model::Gravity::Update => "update",
        twosource_model::Gravity::Complement => "complement",
    }
}

fn position(account: &Account, difference: &Difference, position: &Position, marks: &mut Marks) -> Markup {
    let kind = difference.kind;
    let cites = Cites::of_passages(account, marks, &position.passages);
    let value = phrases::position_value(difference.kind, position);
    let large = matches!(kind, DifferenceKind::Number | DifferenceKind::Date) && value.chars().count() <= 24;
    markup! {
        div.position {
            p.value.large[large] { (cites.line(&value)) }
            @if let Some(of) = &position.of {
                @let cites = Cites::of_passages(account, marks, std::slice::from_ref(of));
                p.words { "of: “" (cites.line(&folded(of.text()))) "”" }
            } @else if let Some(passage) = phrases::position_words(account, difference, position) {
                @if folded(passage.text()) != value {
                    @let cites = Cites::of_passages(account, marks, std::slice::from_ref(passage));
                    p.words { "“" (cites.line(&folded(passage.text()))) "”" }
                }
            }
            p.holders {
                (cites.sigla()) " "
                (position.support.outlets.join(", "))
                @if let Some(since) = &position.since { " · since " (phrases::date(Some(since))) }
                @if position.given_up { " · given up since" }
            }
        }
    }
}

fn statements(account: &Account, marks: &mut Marks, id: &str, sort: Sort) -> Markup {
    markup! {
        @if !account.statements.is_empty() {
            div id={ (id) "-statements" } {
                @for class in CLASSES {
                    @let chosen = statements_of(account, class, sort);
                    @if !chosen.is_empty() {
                        section.statements.(class_name(class)) {
                            h3 { (phrases::class_heading(class)) " " span.count { (chosen.len()) } }
                            ul { @for at in chosen { (statement(account, at, marks, id)) } }
                        }
                    }
                }
            }
        }
    }
}

const fn class_name(class: SupportClass) -> &'static str {
    match class {
        SupportClass::Disputed => "disputed",
        SupportClass::All => "all",
        SupportClass::Several => "several",
        SupportClass::One => "one",
    }
}

fn statement(account: &Account, at: usize, marks: &mut Marks, id: &str) -> Markup {
    let statement = &account.statements[at];
    let passages = statement.renderings.iter().map(|r| (r.report, &r.passage));
    let cites = Cites::of(account, marks, passages);
    let lead = statement.lead();
    let remarks = phrases::remarks(account, lead);
    let others = phrases::other_wordings(statement);
    // one report is one origin and one outlet: the siglum says it all
    let weighed = statement.support.reports.len() > 1;
    let noted = weighed || !remarks.is_empty() || !statement.differences.is_empty();
    let note = markup! {
        @for remark in &remarks { span.remark { (remark) } " " }
        @if weighed { (weight(account, &statement.support)) }
        @for difference in &statement.differences {
            " " a.see href={ "#" (id) "-d" (difference + 1) } { "difference " (difference + 1) }
        }
    };
    markup! {
        li id={ (id) "-st" (at + 1) } {
            p {
                (cites.line(&phrases::told(&lead.passage)))
                (cites.sigla())
            }
            @if others.is_empty() {
                @if noted { p.note { (note) } }
            } @else {
                details.wordings {
                    summary { (note) @if noted { " · " } "in other words" }
                    (other_wordings(account, &others, marks))
                }
            }
        }
    }
}

fn other_wordings(account: &Account, others: &[&Rendering], marks: &mut Marks) -> Markup {
    markup! {
        ul {
            @for rendering in others {
                @let cites = Cites::of(account, marks, [(rendering.report, &rendering.passage)]);
                li {
                    (cites.line(&phrases::told(&rendering.passage))) (cites.sigla())
                    @for remark in phrases::remarks(account, rendering) { " " span.remark { (remark) } }
                }
            }
        }
    }
}

fn timeline(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.timeline.is_empty() {
            section id={ (id) "-timeline" } {
                h3 { "Timeline" }
                ol.timeline {
                    @for (at, entry) in account.timeline.iter().enumerate() {
                        @let same = at > 0 && account.timeline[at - 1].value == entry.value;
                        @let cites = Cites::of_passages(account, marks, &entry.passages);
                        li.(phrases::timeline_kind(entry.kind)).same[same] {
                            span.when title=(entry.value) { (when(&entry.value)) }
                            span.kind { (phrases::timeline_kind(entry.kind)) }
                            @match entry.passages.first() {
                                Some(passage) => span.what { (cites.line(&phrases::told(passage))) (cites.sigla()) },
                                None => span.what { (phrases::named_reports(account, &entry.support.reports)) },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn open_questions(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.open_questions.is_empty() {
            section id={ (id) "-questions" } {
                h3 { "Open questions" }
                ul.questions {
                    @for question in &account.open_questions {
                        @let cites = Cites::of_passages(account, marks, std::slice::from_ref(&question.passage));
                        li {
                            (cites.line(&folded(question.passage.text()))) (cites.sigla())
                            @let answer = question.answered_by.and_then(|at| account.statements.get(at as usize));
                            @if let Some(answer) = answer {
                                p.note { "answered: " a.see href={ "#" (id) "-st" (question.answered_by.unwrap_or(0) + 1) } {
                                    (phrases::told(&answer.lead().passage))
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cast(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.cast.is_empty() {
            section id={ (id) "-cast" } {
                h3 { "Who and what" }
                dl.cast { @for member in &account.cast { (cast_member(account, member, marks)) } }
            }
        }
    }
}

fn cast_member(account: &Account, member: &CastMember, marks: &mut Marks) -> Markup {
    let firsts: Vec<&Passage> = member
        .aliases
        .iter()
        .take(1)
        .map(|alias| &alias.passage)
        .collect();
    let cites = Cites::of(account, marks, firsts.iter().map(|p| (report_of(account, p), *p)));
    let (roles, aliases) = (phrases::roles(member), phrases::aliases(member));
    markup! {
        div {
            dt { (cites.line(&member.name)) " " span.type { (phrases::entity_type(member.entity_type)) } }
            dd {
                @if !roles.is_empty() { span.roles dir="auto" { (roles.join("; ")) } " · " }
                @if !aliases.is_empty() { "also “" span dir="auto" { (aliases.join("”, “")) } "” · " }
                (counted(member.mentions as usize, "mention"))
                " in " (member.reports.iter().map(|r| siglum(*r)).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn corrections(account: &Account, marks: &mut Marks) -> Markup {
    markup! {
        @if !account.corrections.is_empty() {
            section.corrections {
                h3 { "Corrections" }
                @for entry in &account.corrections { (correction(account, entry, marks)) }
            }
        }
    }
}

fn correction(account: &Account, entry: &CorrectionEntry, marks: &mut Marks) -> Markup {
    let changed: Vec<Passage> = entry
        .changes
        .iter()
        .flat_map(|c| [&c.base, &c.rendering])
        .flatten()
        .cloned()
        .collect();
    let cites = Cites::of_passages(account, marks, &changed);
    let words = format!("{} {}", outlet(account, entry.after), phrases::corrected(entry));
    markup! {
        div.correction {
            p { (cites.line(&words)) }
            @if !entry.changes.is_empty() {
                ul.changes { @for change in &entry.changes { li { (utterances::change(change)) } } }
            }
            @if let Some(note) = &entry.note {
                @let cites = Cites::of(account, marks, [(entry.after, note)]);
                p.note { "Note: " (cites.line(&folded(note.text()))) }
            }
        }
    }
}

fn coverage(account: &Account, id: &str) -> Markup {
    let told = |c: &&Coverage| !(c.first.is_empty() && c.alone.is_empty() && c.missing.is_empty());
    let rows: Vec<&Coverage> = account.coverage.iter().filter(told).collect();
    markup! {
        @if !rows.is_empty() {
            section.coverage {
                h3 { "Who brings what" }
                @for row in rows {
                    details {
                        summary {
                            b.siglum { (siglum(row.report)) } " " (outlet(account, row.report)) ": first with " (row.first.len())
                            ", alone with " (row.alone.len()) ", without " (row.missing.len())
                        }
                        (statement_list(account, id, "First with", &row.first))
                        (statement_list(account, id, "Alone with", &row.alone))
                        (statement_list(account, id, "Without, though others carry it", &row.missing))
                    }
                }
            }
        }
    }
}

fn statement_list(account: &Account, id: &str, heading: &str, statements: &[u32]) -> Markup {
    markup! {
        @if !statements.is_empty() {
            h4 { (heading) }
            ul {
                @for at in statements {
                    @if let Some(statement) = account.statements.get(*at as usize) {
                        li { a.see href={ "#" (id) "-st" (at + 1) } dir="auto" { (phrases::told(&statement.lead().passage)) } }
                    }
                }
            }
        }
    }
}

/// Why the reports are one story, and which are one origin.
fn together(account: &Account) -> Markup {
    let name = |id: &twosource_model::ArticleId| {
        let at = account.reports.iter().position(|report| report.article.id == *id);
        at.map_or_else(|| id.to_string(), |at| siglum(at as u32))
    };
    let folded_origins = || {
        account
            .origins
            .iter()
            .enumerate()
            .filter(|(_, origin)| !origin.evidence.is_empty())
    };
    markup! {
        @if !account.together.is_empty() || folded_origins().next().is_some() {
            section.together {
                details {
                    summary { "Why these reports are together" }
                    ul {
                        @for join in &account.together {
                            li {
                                (name(&join.article)) " with " (name(&join.nearest)) ": "
                                (join.evidence.iter().map(|e| e.words.as_str()).collect::<Vec<_>>().join("; "))
                            }
                        }
                        @for (at, origin) in folded_origins() {
                            li {
                                "origin " (at + 1) ": "
                                (origin.evidence.iter().map(|e| e.words.as_str()).collect::<Vec<_>>().join("; "))
                            }
                        }
                    }
                }
            }
        }
        @if !account.findings.is_empty() {
            section.together {
                details {
                    summary { "Notes" }
                    ul { @for finding in &account.findings { li { (finding.message) } } }
                }
            }
        }
    }
}
