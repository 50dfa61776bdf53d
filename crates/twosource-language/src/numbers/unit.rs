//! Unit and currency words, from `data/LANG/units.tsv`, and currency signs.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::Unit;

/// What a unit word does to the number before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum UnitWord {
    Percent,
    /// Percentage points, times a factor (a basis point is a hundredth).
    Points(f64),
    /// ISO 4217 code, times a factor (a cent is a hundredth).
    Currency(&'static str, f64),
    /// Base unit and factor to it.
    Measure(&'static str, f64),
    Fahrenheit,
    /// Money or weight; what stands beside it decides.
    Pounds(f64),
}

impl UnitWord {
    /// The unit, and the figure in its base.
    pub fn applied(self, figure: f64) -> (Unit, f64) {
        match self {
            Self::Percent => (Unit::Percent, figure),
            Self::Points(factor) => (Unit::PercentagePoints, figure * factor),
            Self::Currency(code, factor) => (Unit::Currency(code.to_owned()), figure * factor),
            Self::Measure(base, factor) => (Unit::Measure(base.to_owned()), figure * factor),
            Self::Fahrenheit => (Unit::Measure("degC".to_owned()), (figure - 32.0) / 1.8),
            Self::Pounds(factor) => (Unit::Measure("kg".to_owned()), figure * factor),
        }
    }
}

/// The unit words of one language.
pub(super) type Units = HashMap<&'static str, UnitWord>;

const FILES: &[(&str, &str)] = &[
    ("de", include_str!("../../data/de/units.tsv")),
    ("en", include_str!("../../data/en/units.tsv")),
    ("es", include_str!("../../data/es/units.tsv")),
    ("fr", include_str!("../../data/fr/units.tsv")),
    ("ru", include_str!("../../data/ru/units.tsv")),
    ("tr", include_str!("../../data/tr/units.tsv")),
];

/// The words of a language; English ones where there are none.
pub(super) fn units(code: &str) -> &'static Units {
    static LOADED: [OnceLock<Units>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let at = FILES
        .iter()
        .position(|(c, _)| *c == code)
        .or_else(|| FILES.iter().position(|(c, _)| *c == "en"))
        .unwrap_or_default();
    LOADED[at].get_or_init(|| FILES[at].1.lines().filter_map(read_line).collect())
}

fn read_line(line: &'static str) -> Option<(&'static str, UnitWord)> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let &[words, kind, base, factor] = columns.as_slice() else {
        return None;
    };
    let factor: f64 = factor.parse().ok()?;
    let unit = match kind {
        "percent" => UnitWord::Percent,
        "points" => UnitWord::Points(factor),
        "currency" => UnitWord::Currency(base, factor),
        "measure" => UnitWord::Measure(base, factor),
        "fahrenheit" => UnitWord::Fahrenheit,
        "pounds" => UnitWord::Pounds(factor),
        _ => return None,
    };
    Some((words, unit))
}

/// The currency of a sign before (or behind) a figure; `prefix` is the word joined before it ("US" in "US$").
pub(super) fn currency_sign(sign: char, prefix: &str) -> Option<&'static str> {
    Some(match (sign, prefix) {
        ('$', "A" | "AU") => "AUD",
        ('$', "C" | "CA") => "CAD",
        ('$', "HK") => "HKD",
        ('$', "NZ") => "NZD",
        ('$', "S") => "SGD",
        ('$', "R") => "BRL",
        ('$', "Z") => "ZWL",
        ('$', _) => "USD",
        ('€', _) => "EUR",
        ('£', _) => "GBP",
        ('¥', "CN" | "RMB") => "CNY",
        ('¥', _) => "JPY",
        ('₽', _) => "RUB",
        ('₺', _) => "TRY",
        ('₹', _) => "INR",
        ('₴', _) => "UAH",
        ('₪', _) => "ILS",
        ('₩', _) => "KRW",
        ('₦', _) => "NGN",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_understood_and_in_order() {
        for (code, file) in FILES {
            let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with('#')).collect();
            assert!(lines.is_sorted(), "{code}");
            for line in file.lines().filter(|l| !l.starts_with('#')) {
                assert!(read_line(line).is_some(), "{code}: {line:?}");
            }
            assert_eq!(units(code).len(), lines.len(), "{code}: nothing twice");
        }
    }
}
