//! The network in floating point, trained by AdaGrad one example at a time, and its rounding to the integers of the model.

use demarche::syntax::{
    model,
    network::{CEILING, OUT_SCALE, ROW_SCALE},
};

use crate::random::Random;

/// Keeps the first steps small.
const EPSILON: f32 = 1e-3;

/// Weights and their summed squared gradients.
pub(crate) struct Net<const H: usize> {
    rows: Vec<[f32; H]>,
    rows_sq: Vec<[f32; H]>,
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
    pub(crate) fn new(rows: u32, outcomes: usize, random: &mut Random) -> Net<H> {
        let mut small = |scale: f32| std::array::from_fn(|_| (random.unit() - 0.5) * scale);
        Net {
            rows: vec![[0.0; H]; rows as usize],
            rows_sq: vec![[0.0; H]; rows as usize],
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

    /// Takes one step: `gradients` holds the loss's derivative by outcome score.
    pub(crate) fn learn(&mut self, features: &[u32], hidden: &Hidden<H>, gradients: &[(usize, f32)]) {
        let rate = self.rate;
        let mut back = [0.0; H];
        for &(outcome, g) in gradients {
            let (out, sq) = (&mut self.out[outcome], &mut self.out_sq[outcome]);
            for k in 0..H {
                back[k] += g * out[k];
                step(&mut out[k], &mut sq[k], g * hidden.values[k], rate * 0.3);
            }
            step(&mut self.out_bias[outcome], &mut self.out_bias_sq[outcome], g, rate);
        }
        back.iter_mut().zip(&hidden.mask).for_each(|(b, m)| *b *= m);
        for k in 0..H {
            step(&mut self.bias[k], &mut self.bias_sq[k], back[k], rate);
        }
        for &feature in features {
            let (row, sq) = (&mut self.rows[feature as usize], &mut self.rows_sq[feature as usize]);
            for k in 0..H {
                step(&mut row[k], &mut sq[k], back[k], rate);
            }
        }
    }

    /// The net as part of a model file.
    pub(crate) fn quantised(&self) -> Vec<u8> {
        let small = |w: f32, scale: f32, limit: f32| (w * scale).round().clamp(-limit, limit);
        let rows: Vec<[i8; H]> = self.rows.iter().map(|row| row.map(|w| small(w, ROW_SCALE, 127.0) as i8)).collect();
        let bias = self.bias.map(|w| small(w, ROW_SCALE, 2000.0) as i16);
        let out: Vec<[i16; H]> = self.out.iter().map(|row| row.map(|w| small(w, OUT_SCALE, 4095.0) as i16)).collect();
        let out_bias: Vec<i32> = self.out_bias.iter().map(|w| small(*w, ROW_SCALE * OUT_SCALE, 1e8) as i32).collect();
        model::write_network(&rows, &bias, &out, &out_bias)
    }
}

#[inline(always)]
fn step(weight: &mut f32, squares: &mut f32, gradient: f32, rate: f32) {
    *squares += gradient * gradient;
    *weight -= rate * gradient / (squares.sqrt() + EPSILON);
}

/// Derivatives of −log of the probability that softmax gives to the `good` outcomes among `outcomes`.
pub(crate) fn softmax_gradients(scores: &[(usize, f32)], good: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
    let highest = scores.iter().map(|s| s.1).fold(f32::MIN, f32::max);
    let exps: Vec<f32> = scores.iter().map(|s| (s.1 - highest).exp()).collect();
    let total: f32 = exps.iter().sum();
    let good_total: f32 = scores.iter().zip(&exps).filter(|(s, _)| good(s.0)).map(|(_, e)| e).sum();
    let share = |outcome: usize, e: f32| e / total - if good(outcome) { e / good_total.max(1e-30) } else { 0.0 };
    scores.iter().zip(&exps).map(|(&(outcome, _), &e)| (outcome, share(outcome, e))).collect()
}
