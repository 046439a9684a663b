//! Trains the tagger.

use demarche::{
    syntax::{
        lexicon::Word,
        tagger::{self, View},
    },
    token::Tag,
};

use crate::{
    choices,
    conllu::Sentence,
    net::{Net, highest, softmax_gradients},
    random::Random,
    words::Vocabulary,
};

/// The net of the tagger.
pub(crate) type TagNet = Net<{ tagger::HIDDEN }>;

/// Rounds over the sentences.
const ROUNDS: usize = 6;
/// Step size at first; it falls to nothing.
const FIRST_RATE: f32 = 0.08;
/// Probability that a hidden unit is left out.
const DROP: f32 = 0.2;

/// Trains on the sentences; the tagger's part of a model file.
pub(crate) fn train(sentences: &[Sentence], vocabulary: &Vocabulary, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut net = TagNet::new(tagger::ROWS, Tag::COUNT, &mut random);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut looked_up = Vec::new();
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        for (done, &i) in order.iter().enumerate() {
            let progress = (round as f32 + done as f32 / order.len() as f32) / ROUNDS as f32;
            net.rate = FIRST_RATE * (1.0 - progress).max(0.02);
            vocabulary.look_up_some(&sentences[i], &mut random, &mut looked_up);
            learn(&mut net, &sentences[i], &looked_up, &mut random);
        }
    }
    net.quantised(3 * ROUNDS as u32, &choices::tags(sentences, &vocabulary.lexicon))
}

fn learn(net: &mut TagNet, sentence: &Sentence, looked_up: &[Word], random: &mut Random) {
    let view = View::new(looked_up);
    let mut rows = [0; tagger::TEMPLATES];
    let mut before = [Tag::COUNT; 2];
    for (i, token) in sentence.tokens.iter().enumerate() {
        view.features(i, before, &mut rows);
        let hidden = net.hidden(&rows, DROP, random);
        let scores: Vec<(usize, f32)> = (0..Tag::COUNT).map(|t| (t, net.score(&hidden, t))).collect();
        let best = highest(&scores);
        let gold = token.tag as usize;
        net.learn(&rows, &hidden, &softmax_gradients(&scores, |t| t == gold));
        before = [if random.unit() < 0.7 { best } else { gold }, before[0]];
    }
}
