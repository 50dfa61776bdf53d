//! One account, checked from its reports to its last passage.

use std::collections::{BTreeSet, HashMap};

use twosource_model::{Article, Span, revision_of};

use super::failure::{Failure, Fault};
use super::figures;
use crate::wire::{
    Account, Alias, Difference, DifferenceKind, Part, Passage, RenderingClass, Statement, Support,
    SupportClass, TimelineKind, Utterance, UtteranceRendering, WordChange,
};

/// How many characters of wrong words are shown.
const SHOWN: usize = 80;

/// One account being checked.
pub(super) struct Check<'a> {
    account: &'a Account,
    /// Index of each report by id and revision; for look-up only.
    reports: HashMap<(&'a str, &'a str), usize>,
    failures: Vec<Failure>,
}

impl<'a> Check<'a> {
    pub(super) fn new(account: &'a Account) -> Self {
        let key = |report: &'a crate::wire::Report| (report.id.as_str(), report.revision.as_str());
        Self {
            account,
            reports: account
                .reports
                .iter()
                .enumerate()
                .map(|(at, r)| (key(r), at))
                .collect(),
            failures: Vec::new(),
        }
    }

    pub(super) fn run(mut self, articles: Option<&[Article]>) -> Vec<Failure> {
        self.reports();
        if let Some(articles) = articles {
            self.read_articles(articles);
        }
        self.origins();
        self.telling();
        self.statements();
        self.utterances();
        self.differences();
        self.remaining();
        self.failures
    }

    fn fail(&mut self, place: &str, fault: Fault) {
        self.failures.push(Failure {
            story: self.account.story.clone(),
            place: place.to_owned(),
            fault,
        });
    }

    fn reports(&mut self) {
        for (at, report) in self.account.reports.iter().enumerate() {
            let place = format!("reports[{at}]");
            if revision_of(&report.title, &report.text).to_string() != report.revision {
                let article = report.id.clone();
                self.fail(&place, Fault::Revision { article });
            }
            self.index(&place, "origins", report.origin, self.account.origins.len());
            for (n, untold) in report.untold.iter().enumerate() {
                self.passage_of(&format!("{place}.untold[{n}]"), at as u32, &untold.passage);
            }
            for (n, paragraph) in report.paragraphs.iter().enumerate() {
                let (start, end) = paragraph.span;
                if report.text.get(start as usize..end as usize).is_none() {
                    let article = report.id.clone();
                    let fault = Fault::Span {
                        article,
                        part: "text",
                        start,
                        end,
                    };
                    self.fail(&format!("{place}.paragraphs[{n}]"), fault);
                }
            }
        }
        if self.account.reports.is_empty() {
            self.fail(
                "reports",
                Fault::TooFew {
                    list: "reports",
                    least: 1,
                },
            );
        }
    }

    fn read_articles(&mut self, articles: &[Article]) {
        for (at, report) in self.account.reports.iter().enumerate() {
            let mut same_id = articles
                .iter()
                .filter(|article| article.id.as_str() == report.id)
                .peekable();
            let place = format!("reports[{at}]");
            let Some(first) = same_id.peek().copied() else {
                self.fail(
                    &place,
                    Fault::NotRead {
                        article: report.id.clone(),
                    },
                );
                continue;
            };
            // a correction brings several states of one article: one of them has to be this one
            if !same_id.any(|article| article.revision().to_string() == report.revision) {
                let (article, now) = (report.id.clone(), first.revision().short());
                self.fail(&place, Fault::ReadsOtherwise { article, now });
            }
        }
    }

    fn origins(&mut self) {
        for (at, origin) in self.account.origins.iter().enumerate() {
            if let Some(other) = origin.counts_as {
                let known = self.account.origins.get(other as usize);
                if other as usize >= at || known.is_none_or(|other| other.counts_as.is_some()) {
                    let why =
                        format!("it counts as origin {other}, which is no earlier one that counts by itself");
                    let place = format!("origins[{at}].counts_as");
                    self.fail(&place, Fault::Support { why });
                }
            }
            for report in &origin.reports {
                let place = format!("origins[{at}].reports");
                if !self.index(&place, "reports", *report, self.account.reports.len()) {
                    continue;
                }
                if self.account.reports[*report as usize].origin as usize != at {
                    let why = format!("report {report} names another origin");
                    self.fail(&place, Fault::Support { why });
                }
            }
        }
    }

    fn telling(&mut self) {
        if let Some(headline) = &self.account.headline {
            self.passage("headline", headline);
        }
        for (at, sentence) in self.account.brief.iter().enumerate() {
            let place = format!("brief[{at}]");
            self.passage(&format!("{place}.passage"), &sentence.passage);
            self.indexes(
                &place,
                "statements",
                &sentence.statements,
                self.account.statements.len(),
            );
            self.support(&place, &sentence.support);
            let own = self.report_of(&sentence.passage);
            let of = |at: &u32| self.account.statements.get(*at as usize);
            let statements: Vec<&Statement> = sentence.statements.iter().filter_map(of).collect();
            let tells = |report: &u32| {
                own == Some(*report)
                    || !statements.is_empty() && statements.iter().all(|s| s.support.reports.contains(report))
            };
            let reports = &sentence.support.reports;
            let backing = reports.iter().copied().filter(tells).chain(own).collect();
            self.carried_by(&place, &sentence.support, &backing);
        }
    }

    fn statements(&mut self) {
        for (at, statement) in self.account.statements.iter().enumerate() {
            let place = format!("statements[{at}]");
            self.statement(&place, statement);
        }
    }

    fn statement(&mut self, place: &str, statement: &'a Statement) {
        if statement.renderings.is_empty() {
            let list = "renderings";
            self.fail(place, Fault::TooFew { list, least: 1 });
        }
        self.index(place, "renderings", statement.lead, statement.renderings.len());
        self.indexes(
            place,
            "differences",
            &statement.differences,
            self.account.differences.len(),
        );
        self.support(place, &statement.support);
        let carriers = statement.renderings.iter().map(|r| r.report).collect();
        self.carried_by(place, &statement.support, &carriers);
        self.class(place, statement);
        for (at, rendering) in statement.renderings.iter().enumerate() {
            let place = format!("{place}.renderings[{at}]");
            self.passage_of(&place, rendering.report, &rendering.passage);
            self.passage_of(
                &format!("{place}.sentence"),
                rendering.report,
                &rendering.sentence,
            );
            if let Some(attribution) = &rendering.attribution {
                for (name, words) in [("speaker", &attribution.speaker), ("cue", &attribution.cue)] {
                    self.maybe_of(&format!("{place}.{name}"), rendering.report, words);
                }
                self.indexes(
                    &place,
                    "cast",
                    attribution.cast.as_slice(),
                    self.account.cast.len(),
                );
            }
        }
    }

    fn class(&mut self, place: &str, statement: &Statement) {
        let origins = statement.support.origins.len();
        let current = self.account.reports.iter().filter(|r| !r.superseded);
        let all: BTreeSet<u32> = current.map(|r| self.counts_as(r.origin)).collect();
        let fits = match statement.class {
            SupportClass::All => origins >= 2 && origins == all.len(),
            SupportClass::Several => origins >= 2,
            SupportClass::One => origins <= 1,
            SupportClass::Disputed => true,
        };
        if !fits {
            let class = statement.class.as_str();
            self.fail(place, Fault::Class { class, origins });
        }
    }

    fn utterances(&mut self) {
        for (at, utterance) in self.account.utterances.iter().enumerate() {
            let place = format!("utterances[{at}]");
            self.utterance(&place, utterance);
        }
    }

    fn utterance(&mut self, place: &str, utterance: &'a Utterance) {
        if utterance.renderings.is_empty() {
            let list = "renderings";
            self.fail(place, Fault::TooFew { list, least: 1 });
        }
        self.maybe(&format!("{place}.addressee"), &utterance.addressee);
        self.maybe(&format!("{place}.medium"), &utterance.medium);
        self.indexes(
            place,
            "cast",
            utterance.speaker.as_slice(),
            self.account.cast.len(),
        );
        self.indexes(
            place,
            "differences",
            &utterance.differences,
            self.account.differences.len(),
        );
        self.support(place, &utterance.support);
        let carriers = utterance.renderings.iter().map(|r| r.report).collect();
        self.carried_by(place, &utterance.support, &carriers);
        for (at, rendering) in utterance.renderings.iter().enumerate() {
            let place = format!("{place}.renderings[{at}]");
            if rendering.pieces.is_empty() {
                self.fail(
                    &place,
                    Fault::TooFew {
                        list: "pieces",
                        least: 1,
                    },
                );
            }
            for (piece, passage) in rendering.pieces.iter().enumerate() {
                self.passage_of(&format!("{place}.pieces[{piece}]"), rendering.report, passage);
            }
            for (name, words) in [("speaker", &rendering.speaker), ("cue", &rendering.cue)] {
                self.maybe_of(&format!("{place}.{name}"), rendering.report, words);
            }
            self.changes(&place, &rendering.changes);
        }
        self.speaker(place, utterance);
        self.classes(place, utterance);
    }

    fn changes(&mut self, place: &str, changes: &[WordChange]) {
        for (at, change) in changes.iter().enumerate() {
            self.maybe(&format!("{place}.changes[{at}].base"), &change.base);
            self.maybe(&format!("{place}.changes[{at}].rendering"), &change.rendering);
        }
    }

    fn differences(&mut self) {
        for (at, difference) in self.account.differences.iter().enumerate() {
            let place = format!("differences[{at}]");
            self.difference(&place, difference);
        }
    }

    fn difference(&mut self, place: &str, difference: &'a Difference) {
        if difference.positions.len() < 2 {
            let list = "positions";
            self.fail(place, Fault::TooFew { list, least: 2 });
        }
        self.maybe(&format!("{place}.subject"), &difference.subject);
        self.indexes(
            place,
            "statements",
            difference.statement.as_slice(),
            self.account.statements.len(),
        );
        self.indexes(
            place,
            "utterances",
            difference.utterance.as_slice(),
            self.account.utterances.len(),
        );
        for (at, position) in difference.positions.iter().enumerate() {
            let place = format!("{place}.positions[{at}]");
            if position.passages.is_empty() {
                self.fail(
                    &place,
                    Fault::TooFew {
                        list: "passages",
                        least: 1,
                    },
                );
            }
            for (n, passage) in position.passages.iter().enumerate() {
                self.passage(&format!("{place}.passages[{n}]"), passage);
            }
            self.maybe(&format!("{place}.of"), &position.of);
            self.support(&place, &position.support);
            let carriers = self.reports_of(position.passages.iter().chain(&position.of));
            self.carried_by(&place, &position.support, &carriers);
            let words: Vec<&str> = position.passages.iter().map(|p| p.text.as_str()).collect();
            if difference.kind == DifferenceKind::Number && !figures::stand_in(&position.value, &words) {
                let (value, words) = (position.value.clone(), shortened(&words.join(" / ")));
                self.fail(&place, Fault::Figure { value, words });
            }
        }
    }

    fn remaining(&mut self) {
        for (at, entry) in self.account.timeline.iter().enumerate() {
            let place = format!("timeline[{at}]");
            for (n, passage) in entry.passages.iter().enumerate() {
                self.passage(&format!("{place}.passages[{n}]"), passage);
            }
            for (n, passage) in entry.times.iter().enumerate() {
                self.passage(&format!("{place}.times[{n}]"), passage);
            }
            self.support(&place, &entry.support);
            if entry.kind != TimelineKind::Reported {
                let carriers = self.reports_of(entry.passages.iter());
                self.carried_by(&place, &entry.support, &carriers);
            }
        }
        for (at, member) in self.account.cast.iter().enumerate() {
            let place = format!("cast[{at}]");
            let name = member.name.as_str();
            let letters = letters_of([name.strip_prefix("The ").unwrap_or(name)]);
            let named = |alias: &Alias| letters_of([alias.passage.text.as_str()]).contains(&letters);
            if !member.aliases.iter().any(named) {
                let name = member.name.clone();
                self.fail(&place, Fault::Name { name });
            }
            for (n, alias) in member.aliases.iter().chain(&member.roles).enumerate() {
                self.passage(&format!("{place}.names[{n}]"), &alias.passage);
            }
            self.indexes(&place, "reports", &member.reports, self.account.reports.len());
        }
        for (at, question) in self.account.open_questions.iter().enumerate() {
            let place = format!("open_questions[{at}]");
            self.passage(&place, &question.passage);
            self.support(&place, &question.support);
            let answer = question.answered_by.as_slice();
            self.indexes(&place, "statements", answer, self.account.statements.len());
        }
        for (at, coverage) in self.account.coverage.iter().enumerate() {
            let place = format!("coverage[{at}]");
            self.index(&place, "reports", coverage.report, self.account.reports.len());
            for list in [&coverage.first, &coverage.alone, &coverage.missing] {
                self.indexes(&place, "statements", list, self.account.statements.len());
            }
        }
        for (at, correction) in self.account.corrections.iter().enumerate() {
            let place = format!("corrections[{at}]");
            let reports = self.account.reports.len();
            self.indexes(&place, "reports", correction.before.as_slice(), reports);
            self.index(&place, "reports", correction.after, reports);
            self.changes(&place, &correction.changes);
            self.maybe(&format!("{place}.note"), &correction.note);
        }
    }

    /// The origin that one counts as in support.
    fn counts_as(&self, origin: u32) -> u32 {
        let known = self.account.origins.get(origin as usize);
        known.and_then(|origin| origin.counts_as).unwrap_or(origin)
    }

    /// A list of reports with the origins and outlets that follow from it.
    fn support(&mut self, place: &str, support: &Support) {
        let place = format!("{place}.support");
        let known = self.indexes(&place, "reports", &support.reports, self.account.reports.len());
        self.indexes(&place, "origins", &support.origins, self.account.origins.len());
        if !known {
            return;
        }
        let reports = || {
            support
                .reports
                .iter()
                .map(|at| &self.account.reports[*at as usize])
        };
        let mut origins: Vec<u32> = reports().map(|report| self.counts_as(report.origin)).collect();
        origins.sort_unstable();
        origins.dedup();
        let mut outlets: Vec<&str> = reports().map(|report| report.outlet.as_str()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        // a report that only passes on another outlet's word adds no origin, so fewer may be told, never more
        if let Some(more) = support.origins.iter().find(|origin| !origins.contains(origin)) {
            let why = format!("no report that is named counts as origin {more}");
            self.fail(&place, Fault::Support { why });
        }
        if let Some(more) = support
            .outlets
            .iter()
            .find(|outlet| !outlets.contains(&outlet.as_str()))
        {
            let why = format!("no report that is named comes from outlet {more:?}");
            self.fail(&place, Fault::Support { why });
        }
        if let Some(less) = outlets
            .iter()
            .find(|outlet| !support.outlets.iter().any(|known| known == *outlet))
        {
            let why = format!("outlet {less:?} of a report that is named is not");
            self.fail(&place, Fault::Support { why });
        }
    }

    /// The reports that are named have to be those that carry the words.
    fn carried_by(&mut self, place: &str, support: &Support, carriers: &BTreeSet<u32>) {
        let place = format!("{place}.support");
        let named: BTreeSet<u32> = support.reports.iter().copied().collect();
        if let Some(more) = named.difference(carriers).next() {
            let why = format!("report {more} is named, and carries no words of it");
            self.fail(&place, Fault::Support { why });
        }
        if let Some(less) = carriers.difference(&named).next() {
            let why = format!("report {less} carries words of it, and is not named");
            self.fail(&place, Fault::Support { why });
        }
    }

    /// The report that a passage stands in.
    fn report_of(&self, passage: &Passage) -> Option<u32> {
        let key = (passage.article.as_str(), passage.revision.as_str());
        self.reports.get(&key).map(|at| *at as u32)
    }

    fn reports_of<'p>(&self, passages: impl Iterator<Item = &'p Passage>) -> BTreeSet<u32> {
        passages.filter_map(|passage| self.report_of(passage)).collect()
    }

    /// The speaker's name has to be that of the cast, or stand in a report.
    fn speaker(&mut self, place: &str, utterance: &Utterance) {
        let member = utterance
            .speaker
            .and_then(|ix| self.account.cast.get(ix as usize));
        let mut words = utterance.renderings.iter().filter_map(|r| r.speaker.as_ref());
        let fits = match member {
            Some(member) => member.name == utterance.speaker_name,
            None => {
                utterance.speaker_name == "unclear" || words.any(|words| words.text == utterance.speaker_name)
            }
        };
        if !fits {
            let name = utterance.speaker_name.clone();
            self.fail(place, Fault::Name { name });
        }
    }

    /// What is said of a rendering has to be true of its letters.
    fn classes(&mut self, place: &str, utterance: &Utterance) {
        let letters = |r: &UtteranceRendering| letters_of(r.pieces.iter().map(|p| p.text.as_str()));
        let Some(base) = utterance.renderings.first().map(letters) else {
            return;
        };
        for (at, rendering) in utterance.renderings.iter().enumerate() {
            let same = letters(rendering) == base;
            let fits = match rendering.class {
                RenderingClass::Base => at == 0,
                RenderingClass::Identical | RenderingClass::Typographic => same,
                RenderingClass::Cut | RenderingClass::Altered => !same,
                RenderingClass::Told => true,
            };
            if !fits {
                let class = rendering.class.as_str();
                self.fail(&format!("{place}.renderings[{at}]"), Fault::Rendering { class });
            }
        }
    }

    fn indexes(&mut self, place: &str, list: &'static str, indexes: &[u32], length: usize) -> bool {
        let mut all = true;
        for index in indexes {
            all &= self.index(place, list, *index, length);
        }
        all
    }

    fn index(&mut self, place: &str, list: &'static str, index: u32, length: usize) -> bool {
        let known = (index as usize) < length;
        if !known {
            self.fail(place, Fault::Index { list, index });
        }
        known
    }

    fn maybe(&mut self, place: &str, passage: &Option<Passage>) {
        if let Some(passage) = passage {
            self.passage(place, passage);
        }
    }

    fn maybe_of(&mut self, place: &str, report: u32, passage: &Option<Passage>) {
        if let Some(passage) = passage {
            self.passage_of(place, report, passage);
        }
    }

    /// A passage that is cited for one report has to stand in that one.
    fn passage_of(&mut self, place: &str, report: u32, passage: &Passage) {
        if !self.index(place, "reports", report, self.account.reports.len()) {
            return;
        }
        let cited = &self.account.reports[report as usize];
        if (&cited.id, &cited.revision) != (&passage.article, &passage.revision) {
            let article = passage.article.clone();
            self.fail(
                place,
                Fault::OtherReport {
                    cited: report,
                    article,
                },
            );
        }
        self.passage(place, passage);
    }

    fn passage(&mut self, place: &str, passage: &Passage) {
        let key = (passage.article.as_str(), passage.revision.as_str());
        let Some(report) = self.reports.get(&key).map(|at| &self.account.reports[*at]) else {
            let revision = passage.revision.chars().take(12).collect();
            let article = passage.article.clone();
            return self.fail(place, Fault::NoReport { article, revision });
        };
        let (whole, part) = match passage.part {
            Part::Text => (&report.text, "text"),
            Part::Title => (&report.title, "title"),
        };
        let (start, end) = passage.span;
        let stretch = Span::new(start as usize, end as usize)
            .ok()
            .and_then(|span| span.get(whole));
        match stretch {
            None => {
                let article = passage.article.clone();
                self.fail(
                    place,
                    Fault::Span {
                        article,
                        part,
                        start,
                        end,
                    },
                );
            }
            Some(found) if found != passage.text => {
                let (claimed, found) = (shortened(&passage.text), shortened(found));
                self.fail(place, Fault::Words { claimed, found });
            }
            Some(found) if found.trim().is_empty() => self.fail(place, Fault::Empty),
            Some(_) => {}
        }
    }
}

/// Letters and digits in lower case.
fn letters_of<'t>(pieces: impl IntoIterator<Item = &'t str>) -> String {
    let letters = pieces.into_iter().flat_map(str::chars);
    letters
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(SHOWN).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}
