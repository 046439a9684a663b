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
    net::{Hidden, Net, soft_gradients, softmax, softmax_gradients},
    random::Random,
    tag_train::drop_words,
    words,
};

/// The net of the parser, and that of a teacher.
pub(crate) type ParseNet = Net<{ parser::HIDDEN }>;
/// A larger net, of which a few together teach the parser.
pub(crate) type TeacherNet = Net<128>;

/// A sentence's gold tree, counted from 1, the root's head being 0.
struct Gold {
    heads: Vec<usize>,
    rels: Vec<Rel>,
}

/// What is learned from.
pub(crate) struct Lessons<'a> {
    /// Treebank sentences with the classes that a tagger gave them.
    pub(crate) gold: &'a [Sentence],
    /// Raw sentences, tagged.
    pub(crate) raw: &'a [Sentence],
    /// Who parses the raw sentences.
    pub(crate) teachers: &'a [TeacherNet],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) counts: &'a FxHashMap<u32, usize>,
}

/// Trains for `epochs` rounds over the treebank sentences, with a share of the raw sentences in each round.
pub(crate) fn train<const H: usize>(lessons: &Lessons, epochs: usize, seed: u64) -> Net<H> {
    let mut random = Random(seed);
    let mut net = Net::<H>::new(parser::ROWS, parser::OUTCOMES, &mut random);
    let first_rate = crate::var("PLR", 0.06);
    let drop = if H == 128 { 0.3 } else { crate::var("PDROP", 0.2) };
    let usable = |s: &&Sentence| s.tokens.len() <= 200;
    let gold: Vec<&Sentence> = lessons.gold.iter().filter(usable).collect();
    let raw: Vec<&Sentence> = lessons.raw.iter().collect();
    let share = crate::var("RAWSHARE", 1.0) * raw.len() as f32 / epochs as f32;
    let mut looked_up = Vec::new();
    let mut state = State::default();
    let mut taken = 0;
    for epoch in 0..epochs {
        let mut order: Vec<(bool, &Sentence)> = gold.iter().map(|s| (true, *s)).collect();
        order.extend((0..share as usize).map(|i| (false, raw[(taken + i) % raw.len()])));
        taken += share as usize;
        random.shuffle(&mut order);
        for (done, &(is_gold, sentence)) in order.iter().enumerate() {
            let progress = (epoch as f32 + done as f32 / order.len() as f32) / epochs as f32;
            net.rate = first_rate * (1.0 - progress).max(0.02);
            lessons.lexicon.look_up(&sentence.text, &sentence.tokens, &mut looked_up);
            drop_words(&mut looked_up, &words::token_counts(lessons.counts, &sentence.tokens), &mut random);
            state.start(&looked_up, &sentence.tokens);
            state.nodes[1..].iter_mut().zip(&sentence.hints).for_each(|(node, &hint)| node.hint = hint);
            let explore = if epoch == 0 { 0.0 } else { 0.9 };
            if is_gold {
                learn(&mut net, &self::gold(sentence), &mut state, explore, drop, &mut random);
            } else {
                imitate(&mut net, lessons.teachers, &mut state, drop, &mut random);
            }
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

/// The outcome with the highest score.
fn best(scores: &[(usize, f32)]) -> usize {
    scores.iter().fold((0, f32::MIN), |best, &s| if s.1 > best.1 { s } else { best }).0
}

fn moves<const H: usize>(net: &Net<H>, hidden: &Hidden<H>, state: &State) -> Vec<(usize, f32)> {
    let allowed = Move::ALL.into_iter().filter(|&step| state.allows(step));
    allowed.map(|step| (step as usize, net.score(hidden, step as usize))).collect()
}

fn rels<const H: usize>(net: &Net<H>, hidden: &Hidden<H>, step: Move) -> Vec<(usize, f32)> {
    let first = first_rel(step);
    (first..first + Rel::COUNT).map(|r| (r, net.score(hidden, r))).collect()
}

fn learn<const H: usize>(net: &mut Net<H>, gold: &Gold, state: &mut State, explore: f32, drop: f32, random: &mut Random) {
    let mut rows = [0; parser::TEMPLATES];
    while !state.is_done() {
        parser::features(state, &mut rows);
        let hidden = net.hidden(&rows, drop, random);
        let scored = moves(net, &hidden, state);
        let costs = Move::ALL.map(|step| if state.allows(step) { cost(gold, state, step) } else { usize::MAX });
        let least = costs.iter().copied().min().unwrap_or(0);
        let right: Vec<(usize, f32)> = scored.iter().copied().filter(|s| costs[s.0] == least).collect();
        let mut gradients = softmax_gradients(&scored, |step| costs[step] == least);
        let step = Move::ALL[best(if random.unit() < explore { &scored } else { &right })];
        let mut rel = NO_REL;
        if let Some((head, dependent)) = state.arc(step) {
            let scores = rels(net, &hidden, step);
            let first = first_rel(step);
            rel = (best(&scores) - first) as u8;
            let gold_rel = first + gold.rels[dependent] as usize;
            if gold.heads[dependent] == head {
                gradients.extend(softmax_gradients(&scores, |r| r == gold_rel));
            }
        }
        net.learn(&rows, &hidden, &gradients);
        state.apply(step, rel);
    }
}

/// Learns to give the same probabilities as the teachers do on average.
fn imitate<const H: usize>(net: &mut Net<H>, teachers: &[TeacherNet], state: &mut State, drop: f32, random: &mut Random) {
    let mut rows = [0; parser::TEMPLATES];
    while !state.is_done() {
        parser::features(state, &mut rows);
        let seen: Vec<Hidden<128>> = teachers.iter().map(|t| t.hidden(&rows, 0.0, random)).collect();
        let hidden = net.hidden(&rows, drop, random);
        let scored = moves(net, &hidden, state);
        let wanted = average(teachers, &seen, |t, h| moves(t, h, state));
        let step = Move::ALL[best(if random.unit() < 0.8 { &scored } else { &wanted })];
        let mut gradients = soft_gradients(&scored, &wanted);
        let mut rel = NO_REL;
        if step != Move::Shift {
            let scores = rels(net, &hidden, step);
            let wanted_rels = average(teachers, &seen, |t, h| rels(t, h, step));
            rel = (best(&wanted_rels) - first_rel(step)) as u8;
            // An arc that the teachers would not draw has no right relation.
            let trust = wanted.iter().find(|w| w.0 == step as usize).map_or(0.0, |w| w.1);
            gradients.extend(soft_gradients(&scores, &wanted_rels).into_iter().map(|(r, g)| (r, g * trust)));
        }
        net.learn(&rows, &hidden, &gradients);
        state.apply(step, rel);
    }
}

/// The teachers' probabilities, averaged.
fn average<const H: usize>(
    teachers: &[Net<H>],
    seen: &[Hidden<H>],
    scores: impl Fn(&Net<H>, &Hidden<H>) -> Vec<(usize, f32)>,
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

/// UAS and LAS of the teachers together.
pub(crate) fn measure_teachers(teachers: &[TeacherNet], lexicon: &Lexicon, sentences: &[Sentence], tagged: &[Sentence]) -> (f64, f64) {
    let mut random = Random(0);
    let mut state = State::default();
    let mut looked_up = Vec::new();
    let mut rows = [0; parser::TEMPLATES];
    let (mut words, mut heads, mut labelled) = (0, 0, 0);
    for (sentence, tagged) in sentences.iter().zip(tagged) {
        lexicon.look_up(&sentence.text, &sentence.tokens, &mut looked_up);
        state.start(&looked_up, &tagged.tokens);
        state.nodes[1..].iter_mut().zip(&tagged.hints).for_each(|(node, &hint)| node.hint = hint);
        while !state.is_done() {
            parser::features(&state, &mut rows);
            let seen: Vec<Hidden<128>> = teachers.iter().map(|t| t.hidden(&rows, 0.0, &mut random)).collect();
            let step = Move::ALL[best(&average(teachers, &seen, |t, h| moves(t, h, &state)))];
            let rel = if step == Move::Shift {
                NO_REL
            } else {
                (best(&average(teachers, &seen, |t, h| rels(t, h, step))) - first_rel(step)) as u8
            };
            state.apply(step, rel);
        }
        let gold = gold(sentence);
        for i in 1..gold.heads.len() {
            let node = &state.nodes[i];
            words += 1;
            heads += u32::from(usize::from(node.head) == gold.heads[i]);
            labelled += u32::from(usize::from(node.head) == gold.heads[i] && (gold.heads[i] == 0 || node.rel == gold.rels[i] as u8));
        }
    }
    let percent = |n: u32| 100.0 * f64::from(n) / f64::from(words);
    (percent(heads), percent(labelled))
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
