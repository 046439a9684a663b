//! Trees for people to look at.

use demarche::{
    span::Span,
    syntax::{Scratch, SyntaxModel},
    token::{Rel, tokenize},
};

/// The tokens of a text with class, relation and head: "met/VerbPast:Root in/Adp:Case>Seoul".
pub(crate) fn tree(text: &str) -> String {
    let (model, mut scratch) = (SyntaxModel::embedded(), Scratch::default());
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, text.len()), &mut tokens);
    model.tag(text, &mut tokens, &mut scratch);
    model.parse(text, &mut tokens, &mut scratch);
    let show = |token: &demarche::token::Token| {
        let head = if token.rel == Rel::Root { "" } else { tokens[usize::from(token.head)].span.of(text) };
        format!("{}/{:?}:{:?}>{head}", token.span.of(text), token.tag, token.rel)
    };
    tokens.iter().map(show).collect::<Vec<_>>().join("  ")
}
