//! Tags and text of a feed that need not be well-formed: a token after the other, no tree, nothing refused.

use quick_xml::escape::resolve_html5_entity;

/// Bytes of one tag that are looked through for its end; a longer one ends at its first `>`.
const MOST_TAG: usize = 64 << 10;
/// Bytes between `&` and `;` of a reference at most.
const MOST_REFERENCE: usize = 32;

/// A piece of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// `<name …>`, or `<name …/>`.
    Open {
        name: &'t str,
        attributes: &'t str,
        empty: bool,
    },
    /// `</name>`.
    Close { name: &'t str },
    /// Words, references as they stand.
    Text(&'t str),
    /// Words in a CDATA section.
    Cdata(&'t str),
}

/// The pieces of a feed, each with its first byte and the byte behind it. Comments, declarations and instructions are
/// left out.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The end of what begins at `at` and ends with `mark`; the end of the text where it does not end.
    fn behind(&self, at: usize, mark: &str) -> usize {
        memchr::memmem::find(&self.text.as_bytes()[at..], mark.as_bytes())
            .map_or(self.text.len(), |found| at + found + mark.len())
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (usize, usize, Token<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text;
        let bytes = text.as_bytes();
        loop {
            let start = self.at;
            let rest = &bytes[start..];
            if rest.is_empty() {
                return None;
            }
            if rest[0] != b'<' || !begins_tag(rest) {
                let mut end = start + 1;
                while let Some(at) = memchr::memchr(b'<', &bytes[end..]) {
                    end += at;
                    if begins_tag(&bytes[end..]) {
                        self.at = end;
                        return Some((start, end, Token::Text(&text[start..end])));
                    }
                    end += 1;
                }
                self.at = text.len();
                return Some((start, text.len(), Token::Text(&text[start..])));
            }
            if rest.starts_with(b"<!--") {
                self.at = self.behind(start + 4, "-->");
            } else if rest.starts_with(b"<![CDATA[") {
                let end = self.behind(start, "]]>");
                self.at = end;
                let inner = text[start + 9..end]
                    .strip_suffix("]]>")
                    .unwrap_or(&text[start + 9..end]);
                return Some((start, end, Token::Cdata(inner)));
            } else if rest.starts_with(b"<?") {
                self.at = self.behind(start, ">");
            } else if rest.starts_with(b"<!") {
                let end = self.behind(start, ">");
                // a document type with declarations of its own ends behind them
                self.at = if text[start..end].contains('[') {
                    self.behind(start, "]>")
                } else {
                    end
                };
            } else {
                let end = tag_end(text, start);
                self.at = end;
                return Some((start, end, tag(&text[start..end])));
            }
        }
    }
}

fn begins_tag(rest: &[u8]) -> bool {
    match rest.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => rest.get(2).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_'),
        Some(b) => b.is_ascii_alphabetic() || *b == b'_',
        None => false,
    }
}

/// The byte behind the tag that begins at `start`: behind a `>` that stands in no quotes.
fn tag_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let most = bytes.len().min(start + MOST_TAG);
    let mut quote = None;
    for (at, byte) in bytes[start..most].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return start + at + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    memchr::memchr(b'>', &bytes[start..]).map_or(text.len(), |at| start + at + 1)
}

fn tag(tag: &str) -> Token<'_> {
    let inner = tag.strip_suffix('>').unwrap_or(tag);
    if let Some(name) = inner.strip_prefix("</") {
        return Token::Close { name: name.trim() };
    }
    let inner = &inner[1..];
    let (inner, empty) = match inner.strip_suffix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let end = inner
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '"' | '\''))
        .unwrap_or(inner.len());
    Token::Open {
        name: &inner[..end],
        attributes: &inner[end..],
        empty,
    }
}

/// Name and value of each attribute, references resolved.
pub(super) fn attributes(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let (inner, behind) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => match after[1..].split_once(quote) {
                    Some(parts) => parts,
                    None => (&after[1..], ""),
                },
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            value = resolved(inner);
            rest = behind;
        }
        if name.is_empty() {
            // a stray mark
            let mut rest_chars = rest.chars();
            rest_chars.next();
            rest = rest_chars.as_str();
        } else {
            found.push((name, value));
        }
        rest = rest.trim_start();
    }
    found
}

/// Text with its references resolved: numbers, names of XML and of HTML. What is no reference stays as it is.
pub(super) fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let window = rest.as_bytes()[..rest.len().min(MOST_REFERENCE)].iter();
        let end = window.copied().position(|b| b == b';');
        match end.and_then(|end| Some((end, reference(&rest[1..end])?))) {
            Some((end, words)) => {
                out.push_str(&words);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let (0x80..=0x9f, Ok(byte)) = (code, u8::try_from(code)) {
        // written by programs that mean windows-1252
        let (text, ..) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(&byte));
        return Some(text.into_owned());
    }
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_are_told_apart() {
        let shown: Vec<String> = Tokens::new(
            "<?xml?><!DOCTYPE x [<!ENTITY a 'b'>]><a b='>' c>1 < 2<!-- <x> --><![CDATA[<y>]]></a ><b/",
        )
        .map(|(.., token)| format!("{token:?}"))
        .collect();
        assert_eq!(
            shown,
            [
                "Open { name: \"a\", attributes: \" b='>' c\", empty: false }",
                "Text(\"1 < 2\")",
                "Cdata(\"<y>\")",
                "Close { name: \"a\" }",
                "Open { name: \"b\", attributes: \"\", empty: true }",
            ]
        );
        assert_eq!(
            attributes(" a='1 &amp; 2' b = \"x\" c=d e"),
            [
                ("a", "1 & 2".to_owned()),
                ("b", "x".to_owned()),
                ("c", "d".to_owned()),
                ("e", String::new())
            ]
        );
        assert_eq!(
            resolved("a &amp; &nbsp;&#8217;&#x41;&#150; & b &nosuch; &#0;"),
            "a & \u{a0}’A– & b &nosuch; &#0;"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(parts in proptest::collection::vec(prop_oneof![
            Just("<".to_owned()), Just(">".to_owned()), Just("<a ".to_owned()), Just("</a>".to_owned()), Just("'".to_owned()),
            Just("<![CDATA[".to_owned()), Just("<!".to_owned()), Just("=".to_owned()), Just("&".to_owned()), "\\PC{0,3}",
        ], 0..30)) {
            let text = parts.concat();
            let mut last = 0;
            for (start, end, token) in Tokens::new(&text) {
                prop_assert!(last <= start && start < end);
                last = end;
                if let Token::Open { attributes: list, .. } = token {
                    let _ = attributes(list);
                }
            }
            let _ = resolved(&text);
        }
    }
}
