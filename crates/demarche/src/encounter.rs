//! Events of one document → the [`Encounter`]s it speaks of: what an analyst asks first.
//!
//! 1. Every CONSULT event that is told, planned, urged or called off is a *report* of an encounter.
//! 2. Reports of the same people or states, at times that can be the same, are one encounter; a visit holds the talks in it.
//! 3. The encounter takes its stage from its reports, its agenda from the subjects that stand with them, and what was agreed
//!    and urged from the other events between the same parties.

mod agenda;
mod group;
mod telling;

use group::Group;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use telling::Telling;

pub use agenda::{AgendaItem, Reach};

use crate::{
    document::Document,
    event::{Event, Participant, Place, Status, codes_of},
    kb::{KnowledgeBase, PostId},
    mention::{Code, EntityKind, Mentions, When},
    sentence::Sentence,
    vocabulary::Vocabulary,
};

/// An encounter between representatives, as one document tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Encounter {
    /// What kind of encounter.
    pub kind: EncounterKind,
    /// Rank of a visit: "state", "official", "working", "private"; where the text gives it.
    pub rank: Option<&'static str>,
    /// How far it has got.
    pub stage: Stage,
    /// Who takes part, persons before the states they stand for.
    pub participants: Vec<Attendee>,
    /// Codes of the states and organisations that take part, sorted.
    pub parties: Vec<Code>,
    /// When; `None` where the text does not say.
    pub when: Option<When>,
    /// Where.
    pub place: Option<Place>,
    /// Subjects named for it, and how far each got.
    pub agenda: Vec<AgendaItem>,
    /// Indices of the events that report the encounter itself, in text order.
    pub reports: Vec<u32>,
    /// Indices of events in which its parties agree on something.
    pub agreed: Vec<u32>,
    /// Indices of events that somebody urges on its parties.
    pub urged: Vec<u32>,
}

/// What kind of encounter (engagements.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the kinds are engagements.md's, which says what each means")]
pub enum EncounterKind {
    Summit,
    Ministerial,
    Talks,
    Visit,
    Call,
    Multilateral,
}

impl EncounterKind {
    /// The word of JSON and of the terminal.
    pub fn name(self) -> &'static str {
        match self {
            EncounterKind::Summit => "summit",
            EncounterKind::Ministerial => "ministerial",
            EncounterKind::Talks => "talks",
            EncounterKind::Visit => "visit",
            EncounterKind::Call => "call",
            EncounterKind::Multilateral => "multilateral",
        }
    }
}

/// How far an encounter has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Urged, offered or foreseen by others.
    Proposed,
    /// Set by a party.
    Announced,
    /// Begun.
    UnderWay,
    /// Over.
    Concluded,
    /// Put off.
    Postponed,
    /// Called off, or refused.
    Cancelled,
}

impl Stage {
    /// The word of JSON and of the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Proposed => "proposed",
            Stage::Announced => "announced",
            Stage::UnderWay => "under_way",
            Stage::Concluded => "concluded",
            Stage::Postponed => "postponed",
            Stage::Cancelled => "cancelled",
        }
    }

    /// The stage that a report of that status speaks of; none where it speaks of no encounter.
    fn of(status: Status) -> Option<Stage> {
        Some(match status {
            Status::Happened => Stage::Concluded,
            Status::UnderWay => Stage::UnderWay,
            Status::Scheduled | Status::Agreed | Status::Promised => Stage::Announced,
            Status::Offered | Status::Urged | Status::Expected => Stage::Proposed,
            Status::Cancelled | Status::Refused => Stage::Cancelled,
            Status::Postponed => Stage::Postponed,
            Status::Threatened | Status::Denied | Status::NotHappened | Status::Hypothetical => return None,
        })
    }
}

/// One who takes part in an encounter.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendee {
    /// Who.
    pub participant: Participant,
    /// The posts they held that day, the highest first; empty where the facts do not say.
    pub posts: Vec<PostId>,
    /// Host, guest, or peer.
    pub part: Part,
}

/// The part one takes in an encounter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Receives.
    Host,
    /// Travels.
    Guest,
    /// Neither, or not told.
    Peer,
}

impl Part {
    /// The word of JSON and of the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Part::Host => "host",
            Part::Guest => "guest",
            Part::Peer => "peer",
        }
    }
}

/// Gathers the encounters of one document.
pub(crate) fn gather(
    document: &Document,
    sentences: &[Sentence],
    mentions: &Mentions,
    events: &[Event],
    kb: &KnowledgeBase,
    vocabulary: &Vocabulary,
) -> Vec<Encounter> {
    let telling = Telling { document, sentences, mentions, events, kb, vocabulary };
    let mut groups: Vec<Group> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let Some(report) = telling.report(index as u32, event) else { continue };
        if telling.is_topic(event, &groups) {
            continue;
        }
        // What a readout says was discussed, was discussed at the encounter of its headline.
        if let Some(headline) = groups.iter_mut().find(|group| telling.is_readout_of(group, event)) {
            headline.tell_more(report);
            continue;
        }
        match groups.iter_mut().find(|group| group.takes(&report, mentions)) {
            Some(group) => group.merge(report),
            None => groups.push(report),
        }
    }
    let mut encounters: Vec<Encounter> = groups
        .into_iter()
        .map(|group| {
            let rank = group.reports.iter().find_map(|&r| rank(document, &sentences[events[r as usize].sentence as usize]));
            let encounter = group.encounter(document, mentions, events, kb);
            Encounter { rank: rank.filter(|_| encounter.kind == EncounterKind::Visit), ..encounter }
        })
        // A state alone meets nobody, and those who serve it hold no encounter among themselves or with their citizens.
        .filter(|e| e.parties.len() > 1)
        .map(|e| without_unnamed(e, mentions))
        .collect();
    agenda::fill(&mut encounters, sentences, mentions, events);
    encounters
}

/// Ranks of a visit (engagements.md).
const RANKS: [&str; 5] = ["state", "official", "working", "private", "transit"];

/// "A state visit to", "an official working visit": the rank that a sentence gives a visit, the last word before it if there are several.
fn rank(document: &Document, sentence: &Sentence) -> Option<&'static str> {
    let word = |i: usize| sentence.tokens[i].span.of(&document.text).to_lowercase();
    let visit = |i: &usize| matches!(&*word(*i), "visit" | "visits" | "trip" | "stopover");
    let at = (1..sentence.tokens.len()).find(visit)?;
    let before = (at.saturating_sub(2)..at).rev();
    // "Secretary of State visit" gives none.
    before.filter(|&i| i == 0 || word(i - 1) != "of").find_map(|i| RANKS.into_iter().find(|rank| *rank == word(i)))
}

/// "Partners", "counterparts", "the heads of …" are no news beside those who are named.
fn without_unnamed(mut encounter: Encounter, mentions: &Mentions) -> Encounter {
    let entity = |a: &Attendee| &mentions.entities[a.participant.entity.0 as usize];
    let named = codes_of(encounter.participants.iter().filter(|a| entity(a).kind != EntityKind::Agent).map(|a| &a.participant), mentions);
    if named.len() > 1 {
        encounter.participants.retain(|a| entity(a).kind != EntityKind::Agent || entity(a).code.is_some_and(|code| !named.contains(&code)));
    }
    encounter
}

/// The posts that a person held on a day, those of their own state first, the highest first.
pub(crate) fn posts(participant: Participant, mentions: &Mentions, date: Option<Date>, kb: &KnowledgeBase) -> Vec<PostId> {
    let (Some(person), Some(date)) = (mentions.entities[participant.entity.0 as usize].person, date) else { return Vec::new() };
    let home = mentions.entities[participant.entity.0 as usize].code;
    let mut posts: Vec<PostId> =
        kb.held_by(person, date).filter(|(_, held)| *held != crate::kb::Held::No).map(|(tenure, _)| tenure.post).collect();
    posts.sort_by_key(|&post| (Some(kb.post(post).of) != home, kb.level(kb.post(post).role), post));
    posts.dedup();
    posts
}
