//! Trains the hinter.

use demarche::{
    syntax::{
        hinter::{self, NO_HINT},
        state::State,
        tagger::View,
    },
    token::Rel,
};

use crate::{
    choices,
    conllu::Sentence,
    net::{Net, highest, softmax_gradients},
    random::Random,
    words::Vocabulary,
};

/// The net of the hinter.
pub(crate) type HintNet = Net<{ hinter::HIDDEN }>;

/// Rounds over the sentences.
const ROUNDS: usize = 5;
/// Step size at first; it falls to nothing.
const FIRST_RATE: f32 = 0.06;
/// Probability that a hidden unit is left out.
const DROP: f32 = 0.2;

/// Trains on the sentences, whose classes are those that a tagger gave them; the hinter's part of a model file.
pub(crate) fn train(sentences: &[Sentence], vocabulary: &Vocabulary, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut net = HintNet::new(hinter::ROWS, hinter::OUTCOMES, &mut random);
    let mut order: Vec<&Sentence> = sentences.iter().collect();
    let mut looked_up = Vec::new();
    let mut state = State::default();
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        for (done, sentence) in order.iter().enumerate() {
            let progress = (round as f32 + done as f32 / order.len() as f32) / ROUNDS as f32;
            net.rate = FIRST_RATE * (1.0 - progress).max(0.02);
            vocabulary.look_up_some(sentence, &mut random, &mut looked_up);
            state.start(&looked_up, &sentence.tokens);
            learn(&mut net, sentence, View::new(&looked_up).style * 2, &state, &mut random);
        }
    }
    net.quantised(5 * ROUNDS as u32, &choices::hints(sentences))
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
        let hidden = net.hidden(&rows, DROP, random);
        let scores: Vec<(usize, f32)> = (0..hinter::OUTCOMES).map(|t| (t, net.score(&hidden, t))).collect();
        let best = highest(&scores);
        let gold = wanted(sentence, i - 1);
        net.learn(&rows, &hidden, &softmax_gradients(&scores, |t| t == gold));
        if usize::from(state.nodes[i].verb) == i {
            verb = i;
        }
        before = [if random.unit() < 0.7 { best } else { gold } as u8, before[0]];
    }
}
