//! Any bytes as a list of feeds: what was read can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_intake::{read_opml, write_opml};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = read_opml(bytes) {
        let again = read_opml(write_opml("x", &read).as_bytes()).expect("a list that we wrote");
        assert_eq!(read.len(), again.len());
    }
});
