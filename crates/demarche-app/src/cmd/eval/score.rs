//! Precision, recall, F1, macro averages, confusion and bootstrap intervals.

use std::collections::BTreeMap;

/// Counts of right, superfluous and missing answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) right: usize,
    pub(super) superfluous: usize,
    pub(super) missing: usize,
}

impl Counts {
    /// Compares two lists as sets.
    pub(super) fn add<T: PartialEq>(&mut self, gold: &[T], found: &[T]) {
        let right = gold.iter().filter(|g| found.contains(g)).count();
        self.right += right;
        self.missing += gold.len() - right;
        self.superfluous += found.iter().filter(|f| !gold.contains(f)).count();
    }

    pub(super) fn precision(self) -> f64 {
        ratio(self.right, self.right + self.superfluous)
    }

    pub(super) fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missing)
    }

    pub(super) fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.superfluous + self.missing)
    }
}

/// A share; 0 where there is nothing to share.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Expected calibration error over ten equal bins (Guo et al. 2017): how far what is said to be sure is from how often it is right.
pub(super) fn calibration_error(said: &[(f32, bool)]) -> f64 {
    let mut bins = [(0.0_f64, 0_usize, 0_usize); 10];
    for &(sure, right) in said {
        let bin = &mut bins[((sure * 10.0) as usize).min(9)];
        bin.0 += f64::from(sure);
        bin.1 += usize::from(right);
        bin.2 += 1;
    }
    let off: f64 = bins.iter().map(|&(sure, right, _)| (sure - right as f64).abs()).sum();
    if said.is_empty() { 0.0 } else { off / said.len() as f64 }
}

/// Slope and offset that bring the log odds of what was said nearest to what was right (Platt 1999), by Newton's method; 1 and 0 where
/// nothing is to be learnt. A weak pull towards them keeps few answers from fitting themselves.
pub(super) fn platt(said: &[(f32, bool)]) -> [f64; 2] {
    const PULL: f64 = 0.5;
    let [mut slope, mut offset] = [1.0_f64, 0.0_f64];
    for _ in 0..50 {
        // Gradient and Hessian of the penalised log loss.
        let (mut g, mut h) = ([PULL * (slope - 1.0), PULL * offset], [PULL, 0.0, PULL]);
        for &(sure, right) in said {
            let sure = f64::from(sure).clamp(1e-4, 1.0 - 1e-4);
            let odds = (sure / (1.0 - sure)).ln();
            let p = 1.0 / (1.0 + (-(slope * odds + offset)).exp());
            let (error, weight) = (p - f64::from(u8::from(right)), p * (1.0 - p));
            g = [g[0] + error * odds, g[1] + error];
            h = [h[0] + weight * odds * odds, h[1] + weight * odds, h[2] + weight];
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        slope -= (h[2] * g[0] - h[1] * g[1]) / determinant;
        offset -= (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    [slope, offset]
}

/// F1 of each gold label.
pub(super) fn per_label(pairs: &[(String, String)]) -> BTreeMap<String, (Counts, usize)> {
    let mut table: BTreeMap<String, (Counts, usize)> = BTreeMap::new();
    for (gold, found) in pairs {
        table.entry(gold.clone()).or_default().1 += 1;
        if gold == found {
            table.entry(gold.clone()).or_default().0.right += 1;
        } else {
            table.entry(gold.clone()).or_default().0.missing += 1;
            table.entry(found.clone()).or_default().0.superfluous += 1;
        }
    }
    table
}

/// Mean F1 over the labels that the gold has.
pub(super) fn macro_f1(pairs: &[(String, String)]) -> f64 {
    let table = per_label(pairs);
    let gold: Vec<f64> = table.values().filter(|(_, n)| *n > 0).map(|(counts, _)| counts.f1()).collect();
    if gold.is_empty() { 0.0 } else { gold.iter().sum::<f64>() / gold.len() as f64 }
}

/// The 95 per cent percentile interval of a figure over 1,000 resamples. The sequence of draws is fixed.
pub(super) fn bootstrap<T: Clone>(items: &[T], figure: impl Fn(&[T]) -> f64) -> [f64; 2] {
    const SAMPLES: usize = 1000;
    if items.is_empty() {
        return [0.0, 0.0];
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        // SplitMix64 (Steele, Lea and Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut figures: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sample: Vec<T> = (0..items.len()).map(|_| items[(next() % items.len() as u64) as usize].clone()).collect();
            figure(&sample)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    [figures[SAMPLES / 40], figures[SAMPLES - SAMPLES / 40 - 1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_eighty_and_is_right_four_times_in_five_is_calibrated() {
        let four_in_five: Vec<(f32, bool)> = (0..10).map(|i| (0.8, i % 5 > 0)).collect();
        assert!(calibration_error(&four_in_five) < 1e-6);
        assert!((calibration_error(&[(1.0, false), (1.0, true)]) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn platt_takes_back_what_was_said_too_surely() {
        // Said: 0.9 and 0.6; right: three of four, and one of two.
        let said: Vec<(f32, bool)> = (0..800).map(|i| (0.9, i % 4 > 0)).chain((0..800).map(|i| (0.6, i % 2 > 0))).collect();
        let [slope, offset] = platt(&said);
        let scaled = |p: f64| 1.0 / (1.0 + (-(slope * (p / (1.0 - p)).ln() + offset)).exp());
        assert!((scaled(0.9) - 0.75).abs() < 0.01 && (scaled(0.6) - 0.5).abs() < 0.01);
        assert_eq!(platt(&[]), [1.0, 0.0]);
    }

    #[test]
    fn figures_by_hand() {
        let mut counts = Counts::default();
        counts.add(&["a", "b", "c"], &["b", "c", "d"]);
        assert_eq!(counts, Counts { right: 2, superfluous: 1, missing: 1 });
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-9);
        let pairs: Vec<(String, String)> =
            [("x", "x"), ("x", "y"), ("y", "y"), ("y", "z")].iter().map(|(g, f)| ((*g).to_owned(), (*f).to_owned())).collect();
        // x: 2·1/(2+0+1) = 2/3; y: 2·1/(2+1+1) = 1/2; z is no gold label.
        assert!((macro_f1(&pairs) - (2.0 / 3.0 + 0.5) / 2.0).abs() < 1e-9);
        let interval = bootstrap(&[1.0, 0.0, 1.0, 1.0], |sample| sample.iter().sum::<f64>() / sample.len() as f64);
        assert!(interval[0] <= 0.75 && 0.75 <= interval[1]);
        assert_eq!(interval, bootstrap(&[1.0, 0.0, 1.0, 1.0], |sample| sample.iter().sum::<f64>() / sample.len() as f64));
    }
}
