//! What the noun phrases that name somebody are made of: [`Phrase`], before it is led to an entity.

use crate::{
    kb::{OrganizationId, phrase::NameUse, trie::Node},
    mention::{Code, TitleQuality},
};

/// A noun phrase that names somebody.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) sentence: u32,
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) core: Core,
    /// The states that the phrase says it belongs to: "South Korean and Japanese officials".
    pub(crate) states: Few<Code>,
    /// The organisation before the core: "State Department official".
    pub(crate) organization: Option<OrganizationId>,
    /// The phrase of the person before it: "Yoon's envoy".
    pub(crate) possessor: Option<u32>,
    pub(crate) titles: Few<TitleUse>,
    /// The tokens of the personal name.
    pub(crate) name: Option<(u16, u16)>,
    /// The keys of the name's words, in [`Chunker::names`].
    pub(crate) name_keys: (u32, u32),
    /// The name's node among names, when the tables know the whole name.
    pub(crate) known: Option<Node>,
    /// Another phrase for the same entity, in apposition.
    pub(crate) same_as: Option<u32>,
    pub(crate) plural: bool,
    /// Of a city or province, not of its state: "Texas governor", "Chechnya's leader".
    pub(crate) regional: bool,
    /// "former officials".
    pub(crate) former: bool,
    /// Whether the sentence has capitals throughout, as headlines may.
    pub(crate) title_case: bool,
    pub(crate) determiner: Determiner,
}

/// What a phrase is built around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Core {
    State {
        code: Code,
        usage: NameUse,
        sector: Option<Code>,
    },
    /// A personal name, with or without titles.
    Person,
    /// A title without a name.
    Title,
    /// Index of the agent.
    Agent(u16),
    Organization(OrganizationId),
    Source(u16),
    /// A word that stands for somebody named elsewhere.
    Anaphor(Anaphor),
}

/// What kind of somebody a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anaphor {
    He,
    She,
    They,
    /// "I", "my".
    Speaker,
    /// "we", "our".
    SpeakersSide,
    /// "it", "its": a state or organisation.
    It,
    /// "each other".
    EachOther,
    /// "the two leaders", "both men": so many persons, 0 for "the leaders".
    Persons(u8),
    /// "both sides", "the two countries": so many states, 0 for "the sides".
    States(u8),
    /// "the two": persons or states.
    Some(u8),
    /// "the North".
    North,
    /// "the South".
    South,
    /// "the two Koreas", "inter-Korean".
    Koreas,
}

/// A title and how it is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TitleUse {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) title: u16,
    pub(crate) quality: TitleQuality,
}

/// What stands before a noun phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Determiner {
    #[default]
    None,
    The,
    A,
    /// "his", "our": the token.
    Possessive(u16),
}

/// At most four of something, without an allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Few<T> {
    slots: [Option<T>; 4],
}

impl<T: Copy> Few<T> {
    pub(crate) const NONE: Few<T> = Few { slots: [None; 4] };

    pub(crate) fn one(value: T) -> Few<T> {
        Few { slots: [Some(value), None, None, None] }
    }

    /// Adds one more; a fifth is dropped.
    pub(crate) fn push(&mut self, value: T) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.is_none()) {
            *slot = Some(value);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = T> + use<T> {
        self.slots.into_iter().flatten()
    }

    pub(crate) fn first(&self) -> Option<T> {
        self.slots[0]
    }

    pub(crate) fn last(&self) -> Option<T> {
        self.iter().last()
    }

    pub(crate) fn len(&self) -> usize {
        self.iter().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slots[0].is_none()
    }
}
