//! Names with their titles → persons of the document.

use super::Resolver;
use crate::{
    kb::Gender,
    mention::{
        Code, EntityId, MentionForm, TitleClaim, TitleQuality,
        person::Clues,
        phrase::{Core, Few, Phrase},
    },
    token::{Shape, Tag},
};

impl<'a> Resolver<'a> {
    /// Notes the person whom a phrase names in full.
    pub(super) fn full_name(&mut self, index: usize) {
        let phrase = &self.phrases[index];
        let keys = self.keys_of(phrase);
        if phrase.core != Core::Person || keys.len() < 2 {
            return;
        }
        let clues = self.clues(index);
        let name = self.name_text(phrase);
        let mut found = self.persons.full_name(keys, phrase.known, &clues, name);
        if found.is_none() && phrase.known.is_none() && clues.roles.is_empty() {
            // A family name of two words: "López Obrador", "bin Salman". Other unknown names wait for their second mention.
            found = self.persons.short_name(keys, &clues, name, true);
        }
        self.person_of_phrase[index] = found.map(|i| i as u32);
    }

    pub(super) fn keys_of(&self, phrase: &Phrase) -> &'a [u32] {
        &self.names[phrase.name_keys.0 as usize..phrase.name_keys.1 as usize]
    }

    pub(super) fn name_text(&self, phrase: &Phrase) -> &'a str {
        let (first, end) = phrase.name.unwrap_or((phrase.first, phrase.end));
        self.text(phrase.sentence, first, end)
    }

    /// What titles, states and courtesy words say of the person of a phrase.
    pub(super) fn clues(&self, index: usize) -> Clues {
        let mut clues = Clues::NONE;
        let linked = self.title_of_phrase[index].map(|i| &self.phrases[i as usize]);
        for phrase in std::iter::once(&self.phrases[index]).chain(linked) {
            for state in phrase.states.iter() {
                clues.states.push(state);
            }
            for used in phrase.titles.iter() {
                let title = &self.kb.phrases.titles[usize::from(used.title)];
                let form = &*title.form;
                if self.kb.role_name(title.role) == "courtesy" {
                    clues.courtesy = true;
                    clues.gender = match form {
                        "mr" | "mr." | "sir" => Some(Gender::Male),
                        "mrs" | "mrs." | "ms" | "ms." | "miss" | "dame" | "madam" | "madame" => Some(Gender::Female),
                        _ => clues.gender,
                    };
                    continue;
                }
                clues.roles.push((title.role, used.quality));
                if clues.states.is_empty()
                    && let Some(scope) = title.scope
                {
                    clues.states.push(scope);
                }
            }
            if clues.states.is_empty()
                && let Some(code) = self.owner_code(phrase)
            {
                clues.states.push(code);
            }
            clues.courtesy |= phrase.core != Core::Person && phrase.titles.is_empty();
        }
        // A senator or governor without a country is one of the government's that publishes the document.
        let domestic = |role| {
            const DOMESTIC: [&str; 7] =
                ["legislator", "speaker", "governor", "mayor", "secretary", "under_secretary", "assistant_secretary"];
            DOMESTIC.contains(&self.kb.role_name(role))
        };
        if clues.states.is_empty()
            && clues.roles.first().is_some_and(|(role, _)| domestic(role))
            && let Some(code) = self.publisher
            && self.phrases[index].known.is_none()
        {
            clues.states.push(code);
        }
        clues
    }

    /// The code of the organisation or person that a phrase belongs to: "NATO Secretary General", "Yoon's envoy".
    pub(crate) fn owner_code(&self, phrase: &Phrase) -> Option<Code> {
        let organization = phrase.organization.and_then(|id| self.kb.organization(id).code);
        organization.or_else(|| {
            let possessor = self.person_of_phrase[phrase.possessor? as usize]?;
            self.persons.all[possessor as usize].code
        })
    }

    pub(super) fn person(&mut self, index: usize) {
        let phrase = &self.phrases[index];
        let keys = self.keys_of(phrase);
        let mut clues = self.clues(index);
        let mut found = self.person_of_phrase[index].map(|i| i as usize);
        if found.is_none() && !keys.is_empty() {
            if phrase.titles.is_empty() && phrase.first != phrase.name.map_or(phrase.first, |n| n.0) && phrase.states.is_empty() {
                clues.courtesy = true; // "his counterpart Cho Tae-yul"
            }
            let stands_out = self.stands_out(phrase, keys);
            let name = self.name_text(phrase);
            found = if keys.len() == 1 || phrase.known.is_none() && clues.roles.is_empty() && !clues.courtesy {
                self.persons.short_name(keys, &clues, name, stands_out)
            } else {
                self.persons.full_name(keys, phrase.known, &clues, name)
            };
        }
        if found.is_none() && self.try_first_word(index) {
            return;
        }
        let Some(found) = found else {
            self.unresolved_person(phrase);
            return;
        };
        self.person_of_phrase[index] = Some(found as u32);
        let entity = self.entities.person(&mut self.persons.all[found], found);
        let owner = self.owner_code(phrase);
        self.claim_titles(phrase, entity, owner);
        let core = phrase.name.map_or(phrase.end, |n| n.1) - 1;
        self.mention(phrase, Few::one(entity), MentionForm::Name, core, false);
    }

    /// In a headline with capitals throughout ("Lee Touches Down") only the first word of a run may be the name.
    pub(super) fn try_first_word(&mut self, index: usize) -> bool {
        let phrase = &self.phrases[index];
        let Some((first, end)) = phrase.name.filter(|(first, end)| end - first > 1 && phrase.titles.is_empty()) else { return false };
        if !phrase.title_case || first != phrase.first {
            return false;
        }
        let Some(keys) = self.keys_of(phrase).get(..1) else { return false };
        let name = self.text(phrase.sentence, first, first + 1);
        let Some(found) = self.persons.short_name(keys, &Clues::NONE, name, self.stands_out(phrase, keys)) else { return false };
        let entity = self.entities.person(&mut self.persons.all[found], found);
        let bare = Phrase { end: first + 1, ..phrase.clone() };
        let _ = end;
        self.mention(&bare, Few::one(entity), MentionForm::Name, first, false);
        true
    }

    /// A name that leads to nobody: only a state that the phrase has swallowed remains.
    pub(super) fn unresolved_person(&mut self, phrase: &Phrase) {
        if let Some(code) = phrase.states.first() {
            let entity = self.entities.state(code, None, None);
            let end = phrase.name.map_or(phrase.end, |n| n.0);
            if end > phrase.first {
                let bare = Phrase { end, name: None, ..phrase.clone() };
                self.mention(&bare, Few::one(entity), MentionForm::Name, end - 1, false);
            }
        }
    }

    /// Whether a lone name may be looked for in the tables: a proper noun that is no everyday word at a sentence's head.
    pub(super) fn stands_out(&self, phrase: &Phrase, keys: &[u32]) -> bool {
        let tokens = self.tokens(phrase.sentence);
        let (first, _) = phrase.name.unwrap_or((phrase.first, phrase.end));
        let token = &tokens[usize::from(first)];
        token.tag == Tag::Propn && token.shape == Shape::Capital && keys.iter().all(|key| self.persons.may_stand_alone(*key))
    }

    pub(super) fn claim_titles(&mut self, phrase: &Phrase, entity: EntityId, owner: Option<Code>) {
        self.claim_titles_as(phrase, entity, owner, TitleQuality::Holds);
    }

    /// Notes the titles of a phrase as claims on an entity; plainly held ones are of the given quality.
    pub(super) fn claim_titles_as(&mut self, phrase: &Phrase, entity: EntityId, owner: Option<Code>, plain: TitleQuality) {
        for used in phrase.titles.iter() {
            let title = &self.kb.phrases.titles[usize::from(used.title)];
            if self.kb.role_name(title.role) == "courtesy" || phrase.regional {
                continue;
            }
            let claim = TitleClaim {
                span: self.span(phrase.sentence, used.first, used.end),
                sentence: phrase.sentence,
                role: title.role,
                of: phrase.states.first().or(title.scope).or(owner),
                quality: if used.quality == TitleQuality::Holds { plain } else { used.quality },
            };
            self.entities.all[entity.0 as usize].titles.push(claim);
        }
    }

    /// The person of the document whom a phrase names, if that is known yet.
    pub(crate) fn person_at(&self, phrase: &Phrase) -> Option<usize> {
        let index = self.phrases.partition_point(|p| (p.sentence, p.first) < (phrase.sentence, phrase.first));
        self.person_of_phrase[index].map(|i| i as usize)
    }

    /// The person of the document at another phrase, looked up now if it comes later.
    pub(super) fn person_named(&mut self, index: usize) -> Option<usize> {
        if self.person_of_phrase[index].is_none() {
            let phrase = &self.phrases[index];
            let clues = self.clues(index);
            let found = self.persons.short_name(self.keys_of(phrase), &clues, self.name_text(phrase), true);
            self.person_of_phrase[index] = found.map(|i| i as u32);
        }
        self.person_of_phrase[index].map(|i| i as usize)
    }
}
