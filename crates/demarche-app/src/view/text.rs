//! A reading for the terminal: each sentence with its events, then the encounters, then the doubts.

use std::io::{self, Write};

use demarche::{
    Reading,
    kb::KnowledgeBase,
    record::{AttendeeRecord, EventRecord, ParticipantRecord, Record, WhenRecord},
};

use super::{Styles, one_line};

/// Writes one reading; with `all`, sentences without events too.
pub(crate) fn write(reading: &Reading<'_>, kb: &KnowledgeBase, all: bool, colour: bool, out: &mut impl Write) -> io::Result<()> {
    let s = Styles::new(colour);
    let record = Record::of(reading, kb);
    let d = &record.document;
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    writeln!(
        out,
        "{}{}{:#} · {} · {} · {}, {}, {}",
        s.head,
        d.source,
        s.head,
        d.published.as_deref().unwrap_or("undated"),
        d.language.unwrap_or("language unknown"),
        count(record.sentences.len(), "sentence"),
        count(record.events.len(), "event"),
        count(record.doubts.len(), "doubt"),
    )?;
    if let Some(title) = d.title {
        writeln!(out, "{}{}{:#}", s.dim, one_line(title, 150), s.dim)?;
    }
    writeln!(out)?;
    let mut rest = record.events.as_slice();
    for sentence in &record.sentences {
        // Events are in text order.
        let (events, later) = rest.split_at(rest.partition_point(|e| e.sentence as usize <= sentence.index));
        rest = later;
        if events.is_empty() && !all {
            continue;
        }
        let speaker = sentence.speaker.map(|who| format!("{who}: ")).unwrap_or_default();
        writeln!(out, "{:>4}  {}{}", sentence.index + 1, speaker, one_line(sentence.text, 140))?;
        for event in events {
            write_event(event, &s, out)?;
        }
    }
    if !record.encounters.is_empty() {
        writeln!(out, "\n{}Encounters{:#}", s.head, s.head)?;
    }
    for e in &record.encounters {
        let kind = e.rank.map(|rank| format!("{rank} {}", e.kind)).unwrap_or_else(|| e.kind.to_owned());
        let place = e.place.as_ref().map(|p| format!(" · in {}", p.name)).unwrap_or_default();
        let style = stage_style(e.stage, &s);
        writeln!(
            out,
            "  {}{kind}{:#}  {}  {style}{}{style:#}{}{place}",
            s.act,
            s.act,
            route(&e.participants, &e.parties),
            e.stage.replace('_', " "),
            e.when.as_ref().map(|w| format!(" {}", when(w))).unwrap_or_default(),
        )?;
        for a in &e.participants {
            writeln!(out, "      {} {}", a.who.code.unwrap_or("–"), attendee(a))?;
        }
        if !e.agenda.is_empty() {
            let items: Vec<String> =
                e.agenda.iter().map(|t| format!("{} ({})", one_line(t.evidence.quote, 40), t.reach.unwrap_or("named"))).collect();
            writeln!(out, "      agenda: {}", items.join(", "))?;
        }
        for (label, list) in [("agreed", &e.agreed), ("urged", &e.urged)] {
            for id in list {
                if let Some(event) = record.events.iter().find(|v| v.id == *id) {
                    let by: Vec<&str> = event
                        .stance
                        .iter()
                        .filter(|st| label == "urged" && st.kind == "urges")
                        .flat_map(|st| st.holders.iter().map(|h| h.name))
                        .collect();
                    let by = if by.is_empty() { String::new() } else { format!(" by {}", by.join(", ")) };
                    writeln!(
                        out,
                        "      {label}{by}: sentence {}, “{}”",
                        event.sentence + 1,
                        one_line(event.evidence.sentence.quote, 100)
                    )?;
                }
            }
        }
    }
    if !record.doubts.is_empty() {
        writeln!(out, "\n{}Doubts{:#}", s.head, s.head)?;
    }
    for doubt in &record.doubts {
        let place = doubt.sentence.map(|n| format!("sentence {}: ", n + 1)).unwrap_or_default();
        let source = doubt.source.map(|source| format!(" [{source}]")).unwrap_or_default();
        writeln!(out, "  {}{}{:#} {place}{}{source}", s.doubt, doubt.code, s.doubt, doubt.message)?;
    }
    writeln!(out)
}

fn write_event(e: &EventRecord<'_>, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let act = e.mode.map(|mode| format!("{} {mode}", e.act)).unwrap_or_else(|| e.act.to_owned());
    let style = status_style(e.status, s);
    let holders: Vec<&str> = e.stance.iter().filter(|st| st.kind != "states").flat_map(|st| st.holders.iter().map(|h| h.name)).collect();
    let mut tail = String::new();
    if let Some(w) = &e.when {
        tail.push_str(&format!("  {}", when(w)));
    }
    if !e.topics.is_empty() {
        let topics: Vec<&str> = e.topics.iter().map(|t| t.evidence.quote).collect();
        tail.push_str(&format!("  on: {}", one_line(&topics.join(", "), 60)));
    }
    if !holders.is_empty() {
        tail.push_str(&format!("  by {}", holders.join(", ")));
    }
    if let Some(flat) = &e.flat
        && flat.event != e.act
    {
        tail.push_str(&format!("  (flat: {}{})", flat.event, flat.mode.map(|m| format!(" {m}")).unwrap_or_default()));
    }
    writeln!(
        out,
        "        {}{act:<20}{:#} {style}{:<13}{style:#} {}{}{tail}{:#}",
        s.act,
        s.act,
        e.status.replace('_', " "),
        sides(&e.actor, &e.recipient),
        s.dim,
        s.dim
    )
}

fn sides(actors: &[ParticipantRecord<'_>], recipients: &[ParticipantRecord<'_>]) -> String {
    let list = |side: &[ParticipantRecord<'_>]| side.iter().map(|p| who(p)).collect::<Vec<_>>().join(", ");
    match (actors.is_empty(), recipients.is_empty()) {
        (_, true) => list(actors),
        (true, false) => format!("– → {}", list(recipients)),
        (false, false) => format!("{} → {}", list(actors), list(recipients)),
    }
}

fn who(p: &ParticipantRecord<'_>) -> String {
    match p.code {
        Some(code) if p.name.is_empty() => code.to_owned(),
        Some(code) => format!("{code} {}", one_line(p.name, 40)),
        None => one_line(p.name, 40),
    }
}

/// "KOR → JPN" for a visit, "KOR, JPN" among peers.
fn route(participants: &[AttendeeRecord<'_>], parties: &[&str]) -> String {
    let part = |part: &str| {
        let mut codes: Vec<&str> = participants.iter().filter(|a| a.part == part).filter_map(|a| a.who.code).collect();
        codes.dedup();
        codes
    };
    let (guests, hosts) = (part("guest"), part("host"));
    if guests.is_empty() || hosts.is_empty() {
        return parties.join(", ");
    }
    format!("{} → {}", guests.join(", "), hosts.join(", "))
}

fn attendee(a: &AttendeeRecord<'_>) -> String {
    let posts: Vec<String> = a
        .posts
        .iter()
        .take(2)
        .map(|p| p.since.as_ref().map_or_else(|| p.title.to_owned(), |since| format!("{} since {since}", p.title)))
        .collect();
    let posts = if posts.is_empty() { String::new() } else { format!(" ({})", posts.join("; ")) };
    let part = if a.part == "peer" { String::new() } else { format!(", {}", a.part) };
    format!("{}{posts}{part}", a.who.name)
}

pub(crate) fn when(w: &WhenRecord) -> String {
    match w.precision {
        "year" => w.start[..4].to_owned(),
        "month" => w.start[..7].to_owned(),
        _ if w.start == w.end => w.start.clone(),
        "vague" => format!("about {} – {}", w.start, w.end),
        _ => format!("{} – {}", w.start, w.end),
    }
}

pub(crate) fn status_style(status: &str, s: &Styles) -> anstyle::Style {
    match status {
        "happened" | "under_way" => s.done,
        "refused" | "cancelled" | "denied" | "not_happened" | "threatened" => s.no,
        _ => s.open,
    }
}

fn stage_style(stage: &str, s: &Styles) -> anstyle::Style {
    match stage {
        "concluded" | "under_way" => s.done,
        "cancelled" => s.no,
        _ => s.open,
    }
}
