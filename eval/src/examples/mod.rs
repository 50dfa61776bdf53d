//! Runs the main job on the repository's examples and checks each thing that has to come out of them.
//!
//! A check has a name such as `ferry-fire/numbers/people killed`. What is known to be missed stands in
//! `eval/examples-missed.txt`; anything else that fails is an error.

mod checks;
mod expected;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use twosource_intake::{Documents, Limits, list_files};

/// One thing that was checked.
pub struct Check {
    /// Folder, kind, and what.
    pub name: String,
    /// What was found instead, when it does not hold.
    pub fault: Option<String>,
}

/// Runs all checks, prints one line for each, and fails when one fails that is not known to.
pub fn run(repository: &Path) -> Result<()> {
    let known = known(repository)?;
    let checks = all(repository)?;
    let mut out = std::io::stdout().lock();
    let mut unknown = 0;
    for Check { name, fault } in &checks {
        match (fault, known.contains(name)) {
            (None, false) => writeln!(out, "holds   {name}")?,
            (None, true) => writeln!(out, "holds   {name} (take it off the list of what is missed)")?,
            (Some(fault), true) => writeln!(out, "missed  {name}: {fault}")?,
            (Some(fault), false) => {
                unknown += 1;
                writeln!(out, "FAILS   {name}: {fault}")?;
            }
        }
    }
    let held = checks.iter().filter(|check| check.fault.is_none()).count();
    writeln!(out, "{held} of {} checks hold", checks.len())?;
    if unknown > 0 {
        bail!("{unknown} checks fail that are not in eval/examples-missed.txt");
    }
    Ok(())
}

/// The checks of all example folders, in the order of their names.
pub fn all(repository: &Path) -> Result<Vec<Check>> {
    let root = repository.join("examples");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&root)
        .with_context(|| format!("cannot read {}", root.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    folders.sort();
    let mut checks = Vec::new();
    for folder in folders {
        checks.extend(folder_checks(&folder)?);
    }
    Ok(checks)
}

fn folder_checks(folder: &Path) -> Result<Vec<Check>> {
    let path = folder.join("expected.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let expected: expected::Expected =
        serde_json::from_str(&text).with_context(|| format!("{} is not in form", path.display()))?;
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let documents = Documents::new(list_files(&[folder.to_owned()]), Limits::default());
    let mut read = Vec::new();
    for document in documents {
        read.push(document.map_err(|error| anyhow::anyhow!("{name}: {error}"))?);
    }
    let files = read
        .iter()
        .map(|document| (document.digest(), document.id.to_string()))
        .collect();
    let settings = twosource_pipeline::Settings::default();
    let comparison = twosource_pipeline::compare(read.into_iter().map(Ok), &settings, |_| ());
    Ok(checks::Told::new(&name, &comparison, files).check(&expected))
}

/// Names of the checks that are known to fail.
fn known(repository: &Path) -> Result<BTreeSet<String>> {
    let path = repository.join("eval/examples-missed.txt");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_fails_that_is_not_known_to() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let known = known(&repository).expect("the list of what is missed");
        let failed: Vec<String> = all(&repository)
            .expect("the examples")
            .into_iter()
            .filter(|check| !known.contains(&check.name))
            .filter_map(|check| Some(format!("{}: {}", check.name, check.fault?)))
            .collect();
        assert_eq!(failed, Vec::<String>::new());
    }
}
