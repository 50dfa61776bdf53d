//! Letters as the coder sees them. Fixed for good: another Unicode version must not change how a file is read.

/// White space between words.
pub fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}'
    )
}

/// What a letter is for the ends of words.
pub fn class(c: char) -> u32 {
    match c {
        c if is_space(c) => 0,
        'a'..='z' => 1,
        'A'..='Z' => 2,
        '0'..='9' => 3,
        '\'' | '\u{2019}' => 4,
        '.' | ',' => 5,
        '-' | '\u{2013}' | '\u{2014}' => 6,
        c if c.is_ascii() => 7,
        '\u{2010}'..='\u{206f}' => 8,
        '\u{3040}'..='\u{9fff}' => 9,
        _ => 1,
    }
}

/// Lower case of the Latin, Greek and Cyrillic capitals that most texts have.
pub fn lowered(word: &str) -> String {
    word.chars().map(lower).collect()
}

/// The same for one letter.
pub fn lower(c: char) -> char {
    let by = match c {
        'A'..='Z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{de}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3a9}'
        | '\u{410}'..='\u{42f}' => 32,
        '\u{400}'..='\u{40f}' => 80,
        _ => 0,
    };
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}
