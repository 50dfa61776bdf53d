//! Any bytes as an archive: each record's place lies in the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_intake::{Limits, read_stream};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 20 };
    for document in read_stream("fuzz.warc", bytes, limits).flatten() {
        if let Some(locator) = &document.locator {
            assert!(locator.offset + locator.length <= bytes.len() as u64, "{locator:?}");
        }
    }
    let whole = [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 \r\n\r\n", bytes].concat();
    read_stream("fuzz.warc", &whole[..], limits).for_each(drop);
});
