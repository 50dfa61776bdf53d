//! The brief and the headline: a few whole sentences in the reports' own words, chosen for support, centrality and
//! newness, that can be read alone.

mod alone;
mod centre;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{BriefSentence, Number, Part, Passage, ReportIx, Span, Statement, StatementIx, Unit};

pub use self::alone::DANGLING;
pub use self::centre::Centre;
use self::centre::bag_of;
pub use self::sentence::Sentence;
use crate::align::same_statement;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::words::{Vocabulary, WordId, WordKind};

/// Most sentences of a brief, and how many it has however many words they take.
const MOST: usize = 5;
/// See [`MOST`].
const LEAST: usize = 2;
/// Words of a brief of one origin beyond which it gets no third sentence, and how many each further origin adds, up to
/// [`WORDS_AT_MOST`]. Human summaries of GUM have 44 words, the neutral texts of `roundups` (three reports) 70.
const WORDS_OF_ONE: usize = 70;
/// See [`WORDS_OF_ONE`].
const WORDS_OF_ORIGIN: usize = 10;
/// See [`WORDS_OF_ONE`].
const WORDS_AT_MOST: usize = 150;
/// Sentences of most worth that a brief is chosen from.
const LOOKED_AT: usize = 500;
/// Share of its weight that a further sentence must add.
const LEAST_NEW: f32 = 0.45;
/// Share of the first sentence's worth that a second one must reach, and one beyond [`LEAST`].
const LEAST_OF_SECOND: f32 = 0.4;
/// See [`LEAST_OF_SECOND`].
const LEAST_OF_FIRST: f32 = 0.6;
/// Lowest probability at which sentences of two reports tell the same in other words: a brief holds one of them. Of .3, .4,
/// .45, .5 and .6 the first 500 of `roundups` did best with this one.
const REPEATS: f32 = 0.4;
/// Largest share of a sentence's weight in clauses that a chosen sentence tells already.
const REPEATED: f32 = 0.4;

// What a sentence is worth: least squares over the sentences of `roundups`, of features and of how much of the editors' neutral
// text they tell (ROUGE-1, twice ROUGE-2, ROUGE-L), each less its mean in the story; in five folds none moved by more than .03. The first
// three were then moved a little (.18, .41, .014) by what whole briefs scored on the same pack.
/// For the logarithm of how many of its pairs of words other origins tell too.
const PAIRS: f32 = 0.2;
/// For the share of the words of all titles that it tells.
const TITLES: f32 = 0.3;
/// For each name or other word with a capital, up to [`MOST_CAPITALS`].
const CAPITAL: f32 = 0.018;
/// See [`CAPITAL`].
const MOST_CAPITALS: usize = 15;
/// For a statement of several origins in it.
const BACKED: f32 = 0.055;
/// For its place in its report, 0 at the opening, 1 at the end.
const LATE: f32 = -0.033;
/// What standing first in its report adds, falling with each sentence. The reports of `roundups` are openings and say little of
/// it: up to .3 nothing is lost on them.
const START: f32 = 0.3;
/// The same where there is one origin: its writer chose the opening (GUM news: any value from .5 to 3 is as good).
const START_ALONE: f32 = 1.0;

struct Candidate {
    report: u32,
    span: Span,
    order: usize,
    statements: Vec<StatementIx>,
    clauses: Vec<usize>,
    bag: Vec<(WordId, f32)>,
    /// Sum of the weights in `bag`.
    mass: f32,
    words: usize,
    worth: f32,
}

/// The statements of the story as a brief looks at them.
pub struct Told<'a> {
    /// All of them.
    pub statements: &'a [Statement],
    /// The reports that only pass each on.
    pub passed_on: &'a [BTreeSet<ReportIx>],
    /// Each clause's statement.
    pub statement_of: &'a BTreeMap<usize, StatementIx>,
}

/// The brief.
pub fn brief(
    views: &[View<'_>],
    clauses: &[Clause],
    told: &Told<'_>,
    centre: &Centre,
    read: &[Vec<Sentence>],
) -> Vec<BriefSentence> {
    let mut pool = candidates(clauses, told.statements, told.statement_of, centre, read);
    pool.sort_by(|a, b| {
        b.worth
            .total_cmp(&a.worth)
            .then(a.report.cmp(&b.report))
            .then(a.span.cmp(&b.span))
    });
    pool.truncate(LOOKED_AT);
    let room = WORDS_OF_ONE + WORDS_OF_ORIGIN * centre.origins().saturating_sub(1) as usize;
    let mut chosen = choose(pool, clauses, told.statement_of, room.min(WORDS_AT_MOST));
    // in the order in which reports tell them, the one of most worth first among those that open one
    chosen.sort_by(|a, b| {
        a.order
            .cmp(&b.order)
            .then(b.worth.total_cmp(&a.worth))
            .then(a.report.cmp(&b.report))
    });
    chosen
        .into_iter()
        .filter_map(|c| sentence(&c, views, told))
        .collect()
}

/// The sentences of a brief of up to `room` words, each adding something to those before it.
fn choose(
    mut pool: Vec<Candidate>,
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    room: usize,
) -> Vec<Candidate> {
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut words: BTreeSet<WordId> = BTreeSet::new();
    let mut told: BTreeSet<StatementIx> = BTreeSet::new();
    while chosen.len() < MOST {
        let used: usize = chosen.iter().map(|c| c.words).sum();
        let second = chosen.len() < LEAST;
        let gain = |c: &Candidate| {
            let new = c.bag.iter().filter(|(id, _)| !words.contains(id));
            let share = new.map(|(_, w)| w).sum::<f32>() / c.mass.max(f32::MIN_POSITIVE);
            let known = !c.statements.is_empty() && c.statements.iter().all(|s| told.contains(s));
            let too_long = !second && used + c.words > room;
            if chosen.is_empty() {
                c.worth
            } else if share < LEAST_NEW || known || too_long {
                0.0
            } else {
                c.worth * share.sqrt()
            }
        };
        let best = pool
            .iter()
            .enumerate()
            .map(|(i, c)| (gain(c), i))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((value, at)) = best else { break };
        let least = if second { LEAST_OF_SECOND } else { LEAST_OF_FIRST };
        let floor = chosen.first().map_or(0.0, |c| c.worth * least);
        if value <= floor.max(1e-6) {
            break;
        }
        let candidate = pool.remove(at);
        let same = |a: &usize, b: &usize| {
            let (a, b) = (&clauses[*a], &clauses[*b]);
            a.report != b.report && same_statement(&a.wording, &b.wording) >= REPEATS
        };
        let repeats = |b: &&usize| {
            statement_of.get(b).is_some_and(|s| told.contains(s))
                || chosen.iter().flat_map(|c| &c.clauses).any(|a| same(a, b))
        };
        let repeated = candidate.clauses.iter().filter(repeats);
        let repeated: f32 = repeated.map(|b| clauses[*b].wording.mass()).sum();
        if repeated <= REPEATED * candidate.mass {
            words.extend(candidate.bag.iter().map(|(id, _)| *id));
            told.extend(&candidate.statements);
            chosen.push(candidate);
        }
    }
    chosen
}

/// A chosen sentence: a report backs it that tells all its statements and has its figures.
fn sentence(candidate: &Candidate, views: &[View<'_>], told: &Told<'_>) -> Option<BriefSentence> {
    let of = |s: &StatementIx| &told.statements[*s as usize];
    let tells = |statement: &Statement, report: &ReportIx| statement.support.reports.contains(report);
    let statements = &candidate.statements;
    let first = statements
        .first()
        .map_or(&[][..], |s| of(s).support.reports.as_slice());
    let backing = first
        .iter()
        .filter(|r| statements.iter().all(|s| tells(of(s), r)));
    let view = &views[candidate.report as usize];
    let figures = view.numbers_in(candidate.span);
    let mut reports: BTreeSet<ReportIx> = backing
        .copied()
        .filter(|r| has_all(&views[*r as usize], figures))
        .collect();
    reports.insert(candidate.report);
    let passing = statements.iter().flat_map(|s| &told.passed_on[*s as usize]);
    Some(BriefSentence {
        passage: view.passage(candidate.span)?,
        statements: candidate.statements.clone(),
        support: support(views, &reports, &passing.copied().collect()),
    })
}

/// Whether a report has each of some figures anywhere, or one that rounds to it. A statement is carried also by who counts fewer dead.
fn has_all(view: &View<'_>, figures: &[Number]) -> bool {
    /// Share by which two tellings of a figure are off at most: "about 1,200" and "1,234".
    const ROUNDED: f64 = 0.05;
    let near = |x: f64, y: f64| (x - y).abs() <= ROUNDED * x.abs().max(y.abs());
    let tells = |figure: &Number| {
        view.analysis.numbers.iter().any(|n| {
            let overlap = n.low <= figure.high && figure.low <= n.high;
            n.unit == figure.unit && (overlap || near(n.low, figure.low) && near(n.high, figure.high))
        })
    };
    let counts = |figure: &&Number| !matches!(figure.unit, Unit::Ordinal | Unit::Age | Unit::Score);
    figures.iter().filter(counts).all(tells)
}

fn candidates(
    clauses: &[Clause],
    statements: &[Statement],
    statement_of: &BTreeMap<usize, StatementIx>,
    centre: &Centre,
    read: &[Vec<Sentence>],
) -> Vec<Candidate> {
    let mut by_sentence: BTreeMap<(u32, usize), Vec<usize>> = BTreeMap::new();
    for (at, clause) in clauses.iter().enumerate() {
        by_sentence
            .entry((clause.report, clause.sentence))
            .or_default()
            .push(at);
    }
    let mut pool = Vec::new();
    for ((report, index), members) in by_sentence {
        let sentences = &read[report as usize];
        let sentence = &sentences[index];
        let open = members.iter().any(|m| clauses[*m].kind == ClauseKind::Open);
        if open || !sentence.alone {
            continue;
        }
        let told: BTreeSet<StatementIx> = members
            .iter()
            .filter_map(|m| statement_of.get(m).copied())
            .collect();
        let concepts = members.iter().flat_map(|m| clauses[*m].wording.concepts());
        let bag = bag_of(concepts.copied());
        let backed = told
            .iter()
            .any(|s| statements[*s as usize].support.origins.len() > 1);
        let place = 1.0 / (1.0 + index as f32 / 3.0);
        let late = index as f32 / (sentences.len() - 1).max(1) as f32;
        let start = if centre.origins() == 1 { START_ALONE } else { START };
        let worth = PAIRS * centre.shared_pairs(sentence).ln_1p()
            + TITLES * centre.of_titles(&bag)
            + CAPITAL * sentence.capitals.min(MOST_CAPITALS) as f32
            + if backed { BACKED } else { 0.0 }
            + LATE * late
            + start * place;
        let told: Vec<StatementIx> = told.into_iter().collect();
        pool.push(Candidate {
            report,
            span: sentence.span,
            order: index,
            statements: told,
            clauses: members,
            mass: bag.iter().map(|(_, w)| w).sum(),
            bag,
            words: sentence.words,
            worth,
        });
    }
    pool
}

/// The headline: the title whose words are most central to the story and most told in other titles, else the opening of the
/// brief. Both count alike: of the second any share from a half to twice is about as good on `roundups`, none a hundredth worse.
pub fn headline(
    views: &[View<'_>],
    centre: &Centre,
    brief: &[BriefSentence],
    vocabulary: &mut Vocabulary,
) -> Option<Passage> {
    let mut best: Option<(f32, usize)> = None;
    for (at, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
        let title = view.article.title().trim();
        let count = title.split_whitespace().count();
        if !(3..=24).contains(&count) || title.ends_with('?') {
            continue;
        }
        let words = vocabulary.read(title, 0).into_iter();
        let counted = words.filter(|w| w.kind != WordKind::Function);
        let bag = bag_of(counted.map(|w| (w.concept, vocabulary.weight(w.stem))));
        let score = centre.nearness(&bag) + centre.agreement(&bag);
        if best.is_none_or(|(s, _)| score > s + 1e-6) {
            best = Some((score, at));
        }
    }
    if let Some((_, at)) = best {
        let article = views[at].article;
        let title = article.title();
        return Passage::of(article, Part::Title, Span::at(0, title.len()).trimmed(title)).ok();
    }
    brief.first().map(|s| s.passage.clone())
}
