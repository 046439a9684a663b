//! Shows how a sentence is read, stage by stage: tokens with their tree, mentions, events.
//!
//! ```text
//! cargo run --release -p demarche --example explain -- "Seoul and Tokyo agreed to resume talks."
//! ```
#![expect(clippy::print_stdout, reason = "printing is what this example is for")]

use demarche::{
    Reader,
    document::{Format, LoadOptions, load_one},
};

fn main() {
    let reader = Reader::embedded();
    for text in std::env::args().skip(1) {
        let options = LoadOptions {
            format: Some(Format::Plain),
            language: Some("en".to_owned()),
            published: "2026-06-01".parse().ok(),
            ..LoadOptions::default()
        };
        let document = match load_one(text.as_bytes(), "argument", &options) {
            Ok(document) => document,
            Err(error) => {
                println!("{error}");
                continue;
            }
        };
        let reading = reader.read(&document);
        for (index, sentence) in reading.sentences.iter().enumerate() {
            println!("{}", sentence.span.of(&document.text));
            for (i, token) in sentence.tokens.iter().enumerate() {
                println!(
                    "  {i:>3} {:<16} {:<16} {:<12} {:>3}",
                    token.span.of(&document.text),
                    format!("{:?}", token.tag),
                    format!("{:?}", token.rel),
                    token.head
                );
            }
            for mention in reading.mentions.actors.iter().filter(|m| m.sentence as usize == index) {
                let names: Vec<String> = mention
                    .entities
                    .iter()
                    .map(|e| {
                        let entity = &reading.mentions.entities[e.0 as usize];
                        format!("{} {:?} {:?} {:?}", entity.name, entity.kind, entity.code, entity.sector)
                    })
                    .collect();
                println!(
                    "  @{} “{}” {:?}{} = {}",
                    mention.head,
                    mention.span.of(&document.text),
                    mention.form,
                    if mention.as_place { " (place)" } else { "" },
                    names.join("; ")
                );
            }
            for date in reading.mentions.dates.iter().filter(|m| m.sentence as usize == index) {
                println!("  @{} date “{}” {:?}", date.head, date.span.of(&document.text), date.when);
            }
            for place in reading.mentions.places.iter().filter(|m| m.sentence as usize == index) {
                println!("  @{} place “{}” {:?}", place.head, place.name, place.state);
            }
            for event in reading.events.iter().filter(|e| e.sentence as usize == index) {
                let names = |list: &[demarche::event::Participant]| {
                    list.iter().map(|p| reading.mentions.entities[p.entity.0 as usize].name.clone()).collect::<Vec<_>>().join(", ")
                };
                let stances: Vec<String> = event
                    .stances
                    .iter()
                    .map(|s| format!("{}{}({})", if s.negated { "not " } else { "" }, s.kind.name(), names(&s.holders)))
                    .collect();
                println!(
                    "  → {} {} [{}] → [{}] {} {} {:?} {:?} {}",
                    event.act,
                    event.pattern,
                    names(&event.actors),
                    names(&event.recipients),
                    event.status.name(),
                    stances.join(" "),
                    event.certainty,
                    event.tense,
                    event.evidence.trigger.of(&document.text)
                );
            }
        }
    }
}
