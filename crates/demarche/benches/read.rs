//! How fast documents are read, as a whole and by stage, on the samples of the repository. See docs/bench.md.

use std::path::Path;

use demarche::{
    Reader,
    document::{Document, LoadOptions, load},
    kb::KnowledgeBase,
    mention,
    record::Record,
    sentence::{Sentence, sentences},
    syntax::{self, SyntaxModel},
    token::tokenize,
    vocabulary::Vocabulary,
};
use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};

fn main() {
    divan::main();
}

/// The samples as bytes, sorted by name.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let entries = std::fs::read_dir(folder).expect("the samples are part of the repository");
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).expect("a sample can be read"))).collect()
}

fn documents() -> Vec<Document> {
    let options = LoadOptions::default();
    files().iter().flat_map(|(name, bytes)| load(bytes, name, &options).flatten().collect::<Vec<_>>()).collect()
}

fn count(documents: &[Document]) -> usize {
    documents.iter().map(|document| sentences(document).len()).sum()
}

/// Facts, patterns and model, from the data that are built in.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn load_reader() -> Reader {
    Reader::embedded()
}

/// Bytes → documents.
#[divan::bench]
fn load_documents(bencher: Bencher<'_, '_>) {
    let files = files();
    let options = LoadOptions::default();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| files.iter().map(|(name, bytes)| load(bytes, name, &options).flatten().count()).sum::<usize>());
}

/// Documents → sentences, tokens, word classes, trees.
#[divan::bench]
fn tokenize_tag_parse(bencher: Bencher<'_, '_>) {
    let documents = documents();
    let model = SyntaxModel::embedded();
    let mut scratch = syntax::Scratch::default();
    bencher
        .counter(ItemsCount::new(count(&documents)))
        .bench_local(|| documents.iter().map(|document| parsed(document, &model, &mut scratch).len()).sum::<usize>());
}

fn parsed(document: &Document, model: &SyntaxModel, scratch: &mut syntax::Scratch) -> Vec<Sentence> {
    let mut sentences = sentences(document);
    for sentence in &mut sentences {
        tokenize(&document.text, sentence.span, &mut sentence.tokens);
        model.tag(&document.text, &mut sentence.tokens, scratch);
        model.parse(&document.text, &mut sentence.tokens, scratch);
    }
    sentences
}

/// Parsed sentences → mentions.
#[divan::bench]
fn mentions(bencher: Bencher<'_, '_>) {
    let documents = documents();
    let mut vocabulary = Vocabulary::new(include_str!("../data/lexicon/irregular.tsv"));
    let kb = KnowledgeBase::embedded(&mut vocabulary).expect("the built-in tables load");
    let model = SyntaxModel::embedded();
    let mut scratch = syntax::Scratch::default();
    let mut ready: Vec<Vec<Sentence>> = documents.iter().map(|document| parsed(document, &model, &mut scratch)).collect();
    for sentence in ready.iter_mut().flatten() {
        vocabulary.fill(&mut sentence.tokens);
    }
    let mut scratch = mention::Scratch::default();
    bencher.counter(ItemsCount::new(count(&documents))).bench_local(|| {
        let found =
            documents.iter().zip(&ready).map(|(document, sentences)| mention::find(document, sentences, &kb, &vocabulary, &mut scratch));
        found.map(|mentions| mentions.actors.len()).sum::<usize>()
    });
}

/// Documents → readings: all stages after loading.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let documents = documents();
    let reader = Reader::embedded();
    bencher
        .counter(ItemsCount::new(count(&documents)))
        .bench_local(|| documents.iter().map(|document| reader.read(document).events.len()).sum::<usize>());
}

/// Documents → readings → JSON.
#[divan::bench]
fn read_to_json(bencher: Bencher<'_, '_>) {
    let documents = documents();
    let reader = Reader::embedded();
    bencher.counter(ItemsCount::new(count(&documents))).bench_local(|| {
        let json = |document| serde_json::to_vec(&Record::of(&reader.read(document), reader.knowledge())).expect("a record is JSON").len();
        documents.iter().map(json).sum::<usize>()
    });
}
