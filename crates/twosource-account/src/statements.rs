//! Groups of clauses made into statements with their support.

use std::collections::BTreeSet;

use twosource_model::{Attribution, Rendering, ReportIx, Statement, SupportClass};

use crate::align::Group;
use crate::cast::Cast;
use crate::clauses::Clause;
use crate::desk::{View, support};

/// The statement of a group; `None` when nothing but superseded reports carries it.
pub fn statement(group: &Group, clauses: &[Clause], views: &[View<'_>], cast: &Cast) -> Option<Statement> {
    let members: Vec<&Clause> = group
        .members
        .iter()
        .map(|m| &clauses[*m])
        .filter(|c| !views[c.report as usize].superseded)
        .collect();
    let mut renderings: Vec<Rendering> = members.iter().filter_map(|c| rendering(c, views, cast)).collect();
    renderings.sort_by_key(|r| (r.report, r.passage.anchor().span));
    if renderings.is_empty() {
        return None;
    }
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
    let lead = lead(&renderings, views);
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
    let own = views[rendering.report as usize]
        .article
        .outlet_name()
        .to_lowercase();
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
                let name = v.article.outlet_name().to_lowercase();
                name != own && name.chars().count() > 3 && word(name.trim_start_matches("the "))
            }))
}

/// The rendering that reads best by itself: no dangling start, asserted rather than passed on, neither short nor long.
fn lead(renderings: &[Rendering], views: &[View<'_>]) -> u32 {
    let cost = |r: &Rendering| {
        let words = r.passage.text().split_whitespace().count();
        let first = r
            .passage
            .text()
            .split(|c: char| !c.is_alphabetic())
            .find(|w| !w.is_empty())
            .unwrap_or_default()
            .to_lowercase();
        let dangling = u32::from(crate::brief::DANGLING.contains(&first.as_str())) * 20;
        let length = words.abs_diff(18) as u32 / 3;
        let copied = u32::from(views[r.report as usize].own_share < 0.5) * 2;
        dangling + length + copied + u32::from(r.attribution.is_some()) * 2
    };
    let best = renderings.iter().enumerate().min_by_key(|(i, r)| (cost(r), *i));
    best.map_or(0, |(i, _)| i as u32)
}
