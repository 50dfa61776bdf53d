//! Groups of clauses made into statements with their support.

use std::collections::BTreeSet;

use twosource_model::{Attribution, Rendering, ReportIx, Statement, SupportClass};

use crate::align::Group;
use crate::cast::Cast;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::numbering::ByNumber;
use crate::words::WordId;

/// The statement of a group; `None` when none of its words can be anchored.
pub fn statement(group: &Group, clauses: &[Clause], views: &[View<'_>], cast: &Cast) -> Option<Statement> {
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
    let passed_on: BTreeSet<ReportIx> = reports
        .iter()
        .copied()
        .filter(|r| {
            renderings
                .iter()
                .filter(|x| x.report == *r)
                .all(|x| cites_a_report(x, views))
        })
        .collect();
    let support = support(views, &reports, &passed_on);
    let all: BTreeSet<u32> = views.iter().filter(|v| !v.superseded).map(|v| v.origin).collect();
    let class = match support.origins.len() {
        0 | 1 => SupportClass::One,
        n if n == all.len() => SupportClass::All,
        _ => SupportClass::Several,
    };
    Some(Statement {
        renderings,
        lead,
        class,
        support,
        differences: Vec::new(),
        evidence: group.evidence.clone(),
    })
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

/// Words that stand for an agency or an outlet when a report passes its words on.
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
fn cites_a_report(rendering: &Rendering, views: &[View<'_>]) -> bool {
    let Some(speaker) = rendering.attribution.as_ref().and_then(|a| a.speaker.as_ref()) else {
        return false;
    };
    let folded = speaker.text().to_lowercase();
    let own = views[rendering.report as usize].outlet.as_str();
    let word = |name: &str| {
        folded.match_indices(name).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(folded[..at].chars().next_back()) && edge(folded[at + name.len()..].chars().next())
        })
    };
    // "told Reuters" names the agency as the one spoken to, and then it is not the speaker
    AGENCIES.iter().any(|a| word(a) && !own.contains(a))
        || (views.len() <= 200
            && views.iter().any(|v| {
                let name = v.outlet.as_str();
                name != own && name.chars().count() > 3 && word(name.trim_start_matches("the "))
            }))
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
