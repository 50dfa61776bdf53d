//! Clauses of all reports put together into statements.
//!
//! Candidates come from an index of their rarer words; a learned score says how surely two clauses tell the same;
//! groups are joined best pair first, and only where their members agree on average, so that one bad pair cannot
//! chain two statements.

use std::collections::{BTreeMap, HashMap, HashSet};

use twosource_model::Evidence;

use crate::clauses::{Clause, ClauseKind};
use crate::joins::{join_features, join_score, same_frame};
use crate::pair::{FEATURE_NAMES, Features, Judgement, Wording};

/// Clauses that tell the same.
#[derive(Debug, Clone)]
pub struct Group {
    /// Indexes of the clauses, ascending.
    pub members: Vec<usize>,
    /// Why they are together; empty for a single clause.
    pub evidence: Vec<Evidence>,
}

/// Lowest probability at which two clauses of different reports join. At log-odds 1.4 nine of ten pairs of stories held
/// out of the learning told the same (`twosource-train account joins`, 22 November 2026).
const JOIN_AT: f32 = 0.8;
/// The same where both tell the same done with the same thing by the same one: of 33 such pairs above it 30 held.
const JOIN_SAME_FRAME: f32 = 0.57;
/// The same for clauses of one report: an outlet repeats itself in nearly the same words, or means something else.
const JOIN_SAME_REPORT: f32 = 0.97;
/// Lowest probability between any two exemplars of joined groups.
const FLOOR: f32 = 0.35;
/// What is left of the doubt where two clauses share a particular figure ("32 minutes").
const FIGURE_DOUBT: f32 = 0.5;
/// What is left of the probability where two clauses name other years.
const OTHER_YEARS: f32 = 0.3;
/// Least probability of clauses that pass on one utterance.
const ONE_UTTERANCE: f32 = 0.8;
/// Fewest words of weight that two clauses share to tell the same, unless they have fewer.
const LEAST_SHARED_WORDS: usize = 3;
/// Fewest words, each hardly used elsewhere in its report, that make alike clauses one statement.
const LEAST_MARKS: usize = 5;
/// Lowest probability that the wordings of such clauses tell the same.
const ALIKE: f32 = 0.6;
/// Clauses that stand for a group when it is compared.
const EXEMPLARS: usize = 6;
/// Rarest words of a clause that look for candidates.
const PROBES: usize = 10;
/// Longest list of clauses behind one word that is followed.
const LONGEST_POSTING: usize = 600;
/// Candidates of one clause that are scored.
const CANDIDATES: usize = 16;
/// Smallest share of the lighter clause's weight that candidates share.
const LEAST_SHARE: f32 = 0.3;

/// The statements that the clauses make. Quoted words and open questions are left to others.
pub fn align(clauses: &mut [Clause]) -> Vec<Group> {
    reweigh(clauses);
    let clauses = &*clauses;
    let (unique, copies) = fold_copies(clauses);
    let mut scores = Scores {
        clauses,
        known: HashMap::new(),
    };
    let mut edges = Vec::new();
    let mut pairs = candidates(clauses, &unique);
    pairs.extend(with_first_of(&unique, |at| &clauses[at].utterances));
    pairs.extend(with_first_of(&unique, |at| &clauses[at].figures));
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        let score = scores.of(a, b);
        if score >= threshold(clauses, a, b) {
            edges.push((score, a, b));
        }
    }
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let joined = join(&edges, &unique, &mut scores);
    let mut groups: Vec<Group> = joined
        .into_iter()
        .map(|reps| {
            let evidence = evidence(clauses, &reps, &mut scores);
            let mut members: Vec<usize> = reps.iter().flat_map(|r| copies[r].iter().copied()).collect();
            members.sort_unstable();
            Group { members, evidence }
        })
        .filter(|group: &Group| {
            group
                .members
                .iter()
                .any(|m| clauses[*m].kind == ClauseKind::Statement)
        })
        .collect();
    groups.sort_by_key(|g| g.members[0]);
    groups
}

/// The pairs of clauses of different reports that are scored, with what they have in common.
pub fn compared(clauses: &mut [Clause]) -> Vec<(usize, usize, Vec<f32>)> {
    reweigh(clauses);
    let (unique, _) = fold_copies(clauses);
    candidates(clauses, &unique)
        .into_iter()
        .filter(|(a, b)| clauses[*a].report != clauses[*b].report)
        .map(|(a, b)| (a, b, join_features(&clauses[a], &clauses[b])))
        .collect()
}

/// Words that everybody in the story uses weigh little.
fn reweigh(clauses: &mut [Clause]) {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for clause in clauses.iter() {
        let mut ids: Vec<u32> = clause
            .wording
            .bag()
            .iter()
            .chain(clause.wording.concepts())
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            *seen.entry(id).or_default() += 1;
        }
    }
    let marks = said_once_a_report(clauses);
    for clause in clauses.iter_mut() {
        let own = clause.wording.concepts().iter().map(|(id, _)| *id);
        clause.marks = own.filter(|id| marks.contains(id)).collect();
    }
    let all = (1.0 + clauses.len() as f32).ln();
    for clause in clauses.iter_mut() {
        clause.wording.reweigh(|id| {
            let count = seen.get(&id).copied().unwrap_or(1) as f32;
            0.35 + 0.65 * (((1.0 + all.exp()) / (1.0 + count)).ln() / all).clamp(0.0, 1.0)
        });
    }
}

/// Words that hardly a report has in more than one clause: where two reports use one, they may tell the same there.
fn said_once_a_report(clauses: &[Clause]) -> HashSet<u32> {
    /// Most clauses with the word, for each report that has it.
    const MOST: f32 = 1.5;
    let mut seen: HashMap<u32, (u32, u32, u32)> = HashMap::new();
    for clause in clauses {
        for (id, _) in clause.wording.concepts() {
            let (count, reports, last) = seen.entry(*id).or_insert((0, 0, u32::MAX));
            *count += 1;
            if *last != clause.report {
                (*reports, *last) = (*reports + 1, clause.report);
            }
        }
    }
    let once = |(count, reports, _): &(u32, u32, u32)| *count as f32 <= MOST * *reports as f32;
    seen.into_iter()
        .filter(|(_, s)| once(s))
        .map(|(id, _)| id)
        .collect()
}

/// First clause of each wording, and the clauses that share it word for word.
fn fold_copies(clauses: &[Clause]) -> (Vec<usize>, HashMap<usize, Vec<usize>>) {
    let mut first: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut unique = Vec::new();
    let mut copies: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, clause) in clauses.iter().enumerate() {
        if clause.kind == ClauseKind::Open {
            continue;
        }
        let key: Vec<u32> = clause.wording.words.iter().map(|w| w.form).collect();
        let rep = *first.entry(key).or_insert_with(|| {
            unique.push(at);
            at
        });
        copies.entry(rep).or_default().push(at);
    }
    (unique, copies)
}

/// Pairs of clauses that share enough rare words to be worth scoring, smaller index first, each once.
fn candidates(clauses: &[Clause], unique: &[usize]) -> Vec<(usize, usize)> {
    let mut postings: HashMap<u32, Vec<usize>> = HashMap::new();
    for &at in unique {
        for (id, _) in clauses[at].wording.concepts() {
            postings.entry(*id).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
    for &at in unique {
        shared.clear();
        let concepts = clauses[at].wording.concepts();
        let mut probes: Vec<(usize, u32, f32)> = concepts
            .iter()
            .map(|(id, w)| (postings[id].len(), *id, *w))
            .collect();
        probes.sort_by_key(|(length, id, _)| (*length, *id));
        for (length, id, weight) in probes.into_iter().take(PROBES) {
            if length > LONGEST_POSTING {
                break;
            }
            for &other in postings[&id].iter().filter(|o| **o != at) {
                *shared.entry(other).or_default() += weight;
            }
        }
        let mass = |i: usize| {
            clauses[i]
                .wording
                .concepts()
                .iter()
                .map(|(_, w)| w)
                .sum::<f32>()
                .max(1.0)
        };
        let own = mass(at);
        let mut best: Vec<(f32, usize)> = shared
            .iter()
            .map(|(other, weight)| (weight / own.min(mass(*other)), *other))
            .filter(|(share, other)| {
                let (x, y) = (&clauses[at].wording, &clauses[*other].wording);
                let few = x.concepts().len().min(y.concepts().len());
                *share >= LEAST_SHARE && shared_words(x, y) >= few.min(2)
            })
            .collect();
        best.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        pairs.extend(
            best.into_iter()
                .take(CANDIDATES)
                .map(|(_, other)| (at.min(other), at.max(other))),
        );
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs of clauses that share a mark of theirs (an utterance, a figure), however few words they share: each mark's first
/// clause with the others.
fn with_first_of<'c, M: Ord + 'c, S>(unique: &[usize], marks: impl Fn(usize) -> &'c S) -> Vec<(usize, usize)>
where
    S: 'c,
    &'c S: IntoIterator<Item = &'c M>,
{
    let mut first: BTreeMap<&M, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for &at in unique {
        for mark in marks(at) {
            match first.get(mark) {
                Some(other) => pairs.push((*other, at)),
                None => {
                    first.insert(mark, at);
                }
            }
        }
    }
    pairs
}

fn threshold(clauses: &[Clause], a: usize, b: usize) -> f32 {
    if clauses[a].report == clauses[b].report {
        JOIN_SAME_REPORT
    } else if same_frame(&clauses[a], &clauses[b]) {
        JOIN_SAME_FRAME
    } else {
        JOIN_AT
    }
}

struct Scores<'a> {
    clauses: &'a [Clause],
    known: HashMap<(usize, usize), f32>,
}

impl Scores<'_> {
    fn of(&mut self, a: usize, b: usize) -> f32 {
        let key = (a.min(b), a.max(b));
        let clauses = self.clauses;
        *self.known.entry(key).or_insert_with(|| {
            let (x, y) = (&clauses[key.0], &clauses[key.1]);
            if x.report == y.report && x.sentence == y.sentence {
                return 0.0;
            }
            let score = same_clause(x, y);
            if say_the_same(x, y) {
                score.max(ONE_UTTERANCE)
            } else {
                score
            }
        })
    }
}

/// Whether two clauses share a particular figure, and one has no other that the other lacks.
fn share_a_figure(a: &Clause, b: &Clause) -> bool {
    !a.figures.is_disjoint(&b.figures) && (a.figures.is_subset(&b.figures) || b.figures.is_subset(&a.figures))
}

/// Whether two clauses are alike and share words that each report hardly uses elsewhere: the same scene, told from two sides.
fn share_marks(a: &Clause, b: &Clause) -> bool {
    let shared = a
        .marks
        .iter()
        .filter(|id| b.marks.binary_search(id).is_ok())
        .count();
    a.report != b.report && shared >= LEAST_MARKS && same_statement(&a.wording, &b.wording) >= ALIKE
}

/// Whether two clauses pass on one utterance: both are its words and no more, or do the same with it.
fn say_the_same(a: &Clause, b: &Clause) -> bool {
    let both_hold = !a.utterances.is_disjoint(&b.utterances);
    let both_are = a.quote.is_some() && b.quote.is_some();
    let same_predicate = a.predicate.is_some() && a.predicate == b.predicate;
    a.report != b.report && both_hold && (both_are || same_predicate)
}

/// Probability that two wordings tell the same: the mean of the paraphrase and the shared-statement judgement.
pub fn same_statement(a: &Wording, b: &Wording) -> f32 {
    let values = Features::of(a, b).values();
    let probability = |j: Judgement| 1.0 / (1.0 + (-j.model().score(&values)).exp());
    let mean = 0.5 * (probability(Judgement::Paraphrase) + probability(Judgement::SharedStatement));
    let least = a.concepts().len().max(b.concepts().len()).min(LEAST_SHARED_WORDS);
    if shared_words(a, b) < least {
        mean * 0.5
    } else {
        mean
    }
}

/// The same of two clauses, by what stands in them and who does what.
fn same_clause(a: &Clause, b: &Clause) -> f32 {
    let mut score = 1.0 / (1.0 + (-join_score(&join_features(a, b))).exp());
    let other_years = !a.years.is_empty() && !b.years.is_empty() && a.years != b.years;
    if other_years {
        score *= OTHER_YEARS;
    }
    if share_a_figure(a, b) {
        1.0 - (1.0 - score) * FIGURE_DOUBT
    } else if share_marks(a, b) {
        score.max(JOIN_AT)
    } else {
        score
    }
}

fn shared_words(a: &Wording, b: &Wording) -> usize {
    a.concepts()
        .iter()
        .filter(|(id, _)| b.concepts().binary_search_by_key(id, |(x, _)| *x).is_ok())
        .count()
}

/// Groups of unique clauses, joined best pair first.
fn join(edges: &[(f32, usize, usize)], unique: &[usize], scores: &mut Scores<'_>) -> Vec<Vec<usize>> {
    let mut group_of: HashMap<usize, usize> = unique.iter().enumerate().map(|(g, at)| (*at, g)).collect();
    let mut groups: Vec<Vec<usize>> = unique.iter().map(|at| vec![*at]).collect();
    for (_, a, b) in edges {
        let (ga, gb) = (group_of[a], group_of[b]);
        if ga == gb || !agree(&groups[ga], &groups[gb], scores) {
            continue;
        }
        let (keep, gone) = if groups[ga].len() >= groups[gb].len() {
            (ga, gb)
        } else {
            (gb, ga)
        };
        let moved = std::mem::take(&mut groups[gone]);
        for at in &moved {
            group_of.insert(*at, keep);
        }
        groups[keep].extend(moved);
        groups[keep].sort_unstable();
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Whether two groups tell the same on average, and no two of their exemplars speak against it.
fn agree(a: &[usize], b: &[usize], scores: &mut Scores<'_>) -> bool {
    let (mut sum, mut needed, mut count) = (0.0, 0.0, 0.0);
    for x in exemplars(a) {
        for y in exemplars(b) {
            let score = scores.of(x, y);
            let own = scores.clauses[x].report == scores.clauses[y].report;
            if score < if own { JOIN_SAME_REPORT } else { FLOOR } {
                return false;
            }
            sum += score;
            needed += threshold(scores.clauses, x, y);
            count += 1.0_f32;
        }
    }
    // one pair decides by the threshold itself; larger groups may be a little looser inside
    sum >= needed * if count > 1.0 { 0.85 } else { 1.0 }
}

/// Up to [`EXEMPLARS`] members, evenly spread.
fn exemplars(group: &[usize]) -> Vec<usize> {
    let step = group.len().div_ceil(EXEMPLARS);
    group.iter().step_by(step.max(1)).copied().collect()
}

/// The three features that spoke most for the best pair of a group.
fn evidence(clauses: &[Clause], reps: &[usize], scores: &mut Scores<'_>) -> Vec<Evidence> {
    let shown = exemplars(reps);
    let mut best: Option<(f32, usize, usize)> = None;
    for (i, a) in shown.iter().enumerate() {
        for b in &shown[i + 1..] {
            let score = scores.of(*a, *b);
            if best.is_none_or(|(s, ..)| score > s) {
                best = Some((score, *a, *b));
            }
        }
    }
    let Some((score, a, b)) = best else {
        return Vec::new();
    };
    let values = Features::of(&clauses[a].wording, &clauses[b].wording).values();
    let shares = Judgement::SharedStatement.model().shares(&values);
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|x, y| shares[*y].total_cmp(&shares[*x]).then(x.cmp(y)));
    let mut found = vec![Evidence {
        rule: "same-statement".to_owned(),
        weight: score,
        words: format!("told alike with probability {score:.2}"),
    }];
    found.extend(
        order
            .into_iter()
            .take(3)
            .filter(|i| shares[*i] > 0.0)
            .map(|i| Evidence {
                rule: FEATURE_NAMES[i].to_owned(),
                weight: shares[i],
                words: format!("{} {:.2}", FEATURE_NAMES[i].replace('_', " "), values[i]),
            }),
    );
    found
}
