//! [`Token`]s of a sentence → their word classes ([`Tag`](crate::token::Tag)) and their dependency tree.
//!
//! Both steps are small feed-forward networks over hand-made features, in integers from end to end, so that every
//! machine gives the same tree. Each feature names one row of 64 or so bytes; the rows of a state are added up, cut off
//! at zero, and weighed per outcome ([`network`]). What the words are is looked up once per sentence ([`lexicon`]); the
//! tagger goes from left to right ([`tagger`]); the hinter guesses each word's relation from what stands nearby
//! ([`hinter`]); the parser builds the tree with three moves, arc-hybrid, greedily ([`state`], [`parser`]). The weights
//! come from one file that is part of the program ([`model`]); the crate `demarche-train` makes it.

use crate::token::{Rel, Token};

#[doc(hidden)]
pub mod hinter;
#[doc(hidden)]
pub mod layout;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod network;
#[doc(hidden)]
pub mod parser;
#[doc(hidden)]
pub mod state;
#[doc(hidden)]
pub mod tagger;

use lexicon::{Lexicon, Word};
use network::Network;
use state::State;

/// Sentences longer than this are parsed in pieces, so that time stays linear.
const WINDOW: usize = 160;

/// The tagger's and the parser's weights.
#[derive(Debug)]
pub struct SyntaxModel {
    lexicon: Lexicon,
    tagger: Network<{ tagger::HIDDEN }, { tagger::TEMPLATES }>,
    hinter: Network<{ hinter::HIDDEN }, { hinter::TEMPLATES }>,
    parser: Network<{ parser::HIDDEN }, { parser::TEMPLATES }>,
}

/// Buffers that are used again from sentence to sentence, so that none of them allocates.
#[derive(Debug, Default)]
pub struct Scratch {
    words: Vec<Word>,
    state: State,
}

impl SyntaxModel {
    /// The model that is part of the program.
    pub fn embedded() -> SyntaxModel {
        static FILE: model::Aligned<[u8; include_bytes!("../data/model/syntax.bin").len()]> =
            model::Aligned(*include_bytes!("../data/model/syntax.bin"));
        SyntaxModel::from_bytes(&FILE.0).expect("a test reads the embedded model")
    }

    /// Sets the word class of each token.
    pub fn tag(&self, text: &str, tokens: &mut [Token], scratch: &mut Scratch) {
        self.lexicon.look_up(text, tokens, &mut scratch.words);
        tagger::tag(&self.tagger, &scratch.words, tokens);
    }

    #[doc(hidden)]
    pub fn hints(&self, text: &str, tokens: &[Token]) -> Vec<u8> {
        let mut scratch = Scratch::default();
        self.lexicon.look_up(text, tokens, &mut scratch.words);
        scratch.state.start(&scratch.words, tokens);
        hinter::hint(&self.hinter, &scratch.words, &mut scratch.state);
        scratch.state.nodes[1..].iter().map(|node| node.hint).collect()
    }

    /// Sets head and relation of each token, which must be tagged. The result is a tree with one root.
    pub fn parse(&self, text: &str, tokens: &mut [Token], scratch: &mut Scratch) {
        self.lexicon.look_up(text, tokens, &mut scratch.words);
        let mut first_root = None;
        let mut start = 0;
        while start < tokens.len() {
            let end = window_end(tokens, start);
            let (words, state) = (&scratch.words[start..end], &mut scratch.state);
            state.start(words, &tokens[start..end]);
            hinter::hint(&self.hinter, words, state);
            let root = start + parser::parse(&self.parser, &mut tokens[start..end], state);
            shift_heads(tokens, start, end, root, *first_root.get_or_insert(root));
            start = end;
        }
    }
}

/// Where the piece that begins at `start` ends: at the sentence's end if it is near, else after the last comma or the like.
fn window_end(tokens: &[Token], start: usize) -> usize {
    let limit = start + WINDOW;
    if tokens.len() <= limit {
        return tokens.len();
    }
    let breaks = |i: &usize| tokens[*i].tag == crate::token::Tag::Punct && !tokens[*i].space_before;
    (start + WINDOW / 2..limit).rev().find(breaks).map_or(limit, |i| i + 1)
}

/// Makes the heads of a piece count from the sentence's start, and hangs the piece's root on the sentence's.
///
/// Heads that no `u16` can hold are replaced by the sentence's root, which stands within the first piece.
fn shift_heads(tokens: &mut [Token], start: usize, end: usize, root: usize, first_root: usize) {
    for token in &mut tokens[start..end] {
        token.head = u16::try_from(start + usize::from(token.head)).unwrap_or(first_root as u16);
    }
    if root != first_root {
        tokens[root].head = first_root as u16;
        tokens[root].rel = Rel::Parataxis;
    }
}
