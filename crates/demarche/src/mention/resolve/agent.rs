//! "Korean prosecutors", "the Japanese government", "his country": agents, and the states that they belong to.

use super::{AGENT, Resolver};
use crate::{
    kb::{
        cue::Cue,
        phrase::{NameUse, Nature},
    },
    mention::{
        Code, MentionForm,
        chunk::is_possessive,
        phrase::{Anaphor, Core, Determiner, Few, Phrase},
        word,
    },
    token::{Rel, Shape, Tag},
};

impl<'a> Resolver<'a> {
    pub(super) fn agent(&mut self, index: usize, agent: u16) {
        let phrase = &self.phrases[index];
        let words = AGENT + u32::from(agent);
        let agent = &self.kb.phrases.agents[usize::from(agent)];
        let core = self.core_of_agent(phrase);
        let owner = self.owner_code(phrase);
        if agent.nature == Nature::Counterpart && !phrase.plural {
            self.counterpart(index, core);
            return;
        }
        let name = self.text(phrase.sentence, phrase.first, phrase.end);
        let sector = match phrase.organization {
            // An official of a party, an armed group, a ministry is of its sector.
            Some(id) => self.kb.organization(id).sector.or(agent.sector),
            None => agent.sector,
        };
        let mut codes = phrase.states;
        if let Some(code) = owner.filter(|_| codes.is_empty()) {
            codes.push(code);
        }
        if codes.is_empty() {
            codes = self.states_after_of(index);
        }
        if codes.is_empty() {
            codes = self.pronoun_owner(phrase);
        }
        // "India's rivals" are not India; "the Chinese guests" are Chinese.
        let owned = self.tokens(phrase.sentence)[usize::from(phrase.first)..usize::from(core)].iter().any(|t| is_possessive(t.hash));
        if agent.nature == Nature::Other && (owned || phrase.states.is_empty() || sector != Some(Code(*b"UNK"))) {
            codes = Few::NONE;
        }
        let token = &self.tokens(phrase.sentence)[usize::from(core)];
        if codes.is_empty() && sector == Some(Code(*b"UNK")) {
            return; // "a group", "the guest": nobody in particular
        }
        if codes.is_empty() && !phrase.plural {
            let loose = phrase.determiner == Determiner::None
                && token.shape == Shape::Lower
                && token.rel != Rel::Nsubj
                && !self.kb.cues.word(token.hash, Cue::WithoutArticle);
            let next = self.tokens(phrase.sentence).get(usize::from(core) + 1);
            let modifies = matches!(token.rel, Rel::Compound | Rel::Amod)
                && (phrase.determiner != Determiner::The || next.is_some_and(|next| next.tag.is_noun() && next.space_before));
            if token.tag == Tag::Adj || modifies || loose && token.tag == Tag::Noun {
                return; // "a police network", "sharing military intelligence"
            }
            if phrase.determiner == Determiner::The
                && let Some(code) = self.known_by_context(&agent.form, words)
            {
                codes.push(code);
            }
        }
        let sector = if phrase.former { Some(Code(*b"ELI")) } else { sector };
        let mut entities = Few::NONE;
        let several = codes.len() > 1;
        for code in codes.iter() {
            let form = if phrase.plural { self.text(phrase.sentence, core, core + 1) } else { &agent.form };
            let own = several.then(|| format!("{} {form}", self.kb.state(code).map_or(code.as_str(), |s| &s.name)));
            let name = own.as_deref().unwrap_or(name);
            entities.push(match agent.nature {
                Nature::State if phrase.organization.is_none() && !phrase.plural => {
                    self.entities.note_agent(code, words);
                    self.entities.state(code, None, None)
                }
                _ => self.entities.agent(Some(code), sector, words, name),
            });
        }
        if entities.is_empty() {
            if agent.nature == Nature::State && phrase.determiner == Determiner::None {
                return;
            }
            let entity = self.entities.agent(None, sector, words, name);
            if agent.nature == Nature::Other {
                self.entities.abroad.push(entity);
            }
            entities.push(entity);
        }
        self.mention(phrase, entities, MentionForm::Description, core, false);
    }

    /// "his government", "its citizens": the states of those whom the pronoun stands for.
    pub(super) fn pronoun_owner(&self, phrase: &Phrase) -> Few<Code> {
        let mut codes = Few::NONE;
        if let Determiner::Possessive(at) = phrase.determiner {
            let owner = self.actors.iter().rev().take_while(|m| m.sentence == phrase.sentence).find(|m| m.first == at);
            for entity in owner.into_iter().flat_map(|m| &m.entities) {
                if let Some(code) = self.entities.get(*entity).code.filter(|code| !codes.iter().any(|c| c == *code)) {
                    codes.push(code);
                }
            }
        }
        codes
    }

    /// "the presidential office", after "the South Korean presidential office" or in a government's own document.
    pub(super) fn known_by_context(&self, form: &str, words: u32) -> Option<Code> {
        let own = matches!(form, "government" | "administration" | "federal government" | "cabinet" | "presidential office");
        self.entities.agent_with(words).or(self.publisher.filter(|_| own))
    }

    /// "officials of the two countries", "officials from the Chinese Foreign Ministry": the states of the phrase after it.
    pub(super) fn states_after_of(&mut self, index: usize) -> Few<Code> {
        let mut codes = Few::NONE;
        let phrase = &self.phrases[index];
        let tokens = self.tokens(phrase.sentence);
        let gap = |next: &Phrase| usize::from(phrase.end) + 1..usize::from(next.first).max(usize::from(phrase.end) + 1);
        let Some(next) = self.phrases.get(index + 1).filter(|next| next.sentence == phrase.sentence && next.first > phrase.end) else {
            return codes;
        };
        let preposition = tokens[usize::from(phrase.end)].hash;
        if !matches!(preposition, word::OF | word::FROM | word::AT)
            || !tokens[gap(next)].iter().all(|t| matches!(t.hash, word::THE | word::A | word::AN))
        {
            return codes;
        }
        match next.core {
            Core::Anaphor(anaphor @ (Anaphor::States(_) | Anaphor::Some(_) | Anaphor::Koreas)) => {
                let states = self.anaphor(next, anaphor).unwrap_or(Few::NONE);
                states.iter().filter_map(|e| self.entities.get(e).code).for_each(|code| codes.push(code));
            }
            Core::State { code, usage: NameUse::Name | NameUse::Capital, .. } => codes.push(code),
            Core::Organization(id) => self.kb.organization(id).code.into_iter().for_each(|code| codes.push(code)),
            Core::Agent(_) => next.states.iter().for_each(|code| codes.push(code)),
            _ => {}
        }
        codes
    }

    /// The last token of the agent noun, before "of Japan".
    pub(super) fn core_of_agent(&self, phrase: &Phrase) -> u16 {
        let tokens = self.tokens(phrase.sentence);
        (phrase.first..phrase.end).find(|at| tokens[usize::from(*at)].hash == word::OF && *at > phrase.first).unwrap_or(phrase.end) - 1
    }
}
