//! Splits text into words and folds each to a term: case, accents of apostrophes and light endings are taken off.
//!
//! Language-free apart from the light English endings; a term is a 32-bit hash, so that nothing is allocated for a word.

use twosource_model::Span;

/// A word of a text, folded to a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Hash of the folded word; equal for "Minister" and "ministers".
    pub term: u32,
    /// Bytes of the text.
    pub span: Span,
    /// First letter is upper case.
    pub capital: bool,
    /// It holds a digit, or is a number word.
    pub number: bool,
    /// It opens a sentence, a line or a quotation, so that its capital says nothing.
    pub opens: bool,
}

/// Longest stretch that is folded to one term, in bytes; what is longer is cut there (base64 and the like).
const LONGEST: usize = 64;

/// Calls `take` for each word of `text`, in order, until it returns `false`.
pub fn each_word(text: &str, mut take: impl FnMut(Word) -> bool) {
    let bytes = text.as_bytes();
    let mut opens = true;
    let mut at = 0;
    while at < bytes.len() {
        let (c, length) = char_at(text, at);
        if !c.is_alphanumeric() {
            opens |= matches!(
                c,
                '.' | '!' | '?' | ':' | '\n' | '"' | '“' | '”' | '‘' | '«' | '„' | '|' | '•' | '—'
            );
            at += length;
            continue;
        }
        let end = word_end(text, at);
        let span = Span::at(at, end);
        let (term, number) = fold(span.of(text));
        let word = Word {
            term,
            span,
            capital: c.is_uppercase(),
            number,
            opens,
        };
        if !take(word) {
            return;
        }
        opens = false;
        at = end;
    }
}

/// The words of `text`, at most `most` of them.
#[must_use]
pub fn words(text: &str, most: usize) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |word| {
        found.push(word);
        found.len() < most
    });
    found
}

/// The term of one word, as [`each_word`] folds it.
#[must_use]
pub fn term_of(word: &str) -> u32 {
    fold(word).0
}

/// 32 bits that stand for these bytes (FNV-1a, 64 bits folded).
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    fold_hash(hash)
}

/// One term for two that stand side by side.
#[must_use]
pub fn pair_term(first: u32, second: u32) -> u32 {
    let both = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    fold_hash(both ^ both >> 29)
}

fn fold_hash(hash: u64) -> u32 {
    let mixed = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 32) as u32
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (char::from(byte), 1);
    }
    text[at..].chars().next().map_or((' ', 1), |c| (c, c.len_utf8()))
}

/// End of the word that starts at `start`: letters and digits; inside it an apostrophe between letters, a comma or
/// point between digits, and the points of an abbreviation of single letters ("U.S.").
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() && at - start < LONGEST {
        let (c, length) = char_at(text, at);
        if c.is_alphanumeric() {
            if unspaced(c) && at > start {
                return at;
            }
            at += length;
            if unspaced(c) {
                return at;
            }
            continue;
        }
        if at + length >= bytes.len() {
            break;
        }
        let (next, _) = char_at(text, at + length);
        let last = bytes[at - 1];
        let joins = match c {
            '\'' | '’' | '`' => last.is_ascii_alphabetic() && next.is_alphabetic(),
            ',' | '.' if last.is_ascii_digit() && next.is_ascii_digit() => true,
            '.' => is_initials(&bytes[start..at]) && next.is_ascii_uppercase(),
            _ => false,
        };
        if !joins {
            break;
        }
        at += length;
    }
    at
}

/// Scripts written without spaces: each character is a word of its own.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// `U`, `U.S`: single capitals parted by points.
fn is_initials(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes.iter().enumerate().all(|(n, b)| {
            if n % 2 == 0 {
                b.is_ascii_uppercase()
            } else {
                *b == b'.'
            }
        })
}

/// Folded bytes of one word.
struct Folded {
    bytes: [u8; LONGEST * 4],
    length: usize,
}

impl Folded {
    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            if self.length < self.bytes.len() {
                self.bytes[self.length] = byte;
                self.length += 1;
            }
        }
    }

    fn get(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn drop_end(&mut self, count: usize) {
        self.length -= count.min(self.length);
    }

    fn ends(&self, end: &[u8]) -> bool {
        self.get().ends_with(end)
    }
}

/// The term of a word and whether it is a number.
fn fold(word: &str) -> (u32, bool) {
    let mut folded = Folded {
        bytes: [0; LONGEST * 4],
        length: 0,
    };
    let mut digits = false;
    let mut capitals = 0;
    let mut letters = 0;
    for c in word.chars() {
        match c {
            '’' | '`' | '\'' => folded.push('\''),
            ',' => {}
            '.' if !digits => {}
            _ if c.is_ascii() => {
                digits |= c.is_ascii_digit();
                letters += usize::from(c.is_ascii_alphabetic());
                capitals += usize::from(c.is_ascii_uppercase());
                folded.push(c.to_ascii_lowercase());
            }
            _ => c.to_lowercase().for_each(|c| folded.push(c)),
        }
    }
    if digits {
        return (hash_bytes(folded.get()), true);
    }
    // "US" in capitals is not "us"
    if capitals == letters && letters == 2 && folded.get() == b"us" {
        return (hash_bytes(b"usa"), false);
    }
    if let Some(value) = number_word(folded.get()) {
        return (hash_bytes(value), true);
    }
    take_endings(&mut folded);
    (hash_bytes(folded.get()), false)
}

/// Digits for a number word.
fn number_word(word: &[u8]) -> Option<&'static [u8]> {
    Some(match word {
        b"two" => b"2",
        b"three" => b"3",
        b"four" => b"4",
        b"five" => b"5",
        b"six" => b"6",
        b"seven" => b"7",
        b"eight" => b"8",
        b"nine" => b"9",
        b"ten" => b"10",
        b"eleven" => b"11",
        b"twelve" => b"12",
        b"thirteen" => b"13",
        b"fourteen" => b"14",
        b"fifteen" => b"15",
        b"sixteen" => b"16",
        b"seventeen" => b"17",
        b"eighteen" => b"18",
        b"nineteen" => b"19",
        b"twenty" => b"20",
        b"thirty" => b"30",
        b"forty" => b"40",
        b"fifty" => b"50",
        b"sixty" => b"60",
        b"seventy" => b"70",
        b"eighty" => b"80",
        b"ninety" => b"90",
        _ => return None,
    })
}

/// Takes possessives and light English endings off, so that "invites", "invited" and "inviting" are one term.
fn take_endings(word: &mut Folded) {
    if word.ends(b"'s") {
        word.drop_end(2);
    } else if word.ends(b"'") {
        word.drop_end(1);
    }
    if word.length < 4 || word.get().iter().any(|b| !b.is_ascii_lowercase()) {
        return;
    }
    if word.ends(b"ies") && word.length > 4 {
        word.drop_end(3);
        word.push('y');
    } else if word.ends(b"sses") || word.ends(b"shes") || word.ends(b"ches") || word.ends(b"xes") {
        word.drop_end(2);
    } else if word.ends(b"s") && !word.ends(b"ss") && !word.ends(b"us") && !word.ends(b"is") {
        word.drop_end(1);
    }
    if word.ends(b"ing") && word.length > 6 {
        word.drop_end(3);
        undouble(word);
    } else if word.ends(b"ied") && word.length > 5 {
        word.drop_end(3);
        word.push('y');
    } else if word.ends(b"ed") && word.length > 5 {
        word.drop_end(2);
        undouble(word);
    }
    if word.ends(b"e") && word.length > 4 {
        word.drop_end(1);
    }
}

/// "stopp" is "stop"; "ll" and "ss" stay, as they mostly belong to the word.
fn undouble(word: &mut Folded) {
    let bytes = word.get();
    if let [.., a, b] = bytes
        && a == b
        && !matches!(a, b'l' | b's' | b'z' | b'e' | b'o')
    {
        word.drop_end(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check_same(first: &str, second: &str, same: bool) {
        assert_eq!(term_of(first) == term_of(second), same, "{first} / {second}");
    }

    #[test]
    fn endings() {
        for (a, b, same) in [
            ("invites", "invited", true),
            ("inviting", "Invite", true),
            ("ministries", "ministry", true),
            ("minister’s", "ministers", true),
            ("stopped", "stops", true),
            ("US", "us", false),
            ("U.S", "USA", true),
            ("U.S", "US", true),
            ("12", "twelve", true),
            ("1,200", "1200", true),
            ("crash", "crashes", true),
            ("gas", "ga", false),
            ("virus", "viru", false),
        ] {
            check_same(a, b, same);
        }
    }

    #[test]
    fn pieces() {
        let text = "U.S. troops' 3.5m: “Don’t go,” she said. 東京";
        let found: Vec<_> = words(text, 100).iter().map(|w| w.span.of(text)).collect();
        assert_eq!(
            found,
            ["U.S", "troops", "3.5m", "Don’t", "go", "she", "said", "東", "京"]
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_words_in_order(text in "\\PC{0,200}") {
            let mut last = 0;
            for word in words(&text, usize::MAX) {
                prop_assert!(word.span.start() >= last && !word.span.of(&text).is_empty());
                last = word.span.end();
            }
        }
    }
}
