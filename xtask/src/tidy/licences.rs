//! Licences: our own files are there, every crate is under them, and every dependency is free enough.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Tree;

/// Licences that may be linked into a program under MIT OR Apache-2.0. Each must be named in `NOTICE` when it asks for it.
const FREE: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    "Unicode-3.0",
    "MIT-0",
    "Apache-2.0 WITH LLVM-exception",
    // data only: the list of certificate authorities
    "CDLA-Permissive-2.0",
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

pub fn check(tree: &Tree) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        if tree
            .text(Path::new(name))
            .is_ok_and(|text| text.trim().len() > 100)
        {
            continue;
        }
        problems.push(format!("{name} is missing or empty"));
    }
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(&tree.root)
        .output()
        .context("running cargo metadata")?;
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("reading cargo metadata")?;
    for package in metadata.packages {
        let licence = package.license.as_deref().unwrap_or("");
        let ours = package.source.is_none();
        if ours && licence != "MIT OR Apache-2.0" {
            problems.push(format!(
                "{}: our crates are under MIT OR Apache-2.0, not {licence:?}",
                package.name
            ));
        }
        if !ours && !is_free(licence) {
            problems.push(format!(
                "{} {}: licence {licence:?} is not on the list",
                package.name, package.version
            ));
        }
    }
    Ok(problems)
}

/// Whether some choice that a licence expression offers is free: every term of one `OR` branch is on the list.
fn is_free(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    expression
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|term| FREE.contains(&term.trim())))
}

#[cfg(test)]
mod tests {
    use super::is_free;

    #[test]
    fn expressions_are_read() {
        for (expression, free) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0 OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0", false),
            ("", false),
        ] {
            assert_eq!(is_free(expression), free, "{expression}");
        }
    }
}
