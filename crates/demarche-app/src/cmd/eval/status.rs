//! `eval status`: one sentence a line with the act, status and participants it speaks of.
//!
//! Columns: actors, recipients, act, status, event, holder, text. Codes by comma, `-` for none, `a|b` for readings that are
//! equally right; lines that start with `#` are skipped.

use std::path::PathBuf;

use demarche::{
    Reader, Reading,
    event::{Act, Event, Participant, Status},
};

use super::{Report, document, read_text, score::ratio};
use crate::cli::EvalArgs;

struct Line {
    actors: Vec<Vec<String>>,
    recipients: Vec<Vec<String>>,
    act: Vec<String>,
    status: Vec<String>,
    event: Vec<String>,
    text: String,
}

pub(super) fn run(reader: &Reader, files: &[PathBuf], args: &EvalArgs) -> anyhow::Result<Report> {
    let mut report = Report::new();
    let (mut lines, mut right, mut right_event) = (0_usize, 0_usize, 0_usize);
    let (mut undone, mut false_happened) = (0_usize, 0_usize);
    let mut by_status: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
    for file in files {
        for (number, raw) in read_text(file)?.lines().enumerate() {
            if raw.starts_with('#') || raw.trim().is_empty() {
                continue;
            }
            let Some(line) = parse(raw) else {
                anstream::eprintln!("demarche: {}: line {}: fewer than seven columns, left out", file.display(), number + 1);
                continue;
            };
            lines += 1;
            let Some(document) = document(&line.text, args.published) else { continue };
            let reading = reader.read(&document);
            let done = reading.events.iter().any(|e| e.status.is_done());
            let deed_done = reading.events.iter().any(|e| e.status.is_done() && e.act.is_deed());
            let (ok, ok_event) = if line.act.iter().any(|a| a == "-") && !done {
                (true, true)
            } else {
                (
                    reading.events.iter().any(|e| fits(e, &line, &reading)),
                    reading.events.iter().any(|e| fits(e, &line, &reading) && flat_fits(e, &line)),
                )
            };
            right += usize::from(ok);
            right_event += usize::from(ok_event);
            if !line.status.iter().any(|s| s == "happened" || s == "under_way") {
                undone += 1;
                false_happened += usize::from(deed_done);
            }
            let entry = by_status.entry(line.status.join("|")).or_default();
            entry.0 += 1;
            entry.1 += usize::from(ok);
            if args.errors && (!ok || deed_done && !line.status.iter().any(|s| s == "happened" || s == "under_way")) {
                report.line(format!(
                    "{}\n    gold  {} → {} {} {}",
                    line.text,
                    alternatives(&line.actors),
                    alternatives(&line.recipients),
                    line.act.join("|"),
                    line.status.join("|")
                ));
                for e in &reading.events {
                    report.line(format!(
                        "    found {} → {} {} {} [{}]",
                        list(&e.actors, &reading),
                        list(&e.recipients, &reading),
                        e.act,
                        e.status.name(),
                        e.pattern
                    ));
                }
            }
        }
    }
    report.line(format!("{:<28} {:>5} {:>6}", "status", "lines", "right"));
    for (status, (lines, right)) in &by_status {
        report.line(format!("{status:<28} {lines:>5} {:>6.3}", ratio(*right, *lines)));
    }
    report.figure("accuracy", ratio(right, lines));
    report.figure("event_accuracy", ratio(right_event, lines));
    report.figure("false_happened", ratio(false_happened, undone));
    report.figure("lines", lines);
    Ok(report)
}

fn parse(raw: &str) -> Option<Line> {
    let cells: Vec<&str> = raw.splitn(7, '\t').collect();
    let [actors, recipients, act, status, event, _holder, text] = cells.as_slice() else { return None };
    let bars = |cell: &str| cell.split('|').map(|s| s.trim().to_owned()).collect::<Vec<_>>();
    let codes = |cell: &str| -> Vec<Vec<String>> {
        cell.split('|')
            .map(|list| {
                let mut codes: Vec<String> = list.split(',').map(|c| c.trim().to_owned()).filter(|c| c != "-" && !c.is_empty()).collect();
                codes.sort();
                codes
            })
            .collect()
    };
    Some(Line {
        actors: codes(actors),
        recipients: codes(recipients),
        act: bars(act),
        status: bars(status),
        event: bars(event),
        text: (*text).to_owned(),
    })
}

/// Act, status, actors and recipients are those of the line; peers in any order, and on either side.
fn fits(event: &Event, line: &Line, reading: &Reading<'_>) -> bool {
    let (actors, recipients) = (codes(&event.actors, reading), codes(&event.recipients, reading));
    let act = line.act.iter().any(|a| Act::parse(a) == Some(event.act));
    let status = line.status.iter().any(|s| Status::parse(s) == Some(event.status));
    let together = |a: &[String], b: &[String]| {
        let mut all: Vec<String> = a.iter().chain(b).cloned().collect();
        all.sort();
        all.dedup();
        all
    };
    let people = line.actors.iter().any(|a| {
        line.recipients.iter().any(|r| {
            // Peers of an encounter may stand on one side or on two.
            *a == actors && *r == recipients
                || event.act == Act::Consult && r.is_empty() && a.len() > 1 && *a == together(&actors, &recipients)
        })
    });
    act && status && people
}

fn flat_fits(event: &Event, line: &Line) -> bool {
    line.event.iter().any(|name| match &event.flat {
        Some(flat) => Act::parse(name) == Some(flat.event),
        None => name == "-",
    })
}

fn codes(participants: &[Participant], reading: &Reading<'_>) -> Vec<String> {
    let mut codes: Vec<String> =
        participants.iter().filter_map(|p| reading.mentions.entities[p.entity.0 as usize].code).map(|c| c.as_str().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn list(participants: &[Participant], reading: &Reading<'_>) -> String {
    let codes = codes(participants, reading);
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

fn alternatives(lists: &[Vec<String>]) -> String {
    lists.iter().map(|l| if l.is_empty() { "-".to_owned() } else { l.join(",") }).collect::<Vec<_>>().join("|")
}
