//! What an event tells of an encounter: whether it reports one, how far it had got, and whether it only speaks of what was discussed.

use super::{
    Stage,
    group::{Group, near},
};
use crate::{
    document::{BlockKind, Document},
    event::{Act, Event, codes_of},
    kb::{KnowledgeBase, cue::Cue},
    mention::{EntityId, EntityKind, MentionForm, Mentions},
    sentence::Sentence,
    span::Span,
    token::Token,
    vocabulary::Vocabulary,
};

/// How many words before an encounter "look forward to" reaches.
const LOOKS_AHEAD: usize = 8;
/// How many words before an encounter a headline's "before" reaches: "Before Quad Leaders' Summit Meeting".
const BEFORE: usize = 7;

/// A document as it tells of encounters.
pub(super) struct Telling<'a> {
    pub(super) document: &'a Document,
    pub(super) sentences: &'a [Sentence],
    pub(super) mentions: &'a Mentions,
    pub(super) events: &'a [Event],
    pub(super) kb: &'a KnowledgeBase,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Telling<'_> {
    /// The report of an encounter that an event is; none if it is none.
    pub(super) fn report(&self, index: u32, event: &Event) -> Option<Group> {
        if event.act != Act::Consult {
            return None;
        }
        let mut stage = Stage::of(event.status)?;
        let codes = codes_of(event.actors.iter().chain(&event.recipients), self.mentions);
        if codes.is_empty() {
            return None;
        }
        let headline = self.is_headline(event);
        let before = headline && self.words_before(event, BEFORE).any(|word| matches!(&*word, "before" | "ahead"));
        // What lies ahead has not been yet, however it is told ("when the President travels to Seoul later this month").
        let to_come = event.when.zip(self.document.meta.published).is_some_and(|(when, published)| when.start > published);
        if before || event.status.is_done() && (to_come || self.looks_forward(event)) {
            stage = Stage::Announced;
        }
        let visit = is_visit(event);
        Some(Group {
            reports: vec![index],
            guests: if visit { event.actors.clone() } else { Vec::new() },
            hosts: if visit { event.recipients.clone() } else { Vec::new() },
            peers: if visit { Vec::new() } else { event.actors.iter().chain(&event.recipients).copied().collect() },
            codes,
            when: event.when,
            place: event.place,
            modes: vec![event.mode.map_or("", |mode| mode.name())],
            stages: vec![(stage, headline)],
            last: (event.sentence, stage),
            before,
        })
    }

    /// "Discussed the upcoming summit in Berlin": an encounter that those who talk of it are not said to take part in.
    pub(super) fn is_topic(&self, event: &Event, groups: &[Group]) -> bool {
        if is_visit(event) || self.trigger(event).is_none_or(|token| token.tag.is_verb()) {
            return false;
        }
        let people = self.people(event);
        !people.is_empty()
            && groups.iter().flat_map(|group| self.told_in(event.sentence, group)).any(|talk| {
                let other = !event.status.is_done() || event.when.zip(talk.when).is_some_and(|(a, b)| !near(a, b));
                let there = self.people(talk);
                talk.evidence.trigger.start < event.evidence.trigger.start
                    && talk.status.is_done()
                    && other
                    && self.is_talk(talk)
                    && people.iter().all(|p| there.contains(p))
            })
    }

    /// The reports of a group that stand in a sentence; sentences come in order, so that they are its last.
    fn told_in<'a>(&'a self, sentence: u32, group: &'a Group) -> impl Iterator<Item = &'a Event> {
        group.reports.iter().rev().map(|&index| &self.events[index as usize]).take_while(move |event| event.sentence == sentence)
    }

    /// Whether an event of the body tells what was discussed at the encounter of the headline ("The leaders also discussed Gaza"): those
    /// talked about are no parties to it.
    pub(super) fn is_readout_of(&self, group: &Group, event: &Event) -> bool {
        let told = group.stages.first() == Some(&(Stage::Concluded, true)) && group.codes.len() > 1;
        if !told || is_visit(event) || self.is_headline(event) || !event.status.is_done() || !self.is_talk(event) {
            return false;
        }
        let day = group.when.map(|when| when.start).or(self.document.meta.published);
        if event.when.zip(day).is_some_and(|(when, day)| when.end < day || when.start > day) {
            return false;
        }
        let parts = || event.actors.iter().chain(&event.recipients);
        let entity = |id: EntityId| &self.mentions.entities[id.0 as usize];
        let there = |id: EntityId| group.people().any(|p| p == id);
        let stranger =
            |id: EntityId, span: Option<Span>| entity(id).kind == EntityKind::Person && !there(id) && !self.is_anaphor(event, span);
        if parts().any(|p| stranger(p.entity, p.span)) {
            return false;
        }
        let before = parts().filter(|p| p.span.is_some_and(|span| span.start < event.evidence.trigger.start));
        let first = before.min_by_key(|p| p.span.map(|span| span.start));
        first.is_none_or(|p| {
            there(p.entity) || self.is_anaphor(event, p.span) || entity(p.entity).code.is_some_and(|code| group.codes.contains(&code))
        })
    }

    /// "The two leaders", "they".
    fn is_anaphor(&self, event: &Event, span: Option<Span>) -> bool {
        let from = self.mentions.actors.partition_point(|m| m.sentence < event.sentence);
        let mut here = self.mentions.actors[from..].iter().take_while(|m| m.sentence == event.sentence);
        here.any(|m| Some(m.span) == span && m.form == MentionForm::Anaphor)
    }

    /// The persons who take part in an event.
    fn people(&self, event: &Event) -> Vec<EntityId> {
        let parts = event.actors.iter().chain(&event.recipients).map(|p| p.entity);
        parts.filter(|id| self.mentions.entities[id.0 as usize].kind == EntityKind::Person).collect()
    }

    fn tokens(&self, event: &Event) -> &[Token] {
        &self.sentences[event.sentence as usize].tokens
    }

    fn at(&self, event: &Event) -> usize {
        self.tokens(event).iter().position(|t| t.span.overlaps(event.evidence.trigger)).unwrap_or(0)
    }

    fn trigger(&self, event: &Event) -> Option<&Token> {
        self.tokens(event).get(self.at(event))
    }

    /// Whether an event is talk of something: "discussed", "reviewed".
    fn is_talk(&self, event: &Event) -> bool {
        self.trigger(event).is_some_and(|token| self.kb.cues.verb(token, Cue::Talk, self.vocabulary))
    }

    fn is_headline(&self, event: &Event) -> bool {
        matches!(self.sentences[event.sentence as usize].block, BlockKind::Headline | BlockKind::Heading)
    }

    /// The words right before an event's trigger, in small letters.
    fn words_before(&self, event: &Event, count: usize) -> impl DoubleEndedIterator<Item = String> {
        let at = self.at(event);
        self.tokens(event)[at.saturating_sub(count)..at].iter().map(|token| token.span.of(&self.document.text).to_lowercase())
    }

    /// "Looks forward to welcoming": it has not been yet.
    fn looks_forward(&self, event: &Event) -> bool {
        let words: Vec<String> = self.words_before(event, LOOKS_AHEAD).collect();
        let looks = |pair: &[String]| pair[1] == "forward" && matches!(&*pair[0], "look" | "looks" | "looking" | "looked");
        words.windows(2).rposition(looks).is_some_and(|at| !words[at..].iter().any(|word| matches!(&**word, ";" | ":" | "." | "—")))
    }
}

/// Whether somebody travels to somebody.
fn is_visit(event: &Event) -> bool {
    event.mode.is_some_and(|mode| mode.name() == "visit")
}
