//! Trains the tagger.

use demarche::{
    syntax::{
        lexicon::{Lexicon, NO_LEX, Word},
        tagger::{self, View},
    },
    token::Tag,
};
use rustc_hash::FxHashMap;

use crate::{
    conllu::Sentence,
    net::{Net, softmax_gradients},
    random::Random,
    words,
};

/// The net of the tagger.
pub(crate) type TagNet = Net<{ tagger::HIDDEN }>;

/// Trains for `epochs` rounds over the sentences.
pub(crate) fn train(sentences: &[Sentence], lexicon: &Lexicon, counts: &FxHashMap<u32, usize>, epochs: usize, seed: u64) -> TagNet {
    let mut random = Random(seed);
    let mut net = TagNet::new(tagger::ROWS, Tag::COUNT, &mut random);
    let first_rate = crate::var("TLR", 0.08);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut looked_up = Vec::new();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for (done, &i) in order.iter().enumerate() {
            let progress = (epoch as f32 + done as f32 / order.len() as f32) / epochs as f32;
            net.rate = first_rate * (1.0 - progress).max(0.02);
            lexicon.look_up(&sentences[i].text, &sentences[i].tokens, &mut looked_up);
            drop_words(&mut looked_up, &words::token_counts(counts, &sentences[i].tokens), &mut random);
            learn(&mut net, &sentences[i], &looked_up, &mut random);
        }
    }
    net
}

/// Makes rare words unknown at random, so that endings and clusters learn to stand in for them.
pub(crate) fn drop_words(words: &mut [Word], counts: &[usize], random: &mut Random) {
    for (word, &count) in words.iter_mut().zip(counts) {
        if random.unit() < 0.4 / (0.4 + count as f32) {
            word.lex = NO_LEX;
            if random.unit() < 0.3 {
                word.cluster = 0;
            }
        }
    }
}

fn learn(net: &mut TagNet, sentence: &Sentence, looked_up: &[Word], random: &mut Random) {
    let view = View::new(looked_up);
    let drop = crate::var("TDROP", 0.2);
    let mut rows = [0; tagger::TEMPLATES];
    let mut before = [Tag::COUNT; 2];
    for (i, token) in sentence.tokens.iter().enumerate() {
        view.features(i, before, &mut rows);
        let hidden = net.hidden(&rows, drop, random);
        let scores: Vec<(usize, f32)> = (0..Tag::COUNT).map(|t| (t, net.score(&hidden, t))).collect();
        let best = scores.iter().fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0;
        let gold = token.tag as usize;
        net.learn(&rows, &hidden, &softmax_gradients(&scores, |t| t == gold));
        before = [if random.unit() < 0.7 { best } else { gold }, before[0]];
    }
}
