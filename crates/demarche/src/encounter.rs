//! Events of one document → the [`Encounter`]s it speaks of: what an analyst asks first.
//!
//! 1. Every CONSULT event that is told, planned, urged or called off is a *report* of an encounter.
//! 2. Reports of the same people or states, at times that can be the same, are one encounter; a visit holds the talks in it.
//! 3. The encounter takes its stage from its reports, its agenda from the subjects that stand with them, and what was agreed
//!    and urged from the other events between the same parties.

mod agenda;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use agenda::{AgendaItem, Reach};

use crate::{
    document::{BlockKind, Document},
    event::{Act, Event, Participant, Place, Status},
    kb::{KnowledgeBase, Level, PostId},
    mention::{Code, EntityId, EntityKind, Mentions, Precision, TitleQuality, When},
    sentence::Sentence,
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
) -> Vec<Encounter> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let Some(mut report) = Group::report(index as u32, event, mentions) else { continue };
        // What lies ahead has not been yet, however it is told ("when the President travels to Seoul later this month").
        let to_come = event.when.zip(document.meta.published).is_some_and(|(when, published)| when.start > published);
        if to_come && event.status.is_done() || ahead(document, &sentences[event.sentence as usize], event) {
            report.stages = vec![Stage::Announced];
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

/// "Remarks by President Biden and Prime Minister Rutte Before Bilateral Meeting": a headline of something that was about to be.
fn ahead(document: &Document, sentence: &Sentence, event: &Event) -> bool {
    let at = sentence.tokens.iter().position(|t| t.span.overlaps(event.evidence.trigger)).unwrap_or(0);
    let word = |i: usize| sentence.tokens[i].span.of(&document.text).to_lowercase();
    matches!(sentence.block, BlockKind::Headline | BlockKind::Heading)
        && (at.saturating_sub(4)..at).any(|i| matches!(&*word(i), "before" | "ahead"))
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
    let named = |a: &Attendee| entity(a).kind != EntityKind::Agent && entity(a).code.is_some();
    let mut named: Vec<Code> = encounter.participants.iter().filter(|a| named(a)).filter_map(|a| entity(a).code).collect();
    named.sort_unstable();
    named.dedup();
    if named.len() > 1 {
        encounter.participants.retain(|a| entity(a).kind != EntityKind::Agent || entity(a).code.is_some_and(|code| !named.contains(&code)));
    }
    encounter
}

/// Reports that are taken for one encounter.
struct Group {
    reports: Vec<u32>,
    guests: Vec<Participant>,
    hosts: Vec<Participant>,
    peers: Vec<Participant>,
    codes: Vec<Code>,
    when: Option<When>,
    place: Option<Place>,
    modes: Vec<&'static str>,
    stages: Vec<Stage>,
}

impl Group {
    fn report(index: u32, event: &Event, mentions: &Mentions) -> Option<Group> {
        if event.act != Act::Consult {
            return None;
        }
        let stage = Stage::of(event.status)?;
        let mode = event.mode.map_or("", |mode| mode.name());
        let visit = mode == "visit";
        let codes = codes(event.actors.iter().chain(&event.recipients), mentions);
        if codes.is_empty() {
            return None;
        }
        Some(Group {
            reports: vec![index],
            guests: if visit { event.actors.clone() } else { Vec::new() },
            hosts: if visit { event.recipients.clone() } else { Vec::new() },
            peers: if visit { Vec::new() } else { event.actors.iter().chain(&event.recipients).copied().collect() },
            codes,
            when: event.when,
            place: event.place,
            modes: vec![mode],
            stages: vec![stage],
        })
    }

    fn people(&self) -> impl Iterator<Item = EntityId> {
        self.guests.iter().chain(&self.hosts).chain(&self.peers).map(|p| p.entity)
    }

    /// Whether another report may be of the same encounter.
    fn takes(&self, other: &Group, mentions: &Mentions) -> bool {
        let call = |group: &Group| group.modes.contains(&"phone");
        let visit = |group: &Group| group.modes.contains(&"visit");
        if call(self) && visit(other) || call(other) && visit(self) {
            return false;
        }
        // A visit and its return are two.
        let from = |group: &Group| codes(group.guests.iter(), mentions);
        if visit(self) && visit(other) && !from(self).iter().any(|code| from(other).contains(code)) {
            return false;
        }
        let (small, large) = if self.codes.len() <= other.codes.len() { (self, other) } else { (other, self) };
        if !small.codes.iter().all(|code| large.codes.contains(code)) || small.codes.len() == 1 && large.codes.len() > 2 {
            return false;
        }
        // Two different people of one state are two encounters, unless one report names the state alone.
        let persons = |group: &Group, code: Code| -> Vec<EntityId> {
            let of = |e: &EntityId| {
                let entity = &mentions.entities[e.0 as usize];
                entity.kind == EntityKind::Person && entity.code == Some(code)
            };
            group.people().filter(of).collect()
        };
        for &code in &small.codes {
            let (mine, theirs) = (persons(self, code), persons(other, code));
            if !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|e| theirs.contains(e)) && !same_family(&mine, &theirs, mentions)
            {
                return false;
            }
        }
        match (self.when, other.when) {
            (Some(a), Some(b)) => near(a, b),
            _ => true,
        }
    }

    fn merge(&mut self, other: Group) {
        self.reports.extend(other.reports);
        for (mine, theirs) in [(&mut self.guests, other.guests), (&mut self.hosts, other.hosts), (&mut self.peers, other.peers)] {
            for participant in theirs {
                if !mine.iter().any(|p| p.entity == participant.entity) {
                    mine.push(participant);
                }
            }
        }
        self.codes.extend(other.codes);
        self.codes.sort_unstable();
        self.codes.dedup();
        self.when = match (self.when, other.when) {
            (Some(a), Some(b)) => Some(if b.precision < a.precision { b } else { a }),
            (a, b) => a.or(b),
        };
        self.place = self.place.or(other.place);
        // A long document reports one encounter a thousand times; what counts is which modes and stages occur.
        self.modes.extend(other.modes.into_iter().filter(|mode| !self.modes.contains(mode)).collect::<Vec<_>>());
        self.stages.extend(other.stages.into_iter().filter(|stage| !self.stages.contains(stage)).collect::<Vec<_>>());
    }

    fn encounter(self, document: &Document, mentions: &Mentions, events: &[Event], kb: &KnowledgeBase) -> Encounter {
        let date = self.when.map(|w| w.start).or(document.meta.published);
        let mut participants: Vec<Attendee> = Vec::new();
        for (list, part) in [(&self.guests, Part::Guest), (&self.hosts, Part::Host), (&self.peers, Part::Peer)] {
            for &participant in list {
                if participants.iter().any(|a| a.participant.entity == participant.entity) {
                    continue;
                }
                participants.push(Attendee { participant, posts: posts(participant, mentions, date, kb), part });
            }
        }
        // A state that is there in person needs no line of its own, unless it is the host that the guest visits.
        let in_person: Vec<Code> = participants
            .iter()
            .filter_map(|a| {
                let entity = &mentions.entities[a.participant.entity.0 as usize];
                (entity.kind == EntityKind::Person).then_some(entity.code).flatten()
            })
            .collect();
        participants.retain(|a| {
            let entity = &mentions.entities[a.participant.entity.0 as usize];
            entity.kind != EntityKind::State || !entity.code.is_some_and(|code| in_person.contains(&code))
        });
        let stage = stage(&self.stages);
        let kind = kind(&self.modes, &participants, &self.codes, &self.reports, events, mentions, kb);
        Encounter {
            kind,
            rank: None,
            stage,
            participants,
            parties: self.codes,
            when: self.when,
            place: self.place,
            agenda: Vec::new(),
            reports: self.reports,
            agreed: Vec::new(),
            urged: Vec::new(),
        }
    }
}

/// The codes of those who take part, sorted.
fn codes<'p>(participants: impl Iterator<Item = &'p Participant>, mentions: &Mentions) -> Vec<Code> {
    let mut codes: Vec<Code> = participants.filter_map(|p| mentions.entities[p.entity.0 as usize].code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// "Lee Jun-seok" and "President Lee": one traveller under two names is one encounter with a doubt, not two encounters.
fn same_family(mine: &[EntityId], theirs: &[EntityId], mentions: &Mentions) -> bool {
    let words = |e: &EntityId| -> Vec<String> { mentions.entities[e.0 as usize].name.split([' ', '-']).map(str::to_lowercase).collect() };
    mine.iter().any(|a| theirs.iter().any(|b| words(a).first() == words(b).first()))
}

/// Whether two dates may be of one encounter: they overlap, give or take a day.
fn near(a: When, b: When) -> bool {
    let slack = |w: When| match w.precision {
        Precision::Day => 1,
        _ => 0,
    };
    let slack = jiff::Span::new().days(slack(a).max(slack(b)));
    let (a_end, b_end) = (a.end.saturating_add(slack), b.end.saturating_add(slack));
    a.start <= b_end && b.start <= a_end
}

/// What stage several reports make together: a calling-off outweighs the plan, a telling outweighs both.
fn stage(stages: &[Stage]) -> Stage {
    let has = |stage: Stage| stages.contains(&stage);
    if has(Stage::UnderWay) || has(Stage::Concluded) && has(Stage::Announced) && stages.first() != Some(&Stage::Concluded) {
        return if has(Stage::UnderWay) { Stage::UnderWay } else { Stage::Concluded };
    }
    for stage in [Stage::Concluded, Stage::Cancelled, Stage::Postponed, Stage::Announced] {
        if has(stage) {
            return stage;
        }
    }
    Stage::Proposed
}

fn kind(
    modes: &[&str],
    participants: &[Attendee],
    codes: &[Code],
    reports: &[u32],
    events: &[Event],
    mentions: &Mentions,
    kb: &KnowledgeBase,
) -> EncounterKind {
    let level = |a: &Attendee| -> Level {
        let held = a.posts.iter().map(|&post| kb.level(kb.post(post).role)).min();
        let claimed = mentions.entities[a.participant.entity.0 as usize]
            .titles
            .iter()
            .filter(|t| t.quality != TitleQuality::Former)
            .map(|t| kb.level(t.role))
            .min();
        held.into_iter().chain(claimed).min().unwrap_or(Level::Other)
    };
    let people = |a: &&Attendee| mentions.entities[a.participant.entity.0 as usize].kind == EntityKind::Person;
    let levels: Vec<Level> = participants.iter().filter(people).map(level).collect();
    let summit_word = reports.iter().any(|&i| events[i as usize].pattern.contains("summit"));
    if modes.contains(&"phone") {
        EncounterKind::Call
    } else if modes.contains(&"multilateral") || codes.len() > 4 {
        EncounterKind::Multilateral
    } else if modes.contains(&"visit") {
        EncounterKind::Visit
    } else if summit_word || levels.len() > 1 && levels.iter().all(|l| *l == Level::Leader) {
        EncounterKind::Summit
    } else if levels.len() > 1 && levels.iter().all(|l| matches!(l, Level::Leader | Level::Minister)) && levels.contains(&Level::Minister) {
        EncounterKind::Ministerial
    } else {
        EncounterKind::Talks
    }
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
