//! A network of one hidden layer in integers: rows of weights, one per feature, added up; what is negative cut off.

/// Weights of a network with `H` hidden units.
#[derive(Debug)]
pub struct Network<const H: usize> {
    /// One row of signed bytes per feature.
    pub rows: &'static [[u8; H]],
    /// Where the sum begins.
    pub bias: Box<[i16; H]>,
    /// Weights of each outcome.
    pub out: Vec<[i16; H]>,
    /// Where each outcome's score begins.
    pub out_bias: Vec<i32>,
}

/// What one unit of a row's weight is: `1 / ROW_SCALE`.
pub const ROW_SCALE: f32 = 64.0;
/// What one unit of an outcome's weight is.
pub const OUT_SCALE: f32 = 256.0;
/// A hidden unit's highest value.
pub const CEILING: i16 = 2047;

impl<const H: usize> Network<H> {
    /// The hidden layer for these features.
    #[inline(always)]
    pub fn hidden(&self, features: &[u32]) -> [i16; H] {
        let mut sum = *self.bias;
        for &feature in features {
            let row = &self.rows[feature as usize];
            for (s, &w) in sum.iter_mut().zip(row) {
                *s = s.wrapping_add(i16::from(w as i8));
            }
        }
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

    /// The best of the outcomes from `first` to `first + count`, counted from `first`; the earlier of equals.
    #[inline(always)]
    pub fn best(&self, hidden: &[i16; H], first: usize, count: usize) -> usize {
        let mut best = (i32::MIN, 0);
        for i in 0..count {
            let score = self.score(hidden, first + i);
            if score > best.0 {
                best = (score, i);
            }
        }
        best.1
    }
}
