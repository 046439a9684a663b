//! The tree, greedily: at each state the network names the best possible move, and for an arc its relation.

use crate::{
    syntax::{
        layout::{Rows, offsets},
        lexicon::{CLASSES, CLUSTERS},
        network::Network,
        state::{Move, NO_REL, Node, State},
    },
    token::{Rel, Tag, Token},
};

/// Hidden units.
pub const HIDDEN: usize = 64;
/// Number of feature templates.
pub const TEMPLATES: usize = 58;
/// The first of them are of single words in the buffer, then come those of single words in the stack and beneath them, then
/// combinations in the buffer alone, then all other combinations. This many they are.
pub const PARTS: [usize; 4] = [9, 12, 7, 30];
/// How many templates are of single words.
pub const PLAIN: usize = PARTS[0] + PARTS[1];
/// Contexts of the choice of a relation: the dependent's word class, for arcs to the left and for those to the right.
pub const CONTEXTS: usize = 2 * Tag::COUNT;
/// Outcomes: the moves, then the relations of arcs to the left, then those of arcs to the right.
pub const OUTCOMES: usize = 3 + 2 * Rel::COUNT;

/// Words with rows of their own: at the centre, near it, and further off.
const KNOWN: [u32; 3] = [6000, 3000, 1500];
const LEX: [u32; 3] = [KNOWN[0] + CLASSES, KNOWN[1] + CLASSES, KNOWN[2] + CLASSES];
/// A word class, or none.
const TAGS: u32 = Tag::COUNT as u32 + 1;
const TRIPLE: u32 = TAGS * TAGS * TAGS;
/// A word class and a relation, or none.
const CHILD: u32 = TAGS * (Rel::COUNT as u32 + 1);
const SHAPES: u32 = 8;
const HINTS: u32 = super::hinter::OUTCOMES as u32 + 1;

#[rustfmt::skip] // a line per group of templates
const SIZES: [u32; TEMPLATES] = [
    LEX[0], LEX[1], LEX[2], LEX[1], CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS,
    LEX[0], LEX[0], LEX[1], LEX[2], LEX[2], LEX[2], LEX[2], LEX[2], LEX[2], CLUSTERS, CLUSTERS, CLUSTERS,
    TRIPLE, TRIPLE, TRIPLE, HINTS * HINTS, HINTS * HINTS, 64, TAGS * TAGS * 8,
    TRIPLE, TRIPLE, TRIPLE, TRIPLE,
    CHILD, CHILD, CHILD, CHILD, CHILD, CHILD, CHILD, CHILD, CHILD, CHILD,
    TAGS * 16, TAGS * 16, TAGS * 4, TAGS * 256, TAGS * 256, TAGS * 256,
    TAGS * TAGS * 8, TAGS * TAGS * 8, SHAPES * SHAPES * SHAPES, 64, TAGS * 16,
    HINTS * HINTS, HINTS * HINTS, HINTS * TAGS, HINTS * TAGS, HINTS,
];
const LAYOUT: ([u32; TEMPLATES], u32) = offsets(SIZES);
/// Features of the parser's network, and the first that is a combination.
pub const ROWS: [u32; 2] = [LAYOUT.1, LAYOUT.0[PLAIN]];

/// The rows of a state.
pub fn features(state: &State, rows: &mut [u32; TEMPLATES]) {
    buffer_features(state, rows);
    stack_features(state, rows);
}

fn triple(a: &Node, b: &Node, c: &Node) -> u32 {
    pair(a, b) * TAGS + u32::from(c.tag)
}

fn pair(a: &Node, b: &Node) -> u32 {
    u32::from(a.tag) * TAGS + u32::from(b.tag)
}

fn hints(a: &Node, b: &Node) -> u32 {
    u32::from(a.hint) * HINTS + u32::from(b.hint)
}

/// The rows that stay the same until the buffer's first word is shifted.
#[inline(always)]
fn buffer_features(state: &State, rows: &mut [u32; TEMPLATES]) {
    let [b0, b1, b2, b3] = [0, 1, 2, 3].map(|ahead| &state.nodes[state.buffered(ahead)]);
    let first = state.buffered(0);
    let (phrase, verb) = (usize::from(b0.phrase), usize::from(b0.verb));
    let after = if phrase > 0 && phrase + 1 < state.nodes.len() { phrase + 1 } else { 0 };
    let (np, after) = (&state.nodes[phrase], &state.nodes[after]);
    let mut plain = Rows::new(rows, &LAYOUT.0, 0);
    plain.add(b0.word.lex_row(KNOWN[0]));
    plain.add(b1.word.lex_row(KNOWN[1]));
    plain.add(b2.word.lex_row(KNOWN[2]));
    plain.add(np.word.lex_row(KNOWN[1]));
    for n in [b0, b1, b2, np, b3] {
        plain.add(n.word.cluster);
    }
    debug_assert_eq!(plain.filled(), PARTS[0]);

    let mut combinations = Rows::new(rows, &LAYOUT.0, PLAIN);
    combinations.add(triple(b0, b1, b2));
    combinations.add(triple(b1, b2, b3));
    combinations.add(triple(b0, np, after));
    combinations.add(hints(b0, b1));
    combinations.add(hints(b2, np));
    combinations.add(distance(first, phrase) * 8 + distance(first, state.nodes.len()));
    combinations.add(pair(b0, &state.nodes[verb]) * 8 + distance(first, verb));
    debug_assert_eq!(combinations.filled(), PLAIN + PARTS[2]);
}

/// All other rows.
#[inline(always)]
fn stack_features(state: &State, rows: &mut [u32; TEMPLATES]) {
    let child = |i: u16| &state.nodes[usize::from(i)];
    let places = [state.stacked(0), state.stacked(1), state.stacked(2), state.stacked(3), state.buffered(0), state.buffered(1)];
    let [s0, s1, s2, s3, b0, b1] = places.map(|i| &state.nodes[i]);
    let np = child(b0.phrase);
    let mut plain = Rows::new(rows, &LAYOUT.0, PARTS[0]);
    plain.add(s0.word.lex_row(KNOWN[0]));
    plain.add(s1.word.lex_row(KNOWN[0]));
    plain.add(s2.word.lex_row(KNOWN[1]));
    for n in [s0.left[0], s0.right[0], s1.left[0], s1.right[0], b0.left[0], b0.left[1]] {
        plain.add(child(n).word.lex_row(KNOWN[2]));
    }
    for n in [s0, s1, s2] {
        plain.add(n.word.cluster);
    }
    debug_assert_eq!(plain.filled(), PLAIN);

    let mut rows = Rows::new(rows, &LAYOUT.0, PLAIN + PARTS[2]);
    rows.add(triple(s1, s0, b0));
    rows.add(triple(s0, b0, b1));
    rows.add(triple(s2, s1, s0));
    rows.add(triple(s3, s2, np));
    let children = [s0.left[0], s0.left[1], s0.right[0], s0.right[1], s1.left[0], s1.left[1], s1.right[0], s1.right[1]];
    for n in children.into_iter().chain(b0.left).map(child) {
        rows.add(u32::from(n.tag) * (Rel::COUNT as u32 + 1) + u32::from(n.rel));
    }
    let few = |count: u8| u32::from(count.min(3));
    rows.add(u32::from(s0.tag) * 16 + few(s0.lefts) * 4 + few(s0.rights));
    rows.add(u32::from(s1.tag) * 16 + few(s1.lefts) * 4 + few(s1.rights));
    rows.add(u32::from(b0.tag) * 4 + few(b0.lefts));
    for n in [s0, s1, b0] {
        rows.add(u32::from(n.tag) * 256 + u32::from(n.groups));
    }
    let (below, across) = (distance(places[1], places[0]), distance(places[0], places[4]));
    rows.add(pair(s1, s0) * 8 + below);
    rows.add(pair(s0, b0) * 8 + across);
    let shape = |n: &Node| u32::from(n.word.shape);
    rows.add((shape(s1) * SHAPES + shape(s0)) * SHAPES + shape(b0));
    rows.add(below * 8 + across);
    rows.add(u32::from(b0.tag) * 16 + u32::from(b0.word.spaces * 8) + (state.stack.len() as u32).min(7));
    rows.add(hints(s1, s0));
    rows.add(hints(s0, b0));
    rows.add(u32::from(s0.hint) * TAGS + u32::from(b0.tag));
    rows.add(u32::from(b0.hint) * TAGS + u32::from(s0.tag));
    rows.add(s2.hint);
    debug_assert_eq!(rows.filled(), TEMPLATES);
}

/// How far apart two words are, in eight steps; 0 when one of them is missing.
pub(crate) fn distance(a: usize, b: usize) -> u32 {
    match b.saturating_sub(a) {
        _ if a == 0 => 0,
        n @ 0..=4 => n as u32,
        5..=7 => 5,
        8..=14 => 6,
        _ => 7,
    }
}

/// Where the outcomes of a move's relations begin.
pub fn first_rel(step: Move) -> usize {
    3 + if step == Move::Right { Rel::COUNT } else { 0 }
}

/// What decides which relations an arc may have.
pub fn context(step: Move, dependent: &Node) -> usize {
    usize::from(dependent.tag) + if step == Move::Right { Tag::COUNT } else { 0 }
}

/// Parses the sentence that `state` is at the start of; sets head (counted within `tokens`) and relation of each token; gives the root.
pub fn parse(network: &Network<HIDDEN, TEMPLATES>, tokens: &mut [Token], state: &mut State) -> usize {
    let mut rows = [0; TEMPLATES];
    // The sum of the buffer's rows, and the word that was first in the buffer then.
    let mut ahead = (0, *network.bias);
    while !state.is_done() {
        if state.stack.is_empty() {
            state.apply(Move::Shift, NO_REL);
            continue;
        }
        if ahead.0 != state.next {
            buffer_features(state, &mut rows);
            ahead = (state.next, network.add(*network.bias, &rows[..PARTS[0]], &rows[PLAIN..PLAIN + PARTS[2]]));
        }
        stack_features(state, &mut rows);
        let sum = network.add(ahead.1, &rows[PARTS[0]..PLAIN], &rows[PLAIN + PARTS[2]..]);
        let hidden = Network::<HIDDEN, TEMPLATES>::cut(sum);
        let mut best = (i32::MIN, Move::Shift);
        for step in Move::ALL.into_iter().filter(|&step| state.allows(step)) {
            let score = network.score(&hidden, step as usize);
            if score > best.0 {
                best = (score, step);
            }
        }
        let rel = match best.1 {
            Move::Shift => NO_REL,
            step => network.best(&hidden, first_rel(step), context(step, &state.nodes[state.stacked(0)])) as u8,
        };
        state.apply(best.1, rel);
    }
    let root = state.stacked(0);
    for (i, token) in tokens.iter_mut().enumerate() {
        let node = &state.nodes[i + 1];
        token.head = if i + 1 == root { i as u16 } else { node.head - 1 };
        token.rel = if i + 1 == root { Rel::Root } else { Rel::ALL[usize::from(node.rel)] };
    }
    root - 1
}
