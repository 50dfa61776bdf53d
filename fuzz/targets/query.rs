//! Any text as a query: what is read can be asked, and marks what it found on whole characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode};
use twosource_store::{Query, Store};

thread_local! {
    static STORE: Store = desk();
}

/// A desk with two reports.
fn desk() -> Store {
    let store = Store::open_in_memory().expect("memory");
    for (name, title, text) in [
        ("a", "Two die as the bridge falls", "“No one was warned,” said Ada Holm on 20 July 2018.\n\nThe bridge was old."),
        ("b", "大阪で地震", "土砂崩れのため列車が止まった。 The quake OR the storm, NOT both (see map)."),
    ] {
        let article = Article::of_text(ArticleId::new(name), title, text);
        let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
        store.put_article(&article, &analysis, None).expect("a report is kept");
    }
    store
}

fuzz_target!(|bytes: &[u8]| {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(query) = Query::parse(&typed) {
        let hits = STORE.with(|store| store.search(&query, 5)).expect("any query can be asked");
        for hit in hits.hits {
            for mark in hit.snippet.marks {
                assert!(hit.snippet.text.get(mark).is_some());
            }
        }
    }
});
