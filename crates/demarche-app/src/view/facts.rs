//! Persons, posts and coverage as aligned lines.

use std::io::{self, Write};

use demarche::{
    kb::{Day, KnowledgeBase, Tenure},
    mention::TitleQuality,
};

use super::Styles;

/// Rows of cells, written in columns that are as wide as their widest cell; the last column is as long as it is.
pub(crate) struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    pub(crate) fn new() -> Columns {
        Columns { rows: Vec::new() }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the rows after an indent; columns that are empty throughout are left out.
    pub(crate) fn write(&self, indent: &str, out: &mut impl Write) -> io::Result<()> {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count).map(|column| self.rows.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
        for row in &self.rows {
            let mut line = indent.to_owned();
            for (cell, wide) in row.iter().zip(&widths).filter(|(_, wide)| **wide > 0) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', wide + 2 - width(cell)));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// How many columns of a terminal a text takes: Chinese characters, kana and Hangul take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}') {
                2
            } else {
                1
            }
        })
        .sum()
}

/// "2025-06-04", or "?" where it is not known.
pub(crate) fn start(tenure: &Tenure) -> String {
    tenure.start.map_or_else(|| "?".to_owned(), |day| day.to_string())
}

/// "2025-04-04", nothing while it lasts, "?" where an end is not known.
pub(crate) fn end(tenure: &Tenure) -> String {
    match tenure.end {
        Some(day) => day.to_string(),
        None if &*tenure.end_basis == "unknown" => "?".to_owned(),
        None => String::new(),
    }
}

/// How the post is held, where that is not plain.
pub(crate) fn quality(tenure: &Tenure) -> &'static str {
    match tenure.quality {
        TitleQuality::Acting => "acting",
        TitleQuality::Elect => "elect",
        TitleQuality::Designate => "designate",
        TitleQuality::Former | TitleQuality::Deputy | TitleQuality::Holds => "",
    }
}

/// How the end is known, in words.
pub(crate) fn end_known(tenure: &Tenure) -> &'static str {
    match (&*tenure.end_basis, tenure.end) {
        ("stated", _) => "end stated",
        ("next_holder", _) => "until the next holder",
        ("removed", _) => "over by then",
        ("unknown", Some(_)) => "over by then at the latest",
        ("unknown", None) => "end not known",
        (_, None) => "in office as far as known",
        (_, Some(_)) => "",
    }
}

/// "day", "month" or "year".
pub(crate) fn precision(day: Day) -> &'static str {
    match day.to_string().len() {
        4 => "year",
        7 => "month",
        _ => "day",
    }
}

/// The state or organisation of a post, short: "KOR", "NATO".
pub(crate) fn body(kb: &KnowledgeBase, post: &demarche::kb::Post) -> String {
    match post.organization {
        Some(id) => kb.organization(id).key.to_uppercase(),
        None => post.of.as_str().to_owned(),
    }
}

/// "complete 1988-02-25 – 1998-02-24, 2003 – 2026-01-21", or that no range is.
pub(crate) fn coverage(spans: &[demarche::kb::Coverage]) -> String {
    if spans.is_empty() {
        return "not complete".to_owned();
    }
    let text = |day: Option<Day>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    let spans: Vec<String> = spans.iter().map(|span| format!("{} – {}", text(span.from), text(span.to))).collect();
    format!("complete {}", spans.join(", "))
}

/// A heading in bold.
pub(crate) fn heading(text: &str, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let head = styles.head;
    writeln!(out, "{head}{text}{head:#}")
}
