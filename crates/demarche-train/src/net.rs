//! The network in floating point, trained by AdaGrad one example at a time, and its rounding to the integers of the model.

use demarche::syntax::network::{CEILING, OFFSET, OUT_SCALE, ROW_SCALE};

use crate::random::Random;

/// Keeps the first steps small.
const EPSILON: f32 = 1e-3;

/// Weights and their summed squared gradients.
pub(crate) struct Net<const H: usize> {
    rows: Vec<[f32; H]>,
    rows_sq: Vec<[f32; H]>,
    /// How often each feature was learned from.
    seen: Vec<u32>,
    /// Features from this one on are combinations.
    plain: usize,
    bias: [f32; H],
    bias_sq: [f32; H],
    out: Vec<[f32; H]>,
    out_sq: Vec<[f32; H]>,
    out_bias: Vec<f32>,
    out_bias_sq: Vec<f32>,
    /// Step size.
    pub(crate) rate: f32,
}

/// The hidden layer of one example, with the units that were dropped set to zero.
pub(crate) struct Hidden<const H: usize> {
    /// Values.
    pub(crate) values: [f32; H],
    /// What the values are multiplied with: 0 for a dropped unit or one below zero.
    pub(crate) mask: [f32; H],
}

impl<const H: usize> Net<H> {
    /// A net whose outcome weights are small random numbers.
    pub(crate) fn new([rows, plain]: [u32; 2], outcomes: usize, random: &mut Random) -> Net<H> {
        let mut small = |scale: f32| std::array::from_fn(|_| (random.unit() - 0.5) * scale);
        Net {
            rows: vec![[0.0; H]; rows as usize],
            rows_sq: vec![[0.0; H]; rows as usize],
            seen: vec![0; rows as usize],
            plain: plain as usize,
            bias: small(0.2).map(|b: f32| b + 0.2),
            bias_sq: [0.0; H],
            out: (0..outcomes).map(|_| small(0.4)).collect(),
            out_sq: vec![[0.0; H]; outcomes],
            out_bias: vec![0.0; outcomes],
            out_bias_sq: vec![0.0; outcomes],
            rate: 0.1,
        }
    }

    /// The hidden layer; each unit is dropped with probability `drop`.
    pub(crate) fn hidden(&self, features: &[u32], drop: f32, random: &mut Random) -> Hidden<H> {
        let mut values = self.bias;
        for &feature in features {
            let row = &self.rows[feature as usize];
            values.iter_mut().zip(row).for_each(|(v, w)| *v += w);
        }
        let keep = 1.0 / (1.0 - drop);
        let mut mask = [keep; H];
        if drop > 0.0 {
            mask.iter_mut().for_each(|m| *m = if random.unit() < drop { 0.0 } else { keep });
        }
        for (v, m) in values.iter_mut().zip(&mut mask) {
            if *v <= 0.0 || *v >= f32::from(CEILING) / ROW_SCALE {
                *m = 0.0;
            }
            *v *= *m;
        }
        Hidden { values, mask }
    }

    /// The score of an outcome.
    pub(crate) fn score(&self, hidden: &Hidden<H>, outcome: usize) -> f32 {
        self.out_bias[outcome] + hidden.values.iter().zip(&self.out[outcome]).map(|(h, w)| h * w).sum::<f32>()
    }

    /// A net that has learned nothing, as part of a model file.
    pub(crate) fn empty(rows: [u32; 2], outcomes: usize, contexts: usize) -> Vec<u8> {
        Net::<H>::new(rows, outcomes, &mut Random(0)).quantised(1, &vec![1; contexts])
    }

    /// Takes one step: `gradients` holds the loss's derivative by outcome score.
    pub(crate) fn learn(&mut self, features: &[u32], hidden: &Hidden<H>, gradients: &[(usize, f32)]) {
        let rate = self.rate;
        let mut back = [0.0; H];
        for &(outcome, g) in gradients {
            let (out, sq) = (&mut self.out[outcome], &mut self.out_sq[outcome]);
            for k in 0..H {
                back[k] += g * out[k];
                step(&mut out[k], &mut sq[k], g * hidden.values[k], rate);
            }
            step(&mut self.out_bias[outcome], &mut self.out_bias_sq[outcome], g, rate);
        }
        back.iter_mut().zip(&hidden.mask).for_each(|(b, m)| *b *= m);
        for ((bias, sq), &b) in self.bias.iter_mut().zip(&mut self.bias_sq).zip(&back) {
            step(bias, sq, b, rate);
        }
        for &feature in features {
            self.seen[feature as usize] += 1;
            let (row, sq) = (&mut self.rows[feature as usize], &mut self.rows_sq[feature as usize]);
            for k in 0..H {
                step(&mut row[k], &mut sq[k], back[k], rate);
            }
        }
    }

    /// The net as part of a model file. Combinations that were `seen` less often than that are left out.
    pub(crate) fn quantised(&self, seen: u32, choices: &[u128]) -> Vec<u8> {
        let small = |w: f32, scale: f32, limit: f32| (w * scale).round().clamp(-limit, limit);
        let byte = |w: f32| (small(w, ROW_SCALE, 127.0) as i16 + OFFSET) as u8;
        let mut rows: Vec<[u8; H]> = self.rows[..self.plain].iter().map(|row| row.map(byte)).collect();
        rows.push([OFFSET as u8; H]);
        let mut index = Vec::new();
        for (row, times) in self.rows[self.plain..].iter().zip(&self.seen[self.plain..]) {
            let row = row.map(byte);
            if *times >= seen && row != rows[self.plain] {
                index.push(rows.len() as u32);
                rows.push(row);
            } else {
                index.push(self.plain as u32);
            }
        }
        let mut bytes = Vec::from((rows.len() as u32).to_le_bytes());
        bytes.extend([0; 60]);
        bytes.extend(rows.as_flattened());
        bytes.extend(index.iter().flat_map(|row| row.to_le_bytes()));
        let bias = self.bias.map(|w| small(w, ROW_SCALE, 2000.0) as i16);
        let out = self.out.as_flattened().iter().map(|w| small(*w, OUT_SCALE, 4095.0) as i16);
        bytes.extend(bias.into_iter().chain(out).flat_map(i16::to_le_bytes));
        bytes.extend(self.out_bias.iter().flat_map(|w| (small(*w, ROW_SCALE * OUT_SCALE, 1e8) as i32).to_le_bytes()));
        bytes.extend(choices.iter().flat_map(|c| c.to_le_bytes()));
        bytes
    }
}

#[inline(always)]
fn step(weight: &mut f32, squares: &mut f32, gradient: f32, rate: f32) {
    *squares += gradient * gradient;
    *weight -= rate * gradient / (squares.sqrt() + EPSILON);
}

/// The outcome with the highest score.
pub(crate) fn highest(scores: &[(usize, f32)]) -> usize {
    scores.iter().fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0
}

/// Scores → probabilities.
pub(crate) fn softmax(scores: &[(usize, f32)]) -> Vec<(usize, f32)> {
    let highest = scores.iter().map(|s| s.1).fold(f32::MIN, f32::max);
    let mut exps: Vec<(usize, f32)> = scores.iter().map(|s| (s.0, (s.1 - highest).exp())).collect();
    let total: f32 = exps.iter().map(|e| e.1).sum();
    exps.iter_mut().for_each(|e| e.1 /= total);
    exps
}

/// Derivatives of −log of the probability that softmax gives to the `good` outcomes.
pub(crate) fn softmax_gradients(scores: &[(usize, f32)], good: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
    let mut shares = softmax(scores);
    let good_total: f32 = shares.iter().filter(|s| good(s.0)).map(|s| s.1).sum();
    for (outcome, share) in &mut shares {
        if good(*outcome) {
            *share -= *share / good_total.max(1e-30);
        }
    }
    shares
}

/// Derivatives of the cross-entropy of softmax with the probabilities `wanted`, which name the same outcomes.
pub(crate) fn soft_gradients(scores: &[(usize, f32)], wanted: &[(usize, f32)]) -> Vec<(usize, f32)> {
    softmax(scores).into_iter().zip(wanted).map(|((outcome, p), w)| (outcome, p - w.1)).collect()
}
