//! Where the parts of a quote stand.

use twosource_model::{Quote, Span};

/// Its cue, speaker, addressee and medium.
pub fn saying(quote: &Quote) -> impl Iterator<Item = Span> {
    let words = quote.cue.iter().chain(&quote.speaker);
    words.chain(&quote.addressee).chain(&quote.medium).copied()
}

/// What was said, then the words that say so.
pub fn parts(quote: &Quote) -> impl Iterator<Item = Span> {
    quote.content.iter().copied().chain(saying(quote))
}

/// Whether some of what was said stands in `span`.
pub fn overlaps(quote: &Quote, span: Span) -> bool {
    quote.content.iter().any(|piece| piece.overlaps(span))
}

/// Whether one piece of what was said holds all of `span`.
pub fn covers(quote: &Quote, span: Span) -> bool {
    quote.content.iter().any(|piece| piece.covers(span))
}
