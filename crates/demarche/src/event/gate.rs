//! Whether a sentence is worth the judge's time: most tell no event, and most of these can be told by their words.
//!
//! The weights of `data/lexicon/asked.tsv` add up for each word, for a proposal of the patterns and for the number of parties; a sentence
//! below nothing is not shown to the judge. `training/asked.py` makes the table.

use rustc_hash::{FxHashMap, FxHashSet};

use super::propose::Context;
use crate::token::hash_lower;

const TABLE: &str = include_str!("../../data/lexicon/asked.tsv");

/// The weights, by the hash of a word.
pub(crate) struct Gate {
    words: FxHashMap<u32, f32>,
    always: f32,
    proposal: f32,
    two: f32,
    more: f32,
}

impl Gate {
    /// The gate of the built-in table.
    pub(crate) fn embedded() -> Gate {
        let mut gate = Gate { words: FxHashMap::default(), always: 0.0, proposal: 0.0, two: 0.0, more: 0.0 };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let (word, weight) = line.split_once('\t').expect("a test reads the table");
            let weight: f32 = weight.parse().expect("a test reads the table");
            match word {
                "(always)" => gate.always = weight,
                "(proposal)" => gate.proposal = weight,
                "(two parties)" => gate.two = weight,
                "(more parties)" => gate.more = weight,
                _ => {
                    gate.words.insert(hash_lower(word), weight);
                }
            }
        }
        gate
    }

    /// Whether the judge should see a sentence that names so many parties.
    pub(crate) fn lets_pass(&self, ctx: &Context<'_>, proposal: bool, parties: u8) -> bool {
        let mut seen = FxHashSet::default();
        let words: f32 = ctx.sentence.tokens.iter().filter(|t| seen.insert(t.hash)).filter_map(|t| self.words.get(&t.hash)).sum();
        let parties = match parties {
            0 | 1 => 0.0,
            2 => self.two,
            _ => self.more,
        };
        self.always + words + parties + if proposal { self.proposal } else { 0.0 } >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_prefers_what_a_pattern_proposes() {
        let gate = Gate::embedded();
        assert!(gate.words.len() > 1000);
        assert!(gate.proposal > 0.0 && gate.more > 0.0);
    }
}
