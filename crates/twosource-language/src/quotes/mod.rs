//! Quotes - who said what, in which words.
//!
//! Takes an article with its sentences, tokens and (where there are any) trees and entities; gives quotes in the order of
//! the text, never overlapping. Words between quotation marks come first (`marks`, `group`), then told words, found
//! from a cue and the clause it governs. Nested quotes keep the outer one only: docs/decisions/nested-quotes.md tells why.

use twosource_model::{Analysis, Article, QuoteKind, Span};

mod attribution;
mod contenders;
mod context;
mod cue;
mod document;
mod enclosed;
mod flat;
mod group;
mod label;
mod left;
mod logistic;
mod marked;
mod marks;
mod mixed;
mod offers;
mod reading;
mod resolve;
mod rest;
mod signature;
mod speaker;
mod subject;
mod told;
mod tree;
mod unparsed;
mod weights;
mod word_class;

#[cfg(test)]
mod tests;

use context::Context;
pub use cue::{Cue, CueClass, CueLexicon, CuePart};
use enclosed::marked_bytes;
use group::Group;
use logistic::Logistic;
use speaker::SpeakerWords;

/// Fills `analysis` with the quotes of `article`.
pub fn find_quotes(article: &Article, analysis: &mut Analysis) {
    let quotes = {
        let context = Context::of(article, analysis);
        let found = if context.tree.parsed {
            reading::quotes_by_likelihood(&context)
        } else {
            unparsed::quotes_by_marks(&context)
        };
        attribution::attribute(&context, found)
    };
    analysis.quotes = quotes;
}

/// A stretch of text that may be a quote, for learning which are. Not part of the stable interface.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Pieces of the text.
    pub content: Vec<Span>,
    /// Features that are on; [`QuoteModel::feature_name`] tells their names.
    pub features: Vec<u16>,
}

/// The models that say how likely a stretch of text is a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteModel {
    /// Told words beside a cue.
    Told,
    /// How much of what a cue most likely tells is anybody's words; learnt behind `Told`, whose choice it judges.
    Kept,
    /// Words between quotation marks.
    Marked,
    /// Who said something beside a cue.
    Speaker,
}

impl QuoteModel {
    fn model(self) -> &'static Logistic {
        match self {
            Self::Told => &weights::TOLD,
            Self::Kept => &weights::KEPT,
            Self::Marked => &marked::MARKED,
            Self::Speaker => &contenders::SPEAKERS,
        }
    }

    /// Number of features.
    #[must_use]
    pub fn feature_count(self) -> usize {
        self.model().feature_count()
    }

    /// Name of a feature: its block and its number there.
    #[must_use]
    pub fn feature_name(self, feature: usize) -> (&'static str, usize) {
        self.model().feature_name(feature)
    }

    /// Everything of an English text that this model judges, kept or not. Of the candidates that stand together one is
    /// taken at most; the first of several, without content and features, stands for none.
    #[must_use]
    pub fn choices(self, article: &Article, analysis: &Analysis) -> Vec<Vec<Candidate>> {
        let context = Context::of(article, analysis);
        if !context.tree.parsed {
            return Vec::new();
        }
        let offered = told::offered(&context);
        match self {
            Self::Told => offered
                .chunk_by(told::is_of_same_cue)
                .map(|of_cue| {
                    let offers = of_cue.iter().map(|offered| Candidate {
                        content: offered.content.clone(),
                        features: offered.features.clone(),
                    });
                    std::iter::once(Candidate::default()).chain(offers).collect()
                })
                .collect(),
            Self::Kept => told::best(&offered)
                .into_iter()
                .map(|(offered, overlap)| {
                    vec![Candidate {
                        content: offered.content.clone(),
                        features: weights::kept_features(&offered.features, overlap),
                    }]
                })
                .collect(),
            Self::Marked => marked::readings(&context, &offered)
                .into_iter()
                .map(|reading| {
                    vec![Candidate {
                        content: reading.found.content,
                        features: reading.features,
                    }]
                })
                .collect(),
            // what is right depends on the quote: see `contested_speakers`
            Self::Speaker => Vec::new(),
        }
    }
}

/// For each quote of an English text its content and everybody who may have said it, nobody first. For learning who did;
/// not part of the stable interface.
#[must_use]
pub fn contested_speakers(article: &Article, analysis: &Analysis) -> Vec<(Vec<Span>, Vec<Candidate>)> {
    let context = Context::of(article, analysis);
    if !context.tree.parsed {
        return Vec::new();
    }
    reading::quotes_by_likelihood(&context)
        .into_iter()
        .filter_map(|quote| {
            let cue = quote.cue?;
            let ruled = speaker::speaker_of(&context, cue, &quote.content);
            let contenders = contenders::contenders(&context, cue, &quote, &ruled);
            let candidates = contenders.into_iter().map(|contender| Candidate {
                content: contender.words.pieces,
                features: contender.features,
            });
            Some((quote.content, candidates.collect()))
        })
        .collect()
}

/// A quote before its speaker is looked for.
#[derive(Debug, Clone)]
struct Found {
    content: Vec<Span>,
    cue: Option<usize>,
    kind: QuoteKind,
    rule: &'static str,
    /// Told words are a statement; `false` for what was only spoken of.
    states: bool,
    /// Who says so, where a label before the words tells.
    label: Option<SpeakerWords>,
}

impl Found {
    /// The runs of a group as they stand.
    fn marked(context: &Context<'_>, group: &Group) -> Self {
        Self {
            content: group.runs.iter().map(|r| context.runs[*r].inner).collect(),
            cue: group.cue.map(|c| c.token),
            kind: QuoteKind::Direct,
            rule: if group.runs.len() > 1 {
                "marks, joined"
            } else {
                "marks"
            },
            states: true,
            label: None,
        }
    }
}

/// Marked words of so many words are a quote without a cue too, where rules alone tell.
const BARE_WORDS: usize = 5;
