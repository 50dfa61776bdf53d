//! The English model: one file, read on first use.

use std::sync::OnceLock;

use super::lemma::Lemmatizer;
use super::lexicon::Lexicon;
use super::parser::Parser;
use super::reader::Reader;
use super::tagger::{TagSet, Tagger};
use super::weights::Weights;

/// First bytes of a model file.
pub const MAGIC: &[u8] = b"twosource syntax 1\n";

/// Everything that is learnt about one language.
#[derive(Debug, Clone)]
pub struct Model {
    /// Ends of sentences.
    pub splitter: Weights,
    /// Parts of speech.
    pub tagger: Tagger,
    /// Dictionary forms.
    pub lemmatizer: Lemmatizer,
    /// Trees.
    pub parser: Parser,
}

impl Model {
    /// Reads a model file; `None` when the bytes are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        if from.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let tags = TagSet::read(&mut from)?;
        let lexicon = Lexicon::read(&mut from)?;
        let tagger_weights = Weights::read(&mut from)?;
        Some(Self {
            tagger: Tagger {
                tags,
                lexicon,
                weights: tagger_weights,
            },
            splitter: Weights::read(&mut from)?,
            lemmatizer: Lemmatizer::read(&mut from)?,
            parser: Parser {
                moves: Weights::read(&mut from)?,
                labels: Weights::read(&mut from)?,
            },
        })
    }
}

/// Bytes of the English model.
const ENGLISH: &[u8] = include_bytes!("../../models/syntax-en.bin");

/// The English model, or `None` when its file is empty, as before the first training.
#[must_use]
pub fn english() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(ENGLISH)).as_ref()
}
