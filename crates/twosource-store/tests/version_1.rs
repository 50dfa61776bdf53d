//! Yesterday's file opens today. `version-1.db` is what a program of version 1 made of an invented event:
//! `twosource ingest examples/ferry-fire --db desk.db && twosource backup version-1.db --db desk.db`. It is never made anew.

use std::path::Path;

use twosource_store::{Limits, Mode, Query, Store, StoryNumber};

const REVISIONS: u64 = 4;
const EXPORT: &str = "f52c81a8e8a60a4fdf9e41331dba3bae9ddcdad5d836b910bddfdc4b2e64624a";

#[test]
fn a_file_of_version_1_opens_and_says_the_same() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/version-1.db");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    std::fs::copy(kept, &path).unwrap();
    for mode in [Mode::Read, Mode::Write] {
        let store = Store::open(&path, mode, Limits::default()).unwrap();
        let checked = store.check(|_| {}).unwrap();
        assert_eq!(checked.problems, Vec::<String>::new());
        assert_eq!(checked.revisions, REVISIONS);
        assert!(checked.spans > 500);
        let story = store.story_entry(StoryNumber(1)).unwrap().unwrap();
        assert_eq!(u64::from(story.articles), REVISIONS);
        let found = store.search(&Query::parse("ferry").unwrap(), 10).unwrap();
        assert_eq!(found.hits.len() as u64, REVISIONS);
        // every bit of every annotation, as it was when the file was made
        let manifest = store.export(&mut std::io::sink(), None).unwrap();
        assert_eq!(manifest.sha256, EXPORT);
    }
    // what later versions keep has its place after the first opening to write
    let store = Store::open(&path, Mode::Write, Limits::default()).unwrap();
    assert!(store.lacks_threads().unwrap());
    store.put_outlet_profile("gazette.example", b"lines").unwrap();
    assert_eq!(
        store.outlet_profile("gazette.example").unwrap().unwrap(),
        b"lines"
    );
}
