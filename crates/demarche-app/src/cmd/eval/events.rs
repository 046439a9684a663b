//! `eval events`: PLOVER gold records, in the 2016 and the 2.0 shape: text in, flat triples out.
//!
//! Records of one text are scored together. A triple is actor country, type, recipient country; an event without a
//! recipient, or a participant without a country, counts as `-`. Peers of an encounter stand on one side in one set and on two in
//! another, so a CONSULT gives one triple for each pair of its countries, in order of the alphabet. Types of the 2016 shape that 2.0 no longer has: DEMAND → REQUEST,
//! DISAPPROVE and INVESTIGATE → ACCUSE, FIGHT → ASSAULT, YIELD → RETREAT.

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::Context;
use demarche::{
    Reader, Reading,
    event::{Act, Participant},
};
use serde_json::Value;

use super::{Report, document, read_text, score::Counts};

type Triple = (String, String, String);

pub(super) fn run(reader: &Reader, files: &[PathBuf], errors: bool) -> anyhow::Result<Report> {
    let mut texts: BTreeMap<String, (Option<jiff::civil::Date>, Vec<Triple>)> = BTreeMap::new();
    let mut records = 0_usize;
    for file in files {
        for record in parse(&read_text(file)?).with_context(|| format!("{} is neither a JSON array nor JSON Lines", file.display()))? {
            let Some((text, date, triples)) = gold(&record) else { continue };
            records += 1;
            let entry = texts.entry(text).or_insert((date, Vec::new()));
            entry.1.extend(triples);
        }
    }
    let mut report = Report::new();
    let (mut triple, mut actor, mut recipient, mut kind) = (Counts::default(), Counts::default(), Counts::default(), Counts::default());
    for (text, (date, mut gold)) in texts {
        gold.sort();
        gold.dedup();
        let Some(document) = document(&text, date) else { continue };
        let reading = reader.read(&document);
        let mut found: Vec<Triple> = reading
            .events
            .iter()
            .filter_map(|e| e.flat.as_ref())
            .flat_map(|f| triples(&reading, f.event, &f.actors, &f.recipients))
            .collect();
        found.sort();
        found.dedup();
        triple.add(&gold, &found);
        let part = |list: &[Triple], which: fn(&Triple) -> &String| {
            let mut parts: Vec<String> = list.iter().map(|t| which(t).clone()).filter(|c| c != "-").collect();
            parts.sort();
            parts.dedup();
            parts
        };
        actor.add(&part(&gold, |t| &t.0), &part(&found, |t| &t.0));
        kind.add(&part(&gold, |t| &t.1), &part(&found, |t| &t.1));
        recipient.add(&part(&gold, |t| &t.2), &part(&found, |t| &t.2));
        if errors && gold != found {
            let show = |list: &[Triple]| list.iter().map(|(a, e, r)| format!("{a} {e} {r}")).collect::<Vec<_>>().join("; ");
            report.line(format!("{text}\n    gold  {}\n    found {}", show(&gold), show(&found)));
        }
    }
    for (key, counts) in [("triple", triple), ("actor", actor), ("recipient", recipient), ("type", kind)] {
        report.line(format!("{key:<10} precision {:.3} recall {:.3} F1 {:.3}", counts.precision(), counts.recall(), counts.f1()));
        report.figure(&format!("{key}_f1"), counts.f1());
        report.figure(&format!("{key}_precision"), counts.precision());
        report.figure(&format!("{key}_recall"), counts.recall());
    }
    report.figure("records", records);
    Ok(report)
}

fn parse(text: &str) -> anyhow::Result<Vec<Value>> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('[') {
        return Ok(serde_json::from_str(text)?);
    }
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Text, date and triples of one gold record; none for a record that codes no event.
fn gold(record: &Value) -> Option<(String, Option<jiff::civil::Date>, Vec<Triple>)> {
    let text = ["text", "event_text", "sentence"].iter().find_map(|key| record.get(key)?.as_str()).filter(|t| !t.trim().is_empty())?;
    let events: Vec<&str> = match record.get("event")? {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let codes = |keys: [&str; 2]| -> Vec<String> {
        let side = keys.iter().find_map(|key| record.get(*key));
        let items = match side {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(item @ Value::Object(_)) => vec![item],
            _ => Vec::new(),
        };
        let mut codes: Vec<String> = items.iter().filter_map(|item| item.get("code")?.as_str()).map(country).collect();
        codes.retain(|code| !code.is_empty());
        if codes.is_empty() {
            codes.push("-".to_owned());
        }
        codes
    };
    let (actors, recipients) = (codes(["actor", "source"]), codes(["recipient", "target"]));
    let mut triples = Vec::new();
    for event in events {
        let Some(act) = act_of(event) else { continue };
        triples.extend(pairs(act, &actors, &recipients));
    }
    // The 2016 file dates everything 2000-01-01, which says nothing.
    let date = record.get("date").and_then(Value::as_str).filter(|d| *d != "2000-01-01").and_then(|d| d.parse().ok());
    (!triples.is_empty()).then(|| (text.to_owned(), date, triples))
}

fn country(code: &str) -> String {
    let code = code.trim();
    code.get(..3).unwrap_or(code).to_uppercase()
}

fn act_of(name: &str) -> Option<Act> {
    let name = name.split('-').next().unwrap_or(name).trim();
    Act::parse(match name.to_uppercase().as_str() {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        "YIELD" => "RETREAT",
        _ => name,
    })
}

/// One triple for each pair of countries.
pub(super) fn triples(reading: &Reading<'_>, act: Act, actors: &[Participant], recipients: &[Participant]) -> Vec<Triple> {
    let codes = |list: &[Participant]| -> Vec<String> {
        let code =
            |p: &Participant| reading.mentions.entities[p.entity.0 as usize].code.map_or_else(|| "-".to_owned(), |c| c.as_str().to_owned());
        let mut codes: Vec<String> = list.iter().map(code).collect();
        codes.sort();
        codes.dedup();
        if codes.is_empty() {
            codes.push("-".to_owned());
        }
        codes
    };
    pairs(act, &codes(actors), &codes(recipients))
}

/// One triple for each actor and recipient; for a CONSULT, one for each pair that takes part.
pub(super) fn pairs(act: Act, actors: &[String], recipients: &[String]) -> Vec<Triple> {
    if act == Act::Consult {
        let mut all: Vec<&String> = actors.iter().chain(recipients).filter(|c| *c != "-").collect();
        all.sort();
        all.dedup();
        if all.len() > 1 {
            let later = |i: usize| all[i + 1..].iter();
            return (0..all.len())
                .flat_map(|i| later(i).map(|b| (all[i].clone(), act.name().to_owned(), (*b).clone())).collect::<Vec<_>>())
                .collect();
        }
    }
    actors.iter().flat_map(|a| recipients.iter().map(move |r| (a.clone(), act.name().to_owned(), r.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_gold_records_give_triples() {
        let old = serde_json::json!({"text": "T", "event": "DEMAND", "date": "2000-01-01", "source": [{"code": "USAGOV"}], "target": "diplomatic"});
        assert_eq!(gold(&old), Some(("T".into(), None, vec![("USA".into(), "REQUEST".into(), "-".into())])));
        let new = serde_json::json!({"text": "T", "event": ["CONSULT"], "date": "2024-05-27", "actor": [{"code": "KOR"}, {"code": "JPN"}]});
        let (_, date, triples) = gold(&new).expect("a record");
        assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2024-05-27"));
        assert_eq!(triples, [("JPN".to_owned(), "CONSULT".to_owned(), "KOR".to_owned())]);
    }
}
