//! Reports of one document that are taken for one encounter, and what they make of it together.

use super::{Attendee, Encounter, EncounterKind, Part, Stage, posts};
use crate::{
    document::Document,
    event::{Event, Participant, Place, codes_of},
    kb::{KnowledgeBase, Level},
    mention::{Code, EntityId, EntityKind, Mentions, Precision, TitleQuality, When},
};

/// Reports that are taken for one encounter.
pub(super) struct Group {
    pub(super) reports: Vec<u32>,
    pub(super) guests: Vec<Participant>,
    pub(super) hosts: Vec<Participant>,
    pub(super) peers: Vec<Participant>,
    pub(super) codes: Vec<Code>,
    pub(super) when: Option<When>,
    pub(super) place: Option<Place>,
    pub(super) modes: Vec<&'static str>,
    /// How far it had got, and whether a headline says so.
    pub(super) stages: Vec<(Stage, bool)>,
    /// The sentence of the last report, and its stage.
    pub(super) last: (u32, Stage),
    /// "Remarks before the meeting": a headline that tells when the document was made.
    pub(super) before: bool,
}

impl Group {
    pub(super) fn people(&self) -> impl Iterator<Item = EntityId> {
        self.guests.iter().chain(&self.hosts).chain(&self.peers).map(|p| p.entity)
    }

    /// Whether another report may be of the same encounter.
    pub(super) fn takes(&self, other: &Group, mentions: &Mentions) -> bool {
        let call = |group: &Group| group.modes.contains(&"phone");
        let visit = |group: &Group| group.modes.contains(&"visit");
        if call(self) && visit(other) || call(other) && visit(self) {
            return false;
        }
        // A visit and its return are two.
        let from = |group: &Group| codes_of(&group.guests, mentions);
        if visit(self) && visit(other) && !from(self).iter().any(|code| from(other).contains(code)) {
            return false;
        }
        // "They discussed his coming visit": the talk is not the visit.
        let ahead = |group: &Group| group.last.1 != Stage::Concluded && group.last.1 != Stage::UnderWay;
        let talked_of = |visiting: &Group, talk: &Group| visit(visiting) && ahead(visiting) && !visit(talk) && !ahead(talk);
        if self.last.0 == other.last.0 && (talked_of(self, other) || talked_of(other, self)) {
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

    /// What another report adds, but for who took part.
    pub(super) fn tell_more(&mut self, other: Group) {
        let codes = self.codes.clone();
        self.merge(Group { guests: Vec::new(), hosts: Vec::new(), peers: Vec::new(), codes, ..other });
    }

    pub(super) fn merge(&mut self, other: Group) {
        self.reports.extend(other.reports);
        self.last = other.last;
        self.before |= other.before;
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

    pub(super) fn encounter(self, document: &Document, mentions: &Mentions, events: &[Event], kb: &KnowledgeBase) -> Encounter {
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
        let entity = |a: &Attendee| &mentions.entities[a.participant.entity.0 as usize];
        // Nobody is a guest of their own state.
        let hosts = codes_of(&self.hosts, mentions);
        let at_home = |a: &Attendee| entity(a).code.is_some_and(|code| hosts.contains(&code));
        if participants.iter().any(|a| a.part == Part::Guest && !at_home(a)) {
            participants.retain(|a| a.part != Part::Guest || !at_home(a));
        }
        // A state that is there in person needs no line of its own, unless it is the host that the guest visits.
        let in_person: Vec<Code> =
            participants.iter().map(entity).filter(|e| e.kind == EntityKind::Person).filter_map(|e| e.code).collect();
        participants.retain(|a| entity(a).kind != EntityKind::State || entity(a).code.is_none_or(|code| !in_person.contains(&code)));
        // "Defense", left over from a list of offices.
        participants.retain(|a| {
            let entity = entity(a);
            let bare = entity.code.is_none() && entity.person.is_none() && entity.titles.is_empty() && !entity.name.contains(' ');
            !(bare && matches!(entity.kind, EntityKind::Organization | EntityKind::Person))
        });
        let stage = self.stage();
        let kind = kind(&self.modes, &participants, &self.codes, &self.reports, events, mentions, kb);
        Encounter {
            kind,
            rank: None,
            stage,
            participants,
            parties: self.codes,
            // What was yet to come on the day of publication was not set for a day before: that day is of something else.
            when: self.when.filter(|when| !to_come(stage) || document.meta.published.is_none_or(|day| day <= when.end)),
            // Who telephones is in two places.
            place: self.place.filter(|_| kind != EncounterKind::Call),
            agenda: Vec::new(),
            reports: self.reports,
            agreed: Vec::new(),
            urged: Vec::new(),
        }
    }

    /// What stage the reports make together: a calling-off outweighs the plan, a telling outweighs both, and the text outweighs a headline
    /// that only names the encounter.
    fn stage(&self) -> Stage {
        let text = |stage: Stage| self.stages.contains(&(stage, false));
        let has = |stage: Stage| text(stage) || self.stages.contains(&(stage, true));
        if self.before && !text(Stage::UnderWay) || text(Stage::Announced) && !text(Stage::Concluded) && !has(Stage::UnderWay) {
            return Stage::Announced;
        }
        let order = [Stage::UnderWay, Stage::Concluded, Stage::Cancelled, Stage::Postponed, Stage::Announced];
        order.into_iter().find(|stage| has(*stage)).unwrap_or(Stage::Proposed)
    }
}

/// Whether an encounter was still ahead when the document told of it.
fn to_come(stage: Stage) -> bool {
    matches!(stage, Stage::Announced | Stage::Proposed)
}

/// "Lee Jun-seok" and "President Lee": one traveller under two names is one encounter with a doubt, not two encounters.
fn same_family(mine: &[EntityId], theirs: &[EntityId], mentions: &Mentions) -> bool {
    let words = |e: &EntityId| -> Vec<String> { mentions.entities[e.0 as usize].name.split([' ', '-']).map(str::to_lowercase).collect() };
    mine.iter().any(|a| theirs.iter().any(|b| words(a).first() == words(b).first()))
}

/// Whether two dates may be of one encounter: they overlap, give or take a day.
pub(super) fn near(a: When, b: When) -> bool {
    let slack = |w: When| match w.precision {
        Precision::Day => 1,
        _ => 0,
    };
    let slack = jiff::Span::new().days(slack(a).max(slack(b)));
    let (a_end, b_end) = (a.end.saturating_add(slack), b.end.saturating_add(slack));
    a.start <= b_end && b.start <= a_end
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
