//! From the paths that were typed to documents.

use std::collections::HashMap;
use std::io::stdin;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use twosource_intake::{Documents, IntakeError, Limits, Meter, list_files, read_stream};
use twosource_model::Document;
use twosource_pipeline::SetAside;

use crate::arguments::Inputs;
use crate::{fetched, messages};

/// A document, or the input that gave none.
pub type Item = Result<Document, SetAside>;

/// Documents, and how much of the files that hold them has been read.
pub struct Metered {
    /// The documents.
    pub documents: Box<dyn Iterator<Item = Item>>,
    /// `None` where some come from elsewhere than files: how many these are is not known.
    pub meter: Option<Meter>,
}

/// The documents of `inputs`, in an order that does not depend on the order of the paths; standard input comes last.
pub fn documents(inputs: &Inputs) -> Box<dyn Iterator<Item = Item>> {
    documents_named(inputs, None, None).documents
}

/// The same, files named by their whole paths relative to `base`: names that stay apart over many runs. Fetched pages say
/// that they were captured on the day `as_of`, where that is given.
pub fn documents_named(inputs: &Inputs, base: Option<&Path>, as_of: Option<Date>) -> Metered {
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        inputs.paths.iter().cloned().partition(|path| is_address(path));
    let addresses: Vec<String> = addresses
        .iter()
        .map(|address| address.display().to_string())
        .collect();
    let files_alone = addresses.is_empty();
    let fetched = fetched::documents(addresses, &inputs.fetching, as_of);
    let read = read_named(&paths, inputs.max_size << 20, base);
    Metered {
        documents: Box::new(fetched.into_iter().chain(read.documents)),
        meter: read.meter.filter(|_| files_alone),
    }
}

/// The documents of `paths`, at most `document_bytes` each.
pub fn read(paths: &[PathBuf], document_bytes: u64) -> Box<dyn Iterator<Item = Item>> {
    read_named(paths, document_bytes, None).documents
}

/// The documents of `paths`, named by their whole paths relative to `base`: names that stay apart over many runs.
pub fn read_named(paths: &[PathBuf], document_bytes: u64, base: Option<&Path>) -> Metered {
    let limits = Limits { document_bytes };
    let (dash, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.into_iter().partition(|path| is_address(path));
    let refused = addresses.into_iter().map(|address| {
        let path = address.display().to_string();
        Err(SetAside {
            path,
            reason: "addresses are not fetched here: save the page and name the file".to_owned(),
        })
    });
    let listing = list_files(&paths);
    let skipped = listing.skipped.iter();
    let skipped = skipped.map(|file| (file.path.display().to_string(), file.reason.to_string()));
    for (files, reason) in by_reason(skipped) {
        messages::note(&format!("left out: {files} ({reason})"));
    }
    let listing = match base {
        Some(base) => listing.named_from(base),
        None => listing,
    };
    let files = Documents::new(listing, limits);
    let meter = dash.is_empty().then(|| files.meter());
    let streams = dash
        .into_iter()
        .take(1)
        .flat_map(move |_| read_stream("-", stdin(), limits));
    Metered {
        documents: Box::new(refused.chain(files.chain(streams).map(|item| item.map_err(set_aside)))),
        meter,
    }
}

/// The documents of those `paths` that are files or folders, to look at beforehand: nothing is said of what is left out.
pub fn in_files(paths: &[PathBuf], document_bytes: u64) -> impl Iterator<Item = Item> + use<> {
    let is_file = |path: &&PathBuf| path.as_os_str() != "-" && !is_address(path);
    let files: Vec<PathBuf> = paths.iter().filter(is_file).cloned().collect();
    let documents = Documents::new(list_files(&files), Limits { document_bytes });
    documents.map(|item| item.map_err(set_aside))
}

/// Whether what was typed is an address, not a path.
pub fn is_address(path: &Path) -> bool {
    path.to_str()
        .is_some_and(|text| text.starts_with("http://") || text.starts_with("https://"))
}

/// Most inputs of one reason that are named.
const NAMED: usize = 5;

fn set_aside(error: IntakeError) -> SetAside {
    SetAside::new(error.path(), &error)
}

/// Says that an input was set aside.
pub fn tell_aside(aside: &SetAside) {
    tell_all_aside(std::slice::from_ref(aside));
}

/// Says which inputs were set aside: many of one reason in one line.
pub fn tell_all_aside(aside: &[SetAside]) {
    let aside = aside.iter().map(|one| (one.path.clone(), one.reason.clone()));
    for (inputs, reason) in shortened(by_reason(aside)) {
        messages::warning(&format!("set aside {inputs}: {reason}"));
    }
}

/// Reasons of one input beyond the first [`NAMED`] are counted only: a file of thousands of bad lines has one each.
fn shortened(told: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (name, _) in &told {
        *counts.entry(name.clone()).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut kept = Vec::new();
    for (name, reason) in told {
        let before = seen.entry(name.clone()).or_default();
        *before += 1;
        if *before <= NAMED {
            kept.push((name, reason));
        } else if *before == counts[&name] {
            let more = counts[&name] - NAMED;
            kept.push((
                name,
                format!("{more} more of its lines, each for a reason of its own"),
            ));
        }
    }
    kept
}

/// Names with their reason, in the order of the names that come first. Where more than [`NAMED`] share a reason, they
/// stand together and so many are named.
fn by_reason(named: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut alike: Vec<(String, Vec<String>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (name, reason) in named {
        let place = *places.entry(reason).or_insert_with_key(|reason| {
            alike.push((reason.clone(), Vec::new()));
            alike.len() - 1
        });
        alike[place].1.push(name);
    }
    let mut told = Vec::new();
    for (reason, names) in alike {
        if names.len() > NAMED {
            let more = names.len() - NAMED;
            told.push((format!("{} and {more} more", names[..NAMED].join(", ")), reason));
        } else {
            told.extend(names.into_iter().map(|name| (name, reason.clone())));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &[(&str, &str)], expected: &[(&str, &str)]) {
        let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            let owned = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            owned.collect()
        };
        assert_eq!(by_reason(owned(named)), owned(expected));
    }

    #[test]
    fn many_reasons_of_one_input_are_counted() {
        let line = |n: u32| ("list.jsonl".to_owned(), format!("line {n}: no object"));
        let told: Vec<_> = (1..=9)
            .map(line)
            .chain([("b.txt".to_owned(), "empty".to_owned())])
            .collect();
        let short = shortened(told.clone());
        assert_eq!(short[..NAMED], told[..NAMED]);
        assert_eq!(
            short[NAMED..],
            [
                (
                    "list.jsonl".to_owned(),
                    "4 more of its lines, each for a reason of its own".to_owned()
                ),
                ("b.txt".to_owned(), "empty".to_owned())
            ]
        );
    }

    #[test]
    fn many_inputs_of_one_reason_are_told_in_one_line() {
        check(
            &[("a", "empty"), ("b", "torn"), ("c", "empty")],
            &[("a", "empty"), ("c", "empty"), ("b", "torn")],
        );
        let many: Vec<(&str, &str)> = ["a", "b", "c", "d", "e", "f", "g"]
            .map(|name| (name, "empty"))
            .into();
        check(&many, &[("a, b, c, d, e and 2 more", "empty")]);
        check(&[], &[]);
    }
}
