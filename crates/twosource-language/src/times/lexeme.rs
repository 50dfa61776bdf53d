//! Splits text into the pieces that the time and number grammars read.
//!
//! Finer than a token: runs of letters, runs of digits, and single other characters. White space separates and is
//! remembered. Phrases of the lexicon ("day before yesterday", "p.m.") come out as one piece.

use twosource_model::Span;

use super::lexicon::{Entry, Lexicon};

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters (or a phrase of the lexicon).
    Word,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark(char),
}

/// One piece of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexeme<'l> {
    /// Bytes of the text.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Blanks stand before it (or the text begins here).
    pub spaced: bool,
    /// A line ends before it.
    pub new_line: bool,
    /// What the lexicon knows about it.
    pub entry: Option<&'l Entry>,
}

/// The pieces of `text`, in order.
pub(crate) fn scan<'l>(text: &str, lexicon: &'l Lexicon) -> Vec<Lexeme<'l>> {
    let mut lexemes: Vec<Lexeme<'l>> = Vec::with_capacity(text.len() / 5);
    let mut folded = String::new();
    let mut spaced = true;
    let mut new_line = true;
    let mut at = 0;
    let mut phrase_heads = Vec::new();
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            spaced = true;
            new_line |= first == '\n';
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = if first.is_ascii_digit() {
            (Kind::Digits, run(&text[at..], |c| c.is_ascii_digit()))
        } else if first.is_alphabetic() {
            (Kind::Word, run(&text[at..], is_letter))
        } else {
            (Kind::Mark(first), first.len_utf8())
        };
        let span = Span::at(at, at + length);
        let mut entry = None;
        if !matches!(kind, Kind::Mark(_)) {
            fold_into(span.of(text), &mut folded);
            entry = lexicon.word(&folded);
            if lexicon.heads_phrase(&folded) {
                phrase_heads.push(lexemes.len());
            }
        }
        lexemes.push(Lexeme {
            span,
            kind,
            spaced,
            new_line,
            entry,
        });
        spaced = false;
        new_line = false;
        at += length;
    }
    if !phrase_heads.is_empty() {
        join_phrases(text, lexicon, &mut lexemes, &phrase_heads);
    }
    lexemes
}

/// Lower case, with the dotted capital I of Turkish as a plain i and curly apostrophes made straight.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            'İ' => folded.push('i'),
            '’' | 'ʼ' => folded.push('\''),
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

fn is_letter(c: char) -> bool {
    // combining marks belong to the letter before them
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// Puts each longest phrase that starts at one of `heads` into one piece.
fn join_phrases<'l>(text: &str, lexicon: &'l Lexicon, lexemes: &mut Vec<Lexeme<'l>>, heads: &[usize]) {
    let mut joined: Vec<(usize, usize, &'l Entry)> = Vec::new();
    let mut folded = String::new();
    for &head in heads {
        if joined.last().is_some_and(|(_, end, _)| head < *end) {
            continue;
        }
        fold_into(lexemes[head].span.of(text), &mut folded);
        for (rest, entry) in lexicon.phrases(&folded) {
            let end = head + 1 + rest.len();
            let fits = end <= lexemes.len()
                && rest.iter().zip(&lexemes[head + 1..end]).all(|(word, lexeme)| {
                    let mut own = String::new();
                    fold_into(lexeme.span.of(text), &mut own);
                    !lexeme.new_line && own == *word
                });
            if fits {
                joined.push((head, end, entry));
                break;
            }
        }
    }
    if joined.is_empty() {
        return;
    }
    let mut out = Vec::with_capacity(lexemes.len());
    let mut from = 0;
    for (start, end, entry) in joined {
        out.extend_from_slice(&lexemes[from..start]);
        out.push(Lexeme {
            span: lexemes[start].span.hull(lexemes[end - 1].span),
            kind: Kind::Word,
            entry: Some(entry),
            ..lexemes[start]
        });
        from = end;
    }
    out.extend_from_slice(&lexemes[from..]);
    *lexemes = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lexicon = Lexicon::of("en");
        let pieces: Vec<&str> = scan(text, lexicon).iter().map(|l| l.span.of(text)).collect();
        assert_eq!(pieces, expected, "{text:?}");
    }

    #[test]
    fn pieces() {
        check("On May 3rd, 2021", &["On", "May", "3", "rd", ",", "2021"]);
        check(
            "at 4 p.m. the day before yesterday",
            &["at", "4", "p.m.", "the day before yesterday"],
        );
        check("Monday’s", &["Monday", "’", "s"]);
        check("New Year’s Eve", &["New Year’s Eve"]);
        check("", &[]);
    }
}
