//! Records of an archive, one at a time.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;

/// Bytes of one record's fields at most.
const MOST_HEAD: usize = 64 << 10;
/// The bytes that a member of gzip begins with.
const GZIP_MEMBER: &[u8] = &[0x1f, 0x8b, 0x08];
/// The bytes that a frame of zstd begins with.
const ZSTD_FRAME: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Longest head of a frame of zstd, its first bytes among them (RFC 8878, 3.1.1.1).
const ZSTD_HEAD: usize = 18;
/// Bytes of the buffer over decompressed data.
const BUFFER: usize = 64 << 10;

/// One record.
pub(crate) struct Record {
    fields: Vec<(String, String)>,
    /// What stands under the fields.
    pub content: Vec<u8>,
    /// First byte in the file: of the compressed member, or of the record itself.
    pub offset: u64,
    /// Bytes in the file, as far as they are the record's.
    pub length: u64,
    /// First byte within the decompressed member.
    pub within: u64,
}

impl Record {
    /// The first field of that name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Why a record, or the rest of the file, could not be read.
#[derive(Debug)]
pub(crate) struct RecordError {
    /// Where in the file it was met.
    pub offset: u64,
    /// In words.
    pub reason: String,
}

/// The records of an archive.
pub(crate) struct Archive<R: BufRead> {
    source: Option<Source<R>>,
    /// Where the current member (or plain record) begins.
    member: u64,
    /// Bytes read out of the current decompressed member.
    within: u64,
    limit: u64,
}

enum Source<R: BufRead> {
    Plain(Counted<R>),
    Gzip(Box<BufReader<GzDecoder<Counted<R>>>>),
    Zstd(Box<BufReader<StreamingDecoder<Counted<R>, ruzstd::decoding::FrameDecoder>>>),
}

impl<R: BufRead> Source<R> {
    fn reader(&mut self) -> &mut dyn BufRead {
        match self {
            Self::Plain(reader) => reader,
            Self::Gzip(reader) => reader.as_mut(),
            Self::Zstd(reader) => reader.as_mut(),
        }
    }

    fn position(&self) -> u64 {
        match self {
            Self::Plain(reader) => reader.at,
            Self::Gzip(reader) => reader.get_ref().get_ref().at,
            Self::Zstd(reader) => reader.get_ref().get_ref().at,
        }
    }

    fn into_file(self) -> Counted<R> {
        match self {
            Self::Plain(reader) => reader,
            Self::Gzip(reader) => reader.into_inner().into_inner(),
            Self::Zstd(reader) => reader.into_inner().into_inner(),
        }
    }
}

impl<R: BufRead> Archive<R> {
    /// The records that `reader` holds, contents of at most `limit` bytes.
    pub fn new(reader: R, limit: u64) -> Self {
        Self {
            source: Some(Source::Plain(Counted { inner: reader, at: 0 })),
            member: 0,
            within: 0,
            limit,
        }
    }

    fn read(&mut self) -> Result<Option<Record>, RecordError> {
        loop {
            let Some(source) = &mut self.source else {
                return Ok(None);
            };
            let empty = match source.reader().fill_buf() {
                Ok(buffer) => buffer.is_empty(),
                Err(error) => return Err(self.damaged(&error)),
            };
            if matches!(source, Source::Plain(_)) {
                if empty {
                    self.source = None;
                } else if self.open_member()? {
                    continue;
                }
            } else if empty {
                // the member is read to its end: go on behind it
                self.source = self.source.take().map(|source| Source::Plain(source.into_file()));
                continue;
            }
            match self.record()? {
                Some(record) => return Ok(Some(record)),
                // nothing but white space was left: of a member, go on behind it; of the file, this is the end
                None if matches!(self.source, Some(Source::Plain(_))) => self.source = None,
                None => {}
            }
        }
    }

    /// At the start of a compressed member: steps into it.
    fn open_member(&mut self) -> Result<bool, RecordError> {
        let Some(Source::Plain(mut file)) = self.source.take() else {
            return Ok(false);
        };
        let head = match file.fill_buf() {
            Ok(buffer) => buffer[..buffer.len().min(ZSTD_HEAD)].to_vec(),
            Err(_) => Vec::new(),
        };
        self.member = file.at;
        self.within = 0;
        if head.starts_with(&[0x1f, 0x8b]) {
            self.source = Some(Source::Gzip(Box::new(BufReader::with_capacity(
                BUFFER,
                GzDecoder::new(file),
            ))));
            return Ok(true);
        }
        if head.starts_with(ZSTD_FRAME) {
            // a decoder takes the file with it where the head of the frame is damaged: the head is tried first
            let damage = (head.len() == ZSTD_HEAD).then(|| StreamingDecoder::new(&head[..]).err());
            let damage = match damage.flatten() {
                Some(error) => {
                    file.consume(ZSTD_FRAME.len());
                    if file.skip_to(ZSTD_FRAME).unwrap_or(false) {
                        self.source = Some(Source::Plain(file));
                    }
                    error
                }
                None => match StreamingDecoder::new(file) {
                    Ok(decoder) => {
                        self.source = Some(Source::Zstd(Box::new(BufReader::with_capacity(BUFFER, decoder))));
                        return Ok(true);
                    }
                    Err(error) => error,
                },
            };
            return Err(RecordError {
                offset: self.member,
                reason: format!("damaged zstd frame: {damage}"),
            });
        }
        self.source = Some(Source::Plain(file));
        Ok(false)
    }

    fn record(&mut self) -> Result<Option<Record>, RecordError> {
        let limit = self.limit;
        let member = self.member;
        let Some(source) = &mut self.source else {
            return Ok(None);
        };
        let plain = matches!(source, Source::Plain(_));
        let mut counted = Counting {
            reader: source.reader(),
            count: 0,
        };
        let outcome = read_record(&mut counted, limit);
        let (skipped, taken) = match &outcome {
            Ok(Some(parts)) => (parts.skipped, counted.count),
            _ => (0, counted.count),
        };
        let within = self.within + skipped;
        self.within += taken;
        match outcome {
            Ok(None) => Ok(None),
            Ok(Some(parts)) => {
                let end = if plain {
                    source.position()
                } else {
                    self.member_end()
                };
                let offset = if plain { end - (taken - skipped) } else { member };
                let within = if plain { 0 } else { within };
                if let Some(bytes) = parts.too_large {
                    let reason = format!("record of {bytes} bytes, over the limit of {limit}");
                    return Err(RecordError { offset, reason });
                }
                Ok(Some(Record {
                    fields: parts.fields,
                    content: parts.content,
                    offset,
                    length: end - offset,
                    within,
                }))
            }
            Err(error) => Err(self.damaged(&error)),
        }
    }

    /// Where the current member ends: known once nothing but white space is left in it.
    fn member_end(&mut self) -> u64 {
        let Some(source) = &mut self.source else {
            return self.member;
        };
        // the blank lines behind the record; reading on to the trailer of the member makes the position exact
        while let Ok(buffer) = source.reader().fill_buf() {
            let blank = buffer.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if blank == 0 {
                break;
            }
            source.reader().consume(blank);
            self.within += blank as u64;
        }
        source.position()
    }

    /// Names the damage and looks for the next member or record behind it.
    fn damaged(&mut self, error: &io::Error) -> RecordError {
        let Some(source) = self.source.take() else {
            return RecordError {
                offset: self.member,
                reason: error.to_string(),
            };
        };
        let (offset, mark) = match &source {
            Source::Plain(file) => (file.at, b"WARC/1.".as_slice()),
            Source::Gzip(_) => (self.member, GZIP_MEMBER),
            Source::Zstd(_) => (self.member, ZSTD_FRAME),
        };
        let mut file = source.into_file();
        if file.skip_to(mark).unwrap_or(false) {
            self.source = Some(Source::Plain(file));
        }
        RecordError {
            offset,
            reason: format!("damaged record: {error}"),
        }
    }
}

impl<R: BufRead> Iterator for Archive<R> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

struct Parts {
    fields: Vec<(String, String)>,
    content: Vec<u8>,
    /// Blank bytes before the record.
    skipped: u64,
    too_large: Option<u64>,
}

fn read_record(reader: &mut Counting<'_>, limit: u64) -> io::Result<Option<Parts>> {
    let wrong = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut head = 0;
    let version = loop {
        let before = reader.count;
        let Some(line) = reader.line()? else {
            return Ok(None);
        };
        if !line.trim().is_empty() {
            break (line, before);
        }
    };
    let (version, skipped) = version;
    if !version.starts_with("WARC/") {
        return Err(wrong("the record does not begin with its version".to_owned()));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let line = reader
            .line()?
            .ok_or_else(|| wrong("cut short in its fields".to_owned()))?;
        head += line.len();
        if head > MOST_HEAD {
            return Err(wrong(format!("fields of more than {MOST_HEAD} bytes")));
        }
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let length = fields
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"))
        .and_then(|(_, value)| value.parse::<u64>().ok())
        .ok_or_else(|| wrong("without a Content-Length".to_owned()))?;
    let mut content = Vec::new();
    let kept = if length <= limit { length } else { 0 };
    reader.take_into(kept, &mut content)?;
    reader.skip(length - kept)?;
    let too_large = (length > limit).then_some(length);
    Ok(Some(Parts {
        fields,
        content,
        skipped,
        too_large,
    }))
}

/// A reader that counts what was taken from it.
struct Counting<'a> {
    reader: &'a mut dyn BufRead,
    count: u64,
}

impl Counting<'_> {
    /// The next line, at most [`MOST_HEAD`] bytes of it; `None` at the end.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = (&mut *self.reader)
            .take(MOST_HEAD as u64)
            .read_until(b'\n', &mut line)?;
        self.count += read as u64;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
    }

    fn take_into(&mut self, length: u64, content: &mut Vec<u8>) -> io::Result<()> {
        let read = (&mut *self.reader).take(length).read_to_end(content)?;
        self.count += read as u64;
        self.whole(read as u64, length)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let read = io::copy(&mut (&mut *self.reader).take(length), &mut io::sink())?;
        self.count += read;
        self.whole(read, length)
    }

    fn whole(&self, read: u64, length: u64) -> io::Result<()> {
        if read == length {
            return Ok(());
        }
        Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            format!("{} of {length} bytes missing", length - read),
        ))
    }
}

/// The file, with the place reached in it.
struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Counted<R> {
    /// Goes to the next place where `mark` stands; false when there is none.
    fn skip_to(&mut self, mark: &[u8]) -> io::Result<bool> {
        let finder = memchr::memmem::Finder::new(mark);
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            if let Some(at) = finder.find(buffer) {
                self.consume(at);
                return Ok(true);
            }
            // a mark that straddles two buffers is missed by one record at most
            let length = buffer.len();
            self.consume(length);
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn record(kind: &str, uri: &str, content: &str) -> Vec<u8> {
        let length = content.len();
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n")
            .into_bytes()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let records = ["one", "two", "three"].map(|content| record("response", "u", &content.repeat(30)));
        for fold in [gzip, zstd] {
            let members = records.each_ref().map(|record| fold(record));
            for at in 4..12 {
                let mut damaged = members.clone();
                damaged[1][at..at + 8].fill(0xff);
                let read = read(&damaged.concat());
                let told: Vec<&str> = read.iter().map(|r| r.split('@').next().unwrap_or("")).collect();
                let lost = format!("!{}", members[0].len());
                assert_eq!(told, ["one".repeat(30), lost, "three".repeat(30)], "byte {at}");
            }
        }
    }

    /// For each record `content@offset+length/within`, for each error `!`.
    fn read(bytes: &[u8]) -> Vec<String> {
        Archive::new(BufReader::with_capacity(1000, bytes), 1000)
            .map(|outcome| match outcome {
                Ok(r) => {
                    format!(
                        "{}@{}+{}/{}",
                        String::from_utf8_lossy(&r.content),
                        r.offset,
                        r.length,
                        r.within
                    )
                }
                Err(error) => format!("!{}", error.offset),
            })
            .collect()
    }

    #[test]
    fn every_locator_leads_back_to_its_record() {
        let (a, b) = (record("response", "u", "one"), record("response", "u", "two"));
        let plain = [a.clone(), b.clone()].concat();
        let place = |at: usize, record: &[u8]| format!("@{at}+{}/0", record.len() - 4);
        assert_eq!(
            read(&plain),
            [
                format!("one{}", place(0, &a)),
                format!("two{}", place(a.len(), &b))
            ]
        );
        let (za, zb) = (gzip(&a), gzip(&b));
        let members = [za.clone(), zb.clone()].concat();
        let shown = [
            format!("one@0+{}/0", za.len()),
            format!("two@{}+{}/0", za.len(), zb.len()),
        ];
        assert_eq!(read(&members), shown);
        let whole = gzip(&plain);
        let read = read(&whole);
        assert_eq!(read.len(), 2);
        assert!(
            read[1].starts_with("two@0+") && read[1].ends_with(&format!("/{}", a.len())),
            "{read:?}"
        );
    }

    #[test]
    fn a_damaged_record_costs_itself() {
        let (a, b, c) = (
            gzip(&record("response", "u", "one")),
            gzip(&record("response", "u", &"two ".repeat(100))),
            gzip(&record("response", "u", "three")),
        );
        let mut bad = b.clone();
        let middle = bad.len() / 2;
        bad[middle..middle + 8].fill(0xff);
        let outcomes = read(&[a.clone(), bad, c].concat());
        assert!(outcomes[0].starts_with("one@"), "{outcomes:?}");
        assert_eq!(outcomes[1], format!("!{}", a.len()));
        assert!(outcomes[2].starts_with("three@"), "{outcomes:?}");
        let mut plain = record("response", "u", "one");
        plain.extend(b"rubbish\r\nmore\r\n");
        plain.extend(record("response", "u", "two"));
        let outcomes = read(&plain);
        assert_eq!(outcomes.len(), 3, "{outcomes:?}");
        assert!(
            outcomes[1].starts_with('!') && outcomes[2].starts_with("two@"),
            "{outcomes:?}"
        );
    }

    #[test]
    fn a_record_over_the_limit_is_passed_over() {
        let bytes = [
            record("response", "u", &"x".repeat(2000)),
            record("response", "u", "two"),
        ]
        .concat();
        let outcomes = read(&bytes);
        assert!(
            outcomes[0].starts_with('!') && outcomes[1].starts_with("two@"),
            "{outcomes:?}"
        );
    }

    #[test]
    fn cut_and_random_bytes_end() {
        let whole = gzip(&record("response", "u", "one"));
        for end in 0..whole.len() {
            let _ = read(&whole[..end]);
        }
        assert_eq!(read(b"").len(), 0);
        assert_eq!(read(b"hello").len(), 1);
    }
}
