//! Clauses of all reports put together into statements.
//!
//! Candidates come from an index of their rarer words; a learned score says how surely two clauses tell the same;
//! groups are joined best pair first, and only where their members agree on average, so that one bad pair cannot
//! chain two statements.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use twosource_model::Evidence;

use crate::clauses::{Clause, ClauseKind};
use crate::joins::{join_features, join_score, same_frame};
use crate::likeness::Likeness;
use crate::numbering::{ByNumber, number_of_all};
use crate::opposites::are_opposites;
use crate::pair::{FEATURE_NAMES, Features, Judgement, StoryWeights, Wording};
use crate::words::WordId;

/// Clauses that tell the same.
#[derive(Debug, Clone)]
pub struct Group {
    /// Indexes of the clauses, ascending.
    pub members: Vec<usize>,
    /// Why they are together; empty for a single clause.
    pub evidence: Vec<Evidence>,
}

/// Lowest probability at which two clauses of different reports join. At log-odds 1.5 of 100 pairs of stories held
/// out of the learning 93 told the same, at 2 95 (`twosource-train account joins`, 23 November 2026); this is 1.66.
const JOIN_AT: f32 = 0.84;
/// The same where both tell the same done with the same thing by the same one: of 33 such pairs above it 30 held,
const JOIN_SAME_FRAME: f32 = 0.57;
/// and where their reports lie more than [`DAYS_OF_ONE_DEED`] apart: the next launch is told like the last. Of statements read by eye
/// (`eval/account-checked.tsv`) none of four held below it, and four of five above (24 November 2026).
const JOIN_SAME_FRAME_LATER: f32 = 0.93;
/// Most days between two reports of what was done once.
const DAYS_OF_ONE_DEED: i32 = 3;
/// The same for clauses of one report: an outlet repeats itself in nearly the same words, or means something else.
const JOIN_SAME_REPORT: f32 = 0.97;
/// Lowest probability between any two exemplars of joined groups.
const FLOOR: f32 = 0.35;
/// What is left of the doubt where two clauses share a particular figure ("32 minutes").
const FIGURE_DOUBT: f32 = 0.5;
/// What is left of the probability where two clauses name other years.
const OTHER_YEARS: f32 = 0.3;
/// Least probability of clauses that pass on one utterance,
const ONE_UTTERANCE: f32 = JOIN_AT;
/// where they tell the same at least as likely as this: of statements read by eye (`eval/account-checked.tsv`) that hung on clauses of one
/// utterance six of 15 held below it, 14 of 16 from it to 0.84 (24 November 2026).
const LEAST_OF_UTTERANCE: f32 = 0.57;
/// Fewest words of weight that such clauses share, unless they have fewer.
const SHARED_OF_UTTERANCE: usize = 2;
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
/// Clauses behind the rarest words of one that are looked at; of the word that goes beyond it all are.
const LOOKED_AT: usize = 500;
/// Clauses of a story beyond which pairs are judged from the ground up where weights of words change: to keep what they
/// have in common takes 170 bytes a pair.
const MOST_SHAPED: usize = 10_000;
/// Clauses that one core looks for candidates of at a time.
const SIDE_BY_SIDE: usize = 512;
/// Candidates of one clause that are scored.
const CANDIDATES: usize = 16;
/// Smallest share of the lighter clause's weight that candidates share.
const LEAST_SHARE: f32 = 0.25;

/// The statements that the clauses make. Quoted words and open questions are left to others.
pub fn align(clauses: &mut [Clause], likeness: &mut Likeness<Alike>) -> Vec<Group> {
    reweigh(clauses);
    let clauses = &*clauses;
    let (unique, copies) = fold_copies(clauses);
    let lots = clauses.iter().map(|c| number_of_all(forms(c))).collect();
    let mut scores = Scores {
        clauses,
        likeness,
        lots,
    };
    let mut edges = Vec::new();
    let mut pairs = candidates(clauses, &unique);
    pairs.extend(with_first_of(&unique, |at| &clauses[at].utterances));
    pairs.extend(with_first_of(&unique, |at| &clauses[at].figures));
    pairs.sort_unstable();
    pairs.dedup();
    let judged = scores.judge(&pairs);
    for ((a, b), score) in pairs.into_iter().zip(judged) {
        if score >= JOIN_SAME_FRAME && score >= threshold(clauses, a, b) {
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
        .map(|(a, b)| {
            let f = Features::of(&clauses[a].wording, &clauses[b].wording);
            (a, b, join_features(&clauses[a], &clauses[b], &f))
        })
        .collect()
}

/// Words that everybody in the story uses weigh little. In a story of one report there is nobody else: what it is about is what a
/// brief of it has to tell (with such weights ROUGE-2 of the 12 news of GUM was .263 for .281; 23 November 2026).
fn reweigh(clauses: &mut [Clause]) {
    let of_several = clauses.windows(2).any(|two| two[0].report != two[1].report);
    let wordings = clauses.iter().map(|c| &c.wording);
    let story = StoryWeights::of(wordings.filter(|_| of_several));
    let marks = said_once_a_report(clauses);
    for clause in clauses.iter_mut() {
        let own = clause.wording.concepts().iter().map(|(id, _)| *id);
        clause.marks = own.filter(|id| marks.get(id).is_some_and(Uses::once)).collect();
        story.weigh(&mut clause.wording);
        let weights = clause.wording.concepts().iter().chain(clause.wording.bag());
        let weights = weights.map(|(_, weight)| u64::from(weight.to_bits()));
        clause.weighing = number_of_all(weights.chain(clause.marks.iter().copied()));
    }
}

/// How often a word is used.
#[derive(Default)]
struct Uses {
    clauses: u32,
    reports: u32,
    /// The last report that was seen to use it, by the number behind its own.
    last: u32,
}

impl Uses {
    /// Whether hardly a report has it in more than one clause: where two use it, they may tell the same there.
    fn once(&self) -> bool {
        /// Most clauses with the word, for each report that has it.
        const MOST: f32 = 1.5;
        self.clauses as f32 <= MOST * self.reports as f32
    }
}

fn said_once_a_report(clauses: &[Clause]) -> ByNumber<WordId, Uses> {
    let mut seen: ByNumber<WordId, Uses> = ByNumber::default();
    for clause in clauses {
        for (id, _) in clause.wording.concepts() {
            let uses = seen.entry(*id).or_default();
            uses.clauses += 1;
            if uses.last != clause.report + 1 {
                (uses.reports, uses.last) = (uses.reports + 1, clause.report + 1);
            }
        }
    }
    seen
}

/// First clause of each wording, and the clauses that share it word for word.
fn fold_copies(clauses: &[Clause]) -> (Vec<usize>, HashMap<usize, Vec<usize>>) {
    let mut first: ByNumber<u64, Vec<usize>> = ByNumber::default();
    let mut unique = Vec::new();
    let mut copies: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, clause) in clauses.iter().enumerate() {
        if clause.kind == ClauseKind::Open {
            continue;
        }
        let alike = first.entry(number_of_all(forms(clause))).or_default();
        let rep = alike
            .iter()
            .copied()
            .find(|other| forms(&clauses[*other]).eq(forms(clause)))
            .unwrap_or(at);
        if rep == at {
            alike.push(at);
            unique.push(at);
        }
        copies.entry(rep).or_default().push(at);
    }
    (unique, copies)
}

/// The words of a clause as they are written.
fn forms(clause: &Clause) -> impl Iterator<Item = WordId> {
    clause.wording.words.iter().map(|w| w.form)
}

/// Pairs of clauses that share enough rare words to be worth scoring, smaller index first, each once.
fn candidates(clauses: &[Clause], unique: &[usize]) -> Vec<(usize, usize)> {
    let mut postings: ByNumber<WordId, Vec<u32>> = ByNumber::default();
    let masses: Vec<f32> = clauses.iter().map(|c| c.wording.mass().max(1.0)).collect();
    for &at in unique {
        for (id, _) in clauses[at].wording.concepts() {
            postings.entry(*id).or_default().push(at as u32);
        }
    }
    let near: Vec<Vec<(usize, usize)>> = unique
        .par_chunks(SIDE_BY_SIDE)
        .map(|some| {
            let mut looking = Looking::over(clauses.len());
            some.iter()
                .flat_map(|at| looking.candidates(*at, clauses, &postings, &masses))
                .collect()
        })
        .collect();
    let mut pairs = near.concat();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What one search of candidates leaves for the next, empty between them.
struct Looking {
    /// Of each clause what it shares with the one that looks: the weight, and how many words.
    shared: Vec<(f32, u32)>,
    /// The clauses that share a word, at the head; behind them one place more than there are clauses.
    met: Vec<u32>,
    best: Vec<(f32, usize)>,
}

impl Looking {
    fn over(clauses: usize) -> Self {
        Self {
            shared: vec![(0.0, 0); clauses],
            met: vec![0; clauses + 1],
            best: Vec::new(),
        }
    }

    /// The pairs of one clause.
    fn candidates(
        &mut self,
        at: usize,
        clauses: &[Clause],
        postings: &ByNumber<WordId, Vec<u32>>,
        masses: &[f32],
    ) -> Vec<(usize, usize)> {
        let concepts = clauses[at].wording.concepts();
        let mut probes: Vec<(&[u32], WordId, f32)> = concepts
            .iter()
            .map(|(id, w)| (postings[id].as_slice(), *id, *w))
            .filter(|(posting, ..)| posting.len() <= LONGEST_POSTING)
            .collect();
        probes.sort_unstable_by_key(|(posting, id, _)| (posting.len(), *id));
        let (mut looked_at, mut met) = (0, 0);
        for (posting, _, weight) in probes.into_iter().take(PROBES) {
            if looked_at > LOOKED_AT {
                break;
            }
            looked_at += posting.len();
            for other in posting {
                let (sum, words) = &mut self.shared[*other as usize];
                // without a branch: whether a clause was met before is not to be foreseen
                self.met[met] = *other;
                met += usize::from(*words == 0);
                *sum += weight;
                *words += 1;
            }
        }
        for other in self.met[..met].iter().map(|other| *other as usize) {
            let (weight, words) = std::mem::take(&mut self.shared[other]);
            let lighter = masses[at].min(masses[other]);
            if other == at || weight < LEAST_SHARE * lighter {
                continue;
            }
            let share = weight / lighter;
            let enough = || {
                let (x, y) = (&clauses[at].wording, &clauses[other].wording);
                x.shared(y) >= x.concepts().len().min(y.concepts().len()).min(2)
            };
            if words >= 2 || enough() {
                self.best.push((share, other));
            }
        }
        let order = |x: &(f32, usize), y: &(f32, usize)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1));
        if self.best.len() > CANDIDATES {
            self.best.select_nth_unstable_by(CANDIDATES, order);
            self.best.truncate(CANDIDATES);
        }
        let near = self.best.drain(..);
        near.map(|(_, other)| (at.min(other), at.max(other))).collect()
    }
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
    let (a, b) = (&clauses[a], &clauses[b]);
    if a.report == b.report {
        JOIN_SAME_REPORT
    } else if !same_frame(a, b) {
        JOIN_AT
    } else if a.days_from(b).is_some_and(|days| days > DAYS_OF_ONE_DEED) {
        JOIN_SAME_FRAME_LATER
    } else {
        JOIN_SAME_FRAME
    }
}

struct Scores<'a> {
    clauses: &'a [Clause],
    likeness: &'a mut Likeness<Alike>,
    /// A number of each clause's words: those of the lowest ones stand for a group. More reports change little of who does.
    lots: Vec<u64>,
}

impl Scores<'_> {
    /// The scores of pairs. Those that are not known are judged side by side.
    fn judge(&mut self, pairs: &[(usize, usize)]) -> Vec<f32> {
        /// Fewest pairs that are worth another core.
        const SHARE: usize = 64;
        let of_pairs = pairs.iter().map(|(a, b)| self.ordered(*a, *b));
        let of_pairs: Vec<(&Clause, &Clause)> = of_pairs.collect();
        let mut scores: Vec<Option<f32>> = of_pairs.iter().map(|(x, y)| self.known(x, y)).collect();
        let open: Vec<usize> = (0..pairs.len()).filter(|at| scores[*at].is_none()).collect();
        let (likeness, shaped) = (&*self.likeness, self.shaped());
        let judge = |at: &usize| Alike::of(of_pairs[*at], likeness.last(ids(of_pairs[*at])), shaped);
        let judged: Vec<Alike> = open.par_iter().with_min_len(SHARE).map(judge).collect();
        for (at, alike) in open.into_iter().zip(judged) {
            let (x, y) = of_pairs[at];
            scores[at] = Some(alike.score);
            self.likeness.learn((x.id, y.id), weighing(x, y), alike);
        }
        let raised = |((x, y), score): (&(&Clause, &Clause), Option<f32>)| raised(x, y, score.unwrap_or(0.0));
        of_pairs.iter().zip(scores).map(raised).collect()
    }

    fn of(&mut self, a: usize, b: usize) -> f32 {
        let (x, y) = self.ordered(a, b);
        let score = self.known(x, y).unwrap_or_else(|| {
            let alike = Alike::of((x, y), self.likeness.last(ids((x, y))), self.shaped());
            let score = alike.score;
            self.likeness.learn(ids((x, y)), weighing(x, y), alike);
            score
        });
        raised(x, y, score)
    }

    /// Whether what pairs have in common is kept.
    const fn shaped(&self) -> bool {
        self.clauses.len() <= MOST_SHAPED
    }

    fn known(&mut self, x: &Clause, y: &Clause) -> Option<f32> {
        if of_one_sentence(x, y) {
            return Some(0.0);
        }
        let known = self.likeness.known(ids((x, y)), weighing(x, y));
        known.map(|alike| alike.score)
    }
}

impl<'a> Scores<'a> {
    fn ordered(&self, a: usize, b: usize) -> (&'a Clause, &'a Clause) {
        (&self.clauses[a.min(b)], &self.clauses[a.max(b)])
    }
}

fn ids((x, y): (&Clause, &Clause)) -> (u64, u64) {
    (x.id, y.id)
}

/// How surely two clauses tell the same.
#[derive(Debug)]
pub struct Alike {
    score: f32,
    /// What their wordings have in common, but for what hangs on the weights of words; not kept in big stories.
    shape: Option<Box<Features>>,
}

impl Alike {
    /// Judges two clauses, of which another judgement may be there by other weights.
    fn of((x, y): (&Clause, &Clause), last: Option<&Self>, shaped: bool) -> Self {
        let (a, b) = (&x.wording, &y.wording);
        let known = last.and_then(|last| last.shape.as_deref()).copied();
        let shape = known.unwrap_or_else(|| Features::unweighed(a, b));
        Self {
            score: same_clause(x, y, &shape.weighed(a, b)),
            shape: shaped.then(|| Box::new(shape)),
        }
    }
}

/// The score of two clauses that may pass on one utterance.
fn raised(x: &Clause, y: &Clause, score: f32) -> f32 {
    if score >= LEAST_OF_UTTERANCE && !of_one_sentence(x, y) && say_the_same(x, y) {
        score.max(ONE_UTTERANCE)
    } else {
        score
    }
}

fn of_one_sentence(a: &Clause, b: &Clause) -> bool {
    a.report == b.report && a.sentence == b.sentence
}

/// Stands for the weights that a pair is judged by.
pub fn weighing(a: &Clause, b: &Clause) -> u64 {
    number_of_all([a.weighing, b.weighing])
}

/// Whether two clauses share a particular figure, and one has no other that the other lacks.
fn share_a_figure(a: &Clause, b: &Clause) -> bool {
    !a.figures.is_disjoint(&b.figures) && (a.figures.is_subset(&b.figures) || b.figures.is_subset(&a.figures))
}

/// Whether two clauses are alike and share words that each report hardly uses elsewhere: the same scene, told from two sides.
fn share_marks(a: &Clause, b: &Clause, f: &Features) -> bool {
    let shared = a
        .marks
        .iter()
        .filter(|id| b.marks.binary_search(id).is_ok())
        .count();
    a.report != b.report && shared >= LEAST_MARKS && same_by(f, &a.wording, &b.wording) >= ALIKE
}

/// Whether two clauses pass on one utterance: both are its words and no more, or do the same with it.
fn say_the_same(a: &Clause, b: &Clause) -> bool {
    let least = a.wording.concepts().len().min(b.wording.concepts().len());
    let both_hold = !a.utterances.is_disjoint(&b.utterances)
        && a.wording.shared(&b.wording) >= least.min(SHARED_OF_UTTERANCE);
    let both_are = a.quote.is_some() && b.quote.is_some();
    let same_predicate = a.predicate.is_some() && a.predicate == b.predicate;
    a.report != b.report && both_hold && (both_are || same_predicate)
}

/// Probability that two wordings tell the same: the mean of the paraphrase and the shared-statement judgement.
pub fn same_statement(a: &Wording, b: &Wording) -> f32 {
    same_by(&Features::of(a, b), a, b)
}

fn same_by(f: &Features, a: &Wording, b: &Wording) -> f32 {
    let probability = |j: Judgement, f: &Features| 1.0 / (1.0 + (-j.model().score(&f.values())).exp());
    let paraphrase = probability(Judgement::Paraphrase, &f.plain(a, b));
    let mean = 0.5 * (paraphrase + probability(Judgement::SharedStatement, f));
    let least = a.concepts().len().max(b.concepts().len()).min(LEAST_SHARED_WORDS);
    if a.shared(b) < least { mean * 0.5 } else { mean }
}

/// The same of two clauses, by what stands in them and who does what; `f` has what their wordings have in common.
fn same_clause(a: &Clause, b: &Clause, f: &Features) -> f32 {
    if do_opposites(a, b) {
        return 0.0;
    }
    let mut score = 1.0 / (1.0 + (-join_score(&join_features(a, b, f))).exp());
    let other_years = !a.years.is_empty() && !b.years.is_empty() && a.years != b.years;
    if other_years {
        score *= OTHER_YEARS;
    }
    if share_a_figure(a, b) {
        1.0 - (1.0 - score) * FIGURE_DOUBT
    } else if share_marks(a, b, f) {
        score.max(JOIN_AT)
    } else {
        score
    }
}

/// Whether the same one does the one thing in one clause and the opposite in the other ("the boats won", "the boats lost"),
/// and neither tells of both ("acquitted of one count, convicted of two").
fn do_opposites(a: &Clause, b: &Clause) -> bool {
    let (Some(x), Some(y)) = (a.predicate, b.predicate) else {
        return false;
    };
    let same_one = a.subject.iter().any(|word| b.subject.binary_search(word).is_ok());
    let of_both = a.wording.has(y) || b.wording.has(x);
    same_one && !of_both && a.negated == b.negated && are_opposites(x, y)
}

/// Groups of unique clauses, joined best pair first.
fn join(edges: &[(f32, usize, usize)], unique: &[usize], scores: &mut Scores<'_>) -> Vec<Vec<usize>> {
    let mut group_of: HashMap<usize, usize> = unique.iter().enumerate().map(|(g, at)| (*at, g)).collect();
    let mut groups: Vec<Vec<usize>> = unique.iter().map(|at| vec![*at]).collect();
    // pairs of groups that did not agree, with how large they were: groups only grow
    let mut refused: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
    for (_, a, b) in edges {
        let (ga, gb) = (group_of[a], group_of[b]);
        let sizes = (groups[ga].len(), groups[gb].len());
        if ga == gb || refused.get(&(ga, gb)) == Some(&sizes) {
            continue;
        }
        if !agree(&groups[ga], &groups[gb], scores) {
            refused.insert((ga, gb), sizes);
            refused.insert((gb, ga), (sizes.1, sizes.0));
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
        groups[keep].sort_unstable_by_key(|at| (scores.lots[*at], *at));
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Whether two groups tell the same on average, and no two of their exemplars speak against it.
fn agree(a: &[usize], b: &[usize], scores: &mut Scores<'_>) -> bool {
    let (mut sum, mut needed, mut count) = (0.0, 0.0, 0.0);
    for x in exemplars(a) {
        for y in exemplars(b) {
            let score = scores.of(*x, *y);
            let own = scores.clauses[*x].report == scores.clauses[*y].report;
            if score < if own { JOIN_SAME_REPORT } else { FLOOR } {
                return false;
            }
            sum += score;
            needed += threshold(scores.clauses, *x, *y);
            count += 1.0_f32;
        }
    }
    // one pair decides by the threshold itself; larger groups may be a little looser inside
    sum >= needed * if count > 1.0 { 0.85 } else { 1.0 }
}

/// Up to [`EXEMPLARS`] members that stand for a group.
fn exemplars(group: &[usize]) -> &[usize] {
    &group[..group.len().min(EXEMPLARS)]
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
