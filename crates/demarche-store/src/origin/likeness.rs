//! How much of the shorter of two texts stands in the other: what tells a reprint, however much it was cut.

use super::bands::shingles;

/// From this share on two texts are one story. A cut reprint keeps nearly all of its shingles; every word that an editor
/// changes costs up to four of them.
pub(crate) const SAME: f64 = 0.5;

/// The share of the shorter text's shingles that the longer one has, too. Both are given as folded words.
pub(crate) fn share(a: &str, b: &str) -> f64 {
    let (a, b) = (shingles(a), shingles(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    let common = short.iter().filter(|shingle| long.binary_search(shingle).is_ok()).count();
    common as f64 / short.len() as f64
}
