//! Trains the parser with a dynamic oracle: at every state, also after mistakes, the moves that lose no further arc are right.

use demarche::{
    syntax::{
        lexicon::Lexicon,
        parser::{self, first_rel},
        state::{Move, NO_REL, State},
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

/// The net of the parser.
pub(crate) type ParseNet = Net<{ parser::HIDDEN }>;

/// A sentence's gold tree, counted from 1, the root's head being 0.
struct Gold {
    heads: Vec<usize>,
    rels: Vec<Rel>,
}

/// Trains for `epochs` rounds over the sentences, whose classes are those that a tagger gave them.
pub(crate) fn train(sentences: &[Sentence], lexicon: &Lexicon, counts: &FxHashMap<u32, usize>, epochs: usize, seed: u64) -> ParseNet {
    let mut random = Random(seed);
    let mut net = ParseNet::new(parser::ROWS, parser::OUTCOMES, &mut random);
    let first_rate = 0.06;
    let mut order: Vec<usize> = (0..sentences.len()).filter(|&i| sentences[i].tokens.len() <= 200).collect();
    let mut looked_up = Vec::new();
    let mut state = State::default();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for (done, &i) in order.iter().enumerate() {
            let progress = (epoch as f32 + done as f32 / order.len() as f32) / epochs as f32;
            net.rate = first_rate * (1.0 - progress).max(0.02);
            lexicon.look_up(&sentences[i].text, &sentences[i].tokens, &mut looked_up);
            drop_words(&mut looked_up, &words::token_counts(counts, &sentences[i].tokens), &mut random);
            state.start(&looked_up, &sentences[i].tokens);
            let explore = if epoch == 0 { 0.0 } else { 0.9 };
            learn(&mut net, &gold(&sentences[i]), &mut state, explore, &mut random);
        }
    }
    net
}

fn gold(sentence: &Sentence) -> Gold {
    let mut gold = Gold { heads: vec![0], rels: vec![Rel::Dep] };
    for (i, token) in sentence.tokens.iter().enumerate() {
        gold.heads.push(if usize::from(token.head) == i { 0 } else { usize::from(token.head) + 1 });
        gold.rels.push(token.rel);
    }
    gold
}

fn learn(net: &mut ParseNet, gold: &Gold, state: &mut State, explore: f32, random: &mut Random) {
    let mut rows = [0; parser::TEMPLATES];
    while !state.is_done() {
        parser::features(state, &mut rows);
        let hidden = net.hidden(&rows, 0.2, random);
        let allowed = Move::ALL.into_iter().filter(|&step| state.allows(step));
        let scored: Vec<(usize, f32)> = allowed.map(|step| (step as usize, net.score(&hidden, step as usize))).collect();
        let costs = Move::ALL.map(|step| if state.allows(step) { cost(gold, state, step) } else { usize::MAX });
        let least = costs.iter().copied().min().unwrap_or(0);
        let highest = |good: &dyn Fn(usize) -> bool| {
            let good = scored.iter().filter(|s| good(s.0));
            good.fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0
        };
        let predicted = highest(&|_| true);
        let right = highest(&|step| costs[step] == least);
        let mut gradients = softmax_gradients(&scored, |step| costs[step] == least);

        let step = Move::ALL[if random.unit() < explore { predicted } else { right }];
        let mut rel = NO_REL;
        if let Some((head, dependent)) = state.arc(step) {
            let first = first_rel(step);
            let scores: Vec<(usize, f32)> = (0..Rel::COUNT).map(|r| (first + r, net.score(&hidden, first + r))).collect();
            rel = scores.iter().fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0 as u8 - first as u8;
            let gold_rel = first + gold.rels[dependent] as usize;
            if gold.heads[dependent] == head {
                gradients.extend(softmax_gradients(&scores, |r| r == gold_rel));
            }
        }
        net.learn(&rows, &hidden, &gradients);
        state.apply(step, rel);
    }
}

/// How many gold arcs that are still possible a move makes impossible.
fn cost(gold: &Gold, state: &State, step: Move) -> usize {
    let (s0, s1, next) = (state.stacked(0), state.stacked(1), state.next);
    let last = gold.heads.len();
    // The root's head stands, as it were, at the buffer's end.
    let head_waits = |word: usize, from: usize| gold.heads[word] >= from || gold.heads[word] == 0;
    let waiting = |head: usize, from: usize| (from..last).filter(|&d| gold.heads[d] == head).count();
    match step {
        Move::Left => usize::from(gold.heads[s0] == s1 || head_waits(s0, next + 1)) + waiting(s0, next),
        Move::Right => usize::from(head_waits(s0, next)) + waiting(s0, next),
        Move::Shift => {
            let on_stack = |word: usize| state.stack.iter().any(|&s| usize::from(s) == word);
            let head_lost = gold.heads[next] != s0 && on_stack(gold.heads[next]);
            let dependents = state.stack.iter().filter(|&&d| gold.heads[usize::from(d)] == next).count();
            usize::from(head_lost) + dependents
        }
    }
}
