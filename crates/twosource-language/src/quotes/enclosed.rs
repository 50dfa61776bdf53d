//! Content and the quotation marks around it or in it.

use twosource_model::Span;

use super::context::Context;
use super::marks::Run;

/// The marked words that end behind byte `start`, in their order.
pub(super) fn runs_from<'c>(context: &'c Context<'_>, start: usize) -> &'c [Run] {
    let first = context.runs.partition_point(|run| run.outer.end() <= start);
    &context.runs[first..]
}

/// Takes content that ends between two marks on to the closing one: the quote goes on over the end of its sentence.
pub(super) fn close_marks(context: &Context<'_>, content: &mut [Span]) {
    let Some(last) = content.last_mut() else { return };
    if let Some(run) = runs_from(context, last.end()).first()
        && last.overlaps(run.inner)
        && last.start() <= run.inner.start()
    {
        *last = last.hull(run.inner);
    }
}

/// The words between the marks that all of `content` stands in, from the first of them to the last.
pub(super) fn all_marked(context: &Context<'_>, content: &[Span]) -> Option<Span> {
    let [piece] = content else { return None };
    let run = runs_from(context, piece.start()).first()?;
    (piece.covers(run.inner) && run.outer.covers(*piece)).then_some(run.inner)
}

/// The pieces with the mark behind them that closes marked words inside, and the one before them that opens those.
pub(super) fn with_closing_marks(context: &Context<'_>, content: Vec<Span>) -> Vec<Span> {
    let whole = |piece: Span| {
        let runs = runs_from(context, piece.start()).iter();
        runs.take_while(|run| run.outer.start() < piece.end())
            .filter(|run| piece.covers(run.inner) && piece != run.inner)
            .fold(piece, |whole, run| whole.hull(run.outer))
    };
    content.into_iter().map(whole).collect()
}

/// Bytes of `content` that stand between quotation marks.
pub(super) fn marked_bytes(context: &Context<'_>, content: &[Span]) -> usize {
    content
        .iter()
        .flat_map(|piece| {
            let runs = runs_from(context, piece.start()).iter();
            runs.take_while(|run| run.outer.start() < piece.end())
                .filter_map(|run| run.inner.intersection(*piece))
        })
        .map(Span::len)
        .sum()
}
