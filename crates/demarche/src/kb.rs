//! The knowledge base: states, organisations, persons, posts and dated tenures, and the words that name them.
//!
//! It is loaded from the tables in `data/kb` and `data/lexicon` ([`load`]; a user's own tables extend and override them)
//! and answers: who does this name mean ([`person`]), what did they hold on that day, who held this post, how far do the
//! facts reach ([`post`]). The words themselves lie in tries that the mention stage walks ([`phrase`]).

pub(crate) mod cue;
mod day;
pub(crate) mod fold;
mod interner;
mod load;
pub(crate) mod person;
pub(crate) mod phrase;
mod post;
mod question;
mod role;
mod suggest;
mod table;
pub(crate) mod trie;

use rustc_hash::FxHashMap;

use crate::mention::Code;

pub use day::{Day, Held, held};
pub use interner::Interner;
pub(crate) use load::plural;
pub use person::{Gender, Person};
pub use post::{Body, Coverage, Post, Tenure};
pub use role::Level;
pub use table::TableError;

/// A person in the knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// A post: a role in one state or organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub u32);

/// A kind of post: president, foreign minister, ambassador.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u16);

/// An organisation, platform or non-state group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationId(pub u32);

/// A state or territory in [`KnowledgeBase::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u16);

/// A state or territory.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: Code,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// The code that PLOVER counts it under: its own, or its sovereign's.
    pub plover: Code,
    /// Abbreviation in the Correlates of War project's list of states; empty for others.
    pub cow: String,
    /// Usual short name.
    pub name: String,
    /// Official name.
    pub official_name: String,
    /// `state`, `territory` or `special`.
    pub kind: String,
    /// Region of the world.
    pub region: String,
}

/// A named organisation, platform, party, company or armed group.
#[derive(Clone, Debug)]
pub struct Organization {
    /// The key that the tables use.
    pub key: Box<str>,
    /// Name to show.
    pub name: Box<str>,
    /// What the table says it is: `igo`, `platform`, `party` …; `group` for those of groups.tsv.
    pub kind: Box<str>,
    /// PLOVER code: a state's for its parties and companies, `UNO`, `EUR`, `IGO`, `NGO`, `MNC`, `IMG` …
    pub code: Option<Code>,
    /// PLOVER sector.
    pub sector: Option<Code>,
    /// Wikidata id; empty when unknown.
    pub wikidata: Box<str>,
}

/// A named place that is not a state.
#[derive(Clone, Debug)]
pub struct Place {
    /// Name to show.
    pub name: Box<str>,
    /// The state it lies in; `None` for seas, and where it is disputed.
    pub state: Option<Code>,
    /// What the table says it is: `city`, `region`, `sea` …
    pub kind: Box<str>,
}

/// Facts and words, loaded once and then only asked.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeBase {
    states: Vec<State>,
    state_by_code: FxHashMap<Code, StateId>,
    state_by_form: interner::Keys<StateId>,
    organizations: Vec<Organization>,
    organization_by_key: interner::Keys<OrganizationId>,
    places: Vec<Place>,
    pub(crate) people: person::People,
    posts: post::Posts,
    roles: role::Roles,
    /// Who leads a state, where that does not follow from its posts.
    executives: FxHashMap<Code, RoleId>,
    subjects: Interner,
    contexts: Interner,
    /// Kinds of unnamed sources and of off-topic cues.
    kinds: Interner,
    pub(crate) phrases: phrase::Phrases,
    pub(crate) cues: cue::Cues,
}

impl KnowledgeBase {
    /// All states and territories, in the order of the table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// A state by its ISO 3166-1 alpha-3 code.
    pub fn state(&self, iso3: Code) -> Option<&State> {
        self.state_by_code.get(&iso3).map(|id| &self.states[usize::from(id.0)])
    }

    /// A state by its ISO 3166-1 alpha-2 code.
    pub fn state_by_iso2(&self, iso2: &str) -> Option<&State> {
        self.states.iter().find(|state| state.iso2 == iso2)
    }

    /// A state by any name that the tables know, in any of their languages; adjectives and capitals count too.
    pub fn state_by_name(&self, name: &str) -> Option<&State> {
        self.state_by_form.get(name).map(|id| &self.states[usize::from(id.0)])
    }

    pub(crate) fn state_at(&self, id: StateId) -> &State {
        &self.states[usize::from(id.0)]
    }

    /// An organisation or group.
    pub fn organization(&self, id: OrganizationId) -> &Organization {
        &self.organizations[id.0 as usize]
    }

    /// An organisation or group by the key of its table.
    pub fn organization_by_key(&self, key: &str) -> Option<OrganizationId> {
        self.organization_by_key.get(key)
    }

    /// All organisations and groups.
    pub fn organizations(&self) -> &[Organization] {
        &self.organizations
    }

    /// Whether a kind of unnamed source speaks for a state.
    pub(crate) fn is_official(&self, source: u16) -> bool {
        self.kinds.name(source) == "official"
    }

    pub(crate) fn place(&self, id: u32) -> &Place {
        &self.places[id as usize]
    }

    /// Agenda subjects, as [`TopicMention::subject`](crate::mention::TopicMention::subject) numbers them.
    pub fn subjects(&self) -> &Interner {
        &self.subjects
    }

    /// PLOVER contexts, as [`TopicMention::context`](crate::mention::TopicMention::context) numbers them.
    pub fn contexts(&self) -> &Interner {
        &self.contexts
    }
}
