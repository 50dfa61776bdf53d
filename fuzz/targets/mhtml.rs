//! Any bytes behind the head of a saved page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_intake::{Limits, read_stream};

fuzz_target!(|bytes: &[u8]| {
    let head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n";
    let saved = [&head[..], bytes].concat();
    read_stream("-", &saved[..], Limits::default()).for_each(drop);
});
