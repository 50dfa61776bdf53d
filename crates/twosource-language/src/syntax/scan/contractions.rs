//! Cuts contractions in two: do|n't, Trump|'s, can|not.

use twosource_model::Span;

use super::Chunk;

/// Endings with an apostrophe that are words of their own; the apostrophe is left out here.
const ENDINGS: &[&str] = &["s", "m", "d", "ll", "re", "ve"];

/// Contractions written without an apostrophe, with the characters of their first word.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("arent", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("cant", 2),
    ("wont", 2),
    ("im", 1),
    ("ive", 1),
    ("thats", 4),
    ("youre", 3),
    ("theyre", 4),
    ("youll", 3),
    ("theyll", 4),
    ("youve", 3),
    ("theyve", 4),
];

/// Puts one or two tokens for the word from `from` to `end`.
pub fn split_contraction(text: &str, chunk: &Chunk, from: usize, end: usize, tokens: &mut Vec<Span>) {
    match cut(text, chunk, from, end) {
        Some(cut) if cut > from && cut < end => {
            tokens.push(chunk.span(from, cut));
            tokens.push(chunk.span(cut, end));
        }
        _ => tokens.push(chunk.span(from, end)),
    }
}

fn cut(text: &str, chunk: &Chunk, from: usize, end: usize) -> Option<usize> {
    let letters = &chunk.chars[from..end];
    let apostrophe = letters
        .iter()
        .rev()
        .take(4)
        .position(|c| matches!(c, '\'' | '’' | '`'));
    let Some(back) = apostrophe else {
        if !(2..=8).contains(&letters.len()) {
            return None;
        }
        let word = chunk.text(text, from, end);
        let joined = JOINED.iter().find(|(w, _)| w.eq_ignore_ascii_case(word))?;
        let fits = joined.0 != "im" || word == "im" || word == "Im";
        return fits.then_some(from + joined.1);
    };
    let apostrophe = end - 1 - back;
    let ending: String = chunk.chars[apostrophe + 1..end].iter().collect();
    if ending.eq_ignore_ascii_case("t") {
        let n = chunk.chars[apostrophe - 1];
        return n
            .eq_ignore_ascii_case(&'n')
            .then(|| apostrophe - 1)
            .filter(|cut| *cut > from);
    }
    ENDINGS
        .iter()
        .any(|e| e.eq_ignore_ascii_case(&ending))
        .then_some(apostrophe)
}
