//! The flat records of a reading as rows of POLECAT's 40-column table.
//!
//! Column names and order are those of the POLECAT files. Several values in a cell are joined by `; `. Columns that
//! Demarche does not know (GeoNames, coordinates, Wikipedia ids) stay empty.

use std::io::{self, Write};

use crate::{
    event::{Event, Participant, flat::Flat},
    kb::KnowledgeBase,
    mention::{Code, EntityKind, Mentions},
    reading::Reading,
    record::Shape,
};

/// The header row's names.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Writes the header row.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_header(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))
}

/// Writes a row for each flat record of the reading.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_rows(reading: &Reading<'_>, kb: &KnowledgeBase, out: &mut impl Write) -> io::Result<()> {
    let shape = Shape { reading, kb };
    for (index, event) in reading.events.iter().enumerate() {
        if let Some(flat) = event.flat.as_ref().filter(|f| !f.actors.is_empty()) {
            let cells: Vec<String> = row(&shape, index, event, flat).iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
            writeln!(out, "{}", cells.join("\t"))?;
        }
    }
    Ok(())
}

fn row(shape: &Shape<'_>, index: usize, event: &Event, flat: &Flat) -> [String; 40] {
    let Shape { reading, kb } = shape;
    let document = reading.document;
    let mentions = &reading.mentions;
    let day = event.when.map(|w| w.start).or(document.meta.published);
    let place = event.place.map(|p| shape.place(p));
    let actor = side(&flat.actors, shape, day);
    let recipient = side(&flat.recipients, shape, day);
    let story = |kind: EntityKind| {
        let names: Vec<&str> = mentions.entities.iter().filter(|e| e.kind == kind).map(|e| e.name.as_str()).collect();
        names.join("; ")
    };
    let places: Vec<&str> = mentions.places.iter().map(|p| p.name.as_str()).collect();
    let country = place.as_ref().and_then(|p| kb.state(Code::parse(p.state.as_deref()?)?)).map(|s| s.name.clone()).unwrap_or_default();
    let [actor_name, actor_country, actor_cow, actor_first, actor_sectors, actor_title, actor_raw] = actor;
    let [recipient_name, recipient_country, recipient_cow, recipient_first, recipient_sectors, recipient_title, recipient_raw] = recipient;
    [
        format!("{}-{index}", document.id.trim_start_matches("sha256:").get(..12).unwrap_or_default()),
        day.map(|d| d.to_string()).unwrap_or_default(),
        flat.event.name().to_owned(),
        flat.mode.map(|m| m.name().to_owned()).unwrap_or_default(),
        format!("{:.1}", flat.scale()),
        quad_name(flat.quad_code()).to_owned(),
        event.contexts.iter().map(|&c| kb.contexts().name(c)).collect::<Vec<_>>().join("; "),
        actor_name,
        actor_country,
        actor_cow,
        actor_first,
        actor_sectors,
        actor_title,
        actor_raw,
        String::new(),
        recipient_name,
        recipient_country,
        recipient_cow,
        recipient_first,
        recipient_sectors,
        recipient_title,
        recipient_raw,
        String::new(),
        place.as_ref().map(|p| p.name.to_owned()).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        country,
        String::new(),
        String::new(),
        String::new(),
        place.as_ref().map(|p| p.evidence.quote.to_owned()).unwrap_or_default(),
        String::new(),
        document.meta.publisher.clone().unwrap_or_default(),
        document.meta.published.map(|d| d.to_string()).unwrap_or_default(),
        story(EntityKind::Person),
        story(EntityKind::Organization),
        places.join("; "),
        document.meta.language.clone().unwrap_or_default(),
        concat!("demarche ", env!("CARGO_PKG_VERSION")).to_owned(),
    ]
}

/// Name, country, COW, first sector, sectors, title, raw text of one side.
fn side(list: &[Participant], shape: &Shape<'_>, day: Option<jiff::civil::Date>) -> [String; 7] {
    let Shape { reading, kb } = shape;
    let mentions: &Mentions = &reading.mentions;
    let mut cells: [Vec<String>; 7] = Default::default();
    for participant in list {
        let entity = &mentions.entities[participant.entity.0 as usize];
        let state = entity.code.and_then(|c| kb.state(c));
        let sector = entity.sector.map(|s| s.as_str().to_owned()).unwrap_or_default();
        let title = crate::encounter::posts(*participant, mentions, day, kb).first().map(|&p| kb.post(p).title.to_string());
        cells[0].push(entity.name.clone());
        cells[1].push(entity.code.map(|c| c.as_str().to_owned()).unwrap_or_default());
        cells[2].push(state.map(|s| s.cow.clone()).unwrap_or_default());
        cells[3].push(sector.clone());
        cells[4].push(sector);
        cells[5].push(title.unwrap_or_default());
        cells[6].push(participant.span.map_or_else(|| entity.name.clone(), |s| s.of(&reading.document.text).to_owned()));
    }
    cells[3].truncate(1);
    cells.map(|cell| cell.join("; "))
}

fn quad_name(quad: u8) -> &'static str {
    match quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    }
}
