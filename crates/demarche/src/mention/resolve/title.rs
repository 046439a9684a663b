//! Titles without a name → the one who holds the post, if that can be known.

use super::{Resolver, TITLE};
use crate::{
    kb::{Level, RoleId},
    mention::{
        Code, EntityId, MentionForm, TitleQuality,
        host::Ground,
        person::Clues,
        phrase::{Core, Determiner, Few, Phrase},
        word,
    },
    token::{Rel, Shape, Tag},
};

impl<'a> Resolver<'a> {
    /// A title without a name.
    pub(super) fn title(&mut self, index: usize) {
        let phrase = &self.phrases[index];
        let core = phrase.titles.last().map_or(phrase.end, |t| t.end) - 1;
        let owner = self.owner_code(phrase);
        if let Some(person) = phrase.same_as.and_then(|i| self.person_named(i as usize)) {
            let entity = self.entities.person(&mut self.persons.all[person], person);
            self.claim_titles(phrase, entity, owner);
            self.mention(phrase, Few::one(entity), MentionForm::Description, core, false);
            return;
        }
        if let Some((entity, quality)) = self.predicate(phrase, core) {
            self.claim_titles_as(phrase, entity, owner, quality);
            self.mention(phrase, Few::one(entity), MentionForm::Description, core, false);
            return;
        }
        let Some(used) = phrase.titles.first() else { return };
        if let Some(person) = self.ambassador(index) {
            let entity = self.entities.person(&mut self.persons.all[person], person);
            self.claim_titles(phrase, entity, owner);
            self.mention(phrase, Few::one(entity), MentionForm::Description, core, false);
            return;
        }
        let title = &self.kb.phrases.titles[usize::from(used.title)];
        let (role, level, sector, scope) = (title.role, title.level, title.sector, title.scope);
        let code = phrase.states.first().or(scope).or(owner).or_else(|| self.pronoun_owner(phrase).first());
        let token = &self.tokens(phrase.sentence)[usize::from(core)];
        let modifies = token.tag == Tag::Adj || matches!(token.rel, Rel::Compound | Rel::Amod);
        let this_one = phrase.determiner == Determiner::The && level <= Level::Minister;
        if code.is_none() && !phrase.plural && modifies && !this_one {
            return; // "a major storm", but "let the health minister reply"
        }
        let name = self.text(phrase.sentence, phrase.first, phrase.end);
        let words = TITLE + u32::from(role.0);
        let entities = if phrase.plural {
            self.plural_title(phrase, role, sector, words, name)
        } else if used.quality == TitleQuality::Former {
            Few::one(self.entities.agent(code, Some(Code(*b"ELI")), words, name))
        } else if let Some(entity) = self.holder(phrase, role, level, code, used.quality) {
            self.claim_titles(phrase, entity, owner);
            Few::one(entity)
        } else if code.is_none() && phrase.determiner == Determiner::None {
            return; // "as president", "party leader": no one in particular
        } else if code.is_none() && level <= Level::Minister {
            self.open_titles.push((index as u32, self.actors.len() as u32));
            Few::NONE
        } else {
            Few::one(self.entities.agent(code, sector.or_else(|| self.kb.sector_of_role(role)), words, name))
        };
        self.mention(phrase, entities, MentionForm::Description, core, false);
    }

    /// "Malagasy pensioners have marched since the minister gave in": titles that nothing in the text before explains mean whoever
    /// holds the post in the state that their sentence speaks of.
    pub(super) fn settle_titles(&mut self) {
        for (index, actor) in std::mem::take(&mut self.open_titles) {
            let phrase = &self.phrases[index as usize];
            let tokens = self.tokens(phrase.sentence);
            let of_something = tokens.get(usize::from(phrase.end)).is_some_and(|t| t.hash == word::OF);
            let (kb, sentences, places) = (self.kb, self.sentences, self.places);
            let ground = Ground { kb, sentences, places, actors: &self.actors, entities: &self.entities.all };
            let (Some(code), Some(used)) = (ground.code(actor as usize, !of_something), phrase.titles.first()) else { continue };
            let title = &self.kb.phrases.titles[usize::from(used.title)];
            let entity = match self.holder(phrase, title.role, title.level, Some(code), used.quality) {
                Some(entity) => {
                    self.claim_titles(phrase, entity, Some(code));
                    entity
                }
                None => {
                    let sector = title.sector.or_else(|| self.kb.sector_of_role(title.role));
                    let name = self.text(phrase.sentence, phrase.first, phrase.end);
                    self.entities.agent(Some(code), sector, TITLE + u32::from(title.role.0), name)
                }
            };
            self.actors[actor as usize].entities.push(entity);
        }
    }

    /// "Japan's ambassador to South Korea": the holder of that very post.
    fn ambassador(&mut self, index: usize) -> Option<usize> {
        let phrase = &self.phrases[index];
        let title = &self.kb.phrases.titles[usize::from(phrase.titles.first()?.title)];
        let next = self.phrases.get(index + 1).filter(|n| n.sentence == phrase.sentence && n.first <= phrase.end + 2)?;
        let Core::State { code: host, .. } = next.core else { return None };
        let to = self.tokens(phrase.sentence)[usize::from(phrase.end)].hash == word::TO;
        if !to || self.kb.role_name(title.role) != "ambassador" || phrase.determiner == Determiner::A || phrase.plural {
            return None;
        }
        let role = self.kb.role(&format!("ambassador_to_{}", host.as_str()))?;
        self.persons.holder(phrase.states.first()?, role)
    }

    /// The one person whom a title without a name means here.
    pub(super) fn holder(
        &mut self,
        phrase: &Phrase,
        role: RoleId,
        level: Level,
        code: Option<Code>,
        quality: TitleQuality,
    ) -> Option<EntityId> {
        if level > Level::Minister || phrase.regional || phrase.determiner == Determiner::A || quality == TitleQuality::Deputy {
            return None;
        }
        let found = match code {
            Some(code) => match phrase.organization {
                Some(organization) => self.persons.organization_holder(organization, role),
                None => self.persons.holder(code, role),
            },
            None => self.last_with_role(role).or_else(|| self.publishers_holder(phrase, role)),
        };
        if let Some(index) = found {
            return Some(self.entities.person(&mut self.persons.all[index], index));
        }
        let code = code?;
        // A post that nobody is known to hold is still one person's.
        let clues = Clues { roles: Few::one((role, quality)), states: Few::one(code), ..Clues::NONE };
        let tag = word::key("?")
            .wrapping_add(u32::from(role.0))
            .wrapping_mul(31)
            .wrapping_add(u32::from_be_bytes([0, code.0[0], code.0[1], code.0[2]]));
        let index = match self.persons.all.iter().position(|p| p.keys == [tag]) {
            Some(index) => index,
            None => self.persons.add_unknown(&[tag], &clues, self.text(phrase.sentence, phrase.first, phrase.end)),
        };
        Some(self.entities.person(&mut self.persons.all[index], index))
    }

    /// The person mentioned last whom the title means: one called so in the text before one who only holds such a post, and in
    /// a government's document its own before others.
    pub(super) fn last_with_role(&self, role: RoleId) -> Option<usize> {
        let mut best: Option<(u8, u32, usize)> = None;
        for (index, person) in self.persons.all.iter().enumerate().filter(|(_, p)| p.last > 0) {
            let called = person.roles.iter().any(|r| r == role);
            let own = self.publisher.is_some() && person.code == self.publisher;
            let rank = match (called, own) {
                (true, true) => 4,
                (false, true) if self.persons.has_role(person, role) => 3,
                (true, false) => 2,
                (false, false) if self.persons.has_role(person, role) => 1,
                _ => continue,
            };
            if best.is_none_or(|(top, last, _)| (rank, person.last) > (top, last)) {
                best = Some((rank, person.last, index));
            }
        }
        best.map(|(_, _, index)| index)
    }

    /// "the President" in a document of a government is its own.
    pub(super) fn publishers_holder(&mut self, phrase: &Phrase, role: RoleId) -> Option<usize> {
        let code = self.publisher?;
        let capital = phrase.titles.first().is_some_and(|t| self.tokens(phrase.sentence)[usize::from(t.first)].shape == Shape::Capital);
        if capital { self.persons.holder(code, role) } else { None }
    }

    /// "the foreign ministers of Japan and South Korea": holders where they are known, else the states.
    pub(super) fn plural_title(&mut self, phrase: &Phrase, role: RoleId, sector: Option<Code>, words: u32, name: &str) -> Few<EntityId> {
        let mut entities = Few::NONE;
        for code in phrase.states.iter() {
            let sector = sector.or_else(|| self.kb.sector_of_role(role));
            entities.push(self.entities.agent(Some(code), sector, words, name));
        }
        if entities.is_empty() {
            entities.push(self.entities.agent(None, sector, words, name));
        }
        entities
    }
}
