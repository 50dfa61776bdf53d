//! The English model: one file, read on first use.

use std::sync::OnceLock;

use super::buckets::Buckets;
use super::dictionary::Dictionary;
use super::lemma::Lemmatizer;
use super::lexicon::Lexicon;
use super::parser::Parser;
use super::reader::Reader;
use super::second::SecondLook;
use super::tagger::{TagSet, Tagger};
use super::weights::Weights;

/// First bytes of a model file.
pub const MAGIC: &[u8] = b"twosource syntax 5\n";

/// Everything that is learnt about one language.
#[derive(Debug, Clone)]
pub struct Model {
    /// Ends of sentences.
    pub splitter: Buckets,
    /// Parts of speech.
    pub tagger: Tagger,
    /// Dictionary forms.
    pub lemmatizer: Lemmatizer,
    /// Trees.
    pub parser: Parser,
    /// Chooses tags, heads and relations anew where the others were not sure; none before its training.
    pub second: Option<SecondLook>,
}

impl Model {
    /// Reads a model file, without a second look; `None` when the bytes are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let tagger = read_tagger(&mut from)?;
        Some(Self {
            tagger,
            splitter: Buckets::read(&mut from)?,
            lemmatizer: Lemmatizer::read(&mut from)?,
            parser: Parser {
                moves: Buckets::read(&mut from)?,
                labels: Weights::read(&mut from)?,
            },
            second: None,
        })
    }
}

/// The first part of a model file.
fn read_tagger(from: &mut Reader<'_>) -> Option<Tagger> {
    if from.take(MAGIC.len())? != MAGIC {
        return None;
    }
    Some(Tagger {
        tags: TagSet::read(from)?,
        lexicon: Lexicon::read(from)?,
        sure: Lexicon::read(from)?,
        dictionary: Dictionary::read(from)?,
        weights: Weights::read(from)?,
    })
}

/// Bytes of the English model.
const ENGLISH: &[u8] = include_bytes!("../../models/syntax-en.bin");

/// Bytes of the English second look.
const ENGLISH_SECOND: &[u8] = include_bytes!("../../models/second-look-en.bin");

/// The English model, or `None` when its file is empty, as before the first training.
#[must_use]
pub fn english() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL
        .get_or_init(|| {
            Model::read(ENGLISH).map(|model| Model {
                second: SecondLook::read(ENGLISH_SECOND),
                ..model
            })
        })
        .as_ref()
}
