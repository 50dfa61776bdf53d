//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.

use std::borrow::Cow;
use std::sync::OnceLock;

static TABLE: &str = include_str!("../../data/entities.tsv");

/// Longest name in the table, in bytes.
const LONGEST_NAME: usize = 32;

/// What a character reference stands for, and how many bytes of the page it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// the character
    pub(crate) first: char,
    /// a second one, which a few names have
    pub(crate) second: Option<char>,
    /// bytes from the ampersand to the end of the reference
    pub(crate) length: usize,
}

struct Named {
    name: &'static str,
    first: char,
    second: Option<char>,
    bare: bool,
}

/// Reads the reference at the head of `text`, which begins with `&`; `None` when it is a plain ampersand.
pub(crate) fn decode_entity(text: &str) -> Option<Decoded> {
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'#' => decode_number(bytes),
        b if b.is_ascii_alphabetic() => decode_name(text),
        _ => None,
    }
}

/// `text` with every character reference read.
pub(crate) fn decode_text(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut at = first;
    while at < text.len() {
        let rest = &text[at..];
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        if next > 0 {
            out.push_str(&rest[..next]);
            at += next;
            continue;
        }
        if let Some(decoded) = decode_entity(rest) {
            out.push(decoded.first);
            out.extend(decoded.second);
            at += decoded.length;
        } else {
            out.push('&');
            at += 1;
        }
    }
    Cow::Owned(out)
}

fn decode_number(bytes: &[u8]) -> Option<Decoded> {
    let hexadecimal = matches!(bytes.get(2), Some(b'x' | b'X'));
    let from = if hexadecimal { 3 } else { 2 };
    let radix = if hexadecimal { 16 } else { 10 };
    let mut code: u32 = 0;
    let mut at = from;
    while let Some(digit) = bytes.get(at).and_then(|b| (*b as char).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == from {
        return None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    Some(Decoded {
        first: character_of(code),
        second: None,
        length: at,
    })
}

/// The character of a number; the C1 range is read as windows-1252, as the standard has it.
fn character_of(code: u32) -> char {
    const C1: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let code = match code {
        0 => 0xFFFD,
        0x80..=0x9F => u32::from(C1[(code - 0x80) as usize]),
        other => other,
    };
    char::from_u32(code).unwrap_or('\u{FFFD}')
}

fn decode_name(text: &str) -> Option<Decoded> {
    let bytes = text.as_bytes();
    let length = bytes[1..]
        .iter()
        .take(LONGEST_NAME)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let name = &text[1..=length];
    if bytes.get(length + 1) == Some(&b';')
        && let Some(named) = look_up(name)
    {
        return Some(Decoded {
            first: named.first,
            second: named.second,
            length: length + 2,
        });
    }
    // without a semicolon: the longest name of the old set that begins the word
    (2..=length.min(6)).rev().find_map(|l| {
        let named = look_up(&name[..l])?;
        named.bare.then_some(Decoded {
            first: named.first,
            second: named.second,
            length: l + 1,
        })
    })
}

fn look_up(name: &str) -> Option<&'static Named> {
    static NAMES: OnceLock<Vec<Named>> = OnceLock::new();
    let names = NAMES.get_or_init(|| TABLE.lines().filter_map(read_row).collect());
    names
        .binary_search_by(|named| named.name.cmp(name))
        .ok()
        .map(|at| &names[at])
}

fn read_row(line: &'static str) -> Option<Named> {
    let mut fields = line.split('\t');
    let name = fields.next().filter(|n| !n.starts_with('#'))?;
    let mut codes = fields
        .next()?
        .split(' ')
        .filter_map(|c| char::from_u32(u32::from_str_radix(c, 16).ok()?));
    Some(Named {
        name,
        first: codes.next()?,
        second: codes.next(),
        bare: fields.next() == Some("1"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        for (text, expected) in [
            ("a &amp; b", "a & b"),
            ("&eacute;t&eacute;", "été"),
            ("&#233;&#xE9;&#XE9", "ééé"),
            ("&#150;&#x80;", "–€"),
            ("&nbsp;", "\u{a0}"),
            ("AT&T", "AT&T"),
            ("&copy2018", "©2018"),
            ("&noSuchName;", "&noSuchName;"),
            ("&notit;", "¬it;"),
            ("&", "&"),
            ("&#;", "&#;"),
            ("&#0;&#x110000;", "\u{fffd}\u{fffd}"),
            ("&NotEqualTilde;", "≂\u{338}"),
        ] {
            assert_eq!(decode_text(text), expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        let names: Vec<_> = TABLE.lines().filter_map(read_row).map(|n| n.name).collect();
        assert!(names.len() > 2_000);
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
