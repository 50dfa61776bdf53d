//! Groups of clauses made into statements with their support.

use std::collections::BTreeSet;

use twosource_model::{Attribution, Rendering, ReportIx, Statement, SupportClass};

use crate::align::Group;
use crate::cast::Cast;
use crate::cited::{Outlets, cites_a_report};
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
    let current = views.iter().filter(|v| !v.superseded);
    let all: BTreeSet<u32> = current.map(|v| v.counts_as).collect();
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
        let told_by = f32::from(u8::from(rendering.attribution.is_some()));
        let length = words.saturating_sub(LONG_LEAD) as f32;
        dangling - central + length + copied + QUOTED_COST * quoted + TOLD_COST * told_by - WHOLE_GAIN * whole
    };
    let best = renderings
        .iter()
        .enumerate()
        .min_by(|(i, a), (j, b)| cost(a).total_cmp(&cost(b)).then(i.cmp(j)));
    best.map_or(0, |(i, _)| i as u32)
}

/// What an opening that leans on other words costs a rendering, in weights of words (a word of the story weighs about 1 to 6), so
/// that one that leans leads only where all do. These four are set by hand; the seeds and `tests/stories` hold them.
const DANGLING_COST: f32 = 30.0;
/// The same for words in quotation marks, which stand under the utterances.
const QUOTED_COST: f32 = 6.0;
/// The same for words that are laid to somebody.
const TOLD_COST: f32 = 3.0;
/// What it gains a rendering to be a whole sentence, in weights of words.
const WHOLE_GAIN: f32 = 4.0;
/// Words from which a leading rendering is long.
const LONG_LEAD: usize = 28;
