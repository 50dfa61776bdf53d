//! Pages saved with everything in one file (MHTML, RFC 2557): the root part is the page.

use mail_parser::{MessageParser, MimeHeaders, PartType};
use twosource_model::{Document, DocumentId, MediaType};

/// The page of a saved file.
///
/// # Errors
/// When the bytes are no MIME message, or none of its parts is a page.
pub(crate) fn document(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or("not a MIME message")?;
    let page = message
        .parts
        .iter()
        .find_map(|part| match &part.body {
            PartType::Html(html) => Some((part, html)),
            _ => None,
        })
        .ok_or("no part of the file is a page")?;
    let (part, html) = page;
    let mut document = Document::new(DocumentId::new(name), MediaType::Html, html.as_bytes().to_vec());
    // the parser has decoded the part to Unicode
    document.given.charset = Some("utf-8".to_owned());
    let snapshot = message
        .header("Snapshot-Content-Location")
        .and_then(|value| value.as_text().map(str::to_owned));
    document.url = part
        .content_location()
        .map(str::to_owned)
        .or(snapshot)
        .map(|url| url.trim().to_owned());
    if let Some(date) = message.date() {
        document.captured = date.to_rfc3339().parse().ok();
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_root_page_is_taken_and_decoded() {
        let saved = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/fire\r\n\
            Subject: Fire\r\nDate: Fri, 20 Jul 2018 09:30:00 +0000\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n\
            ----b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://a.example/fire\r\n\r\n<p>Zwei f=C3=BCr eins</p>\r\n----b--\r\n";
        let document = super::document("f.mhtml", saved.as_bytes()).unwrap();
        assert_eq!(
            std::str::from_utf8(document.bytes()).unwrap().trim(),
            "<p>Zwei für eins</p>"
        );
        assert_eq!(document.url.as_deref(), Some("https://a.example/fire"));
        assert_eq!(document.captured.unwrap().to_string(), "2018-07-20T09:30:00Z");
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(super::document("x", b"").is_err());
        assert!(super::document("x", b"Subject: x\r\n\r\nplain").is_err());
    }
}
