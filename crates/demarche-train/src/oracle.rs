//! The dynamic oracle: what a move costs, at any state, also after mistakes.

use demarche::{
    syntax::state::{Move, State},
    token::Rel,
};

use crate::conllu::Sentence;

/// A sentence's gold tree, counted from 1, the root's head being 0.
pub(crate) struct Gold {
    pub(crate) heads: Vec<usize>,
    pub(crate) rels: Vec<Rel>,
}

impl Gold {
    /// The tree of a treebank sentence.
    pub(crate) fn of(sentence: &Sentence) -> Gold {
        let mut gold = Gold { heads: vec![0], rels: vec![Rel::Dep] };
        for (i, token) in sentence.tokens.iter().enumerate() {
            gold.heads.push(if usize::from(token.head) == i { 0 } else { usize::from(token.head) + 1 });
            gold.rels.push(token.rel);
        }
        gold
    }
}

/// How many gold arcs that are still possible a move makes impossible.
pub(crate) fn cost(gold: &Gold, state: &State, step: Move) -> usize {
    let (s0, s1, next) = (state.stacked(0), state.stacked(1), state.next);
    let last = gold.heads.len();
    // The root's head stands, as it were, at the buffer's end.
    let head_waits = |word: usize, from: usize| gold.heads[word] >= from || gold.heads[word] == 0;
    let waiting = |head: usize, from: usize| (from..last).filter(|&d| gold.heads[d] == head).count();
    match step {
        Move::Left => usize::from(gold.heads[s0] == s1 || head_waits(s0, next + 1)) + waiting(s0, next),
        Move::Right => usize::from(head_waits(s0, next)) + waiting(s0, next),
        Move::Shift => {
            let on_stack = |word: usize| state.stack.iter().any(|&s| usize::from(s) == word);
            let head_lost = gold.heads[next] != s0 && on_stack(gold.heads[next]);
            let dependents = state.stack.iter().filter(|&&d| gold.heads[usize::from(d)] == next).count();
            usize::from(head_lost) + dependents
        }
    }
}
