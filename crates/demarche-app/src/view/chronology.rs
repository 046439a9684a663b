//! A timeline for the terminal: the chronology that a desk officer would keep.

use std::io::{self, Write};

use demarche::{
    encounter::Part,
    timeline::{Attendance, Entry, Timeline},
};

use super::{Styles, one_line};

/// Writes a chronology.
pub(crate) fn write(timeline: &Timeline, colour: bool, out: &mut impl Write) -> io::Result<()> {
    let s = Styles::new(colour);
    if timeline.entries.is_empty() {
        return writeln!(out, "No encounter found.");
    }
    for entry in &timeline.entries {
        write_entry(entry, &s, out)?;
    }
    Ok(())
}

fn write_entry(e: &Entry, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let date = match (&e.date, &e.until) {
        (Some(date), Some(until)) => format!("{date} – {until}"),
        (Some(date), None) if e.dated => date.clone(),
        (Some(date), None) => format!("about {date}"),
        (None, _) => "undated".to_owned(),
    };
    let place = if e.places.is_empty() { String::new() } else { format!(" in {}", e.places.join(", ")) };
    let stage = e.stage.replace('_', " ");
    writeln!(out, "{}{date}{:#}  {}  {}{}{:#}{place} · {stage}", s.head, s.head, e.parties.join(" "), s.act, e.kind, s.act)?;
    if !e.people.is_empty() {
        let people: Vec<String> = e.people.iter().map(person).collect();
        writeln!(out, "    {}", people.join("; "))?;
    }
    if e.history.len() > 1 {
        let mut steps: Vec<String> = Vec::new();
        for step in &e.history {
            let text = format!("{} {}", step.stage.replace('_', " "), step.published.as_deref().unwrap_or("(undated)"));
            if !steps.contains(&text) {
                steps.push(text);
            }
        }
        writeln!(out, "    {}stages{:#}   {}", s.dim, s.dim, steps.join(" · "))?;
    }
    if !e.agenda.is_empty() {
        let items: Vec<String> = e.agenda.iter().map(|t| format!("{} ({})", one_line(&t.words, 40), t.reach.name())).collect();
        writeln!(out, "    {}agenda{:#}   {}", s.dim, s.dim, items.join(", "))?;
    }
    for quote in &e.agreed {
        writeln!(out, "    {}agreed{:#}   “{}”", s.dim, s.dim, one_line(&quote.quote, 140))?;
    }
    for quote in &e.urged {
        let by = if quote.by.is_empty() { String::new() } else { format!(" ({})", quote.by.join(", ")) };
        writeln!(out, "    {}urged{:#}    “{}”{by}", s.dim, s.dim, one_line(&quote.quote, 140))?;
    }
    for document in &e.documents {
        let name = document.publisher.as_deref().unwrap_or("unknown publisher");
        let date = document.published.as_deref().unwrap_or("undated");
        let title = document.title.as_deref().map(|t| format!(", “{}”", one_line(t, 80))).unwrap_or_default();
        writeln!(out, "    {}source   {name}, {date}{title} [{}]{:#}", s.dim, document.source, s.dim)?;
    }
    writeln!(out)
}

fn person(p: &Attendance) -> String {
    let part = if p.part == Part::Peer { String::new() } else { format!(", {}", p.part.name()) };
    match (&p.post, &p.code) {
        (Some(post), Some(code)) => format!("{} ({post}, {code}{part})", p.name),
        (Some(post), None) => format!("{} ({post}{part})", p.name),
        (None, Some(code)) => format!("{} ({code}{part})", p.name),
        (None, None) => p.name.clone(),
    }
}
