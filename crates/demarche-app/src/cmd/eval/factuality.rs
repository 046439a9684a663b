//! `eval factuality`: did what a word names happen, in the unified factuality sets (Stanovsky et al. 2017), a word per line.
//!
//! Columns: number, word, factuality from -3 to 3 or `_`, …; an empty line ends a sentence. A word *happened* from 1.5 on. The reader's answer
//! is the status of its event at that word, or how the rules would tell one there.

use std::path::PathBuf;

use demarche::{Reader, event::Status, span::Span};

use super::{Report, document, read_text, score};

/// From which value on the annotators mean that it happened; the sets' steps are 0.75.
const HAPPENED: f64 = 1.5;

pub(super) fn run(reader: &Reader, files: &[PathBuf], errors: bool) -> anyhow::Result<Report> {
    let mut report = Report::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for file in files {
        let text = read_text(file)?;
        for block in text.split("\n\n") {
            let (mut sentence, mut asked) = (String::new(), Vec::new());
            for line in block.lines() {
                let mut cells = line.split('\t').skip(1);
                let (Some(word), Some(value)) = (cells.next(), cells.next()) else { continue };
                let word = plain(word);
                if !sentence.is_empty() && !is_closing(word) {
                    sentence.push(' ');
                }
                let start = sentence.len();
                sentence.push_str(word);
                if let Ok(value) = value.parse::<f64>() {
                    asked.push((Span::new(start, sentence.len()), value >= HAPPENED));
                }
            }
            let Some(document) = document(&sentence, None).filter(|_| !asked.is_empty()) else { continue };
            let spans: Vec<Span> = asked.iter().map(|a| a.0).collect();
            for ((span, happened), status) in asked.into_iter().zip(reader.statuses(&document, &spans)) {
                let found = status.is_some_and(|s| matches!(s, Status::Happened | Status::UnderWay));
                if errors && found != happened {
                    let status = status.map_or("-", Status::name);
                    report.line(format!("{} {status}\t[{}] {sentence}", label(happened), span.of(&sentence)));
                }
                pairs.push((label(happened).to_owned(), label(found).to_owned()));
            }
        }
    }
    report.figure("macro_f1", score::macro_f1(&pairs));
    report.figure("macro_f1_interval", serde_json::json!(score::bootstrap(&pairs, score::macro_f1)));
    let always: Vec<(String, String)> = pairs.iter().map(|(gold, _)| (gold.clone(), label(true).to_owned())).collect();
    report.figure("always_happened", score::macro_f1(&always));
    report.figure("words", pairs.len());
    for (name, (counts, words)) in score::per_label(&pairs) {
        report.line(format!("{name:<13} {words:>5} words  precision {:.3}  recall {:.3}", counts.precision(), counts.recall()));
    }
    Ok(report)
}

fn label(happened: bool) -> &'static str {
    if happened { "happened" } else { "else" }
}

/// The treebank's signs as a document has them.
fn plain(word: &str) -> &str {
    match word {
        "``" | "''" => "\"",
        "-LRB-" => "(",
        "-RRB-" => ")",
        word => word,
    }
}

/// Whether a word stands right behind the one before.
fn is_closing(word: &str) -> bool {
    matches!(word, "." | "," | ";" | ":" | "?" | "!" | ")" | "%" | "'s" | "n't" | "'" | "’s")
}
