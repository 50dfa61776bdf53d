//! Reads the tab-separated tables of `data/`: lines that start with `#` say where a table is from, the next names the columns.

/// The rows of a table, each as its columns. A row that is too short gives empty columns.
pub(in crate::names) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| {
            let mut columns = line.split('\t');
            std::array::from_fn(|_| columns.next().unwrap_or_default())
        })
}

/// The parts of a column that holds a list.
pub(super) fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|part| !part.is_empty())
}

/// A number of a table, if the column holds one.
pub(super) fn number<T: std::str::FromStr>(column: &str) -> Option<T> {
    column.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_column_names_are_skipped() {
        let table = "# origin: x\na\tb\n1\t2\n3\n";
        let read: Vec<[&str; 2]> = rows(table).collect();
        assert_eq!(read, [["1", "2"], ["3", ""]]);
    }
}
