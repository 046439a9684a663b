//! A network of one hidden layer in integers: rows of weights, one per feature, added up; what is negative cut off.

use std::hint::black_box;

/// Weights of a network with `H` hidden units and `T` feature templates.
#[derive(Debug)]
pub struct Network<const H: usize, const T: usize> {
    /// One row of bytes per feature, each weight plus 128; the row after the last plain one is of zeros.
    pub rows: &'static [[u8; H]],
    /// Features from this one on are combinations, of which only those that training saw have a row.
    pub plain: u32,
    /// The row of each combination, little-endian.
    pub index: &'static [[u8; 4]],
    /// Where the sum begins: less the 128 of each of the `T` rows.
    pub bias: Box<[i16; H]>,
    /// Weights of each outcome.
    pub out: Vec<[i16; H]>,
    /// Where each outcome's score begins.
    pub out_bias: Vec<i32>,
    /// By context, the outcomes that training saw in it: one bit each, little-endian.
    pub choices: &'static [[u8; 16]],
}

/// What one unit of a row's weight is: `1 / ROW_SCALE`.
pub const ROW_SCALE: f32 = 64.0;
/// What one unit of an outcome's weight is.
pub const OUT_SCALE: f32 = 256.0;
/// A hidden unit's highest value.
pub const CEILING: i16 = 2047;

/// What is added to each weight of a row to make it a byte without sign.
pub const OFFSET: i16 = 128;

impl<const H: usize, const T: usize> Network<H, T> {
    /// `sum` with the rows of these features added: those of single words, and combinations.
    #[inline(always)]
    pub fn add(&self, mut sum: [i16; H], plain: &[u32], combinations: &[u32]) -> [i16; H] {
        let mut rows = [0; T];
        let rows = &mut rows[..plain.len() + combinations.len()];
        rows[..plain.len()].copy_from_slice(plain);
        for (row, feature) in rows[plain.len()..].iter_mut().zip(combinations) {
            *row = u32::from_le_bytes(self.index[(feature - self.plain) as usize]);
        }
        // Reading a byte of each row first brings all rows from memory at the same time.
        black_box(rows.iter().fold(0, |seen, &row| seen | self.rows[row as usize][0]));
        for &mut row in rows {
            for (s, &w) in sum.iter_mut().zip(&self.rows[row as usize]) {
                *s = s.wrapping_add(i16::from(w));
            }
        }
        sum
    }

    /// A sum of rows → the hidden layer.
    #[inline(always)]
    pub fn cut(mut sum: [i16; H]) -> [i16; H] {
        for s in &mut sum {
            *s = (*s).clamp(0, CEILING);
        }
        sum
    }

    /// The score of one outcome. Cannot overflow: 2^11 (hidden) × 2^12 (weight) × 2^7 (units) < 2^31.
    #[inline(always)]
    pub fn score(&self, hidden: &[i16; H], outcome: usize) -> i32 {
        let products = hidden.iter().zip(&self.out[outcome]).map(|(&h, &w)| i32::from(h) * i32::from(w));
        self.out_bias[outcome] + products.sum::<i32>()
    }

    /// The best of the outcomes that training saw in this context, counted from `first`; the earlier of equals.
    #[inline(always)]
    pub fn best(&self, hidden: &[i16; H], first: usize, context: usize) -> usize {
        let mut left = u128::from_le_bytes(self.choices[context]);
        let mut best = (i32::MIN, left.trailing_zeros() as usize);
        if left.is_power_of_two() {
            return best.1;
        }
        while left != 0 {
            let outcome = left.trailing_zeros() as usize;
            left &= left - 1;
            let score = self.score(hidden, first + outcome);
            if score > best.0 {
                best = (score, outcome);
            }
        }
        best.1
    }

    /// The only outcome that training saw in this context, if there is but one.
    pub fn only(&self, context: usize) -> Option<usize> {
        let choices = u128::from_le_bytes(self.choices[context]);
        choices.is_power_of_two().then(|| choices.trailing_zeros() as usize)
    }
}
