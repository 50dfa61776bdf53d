//! Quotation marks: the stretches of text that stand between them.
//!
//! One pass over each paragraph with a small state machine. A mark inside an open stretch that is not its closing mark
//! is a nested quote and belongs to the stretch; docs/decisions/nested-quotes.md tells why. Marks that find no partner
//! are left alone, except at the end of a paragraph when the next one goes on with an opening mark.

use twosource_model::{Article, Role, Span};

/// A stretch between quotation marks, or from a mark to the end of its paragraph when the next one goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// With its marks.
    pub outer: Span,
    /// Without its marks and the white space beside them.
    pub inner: Span,
    /// Index of the paragraph.
    pub paragraph: u32,
    /// The closing mark is there.
    pub closed: bool,
    /// Goes on with the run before it, which has no closing mark.
    pub continues: bool,
    /// Single marks, which headlines and British outlets use.
    pub single: bool,
}

/// A paragraph that opens with a mark and never closes it is kept as a quote from this many words on.
const UNCLOSED_WORDS: usize = 5;
/// How many bytes ahead the partner of a single mark is looked for; keeps the pass linear.
const SINGLE_REACH: usize = 1_500;
/// Words that begin with an apostrophe.
const CLIPPED: [&str; 12] = [
    "em", "tis", "twas", "til", "till", "cause", "bout", "round", "n", "s", "nuff", "neath",
];

/// Kinds of marks that open a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// “ ”
    Curly,
    /// ” ” as in Swedish and Finnish
    RightRight,
    /// „ “
    Low,
    /// « »
    Outward,
    /// » «
    Inward,
    /// " "
    Straight,
    /// '' '' or `` ''
    Doubled,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
    /// ‘ ’
    Single,
    /// ' '
    SingleStraight,
    /// ‚ ‘
    SingleLow,
}

/// A mark in the text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    glyph: char,
}

impl Style {
    const fn closes(self, glyph: char) -> bool {
        match self {
            Self::Curly | Self::RightRight => matches!(glyph, '”' | '"'),
            Self::Low => matches!(glyph, '“' | '”' | '"'),
            Self::Outward => glyph == '»',
            Self::Inward => glyph == '«',
            Self::Straight => matches!(glyph, '"' | '”'),
            Self::Doubled => matches!(glyph, DOUBLED | '"' | '”'),
            Self::Corner => glyph == '」',
            Self::WhiteCorner => glyph == '』',
            Self::Single => glyph == '’',
            Self::SingleStraight => glyph == '\'',
            Self::SingleLow => matches!(glyph, '‘' | '’'),
        }
    }

    const fn single(self) -> bool {
        matches!(self, Self::Single | Self::SingleStraight | Self::SingleLow)
    }
}

/// Stands for two apostrophes or two backticks in a row.
const DOUBLED: char = '\u{E000}';

/// The runs of `article`, in order, never overlapping.
pub(super) fn find_runs(article: &Article) -> Vec<Run> {
    let text = article.text();
    let mut runs: Vec<Run> = Vec::new();
    // the style in which the paragraph before was left open, when this one goes on with it
    let mut going_on: Option<Style> = None;
    for (index, paragraph) in article.paragraphs.iter().enumerate() {
        if matches!(paragraph.role, Role::Embed | Role::Caption) {
            continue;
        }
        let next = article.paragraphs[index + 1..]
            .iter()
            .find(|p| !matches!(p.role, Role::Embed | Role::Caption))
            .map(|p| p.span);
        let mut scan = Scan {
            text,
            paragraph: paragraph.span,
            index: index as u32,
            runs: &mut runs,
            going_on: going_on.take(),
        };
        going_on = scan.read(next);
    }
    runs
}

/// One paragraph being read.
struct Scan<'a> {
    text: &'a str,
    paragraph: Span,
    index: u32,
    runs: &'a mut Vec<Run>,
    going_on: Option<Style>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    style: Style,
    mark: Mark,
    depth: u32,
    last_close: Option<Mark>,
}

impl Scan<'_> {
    fn read(&mut self, next: Option<Span>) -> Option<Style> {
        let words = self.paragraph.of(self.text);
        let base = self.paragraph.start();
        let mut open: Option<Open> = None;
        let mut skip_to = 0;
        for (offset, glyph) in words.char_indices() {
            let at = base + offset;
            if at < skip_to || !is_mark(glyph) {
                continue;
            }
            let mark = self.mark_at(at, glyph);
            skip_to = mark.end;
            match &mut open {
                None => open = self.opening(mark),
                Some(state) if state.style.single() => {
                    // the partner was looked up when it was opened
                    if state.last_close.is_some_and(|c| c.at == mark.at) {
                        self.push(*state, Some(mark));
                        open = None;
                    }
                }
                Some(state) => {
                    // “ ... “: the closing mark turned the wrong way
                    let turned = state.style == Style::Curly
                        && mark.glyph == '“'
                        && self.looks_closing(mark)
                        && !self.looks_opening(mark);
                    let closes = turned || state.style.closes(mark.glyph);
                    let opens_again = mark.glyph == state.mark.glyph
                        && self.looks_opening(mark)
                        && !self.looks_closing(mark);
                    if opens_again {
                        if self.after_sentence(mark) && state.depth == 1 && state.last_close.is_none() {
                            // the closing mark before it is missing
                            self.push_until(*state, None, mark.at);
                            open = self.opening(mark);
                        } else {
                            state.depth += 1;
                        }
                    } else if closes {
                        state.depth -= 1;
                        state.last_close = Some(mark);
                        if state.depth == 0 {
                            self.push(*state, Some(mark));
                            open = None;
                        }
                    }
                }
            }
        }
        let state = open?;
        if let Some(close) = state.last_close {
            self.push(state, Some(close));
            return None;
        }
        if next.is_some_and(|n| opens_with(n.of(self.text), state.mark.glyph)) {
            self.push(state, None);
            return Some(state.style);
        }
        let lead = self.text[self.paragraph.start()..state.mark.at].trim_end();
        let starts = lead.is_empty() || lead.ends_with([':', ',']);
        let words = self.text[state.mark.end..self.paragraph.end()].split_whitespace();
        if starts && !state.style.single() && words.take(UNCLOSED_WORDS).count() == UNCLOSED_WORDS {
            self.push(state, None);
        }
        None
    }

    /// The mark at `at`, two apostrophes taken together.
    fn mark_at(&self, at: usize, glyph: char) -> Mark {
        let end = at + glyph.len_utf8();
        let doubled = matches!(glyph, '\'' | '`' | '‘' | '’') && self.text[end..].starts_with(glyph);
        if doubled {
            return Mark {
                at,
                end: end + glyph.len_utf8(),
                glyph: DOUBLED,
            };
        }
        Mark { at, end, glyph }
    }

    fn before(&self, mark: Mark) -> Option<char> {
        self.text[self.paragraph.start()..mark.at].chars().next_back()
    }

    fn after(&self, mark: Mark) -> Option<char> {
        self.text[mark.end..self.paragraph.end()].chars().next()
    }

    fn looks_opening(&self, mark: Mark) -> bool {
        let before = self
            .before(mark)
            .is_none_or(|c| c.is_whitespace() || "([{—–-/:‘“\"„«'".contains(c) || c == '\u{200b}');
        before && self.after(mark).is_some_and(|c| !c.is_whitespace())
    }

    fn looks_closing(&self, mark: Mark) -> bool {
        let after = self.after(mark).is_none_or(|c| !c.is_alphanumeric());
        after && self.before(mark).is_some_and(|c| !c.is_whitespace())
    }

    fn after_sentence(&self, mark: Mark) -> bool {
        let before = self.text[self.paragraph.start()..mark.at].trim_end();
        before.ends_with(['.', '?', '!', '…', ','])
    }

    /// The state after `mark`, when it opens a stretch.
    fn opening(&self, mark: Mark) -> Option<Open> {
        let style = match mark.glyph {
            '“' => Style::Curly,
            '”' if self.looks_opening(mark) && !self.looks_closing(mark) => Style::RightRight,
            '„' => Style::Low,
            '«' => Style::Outward,
            '»' if self.looks_opening(mark) => Style::Inward,
            '"' if !self.looks_closing(mark) || self.looks_opening(mark) => Style::Straight,
            DOUBLED if !self.looks_closing(mark) || self.looks_opening(mark) => Style::Doubled,
            '「' => Style::Corner,
            '『' => Style::WhiteCorner,
            '‘' => Style::Single,
            '\'' => Style::SingleStraight,
            '‚' => Style::SingleLow,
            _ => return None,
        };
        let last_close = if style.single() {
            Some(self.partner_of_single(mark, style)?)
        } else {
            None
        };
        Some(Open {
            style,
            mark,
            depth: 1,
            last_close,
        })
    }

    /// The closing mark of a single quotation mark, `None` when it is an apostrophe.
    fn partner_of_single(&self, mark: Mark, style: Style) -> Option<Mark> {
        if !self.looks_opening(mark) {
            return None;
        }
        let mut reach = (mark.end + SINGLE_REACH).min(self.paragraph.end());
        while !self.text.is_char_boundary(reach) {
            reach -= 1;
        }
        let words = &self.text[mark.end..reach];
        let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let clipped = first.starts_with(|c: char| c.is_ascii_digit())
            || CLIPPED.iter().any(|w| first.eq_ignore_ascii_case(w));
        if first.is_empty() || (clipped && style != Style::SingleLow) {
            return None;
        }
        let mut doubtful = None;
        for (offset, glyph) in words.char_indices() {
            if !style.closes(glyph) {
                continue;
            }
            let close = Mark {
                at: mark.end + offset,
                end: mark.end + offset + glyph.len_utf8(),
                glyph,
            };
            if !self.looks_closing(close) {
                continue;
            }
            let before = self.before(close);
            let goes_on = self.text[close.end..self.paragraph.end()]
                .strip_prefix(' ')
                .is_some_and(|rest| rest.starts_with(char::is_lowercase));
            if before == Some('s') && goes_on {
                // "the voters’ choice", or the end of the quote
                doubtful = doubtful.or(Some(close));
            } else {
                return self.balanced(mark, close).then_some(close);
            }
        }
        doubtful.filter(|close| self.balanced(mark, *close))
    }

    /// Whether the double marks between the two are closed in it.
    fn balanced(&self, open: Mark, close: Mark) -> bool {
        let words = &self.text[open.end..close.at];
        let count = |glyph: char| words.chars().filter(|c| *c == glyph).count();
        count('"').is_multiple_of(2) && count('“') == count('”') && words.chars().any(char::is_alphanumeric)
    }

    fn push(&mut self, open: Open, close: Option<Mark>) {
        self.push_until(open, close, self.paragraph.end());
    }

    /// A run that has no closing mark ends at `until`.
    fn push_until(&mut self, open: Open, close: Option<Mark>, until: usize) {
        let end = close.map_or(until, |c| c.at);
        let inner = Span::at(open.mark.end, end.max(open.mark.end)).trimmed(self.text);
        let inner_end = if close.is_none() {
            // a run that was broken off ends before the next mark
            self.text[inner.range()]
                .find('\n')
                .map_or(inner.end(), |at| inner.start() + at)
        } else {
            inner.end()
        };
        let inner = Span::at(inner.start(), inner_end).trimmed(self.text);
        if !inner.of(self.text).chars().any(char::is_alphanumeric) {
            return;
        }
        let head = self.text[self.paragraph.start()..open.mark.at].trim().is_empty();
        let continues = head && self.going_on.take() == Some(open.style);
        self.runs.push(Run {
            outer: Span::at(open.mark.at, close.map_or(inner.end(), |c| c.end)),
            inner,
            paragraph: self.index,
            closed: close.is_some(),
            continues,
            single: open.style.single(),
        });
    }
}

const fn is_mark(glyph: char) -> bool {
    matches!(
        glyph,
        '“' | '”' | '„' | '«' | '»' | '"' | '\'' | '`' | '‘' | '’' | '‚' | '「' | '」' | '『' | '』'
    )
}

fn opens_with(paragraph: &str, glyph: char) -> bool {
    let doubled = paragraph.starts_with("''") || paragraph.starts_with("``");
    match glyph {
        DOUBLED => doubled,
        _ => paragraph.starts_with(glyph),
    }
}
