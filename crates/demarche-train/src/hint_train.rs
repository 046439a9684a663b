//! Trains the hinter.

use demarche::{
    syntax::{
        hinter::{self, NO_HINT},
        lexicon::Lexicon,
        state::State,
        tagger::View,
    },
    token::Rel,
};
use rustc_hash::FxHashMap;

use crate::{
    conllu::Sentence,
    net::{Net, softmax_gradients},
    random::Random,
    tag_train::drop_words,
    words,
};

/// The net of the hinter.
pub(crate) type HintNet = Net<{ hinter::HIDDEN }>;

/// Trains for `epochs` rounds over the sentences, whose classes are those that a tagger gave them.
pub(crate) fn train(sentences: &[&Sentence], lexicon: &Lexicon, counts: &FxHashMap<u32, usize>, epochs: usize, seed: u64) -> HintNet {
    let mut random = Random(seed);
    let mut net = HintNet::new(hinter::ROWS, hinter::OUTCOMES, &mut random);
    let mut order = sentences.to_vec();
    let mut looked_up = Vec::new();
    let mut state = State::default();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for (done, sentence) in order.iter().enumerate() {
            let progress = (epoch as f32 + done as f32 / order.len() as f32) / epochs as f32;
            net.rate = 0.06 * (1.0 - progress).max(0.02);
            lexicon.look_up(&sentence.text, &sentence.tokens, &mut looked_up);
            drop_words(&mut looked_up, &words::token_counts(counts, &sentence.tokens), &mut random);
            state.start(&looked_up, &sentence.tokens);
            learn(&mut net, sentence, View::new(&looked_up).style * 2, &state, &mut random);
        }
    }
    net
}

/// The right hint for each word.
pub(crate) fn wanted(sentence: &Sentence, i: usize) -> usize {
    let token = &sentence.tokens[i];
    token.rel as usize + if usize::from(token.head) > i { Rel::COUNT } else { 0 }
}

fn learn(net: &mut HintNet, sentence: &Sentence, style: u32, state: &State, random: &mut Random) {
    let mut rows = [0; hinter::TEMPLATES];
    let mut before = [NO_HINT; 2];
    let mut verb = 0;
    for i in 1..state.nodes.len() {
        hinter::features(state, style, i, before, verb, &mut rows);
        let hidden = net.hidden(&rows, 0.2, random);
        let scores: Vec<(usize, f32)> = (0..hinter::OUTCOMES).map(|t| (t, net.score(&hidden, t))).collect();
        let best = scores.iter().fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0;
        let gold = wanted(sentence, i - 1);
        net.learn(&rows, &hidden, &softmax_gradients(&scores, |t| t == gold));
        if usize::from(state.nodes[i].verb) == i {
            verb = i;
        }
        before = [if random.unit() < 0.7 { best } else { gold } as u8, before[0]];
    }
}
