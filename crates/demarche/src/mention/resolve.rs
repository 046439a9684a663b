//! Phrases → mentions with their entities.
//!
//! First every full name of the document is looked up, so that a headline's "Takaichi" finds the "Sanae Takaichi" of the
//! first paragraph. Then the phrases are led to entities in text order, the words that stand for others last looked back
//! from ([`anaphora`](super::anaphora)).

use crate::{
    document::Document,
    kb::{
        Gender, KnowledgeBase, Level, RoleId,
        phrase::{NameUse, Nature},
    },
    mention::{
        ActorMention, Code, EntityId, EntityKind, MentionForm, TitleClaim, TitleQuality,
        entity::Entities,
        head,
        person::{Clues, Persons},
        phrase::{Anaphor, Core, Determiner, Few, Phrase},
        place, word,
    },
    sentence::Sentence,
    span::Span,
    token::{Rel, Shape, Tag, Token},
    vocabulary::Vocabulary,
};

/// What kinds of agents are numbered from, so that those of titles and those of agent nouns keep apart.
const AGENT: u32 = 1 << 16;
const TITLE: u32 = 2 << 16;
const COUNTERPART: u32 = 3 << 16;

/// Everything that the leading of phrases to entities needs.
pub(crate) struct Resolver<'a> {
    pub(crate) kb: &'a KnowledgeBase,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) document: &'a Document,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) phrases: &'a [Phrase],
    pub(crate) names: &'a [u32],
    pub(crate) persons: Persons<'a>,
    pub(crate) entities: Entities<'a>,
    pub(crate) actors: Vec<ActorMention>,
    /// The state whose document it is: the publisher's.
    pub(crate) publisher: Option<Code>,
    /// For each phrase, the person of the document that it names.
    person_of_phrase: Vec<Option<u32>>,
    /// For each phrase, the title phrase in apposition to it.
    title_of_phrase: Vec<Option<u32>>,
    /// Who speaks in the current sentence of a transcript, by the label's span.
    pub(crate) speaker: Option<(Span, Option<EntityId>)>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(
        kb: &'a KnowledgeBase,
        vocabulary: &'a Vocabulary,
        document: &'a Document,
        sentences: &'a [Sentence],
        phrases: &'a [Phrase],
        names: &'a [u32],
    ) -> Resolver<'a> {
        let mut title_of_phrase = vec![None; phrases.len()];
        for (index, phrase) in phrases.iter().enumerate() {
            if let Some(person) = phrase.same_as {
                title_of_phrase[person as usize] = Some(index as u32);
            }
        }
        Resolver {
            kb,
            vocabulary,
            document,
            sentences,
            phrases,
            names,
            persons: Persons { kb, date: document.meta.published, all: Vec::new() },
            entities: Entities::new(kb),
            actors: Vec::with_capacity(phrases.len()),
            publisher: super::publisher::state_of(kb, document),
            person_of_phrase: vec![None; phrases.len()],
            title_of_phrase,
            speaker: None,
        }
    }

    pub(crate) fn run(&mut self) {
        for index in 0..self.phrases.len() {
            self.full_name(index);
        }
        for index in 0..self.phrases.len() {
            self.phrase(index);
        }
    }

    /// Notes the person whom a phrase names in full.
    fn full_name(&mut self, index: usize) {
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

    fn keys_of(&self, phrase: &Phrase) -> &'a [u32] {
        &self.names[phrase.name_keys.0 as usize..phrase.name_keys.1 as usize]
    }

    fn name_text(&self, phrase: &Phrase) -> &'a str {
        let (first, end) = phrase.name.unwrap_or((phrase.first, phrase.end));
        self.text(phrase.sentence, first, end)
    }

    fn text(&self, sentence: u32, first: u16, end: u16) -> &'a str {
        self.span(sentence, first, end).of(&self.document.text)
    }

    fn span(&self, sentence: u32, first: u16, end: u16) -> Span {
        let tokens = &self.sentences[sentence as usize].tokens;
        tokens[usize::from(first)].span.join(tokens[usize::from(end) - 1].span)
    }

    pub(crate) fn tokens(&self, sentence: u32) -> &'a [Token] {
        &self.sentences[sentence as usize].tokens
    }

    /// What titles, states and courtesy words say of the person of a phrase.
    fn clues(&self, index: usize) -> Clues {
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
            const DOMESTIC: [&str; 7] = ["legislator", "speaker", "governor", "mayor", "secretary", "under_secretary", "assistant_secretary"];
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
    fn owner_code(&self, phrase: &Phrase) -> Option<Code> {
        let organization = phrase.organization.and_then(|id| self.kb.organization(id).code);
        organization.or_else(|| {
            let possessor = self.person_of_phrase[phrase.possessor? as usize]?;
            self.persons.all[possessor as usize].code
        })
    }

    fn phrase(&mut self, index: usize) {
        let phrase = &self.phrases[index];
        self.note_speaker(phrase.sentence);
        match phrase.core {
            Core::State { code, usage, sector } => self.state(phrase, code, usage, sector),
            Core::Person => self.person(index),
            Core::Title => self.title(index),
            Core::Agent(agent) => self.agent(index, agent),
            Core::Organization(id) => {
                let entity = self.entities.organization(id);
                self.mention(phrase, Few::one(entity), MentionForm::Name, phrase.end - 1, false);
            }
            Core::Source(_) => {
                let last = &self.tokens(phrase.sentence)[usize::from(phrase.end) - 1];
                let bare = last.tag == Tag::Noun && phrase.determiner == Determiner::None && phrase.states.is_empty();
                let modifies = matches!(last.rel, Rel::Compound | Rel::Amod) && last.tag != Tag::NounPlural;
                if bare || modifies || last.tag == Tag::Det {
                    return; // "in public", "some officials" before the noun is read
                }
                let name = self.text(phrase.sentence, phrase.first, phrase.end);
                let hash = last.hash;
                let mut codes = phrase.states;
                if codes.is_empty() {
                    codes = self.states_after_of(index);
                }
                let mut entities = Few::NONE;
                for code in codes.iter() {
                    entities.push(self.entities.source(Some(code), hash, name));
                }
                if entities.is_empty() {
                    let code = self.owner_code(phrase);
                    entities.push(self.entities.source(code, hash, name));
                }
                self.mention(phrase, entities, MentionForm::Description, phrase.end - 1, false);
            }
            Core::Anaphor(anaphor) => {
                if let Some(entities) = self.anaphor(phrase, anaphor) {
                    self.mention(phrase, entities, MentionForm::Anaphor, phrase.end - 1, false);
                }
            }
        }
    }

    fn state(&mut self, phrase: &Phrase, code: Code, usage: NameUse, sector: Option<Code>) {
        let tokens = self.tokens(phrase.sentence);
        let before = self
            .actors
            .last()
            .filter(|m| m.sentence == phrase.sentence && matches!(m.form, MentionForm::Name | MentionForm::Metonym))
            .map(|m| (m.end, m.as_place));
        let before = before.or_else(|| self.place_before(phrase));
        let as_place = place::is_place(self.kb, self.vocabulary, tokens, phrase, usage, before);
        let (form, sector) = match usage {
            NameUse::Name => (MentionForm::Name, sector),
            NameUse::Adjective => (MentionForm::Adjective, None),
            NameUse::Capital => (MentionForm::Metonym, None),
            NameUse::Metonym => (MentionForm::Metonym, sector),
            // "the Chinese" are their government, "Koreans" its citizens.
            NameUse::People if phrase.determiner == Determiner::The => (MentionForm::Description, None),
            NameUse::People => (MentionForm::Description, Some(Code(*b"CVL"))),
        };
        let name = self.text(phrase.sentence, phrase.first, phrase.end);
        let entity = self.entities.state(code, sector, Some(name));
        self.mention(phrase, Few::one(entity), form, phrase.end - 1, as_place);
    }

    /// The place that ends right before a phrase: "Gyeongju, South Korea".
    fn place_before(&self, phrase: &Phrase) -> Option<(u16, bool)> {
        let tokens = self.tokens(phrase.sentence);
        let first = usize::from(phrase.first);
        let comma = first.checked_sub(1).filter(|at| tokens[*at].hash == word::COMMA)?;
        let name = comma.checked_sub(1)?;
        let is_name = tokens[name].tag == Tag::Propn && matches!(tokens[name].rel, Rel::Obl | Rel::Nmod | Rel::Flat | Rel::Conj);
        let follows_place = (0..name).rev().take(4).any(|at| {
            tokens[at].tag == Tag::Adp && self.kb.cues.word(tokens[at].hash, crate::kb::cue::Cue::Locative)
        });
        (is_name && follows_place && tokens[name].shape == Shape::Capital).then_some((comma as u16, true))
    }

    fn person(&mut self, index: usize) {
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
    fn try_first_word(&mut self, index: usize) -> bool {
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
    fn unresolved_person(&mut self, phrase: &Phrase) {
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
    fn stands_out(&self, phrase: &Phrase, keys: &[u32]) -> bool {
        let tokens = self.tokens(phrase.sentence);
        let (first, _) = phrase.name.unwrap_or((phrase.first, phrase.end));
        let token = &tokens[usize::from(first)];
        token.tag == Tag::Propn && token.shape == Shape::Capital && keys.iter().all(|key| self.persons.may_stand_alone(*key))
    }

    fn claim_titles(&mut self, phrase: &Phrase, entity: EntityId, owner: Option<Code>) {
        for used in phrase.titles.iter() {
            let title = &self.kb.phrases.titles[usize::from(used.title)];
            if self.kb.role_name(title.role) == "courtesy" {
                continue;
            }
            let claim = TitleClaim {
                span: self.span(phrase.sentence, used.first, used.end),
                sentence: phrase.sentence,
                role: title.role,
                of: phrase.states.first().or(title.scope).or(owner),
                quality: used.quality,
            };
            self.entities.all[entity.0 as usize].titles.push(claim);
        }
    }

    /// A title without a name.
    fn title(&mut self, index: usize) {
        let phrase = &self.phrases[index];
        let core = phrase.titles.last().map_or(phrase.end, |t| t.end) - 1;
        let owner = self.owner_code(phrase);
        if let Some(person) = phrase.same_as.and_then(|i| self.person_named(i as usize)) {
            let entity = self.entities.person(&mut self.persons.all[person], person);
            self.claim_titles(phrase, entity, owner);
            self.mention(phrase, Few::one(entity), MentionForm::Description, core, false);
            return;
        }
        let Some(used) = phrase.titles.first() else { return };
        let title = &self.kb.phrases.titles[usize::from(used.title)];
        let (role, level, sector, scope) = (title.role, title.level, title.sector, title.scope);
        let code = phrase.states.first().or(scope).or(owner).or_else(|| self.pronoun_owner(phrase).first());
        let token = &self.tokens(phrase.sentence)[usize::from(core)];
        if code.is_none() && !phrase.plural && (token.tag == Tag::Adj || matches!(token.rel, Rel::Compound | Rel::Amod)) {
            return; // "a major storm"
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
            Few::NONE
        } else {
            Few::one(self.entities.agent(code, sector.or_else(|| self.kb.sector_of_role(role)), words, name))
        };
        self.mention(phrase, entities, MentionForm::Description, core, false);
    }

    /// The person of the document at another phrase, looked up now if it comes later.
    fn person_named(&mut self, index: usize) -> Option<usize> {
        if self.person_of_phrase[index].is_none() {
            let phrase = &self.phrases[index];
            let clues = self.clues(index);
            let found = self.persons.short_name(self.keys_of(phrase), &clues, self.name_text(phrase), true);
            self.person_of_phrase[index] = found.map(|i| i as u32);
        }
        self.person_of_phrase[index].map(|i| i as usize)
    }

    /// The one person whom a title without a name means here.
    fn holder(&mut self, phrase: &Phrase, role: RoleId, level: Level, code: Option<Code>, quality: TitleQuality) -> Option<EntityId> {
        if level > Level::Minister || phrase.determiner == Determiner::A || quality == TitleQuality::Deputy {
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
        let tag = word::key("?").wrapping_add(u32::from(role.0)).wrapping_mul(31).wrapping_add(u32::from_be_bytes([0, code.0[0], code.0[1], code.0[2]]));
        let index = match self.persons.all.iter().position(|p| p.keys == [tag]) {
            Some(index) => index,
            None => self.persons.add_unknown(&[tag], &clues, self.text(phrase.sentence, phrase.first, phrase.end)),
        };
        Some(self.entities.person(&mut self.persons.all[index], index))
    }

    /// The person mentioned last whom the title means: one called so in the text before one who only holds such a post, and in
    /// a government's document its own before others.
    fn last_with_role(&self, role: RoleId) -> Option<usize> {
        let persons = || {
            let ids = self.actors.iter().rev().flat_map(|m| m.entities.iter().rev());
            ids.filter_map(|id| self.entities.person_of[id.0 as usize].map(|i| i as usize))
        };
        let called = |i: &usize| self.persons.all[*i].roles.iter().any(|r| r == role);
        let own = |i: &usize| self.publisher.is_some() && self.persons.all[*i].code == self.publisher;
        let fits = |i: &usize| self.persons.has_role(&self.persons.all[*i], role);
        persons()
            .find(|i| called(i) && own(i))
            .or_else(|| persons().find(|i| fits(i) && own(i)))
            .or_else(|| persons().find(called))
            .or_else(|| persons().find(fits))
    }

    /// "the President" in a document of a government is its own.
    fn publishers_holder(&mut self, phrase: &Phrase, role: RoleId) -> Option<usize> {
        let code = self.publisher?;
        let capital = phrase.titles.first().is_some_and(|t| self.tokens(phrase.sentence)[usize::from(t.first)].shape == Shape::Capital);
        if capital { self.persons.holder(code, role) } else { None }
    }

    /// "the foreign ministers of Japan and South Korea": holders where they are known, else the states.
    fn plural_title(&mut self, phrase: &Phrase, role: RoleId, sector: Option<Code>, words: u32, name: &str) -> Few<EntityId> {
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

    fn agent(&mut self, index: usize, agent: u16) {
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
        if agent.nature == Nature::Other {
            codes = Few::NONE;
        }
        let token = &self.tokens(phrase.sentence)[usize::from(core)];
        if codes.is_empty() && sector == Some(Code(*b"UNK")) {
            return; // "a group", "the guest": nobody in particular
        }
        if codes.is_empty() && !phrase.plural {
            let loose = phrase.determiner == Determiner::None && token.shape == Shape::Lower && token.rel != Rel::Nsubj;
            if token.tag == Tag::Adj || matches!(token.rel, Rel::Compound | Rel::Amod) || loose && token.tag == Tag::Noun {
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
        for code in codes.iter() {
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
            entities.push(self.entities.agent(None, sector, words, name));
        }
        self.mention(phrase, entities, MentionForm::Description, core, false);
    }

    /// "his government", "its citizens": the states of those whom the pronoun stands for.
    fn pronoun_owner(&self, phrase: &Phrase) -> Few<Code> {
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
    fn known_by_context(&self, form: &str, words: u32) -> Option<Code> {
        let own = matches!(form, "government" | "administration" | "federal government" | "cabinet" | "presidential office");
        self.entities.agent_with(words).or(self.publisher.filter(|_| own))
    }

    /// "officials of the two countries": the states that the phrase after "of" stands for.
    fn states_after_of(&mut self, index: usize) -> Few<Code> {
        let mut codes = Few::NONE;
        let phrase = &self.phrases[index];
        let Some(next) = self.phrases.get(index + 1).filter(|next| next.sentence == phrase.sentence && next.first == phrase.end + 1) else {
            return codes;
        };
        let of = self.tokens(phrase.sentence)[usize::from(phrase.end)].hash == word::OF;
        if let Core::Anaphor(anaphor @ (Anaphor::States(_) | Anaphor::Some(_))) = next.core
            && of
        {
            let states = self.anaphor(next, anaphor).unwrap_or(Few::NONE);
            states.iter().filter_map(|e| self.entities.get(e).code).for_each(|code| codes.push(code));
        }
        codes
    }

    /// The last token of the agent noun, before "of Japan".
    fn core_of_agent(&self, phrase: &Phrase) -> u16 {
        let tokens = self.tokens(phrase.sentence);
        (phrase.first..phrase.end).find(|at| tokens[usize::from(*at)].hash == word::OF && *at > phrase.first).unwrap_or(phrase.end) - 1
    }

    /// "his Japanese counterpart": who holds for the other state the post that the one spoken of holds.
    fn counterpart(&mut self, index: usize, core: u16) {
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
        self.mention(phrase, entities, MentionForm::Anaphor, core, false);
    }

    /// The one entity of the mention that begins at a token.
    fn mention_at(&self, sentence: u32, first: u16) -> Option<EntityId> {
        let mention = self.actors.iter().rev().take_while(|m| m.sentence == sentence).find(|m| m.first == first)?;
        (mention.entities.len() == 1).then(|| mention.entities[0])
    }

    /// A president's counterpart may be a prime minister: whoever leads.
    fn rank_role(&self, role: RoleId) -> RoleId {
        let leads = matches!(self.kb.role_name(role), "president" | "prime_minister" | "chancellor" | "leader" | "head_of_government" | "head_of_state");
        if leads { self.kb.role("leader").unwrap_or(role) } else { role }
    }

    fn last_person(&self, phrase: &Phrase) -> Option<usize> {
        self.actors
            .iter()
            .rev()
            .take_while(|m| m.sentence + 2 > phrase.sentence)
            .flat_map(|m| &m.entities)
            .find_map(|id| self.entities.person_of[id.0 as usize].map(|i| i as usize))
    }

    /// The role by which a person acts: the text's last, else that of the highest post held that day.
    fn role_of(&self, index: usize) -> Option<RoleId> {
        let person = &self.persons.all[index];
        person.roles.last().or_else(|| self.kb.allegiance(person.person?, self.persons.date).map(|t| self.kb.post(t.post).role))
    }

    pub(crate) fn mention(&mut self, phrase: &Phrase, entities: Few<EntityId>, form: MentionForm, core: u16, as_place: bool) {
        let tokens = self.tokens(phrase.sentence);
        let mut list = Vec::with_capacity(entities.len());
        list.extend(entities.iter());
        self.actors.push(ActorMention {
            sentence: phrase.sentence,
            span: self.span(phrase.sentence, phrase.first, phrase.end),
            first: phrase.first,
            end: phrase.end,
            head: head::of(tokens, phrase.first, phrase.end, core.clamp(phrase.first, phrase.end - 1)),
            entities: list,
            form,
            as_place,
        });
    }

    pub(crate) fn is_person(&self, id: EntityId) -> bool {
        self.entities.get(id).kind == EntityKind::Person
    }

    /// Follows the speaker labels of a transcript.
    fn note_speaker(&mut self, sentence: u32) {
        let label = self.sentences[sentence as usize].speaker;
        if label != self.speaker.map(|(span, _)| span) {
            self.speaker = label.map(|span| (span, self.speaker_named(span)));
        }
    }

    /// The person whom a label names: "PRIME MINISTER KISHIDA", "THE PRESIDENT", "MR. SULLIVAN".
    fn speaker_named(&mut self, span: Span) -> Option<EntityId> {
        let (role, keys, courtesy) = super::speaker::read_label(self.kb, span.of(&self.document.text));
        let index = if keys.is_empty() {
            let role = role?;
            match self.publisher {
                Some(code) => self.persons.holder(code, role)?,
                None => self.last_with_role(role)?,
            }
        } else {
            let roles = role.map_or(Few::NONE, |role| Few::one((role, TitleQuality::Holds)));
            let clues = Clues { roles, courtesy, ..Clues::NONE };
            let name = super::speaker::shown(span.of(&self.document.text));
            self.persons.short_name(&keys, &clues, &name, true)?
        };
        Some(self.entities.person(&mut self.persons.all[index], index))
    }

    /// The person of the document whom a phrase names, if that is known yet.
    pub(crate) fn person_at(&self, phrase: &Phrase) -> Option<usize> {
        let index = self.phrases.iter().position(|p| p.sentence == phrase.sentence && p.first == phrase.first)?;
        self.person_of_phrase[index].map(|i| i as usize)
    }
}
