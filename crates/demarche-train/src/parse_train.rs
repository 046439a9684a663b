//! Trains the parser with a dynamic oracle: at every state, also after mistakes, the moves that lose no further arc are right.

use demarche::{
    syntax::{
        parser::{self, first_rel},
        state::{Move, NO_REL, State},
    },
    token::Rel,
};

use crate::{
    conllu::Sentence,
    net::{Hidden, Net, highest, softmax_gradients},
    oracle::{Gold, cost},
    random::Random,
    teach,
    words::Vocabulary,
};

/// The net of the parser.
pub(crate) type ParseNet = Net<{ parser::HIDDEN }>;

/// Rounds over the treebank sentences.
pub(crate) const ROUNDS: usize = 10;
/// Step size at first; it falls to nothing.
const FIRST_RATE: f32 = 0.06;
/// Sentences longer than this are not learned from.
const LONGEST: usize = 200;
/// How often the parser's own move is made rather than a right one, after the first round.
const EXPLORE: f32 = 0.9;

/// What is learned from.
pub(crate) struct Lessons<'a> {
    /// Treebank sentences with the classes and hints that models gave that had not seen them.
    pub(crate) gold: &'a [Sentence],
    /// Raw sentences, tagged and hinted, a share of which is parsed in each round as the teachers do.
    pub(crate) raw: &'a [Sentence],
    pub(crate) teachers: &'a [teach::TeacherNet],
    pub(crate) vocabulary: &'a Vocabulary,
    /// Probability that a hidden unit is left out.
    pub(crate) drop: f32,
}

/// Trains a net of any size.
pub(crate) fn train<const H: usize>(lessons: &Lessons, seed: u64) -> Net<H> {
    let mut random = Random(seed);
    let mut net = Net::<H>::new(parser::ROWS, parser::OUTCOMES, &mut random);
    let gold: Vec<&Sentence> = lessons.gold.iter().filter(|s| s.tokens.len() <= LONGEST).collect();
    let mut raw = lessons.raw.chunks((lessons.raw.len() / ROUNDS).max(1));
    let mut looked_up = Vec::new();
    let mut state = State::default();
    for round in 0..ROUNDS {
        let mut order: Vec<(bool, &Sentence)> = gold.iter().map(|s| (true, *s)).collect();
        order.extend(raw.next().unwrap_or_default().iter().map(|s| (false, s)));
        random.shuffle(&mut order);
        for (done, &(is_gold, sentence)) in order.iter().enumerate() {
            let progress = (round as f32 + done as f32 / order.len() as f32) / ROUNDS as f32;
            net.rate = FIRST_RATE * (1.0 - progress).max(0.02);
            lessons.vocabulary.look_up_some(sentence, &mut random, &mut looked_up);
            state.start(&looked_up, &sentence.tokens);
            state.nodes[1..].iter_mut().zip(&sentence.hints).for_each(|(node, &hint)| node.hint = hint);
            if is_gold {
                let explore = if round == 0 { 0.0 } else { EXPLORE };
                learn(&mut net, &Gold::of(sentence), &mut state, explore, lessons.drop, &mut random);
            } else {
                teach::imitate(&mut net, lessons.teachers, &mut state, lessons.drop, &mut random);
            }
        }
    }
    net
}

/// The scores of the moves that the state allows.
pub(crate) fn moves<const H: usize>(net: &Net<H>, hidden: &Hidden<H>, state: &State) -> Vec<(usize, f32)> {
    let allowed = Move::ALL.into_iter().filter(|&step| state.allows(step));
    allowed.map(|step| (step as usize, net.score(hidden, step as usize))).collect()
}

/// The scores of a move's relations.
pub(crate) fn rels<const H: usize>(net: &Net<H>, hidden: &Hidden<H>, step: Move) -> Vec<(usize, f32)> {
    let first = first_rel(step);
    (first..first + Rel::COUNT).map(|r| (r, net.score(hidden, r))).collect()
}

fn learn<const H: usize>(net: &mut Net<H>, gold: &Gold, state: &mut State, explore: f32, drop: f32, random: &mut Random) {
    let mut rows = [0; parser::TEMPLATES];
    while !state.is_done() {
        if state.stack.is_empty() {
            state.apply(Move::Shift, NO_REL);
            continue;
        }
        parser::features(state, &mut rows);
        let hidden = net.hidden(&rows, drop, random);
        let scored = moves(net, &hidden, state);
        let costs = Move::ALL.map(|step| if state.allows(step) { cost(gold, state, step) } else { usize::MAX });
        let least = costs.iter().copied().min().unwrap_or(0);
        let right: Vec<(usize, f32)> = scored.iter().copied().filter(|s| costs[s.0] == least).collect();
        let mut gradients = softmax_gradients(&scored, |step| costs[step] == least);
        let step = Move::ALL[highest(if random.unit() < explore { &scored } else { &right })];
        let mut rel = NO_REL;
        if let Some((head, dependent)) = state.arc(step) {
            let scores = rels(net, &hidden, step);
            let first = first_rel(step);
            rel = (highest(&scores) - first) as u8;
            let gold_rel = first + gold.rels[dependent] as usize;
            if gold.heads[dependent] == head {
                gradients.extend(softmax_gradients(&scores, |r| r == gold_rel));
            }
        }
        net.learn(&rows, &hidden, &gradients);
        state.apply(step, rel);
    }
}
