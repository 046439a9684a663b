//! "his Japanese counterpart": who holds the same post on the other side.

use super::{COUNTERPART, Resolver, TITLE};
use crate::{
    kb::RoleId,
    mention::{
        Code, EntityId, MentionForm,
        phrase::{Determiner, Few, Phrase},
    },
};

impl<'a> Resolver<'a> {
    /// "his Japanese counterpart": who holds for the other state the post that the one spoken of holds.
    pub(super) fn counterpart(&mut self, index: usize, core: u16) {
        let phrase = &self.phrases[index];
        if let Some(person) = phrase.same_as.and_then(|i| self.person_named(i as usize)) {
            let entity = self.entities.person(&mut self.persons.all[person], person);
            self.mention(phrase, Few::one(entity), MentionForm::Anaphor, core, false);
            return;
        }
        let owner = match phrase.determiner {
            Determiner::Possessive(at) => self.mention_at(phrase.sentence, at),
            _ => None,
        };
        let owner = owner.and_then(|id| self.entities.person_of[id.0 as usize]).map(|i| i as usize);
        let possessor = phrase.possessor.and_then(|i| self.person_of_phrase[i as usize]).map(|i| i as usize);
        let antecedent = owner.or(possessor).or_else(|| self.last_person(phrase));
        let role = antecedent.and_then(|i| self.role_of(i)).map(|role| self.rank_role(role));
        let code = phrase.states.first();
        let mut entities = Few::NONE;
        if let Some(code) = code {
            let found = role.and_then(|role| self.persons.holder(code, role));
            if let Some(found) = found {
                entities.push(self.entities.person(&mut self.persons.all[found], found));
            } else {
                let name = self.text(phrase.sentence, phrase.first, phrase.end);
                let words = role.map_or(COUNTERPART, |role| TITLE + u32::from(role.0));
                entities.push(self.entities.agent(Some(code), Some(Code(*b"GOV")), words, name));
            }
        }
        if code.is_none()
            && let Some(other) = antecedent.and_then(|owner| self.peer_of(owner, role))
        {
            entities.push(self.entities.person(&mut self.persons.all[other], other));
        }
        self.mention(phrase, entities, MentionForm::Anaphor, core, false);
    }

    /// The person of another state who was mentioned last with a post of the same kind.
    pub(super) fn peer_of(&self, owner: usize, role: Option<RoleId>) -> Option<usize> {
        let role = role?;
        let code = self.persons.all[owner].code;
        self.actors.iter().rev().flat_map(|m| &m.entities).find_map(|id| {
            let index = self.entities.person_of[id.0 as usize]? as usize;
            let person = &self.persons.all[index];
            (index != owner && person.code != code && self.persons.has_role(person, role)).then_some(index)
        })
    }

    /// The one entity of the mention that begins at a token.
    pub(super) fn mention_at(&self, sentence: u32, first: u16) -> Option<EntityId> {
        let mention = self.actors.iter().rev().take_while(|m| m.sentence == sentence).find(|m| m.first == first)?;
        (mention.entities.len() == 1).then(|| mention.entities[0])
    }

    /// A president's counterpart may be a prime minister: whoever leads.
    pub(super) fn rank_role(&self, role: RoleId) -> RoleId {
        let leads = matches!(
            self.kb.role_name(role),
            "president" | "prime_minister" | "chancellor" | "leader" | "head_of_government" | "head_of_state"
        );
        if leads { self.kb.role("leader").unwrap_or(role) } else { role }
    }

    pub(super) fn last_person(&self, phrase: &Phrase) -> Option<usize> {
        self.actors
            .iter()
            .rev()
            .take_while(|m| m.sentence + 2 > phrase.sentence)
            .flat_map(|m| &m.entities)
            .find_map(|id| self.entities.person_of[id.0 as usize].map(|i| i as usize))
    }

    /// The role by which a person acts: the text's last, else that of the highest post held that day.
    pub(super) fn role_of(&self, index: usize) -> Option<RoleId> {
        let person = &self.persons.all[index];
        person.roles.last().or_else(|| self.kb.allegiance(person.person?, self.persons.date).map(|t| self.kb.post(t.post).role))
    }
}
