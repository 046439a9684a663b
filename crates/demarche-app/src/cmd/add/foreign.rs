//! Rows of GDELT's tables → rows of the store, each with the place it was read from.

use demarche_sources::gdelt::{self, ForeignActor};
use demarche_store::{ForeignEvent, ForeignMention, ForeignParty, ForeignRow};

pub(super) fn event(event: gdelt::ForeignEvent) -> ForeignRow {
    let place = event.place;
    ForeignRow::Event(Box::new(ForeignEvent {
        dataset: event.dataset.to_owned(),
        number: event.id,
        day: event.day.to_string(),
        added: event.added,
        actor: party(event.actor),
        recipient: party(event.recipient),
        cameo: event.code,
        plover: event.plover_type.map(str::to_owned),
        plover_mode: event.plover_mode.map(str::to_owned),
        quad: event.quad,
        goldstein: event.goldstein,
        mentions: event.mentions,
        articles: event.articles,
        tone: event.tone,
        place: place.as_ref().and_then(|place| place.name.clone()),
        place_fips: place.and_then(|place| place.country_fips),
        article: event.article,
        doubts: event.doubts,
        row: event.row,
        source: event.source,
        line: event.line,
    }))
}

pub(super) fn mention(mention: gdelt::ForeignMention) -> ForeignRow {
    ForeignRow::Mention(ForeignMention {
        dataset: "gdelt-2.0".to_owned(),
        event: mention.event,
        mentioned: demarche_store::time(mention.mentioned),
        outlet: mention.outlet,
        article: mention.article,
        sentence: mention.sentence,
        confidence: mention.confidence,
        doubts: mention.doubts,
        row: mention.row,
        source: mention.source,
        line: mention.line,
    })
}

fn party(actor: Option<ForeignActor>) -> ForeignParty {
    actor.map_or_else(ForeignParty::default, |actor| ForeignParty { code: actor.code, name: actor.name, country: actor.country })
}
