//! Cuts the tokens of a paragraph into sentences.
//!
//! English: a linear model looks at every gap between two tokens, from left to right (so that it knows how long the open
//! sentence is). It was trained on text whose sentences end without a full stop as often as people write so. Other
//! languages: rules over the marks. Lines are ends of sentences where they look like lines of a list, in every language.

use twosource_model::Span;

use super::buckets::{Buckets, Sums};
use super::lexicon::Lexicon;
use super::word::{Word, hash_bytes, key};

/// Longest sentence, in tokens; a longer one is cut there. Bounds the work of every later step.
pub const LONGEST: usize = 240;

/// Lines at most this long, in bytes, that are followed by another line in the same paragraph end a sentence: wrapped
/// text has longer lines.
const SHORT_LINE: usize = 55;

/// By how much an end of a sentence has to outweigh no end where nothing marks it, in the unit of the model's weights: the
/// model learnt from mail and forums too, where people leave marks out, and would cut names of printed prose ("Kim Jong" from
/// "Un"). Of 0, 30, 60, 120 and 250 the best on `en_ewt-dev` (sentences .8826, with 0 .8817) and `en_gum-dev` (.9523, .9514);
/// on 1,500 reports of `stories-stream` 40 such cuts are left of 131.
const BARE_MARGIN: i32 = 120;

/// What stands at the edge of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Lower,
    Capital,
    Capitals,
    Number,
    Terminal,
    Dots,
    Abbreviated,
    Initial,
    Opener,
    Closer,
    Quote,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Other,
    Edge,
    /// A letter of a script without upper and lower case.
    Uncased,
}

impl Kind {
    fn of(form: &str, word: &Word) -> Self {
        let mut chars = form.chars();
        let Some(first) = chars.next() else {
            return Self::Edge;
        };
        let alone = chars.next().is_none();
        if first.is_alphabetic() {
            return if form.ends_with('.') {
                if form.chars().count() == 2 {
                    Self::Initial
                } else {
                    Self::Abbreviated
                }
            } else if word.flags & Word::ALL_CAPITALS != 0 {
                Self::Capitals
            } else if first.is_uppercase() {
                Self::Capital
            } else if first.is_lowercase() {
                Self::Lower
            } else {
                Self::Uncased
            };
        }
        match first {
            '0'..='9' => Self::Number,
            '.' if alone => Self::Terminal,
            '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '॥' | '۔' | '։' | '።' | '｡' | '‼' | '⁇' | '⁈'
            | '⁉' => Self::Terminal,
            '.' if form.bytes().any(|b| matches!(b, b'!' | b'?')) => Self::Terminal,
            '.' | '…' => Self::Dots,
            '(' | '[' | '{' | '“' | '‘' | '«' | '„' | '‹' | '「' | '『' | '¿' | '¡' | '`' => {
                Self::Opener
            }
            ')' | ']' | '}' | '”' | '’' | '»' | '›' | '」' | '』' => Self::Closer,
            '"' | '\'' => Self::Quote,
            ',' | '、' | '，' => Self::Comma,
            ':' | '：' if alone => Self::Colon,
            ';' | '；' => Self::Semicolon,
            '-' | '–' | '—' | '=' | '*' | '_' | '•' | '|' | '~' | '+' => Self::Dash,
            _ if word.flags & Word::DIGIT != 0 => Self::Number,
            _ => Self::Other,
        }
    }
}

/// White space between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Gap {
    None,
    Space,
    Line,
}

/// The tokens of a paragraph, ready to be cut.
#[derive(Debug, Default)]
pub struct SplitView {
    words: Vec<Word>,
    kinds: Vec<Kind>,
    gaps: Vec<Gap>,
    /// Whether a line feed in the gap behind a token ends a sentence by itself.
    lines: Vec<bool>,
    /// Straight double quotes up to and with a token, modulo 2, and open brackets, at most 3.
    quotes: Vec<u8>,
    classes: Vec<u32>,
}

impl SplitView {
    /// Takes the tokens of one paragraph.
    pub fn fill(&mut self, text: &str, tokens: &[Span], words: &[Word], lexicon: Option<&Lexicon>) {
        self.words.clear();
        self.words.extend_from_slice(words);
        self.classes.clear();
        self.classes
            .extend(words.iter().map(|w| lexicon.map_or(0, |l| l.class(w.lower))));
        self.kinds.clear();
        self.gaps.clear();
        self.lines.clear();
        self.quotes.clear();
        let (mut quote, mut bracket) = (0u8, 0u8);
        let mut line_start = tokens.first().map_or(0, |t| t.start());
        for (place, token) in tokens.iter().enumerate() {
            let form = token.of(text);
            self.kinds.push(Kind::of(form, &words[place]));
            match form {
                "\"" | "''" | "``" => quote ^= 1,
                "“" => quote = 1,
                "”" => quote = 0,
                "(" | "[" => bracket = (bracket + 1).min(3),
                ")" | "]" => bracket = bracket.saturating_sub(1),
                _ => {}
            }
            self.quotes.push(quote | bracket << 1);
            let Some(next) = tokens.get(place + 1) else {
                self.gaps.push(Gap::None);
                self.lines.push(false);
                break;
            };
            let between = &text[token.end()..next.start()];
            let line = between.bytes().any(|b| matches!(b, b'\n' | b'\r'));
            self.gaps.push(match (line, between.is_empty()) {
                (true, _) => Gap::Line,
                (_, true) => Gap::None,
                _ => Gap::Space,
            });
            let lower_next = next.of(text).starts_with(char::is_lowercase);
            let comma = matches!(form, "," | "，" | "、");
            self.lines
                .push(line && !lower_next && !comma && token.end() - line_start <= SHORT_LINE);
            if line {
                line_start = next.start();
            }
        }
    }

    fn word(&self, at: usize, by: isize) -> (u32, u32, u32) {
        at.checked_add_signed(by)
            .and_then(|i| self.words.get(i))
            .map_or((1, 1, 1), |w| (w.lower, w.shape, w.form))
    }

    fn kind(&self, at: usize, by: isize) -> u32 {
        at.checked_add_signed(by)
            .and_then(|i| self.kinds.get(i))
            .map_or(Kind::Edge as u32, |k| *k as u32)
    }

    fn class(&self, at: usize, by: isize) -> u32 {
        at.checked_add_signed(by)
            .and_then(|i| self.classes.get(i))
            .map_or(u32::from(u16::MAX), |c| *c)
    }

    /// The features of the gap behind token `at`, when the open sentence began with token `from`.
    pub fn features(&self, at: usize, from: usize, out: &mut Vec<u32>) {
        let (p1, n1) = (self.word(at, 0), self.word(at, 1));
        let (p2, n2) = (self.word(at, -1), self.word(at, 2));
        let (kp1, kp2, kp3) = (self.kind(at, 0), self.kind(at, -1), self.kind(at, -2));
        let (kn1, kn2, kn3) = (self.kind(at, 1), self.kind(at, 2), self.kind(at, 3));
        let gap = self.gaps[at] as u32;
        let inside = u32::from(self.quotes[at]);
        let length = at + 1 - from;
        let long = match length {
            0..=5 => length as u32,
            6..=9 => 6,
            10..=19 => 7,
            20..=39 => 8,
            _ => 9,
        };
        let began = self.word(from, 0);
        let around = kp2 << 24 | kp1 << 16 | kn1 << 8 | gap;
        let cn1 = self.class(at, 1);
        let mut f = |template: u32, a: u32, b: u32, c: u32| out.push(key(400 + template, a, b, c));
        f(0, gap, 0, 0);
        f(1, around, 0, 0);
        f(2, around, kn2, inside);
        f(3, kp1 << 8 | gap, kn1, kn2);
        f(4, around, long, 0);
        f(5, p1.0, kn1 << 8 | gap, 0);
        f(6, n1.0, kp1 << 8 | gap, 0);
        f(7, n1.2, kp1 << 8 | gap, 0);
        f(8, p1.0, n1.0, gap);
        f(9, p2.0, p1.0, kn1 << 8 | gap);
        f(10, kp1 << 8 | gap, n1.1, 0);
        f(11, kp1 << 8 | kn1, inside, gap);
        f(12, cn1, kp1 << 16 | kn1 << 8 | gap, 0);
        f(13, cn1, around, 0);
        f(14, kp1 << 16 | kn1 << 8 | gap, n2.0, 0);
        f(15, kp1 << 16 | kn1 << 8 | gap, kn2, kn3);
        f(16, kp3 << 24 | around >> 8, gap, kn1);
        f(17, p2.0, kp1 << 16 | kn1 << 8 | gap, 0);
        f(18, began.0, kp1 << 16 | kn1 << 8 | gap, 0);
        f(19, began.1, kp1 << 16 | kn1 << 8 | gap, long);
        f(20, p1.2, cn1, gap);
        f(21, self.class(at, 0), cn1, kp1 << 16 | kn1 << 8 | gap);
        f(22, n1.2, n2.0, kp1);
        f(23, p1.0, n1.1, gap);
        f(24, self.class(at, -1), kp1 << 16 | kn1 << 8 | gap, cn1);
        f(25, cn1, self.class(at, 2), kp1 << 16 | kn1 << 8 | gap);
    }

    /// Whether the gap behind `at` may be a boundary at all.
    #[must_use]
    pub fn may_end(&self, at: usize) -> bool {
        (self.gaps[at] != Gap::None || self.closes(at)) && !self.is_versus(at)
    }

    /// Whether the gap is a blank in one line between two words, figures or commas: no sign of an end but the words.
    fn is_bare(&self, at: usize) -> bool {
        let signs_nothing = |place: usize| match self.kinds.get(place) {
            Some(Kind::Lower | Kind::Capital | Kind::Capitals | Kind::Number | Kind::Comma) => true,
            Some(Kind::Closer | Kind::Quote) => self.words[place].length > 1, // 's
            _ => false,
        };
        self.gaps[at] == Gap::Space && signs_nothing(at) && signs_nothing(at + 1)
    }

    /// Whether a full stop before a closing quotation mark ends what was quoted, and a word in capitals is next ("... the box.” GOP
    /// leaders ..."): the model saw too few of them to know.
    fn ends_quotation_before_capitals(&self, at: usize) -> bool {
        let closes = matches!(self.kinds[at], Kind::Closer | Kind::Quote) && self.quotes[at] & 1 == 0;
        let stopped = at > 0 && self.is_stop(at - 1);
        closes && stopped && self.gaps[at] == Gap::Space && self.kind(at, 1) == Kind::Capitals as u32
    }

    /// The end of "v." or "vs." between two names: a case at law, a match.
    fn is_versus(&self, at: usize) -> bool {
        let is_one_of = |at: usize, forms: [&[u8]; 2]| forms.map(hash_bytes).contains(&self.words[at].lower);
        let start = if is_one_of(at, [b"v.", b"vs."]) {
            at
        } else if at > 0
            && self.is_stop(at)
            && self.gaps[at - 1] == Gap::None
            && is_one_of(at - 1, [b"v", b"vs"])
        {
            at - 1
        } else {
            return false;
        };
        let names = [Kind::Capital, Kind::Capitals, Kind::Initial, Kind::Abbreviated];
        let is_name = |kind: u32| names.iter().any(|name| *name as u32 == kind);
        is_name(self.kind(start, -1)) && is_name(self.kind(at, 1))
    }

    fn closes(&self, at: usize) -> bool {
        matches!(
            self.kinds[at],
            Kind::Terminal
                | Kind::Dots
                | Kind::Closer
                | Kind::Quote
                | Kind::Colon
                | Kind::Dash
                | Kind::Other
                | Kind::Semicolon
        )
    }

    /// Ends of sentences (index behind the last token) by the model.
    pub fn ends_by_model(&self, weights: &Buckets, ends: &mut Vec<usize>) {
        let mut features = Vec::with_capacity(32);
        self.ends(ends, |view, at, from| {
            if !view.may_end(at) {
                return false;
            }
            if view.ends_quotation_before_capitals(at) {
                return true;
            }
            features.clear();
            view.features(at, from, &mut features);
            let mut sums = Sums::default();
            for &feature in &features {
                weights.add(feature, &mut sums);
            }
            let scores = sums.scores();
            let margin = if view.is_bare(at) { BARE_MARGIN } else { 0 };
            scores[1] > scores[0] + margin
        });
    }

    /// Ends of sentences by rules over the marks, for languages without a model.
    pub fn ends_by_rule(&self, ends: &mut Vec<usize>) {
        self.ends(ends, |view, at, _| view.ends_by_marks(at));
    }

    fn ends_by_marks(&self, at: usize) -> bool {
        let mut mark = at;
        while mark > 0 && matches!(self.kinds[mark], Kind::Closer | Kind::Quote) {
            mark -= 1;
            if at - mark > 3 {
                return false;
            }
        }
        let unspaced = self.gaps[at] == Gap::None;
        let terminal = match self.kinds[mark] {
            Kind::Terminal => true,
            Kind::Dots => self.kind(at, 1) == Kind::Capital as u32,
            _ => false,
        };
        let next = self.kind(at, 1);
        if !terminal
            || next == Kind::Closer as u32
            || next == Kind::Lower as u32
            || next == Kind::Comma as u32
        {
            return false;
        }
        if next == Kind::Quote as u32 && self.quotes[at] & 1 == 1 {
            return false; // the quote that closes
        }
        let short = mark > 0 && {
            let before = &self.words[mark - 1];
            let stop = self.words[mark].length == 1 && self.gaps[mark - 1] == Gap::None;
            stop && self.kinds[mark] == Kind::Terminal
                && self.is_stop(mark)
                && (before.length == 1 || (self.kinds[mark - 1] == Kind::Number && before.length <= 2))
        };
        if short {
            return false; // an initial, an ordinal number
        }
        !unspaced || !self.is_stop(mark)
    }

    /// Whether the token is the full stop of the Latin, Cyrillic and Greek scripts.
    fn is_stop(&self, at: usize) -> bool {
        self.words[at].shape == hash_bytes(b".")
    }

    fn ends(&self, ends: &mut Vec<usize>, mut ends_at: impl FnMut(&Self, usize, usize) -> bool) {
        ends.clear();
        let count = self.kinds.len();
        let mut from = 0;
        for at in 0..count {
            let last = at + 1 == count;
            if last || self.lines[at] || at + 1 - from >= LONGEST || ends_at(self, at, from) {
                ends.push(at + 1);
                from = at + 1;
            }
        }
    }
}
