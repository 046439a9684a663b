//! What foreign files claim, before it is matched with the facts.

use std::{collections::BTreeMap, rc::Rc};

use super::table::Tables;
use crate::{
    kb::{Day, Gender},
    mention::{Code, TitleQuality},
};

/// Where a claim stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: Rc<str>,
    pub(super) line: usize,
}

/// Everything that was read, from all files.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Humans by Wikidata id, or by name where there is no id.
    pub(super) persons: BTreeMap<String, DraftPerson>,
    /// Offices by Wikidata id.
    pub(super) positions: BTreeMap<String, DraftPosition>,
    /// States by Wikidata id: their ISO code, or `None` for items that are surely none.
    pub(super) states: BTreeMap<String, Option<Code>>,
    /// Labels of other items: organisations, countries.
    pub(super) labels: BTreeMap<String, String>,
    /// Who held what, in the order of the files.
    pub(super) tenures: Vec<DraftTenure>,
    /// Posts that claims name by key, with their cells; only those that come to be held become rows.
    pub(super) posts: BTreeMap<String, [String; 8]>,
    /// Rows that need no more matching.
    pub(super) rows: Tables,
}

/// A human.
#[derive(Clone, Debug, Default)]
pub(super) struct DraftPerson {
    pub(super) wikidata: String,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) native: Vec<String>,
    pub(super) gender: Option<Gender>,
    pub(super) born: Option<Day>,
    pub(super) died: Option<Day>,
    /// Wikidata ids of the states that they are citizens of.
    pub(super) citizen_of: Vec<String>,
    pub(super) source: &'static str,
    pub(super) at: Option<Place>,
}

impl DraftPerson {
    /// Adds what another file says of the same human; what is known already stays.
    pub(super) fn merge_from(&mut self, other: DraftPerson) {
        if self.at.is_none() {
            *self = other;
            return;
        }
        if self.name.is_empty() {
            self.name = other.name;
        } else if !other.name.is_empty() && other.name != self.name && !self.aliases.contains(&other.name) {
            self.aliases.push(other.name);
        }
        for (mine, theirs) in
            [(&mut self.aliases, other.aliases), (&mut self.native, other.native), (&mut self.citizen_of, other.citizen_of)]
        {
            for item in theirs {
                if !mine.contains(&item) {
                    mine.push(item);
                }
            }
        }
        if self.wikidata.is_empty() {
            self.wikidata = other.wikidata;
        }
        self.gender = self.gender.or(other.gender);
        self.born = self.born.or(other.born);
        self.died = self.died.or(other.died);
    }
}

/// An office.
#[derive(Clone, Debug, Default)]
pub(super) struct DraftPosition {
    /// "President of South Korea".
    pub(super) label: String,
    /// Wikidata ids of its jurisdiction and country, the better first.
    pub(super) of: Vec<String>,
}

/// Which office a tenure is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DraftPost {
    /// A position by Wikidata id, with the label and the state that the file gives beside it.
    Position { id: String, label: String, of: String },
    /// Head of a state, or of its government, by the Wikidata id of the state.
    Head { of: String, government: bool },
    /// A post by its key.
    Key(String),
}

/// That someone held an office for a time.
#[derive(Clone, Debug)]
pub(super) struct DraftTenure {
    /// Key into [`Draft::persons`], or a Wikidata id.
    pub(super) person: String,
    pub(super) post: DraftPost,
    pub(super) start: Option<Day>,
    pub(super) end: End,
    pub(super) quality: TitleQuality,
    pub(super) source: &'static str,
    pub(super) note: String,
    pub(super) at: Place,
}

/// What a file says of the end of a tenure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing, or that it is over without saying when.
    Unknown,
    /// That it lasts.
    Open,
    /// A date.
    Day(Day),
}
