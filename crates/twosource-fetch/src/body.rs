//! A body off the wire: bounded as it comes and as it unfolds, and never many large ones in memory at once.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::{Condvar, Mutex};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::failure::Failure;
use crate::state::lock;

/// Bodies up to so many bytes are read without more ado; a larger one needs one of the [`Rooms`].
const SMALL: u64 = 1 << 20;
/// First bytes of gzip data.
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How much of a body is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes as they come over the wire.
    pub packed: u64,
    /// Bytes unfolded.
    pub unfolded: u64,
    /// Where given, so many unfolded bytes are read and the rest is let go.
    pub cut: Option<u64>,
}

/// Room for large bodies. There is little of it, so that many bodies without an end that come at once wait for one
/// another instead of filling the memory.
#[derive(Debug)]
pub(crate) struct Rooms {
    free: Mutex<Vec<Vec<u8>>>,
    freed: Condvar,
}

impl Rooms {
    /// Room for so many at once.
    pub fn new(count: usize) -> Self {
        Self {
            free: Mutex::new(vec![Vec::new(); count]),
            freed: Condvar::new(),
        }
    }

    /// Reads on into one of the rooms, behind `begun`; `None` when there are more than `most` bytes in all.
    fn read(&self, begun: &[u8], reader: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
        let mut free = lock(&self.free);
        let mut room = loop {
            match free.pop() {
                Some(room) => break room,
                None => {
                    free = self
                        .freed
                        .wait(free)
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                }
            }
        };
        drop(free);
        room.extend_from_slice(begun);
        let left = most.saturating_add(1).saturating_sub(begun.len() as u64);
        let read = reader.take(left).read_to_end(&mut room);
        let body = read.map(|_| (room.len() as u64 <= most).then(|| room.clone()));
        room.clear();
        lock(&self.free).push(room);
        self.freed.notify_one();
        body
    }
}

/// Reads a body that was packed as `coding` says: one coding is undone, not a chain of them. `broken` tells what is wrong
/// with the connection.
pub(crate) fn read_body(
    from: impl Read,
    coding: &str,
    bounds: Bounds,
    rooms: &Rooms,
    broken: impl FnOnce(io::Error) -> Failure,
) -> Result<Vec<u8>, Failure> {
    let mut wire = Wire {
        from,
        read: 0,
        most: bounds.packed,
        broken: None,
    };
    let coding = coding.trim().to_ascii_lowercase();
    let most = bounds.cut.unwrap_or(bounds.unfolded);
    let read = match unfolding(&mut wire, &coding) {
        Ok(Some(mut reader)) => match bounds.cut {
            Some(cut) => read_bounded(&mut (&mut reader).take(cut), most, rooms),
            None => read_bounded(&mut reader, most, rooms),
        },
        Ok(None) => {
            return Err(Failure::Coding {
                coding: coding.chars().take(40).collect(),
                reason: "it was not asked for".to_owned(),
            });
        }
        Err(error) => Err(error),
    };
    if wire.read > bounds.packed && bounds.cut.is_none() {
        return Err(Failure::TooLarge { limit: bounds.packed });
    }
    match (read, wire.broken) {
        (_, Some(error)) => Err(broken(error)),
        (Ok(Some(body)), None) => Ok(body),
        (Ok(None), None) if coding.is_empty() => Err(Failure::TooLarge { limit: most }),
        (Ok(None), None) => Err(Failure::Bomb { limit: most }),
        (Err(error), None) => Err(Failure::Coding {
            coding,
            reason: error.to_string(),
        }),
    }
}

/// `bytes`, unfolded to at most `limit` bytes.
pub(crate) fn unfold(bytes: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let bounds = Bounds {
        packed: u64::MAX,
        unfolded: limit,
        cut: None,
    };
    read_body(bytes, coding, bounds, &Rooms::new(1), |error| {
        Failure::Connection {
            reason: error.to_string(),
        }
    })
}

/// What `reader` gives; `None` when it is more than `most` bytes.
fn read_bounded(reader: &mut dyn Read, most: u64, rooms: &Rooms) -> io::Result<Option<Vec<u8>>> {
    let small = SMALL.min(most.saturating_add(1));
    let mut body = Vec::new();
    reader.take(small).read_to_end(&mut body)?;
    if (body.len() as u64) < small {
        return Ok(Some(body));
    }
    rooms.read(&body, reader, most)
}

/// The wire with its coding undone; `None` when nobody knows the coding.
fn unfolding<'w>(wire: &'w mut impl Read, coding: &str) -> io::Result<Option<Box<dyn Read + 'w>>> {
    if matches!(coding, "" | "identity") {
        return Ok(Some(Box::new(wire)));
    }
    let mut head = Vec::with_capacity(2);
    wire.take(2).read_to_end(&mut head)?;
    let is_gzip = head.starts_with(&GZIP);
    let is_zlib = matches!(head[..], [first, second] if first & 15 == 8 && (u16::from(first) << 8 | u16::from(second)) % 31 == 0);
    let whole = BufReader::new(Cursor::new(head).chain(wire));
    Ok(Some(match coding {
        "gzip" | "x-gzip" if is_gzip => boxed(MultiGzDecoder::new(whole)),
        // crawlers and caches often undo a coding and keep the field
        "gzip" | "x-gzip" => boxed(whole),
        // meant is zlib; some servers send the bare stream
        "deflate" if is_zlib => boxed(ZlibDecoder::new(whole)),
        "deflate" => boxed(DeflateDecoder::new(whole)),
        _ => return Ok(None),
    }))
}

fn boxed<'r>(reader: impl Read + 'r) -> Box<dyn Read + 'r> {
    Box::new(reader)
}

/// Bytes as they come, counted; one more than the most is read, to tell that there are more.
struct Wire<R> {
    from: R,
    read: u64,
    most: u64,
    broken: Option<io::Error>,
}

impl<R: Read> Read for Wire<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.most.saturating_add(1).saturating_sub(self.read);
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        match self.from.read(&mut buffer[..room]) {
            Ok(read) => {
                self.read += read as u64;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.broken = Some(error);
                Err(io::Error::other("the connection broke"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bodies_unfold_within_the_limit() {
        assert_eq!(unfold(&gzip(b"abc"), "gzip", 10).unwrap(), b"abc");
        assert_eq!(unfold(b"abc", "gzip", 10).unwrap(), b"abc");
        assert_eq!(unfold(b"abc", "", 3).unwrap(), b"abc");
        assert!(matches!(
            unfold(b"abc", "", 2),
            Err(Failure::TooLarge { limit: 2 })
        ));
        let large = vec![7; 3 << 20];
        assert_eq!(unfold(&gzip(&large), "x-gzip", 4 << 20).unwrap(), large);
        let bomb = gzip(&vec![0; 1 << 20]);
        assert!(matches!(
            unfold(&bomb, "gzip", 1000),
            Err(Failure::Bomb { limit: 1000 })
        ));
        let mut cut = gzip(&[7; 5000]);
        cut.truncate(cut.len() - 9);
        assert!(matches!(
            unfold(&cut, "gzip", 10_000),
            Err(Failure::Coding { .. })
        ));
        assert!(matches!(unfold(b"x", "br", 10), Err(Failure::Coding { .. })));
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        bare.write_all(b"abc").unwrap();
        assert_eq!(unfold(&bare.finish().unwrap(), "deflate", 10).unwrap(), b"abc");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(b"abc").unwrap();
        assert_eq!(unfold(&zlib.finish().unwrap(), "Deflate ", 10).unwrap(), b"abc");
    }

    #[test]
    fn of_a_body_without_an_end_only_the_bounds_are_read() {
        let read = |coding: &str, from: &mut dyn Read, cut: Option<u64>| {
            let bounds = Bounds {
                packed: 2 << 20,
                unfolded: 2 << 20,
                cut,
            };
            read_body(from, coding, bounds, &Rooms::new(1), |error| {
                Failure::Connection {
                    reason: error.to_string(),
                }
            })
        };
        let mut endless = io::repeat(b'x');
        assert_eq!(
            read("", &mut endless, None),
            Err(Failure::TooLarge { limit: 2 << 20 })
        );
        assert_eq!(read("", &mut endless, Some(9)), Ok(vec![b'x'; 9]));
        let packed = gzip(&vec![b'x'; 1 << 20]);
        assert_eq!(read("gzip", &mut &packed[..], Some(9)), Ok(vec![b'x'; 9]));
        let mut broken = Read::chain(&b"ab"[..], Broken);
        assert_eq!(
            read("gzip", &mut broken, None),
            Err(Failure::Connection {
                reason: "gone".to_owned()
            })
        );
    }

    /// A connection that is cut.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
}
