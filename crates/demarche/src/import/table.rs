//! Rows of a user's tables, and how they are laid into the text of the tables that the user has.

use std::collections::BTreeMap;

use super::date;
use crate::kb::TableError;

/// One table's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its file name: "persons.tsv".
    pub name: &'static str,
    /// Its columns, as the built-in table has them.
    pub columns: &'static [&'static str],
    /// How many of the first columns say which row it is.
    key: &'static [usize],
    rows: BTreeMap<Vec<String>, Vec<String>>,
}

/// Tables with rows, in the order in which the knowledge base reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables(Vec<Table>);

/// What came of laying rows into a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The table's text now; unchanged when nothing was added or replaced.
    pub text: String,
    /// Rows that were not there before.
    pub added: usize,
    /// Rows that were there, said something else, and were replaced.
    pub replaced: usize,
    /// Rows that were there, say something else, and were kept.
    pub kept: usize,
    /// Rows that were there already.
    pub same: usize,
}

const SPECS: &[(&str, &[&str], &[usize])] = &[
    ("state_names.tsv", &["iso3", "form", "use", "sector", "lang", "source"], &[0, 1]),
    ("organizations.tsv", &["id", "name", "forms", "kind", "code", "sector", "wikidata", "source"], &[0]),
    ("groups.tsv", &["id", "name", "forms", "code", "sector", "wikidata", "source"], &[0]),
    ("roles.tsv", &["role", "includes", "sector", "level", "source"], &[0]),
    ("agents.tsv", &["form", "plural", "sector", "note", "source"], &[0]),
    ("persons.tsv", &["id", "name", "family", "aliases", "native", "gender", "wikidata", "source"], &[0]),
    ("posts.tsv", &["id", "state", "role", "title", "spoken", "head", "sector", "source"], &[0]),
    ("tenures.tsv", &["post", "person", "start", "end", "quality", "end_basis", "source", "note"], &[0, 1, 2, 4]),
];

impl Default for Tables {
    fn default() -> Tables {
        Tables(SPECS.iter().map(|&(name, columns, key)| Table { name, columns, key, rows: BTreeMap::new() }).collect())
    }
}

impl Tables {
    /// Those that have rows.
    pub fn filled(&self) -> impl Iterator<Item = &Table> {
        self.0.iter().filter(|table| !table.rows.is_empty())
    }

    /// A table by its file name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|table| table.name == name)
    }

    /// The names of all tables that an import may write.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SPECS.iter().map(|spec| spec.0)
    }

    /// Adds a row, with its cells in the order of the columns; the first of a key stays. Says whether it is new.
    pub(super) fn add<const N: usize>(&mut self, name: &str, cells: [&str; N]) -> bool {
        let table = self
            .0
            .iter_mut()
            .find(|table| table.name == name)
            .expect("the name is one of SPECS, because it is a literal in this module tree");
        debug_assert_eq!(table.columns.len(), N);
        let row: Vec<String> = cells.iter().map(|cell| clean(cell)).collect();
        let key: Vec<String> = table.key.iter().map(|column| row[*column].clone()).collect();
        let new = !table.rows.contains_key(&key);
        if new {
            table.rows.insert(key, row);
        }
        new
    }

    /// Takes in the rows of a table that someone keeps, as far as it can be read.
    pub(super) fn read(&mut self, name: &str, text: &str) {
        let Some(table) = self.0.iter_mut().find(|table| table.name == name) else { return };
        let Ok(kept) = Kept::parse(table, text) else { return };
        for row in &kept.rows {
            let cells: Vec<String> = table.columns.iter().map(|column| kept.cell(row, column).to_owned()).collect();
            let key = table.key.iter().map(|column| cells[*column].clone()).collect();
            table.rows.insert(key, cells);
        }
    }
}

impl Table {
    /// Its rows, sorted by their keys.
    pub fn rows(&self) -> impl Iterator<Item = &[String]> {
        self.rows.values().map(Vec::as_slice)
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Lays the rows into a table's text, or into a new one. What stands there is kept, unless `replace` asks for the new row of
    /// a key. Comments move to the head, rows are sorted by their bytes, columns of the user's own stay.
    ///
    /// # Errors
    /// When the text is no table: it has rows and no header, or a header without the columns that say which row is which.
    pub fn merge(&self, existing: Option<&str>, replace: bool) -> Result<Merged, TableError> {
        let mut kept = Kept::parse(self, existing.unwrap_or_default())?;
        let mut merged = Merged::default();
        for row in self.rows.values() {
            kept.lay(self, row, replace, &mut merged);
        }
        merged.text = match existing {
            Some(text) if merged.added + merged.replaced == 0 => text.to_owned(),
            _ => kept.text(),
        };
        Ok(merged)
    }
}

/// A table as its keeper wrote it.
struct Kept {
    comments: Vec<String>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Where the rows of a first key cell are.
    index: BTreeMap<String, Vec<usize>>,
}

impl Kept {
    fn parse(table: &Table, text: &str) -> Result<Kept, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut kept = Kept { comments: Vec::new(), header: Vec::new(), rows: Vec::new(), index: BTreeMap::new() };
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') {
                kept.comments.push(line.to_owned());
            } else if line.trim().is_empty() {
            } else if kept.header.is_empty() {
                kept.header = line.split('\t').map(str::to_owned).collect();
                for column in table.key.iter().map(|column| table.columns[*column]) {
                    if column != "quality" && !kept.header.iter().any(|name| name == column) {
                        let message = format!("there is no column \"{column}\"");
                        return Err(TableError { file: table.name.to_owned(), line: number + 1, message });
                    }
                }
            } else {
                let mut row: Vec<String> = line.split('\t').map(str::to_owned).collect();
                row.resize(row.len().max(kept.header.len()), String::new());
                kept.push(table, row);
            }
        }
        if kept.header.is_empty() {
            kept.header = table.columns.iter().map(|&column| column.to_owned()).collect();
        }
        Ok(kept)
    }

    fn push(&mut self, table: &Table, row: Vec<String>) {
        let first = self.cell(&row, table.columns[table.key[0]]).to_owned();
        self.index.entry(first).or_default().push(self.rows.len());
        self.rows.push(row);
    }

    fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let position = self.header.iter().position(|name| name == column);
        position.and_then(|position| row.get(position)).map_or("", |cell| cell.trim())
    }

    fn lay(&mut self, table: &Table, row: &[String], replace: bool, merged: &mut Merged) {
        let found = self.index.get(&row[table.key[0]]).into_iter().flatten().copied().find(|&index| self.is_same(table, index, row));
        let Some(index) = found else {
            let row = self.arrange(table, row, None);
            self.push(table, row);
            merged.added += 1;
            return;
        };
        let equal = table.columns.iter().zip(row).all(|(column, cell)| self.cell(&self.rows[index], column) == cell);
        if equal {
            merged.same += 1;
        } else if replace {
            let old = self.rows[index].clone();
            self.rows[index] = self.arrange(table, row, Some(old));
            merged.replaced += 1;
        } else {
            merged.kept += 1;
        }
    }

    /// Whether a row of the table is the one that a new row would be. Tenures are the same when their dates may be.
    fn is_same(&self, table: &Table, index: usize, row: &[String]) -> bool {
        let plain = |cell: &str, column: &str| if column == "quality" && cell.is_empty() { "regular".to_owned() } else { cell.to_owned() };
        table.key.iter().all(|&position| {
            let column = table.columns[position];
            let mine = self.cell(&self.rows[index], column);
            match column {
                "start" => date::agree(mine, &row[position]) && date::agree(self.cell(&self.rows[index], "end"), &row[position + 1]),
                _ => plain(mine, column) == plain(&row[position], column),
            }
        })
    }

    /// A new row's cells in the order of the header, over those of an old row; the header grows where it lacks a column.
    fn arrange(&mut self, table: &Table, row: &[String], old: Option<Vec<String>>) -> Vec<String> {
        for (column, cell) in table.columns.iter().zip(row) {
            if !cell.is_empty() && !self.header.iter().any(|name| name == column) {
                self.header.push((*column).to_owned());
                for row in &mut self.rows {
                    row.push(String::new());
                }
            }
        }
        let mut cells = old.unwrap_or_default();
        cells.resize(self.header.len(), String::new());
        for (position, name) in self.header.iter().enumerate() {
            if let Some(column) = table.columns.iter().position(|column| column == name) {
                cells[position].clone_from(&row[column]);
            }
        }
        cells
    }

    fn text(&self) -> String {
        let mut rows: Vec<String> = self.rows.iter().map(|row| row.join("\t")).collect();
        rows.sort();
        let mut text = String::new();
        for line in self.comments.iter().chain([&self.header.join("\t")]).chain(&rows) {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

/// A cell without what would end it.
fn clean(cell: &str) -> String {
    let cell = cell.trim();
    if cell.contains(['\t', '\n', '\r']) { cell.split_whitespace().collect::<Vec<_>>().join(" ") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenures(rows: &[[&str; 8]]) -> Tables {
        let mut tables = Tables::default();
        for row in rows {
            tables.add("tenures.tsv", *row);
        }
        tables
    }

    fn check(rows: &[[&str; 8]], existing: Option<&str>, replace: bool, expected: &str) -> (usize, usize, usize, usize) {
        let tables = tenures(rows);
        let merged = tables.get("tenures.tsv").unwrap().merge(existing, replace).unwrap();
        assert_eq!(merged.text, expected);
        (merged.added, merged.replaced, merged.kept, merged.same)
    }

    const HEAD: &str = "post\tperson\tstart\tend\tquality\tend_basis\tsource\tnote\n";

    #[test]
    fn rows_make_a_sorted_table() {
        let rows = [["B.x", "p", "2001", "", "regular", "", "w", ""], ["A.x", "p", "2001", "", "regular", "", "w", "a\tb\n"]];
        let text = format!("{HEAD}A.x\tp\t2001\t\tregular\t\tw\ta b\nB.x\tp\t2001\t\tregular\t\tw\t\n");
        assert_eq!(check(&rows, None, false, &text), (2, 0, 0, 0));
        assert_eq!(check(&rows, Some(&text), false, &text), (0, 0, 0, 2));
    }

    #[test]
    fn what_stands_there_is_kept() {
        let mine = "# mine\nperson\tpost\tstart\tend\tcolour\np\tA.x\t2001\t2004\tred\n";
        let rows = [["A.x", "p", "2001-05-01", "2004-06", "regular", "stated", "w", ""]];
        assert_eq!(check(&rows, Some(mine), false, mine), (0, 0, 1, 0));
        let new =
            "# mine\nperson\tpost\tstart\tend\tcolour\tquality\tend_basis\tsource\np\tA.x\t2001-05-01\t2004-06\tred\tregular\tstated\tw\n";
        assert_eq!(check(&rows, Some(mine), true, new), (0, 1, 0, 0));
        let other = [["A.x", "p", "2011", "", "regular", "", "w", ""]];
        let both = "# mine\nperson\tpost\tstart\tend\tcolour\tquality\tsource\np\tA.x\t2001\t2004\tred\t\t\np\tA.x\t2011\t\t\tregular\tw\n";
        assert_eq!(check(&other, Some(mine), false, both), (1, 0, 0, 0));
    }

    #[test]
    fn a_text_that_is_no_table_is_refused() {
        let tables = tenures(&[["A.x", "p", "2001", "", "regular", "", "w", ""]]);
        let error = tables.get("tenures.tsv").unwrap().merge(Some("hello\n"), false).unwrap_err();
        assert_eq!(error.to_string(), "tenures.tsv:1: there is no column \"post\"");
    }
}
