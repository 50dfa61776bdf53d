//! The desk as a library: what happens when the file cannot take more.

use std::path::Path;

use tempfile::TempDir;
use twosource_model::{Document, DocumentId, MediaType};
use twosource_pipeline::desk::{Desk, DeskError, Intake};
use twosource_pipeline::{SetAside, Settings};
use twosource_store::{Limits, Mode, StoreError};

fn documents(count: usize) -> impl Iterator<Item = Result<Document, SetAside>> {
    (0..count).map(|at| {
        let words: String = (0..400)
            .map(|n| format!("w{} ", (at * 7919 + n * 104_729) % 50_021))
            .collect();
        let id = DocumentId::new(&format!("d{at}"));
        Ok(Document::new(id, MediaType::ArticleText, words.into_bytes()))
    })
}

fn open(path: &Path, mode: Mode, file_bytes: u64) -> Desk {
    Desk::open(path, mode, Limits { file_bytes }, Settings::default()).unwrap()
}

fn ingest(desk: &mut Desk, count: usize) -> Result<usize, DeskError> {
    let mut told = 0;
    let result = desk.ingest(documents(count), &Intake::default(), &mut |tally, _| {
        told = tally.documents
    });
    result.map(|_| told)
}

fn exported(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    open(path, Mode::Read, 0)
        .store()
        .export(&mut bytes, None)
        .unwrap();
    bytes
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let folder = TempDir::new().unwrap();
    let (calm, full) = (folder.path().join("calm.db"), folder.path().join("full.db"));
    assert_eq!(ingest(&mut open(&calm, Mode::Create, 0), 300).unwrap(), 300);
    let limit = std::fs::metadata(&calm).unwrap().len() * 6 / 10;
    let failed = ingest(&mut open(&full, Mode::Create, limit), 300);
    assert!(
        matches!(
            failed,
            Err(DeskError::Store {
                source: StoreError::Full { .. }
            })
        ),
        "{failed:?}"
    );
    let checked = open(&full, Mode::Read, 0).store().check(|_| ()).unwrap();
    assert_eq!(
        (checked.count, checked.revisions > 0),
        (0, true),
        "{:?}",
        checked.problems
    );
    assert_eq!(ingest(&mut open(&full, Mode::Write, 0), 300).unwrap(), 300);
    assert!(exported(&full) == exported(&calm));
}

#[test]
fn what_may_only_be_read_is_not_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("desk.db");
    ingest(&mut open(&path, Mode::Create, 0), 3).unwrap();
    let failed = ingest(&mut open(&path, Mode::Read, 0), 5);
    assert!(
        matches!(
            failed,
            Err(DeskError::Store {
                source: StoreError::ReadOnly { .. }
            })
        ),
        "{failed:?}"
    );
    assert_eq!(ingest(&mut open(&path, Mode::Write, 0), 5).unwrap(), 5);
}

#[test]
fn two_programs_may_work_on_one_file() {
    let folder = TempDir::new().unwrap();
    let (alone, shared) = (folder.path().join("alone.db"), folder.path().join("shared.db"));
    ingest(&mut open(&alone, Mode::Create, 0), 200).unwrap();
    let mut one = open(&shared, Mode::Create, 0);
    ingest(&mut one, 60).unwrap();
    ingest(&mut open(&shared, Mode::Write, 0), 130).unwrap();
    ingest(&mut one, 200).unwrap();
    assert!(exported(&shared) == exported(&alone));
}
