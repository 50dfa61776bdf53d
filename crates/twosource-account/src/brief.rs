//! The brief and the headline: a few whole sentences in the reports' own words, chosen for support, centrality and
//! newness, that can be read alone.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    BriefSentence, MentionForm, Part, Passage, Relation, Role, Span, Statement, StatementIx, Token, Upos,
    Xpos,
};

use crate::align::same_statement;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::numbering::ByNumber;
use crate::quoting;
use crate::words::{Vocabulary, WordId, WordKind};

/// Words that lean on what was said before when a sentence opens with them.
pub const DANGLING: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "also",
    "however",
    "meanwhile",
    "then",
    "so",
    "still",
    "yet",
    "instead",
    "moreover",
    "furthermore",
    "nevertheless",
    "there",
    "such",
    "both",
    "other",
    "another",
    "others",
    "later",
    "earlier",
    "here",
    "or",
    "him",
    "them",
    "too",
    "nor",
    "asked",
];

/// Openings that tie a sentence to the ones before.
const TIES: &[&str] = &[
    "yes",
    "well",
    "indeed",
    "plus",
    "in addition",
    "in other words",
    "in the other",
    "in turn",
    "in contrast",
    "by contrast",
    "on the other hand",
    "as a result",
    "for example",
    "for instance",
    "at the same time",
    "even so",
    "after all",
];

/// Most sentences of a brief.
const MOST: usize = 4;
/// Fewest and most words of its sentences.
const WORDS: std::ops::RangeInclusive<usize> = 7..=48;
/// Share of its weight that a further sentence must add.
const LEAST_NEW: f32 = 0.45;
/// Share of the first sentence's score that a further one must reach.
const LEAST_OF_FIRST: f32 = 0.3;
// The weights below were tried in twenty settings by `twosource-eval briefs` (roundups and GUM news, 22 November 2026).
/// What each origin beside the first adds to a sentence.
const BACKED: f32 = 0.3;
/// Lowest probability at which sentences of two reports tell the same in other words: a brief holds one of them. Of .3, .4,
/// .45, .5 and .6 the first 500 of `roundups` did best with this one.
const REPEATS: f32 = 0.4;
/// Power of a sentence's weight that its score is multiplied with: long ones are a little behind.
const LENGTH: f32 = -0.2;
/// What standing first in its report adds, in a story of several reports.
const START: f32 = 0.45;
/// The same where there is one report: its writer chose the opening.
const START_ALONE: f32 = 3.45;

struct Candidate {
    report: u32,
    span: Span,
    order: usize,
    statements: Vec<StatementIx>,
    clauses: Vec<usize>,
    bag: Vec<(WordId, f32)>,
    /// Sum of the weights in `bag`.
    mass: f32,
    score: f32,
}

/// The brief. `statement_of` gives each clause's statement.
pub fn brief(
    views: &[View<'_>],
    clauses: &[Clause],
    statements: &[Statement],
    statement_of: &BTreeMap<usize, StatementIx>,
    centre: &Centre,
) -> Vec<BriefSentence> {
    let mut pool = candidates(views, clauses, statements, statement_of, centre);
    pool.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.report.cmp(&b.report))
            .then(a.span.cmp(&b.span))
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut told: BTreeSet<WordId> = BTreeSet::new();
    while chosen.len() < MOST {
        let gain = |c: &Candidate| {
            let new: f32 = c
                .bag
                .iter()
                .filter(|(id, _)| !told.contains(id))
                .map(|(_, w)| w)
                .sum();
            let repeats = c
                .statements
                .iter()
                .any(|s| chosen.iter().any(|x| x.statements.contains(s)));
            let share = if c.mass > 0.0 { new / c.mass } else { 0.0 };
            if share < LEAST_NEW && !chosen.is_empty() || repeats {
                0.0
            } else {
                c.score * share.sqrt()
            }
        };
        let best = pool
            .iter()
            .enumerate()
            .map(|(i, c)| (gain(c), i))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((value, at)) = best else { break };
        let floor = chosen.first().map_or(0.0, |c| c.score * LEAST_OF_FIRST);
        if value <= floor.max(1e-6) {
            break;
        }
        let candidate = pool.remove(at);
        let same = |a: &usize, b: &usize| {
            let (a, b) = (&clauses[*a], &clauses[*b]);
            a.report != b.report && same_statement(&a.wording, &b.wording) >= REPEATS
        };
        let told_before = chosen
            .iter()
            .flat_map(|c| &c.clauses)
            .any(|a| candidate.clauses.iter().any(|b| same(a, b)));
        if told_before {
            continue;
        }
        told.extend(candidate.bag.iter().map(|(id, _)| *id));
        chosen.push(candidate);
    }
    // in the order in which reports tell them, the most central first among those that open one
    chosen.sort_by(|a, b| {
        a.order
            .cmp(&b.order)
            .then(b.score.total_cmp(&a.score))
            .then(a.report.cmp(&b.report))
    });
    chosen
        .into_iter()
        .filter_map(|c| sentence(&c, views, statements))
        .collect()
}

fn sentence(candidate: &Candidate, views: &[View<'_>], statements: &[Statement]) -> Option<BriefSentence> {
    let mut reports: BTreeSet<u32> = candidate
        .statements
        .iter()
        .flat_map(|s| statements[*s as usize].support.reports.iter().copied())
        .collect();
    reports.insert(candidate.report);
    Some(BriefSentence {
        passage: views[candidate.report as usize].passage(candidate.span)?,
        statements: candidate.statements.clone(),
        support: support(views, &reports, &BTreeSet::new()),
    })
}

fn candidates(
    views: &[View<'_>],
    clauses: &[Clause],
    statements: &[Statement],
    statement_of: &BTreeMap<usize, StatementIx>,
    centre: &Centre,
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
        let view = &views[report as usize];
        let span = view.sentences[index];
        let open = members.iter().any(|m| clauses[*m].kind == ClauseKind::Open);
        if open || !stands_alone(view, span) {
            continue;
        }
        let told: BTreeSet<StatementIx> = members
            .iter()
            .filter_map(|m| statement_of.get(m).copied())
            .collect();
        let words = members.iter().flat_map(|m| clauses[*m].wording.concepts());
        let bag = bag_of(words.copied());
        let central = centre.nearness(&bag);
        let backed: f32 = told
            .iter()
            .map(|s| (statements[*s as usize].support.origins.len() as f32 - 1.0).min(4.0))
            .sum();
        let place = 1.0 / (1.0 + index as f32 / 3.0);
        let at_start = if views.len() == 1 { START_ALONE } else { START };
        let mass: f32 = bag.iter().map(|(_, w)| w).sum();
        let score = (central.powi(2) * (1.0 + BACKED * backed / (1.0 + told.len() as f32).sqrt())
            + at_start * place)
            * mass.max(1.0).powf(LENGTH);
        let told: Vec<StatementIx> = told.into_iter().collect();
        pool.push(Candidate {
            report,
            span,
            order: index,
            statements: told,
            clauses: members,
            bag,
            mass,
            score,
        });
    }
    pool
}

/// How often each word stands in the clauses of the reports, each report counting once, weighed by rarity.
pub struct Centre {
    weights: ByNumber<WordId, f32>,
    norm: f32,
}

impl Centre {
    /// The centre of the clauses of a story.
    pub fn of(clauses: &[Clause], vocabulary: &Vocabulary) -> Self {
        let mut uses: Vec<(WordId, u32)> = Vec::new();
        for clause in clauses {
            uses.extend(
                clause
                    .wording
                    .concepts()
                    .iter()
                    .map(|(id, _)| (*id, clause.report)),
            );
        }
        uses.sort_unstable();
        uses.dedup();
        let weighed = |uses: &[(WordId, u32)]| {
            let id = uses[0].0;
            (id, uses.len() as f32 * vocabulary.weight(id))
        };
        let words: Vec<(WordId, f32)> = uses.chunk_by(|a, b| a.0 == b.0).map(weighed).collect();
        Self {
            norm: norm(words.iter().map(|(_, w)| *w)),
            weights: words.into_iter().collect(),
        }
    }

    /// Cosine of a bag with it.
    fn nearness(&self, bag: &[(WordId, f32)]) -> f32 {
        let known = |id: &WordId| self.weights.get(id).copied().unwrap_or(0.0);
        let dot: f32 = bag.iter().map(|(id, w)| w * known(id)).sum();
        let product = norm(bag.iter().map(|(_, w)| *w)) * self.norm;
        if product > 0.0 { dot / product } else { 0.0 }
    }
}

fn norm(weights: impl Iterator<Item = f32>) -> f32 {
    weights.map(|w| w * w).sum::<f32>().sqrt()
}

/// Each word once, sorted; of a word that is told twice the later weight.
fn bag_of(words: impl Iterator<Item = (WordId, f32)>) -> Vec<(WordId, f32)> {
    let mut bag: Vec<(WordId, f32)> = words.collect();
    bag.reverse();
    bag.sort_by_key(|(id, _)| *id);
    bag.dedup_by_key(|(id, _)| *id);
    bag
}

/// Whether a sentence can be read alone: whole, of a fit length, with no word that leans on the ones before.
pub fn stands_alone(view: &View<'_>, span: Span) -> bool {
    let text = span.of(view.article.text());
    let words: Vec<&str> = text.split_whitespace().collect();
    if !WORDS.contains(&words.len()) || !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let first = words[0]
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let last = text.trim_end_matches(['"', '”', '’', ')']).chars().next_back();
    let mut lower = words
        .iter()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let leans = DANGLING.contains(&first.as_str())
        || lower.any(|w| matches!(w.as_str(), "also" | "however" | "meanwhile" | "moreover"));
    let marks = text.matches(['“', '”', '"']).count();
    let body = view
        .role_at(span.start())
        .is_none_or(|role| matches!(role, Role::Body | Role::Standfirst | Role::ListItem));
    !leans
        && body
        && matches!(last, Some('.' | '!'))
        && marks.is_multiple_of(2)
        && !leans_by_pronoun(view, span)
        && !leans_by_quote(view, span)
        && !is_subordinate(view, span)
        && !is_tied(text)
        && tells_something(view, span)
        && !speaks_to_reader(view, span)
}

/// Words of somebody who speaks to somebody.
const SPEAKER_AND_READER: &[&str] = &["i", "me", "my", "we", "us", "our", "you", "your"];

/// Whether a sentence asks the reader to do something ("Sign up here."), or speaks of "us" or "you" outside quoted words.
fn speaks_to_reader(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    // inside a quotation that opened before it a sentence speaks as its speaker, and does not say who that is
    let quoted = |at: Span| {
        let mut pieces = view.quotes_at(at).flat_map(|(_, quote)| &quote.content);
        pieces.any(|piece| piece.overlaps(at) && piece.start() > span.start())
    };
    let asks = tokens
        .first()
        .is_some_and(|t| t.xpos == Xpos::Vb && t.head.is_none());
    let personal =
        |t: &Token| t.upos == Upos::Pron && SPEAKER_AND_READER.contains(&t.lemma.to_lowercase().as_str());
    asks || tokens.iter().any(|t| personal(t) && !quoted(t.span))
}

/// Whether a sentence is somebody's words without saying whose, or says who spoke without the words.
fn leans_by_quote(view: &View<'_>, span: Span) -> bool {
    view.quotes_at(span).any(|(_, quote)| {
        let cued_here = quote.cue.iter().any(|c| c.overlaps(span));
        quoting::covers(quote, span) && !cued_here
            || cued_here && !quoting::overlaps(quote, span) && !quote.content.is_empty()
    })
}

/// Whether a sentence is a subordinate clause by itself ("Because the tide turned.").
fn is_subordinate(view: &View<'_>, span: Span) -> bool {
    let own = view.analysis.tokens_in(span);
    let tokens = &view.analysis.tokens;
    let Some(first) = tokens[own].iter().find(|t| t.upos != Upos::Punct) else {
        return false;
    };
    let head = first.head.and_then(|head| tokens.get(head as usize));
    first.relation == Relation::Mark && head.is_some_and(|head| head.head.is_none())
}

/// Whether a sentence opens with one of [`TIES`] and a comma.
fn is_tied(text: &str) -> bool {
    let opening = text.split(',').next().unwrap_or_default();
    opening.len() < text.len() && TIES.iter().any(|tie| opening.eq_ignore_ascii_case(tie))
}

/// Whether a sentence has a finite verb, where its words are tagged: "Updated on Friday." has none.
fn tells_something(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    let finite = |t: &Token| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let tagged = tokens.iter().any(|t| !matches!(t.upos, Upos::X | Upos::Punct));
    !tagged || tokens.iter().any(finite)
}

/// A pronoun before any name that it could stand for.
fn leans_by_pronoun(view: &View<'_>, span: Span) -> bool {
    let within = || view.mentions_in(span).iter().filter(|m| span.covers(m.span));
    let text = view.article.text();
    within().filter(|m| m.form == MentionForm::Pronoun).any(|m| {
        let word = m.span.get(text).unwrap_or_default().to_lowercase();
        let quoted = view
            .quotes_at(m.span)
            .any(|(_, quote)| quoting::covers(quote, m.span));
        let personal = matches!(
            word.as_str(),
            "he" | "she" | "him" | "her" | "his" | "they" | "them" | "their" | "hers"
        );
        personal
            && !quoted
            && !within().any(|n| {
                n.form != MentionForm::Pronoun
                    && n.span.start() < m.span.start()
                    && (n.entity == m.entity || m.entity.is_none())
            })
    })
}

/// The headline: the title whose words are most central to the story, else the opening of the brief.
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
        let score = centre.nearness(&bag);
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
