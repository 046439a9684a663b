//! [`Sentence`](crate::sentence::Sentence) text → [`Token`]s: words, their class, and how they hang together.
//!
//! Tokens follow Universal Dependencies (English): "don't" is *do* and *n't*, "Japan's" is *Japan* and *'s*, and a
//! hyphen between letters is a token of its own ("Jae-myung" is *Jae*, *-*, *myung*), but "U.S." is one.

use crate::span::Span;

mod abbreviation;
mod shape;
pub mod split;

pub use split::tokenize;

/// A word, number or mark of punctuation, with what the tagger and the parser found out about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the canonical text.
    pub span: Span,
    /// Hash of the lower-cased form ([`hash_lower`]); the parser's and the vocabulary's key.
    pub hash: u32,
    /// Capital first letter, all capitals, digits …
    pub shape: Shape,
    /// Whether white space stands before it.
    pub space_before: bool,
    /// Word class.
    pub tag: Tag,
    /// Index in the sentence of the word it depends on; its own index for the root.
    pub head: u16,
    /// How it depends on its head.
    pub rel: Rel,
    /// The lower-cased form in the reader's vocabulary; [`WordId::UNKNOWN`] for words no rule knows.
    pub word: WordId,
    /// The lemma in the reader's vocabulary, by word class; equals `word` for uninflected forms.
    pub lemma: WordId,
}

impl Token {
    /// The token at `span` of `text`: hash and shape are read off its form, the rest waits for later steps.
    pub fn new(text: &str, span: Span, space_before: bool) -> Token {
        let form = span.of(text);
        Token {
            span,
            hash: hash_lower(form),
            shape: shape::of(form),
            space_before,
            tag: Tag::default(),
            head: 0,
            rel: Rel::default(),
            word: WordId::UNKNOWN,
            lemma: WordId::UNKNOWN,
        }
    }
}

/// Index of a word in the reader's vocabulary: every word that a data file names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no data file names.
    pub const UNKNOWN: WordId = WordId(0);
}

/// How a token is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// `word`
    #[default]
    Lower,
    /// `Word`
    Capital,
    /// `WORD` (two letters or more), `U.S.`
    Upper,
    /// `iPhone`, `McDonald`
    Mixed,
    /// `2025`, `1,000`, `3.5`
    Number,
    /// `G7`, `11th`
    Alphanumeric,
    /// `,`
    Punctuation,
}

/// Word classes: the universal ones, with the English verb forms that the reading needs told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of Universal Dependencies and the Penn treebank")]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    NounPlural,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    /// Base form: *to meet*, *will meet*
    VerbBase,
    /// Present: *meets*, *meet*
    VerbPresent,
    /// Past: *met*
    VerbPast,
    /// Past participle: *has met*, *was invited*
    VerbParticiple,
    /// *-ing* form
    VerbGerund,
    #[default]
    X,
}

impl Tag {
    /// How many word classes there are.
    pub const COUNT: usize = 22;

    /// All word classes, each at its own number.
    #[rustfmt::skip]
    pub const ALL: [Tag; Tag::COUNT] = [
        Tag::Adj, Tag::Adp, Tag::Adv, Tag::Aux, Tag::Cconj, Tag::Det, Tag::Intj, Tag::Noun, Tag::NounPlural, Tag::Num, Tag::Part,
        Tag::Pron, Tag::Propn, Tag::Punct, Tag::Sconj, Tag::Sym, Tag::VerbBase, Tag::VerbPresent, Tag::VerbPast, Tag::VerbParticiple,
        Tag::VerbGerund, Tag::X,
    ];

    /// Any form of a full verb.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::VerbBase | Tag::VerbPresent | Tag::VerbPast | Tag::VerbParticiple | Tag::VerbGerund)
    }

    /// Common or proper noun.
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::NounPlural | Tag::Propn)
    }
}

/// Dependency relations of Universal Dependencies, subtypes kept where the reading needs them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Rel {
    Root,
    Nsubj,
    NsubjPass,
    Obj,
    Iobj,
    Csubj,
    Ccomp,
    Xcomp,
    Obl,
    /// `obl:agent`: *by* in a passive
    OblAgent,
    /// `obl:tmod`, `obl:unmarked` of time
    OblTmod,
    Advcl,
    AdvclRelcl,
    Advmod,
    Discourse,
    Vocative,
    Expl,
    Aux,
    AuxPass,
    Cop,
    Mark,
    Nmod,
    /// `nmod:poss`
    NmodPoss,
    Appos,
    Nummod,
    Acl,
    /// `acl:relcl`
    AclRelcl,
    Amod,
    Det,
    Case,
    Conj,
    Cc,
    /// `compound`
    Compound,
    /// `compound:prt`
    CompoundPrt,
    Flat,
    Fixed,
    Parataxis,
    List,
    Punct,
    #[default]
    Dep,
}

impl Rel {
    /// How many relations there are.
    pub const COUNT: usize = 40;

    /// All relations, each at its own number.
    #[rustfmt::skip]
    pub const ALL: [Rel; Rel::COUNT] = [
        Rel::Root, Rel::Nsubj, Rel::NsubjPass, Rel::Obj, Rel::Iobj, Rel::Csubj, Rel::Ccomp, Rel::Xcomp, Rel::Obl, Rel::OblAgent,
        Rel::OblTmod, Rel::Advcl, Rel::AdvclRelcl, Rel::Advmod, Rel::Discourse, Rel::Vocative, Rel::Expl, Rel::Aux, Rel::AuxPass,
        Rel::Cop, Rel::Mark, Rel::Nmod, Rel::NmodPoss, Rel::Appos, Rel::Nummod, Rel::Acl, Rel::AclRelcl, Rel::Amod, Rel::Det, Rel::Case,
        Rel::Conj, Rel::Cc, Rel::Compound, Rel::CompoundPrt, Rel::Flat, Rel::Fixed, Rel::Parataxis, Rel::List, Rel::Punct, Rel::Dep,
    ];
}

/// FNV-1a over the lower-cased bytes of a form; ASCII is lowered byte by byte, other letters by Unicode rules.
pub fn hash_lower(form: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    each_lower_byte(form, |byte| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash
}

/// Calls `add` for each byte of the lower-cased form, without making it.
pub(crate) fn each_lower_byte(form: &str, mut add: impl FnMut(u8)) {
    if form.is_ascii() {
        form.bytes().for_each(|b| add(b.to_ascii_lowercase()));
    } else {
        form.chars().flat_map(char::to_lowercase).for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut add));
    }
}
