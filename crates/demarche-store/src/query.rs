//! What may be asked of a store: which time's record, and which part of it.
//!
//! A [`View`] says as of when; a [`Filter`] says what of it. Both become conditions of SQL ([`sql`]), the same for events,
//! documents, searches and chronologies. What is listed is always in an order that comes of its content: the newest first,
//! then by the documents' hashes, so that two stores with the same documents show the same.

pub(crate) mod sql;

use demarche::{event::Act, event::Status};
use jiff::{Timestamp, civil::Date};

use crate::error::{Error, Result};

/// As of when. Both clocks may be asked at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Only what had been published by the end of that day; undated documents are left out.
    pub published_by: Option<Date>,
    /// What the store held at that time: its documents, and the readings that it had of them then.
    pub known_at: Option<Timestamp>,
}

/// Which part of the record. Everything that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who must have a part in the event: as doers, as those it is done to, or as those who speak of it.
    pub who: Vec<Who>,
    /// Of which acts.
    pub acts: Vec<&'static str>,
    /// With which statuses.
    pub statuses: Vec<&'static str>,
    /// Not before that day.
    pub since: Option<Date>,
    /// Not after that day.
    pub until: Option<Date>,
    /// Words of the publisher's name.
    pub publisher: Option<String>,
    /// How many at most.
    pub limit: Option<usize>,
}

/// Somebody, as the user names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A state or an organisation by its code, and all who belong to it.
    Code(String),
    /// Anybody whose name has these words.
    Name(String),
}

impl Who {
    /// "KOR" is a code; "Takaichi" and "kor" are names.
    pub fn parse(text: &str) -> Who {
        let text = text.trim();
        let code = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if code { Who::Code(text.to_owned()) } else { Who::Name(text.to_owned()) }
    }
}

impl Filter {
    /// Whether it asks anything of events, so that documents without a fitting event are left out.
    pub fn asks_of_events(&self) -> bool {
        !(self.who.is_empty() && self.acts.is_empty() && self.statuses.is_empty())
    }
}

/// The act of that name, in any case.
///
/// # Errors
/// When there is none; the error lists them.
pub fn act(name: &str) -> Result<&'static str> {
    let upper = name.to_uppercase();
    Act::ALL.iter().map(|act| act.name()).find(|known| *known == upper).ok_or_else(|| {
        let names: Vec<&str> = Act::ALL.iter().map(|act| act.name()).collect();
        Error::question(format!("`{name}` is no type of act; the types are {}", names.join(", ")))
    })
}

/// The statuses of that name. Beside the statuses themselves there are `done` and `planned` for several at once.
///
/// # Errors
/// When there is none; the error lists them.
pub fn statuses(name: &str) -> Result<Vec<&'static str>> {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    match name.as_str() {
        "done" => return Ok(vec!["happened", "under_way"]),
        "planned" => return Ok(vec!["scheduled", "agreed", "promised", "expected"]),
        "rejected" => return Ok(vec!["rejected"]),
        _ => {}
    }
    let found = Status::ALL.iter().map(|status| status.name()).find(|known| *known == name);
    found.map(|name| vec![name]).ok_or_else(|| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        Error::question(format!("`{name}` is no status; the statuses are {}, and done, planned for several", names.join(", ")))
    })
}
