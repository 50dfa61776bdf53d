//! What a file holds, by its name and its first bytes.

use std::path::Path;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    PlainText,
    /// Markdown.
    Markdown,
    /// One JSON object a line.
    JsonLines,
    /// A page saved with everything in one file (MHTML).
    Mhtml,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A list of feeds (OPML).
    Opml,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A WARC archive.
    Warc,
}

impl Kind {
    /// By the ending of the name (a last `.gz` or `.zst` set aside); `None` when the ending says nothing.
    ///
    /// ```
    /// # use twosource_intake::Kind;
    /// assert_eq!(Kind::of_name("a/b.HTML.gz".as_ref()), Some(Kind::Html));
    /// assert_eq!(Kind::of_name("a/b".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = name
            .strip_suffix(".gz")
            .or_else(|| name.strip_suffix(".zst"))
            .unwrap_or(&name);
        let (_, ending) = name.rsplit_once('.')?;
        match ending {
            "html" | "htm" | "xhtml" | "shtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::PlainText),
            "md" | "markdown" => Some(Self::Markdown),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "mhtml" | "mht" => Some(Self::Mhtml),
            "rss" | "atom" | "xml" | "rdf" => Some(Self::Feed),
            "opml" => Some(Self::Opml),
            "warc" => Some(Self::Warc),
            _ => None,
        }
    }

    /// By the first bytes of the content.
    #[must_use]
    pub fn of_content(head: &[u8]) -> Self {
        let head = head
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(head)
            .trim_ascii_start();
        let has = |mark: &str| memchr::memmem::find(head, mark.as_bytes()).is_some();
        match head.first() {
            Some(b'{') if has("jsonfeed.org/version") => Self::Feed,
            Some(b'{') => Self::JsonLines,
            Some(b'<') => of_markup(head),
            Some(b'W') if head.starts_with(b"WARC/") => Self::Warc,
            _ if has("multipart/related") && has("MIME-Version") => Self::Mhtml,
            _ => Self::PlainText,
        }
    }
}

/// What a document that begins with `<` holds: told by its first element, behind declarations and comments.
///
/// XML in UTF-16 is told by its NUL bytes being set aside.
fn of_markup(head: &[u8]) -> Kind {
    let narrow: Vec<u8>;
    let mut rest = head;
    if head.get(1) == Some(&0) {
        narrow = head.iter().copied().filter(|b| *b != 0).collect();
        rest = &narrow;
    }
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let end: &[u8] = match rest {
            [b'!', b'-', b'-', ..] => b"-->",
            [b'?' | b'!', ..] => b">",
            _ => break,
        };
        let Some(end) = memchr::memmem::find(rest, end) else {
            return Kind::Html;
        };
        rest = &rest[end..];
    }
    let length = rest
        .iter()
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
        .count();
    let name = String::from_utf8_lossy(&rest[..length]).to_ascii_lowercase();
    // the local name: `rdf:RDF`, `atom:feed`, `sm:urlset`
    match name.rsplit(':').next().unwrap_or_default() {
        "rss" | "feed" | "rdf" | "entry" => Kind::Feed,
        "channel" if !name.contains(':') => Kind::Feed,
        "opml" => Kind::Opml,
        "urlset" | "sitemapindex" => Kind::Sitemap,
        _ => Kind::Html,
    }
}

/// What the first bytes say a file is, when it is no text. Two NUL bytes in a row never stand in UTF-8 or a legacy
/// charset; UTF-16 is told by its mark.
#[must_use]
pub fn binary_format(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 13] = [
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive (or an office document)"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3", "an SQLite database"),
        (b"BZh9", "bzip2 data"),
        (b"\xFD7zXZ", "xz data"),
        (b"OggS", "sound or film"),
        (b"ID3", "sound"),
        (b"wOFF", "a font"),
    ];
    if head.starts_with(b"\xFE\xFF") || head.starts_with(b"\xFF\xFE") {
        return None;
    }
    MAGIC
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|(_, what)| *what)
        .or_else(|| {
            memchr::memmem::find(head, b"\0\0")
                .is_some()
                .then_some("binary data")
        })
}
