//! Prints what the mention stage finds in each file: `cargo run --release --example mentions -- FILE…`; with `--time` only
//! how long each stage takes, with `--tree` the syntax tree too.
#![expect(clippy::print_stdout, reason = "an example that shows its result")]

use std::time::{Duration, Instant};

use demarche::{
    document::{Document, LoadOptions, load},
    kb::KnowledgeBase,
    mention::{self, Mentions},
    sentence::{Sentence, sentences},
    syntax::{self, SyntaxModel},
    token::tokenize,
    vocabulary::Vocabulary,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let mut vocabulary = Vocabulary::new(include_str!("../data/lexicon/irregular.tsv"));
    let kb = KnowledgeBase::embedded(&mut vocabulary)?;
    let loaded = begin.elapsed();
    let model = SyntaxModel::embedded();
    let mut syntax_scratch = syntax::Scratch::default();
    let mut scratch = mention::Scratch::default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|a| a == flag);
    let mut times = [Duration::ZERO; 3];
    let mut count = 0;
    for path in arguments.iter().filter(|a| !a.starts_with("--")) {
        let bytes = std::fs::read(path)?;
        for document in load(&bytes, path, &LoadOptions::default()) {
            let document = document?;
            let start = Instant::now();
            let mut list = sentences(&document);
            for sentence in &mut list {
                tokenize(&document.text, sentence.span, &mut sentence.tokens);
                model.tag(&document.text, &mut sentence.tokens, &mut syntax_scratch);
                model.parse(&document.text, &mut sentence.tokens, &mut syntax_scratch);
            }
            let parsed = Instant::now();
            for sentence in &mut list {
                vocabulary.fill(&mut sentence.tokens);
            }
            let mentions = mention::find(&document, &list, &kb, &vocabulary, &mut scratch);
            times[0] += parsed - start;
            times[1] += parsed.elapsed();
            count += list.len();
            if has("--persons") {
                for m in mentions.actors.iter().filter(|m| m.sentence == 0) {
                    for e in m.entities.iter().filter(|e| mentions.entities[e.0 as usize].kind == mention::EntityKind::Person) {
                        println!(
                            "{}\t{}\t{}",
                            document.meta.published.map_or(String::new(), |d| d.to_string()),
                            m.span.of(&document.text),
                            entity(&kb, &mentions, e.0)
                        );
                    }
                }
            } else if !has("--time") {
                show(&document, &list, &kb, &mentions, has("--tree"));
            }
        }
    }
    if has("--time") {
        let each = |t: Duration| t.as_secs_f64() * 1e6 / count.max(1) as f64;
        println!("load {loaded:?}; {count} sentences; syntax {:.1} µs, mentions {:.1} µs each", each(times[0]), each(times[1]));
    }
    Ok(())
}

fn show(document: &Document, list: &[Sentence], kb: &KnowledgeBase, mentions: &Mentions, tree: bool) {
    println!("== {} · {:?} · {:?}", document.source, document.meta.published.map(|d| d.to_string()), document.meta.title);
    for (index, sentence) in list.iter().enumerate() {
        println!(
            "\n[{index}] {}{}",
            sentence.span.of(&document.text).replace('\n', " "),
            if mentions.off_topic[index] { "  (off topic)" } else { "" }
        );
        if tree {
            for (i, t) in sentence.tokens.iter().enumerate() {
                println!("    {i:3} {:15} {:?} {:?} <- {}", t.span.of(&document.text), t.tag, t.rel, t.head);
            }
        }
        for m in mentions.actors.iter().filter(|m| m.sentence as usize == index) {
            let entities: Vec<String> = m.entities.iter().map(|e| entity(kb, mentions, e.0)).collect();
            let head = sentence.tokens[usize::from(m.head)].span.of(&document.text);
            let place = if m.as_place { " @place" } else { "" };
            println!("    {:<40} [{head}] {:?}{place} → {}", m.span.of(&document.text), m.form, entities.join(" + "));
        }
        for d in mentions.dates.iter().filter(|d| d.sentence as usize == index) {
            let when = d.when.map_or("open".to_owned(), |w| format!("{}..{} {:?}", w.start, w.end, w.precision));
            println!(
                "    date  {:<34} [{}] {when}",
                d.span.of(&document.text),
                sentence.tokens[usize::from(d.head)].span.of(&document.text)
            );
        }
        for p in mentions.places.iter().filter(|p| p.sentence as usize == index) {
            println!("    place {:<34} {:?}", p.name, p.state);
        }
        let topics: Vec<String> = mentions
            .topics
            .iter()
            .filter(|t| t.sentence as usize == index)
            .map(|t| format!("{} ({})", t.span.of(&document.text), kb.subjects().name(t.subject)))
            .collect();
        if !topics.is_empty() {
            println!("    topics {}", topics.join("; "));
        }
    }
    println!();
    for entity in mentions.entities.iter().filter(|e| !e.titles.is_empty()) {
        for t in &entity.titles {
            println!("    title {}: {} ({} of {:?}, {:?})", entity.name, t.span.of(&document.text), kb.role_name(t.role), t.of, t.quality);
        }
    }
}

fn entity(kb: &KnowledgeBase, mentions: &Mentions, id: u32) -> String {
    let e = &mentions.entities[id as usize];
    let code = e.code.map_or("---".to_owned(), |c| c.as_str().to_owned());
    let sector = e.sector.map_or(String::new(), |c| format!(" {}", c.as_str()));
    let known = e.person.map_or("", |p| &kb.person(p).key);
    format!("#{id} {:?} {} {code}{sector} {known}", e.kind, e.name)
}
