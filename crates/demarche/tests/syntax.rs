//! Tags and trees: readable trees of plain sentences, and that any text gets a tree, the same each time.

use demarche::{
    span::Span,
    syntax::{Scratch, SyntaxModel},
    token::{Rel, Tag, Token, tokenize},
};

fn parsed(model: &SyntaxModel, text: &str, scratch: &mut Scratch) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, text.len()), &mut tokens);
    model.tag(text, &mut tokens, scratch);
    model.parse(text, &mut tokens, scratch);
    tokens
}

/// Each word with its relation and head, marks left out: "Ministers:Nsubj>met met:Root in:Case>Seoul Seoul:Obl>met".
#[track_caller]
fn check(text: &str, expected: &str) {
    let tokens = parsed(&SyntaxModel::embedded(), text, &mut Scratch::default());
    let show = |token: &Token| match token.rel {
        Rel::Root => format!("{}:Root", token.span.of(text)),
        rel => format!("{}:{rel:?}>{}", token.span.of(text), tokens[usize::from(token.head)].span.of(text)),
    };
    let read: Vec<String> = tokens.iter().filter(|t| t.tag != Tag::Punct).map(show).collect();
    assert_eq!(read.join(" "), expected);
}

#[test]
fn subjects_objects_and_places() {
    check("The ministers met in Seoul.", "The:Det>ministers ministers:Nsubj>met met:Root in:Case>Seoul Seoul:Obl>met");
    check("Japan has invited the president.", "Japan:Nsubj>invited has:Aux>invited invited:Root the:Det>president president:Obj>invited");
}

#[test]
fn passives_and_negation() {
    check(
        "The treaty was signed by Korea.",
        "The:Det>treaty treaty:NsubjPass>signed was:AuxPass>signed signed:Root by:Case>Korea Korea:OblAgent>signed",
    );
    check("They did not agree.", "They:Nsubj>agree did:Aux>agree not:Advmod>agree agree:Root");
}

#[test]
fn the_model_knows_its_own_numbers() {
    assert!(Tag::ALL.iter().enumerate().all(|(i, &tag)| tag as usize == i));
    assert!(Rel::ALL.iter().enumerate().all(|(i, &rel)| rel as usize == i));
}

/// Exactly one root, and every word leads to it.
fn is_tree(tokens: &[Token]) -> bool {
    let roots: Vec<usize> = (0..tokens.len()).filter(|&i| usize::from(tokens[i].head) == i).collect();
    let [root] = roots[..] else { return tokens.is_empty() };
    let leads = |mut i: usize| {
        let mut steps = 0;
        while i != root && steps <= tokens.len() {
            i = usize::from(tokens[i].head);
            steps += 1;
        }
        i == root
    };
    tokens[root].rel == Rel::Root && (0..tokens.len()).all(leads)
}

#[test]
fn any_text_gets_a_tree_and_the_same_tree_twice() {
    const PIECES: &[&str] =
        &["the", "talks", "Seoul", "met", "and", "to", "of", ",", ".", "—", "7", "not", "that", "한국", "🙂", "-", "(", "“", "is", "US"];
    let model = SyntaxModel::embedded();
    let (mut scratch, mut other) = (Scratch::default(), Scratch::default());
    let mut state = 42_u64;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % limit
    };
    for round in 0..3_000 {
        let longest = if round % 100 == 0 { 900 } else { 40 };
        let words: Vec<&str> = (0..next(longest)).map(|_| PIECES[next(PIECES.len())]).collect();
        let text = words.join(" ");
        let tokens = parsed(&model, &text, &mut scratch);
        assert!(is_tree(&tokens), "{text}");
        if round % 10 == 0 {
            assert_eq!(tokens, parsed(&model, &text, &mut other), "{text}");
        }
    }
}

#[test]
fn a_sentence_longer_than_any_head_number_is_a_tree() {
    let text = "talks ".repeat(70_000);
    let tokens = parsed(&SyntaxModel::embedded(), &text, &mut Scratch::default());
    let root = tokens.iter().position(|t| t.rel == Rel::Root).expect("there are words, so there is a root");
    assert!(tokens.iter().enumerate().all(|(i, t)| usize::from(t.head) != i || i == root));
    assert!(tokens[65_600..].iter().all(|t| usize::from(t.head) == root));
}
