//! The model file: one run of bytes, used in place but for the small outcome weights.
//!
//! ```text
//! "DMSYNTAX" version  slots of the lexicon (8 bytes each)
//! per network: rows (H signed bytes each), bias (H × i16), per outcome: weights (H × i16), per outcome: bias (i32)
//! ```
//! Numbers are little-endian; how many rows and outcomes there are follows from the templates, so a file of other
//! templates does not have the right length and is refused.

use crate::{
    syntax::{SyntaxModel, lexicon::Lexicon, network::Network, parser, tagger},
    token::Tag,
};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DMSYNTAX";

impl SyntaxModel {
    /// Reads a model file. `None` when it is not one, or belongs to other feature templates.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<SyntaxModel> {
        let mut reader = Reader { bytes };
        let header = reader.chunks::<16>(1)?[0];
        let slots = u32::from_le_bytes([header[8], header[9], header[10], header[11]]) as usize;
        let templates = u32::from_le_bytes([header[12], header[13], header[14], header[15]]);
        if !header.starts_with(MAGIC) || !slots.is_power_of_two() || templates != signature() {
            return None;
        }
        let lexicon = Lexicon { slots: reader.chunks(slots)? };
        let tagger = reader.network(tagger::ROWS, Tag::COUNT)?;
        let parser = reader.network(parser::ROWS, parser::OUTCOMES)?;
        reader.bytes.is_empty().then_some(SyntaxModel { lexicon, tagger, parser })
    }
}

/// Tells feature layouts apart.
fn signature() -> u32 {
    let numbers = [tagger::ROWS, tagger::HIDDEN as u32, parser::ROWS, parser::HIDDEN as u32, parser::OUTCOMES as u32];
    numbers.iter().fold(1, |hash: u32, n| hash.wrapping_mul(16_777_619) ^ n)
}

struct Reader {
    bytes: &'static [u8],
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

    fn network<const H: usize>(&mut self, rows: u32, outcomes: usize) -> Option<Network<H>> {
        let rows = self.chunks(rows as usize)?;
        let bias = Box::new(self.shorts()?);
        let out = (0..outcomes).map(|_| self.shorts()).collect::<Option<_>>()?;
        let out_bias = self.chunks(outcomes)?.iter().map(|&b| i32::from_le_bytes(b)).collect();
        Some(Network { rows, bias, out, out_bias })
    }
}

/// Lays out a model file.
pub fn write(slots: &[[u8; 8]], networks: [&[u8]; 2]) -> Vec<u8> {
    let mut bytes = Vec::from(MAGIC);
    bytes.extend((slots.len() as u32).to_le_bytes());
    bytes.extend(signature().to_le_bytes());
    bytes.extend(slots.as_flattened());
    networks.iter().for_each(|network| bytes.extend(*network));
    bytes
}

/// Lays out one network's part of the file.
pub fn write_network<const H: usize>(rows: &[[i8; H]], bias: &[i16; H], out: &[[i16; H]], out_bias: &[i32]) -> Vec<u8> {
    let mut bytes: Vec<u8> = rows.as_flattened().iter().map(|&w| w as u8).collect();
    bytes.extend(bias.iter().chain(out.as_flattened()).flat_map(|w| w.to_le_bytes()));
    bytes.extend(out_bias.iter().flat_map(|w| w.to_le_bytes()));
    bytes
}
