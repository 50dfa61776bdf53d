//! Walks the paths that were named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{IntakeError, Kind};

/// Folders deeper than this below a named one are not entered.
const MAX_DEPTH: usize = 32;

/// A file to read and the name its documents get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedFile {
    pub path: PathBuf,
    /// Relative to the folder that was named, so that the same folder gives the same ids from anywhere; the path as
    /// given where two files would share that name.
    pub name: String,
}

/// A file that a folder holds and that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFile {
    /// Its path.
    pub path: PathBuf,
    /// Why.
    pub reason: &'static str,
}

/// What the named paths hold.
#[derive(Debug, Default)]
pub struct Listing {
    pub(crate) files: Vec<NamedFile>,
    /// Files of folders that are not read, with the reason.
    pub skipped: Vec<SkippedFile>,
    /// Paths that give nothing.
    pub errors: Vec<IntakeError>,
}

impl Listing {
    /// Names every file by its whole path, relative to `base` where it lies below: names that stay apart over many runs.
    #[must_use]
    pub fn named_from(mut self, base: &Path) -> Self {
        let base = fs::canonicalize(base).unwrap_or_else(|_| base.to_owned());
        for file in &mut self.files {
            let whole = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
            let name = whole.strip_prefix(&base).unwrap_or(&whole);
            file.name = name.to_string_lossy().replace('\\', "/");
        }
        self.files.sort_by(|a, b| a.name.cmp(&b.name));
        self
    }
}

/// Lists the files to read: a named file always, of a folder those whose ending says that they hold reports.
///
/// Folders are walked in the order of names, links to folders are not followed, and hidden files, `README` and licence
/// files are left out.
#[must_use]
pub fn list_files(paths: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    for path in paths {
        let shown = || path.display().to_string();
        match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                listing.errors.push(IntakeError::Missing { path: shown() });
            }
            Err(source) => listing.errors.push(IntakeError::Unreadable {
                path: shown(),
                source,
            }),
            Ok(data) if data.is_dir() => {
                let before = (listing.files.len(), listing.errors.len());
                walk(path, &mut listing);
                if before == (listing.files.len(), listing.errors.len()) {
                    listing.errors.push(IntakeError::EmptyFolder { path: shown() });
                }
            }
            Ok(_) => {
                let name = path
                    .file_name()
                    .map_or_else(shown, |name| name.to_string_lossy().into_owned());
                listing.files.push(NamedFile {
                    path: path.clone(),
                    name,
                });
            }
        }
    }
    name_apart(&mut listing.files);
    listing
}

fn walk(root: &Path, listing: &mut Listing) {
    let mut open = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = match fs::read_dir(&folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()) {
            Ok(entries) => entries,
            Err(source) => {
                let path = folder.display().to_string();
                listing.errors.push(IntakeError::Unreadable { path, source });
                continue;
            }
        };
        let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.sort();
        let mut folders = Vec::new();
        for path in paths {
            if path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'))
            {
                continue;
            }
            if path.is_dir() {
                if !path.is_symlink() && depth < MAX_DEPTH {
                    folders.push((path, depth + 1));
                }
            } else if let Some(reason) = reason_to_skip(&path) {
                listing.skipped.push(SkippedFile { path, reason });
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                listing.files.push(NamedFile { path, name });
            }
        }
        open.extend(folders.into_iter().rev());
    }
}

fn reason_to_skip(path: &Path) -> Option<&'static str> {
    let name = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().to_ascii_uppercase())
        .unwrap_or_default();
    if matches!(
        name.as_str(),
        "README" | "LICENSE" | "LICENCE" | "NOTICE" | "COPYING" | "CHANGELOG"
    ) {
        return Some("describes the folder");
    }
    Kind::of_name(path)
        .is_none()
        .then_some("its ending is not one of a page, text or JSON Lines file")
}

/// Gives files that share a name the path as it was given; the same file named twice is read once.
fn name_apart(files: &mut Vec<NamedFile>) {
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone())));
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for file in files.iter() {
        *count.entry(file.name.clone()).or_default() += 1;
    }
    for file in files.iter_mut().filter(|file| count[&file.name] > 1) {
        file.name = file.path.to_string_lossy().replace('\\', "/");
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
}
