//! `demarche eval KIND FILE`: how good the reader is, on annotated sets, with figures as text or as one JSON object.
//!
//! [`relations`], [`events`], [`status`], [`posts`], [`encounters`], [`gold`] and [`factuality`] each read one kind of set; [`score`] holds the
//! arithmetic that they share. `docs/eval.md` tells what each figure means and gives the command lines.

mod encounters;
mod events;
mod factuality;
mod gold;
mod posts;
mod relations;
mod score;
mod status;
mod table;
mod us_history;

use std::path::Path;

use anyhow::Context;
use demarche::document::{Document, Format, LoadOptions, load_one};
use serde_json::{Map, Value};

use super::Outcome;
use crate::cli::{EvalArgs, EvalFormat, EvalKind};

/// What an evaluation found: figures for JSON, and the lines that people read.
pub(crate) struct Report {
    pub(crate) figures: Map<String, Value>,
    pub(crate) lines: Vec<String>,
}

impl Report {
    fn new() -> Report {
        Report { figures: Map::new(), lines: Vec::new() }
    }

    /// Adds a figure under its documented key.
    fn figure(&mut self, key: &str, value: impl Into<Value>) {
        self.figures.insert(key.to_owned(), value.into());
    }

    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }
}

/// Runs one evaluation.
pub(crate) fn run(args: &EvalArgs) -> anyhow::Result<Outcome> {
    let reader = super::judging_reader(&args.facts, &args.reader)?;
    let report = match args.kind {
        EvalKind::Relations => relations::run(&reader, &args.files, args.errors)?,
        EvalKind::Events => events::run(&reader, &args.files, args.errors)?,
        EvalKind::Status => status::run(&reader, &args.files, args)?,
        EvalKind::Posts => posts::run(&reader, &args.files, args.errors)?,
        EvalKind::Encounters => encounters::run(&reader, args)?,
        EvalKind::Gold => gold::run(&reader, args)?,
        EvalKind::Factuality => factuality::run(&reader, &args.files, args.errors)?,
    };
    match args.format {
        EvalFormat::Text => {
            for line in &report.lines {
                anstream::println!("{line}");
            }
            for (key, value) in &report.figures {
                match value {
                    Value::Number(number) => anstream::println!(
                        "{key:<20} {}",
                        number.as_f64().map_or_else(String::new, |n| if n.fract() == 0.0 { format!("{n}") } else { format!("{n:.4}") })
                    ),
                    Value::Array(pair) if pair.len() == 2 => anstream::println!("{key:<20} {} – {}", short(&pair[0]), short(&pair[1])),
                    _ => {}
                }
            }
        }
        EvalFormat::Json => anstream::println!("{}", Value::Object(report.figures)),
    }
    Ok(Outcome::Complete)
}

fn short(value: &Value) -> String {
    value.as_f64().map_or_else(|| value.to_string(), |n| format!("{n:.4}"))
}

/// One text as a document of its own.
fn document(text: &str, published: Option<jiff::civil::Date>) -> Option<Document> {
    let options = LoadOptions { format: Some(Format::Plain), published, language: Some("en".to_owned()), ..LoadOptions::default() };
    load_one(text.as_bytes(), "eval", &options).ok()
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
