//! Groups of clauses made into statements with their support.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Attribution, EntityType, Rendering, ReportIx, Statement, SupportClass};

use crate::align::Group;
use crate::cast::Cast;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::numbering::ByNumber;
use crate::words::WordId;

/// The statement of a group, with the reports that only pass it on; `None` when none of its words can be anchored.
pub fn statement(
    group: &Group,
    clauses: &[Clause],
    views: &[View<'_>],
    cast: &Cast,
    outlets: &Outlets<'_>,
) -> Option<(Statement, BTreeSet<ReportIx>)> {
    let members = group.members.iter().map(|m| &clauses[*m]);
    let mut told: Vec<(Rendering, &Clause)> = members
        .filter_map(|c| Some((rendering(c, views, cast)?, c)))
        .collect();
    told.sort_by_key(|(r, _)| (r.report, r.passage.anchor().span));
    if told.is_empty() {
        return None;
    }
    let lead = lead(&told, views);
    let renderings: Vec<Rendering> = told.into_iter().map(|(rendering, _)| rendering).collect();
    let reports: BTreeSet<ReportIx> = renderings.iter().map(|r| r.report).collect();
    let passed_on = passed_on(&renderings, views, cast, outlets);
    let support = support(views, &reports, &passed_on);
    let all: BTreeSet<u32> = views.iter().filter(|v| !v.superseded).map(|v| v.origin).collect();
    let class = match support.origins.len() {
        0 | 1 => SupportClass::One,
        n if n == all.len() => SupportClass::All,
        _ => SupportClass::Several,
    };
    let statement = Statement {
        renderings,
        lead,
        class,
        support,
        differences: Vec::new(),
        evidence: group.evidence.clone(),
    };
    Some((statement, passed_on))
}

fn rendering(clause: &Clause, views: &[View<'_>], cast: &Cast) -> Option<Rendering> {
    let view = &views[clause.report as usize];
    let quote = clause.quote.and_then(|q| view.analysis.quotes.get(q));
    let attribution = quote.map(|q| Attribution {
        speaker: q.speaker.first().and_then(|s| view.passage(*s)),
        cue: q.cue.first().and_then(|s| view.passage(*s)),
        cast: q.speaker_entity.and_then(|e| cast.member(clause.report, e)),
    });
    Some(Rendering {
        report: clause.report,
        passage: view.passage(clause.span)?,
        sentence: view.passage(view.sentences[clause.sentence])?,
        attribution,
        certainty: clause.certainty,
        negated: clause.negated,
    })
}

/// The reports that only pass a statement on: each of their renderings is another outlet's word. They add no origin.
fn passed_on(
    renderings: &[Rendering],
    views: &[View<'_>],
    cast: &Cast,
    outlets: &Outlets<'_>,
) -> BTreeSet<ReportIx> {
    let mut own = BTreeSet::new();
    let mut passing = BTreeSet::new();
    for rendering in renderings {
        if cites_a_report(rendering, &views[rendering.report as usize], cast, outlets) {
            passing.insert(rendering.report);
        } else {
            own.insert(rendering.report);
        }
    }
    passing.difference(&own).copied().collect()
}

/// Names that stand for an agency or an outlet when a report passes its words on; written with a capital.
const AGENCIES: &[&str] = &[
    "reuters",
    "afp",
    "agence france-presse",
    "associated press",
    "dpa",
    "xinhua",
    "tass",
    "interfax",
    "ansa",
    "efe",
    "kyodo",
    "anadolu",
    "bloomberg",
    "pti",
    "ians",
    "bbc",
    "cnn",
    "new york times",
    "washington post",
    "wall street journal",
    "financial times",
    "guardian",
];

/// What stands for an unnamed one, at the end of the words for who spoke.
const UNNAMED: &[&str] = &[
    "local media",
    "media reports",
    "state media",
    "news agency",
    "newspaper",
    "state television",
    "state tv",
    "state news",
];

/// Whether a rendering only passes on what another outlet reported: it confirms nothing by itself.
fn cites_a_report(rendering: &Rendering, view: &View<'_>, cast: &Cast, outlets: &Outlets<'_>) -> bool {
    let Some(attribution) = &rendering.attribution else {
        return false;
    };
    // "told Reuters" names the agency as the one spoken to, and then it is not the speaker
    let Some(speaker) = &attribution.speaker else {
        return false;
    };
    let is_person = attribution
        .cast
        .is_some_and(|ix| cast.members[ix as usize].entity_type == EntityType::Person);
    if is_person {
        return false; // Mayor Bloomberg
    }
    let words = speaker.text();
    let folded = words.to_lowercase();
    let own = view.outlet.as_str();
    // "his guardian" is no paper
    let named = |name: &str, at: usize| {
        let behind = folded[at..].strip_prefix(name);
        name != own.trim_start_matches("the ")
            && behind.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            && words.get(at..).is_some_and(|w| w.starts_with(char::is_uppercase))
    };
    let unnamed = |name: &&str| {
        let head = folded.strip_suffix(*name);
        head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
    };
    word_starts(&folded).any(|(at, word)| {
        AGENCIES.iter().any(|a| !own.contains(a) && named(a, at))
            || outlets.beginning_with(word).iter().any(|name| named(name, at))
    }) || UNNAMED.iter().any(unnamed)
}

/// Names of the outlets of a story in lower case, without an article, by their first word.
pub struct Outlets<'a> {
    by_first: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Letters of the shortest name of an outlet that is looked for in the words for who spoke.
const SHORTEST_OUTLET: usize = 4;

impl<'a> Outlets<'a> {
    /// The outlets of these reports.
    pub fn of(views: &'a [View<'_>]) -> Self {
        let mut by_first: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for view in views {
            let name = view.outlet.trim_start_matches("the ");
            if name.chars().count() >= SHORTEST_OUTLET
                && let Some((_, first)) = word_starts(name).next()
            {
                by_first.entry(first).or_default().insert(name);
            }
        }
        Self { by_first }
    }

    fn beginning_with(&self, word: &str) -> &BTreeSet<&'a str> {
        const NONE: &BTreeSet<&str> = &BTreeSet::new();
        self.by_first.get(word).unwrap_or(NONE)
    }
}

/// The words of a text, each with where it begins.
fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Share of the other renderings' words that a leading one tells, against its length and how it reads alone.
fn lead(renderings: &[(Rendering, &Clause)], views: &[View<'_>]) -> u32 {
    if renderings.len() < 2 {
        return 0;
    }
    let mut told: ByNumber<WordId, f32> = ByNumber::default();
    for (_, clause) in renderings {
        for (id, _) in clause.wording.concepts() {
            *told.entry(*id).or_default() += 1.0;
        }
    }
    let cost = |(rendering, clause): &(Rendering, &Clause)| {
        let concepts = clause.wording.concepts();
        let shared: f32 = concepts.iter().map(|(id, w)| (told[id] - 1.0) * w).sum();
        let own: f32 = concepts
            .iter()
            .filter(|(id, _)| told[id] < 1.5)
            .map(|(_, w)| w)
            .sum();
        let central = shared / (1.0 + renderings.len() as f32) - 0.5 * own;
        let words = rendering.passage.text().split_whitespace().count();
        let first = rendering
            .passage
            .text()
            .split(|c: char| !c.is_alphabetic())
            .find(|w| !w.is_empty())
            .unwrap_or_default()
            .to_lowercase();
        let dangling = f32::from(u8::from(crate::brief::DANGLING.contains(&first.as_str()))) * DANGLING_COST;
        let whole = f32::from(u8::from(
            rendering.passage.anchor() == rendering.sentence.anchor(),
        ));
        let copied = f32::from(u8::from(views[rendering.report as usize].own_share < 0.5));
        let quoted = f32::from(u8::from(clause.kind == ClauseKind::Quoted));
        let passed_on = f32::from(u8::from(rendering.attribution.is_some()));
        let length = words.saturating_sub(LONG_LEAD) as f32;
        dangling - central + length + copied + 6.0 * quoted + 3.0 * passed_on - 4.0 * whole
    };
    let best = renderings
        .iter()
        .enumerate()
        .min_by(|(i, a), (j, b)| cost(a).total_cmp(&cost(b)).then(i.cmp(j)));
    best.map_or(0, |(i, _)| i as u32)
}

/// What an opening that leans on other words costs a rendering, in weights of words.
const DANGLING_COST: f32 = 30.0;
/// Words from which a leading rendering is long.
const LONG_LEAD: usize = 28;
