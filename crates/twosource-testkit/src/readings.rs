//! Stories that were read by eye: which of their articles tell of one event. Trainers learn from them, scorers count by them.

use std::io;
use std::path::Path;

/// One story as it was read.
pub struct ReadStory {
    /// Its articles, each group of one event.
    groups: Vec<Vec<String>>,
}

impl ReadStory {
    /// Its pairs of articles, and whether both are of one event.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let all: Vec<(usize, &str)> = (self.groups.iter().enumerate())
            .flat_map(|(at, group)| group.iter().map(move |id| (at, id.as_str())))
            .collect();
        let pairs = (0..all.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        pairs.map(move |(a, b)| (all[a].1, all[b].1, all[a].0 == all[b].0))
    }
}

/// Reads the table at `path`: story, verdict, foreign articles (parted by blanks, those of one other event joined by `+`), articles.
/// Stories with a `*` are left out: nobody wrote down which of their articles belong together.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<ReadStory>> {
    let text = std::fs::read_to_string(path)?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.map(|line| line.split('\t').collect::<Vec<&str>>());
    let story = |row: Vec<&str>| {
        let [_, _, foreign, articles] = row[..] else {
            return None;
        };
        let mut groups: Vec<Vec<String>> = foreign
            .split(' ')
            .filter(|f| *f != "-")
            .map(|group| group.split('+').map(str::to_owned).collect())
            .collect();
        let own = articles.split(' ').map(str::to_owned);
        groups.push(own.filter(|id| !groups.iter().any(|g| g.contains(id))).collect());
        Some(ReadStory { groups })
    };
    Ok(rows
        .filter(|row| row.get(2) != Some(&"*"))
        .filter_map(story)
        .collect())
}
