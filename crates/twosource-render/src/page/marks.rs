//! Marks: the stretches of the reports that the account cites, each with an id to link to.

use std::collections::BTreeMap;
use std::fmt::Write;

use twosource_model::{Part, Passage, ReportIx, Span};

/// The marks of one story.
pub(super) struct Marks {
    story: usize,
    numbers: BTreeMap<(ReportIx, Part, Span), usize>,
    /// Marks that run over the end of a paragraph.
    crossing: Vec<usize>,
}

/// A stretch of text that the same marks cover.
pub(super) struct Piece {
    /// Marks that begin here.
    pub opens: Vec<usize>,
    /// Marks that cover it.
    pub covers: Vec<usize>,
    /// Its bytes.
    pub span: Span,
}

/// The ends of `within` and every start and end of `spans` inside it, in order.
pub(super) fn cuts(within: Span, spans: impl Iterator<Item = Span>) -> Vec<usize> {
    let mut cuts: Vec<usize> = spans
        .flat_map(|span| [span.start(), span.end()])
        .filter(|cut| within.start() < *cut && *cut < within.end())
        .chain([within.start(), within.end()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

impl Marks {
    pub(super) fn new(story: usize) -> Self {
        Self {
            story,
            numbers: BTreeMap::new(),
            crossing: Vec::new(),
        }
    }

    /// The number of the mark of `passage` in `report`.
    pub(super) fn number(&mut self, report: ReportIx, passage: &Passage) -> usize {
        let next = self.numbers.len() + 1;
        let anchor = passage.anchor();
        *self
            .numbers
            .entry((report, anchor.part, anchor.span))
            .or_insert(next)
    }

    /// Id of the element at the start of a mark.
    pub(super) fn id(&self, number: usize) -> String {
        format!("m{}-{number}", self.story + 1)
    }

    /// Class of the pieces that a mark covers.
    pub(super) fn class(&self, number: usize) -> String {
        format!("c{}-{number}", self.story + 1)
    }

    /// `within` cut at every start and end of a mark. Marks whose start lies before `within` are remembered as crossing.
    pub(super) fn pieces(&mut self, report: ReportIx, part: Part, within: Span) -> Vec<Piece> {
        let touching: Vec<(Span, usize)> = self
            .numbers
            .range((report, part, Span::at(0, 0))..=(report, part, Span::at(within.end(), within.end())))
            .filter(|((_, _, span), _)| span.overlaps(within))
            .map(|((_, _, span), number)| (*span, *number))
            .collect();
        let crossing = touching.iter().filter(|(span, _)| span.start() < within.start());
        self.crossing.extend(crossing.map(|(_, number)| *number));
        let cuts = cuts(within, touching.iter().map(|(span, _)| *span));
        let piece = |bounds: &[usize]| {
            let span = Span::at(bounds[0], bounds[1]);
            let numbers = |keep: &dyn Fn(Span) -> bool| -> Vec<usize> {
                touching
                    .iter()
                    .filter(|(s, _)| keep(*s))
                    .map(|(_, number)| *number)
                    .collect()
            };
            Piece {
                opens: numbers(&|s| s.start() == span.start()),
                covers: numbers(&|s| s.covers(span)),
                span,
            }
        };
        cuts.windows(2).map(piece).collect()
    }

    /// Style rules that light a mark when the address names it, so that no script is needed.
    pub(super) fn rules(&self) -> String {
        let mut rules = String::new();
        let mut selectors = Vec::with_capacity(self.numbers.len());
        for number in self.numbers.values() {
            selectors.push(format!("#{}:target~.{}", self.id(*number), self.class(*number)));
        }
        for number in &self.crossing {
            selectors.push(format!(
                "p:has(>#{}:target)~p>.{}",
                self.id(*number),
                self.class(*number)
            ));
        }
        for selector in selectors {
            // writing to a string cannot fail
            let _ = writeln!(
                rules,
                "{selector}{{background:var(--lit);box-shadow:0 0 0 .15em var(--lit)}}"
            );
        }
        rules
    }
}
