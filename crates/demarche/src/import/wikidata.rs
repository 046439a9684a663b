//! Wikidata entities → claims: humans with the positions they held, states with their heads, positions with their state.
//!
//! Read are dumps with an entity a line between `[` and `]`, replies of the API (`{"entities": …}`) and bare entities.
//! Deprecated statements and values that are given as unknown or as none count for nothing, except that an end known to be
//! none means that the office is held still.

mod entity;

use std::{
    io::{self, BufRead, Read},
    rc::Rc,
};

use serde_json::Value;

use super::{
    Importer, Reason,
    draft::{DraftPerson, DraftPosition, DraftPost, DraftTenure, End, Place},
    input, phrase,
};
use crate::{
    kb::Gender,
    mention::{Code, TitleQuality},
};
use entity::{Entity, Said, Statement};

/// Items that say of a statement that the office was held for another, or not yet.
const ACTING: &[&str] = &["Q4676846", "Q4895105"];

pub(super) fn read(importer: &mut Importer<'_>, file: &str, mut reader: impl BufRead) -> io::Result<()> {
    let file: Rc<str> = file.into();
    let mut first = Vec::new();
    let mut number = 0;
    while first.trim_ascii().is_empty() {
        first.clear();
        number += 1;
        if reader.read_until(b'\n', &mut first)? == 0 {
            importer.problem(&file, number, "the file is empty");
            return Ok(());
        }
    }
    if is_dump(&first) {
        // One entity on one line is a bare entity; a second line makes it a dump.
        let mut ahead = Vec::new();
        while ahead.trim_ascii().is_empty() && reader.read_until(b'\n', &mut ahead)? > 0 {}
        if first.trim_ascii_start().starts_with(b"[") || !ahead.trim_ascii().is_empty() {
            return read_dump(importer, &file, number, first, ahead.chain(reader));
        }
    }
    reader.read_to_end(&mut first)?;
    let text = input::decode(&first);
    match serde_json::from_str::<Value>(&text) {
        Ok(value) => read_whole(importer, &file, number, &value),
        // Lines with an entity each, the first of which is damaged.
        Err(_) if text.lines().filter(|line| line.starts_with("{\"")).count() > 1 => {
            return read_dump(importer, &file, number, Vec::new(), text.as_bytes());
        }
        Err(error) => {
            let line = number - 1 + error.line();
            importer.problem(&file, line, format!("this is no complete JSON, so nothing of the file can be used: {error}"));
        }
    }
    Ok(())
}

/// Whether a file that begins with this line has an entity on each of its lines.
fn is_dump(first: &[u8]) -> bool {
    let line = strip(first);
    line.is_empty() || serde_json::from_slice::<Value>(line).is_ok_and(|value| value.get("id").is_some())
}

/// A line of a dump without the brackets and commas around its entity.
fn strip(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    let line = line.strip_prefix(b"[").unwrap_or(line).trim_ascii();
    let line = line.strip_suffix(b"]").filter(|rest| rest.is_empty() || rest.ends_with(b"}")).unwrap_or(line).trim_ascii();
    line.strip_suffix(b",").unwrap_or(line).trim_ascii()
}

fn read_dump(importer: &mut Importer<'_>, file: &Rc<str>, from: usize, first: Vec<u8>, mut reader: impl BufRead) -> io::Result<()> {
    let (mut line, mut number) = (first, from);
    if line.is_empty() {
        reader.read_until(b'\n', &mut line)?;
    }
    while !line.is_empty() {
        let json = strip(&line);
        if !json.is_empty() {
            let at = Place { file: file.clone(), line: number };
            match serde_json::from_slice::<Value>(json) {
                Ok(value) => read_entity(importer, &value, &at, true),
                Err(error) => importer.problem(file, number, format!("no complete JSON: {error}")),
            }
        }
        line.clear();
        number += 1;
        reader.read_until(b'\n', &mut line)?;
    }
    Ok(())
}

fn read_whole(importer: &mut Importer<'_>, file: &Rc<str>, line: usize, value: &Value) {
    let at = Place { file: file.clone(), line };
    let entities: Vec<&Value> = match (value, value.get("entities")) {
        (_, Some(Value::Object(entities))) => entities.values().collect(),
        (_, Some(Value::Array(list))) | (Value::Array(list), None) => list.iter().collect(),
        _ if value.get("claims").is_some() || value.get("labels").is_some() || value.get("id").is_some() => vec![value],
        _ => Vec::new(),
    };
    if entities.is_empty() {
        let error = value.pointer("/error/info").and_then(Value::as_str);
        let said = error.map_or_else(String::new, |info| format!(" (the reply says: {info})"));
        importer.problem(file, line, format!("no Wikidata entity in it{said}"));
    }
    for entity in entities {
        if entity.get("missing").is_some() {
            importer.problem(file, line, format!("{} does not exist", entity.get("id").and_then(Value::as_str).unwrap_or("an entity")));
        } else {
            read_entity(importer, entity, &at, false);
        }
    }
}

fn read_entity(importer: &mut Importer<'_>, value: &Value, at: &Place, of_dump: bool) {
    let Some(entity) = Entity::of(value) else {
        importer.problem(&at.file, at.line, "an object without `id` is no Wikidata entity");
        return;
    };
    if entity.is_simplified() {
        let message =
            format!("{} is in simplified form, without qualifiers: get the full JSON of Special:EntityData or wbgetentities", entity.id);
        importer.problem(&at.file, at.line, message);
        return;
    }
    if entity.is_human() {
        let held = entity.statements("P39").count();
        if of_dump && held == 0 && !importer.all_persons {
            importer.leave_out(Reason::NoPosition, at, entity.shown());
            return;
        }
        read_human(importer, &entity, at);
        return;
    }
    let label = entity.label("en").unwrap_or_default();
    if !label.is_empty() && !of_dump {
        importer.draft.labels.insert(entity.id.to_owned(), label.to_owned());
    }
    let iso3 = entity.string("P298").and_then(Code::parse);
    let heads = entity.statements("P35").count() + entity.statements("P6").count();
    if iso3.is_some() || heads > 0 {
        read_state(importer, &entity, iso3, at);
    } else if entity.is_position() || phrase::is_office(importer.kb, label) {
        let of = ["P1001", "P17", "P361"].iter().flat_map(|property| entity.items(property)).map(str::to_owned).collect();
        importer.draft.positions.insert(entity.id.to_owned(), DraftPosition { label: label.to_owned(), of });
    } else {
        importer.leave_out(Reason::NotAnActor, at, entity.shown());
    }
}

fn read_human(importer: &mut Importer<'_>, entity: &Entity<'_>, at: &Place) {
    let person = DraftPerson {
        wikidata: entity.id.to_owned(),
        name: entity.label("en").or_else(|| entity.latin_label()).unwrap_or_default().to_owned(),
        aliases: entity.aliases("en").map(str::to_owned).collect(),
        native: entity.native_names(),
        gender: match entity.items("P21").next() {
            Some("Q6581097" | "Q2449503" | "Q15145778") => Some(Gender::Male),
            Some("Q6581072" | "Q1052281" | "Q15145779") => Some(Gender::Female),
            _ => None,
        },
        born: entity.time("P569").and_then(|said| said.day()),
        died: entity.time("P570").and_then(|said| said.day()),
        citizen_of: entity.items("P27").map(str::to_owned).collect(),
        source: "wikidata",
        at: Some(at.clone()),
    };
    importer.draft.persons.entry(entity.id.to_owned()).or_default().merge_from(person);
    for statement in entity.statements("P39") {
        let Said::Item(position) = statement.value() else {
            importer.leave_out(Reason::UnknownValue, at, entity.shown());
            continue;
        };
        let of = ["P1001", "P17", "P642"].iter().find_map(|property| statement.item(property)).unwrap_or_default();
        let post = DraftPost::Position { id: position.to_owned(), label: String::new(), of: of.to_owned() };
        add_tenure(importer, entity.id, post, &statement, at);
    }
}

fn read_state(importer: &mut Importer<'_>, entity: &Entity<'_>, iso3: Option<Code>, at: &Place) {
    let iso3 = iso3.filter(|code| importer.kb.state(*code).is_some()).or_else(|| super::places::state_of_item(entity.id));
    importer.draft.states.insert(entity.id.to_owned(), iso3);
    for (property, government) in [("P35", false), ("P6", true)] {
        for statement in entity.statements(property) {
            let Said::Item(person) = statement.value() else {
                importer.leave_out(Reason::UnknownValue, at, entity.shown());
                continue;
            };
            if iso3.is_none() {
                importer.leave_out(Reason::NotAState, at, entity.shown());
                continue;
            }
            let post = DraftPost::Head { of: entity.id.to_owned(), government };
            add_tenure(importer, person, post, &statement, at);
        }
    }
}

fn add_tenure(importer: &mut Importer<'_>, person: &str, post: DraftPost, statement: &Statement<'_>, at: &Place) {
    let start = statement.time("P580");
    let end = statement.time("P582");
    if [start, end].into_iter().flatten().any(|said| matches!(said, super::date::Said::Unusable)) {
        importer.leave_out(Reason::BadDates, at, person);
        return;
    }
    let end = match end.and_then(|said| said.day()) {
        Some(day) => End::Day(day),
        None if statement.says_none("P582") => End::Open,
        None => End::Unknown,
    };
    let acting = ["P5102", "P3831", "P1480"].iter().filter_map(|property| statement.item(property)).any(|item| ACTING.contains(&item));
    importer.draft.tenures.push(DraftTenure {
        person: person.to_owned(),
        post,
        start: start.and_then(|said| said.day()),
        end,
        quality: if acting { TitleQuality::Acting } else { TitleQuality::Holds },
        source: "wikidata",
        note: String::new(),
        at: at.clone(),
    });
}

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use tests::rows as rows_of;
