//! Word classes, from left to right: each decision sees two words to either side and the two classes just given.

use crate::{
    syntax::{
        layout::{Rows, offsets},
        lexicon::{CLASSES, CLUSTERS, NUMBERED, PREFIX3, SUFFIX2, SUFFIX3, SUFFIX4, Word},
        network::Network,
    },
    token::{Shape, Tag, Token},
};

/// Hidden units.
pub const HIDDEN: usize = 64;
/// Number of feature templates.
pub const TEMPLATES: usize = 26;
/// How many of them are of single words.
pub const PLAIN: usize = 18;
/// Contexts of a choice: a numbered word, or any other.
pub const CONTEXTS: usize = NUMBERED as usize + 1;
/// Words with rows of their own, by distance from the word at hand.
const KNOWN: [u32; 3] = [NUMBERED, 4000, 1500];
/// A word class, or none beyond the sentence's border.
const TAGS: u32 = Tag::COUNT as u32 + 1;
/// Values of a shape, with its absence.
const SHAPES: u32 = 8;
/// Rows that pairs are hashed into.
const PAIRS: u32 = 8192;

#[rustfmt::skip] // a line per group of templates
const SIZES: [u32; TEMPLATES] = [
    KNOWN[0] + CLASSES, KNOWN[1] + CLASSES, KNOWN[1] + CLASSES, KNOWN[2] + CLASSES, KNOWN[2] + CLASSES,
    SUFFIX4, SUFFIX3, SUFFIX2, PREFIX3, SUFFIX3, SUFFIX3, SUFFIX2, SUFFIX2,
    CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS, CLUSTERS,
    SHAPES * SHAPES * SHAPES * 6, SHAPES * SHAPES * 4 * 6, TAGS * TAGS, TAGS * CLUSTERS, TAGS * SHAPES * 6, PAIRS, PAIRS, PAIRS,
];
const LAYOUT: ([u32; TEMPLATES], u32) = offsets(SIZES);
/// Features of the tagger's network, and the first that is a combination.
pub const ROWS: [u32; 2] = [LAYOUT.1, LAYOUT.0[PLAIN]];

/// What is seen of a sentence when one of its words is tagged.
#[derive(Debug)]
pub struct View<'a> {
    /// The sentence's words.
    pub words: &'a [Word],
    /// How the sentence as a whole is written.
    pub style: u32,
}

impl<'a> View<'a> {
    /// Looks the sentence over.
    pub fn new(words: &'a [Word]) -> View<'a> {
        let count = |shape: Shape| words.iter().filter(|w| w.shape == shape as u8).count();
        let (lower, capital, upper) = (count(Shape::Lower), count(Shape::Capital), count(Shape::Upper));
        let style = match () {
            () if upper > 2 * (lower + capital) => 2,
            () if words.len() > 3 && capital + upper > lower => 1,
            () => 0,
        };
        View { words, style }
    }

    fn at(&self, i: usize, ahead: isize) -> &Word {
        i.checked_add_signed(ahead).and_then(|i| self.words.get(i)).unwrap_or(&Word::NONE)
    }

    /// The rows of the word at `i`, given the classes of the two words before it.
    pub fn features(&self, i: usize, before: [usize; 2], rows: &mut [u32; TEMPLATES]) {
        let [b2, b1, w, a1, a2] = [-2, -1, 0, 1, 2].map(|ahead| self.at(i, ahead));
        let style = self.style * 2 + u32::from(i == 0);
        let shape = |w: &Word| u32::from(w.shape);
        let tag1 = before[0] as u32;
        let tag2 = before[1] as u32;
        let mut rows = Rows::new(rows, &LAYOUT.0, 0);
        rows.add(w.lex_row(KNOWN[0]));
        rows.add(b1.lex_row(KNOWN[1]));
        rows.add(a1.lex_row(KNOWN[1]));
        rows.add(b2.lex_row(KNOWN[2]));
        rows.add(a2.lex_row(KNOWN[2]));
        rows.add(w.suffix4);
        rows.add(w.suffix3);
        rows.add(w.suffix2);
        rows.add(w.prefix3);
        rows.add(b1.suffix3);
        rows.add(a1.suffix3);
        rows.add(b2.suffix2);
        rows.add(a2.suffix2);
        for word in [b2, b1, w, a1, a2] {
            rows.add(word.cluster);
        }
        rows.add(((shape(b1) * SHAPES + shape(w)) * SHAPES + shape(a1)) * 6 + style);
        let spaces = u32::from(w.spaces * 2 + a1.spaces);
        rows.add(((shape(w) * SHAPES + shape(a2)) * 4 + spaces) * 6 + style);
        rows.add(tag1 * TAGS + tag2);
        rows.add(tag1 * CLUSTERS + u32::from(w.cluster));
        rows.add((tag1 * SHAPES + shape(w)) * 6 + style);
        rows.add(pair(tag1, w.suffix3.into()));
        rows.add(pair(w.cluster.into(), a1.cluster.into()));
        rows.add(pair(w.suffix3.into(), a1.cluster.into()));
        debug_assert_eq!(rows.filled(), TEMPLATES);
    }
}

fn pair(a: u32, b: u32) -> u32 {
    (a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0xC2B2_AE35) >> 19
}

/// What decides which classes a word may have: its number.
pub fn context(word: &Word) -> usize {
    word.lex.min(NUMBERED as u16).into()
}

/// Gives each token its word class.
pub fn tag(network: &Network<HIDDEN, TEMPLATES>, words: &[Word], tokens: &mut [Token]) {
    let view = View::new(words);
    let mut before = [Tag::COUNT; 2];
    let mut rows = [0; TEMPLATES];
    for (i, token) in tokens.iter_mut().enumerate() {
        let context = context(&words[i]);
        let best = network.only(context).unwrap_or_else(|| {
            view.features(i, before, &mut rows);
            let sum = network.add(*network.bias, &rows[..PLAIN], &rows[PLAIN..]);
            network.best(&Network::<HIDDEN, TEMPLATES>::cut(sum), 0, context)
        });
        token.tag = Tag::ALL[best];
        before = [best, before[0]];
    }
}
