//! Two texts set side by side without a story around them: quotations, and the numbers of two sentences.

use twosource_model::{Analysis, RenderingClass, Span};

use crate::figures::{
    Figure, FigureJudge, agree, differ_score, figure_features, figures, is_sum, open_pairs, same_quantity,
};
use crate::letters::{Letters, classify};
use crate::pair::{Judgement, Wording, judge};
use crate::utterances::marked_stretches;

use crate::words::Vocabulary;

/// How two quotations stand to one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuotationCheck {
    /// Probability that both are of one utterance.
    pub same: f32,
    /// How the shorter stands to the longer, were they of one.
    pub class: RenderingClass,
}

/// Compares two quotations.
#[must_use]
pub fn compare_quotations(vocabulary: &mut Vocabulary, a: &str, b: &str) -> QuotationCheck {
    let (p, q) = (quoted_alone(a), quoted_alone(b));
    let (a, b) = (p.as_str(), q.as_str());
    let (x, y) = (vocabulary.read(a, 0), vocabulary.read(b, 0));
    let (short, long) = if x.len() <= y.len() {
        ((a, &x), (b, &y))
    } else {
        ((b, &y), (a, &x))
    };
    let (p, q) = (Letters::of([short.0]), Letters::of([long.0]));
    let class = classify((short.0, short.1, &p), (long.0, long.1, &q));
    // a contraction written out is the same to whoever asks whether two quotations are
    let same_forms =
        short.1.len() == long.1.len() && short.1.iter().zip(long.1).all(|(p, q)| p.form == q.form);
    let class = match class {
        RenderingClass::Altered if same_forms => RenderingClass::Typographic,
        RenderingClass::Typographic if !same_forms && !p.same_words(&q) => RenderingClass::Altered,
        other => other,
    };
    let run = !short.1.is_empty()
        && long
            .1
            .windows(short.1.len())
            .any(|w| w.iter().zip(short.1).all(|(p, q)| p.form == q.form));
    // words left out in the middle are a cut only where a sign shows it
    let signed = short.0.contains("...") || short.0.contains('…') || short.0.contains('[');
    let class = if class == RenderingClass::Cut && !run && !signed {
        RenderingClass::Altered
    } else {
        class
    };
    let same = match class {
        RenderingClass::Identical | RenderingClass::Typographic => 1.0,
        _ => {
            let (p, q) = (
                Wording::new(vocabulary, x.clone(), Vec::new()),
                Wording::new(vocabulary, y.clone(), Vec::new()),
            );
            let learned = judge(Judgement::SameUtterance, &p, &q);
            if run && short.1.len() >= 4 {
                learned.max(0.95)
            } else {
                learned
            }
        }
    };
    QuotationCheck { same, class }
}

/// The words between quotation marks where others stand before them; else all words.
fn quoted_alone(text: &str) -> String {
    let marks = ['“', '”', '"', '«', '»', '„'];
    let within = Span::at(0, text.len());
    if text.trim_start().starts_with(marks) || !text.contains(marks) {
        return text.to_owned();
    }
    let pieces: Vec<&str> = marked_stretches(text, within)
        .iter()
        .map(|s| s.of(text))
        .collect();
    let words = |t: &str| t.split_whitespace().count();
    // a few marked words in a told sentence are its colour, not the quotation
    if pieces.iter().map(|p| words(p)).sum::<usize>() < 3 {
        return text.to_owned();
    }
    pieces.join(" ")
}

/// What the numbers of two sentences say of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberVerdict {
    /// The same quantity with another value.
    Differ,
    /// The same quantity at another moment.
    DifferInTime,
    /// They agree after rounding, units or sums.
    Same,
    /// They are of other quantities, or there are none.
    Other,
}
/// The figures and the wordings of two texts.
struct TwoTexts {
    x: Vec<Figure>,
    y: Vec<Figure>,
    wordings: (Wording, Wording),
}

impl TwoTexts {
    fn read(vocabulary: &mut Vocabulary, a: (&Analysis, &str), b: (&Analysis, &str)) -> Self {
        let whole = |text: &str| Span::at(0, text.len());
        Self {
            x: figures(a.0, a.1, whole(a.1), vocabulary),
            y: figures(b.0, b.1, whole(b.1), vocabulary),
            wordings: (Wording::read(vocabulary, a.1), Wording::read(vocabulary, b.1)),
        }
    }

    /// The pairs of figures that nothing settles, by index, with their features.
    fn open(&self) -> Vec<((usize, usize), Vec<f32>)> {
        let judge = |figures, wording| FigureJudge { figures, wording };
        let sides = (judge(&self.x, &self.wordings.0), judge(&self.y, &self.wordings.1));
        let pairs = open_pairs(&self.x, &self.y);
        let open = pairs.len();
        pairs
            .into_iter()
            .map(|pair| (pair, figure_features(&sides.0, &sides.1, pair, open)))
            .collect()
    }
}

/// Compares the numbers of two analysed texts; the score is higher the surer they differ.
#[must_use]
pub fn compare_numbers(
    vocabulary: &mut Vocabulary,
    a: (&Analysis, &str),
    b: (&Analysis, &str),
) -> (f32, NumberVerdict) {
    let two = TwoTexts::read(vocabulary, a, b);
    let (x, y) = (&two.x, &two.y);
    let alike = judge(Judgement::Paraphrase, &two.wordings.0, &two.wordings.1);
    let surest = two
        .open()
        .into_iter()
        .map(|(pair, features)| (differ_score(&features), pair))
        .max_by(|p, q| p.0.total_cmp(&q.0));
    if let Some((above, (i, j))) = surest {
        let score = 1.0 / (1.0 + (-above).exp());
        if above >= 0.0 {
            let other_moment = matches!((&x[i].as_of, &y[j].as_of), (Some(p), Some(q)) if p != q);
            let verdict = if other_moment {
                NumberVerdict::DifferInTime
            } else {
                NumberVerdict::Differ
            };
            return (score, verdict);
        }
        return (score.max(0.25 * alike), NumberVerdict::Other);
    }
    let settled = x
        .iter()
        .any(|f| y.iter().any(|g| f.unit == g.unit && agree(f, g)) || is_sum(f, y))
        || y.iter().any(|g| is_sum(g, x));
    (
        0.25 * alike,
        if settled {
            NumberVerdict::Same
        } else {
            NumberVerdict::Other
        },
    )
}

/// The features of each pair of open figures of two texts, as the trainer reads them.
#[must_use]
pub fn open_figures(
    vocabulary: &mut Vocabulary,
    a: (&Analysis, &str),
    b: (&Analysis, &str),
) -> Vec<(f32, Vec<f32>)> {
    let two = TwoTexts::read(vocabulary, a, b);
    two.open()
        .into_iter()
        .map(|((i, j), features)| (same_quantity(&two.x[i], &two.y[j]), features))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_classed() {
        let check = |a: &str, b: &str, class: RenderingClass, same: bool| {
            let found = compare_quotations(&mut Vocabulary::default(), a, b);
            assert_eq!((found.class, found.same >= 0.5), (class, same), "{a:?} {b:?}");
        };
        check(
            "We shall rebuild the bridge.",
            "We shall rebuild the bridge,",
            RenderingClass::Typographic,
            true,
        );
        check(
            "shall rebuild the old bridge",
            "We shall rebuild the old bridge by May.",
            RenderingClass::Cut,
            true,
        );
        check(
            "We will rebuild the old bridge by May",
            "We shall rebuild the old bridge by May.",
            RenderingClass::Altered,
            true,
        );
        check(
            "Nobody was hurt",
            "The price of bread is a scandal in this town",
            RenderingClass::Altered,
            false,
        );
    }
}
