//! Which words the lexicon knows: the treebanks' by frequency, and the clusters' words.

use demarche::{
    syntax::lexicon::{Lexicon, slot_of},
    token::{Token, hash_lower},
};
use rustc_hash::FxHashMap;

use crate::{clusters::Clusters, conllu::Sentence};

/// Words seen at least this often have a number.
const LEAST: usize = 2;

/// How often each word occurs, by hash of its lower-case form.
pub(crate) fn counts(sentences: &[Sentence]) -> FxHashMap<u32, usize> {
    let mut counts = FxHashMap::default();
    sentences.iter().flat_map(|s| &s.tokens).for_each(|t| *counts.entry(t.hash).or_insert(0) += 1);
    counts
}

/// The lexicon's slots.
pub(crate) fn slots(sentences: &[Sentence], clusters: &Clusters) -> Vec<[u8; 8]> {
    let mut numbered: Vec<(u32, usize)> = counts(sentences).into_iter().filter(|&(_, n)| n >= LEAST).collect();
    numbered.sort_by_key(|&(hash, n)| (std::cmp::Reverse(n), hash));
    numbered.truncate(usize::from(u16::MAX) - 2);
    let mut entries: FxHashMap<u32, (u16, u16)> = FxHashMap::default();
    for (i, &(hash, _)) in numbered.iter().enumerate() {
        entries.insert(hash, (i as u16 + 1, 0));
    }
    #[expect(clippy::iter_over_hash_type, reason = "the entries are sorted below")]
    for (&hash, &cluster) in &clusters.of_hash {
        entries.entry(hash).or_default().1 = cluster;
    }
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

/// Looks words up for training.
pub(crate) fn lexicon(slots: &[[u8; 8]]) -> Lexicon {
    Lexicon { slots: Vec::leak(slots.to_vec()) }
}

/// The tokens' counts, to drop rare words at random.
pub(crate) fn token_counts(counts: &FxHashMap<u32, usize>, tokens: &[Token]) -> Vec<usize> {
    tokens.iter().map(|t| counts.get(&t.hash).copied().unwrap_or(0)).collect()
}
