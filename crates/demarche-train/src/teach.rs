//! Teachers: larger nets that are too slow to read with. What they make of raw text, which is of the kind that will be read,
//! is what the parser learns from beside the treebanks.

use demarche::syntax::{
    parser::{self, first_rel},
    state::{Move, NO_REL, State},
};

use crate::{
    net::{Hidden, Net, highest, soft_gradients, softmax},
    parse_train::{moves, rels},
    random::Random,
};

const HIDDEN: usize = 128;

/// A larger net.
pub(crate) type TeacherNet = Net<HIDDEN>;

/// How often the parser's own move is made rather than the teachers'.
const EXPLORE: f32 = 0.8;

/// Learns to give the same probabilities as the teachers do on average.
pub(crate) fn imitate<const H: usize>(net: &mut Net<H>, teachers: &[TeacherNet], state: &mut State, drop: f32, random: &mut Random) {
    let mut rows = [0; parser::TEMPLATES];
    while !state.is_done() {
        if state.stack.is_empty() {
            state.apply(Move::Shift, NO_REL);
            continue;
        }
        parser::features(state, &mut rows);
        let seen: Vec<Hidden<HIDDEN>> = teachers.iter().map(|t| t.hidden(&rows, 0.0, random)).collect();
        let hidden = net.hidden(&rows, drop, random);
        let scored = moves(net, &hidden, state);
        let wanted = average(teachers, &seen, |t, h| moves(t, h, state));
        let step = Move::ALL[highest(if random.unit() < EXPLORE { &scored } else { &wanted })];
        let mut gradients = soft_gradients(&scored, &wanted);
        let mut rel = NO_REL;
        if step != Move::Shift {
            let scores = rels(net, &hidden, step);
            let wanted_rels = average(teachers, &seen, |t, h| rels(t, h, step));
            rel = (highest(&wanted_rels) - first_rel(step)) as u8;
            // An arc that the teachers would not draw has no right relation.
            let trust = wanted.iter().find(|w| w.0 == step as usize).map_or(0.0, |w| w.1);
            gradients.extend(soft_gradients(&scores, &wanted_rels).into_iter().map(|(r, g)| (r, g * trust)));
        }
        net.learn(&rows, &hidden, &gradients);
        state.apply(step, rel);
    }
}

/// The teachers' probabilities, averaged.
fn average(
    teachers: &[TeacherNet],
    seen: &[Hidden<HIDDEN>],
    scores: impl Fn(&TeacherNet, &Hidden<HIDDEN>) -> Vec<(usize, f32)>,
) -> Vec<(usize, f32)> {
    let mut sum: Vec<(usize, f32)> = Vec::new();
    for (teacher, hidden) in teachers.iter().zip(seen) {
        let probabilities = softmax(&scores(teacher, hidden));
        if sum.is_empty() {
            sum = probabilities;
        } else {
            sum.iter_mut().zip(probabilities).for_each(|(s, p)| s.1 += p.1);
        }
    }
    sum.iter_mut().for_each(|s| s.1 /= teachers.len() as f32);
    sum
}
