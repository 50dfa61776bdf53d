//! Which way from the article's date a weekday or month points: back or ahead.
//!
//! News mostly looks back ("on Thursday" is the last one); a verb in the future or a plan looks ahead. The nearest
//! verb decides, read from tags where there are some, else from words.

use twosource_model::{Analysis, Span, Token, Xpos};

/// Direction from the article's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    Unknown,
}

/// How many tokens on either side are looked at; keeps a text without full stops linear.
const REACH: usize = 30;
/// A comma between verb and expression counts as this many tokens.
const COMMA_COST: usize = 4;
/// A semicolon, colon or dash counts as this many tokens.
const BREAK_COST: usize = 10;

/// The direction for an expression that stands at `span`.
pub(crate) fn direction(text: &str, analysis: &Analysis, span: Span) -> Direction {
    let Some(sentence) = analysis.sentence_at(span.start()) else {
        return Direction::Unknown;
    };
    let all = analysis.sentences[sentence].tokens();
    let own = analysis.tokens_in(span);
    let tokens = &analysis.tokens;
    let mut best: Option<(usize, Direction)> = None;
    let mut cost = 0;
    for at in (all.start.max(own.start.saturating_sub(REACH))..own.start).rev() {
        cost += step_cost(text, &tokens[at]);
        if is_measure(text, tokens, at) {
            return Direction::Past;
        }
        if best.is_some_and(|(c, _)| c <= cost) {
            break;
        }
        if let Some(found) = cue(text, tokens, all.clone(), at) {
            best = Some((cost, found));
            break;
        }
    }
    cost = 0;
    for at in own.end..all.end.min(own.end + REACH) {
        cost += step_cost(text, &tokens[at]);
        if best.is_some_and(|(c, _)| c <= cost) {
            break;
        }
        if let Some(found) = cue(text, tokens, all.clone(), at) {
            best = Some((cost, found));
            break;
        }
    }
    best.map_or(Direction::Unknown, |(_, direction)| direction)
}

/// The direction for what stands at `span` behind "until": ahead, save where the verb before it is in the past tense.
pub(crate) fn direction_of_bound(text: &str, analysis: &Analysis, span: Span) -> Direction {
    let Some(sentence) = analysis.sentence_at(span.start()) else {
        return Direction::Future;
    };
    let all = analysis.sentences[sentence].tokens();
    let own = analysis.tokens_in(span);
    let before = (all.start.max(own.start.saturating_sub(REACH))..own.start).rev();
    let tells = |at: usize| match cue(text, &analysis.tokens, all.clone(), at) {
        Some(Direction::Future) => Some(Direction::Future),
        _ => match analysis.tokens[at].xpos {
            Xpos::Vbd => Some(Direction::Past),
            Xpos::Vbz | Xpos::Vbp | Xpos::Md => Some(Direction::Future),
            _ => None,
        },
    };
    before.into_iter().find_map(tells).unwrap_or(Direction::Future)
}

/// "than" that measures by what was ("more than Monday's price"), not "later than", "rather than".
fn is_measure(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens[at].span.of(text).to_ascii_lowercase();
    let bounds = |word: &str| {
        matches!(
            word,
            "rather" | "later" | "sooner" | "earlier" | "other" | "longer"
        )
    };
    word(at) == "than" && at > 0 && !bounds(&word(at - 1))
}

/// Whether "last" at `span` is the verb ("the strike will last nine days"): then it dates nothing.
pub(crate) fn is_lasting(text: &str, analysis: &Analysis, span: Span) -> bool {
    if span.of(text) != "last" {
        return false;
    }
    let at = analysis.tokens_in(span).start;
    let is_modal = |token: &Token| token.xpos == Xpos::Md;
    let before: Vec<&Token> = analysis.tokens[..at].iter().rev().take(2).collect();
    let denied = before
        .first()
        .is_some_and(|token| matches!(token.span.of(text), "not" | "n't" | "n’t"));
    analysis
        .tokens
        .get(at)
        .is_some_and(|token| matches!(token.xpos, Xpos::Vb | Xpos::Vbp | Xpos::Vbz))
        || before
            .get(usize::from(denied))
            .is_some_and(|token| is_modal(token))
}

fn step_cost(text: &str, token: &Token) -> usize {
    match token.span.of(text) {
        "," => COMMA_COST,
        ";" | ":" | "–" | "—" | "-" => BREAK_COST,
        _ => 1,
    }
}

/// What the token at `at` tells, if it is a cue.
fn cue(text: &str, tokens: &[Token], sentence: std::ops::Range<usize>, at: usize) -> Option<Direction> {
    let token = &tokens[at];
    let word = token.span.of(text);
    // all cues are short ASCII words; anything longer cannot be one
    if word.len() > 16 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let near = |by: isize| {
        let other = at.checked_add_signed(by).filter(|o| sentence.contains(o))?;
        Some(tokens[other].span.of(text).to_ascii_lowercase())
    };
    match word {
        "will" | "shall" | "'ll" | "’ll" | "won't" | "won’t" | "wo" | "gonna" | "upcoming"
        | "forthcoming" | "wird" | "werden" | "soll" | "sollen" | "будет" | "будут" => {
            return Some(Direction::Future);
        }
        "scheduled" | "slated" | "due" | "planned" | "expected" | "poised" | "set" | "plans" | "plan"
        | "hopes" | "expects" | "intends" | "aims" => {
            let points = near(1)
                .is_some_and(|n| matches!(n.as_str(), "to" | "for" | "on" | "by" | "in" | "next"))
                || matches!(
                    word,
                    "slated" | "scheduled" | "plans" | "expected" | "due" | "planned"
                );
            return points.then_some(Direction::Future);
        }
        "to" => {
            let follows = near(-1)?;
            let heads = [
                "is",
                "are",
                "'s",
                "’s",
                "am",
                "be",
                "going",
                "about",
                "ready",
                "likely",
                "wants",
                "hoping",
                "planning",
                "expecting",
                "vowed",
                "promised",
                "pledged",
                "preparing",
                "agreed",
                "were",
                "was",
            ];
            let verb = at + 1 < sentence.end && matches!(tokens[at + 1].xpos, Xpos::Vb | Xpos::Unknown);
            return (verb && heads.contains(&follows.as_str())).then_some(Direction::Future);
        }
        "would" => return Some(Direction::Future),
        // "may have left" tells of what was, "could not leave" too
        "may" | "might" | "could" => {
            let behind = near(1).unwrap_or_default();
            let denied = matches!(behind.as_str(), "not" | "n't" | "n’t");
            let verb = if denied { at + 2 } else { at + 1 };
            let is_open = sentence.contains(&verb)
                && matches!(tokens[verb].xpos, Xpos::Vb)
                && !tokens[verb].span.of(text).eq_ignore_ascii_case("have");
            return (is_open && !(denied && word == "could")).then_some(Direction::Future);
        }
        _ => {}
    }
    if token.xpos != Xpos::Unknown {
        let past = match token.xpos {
            Xpos::Vbd => !matches!(near(1).as_deref(), Some("to")) || !matches!(word, "was" | "were"),
            Xpos::Vbn => {
                let before = near(-1).unwrap_or_default();
                let further = near(-2).unwrap_or_default();
                let auxiliary = |w: &str| {
                    matches!(
                        w,
                        "has" | "have" | "had" | "was" | "were" | "been" | "'ve" | "’ve" | "'d"
                    )
                };
                auxiliary(&before) || auxiliary(&further) || !matches!(before.as_str(), "be" | "is" | "are")
            }
            _ => false,
        };
        return past.then_some(Direction::Past);
    }
    let regular = word.len() > 4
        && word.ends_with("ed")
        && !matches!(
            word,
            "united" | "hundred" | "indeed" | "exceed" | "need" | "speed" | "proceed" | "succeed"
        );
    (regular || IRREGULAR_PASTS.binary_search(&word).is_ok()).then_some(Direction::Past)
}

/// Past forms that do not end in "-ed", for text without tags.
const IRREGULAR_PASTS: &[&str] = &[
    "ate",
    "became",
    "began",
    "bought",
    "broke",
    "brought",
    "built",
    "came",
    "caught",
    "chose",
    "did",
    "died",
    "drew",
    "drove",
    "fell",
    "felt",
    "fled",
    "flew",
    "forced",
    "fought",
    "found",
    "gave",
    "got",
    "grew",
    "had",
    "heard",
    "held",
    "hit",
    "kept",
    "knew",
    "launched",
    "led",
    "left",
    "lost",
    "made",
    "met",
    "paid",
    "ran",
    "rose",
    "said",
    "sank",
    "sat",
    "saw",
    "sent",
    "shot",
    "showed",
    "sold",
    "spent",
    "spoke",
    "stood",
    "struck",
    "swept",
    "taught",
    "threw",
    "told",
    "took",
    "understood",
    "was",
    "went",
    "were",
    "withdrew",
    "won",
    "wrote",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_forms_are_sorted() {
        assert!(IRREGULAR_PASTS.is_sorted());
    }
}
