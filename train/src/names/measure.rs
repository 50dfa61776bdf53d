//! How well a model does on marked sentences, by part of the data: a quick look while tuning. `bench/score_entities.py`
//! gives the figures that count.

use std::collections::BTreeMap;

use twosource_language::names::tagger::{KINDS, Model, NameKind, TaggedName, names_of};

use super::Example;

/// Right, found and marked names.
#[derive(Default, Clone, Copy)]
struct Counts {
    right: f64,
    found: f64,
    marked: f64,
}

impl Counts {
    fn f1(self) -> f64 {
        200.0 * self.right / (self.found + self.marked).max(1.0)
    }
}

/// Prints strict F1 of all kinds, of each kind, and without kinds.
pub fn print(model: &Model, examples: &[Example]) {
    let mut by_source: BTreeMap<&str, [Counts; KINDS.len() + 1]> = BTreeMap::new();
    for example in examples {
        let marked = named(names_of(&example.labels));
        let found = named(names_of(&model.best(&example.words())));
        let counts = by_source.entry(&example.source).or_default();
        for kind in [NameKind::Person, NameKind::Organisation, NameKind::Place] {
            let of = |names: &[TaggedName]| names.iter().filter(|n| n.kind == kind).count() as f64;
            let counts = &mut counts[kind as usize];
            counts.found += of(&found);
            counts.marked += of(&marked);
            counts.right += found
                .iter()
                .filter(|n| n.kind == kind && marked.contains(n))
                .count() as f64;
        }
        let untyped = &mut counts[KINDS.len()];
        untyped.found += found.len() as f64;
        untyped.marked += marked.len() as f64;
        let same = |n: &&TaggedName| marked.iter().any(|m| (m.start, m.end) == (n.start, n.end));
        untyped.right += found.iter().filter(same).count() as f64;
    }
    for (source, counts) in by_source {
        let all = counts[..3].iter().fold(Counts::default(), |sum, c| Counts {
            right: sum.right + c.right,
            found: sum.found + c.found,
            marked: sum.marked + c.marked,
        });
        let [person, organisation, place, _, untyped] = counts.map(Counts::f1);
        eprintln!(
            "{source:20} F1 {:.1}  person {person:.1}  organisation {organisation:.1}  place {place:.1}  untyped {untyped:.1}",
            all.f1()
        );
    }
}

/// The names of the kinds that are counted.
fn named(mut names: Vec<TaggedName>) -> Vec<TaggedName> {
    names.retain(|name| name.kind != NameKind::Other);
    names
}
