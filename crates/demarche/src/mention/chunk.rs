//! Items → noun phrases that name somebody ([`Phrase`]s), not yet led to entities.
//!
//! A phrase grows around a *core*: a title ([`title`]), an agent or organisation ([`core`]), a person's name ([`name`]), or a
//! word that stands for somebody named elsewhere ([`stand_in`]). States, organisations and possessors before the core say
//! whose it is and become part of the phrase; a state with no core after it is a phrase of its own ([`state`]). At the end,
//! phrases for the same person side by side are bound together ([`apposition`]).

mod state;
mod title;
mod core;
mod name;
mod stand_in;
mod apposition;

use crate::{
    kb::{
        KnowledgeBase, OrganizationId, StateId,
        phrase::{Meaning, NameUse, Qualifier},
    },
    mention::{
        Code,
        phrase::{Core, Few, Phrase},
        scan::{Item, Scan, What},
        word,
    },
    token::Token,
};

/// A state that waits for the core it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) first: u16,
    pub(super) end: u16,
    pub(super) code: Code,
    pub(super) usage: NameUse,
    pub(super) sector: Option<Code>,
    /// Whether it is one that a core may take ("Japanese", "Japan's", "U.S."), or stands alone.
    pub(super) alone: bool,
    /// A city or province of the state, which is no actor by itself: "Busan's mayor".
    pub(super) is_place: bool,
    /// What its name means as well: "Brussels" is the European Union, too.
    pub(super) organization: Option<OrganizationId>,
}

/// Reads the phrases of one sentence.
pub(crate) struct Chunker<'a> {
    pub(crate) kb: &'a KnowledgeBase,
    pub(crate) scan: &'a Scan,
    pub(crate) tokens: &'a [Token],
    pub(crate) text: &'a str,
    pub(crate) sentence: u32,
    pub(crate) out: &'a mut Vec<Phrase>,
    pub(crate) names: &'a mut Vec<u32>,
    pub(super) waiting: Few<Waiting>,
    pub(super) organization: Option<(OrganizationId, u16, u16)>,
    pub(super) possessor: Option<(u32, u16)>,
    pub(super) qualifier: Option<(Qualifier, u16, u16)>,
    /// Where the tokens before the next core may begin to matter: nothing before it is looked at again.
    pub(super) done: usize,
}

impl<'a> Chunker<'a> {
    pub(crate) fn new(
        kb: &'a KnowledgeBase,
        scan: &'a Scan,
        tokens: &'a [Token],
        text: &'a str,
        sentence: u32,
        out: &'a mut Vec<Phrase>,
        names: &'a mut Vec<u32>,
    ) -> Chunker<'a> {
        Chunker {
            kb,
            scan,
            tokens,
            text,
            sentence,
            out,
            names,
            waiting: Few::NONE,
            organization: None,
            possessor: None,
            qualifier: None,
            done: 0,
        }
    }

    /// Appends the sentence's phrases, in text order.
    pub(crate) fn read(&mut self) {
        let begin = self.out.len();
        let mut at = 0;
        while at < self.tokens.len() {
            at = match self.scan.item_at(at).copied() {
                Some(item) => self.item(item),
                None if self.anaphor_at(at).is_some() => self.anaphor(at),
                None if self.may_begin_name(at) => self.bare_name(at),
                None => at + 1,
            };
        }
        self.flush();
        order(self.out, begin);
        self.link_appositions(begin);
    }

    pub(super) fn item(&mut self, item: Item) -> usize {
        let end = usize::from(item.end);
        if let What::Person(node) = item.what {
            return self.person(item.first, item.end, Some(node), Few::NONE);
        }
        let mut seen = Seen::default();
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            seen.note(meaning);
        }
        if let Some((qualifier, _)) = seen.qualifier.filter(|_| !seen.is_core()) {
            self.qualifier = Some((qualifier, item.first, item.end));
            return end;
        }
        if seen.other_name {
            self.flush();
            return end;
        }
        if let Some((title, plural)) = seen.title.map(|(t, p)| (self.best_title(item, t), p))
            && self.title_leads(item, &seen, plural)
        {
            return self.title(item, title, plural, &seen);
        }
        if let Some(organization) = seen.organization
            && seen.agent.is_some()
            && self.is_of_waiting(organization, item.first)
        {
            return self.organization(item, organization);
        }
        if let Some((agent, plural)) = seen.agent {
            return self.agent(item, agent, plural, &seen);
        }
        if let Some(state) = seen.state {
            return self.state(item, state, &seen);
        }
        if let Some(organization) = seen.organization {
            return self.organization(item, organization);
        }
        if let Some(kind) = seen.source {
            return self.finish_core(item.first, end, Core::Source(kind), Few::NONE, true);
        }
        if let Some((title, plural)) = seen.title {
            return self.title(item, title, plural, &seen);
        }
        if let Some(code) = seen.place.and_then(|place| self.kb.place(place).state) {
            return self.place(item, code);
        }
        self.flush();
        end
    }

    /// States and the organisation that no core took become phrases of their own.
    pub(super) fn flush(&mut self) {
        self.flush_states();
        if let Some((organization, first, reach)) = self.organization.take() {
            let end = if is_possessive(self.key(usize::from(reach) - 1)) { reach - 1 } else { reach };
            self.push(first, end, Core::Organization(organization));
        }
        self.possessor = None;
        self.qualifier = None;
    }

    pub(super) fn flush_states(&mut self) {
        let waiting = std::mem::replace(&mut self.waiting, Few::NONE);
        waiting.iter().for_each(|state| self.push_state(state));
    }

    pub(super) fn push_state(&mut self, state: Waiting) {
        if state.is_place {
            return; // its mention is a place
        }
        let end = if is_possessive(self.key(usize::from(state.end) - 1)) { state.end - 1 } else { state.end };
        self.push(state.first, end, Core::State { code: state.code, usage: state.usage, sector: state.sector });
        if let Some(phrase) = self.out.last_mut() {
            phrase.organization = state.organization;
        }
    }

    pub(super) fn push(&mut self, first: u16, end: u16, core: Core) {
        let determiner = self.determiner_before(usize::from(first));
        self.out.push(Phrase {
            sentence: self.sentence,
            first,
            end,
            core,
            states: Few::NONE,
            organization: None,
            possessor: None,
            titles: Few::NONE,
            name: None,
            name_keys: (0, 0),
            known: None,
            same_as: None,
            plural: false,
            regional: false,
            former: false,
            title_case: self.scan.title_case,
            determiner,
        });
    }

    pub(super) fn key(&self, at: usize) -> u32 {
        self.scan.keys.get(at).copied().unwrap_or(0)
    }
}

pub(crate) fn is_possessive(key: u32) -> bool {
    matches!(key, word::POSSESSIVE | word::POSSESSIVE_CURLY | word::APOSTROPHE | word::APOSTROPHE_CURLY)
}

type StateUse = (StateId, NameUse, Option<Code>);

/// The meanings of one item, sorted.
#[derive(Default)]
struct Seen {
    state: Option<StateUse>,
    adjective: bool,
    people: bool,
    organization: Option<OrganizationId>,
    title: Option<(u16, bool)>,
    agent: Option<(u16, bool)>,
    source: Option<u16>,
    qualifier: Option<(Qualifier, ())>,
    other_name: bool,
    place: Option<u32>,
}

impl Seen {
    fn note(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::State { state, usage, sector } => {
                self.adjective |= usage == NameUse::Adjective;
                self.people |= usage == NameUse::People;
                // Names go before capitals, capitals before the rest: "Washington" is the capital even where it is a people's name.
                if self.state.is_none_or(|(_, before, _)| rank(usage) < rank(before)) {
                    self.state = Some((state, usage, sector));
                }
            }
            Meaning::Organization(id) => self.organization = self.organization.or(Some(id)),
            Meaning::Title(id, plural) => self.title = self.title.or(Some((id, plural))),
            Meaning::Agent(id, plural) => self.agent = self.agent.or(Some((id, plural))),
            Meaning::Source(kind) => self.source = self.source.or(Some(kind)),
            Meaning::Qualifier(q) => self.qualifier = Some((q, ())),
            Meaning::OtherName => self.other_name = true,
            Meaning::Place(id) => self.place = self.place.or(Some(id)),
            Meaning::Topic { .. } | Meaning::OffTopic { .. } => {}
        }
    }

    fn is_core(&self) -> bool {
        self.title.is_some() || self.agent.is_some() || self.state.is_some() || self.organization.is_some()
    }
}

fn rank(usage: NameUse) -> u8 {
    match usage {
        NameUse::Name => 0,
        NameUse::Adjective => 1,
        NameUse::People => 2,
        NameUse::Capital => 3,
        NameUse::Metonym => 4,
    }
}

/// Sorts the phrases of one sentence by place, and the links between them with them.
fn order(phrases: &mut [Phrase], begin: usize) {
    if phrases[begin..].is_sorted_by_key(|p| p.first) {
        return;
    }
    let mut places: Vec<usize> = (begin..phrases.len()).collect();
    places.sort_by_key(|i| phrases[*i].first);
    let moved = |old: u32| places.iter().position(|i| *i == old as usize).map_or(old, |new| (begin + new) as u32);
    for phrase in &mut phrases[begin..] {
        phrase.possessor = phrase.possessor.map(moved);
    }
    phrases[begin..].sort_by_key(|p| p.first);
}
