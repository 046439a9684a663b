//! Raw text → sentences to learn from with a teacher.

use std::{fs, io, path::Path};

use demarche::{
    span::Span,
    token::{Shape, Token, tokenize},
};

use crate::{
    clusters::{files, plain},
    conllu::Sentence,
    random::Random,
};

/// Sentences of these lengths are of use.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=70;

/// `count` sentences drawn from all texts under `folder`.
pub(crate) fn sentences(folder: &Path, count: usize, random: &mut Random) -> io::Result<Vec<Sentence>> {
    let mut all = Vec::new();
    for file in files(folder)? {
        let raw = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        let text = plain(&file, &raw);
        for line in text.lines() {
            split(line.trim(), &mut all);
        }
    }
    random.shuffle(&mut all);
    all.truncate(count);
    Ok(all)
}

/// Cuts a paragraph after full stops that a capital letter follows.
fn split(line: &str, all: &mut Vec<Sentence>) {
    let mut tokens = Vec::new();
    tokenize(line, Span::new(0, line.len()), &mut tokens);
    let mut start = 0;
    for i in 0..tokens.len() {
        let closes = matches!(tokens[i].span.of(line), "." | "!" | "?" | "”" | "\"");
        let stop = closes && (i == 0 || tokens[i].span.of(line) != "”" || matches!(tokens[i - 1].span.of(line), "." | "!" | "?"));
        let next = tokens.get(i + 1);
        if next.is_none() || stop && next.is_some_and(|t| t.space_before && matches!(t.shape, Shape::Capital | Shape::Upper)) {
            if LENGTHS.contains(&(i + 1 - start)) {
                all.push(piece(line, &tokens[start..=i]));
            }
            start = i + 1;
        }
    }
}

fn piece(line: &str, tokens: &[Token]) -> Sentence {
    let (from, to) = (tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    let moved = |t: &Token| Token { span: Span { start: t.span.start - from, end: t.span.end - from }, ..*t };
    Sentence { text: line[from as usize..to as usize].to_owned(), tokens: tokens.iter().map(moved).collect(), ..Sentence::default() }
}
