//! What is known of each word before its sentence is looked at: its number, its cluster, its endings.
//!
//! Words that the treebanks have are numbered by frequency. Words of a large body of raw news and official text have a
//! cluster: words of one cluster stand in like places ("Tokyo", "Seoul"; "urged", "pressed"), so a word that no treebank
//! has is still read as its neighbours are. All other words are known by how they end and how they are written.

use crate::token::{Shape, Token};

/// How many words are numbered.
pub const NUMBERED: u32 = 10_000;
/// The number of a word that has none.
pub const NO_LEX: u16 = u16::MAX;
/// How many kinds of unnumbered words are told apart, by shape and ending; the last is for no word at all.
pub const CLASSES: u32 = 7 * 32 + 1;
/// How many clusters there are; the first is for words without one, the last for no word at all.
pub const CLUSTERS: u32 = 258;
/// How many values an ending of four, three and two letters and a beginning of three has.
pub const SUFFIX4: u32 = 4096;
/// See [`SUFFIX4`].
pub const SUFFIX3: u32 = 2048;
/// See [`SUFFIX4`].
pub const SUFFIX2: u32 = 1024;
/// See [`SUFFIX4`].
pub const PREFIX3: u32 = 2048;

/// What is known of one word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its number by frequency, or [`NO_LEX`].
    pub lex: u16,
    /// Its kind by shape and ending.
    pub class: u16,
    /// Its cluster.
    pub cluster: u16,
    /// Hashes of its last letters.
    pub suffix4: u16,
    /// The last three.
    pub suffix3: u16,
    /// The last two.
    pub suffix2: u16,
    /// The first three.
    pub prefix3: u16,
    /// How it is written.
    pub shape: u8,
    /// Bit 0: white space before it.
    pub spaces: u8,
}

impl Word {
    /// Stands for the places before and after the sentence.
    pub const NONE: Word = Word {
        lex: NO_LEX,
        class: (CLASSES - 1) as u16,
        cluster: (CLUSTERS - 1) as u16,
        suffix4: 0,
        suffix3: 0,
        suffix2: 0,
        prefix3: 0,
        shape: 7,
        spaces: 1,
    };

    /// Its row in a template that has rows of their own for the `known` most frequent words, and one per kind for the rest.
    #[inline(always)]
    pub fn lex_row(&self, known: u32) -> u32 {
        let lex = u32::from(self.lex);
        if lex < known { lex } else { known + u32::from(self.class) }
    }
}

/// Word hash → number and cluster, as laid out in the model file.
#[derive(Debug)]
pub struct Lexicon {
    /// Open addressing, a power of two of slots: hash, number and cluster, little-endian; a slot of zeros is empty.
    pub slots: &'static [[u8; 8]],
}

impl Lexicon {
    /// Fills `words` with what is known of `tokens`.
    pub fn look_up(&self, text: &str, tokens: &[Token], words: &mut Vec<Word>) {
        words.clear();
        words.extend(tokens.iter().map(|token| self.word(token.span.of(text), token)));
    }

    fn word(&self, form: &str, token: &Token) -> Word {
        let (lex, cluster) = self.find(token.hash);
        let affixes = Affixes::of(form);
        Word { lex, cluster, spaces: u8::from(token.space_before), ..affixes.word(token.shape) }
    }

    /// Number and cluster of the word with this hash.
    pub fn find(&self, hash: u32) -> (u16, u16) {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(hash, self.slots.len());
        loop {
            let s = self.slots[at];
            let (lex, cluster) = (u16::from_le_bytes([s[4], s[5]]), u16::from_le_bytes([s[6], s[7]]));
            if u32::from_le_bytes([s[0], s[1], s[2], s[3]]) == hash && (lex, cluster) != (0, 0) {
                return (if lex == 0 { NO_LEX } else { lex - 1 }, cluster);
            }
            if (lex, cluster) == (0, 0) {
                return (NO_LEX, 0);
            }
            at = (at + 1) & mask;
        }
    }
}

/// The slot at which the search for a hash begins. FNV's high bits are the better mixed.
pub fn slot_of(hash: u32, slots: usize) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 8) as usize & (slots - 1)
}

/// Hashes of a word's first and last letters, lower-cased, curly apostrophes as straight ones.
struct Affixes {
    suffix: [u32; 3],
    prefix3: u32,
}

impl Affixes {
    fn of(form: &str) -> Affixes {
        let mut suffix = [0; 3];
        let mut hash = 0x811c_9dc5_u32;
        let mut count = 0;
        for c in form.chars().rev().take(4) {
            hash = mix(hash, c);
            count += 1;
            if count >= 2 {
                suffix[count - 2] = hash;
            }
        }
        for length in count.max(1)..4 {
            suffix[length - 1] = hash.wrapping_add(length as u32 * 7919);
        }
        let prefix3 = form.chars().take(3).fold(0x811c_9dc5, mix);
        Affixes { suffix, prefix3 }
    }

    fn word(&self, shape: Shape) -> Word {
        let [two, three, four] = self.suffix;
        Word {
            class: (shape as u32 * 32 + fold(two, 32)) as u16,
            suffix2: fold(two, SUFFIX2) as u16,
            suffix3: fold(three, SUFFIX3) as u16,
            suffix4: fold(four, SUFFIX4) as u16,
            prefix3: fold(self.prefix3, PREFIX3) as u16,
            shape: shape as u8,
            ..Word::NONE
        }
    }
}

fn mix(hash: u32, c: char) -> u32 {
    let letter = match c {
        '’' | '`' => '\'',
        '0'..='9' => '0',
        c => c.to_ascii_lowercase(),
    };
    (hash ^ letter as u32).wrapping_mul(0x0100_0193)
}

fn fold(hash: u32, values: u32) -> u32 {
    (hash.wrapping_mul(0x9E37_79B1) >> 12) % values
}
