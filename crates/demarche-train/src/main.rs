//! Trains the tagger, the hinter and the parser of the demarche crate, and measures them.
//!
//! ```text
//! demarche-train <data> <output file>     trains, writes the model, measures it
//! demarche-train --measure <data>         measures the embedded model and the tokenizer
//! demarche-train --misses <data>          shows where the tokenizer differs from the treebanks
//! demarche-train --show                   shows the tree of each line of standard input
//! ```
//! `<data>` holds `eval/ud`, `eval/gum` (treebanks) and `texts` (raw text).
//!
//! Training in order: [`treebanks`] are read and copied in other styles ([`augment`]); words are clustered ([`clusters`]); the
//! tagger is trained ([`tag_train`]), then the hinter on what taggers say of sentences that they have not seen
//! ([`hint_train`]), then teachers and parser on what such hinters say ([`parse_train`], [`teach`]).

#![expect(clippy::print_stdout, reason = "a program that reports on standard output")]

mod augment;
mod choices;
mod clusters;
mod conllu;
mod evaluate;
mod hint_train;
mod net;
mod oracle;
mod parse_train;
mod random;
mod raw;
mod show;
mod tag_train;
mod teach;
mod treebanks;
mod words;

use std::{error::Error, fs, io, path::Path, time::Instant};

use clusters::Clusters;
use conllu::Sentence;
use demarche::{
    syntax::{Scratch, SyntaxModel, hinter, model, parser},
    token::Tag,
};
use hint_train::HintNet;
use parse_train::{Lessons, ParseNet};
use treebanks::{FOLDS, Treebanks};
use words::Vocabulary;

/// Raw sentences that the parser learns from.
const RAW_SENTENCES: usize = 50_000;
/// Larger nets that parse them.
const TEACHERS: u64 = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--measure", data] => measure(&SyntaxModel::embedded(), &Treebanks::read(&Path::new(data).join("eval"))?),
        ["--misses", data] => {
            for (_, sentences) in Treebanks::read(&Path::new(data).join("eval"))?.tests {
                evaluate::token_f1(&sentences, true);
            }
        }
        ["--show"] => io::stdin().lines().try_for_each(|line| line.map(|line| println!("{}", show::tree(&line))))?,
        [data, output] => train(Path::new(data), Path::new(output))?,
        _ => return Err("usage: demarche-train <data> <output file> | --measure <data> | --misses <data> | --show".into()),
    }
    Ok(())
}

fn measure(model: &SyntaxModel, treebanks: &Treebanks) {
    for (name, sentences) in &treebanks.tests {
        let tokens = evaluate::token_f1(sentences, false);
        println!("{name:<14}tokens {tokens:.2}  {}", evaluate::measure(model, sentences.iter(), false));
    }
    println!("{:<14}{}", "all", evaluate::measure(model, treebanks.tests.iter().flat_map(|t| &t.1), true));
}

fn train(data: &Path, output: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let say = |what: &str| println!("{what}  ({:.0?})", start.elapsed());
    let mut treebanks = Treebanks::read(&data.join("eval"))?;
    treebanks.add_copies();
    let texts = data.join("texts");
    let clusters = clusters::cluster(&texts, treebanks.train.iter().map(|s| &s.tokens[..]))?;
    let vocabulary = Vocabulary::of(&treebanks.train, &clusters);
    say(&format!("{} sentences read, words clustered", treebanks.train.len()));

    let tagger = tag_train::train(&treebanks.train, &vocabulary, 1);
    let mut tagged = tag_unseen(&treebanks.train, &clusters);
    say("tagger trained");
    let hinter = hint_train::train(&tagged, &vocabulary, 55);
    hint_unseen(&mut tagged, &vocabulary, &tagger);
    say("hinter trained");

    let raw = raw_sentences(&texts, &assemble(&vocabulary, &tagger, &hinter, &no_parser()))?;
    let lessons = Lessons { gold: &tagged, raw: &[], teachers: &[], vocabulary: &vocabulary, drop: 0.3 };
    let teachers: Vec<_> = (0..TEACHERS).map(|i| parse_train::train(&lessons, 100 + i)).collect();
    say("teachers trained");
    let parser: ParseNet = parse_train::train(&Lessons { raw: &raw, teachers: &teachers, drop: 0.2, ..lessons }, 2);
    let parser = parser.quantised(5 * parse_train::ROUNDS as u32, &choices::rels(&tagged));
    say("parser trained");

    fs::write(output, model::write(&vocabulary.slots, [&tagger, &hinter, &parser]))?;
    measure(&assemble(&vocabulary, &tagger, &hinter, &parser), &treebanks);
    Ok(())
}

/// The sentences with the classes that a tagger gives them that was trained on the other folds.
fn tag_unseen(train: &[Sentence], clusters: &Clusters) -> Vec<Sentence> {
    let mut tagged = train.to_vec();
    for fold in 0..FOLDS {
        let others: Vec<Sentence> = train.iter().filter(|s| s.fold != fold).cloned().collect();
        // Words that only this fold has must be unknown.
        let vocabulary = Vocabulary::of(&others, clusters);
        let tagger = tag_train::train(&others, &vocabulary, 10 + fold as u64);
        let model = assemble(&vocabulary, &tagger, &no_hinter(), &no_parser());
        let mut scratch = Scratch::default();
        tagged.iter_mut().filter(|s| s.fold == fold).for_each(|s| model.tag(&s.text, &mut s.tokens, &mut scratch));
    }
    tagged
}

/// Gives the sentences of each fold the hints of a hinter that was trained on the other folds.
fn hint_unseen(tagged: &mut [Sentence], vocabulary: &Vocabulary, tagger: &[u8]) {
    for fold in 0..FOLDS {
        let others: Vec<Sentence> = tagged.iter().filter(|s| s.fold != fold).cloned().collect();
        let hinter = hint_train::train(&others, vocabulary, 60 + fold as u64);
        let model = assemble(vocabulary, tagger, &hinter, &no_parser());
        tagged.iter_mut().filter(|s| s.fold == fold).for_each(|s| s.hints = model.hints(&s.text, &s.tokens));
    }
}

/// Raw sentences, tagged and hinted.
fn raw_sentences(texts: &Path, model: &SyntaxModel) -> io::Result<Vec<Sentence>> {
    let mut raw = raw::sentences(texts, RAW_SENTENCES, &mut random::Random(77))?;
    let mut scratch = Scratch::default();
    for sentence in &mut raw {
        model.tag(&sentence.text, &mut sentence.tokens, &mut scratch);
        sentence.hints = model.hints(&sentence.text, &sentence.tokens);
    }
    Ok(raw)
}

fn assemble(vocabulary: &Vocabulary, tagger: &[u8], hinter: &[u8], parser: &[u8]) -> SyntaxModel {
    let bytes = model::write(&vocabulary.slots, [tagger, hinter, parser]);
    SyntaxModel::from_bytes(Vec::leak(bytes)).expect("it was just laid out")
}

/// The hinter's part of a file in which it is not used.
fn no_hinter() -> Vec<u8> {
    HintNet::empty(hinter::ROWS, hinter::OUTCOMES, Tag::COUNT)
}

/// The parser's part of a file in which it is not used.
fn no_parser() -> Vec<u8> {
    ParseNet::empty(parser::ROWS, parser::OUTCOMES, parser::CONTEXTS)
}
