//! The record → rows that can be asked: events with their parties, encounters, doubts.

use demarche::record::{DoubtRecord, EncounterRecord, EventRecord, ParticipantRecord, Record};

pub(crate) struct EventRow {
    pub(crate) n: usize,
    /// The day that it is listed under: its own, else that of publication, else none.
    pub(crate) sorted: String,
    pub(crate) day: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) precision: Option<&'static str>,
    pub(crate) act: &'static str,
    pub(crate) mode: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) certainty: &'static str,
    pub(crate) flat: Option<&'static str>,
    pub(crate) flat_mode: Option<&'static str>,
    pub(crate) stances: String,
    pub(crate) subjects: String,
    pub(crate) place: Option<String>,
    pub(crate) place_state: Option<String>,
    pub(crate) sentence_n: u32,
    pub(crate) sentence: String,
    pub(crate) sentence_start: u32,
    pub(crate) quote: String,
    pub(crate) quote_start: u32,
    pub(crate) quote_end: u32,
    pub(crate) decided_by: &'static str,
    pub(crate) confidence: f32,
    pub(crate) parties: Vec<PartyRow>,
}

/// Somebody's part in an event: `actor`, `recipient`, or `holder` of a stance.
pub(crate) struct PartyRow {
    pub(crate) part: &'static str,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) sector: String,
}

pub(crate) struct EncounterRow {
    pub(crate) n: usize,
    pub(crate) kind: &'static str,
    pub(crate) rank: Option<&'static str>,
    pub(crate) stage: &'static str,
    pub(crate) day: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) precision: Option<&'static str>,
    pub(crate) parties: String,
    pub(crate) place: Option<String>,
    pub(crate) quote: String,
}

pub(crate) struct DoubtRow {
    pub(crate) n: usize,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) sentence_n: Option<u32>,
    pub(crate) source: Option<String>,
}

pub(super) fn event(n: usize, event: &EventRecord<'_>, record: &Record<'_>) -> EventRow {
    let day = event.when.as_ref().map(|when| when.start.clone());
    let mut parties = Vec::new();
    let mut list = |part: &'static str, side: &[ParticipantRecord<'_>]| {
        for party in side {
            parties.push(PartyRow {
                part,
                name: party.name.to_owned(),
                code: party.code.unwrap_or_default().to_owned(),
                sector: party.sector.unwrap_or_default().to_owned(),
            });
        }
    };
    list("actor", &event.actor);
    list("recipient", &event.recipient);
    for stance in &event.stance {
        list("holder", &stance.holders);
    }
    EventRow {
        n,
        sorted: day.clone().or_else(|| record.document.published.clone()).unwrap_or_default(),
        until: event.when.as_ref().map(|when| when.end.clone()),
        precision: event.when.as_ref().map(|when| when.precision),
        day,
        act: event.act,
        mode: event.mode,
        status: event.status,
        certainty: event.certainty,
        flat: event.flat.as_ref().map(|flat| flat.event),
        flat_mode: event.flat.as_ref().and_then(|flat| flat.mode),
        stances: unique(event.stance.iter().map(|stance| stance.kind)),
        subjects: unique(event.topics.iter().map(|topic| topic.subject)),
        place: event.place.as_ref().map(|place| place.name.to_owned()),
        place_state: event.place.as_ref().and_then(|place| place.state.clone()),
        sentence_n: event.sentence,
        sentence: event.evidence.sentence.quote.to_owned(),
        sentence_start: event.evidence.sentence.start,
        quote: event.evidence.trigger.quote.to_owned(),
        quote_start: event.evidence.trigger.start,
        quote_end: event.evidence.trigger.end,
        decided_by: event.reader,
        confidence: event.confidence,
        parties,
    }
}

pub(super) fn encounter(n: usize, encounter: &EncounterRecord<'_>) -> EncounterRow {
    EncounterRow {
        n,
        kind: encounter.kind,
        rank: encounter.rank,
        stage: encounter.stage,
        day: encounter.when.as_ref().map(|when| when.start.clone()),
        until: encounter.when.as_ref().map(|when| when.end.clone()),
        precision: encounter.when.as_ref().map(|when| when.precision),
        parties: unique(encounter.parties.iter().copied()),
        place: encounter.place.as_ref().map(|place| place.name.to_owned()),
        quote: encounter.evidence.first().map(|evidence| evidence.quote.to_owned()).unwrap_or_default(),
    }
}

pub(super) fn doubt(n: usize, doubt: &DoubtRecord<'_>) -> DoubtRow {
    DoubtRow { n, code: doubt.code, message: doubt.message.to_owned(), sentence_n: doubt.sentence, source: doubt.source.map(str::to_owned) }
}

fn unique<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for item in items {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found.join(" ")
}
