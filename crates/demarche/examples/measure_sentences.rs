//! Measures sentence boundaries against treebanks: `cargo run --release --example measure_sentences -- FILE.conllu…`
//!
//! The sentences of a paragraph (`# newpar`) or document (`# newdoc`) are joined by spaces and split again. A boundary
//! inside a paragraph is right if the treebank has one at the same place. `-v` shows what differs.
#![expect(clippy::print_stdout, reason = "an example shows what it did")]

use demarche::{
    document::{Block, BlockKind, Document},
    sentence::sentences,
    span::Span,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for path in arguments.iter().filter(|argument| *argument != "-v") {
        for paragraph in paragraphs(&std::fs::read_to_string(path)?) {
            let text = paragraph.join(" ");
            let mut ends = Vec::new();
            let mut at = 0;
            for sentence in &paragraph {
                ends.push(at + sentence.len());
                at += sentence.len() + 1;
            }
            let span = Span::new(0, text.len());
            let blocks = vec![Block { span, kind: BlockKind::Paragraph }];
            let document = Document { blocks, text, ..Document::default() };
            let split: Vec<usize> = sentences(&document).iter().map(|s| s.span.end as usize).collect();
            // The last end is the paragraph's own.
            let inner = |ends: &[usize]| ends.iter().copied().filter(|end| *end < document.text.len()).collect::<Vec<_>>();
            let (wanted, got) = (inner(&ends), inner(&split));
            right += got.iter().filter(|end| wanted.contains(end)).count();
            found += got.len();
            gold += wanted.len();
            if verbose {
                let show = |kind: &str, end: usize| {
                    let from = document.text.floor_char_boundary(end.saturating_sub(50));
                    let to = document.text.ceil_char_boundary((end + 50).min(document.text.len()));
                    println!("{kind} {} ▮ {}", &document.text[from..end], &document.text[end..to]);
                };
                got.iter().filter(|end| !wanted.contains(end)).for_each(|end| show("extra  ", *end));
                wanted.iter().filter(|end| !got.contains(end)).for_each(|end| show("missing", *end));
            }
        }
    }
    let (precision, recall) = (right as f64 / found.max(1) as f64, right as f64 / gold.max(1) as f64);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!("{gold} boundaries: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
    Ok(())
}

fn paragraphs(conllu: &str) -> Vec<Vec<String>> {
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    let mut fresh = true;
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            fresh = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            match paragraphs.last_mut() {
                Some(last) if !fresh => last.push(text.to_owned()),
                _ => paragraphs.push(vec![text.to_owned()]),
            }
            fresh = false;
        }
    }
    paragraphs
}
