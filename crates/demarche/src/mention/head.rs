//! The token by which a mention hangs in the syntax tree.

use crate::token::{Rel, Tag, Token};

/// The token of `first..end` whose head lies outside; among several, `core`, else one that is no article, preposition or
/// mark and hangs highest. `core` stands in where the tree says nothing (an unparsed sentence).
pub(crate) fn of(tokens: &[Token], first: u16, end: u16, core: u16) -> u16 {
    let outside = |at: u16| {
        let head = tokens[usize::from(at)].head;
        head < first || head >= end || head == at
    };
    let weighty = |at: u16| {
        let token = &tokens[usize::from(at)];
        token.tag != Tag::Punct && !matches!(token.rel, Rel::Det | Rel::Case | Rel::Punct | Rel::Cc)
    };
    if tokens[usize::from(core)].tag == Tag::X && tokens[usize::from(first)].tag == Tag::X || outside(core) && weighty(core) {
        return core;
    }
    (first..end).rev().filter(|at| outside(*at) && weighty(*at)).min_by_key(|at| depth(tokens, *at)).unwrap_or(core)
}

/// How many steps a token is from the root.
fn depth(tokens: &[Token], mut at: u16) -> usize {
    let mut steps = 0;
    while tokens[usize::from(at)].head != at && steps < 64 {
        at = tokens[usize::from(at)].head;
        steps += 1;
    }
    steps
}
