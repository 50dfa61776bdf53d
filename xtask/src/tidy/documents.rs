//! Paths that documents name must be there.

use std::path::Path;

use anyhow::Result;

use super::Tree;

pub fn check(tree: &Tree) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        for path in paths(&tree.text(Path::new(name))?) {
            if !tree.root.join(&path).exists() {
                problems.push(format!("{name}: names `{path}`, which is not there"));
            }
        }
    }
    Ok(problems)
}

/// What stands in backticks or as a link target and looks like a path of the repository.
fn paths(document: &str) -> Vec<String> {
    const TOPS: [&str; 8] = [
        "crates/",
        "docs/",
        "eval/",
        "train/",
        "xtask/",
        "examples/",
        ".ci/",
        "fuzz/",
    ];
    let in_code = document.split('`').skip(1).step_by(2);
    let linked = document
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next());
    let mut paths: Vec<String> = in_code
        .chain(linked)
        .map(|path| path.trim_start_matches("./"))
        .filter(|path| {
            TOPS.iter().any(|top| path.starts_with(top)) && !path.contains([' ', '*', '{', '<', '…'])
        })
        .map(|path| path.trim_end_matches('/').to_owned())
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_told_from_other_code() {
        let found =
            super::paths("see `crates/a/src`, `cargo run`, [guide](docs/guide.md#x), `crates/*/data`");
        assert_eq!(found, ["crates/a/src", "docs/guide.md"]);
    }
}
