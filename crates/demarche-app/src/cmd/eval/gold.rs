//! `eval gold`: the project's own stand-off gold: spans and labels here, texts in the folder that `--texts` names.
//!
//! Each line marks one sentence of one document. The whole document is read; what counts are the events whose trigger lies
//! in the sentence. *event*: act, actors, recipients and status agree; *triple*: the flat actor country, type and recipient
//! country; *status*: over gold events whose act is found at an overlapping trigger or between the same participants;
//! *calibration*: how far the confidence of the found events is from the share of them whose act and status are so found.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail};
use demarche::{
    Reader, Reading,
    document::{Document, LoadOptions, json_document, load_one},
    event::{Act, Event, Participant},
    span::Span,
};
use serde::Deserialize;

use super::{
    Report,
    events::{pairs, triples},
    read_text,
    score::{Counts, calibration_error, platt, ratio},
};
use crate::cli::EvalArgs;

#[derive(Deserialize)]
struct Line {
    id: String,
    document: String,
    line: Option<usize>,
    start: usize,
    end: usize,
    events: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    act: String,
    actors: Vec<String>,
    recipients: Vec<String>,
    status: String,
    event: String,
    flat_actors: Vec<String>,
    flat_recipients: Vec<String>,
    trigger: [usize; 2],
}

pub(super) fn run(reader: &Reader, args: &EvalArgs) -> anyhow::Result<Report> {
    let Some(texts) = &args.texts else { bail!("eval gold needs --texts FOLDER: where the documents that it marks are kept") };
    let mut report = Report::new();
    let (mut event_counts, mut triple_counts, mut act_counts) = (Counts::default(), Counts::default(), Counts::default());
    let (mut aligned, mut same_status, mut sentences) = (0_usize, 0_usize, 0_usize);
    let mut said: Vec<(f32, bool)> = Vec::new();
    let mut containers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in &args.files {
        for raw in read_text(file)?.lines().filter(|l| !l.trim().is_empty()) {
            let line: Line = serde_json::from_str(raw).with_context(|| format!("{}: not a gold line", file.display()))?;
            let (document, field) = open(&line, texts, &mut containers)?;
            let place = |start: usize, end: usize| canonical(start, end, field, &document);
            let reading = reader.read(&document);
            let sentence = place(line.start, line.end);
            let found: Vec<&Event> = reading.events.iter().filter(|e| sentence.is_some_and(|s| s.contains(e.evidence.trigger))).collect();
            sentences += 1;
            let gold_events: Vec<String> = line.events.iter().map(key).collect();
            let found_events: Vec<String> = found.iter().map(|e| found_key(e, &reading)).collect();
            event_counts.add(&dedup(gold_events), &dedup(found_events));
            let gold_acts: Vec<String> = line.events.iter().map(|m| m.act.clone()).collect();
            act_counts.add(&dedup(gold_acts), &dedup(found.iter().map(|e| e.act.name().to_owned()).collect()));
            let gold_triples = line
                .events
                .iter()
                .filter_map(|m| Some(pairs(Act::parse(&m.event)?, &or_none(&m.flat_actors), &or_none(&m.flat_recipients))))
                .flatten()
                .collect();
            let found_triples =
                found.iter().filter_map(|e| e.flat.as_ref()).flat_map(|f| triples(&reading, f.event, &f.actors, &f.recipients)).collect();
            triple_counts.add(&dedup(gold_triples), &dedup(found_triples));
            let same = |event: &Event, marked: &Marked| {
                let trigger = place(marked.trigger[0], marked.trigger[1]);
                event.act.name() == marked.act
                    && (trigger.is_some_and(|t| t.overlaps(event.evidence.trigger))
                        || sides(event, &reading) == (sorted(&marked.actors), sorted(&marked.recipients)))
            };
            for marked in &line.events {
                if let Some(event) = found.iter().find(|event| same(event, marked)) {
                    aligned += 1;
                    same_status += usize::from(event.status.name() == marked.status);
                }
            }
            for event in &found {
                let right = line.events.iter().any(|marked| same(event, marked) && event.status.name() == marked.status);
                said.push((event.confidence, right));
            }
            if args.errors {
                let wanted: Vec<String> = line.events.iter().map(key).collect();
                let got: Vec<String> = found
                    .iter()
                    .map(|e| format!("{} [{} “{}”]", found_key(e, &reading), e.pattern, e.evidence.trigger.of(&document.text)))
                    .collect();
                let words = sentence.map_or_else(String::new, |s| s.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" "));
                if wanted.iter().any(|w| !got.iter().any(|g| g.starts_with(w))) || got.len() != wanted.len() {
                    report.line(format!("{} {words}\n    gold  {}\n    found {}", line.id, wanted.join("; "), got.join("; ")));
                }
            }
        }
    }
    for (name, counts) in [("event", event_counts), ("triple", triple_counts), ("act", act_counts)] {
        report.line(format!("{name:<7} precision {:.3} recall {:.3} F1 {:.3}", counts.precision(), counts.recall(), counts.f1()));
        report.figure(&format!("{name}_f1"), counts.f1());
        report.figure(&format!("{name}_precision"), counts.precision());
        report.figure(&format!("{name}_recall"), counts.recall());
    }
    report.figure("status_accuracy", ratio(same_status, aligned));
    report.figure("calibration_error", calibration_error(&said));
    report.figure("calibration_fit", serde_json::json!(platt(&said)));
    report.figure("aligned", aligned);
    report.figure("sentences", sentences);
    Ok(report)
}

/// Loads the document that a line marks; for a JSON line, also where its text field begins in the canonical text.
fn open(line: &Line, texts: &Path, containers: &mut BTreeMap<String, Vec<String>>) -> anyhow::Result<(Document, Option<usize>)> {
    let path = texts.join(&line.document);
    let options = LoadOptions::default();
    let Some(number) = line.line else {
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        return Ok((load_one(&bytes, &line.document, &options)?, None));
    };
    if !containers.contains_key(&line.document) {
        containers.insert(line.document.clone(), read_text(&path)?.lines().map(str::to_owned).collect());
    }
    let raw = containers[&line.document].get(number).with_context(|| format!("{} has no line {number}", path.display()))?;
    let document = json_document(raw.as_bytes(), &line.document, Some(number + 1), &options)?;
    let object: serde_json::Value = serde_json::from_str(raw)?;
    let text = object.get("text").and_then(serde_json::Value::as_str).context("the JSON line has no field `text`")?;
    let field = document.text.find(text).with_context(|| format!("line {number}: its text is not in the canonical text as it stands"))?;
    Ok((document, Some(field)))
}

/// A span of the gold in the canonical text. The gold counts bytes of the file, or of the text field of a JSON line.
fn canonical(start: usize, end: usize, field: Option<usize>, document: &Document) -> Option<Span> {
    if let Some(field) = field {
        return Some(Span::new(field + start, (field + end).min(document.text.len())));
    }
    if document.map.identity {
        return Some(Span::new(start, end.min(document.text.len())));
    }
    let parts = document.map.runs.iter().filter_map(|&(at, raw, length)| {
        let (at, raw, length) = (at as usize, raw as usize, length as usize);
        let (from, to) = (start.max(raw), end.min(raw + length));
        (from < to).then(|| Span::new(at + from - raw, at + to - raw))
    });
    parts.reduce(Span::join)
}

fn key(marked: &Marked) -> String {
    if marked.act == Act::Consult.name() {
        let all: Vec<String> = marked.actors.iter().chain(&marked.recipients).cloned().collect();
        return format!("{} {} {}", sorted(&all), marked.act, marked.status);
    }
    format!("{} {} {} {}", sorted(&marked.actors), marked.act, sorted(&marked.recipients), marked.status)
}

fn found_key(event: &Event, reading: &Reading<'_>) -> String {
    let codes = |list: &[Participant]| -> Vec<String> { list.iter().map(|p| code(p, reading)).collect() };
    if event.act == Act::Consult {
        let all: Vec<String> = codes(&event.actors).into_iter().chain(codes(&event.recipients)).collect();
        return format!("{} {} {}", sorted(&all), event.act, event.status.name());
    }
    format!("{} {} {} {}", sorted(&codes(&event.actors)), event.act, sorted(&codes(&event.recipients)), event.status.name())
}

fn sides(event: &Event, reading: &Reading<'_>) -> (String, String) {
    let codes = |list: &[Participant]| -> Vec<String> { list.iter().map(|p| code(p, reading)).collect() };
    (sorted(&codes(&event.actors)), sorted(&codes(&event.recipients)))
}

fn code(participant: &Participant, reading: &Reading<'_>) -> String {
    reading.mentions.entities[participant.entity.0 as usize].code.map_or_else(|| "?".to_owned(), |c| c.as_str().to_owned())
}

fn sorted(codes: &[String]) -> String {
    let mut codes: Vec<&str> = codes.iter().map(String::as_str).filter(|c| !c.is_empty() && *c != "?").collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

fn or_none(codes: &[String]) -> Vec<String> {
    let known: Vec<String> = codes.iter().filter(|c| !c.is_empty() && *c != "?").cloned().collect();
    if known.is_empty() { vec!["-".to_owned()] } else { known }
}

fn dedup<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}
