//! What an encounter is about, what was agreed there, and what was urged on its parties.

use std::collections::BTreeMap;

use super::{Encounter, Stage};
use crate::{
    event::{Act, Event, Participant, Status},
    mention::{Code, Mentions},
    sentence::Sentence,
};

/// A subject on an encounter's agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// Index into [`Mentions::topics`].
    pub topic: u32,
    /// How far it got.
    pub reach: Reach,
}

/// How far an agenda item got (engagements.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Named beforehand.
    Anticipated,
    /// Talked about.
    Discussed,
    /// Agreed on.
    Agreed,
}

impl Reach {
    /// The word of JSON and of the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Reach::Anticipated => "anticipated",
            Reach::Discussed => "discussed",
            Reach::Agreed => "agreed",
        }
    }
}

/// Fills agenda, agreed and urged of every encounter.
pub(super) fn fill(encounters: &mut [Encounter], sentences: &[Sentence], mentions: &Mentions, events: &[Event]) {
    let listed = listed(sentences, mentions);
    for i in 0..encounters.len() {
        let encounter = &encounters[i];
        let done = matches!(encounter.stage, Stage::Concluded | Stage::UnderWay);
        let mut agenda: Vec<AgendaItem> = Vec::new();
        let mut add = |topic: u32, reach: Reach| {
            let subject = topic_words(mentions, topic);
            match agenda.iter_mut().find(|item| topic_words(mentions, item.topic) == subject) {
                Some(item) => item.reach = item.reach.max(reach),
                None => agenda.push(AgendaItem { topic, reach }),
            }
        };
        let reports: Vec<u32> = encounter.reports.iter().map(|&r| events[r as usize].sentence).collect();
        for &report in &encounter.reports {
            let event = &events[report as usize];
            let reach = if event.status.is_done() { Reach::Discussed } else { Reach::Anticipated };
            for &topic in &event.topics {
                add(topic, reach);
            }
            for &topic in listed.get(&event.sentence).into_iter().flatten() {
                add(topic, reach);
            }
        }
        let (mut agreed, mut urged) = (Vec::new(), Vec::new());
        for (index, event) in events.iter().enumerate() {
            if encounter.reports.binary_search(&(index as u32)).is_ok() || !concerns(event, encounter, mentions) {
                continue;
            }
            // With several encounters in one document, an event belongs to the one last reported before it.
            if encounters.len() > 1 && last_reported(encounters, events, event.sentence, mentions, event) != Some(i) {
                continue;
            }
            match event.status {
                Status::Agreed => agreed.push(index as u32),
                Status::Happened if matches!(event.act, Act::Agree | Act::Support) && event.actors.len() + event.recipients.len() > 1 => {
                    agreed.push(index as u32)
                }
                Status::Urged => urged.push(index as u32),
                Status::Happened if event.act == Act::Request => urged.push(index as u32),
                _ => continue,
            }
            if agreed.last() == Some(&(index as u32)) && done {
                for &topic in &event.topics {
                    add(topic, Reach::Agreed);
                }
            }
        }
        // A readout's other sentences tell what was talked about, as far as they stand between reports and agreements.
        if done && encounters.len() == 1 {
            let (first, last) = (reports.iter().min().copied().unwrap_or(0), reports.iter().max().copied().unwrap_or(0));
            for (topic, mention) in mentions.topics.iter().enumerate() {
                if (first..=last).contains(&mention.sentence) {
                    add(topic as u32, Reach::Discussed);
                }
            }
        }
        let encounter = &mut encounters[i];
        (encounter.agenda, encounter.agreed, encounter.urged) = (agenda, agreed, urged);
    }
}

/// Topics of list items, by the sentence that introduces the list: "Key topics anticipated during the talks include:".
fn listed(sentences: &[Sentence], mentions: &Mentions) -> BTreeMap<u32, Vec<u32>> {
    let mut listed: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (i, topic) in mentions.topics.iter().enumerate() {
        if let Some(lead) = sentences[topic.sentence as usize].lead {
            listed.entry(lead).or_default().push(i as u32);
        }
    }
    listed
}

fn topic_words(mentions: &Mentions, topic: u32) -> (u16, Option<u16>) {
    let topic = &mentions.topics[topic as usize];
    (topic.subject, topic.context)
}

/// Whether all of an event's states take part in the encounter.
fn concerns(event: &Event, encounter: &Encounter, mentions: &Mentions) -> bool {
    let code = |p: &Participant| -> Option<Code> { mentions.entities[p.entity.0 as usize].code };
    let mut codes = event.actors.iter().chain(&event.recipients).filter_map(code).peekable();
    codes.peek().is_some() && codes.all(|code| encounter.parties.contains(&code))
}

fn last_reported(encounters: &[Encounter], events: &[Event], sentence: u32, mentions: &Mentions, event: &Event) -> Option<usize> {
    let fits = |e: &Encounter| concerns(event, e, mentions);
    encounters
        .iter()
        .enumerate()
        .filter(|(_, e)| fits(e))
        .filter_map(|(i, e)| {
            // Reports are in text order.
            let before = e.reports.partition_point(|&r| events[r as usize].sentence <= sentence);
            before.checked_sub(1).map(|last| (events[e.reports[last] as usize].sentence, i))
        })
        .max_by_key(|&(s, i)| (s, std::cmp::Reverse(i)))
        .map(|(_, i)| i)
}
