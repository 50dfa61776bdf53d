//! What must not be left in the tree: unfinished code, files of more than one concept, paths of somebody's machine.

use anyhow::Result;

use super::Tree;

/// Lines of code (comments and tests included) above which a file is surely more than one concept.
const MOST_LINES: usize = 900;

pub fn check(tree: &Tree) -> Result<Vec<String>> {
    // put together here so that this file does not find itself
    let unfinished = [
        ["to", "do!("].concat(),
        ["unimple", "mented!("].concat(),
        ["#[ig", "nore]"].concat(),
    ];
    let machine = [
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
        ["/wo", "rk/"].concat(),
    ];
    let mut problems = Vec::new();
    for file in tree.ending_in(&["rs"]) {
        let text = tree.text(file)?;
        for word in unfinished.iter().filter(|word| text.contains(word.as_str())) {
            problems.push(format!("{}: holds {word}", file.display()));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            problems.push(format!(
                "{}: {lines} lines, is it still one concept?",
                file.display()
            ));
        }
    }
    for file in tree.ending_in(&["rs", "toml", "md", "py", "json", "tsv", "html"]) {
        let text = tree.text(file)?;
        for path in machine.iter().filter(|path| text.contains(path.as_str())) {
            problems.push(format!(
                "{}: names {path}, a path of somebody's machine",
                file.display()
            ));
        }
    }
    Ok(problems)
}
