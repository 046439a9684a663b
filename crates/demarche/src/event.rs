//! [`Sentence`](crate::sentence::Sentence) + [`Mentions`](crate::mention::Mentions) → [`Event`]s.
//!
//! 1. [`pattern`]: the lexicon says which words may name which act, and in which slots its participants stand.
//! 2. [`propose`]: each trigger word in a sentence becomes a proposal; [`tree`] reads the slots off the syntax tree.
//! 3. [`stance`]: climbing from the trigger, the words that govern it tell who speaks of the act how.
//! 4. [`judge`]: the one place where a proposal is re-labelled or rejected.
//! 5. [`status`]: status and the flat PLOVER record are derived by the table `data/events/flat.tsv`.

mod act;
pub mod flat;
pub(crate) mod gate;
pub(crate) mod judge;
pub(crate) mod learned;
pub(crate) mod operator;
pub mod pattern;
pub(crate) mod propose;
pub(crate) mod relate;
pub(crate) mod stance;
pub(crate) mod status;
pub(crate) mod tree;

pub use act::{Act, Mode};
pub use relate::Relation;
pub use status::Status;

use crate::{
    kb::KnowledgeBase,
    mention::{Code, EntityId, Mentions, When},
    span::Span,
};

/// The events of one sentence: proposed, judged, and given their contexts.
pub(crate) fn read(ctx: &propose::Context<'_>, kb: &KnowledgeBase, text: &str, learned: Option<&judge::Bench>) -> Vec<Event> {
    if !ctx.may_hold_events() {
        return Vec::new();
    }
    let mut events = judge::judge(ctx, propose::propose(ctx), text, learned);
    for event in &mut events {
        let pattern = ctx.lexicon.pattern(&event.pattern);
        let of_pattern = pattern.iter().flat_map(|p| &p.contexts).filter_map(|name| kb.contexts().get(name));
        let of_topics = event.topics.iter().filter_map(|&i| ctx.mentions.topics[i as usize].context);
        event.contexts = of_pattern.chain(of_topics).collect();
        event.contexts.sort_unstable();
        event.contexts.dedup();
    }
    events
}

/// One act that a sentence speaks of, with how it is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The sentence's index in its document.
    pub sentence: u32,
    /// The deed, encounter or utterance spoken of.
    pub act: Act,
    /// How it is done, if the pattern or the text says so.
    pub mode: Option<Mode>,
    /// Its doers; peers stand together here.
    pub actors: Vec<Participant>,
    /// Whom it is done to.
    pub recipients: Vec<Participant>,
    /// Who speaks of the act how, outermost first.
    pub stances: Vec<Stance>,
    /// Told as done or not done: an odd number of negations makes it negative.
    pub polarity: Polarity,
    /// Past, present or future, as told.
    pub tense: Tense,
    /// When it takes, took or will take place.
    pub when: Option<When>,
    /// Whether it is told as fact.
    pub certainty: Certainty,
    /// Derived: what becomes of the act.
    pub status: Status,
    /// Derived: the flat PLOVER record, where there is one.
    pub flat: Option<flat::Flat>,
    /// PLOVER contexts, as indices into the knowledge base's contexts; sorted.
    pub contexts: Vec<u16>,
    /// Subjects of talk that stand with the event: indices into [`Mentions::topics`](crate::mention::Mentions::topics).
    pub topics: Vec<u32>,
    /// Where: an index into [`Mentions::places`](crate::mention::Mentions::places), or a state or capital used as a place.
    pub place: Option<Place>,
    /// What the event was read from.
    pub evidence: Evidence,
    /// The pattern that proposed it: "consult.meet"; empty where none did.
    pub pattern: String,
    /// Whether a learned judge decided on it; else the rules did.
    pub learned: bool,
    /// How sure the reader is, 0 to 1: the judge's probability of act and status, not calibrated; of the rules a mere rank.
    pub confidence: f32,
}

/// Somebody's part in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub entity: EntityId,
    /// Where the text names them for this event; `None` when only implied.
    pub span: Option<Span>,
}

/// The codes of the states and organisations that participants belong to, each once, sorted.
pub(crate) fn codes_of<'p>(participants: impl IntoIterator<Item = &'p Participant>, mentions: &Mentions) -> Vec<Code> {
    let mut codes: Vec<Code> = participants.into_iter().filter_map(|p| mentions.entities[p.entity.0 as usize].code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Where an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A named place: index into the document's places.
    Named(u32),
    /// A state or capital: index into the document's actor mentions.
    State(u32),
}

/// How somebody speaks of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// States, urges, denies …
    pub kind: StanceKind,
    /// Who; empty when the text names nobody.
    pub holders: Vec<Participant>,
    /// The word that says so.
    pub span: Span,
    /// Whether the stance itself is negated: "did not agree to".
    pub negated: bool,
}

/// The kinds of stance (event_model.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StanceKind {
    /// Tells it: said, reported.
    States,
    /// Makes it known as set: announced, scheduled.
    Announces,
    /// Foresees it, without being a party.
    Expects,
    /// All parties pledge it.
    Agrees,
    /// Its doer pledges it.
    Promises,
    /// Its doer would do it.
    Offers,
    /// Asks or demands it.
    Urges,
    /// Warns of doing it.
    Threatens,
    /// Says no to it.
    Refuses,
    /// Says it is not so.
    Denies,
    /// Calls it off.
    Cancels,
    /// Puts it off.
    Postpones,
}

impl StanceKind {
    /// The word of the data files and of JSON.
    pub fn name(self) -> &'static str {
        match self {
            StanceKind::States => "states",
            StanceKind::Announces => "announces",
            StanceKind::Expects => "expects",
            StanceKind::Agrees => "agrees",
            StanceKind::Promises => "promises",
            StanceKind::Offers => "offers",
            StanceKind::Urges => "urges",
            StanceKind::Threatens => "threatens",
            StanceKind::Refuses => "refuses",
            StanceKind::Denies => "denies",
            StanceKind::Cancels => "cancels",
            StanceKind::Postpones => "postpones",
        }
    }
}

/// Told as done, or as not done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Polarity {
    /// Done.
    #[default]
    Positive,
    /// Not done.
    Negative,
}

/// When, as the verb tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tense {
    /// Over.
    #[default]
    Past,
    /// Going on.
    Present,
    /// To come.
    Future,
}

/// Whether it is told as fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certainty {
    /// Told as fact.
    #[default]
    Fact,
    /// may, might, could.
    Possible,
    /// if, unless.
    Conditional,
    /// would have, had it.
    Counterfactual,
}

/// The words an event was read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The word or words that name the act.
    pub trigger: Span,
    /// The negating word, if any.
    pub negation: Option<Span>,
    /// The words that say when.
    pub time: Option<Span>,
}
