//! Who imports whom: the manifests against the table in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use super::Tree;

/// Head of the table's first row.
const TABLE_HEAD: &str = "| crate | may import";

pub fn check(tree: &Tree) -> Result<Vec<String>> {
    let allowed = table(&tree.text(Path::new("ARCHITECTURE.md"))?)?;
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for manifest in tree
        .files
        .iter()
        .filter(|f| f.starts_with("crates") && f.ends_with("Cargo.toml"))
    {
        let folder = manifest
            .parent()
            .and_then(Path::file_name)
            .context("a crate lies in a folder")?;
        let name = folder.to_string_lossy().into_owned();
        let text = tree.text(manifest)?;
        if !text.contains(&format!("name = \"{name}\"")) {
            problems.push(format!(
                "{}: the folder does not have the name of its crate",
                manifest.display()
            ));
        }
        let Some(may) = allowed.get(&name) else {
            problems.push(format!("ARCHITECTURE.md: the import table has no row for {name}"));
            continue;
        };
        for import in imports(&text) {
            if !may.contains(&import) {
                problems.push(format!("{}: {name} may not import {import}", manifest.display()));
            }
        }
        seen.insert(name);
    }
    for name in allowed.keys().filter(|name| !seen.contains(*name)) {
        problems.push(format!(
            "ARCHITECTURE.md: the import table names {name}, which is not there"
        ));
    }
    Ok(problems)
}

/// Our crates that a manifest's `[dependencies]` name; tests may import more.
fn imports(manifest: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| name.starts_with("twosource"))
        .map(str::to_owned)
        .collect()
}

/// The rows of the table: full crate name to the full names it may import.
fn table(document: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let full = |short: &str| {
        let short = short.trim().trim_matches('`');
        if short == "twosource" {
            short.to_owned()
        } else {
            format!("twosource-{short}")
        }
    };
    let rows = document
        .split_once(TABLE_HEAD)
        .context("ARCHITECTURE.md has no import table")?
        .1;
    let rows: Vec<Vec<&str>> = rows
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').collect())
        .collect();
    let names: Vec<String> = rows
        .iter()
        .filter_map(|row| row.first())
        .flat_map(|cell| cell.split(','))
        .map(full)
        .collect();
    let mut table = BTreeMap::new();
    for row in &rows {
        let (Some(crates), Some(may)) = (row.first(), row.get(1)) else {
            continue;
        };
        let may: BTreeSet<String> = match may.trim() {
            "nothing" => BTreeSet::new(),
            "any of these" => names.iter().cloned().collect(),
            list => list.split(',').map(full).collect(),
        };
        for name in crates.split(',') {
            table.insert(full(name), may.clone());
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_manifests_are_read() {
        let table = table(
            "x\n| crate | may import | why |\n|---|---|---|\n| model | nothing | a |\n| a, b | model | c |\n",
        )
        .unwrap();
        assert_eq!(table.len(), 3);
        assert!(table["twosource-b"].contains("twosource-model"));
        let manifest = "[dependencies]\nserde.workspace = true\ntwosource-x.workspace = true\n[dev-dependencies]\ntwosource-y.workspace = true\n";
        assert_eq!(imports(manifest), ["twosource-x"]);
    }
}
