//! What each report has first, alone and not at all, and what changed between its states.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{ArticleId, CorrectionEntry, Coverage, Passage, ReportIx, Role, Statement, WordChange};

use crate::desk::{View, state_of};
use crate::diff::{changes, span_of};
use crate::words::Vocabulary;

/// For each report that counts what it has first, alone, and not at all.
pub fn coverage(views: &[View<'_>], statements: &[Statement]) -> Vec<Coverage> {
    let mut list: Vec<Coverage> = (0..views.len() as ReportIx)
        .map(|report| Coverage {
            report,
            first: Vec::new(),
            alone: Vec::new(),
            missing: Vec::new(),
        })
        .collect();
    for (ix, statement) in statements.iter().enumerate() {
        let ix = ix as u32;
        let carriers = &statement.support.reports;
        let all_dated = carriers.iter().all(|r| views[*r as usize].date.is_some());
        if let (true, Some(first)) = (all_dated && carriers.len() > 1, carriers.first()) {
            list[*first as usize].first.push(ix);
        }
        if statement.support.origins.len() == 1 {
            for report in carriers {
                list[*report as usize].alone.push(ix);
            }
        }
        for (report, entry) in list.iter_mut().enumerate() {
            let carried = carriers.binary_search(&(report as u32)).is_ok();
            let others = statement
                .support
                .origins
                .iter()
                .filter(|o| **o != views[report].counts_as)
                .count();
            if !carried && others >= 2 && !views[report].superseded {
                entry.missing.push(ix);
            }
        }
    }
    list.retain(|c| !views[c.report as usize].superseded);
    list
}

/// What changed between the states of each article that is here in several, and the notes of other articles that say
/// what was corrected in them.
pub fn corrections(views: &[View<'_>], vocabulary: &mut Vocabulary) -> Vec<CorrectionEntry> {
    let mut entries = Vec::new();
    for (before, after) in followed(views) {
        let (old, new) = (&views[before], &views[after]);
        entries.push(CorrectionEntry {
            before: Some(before as ReportIx),
            after: after as ReportIx,
            changes: text_changes(old, new, vocabulary),
            note: note(new),
        });
    }
    let told: BTreeSet<ReportIx> = entries.iter().map(|e| e.after).collect();
    for (after, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
        let note = note(view).filter(|_| !told.contains(&(after as ReportIx)));
        entries.extend(note.map(|note| CorrectionEntry {
            before: None,
            after: after as ReportIx,
            changes: Vec::new(),
            note: Some(note),
        }));
    }
    entries
}

/// Each state of an article that was followed by another, with that one, in the order of the reports.
fn followed(views: &[View<'_>]) -> Vec<(usize, usize)> {
    let mut states: BTreeMap<&ArticleId, Vec<usize>> = BTreeMap::new();
    for (at, view) in views.iter().enumerate() {
        states.entry(&view.article.id).or_default().push(at);
    }
    let mut pairs = Vec::new();
    for mut states in states.into_values() {
        // a later state may bear an earlier day of publication
        states.sort_by_key(|at| state_of(views[*at].article));
        pairs.extend(states.windows(2).map(|pair| (pair[0], pair[1])));
    }
    pairs.sort_unstable();
    pairs
}

fn text_changes(old: &View<'_>, new: &View<'_>, vocabulary: &mut Vocabulary) -> Vec<WordChange> {
    let (a, b) = (
        vocabulary.read(old.article.text(), 0),
        vocabulary.read(new.article.text(), 0),
    );
    let forms = |words: &[crate::words::Word]| words.iter().map(|w| w.form).collect::<Vec<_>>();
    changes(&forms(&a), &forms(&b))
        .into_iter()
        .map(|c| WordChange {
            base: span_of(&a, c.a).and_then(|s| old.passage(s)),
            rendering: span_of(&b, c.b).and_then(|s| new.passage(s)),
        })
        .filter(|c| c.base.is_some() || c.rendering.is_some())
        .collect()
}

/// The outlet's own note that it corrected something.
fn note(view: &View<'_>) -> Option<Passage> {
    let mut paragraphs = view.article.paragraphs.iter();
    let paragraph = paragraphs.find(|p| p.role == Role::Correction)?;
    view.passage(paragraph.span)
}
