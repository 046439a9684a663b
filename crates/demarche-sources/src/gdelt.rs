//! Tables of GDELT → *foreign events*: what another program says happened, kept apart from what Demarche reads.
//!
//! [`events`] reads the event table (2.0 with 61 columns, 1.0 with 57 or 58), [`mentions`] the table of articles that
//! speak of each event. Both come tab-separated and without a header, one file in a ZIP; some copies have commas and a
//! header, by which the columns are then found. Columns are checked: a row whose identity, day or code cannot be read
//! is an error; anything else that cannot be is left unknown and said in `doubts`.
//!
//! [`plover`] maps the event's CAMEO code to PLOVER by the table `data/cameo_plover.tsv`.

mod table;
mod event;
mod mention;

use std::{collections::BTreeMap, io::Read, sync::OnceLock};

pub use event::{Events, ForeignActor, ForeignEvent, ForeignPlace};
pub use mention::{ForeignMention, Mentions};
use table::Table;

use crate::{Limits, SourceError};

/// The rows of an event table.
///
/// # Errors
/// If the file cannot be read, or its columns are not those of an event table.
pub fn events(bytes: Box<dyn Read + Send>, name: &str, limits: &Limits) -> Result<Events, SourceError> {
    Table::open(bytes, name, limits, &[event::COLUMNS_2, event::COLUMNS_1, &event::COLUMNS_1[..57]]).map(Events)
}

/// The rows of a table of mentions.
///
/// # Errors
/// If the file cannot be read, or its columns are not those of a table of mentions.
pub fn mentions(bytes: Box<dyn Read + Send>, name: &str, limits: &Limits) -> Result<Mentions, SourceError> {
    Table::open(bytes, name, limits, &[mention::COLUMNS]).map(Mentions)
}

/// The PLOVER type and mode of a CAMEO event code; `None` for what PLOVER drops, and for codes that CAMEO does not have.
///
/// ```
/// use demarche_sources::gdelt::plover;
///
/// assert_eq!(plover("0421"), Some(("CONSULT", Some("visit"))));
/// assert_eq!(plover("190"), Some(("ASSAULT", None)));
/// assert_eq!(plover("010"), None);
/// ```
pub fn plover(code: &str) -> Option<(&'static str, Option<&'static str>)> {
    static CODES: OnceLock<BTreeMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    let codes = CODES.get_or_init(|| {
        let rows = include_str!("../data/cameo_plover.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?, (cells.next()?, cells.next()?)))
        })
        .collect()
    });
    if !code.is_ascii() {
        return None;
    }
    let (kind, mode) = (2..=code.len()).rev().find_map(|length| codes.get(&code[..length]))?;
    (*kind != "-").then_some((*kind, (*mode != "-").then_some(*mode)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_of_the_table_is_of_plover() {
        let types = include_str!("../../demarche/data/events/types.tsv");
        let known = |kind: &str, mode: &str| types.lines().any(|line| line.starts_with(&format!("{kind}\t{mode}\t")));
        for row in include_str!("../data/cameo_plover.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 4, "{row}");
            assert!(cells[1] == "-" && cells[2] == "-" || known(cells[1], cells[2]), "{row}");
        }
    }
}
