//! Hints: from the words and classes nearby, a first guess at each word's relation and the side its head is on.
//!
//! The parser decides as it goes and sees little of what follows. The hints look to both sides at once, so that it knows
//! of a word still ahead that it will likely be, say, a subject of something further right.

use crate::{
    syntax::{
        layout::{Rows, offsets},
        lexicon::{CLASSES, CLUSTERS, Word},
        network::Network,
        state::{Node, State},
        tagger::View,
    },
    token::{Rel, Tag},
};

/// Hidden units.
pub const HIDDEN: usize = 64;
/// Number of feature templates.
pub const TEMPLATES: usize = 30;
/// How many of them are of single words.
pub const PLAIN: usize = 15;
/// A relation, with the head to the left or to the right.
pub const OUTCOMES: usize = 2 * Rel::COUNT;
/// No hint: beyond the sentence.
pub const NO_HINT: u8 = OUTCOMES as u8;

/// Words with rows of their own, by distance from the word at hand.
const KNOWN: [u32; 3] = [6000, 3000, 1500];
const TAGS: u32 = Tag::COUNT as u32 + 1;
const TRIPLE: u32 = TAGS * TAGS * TAGS;
const HINTS: u32 = OUTCOMES as u32 + 1;

#[rustfmt::skip] // a line per group of templates
const SIZES: [u32; TEMPLATES] = [
    KNOWN[0] + CLASSES, KNOWN[1] + CLASSES, KNOWN[1] + CLASSES, KNOWN[2] + CLASSES, KNOWN[2] + CLASSES, KNOWN[2] + CLASSES,
    CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS,
    TRIPLE, TRIPLE, TRIPLE, TRIPLE, TRIPLE, TRIPLE, TRIPLE,
    TAGS * TAGS * 8, TAGS * TAGS * 8, HINTS * TAGS, HINTS * HINTS, TAGS * 64, TAGS * 6 * 8, TAGS * HINTS, TAGS * TAGS * TAGS,
];
const LAYOUT: ([u32; TEMPLATES], u32) = offsets(SIZES);
/// Features of the hinter's network, and the first that is a combination.
pub const ROWS: [u32; 2] = [LAYOUT.1, LAYOUT.0[PLAIN]];

/// The rows of the word `i`, counted from 1, given the hints of the two words before it and the last verb before it.
pub fn features(state: &State, style: u32, i: usize, before: [u8; 2], verb: usize, rows: &mut [u32; TEMPLATES]) {
    let nodes = &state.nodes;
    let at = |ahead: isize| i.checked_add_signed(ahead).and_then(|i| nodes.get(i)).unwrap_or(&nodes[0]);
    let [b3, b2, b1, n, a1, a2, a3, a4] = [-3, -2, -1, 0, 1, 2, 3, 4].map(at);
    let end = usize::from(n.phrase).min(nodes.len() - 1);
    let (np, after) = (&nodes[end], nodes.get(end + 1).unwrap_or(&nodes[0]));
    let next = usize::from(a1.verb);
    let mut rows = Rows::new(rows, &LAYOUT.0, 0);
    rows.add(n.word.lex_row(KNOWN[0]));
    for word in [b1, a1] {
        rows.add(word.word.lex_row(KNOWN[1]));
    }
    for word in [b2, a2, np] {
        rows.add(word.word.lex_row(KNOWN[2]));
    }
    for word in [b3, b2, b1, n, a1, a2, a3, np, &nodes[next]] {
        rows.add(word.word.cluster);
    }
    let triple = |a: &Node, b: &Node, c: &Node| (u32::from(a.tag) * TAGS + u32::from(b.tag)) * TAGS + u32::from(c.tag);
    rows.add(triple(b1, n, a1));
    rows.add(triple(n, a1, a2));
    rows.add(triple(b2, b1, n));
    rows.add(triple(b3, b2, b1));
    rows.add(triple(a2, a3, a4));
    rows.add(triple(n, np, after));
    rows.add(triple(&nodes[verb], n, &nodes[next]));
    let pair = |a: &Node, b: &Node| u32::from(a.tag) * TAGS + u32::from(b.tag);
    rows.add(pair(n, &nodes[next]) * 8 + super::parser::distance(i, next));
    rows.add(pair(n, &nodes[verb]) * 8 + super::parser::distance(verb, i));
    rows.add(u32::from(before[0]) * TAGS + u32::from(n.tag));
    rows.add(u32::from(before[0]) * HINTS + u32::from(before[1]));
    rows.add(u32::from(n.tag) * 64 + super::parser::distance(0, i) * 8 + super::parser::distance(i, nodes.len()));
    rows.add((u32::from(n.tag) * 6 + style) * 8 + u32::from(n.word.shape));
    rows.add(u32::from(a1.tag) * HINTS + u32::from(before[0]));
    rows.add(triple(b1, np, after));
    debug_assert_eq!(rows.filled(), TEMPLATES);
}

/// Gives each node its hint.
pub fn hint(network: &Network<HIDDEN, TEMPLATES>, words: &[Word], state: &mut State) {
    let style = View::new(words).style * 2;
    let mut before = [NO_HINT; 2];
    let mut verb = 0;
    let mut rows = [0; TEMPLATES];
    for i in 1..state.nodes.len() {
        let tag = usize::from(state.nodes[i].tag);
        let best = network.only(tag).unwrap_or_else(|| {
            features(state, style, i, before, verb, &mut rows);
            let sum = network.add(*network.bias, &rows[..PLAIN], &rows[PLAIN..]);
            network.best(&Network::<HIDDEN, TEMPLATES>::cut(sum), 0, tag)
        }) as u8;
        state.nodes[i].hint = best;
        if usize::from(state.nodes[i].verb) == i {
            verb = i;
        }
        before = [best, before[0]];
    }
}
