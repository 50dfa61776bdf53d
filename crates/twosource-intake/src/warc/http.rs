//! The HTTP response inside a record (RFC 9112), as leniently as archives need.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// Bytes of header fields that are read at most.
const MOST_HEAD: usize = 256 << 10;

/// A compressed body that unfolds to more bytes than are taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlong;

/// Status, fields and body.
pub(super) struct Response {
    pub status: u16,
    fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// A body without a response around it.
    pub fn of_body(content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            fields: vec![("content-type".to_owned(), content_type.to_owned())],
            body,
        }
    }

    /// Reads status line, fields and body; undoes chunking and compression where the bytes bear them out. A body may unfold
    /// to `limit` bytes. `None` where the bytes are no response.
    pub fn parse(bytes: &[u8], limit: u64) -> Result<Option<Self>, Overlong> {
        let Some(mut response) = Self::folded(bytes) else {
            return Ok(None);
        };
        let coding = response.field("content-encoding").unwrap_or_default();
        if let Some(body) = unfolded(&response.body, coding, limit)? {
            response.body = body;
        }
        Ok(Some(response))
    }

    /// The response with its body as compressed as it came.
    fn folded(bytes: &[u8]) -> Option<Self> {
        let head_end = memchr::memmem::find(bytes, b"\r\n\r\n")
            .map(|at| (at, at + 4))
            .or_else(|| memchr::memmem::find(bytes, b"\n\n").map(|at| (at, at + 2)))
            .filter(|(end, _)| *end <= MOST_HEAD)?;
        let head = String::from_utf8_lossy(&bytes[..head_end.0]);
        let mut lines = head.lines();
        let status_line = lines.next()?;
        let status = status_line
            .strip_prefix("HTTP/")?
            .split_ascii_whitespace()
            .nth(1)?
            .parse()
            .ok()?;
        let fields: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut response = Self {
            status,
            fields,
            body: bytes[head_end.1..].to_vec(),
        };
        if response
            .field("transfer-encoding")
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
            && let Some(body) = without_chunks(&response.body)
        {
            response.body = body;
        }
        Some(response)
    }

    /// All fields, names in small letters.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first field of that name.
    pub fn field(&self, name: &str) -> Option<&str> {
        let name = name.to_ascii_lowercase();
        self.fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The body without chunk sizes, or `None` when it bears none (crawlers often undo them and keep the field).
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line_end = memchr::memmem::find(rest, b"\r\n").filter(|at| *at <= 64)?;
        let line = std::str::from_utf8(&rest[..line_end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[line_end + 2..];
        if size == 0 {
            return Some(whole);
        }
        let taken = size.min(rest.len());
        whole.extend_from_slice(&rest[..taken]);
        rest = rest.get(taken + 2..).unwrap_or_default();
        if rest.is_empty() {
            // cut short: what is there counts
            return Some(whole);
        }
    }
}

/// The unfolded body; `None` where it is not compressed as `coding` says.
fn unfolded(body: &[u8], coding: &str, limit: u64) -> Result<Option<Vec<u8>>, Overlong> {
    let mut whole = Vec::new();
    // one byte more tells whether there is more
    let most = limit.saturating_add(1);
    let read = match coding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            MultiGzDecoder::new(body).take(most).read_to_end(&mut whole)
        }
        "deflate" => ZlibDecoder::new(body).take(most).read_to_end(&mut whole),
        _ => return Ok(None),
    };
    if whole.len() as u64 > limit {
        return Err(Overlong);
    }
    Ok((read.is_ok() || !whole.is_empty()).then_some(whole))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body_of(bytes: &[u8]) -> Vec<u8> {
        Response::parse(bytes, 1000).unwrap().unwrap().body
    }

    #[test]
    fn chunks_are_joined_only_where_there_are_some() {
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(body_of(chunked), b"abcde");
        let plain = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n<p>abc";
        assert_eq!(body_of(plain), b"<p>abc");
        assert_eq!(without_chunks(b"ff\r\nab").unwrap(), b"ab", "cut short");
    }

    #[test]
    fn other_bytes_are_no_response() {
        for bytes in [&b""[..], b"HTTP/1.1", b"HTTP/1.1 x\r\n\r\n", b"<html>\n\n"] {
            assert!(Response::parse(bytes, 1000).unwrap().is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn a_body_unfolds_up_to_the_limit() {
        let page = [b'a'; 1000];
        let mut folded = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        folded.write_all(&page).unwrap();
        let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        bytes.extend(folded.finish().unwrap());
        assert_eq!(body_of(&bytes), page);
        assert_eq!(Response::parse(&bytes, 999).err(), Some(Overlong));
    }
}
