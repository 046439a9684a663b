//! Measures sentence boundaries against the treebanks of the development data, where they are there.
//!
//! The sentences of a paragraph (`# newpar`) or document (`# newdoc`) are joined by spaces and split again; a boundary
//! inside a paragraph is right if the treebank has one at the same place. The figures and what differs are shown by
//! `cargo test --test sentence_boundaries -- --nocapture`.

use std::path::{Path, PathBuf};

use demarche::{
    document::{Block, BlockKind, Document},
    sentence::sentences,
    span::Span,
};

/// A set of files by the beginning of their names, and the F1 that the splitter must reach on it.
///
/// GUM's news has headings and captions without a stop, GUM's biographies notes; EWT's web texts often no stops at all.
const SETS: [(&str, &str, f64); 6] = [
    ("gum/dep", "GUM_news", 0.95),
    ("gum/dep", "GUM_speech", 0.98),
    ("gum/dep", "GUM_interview", 0.95),
    ("gum/dep", "GUM_court", 0.98),
    ("gum/dep", "GUM_bio", 0.96),
    ("ud", "en_ewt-ud-dev", 0.84),
];

#[test]
fn boundaries_are_where_the_treebanks_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/eval");
    for (set, prefix, floor) in SETS {
        let files = files(&folder.join(set), prefix);
        if files.is_empty() {
            eprintln!("skipped: ../shared/data/eval/{set}/{prefix}* is not there");
            continue;
        }
        let mut score = Score::default();
        for file in files {
            let text = std::fs::read_to_string(file).expect("the file was just listed");
            paragraphs(&text).iter().for_each(|paragraph| score.add(paragraph));
        }
        eprintln!("{prefix}: {} boundaries, F1 {:.4}", score.gold, score.f1());
        assert!(score.f1() >= floor, "{prefix}: F1 {:.4} is below {floor}", score.f1());
    }
}

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, paragraph: &[&str]) {
        let text = paragraph.join(" ");
        let mut wanted = Vec::new();
        let mut at = 0;
        for sentence in paragraph {
            at += sentence.len();
            wanted.push(at);
            at += 1;
        }
        wanted.pop();
        let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        let document = Document { blocks, text, ..Document::default() };
        let mut got: Vec<usize> = sentences(&document).iter().map(|sentence| sentence.span.end as usize).collect();
        got.pop();
        self.right += got.iter().filter(|end| wanted.contains(end)).count();
        self.found += got.len();
        self.gold += wanted.len();
        got.iter().filter(|end| !wanted.contains(end)).for_each(|end| show("extra", *end, &document.text));
        wanted.iter().filter(|end| !got.contains(end)).for_each(|end| show("missing", *end, &document.text));
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

fn show(what: &str, end: usize, text: &str) {
    let from = text.floor_char_boundary(end.saturating_sub(50));
    let to = text.ceil_char_boundary((end + 50).min(text.len()));
    eprintln!("  {what:7} {} ▮{}", &text[from..end], &text[end..to]);
}

fn files(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(named).collect();
    files.sort();
    files
}

fn paragraphs(conllu: &str) -> Vec<Vec<&str>> {
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    let mut fresh = true;
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            fresh = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            match paragraphs.last_mut() {
                Some(last) if !fresh => last.push(text),
                _ => paragraphs.push(vec![text]),
            }
            fresh = false;
        }
    }
    paragraphs
}
