//! Which outcomes each context allows: those that the treebanks show, so that no others need to be weighed.

use demarche::{
    syntax::{
        hinter,
        lexicon::{Lexicon, NUMBERED},
        parser, tagger,
    },
    token::{Rel, Tag},
};

use crate::{conllu::Sentence, hint_train};

/// Words seen less often may have any class.
const WELL_KNOWN: usize = 40;
/// A relation must be seen at least once in so many words of a class.
const RARE: usize = 2000;

/// Word classes by word number. A well-known word that was only seen as a function word or mark keeps to what it was seen
/// as; all others may have any class.
pub(crate) fn tags(sentences: &[Sentence], lexicon: &Lexicon) -> Vec<u128> {
    let all = (1 << Tag::COUNT) - 1;
    let mut counts = vec![[0_usize; Tag::COUNT]; tagger::CONTEXTS];
    let mut words = Vec::new();
    for sentence in sentences {
        lexicon.look_up(&sentence.text, &sentence.tokens, &mut words);
        words.iter().zip(&sentence.tokens).for_each(|(word, token)| counts[tagger::context(word)][token.tag as usize] += 1);
    }
    let open = |tag: usize| {
        let tag = Tag::ALL[tag];
        tag.is_noun() || tag.is_verb() || matches!(tag, Tag::Adj | Tag::Adv | Tag::Intj | Tag::X | Tag::Num)
    };
    let choices = |(context, counts): (usize, &[usize; Tag::COUNT])| {
        let total: usize = counts.iter().sum();
        let seen = |&tag: &usize| counts[tag] > total / RARE;
        let closed = !(0..Tag::COUNT).filter(|&tag| counts[tag] > total / 300).any(open);
        if context < NUMBERED as usize && total >= WELL_KNOWN && closed { bits((0..Tag::COUNT).filter(seen)) } else { all }
    };
    counts.iter().enumerate().map(choices).collect()
}

/// Hints by word class.
pub(crate) fn hints(tagged: &[Sentence]) -> Vec<u128> {
    let mut counts = vec![[0; hinter::OUTCOMES]; Tag::COUNT];
    for sentence in tagged {
        for (i, token) in sentence.tokens.iter().enumerate() {
            counts[token.tag as usize][hint_train::wanted(sentence, i)] += 1;
        }
    }
    counts.iter().map(|counts| common(counts)).collect()
}

/// Relations by word class and direction.
pub(crate) fn rels(tagged: &[Sentence]) -> Vec<u128> {
    let mut counts = vec![[0; Rel::COUNT]; parser::CONTEXTS];
    for sentence in tagged {
        for (i, token) in sentence.tokens.iter().enumerate().filter(|(i, t)| usize::from(t.head) != *i) {
            let right = usize::from(token.head) < i;
            counts[token.tag as usize + if right { Tag::COUNT } else { 0 }][token.rel as usize] += 1;
        }
    }
    counts.iter().map(|counts| common(counts)).collect()
}

/// The outcomes that are not rare.
fn common(counts: &[usize]) -> u128 {
    let total: usize = counts.iter().sum();
    match bits((0..counts.len()).filter(|&i| counts[i] > total / RARE)) {
        0 => 1 << Rel::Dep as usize,
        choices => choices,
    }
}

fn bits(outcomes: impl Iterator<Item = usize>) -> u128 {
    outcomes.fold(0, |bits, outcome| bits | 1 << outcome)
}
