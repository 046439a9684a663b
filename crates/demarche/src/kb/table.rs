//! Tab-separated tables as people keep them: a header that names the columns, `#` comments, `|` between alternatives.

use std::fmt;

/// A table that could not be read: which file, which line, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The table, as its caller named it.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for TableError {}

/// Calls `take` with each row of a table, its cells in the order of `columns`.
///
/// Columns that the table has beside these are ignored, so that tables can carry notes; a column that the table lacks
/// gives empty cells when its name ends in `?`, else it is an error.
pub(crate) fn each_row<'a, const N: usize>(
    file: &str,
    text: &'a str,
    columns: [&str; N],
    mut take: impl FnMut(&Row<'a, N>) -> Result<(), String>,
) -> Result<(), TableError> {
    let error = |line: usize, message: String| TableError { file: file.to_owned(), line: line + 1, message };
    let mut positions: Option<([usize; N], usize)> = None;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((positions, width)) = positions else {
            let header: Vec<&str> = line.split('\t').collect();
            let mut found = [usize::MAX; N];
            for (slot, column) in found.iter_mut().zip(columns) {
                let name = column.trim_end_matches('?');
                match header.iter().position(|h| *h == name) {
                    Some(position) => *slot = position,
                    None if column.ends_with('?') => {}
                    None => return Err(error(number, format!("there is no column \"{name}\""))),
                }
            }
            positions = Some((found, header.len()));
            continue;
        };
        let mut cells = [""; N];
        let mut count = 0;
        for (position, cell) in line.split('\t').enumerate() {
            count += 1;
            for (slot, wanted) in cells.iter_mut().zip(positions) {
                if wanted == position {
                    *slot = cell.trim();
                }
            }
        }
        if count > width {
            return Err(error(number, format!("{count} cells where the header has {width}")));
        }
        take(&Row { cells }).map_err(|message| error(number, message))?;
    }
    Ok(())
}

/// One row, its cells in the order that the caller asked for.
pub(crate) struct Row<'a, const N: usize> {
    pub(crate) cells: [&'a str; N],
}

impl<'a, const N: usize> Row<'a, N> {
    /// The cells.
    pub(crate) fn cells(&self) -> [&'a str; N] {
        self.cells
    }
}

/// The alternatives in a cell: "a|b" is *a* and *b*, an empty cell none.
pub(crate) fn alternatives(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut rows = Vec::new();
        each_row("t.tsv", text, ["b", "a", "c?"], |row| {
            let [b, a, c] = row.cells();
            if a == "bad" {
                return Err("a is bad".into());
            }
            rows.push(format!("{b}/{a}/{c}"));
            Ok(())
        })
        .map_err(|e| e.to_string())?;
        Ok(rows)
    }

    #[test]
    fn columns_are_found_by_name() {
        assert_eq!(read("# note\na\tx\tb\n1\t2\t3\n\n4\t5\t6\n"), Ok(vec!["3/1/".into(), "6/4/".into()]));
    }

    #[test]
    fn errors_name_file_and_line() {
        assert_eq!(read("a\n1\n"), Err("t.tsv:1: there is no column \"b\"".into()));
        assert_eq!(read("a\tb\nx\ty\nbad\ty\n"), Err("t.tsv:3: a is bad".into()));
        assert_eq!(read("a\tb\nx\ty\tz\n"), Err("t.tsv:2: 3 cells where the header has 2".into()));
    }
}
