//! Whether two numbers agree: after units, rounding, approximation, ranges and sums.

mod moment;
mod pair;
mod role;

pub use pair::{FIGURE_FEATURES, FigureJudge, differ_score, figure_features, same_quantity};

use twosource_model::{Analysis, Approximation, Number, Span, Unit};

pub use self::role::Place;
use self::role::Role;
use crate::words::{Vocabulary, WordId, WordKind};

/// A number with what is needed to compare it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Index in the analysis.
    pub index: usize,
    pub low: f64,
    pub high: f64,
    pub approximation: Approximation,
    pub unit: Unit,
    /// Concept of the head of what is counted.
    pub head: Option<WordId>,
    /// Concepts of all words of what is counted.
    pub counted: Vec<WordId>,
    /// Concepts of the words before it, nearest first.
    pub before: Vec<WordId>,
    /// Concepts of the words behind it, nearest first.
    pub behind: Vec<WordId>,
    /// Value of the moment it holds for, where the words give one ("as of Tuesday"), not of what happened then.
    pub as_of: Option<String>,
    /// What it does in its sentence.
    pub role: Role,
    pub span: Span,
}

/// Words on either side that are the surroundings of a number.
const AROUND: usize = 6;

/// Figures of one clause that are compared; a table read as one clause has more.
const MOST_FIGURES: usize = 24;

/// The first figures of `within`.
pub fn figures(analysis: &Analysis, text: &str, within: Span, vocabulary: &mut Vocabulary) -> Vec<Figure> {
    let mut found = Vec::new();
    let words = within
        .get(text)
        .map(|t| vocabulary.read(t, within.start()))
        .unwrap_or_default();
    let first = analysis
        .numbers
        .partition_point(|n| n.span.start() < within.start());
    let numbers = analysis.numbers.iter().enumerate().skip(first);
    for (index, number) in numbers.take_while(|(_, n)| n.span.end() <= within.end()) {
        if found.len() == MOST_FIGURES {
            break;
        }
        if matches!(number.unit, Unit::Ordinal | Unit::Score)
            || inside_a_name(analysis, number)
            || is_part_of_another(text, number.span)
            || is_cut_off(text, number.span)
            || is_converted(text, &analysis.numbers, index)
            || is_vague(text, number)
            || is_ticker(text, number.span)
            || role::counts_speakers(analysis, number.span)
        {
            continue;
        }
        let concept = |text: &str, vocabulary: &mut Vocabulary| -> Vec<WordId> {
            vocabulary
                .read(text, 0)
                .into_iter()
                .filter(|w| w.kind == WordKind::Content)
                .map(|w| w.concept)
                .collect()
        };
        let head = concept(&number.counted_head, vocabulary).last().copied();
        let counted = number
            .counted
            .and_then(|s| s.get(text))
            .map(|t| concept(t, vocabulary))
            .unwrap_or_default();
        let mut role = role::role(analysis, number.span, vocabulary);
        let (mut head, mut counted) = (head, counted);
        let bare = head.is_none() && counted.is_empty() && number.unit == Unit::Count;
        if let Some(level) = bare
            .then(|| role::level(analysis, number.span, vocabulary))
            .flatten()
        {
            head = Some(level.counted);
            counted = vec![level.counted];
            role = Role {
                verb: level.told,
                subject: Vec::new(),
                place: Some(Place::Bare),
            };
        }
        let weighty: Vec<_> = words
            .iter()
            .filter(|w| w.kind == WordKind::Content && !w.span.overlaps(number.span))
            .collect();
        let split = weighty.partition_point(|w| w.span.start() < number.span.start());
        let before = weighty[..split].iter().rev().take(AROUND);
        let behind = weighty[split..].iter().take(AROUND);
        found.push(Figure {
            index,
            low: number.low.min(number.high),
            high: number.high.max(number.low),
            approximation: number.approximation,
            unit: number.unit.clone(),
            head,
            counted,
            before: before.map(|w| w.concept).collect(),
            behind: behind.map(|w| w.concept).collect(),
            as_of: number
                .as_of
                .and_then(|t| analysis.times.get(t as usize))
                .filter(|t| moment::is_moment(text, t.span))
                .map(|t| t.value.clone()),
            role,
            span: number.span,
        });
    }
    found
}

/// Mentions that begin before a number among which a name that holds it is looked for: names lie in one another at times.
const NAMES_OVER: usize = 8;

/// "Boeing 737" counts nothing.
fn inside_a_name(analysis: &Analysis, number: &Number) -> bool {
    let until = analysis
        .mentions
        .partition_point(|m| m.span.start() <= number.span.start());
    let before = analysis.mentions[..until].iter().rev().take(NAMES_OVER);
    before.into_iter().any(|m| {
        m.form == twosource_model::MentionForm::Name && m.span.covers(number.span) && m.span != number.span
    })
}

/// "50" of "5.50.", "000" of "2, 000", "44" of "8: 44", "360" of "480 x 360": what stands before it ends with digits and a mark.
fn is_part_of_another(text: &str, span: Span) -> bool {
    let own = span.of(text);
    let before = text.get(..span.start()).unwrap_or_default();
    let mut last = before.trim_end().chars().rev();
    let cut = match last.next() {
        Some('.' | ':') => own.starts_with(|c: char| c.is_ascii_digit()),
        Some(',') => own.starts_with('0'),
        Some('x' | '×') => return last.find(|c| *c != ' ').is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    cut && last.next().is_some_and(|c| c.is_ascii_digit())
}

/// "8" of "8: 44", "170" of "170, 000", "5" of "5. 9", "480" of "480 x 360", and the name of a thing: "the 8900's screen".
fn is_cut_off(text: &str, span: Span) -> bool {
    let own = span.of(text);
    let behind = text.get(span.end()..).unwrap_or_default();
    let digits = |t: &str| t.chars().take_while(char::is_ascii_digit).count();
    let goes_on = match behind.split_at_checked(2) {
        Some((": " | ". ", rest)) => digits(rest) > 0,
        Some((", ", rest)) => digits(rest) == 3 && own.len() <= 3,
        Some((" x" | " ×", rest)) => digits(rest.trim_start()) > 0,
        _ => false,
    };
    let owns = behind.starts_with("'s ") || behind.starts_with("’s ");
    own.chars().all(|c| c.is_ascii_digit()) && (goes_on || owns)
}

/// Whether a figure repeats the one before it in another unit: "600 metres (2,000 feet)", "1 million euros ($1.1 million)".
fn is_converted(text: &str, numbers: &[Number], at: usize) -> bool {
    /// Words before the parenthesis among which the other figure is.
    const NEAR: usize = 3;
    let own = &numbers[at];
    let before = text.get(..own.span.start()).unwrap_or_default();
    let figure = |w: &str| w.contains(|c: char| c.is_ascii_digit());
    let after_figure = |before: &str| before.split_whitespace().rev().take(NEAR).any(figure);
    matches!(own.unit, Unit::Currency(_) | Unit::Measure(_))
        && before.trim_end().strip_suffix('(').is_some_and(after_figure)
}

/// "Millions", "dozens of": no figure that another could contradict.
fn is_vague(text: &str, number: &Number) -> bool {
    const SCALES: &[&str] = &[
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "trillions",
    ];
    let words = number.span.get(text).unwrap_or_default().to_lowercase();
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.any(|w| SCALES.contains(&w))
}

/// "-2.75%" of "The index XYZ, -2.75% fell": a quote that a page put behind a name.
fn is_ticker(text: &str, span: Span) -> bool {
    let own = span.get(text).unwrap_or_default();
    let before = text.get(..span.start()).unwrap_or_default();
    let sign = |c: char| matches!(c, '+' | '-' | '−' | '\u{2013}');
    let before = match (own.starts_with(sign), before.strip_suffix(sign)) {
        (true, _) => before,
        (_, Some(rest)) => rest,
        _ => return false,
    };
    let symbol = before.trim_end().strip_suffix(',').unwrap_or_default();
    symbol.ends_with(|c: char| c.is_ascii_uppercase())
}

/// Whether both can be true of one quantity.
pub fn agree(a: &Figure, b: &Figure) -> bool {
    use Approximation::{AtLeast, AtMost};
    let overlap = a.low <= b.high && b.low <= a.high;
    let same_bound = matches!(
        (a.approximation, b.approximation),
        (AtLeast, AtLeast) | (AtMost, AtMost)
    );
    let ranges = a.low < a.high && b.low < b.high;
    if ranges {
        // "4 to 11" and "3 to 11" are two ranges
        let ends = |x: f64, y: f64| (x - y).abs() <= ROUNDED * x.abs().max(y.abs());
        return ends(a.low, b.low) && ends(a.high, b.high);
    }
    if same_bound {
        // "at least 23" and "at least 26" are two tolls
        return overlap || rounds_to(a, b) || rounds_to(b, a);
    }
    overlap || rounds_to(a, b) || rounds_to(b, a) || bounded(a, b) || bounded(b, a)
}

/// From how much on a bare count is taken for a rounded one.
const LARGE: f64 = 1_000.0;
/// Largest share by which an exact count, or money and measures, may be off where the other is rounded.
const ROUNDED: f64 = 0.05;
/// The same where a word says that a figure is approximate.
const ABOUT: f64 = 0.05;
/// The same for a measure, which the other may have in another unit.
const CONVERTED: f64 = 0.02;
/// The same for "nearly".
const NEARLY: f64 = 0.1;

/// `b` is `a` rounded, as far as its printed digits and its approximator say.
fn rounds_to(a: &Figure, b: &Figure) -> bool {
    let (x, y) = (f64::midpoint(a.low, a.high), f64::midpoint(b.low, b.high));
    if x <= 0.0 || y <= 0.0 {
        return false;
    }
    let step = last_digit(y);
    let off = (x - y).abs();
    let relative = off / x.max(y);
    let rounded = off <= step / 2.0 + 1e-9;
    match b.approximation {
        Approximation::Nearly => relative <= NEARLY && x <= y * (1.0 + ABOUT),
        // "about 57" is no rounding of 55, "about 50" may be one of 52
        Approximation::About if relative <= ABOUT && (step >= 10.0 || off <= step) => true,
        // "about 50" is what 53 rounds to
        Approximation::About if relative <= NEARLY && rounded && step >= 10.0 => true,
        // the digits of 193 kilometres and of 120 miles say nothing of one another
        _ if matches!(b.unit, Unit::Measure(_)) && relative <= CONVERTED => true,
        // counts of a few things are not rounded
        _ if b.unit == Unit::Count => rounded && y >= LARGE && relative <= ROUNDED,
        // nobody writes 40 percent for 43 without an "about"
        _ if matches!(b.unit, Unit::Percent | Unit::PercentagePoints) => rounded && step <= 1.0,
        // "247" may be what is left of 247.7
        _ => relative <= ROUNDED && (rounded || off < step && x > y && step <= y / 100.0),
    }
}

/// The place of the last printed digit that is not zero: 100 for 1,200; 0.1 for 4.5.
fn last_digit(value: f64) -> f64 {
    let mut step = 10_f64.powi(value.abs().log10().ceil().clamp(-4.0, 15.0) as i32);
    while step > 1e-4 {
        let share = value / step;
        if (share - share.round()).abs() < 1e-6 && share.round() != 0.0 {
            return step;
        }
        step /= 10.0;
    }
    1e-4
}

/// "At least 10" agrees with 12, "more than 100" with 130; a bound far off says something else.
fn bounded(a: &Figure, b: &Figure) -> bool {
    match a.approximation {
        Approximation::AtLeast => b.high >= a.low && b.high <= a.low * 1.6 + 1.0,
        Approximation::AtMost => b.low <= a.high && b.low >= a.high * 0.5,
        Approximation::Nearly => b.high <= a.high && b.low >= a.low * 0.85,
        _ => false,
    }
}

/// Largest share by which a sum may be off ("nearly 62,000" for 43,000 and 18,000).
const SUM_OFF: f64 = 0.02;

/// Whether `whole` is the sum of some of `parts` (two or three of one unit).
pub fn is_sum<'f>(whole: &Figure, parts: impl IntoIterator<Item = &'f Figure>) -> bool {
    let parts = parts.into_iter().filter(|p| p.unit == whole.unit);
    let parts: Vec<&Figure> = parts.take(12).collect();
    let middle = |f: &Figure| f64::midpoint(f.low, f.high);
    let sum = |figures: &[&Figure]| {
        let total: f64 = figures.iter().map(|f| middle(f)).sum();
        (total - middle(whole)).abs() <= SUM_OFF * total.abs()
    };
    for (i, a) in parts.iter().enumerate() {
        for (j, b) in parts.iter().enumerate().skip(i + 1) {
            if sum(&[a, b]) || parts.iter().skip(j + 1).any(|c| sum(&[a, b, c])) {
                return true;
            }
        }
    }
    false
}

/// Two figures that disagree on one quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Index into the figures of the first.
    pub a: usize,
    /// Index into the figures of the second.
    pub b: usize,
    /// They hold for different moments.
    pub other_moment: bool,
}

/// Lowest [`same_quantity`] at which two figures are compared.
const SAME_QUANTITY: f32 = 0.5;

/// Whether the figures count things that share no word.
fn other_things(a: &Figure, b: &Figure) -> bool {
    a.unit == Unit::Count
        && matches!((a.head, b.head), (Some(x), Some(y)) if x != y)
        && !a.counted.iter().any(|id| b.counted.contains(id))
        && a.low != b.low
}

/// The pairs of figures of one unit that nothing settles: no equal, no sum, on either side.
pub fn open_pairs(a: &[Figure], b: &[Figure]) -> Vec<(usize, usize)> {
    let settled = |own: &[Figure], others: &[Figure], at: usize| {
        let figure = &own[at];
        others
            .iter()
            .any(|o| o.unit == figure.unit && agree(figure, o) && !other_things(figure, o))
            || is_sum(figure, others)
            || others.iter().any(|o| {
                o.unit == figure.unit
                    && is_sum(o, own)
                    && o.high > figure.high
                    && own.len() > 1
                    && sums_with(o, own, at)
            })
    };
    let open = |own: &[Figure], others: &[Figure]| {
        (0..own.len())
            .filter(|i| !settled(own, others, *i))
            .collect::<Vec<_>>()
    };
    let (x, y) = (open(a, b), open(b, a));
    x.iter()
        .flat_map(|i| y.iter().map(move |j| (*i, *j)))
        .filter(|(i, j)| a[*i].unit == b[*j].unit)
        .collect()
}

/// The figures of `a` that disagree with one of `b`, of their [`open_pairs`]: each with one at most.
pub fn disagreements(a: &[Figure], b: &[Figure], open: &[(usize, usize)]) -> Vec<Disagreement> {
    let mut pairs: Vec<(f32, usize, usize)> = open
        .iter()
        .map(|&(i, j)| (same_quantity(&a[i], &b[j]), i, j))
        .filter(|(score, ..)| *score >= SAME_QUANTITY)
        .collect();
    pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(&q.1)).then(p.2.cmp(&q.2)));
    let (mut used_a, mut used_b, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for (_, i, j) in pairs {
        if used_a.contains(&i) || used_b.contains(&j) {
            continue;
        }
        used_a.push(i);
        used_b.push(j);
        let other_moment = matches!((&a[i].as_of, &b[j].as_of), (Some(p), Some(q)) if p != q);
        found.push(Disagreement {
            a: i,
            b: j,
            other_moment,
        });
    }
    found.sort_by_key(|d| (d.a, d.b));
    found
}

/// Whether `whole` is the sum of figure `at` and others of `own`.
fn sums_with(whole: &Figure, own: &[Figure], at: usize) -> bool {
    let rest = own.iter().enumerate().filter(|(i, _)| *i != at);
    !is_sum(whole, rest.map(|(_, f)| f))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(low: f64, approximation: Approximation, unit: Unit) -> Figure {
        Figure {
            index: 0,
            low,
            high: low,
            approximation,
            unit,
            head: Some(1),
            counted: vec![1],
            before: vec![2, 3],
            behind: vec![4],
            as_of: None,
            role: Role::default(),
            span: Span::at(0, 0),
        }
    }

    #[test]
    fn figures_agree_after_rounding_bounds_and_sums() {
        use Approximation::{About, AtLeast, Exact, Nearly};
        let table = [
            (12.0, Exact, 12.0, Exact, true),
            (12.0, Exact, 14.0, Exact, false),
            (1_234.0, Exact, 1_200.0, About, true),
            (61_000.0, Exact, 62_000.0, Nearly, true),
            (130.0, Exact, 100.0, AtLeast, true),
            (90.0, Exact, 100.0, AtLeast, false),
            (3.0, Exact, 2.0, About, false),
        ];
        for (a, p, b, q, expected) in table {
            let (x, y) = (figure(a, p, Unit::Count), figure(b, q, Unit::Count));
            assert_eq!(agree(&x, &y), expected, "{a} {p:?} against {b} {q:?}");
            assert_eq!(agree(&y, &x), expected, "{b} {q:?} against {a} {p:?}");
        }
        let parts = [figure(2.0, Exact, Unit::Count), figure(5.0, Exact, Unit::Count)];
        assert!(is_sum(&figure(7.0, Exact, Unit::Count), &parts));
        let differ = |a: &[Figure], b: &[Figure]| disagreements(a, b, &open_pairs(a, b)).len();
        assert_eq!(differ(&parts, &[figure(7.0, Exact, Unit::Count)]), 0);
        assert_eq!(differ(&parts[..1], &[figure(9.0, Exact, Unit::Count)]), 1);
    }

    #[test]
    fn pieces_of_figures_are_no_figures() {
        for (text, figure, piece) in [
            ("Some 120, 000 people fled", "120", true),
            ("Some 120, 000 people fled", "000", true),
            ("A 6. 1 quake", "6", true),
            ("At 8: 44 it rang", "8", true),
            ("A screen of 480 x 360", "480", true),
            ("A screen of 480 x 360", "360", true),
            ("The 8900's screen", "8900", true),
            ("It killed 12, and 140 fled", "12", false),
            ("It killed 12. The rest fled", "12", false),
        ] {
            let at = text.find(figure).expect("the figure stands there");
            let span = Span::at(at, at + figure.len());
            let found = is_part_of_another(text, span) || is_cut_off(text, span);
            assert_eq!(found, piece, "{figure} of {text:?}");
        }
    }
}
