//! Any bytes as a feed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = twosource_intake::read_feed("fuzz", Some("https://a.example/feed"), Some("windows-1251"), bytes);
    let _ = twosource_intake::read_feed("fuzz", None, None, bytes);
});
