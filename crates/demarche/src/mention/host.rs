//! Gives places their state as one who can take part, and agents the state in which they act.
//!
//! "Police in Tbilisi", "the mayor of Istanbul", "fighters shelled the market at Omdurman", "the army thanked Paris for its silence
//! on Bamako": who acts has no country of his own in the words, and the place or the only state of the sentence is his. A place
//! that hangs on the agent counts first, then what all places and states of the sentence agree on, then whom the sentence is
//! about where the agent only says so, then the dateline's. "Foreign miners" and "guests" are of another state than the one named
//! beside them.

use super::{ActorMention, Code, Entity, EntityId, EntityKind, MentionForm, Mentions, PlaceMention, word};
use crate::{
    document::Document,
    kb::{KnowledgeBase, cue::Cue},
    sentence::Sentence,
    token::{Rel, Shape, Tag, Token},
};

/// Fills [`PlaceMention::entity`](super::PlaceMention::entity) and the codes of agents that have none; `abroad` are those who
/// are of another state than the one named beside them.
pub(super) fn settle(mentions: &mut Mentions, abroad: &[EntityId], document: &Document, sentences: &[Sentence], kb: &KnowledgeBase) {
    for i in 0..mentions.places.len() {
        if let Some(code) = mentions.places[i].state {
            mentions.places[i].entity = Some(state_entity(&mut mentions.entities, code, kb));
        }
    }
    let dateline = document.meta.dateline.and_then(|span| dateline_state(span.of(&document.text), kb));
    let ground = Ground { kb, sentences, places: &mentions.places, actors: &mentions.actors, entities: &mentions.entities };
    let mut found: Vec<(usize, EntityId, Code)> = Vec::new();
    for (i, mention) in mentions.actors.iter().enumerate() {
        let [entity] = mention.entities[..] else { continue };
        let known = &mentions.entities[entity.0 as usize];
        if !matches!(known.kind, EntityKind::Agent | EntityKind::Source) || known.code.is_some() {
            continue;
        }
        let code = ground.code(i, !abroad.contains(&entity)).or(dateline.filter(|_| known.kind == EntityKind::Agent));
        found.extend(code.map(|code| (i, entity, code)));
    }
    // The same words may mean others in another sentence: "police" in Lima, "police" in Quito.
    let mut others: Vec<(EntityId, Code, EntityId)> = Vec::new();
    for (i, entity, code) in found {
        let known = &mut mentions.entities[entity.0 as usize];
        if known.code.is_none() {
            known.code = Some(code);
        }
        if known.code == Some(code) {
            continue;
        }
        let known = others.iter().find(|(of, c, _)| *of == entity && *c == code).map(|(_, _, other)| *other);
        let other = known.unwrap_or_else(|| {
            let other = EntityId(mentions.entities.len() as u32);
            let copy = Entity { code: Some(code), ..mentions.entities[entity.0 as usize].clone() };
            mentions.entities.push(copy);
            others.push((entity, code, other));
            other
        });
        mentions.actors[i].entities = vec![other];
    }
}

/// What the sentences name, for asking whose an agent is.
pub(super) struct Ground<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) sentences: &'a [Sentence],
    pub(super) places: &'a [PlaceMention],
    pub(super) actors: &'a [ActorMention],
    pub(super) entities: &'a [Entity],
}

impl Ground<'_> {
    /// The state of the agent of a mention; `local` tells whether it may be one that the sentence only speaks of.
    pub(super) fn code(&self, actor: usize, local: bool) -> Option<Code> {
        let mention = &self.actors[actor];
        let tokens = &self.sentences[mention.sentence as usize].tokens;
        let from = self.places.partition_point(|p| p.sentence < mention.sentence);
        let named = self.places[from..].iter().take_while(|p| p.sentence == mention.sentence);
        let named = named.filter_map(|p| Some((p.head, p.state?)));
        let states = self.actors_of(mention.sentence).filter(|a| a.as_place).filter_map(|a| Some((a.head, self.code_of(a)?)));
        let places: Vec<(u16, Code)> = named.chain(states).collect();
        let attached = |&&(place, _): &&(u16, Code)| tokens.get(usize::from(place)).is_some_and(|t| t.head == mention.head);
        if let Some((_, code)) = places.iter().find(attached) {
            return Some(*code);
        }
        let mut all = places.iter().map(|(_, code)| *code);
        if local && self.is_local(tokens, mention) {
            let acting = self.actors_of(mention.sentence).flat_map(|a| &a.entities).filter_map(|e| self.entities[e.0 as usize].code);
            let mut acting = acting.filter(|c| self.kb.state(*c).is_some());
            if let Some(first) = acting.next().or_else(|| places.first().map(|(_, code)| *code))
                && acting.chain(all.clone()).all(|code| code == first)
            {
                return Some(first);
            }
            if let Some(code) = self.spoken_of(tokens, mention) {
                return Some(code);
            }
        }
        let first = all.next()?;
        all.all(|code| code == first).then_some(first)
    }

    fn actors_of(&self, sentence: u32) -> impl Iterator<Item = &ActorMention> {
        let from = self.actors.partition_point(|a| a.sentence < sentence);
        self.actors[from..].iter().take_while(move |a| a.sentence == sentence)
    }

    fn code_of(&self, mention: &ActorMention) -> Option<Code> {
        mention.entities.first().and_then(|e| self.entities[e.0 as usize].code)
    }

    /// "Paris would withdraw from Libreville, a diplomat said": the state of the sentence's first subject, for who speaks of it
    /// after a comma.
    fn spoken_of(&self, tokens: &[Token], mention: &ActorMention) -> Option<Code> {
        let is_subject = |m: &ActorMention| matches!(tokens[usize::from(m.head)].rel, Rel::Nsubj | Rel::NsubjPass);
        let mut at = usize::from(mention.first);
        while at > 0 && (tokens[at - 1].tag == Tag::Det || tokens[at - 1].tag == Tag::Adj || tokens[at - 1].tag == Tag::Num) {
            at -= 1;
        }
        let after_comma = at > 0 && tokens[at - 1].tag == Tag::Punct;
        if !after_comma || !is_subject(mention) {
            return None;
        }
        let subject = self.actors_of(mention.sentence).take_while(|m| m.first < mention.first).find(|m| is_subject(m) && !m.as_place)?;
        self.code_of(subject).filter(|code| self.kb.state(*code).is_some())
    }

    /// Whether an agent may be of the state that its sentence speaks of: nothing before its noun says that it is from elsewhere.
    fn is_local(&self, tokens: &[Token], mention: &ActorMention) -> bool {
        if mention.form == MentionForm::Anaphor {
            return false;
        }
        let named = |at: usize| {
            self.actors_of(mention.sentence).any(|m| m.span != mention.span && (usize::from(m.first)..usize::from(m.end)).contains(&at))
        };
        let belongs = |at: usize| {
            let tag = tokens[at].tag;
            at >= usize::from(mention.first) || tag.is_noun() || matches!(tag, Tag::Adj | Tag::Num | Tag::Det)
        };
        (0..usize::from(mention.end)).rev().take_while(|at| belongs(*at)).all(|at| {
            let token = &tokens[at];
            let written = at > 0 && matches!(token.shape, Shape::Capital | Shape::Mixed) && matches!(token.tag, Tag::Propn | Tag::Adj);
            let name = written && at < usize::from(mention.head) && !named(at);
            !name && token.hash != word::BOTH && !self.kb.cues.word(token.hash, Cue::FromElsewhere)
        })
    }
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
