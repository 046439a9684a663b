//! Which words the lexicon knows: the treebanks' by frequency, and the clusters' words.

use demarche::{
    syntax::lexicon::{Lexicon, NO_LEX, NUMBERED, Word, slot_of},
    token::hash_lower,
};
use rustc_hash::FxHashMap;

use crate::{clusters::Clusters, conllu::Sentence, random::Random};

/// Words seen at least this often have a number.
const LEAST: usize = 2;

/// The words of a training set.
pub(crate) struct Vocabulary {
    /// The lexicon's slots, for the model file.
    pub(crate) slots: Vec<[u8; 8]>,
    pub(crate) lexicon: Lexicon,
    /// How often each word occurs, by hash of its lower-case form.
    counts: FxHashMap<u32, usize>,
}

impl Vocabulary {
    /// The words of these sentences, with the clusters.
    pub(crate) fn of(sentences: &[Sentence], clusters: &Clusters) -> Vocabulary {
        let mut counts = FxHashMap::default();
        sentences.iter().flat_map(|s| &s.tokens).for_each(|t| *counts.entry(t.hash).or_insert(0) += 1);
        let slots = slots(&counts, clusters);
        Vocabulary { lexicon: Lexicon { slots: Vec::leak(slots.clone()) }, slots, counts }
    }

    /// Looks a sentence's words up, and makes some rare ones unknown at random, so that endings and clusters learn to stand
    /// in for them.
    pub(crate) fn look_up_some(&self, sentence: &Sentence, random: &mut Random, words: &mut Vec<Word>) {
        self.lexicon.look_up(&sentence.text, &sentence.tokens, words);
        for (word, token) in words.iter_mut().zip(&sentence.tokens) {
            let count = self.counts.get(&token.hash).copied().unwrap_or(0);
            if random.unit() < 0.4 / (0.4 + count as f32) {
                word.lex = NO_LEX;
                if random.unit() < 0.3 {
                    word.cluster = 0;
                }
            }
        }
    }
}

fn slots(counts: &FxHashMap<u32, usize>, clusters: &Clusters) -> Vec<[u8; 8]> {
    let mut numbered: Vec<(u32, usize)> = counts.iter().map(|(&hash, &n)| (hash, n)).filter(|&(_, n)| n >= LEAST).collect();
    numbered.sort_by_key(|&(hash, n)| (std::cmp::Reverse(n), hash));
    numbered.truncate(NUMBERED as usize);
    let mut entries: FxHashMap<u32, (u16, u16)> = FxHashMap::default();
    for (i, &(hash, _)) in numbered.iter().enumerate() {
        entries.insert(hash, (i as u16 + 1, 0));
    }
    clusters.of_hash.iter().for_each(|(&hash, &cluster)| entries.entry(hash).or_default().1 = cluster);
    curly(&mut entries);
    let mut sorted: Vec<_> = entries.into_iter().collect();
    sorted.sort_unstable();
    let mut slots = vec![[0; 8]; (sorted.len() * 3 / 2).next_power_of_two()];
    for (hash, (lex, cluster)) in sorted {
        let mut at = slot_of(hash, slots.len());
        while slots[at][4..] != [0; 4] {
            at = (at + 1) % slots.len();
        }
        slots[at][..4].copy_from_slice(&hash.to_le_bytes());
        slots[at][4..6].copy_from_slice(&lex.to_le_bytes());
        slots[at][6..].copy_from_slice(&cluster.to_le_bytes());
    }
    slots
}

/// Gives the clitics with curly apostrophes, and curly quotes, the entries of the straight ones.
fn curly(entries: &mut FxHashMap<u32, (u16, u16)>) {
    for straight in ["'s", "n't", "'m", "'ll", "'re", "'ve", "'d", "'"] {
        if let Some(&entry) = entries.get(&hash_lower(straight)) {
            entries.insert(hash_lower(&straight.replace('\'', "’")), entry);
        }
    }
    if let Some(&entry) = entries.get(&hash_lower("\"")) {
        entries.insert(hash_lower("“"), entry);
        entries.insert(hash_lower("”"), entry);
    }
}
