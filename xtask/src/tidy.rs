//! What no compiler checks: who imports whom, paths that documents name, licences, headers of data files, leftovers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

mod data_headers;
mod documents;
mod imports;
mod leftovers;
mod licences;

/// Runs every check; fails with the list of everything that is wrong.
pub fn run() -> Result<()> {
    let tree = Tree::read()?;
    let problems = problems(&tree)?;
    if !problems.is_empty() {
        bail!("not tidy:\n  {}", problems.join("\n  "));
    }
    eprintln!("tidy: {} files checked", tree.files.len());
    Ok(())
}

fn problems(tree: &Tree) -> Result<Vec<String>> {
    let mut problems = imports::check(tree)?;
    problems.extend(documents::check(tree)?);
    problems.extend(licences::check(tree)?);
    problems.extend(data_headers::check(tree)?);
    problems.extend(leftovers::check(tree)?);
    Ok(problems)
}

/// The files of the repository.
struct Tree {
    root: PathBuf,
    /// Relative to the root, sorted; what git tracks or would track.
    files: Vec<PathBuf>,
}

impl Tree {
    fn read() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in the root")?
            .to_owned();
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .context("running git ls-files")?;
        let mut files: Vec<PathBuf> = String::from_utf8(listed.stdout)?
            .lines()
            .map(PathBuf::from)
            .filter(|f| root.join(f).is_file())
            .collect();
        files.sort();
        Ok(Self { root, files })
    }

    fn text(&self, file: &Path) -> Result<String> {
        let bytes =
            std::fs::read(self.root.join(file)).with_context(|| format!("reading {}", file.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn ending_in<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = &'a PathBuf> {
        self.files.iter().filter(move |file| {
            file.extension()
                .is_some_and(|ending| endings.iter().any(|e| ending.eq_ignore_ascii_case(e)))
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        super::run().unwrap();
    }
}
