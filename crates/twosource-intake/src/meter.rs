//! How much of the listed files has been read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of listed files: all of them, and those read so far. Copies of a meter tell the same.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    all: u64,
    read: Arc<AtomicU64>,
}

impl Meter {
    pub(crate) fn of(all: u64) -> Self {
        Self {
            all,
            read: Arc::default(),
        }
    }

    /// The share that was read, 0 to 1; `None` while nothing was.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let read = self.read.load(Ordering::Relaxed);
        (read > 0).then(|| (read as f64 / self.all.max(read) as f64).min(1.0))
    }

    /// `file`, whose bytes are counted as they are read.
    pub(crate) fn counted<R: Read>(&self, file: R) -> Counted<R> {
        let read = Arc::clone(&self.read);
        Counted { file, read }
    }
}

/// Counts what is read through it.
pub(crate) struct Counted<R> {
    file: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_went_through() {
        let meter = Meter::of(8);
        assert_eq!(meter.share(), None);
        let mut counted = meter.counted(&b"12345678"[..]);
        let mut half = [0; 4];
        counted.read_exact(&mut half).unwrap();
        assert_eq!((meter.share(), meter.clone().share()), (Some(0.5), Some(0.5)));
        io::copy(&mut counted, &mut io::sink()).unwrap();
        assert_eq!(meter.share(), Some(1.0));
    }

    #[test]
    fn a_file_that_grew_is_no_more_than_read() {
        let meter = Meter::of(2);
        io::copy(&mut meter.counted(&b"123"[..]), &mut io::sink()).unwrap();
        assert_eq!(meter.share(), Some(1.0));
    }
}
