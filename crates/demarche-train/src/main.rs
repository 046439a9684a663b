//! Trains the tagger and the parser of the demarche crate, and measures them.
//!
//! ```text
//! demarche-train <folder with ud/ and gum/> <output file>        trains, writes the model, measures it
//! demarche-train --measure <folder with ud/ and gum/>            measures the embedded model and the tokenizer
//! ```

#![expect(clippy::print_stdout, reason = "a program that reports on standard output")]

mod choices;
mod clusters;
mod conllu;
mod evaluate;
mod hint_train;
mod net;
mod parse_train;
mod random;
mod raw;
mod tag_train;
mod words;

use std::{error::Error, fs, path::Path, time::Instant};

use clusters::Clusters;
use conllu::Sentence;
use demarche::syntax::{Scratch, SyntaxModel, model};

/// Held-out documents: those of GUM's own dev and test parts.
const HELD_OUT: &[&str] = &[
    "academic_exposure",
    "academic_librarians",
    "bio_byron",
    "bio_emperor",
    "court_loan",
    "court_negligence",
    "interview_cyclone",
    "interview_gaming",
    "news_homeopathic",
    "news_iodine",
    "speech_impeachment",
    "speech_inauguration",
    "voyage_athens",
    "voyage_coron",
    "academic_discrimination",
    "academic_eegimaa",
    "bio_dvorak",
    "bio_jespersen",
    "court_insanity",
    "court_mitigation",
    "interview_hill",
    "interview_libertarian",
    "news_nasa",
    "news_sensitive",
    "speech_austria",
    "speech_newzealand",
    "voyage_oakland",
    "voyage_vavau",
];
/// Parts of the training set that are tagged by a tagger that has not seen them.
const FOLDS: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--measure", folder] => measure(&SyntaxModel::embedded(), &Treebanks::read(Path::new(folder))?, true),
        [folder, output] => train(Path::new(folder), Path::new(output))?,
        _ => return Err("usage: demarche-train <folder> <output file> | --measure <folder>".into()),
    }
    Ok(())
}

/// What is trained on, and what is measured with.
struct Treebanks {
    train: Vec<Sentence>,
    tests: Vec<(&'static str, Vec<Sentence>)>,
}

impl Treebanks {
    fn read(folder: &Path) -> Result<Treebanks, Box<dyn Error>> {
        let one = |name: &str| -> Result<Vec<Sentence>, Box<dyn Error>> {
            let files = conllu::read(&folder.join("ud").join(name)).map_err(|e| format!("{name}: {e}"))?;
            Ok(files.into_iter().flat_map(|f| f.1).collect())
        };
        let mut train = one("en_ewt-train.conllu")?;
        let mut tests = vec![("EWT dev", one("en_ewt-ud-dev.conllu")?), ("EWT test", one("en_ewt-ud-test.conllu")?)];
        tests.extend(["GUM news", "GUM speech", "GUM interview", "GUM other"].map(|name| (name, Vec::new())));
        for (name, sentences) in conllu::read(&folder.join("gum/dep"))? {
            let document = name.trim_start_matches("GUM_");
            if HELD_OUT.contains(&document) {
                let genre = ["news", "speech", "interview"].iter().position(|g| document.starts_with(g)).unwrap_or(3);
                tests[2 + genre].1.extend(sentences);
            } else {
                train.extend(sentences);
            }
        }
        Ok(Treebanks { train, tests })
    }
}

fn measure(model: &SyntaxModel, treebanks: &Treebanks, detail: bool) {
    for (name, sentences) in &treebanks.tests {
        println!(
            "{name:<14}tokens {:.2}  {}",
            evaluate::token_f1(sentences.iter(), false),
            evaluate::measure(model, sentences.iter(), false)
        );
    }
    println!("{:<14}{}", "all", evaluate::measure(model, treebanks.tests.iter().flat_map(|t| &t.1), false));
    if detail {
        evaluate::measure(model, treebanks.tests[0].1.iter(), true);
    }
}

fn train(folder: &Path, output: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let treebanks = Treebanks::read(folder)?;
    let texts = folder.join("../texts");
    let clusters = clusters::cluster(&texts, treebanks.train.iter().map(|s| &s.tokens[..]), var("CROUNDS", 10.0) as usize)?;
    let slots = words::slots(&treebanks.train, &clusters);
    let lexicon = words::lexicon(&slots);
    let counts = words::counts(&treebanks.train);
    println!("{} sentences, {} slots  ({:.0?})", treebanks.train.len(), slots.len(), start.elapsed());

    let rounds = |name: &str, default: usize| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
    let (tag_rounds, parse_rounds) = (rounds("TAG_ROUNDS", 6), rounds("PARSE_ROUNDS", 8));
    let cached = Path::new("/tmp/cache_tagger.bin");
    let cached_tags = Path::new("/tmp/cache_tags.bin");
    let mut tagged;
    let tagger;
    if std::env::var("CACHE").is_ok() {
        tagger = fs::read(cached)?;
        tagged = treebanks.train.clone();
        let tags = fs::read(cached_tags)?;
        tagged.iter_mut().flat_map(|s| &mut s.tokens).zip(tags).for_each(|(t, tag)| t.tag = demarche::token::Tag::ALL[usize::from(tag)]);
    } else {
        tagger = tag_train::train(&treebanks.train, &lexicon, &counts, tag_rounds, 1)
            .quantised(tag_rounds as u32 * 2, &choices::tags(&treebanks.train, &lexicon));
        println!("tagger trained  ({:.0?})", start.elapsed());
        tagged = jackknife(&treebanks.train, &clusters, tag_rounds);
        println!("training set tagged  ({:.0?})", start.elapsed());
        fs::write(cached, &tagger)?;
        fs::write(cached_tags, tagged.iter().flat_map(|s| &s.tokens).map(|t| t.tag as u8).collect::<Vec<_>>())?;
    }
    let dummy = no_parser();
    let hint_rounds = var("HINT_ROUNDS", 5.0) as usize;
    let all: Vec<&Sentence> = tagged.iter().collect();
    let hinter = hint_train::train(&all, &lexicon, &counts, hint_rounds, 55).quantised(hint_rounds as u32 * 2, &choices::hints(&tagged));
    let mut folds = Vec::new();
    let (mut right, mut words) = (0, 0);
    for fold in 0..FOLDS {
        let others: Vec<&Sentence> = tagged.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| s).collect();
        let net = hint_train::train(&others, &lexicon, &counts, hint_rounds, 60 + fold as u64);
        let model = SyntaxModel::from_bytes(Vec::leak(model::write(
            &slots,
            [&tagger, &net.quantised(hint_rounds as u32 * 2, &choices::hints(&tagged)), &dummy],
        )))
        .expect("it was just laid out");
        folds.push(model);
    }
    for (i, sentence) in tagged.iter_mut().enumerate() {
        sentence.hints = folds[i % FOLDS].hints(&sentence.text, &sentence.tokens);
        for (j, &hint) in sentence.hints.iter().enumerate() {
            let token = sentence.tokens[j];
            words += 1;
            right += usize::from(usize::from(hint) == token.rel as usize + if usize::from(token.head) > j { 40 } else { 0 });
        }
    }
    println!("hinted, {:.2}  ({:.0?})", 100.0 * right as f64 / words as f64, start.elapsed());
    let tag_model = SyntaxModel::from_bytes(Vec::leak(model::write(&slots, [&tagger, &hinter, &dummy]))).expect("it was just laid out");
    let mut scratch = Scratch::default();
    let mut raw = raw::sentences(&texts, var("RAW", 0.0) as usize, &mut random::Random(77))?;
    raw.iter_mut().for_each(|s| {
        tag_model.tag(&s.text, &mut s.tokens, &mut scratch);
        s.hints = tag_model.hints(&s.text, &s.tokens);
    });
    println!("{} raw sentences, {} tokens", raw.len(), raw.iter().map(|s| s.tokens.len()).sum::<usize>());
    let lessons = parse_train::Lessons { gold: &tagged, raw: &[], teachers: &[], lexicon: &lexicon, counts: &counts };
    let mut teachers = Vec::new();
    for seed in 0..var("TEACHERS", 0.0) as u64 {
        let path = format!("{}.{seed}", std::env::var("TCACHE").unwrap_or_default());
        let mut net =
            parse_train::TeacherNet::new(demarche::syntax::parser::ROWS, demarche::syntax::parser::OUTCOMES, &mut random::Random(1));
        if !net.load(&path) {
            net = parse_train::train(&lessons, var("TEACHER_ROUNDS", 10.0) as usize, 100 + seed);
            net.save(&path);
        }
        teachers.push(net);
        for (name, sentences) in treebanks.tests.iter().take(4) {
            let mut tagged = sentences.clone();
            tagged.iter_mut().for_each(|s| {
                tag_model.tag(&s.text, &mut s.tokens, &mut scratch);
                s.hints = tag_model.hints(&s.text, &s.tokens);
            });
            let (uas, las) = parse_train::measure_teachers(&teachers, &lexicon, sentences, &tagged);
            println!("teacher {seed}: {name} UAS {uas:.2} LAS {las:.2}  ({:.0?})", start.elapsed());
        }
    }
    let lessons = parse_train::Lessons { gold: &tagged, raw: &raw, teachers: &teachers, lexicon: &lexicon, counts: &counts };
    let parser: parse_train::ParseNet = parse_train::train(&lessons, parse_rounds, 2);
    println!("parser trained  ({:.0?})", start.elapsed());

    let bytes = model::write(
        &slots,
        [&tagger, &hinter, &parser.quantised((var("SEEN", 3.0) * parse_rounds as f32) as u32, &choices::rels(&tagged))],
    );
    fs::write(output, &bytes)?;
    let model = SyntaxModel::from_bytes(Vec::leak(bytes)).ok_or("the model just written cannot be read")?;
    measure(&model, &treebanks, false);
    Ok(())
}

/// The training set with word classes as a tagger gives them that was trained on the other parts.
fn jackknife(train: &[Sentence], clusters: &Clusters, rounds: usize) -> Vec<Sentence> {
    let mut tagged = train.to_vec();
    for fold in 0..FOLDS {
        let others: Vec<Sentence> = train.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| s.clone()).collect();
        let slots = words::slots(&others, clusters);
        let net = tag_train::train(&others, &words::lexicon(&slots), &words::counts(&others), rounds, 10 + fold as u64);
        let parser = no_parser();
        let model = SyntaxModel::from_bytes(Vec::leak(model::write(
            &slots,
            [&net.quantised(rounds as u32 * 2, &choices::tags(&others, &words::lexicon(&slots))), &no_hinter(), &parser],
        )))
        .expect("it was just laid out");
        let mut scratch = Scratch::default();
        let (mut right, mut words) = (0, 0);
        for (i, sentence) in tagged.iter_mut().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            model.tag(&sentence.text, &mut sentence.tokens, &mut scratch);
            right += sentence.tokens.iter().zip(&train[i].tokens).filter(|(a, b)| a.tag == b.tag).count();
            words += sentence.tokens.len();
        }
        println!("  fold {fold}: tags {:.2}", 100.0 * right as f64 / words as f64);
    }
    tagged
}

pub(crate) fn var(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// The parser's part of a file in which it is not used.
fn no_parser() -> Vec<u8> {
    use demarche::syntax::parser::{CONTEXTS, OUTCOMES, ROWS};
    parse_train::ParseNet::empty(ROWS, OUTCOMES, CONTEXTS)
}

/// The hinter's part of a file in which it is not used.
fn no_hinter() -> Vec<u8> {
    use demarche::syntax::hinter::{OUTCOMES, ROWS};
    hint_train::HintNet::empty(ROWS, OUTCOMES, demarche::token::Tag::COUNT)
}
