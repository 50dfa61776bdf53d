//! XML as it comes: any charset, declared or not, rightly or wrongly.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use quick_xml::Reader;

/// Reads `text` leniently: tags that do not match and bare ampersands, as lists written by hand have them, end nothing.
pub(crate) fn lenient_reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Bytes of the head in which the declaration is looked for.
const HEAD: usize = 1024;

/// The text of `bytes`, its XML declaration blanked out, so that nobody decodes it a second time.
///
/// A byte order mark stands above everything; bytes that are valid UTF-8 are UTF-8, whatever was declared, since text
/// in another charset is valid UTF-8 by accident only when it is ASCII; then the declaration, then `transport` (the
/// charset of the `Content-Type`, more often wrong than the declaration), then windows-1252.
pub(crate) fn decode<'b>(bytes: &'b [u8], transport: Option<&str>) -> Cow<'b, str> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None => encoding_of(bytes, transport).decode_without_bom_handling(bytes).0,
    };
    without_declaration(text)
}

fn encoding_of(bytes: &[u8], transport: Option<&str>) -> &'static Encoding {
    match bytes {
        [0, b'<', ..] => return UTF_16BE,
        [b'<', 0, ..] => return UTF_16LE,
        _ => {}
    }
    let declared = declared(bytes).and_then(|name| Encoding::for_label(name.as_bytes()));
    // ASCII with escape sequences (ISO-2022-JP) is valid UTF-8 too
    if let Some(encoding) = declared
        && !encoding.is_ascii_compatible()
        && memchr::memchr(0x1b, bytes).is_some()
    {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let transport = transport.and_then(|name| Encoding::for_label(name.as_bytes()));
    [declared, transport]
        .into_iter()
        .flatten()
        // it is no valid UTF-8: a charset that can carry the bytes is more likely, unless nothing else was named
        .find(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
        .unwrap_or(if mostly_utf8(bytes) { UTF_8 } else { WINDOWS_1252 })
}

/// Damaged UTF-8 rather than another charset: most of its bytes outside ASCII stand in valid sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        wrong += chunk.invalid().len();
    }
    valid > 4 * wrong
}

/// The charset that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memchr(b'>', declaration)?];
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let rest = declaration[at + "encoding".len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    let end = memchr::memchr(*quote, rest)?;
    std::str::from_utf8(&rest[..end]).ok()
}

fn without_declaration(text: Cow<'_, str>) -> Cow<'_, str> {
    let start = text.len() - text.trim_start().len();
    if !text[start..].starts_with("<?xml ") {
        return text;
    }
    let Some(end) = text[start..].find("?>").map(|end| start + end + 2) else {
        return text;
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[end..]),
        Cow::Owned(text) => Cow::Owned(text[end..].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_told_by_what_the_bytes_bear_out() {
        let wide = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        let cases: [(&[u8], Option<&str>, &str); 8] = [
            (b"<a>\xC3\xBC</a>", Some("iso-8859-1"), "<a>ü</a>"),
            (
                b"<?xml version='1.0' encoding='utf-8'?><a>\xFC</a>",
                None,
                "<a>ü</a>",
            ),
            (
                b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xEF</a>",
                None,
                "<a>п</a>",
            ),
            (b"<a>\xEF</a>", Some("windows-1251"), "<a>п</a>"),
            (
                b"\xEF\xBB\xBF<?xml version='1.0' encoding='koi8-r'?><a>\xC3\xBC</a>",
                None,
                "<a>ü</a>",
            ),
            (&wide("<a>ü</a>", true), None, "<a>ü</a>"),
            (&wide("<a>ü</a>", false), None, "<a>ü</a>"),
            (
                b"<?xml version='1.0' encoding='iso-2022-jp'?><a>\x1b$B$\"\x1b(B</a>",
                None,
                "<a>あ</a>",
            ),
        ];
        for (bytes, transport, text) in cases {
            assert_eq!(decode(bytes, transport), text, "{bytes:?}");
        }
    }
}
