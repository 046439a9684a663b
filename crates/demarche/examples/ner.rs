//! How much of an IOB2 file's persons, organisations and places the mention stage names, and how many of its names are in
//! the file: `cargo run --release --example ner -- ../shared/data/eval/ner/uner_en_ewt-dev.iob2`.
#![expect(clippy::print_stdout, reason = "an example that shows its result")]

use demarche::{
    document::{Format, LoadOptions, load_one},
    kb::KnowledgeBase,
    mention::{self, EntityKind, MentionForm},
    sentence::sentences,
    span::Span,
    syntax::{self, SyntaxModel},
    token::tokenize,
    vocabulary::Vocabulary,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut vocabulary = Vocabulary::new(include_str!("../data/lexicon/irregular.tsv"));
    let kb = KnowledgeBase::embedded(&mut vocabulary)?;
    let model = SyntaxModel::embedded();
    let (mut syntax_scratch, mut scratch) = (syntax::Scratch::default(), mention::Scratch::default());
    let path = std::env::args().nth(1).ok_or("name an IOB2 file")?;
    let show = std::env::args().nth(2);
    let file = std::fs::read_to_string(path)?;
    let (mut found, mut gold_count, mut right, mut named, mut off_topic, mut total) = ([0; 3], [0; 3], 0, 0, 0, 0);
    for block in file.split("\n\n") {
        let Some(text) = block.lines().find_map(|l| l.strip_prefix("# text = ")) else { continue };
        let gold = gold(text, block);
        let options = LoadOptions { format: Some(Format::Plain), ..LoadOptions::default() };
        let Ok(document) = load_one(text.as_bytes(), "-", &options) else { continue };
        let mut list = sentences(&document);
        for s in &mut list {
            tokenize(&document.text, s.span, &mut s.tokens);
            model.tag(&document.text, &mut s.tokens, &mut syntax_scratch);
            model.parse(&document.text, &mut s.tokens, &mut syntax_scratch);
            vocabulary.fill(&mut s.tokens);
        }
        let mentions = mention::find(&document, &list, &kb, &vocabulary, &mut scratch);
        off_topic += mentions.off_topic.iter().filter(|o| **o).count();
        total += mentions.off_topic.len();
        let is_name = |m: &&mention::ActorMention| {
            matches!(m.form, MentionForm::Name | MentionForm::Metonym)
                && m.entities.iter().any(|e| mentions.entities[e.0 as usize].kind != EntityKind::Source)
        };
        let spans: Vec<Span> =
            mentions.actors.iter().filter(is_name).map(|m| m.span).chain(mentions.places.iter().map(|p| p.span)).collect();
        for (span, kind) in &gold {
            gold_count[*kind] += 1;
            if spans.iter().any(|s| s.overlaps(*span)) {
                found[*kind] += 1;
            } else if show.as_deref() == Some("missed") {
                println!("missed {}\t{text}", span.of(&document.text));
            }
        }
        for span in spans {
            named += 1;
            if gold.iter().any(|(g, _)| g.overlaps(span)) {
                right += 1;
            } else if show.as_deref() == Some("wrong") {
                println!("wrong {}\t{text}", span.of(&document.text));
            }
        }
    }
    for (kind, name) in ["PER", "ORG", "LOC"].iter().enumerate() {
        println!("{name}: {} of {} named", found[kind], gold_count[kind]);
    }
    println!("names that are right: {right} of {named}; off topic: {off_topic} of {total} sentences");
    Ok(())
}

/// The entities of a block, located in its text.
fn gold(text: &str, block: &str) -> Vec<(Span, usize)> {
    let mut spans: Vec<(Span, usize)> = Vec::new();
    let mut at = 0;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t').skip(1);
        let (Some(form), Some(tag)) = (cells.next(), cells.next()) else { continue };
        let Some(start) = text[at..].find(form).map(|i| at + i) else { continue };
        at = start + form.len();
        let kind = match tag.get(2..) {
            Some("PER") => 0,
            Some("ORG") => 1,
            Some("LOC") => 2,
            _ => continue,
        };
        match spans.last_mut() {
            Some((span, _)) if tag.starts_with('I') => span.end = at as u32,
            _ => spans.push((Span::new(start, at), kind)),
        }
    }
    spans
}
