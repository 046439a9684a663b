//! Places, subjects of talk, and cues that a sentence is about something else than diplomacy.

use crate::{
    kb::{KnowledgeBase, phrase::Meaning},
    mention::{ActorMention, Entity, EntityKind, PlaceMention, TopicMention, head, scan::Scan},
    token::{Rel, Token},
};

/// Appends the named places of a sentence that are no state or capital.
pub(crate) fn places(kb: &KnowledgeBase, scan: &Scan, sentence: u32, tokens: &[Token], out: &mut Vec<PlaceMention>) {
    for item in &scan.items {
        let mut place = None;
        for meaning in item.meanings(kb, scan, tokens) {
            match meaning {
                Meaning::Place(id) => place = Some(id),
                // A capital, a title, an organisation of the same name goes first; a state does not hide its province.
                Meaning::State { .. } | Meaning::Organization(_) | Meaning::Title(..) => {
                    place = None;
                    break;
                }
                _ => {}
            }
        }
        // The "Van" of "Beth Van Schaack" is none.
        let in_name = item.end - item.first == 1 && tokens[usize::from(item.first)].rel == Rel::Flat;
        let Some(id) = place.filter(|_| !in_name) else { continue };
        let span = tokens[usize::from(item.first)].span.join(tokens[usize::from(item.end) - 1].span);
        out.push(PlaceMention {
            sentence,
            span,
            head: head::of(tokens, item.first, item.end, item.end - 1),
            name: kb.place(id).name.to_string(),
            state: kb.place(id).state,
            entity: None,
        });
    }
}

/// Appends the topics of a sentence; gives the weight of the cues that it is about sport, film, weather …
pub(crate) fn topics(kb: &KnowledgeBase, scan: &Scan, sentence: u32, tokens: &[Token], out: &mut Vec<TopicMention>) -> u32 {
    let mut weight = 0;
    let begin = out.len();
    for found in &scan.subjects {
        // The "war" of "Cold War" is none.
        let inside = scan.item(usize::from(found.first)).is_some_and(|item| {
            found.end <= item.end && found.first > item.first && item.meanings(kb, scan, tokens).any(|m| m == Meaning::OtherName)
        });
        if inside {
            continue;
        }
        match found.meaning {
            Meaning::Topic { subject, context } => {
                let span = tokens[usize::from(found.first)].span.join(tokens[usize::from(found.end) - 1].span);
                let head = head::of(tokens, found.first, found.end, found.end - 1);
                out.push(TopicMention { sentence, span, head, subject, context });
            }
            Meaning::OffTopic { weight: more, .. } => weight += u32::from(more),
            _ => {}
        }
    }
    out[begin..].sort_by_key(|topic| topic.span);
    let mut last = None;
    let mut kept = begin;
    for at in begin..out.len() {
        if last != Some(out[at].span) {
            last = Some(out[at].span);
            out[kept] = out[at];
            kept += 1;
        }
    }
    out.truncate(kept);
    weight
}

/// Decides for each sentence whether it is off topic: two cues, or one strong one, and nobody acting who could act in
/// diplomacy; one more cue is needed where somebody does.
pub(crate) fn judge(actors: &[ActorMention], entities: &[Entity], cues: &[u32], out: &mut Vec<bool>) {
    let mut at = 0;
    for (sentence, weight) in cues.iter().enumerate() {
        let begin = at;
        while at < actors.len() && actors[at].sentence as usize == sentence {
            at += 1;
        }
        let official = actors[begin..at].iter().any(|m| !m.as_place && m.entities.iter().any(|e| is_official(&entities[e.0 as usize])));
        out.push(if official { *weight >= 4 } else { *weight >= 2 });
    }
}

fn is_official(entity: &Entity) -> bool {
    let sector = entity.sector.map(|s| s.0);
    match entity.kind {
        EntityKind::State => true,
        EntityKind::Person | EntityKind::Agent => entity.code.is_some() && matches!(sector, Some([b'G', b'O', b'V'] | [b'M', b'I', b'L'])),
        EntityKind::Organization => {
            entity.code.is_some() && !matches!(sector, Some([b'J', b'R', b'N'] | [b'B', b'U', b'S'] | [b'E', b'D', b'U']))
        }
        EntityKind::Source => false,
    }
}
