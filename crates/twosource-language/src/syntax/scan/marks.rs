//! Tokens that are no words: punctuation, emoticons, addresses, tags.

use super::Chunk;

/// Marks that may stand before the first word of a sentence.
pub fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '"' | '\'' | '“' | '‘' | '«' | '„' | '‹' | '`' | '*' | '_'
    )
}

/// Marks that may stand behind an address or a sentence.
fn trails(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '>' | '"' | '\'' | '”' | '’' | '»' | '…'
    )
}

/// Whether a stretch holds a sign of a web or mail address.
pub fn may_be_address(chars: &[char]) -> bool {
    chars.len() > 4
        && (chars.contains(&'@')
            || chars.windows(3).any(|w| w == [':', '/', '/'])
            || chars
                .windows(4)
                .any(|w| w[3] == '.' && w[..3].iter().all(|c| c.eq_ignore_ascii_case(&'w'))))
}

/// Longest local part of a mail address that is looked at, in characters.
const LOCAL_PART: usize = 64;

/// Where the address that begins at `at` ends, if one does.
pub fn address_end(chunk: &Chunk, at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|b| chunk.chars[b]);
    if before.is_some_and(char::is_alphanumeric) || !chunk.chars[at].is_alphanumeric() {
        return None;
    }
    let rest = &chunk.chars[at..];
    let web =
        rest.iter().take(12).position(|c| *c == ':').is_some_and(|colon| {
            rest[..colon].iter().all(char::is_ascii_alphabetic) && rest[colon..].starts_with(&[':', '/', '/'])
        }) || rest.len() > 4 && rest[..3].iter().all(|c| c.eq_ignore_ascii_case(&'w')) && rest[3] == '.';
    let mail = || {
        let sign = rest.iter().take(LOCAL_PART).position(|c| *c == '@')?;
        let local = rest[..sign]
            .iter()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | ':'));
        let host = rest.get(sign + 1).is_some_and(|c| c.is_alphanumeric());
        (local && host).then_some(())
    };
    if !web && mail().is_none() {
        return None;
    }
    let stop = |c: char| {
        matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|')
            || (!web && matches!(c, ',' | ';' | '(' | ')' | '/' | ':'))
    };
    let colon_before_sign = if web {
        0
    } else {
        rest.iter().position(|c| *c == '@').unwrap_or(0)
    };
    let mut end = at
        + rest
            .iter()
            .enumerate()
            .position(|(place, c)| place > colon_before_sign && stop(*c))
            .unwrap_or(rest.len());
    while end > at + 1 && trails(chunk.chars[end - 1]) {
        end -= 1;
    }
    Some(end)
}

/// Where the mark that begins at `at` ends: runs of one sign are one token, and so are faces.
pub fn mark_end(chunk: &Chunk, at: usize) -> usize {
    let c = chunk.chars[at];
    if let Some(end) = face_end(chunk, at) {
        return end;
    }
    let run = |fits: &dyn Fn(char) -> bool| at + chunk.chars[at..].iter().take_while(|c| fits(**c)).count();
    match c {
        '.' => {
            let end = run(&|c| c == '.');
            let mixed = chunk.chars[end..]
                .iter()
                .take_while(|c| matches!(c, '!' | '?'))
                .count();
            if end == at + 1 && mixed == 0 && chunk.get(end).is_some_and(|c| c.is_ascii_digit()) {
                return end
                    + chunk.chars[end..]
                        .iter()
                        .take_while(|c| c.is_ascii_digit())
                        .count();
            }
            end + mixed
        }
        '!' | '?' => run(&|c| matches!(c, '!' | '?' | '.')),
        '-' | '=' | '*' | '_' | '+' | '~' | '#' | '<' | '>' | '–' | '—' | '…' | '$' | '^' | '|' | '\\'
        | '•' => {
            let end = run(&|other| other == c);
            let tag = matches!(c, '#') && end == at + 1;
            if tag && chunk.get(end).is_some_and(char::is_alphanumeric) {
                return end
                    + chunk.chars[end..]
                        .iter()
                        .take_while(|c| c.is_alphanumeric() || **c == '_')
                        .count();
            }
            end
        }
        '@' if chunk.get(at + 1).is_some_and(char::is_alphanumeric) => {
            at + 1
                + chunk.chars[at + 1..]
                    .iter()
                    .take_while(|c| c.is_alphanumeric() || **c == '_')
                    .count()
        }
        '\'' | '’' | '`' => apostrophe_end(chunk, at),
        _ => at + 1 + chunk.chars[at + 1..].iter().take_while(|c| joins(**c)).count(),
    }
}

/// Signs that have no place of their own: joiners, variation selectors, combining marks.
fn joins(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// `'s`, `'ll` … standing alone, `'90s`, `''`, or the mark itself.
fn apostrophe_end(chunk: &Chunk, at: usize) -> usize {
    let rest = &chunk.chars[at + 1..];
    if rest.first() == Some(&chunk.chars[at]) {
        return at + 2;
    }
    let word: String = rest.iter().take(4).take_while(|c| c.is_alphanumeric()).collect();
    let whole = matches!(
        word.to_ascii_lowercase().as_str(),
        "s" | "m" | "d" | "ll" | "re" | "ve" | "em" | "til"
    );
    let decade = rest.len() >= 2
        && rest[..2].iter().all(char::is_ascii_digit)
        && !rest.get(2).is_some_and(char::is_ascii_digit);
    if whole
        && !rest
            .get(word.chars().count())
            .is_some_and(|c| c.is_alphanumeric())
    {
        at + 1 + word.chars().count()
    } else if decade {
        at + 1
            + rest
                .iter()
                .take(3)
                .take_while(|c| c.is_ascii_digit() || **c == 's')
                .count()
    } else {
        at + 1
    }
}

/// Eyes, nose and mouth of the faces that are one token.
fn face_end(chunk: &Chunk, at: usize) -> Option<usize> {
    let rest = &chunk.chars[at..];
    if !matches!(rest[0], ':' | ';' | '=' | '<' | '^') {
        return None;
    }
    if at > 0 && chunk.chars[at - 1].is_ascii_digit() {
        return None;
    }
    let end = match rest {
        ['<', '3', ..] => 2,
        ['^', '_', '^', ..] => 3,
        [':' | ';' | '=', '-', ')' | '(' | 'D' | 'P' | 'p' | '/' | '|', ..] => 3,
        [':' | ';' | '=', ')' | '(' | 'D' | 'P' | 'p' | '|', ..] => 2,
        _ => return None,
    };
    let mouth = rest[end - 1];
    let more = rest[end..]
        .iter()
        .take_while(|c| **c == mouth && !mouth.is_alphabetic())
        .count();
    let after = rest.get(end + more);
    (!after.is_some_and(|c| c.is_alphanumeric())).then_some(at + end + more)
}
