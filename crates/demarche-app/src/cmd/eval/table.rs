//! Delimited tables with a header line, read by column name.

use anyhow::{Context, bail};

/// Rows of a table as maps from column to cell.
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Parses tab-separated text (cells as they stand) or comma-separated text (with quotes), told by the header line.
    pub(super) fn parse(text: &str) -> anyhow::Result<Table> {
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().find(|line| !line.trim().is_empty()).context("the table is empty")?;
        let mut rows: Vec<Vec<String>> = if header.contains('\t') {
            text.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
        } else {
            comma_separated(text)
        };
        if rows.is_empty() {
            bail!("the table is empty");
        }
        let columns = rows.remove(0);
        Ok(Table { columns, rows })
    }

    /// The position of the first of `names` that is a column, compared without regard to case.
    pub(super) fn column(&self, names: &[&str]) -> anyhow::Result<usize> {
        names
            .iter()
            .find_map(|name| self.columns.iter().position(|c| c.trim().eq_ignore_ascii_case(name)))
            .with_context(|| format!("the table has no column {}; it has: {}", names.join(" or "), self.columns.join(", ")))
    }

    /// The rows; a cell that a row lacks is empty.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { cells })
    }
}

/// One row.
pub(super) struct Row<'t> {
    cells: &'t [String],
}

impl Row<'_> {
    /// The cell in a column.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

fn comma_separated(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn both_kinds_of_table_are_read_by_column_name() {
        let commas = Table::parse("Year,Name\r\n2022,\"Kishida, \"\"Fumio\"\"\"\n").expect("well-formed");
        let name = commas.column(&["person", "name"]).expect("there is a name column");
        assert_eq!(commas.rows().map(|r| r.cell(name).to_owned()).collect::<Vec<_>>(), ["Kishida, \"Fumio\""]);
        let tabs = Table::parse("a\tb\n1\t\"x\n").expect("well-formed");
        assert_eq!(tabs.rows().map(|r| r.cell(1).to_owned()).collect::<Vec<_>>(), ["\"x"]);
        assert!(tabs.column(&["c"]).is_err());
    }
}
