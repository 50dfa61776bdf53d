//! The bare figure: 1,234.5 or 1.234,5, twenty-five thousand, 3.5m, half a million, dozens.

use super::super::times::lexeme::{Kind, Lexeme};
use super::super::times::lexicon::{Lexicon, Role};

/// A figure with where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub value: f64,
    /// Index behind its last piece.
    pub end: usize,
    /// "dozens", "hundreds of thousands": rounded by nature.
    pub round: bool,
    /// Written as `3rd` or `third`.
    pub ordinal: bool,
    /// A fraction word or sign: "half", "two-thirds".
    pub share: bool,
    /// Written in letters.
    pub spelled: bool,
}

/// The pieces of a text, as the number grammar reads them.
pub(super) struct Pieces<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme<'a>],
    pub lexicon: &'a Lexicon,
    /// 1.234,5 rather than 1,234.5
    pub comma_decimal: bool,
    /// A blank of any kind groups thousands: 1 234 567.
    pub blank_groups: bool,
}

impl Pieces<'_> {
    pub fn words(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |l| l.span.of(self.text))
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        match self.lexemes.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    pub fn is_digits(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|l| l.kind == Kind::Digits)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|l| l.kind == Kind::Word)
    }

    pub fn joined(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|l| !l.spaced)
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.mark(at), Some('-' | '–' | '—' | '‑'))
    }

    fn entry(&self, at: usize) -> Option<&super::super::times::lexicon::Entry> {
        self.lexemes.get(at)?.entry
    }

    /// The figure that begins at piece `at`.
    pub fn figure(&self, at: usize) -> Option<Figure> {
        if self.is_digits(at) {
            return self.written(at);
        }
        if let Some(share) = self.mark(at).and_then(vulgar_fraction) {
            return Some(Figure {
                value: share,
                end: at + 1,
                round: false,
                ordinal: false,
                share: true,
                spelled: false,
            });
        }
        self.spelled(at)
    }

    /// Digits with their separators, then perhaps a scale word, a fraction or an ordinal ending.
    fn written(&self, at: usize) -> Option<Figure> {
        let mut digits = self.words(at).to_owned();
        if digits.len() > 15 {
            return None;
        }
        let mut end = at + 1;
        let (group, point) = if self.comma_decimal {
            ('.', ',')
        } else {
            (',', '.')
        };
        let next_digits = |i: usize, width: Option<usize>| {
            self.joined(i)
                && self.joined(i + 1)
                && self.is_digits(i + 1)
                && width.is_none_or(|w| self.words(i + 1).len() == w)
        };
        // thousands: 1,234,567; also 1 234 567 where a blank groups
        if digits.len() <= 3 {
            loop {
                let grouped = matches!(self.mark(end), Some(m) if m == group || m == '\'' || m == '’')
                    && next_digits(end, Some(3));
                if !grouped {
                    break;
                }
                digits.push_str(self.words(end + 1));
                end += 2;
            }
            while self.comma_decimal
                && self.is_digits(end)
                && self.words(end).len() == 3
                && self.narrow_gap(end)
            {
                digits.push_str(self.words(end));
                end += 1;
            }
        }
        // "1,2 million", as some write it where a comma groups
        let stray_comma = end == at + 1
            && self.mark(end) == Some(',')
            && next_digits(end, None)
            && self.words(end + 1).len() <= 2
            && self.entry(end + 2).is_some_and(|e| e.scale.is_some());
        if self.mark(end) == Some(point) && next_digits(end, None) || stray_comma {
            // a date or version: 1.2.3
            if matches!(self.mark(end + 2), Some('.')) && next_digits(end + 2, None) {
                return None;
            }
            digits.push('.');
            digits.push_str(self.words(end + 1));
            end += 2;
        }
        let mut value: f64 = digits.parse().ok()?;
        if let Some(share) = self.mark(end).and_then(vulgar_fraction) {
            value += share;
            end += 1;
        }
        let mut figure = Figure {
            value,
            end,
            round: false,
            ordinal: false,
            share: false,
            spelled: false,
        };
        if self.joined(end) && self.is_word(end) {
            let suffix = self.words(end).to_ascii_lowercase();
            if matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") && self.lexicon.english {
                figure.ordinal = true;
                figure.end += 1;
                return Some(figure);
            }
        }
        self.scaled(&mut figure);
        Some(figure)
    }

    /// The gap before a group of three digits is a single blank, of the narrow or hard kind unless any blank groups.
    fn narrow_gap(&self, at: usize) -> bool {
        let gap = self.lexemes[at - 1].span.end()..self.lexemes[at].span.start();
        let gap = &self.text[gap];
        matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || (self.blank_groups && gap == " ")
    }

    /// Multiplies by the scale words behind: "million", "bn", joined "m" and "k".
    fn scaled(&self, figure: &mut Figure) {
        let joined_letter = self.joined(figure.end) && self.is_word(figure.end);
        if joined_letter {
            let factor = match self.words(figure.end) {
                "k" | "K" => 1e3,
                "m" | "M" if self.money_before(figure.end) => 1e6,
                "b" | "B" if self.money_before(figure.end) => 1e9,
                _ => 0.0,
            };
            if factor > 0.0 {
                figure.value *= factor;
                figure.end += 1;
                return;
            }
        }
        let dash = usize::from(self.is_dash(figure.end) && self.joined(figure.end));
        while let Some(scale) = self.entry(figure.end + dash).and_then(|e| e.scale) {
            if self.lexemes[figure.end + dash].new_line {
                break;
            }
            figure.value *= scale;
            figure.end += 1 + dash;
            if self.mark(figure.end) == Some('.')
                && self.joined(figure.end)
                && self.words(figure.end - 1).chars().count() <= 4
                && self.comma_decimal
            {
                figure.end += 1; // "Mio."
            }
            if dash > 0 {
                break;
            }
        }
    }

    fn money_before(&self, at: usize) -> bool {
        let mut from = at;
        while from > 0
            && at - from < 4
            && (self.is_digits(from - 1) || matches!(self.mark(from - 1), Some('.' | ',')))
        {
            from -= 1;
        }
        from > 0 && matches!(self.mark(from - 1), Some('$' | '€' | '£' | '¥' | '₹'))
    }

    /// A number in letters.
    fn spelled(&self, at: usize) -> Option<Figure> {
        let entry = self.entry(at)?;
        let mut figure = Figure {
            value: 0.0,
            end: at + 1,
            round: false,
            ordinal: false,
            share: false,
            spelled: true,
        };
        if let Some(many) = entry.plural_number {
            // "hundreds of thousands"
            let further = self
                .entry(at + 1)
                .is_some_and(|e| e.is(Role::Of))
                .then(|| self.entry(at + 2))
                .flatten();
            let factor = further
                .and_then(|e| e.plural_number)
                .filter(|_| self.lexicon.english);
            figure.value = many * factor.unwrap_or(1.0);
            figure.end += if factor.is_some() { 2 } else { 0 };
            figure.round = true;
            return Some(figure);
        }
        if let Some(share) = entry.fraction {
            return self.fraction(at, share, figure);
        }
        if entry.is(Role::A) && entry.number.is_none() {
            let next = self.entry(at + 1)?;
            let (value, scale) = (next.number.filter(|n| *n >= 12.0), next.scale);
            figure.value = value.or(scale)?;
            figure.end = at + 2;
            self.scaled(&mut figure);
            return Some(figure);
        }
        if let Some(ordinal) = entry.ordinal.filter(|_| entry.number.is_none()) {
            figure.value = f64::from(ordinal);
            figure.ordinal = true;
            return Some(figure);
        }
        let (value, end, ordinal) = self.cardinal(at)?;
        figure.value = value;
        figure.end = end;
        figure.ordinal = ordinal;
        if !ordinal {
            self.share_of(&mut figure);
        }
        Some(figure)
    }

    /// "half a million", "half the voters", "a quarter of".
    fn fraction(&self, at: usize, share: f64, mut figure: Figure) -> Option<Figure> {
        figure.value = share;
        figure.share = true;
        let article = usize::from(self.entry(at + 1).is_some_and(|e| e.is(Role::A)));
        if article == 1
            && let Some(base) = self
                .entry(at + 2)
                .and_then(|e| e.scale.or(e.number.filter(|n| *n >= 12.0)))
        {
            figure.value *= base;
            figure.share = false;
            figure.end = at + 3;
            self.scaled(&mut figure);
            return Some(figure);
        }
        // a half of something: "half of voters", "half the town"; "the first half" is none
        let of = self
            .entry(at + 1)
            .is_some_and(|e| e.is(Role::Of) || e.is(Role::The))
            || (article == 1 && self.lexicon.english);
        let nth = at > 0
            && self
                .entry(at - 1)
                .is_some_and(|e| e.ordinal.is_some() || e.shift.is_some());
        (of && !nth && figure.value < 1.0).then_some(figure)
    }

    /// "two-thirds", "three quarters".
    fn share_of(&self, figure: &mut Figure) {
        let next = figure.end + usize::from(self.is_dash(figure.end) && self.joined(figure.end));
        let part = self
            .entry(next)
            .and_then(|e| e.fraction)
            .or_else(|| match self.words(next) {
                "fifths" => Some(0.2),
                "third" if figure.value == 1.0 => Some(1.0 / 3.0),
                "fifth" if figure.value == 1.0 => Some(0.2),
                _ => None,
            });
        if let Some(part) = part.filter(|p| figure.value * p < 1.0 && *p != 0.5) {
            figure.value *= part;
            figure.end = next + 1;
            figure.share = true;
        }
    }

    /// Units, tens, hundreds and scales in a row; whether the last word is an ordinal ("twenty-first").
    fn cardinal(&self, at: usize) -> Option<(f64, usize, bool)> {
        let mut total = 0.0;
        let mut group = 0.0;
        let mut end = at;
        let mut last = f64::INFINITY;
        loop {
            let mut next = end;
            if end > at {
                let hyphen = self.is_dash(next) && self.joined(next) && self.joined(next + 1);
                let and = self.entry(next).is_some_and(|e| e.is(Role::And)) && last >= 100.0;
                next += usize::from(hyphen || and);
            }
            if self.lexemes.get(next).is_none_or(|l| l.new_line && next > at) {
                break;
            }
            let Some(entry) = self.entry(next).filter(|_| self.is_word(next)) else {
                break;
            };
            if let Some(scale) = entry.scale {
                if end == at && !self.scale_alone(at) {
                    return None;
                }
                let base = if group == 0.0 { 1.0 } else { group };
                if scale == 100.0 {
                    group = base * 100.0;
                } else {
                    total += base * scale;
                    group = 0.0;
                }
                last = scale;
            } else if let Some(number) = entry.number.filter(|n| fits(*n, last)) {
                group += number;
                last = number;
            } else if let Some(ordinal) = entry.ordinal.filter(|o| end > at && fits(f64::from(*o), last)) {
                return Some((total + group + f64::from(ordinal), next + 1, true));
            } else {
                break;
            }
            end = next + 1;
        }
        (end > at).then_some((total + group, end, false))
    }

    /// "hundred" or "thousand" without a number before it: languages without an article before them.
    fn scale_alone(&self, at: usize) -> bool {
        !self.lexicon.english && self.entry(at).and_then(|e| e.scale).is_some_and(|s| s <= 1000.0)
    }
}

/// Whether a smaller word may follow: "twenty" "five", "hundred" "twelve".
fn fits(number: f64, last: f64) -> bool {
    match last {
        l if l == f64::INFINITY => true,
        l if l >= 100.0 => number < l,
        l if (20.0..100.0).contains(&l) => (1.0..10.0).contains(&number),
        _ => false,
    }
}

fn vulgar_fraction(mark: char) -> Option<f64> {
    Some(match mark {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        _ => return None,
    })
}
