//! Whether two figures can be of one quantity at all: signs in their clauses that each is of another thing, though the words
//! round them are alike. They only ever hide a difference; what is of one quantity is judged in [`crate::figures`].

use jiff::civil::Date;
use twosource_model::{Approximation, EntityType, MentionForm, Number, Span, TimeExpression, Unit, Upos};

use super::numbers::runs_on;
use super::others::{holds_in_a_case, is_one_of_row, one_compares, tell_of_others};
use crate::clauses::Clause;
use crate::desk::View;
use crate::figures::{Figure, Place};
use crate::words::{Word, WordKind};

/// Largest ratio of two values of one quantity: of the differences of `stories-ecbplus` and `mrpc` that were found real by
/// eye (23 November 2026) none is above sixteen.
const MOST_APART: f64 = 20.0;
/// The same of two sums of money, one of which says what something came to.
const MOST_APART_PRICED: f64 = 3.0;
/// Letters by which two forms of one name begin alike ("Norway", "Norwegian").
const NAME_HEAD: usize = 4;
/// Most days of a time that is as good as a day: values of two days are news of one thing.
const LONGEST_DAYS: i32 = 7;
/// Most words between "12 of" and the figure of the whole.
const NEAR_OF: usize = 4;

/// Whether the figures of two clauses are of other things.
pub fn of_other_things(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    far_apart(a.1, b.1)
        || each_of_its_own(a, b)
        || Kind::of(views, a) != Kind::of(views, b)
        || in_other_groups(views, a, b)
        || among_others(views, a.0, b.0)
        || is_of_polls(views, a.0)
        || told_of_others(views, a, b)
        || of_what_was_named(views, a.0) != of_what_was_named(views, b.0)
        || of_other_kinds(views, a, b)
        || of_own_subjects(views, a, b)
        || in_other_periods(views, a.0, b.0)
        || in_other_quarters(views, a.0, b.0)
        || in_other_months(views, a.0, b.0)
        || done_by_others(views, a.0, b.0)
        || told_of_before(views, a, b)
        || of_other_people(views, a, b)
        || bounds_meet(views, a, b)
        || tell_of_others(views, a.0, b.0)
        || one_compares(views, a.0, b.0)
        || [a, b].iter().any(|(clause, figure)| {
            let view = &views[clause.report as usize];
            holds_in_a_case(view, figure) || is_one_of_row(view, clause, figure)
        })
        || reported_too_far_apart(views, a, b)
}

/// What people are killed and hurt by, a line a kind.
const DONE_BY: &[&[&str]] = &[
    &[
        "airstrike",
        "airstrikes",
        "strikes",
        "raid",
        "raids",
        "shelling",
        "drone",
        "drones",
        "warplanes",
        "jets",
    ],
    &["bomber", "bombers", "suicide", "car-bomb", "bombing", "bombings"],
    &["gunman", "gunmen", "shooter", "shooting", "shootings", "gunfire"],
    &[
        "crash",
        "crashed",
        "collision",
        "collided",
        "derailed",
        "derailment",
        "overturned",
        "capsized",
    ],
    &["earthquake", "quake", "aftershock", "aftershocks"],
    &["stabbing", "stabbed", "knife", "machete"],
    &["outbreak", "virus", "epidemic", "flu", "cholera"],
];

/// Whether each sentence tells what did it, one thing alone, and not the same.
fn done_by_others(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let kinds = |clause: &Clause| -> Vec<usize> {
        let view = &views[clause.report as usize];
        let sentence = view.sentences[clause.sentence].of(view.article.text());
        let told: Vec<String> = words(sentence).collect();
        let named = |kind: &usize| told.iter().any(|w| DONE_BY[*kind].contains(&w.as_str()));
        (0..DONE_BY.len()).filter(named).collect()
    };
    matches!((kinds(a).as_slice(), kinds(b).as_slice()), ([x], [y]) if x != y)
}

/// "A margin of error of 3 points", "with 900 registered voters": how sure a poll is, and each is of its own.
fn is_of_polls(views: &[View<'_>], clause: &Clause) -> bool {
    let text = views[clause.report as usize].article.text();
    let told = clause.span.of(text).to_lowercase();
    told.contains("margin of") && told.contains("error")
        || told.contains("statistically significant")
        || told.contains("sampling error")
        || told.contains("interviews with")
        || told.contains("registered voters")
}

/// "13 cents" and "56 million dollars", "54.9" and "54.9 million".
fn far_apart(a: &Figure, b: &Figure) -> bool {
    let middle = |f: &Figure| f64::midpoint(f.low, f.high).abs();
    let (least, most) = (middle(a).min(middle(b)), middle(a).max(middle(b)));
    // what something moved by and what it came to
    let came_to = |f: &Figure| f.role.place == Some(Place::Level);
    let priced = matches!(a.unit, Unit::Currency(_)) && came_to(a) != came_to(b);
    let bound = if priced { MOST_APART_PRICED } else { MOST_APART };
    let same_told =
        a.head.is_some() && a.head == b.head && a.role.verb.is_some() && a.role.verb == b.role.verb;
    least > 0.0 && most > bound * least && !same_told
}

/// Whether each counts things of a kind that the other's clause does not name: "long-distance customers", "mobile customers".
fn each_of_its_own(a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let alone = |figure: &Figure, other: &Clause| {
        let mut beside = figure.counted.iter().filter(|id| Some(**id) != figure.head);
        beside.any(|id| !other.wording.has(*id))
    };
    a.1.head.is_some() && a.1.head == b.1.head && alone(a.1, b.0) && alone(b.1, a.0)
}

/// What a figure is beside the thing it counts; figures of two kinds are of other quantities.
#[derive(Debug, PartialEq, Eq)]
struct Kind {
    /// "22 million a year", "50 pounds each".
    rate: bool,
    /// "Five more cases", "the other two".
    rest: bool,
    /// "The mayor, the judge and three other people", "the premier and the leaders of three states".
    rest_of_list: bool,
    /// "170,000 in the province and thousands more elsewhere".
    part: bool,
    /// "Three of the officers".
    some: bool,
    /// "16" of "10 of the 16 games".
    whole: bool,
    /// "In the same quarter last year".
    before: bool,
    /// "38" of "68 percent, compared with 38 who".
    compared: bool,
    /// "The dead included 11 people in the bar".
    included: bool,
}

impl Kind {
    fn of(views: &[View<'_>], (clause, figure): (&Clause, &Figure)) -> Self {
        let view = &views[clause.report as usize];
        let text = view.article.text();
        let sentence = view.sentences[clause.sentence];
        let before = text
            .get(sentence.start()..figure.span.start())
            .unwrap_or_default();
        let behind = text.get(figure.span.end()..sentence.end()).unwrap_or_default();
        let numbers = view.numbers_in(sentence);
        Self {
            rate: is_rate(before, behind),
            rest: is_rest(before, behind),
            rest_of_list: is_rest(before, behind) && ends_list(before)
                || figure.unit == Unit::Count && is_joined(before),
            part: leaves_more(behind, figure.span.end(), numbers),
            some: figure.unit == Unit::Count && behind.starts_with(" of the"),
            whole: is_whole(text, figure.span, numbers),
            before: is_of_before(clause.span.of(text)),
            compared: is_compared(before),
            included: is_included(before),
        }
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\''))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
}

fn is_rate(before: &str, behind: &str) -> bool {
    let until = behind.find([',', ';', '.', '(']).unwrap_or(behind.len());
    let near: Vec<String> = words(&behind[..until]).take(3).collect();
    let of_each = |w: &String| matches!(w.as_str(), "per" | "each" | "apiece" | "every" | "annually");
    let a_period = near.first().is_some_and(|w| w == "a" || w == "an");
    a_period
        || before.chars().all(|c| !c.is_ascii_digit()) && words(before).any(|w| w == "each")
        || near.iter().take(2).any(of_each)
}

fn is_rest(before: &str, behind: &str) -> bool {
    let last = words(before).next_back().unwrap_or_default();
    let next = words(behind).next().unwrap_or_default();
    let rest_before = matches!(
        last.as_str(),
        "another" | "additional" | "further" | "remaining" | "other" | "first" | "last" | "next" | "final"
    );
    let rest_behind = matches!(next.as_str(), "more" | "additional" | "further" | "other");
    rest_before && before.ends_with(' ') || rest_behind && behind.starts_with(' ')
}

/// Whether what stands before a figure is a list that it ends: "and at least".
fn ends_list(before: &str) -> bool {
    let bounds = |w: &String| matches!(w.as_str(), "at" | "least" | "about" | "some" | "around" | "the");
    words(before)
        .rev()
        .find(|w| !bounds(w))
        .is_some_and(|w| w == "and")
}

/// Whether those counted are named behind an "and" by what they have: "and the leaders of three".
fn is_joined(before: &str) -> bool {
    let mut words = words(before).rev().filter(|w| w != "the" && w != "all");
    let of = words.next().is_some_and(|w| w == "of");
    of && words.nth(1).is_some_and(|w| w == "and")
}

/// Whether more of the same is told behind a figure: "and dozens more", "and 12 more".
fn leaves_more(behind: &str, from: usize, numbers: &[Number]) -> bool {
    numbers.iter().any(|n| {
        let Some(at) = n.span.start().checked_sub(from) else {
            return false;
        };
        let (Some(between), Some(rest)) = (behind.get(..at), behind.get(n.span.end() - from..)) else {
            return false;
        };
        let mut next = words(rest);
        let more = next.next().is_some_and(|w| w == "more");
        let joined = words(between).next_back().is_some_and(|w| w == "and");
        more && joined && next.next().is_none_or(|w| w != "than")
    })
}

/// Whether a figure is the whole that another one is a part of.
fn is_whole(text: &str, figure: Span, numbers: &[Number]) -> bool {
    numbers.iter().any(|n| {
        let between = text.get(n.span.end()..figure.start()).unwrap_or_default();
        let mut near = words(between);
        let of = near.next().is_some_and(|w| w == "of");
        of && near.count() < NEAR_OF && !between.contains([',', ';', '.', '('])
    })
}

/// Whether a figure is what another one is compared with.
fn is_compared(before: &str) -> bool {
    /// Words between "compared with" and the figure.
    const NEAR: usize = 4;
    let near: Vec<String> = words(before).rev().take(NEAR).collect();
    let compared = |pair: &[String]| pair[1] == "compared" && matches!(pair[0].as_str(), "with" | "to");
    near.windows(2).any(compared)
        || near
            .iter()
            .any(|w| matches!(w.as_str(), "versus" | "vs" | "against"))
}

/// Whether a figure is of some of those told of: "including", "included".
fn is_included(before: &str) -> bool {
    /// Words between such a word and the figure.
    const NEAR: usize = 3;
    words(before).rev().take(NEAR).any(|w| w.starts_with("includ"))
}

/// Whether a clause tells of the time that another is compared with.
fn is_of_before(clause: &str) -> bool {
    const BEFORE: &[&str] = &[
        "year ago",
        "year earlier",
        "year-ago",
        "year-earlier",
        "same period",
        "same quarter",
        "same month",
        "same week",
        "previous year",
        "previous quarter",
        "previous month",
        "year before",
        "month earlier",
        "month before",
    ];
    let clause = clause.to_lowercase();
    BEFORE.iter().any(|words| clause.contains(words))
}

/// Words that open what bounds those counted: "of the men who took part", "of women on the pill".
const BOUNDING: &[&str] = &[
    "who", "that", "taking", "on", "in", "with", "without", "from", "at", "aged", "under", "over", "living",
];

/// Whether each counts some of a group that is bounded in words which the other lacks.
fn in_other_groups(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    /// Words between a figure and what bounds its group, and words of that which are looked at.
    const NEAR: usize = 4;
    const LOOKED_AT: usize = 3;
    let alone = |(own, figure): (&Clause, &Figure), other: &Clause| {
        let text = views[own.report as usize].article.text();
        let behind = own.wording.words.iter();
        let behind: Vec<&Word> = behind.filter(|w| w.span.start() >= figure.span.end()).collect();
        let bounds = |w: &&Word| BOUNDING.contains(&w.span.of(text).to_lowercase().as_str());
        let from = behind
            .iter()
            .take(NEAR)
            .position(bounds)
            .map_or(behind.len(), |at| at + 1);
        let group = behind[from..].iter().take(LOOKED_AT);
        group
            .into_iter()
            .any(|w| w.kind == WordKind::Content && !other.wording.has(w.concept))
    };
    a.1.unit == Unit::Percent && alone(a, b.0) && alone(b, a.0)
}

/// Whether a sentence opens with a group that the other does not name: "Among women under 30, 44 percent".
fn among_others(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let told = |clause: &Clause| {
        let view = &views[clause.report as usize];
        view.sentences[clause.sentence]
            .of(view.article.text())
            .to_lowercase()
    };
    let [x, y] = [told(a), told(b)];
    let alone = |own: &str, other: &str| {
        let group = own.strip_prefix("among ").and_then(|rest| rest.split_once(','));
        let others: Vec<String> = words(other).collect();
        group.is_some_and(|(group, _)| words(group).any(|word| !others.contains(&word)))
    };
    alone(&x, &y) || alone(&y, &x)
}

/// Whether the verb over each figure is told of somebody named, and nobody is named in both.
fn told_of_others(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let (x, y) = (names_of_subject(views, a), names_of_subject(views, b));
    let head = |name: &str| -> String { name.chars().take(NAME_HEAD).collect() };
    let same = |p: &&str, q: &&str| head(p) == head(q);
    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| same(p, q)))
}

/// "That number jumps to 22 percent": of what was told before, which the clause does not say.
fn of_what_was_named(views: &[View<'_>], clause: &Clause) -> bool {
    const NAMED: &[&str] = &[
        "That number",
        "That figure",
        "That share",
        "That compares",
        "This number",
        "This figure",
    ];
    let told = clause.span.of(views[clause.report as usize].article.text());
    NAMED.iter().any(|words| told.starts_with(words))
}

/// Whether each figure counts things of a kind that is told behind them in words which the other clause lacks: "five counts of theft", "two
/// counts of arson".
fn of_other_kinds(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    /// Words between a figure and "of", and words of the kind that are looked at.
    const NEAR: usize = 2;
    const LOOKED_AT: usize = 2;
    let alone = |(own, figure): (&Clause, &Figure), other: &Clause| {
        let text = views[own.report as usize].article.text();
        let mut behind = own
            .wording
            .words
            .iter()
            .filter(|w| w.span.start() >= figure.span.end());
        let of = behind.by_ref().take(NEAR + 1).any(|w| w.span.of(text) == "of");
        let kind = behind.filter(|w| w.kind == WordKind::Content).take(LOOKED_AT);
        let mut kind = kind.peekable();
        of && kind.peek().is_some() && kind.all(|w| !other.wording.has(w.concept))
    };
    a.1.unit == Unit::Count && a.1.head.is_some() && a.1.head == b.1.head && alone(a, b.0) && alone(b, a.0)
}

/// Whether the subject of the verb over each figure has a word that the other clause lacks: "shops for nets", "makers of nets".
fn of_own_subjects(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let alone = |figure: &Figure, other: &Clause| {
        let mut subject = figure.role.subject.iter();
        subject.any(|id| !other.wording.has(*id))
    };
    let shares = a.1.role.subject.iter().any(|id| b.1.role.subject.contains(id));
    let of_other = names_of_subject(views, b);
    let share_name = names_of_subject(views, a)
        .iter()
        .any(|name| of_other.contains(name));
    shares && !share_name && alone(a.1, b.0) && alone(b.1, a.0)
}

fn names_of_subject<'v>(views: &'v [View<'_>], (clause, figure): (&Clause, &Figure)) -> Vec<&'v str> {
    let view = &views[clause.report as usize];
    let tokens = &view.analysis.tokens;
    let named = |span: Span| {
        let mut own = view.analysis.tokens_in(span);
        own.any(|at| tokens[at].upos == Upos::Propn)
    };
    let words = clause.wording.words.iter();
    words
        .filter(|w| figure.role.subject.contains(&w.concept) && named(w.span))
        .map(|w| w.span.of(view.article.text()))
        .collect()
}

/// Whether both clauses name times, none of which overlap, and one of them is longer than a few days ("in the third quarter",
/// "in April 1994").
fn in_other_periods(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let times = |clause: &Clause| -> Vec<(Date, Date)> {
        let view = &views[clause.report as usize];
        let own = view.times_in(clause.span).iter();
        own.filter(|t| clause.span.covers(t.span) && !view.is_of_saying(t.span))
            .filter_map(|t| t.interval)
            .collect()
    };
    let (x, y) = (times(a), times(b));
    let long = |&(from, to): &(Date, Date)| from.until(to).is_ok_and(|s| s.get_days() > LONGEST_DAYS);
    let apart = |p: &(Date, Date)| y.iter().all(|q| p.1 <= q.0 || q.1 <= p.0);
    !x.is_empty() && !y.is_empty() && x.iter().chain(&y).any(long) && x.iter().all(apart)
}

/// Days between what a figure counts and what is new in a report, from which on it is of another event; the same of what is no count, which
/// holds longer.
const LONG_BEFORE_DAYS: i32 = 3;
const LONG_AGO_DAYS: i32 = 180;

/// Whether one figure is of what was long before its report, or both are of days that are apart: "52 were killed in November" beside
/// "70 were killed", "seven years ago it made 32 percent" beside "it makes 23 percent". What holds for a moment ("as of Tuesday") may be news of one thing.
fn told_of_before(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    if a.1.as_of.is_some() || b.1.as_of.is_some() {
        return false;
    }
    let counts = a.1.unit == Unit::Count;
    let least = if counts { LONG_BEFORE_DAYS } else { LONG_AGO_DAYS };
    let times = |clause: &Clause, wanted: &dyn Fn(&TimeExpression) -> bool| -> Vec<(Date, Date)> {
        let view = &views[clause.report as usize];
        let own = view.times_in(clause.span).iter();
        own.filter(|t| clause.span.covers(t.span) && wanted(t))
            .filter_map(|t| t.interval)
            .collect()
    };
    let [all, others] = [a, b].map(|(clause, _)| times(clause, &|_| true));
    let [own, of_other] = [a, b].map(|(clause, figure)| {
        let view = &views[clause.report as usize];
        times(clause, &|t| {
            !view.is_of_saying(t.span) && dates(view, t.span, figure.span)
        })
    });
    let days = |from: Date, to: Date| from.until(to).map_or(0, |s| s.get_days());
    let long_before = |clause: &Clause, times: &[(Date, Date)]| {
        let report = views[clause.report as usize].date.as_ref();
        let before = |report: Date| times.iter().all(|t| days(t.1, report) >= least);
        !times.is_empty() && report.is_some_and(|d| before(d.moment.day()))
    };
    let apart = |p: &(Date, Date), q: &(Date, Date)| days(p.1, q.0) > 0 || days(q.1, p.0) > 0;
    let both_dated = !own.is_empty() && !of_other.is_empty();
    all.is_empty() && long_before(b.0, &of_other)
        || others.is_empty() && long_before(a.0, &own)
        || counts && both_dated && all.iter().all(|p| others.iter().all(|q| apart(p, q)))
}

/// Whether a time says when that was of which a figure tells: it hangs on a verb over the figure, and is nothing to compare with
/// ("12 more than in 2012").
fn dates(view: &View<'_>, time: Span, figure: Span) -> bool {
    /// Steps up a tree that are taken.
    const HIGHEST: usize = 40;
    let tokens = &view.analysis.tokens;
    let verbs_over = |span: Span| -> Vec<usize> {
        let first = view.analysis.tokens_in(span).start;
        let up = |at: &usize| tokens.get(*at)?.head.map(|head| head as usize);
        let path = std::iter::successors(Some(first), up).take(HIGHEST);
        path.filter(|at| tokens.get(*at).is_some_and(|t| t.upos == Upos::Verb))
            .collect()
    };
    let text = view.article.text().get(..time.start()).unwrap_or_default();
    let compares = words(text).rev().take(2).any(|w| w == "than");
    let over = verbs_over(figure);
    let own = verbs_over(time);
    !compares && own.first().is_none_or(|verb| over.contains(verb))
}

/// Most days between two reports in which a share is of one count, and any other figure is: the jobs of two months, the dead of two crashes (pairs
/// of like articles of `stories-stream`, 23 November 2026).
const SHARE_HOLDS_DAYS: i32 = 7;
const FIGURE_HOLDS_DAYS: i32 = 45;

/// Whether the days of two reports are too far apart for the figures to be of one count: what moves all day is of its day, a share of its
/// week.
fn reported_too_far_apart(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let holds = match a.1.unit {
        _ if runs_on(views, a.0, &a.1.unit) => 0,
        Unit::Percent | Unit::PercentagePoints => SHARE_HOLDS_DAYS,
        _ => FIGURE_HOLDS_DAYS,
    };
    a.0.days_from(b.0).is_some_and(|days| days > holds)
}

/// Most years between two ages that are told of one person.
const MOST_YEARS_APART: f64 = 5.0;

/// Whether the figures are ages of two people: too far apart, or with other people named in the sentences round them.
fn of_other_people(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let is_age = |(clause, figure): (&Clause, &Figure)| {
        let text = views[clause.report as usize].article.text();
        let behind = text.get(figure.span.end()..).unwrap_or_default();
        let behind = behind.trim_start_matches(['-', ' ', '\u{2010}', '\u{2011}']);
        let old = ["year-old", "years-old", "year old", "years old"];
        figure.span.of(text).ends_with("old") || old.iter().any(|w| behind.starts_with(w))
    };
    if !is_age(a) && !is_age(b) {
        return false;
    }
    let people = |clause: &Clause| -> Vec<&str> {
        let view = &views[clause.report as usize];
        let named = view.mentions_in(view.around(clause.sentence)).iter();
        named
            .filter(|m| m.form == MentionForm::Name && m.entity_type == EntityType::Person)
            .filter_map(|m| m.span.of(view.article.text()).split_whitespace().next_back())
            .collect()
    };
    (a.1.low - b.1.low).abs() > MOST_YEARS_APART || apart(&people(a.0), &people(b.0))
}

/// Most by which a bound may lie above another one that leaves it open.
const MOST_ABOVE_BOUND: f64 = 1.6;

/// "More than 30" leaves open what "at least 36" says.
fn bounds_meet(views: &[View<'_>], a: (&Clause, &Figure), b: (&Clause, &Figure)) -> bool {
    let leaves_open = |(clause, figure): (&Clause, &Figure)| {
        let text = views[clause.report as usize].article.text();
        let before = text.get(..figure.span.start()).unwrap_or_default();
        let mut near = words(before).rev();
        let (last, next) = (near.next().unwrap_or_default(), near.next().unwrap_or_default());
        last == "than" && next == "more" || last == "over"
    };
    let within = |open: &Figure, other: &Figure| {
        open.approximation == Approximation::AtLeast
            && other.approximation == Approximation::AtLeast
            && (open.low..=open.low * MOST_ABOVE_BOUND).contains(&other.low)
    };
    let [p, q] = [a, b].map(leaves_open);
    p && !q && within(a.1, b.1) || q && !p && within(b.1, a.1)
}

/// The quarters of a year that a clause names, as their words.
fn quarters(clause: &str) -> Vec<&'static str> {
    const QUARTERS: [&str; 4] = ["first", "second", "third", "fourth"];
    let words: Vec<String> = words(&clause.replace('-', " ")).collect();
    let named = |quarter: &&str| words.windows(2).any(|w| w[0] == **quarter && w[1] == "quarter");
    QUARTERS.into_iter().filter(named).collect()
}

/// Whether both clauses name a quarter of a year, and not the same.
fn in_other_quarters(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let of = |clause: &Clause| quarters(clause.span.of(views[clause.report as usize].article.text()));
    apart(&of(a), &of(b))
}

/// The months that a time names in letters, by their first three.
fn month(time: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let time = time.to_lowercase();
    let named = |month: &&str| {
        time.split(|c: char| !c.is_alphabetic())
            .any(|w| w.starts_with(*month))
    };
    MONTHS.into_iter().find(named)
}

/// Whether both clauses name months, and none in common, where a report has no date by which their days could be read.
fn in_other_months(views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
    let months = |clause: &Clause| -> Vec<&str> {
        let view = &views[clause.report as usize];
        let own = view.times_in(clause.span).iter();
        own.filter(|t| clause.span.covers(t.span) && !view.is_of_saying(t.span))
            .filter_map(|t| month(t.span.of(view.article.text())))
            .collect()
    };
    let undated = |clause: &Clause| views[clause.report as usize].date.is_none();
    (undated(a) || undated(b)) && apart(&months(a), &months(b))
}

/// Whether both have something, and nothing in common.
fn apart(a: &[&str], b: &[&str]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_and_what_is_included_are_known() {
        for (before, compared, included) in [
            ("68 percent said so, compared with just ", true, false),
            ("Brandt leads Wiell 49 percent versus ", true, false),
            ("the dead included ", false, true),
            ("hurt many, including at least ", false, true),
            ("he compared it with a storm that killed ", false, false),
            ("it killed ", false, false),
        ] {
            assert_eq!(is_compared(before), compared, "{before:?}");
            assert_eq!(is_included(before), included, "{before:?}");
        }
    }

    #[test]
    fn rates_rests_and_times_before_are_told_apart() {
        for (before, behind, rate) in [
            ("a deal worth ", " a year", true),
            ("it earned ", " per share", true),
            ("each boat weighed ", "", true),
            ("for 12 kroner each or ", " for a crate", false),
            ("it cost ", " in May", false),
        ] {
            assert_eq!(is_rate(before, behind), rate, "{before:?} .. {behind:?}");
        }
        for (before, behind, rest) in [
            ("", " more cases were found", true),
            ("she met the other ", " unions", true),
            ("he rowed the first ", " heats", true),
            ("it killed ", " people", false),
        ] {
            assert_eq!(is_rest(before, behind), rest, "{before:?} .. {behind:?}");
        }
        for (before, joined) in [
            ("the premier and the leaders of ", true),
            ("the premier and a leader of all ", false),
            ("the leaders of ", false),
            ("", false),
        ] {
            assert_eq!(is_joined(before), joined, "{before:?}");
        }
        for (clause, named) in [
            ("It lost 4 million in the third quarter", vec!["third"]),
            ("Its first-quarter loss was 4 million", vec!["first"]),
            ("The first of the quarters was good", vec![]),
        ] {
            assert_eq!(quarters(clause), named, "{clause:?}");
        }
        for (time, named) in [
            ("October 4", Some("oct")),
            ("4 Sept. 2031", Some("sep")),
            ("Sunday", None),
        ] {
            assert_eq!(month(time), named, "{time:?}");
        }
        for (clause, before) in [
            ("The mill lost 4 million in the same quarter last year", true),
            ("The mill lost 4 million", false),
        ] {
            assert_eq!(is_of_before(clause), before, "{clause:?}");
        }
    }
}
