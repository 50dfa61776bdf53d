//! Any bytes as a page: an article comes out or an error, every span lies in the text, and what leads back to the bytes
//! lies in them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_extract::{Settings, extract};
use twosource_model::{Document, DocumentId, MediaType};

fuzz_target!(|bytes: &[u8]| {
    let document = Document::new(DocumentId::new("fuzz"), MediaType::Html, bytes.to_vec());
    for article in extract(&document, &Settings::default()).unwrap_or_default() {
        for paragraph in &article.paragraphs {
            assert!(article.text().get(paragraph.span.start()..paragraph.span.end()).is_some());
            if let Some(span) = article.source_map.to_document(paragraph.span) {
                assert!(span.end() <= bytes.len());
            }
        }
    }
    let _ = twosource_intake::reuse_of_page(bytes);
});
