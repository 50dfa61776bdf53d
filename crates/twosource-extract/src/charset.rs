//! Bytes to text, with a way back.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use twosource_model::Span;

/// How far into a page its declaration of a charset is looked for, in bytes. The standard says 1024; pages of the
/// packs declare it as late as 3 kB in.
const DECLARED_WITHIN: usize = 8_192;

/// A decoded document: its text and the way back to its bytes.
#[derive(Debug)]
pub(crate) struct DecodedText<'d> {
    /// The text.
    pub(crate) text: Cow<'d, str>,
    /// Name of the encoding it was read in.
    pub(crate) encoding: &'static str,
    /// Whether bytes had to be replaced.
    pub(crate) damaged: bool,
    /// Places from which text and bytes run in step; empty when they are the same from `lead` on.
    steps: Vec<Step>,
    /// Bytes before the text, such as a byte order mark.
    lead: usize,
}

/// From this place of the text on, `bytes - text` stays the same.
#[derive(Debug, Clone, Copy)]
struct Step {
    text: u32,
    bytes: u32,
}

impl DecodedText<'_> {
    /// The byte of the document at which the character at `offset` of the text begins.
    fn byte_at(&self, offset: usize) -> usize {
        let after = self.steps.partition_point(|s| s.text as usize <= offset);
        match after.checked_sub(1).and_then(|at| self.steps.get(at)) {
            None => offset + self.lead,
            Some(step) => {
                let on = step.bytes as usize + (offset - step.text as usize);
                // inside a character that takes fewer bytes in the document than in the text
                self.steps
                    .get(after)
                    .map_or(on, |next| on.min(next.bytes as usize))
            }
        }
    }

    /// The bytes of the document that carry a stretch of the text.
    pub(crate) fn to_bytes(&self, from: usize, to: usize) -> Span {
        let start = self.byte_at(from);
        Span::at(start, self.byte_at(to).max(start))
    }

    /// Whether text and bytes are the same but for what stands before the text.
    pub(crate) fn is_in_step(&self) -> bool {
        self.steps.is_empty()
    }

    /// Offsets of the text inside `from..to` at which it falls out of step with the bytes.
    pub(crate) fn breaks(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.steps.partition_point(|s| s.text as usize <= from);
        self.steps[first..]
            .iter()
            .map(|s| s.text as usize)
            .take_while(move |at| *at < to)
    }
}

/// Decodes a document: byte order mark, then valid UTF-8, then the charset `given` by the transport, then the one the
/// page declares, else windows-1252, as browsers do. Valid UTF-8 comes before any label because a label is more often
/// wrong than a text of another charset is valid UTF-8 by chance.
pub(crate) fn decode<'d>(bytes: &'d [u8], given: Option<&str>, is_page: bool) -> DecodedText<'d> {
    if let Some((encoding, lead)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding, lead);
    }
    let stated = given
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| if is_page { declared(bytes) } else { None });
    if stated != Some(ISO_2022_JP)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return DecodedText {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            damaged: false,
            steps: Vec::new(),
            lead: 0,
        };
    }
    let fallback = if mostly_utf8(bytes) { UTF_8 } else { WINDOWS_1252 };
    let encoding = match stated {
        // a page that is read byte by byte as ASCII to find its declaration cannot be UTF-16
        Some(e) if e == UTF_16LE || e == UTF_16BE => fallback,
        // the label says UTF-8 and most of the bytes say otherwise
        Some(e) if e == UTF_8 => fallback,
        Some(e) => e,
        None => fallback,
    };
    decode_as(bytes, encoding, 0)
}

/// The charset that a page's own markup names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&head[at..], b"charset") {
        at += found + b"charset".len();
        let rest = head[at..].trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=") else {
            continue;
        };
        let rest = rest.trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or_else(|| rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
            .count();
        if let Some(encoding) = Encoding::for_label(&rest[..length]) {
            return Some(encoding);
        }
    }
    None
}

/// Whether a text that is no valid UTF-8 is one with a few broken places: ten good sequences to each bad byte.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

fn decode_as<'d>(bytes: &'d [u8], encoding: &'static Encoding, lead: usize) -> DecodedText<'d> {
    let body = &bytes[lead.min(bytes.len())..];
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        return DecodedText {
            text: Cow::Borrowed(text),
            encoding: encoding.name(),
            damaged: false,
            steps: Vec::new(),
            lead,
        };
    }
    let mut out = Stepped::new(lead, body.len());
    if encoding == UTF_8 {
        out.lossy_utf8(body);
    } else {
        out.decode(body, encoding);
    }
    DecodedText {
        text: Cow::Owned(out.text),
        encoding: encoding.name(),
        damaged: out.damaged,
        steps: out.steps,
        lead,
    }
}

/// A text in the making, with the places where it falls out of step.
struct Stepped {
    text: String,
    steps: Vec<Step>,
    damaged: bool,
    lead: usize,
}

impl Stepped {
    fn new(lead: usize, capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity + capacity / 8),
            steps: vec![Step {
                text: 0,
                bytes: u32::try_from(lead).unwrap_or(u32::MAX),
            }],
            damaged: false,
            lead,
        }
    }

    /// Notes that the character about to be written begins at `at` of the body.
    fn begin(&mut self, at: usize) {
        let step = Step {
            text: u32::try_from(self.text.len()).unwrap_or(u32::MAX),
            bytes: u32::try_from(at + self.lead).unwrap_or(u32::MAX),
        };
        let in_step = self.steps.last().is_some_and(|last| {
            u64::from(step.bytes) == u64::from(last.bytes) + u64::from(step.text - last.text)
        });
        if !in_step {
            self.steps.push(step);
        }
    }

    fn lossy_utf8(&mut self, body: &[u8]) {
        let mut at = 0;
        for chunk in body.utf8_chunks() {
            self.begin(at);
            self.text.push_str(chunk.valid());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.begin(at);
                self.text.push('\u{FFFD}');
                self.damaged = true;
                at += chunk.invalid().len();
            }
        }
        self.begin(body.len());
    }

    /// Feeds the decoder byte by byte outside stretches of ASCII, so that each character's first byte is known.
    fn decode(&mut self, body: &[u8], encoding: &'static Encoding) {
        let ascii_runs = encoding.is_ascii_compatible() && encoding != ISO_2022_JP;
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut at = 0;
        let mut begun = 0;
        let mut room = [0_u8; 32];
        while at < body.len() {
            if ascii_runs && begun == at {
                let run = Encoding::ascii_valid_up_to(&body[at..]);
                if run > 0 {
                    self.begin(at);
                    self.text
                        .push_str(std::str::from_utf8(&body[at..at + run]).unwrap_or_default());
                    at += run;
                    begun = at;
                    continue;
                }
            }
            let last = at + 1 == body.len();
            let (result, _, written, replaced) = decoder.decode_to_utf8(&body[at..=at], &mut room, last);
            debug_assert!(result == CoderResult::InputEmpty);
            at += 1;
            self.damaged |= replaced;
            if written > 0 {
                let written = std::str::from_utf8(&room[..written]).unwrap_or("\u{FFFD}");
                for (offset, c) in written.char_indices() {
                    if offset == 0 {
                        self.begin(begun);
                    }
                    self.text.push(c);
                }
                begun = at;
            }
        }
        self.begin(body.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], given: Option<&str>, encoding: &str, text: &str) {
        let decoded = decode(bytes, given, true);
        assert_eq!(decoded.encoding, encoding);
        assert_eq!(decoded.text, text);
    }

    #[test]
    fn charsets_are_told_apart() {
        check("é".as_bytes(), None, "UTF-8", "é");
        check(b"\xef\xbb\xbfa", None, "UTF-8", "a");
        check(b"\xff\xfea\0b\0", None, "UTF-16LE", "ab");
        check(b"caf\xe9 \x93ok\x94", None, "windows-1252", "café “ok”");
        check(
            b"<meta charset=iso-8859-2> \xb1",
            None,
            "ISO-8859-2",
            "<meta charset=iso-8859-2> ą",
        );
        check(b"\xb1", Some("iso-8859-2"), "ISO-8859-2", "ą");
        check(b"\x82\xa0", Some("shift_jis"), "Shift_JIS", "あ");
        check(
            b"<meta charset='utf-8'>caf\xe9",
            None,
            "windows-1252",
            "<meta charset='utf-8'>café",
        );
    }

    #[test]
    fn the_way_back_leads_to_the_same_character() {
        for (label, bytes) in [
            ("windows-1252", &b"caf\xe9 \x93ok\x94 x"[..]),
            ("shift_jis", &b"a\x82\xa0b\x82\xa2\xb1c"[..]),
            ("gb18030", &b"x\xc4\xe3\xba\xc3 y\x81\x30\x81\x30z"[..]),
            ("euc-kr", &b"\xbe\xc8\xb3\xe7 ok"[..]),
        ] {
            let decoded = decode(bytes, Some(label), false);
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            for (at, c) in decoded.text.char_indices() {
                let span = decoded.to_bytes(at, at + c.len_utf8());
                let (again, _) = encoding.decode_without_bom_handling(&bytes[span.start()..span.end()]);
                assert_eq!(again, c.to_string(), "{label} {at}");
            }
        }
    }
}
