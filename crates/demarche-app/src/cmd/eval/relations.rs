//! `eval relations`: given two spans of a sentence, which PLOVER type. Columns as in the Zero-Shot-PLOVER sets.
//!
//! Projection of act and status onto the set's fifteen labels: CONCEDE and RETREAT are YIELD. The set codes a
//! cooperative deed that is promised, planned, offered or agreed on as AGREE, a yielding that is promised, offered or agreed on too (one that its
//! doer declares is YIELD); a hostile one that is planned as the deed; an urged deed as REQUEST, a refused one as REJECT, a threatened one as
//! THREATEN: the flat type. Where the model has no flat record (expected, postponed, denied, not happened, hypothetical) the act itself is taken,
//! but a denied or refused act is REJECT, and so is an accord that was not reached. A party that the line does not name is only implied.

use std::path::PathBuf;

use demarche::{
    Reader,
    event::{Act, Relation, Status},
    span::Span,
};
use serde_json::json;

use super::{Report, document, read_text, score, table::Table};

/// What is answered where no act is found: the set's most frequent kind of relation, verbal conflict.
const FALLBACK: Act = Act::Accuse;

pub(super) fn run(reader: &Reader, files: &[PathBuf], errors: bool) -> anyhow::Result<Report> {
    let mut pairs: Vec<(String, String, String, String)> = Vec::new();
    let mut report = Report::new();
    let mut unanswered = 0_usize;
    for file in files {
        let table = Table::parse(&read_text(file)?)?;
        let sentence = table.column(&["sentence"])?;
        let (source, target) = (table.column(&["source"])?, table.column(&["target"])?);
        let (root, penta) = (table.column(&["gold_root"])?, table.column(&["gold_penta"])?);
        let marked = table.column(&["marked_sentence"]).ok();
        for row in table.rows() {
            let text = row.cell(sentence);
            let spans = marked.and_then(|column| marked_spans(row.cell(column)));
            let (text, a, b) = match spans {
                Some((clean, a, b)) => (clean, Some(a), Some(b)),
                None => (text.to_owned(), find(text, row.cell(source)), find(text, row.cell(target))),
            };
            let relation = document(&text, None).and_then(|d| reader.relate(&d, a, b));
            unanswered += usize::from(relation.is_none());
            let act = relation.as_ref().map_or(FALLBACK, project);
            let quad = act.quad_code().to_string();
            if errors && label(act) != row.cell(root) {
                let how = relation.as_ref().map_or_else(|| "-".to_owned(), |r| format!("{} {} {}", r.pattern, r.act, r.status.name()));
                report.line(format!("{} ≠ {}\t{how}\t{text}\t[{}] [{}]", row.cell(root), label(act), row.cell(source), row.cell(target)));
            }
            pairs.push((row.cell(root).to_owned(), label(act).to_owned(), row.cell(penta).to_owned(), quad));
        }
    }
    let roots: Vec<(String, String)> = pairs.iter().map(|(g, f, _, _)| (g.clone(), f.clone())).collect();
    let quads: Vec<(String, String)> = pairs.iter().map(|(_, _, g, f)| (g.clone(), f.clone())).collect();
    report.figure("root_macro_f1", score::macro_f1(&roots));
    report.figure("root_interval", json!(score::bootstrap(&roots, score::macro_f1)));
    report.figure("quad_macro_f1", score::macro_f1(&quads));
    report.figure("quad_interval", json!(score::bootstrap(&quads, score::macro_f1)));
    report.figure("root_accuracy", score::ratio(roots.iter().filter(|(g, f)| g == f).count(), roots.len()));
    report.figure("lines", pairs.len());
    report.figure("without_answer", unanswered);
    let mut types = serde_json::Map::new();
    report.line(format!("{:<11} {:>5} {:>9} {:>7} {:>6}", "type", "lines", "precision", "recall", "F1"));
    for (name, (counts, lines)) in score::per_label(&roots) {
        report.line(format!("{name:<11} {lines:>5} {:>9.3} {:>7.3} {:>6.3}", counts.precision(), counts.recall(), counts.f1()));
        types.insert(name, json!({"lines": lines, "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1()}));
    }
    report.figure("types", types);
    let mut confusion: std::collections::BTreeMap<String, std::collections::BTreeMap<String, usize>> = Default::default();
    for (gold, found) in &roots {
        *confusion.entry(gold.clone()).or_default().entry(found.clone()).or_default() += 1;
    }
    report.line("confusion (gold: found×lines)");
    for (gold, row) in &confusion {
        let mut cells: Vec<(&String, &usize)> = row.iter().collect();
        cells.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        report.line(format!("{gold:<11} {}", cells.iter().map(|(f, n)| format!("{f}×{n}")).collect::<Vec<_>>().join(" ")));
    }
    report.figure("confusion", json!(confusion));
    Ok(report)
}

fn project(relation: &Relation) -> Act {
    match (relation.status, relation.flat) {
        (Status::Refused, _) => Act::Reject,
        // A yielding that is promised or offered is an AGREE in this set, one that is declared is not.
        (Status::Agreed | Status::Promised | Status::Offered, Some(Act::Concede)) => Act::Agree,
        // A hostile deed that is planned but not threatened is the deed.
        (Status::Scheduled | Status::Agreed, Some(Act::Threaten)) => relation.act,
        (_, Some(flat)) => flat,
        (Status::Denied, None) => Act::Reject,
        (Status::NotHappened, None) if matches!(relation.act, Act::Agree | Act::Support) => Act::Reject,
        (_, None) => relation.act,
    }
}

fn label(act: Act) -> &'static str {
    match act {
        Act::Concede | Act::Retreat => "YIELD",
        other => other.name(),
    }
}

/// The text without its marks, and the marked spans.
fn marked_spans(marked: &str) -> Option<(String, Span, Span)> {
    let mut clean = String::new();
    let (mut source, mut target) = ((None, None), (None, None));
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        clean.push_str(before);
        let mark = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|m| after.starts_with(m));
        match mark {
            Some("<s>") => source.0 = source.0.or(Some(clean.len())),
            Some("</s>") => source.1 = source.1.or(Some(clean.len())),
            Some("<t>") => target.0 = target.0.or(Some(clean.len())),
            Some("</t>") => target.1 = target.1.or(Some(clean.len())),
            _ => clean.push('<'),
        }
        rest = &after[mark.map_or(1, str::len)..];
    }
    clean.push_str(rest);
    let span = |(start, end): (Option<usize>, Option<usize>)| start.zip(end).filter(|(a, b)| a <= b).map(|(a, b)| Span::new(a, b));
    Some((clean, span(source)?, span(target)?))
}

fn find(text: &str, words: &str) -> Option<Span> {
    text.find(words).filter(|_| !words.is_empty()).map(|at| Span::new(at, at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, a, b) = marked_spans("<s>Seoul</s> asked <t>the <b>US</t>.").expect("both marks are there");
        assert_eq!((text.as_str(), a.of(&text), b.of(&text)), ("Seoul asked the <b>US.", "Seoul", "the <b>US"));
        assert_eq!(marked_spans("nothing marked"), None);
    }
}
