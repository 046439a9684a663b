//! Words whose period belongs to them, and prefixes whose hyphen does (`data/lexicon/token_*.txt`).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::token::hash_lower;

/// Longest form that is looked up.
const LONGEST: usize = 12;

static ABBREVIATIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| words(include_str!("../../data/lexicon/token_abbreviations.txt")).collect());

static AFFIXES: LazyLock<FxHashSet<u32>> =
    LazyLock::new(|| words(include_str!("../../data/lexicon/token_affixes.txt")).map(hash_lower).collect());

/// Whether the period after `form` is part of it ("Mr.", "Jan."); "No." only before a number.
pub(crate) fn is_abbreviation(form: &str, number_follows: bool) -> bool {
    if form.len() > LONGEST {
        return false;
    }
    match form {
        "No" | "Nos" | "no" | "nos" | "p" | "pp" | "art" | "Art" => number_follows,
        _ => ABBREVIATIONS.contains(form),
    }
}

/// Whether a hyphen after `form` joins it to the word that follows ("co-operate", "non-proliferation").
pub(crate) fn is_affix(form: &str) -> bool {
    form.len() <= LONGEST && AFFIXES.contains(&hash_lower(form))
}

/// The lines of a word list, without comments.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|word| !word.is_empty())
}
