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
/// How many of them are of single words.
pub const PLAIN: usize = 21;
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

const SIZES: [u32; TEMPLATES] = [
    LEX[0],
    LEX[0],
    LEX[0],
    LEX[1],
    LEX[1],
    LEX[2],
    LEX[1],
    LEX[2],
    LEX[2],
    LEX[2],
    LEX[2],
    LEX[2],
    LEX[2],
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    CLUSTERS,
    TRIPLE,
    TRIPLE,
    TRIPLE,
    TRIPLE,
    TRIPLE,
    TRIPLE,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    CHILD,
    TAGS * 16,
    TAGS * 16,
    TAGS * 4,
    TAGS * 256,
    TAGS * 256,
    TAGS * 256,
    TAGS * TAGS * 8,
    TAGS * TAGS * 8,
    SHAPES * SHAPES * SHAPES,
    64,
    64,
    TAGS * 16,
    TRIPLE,
    TAGS * TAGS * 8,
    HINTS * HINTS,
    HINTS * HINTS,
    HINTS * HINTS,
    HINTS * TAGS,
    HINTS * TAGS,
    HINTS * HINTS,
    HINTS,
];
const LAYOUT: ([u32; TEMPLATES], u32) = offsets(SIZES);
/// Features of the parser's network, and the first that is a combination.
pub const ROWS: [u32; 2] = [LAYOUT.1, LAYOUT.0[PLAIN]];

/// The rows of a state.
#[inline(always)]
pub fn features(state: &State, rows: &mut [u32; TEMPLATES]) {
    let node = |i: usize| &state.nodes[i];
    let child = |i: u16| &state.nodes[usize::from(i)];
    let (s0, s1, s2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let (b0, b1, b2, b3) = (state.buffered(0), state.buffered(1), state.buffered(2), state.buffered(3));
    let (ns0, ns1, ns2, nb0, nb1, nb2, nb3) = (node(s0), node(s1), node(s2), node(b0), node(b1), node(b2), node(b3));
    let phrase = usize::from(nb0.phrase);
    let (np, after) = (node(phrase), node(if phrase + 1 < state.nodes.len() && phrase > 0 { phrase + 1 } else { 0 }));
    let mut rows = Rows::new(rows, &LAYOUT.0);

    for n in [ns0, ns1, nb0] {
        rows.add(n.word.lex_row(KNOWN[0]));
    }
    for n in [ns2, nb1] {
        rows.add(n.word.lex_row(KNOWN[1]));
    }
    rows.add(nb2.word.lex_row(KNOWN[2]));
    rows.add(np.word.lex_row(KNOWN[1]));
    for n in [ns0.left[0], ns0.right[0], ns1.left[0], ns1.right[0], nb0.left[0], nb0.left[1]] {
        rows.add(child(n).word.lex_row(KNOWN[2]));
    }
    for n in [ns0, ns1, ns2, nb0, nb1, nb2, np, nb3] {
        rows.add(n.word.cluster);
    }

    let triple = |a: &Node, b: &Node, c: &Node| (u32::from(a.tag) * TAGS + u32::from(b.tag)) * TAGS + u32::from(c.tag);
    rows.add(triple(ns1, ns0, nb0));
    rows.add(triple(ns0, nb0, nb1));
    rows.add(triple(nb0, nb1, nb2));
    rows.add(triple(ns2, ns1, ns0));
    rows.add(triple(nb1, nb2, nb3));
    rows.add(triple(nb0, np, after));
    let labelled = |n: &Node| u32::from(n.tag) * (Rel::COUNT as u32 + 1) + u32::from(n.rel);
    for n in [ns0.left[0], ns0.left[1], ns0.right[0], ns0.right[1], ns1.left[0], ns1.right[0], ns1.right[1], nb0.left[0], nb0.left[1]] {
        rows.add(labelled(child(n)));
    }
    rows.add(labelled(child(ns1.left[1])));

    let few = |count: u8| u32::from(count.min(3));
    rows.add(u32::from(ns0.tag) * 16 + few(ns0.lefts) * 4 + few(ns0.rights));
    rows.add(u32::from(ns1.tag) * 16 + few(ns1.lefts) * 4 + few(ns1.rights));
    rows.add(u32::from(nb0.tag) * 4 + few(nb0.lefts));
    for n in [ns0, ns1, nb0] {
        rows.add(u32::from(n.tag) * 256 + u32::from(n.groups));
    }
    let pair = |a: &Node, b: &Node| u32::from(a.tag) * TAGS + u32::from(b.tag);
    rows.add(pair(ns1, ns0) * 8 + distance(s1, s0));
    rows.add(pair(ns0, nb0) * 8 + distance(s0, b0));
    let shape = |n: &Node| u32::from(n.word.shape);
    rows.add((shape(ns1) * SHAPES + shape(ns0)) * SHAPES + shape(nb0));
    rows.add(distance(s1, s0) * 8 + distance(s0, b0));
    rows.add(distance(b0, phrase) * 8 + distance(b0, state.nodes.len()));
    rows.add(u32::from(nb0.tag) * 16 + u32::from(nb0.word.spaces * 8) + (state.stack.len() as u32).min(7));
    rows.add(triple(node(state.stacked(3)), ns2, np));
    let verb = usize::from(nb0.verb);
    rows.add(pair(nb0, node(verb)) * 8 + distance(b0, verb));
    let hints = |a: &Node, b: &Node| u32::from(a.hint) * HINTS + u32::from(b.hint);
    rows.add(hints(ns1, ns0));
    rows.add(hints(ns0, nb0));
    rows.add(hints(nb0, nb1));
    rows.add(u32::from(ns0.hint) * TAGS + u32::from(nb0.tag));
    rows.add(u32::from(nb0.hint) * TAGS + u32::from(ns0.tag));
    rows.add(hints(nb2, np));
    rows.add(ns2.hint);
    debug_assert!(rows.is_full());
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
    while !state.is_done() {
        features(state, &mut rows);
        let hidden = network.hidden::<PLAIN>(&rows);
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
