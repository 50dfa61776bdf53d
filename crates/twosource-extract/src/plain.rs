//! Saved text to article: no structure to lean on, so every line is typed by its words, its shape and its place.

use std::ops::Range;

use twosource_model::{Confidence, DateSource, DatedEvidence, Role};

use crate::Rule;
use crate::blocks::Segment;
use crate::cues::{Cue, Strength, cue_of, fold};
use crate::date_text::{Reading, find_dates, first_date, machine_date};
use crate::masthead::is_masthead;
use crate::names::{is_name, names_of_byline};
use crate::picture_credit::{LONGEST_CAPTION, credit_in};

/// Words from which a line without a cue is running text however it ends.
const LONG_LINE_WORDS: usize = 25;

/// Words from which a line that ends like a sentence is running text.
const SENTENCE_WORDS: usize = 8;

/// Longest headline, in bytes.
const LONGEST_TITLE: usize = 220;

/// Bytes beside the date of a line that holds nothing else: a time of day, a zone, a word such as "on".
pub(crate) const BESIDE_A_DATE: usize = 14;

/// A line of the text or a part of one, typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// its bytes in the decoded text, no white space at its ends
    pub(crate) span: Range<usize>,
    pub(crate) kind: LineKind,
    /// whether a blank line stands before it
    pub(crate) after_blank: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Title,
    Text(Role),
    Clutter(Rule),
}

/// What was read out of a saved text.
#[derive(Debug, Default)]
pub(crate) struct PlainText {
    pub(crate) title: Option<Range<usize>>,
    pub(crate) lines: Vec<Line>,
    pub(crate) authors: Vec<String>,
    pub(crate) editors: Vec<String>,
    pub(crate) section: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<DatedEvidence>,
    pub(crate) modified: Option<DatedEvidence>,
}

impl Default for LineKind {
    fn default() -> Self {
        Self::Text(Role::Body)
    }
}

/// Types the lines of a text.
pub(crate) fn read_plain(
    text: &str,
    given_title: Option<&str>,
    markdown: bool,
    reading: Reading,
) -> PlainText {
    let mut reader = Reader {
        text,
        reading,
        out: PlainText {
            lines: split_lines(text),
            ..PlainText::default()
        },
    };
    reader.take_marker();
    reader.part_glued_credits();
    if markdown {
        reader.type_markdown();
    }
    let body_from = reader.first_running_line();
    reader.type_head(body_from, given_title);
    reader.type_rest(body_from);
    reader.drop_repeated_title(given_title);
    reader.out
}

/// The words of some bytes of the text with white space folded, and the segments that lead back to them.
pub(crate) fn folded_words(text: &str, spans: &[Range<usize>]) -> (String, Vec<Segment>) {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut words = String::new();
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |words: &mut String, piece: &str, from: usize, length: usize| {
        let at = words.len();
        words.push_str(piece);
        segments.push(Segment {
            text: to_u32(at),
            text_length: to_u32(piece.len()),
            source: to_u32(from),
            source_length: to_u32(length),
        });
    };
    let mut last_end: Option<usize> = None;
    for span in spans {
        let mut at = span.start;
        for word in text[span.clone()].split_whitespace() {
            let from = at + text[at..span.end].find(word).unwrap_or(0);
            if let Some(end) = last_end {
                push(&mut words, " ", end, from.saturating_sub(end));
            }
            push(&mut words, word, from, word.len());
            at = from + word.len();
            last_end = Some(at);
        }
    }
    (words, segments)
}

/// Lines with their white space trimmed, none empty. Hard-wrapped text comes as one line a paragraph.
fn split_lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut blank = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        let from = start + (line.len() - line.trim_start().len());
        lines.push(Line {
            span: from..from + trimmed.len(),
            kind: LineKind::default(),
            after_blank: blank || lines.is_empty(),
        });
        blank = false;
    }
    if is_wrapped(text, &lines) {
        join_wrapped(lines)
    } else {
        lines
    }
}

/// Whether lines were broken at a fixed width: most lines that are followed by another without a blank line are of
/// similar, middling length, and seldom end a sentence.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let inner: Vec<&str> = lines
        .windows(2)
        .filter(|pair| !pair[1].after_blank)
        .map(|pair| &text[pair[0].span.clone()])
        .collect();
    if inner.len() < 4 {
        return false;
    }
    let share =
        |is: &dyn Fn(&str) -> bool| inner.iter().filter(|l| is(l)).count() as f32 / inner.len() as f32;
    share(&|l| (45..=110).contains(&l.chars().count())) > 0.7 && share(&ends_sentence) < 0.5
}

fn join_wrapped(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if !line.after_blank => last.span.end = line.span.end,
            _ => joined.push(line),
        }
    }
    joined
}

struct Reader<'t> {
    text: &'t str,
    reading: Reading,
    out: PlainText,
}

impl<'t> Reader<'t> {
    fn words(&self, at: usize) -> &'t str {
        &self.text[self.out.lines[at].span.clone()]
    }

    fn set(&mut self, at: usize, rule: Rule) {
        self.out.lines[at].kind = LineKind::Clutter(rule);
    }

    fn is_open(&self, at: usize) -> bool {
        self.out.lines[at].kind == LineKind::default()
    }

    /// Parts a line in two at a byte of it.
    fn part(&mut self, at: usize, offset: usize) {
        let line = self.out.lines[at].clone();
        let middle = line.span.start + offset;
        let (head, tail) = (
            &self.text[line.span.start..middle],
            &self.text[middle..line.span.end],
        );
        let rest = Line {
            span: middle + (tail.len() - tail.trim_start().len())..line.span.end,
            kind: LineKind::default(),
            after_blank: false,
        };
        self.out.lines[at].span.end = line.span.start + head.trim_end().len();
        self.out.lines.insert(at + 1, rest);
        self.out.lines.retain(|l| !l.span.is_empty());
    }

    /// "date 2018-07-20 The words of the report": the marker is read and parted off.
    fn take_marker(&mut self) {
        let Some(first) = self.out.lines.first() else {
            return;
        };
        let line = &self.text[first.span.clone()];
        let Some(label) = ["date", "dated", "published", "datum", "fecha"]
            .into_iter()
            .find(|label| {
                line.get(..label.len())
                    .is_some_and(|h| h.eq_ignore_ascii_case(label))
            })
        else {
            return;
        };
        let rest = &line[label.len()..];
        let value = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-'));
        if value.len() == rest.len() {
            return;
        }
        let Some(found) = first_date(value, self.reading).filter(|found| found.span.start == 0) else {
            return;
        };
        let end = line.len() - value.len() + found.span.end;
        self.out.published = Some(DatedEvidence {
            moment: found.moment,
            until: None,
            source: DateSource::TextMarker,
            evidence: line[..end].to_owned(),
            confidence: Confidence::High,
        });
        if end < line.len() {
            self.part(0, end);
        }
        self.set(0, Rule::DateMarker);
    }

    /// Parts a caption from its credit, and a credit from the line that was glued to its end.
    fn part_glued_credits(&mut self) {
        let mut at = 0;
        while at < self.out.lines.len() {
            if !self.is_open(at) {
                at += 1;
                continue;
            }
            let line = self.words(at);
            let Some(credit) = credit_in(line) else {
                at += 1;
                continue;
            };
            if credit.end < line.len() {
                self.part(at, credit.end);
            }
            if credit.start > 0 {
                self.part(at, credit.start);
                self.set(at, Rule::Caption);
                at += 1;
            }
            self.set(at, Rule::PhotoCredit);
            at += 1;
        }
    }

    fn type_markdown(&mut self) {
        for at in 0..self.out.lines.len() {
            if !self.is_open(at) {
                continue;
            }
            let line = self.words(at);
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
                let skip = line.len() - line[hashes..].trim_start().len();
                let span = self.out.lines[at].span.clone();
                self.out.lines[at].span = span.start + skip..span.end;
                if hashes == 1 && self.out.title.is_none() {
                    self.out.title = Some(self.out.lines[at].span.clone());
                    self.out.lines[at].kind = LineKind::Title;
                } else {
                    self.out.lines[at].kind = LineKind::Text(Role::Heading);
                }
            } else if line.starts_with("![") {
                self.set(at, Rule::MediaPlaceholder);
            } else if let Some(rest) = line.strip_prefix("> ") {
                let span = self.out.lines[at].span.clone();
                self.out.lines[at].span = span.end - rest.trim_start().len()..span.end;
                self.out.lines[at].kind = LineKind::Text(Role::BlockQuote);
            } else if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
                let span = self.out.lines[at].span.clone();
                self.out.lines[at].span = span.end - rest.trim_start().len()..span.end;
                self.out.lines[at].kind = LineKind::Text(Role::ListItem);
            }
        }
    }

    /// The first line that is running text; the number of lines when there is none.
    fn first_running_line(&self) -> usize {
        (0..self.out.lines.len())
            .find(|at| self.is_open(*at) && is_running(self.words(*at)) && !self.is_meta(*at))
            .unwrap_or(self.out.lines.len())
    }

    fn is_meta(&self, at: usize) -> bool {
        let line = self.words(at);
        field_of(line).is_some() || (line.len() < 120 && cue_of(line).is_some())
    }

    /// Types the lines before the running text: headline, standfirst, who, when, where.
    fn type_head(&mut self, body_from: usize, given_title: Option<&str>) {
        for at in 0..body_from {
            let titled = self.out.title.is_some() || given_title.is_some_and(|title| !title.is_empty());
            if !self.is_open(at)
                || self.take_masthead(at, body_from)
                || (titled && self.take_item(at))
                || self.take_meta(at)
            {
                continue;
            }
            let line = self.words(at);
            let count = line.split_whitespace().count();
            let is_title = self.out.title.is_none()
                && given_title.is_none_or(str::is_empty)
                && (count >= 3 || (count >= 2 && at == 0) || is_dense(line))
                && line.len() <= LONGEST_TITLE
                && !line.ends_with(':');
            if is_title {
                self.out.title = Some(self.out.lines[at].span.clone());
                self.out.lines[at].kind = LineKind::Title;
            } else if count <= 3 && !is_dense(line) && self.is_before_text(at, body_from) {
                self.set(at, Rule::SectionBar);
                if self.out.section.is_none()
                    && count <= 3
                    && line.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '&')
                {
                    self.out.section = Some(line.to_owned());
                }
            } else if count >= 5 && body_from < self.out.lines.len() && self.out.title.is_some() {
                self.out.lines[at].kind = LineKind::Text(Role::Standfirst);
            }
        }
    }

    /// An item of a list of the report's own: behind the headline, beside another one, with none of the words of clutter.
    fn take_item(&mut self, at: usize) -> bool {
        let item = |at: usize| {
            let line = self.text.get(self.out.lines.get(at)?.span.clone())?;
            let rest = BULLETS.iter().find_map(|bullet| line.strip_prefix(bullet))?;
            let rest = rest.trim_start();
            (rest.chars().any(char::is_alphanumeric) && clutter_rule(rest).is_none()).then_some(rest.len())
        };
        let Some(length) = item(at) else { return false };
        let listed = |beside: usize| {
            item(beside).is_some() || self.out.lines[beside].kind == LineKind::Text(Role::ListItem)
        };
        let beside = |by: Option<usize>| by.is_some_and(|by| by < self.out.lines.len() && listed(by));
        if !beside(at.checked_sub(1)) && !beside(Some(at + 1)) {
            return false;
        }
        let span = self.out.lines[at].span.clone();
        self.out.lines[at].span = span.end - length..span.end;
        self.out.lines[at].kind = LineKind::Text(Role::ListItem);
        true
    }

    fn is_before_text(&self, at: usize, body_from: usize) -> bool {
        at < body_from && body_from < self.out.lines.len()
    }

    /// The outlet's name on the first line, where another line before the running text can be the headline.
    fn take_masthead(&mut self, at: usize, body_from: usize) -> bool {
        let first = (0..at).all(|before| self.out.lines[before].kind == LineKind::Clutter(Rule::DateMarker));
        let line = self.words(at);
        let headed = || {
            (at + 1..body_from)
                .any(|next| self.is_open(next) && self.words(next).split_whitespace().count() >= 3)
        };
        if !first || !is_masthead(line) || !headed() {
            return false;
        }
        let name = line.to_owned();
        self.out.outlet.get_or_insert(name);
        self.set(at, Rule::Masthead);
        true
    }

    /// Reads what a line says about the report; false when it says nothing.
    fn take_meta(&mut self, at: usize) -> bool {
        let line = self.words(at);
        if line.chars().all(|c| !c.is_alphanumeric()) {
            self.set(at, Rule::RuleLine);
            return true;
        }
        if let Some((field, value)) = field_of(line) {
            self.take_field(at, field, value);
            return true;
        }
        if let Some(authors) = byline_of(line) {
            if self.out.authors.is_empty() {
                self.out.authors = authors;
            }
            self.set(at, Rule::Byline);
            return true;
        }
        if self.take_date_line(at) || self.take_barred_byline(at) {
            return true;
        }
        if let Some(section) = section_bar_of(line) {
            if self.out.section.is_none() {
                self.out.section = Some(section.to_owned());
            }
            self.set(at, Rule::SectionBar);
            return true;
        }
        if let Some(rule) = clutter_rule(line) {
            self.set(at, rule);
            return true;
        }
        false
    }

    fn take_field(&mut self, at: usize, field: Field, value: &str) {
        let span = self.out.lines[at].span.clone();
        let rule = match field {
            Field::Title => {
                let title = span.end - value.len()..span.end;
                if self.out.title.is_none() {
                    self.out.title = Some(title);
                }
                Rule::Headline
            }
            Field::Author => {
                if self.out.authors.is_empty() {
                    self.out.authors = names_of_byline(value);
                }
                Rule::Byline
            }
            Field::Editor => {
                self.out.editors.extend(names_of_byline(value));
                Rule::EditorLine
            }
            Field::Section => {
                self.out.section.get_or_insert_with(|| value.to_owned());
                Rule::SectionBar
            }
            Field::Outlet => {
                self.out.outlet.get_or_insert_with(|| value.to_owned());
                Rule::FieldLabel
            }
            Field::Address => {
                self.out.url.get_or_insert_with(|| value.to_owned());
                Rule::FieldLabel
            }
            Field::Published | Field::Modified => {
                if let Some(moment) = machine_date(value, self.reading) {
                    let dated = DatedEvidence {
                        moment,
                        until: None,
                        source: DateSource::VisibleLine,
                        evidence: self.words(at).to_owned(),
                        confidence: Confidence::High,
                    };
                    let to = if field == Field::Published {
                        &mut self.out.published
                    } else {
                        &mut self.out.modified
                    };
                    to.get_or_insert(dated);
                }
                Rule::DateLine
            }
        };
        self.set(at, rule);
    }

    /// A line that holds a date and little else.
    fn take_date_line(&mut self, at: usize) -> bool {
        let taken = self.take_date(self.words(at));
        if taken {
            self.set(at, Rule::DateLine);
        }
        taken
    }

    /// "By Ann Lee | Updated 3 May 2021, 15.30": authors, then nothing but dates.
    fn take_barred_byline(&mut self, at: usize) -> bool {
        let mut parts = self.words(at).split(['|', '•', '·']).map(str::trim);
        let Some(authors) = parts.next().and_then(byline_of) else {
            return false;
        };
        let dates: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        if dates.is_empty() || !dates.iter().all(|part| first_date(part, self.reading).is_some()) {
            return false;
        }
        // all of it or nothing: what else such a line says is no byline
        let before = (self.out.published.clone(), self.out.modified.clone());
        if !dates.iter().all(|part| self.take_date(part)) {
            (self.out.published, self.out.modified) = before;
            return false;
        }
        if self.out.authors.is_empty() {
            self.out.authors = authors;
        }
        self.set(at, Rule::Byline);
        true
    }

    /// Reads a stretch of a line that holds a date and little else.
    fn take_date(&mut self, line: &str) -> bool {
        if line.len() > 140 || ends_sentence(line) {
            return false;
        }
        let dates = find_dates(line, self.reading);
        let Some(found) = dates.first() else { return false };
        let dated: usize = dates.iter().map(|d| d.span.len()).sum();
        let folded = fold(line);
        let other = line.len() - dated;
        let updated = is_update_word(&folded);
        let labelled = updated || PUBLISHED_WORDS.iter().any(|w| folded.starts_with(w));
        let masthead = masthead_before(line, found.span.clone());
        if other > BESIDE_A_DATE && !(labelled && other <= 70) && masthead.is_none() {
            return false;
        }
        if let Some(name) = masthead {
            self.out.outlet.get_or_insert_with(|| name.to_owned());
        }
        let dated = DatedEvidence {
            moment: found.moment,
            until: None,
            source: DateSource::VisibleLine,
            evidence: line.to_owned(),
            confidence: if labelled {
                Confidence::High
            } else {
                Confidence::Medium
            },
        };
        if updated && dates.len() == 1 {
            self.out.modified.get_or_insert(dated);
        } else {
            self.out.published.get_or_insert(dated);
        }
        true
    }

    /// Types the lines from the first running one on.
    fn type_rest(&mut self, body_from: usize) {
        let mut in_list_of: Option<Rule> = None;
        for at in body_from..self.out.lines.len() {
            if !self.is_open(at) {
                continue;
            }
            let line = self.words(at);
            let running = is_running(line);
            if let Some(rule) = in_list_of {
                if rule == Rule::Comments || !running {
                    self.set(at, rule);
                    continue;
                }
                in_list_of = None;
            }
            if let Some(rule) = clutter_rule(line) {
                self.set(at, rule);
                let heads_a_list =
                    matches!(rule, Rule::ReadMore | Rule::Tags) && line.split_whitespace().count() <= 4;
                if heads_a_list || (rule == Rule::Comments && self.is_near_end(at)) {
                    in_list_of = Some(rule);
                }
            } else if !running && !self.take_item(at) {
                self.type_short_line(at);
            }
        }
    }

    /// Whether less than a fifth of the text follows.
    fn is_near_end(&self, at: usize) -> bool {
        self.out.lines[at].span.end * 5 > self.text.len() * 4
    }

    fn type_short_line(&mut self, at: usize) {
        let line = self.words(at);
        if line.chars().all(|c| !c.is_alphanumeric()) {
            self.set(at, Rule::RuleLine);
        } else if let Some((
            field @ (Field::Editor | Field::Author | Field::Published | Field::Modified),
            value,
        )) = field_of(line)
        {
            self.take_field(at, field, value);
        } else if self.take_date_line(at) || self.take_barred_byline(at) {
        } else if let Some(authors) = byline_of(line) {
            if self.out.authors.is_empty() {
                self.out.authors = authors;
            }
            self.set(at, Rule::Byline);
        } else if section_bar_of(line).is_some() {
            self.set(at, Rule::SectionBar);
        } else if at + 1 < self.out.lines.len() && self.is_heading(at) {
            self.out.lines[at].kind = LineKind::Text(Role::Heading);
        }
    }

    fn is_heading(&self, at: usize) -> bool {
        let line = self.words(at);
        let follows = (at + 1..self.out.lines.len()).find(|next| self.is_open(*next));
        line.len() <= 100
            && !line.ends_with([':', ',', ';', '.'])
            && !line.starts_with(['"', '“', '„', '«', '-', '–', '•'])
            && follows.is_some_and(|next| is_running(self.words(next)))
    }

    /// Lines that say the headline again.
    fn drop_repeated_title(&mut self, given_title: Option<&str>) {
        let title = match (&self.out.title, given_title) {
            (Some(span), _) => letters_of(&self.text[span.clone()]),
            (None, Some(title)) => letters_of(title),
            (None, None) => return,
        };
        if title.is_empty() {
            return;
        }
        for at in 0..self.out.lines.len() {
            if matches!(self.out.lines[at].kind, LineKind::Text(_)) && letters_of(self.words(at)) == title {
                self.set(at, Rule::RepeatedHeadline);
            }
        }
    }
}

/// The letters and digits of a line in lower case: what must agree for two headlines to be one.
pub(crate) fn letters_of(line: &str) -> String {
    let mut letters = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            letters.extend(c.to_lowercase());
        }
    }
    letters
}

/// Whether the letters and digits of a line are these.
pub(crate) fn has_letters(line: &str, letters: &str) -> bool {
    let own = line.chars().filter(|c| c.is_alphanumeric());
    own.flat_map(char::to_lowercase).eq(letters.chars())
}

/// The rule that takes a line for its words, if one does.
pub(crate) fn clutter_rule(line: &str) -> Option<Rule> {
    rule_by_cue(line, cue_of(line))
}

/// The rule that takes a line with this cue, if one does.
pub(crate) fn rule_by_cue(line: &str, cue: Option<Cue>) -> Option<Rule> {
    let cue = cue?;
    let quoted = line.contains(['"', '“', '”', '„', '«', '»']);
    let words = line.split_whitespace().count();
    let takes = match (cue.rule, cue.strength) {
        (_, Strength::Whole) => true,
        (Rule::PhotoCredit, _) => line.len() <= LONGEST_CAPTION && !line.trim_end().ends_with('.'),
        (_, Strength::Edge) => words <= 30 && !quoted,
        (Rule::DeviceNotice | Rule::CommentRules, Strength::In) => !quoted && words <= 60,
        (_, Strength::In) => !quoted && words <= 40,
    };
    takes.then_some(cue.rule)
}

/// Whether a line is running text by its length or its end.
pub(crate) fn is_running(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words >= LONG_LINE_WORDS
        || (ends_sentence(line)
            && (words >= SENTENCE_WORDS || (is_dense(line) && line.chars().count() >= 20)))
}

/// Scripts that write without blanks between words.
fn is_dense(line: &str) -> bool {
    line.chars()
        .filter(|c| matches!(*c, '\u{3040}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}'))
        .count()
        >= 6
}

/// The name of an outlet that a line opens with, a comma or bar behind it, before the bytes of the date that ends the line:
/// "Harbour Times, 3 May 2021".
fn masthead_before(line: &str, date: Range<usize>) -> Option<&str> {
    if line.len() - date.end > BESIDE_A_DATE {
        return None;
    }
    let name = line.get(..date.start)?.trim_end();
    let name = name.strip_suffix([',', '|', '•', '·', '-', '–', '—'])?.trim_end();
    is_masthead(name).then_some(name)
}

pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', '»', '«', ')', ']', '“', '」', '』'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '։'])
}

/// What a labelled line gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Author,
    Editor,
    Section,
    Outlet,
    Address,
    Published,
    Modified,
}

/// Labels of fields, each followed by a colon.
const FIELDS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("headline", Field::Title),
    ("titel", Field::Title),
    ("titre", Field::Title),
    ("author", Field::Author),
    ("authors", Field::Author),
    ("byline", Field::Author),
    ("written by", Field::Author),
    ("reporter", Field::Author),
    ("autor", Field::Author),
    ("autorin", Field::Author),
    ("auteur", Field::Author),
    ("editor", Field::Editor),
    ("editors", Field::Editor),
    ("edited by", Field::Editor),
    ("editör", Field::Editor),
    ("redakteur", Field::Editor),
    ("section", Field::Section),
    ("category", Field::Section),
    ("ressort", Field::Section),
    ("rubrik", Field::Section),
    ("outlet", Field::Outlet),
    ("publisher", Field::Outlet),
    ("newspaper", Field::Outlet),
    ("publication", Field::Outlet),
    ("site", Field::Outlet),
    ("url", Field::Address),
    ("link", Field::Address),
    ("date", Field::Published),
    ("published", Field::Published),
    ("published on", Field::Published),
    ("published at", Field::Published),
    ("publication date", Field::Published),
    ("posted", Field::Published),
    ("datum", Field::Published),
    ("veröffentlicht", Field::Published),
    ("publié", Field::Published),
    ("fecha", Field::Published),
    ("updated", Field::Modified),
    ("last updated", Field::Modified),
    ("modified", Field::Modified),
    ("aktualisiert", Field::Modified),
];

/// How an item of a list begins.
const BULLETS: [&str; 5] = ["- ", "* ", "• ", "– ", "· "];

/// Words that head a line with the date of publication.
const PUBLISHED_WORDS: &[&str] = &[
    "published",
    "posted",
    "date",
    "issued",
    "first published",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "opublikowano",
    "stand",
];

/// Whether a folded line says that its date is the one of a change.
pub(crate) fn is_update_word(folded: &str) -> bool {
    [
        "updated",
        "update",
        "last modified",
        "modified",
        "aktualisiert",
        "mis à jour",
        "actualizado",
        "aggiornato",
        "bijgewerkt",
        "zaktualizowano",
        "güncelleme",
    ]
    .iter()
    .any(|word| folded.starts_with(word))
}

fn field_of(line: &str) -> Option<(Field, &str)> {
    if line.len() > LONGEST_TITLE + 20 {
        return None;
    }
    let (label, value) = line.split_once(':')?;
    let label = fold(label);
    let field = FIELDS.iter().find(|(name, _)| *name == label)?.1;
    let value = value.trim();
    let fits = match field {
        Field::Author | Field::Editor => value.split_whitespace().count() <= 12,
        Field::Section | Field::Outlet => value.split_whitespace().count() <= 6,
        Field::Address => value.contains("://") || !value.contains(' '),
        Field::Published | Field::Modified => first_date(value, Reading::default()).is_some(),
        Field::Title => true,
    };
    (fits && !value.is_empty()).then_some((field, value))
}

/// The authors of a line that is a byline.
fn byline_of(line: &str) -> Option<Vec<String>> {
    if line.len() > 120 || ends_sentence(line) {
        return None;
    }
    let (first, rest) = line.split_once(' ')?;
    let introduces = matches!(
        fold(first).trim_end_matches(':'),
        "by" | "von" | "par" | "por" | "di" | "door" | "av" | "af" | "autor"
    );
    if !introduces {
        return None;
    }
    let names = names_of_byline(rest);
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// The section of a line that is nothing but sections: "World |", "News > World".
fn section_bar_of(line: &str) -> Option<&str> {
    const BARS: [char; 6] = ['|', '›', '»', '>', '/', '•'];
    if line.len() > 100 || !line.contains(BARS) || ends_sentence(line) {
        return None;
    }
    let parts: Vec<&str> = line
        .split(BARS)
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let short = parts.iter().all(|p| p.split_whitespace().count() <= 3);
    let enough = line.trim_end().ends_with(BARS) || parts.len() >= 2;
    (short && enough).then(|| parts.first().copied()).flatten()
}
