//! Finds numbers: value or range, how exact, unit, and what they count.
//!
//! Takes an article with its sentences and time expressions; gives [`Number`]s in text order, never overlapping.
//! Figures inside time expressions and names ("Boeing 737", "G20") are none. Number words are those of
//! `data/LANG/numerals.tsv`, units those of `units.tsv`; separators follow the language (1,234.5 or 1.234,5).

mod approximation;
mod counted;
mod figure;
#[cfg(test)]
mod tests;
mod unit;

use twosource_model::{Analysis, Approximation, Article, Number, Relation, Span, Unit, Upos};

use crate::times::lexeme;
use crate::times::lexicon::{Lexicon, Role};
use crate::times::time_beside;
use figure::{Figure, Pieces};
use unit::{UnitWord, Units};

/// Fills `analysis` with the numbers of `article`.
pub fn find_numbers(article: &Article, analysis: &mut Analysis) {
    let text = article.text();
    let code = analysis.language.as_str();
    let lexicon = Lexicon::of(code);
    let lexemes = lexeme::scan(text, lexicon);
    let reader = Reader {
        pieces: Pieces {
            text,
            lexemes: &lexemes,
            lexicon,
            comma_decimal: matches!(code, "de" | "fr" | "es" | "tr" | "ru" | "it" | "pt" | "nl" | "pl"),
            blank_groups: matches!(code, "fr" | "ru"),
        },
        units: unit::units(code),
        analysis,
        english: lexicon.english,
    };
    let numbers = reader.all();
    analysis.numbers = numbers;
}

/// A figure with its unit, before it is judged.
#[derive(Debug, Clone)]
struct Reading {
    /// First piece, currency sign included.
    start: usize,
    end: usize,
    low: f64,
    high: f64,
    unit: Unit,
    round: bool,
    share: bool,
    spelled: bool,
}

/// How far above the first the second of two prices with a slash between may be, as a factor.
const WIDEST_SPREAD: f64 = 1.5;

struct Reader<'a> {
    pieces: Pieces<'a>,
    units: &'static Units,
    analysis: &'a Analysis,
    english: bool,
}

impl Reader<'_> {
    fn all(&self) -> Vec<Number> {
        let lexemes = self.pieces.lexemes;
        let mut numbers = Vec::new();
        let mut time = 0;
        let mut at = 0;
        while at < lexemes.len() {
            let span = lexemes[at].span;
            while self
                .analysis
                .times
                .get(time)
                .is_some_and(|t| t.span.end() <= span.start())
            {
                time += 1;
            }
            if self
                .analysis
                .times
                .get(time)
                .is_some_and(|t| t.span.overlaps(span))
            {
                at += 1;
                continue;
            }
            match self.read(at).filter(|r| !self.meets_time(time, r)) {
                Some(reading) => {
                    at = reading.end;
                    if let Some(number) = self.judged(reading) {
                        numbers.push(number);
                    }
                }
                None => at += 1,
            }
        }
        numbers
    }

    fn meets_time(&self, time: usize, reading: &Reading) -> bool {
        let span = self.span(reading.start, reading.end);
        self.analysis
            .times
            .get(time)
            .is_some_and(|t| t.span.overlaps(span))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.pieces.lexemes[start]
            .span
            .hull(self.pieces.lexemes[end - 1].span)
    }

    /// The number that begins at piece `at`: sign, figure, range, unit.
    fn read(&self, at: usize) -> Option<Reading> {
        let p = &self.pieces;
        let (money, from) = match self.money_sign(at) {
            Some((code, next)) => (Some(code), next),
            None => (None, at),
        };
        let minus = money.is_none()
            && matches!(p.mark(at), Some('-' | '−'))
            && !p.joined(at)
            && p.joined(at + 1)
            && p.is_digits(at + 1);
        let from = from + usize::from(minus);
        if money.is_none() && !minus && !self.may_begin(at) {
            return None;
        }
        let first = p.figure(from)?;
        if self.is_code(from, &first, money.is_some()) {
            return None;
        }
        let sign = if minus { -1.0 } else { 1.0 };
        let mut reading = Reading {
            start: at,
            end: first.end,
            low: sign * first.value,
            high: sign * first.value,
            unit: Unit::Count,
            round: first.round,
            share: first.share,
            spelled: first.spelled,
        };
        if first.ordinal {
            reading.unit = Unit::Ordinal;
            return self.ordinal_counts(&reading, &first).then_some(reading);
        }
        if let Some(age) = self.age(&reading) {
            return Some(age);
        }
        let mut range = None;
        if let Some((second, end)) = self.range_end(&reading, &first, money) {
            range = Some(second);
            reading.end = end;
            // "2-3 million": the scale holds for both
            let factor = self.scale_before(end);
            if factor > 1.0
                && first.value < factor
                && self.scale_before(first.end) == 1.0
                && second / factor > first.value / 100.0
            {
                reading.low *= factor;
                reading.high *= factor;
            }
        }
        let unit = money
            .map(|code| (UnitWord::Currency(code, 1.0), reading.end))
            .or_else(|| self.unit_behind(reading.end));
        match unit {
            Some((unit, end)) => {
                reading.end = end;
                let low = unit.applied(reading.low);
                reading.unit = low.0;
                reading.low = low.1;
                reading.high = low.1;
                if let Some(second) = range {
                    reading.high = unit.applied(second).1;
                }
            }
            None => {
                if let Some(second) = range {
                    reading.high = second;
                }
                if reading.share {
                    reading.unit = Unit::Score;
                }
            }
        }
        if let Some(second) = range {
            let dashed = (from + 1..reading.end).any(|i| p.is_dash(i));
            if reading.unit == Unit::Count
                && dashed
                && (reading.high <= reading.low || self.sports(at, reading.end))
                && second < 200.0
            {
                reading.unit = Unit::Score;
                return Some(reading);
            }
            // "5 to 3 million" and other slips: keep the first
            if reading.high < reading.low {
                std::mem::swap(&mut reading.low, &mut reading.high);
            }
        }
        Some(reading)
    }

    fn may_begin(&self, at: usize) -> bool {
        let lexeme = &self.pieces.lexemes[at];
        self.pieces.is_digits(at)
            || lexeme.entry.is_some_and(|e| {
                e.number.is_some()
                    || e.scale.is_some()
                    || e.fraction.is_some()
                    || e.plural_number.is_some()
                    || e.is(Role::A)
                    || (e.ordinal.is_some() && e.near.is_none())
            })
            || matches!(self.pieces.mark(at), Some('½' | '¼' | '¾' | '⅓' | '⅔'))
    }

    /// `$`, `US$`, `EUR` before a figure: the code, and where the figure begins.
    fn money_sign(&self, at: usize) -> Option<(&'static str, usize)> {
        let p = &self.pieces;
        if let Some(mark) = p.mark(at) {
            let code = unit::currency_sign(mark, "")?;
            return p.is_digits(at + 1).then_some((code, at + 1));
        }
        if !p.is_word(at) || p.words(at).len() > 4 {
            return None;
        }
        let prefix = p.words(at);
        if let Some(mark) = p.mark(at + 1).filter(|_| p.joined(at + 1)) {
            let code = unit::currency_sign(mark, prefix)?;
            return (p.is_digits(at + 2) && prefix.chars().all(char::is_uppercase)).then_some((code, at + 2));
        }
        if prefix.len() == 3
            && prefix.chars().all(|c| c.is_ascii_uppercase())
            && p.is_digits(at + 1)
            && let Some(UnitWord::Currency(code, _)) = self.units.get(prefix.to_ascii_lowercase().as_str())
        {
            return Some((*code, at + 1));
        }
        None
    }

    /// A figure that is part of a name or code: G20, F-16, Covid-19, 7.1.2, Boeing 737, flight 370.
    fn is_code(&self, at: usize, figure: &Figure, money: bool) -> bool {
        let p = &self.pieces;
        if figure.spelled {
            return false;
        }
        let glued_before = at > 0
            && p.joined(at)
            && (p.is_word(at - 1)
                || (at > 1 && p.is_dash(at - 1) && p.joined(at - 1) && p.is_word(at - 2))
                || matches!(p.mark(at - 1), Some('#' | '@' | '_' | '/' | '\\' | '=')));
        let glued_behind = p.joined(figure.end)
            && ((p.is_word(figure.end) && self.unit_behind(figure.end).is_none())
                || (matches!(p.mark(figure.end), Some('/' | '_' | ':' | '\\'))
                    && p.joined(figure.end + 1)
                    // "$5/day", "$367.90/368.60"
                    && !(money && p.mark(figure.end) == Some('/'))));
        let chained = |i: usize| p.is_dash(i) && p.joined(i) && p.joined(i + 1) && p.is_digits(i + 1);
        let number_chain = (chained(figure.end) && chained(figure.end + 2))
            || (at > 1 && p.joined(at) && p.is_dash(at - 1) && p.joined(at - 1) && p.is_digits(at - 2));
        if glued_before || glued_behind || number_chain {
            return true;
        }
        if at == 0 || !p.is_word(at - 1) || p.lexemes[at].new_line {
            return false;
        }
        let before = p.words(at - 1);
        let folded = before.to_ascii_lowercase();
        if LABELS.binary_search(&folded.as_str()).is_ok()
            && figure.value.fract() == 0.0
            && !if p.is_word(figure.end) {
                self.plural(figure.end)
            } else {
                false
            }
        {
            return true;
        }
        // a name before and no noun behind: "Boeing 737 crashed", "Apollo 11"
        let named = before.starts_with(char::is_uppercase)
            && p.lexemes[at - 1].entry.is_none()
            && !p.lexemes[at - 1].new_line
            && at > 1
            && !matches!(p.mark(at - 2), Some('.' | '!' | '?' | '“' | '"'));
        named && self.belongs_to_name(at, figure)
    }

    /// With a tree the number hangs on the name before it; without, nothing countable stands behind it.
    fn belongs_to_name(&self, at: usize, figure: &Figure) -> bool {
        let span = self.pieces.lexemes[at].span;
        let tokens = &self.analysis.tokens;
        let own = self.analysis.tokens_in(span);
        let tagged = tokens.get(own.start).is_some_and(|t| t.upos != Upos::X);
        if tagged {
            let on_the_left = tokens[own.start].head.is_some_and(|h| {
                let head = &tokens[h as usize];
                head.span.end() <= span.start()
                    && head.upos == Upos::Propn
                    && tokens[own.start].relation != Relation::Appos
            });
            let countable = tokens.get(own.end).is_some_and(|t| {
                matches!(
                    t.upos,
                    Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num | Upos::Sym
                )
            });
            let unit = self.unit_behind(figure.end).is_some();
            return !unit && (on_the_left || !countable) && self.pieces.mark(figure.end) != Some(',');
        }
        let behind = figure.end;
        !(self.pieces.is_word(behind) && self.pieces.words(behind).starts_with(char::is_lowercase))
            && self.unit_behind(behind).is_none()
            && self.pieces.mark(behind) != Some('%')
    }

    fn plural(&self, at: usize) -> bool {
        let word = self.pieces.words(at);
        word.starts_with(char::is_lowercase)
            && ((word.ends_with('s') && word.len() > 3)
                || matches!(word, "people" | "men" | "women" | "children"))
    }

    /// "third" and "3rd" count an order when something stands behind: "the third attempt", "finished 3rd".
    fn ordinal_counts(&self, reading: &Reading, figure: &Figure) -> bool {
        let p = &self.pieces;
        if !figure.spelled {
            // "21st Street" is a name
            return !p.words(reading.end).starts_with(char::is_uppercase);
        }
        let before = reading
            .start
            .checked_sub(1)
            .map_or(String::new(), |b| p.words(b).to_ascii_lowercase());
        let led = matches!(
            before.as_str(),
            "the"
                | "a"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "my"
                | "s"
                | "finished"
                | "came"
                | "placed"
                | "ranked"
                | "in"
                | "this"
                | "for"
        );
        led && !p.words(reading.start).starts_with(char::is_uppercase)
    }

    /// "34-year-old", "aged 34", "34 years old", ", 34,".
    fn age(&self, reading: &Reading) -> Option<Reading> {
        let p = &self.pieces;
        if !self.english || !(0.0..=130.0).contains(&reading.low) || reading.low.fract() != 0.0 {
            return None;
        }
        let aged = |end: usize| {
            Some(Reading {
                unit: Unit::Age,
                end,
                ..reading.clone()
            })
        };
        let at = reading.start;
        let mut next = reading.end;
        if p.is_dash(next) {
            next += 1;
        }
        if p.words(next).to_ascii_lowercase().trim_end_matches('s') == "year" {
            let old = next + 1 + usize::from(p.is_dash(next + 1));
            let word = p.words(old).to_ascii_lowercase();
            if matches!(word.as_str(), "old" | "olds")
                || (word == "of" && p.words(old + 1).eq_ignore_ascii_case("age"))
            {
                return aged(old + if word == "of" { 2 } else { 1 });
            }
        }
        let before = |by: usize| {
            at.checked_sub(by)
                .map_or(String::new(), |i| p.words(i).to_ascii_lowercase())
        };
        if matches!(before(1).as_str(), "aged" | "age") || (before(1) == "of" && before(2) == "age") {
            return aged(reading.end);
        }
        // "Ann Lee, 34, said"
        let apposed = p.is_digits(at)
            && at > 2
            && p.mark(at - 1) == Some(',')
            && matches!(p.mark(reading.end), Some(',' | '.'))
            && p.words(at - 2).starts_with(char::is_uppercase)
            && p.words(at - 3).starts_with(char::is_uppercase)
            && p.is_word(at - 2)
            && p.lexemes[at - 2].entry.is_none()
            && reading.low >= 1.0
            && p.joined(reading.end);
        apposed.then(|| aged(reading.end)).flatten()
    }

    /// The second figure of "10 to 15", "-5 to 7", "10-15", "between 10 and 15", "$5m-$7m", "$9.10/9.40", with its sign.
    fn range_end(
        &self,
        reading: &Reading,
        first: &Figure,
        money: Option<&'static str>,
    ) -> Option<(f64, usize)> {
        let p = &self.pieces;
        let end = first.end;
        // "five percent to seven percent" is read as two
        let word = p.words(end).to_ascii_lowercase();
        let between = reading.start > 0 && p.words(reading.start - 1).eq_ignore_ascii_case("between");
        let dash = p.is_dash(end) && (p.joined(end) == p.joined(end + 1));
        // what is bid and what is asked
        let spread = money.is_some() && p.mark(end) == Some('/') && p.joined(end) && p.joined(end + 1);
        // "a 5-to-1 lead"
        let hyphened = p.is_dash(end)
            && p.words(end + 1).eq_ignore_ascii_case("to")
            && p.is_dash(end + 2)
            && (end..end + 4).all(|at| p.joined(at));
        let joins = dash
            || spread
            || hyphened
            || matches!(word.as_str(), "to" | "bis" | "à" | "a")
            || (between && matches!(word.as_str(), "and" | "und" | "et" | "y"));
        if !joins || first.share || first.ordinal {
            return None;
        }
        if word == "a" && self.english {
            return None;
        }
        let mut next = if hyphened { end + 3 } else { end + 1 };
        if money.is_some()
            && let Some((_, figure)) = self.money_sign(next)
        {
            next = figure;
        }
        // a dash carries the sign on; behind a word each has its own
        let below_zero = reading.low < 0.0;
        let minus = below_zero && !dash && matches!(p.mark(next), Some('-' | '−')) && p.joined(next + 1);
        next += usize::from(minus);
        let sign = if minus || below_zero && dash { -1.0 } else { 1.0 };
        let figure = p.is_digits(next) || (p.is_word(next) && first.spelled);
        if !figure {
            return None;
        }
        let second = p.figure(next)?;
        if second.ordinal || (word == "to" && first.spelled != second.spelled) {
            return None;
        }
        // "from 5 to 7" may be a rise as well: a range is what "between", a dash or a unit behind says
        if word == "to" && reading.start > 0 && p.words(reading.start - 1).eq_ignore_ascii_case("from") {
            return None;
        }
        // a telephone number or another code goes on
        if p.is_dash(second.end) && p.joined(second.end) && p.is_digits(second.end + 1) {
            return None;
        }
        if spread && !(first.value..=first.value * WIDEST_SPREAD).contains(&second.value) {
            return None;
        }
        Some((sign * second.value, second.end))
    }

    /// The scale word that ends at piece `end`; 1 without one.
    fn scale_before(&self, end: usize) -> f64 {
        let scale = end
            .checked_sub(1)
            .and_then(|i| self.pieces.lexemes[i].entry)
            .and_then(|e| e.scale);
        scale.unwrap_or(1.0)
    }

    fn unit_behind(&self, at: usize) -> Option<(UnitWord, usize)> {
        let p = &self.pieces;
        let sign = p.mark(at);
        if sign == Some('%') {
            return Some((UnitWord::Percent, at + 1));
        }
        if let Some(code) = sign
            .and_then(|s| unit::currency_sign(s, ""))
            .filter(|_| !p.is_digits(at + 1) || !p.joined(at + 1))
        {
            return Some((UnitWord::Currency(code, 1.0), at + 1));
        }
        if sign == Some('°') {
            let unit = match p.words(at + 1) {
                "C" => UnitWord::Measure("degC", 1.0),
                "F" => UnitWord::Fahrenheit,
                _ => return None,
            };
            return Some((unit, at + 2));
        }
        let dash = usize::from(p.is_dash(at) && p.joined(at) && p.joined(at + 1));
        let from = at + dash;
        let lexeme = p.lexemes.get(from)?;
        if lexeme.new_line || !p.is_word(from) {
            return None;
        }
        let mut best = None;
        let mut words = String::new();
        for end in from + 1..=(from + 3).min(p.lexemes.len()) {
            if end > from + 1 && !p.joined(end - 1) {
                words.push(' ');
            }
            words.push_str(&p.words(end - 1).to_lowercase());
            if let Some(unit) = self.units.get(words.as_str()) {
                best = Some((*unit, end));
            }
        }
        let (unit, end) = best?;
        // "5 m" is metres, "5 M" is not; "in" and "won" after a figure are verbs and prepositions
        let single = p.words(from).len() <= 2 && end == from + 1;
        if single
            && p.words(from).chars().any(char::is_uppercase)
            && !matches!(p.words(from), "MB" | "GB" | "TB" | "KB" | "MW" | "GW" | "TL")
        {
            return None;
        }
        if p.words(from).eq_ignore_ascii_case("won") && !self.won_is_money(end) {
            return None;
        }
        if let UnitWord::Pounds(_) = unit {
            // a weight unless money is spoken of
            let scaled = at > 0 && p.lexemes[at - 1].entry.is_some_and(|e| e.scale.is_some());
            let before = (at.saturating_sub(6)..at).any(|i| {
                let word = p.words(i);
                word.len() < 10 && MONEY.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
            });
            let weighed = p.words(end).eq_ignore_ascii_case("of") || !(scaled || before);
            return Some((
                if weighed {
                    unit
                } else {
                    UnitWord::Currency("GBP", 1.0)
                },
                end,
            ));
        }
        Some((unit, end))
    }

    /// "2 million won was paid": a scale word before it makes it Korean money.
    fn won_is_money(&self, end: usize) -> bool {
        end > 1
            && self.pieces.lexemes[end - 2]
                .entry
                .is_some_and(|e| e.scale.is_some())
    }

    /// Words of sport near the figure: then `3-1` is a result whatever its order.
    fn sports(&self, start: usize, end: usize) -> bool {
        let p = &self.pieces;
        let from = start.saturating_sub(6);
        (from..start).chain(end..(end + 4).min(p.lexemes.len())).any(|i| {
            let word = p.words(i);
            word.len() < 12 && SPORTS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
        })
    }

    /// Turkish sets the percent sign and its word before the figure: "yüzde 3,5", "%3,5".
    fn with_percent_before(&self, reading: Reading) -> Reading {
        let p = &self.pieces;
        let before = reading
            .start
            .checked_sub(1)
            .filter(|_| self.analysis.language.as_str() == "tr" && reading.unit == Unit::Count);
        match before.filter(|at| p.mark(*at) == Some('%') || p.words(*at).to_lowercase() == "yüzde") {
            Some(start) => Reading {
                start,
                unit: Unit::Percent,
                ..reading
            },
            None => reading,
        }
    }

    /// Adds what is counted, how exact it is and when it holds; leaves out what is no number after all.
    fn judged(&self, reading: Reading) -> Option<Number> {
        let text = self.pieces.text;
        let reading = self.with_percent_before(reading);
        let span = self.span(reading.start, reading.end);
        // what stands behind a percentage is told by tags alone
        let counting = matches!(reading.unit, Unit::Count | Unit::Score | Unit::Ordinal)
            || (reading.unit == Unit::Percent && self.english);
        let of = reading.round
            || reading.share
            || reading.unit == Unit::Percent
            || reading.spelled
            || matches!(reading.unit, Unit::Count);
        let counted = counting
            .then(|| counted::counted(text, self.analysis, span, of))
            .flatten()
            .filter(|(phrase, _)| text[span.end()..phrase.start()].len() <= 10);
        // "one" is a pronoun and "a" an article far more often than a count
        let word = span.of(text);
        if reading.spelled && reading.low == 1.0 && reading.high == 1.0 && reading.unit == Unit::Count {
            let noun = counted.is_some() && word.eq_ignore_ascii_case("one");
            if !noun {
                return None;
            }
        }
        let mut approximation = approximation::approximation(text, span.start(), span.end());
        if approximation == Approximation::Exact && reading.round {
            approximation = Approximation::About;
        }
        let sentence = self
            .analysis
            .sentence_at(span.start())
            .map(|s| self.analysis.sentences[s].span);
        let as_of = sentence
            .and_then(|s| time_beside(self.analysis, s, span, |time| !is_compared_with(text, time.span)));
        let (counted, counted_head) =
            counted.map_or((None, String::new()), |(phrase, head)| (Some(phrase), head));
        // "62 percent, two points more than before": points of the percentage before them
        let points = counted.filter(|phrase| {
            let before = sentence.map_or("", |s| &text[s.start()..span.start()]);
            self.english
                && reading.unit == Unit::Count
                && matches!(phrase.of(text), "point" | "points")
                && ["%", "percent", "per cent"]
                    .iter()
                    .any(|sign| before.contains(sign))
        });
        if let Some(points) = points {
            return Some(Number {
                span: span.hull(points),
                low: reading.low,
                high: reading.high,
                approximation,
                unit: Unit::PercentagePoints,
                counted: None,
                counted_head: String::new(),
                as_of,
            });
        }
        Some(Number {
            span,
            low: reading.low,
            high: reading.high,
            approximation,
            unit: reading.unit,
            counted,
            counted_head,
            as_of,
        })
    }
}

/// Whether a time is what a figure is compared with, not when it holds: "the highest since 2019", "more than in 2021".
fn is_compared_with(text: &str, time: Span) -> bool {
    let before = text[..time.start()].trim_end();
    let last_words: Vec<&str> = before.rsplit(char::is_whitespace).take(2).collect();
    match last_words[..] {
        ["since" | "than", ..] => true,
        ["in" | "on" | "at", word] => word == "than",
        _ => false,
    }
}

/// Nouns before a figure that make it a name: "flight 370", "article 5".
const LABELS: &[&str] = &[
    "act",
    "apollo",
    "appendix",
    "article",
    "block",
    "building",
    "bus",
    "camp",
    "chapter",
    "clause",
    "day",
    "district",
    "division",
    "episode",
    "figure",
    "flight",
    "formula",
    "game",
    "gate",
    "grade",
    "group",
    "highway",
    "interstate",
    "item",
    "level",
    "line",
    "lot",
    "mark",
    "no",
    "nr",
    "number",
    "page",
    "paragraph",
    "part",
    "phase",
    "platform",
    "question",
    "resolution",
    "room",
    "round",
    "route",
    "rule",
    "season",
    "section",
    "step",
    "terminal",
    "tier",
    "title",
    "track",
    "type",
    "unit",
    "verse",
    "version",
    "volume",
    "ward",
    "windows",
    "zone",
];

/// Words that stand near results of games.
const SPORTS: &[&str] = &[
    "beat",
    "champions",
    "cup",
    "defeat",
    "defeated",
    "draw",
    "drew",
    "final",
    "game",
    "games",
    "goal",
    "goals",
    "lead",
    "league",
    "led",
    "lost",
    "match",
    "score",
    "scored",
    "scoreline",
    "set",
    "sets",
    "team",
    "tie",
    "victory",
    "vote",
    "voted",
    "win",
    "won",
];

/// Words near a sum of money.
const MONEY: &[&str] = &[
    "bill", "budget", "charge", "cost", "costs", "debt", "deal", "earn", "earned", "fee", "fine", "fined",
    "for", "fund", "paid", "pay", "price", "raise", "raised", "sale", "saved", "sold", "spend", "spent",
    "worth",
];
