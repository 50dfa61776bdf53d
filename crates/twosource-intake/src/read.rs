//! Reads listed files and streams, one document at a time.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use twosource_model::{Document, DocumentId, MediaType};

use crate::files::NamedFile;
use crate::kind::binary_format;
use crate::warc::{self, Archive};
use crate::{IntakeError, Kind, Listing, Meter, feed, json_lines, mhtml, reuse, sitemap};

/// What is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document, decompressed; also of one line of JSON Lines.
    pub document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 32 << 20,
        }
    }
}

/// Bytes looked at to tell what a file is.
const HEAD: usize = 4096;

/// The documents of a listing, read one at a time, in the order of names.
pub struct Documents {
    limits: Limits,
    files: VecDeque<NamedFile>,
    errors: VecDeque<IntakeError>,
    open: Option<Parts<'static>>,
    meter: Meter,
}

/// The documents of a file that holds several.
type Parts<'a> = Box<dyn Iterator<Item = Result<Document, IntakeError>> + Send + 'a>;
/// Bytes of a file, or of a stream.
type Reader<'a> = Box<dyn BufRead + Send + 'a>;

impl Documents {
    /// The documents of `listing`; its errors come first.
    #[must_use]
    pub fn new(listing: Listing, limits: Limits) -> Self {
        let bytes = |file: &NamedFile| std::fs::metadata(&file.path).map_or(0, |data| data.len());
        Self {
            limits,
            meter: Meter::of(listing.files.iter().map(bytes).sum()),
            files: listing.files.into(),
            errors: listing.errors.into(),
            open: None,
        }
    }

    /// Tells how much of the files has been read, also while they are read elsewhere.
    #[must_use]
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }
}

impl Iterator for Documents {
    type Item = Result<Document, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.errors.pop_front() {
                return Some(Err(error));
            }
            if let Some(parts) = &mut self.open {
                if let Some(item) = parts.next() {
                    return Some(item);
                }
                self.open = None;
            }
            let file = self.files.pop_front()?;
            match open_file(&file, self.limits, &self.meter) {
                Ok(Opened::Whole(document)) => return Some(Ok(*document)),
                Ok(Opened::Parts(parts)) => self.open = Some(parts),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The documents of a stream such as standard input: JSON Lines, one page, or one text, told apart by its head.
pub fn read_stream<'a>(
    name: &str,
    stream: impl Read + Send + 'a,
    limits: Limits,
) -> Box<dyn Iterator<Item = Result<Document, IntakeError>> + 'a> {
    let reader: Reader<'a> = Box::new(BufReader::with_capacity(HEAD * 4, stream));
    match open_reader(name, name, reader, None, limits) {
        Ok(Opened::Whole(document)) => Box::new(std::iter::once(Ok(*document))),
        Ok(Opened::Parts(parts)) => parts,
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

enum Opened<'a> {
    Whole(Box<Document>),
    Parts(Parts<'a>),
}

fn open_file(file: &NamedFile, limits: Limits, meter: &Meter) -> Result<Opened<'static>, IntakeError> {
    let path = file.path.display().to_string();
    let unreadable = |source| IntakeError::Unreadable {
        path: path.clone(),
        source,
    };
    let opened = File::open(&file.path).map_err(unreadable)?;
    let bytes = opened.metadata().map_err(unreadable)?.len();
    let kind = Kind::of_name(&file.path);
    let limit = limits.document_bytes;
    if bytes > limit
        && matches!(
            kind,
            Some(Kind::Html | Kind::PlainText | Kind::Markdown | Kind::Mhtml)
        )
    {
        return Err(IntakeError::TooLarge { path, bytes, limit });
    }
    open_reader(
        &path,
        &file.name,
        Box::new(BufReader::with_capacity(HEAD * 16, meter.counted(opened))),
        kind,
        limits,
    )
}

fn open_reader<'a>(
    path: &str,
    name: &str,
    mut reader: Reader<'a>,
    kind: Option<Kind>,
    limits: Limits,
) -> Result<Opened<'a>, IntakeError> {
    let unreadable = |source| IntakeError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let head = reader.fill_buf().map_err(unreadable)?;
    let zipped = head.starts_with(&[0x1f, 0x8b]);
    if kind == Some(Kind::Warc) || (zipped && kind.is_none() && holds_records(head)) {
        return Ok(Opened::Parts(records(
            path.to_owned(),
            name.to_owned(),
            reader,
            limits,
        )));
    }
    if head.starts_with(&ZSTD) {
        let decoder = ruzstd::decoding::StreamingDecoder::new(reader).map_err(|error| {
            let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
            IntakeError::Damaged {
                path: path.to_owned(),
                bytes: 0,
                source,
            }
        })?;
        reader = Box::new(BufReader::with_capacity(HEAD * 16, decoder));
    } else if zipped {
        reader = Box::new(BufReader::with_capacity(HEAD * 16, MultiGzDecoder::new(reader)));
    }
    let failed = |source: io::Error| {
        if zipped {
            IntakeError::Damaged {
                path: path.to_owned(),
                bytes: 0,
                source,
            }
        } else {
            IntakeError::Unreadable {
                path: path.to_owned(),
                source,
            }
        }
    };
    let head = reader.fill_buf().map_err(failed)?;
    if head.is_empty() {
        return Err(IntakeError::Empty {
            path: path.to_owned(),
        });
    }
    if let Some(what) = binary_format(&head[..head.len().min(HEAD)]) {
        return Err(IntakeError::Binary {
            path: path.to_owned(),
            what,
        });
    }
    let kind = kind.unwrap_or_else(|| Kind::of_content(head));
    let media_type = match kind {
        Kind::JsonLines => {
            let (path, name) = (path.to_owned(), name.to_owned());
            let limit = limits.document_bytes;
            let lines = LineReader {
                path,
                name,
                reader,
                zipped,
                limit,
                number: 0,
                read: 0,
                over: false,
            };
            return Ok(Opened::Parts(Box::new(lines)));
        }
        Kind::Warc => {
            return Ok(Opened::Parts(records(
                path.to_owned(),
                name.to_owned(),
                reader,
                limits,
            )));
        }
        Kind::Html => MediaType::Html,
        Kind::PlainText | Kind::Mhtml | Kind::Feed | Kind::Opml | Kind::Sitemap => MediaType::PlainText,
        Kind::Markdown => MediaType::Markdown,
    };
    let mut bytes = Vec::new();
    let limit = limits.document_bytes;
    let outcome = reader.take(limit + 1).read_to_end(&mut bytes);
    if let Err(source) = outcome {
        return Err(if zipped {
            IntakeError::Damaged {
                path: path.to_owned(),
                bytes: bytes.len() as u64,
                source,
            }
        } else {
            unreadable(source)
        });
    }
    if bytes.len() as u64 > limit {
        return Err(IntakeError::TooLarge {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            limit,
        });
    }
    if bytes.trim_ascii().is_empty() {
        return Err(IntakeError::Empty {
            path: path.to_owned(),
        });
    }
    let unusable = |reason| IntakeError::Unusable {
        path: path.to_owned(),
        reason,
    };
    // an ending such as `.xml` is shared by feeds, lists, sitemaps and pages: the content decides
    let kind = if kind == Kind::Feed {
        Kind::of_content(&bytes)
    } else {
        kind
    };
    match kind {
        Kind::Opml => Err(unusable(
            "a list of feeds holds no report: watch it, or ingest its feeds".to_owned(),
        )),
        Kind::Mhtml => mhtml::document(name, &bytes)
            .map(|mut page| {
                add_reuse(&mut page);
                Opened::Whole(Box::new(page))
            })
            .map_err(unusable),
        Kind::Feed | Kind::Sitemap => {
            let entries = match kind {
                Kind::Sitemap => sitemap::documents(name, &bytes),
                _ => feed::documents(name, &bytes),
            }
            .map_err(unusable)?;
            let path = path.to_owned();
            let named = move |entry: Result<Document, String>| {
                entry.map_err(|reason| IntakeError::Unusable {
                    path: path.clone(),
                    reason,
                })
            };
            Ok(Opened::Parts(Box::new(entries.into_iter().map(named))))
        }
        _ => {
            let media_type = if kind == Kind::Html {
                MediaType::Html
            } else {
                media_type
            };
            let mut document = Document::new(DocumentId::new(name), media_type, bytes);
            add_reuse(&mut document);
            Ok(Opened::Whole(Box::new(document)))
        }
    }
}

/// Adds what a page itself says about reuse.
fn add_reuse(document: &mut Document) {
    if document.media_type == MediaType::Html {
        let said = reuse::reuse_of_page(document.bytes());
        document.reuse.extend(said);
    }
}

/// First bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Whether compressed bytes unfold to the head of a WARC record.
fn holds_records(head: &[u8]) -> bool {
    let mut start = [0; 5];
    flate2::read::GzDecoder::new(head).read_exact(&mut start).is_ok() && &start == b"WARC/"
}

/// The pages of an archive.
fn records<'a>(path: String, name: String, reader: Reader<'a>, limits: Limits) -> Parts<'a> {
    let limit = limits.document_bytes;
    let read = Archive::new(reader, limit).filter_map(move |record| match record {
        Ok(record) => warc::document(&name, record, limit),
        Err(error) => Some(Err(error)),
    });
    Box::new(read.map(move |page| {
        page.map_err(|error| IntakeError::BadRecord {
            path: path.clone(),
            offset: error.offset,
            reason: error.reason,
        })
    }))
}

struct LineReader<R> {
    path: String,
    name: String,
    reader: R,
    zipped: bool,
    limit: u64,
    number: u64,
    read: u64,
    over: bool,
}

impl<R: BufRead> LineReader<R> {
    /// The next line without its end; `Ok(None)` at the end, and `Err(bytes)` for a line over the limit, which is skipped.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, u64>>> {
        let mut line = Vec::new();
        let mut length = 0u64;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |at| at + 1);
            length += taken as u64;
            if length <= self.limit + 1 {
                line.extend_from_slice(&chunk[..taken]);
            } else {
                line = Vec::new();
            }
            self.reader.consume(taken);
            self.read += taken as u64;
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        Ok(Some(if length > self.limit + 1 {
            Err(length)
        } else {
            Ok(line)
        }))
    }
}

impl<R: BufRead> Iterator for LineReader<R> {
    type Item = Result<Document, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            match self.line() {
                Ok(None) => return None,
                Ok(Some(Ok(line))) => {
                    self.number += 1;
                    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let (path, number) = (self.path.clone(), self.number);
                    let read = json_lines::document(&self.name, number, line).map(|mut document| {
                        add_reuse(&mut document);
                        document
                    });
                    return Some(read.map_err(|reason| IntakeError::BadLine {
                        path,
                        line: number,
                        reason,
                    }));
                }
                Ok(Some(Err(bytes))) => {
                    self.number += 1;
                    let path = format!("{}, line {}", self.path, self.number);
                    return Some(Err(IntakeError::TooLarge {
                        path,
                        bytes,
                        limit: self.limit,
                    }));
                }
                Err(source) => {
                    self.over = true;
                    let (path, bytes) = (self.path.clone(), self.read);
                    return Some(Err(if self.zipped {
                        IntakeError::Damaged { path, bytes, source }
                    } else {
                        IntakeError::Unreadable { path, source }
                    }));
                }
            }
        }
        None
    }
}
