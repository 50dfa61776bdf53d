//! Any bytes as a sitemap.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sitemap) = twosource_intake::read_sitemap(bytes) {
        for page in &sitemap.pages {
            let _ = page.document("fuzz", 1);
        }
    }
});
