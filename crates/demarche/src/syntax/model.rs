//! The model file: one run of bytes, used in place but for the small outcome weights.
//!
//! ```text
//! "DMSYNTAX", number of slots (u32), signature of the templates (u32), zeros up to 64 bytes, slots of the lexicon (8 bytes each)
//! per network (tagger, hinter, parser):
//!   from the next multiple of 64: number of rows (u32), zeros up to 64 bytes, rows (H bytes each, weight + 128), row of each combination (u32 each),
//!   bias (H × i16), per outcome: weights (H × i16), per outcome: bias (i32), per context: choices (16 bytes)
//! ```
//! Numbers are little-endian; how many combinations, outcomes and contexts there are follows from the templates, of which
//! the file holds a signature, so that a file of other templates is refused.

use crate::{
    syntax::{
        SyntaxModel, hinter,
        lexicon::{CLASSES, CLUSTERS, Lexicon},
        network::{Network, OFFSET},
        parser, tagger,
    },
    token::Tag,
};

/// Bytes that begin where a cache line does, so that a row of 64 bytes is one line.
#[derive(Debug)]
#[repr(align(64))]
pub struct Aligned<T>(pub T);

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DMSYNTAX";

impl SyntaxModel {
    /// Reads a model file. `None` when it is not one, or belongs to other feature templates.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<SyntaxModel> {
        let mut reader = Reader { bytes, length: bytes.len() };
        let header = reader.chunks::<64>(1)?[0];
        let slots = u32::from_le_bytes([header[8], header[9], header[10], header[11]]) as usize;
        let templates = u32::from_le_bytes([header[12], header[13], header[14], header[15]]);
        if !header.starts_with(MAGIC) || !slots.is_power_of_two() || templates != signature() {
            return None;
        }
        let lexicon = Lexicon { slots: reader.chunks(slots)? };
        let tagger = reader.network(tagger::ROWS, Tag::COUNT, tagger::CONTEXTS)?;
        let hinter = reader.network(hinter::ROWS, hinter::OUTCOMES, Tag::COUNT)?;
        let parser = reader.network(parser::ROWS, parser::OUTCOMES, parser::CONTEXTS)?;
        reader.bytes.is_empty().then_some(SyntaxModel { lexicon, tagger, hinter, parser })
    }
}

/// To be raised when templates change in a way that the sizes do not show.
const VERSION: u32 = 2;

/// Tells feature layouts apart.
fn signature() -> u32 {
    let numbers = [
        tagger::ROWS[0],
        tagger::ROWS[1],
        hinter::ROWS[0],
        hinter::ROWS[1],
        parser::ROWS[0],
        parser::ROWS[1],
        VERSION,
        tagger::HIDDEN as u32,
        hinter::HIDDEN as u32,
        parser::HIDDEN as u32,
        CLUSTERS,
        CLASSES,
    ];
    numbers.iter().fold(1, |hash: u32, n| hash.wrapping_mul(16_777_619) ^ n)
}

struct Reader {
    bytes: &'static [u8],
    length: usize,
}

impl Reader {
    fn chunks<const N: usize>(&mut self, count: usize) -> Option<&'static [[u8; N]]> {
        let (head, tail) = self.bytes.split_at_checked(count.checked_mul(N)?)?;
        self.bytes = tail;
        Some(head.as_chunks().0)
    }

    fn shorts<const H: usize>(&mut self) -> Option<[i16; H]> {
        let bytes = self.chunks::<2>(H)?;
        Some(std::array::from_fn(|i| i16::from_le_bytes(bytes[i])))
    }

    fn network<const H: usize, const T: usize>(
        &mut self,
        [features, plain]: [u32; 2],
        outcomes: usize,
        contexts: usize,
    ) -> Option<Network<H, T>> {
        let read = self.length - self.bytes.len();
        self.chunks::<1>(read.next_multiple_of(64) - read)?;
        let head = self.chunks::<64>(1)?[0];
        let rows = self.chunks(u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize)?;
        let index = self.chunks::<4>((features - plain) as usize)?;
        if rows.len() <= plain as usize || index.iter().any(|&row| u32::from_le_bytes(row) as usize >= rows.len()) {
            return None;
        }
        let bias = Box::new(self.shorts()?.map(|b| b.wrapping_sub(OFFSET * T as i16)));
        let out = (0..outcomes).map(|_| self.shorts()).collect::<Option<_>>()?;
        let out_bias = self.chunks(outcomes)?.iter().map(|&b| i32::from_le_bytes(b)).collect();
        Some(Network { rows, plain, index, bias, out, out_bias, choices: self.chunks(contexts)? })
    }
}

/// Lays out a model file.
pub fn write(slots: &[[u8; 8]], networks: [&[u8]; 3]) -> Vec<u8> {
    let mut bytes = Vec::from(MAGIC);
    bytes.extend((slots.len() as u32).to_le_bytes());
    bytes.extend(signature().to_le_bytes());
    bytes.resize(64, 0);
    bytes.extend(slots.as_flattened());
    for network in networks {
        bytes.resize(bytes.len().next_multiple_of(64), 0);
        bytes.extend(network);
    }
    bytes
}
