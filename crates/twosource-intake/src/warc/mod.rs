//! WARC 1.0 and 1.1 archives (ISO 28500): one document a page, with the place of its record.
//!
//! Read as a stream: per-record gzip, whole-file gzip, zstd frames, or plain. A damaged record costs itself: the
//! reader looks for the next one.

mod http;
mod reader;

pub(crate) use reader::Archive;

use twosource_model::{Document, DocumentId, Locator, MediaType};

use crate::{CcNewsName, reuse_of_headers, reuse_of_page};

use http::{Overlong, Response};
use reader::{Record, RecordError};

/// The page that a record holds, of at most `limit` bytes; `None` for records of other kinds, other statuses than 200, and
/// other content.
pub(crate) fn document(name: &str, record: Record, limit: u64) -> Option<Result<Document, RecordError>> {
    let kind = record.field("WARC-Type").unwrap_or_default().to_ascii_lowercase();
    let declared = record
        .field("Content-Type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let response = match kind.as_str() {
        "response" if declared.starts_with("application/http") || declared.is_empty() => {
            match Response::parse(&record.content, limit) {
                Ok(response) => response.filter(|response| response.status == 200)?,
                Err(Overlong) => {
                    let reason = format!("its body unfolds to more than the limit of {limit} bytes");
                    let offset = record.offset;
                    return Some(Err(RecordError { offset, reason }));
                }
            }
        }
        "response" | "resource" | "conversion" => Response::of_body(&declared, record.content.clone()),
        _ => return None,
    };
    let media_type = media_type(response.field("Content-Type").unwrap_or_default(), &response.body)?;
    let id = format!(
        "{name}@{}{}",
        record.offset,
        if record.within > 0 {
            format!("+{}", record.within)
        } else {
            String::new()
        }
    );
    let mut reuse = reuse_of_headers(response.fields());
    let charset = charset(response.field("Content-Type").unwrap_or_default());
    if media_type == MediaType::Html {
        reuse.extend(reuse_of_page(&response.body));
    }
    let mut document = Document::new(DocumentId::new(&id), media_type, response.body);
    document.url = record
        .field("WARC-Target-URI")
        .map(|url| url.trim_matches(['<', '>']).to_owned());
    document.captured = record
        .field("WARC-Date")
        .and_then(|date| date.parse().ok())
        .or_else(|| CcNewsName::of(name).map(|name| name.moment()));
    document.given.charset = charset;
    document.reuse = reuse;
    document.locator = Some(Locator {
        file: name.to_owned(),
        offset: record.offset,
        length: record.length,
        within: record.within,
    });
    Some(Ok(document))
}

fn media_type(content_type: &str, body: &[u8]) -> Option<MediaType> {
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Some(MediaType::Html),
        "text/plain" => Some(MediaType::PlainText),
        "" => body
            .trim_ascii_start()
            .starts_with(b"<")
            .then_some(MediaType::Html),
        _ => None,
    }
}

fn charset(content_type: &str) -> Option<String> {
    let (_, after) = content_type.split_once("charset=")?;
    let name = after.split([';', ' ']).next()?.trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_owned())
}
