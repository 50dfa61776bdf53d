//! Any bytes as `robots.txt`, and any path against it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_fetch::Rules;

fuzz_target!(|bytes: &[u8]| {
    let (path, file) = bytes.split_at(bytes.len().min(32));
    let rules = Rules::parse(file, "twosource");
    let _ = rules.refusal(&String::from_utf8_lossy(path));
    let _ = rules.refusal("/a/b?c=d");
    assert!(rules.refusal("/robots.txt").is_none());
    assert!(rules.delay().is_none_or(|delay| delay.as_secs() <= 86_400));
});
