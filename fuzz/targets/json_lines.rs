//! Any bytes as JSON Lines: a document or an error for each line that says something.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_intake::{Limits, read_stream};

fuzz_target!(|bytes: &[u8]| {
    let lines = [b"{\"text\":\"x\"}\n", bytes].concat();
    let read = read_stream("-", &lines[..], Limits { document_bytes: 4096 }).count();
    assert!(read >= 1);
});
