//! Whether a figure stands in words: in digits, in words, or in another unit of the same measure.

use std::str::FromStr;

/// Relative difference below which two figures are the same: conversions are printed rounded.
const TOLERANCE: f64 = 0.005;

/// Factors between a printed unit and the base unit that a value may be given in, with prefixes of their names.
/// Exact by definition (SI; international yard and pound of 1959), except the barrel of oil (42 US gallons).
const UNIT_FACTORS: &[(&str, f64)] = &[
    ("km", 1000.0),
    ("kilomet", 1000.0),
    ("cm", 0.01),
    ("centimet", 0.01),
    ("mm", 0.001),
    ("millimet", 0.001),
    ("mile", 1609.344),
    ("yard", 0.9144),
    ("feet", 0.3048),
    ("foot", 0.3048),
    ("ft", 0.3048),
    ("inch", 0.0254),
    ("tonne", 1000.0),
    ("ton", 1000.0),
    ("ton", 907.18474),
    ("gram", 0.001),
    ("pound", 0.45359237),
    ("lb", 0.45359237),
    ("ounce", 0.028349523125),
    ("minute", 60.0),
    ("hour", 3600.0),
    ("day", 86400.0),
    ("week", 604_800.0),
    ("acre", 0.40468564224),
    ("acre", 4046.8564224),
    ("hectare", 10_000.0),
    ("square", 1_000_000.0),
    ("square", 100.0),
    ("square", 2_589_988.110336),
    ("square", 258.9988110336),
    ("mph", 0.44704),
    ("mph", 1.609344),
    ("km/h", 1.0 / 3.6),
    ("kph", 1.0 / 3.6),
    ("barrel", 158.987294928),
    ("litre", 0.001),
    ("liter", 0.001),
    ("cent", 0.01),
    ("pence", 0.01),
    ("basis point", 0.01),
    ("dozen", 12.0),
    ("decade", 10.0),
    ("year", 365.25 * 86400.0),
];

/// Whether every figure of `value` stands in one of `words`. A value without a figure is not a matter of figures.
pub(super) fn stand_in(value: &str, words: &[&str]) -> bool {
    let wanted = digits_in(value);
    if wanted.is_empty() {
        return true;
    }
    let printed: Vec<f64> = words.iter().flat_map(|words| figures_in(words)).collect();
    let fits = |figure: f64, printed: f64| {
        same(printed, figure) || words.iter().any(|w| converts(w, printed, figure))
    };
    wanted.iter().all(|readings| {
        readings
            .iter()
            .any(|figure| printed.iter().any(|printed| fits(*figure, *printed)))
    })
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * a.abs().max(b.abs())
}

/// Whether a unit named in `words` turns `printed` into `figure`.
fn converts(words: &str, printed: f64, figure: f64) -> bool {
    let words = words.to_lowercase();
    let fahrenheit = || {
        let named = ["fahrenheit", "°f", "degrees f"]
            .iter()
            .any(|name| words.contains(name));
        named && (same((printed - 32.0) / 1.8, figure) || ((printed - 32.0) / 1.8 - figure).abs() < 0.6)
    };
    UNIT_FACTORS
        .iter()
        .any(|(unit, factor)| same(printed * factor, figure) && names(&words, unit))
        || fahrenheit()
}

/// Whether a word begins with these letters, or the words hold them where they are no letters ("%").
fn names(words: &str, unit: &str) -> bool {
    let within =
        |at: usize| words[..at].ends_with(char::is_alphabetic) && unit.starts_with(char::is_alphabetic);
    words.match_indices(unit).any(|(at, _)| !within(at))
}

/// The figures in digits, grouping marks taken out. Each with its readings: a word behind it may be a magnitude
/// ("3 m" is three million, or three metres).
fn digits_in(text: &str) -> Vec<Vec<f64>> {
    let tokens = tokens(text);
    let mut figures = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Some(figure) = digits(token) {
            let greater = tokens
                .get(at + 1)
                .and_then(|next| magnitude(next))
                .map(|by| figure * by);
            let plain = greater.is_none() || tokens[at + 1].len() == 1;
            figures.push(greater.into_iter().chain(plain.then_some(figure)).collect());
        }
    }
    figures
}

/// The figures in digits and in words; a figure with a magnitude counts with and without it.
fn figures_in(text: &str) -> Vec<f64> {
    let tokens = tokens(text);
    let mut figures: Vec<f64> = digits_in(text).concat();
    figures.extend(tokens.iter().filter_map(|token| digits(token)));
    let mut at = 0;
    while at < tokens.len() {
        let (figure, used) = spelled(&tokens[at..]);
        if used > 0 {
            figures.push(figure);
        }
        at += used.max(1);
    }
    figures
}

/// Stretches of digits (with marks inside) and of letters, in lower case.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    let lower: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    for (at, &c) in lower.iter().enumerate() {
        let next_digit = lower.get(at + 1).is_some_and(char::is_ascii_digit);
        let inside = matches!(c, '.' | ',') && last.is_ascii_digit() && next_digit;
        let joins = (c.is_ascii_digit() && (last.is_ascii_digit() || matches!(last, '.' | ',')))
            || (c.is_alphabetic() && last.is_alphabetic())
            || inside;
        if c.is_ascii_digit() || c.is_alphabetic() || inside {
            match tokens.last_mut() {
                Some(token) if joins => token.push(c),
                _ => tokens.push(c.to_string()),
            }
            last = c;
        } else {
            last = ' ';
        }
    }
    tokens
}

/// `1,234.5`, `12`, `3.5`; a comma groups when three digits follow it.
fn digits(token: &str) -> Option<f64> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups = token
        .split(',')
        .skip(1)
        .all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let plain = if groups {
        token.replace(',', "")
    } else {
        token.replace(',', ".")
    };
    f64::from_str(&plain).ok()
}

fn magnitude(token: &str) -> Option<f64> {
    Some(match token {
        "hundred" => 100.0,
        "thousand" | "k" => 1e3,
        "million" | "millions" | "m" | "mn" => 1e6,
        "billion" | "billions" | "bn" | "b" => 1e9,
        "trillion" | "trillions" | "tn" => 1e12,
        "dozen" => 12.0,
        _ => return None,
    })
}

/// A number in words at the head of `tokens`, and how many of them it takes.
fn spelled(tokens: &[String]) -> (f64, usize) {
    let (mut total, mut part, mut used) = (0.0, 0.0, 0);
    for token in tokens {
        if let Some(small) = small(token) {
            part += small;
        } else if let Some(by) = magnitude(token).filter(|_| used > 0 || token.len() > 2) {
            let count = if part == 0.0 { 1.0 } else { part };
            if by == 100.0 || by == 12.0 {
                part = count * by;
            } else {
                total += count * by;
                part = 0.0;
            }
        } else if !(token == "and" && used > 0) {
            break;
        }
        used += 1;
    }
    (total + part, used)
}

fn small(token: &str) -> Option<f64> {
    const ONES: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &[
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    const OTHERS: &[(&str, f64)] = &[
        ("a", 1.0),
        ("an", 1.0),
        ("no", 0.0),
        ("none", 0.0),
        ("nobody", 0.0),
        ("single", 1.0),
        ("half", 0.5),
        ("once", 1.0),
        ("twice", 2.0),
        ("both", 2.0),
        ("pair", 2.0),
        ("couple", 2.0),
        ("first", 1.0),
        ("second", 2.0),
        ("third", 3.0),
        ("fourth", 4.0),
        ("fifth", 5.0),
        ("sixth", 6.0),
        ("seventh", 7.0),
        ("eighth", 8.0),
        ("ninth", 9.0),
        ("tenth", 10.0),
        ("dozens", 24.0),
        ("hundreds", 200.0),
        ("thousands", 2000.0),
        ("scores", 40.0),
    ];
    let at = |list: &[&str]| list.iter().position(|word| *word == token);
    at(ONES)
        .map(|n| n as f64)
        .or_else(|| at(TENS).map(|n| 10.0 * (n as f64 + 2.0)))
        .or_else(|| {
            OTHERS
                .iter()
                .find(|(word, _)| *word == token)
                .map(|(_, value)| *value)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_words() {
        for (value, words, stands) in [
            ("12", "12 people were killed", true),
            ("12", "Twelve people were killed", true),
            ("12", "a dozen people", true),
            ("14", "12 people were killed", false),
            ("125", "one hundred and twenty-five", true),
            ("1234", "1,234 homes", true),
            ("3500000", "$3.5 million", true),
            ("3.5 million", "3,500,000 euros", true),
            ("5000 m", "five kilometres away", true),
            ("5000 m", "six kilometres away", false),
            ("Israeli security", "anything", true),
            ("0", "nobody was hurt", true),
            ("3", "3rd place", true),
            ("6.2", "magnitude 6,2", true),
            ("12", "", false),
        ] {
            let found = stand_in(value, &[words]);
            assert_eq!(found, stands, "{value:?} in {words:?}");
        }
    }

    #[test]
    fn any_of_several_words_will_do() {
        assert!(stand_in("12", &["nothing", "12 dead"]));
    }
}
