//! Gives places their state as one who can take part, and agents the state in which they act.
//!
//! "Police in Tbilisi", "the mayor of Istanbul", "fighters shelled the market at Omdurman": who acts has no country of his own
//! in the words, and the place has. A place that hangs on the agent counts first, then a place of the same sentence, then the
//! dateline's.

use super::{Code, Entity, EntityId, EntityKind, Mentions};
use crate::{document::Document, kb::KnowledgeBase, sentence::Sentence};

/// Fills [`PlaceMention::entity`](super::PlaceMention::entity) and the codes of agents that have none.
pub(super) fn settle(mentions: &mut Mentions, document: &Document, sentences: &[Sentence], kb: &KnowledgeBase) {
    for i in 0..mentions.places.len() {
        if let Some(code) = mentions.places[i].state {
            mentions.places[i].entity = Some(state_entity(&mut mentions.entities, code, kb));
        }
    }
    let dateline = document.meta.dateline.and_then(|span| dateline_state(span.of(&document.text), kb));
    for i in 0..mentions.actors.len() {
        let mention = &mentions.actors[i];
        let [entity] = mention.entities[..] else { continue };
        let known = &mentions.entities[entity.0 as usize];
        if known.kind != EntityKind::Agent || known.code.is_some() {
            continue;
        }
        let (sentence, head) = (mention.sentence, mention.head);
        let code = place_code(mentions, sentences, sentence, head).or(dateline);
        mentions.entities[entity.0 as usize].code = code;
    }
}

/// The state of the place that hangs on the word at `head`, else of the only state whose places the sentence names.
fn place_code(mentions: &Mentions, sentences: &[Sentence], sentence: u32, head: u16) -> Option<Code> {
    let tokens = &sentences[sentence as usize].tokens;
    let places = mentions.places.iter().filter(|p| p.sentence == sentence).filter_map(|p| Some((p.head, p.state?)));
    let states = mentions.actors.iter().filter(|a| a.sentence == sentence && a.as_place).filter_map(|a| {
        let entity = a.entities.first()?;
        Some((a.head, mentions.entities[entity.0 as usize].code?))
    });
    let all: Vec<(u16, Code)> = places.chain(states).collect();
    let attached = |&&(place, _): &&(u16, Code)| tokens.get(usize::from(place)).is_some_and(|t| t.head == head);
    if let Some((_, code)) = all.iter().find(attached) {
        return Some(*code);
    }
    let first = all.first()?.1;
    all.iter().all(|(_, code)| *code == first).then_some(first)
}

fn dateline_state(dateline: &str, kb: &KnowledgeBase) -> Option<Code> {
    let place = dateline.split([',', '(', '–', '—', '-', ':']).next()?.trim();
    kb.state_by_name(place).map(|state| state.plover)
}

/// The entity of a state, added if nobody has named it yet.
fn state_entity(entities: &mut Vec<Entity>, code: Code, kb: &KnowledgeBase) -> EntityId {
    let plover = kb.state(code).map_or(code, |state| state.plover);
    if let Some(i) = entities.iter().position(|e| e.kind == EntityKind::State && e.code == Some(plover)) {
        return EntityId(i as u32);
    }
    let name = kb.state(code).map_or_else(|| code.as_str().to_owned(), |state| state.name.clone());
    entities.push(Entity { kind: EntityKind::State, name, code: Some(plover), sector: Code::parse("GOV"), ..Entity::default() });
    EntityId(entities.len() as u32 - 1)
}
