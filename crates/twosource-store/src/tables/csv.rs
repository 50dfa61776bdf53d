//! Lines of comma-separated values (RFC 4180), and of tab-separated ones.

use super::sheet::Cell;

/// One line, with its end. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn csv_line(row: &[Cell]) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|cell| quoted(&plain(cell), matches!(cell, Cell::Text(_))))
        .collect();
    cells.join(",") + "\r\n"
}

/// One line, with its end; tabs and line ends inside a cell become blanks.
pub fn tsv_line(row: &[Cell]) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|cell| plain(cell).replace(['\t', '\n', '\r'], " "))
        .collect();
    cells.join("\t") + "\n"
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
    }
}

fn quoted(text: &str, is_text: bool) -> String {
    let formula = is_text && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !text.contains(['"', ',', '\n', '\r']) {
        return text.to_owned();
    }
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = [
            Cell::Text("a, \"b\"".to_owned()),
            Cell::Text("=1+1".to_owned()),
            Cell::Integer(-3),
            Cell::Empty,
            Cell::Real(1.5),
        ];
        assert_eq!(csv_line(&row), "\"a, \"\"b\"\"\",\"'=1+1\",-3,,1.5\r\n");
        assert_eq!(
            tsv_line(&[Cell::Text("a\tb\nc".to_owned()), Cell::Integer(1)]),
            "a b c\t1\n"
        );
    }
}
