//! Time and number words of a language, read from `data/LANG/times.tsv` and `numerals.tsv`.
//!
//! A line is `words TAB class TAB value`; docs/times.md lists the classes. A new language is two files and one line in
//! `FILES`.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::value::{Edge, Grain, Part, Season};

/// Role of a word in the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Ago,
    AgoPre,
    Later,
    Earlier,
    Hence,
    In,
    Of,
    The,
    A,
    Every,
    EveryPlural,
    Other,
    At,
    On,
    By,
    Before,
    After,
    From,
    To,
    Between,
    For,
    During,
    And,
    Or,
    TheYear,
    WeekOf,
    Once,
    All,
    Old,
    Age,
    That,
    Oclock,
    HourWord,
    HourPre,
    Zone,
    YearMark,
    Fill,
}

/// Day of a holiday in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holiday {
    Fixed {
        month: i8,
        day: i8,
    },
    /// `nth` weekday (1 Monday .. 7 Sunday; -1 the last) of a month, plus days.
    Nth {
        nth: i8,
        weekday: i8,
        month: i8,
        plus: i8,
    },
    /// Days after western Easter.
    Easter(i8),
    /// Days after orthodox Easter.
    Orthodox(i8),
    /// Day of the tabular Islamic calendar, and how many days it lasts.
    Islamic {
        month: u8,
        day: u8,
        length: i8,
    },
}

/// All that the lexicon knows about a word; most fields are empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub month: Option<i8>,
    pub weekday: Option<i8>,
    /// A weekday in the plural ("Mondays").
    pub weekdays: Option<i8>,
    pub unit: Option<Grain>,
    /// The unit stands in the plural, as far as the spelling tells.
    pub day: Option<i8>,
    pub now_part: Option<(i8, Part)>,
    pub part: Option<Part>,
    pub season: Option<Season>,
    pub shift: Option<i8>,
    pub set: Option<&'static str>,
    /// 0 for a.m., 12 for p.m.
    pub clock_half: Option<i8>,
    pub clock: Option<(i8, i8)>,
    pub holiday: Option<Holiday>,
    pub event: Option<&'static str>,
    pub edge: Option<Edge>,
    pub vague: bool,
    /// "nearly" belongs to the expression, "about" does not.
    pub near: Option<bool>,
    pub number: Option<f64>,
    pub scale: Option<f64>,
    pub ordinal: Option<u16>,
    pub fraction: Option<f64>,
    pub plural_number: Option<f64>,
    roles: Vec<Role>,
}

impl Entry {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// The rest of a phrase behind its first word, and what the phrase means.
type Phrase = (Vec<&'static str>, Entry);

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: HashMap<&'static str, Entry>,
    phrases: HashMap<&'static str, Vec<Phrase>>,
    /// 7/4 is the fourth of July.
    pub month_first: bool,
    /// The full grammar fits: English.
    pub english: bool,
}

const FILES: &[(&str, &str, &str)] = &[
    (
        "de",
        include_str!("../../data/de/times.tsv"),
        include_str!("../../data/de/numerals.tsv"),
    ),
    (
        "en",
        include_str!("../../data/en/times.tsv"),
        include_str!("../../data/en/numerals.tsv"),
    ),
    (
        "es",
        include_str!("../../data/es/times.tsv"),
        include_str!("../../data/es/numerals.tsv"),
    ),
    (
        "fr",
        include_str!("../../data/fr/times.tsv"),
        include_str!("../../data/fr/numerals.tsv"),
    ),
    (
        "ru",
        include_str!("../../data/ru/times.tsv"),
        include_str!("../../data/ru/numerals.tsv"),
    ),
    (
        "tr",
        include_str!("../../data/tr/times.tsv"),
        include_str!("../../data/tr/numerals.tsv"),
    ),
];

/// Languages with time and number words, by ISO 639-1 code.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(code, ..)| *code)
}

impl Lexicon {
    /// The words of the language with this ISO 639-1 code; of English for a language without words of its own: years,
    /// ISO dates and clock times are read the same everywhere.
    pub fn of(code: &str) -> &'static Self {
        static LOADED: [OnceLock<Lexicon>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
        let at = FILES
            .iter()
            .position(|(c, ..)| *c == code)
            .or_else(|| FILES.iter().position(|(c, ..)| *c == "en"))
            .unwrap_or_default();
        LOADED[at].get_or_init(|| {
            let (code, times, numerals) = FILES[at];
            Self::read(code, &[times, numerals])
        })
    }

    pub fn word(&self, folded: &str) -> Option<&Entry> {
        self.words.get(folded)
    }

    pub fn heads_phrase(&self, folded: &str) -> bool {
        self.phrases.contains_key(folded)
    }

    /// Phrases that begin with this word, longest first.
    pub fn phrases(&self, folded: &str) -> impl Iterator<Item = (&[&'static str], &Entry)> {
        self.phrases
            .get(folded)
            .into_iter()
            .flatten()
            .map(|(rest, entry)| (rest.as_slice(), entry))
    }

    fn read(code: &str, files: &[&'static str]) -> Self {
        let mut lexicon = Self {
            words: HashMap::new(),
            phrases: HashMap::new(),
            month_first: false,
            english: code == "en",
        };
        let lines = files.iter().flat_map(|f| f.lines());
        for line in lines.filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut columns = line.split('\t');
            let (words, class, value) = (
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
            );
            if class == "option" {
                lexicon.month_first |= value == "month-first";
                continue;
            }
            let entry = lexicon.entry(words);
            let understood = fill(entry, class, value).is_some();
            debug_assert!(understood, "{code}: {line:?}");
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each list is sorted on its own; the order of lists reaches nothing"
        )]
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    fn entry(&mut self, words: &'static str) -> &mut Entry {
        let mut parts = words.split(' ');
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&'static str> = parts.collect();
        if rest.is_empty() {
            return self.words.entry(first).or_default();
        }
        let phrases = self.phrases.entry(first).or_default();
        let at = phrases.iter().position(|(r, _)| *r == rest).unwrap_or_else(|| {
            phrases.push((rest, Entry::default()));
            phrases.len() - 1
        });
        &mut phrases[at].1
    }
}

/// Writes one meaning into an entry; `None` when the line is not understood.
fn fill(entry: &mut Entry, class: &str, value: &'static str) -> Option<()> {
    match class {
        "month" => entry.month = Some(value.parse().ok()?),
        "weekday" => entry.weekday = Some(value.parse().ok()?),
        "weekdays" => entry.weekdays = Some(value.parse().ok()?),
        "unit" => entry.unit = Some(Grain::parse(value)?),
        "day" => entry.day = Some(value.parse().ok()?),
        "now-part" => {
            let (day, part) = value.split_once(' ')?;
            entry.now_part = Some((day.parse().ok()?, Part::parse(part)?));
        }
        "part" => entry.part = Some(Part::parse(value)?),
        "season" => entry.season = Some(Season::parse(value)?),
        "mod" => entry.shift = Some(value.parse().ok()?),
        "set" => entry.set = Some(value),
        "clock-half" => entry.clock_half = Some(if value == "pm" { 12 } else { 0 }),
        "clock" => {
            let (hour, minute) = value.split_once(':')?;
            entry.clock = Some((hour.parse().ok()?, minute.parse().ok()?));
        }
        "holiday" => entry.holiday = Some(holiday(value)?),
        "event" => entry.event = Some(value),
        "vague" => entry.vague = true,
        "near" => entry.near = Some(value == "in"),
        "number" => entry.number = Some(value.parse().ok()?),
        "scale" => entry.scale = Some(value.parse().ok()?),
        "ordinal" => entry.ordinal = Some(value.parse().ok()?),
        "fraction" => entry.fraction = Some(value.parse().ok()?),
        "plural-number" => entry.plural_number = Some(value.parse().ok()?),
        "that" => entry.roles.push(Role::That),
        "oclock" => entry.roles.push(Role::Oclock),
        "hour-word" => entry.roles.push(Role::HourWord),
        "clock-pre" => entry.roles.push(Role::HourPre),
        "zone" => entry.roles.push(Role::Zone),
        "year-mark" => entry.roles.push(Role::YearMark),
        "fill" => entry.roles.push(Role::Fill),
        "and" => entry.roles.push(Role::And),
        "word" => match Edge::parse(value) {
            Some(edge) => entry.edge = Some(edge),
            None => entry.roles.push(role(value)?),
        },
        _ => return None,
    }
    Some(())
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "ago" => Role::Ago,
        "ago-pre" => Role::AgoPre,
        "later" => Role::Later,
        "earlier" => Role::Earlier,
        "hence" => Role::Hence,
        "in" => Role::In,
        "of" => Role::Of,
        "the" => Role::The,
        "a" => Role::A,
        "every" => Role::Every,
        "every-pl" => Role::EveryPlural,
        "other" => Role::Other,
        "at" => Role::At,
        "on" => Role::On,
        "by" => Role::By,
        "before" => Role::Before,
        "after" => Role::After,
        "from" => Role::From,
        "to" => Role::To,
        "between" => Role::Between,
        "for" => Role::For,
        "during" => Role::During,
        "and" => Role::And,
        "or" => Role::Or,
        "year" => Role::TheYear,
        "week-of" => Role::WeekOf,
        "once" => Role::Once,
        "all" => Role::All,
        "old" => Role::Old,
        "age" => Role::Age,
        _ => return None,
    })
}

fn holiday(value: &str) -> Option<Holiday> {
    let mut parts = value.split(' ');
    let kind = parts.next()?;
    let numbers: Vec<i8> = parts.map_while(|p| p.parse().ok()).collect();
    Some(match (kind, numbers.as_slice()) {
        ("fixed", &[month, day]) => Holiday::Fixed { month, day },
        ("nth", &[nth, weekday, month, ref plus @ ..]) => Holiday::Nth {
            nth,
            weekday,
            month,
            plus: plus.first().copied().unwrap_or(0),
        },
        ("easter", &[days]) => Holiday::Easter(days),
        ("orthodox", &[days]) => Holiday::Orthodox(days),
        ("islamic", &[month, day, ref length @ ..]) => Holiday::Islamic {
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
            length: length.first().copied().unwrap_or(1),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_each_file_is_understood_and_in_order() {
        for (code, times, numerals) in FILES {
            for file in [times, numerals] {
                let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with('#')).collect();
                let mut sorted = lines.clone();
                sorted.sort_unstable();
                sorted.dedup();
                assert_eq!(lines, sorted, "{code}: sorted, nothing twice");
                for line in lines {
                    let columns: Vec<&'static str> = line.split('\t').collect();
                    assert_eq!(columns.len(), 3, "{code}: {line:?}");
                    let fits = columns[1] == "option"
                        || fill(&mut Entry::default(), columns[1], columns[2]).is_some();
                    assert!(fits, "{code}: {line:?}");
                }
            }
        }
    }

    #[test]
    fn each_language_has_its_months_weekdays_and_days() {
        for code in languages() {
            let lexicon = Lexicon::of(code);
            let entries = || {
                lexicon
                    .words
                    .values()
                    .chain(lexicon.phrases.values().flatten().map(|p| &p.1))
            };
            for month in 1..=12 {
                assert!(entries().any(|e| e.month == Some(month)), "{code}: month {month}");
            }
            for weekday in 1..=7 {
                assert!(
                    entries().any(|e| e.weekday == Some(weekday)),
                    "{code}: weekday {weekday}"
                );
            }
            for day in -1..=1 {
                assert!(entries().any(|e| e.day == Some(day)), "{code}: day {day}");
            }
        }
    }
}
