//! Data files say where they come from.

use anyhow::Result;

use super::Tree;

/// What the leading `#` lines of a data file must name.
const ASKED: [&str; 3] = ["origin:", "licence:", "date:"];

pub fn check(tree: &Tree) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let in_data = |file: &&std::path::PathBuf| file.iter().any(|part| part == "data");
    for file in tree
        .ending_in(&["tsv", "csv", "txt"])
        .filter(|f| f.starts_with("crates"))
        .filter(in_data)
    {
        let text = tree.text(file)?;
        let header: String = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n");
        let header = header.to_lowercase();
        for asked in ASKED.iter().filter(|asked| !header.contains(*asked)) {
            problems.push(format!("{}: the header lacks `# {asked}`", file.display()));
        }
    }
    Ok(problems)
}
