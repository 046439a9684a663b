//! The document's entities: each state, organisation, kind of agent, source and person once, in order of first mention.

use rustc_hash::FxHashMap;

use crate::{
    kb::{KnowledgeBase, OrganizationId},
    mention::{Code, Entity, EntityId, EntityKind, person::DocPerson},
};

/// By what an entity is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    State(Code, Option<Code>),
    Organization(OrganizationId),
    /// Code, sector, and the number of the kind.
    Agent(Option<Code>, Option<Code>, u32),
    Source(Option<Code>, u32),
}

/// Entities under construction.
#[derive(Debug)]
pub(crate) struct Entities<'a> {
    kb: &'a KnowledgeBase,
    pub(crate) all: Vec<Entity>,
    by_key: FxHashMap<Key, EntityId>,
    /// State and kind of the agents named so far.
    agents: Vec<(Code, u32)>,
    /// Agents and sources that need not be of the state that their sentence speaks of: "guests", "rivals", "analysts".
    pub(crate) abroad: Vec<EntityId>,
    /// For a person's entity, their index among the document's persons.
    pub(crate) person_of: Vec<Option<u32>>,
}

impl<'a> Entities<'a> {
    pub(crate) fn new(kb: &'a KnowledgeBase) -> Entities<'a> {
        Entities { kb, all: Vec::new(), by_key: FxHashMap::default(), agents: Vec::new(), abroad: Vec::new(), person_of: Vec::new() }
    }

    pub(crate) fn get(&self, id: EntityId) -> &Entity {
        &self.all[id.0 as usize]
    }

    fn add(&mut self, entity: Entity) -> EntityId {
        self.all.push(entity);
        self.person_of.push(None);
        EntityId(self.all.len() as u32 - 1)
    }

    fn intern(&mut self, key: Key, make: impl FnOnce(&KnowledgeBase) -> Entity) -> EntityId {
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let id = self.add(make(self.kb));
        self.by_key.insert(key, id);
        id
    }

    /// A state as a whole; or, with another sector than the government's, that part of it: the Pentagon, Wall Street.
    pub(crate) fn state(&mut self, code: Code, sector: Option<Code>, name: Option<&str>) -> EntityId {
        let gov = Code(*b"GOV");
        let part = sector.filter(|s| *s != gov);
        self.intern(Key::State(code, part), |kb| Entity {
            kind: if part.is_some() { EntityKind::Agent } else { EntityKind::State },
            name: match (part, name) {
                (Some(_), Some(name)) => name.to_owned(),
                _ => kb.state(code).map_or_else(|| code.as_str().to_owned(), |s| s.name.clone()),
            },
            code: Some(code),
            sector: part.or(Some(gov)),
            ..Entity::default()
        })
    }

    pub(crate) fn organization(&mut self, id: OrganizationId) -> EntityId {
        self.intern(Key::Organization(id), |kb| {
            let organization = kb.organization(id);
            Entity {
                kind: EntityKind::Organization,
                name: organization.name.to_string(),
                code: organization.code,
                sector: organization.sector,
                organization: Some(id),
                ..Entity::default()
            }
        })
    }

    /// Agents of one kind and state: "Korean prosecutors".
    pub(crate) fn agent(&mut self, code: Option<Code>, sector: Option<Code>, words: u32, name: &str) -> EntityId {
        if let Some(code) = code {
            self.note_agent(code, words);
        }
        self.intern(Key::Agent(code, sector, words), |_| Entity {
            kind: EntityKind::Agent,
            name: name.to_owned(),
            code,
            sector,
            ..Entity::default()
        })
    }

    /// Remembers that the text has named an agent of this kind with a state.
    pub(crate) fn note_agent(&mut self, code: Code, words: u32) {
        if !self.agents.contains(&(code, words)) {
            self.agents.push((code, words));
        }
    }

    /// The state of the one agent of a kind that has been named with a state.
    pub(crate) fn agent_with(&self, words: u32) -> Option<Code> {
        let mut found = None;
        for (place, kind) in self.agents.iter() {
            if *kind == words {
                match found {
                    Some(code) if code != *place => return None,
                    _ => found = Some(*place),
                }
            }
        }
        found
    }

    pub(crate) fn source(&mut self, code: Option<Code>, words: u32, name: &str) -> EntityId {
        self.intern(Key::Source(code, words), |_| Entity { kind: EntityKind::Source, name: name.to_owned(), code, ..Entity::default() })
    }

    /// The entity of a person of the document.
    pub(crate) fn person(&mut self, person: &mut DocPerson, index: usize) -> EntityId {
        if let Some(id) = person.entity {
            let entity = &mut self.all[id.0 as usize];
            if entity.code.is_none() {
                entity.code = person.code;
            }
            if entity.sector.is_none() {
                entity.sector = person.sector;
            }
            return id;
        }
        let id = self.add(Entity {
            kind: EntityKind::Person,
            name: person.name.clone(),
            code: person.code,
            sector: person.sector,
            person: person.person,
            ..Entity::default()
        });
        self.person_of[id.0 as usize] = Some(index as u32);
        person.entity = Some(id);
        id
    }
}
