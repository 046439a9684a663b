//! MinHash over word shingles: near duplicates fall into a common band with high probability, others hardly ever.
//!
//! A text's shingles are its runs of [`RUN`] words. Of each of 72 hash functions the least value over all shingles is
//! taken; two texts agree in one of these with the probability of their Jaccard likeness. Three of them make a band, and two
//! texts are compared when one of the 24 bands is the same: at a likeness of 0.5 in 96 of 100 cases, at 0.02 in one of 5,000.
//!
//! A story that was cut to a third is not very like the whole one; but news is cut from the end. So the first [`LEAD`] words
//! have bands of their own.

/// Words in a shingle.
pub(crate) const RUN: usize = 4;
const BANDS: usize = 24;
const ROWS: usize = 3;
/// Texts of fewer words are not compared: they share their few words by chance.
const SHORTEST: usize = 20;
/// Words of the beginning that is compared by itself.
const LEAD: usize = 80;

/// The bands of a text, given as its folded words with blanks between.
pub(crate) fn bands(words: &str) -> Vec<i64> {
    let hashes = hashes(words);
    if hashes.len() < SHORTEST {
        return Vec::new();
    }
    let mut bands = of(&runs(&hashes), 0);
    bands.extend(of(&runs(&hashes[..hashes.len().min(LEAD)]), 1));
    bands
}

/// The bands of some shingles, of the whole (0) or of the beginning (1).
fn of(shingles: &[u64], part: u64) -> Vec<i64> {
    let mut least = [u64::MAX; BANDS * ROWS];
    for shingle in shingles {
        for (n, least) in least.iter_mut().enumerate() {
            *least = (*least).min(mix(shingle ^ mix(n as u64 + 1)));
        }
    }
    let band = |(n, rows): (usize, &[u64])| rows.iter().fold((part << 32) | n as u64, |hash, row| mix(hash ^ row)) as i64;
    least.chunks(ROWS).enumerate().map(band).collect()
}

/// The hashes of all runs of [`RUN`] words, sorted, each once.
pub(crate) fn shingles(words: &str) -> Vec<u64> {
    runs(&hashes(words))
}

fn hashes(words: &str) -> Vec<u64> {
    words.split(' ').filter(|word| !word.is_empty()).map(hash).collect()
}

fn runs(hashes: &[u64]) -> Vec<u64> {
    let mut runs: Vec<u64> = hashes.windows(RUN).map(|run| run.iter().fold(0, |hash: u64, word| mix(hash.rotate_left(5) ^ word))).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Spreads every bit over all others (the finisher of SplitMix64).
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
