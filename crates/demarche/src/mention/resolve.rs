//! Phrases → mentions with their entities.
//!
//! First every full name of the document is looked up, so that a headline's "Takaichi" finds the "Sanae Takaichi" of the
//! first paragraph. Then the phrases are led to entities in text order, the words that stand for others last looked back
//! from ([`anaphora`](super::anaphora)).

mod state;
mod person;
mod title;
mod agent;
mod counterpart;
mod speaker;

use crate::{
    document::Document,
    kb::KnowledgeBase,
    mention::{
        ActorMention, Code, EntityId, EntityKind, MentionForm, PlaceMention,
        entity::Entities,
        head,
        person::Persons,
        phrase::{Anaphor, Core, Determiner, Few, Phrase},
    },
    sentence::Sentence,
    span::Span,
    token::{Rel, Tag, Token},
    vocabulary::Vocabulary,
};

/// What kinds of agents are numbered from, so that those of titles and those of agent nouns keep apart.
pub(super) const AGENT: u32 = 1 << 16;
pub(super) const TITLE: u32 = 2 << 16;
pub(super) const COUNTERPART: u32 = 3 << 16;

/// Everything that the leading of phrases to entities needs.
pub(crate) struct Resolver<'a> {
    pub(crate) kb: &'a KnowledgeBase,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) document: &'a Document,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) phrases: &'a [Phrase],
    pub(crate) names: &'a [u32],
    pub(crate) places: &'a [PlaceMention],
    pub(crate) persons: Persons<'a>,
    pub(crate) entities: Entities<'a>,
    pub(crate) actors: Vec<ActorMention>,
    /// The state whose document it is: the publisher's.
    pub(crate) publisher: Option<Code>,
    /// For each phrase, the person of the document that it names.
    pub(super) person_of_phrase: Vec<Option<u32>>,
    /// For each phrase, the title phrase in apposition to it.
    pub(super) title_of_phrase: Vec<Option<u32>>,
    /// Titles that name nobody yet, each with the place of its mention among the actors.
    pub(super) open_titles: Vec<(u32, u32)>,
    /// "He" and "she" that stand for nobody yet, in the same way.
    pub(crate) open_pronouns: Vec<(u32, u32)>,
    /// How much each state has acted so far, as subject twice, in order of first mention.
    pub(crate) weights: Vec<(Code, u32)>,
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
        places: &'a [PlaceMention],
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
            places,
            persons: Persons { kb, date: document.meta.published, all: Vec::new(), spoken_of: spoken_of(phrases) },
            entities: Entities::new(kb),
            actors: Vec::with_capacity(phrases.len()),
            publisher: super::publisher::state_of(kb, document),
            person_of_phrase: vec![None; phrases.len()],
            title_of_phrase,
            open_titles: Vec::new(),
            open_pronouns: Vec::new(),
            weights: Vec::new(),
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
        self.settle_titles();
        self.settle_pronouns();
    }

    pub(super) fn phrase(&mut self, index: usize) {
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
            Core::Source(kind) => self.source(index, kind),
            Core::Anaphor(anaphor) => {
                if let Some(entities) = self.anaphor(phrase, anaphor) {
                    if entities.is_empty() && matches!(anaphor, Anaphor::He | Anaphor::She) {
                        self.open_pronouns.push((index as u32, self.actors.len() as u32));
                    }
                    self.mention(phrase, entities, MentionForm::Anaphor, phrase.end - 1, false);
                }
            }
        }
    }

    /// An unnamed source, with the states that the text gives it.
    pub(super) fn source(&mut self, index: usize, kind: u16) {
        let phrase = &self.phrases[index];
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
            let code = self.owner_code(phrase).or_else(|| self.pronoun_owner(phrase).first());
            let entity = self.entities.source(code, hash, name);
            if !self.kb.is_official(kind) {
                self.entities.abroad.push(entity);
            }
            entities.push(entity);
        }
        self.mention(phrase, entities, MentionForm::Description, phrase.end - 1, false);
    }

    pub(super) fn text(&self, sentence: u32, first: u16, end: u16) -> &'a str {
        self.span(sentence, first, end).of(&self.document.text)
    }

    pub(super) fn span(&self, sentence: u32, first: u16, end: u16) -> Span {
        let tokens = &self.sentences[sentence as usize].tokens;
        tokens[usize::from(first)].span.join(tokens[usize::from(end) - 1].span)
    }

    pub(crate) fn tokens(&self, sentence: u32) -> &'a [Token] {
        &self.sentences[sentence as usize].tokens
    }

    pub(crate) fn mention(&mut self, phrase: &Phrase, entities: Few<EntityId>, form: MentionForm, core: u16, as_place: bool) {
        let tokens = self.tokens(phrase.sentence);
        let mut list = Vec::with_capacity(entities.len());
        list.extend(entities.iter());
        let head = head::of(tokens, phrase.first, phrase.end, core.clamp(phrase.first, phrase.end - 1));
        let weight = 1 + u32::from(matches!(tokens[usize::from(head)].rel, Rel::Nsubj | Rel::NsubjPass));
        for entity in &list {
            if let Some(index) = self.entities.person_of[entity.0 as usize] {
                self.persons.all[index as usize].last = self.actors.len() as u32 + 1;
            }
            let entity = self.entities.get(*entity);
            if let Some(code) =
                entity.code.filter(|code| !as_place && entity.kind != EntityKind::Organization && self.kb.state(*code).is_some())
            {
                match self.weights.iter_mut().find(|(c, _)| *c == code) {
                    Some((_, sum)) => *sum += weight,
                    None => self.weights.push((code, weight)),
                }
            }
        }
        self.actors.push(ActorMention {
            sentence: phrase.sentence,
            span: self.span(phrase.sentence, phrase.first, phrase.end),
            first: phrase.first,
            end: phrase.end,
            head,
            entities: list,
            form,
            as_place,
        });
    }

    pub(crate) fn is_person(&self, id: EntityId) -> bool {
        self.entities.get(id).kind == EntityKind::Person
    }
}

/// The states that phrases name.
fn spoken_of(phrases: &[Phrase]) -> Vec<Code> {
    let mut all: Vec<Code> = Vec::new();
    for phrase in phrases {
        let own = match phrase.core {
            Core::State { code, .. } => Some(code),
            _ => None,
        };
        for code in own.into_iter().chain(phrase.states.iter()) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
    }
    all
}
