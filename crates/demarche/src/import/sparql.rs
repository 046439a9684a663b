//! Results of a SPARQL query → claims. Each row says that a person held a position, in columns of any name.
//!
//! Columns are found by common names (`person` or `item`, `position` or `office`, `start`, `end`, `country` …, each with its
//! `…Label`) or by a [`Mapping`]. Without a person and a position nothing is made: a list of books is no list of ministers.

use std::{collections::BTreeMap, rc::Rc};

use serde_json::Value;

use super::{
    Importer, Reason,
    date::{self, Said},
    draft::{DraftPerson, DraftPost, DraftTenure, End, Place},
    input,
};
use crate::{kb::Gender, mention::TitleQuality};

/// What a column of results may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the command line")]
pub enum Field {
    Person,
    Name,
    Aliases,
    Native,
    Gender,
    Born,
    Position,
    Title,
    Country,
    CountryName,
    Start,
    StartPrecision,
    End,
    EndPrecision,
}

impl Field {
    /// All fields, with the name that a mapping uses and the columns that are taken for it, the surest first.
    const ALL: &'static [(Field, &'static str, &'static [&'static str])] = &[
        (
            Field::Person,
            "person",
            &["person", "human", "politician", "officeholder", "holder", "minister", "leader", "head", "personid", "item", "subject"],
        ),
        (
            Field::Name,
            "name",
            &[
                "personlabel",
                "humanlabel",
                "politicianlabel",
                "officeholderlabel",
                "holderlabel",
                "ministerlabel",
                "leaderlabel",
                "headlabel",
                "itemlabel",
                "subjectlabel",
                "personname",
                "fullname",
                "name",
            ],
        ),
        (Field::Aliases, "aliases", &["personaltlabel", "itemaltlabel", "humanaltlabel", "aliases", "altlabel", "alias"]),
        (Field::Native, "native", &["native", "nativename", "nativelabel", "nameinnativelanguage", "namenative"]),
        (Field::Gender, "gender", &["gender", "sex", "sexorgender", "genderlabel"]),
        (Field::Born, "born", &["born", "birth", "dob", "dateofbirth", "birthdate"]),
        (Field::Position, "position", &["position", "office", "post", "positionheld", "role", "positionid"]),
        (Field::Title, "title", &["positionlabel", "officelabel", "postlabel", "positionheldlabel", "rolelabel", "title", "positionname"]),
        (Field::Country, "country", &["country", "state", "nation", "jurisdiction", "of", "iso3", "countrycode"]),
        (Field::CountryName, "country-name", &["countrylabel", "statelabel", "nationlabel", "jurisdictionlabel", "oflabel", "countryname"]),
        (Field::Start, "start", &["start", "startdate", "starttime", "from", "since", "begin", "begindate"]),
        (Field::StartPrecision, "start-precision", &["startprecision", "startdateprecision", "starttimeprecision"]),
        (Field::End, "end", &["end", "enddate", "endtime", "until", "finish"]),
        (Field::EndPrecision, "end-precision", &["endprecision", "enddateprecision", "endtimeprecision"]),
    ];

    fn parse(name: &str) -> Option<Field> {
        Field::ALL.iter().find(|(_, known, _)| *known == name).map(|(field, ..)| *field)
    }
}

/// Which column holds what, where its name does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<Field, String>);

/// A mapping that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingError(String);

impl std::fmt::Display for MappingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MappingError {}

impl std::str::FromStr for Mapping {
    type Err = MappingError;

    /// Parses `person=item,name=itemLabel,position=job`.
    fn from_str(text: &str) -> Result<Mapping, MappingError> {
        let mut mapping = Mapping::default();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (field, column) = pair.split_once('=').ok_or_else(|| MappingError(format!("`{pair}` is not FIELD=COLUMN")))?;
            let known = || Field::ALL.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ");
            let field = Field::parse(field.trim()).ok_or_else(|| MappingError(format!("`{field}` is no field; fields are {}", known())))?;
            mapping.0.insert(field, column.trim().trim_start_matches('?').to_owned());
        }
        Ok(mapping)
    }
}

/// The rows of a file: for each column, a value.
struct Results<'a> {
    columns: Vec<&'a str>,
    rows: Vec<&'a Value>,
}

pub(super) fn read(importer: &mut Importer<'_>, file: &str, bytes: &[u8], mapping: &Mapping) {
    let text = input::decode(bytes);
    let value = match serde_json::from_str::<Value>(&text) {
        Ok(value) => value,
        Err(error) => {
            return importer.problem(file, error.line(), format!("this is no complete JSON, so nothing of the file can be used: {error}"));
        }
    };
    let Some(results) = Results::of(&value) else {
        return importer.problem(file, 1, "neither SPARQL results (`head` and `results`) nor a list of rows");
    };
    if results.rows.is_empty() {
        return importer.problem(file, 1, "the results have no rows");
    }
    match columns(&results.columns, mapping) {
        Err(message) => importer.problem(file, 1, message),
        Ok(columns) => {
            let file: Rc<str> = file.into();
            for (index, row) in results.rows.iter().enumerate() {
                read_row(importer, &columns, row, &Place { file: file.clone(), line: index + 1 });
            }
        }
    }
}

impl<'a> Results<'a> {
    fn of(value: &'a Value) -> Option<Results<'a>> {
        let rows = value.pointer("/results/bindings").or_else(|| value.get("results")).unwrap_or(value).as_array()?;
        let rows: Vec<&Value> = rows.iter().filter(|row| row.is_object()).collect();
        let mut columns: Vec<&str> = Vec::new();
        let head = value.pointer("/head/vars").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let used = rows.iter().take(100).flat_map(|row| row.as_object().into_iter().flatten()).map(|(name, _)| name.as_str());
        for name in head.chain(used) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
        Some(Results { columns, rows })
    }
}

/// The column of each field.
fn columns<'a>(names: &[&'a str], mapping: &Mapping) -> Result<BTreeMap<Field, &'a str>, String> {
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let mut found = BTreeMap::new();
    for (field, name, usual) in Field::ALL {
        if let Some(wanted) = mapping.0.get(field) {
            let column = names.iter().find(|column| *column == wanted);
            let column = column.ok_or_else(|| format!("there is no column `{wanted}` for {name}; columns are {}", names.join(", ")))?;
            found.insert(*field, *column);
        } else if let Some(column) = usual.iter().find_map(|usual| names.iter().find(|column| plain(column) == *usual)) {
            found.insert(*field, *column);
        }
    }
    // A mapped person or position brings its label along.
    for (item, label) in [(Field::Person, Field::Name), (Field::Position, Field::Title), (Field::Country, Field::CountryName)] {
        if !mapping.0.contains_key(&label)
            && let Some(column) = found.get(&item)
            && let Some(labelled) = names.iter().find(|name| name.strip_suffix("Label") == Some(column))
        {
            found.insert(label, *labelled);
        }
    }
    let has = |a, b| found.contains_key(&a) || found.contains_key(&b);
    let lacking = match (has(Field::Person, Field::Name), has(Field::Position, Field::Title)) {
        (true, true) => return Ok(found),
        (true, false) => "position",
        (false, true) => "person",
        (false, false) => "person, and none of a position",
    };
    let columns = names.join(", ");
    Err(format!("no column of a {lacking}: columns are {columns}. If one is, say so: --map person=COLUMN,position=COLUMN"))
}

fn read_row(importer: &mut Importer<'_>, columns: &BTreeMap<Field, &str>, row: &Value, at: &Place) {
    let cell = |field: Field| columns.get(&field).map_or("", |column| text_of(row.get(column)));
    let label_beside = |field: Field| columns.get(&field).and_then(|column| row.get(column)?.get("label")?.as_str()).unwrap_or_default();
    let person = item(cell(Field::Person));
    let name = first([
        cell(Field::Name),
        label_beside(Field::Person),
        if item(cell(Field::Person)).is_empty() { cell(Field::Person) } else { "" },
    ]);
    let position = item(cell(Field::Position));
    let title = first([cell(Field::Title), label_beside(Field::Position), if position.is_empty() { cell(Field::Position) } else { "" }]);
    // Where there is no label, the query service gives the id in its place.
    let name = if is_item(name) { "" } else { name };
    let title = if is_item(title) { "" } else { title };
    let key = if person.is_empty() { name } else { person };
    if key.is_empty() || position.is_empty() && title.is_empty() {
        importer.leave_out(Reason::EmptyRow, at, &format!("row {}", at.line));
        return;
    }
    let of = first([item(cell(Field::Country)), cell(Field::CountryName), label_beside(Field::Country), cell(Field::Country)]);
    if is_item(of) && !cell(Field::CountryName).is_empty() {
        importer.draft.labels.insert(of.to_owned(), cell(Field::CountryName).to_owned());
    }
    let date = |field, precision| {
        let text = cell(field);
        (!text.is_empty() && !is_unknown(text)).then(|| date::sparql(text, cell(precision).parse().ok()))
    };
    let (start, end) = (date(Field::Start, Field::StartPrecision), date(Field::End, Field::EndPrecision));
    if [start, end].contains(&Some(Said::Unusable)) {
        importer.leave_out(Reason::BadDates, at, &format!("row {}: {name}, {} to {}", at.line, cell(Field::Start), cell(Field::End)));
        return;
    }
    let draft = DraftPerson {
        wikidata: person.to_owned(),
        name: name.to_owned(),
        aliases: cell(Field::Aliases)
            .split([',', '|', ';'])
            .map(|alias| alias.trim().to_owned())
            .filter(|alias| !alias.is_empty())
            .collect(),
        native: Some(cell(Field::Native)).filter(|name| !name.is_empty()).map(str::to_owned).into_iter().collect(),
        gender: gender(cell(Field::Gender)),
        born: date::sparql(cell(Field::Born), None).day(),
        source: "wikidata",
        at: Some(at.clone()),
        ..DraftPerson::default()
    };
    importer.draft.persons.entry(key.to_owned()).or_default().merge_from(draft);
    importer.draft.tenures.push(DraftTenure {
        person: key.to_owned(),
        post: DraftPost::Position { id: position.to_owned(), label: title.to_owned(), of: of.to_owned() },
        start: start.and_then(Said::day),
        end: end.and_then(Said::day).map_or(End::Unknown, End::Day),
        quality: TitleQuality::Holds,
        source: "wikidata",
        note: String::new(),
        at: at.clone(),
    });
}

/// A cell as text: `{"value": …}` of the standard, or a plain value. Blank nodes stand for unknown values.
fn text_of(cell: Option<&Value>) -> &str {
    let value = match cell {
        Some(Value::Object(map)) if map.get("type").and_then(Value::as_str) == Some("bnode") => None,
        Some(Value::Object(map)) => map.get("value").or_else(|| map.get("id")),
        other => other,
    };
    value.and_then(Value::as_str).unwrap_or_default().trim()
}

fn item(text: &str) -> &str {
    let last = text.rsplit('/').next().unwrap_or(text);
    if is_item(last) && !text.contains("/statement/") { last } else { "" }
}

fn is_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn is_unknown(text: &str) -> bool {
    text.contains("/.well-known/genid/") || text.starts_with("_:")
}

fn first<const N: usize>(texts: [&str; N]) -> &str {
    texts.into_iter().find(|text| !text.is_empty() && !is_unknown(text)).unwrap_or_default()
}

fn gender(text: &str) -> Option<Gender> {
    match text.rsplit('/').next().unwrap_or(text).to_lowercase().as_str() {
        "q6581097" | "male" | "m" => Some(Gender::Male),
        "q6581072" | "female" | "f" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
