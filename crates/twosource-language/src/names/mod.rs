//! Mentions and entities: who and what a report names, and which mentions mean the same.
//!
//! A tagger finds names sentence by sentence ([`tagger`]); what the report shows of a name (`evidence`, by the
//! words of `signs`) and a memory of the document correct it (`finding`); names
//! are gathered into entities with their titles (`gathering`); descriptions and pronouns are laid to them
//! (`nominal`, `pronoun`); entities are looked up in the tables (`linking`, [`knowledge`]).

pub mod gazetteer;
pub mod knowledge;
pub mod tagger;
pub mod word;

mod boundaries;
mod capitals;
mod evidence;
mod finding;
mod gathering;
mod inner;
mod kinds;
mod linking;
mod nominal;
mod pronoun;
mod signs;
mod titles;

use twosource_model::{Analysis, Article};

pub use inner::{InnerName, inner_names};

/// Fills `analysis` with the mentions and entities of `article`. Needs sentences and tokens; tags and trees help.
pub fn find_names(article: &Article, analysis: &mut Analysis) {
    let names = finding::find(article, analysis);
    let mut scene = gathering::gather(article, analysis, names);
    linking::link(article, &mut scene);
    nominal::resolve(article, analysis, &mut scene);
    pronoun::resolve(article, analysis, &mut scene);
    scene.settle(article.text(), analysis);
}

#[cfg(test)]
mod tests;
