//! PETRARCH dictionaries → rows and claims.
//!
//! Actors: a phrase, `+` synonyms, and codes, of which some hold for a time only. A phrase whose code is a state alone becomes
//! a name of the state; one with dated codes a person with tenures; others a person, an organisation or a group, by code and
//! words. Agents: nouns with their plural and a suffix that says the sector; `!SET!` stands for each of its words.

mod actor;
mod agent;
mod line;

use std::rc::Rc;

use super::{Importer, draft::Place, input};

pub(super) fn read(importer: &mut Importer<'_>, file: &str, bytes: &[u8]) {
    let file: Rc<str> = file.into();
    let mut lines = Vec::new();
    input::lines(bytes, |number, line, odd| {
        let at = Place { file: file.clone(), line: number };
        if odd {
            importer.problem(&file, number, "the line is not UTF-8; it was read as Windows-1252");
        }
        lines.push((at, line.replace('\0', "")));
    });
    let is_agents = lines.iter().map(|(_, line)| line.as_str()).any(|line| {
        let line = line::without_comment(line);
        line.starts_with('!') && line.contains('=') || line.contains("[~") || line.contains("~]")
    });
    if is_agents {
        agent::read(importer, &lines);
    } else {
        actor::read(importer, &lines);
    }
}

#[cfg(test)]
mod tests;
