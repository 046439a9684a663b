//! The flat records of a reading as PLOVER 2.0 JSON objects, one an event.
//!
//! Field names are the PLOVER manual's ("Data Fields"). What PLOVER requires and a text does not give stays null rather
//! than guessed: `date` falls back to the day of publication and is null for an undated document.

use serde::Serialize;

use crate::{
    event::{Event, Participant, flat::Flat},
    kb::KnowledgeBase,
    reading::Reading,
    record::Shape,
};

/// One PLOVER record.
#[derive(Clone, Debug, Serialize)]
pub struct PloverRecord<'a> {
    /// Document hash and number of the event in it.
    pub id: String,
    /// ISO day of the event, else of publication.
    pub date: Option<String>,
    /// Last day, where the event has a range of days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enddate: Option<String>,
    /// Who.
    pub actor: Vec<PloverEntity<'a>>,
    /// To whom.
    pub recipient: Vec<PloverEntity<'a>>,
    /// The type, in a list as the manual has it.
    pub event: [&'static str; 1],
    /// `TYPE-mode`, or empty.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<&'a str>,
    /// 1 to 4.
    pub quad_code: u8,
    /// PLOVER score.
    pub event_scale: f32,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_loc: Option<PloverPlace<'a>>,
    /// The words that name the act.
    pub event_text: &'a str,
    /// The sentence.
    pub text: &'a str,
    /// Where the sentence stands.
    pub text_info: TextInfo,
    /// Where the document is from.
    pub cite_info: CiteInfo<'a>,
    /// Which program coded it.
    pub coder: &'static str,
    /// The status from which the type was derived (Demarche's own key).
    pub status: &'static str,
    /// The act spoken of (Demarche's own key).
    pub act: &'static str,
}

/// A PLOVER entity.
#[derive(Clone, Debug, Serialize)]
pub struct PloverEntity<'a> {
    /// Country or actor code; null when unknown.
    pub code: Option<&'a str>,
    /// Sector.
    pub sector: Option<&'a str>,
    /// As the text has it.
    pub entity_text: &'a str,
    /// Wikidata id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_id: Option<&'a str>,
    /// Resolved name.
    pub identifier_text: &'a str,
    /// Post held that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<&'a str>,
}

/// Where an event takes place.
#[derive(Clone, Debug, Serialize)]
pub struct PloverPlace<'a> {
    /// As the text has it.
    pub extracted_place: &'a str,
    /// Resolved name.
    pub resolved_place: &'a str,
    /// ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
}

/// Where the sentence stands in the document.
#[derive(Clone, Debug, Serialize)]
pub struct TextInfo {
    /// Number of the sentence, from 0.
    pub sequence: u32,
    /// First character of the sentence.
    pub start: usize,
    /// Character after its last.
    pub end: usize,
}

/// Where the document is from.
#[derive(Clone, Debug, Serialize)]
pub struct CiteInfo<'a> {
    /// Path or name of the document.
    pub citation: &'a str,
    /// Address.
    pub url: Option<&'a str>,
    /// Title.
    pub title: Option<&'a str>,
    /// ISO 639-1.
    pub language: Option<&'a str>,
    /// Publisher.
    pub publication: Option<&'a str>,
    /// Day of publication.
    pub date: Option<String>,
    /// Program and version.
    pub version: &'static str,
}

/// The PLOVER records of a reading, in text order.
pub fn records<'a>(reading: &'a Reading<'_>, kb: &'a KnowledgeBase) -> Vec<PloverRecord<'a>> {
    let shape = Shape { reading, kb };
    let text = &reading.document.text;
    // PLOVER counts characters, Demarche bytes. Events are in text order, so that the count goes on from the one before.
    let (mut bytes, mut characters) = (0, 0);
    let mut records = Vec::new();
    for (index, event) in reading.events.iter().enumerate() {
        let Some(flat) = event.flat.as_ref().filter(|flat| !flat.actors.is_empty()) else { continue };
        let start = reading.sentences[event.sentence as usize].span.start as usize;
        characters += text[bytes..start].chars().count();
        bytes = start;
        records.push(record(&shape, index, event, flat, characters));
    }
    records
}

/// `start`: the sentence's first character.
fn record<'a>(shape: &Shape<'a>, index: usize, event: &'a Event, flat: &'a Flat, start: usize) -> PloverRecord<'a> {
    let document = shape.reading.document;
    let text: &'a str = &document.text;
    let sentence = &shape.reading.sentences[event.sentence as usize];
    let published = document.meta.published;
    let day = event.when.map(|w| w.start).or(published);
    let place = event.place.map(|p| shape.place(p));
    PloverRecord {
        id: format!("{}-{index}", document.id.trim_start_matches("sha256:").get(..12).unwrap_or_default()),
        date: day.map(|d| d.to_string()),
        enddate: event.when.filter(|w| w.end != w.start).map(|w| w.end.to_string()),
        actor: entities(shape, &flat.actors, day),
        recipient: entities(shape, &flat.recipients, day),
        event: [flat.event.name()],
        mode: flat.mode.map(|m| format!("{}-{}", flat.event.name(), m.name())).into_iter().collect(),
        context: event.contexts.iter().map(|&c| shape.kb.contexts().name(c)).collect(),
        quad_code: flat.quad_code(),
        event_scale: flat.scale(),
        event_loc: place.map(|p| PloverPlace { extracted_place: p.evidence.quote, resolved_place: p.name, country_code: p.state }),
        event_text: event.evidence.trigger.of(text),
        text: sentence.span.of(text),
        text_info: TextInfo { sequence: event.sentence, start, end: start + sentence.span.of(text).chars().count() },
        cite_info: CiteInfo {
            citation: &document.source,
            url: document.meta.address.as_deref(),
            title: document.meta.title.as_deref(),
            language: document.meta.language.as_deref(),
            publication: document.meta.publisher.as_deref(),
            date: published.map(|d| d.to_string()),
            version: concat!("demarche ", env!("CARGO_PKG_VERSION")),
        },
        coder: "demarche",
        status: event.status.name(),
        act: event.act.name(),
    }
}

fn entities<'a>(shape: &Shape<'a>, list: &[Participant], day: Option<jiff::civil::Date>) -> Vec<PloverEntity<'a>> {
    let mentions: &'a crate::mention::Mentions = &shape.reading.mentions;
    let text: &'a str = &shape.reading.document.text;
    let entity = |p: &Participant| {
        let entity = &mentions.entities[p.entity.0 as usize];
        let post = crate::encounter::posts(*p, mentions, day, shape.kb).first().map(|&post| &*shape.kb.post(post).title);
        PloverEntity {
            code: entity.code.as_ref().map(|c| c.as_str()),
            sector: entity.sector.as_ref().map(|c| c.as_str()),
            entity_text: p.span.map_or(entity.name.as_str(), |s| s.of(text)),
            identifier_id: entity.person.map(|id| &*shape.kb.person(id).wikidata).filter(|w| !w.is_empty()),
            identifier_text: &entity.name,
            office: post,
        }
    };
    list.iter().map(entity).collect()
}
