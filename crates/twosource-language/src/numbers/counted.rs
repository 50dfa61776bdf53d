//! What a number counts: the noun phrase behind it, from tags or, without tags, from the words.

use twosource_model::{Analysis, LanguageCode, Relation, Span, Upos};

/// Longest noun phrase, in tokens.
const LONGEST: usize = 8;

/// The counted noun phrase and the lemma of its head, for a number that ends at byte `end`.
pub(super) fn counted(
    text: &str,
    analysis: &Analysis,
    number: Span,
    of_follows: bool,
) -> Option<(Span, String)> {
    let sentence = analysis.sentences[analysis.sentence_at(number.start())?];
    let tokens = &analysis.tokens;
    let mut from = tokens.partition_point(|t| t.span.start() < number.end());
    let behind = sentence.tokens().end;
    if of_follows && from < behind && tokens[from].span.of(text).eq_ignore_ascii_case("of") {
        from += 1;
        if from < behind && tokens[from].upos == Upos::Det {
            from += 1;
        }
    }
    let tagged =
        tokens.get(sentence.tokens().start).is_some() && sentence.tokens().any(|t| tokens[t].upos != Upos::X);
    let until = behind.min(from + LONGEST);
    let head = if tagged {
        tagged_head(analysis, from, until)
    } else {
        plain_head(text, analysis, from, until)
    }?;
    let span = tokens[from].span.hull(tokens[head].span);
    let lemma = if tagged && !tokens[head].lemma.is_empty() {
        tokens[head].lemma.to_string()
    } else {
        singular(tokens[head].span.of(text))
    };
    Some((span, lemma))
}

/// The last noun of a run of adjectives and nouns; the tree corrects where it knows better.
fn tagged_head(analysis: &Analysis, from: usize, until: usize) -> Option<usize> {
    let tokens = &analysis.tokens;
    let mut head = None;
    for at in from..until {
        match tokens[at].upos {
            Upos::Noun | Upos::Propn => {
                head = Some(at);
                // "12 officers Mueller named": the next noun does not belong to the phrase
                let closes = tokens[at].upos == Upos::Noun
                    && tokens.get(at + 1).is_some_and(|n| !matches!(n.upos, Upos::Noun))
                    && tokens[at].head.is_none_or(|h| h as usize != at + 1);
                if closes {
                    break;
                }
            }
            Upos::Adj | Upos::Num => {}
            Upos::Verb if tokens[at].relation == Relation::Amod => {}
            Upos::Adv if tokens.get(at + 1).is_some_and(|n| n.upos == Upos::Adj) => {}
            Upos::Punct
                if at > from
                    && tokens
                        .get(at + 1)
                        .is_some_and(|n| matches!(n.upos, Upos::Adj | Upos::Noun))
                    && head.is_none() => {}
            Upos::Punct
                if at + 1 < until
                    && tokens[at].span.len() == 1
                    && tokens[at].span.end() == tokens[at + 1].span.start()
                    && at > from
                    && tokens[at - 1].span.end() == tokens[at].span.start() => {}
            _ => break,
        }
    }
    // "12 dead", "40 injured": the adjective stands for people
    head.or_else(|| {
        let only = tokens.get(from).filter(|_| from < until)?;
        (only.upos == Upos::Adj).then_some(from)
    })
}

/// Without tags: words up to the first that cannot stand in a noun phrase; of other languages than English the next word,
/// in German the next noun.
fn plain_head(text: &str, analysis: &Analysis, from: usize, until: usize) -> Option<usize> {
    let mut head = None;
    let language = analysis.language;
    if language != LanguageCode::ENGLISH {
        let capital = |at: &usize| analysis.tokens[*at].span.of(text).starts_with(char::is_uppercase);
        let noun = (from..until.min(from + 2)).find(|at| language.as_str() == "de" && capital(at));
        let word = analysis.tokens.get(from).filter(|_| from < until)?.span.of(text);
        return noun.or_else(|| word.starts_with(char::is_alphabetic).then_some(from));
    }
    for at in from..until {
        let word = analysis.tokens[at].span.of(text);
        let clean = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let folded = clean.to_lowercase();
        if clean.is_empty()
            || !clean.starts_with(char::is_alphabetic)
            || STOPS.binary_search(&folded.as_str()).is_ok()
        {
            break;
        }
        head = Some(at);
        if clean.len() < word.len()
            || (folded.ends_with('s') && !folded.ends_with("ss") && clean.starts_with(char::is_lowercase))
        {
            break;
        }
    }
    head
}

fn singular(word: &str) -> String {
    let folded = word
        .trim_end_matches(|c: char| c.is_ascii_punctuation())
        .to_lowercase();
    match folded.as_str() {
        "people" => "person".to_owned(),
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        _ => match folded.strip_suffix("ies") {
            Some(stem) if stem.len() > 2 => format!("{stem}y"),
            _ => folded
                .strip_suffix('s')
                .filter(|s| s.len() > 2 && !s.ends_with('s'))
                .map_or(folded.clone(), str::to_owned),
        },
    }
}

/// Words that end a noun phrase, for text without tags.
const STOPS: &[&str] = &[
    "a", "about", "after", "against", "ago", "am", "among", "an", "and", "are", "as", "at", "be", "because",
    "been", "before", "but", "by", "can", "could", "did", "died", "do", "during", "for", "from", "had",
    "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its", "may", "might", "more", "no",
    "not", "of", "on", "or", "per", "said", "she", "since", "so", "than", "that", "the", "their", "them",
    "then", "there", "they", "this", "to", "under", "until", "up", "was", "we", "were", "when", "where",
    "which", "while", "who", "will", "with", "would", "you",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_sorted() {
        assert!(STOPS.is_sorted());
    }
}
