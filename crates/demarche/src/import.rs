//! Foreign files → rows of a user's own tables.
//!
//! An [`Importer`] reads any number of files – Wikidata entities ([`Importer::wikidata`]), SPARQL results
//! ([`Importer::sparql`]), PETRARCH dictionaries ([`Importer::petrarch`]) – and notes what they claim. [`Importer::finish`]
//! matches the claims with the knowledge base: a person or post that it knows keeps its key, what it knows already is
//! counted and dropped, the rest becomes rows. [`Tables::merge`] lays the rows into the text of a table that a user has,
//! without touching what stands there.
//!
//! Bad input never stops an import: a line that cannot be read is a [`Problem`] with its file and line, and what is
//! left out by rule (a mayor's office, a position without a name) is counted by [`Reason`].

mod cameo;
mod date;
mod draft;
mod input;
mod people;
mod petrarch;
mod phrase;
mod places;
mod settle;
mod sparql;
mod table;
mod wikidata;

use std::{collections::BTreeMap, fmt, io::BufRead};

use crate::kb::KnowledgeBase;

pub use sparql::{Field, Mapping, MappingError};
pub use table::{Merged, Table, Tables};

use draft::Draft;

/// What a foreign file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Wikidata entities: a dump, a reply of the API, or one entity.
    Wikidata,
    /// Results of a SPARQL query as JSON.
    Sparql,
    /// A PETRARCH dictionary of actors or agents.
    Petrarch,
}

impl Source {
    /// Tells by the first bytes what a file is; `None` when it is none of these.
    pub fn detect(start: &[u8]) -> Option<Source> {
        input::detect(start)
    }
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the caller named it.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Why something readable gave no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The knowledge base says the same.
    Known,
    /// The facts date the same tenure otherwise.
    Differs,
    /// An item that is no human, state or position.
    NotAnActor,
    /// A human in a dump who held no position.
    NoPosition,
    /// A person whose name neither the file nor the knowledge base tells.
    UnnamedPerson,
    /// A position whose name neither the file nor the knowledge base tells.
    UnnamedPosition,
    /// A position of no state or organisation that is known.
    NoState,
    /// A head of something that is no state: a city, a province.
    NotAState,
    /// The value itself is given as unknown or as none.
    UnknownValue,
    /// Ends before it begins, or lies before the year 1.
    BadDates,
    /// A row of results without person or position.
    EmptyRow,
    /// A code that no table explains.
    UnknownCode,
    /// A region of the world, or an actor of no known country.
    VagueActor,
    /// Two persons of one name that the file does not tell apart.
    Ambiguous,
}

impl Reason {
    /// What is said of it, after a count.
    pub fn text(self) -> &'static str {
        match self {
            Reason::Known => "known already",
            Reason::Differs => "tenures that the facts date otherwise (--replace takes them)",
            Reason::NotAnActor => "items that are no human, state or position",
            Reason::NoPosition => "humans without a position held",
            Reason::UnnamedPerson => "tenures of persons whose name no file tells (import their entities too)",
            Reason::UnnamedPosition => "tenures of positions whose name no file tells (import their entities too)",
            Reason::NoState => "positions whose state is not known",
            Reason::NotAState => "heads of places that are no states",
            Reason::UnknownValue => "statements whose value is unknown or none",
            Reason::BadDates => "tenures with impossible dates",
            Reason::EmptyRow => "rows without person or position",
            Reason::UnknownCode => "entries whose code no table explains",
            Reason::VagueActor => "entries of a region or of no known country",
            Reason::Ambiguous => "persons whose name several known persons have",
        }
    }
}

/// How often something was left out, and the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How often.
    pub count: usize,
    /// The first one: what it is, with file and line.
    pub first: Problem,
}

/// What came of an import.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The rows.
    pub tables: Tables,
    /// Lines that could not be read, in the order of the files.
    pub problems: Vec<Problem>,
    /// What gave no row, by reason.
    pub left_out: BTreeMap<Reason, LeftOut>,
}

/// Reads foreign files and turns what they claim into rows.
pub struct Importer<'k> {
    kb: &'k KnowledgeBase,
    draft: Draft,
    problems: Vec<Problem>,
    left_out: BTreeMap<Reason, LeftOut>,
    known: Tables,
    all_persons: bool,
    replace: bool,
}

impl<'k> Importer<'k> {
    /// An importer that matches with these facts.
    pub fn new(kb: &'k KnowledgeBase) -> Importer<'k> {
        Importer {
            kb,
            draft: Draft::default(),
            problems: Vec::new(),
            left_out: BTreeMap::new(),
            known: Tables::default(),
            all_persons: false,
            replace: false,
        }
    }

    /// Whether the humans of a dump who never held a position become persons too.
    pub fn all_persons(mut self, all: bool) -> Importer<'k> {
        self.all_persons = all;
        self
    }

    /// Whether tenures that the facts date otherwise become rows, which then count before the facts.
    pub fn replace(mut self, replace: bool) -> Importer<'k> {
        self.replace = replace;
        self
    }

    /// Notes a table that the user has ("persons.tsv" and its text), so that its persons and posts keep their keys.
    pub fn known_table(&mut self, name: &str, text: &str) {
        self.known.read(name, text);
    }

    /// Reads Wikidata entities: a dump with an entity a line, a reply of the API, or one entity.
    ///
    /// # Errors
    /// Only when the reader fails. What is wrong with the content is a [`Problem`].
    pub fn wikidata(&mut self, file: &str, reader: impl BufRead) -> std::io::Result<()> {
        wikidata::read(self, file, reader)
    }

    /// Reads results of a SPARQL query: the standard JSON, or the flat list that the query service also offers.
    pub fn sparql(&mut self, file: &str, bytes: &[u8], mapping: &Mapping) {
        sparql::read(self, file, bytes, mapping);
    }

    /// Reads a PETRARCH dictionary of actors or agents.
    pub fn petrarch(&mut self, file: &str, bytes: &[u8]) {
        petrarch::read(self, file, bytes);
    }

    /// Matches everything read with the facts.
    pub fn finish(self) -> Import {
        settle::settle(self)
    }

    fn problem(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.problems.push(Problem { file: file.to_owned(), line, message: message.into() });
    }

    fn leave_out(&mut self, reason: Reason, at: &draft::Place, what: &str) {
        let entry = self
            .left_out
            .entry(reason)
            .or_insert_with(|| LeftOut { count: 0, first: Problem { file: at.file.to_string(), line: at.line, message: what.to_owned() } });
        entry.count += 1;
    }
}
