//! Shows how files are laid out and split: `cargo run --example show_sentences -- FILE…`
//!
//! Without files from the command line it shows a small story.
#![expect(clippy::print_stdout, reason = "an example shows what it did")]

use demarche::{
    document::{LoadOptions, load},
    sentence::sentences,
};

const STORY: &str = "Lee lands in Tokyo\n\nTOKYO, Aug. 23 (Agency) — President Lee Jae-myung met Prime Minister Ishiba on Saturday. \"We will go on,\" he said.\n\nTopics include:\n- trade\n- security";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = LoadOptions::default();
    let mut files = Vec::new();
    for path in std::env::args().skip(1) {
        files.push((std::fs::read(&path)?, path));
    }
    if files.is_empty() {
        files.push((STORY.as_bytes().to_vec(), "story".to_owned()));
    }
    for (bytes, path) in &files {
        for document in load(bytes, path, &options) {
            let document = match document {
                Ok(document) => document,
                Err(error) => {
                    println!("{error}");
                    continue;
                }
            };
            println!("=== {} {:?}\n{:#?}", document.source, document.format, document.meta);
            for doubt in &document.doubts {
                println!("doubt {}: {}", doubt.code, doubt.message);
            }
            let sentences = sentences(&document);
            for (number, block) in document.blocks.iter().enumerate() {
                println!("--- {:?}", block.kind);
                let mut any = false;
                for (index, sentence) in sentences.iter().enumerate().filter(|(_, s)| s.paragraph == number as u32) {
                    any = true;
                    let speaker = sentence.speaker.map_or("", |span| span.of(&document.text));
                    let quote = if sentence.in_quote { " (in quote)" } else { "" };
                    let lead = sentence.lead.map_or(String::new(), |lead| format!(" (lead {lead})"));
                    println!("{index:4} [{speaker}]{quote}{lead} {}", sentence.span.of(&document.text));
                }
                if !any {
                    println!("     . {}", block.span.of(&document.text));
                }
            }
        }
    }
    Ok(())
}
