//! The arc-hybrid transition system: a stack, a buffer, three moves, and what is known of each word so far.
//!
//! Words are counted from 1 here, so that 0 can stand for "no word"; the node 0 holds what its features look like.

use crate::{
    syntax::{hinter::NO_HINT, lexicon::Word},
    token::{Rel, Tag, Token},
};

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Move {
    /// The buffer's first word goes onto the stack.
    Shift,
    /// The stack's top depends on the buffer's first word.
    Left,
    /// The stack's top depends on the word beneath it.
    Right,
}

impl Move {
    /// All moves, each at its own number.
    pub const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// No relation yet.
pub const NO_REL: u8 = Rel::COUNT as u8;
/// No tag: beyond the sentence.
pub const NO_TAG: u8 = Tag::COUNT as u8;

/// A word and its place in the tree as far as it is built.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What the lexicon knows.
    pub word: Word,
    /// Its word class.
    pub tag: u8,
    /// Its relation, once it has a head.
    pub rel: u8,
    /// How many dependents it has to the left …
    pub lefts: u8,
    /// … and to the right.
    pub rights: u8,
    /// Which groups of relations its dependents have ([`group`]).
    pub groups: u8,
    /// Its head, once it has one.
    pub head: u16,
    /// Its leftmost dependent and the one after it.
    pub left: [u16; 2],
    /// Its rightmost dependent and the one before it.
    pub right: [u16; 2],
    /// The last word of the noun phrase that begins at this word or goes on here; itself when there is none.
    pub phrase: u16,
    /// The next verb or auxiliary from here on, 0 for none.
    pub verb: u16,
    /// The hinter's guess at its relation and its head's side.
    pub hint: u8,
}

impl Node {
    const NONE: Node = Node {
        word: Word::NONE,
        tag: NO_TAG,
        rel: NO_REL,
        lefts: 0,
        rights: 0,
        groups: 0,
        head: 0,
        left: [0; 2],
        right: [0; 2],
        phrase: 0,
        verb: 0,
        hint: NO_HINT,
    };
}

/// Where the parsing of one sentence stands.
#[derive(Debug, Default)]
pub struct State {
    /// The words, after one that stands for none.
    pub nodes: Vec<Node>,
    /// Words that still need a head.
    pub stack: Vec<u16>,
    /// The buffer's first word; past the last word when the buffer is empty.
    pub next: usize,
}

impl State {
    /// Begins a sentence.
    pub fn start(&mut self, words: &[Word], tokens: &[Token]) {
        self.nodes.clear();
        self.nodes.push(Node::NONE);
        self.nodes.extend(words.iter().zip(tokens).map(|(&word, token)| Node { word, tag: token.tag as u8, ..Node::NONE }));
        self.stack.clear();
        self.next = 1;
        self.find_phrases();
    }

    /// For each word, the last word of the noun phrase that it, or the preposition before it, may begin.
    fn find_phrases(&mut self) {
        for i in (1..self.nodes.len()).rev() {
            let goes_on = self.nodes.get(i + 1).is_some_and(|next| links(&self.nodes[i], next));
            let tag = Tag::ALL[usize::from(self.nodes[i].tag)];
            let verb = if tag.is_verb() || tag == Tag::Aux { i as u16 } else { self.nodes.get(i + 1).map_or(0, |next| next.verb) };
            self.nodes[i].verb = verb;
            self.nodes[i].phrase = if goes_on { self.nodes[i + 1].phrase } else { i as u16 };
        }
    }

    /// Whether the tree is complete.
    pub fn is_done(&self) -> bool {
        self.next >= self.nodes.len() && self.stack.len() <= 1
    }

    /// Whether a move is possible.
    #[inline(always)]
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.nodes.len(),
            Move::Left => self.next < self.nodes.len() && !self.stack.is_empty(),
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// The word that is `depth` beneath the stack's top, 0 for none.
    #[inline(always)]
    pub fn stacked(&self, depth: usize) -> usize {
        let at = self.stack.len().checked_sub(depth + 1);
        at.map_or(0, |at| usize::from(self.stack[at]))
    }

    /// The word that is `ahead` words after the buffer's first, 0 for none.
    #[inline(always)]
    pub fn buffered(&self, ahead: usize) -> usize {
        let at = self.next + ahead;
        if at < self.nodes.len() { at } else { 0 }
    }

    /// Head and dependent of the arc that a move would draw.
    pub fn arc(&self, step: Move) -> Option<(usize, usize)> {
        match step {
            Move::Shift => None,
            Move::Left => Some((self.next, self.stacked(0))),
            Move::Right => Some((self.stacked(1), self.stacked(0))),
        }
    }

    /// Makes a move; `rel` is the relation of the arc that it draws.
    #[inline(always)]
    pub fn apply(&mut self, step: Move, rel: u8) {
        let Some((head, dependent)) = self.arc(step) else {
            self.stack.push(self.next as u16);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let node = &mut self.nodes[head];
        node.groups |= group(rel);
        if step == Move::Left {
            node.left = [dependent as u16, node.left[0]];
            node.lefts = node.lefts.saturating_add(1);
        } else {
            node.right = [dependent as u16, node.right[0]];
            node.rights = node.rights.saturating_add(1);
        }
        self.nodes[dependent].head = head as u16;
        self.nodes[dependent].rel = rel;
    }
}

/// Whether a noun phrase goes on from one word to the next.
fn links(word: &Node, next: &Node) -> bool {
    let part = |node: &Node| {
        let tag = Tag::ALL[usize::from(node.tag)];
        let hyphen = tag == Tag::Punct && node.word.spaces == 0;
        tag.is_noun() || hyphen || matches!(tag, Tag::Adj | Tag::Num | Tag::Sym | Tag::Part)
    };
    let begins = |node: &Node| matches!(Tag::ALL[usize::from(node.tag)], Tag::Det | Tag::Pron);
    let leads = begins(word) || Tag::ALL[usize::from(word.tag)] == Tag::Adp;
    part(next) && (part(word) || leads) || leads && !begins(word) && begins(next)
}

/// The group of a relation, one bit each: what a word already has tells what it still wants.
pub fn group(rel: u8) -> u8 {
    const GROUPS: [u8; Rel::COUNT + 1] = {
        let mut groups = [0; Rel::COUNT + 1];
        let mut i = 0;
        while i < Rel::COUNT {
            groups[i] = match Rel::ALL[i] {
                Rel::Nsubj | Rel::NsubjPass | Rel::Csubj | Rel::Expl => 1,
                Rel::Obj | Rel::Iobj => 2,
                Rel::Ccomp | Rel::Xcomp => 4,
                Rel::Aux | Rel::Cop => 8,
                Rel::AuxPass => 16,
                Rel::Mark | Rel::Case => 32,
                Rel::Conj | Rel::Cc => 64,
                Rel::Det | Rel::NmodPoss | Rel::Obl => 128,
                _ => 0,
            };
            i += 1;
        }
        groups
    };
    GROUPS[usize::from(rel)]
}
