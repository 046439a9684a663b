//! The learned judge: sentence and mentions in, for each word the act it may name, its status and who takes part.
//!
//! One encoder of MiniLM size (Wang et al. 2020), tuned on the project's own examples (`training/`), with heads over its
//! word pieces. It runs one sentence at a time on one thread, so that an answer never depends on what else is being read.

mod pieces;

use std::{cmp::Reverse, sync::Arc};

use demarche::judge::{ACTS, Judge, Named, Question, STATUSES, Word};
use pieces::Pieces;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, prelude::*};

const MODEL: &[u8] = include_bytes!("../model/judge.onnx");
const TOKENIZER: &str = include_str!("../model/tokenizer.json");
/// Width of the space in which a trigger and a mention are compared; `training/encoder.py` says the same.
const WIDTH: usize = 64;
const ROLES: usize = 3;
/// A word that names no act with at least this probability is left out of the answer.
const NOTHING: f32 = 0.98;

/// The encoder, loaded once; answers from any number of threads.
pub struct LearnedJudge {
    model: Model,
    inputs: [NodeId; 4],
    outputs: [NodeId; 5],
    pieces: Pieces,
}

thread_local! {
    /// A pool of one for each thread that asks: a shared one would make them wait for one another.
    static POOL: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

/// Why weights cannot be used.
#[derive(Debug)]
pub struct ModelError(String);

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the judge's weights cannot be used: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

/// The weights that ship with the program, for those who must tell them from others.
pub fn weights() -> &'static [u8] {
    MODEL
}

impl LearnedJudge {
    /// The judge that ships with the program.
    ///
    /// # Errors
    /// When the processor or the weights do not allow it.
    pub fn embedded() -> Result<LearnedJudge, ModelError> {
        LearnedJudge::with(options().load_static_slice(MODEL), TOKENIZER)
    }

    /// A judge from an ONNX file as `training/export.py` writes it and its `tokenizer.json`.
    ///
    /// # Errors
    /// When either is damaged or of another make.
    pub fn new(model: Vec<u8>, tokenizer: &str) -> Result<LearnedJudge, ModelError> {
        LearnedJudge::with(options().load(model), tokenizer)
    }

    fn with(model: Result<Model, rten::LoadError>, tokenizer: &str) -> Result<LearnedJudge, ModelError> {
        let fail = |error: &dyn std::fmt::Display| ModelError(error.to_string());
        let model = model.map_err(|e| fail(&e))?;
        let node = |name: &str| model.node_id(name).map_err(|e| fail(&e));
        let inputs = [node("ids")?, node("mask")?, node("kinds")?, node("parties")?];
        let outputs = [node("act")?, node("status")?, node("mode")?, node("of_trigger")?, node("of_word")?];
        let pieces = Pieces::new(tokenizer).map_err(|e| fail(&e))?;
        Ok(LearnedJudge { inputs, outputs, pieces, model })
    }

    /// The words of one window of pieces.
    fn window(&self, window: &pieces::Window<'_>, question: &Question<'_>, out: &mut Vec<Word>) -> Option<()> {
        let ids = NdTensor::from_data([1, window.ids.len()], window.ids.clone());
        let mask = NdTensor::<i32, 2>::full([1, window.ids.len()], 1);
        let mut options = RunOptions::default();
        options.thread_pool = Some(POOL.with(Arc::clone));
        let (kinds, parties) = paint(window, question.mentions);
        let inputs =
            self.inputs.into_iter().zip([ids.view().into(), mask.view().into(), kinds.view().into(), parties.view().into()]).collect();
        let mut results = self.model.run(inputs, &self.outputs, Some(options)).ok()?.into_iter();
        let mut next = || -> Option<Rows> {
            let tensor: NdTensor<f32, 3> = results.next()?.try_into().ok()?;
            Some(Rows { width: tensor.size(2), numbers: tensor.into_data() })
        };
        let (act, status, mode, of_trigger, of_word) = (next()?, next()?, next()?, next()?, next()?);
        // A mention is the mean of its pieces.
        let mentions: Vec<Option<Vec<f32>>> = question
            .mentions
            .iter()
            .map(|named| {
                let inside: Vec<usize> = (0..window.ids.len()).filter(|&i| window.inside(i, named.span)).collect();
                let mut sum = vec![0.0; ROLES * WIDTH];
                for &i in &inside {
                    sum.iter_mut().zip(of_word.row(i)).for_each(|(s, w)| *s += w / inside.len() as f32);
                }
                (!inside.is_empty()).then_some(sum)
            })
            .collect();
        for i in window.answers.clone() {
            let Some(span) = window.word(i) else { continue };
            let acts: [f32; ACTS] = softmax(act.row(i)).try_into().ok()?;
            if acts[0] > NOTHING {
                continue;
            }
            let trigger = of_trigger.row(i);
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>() / 8.0;
            let parts = mentions
                .iter()
                .map(|mention| {
                    let mut shares = [0.0; ROLES];
                    if let Some(mention) = mention {
                        for (role, share) in shares.iter_mut().enumerate() {
                            let slice = role * WIDTH..(role + 1) * WIDTH;
                            *share = sigmoid(dot(&trigger[slice.clone()], &mention[slice]));
                        }
                    }
                    shares
                })
                .collect();
            let cue = (0..window.ids.len())
                .filter(|&w| w == 0 || window.word(w).is_some())
                .map(|w| (w, dot(&trigger[ROLES * WIDTH..], &of_word.row(w)[ROLES * WIDTH..])))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .and_then(|(w, _)| window.word(w));
            let modes = mode.row(i);
            let mode = (0..modes.len()).max_by(|&a, &b| modes[a].total_cmp(&modes[b])).filter(|&m| m > 0).map(|m| m - 1);
            let statuses: [f32; STATUSES] = softmax(status.row(i)).try_into().ok()?;
            out.push(Word { span, acts, statuses, mode, parts, cue });
        }
        Some(())
    }
}

impl Judge for LearnedJudge {
    fn judge(&self, question: &Question<'_>) -> Option<Vec<Word>> {
        let mut words = Vec::new();
        for window in self.pieces.windows(question.text) {
            self.window(&window, question, &mut words)?;
        }
        Some(words)
    }
}

/// What the encoder says of each piece, a row a piece.
struct Rows {
    numbers: Vec<f32>,
    width: usize,
}

impl Rows {
    fn row(&self, i: usize) -> &[f32] {
        &self.numbers[i * self.width..(i + 1) * self.width]
    }
}

/// For each piece, what mention it is in (0 none, 1 + 2 kind the first piece, 2 + 2 kind a later one) and whose. Inner mentions lie over
/// outer ones.
fn paint(window: &pieces::Window<'_>, mentions: &[Named]) -> (NdTensor<i32, 2>, NdTensor<i32, 2>) {
    let size = window.ids.len();
    let (mut kinds, mut parties) = (vec![0; size], vec![0; size]);
    let mut runs: Vec<(usize, usize, &Named)> = mentions
        .iter()
        .filter_map(|named| {
            let first = (0..size).find(|&i| window.inside(i, named.span))?;
            let last = (0..size).rfind(|&i| window.inside(i, named.span))?;
            Some((first, last, named))
        })
        .collect();
    runs.sort_by_key(|&(first, last, _)| Reverse(last - first));
    for (first, last, named) in runs {
        let kind = 2 * named.kind as i32;
        kinds[first..=last].fill(2 + kind);
        kinds[first] = 1 + kind;
        parties[first..=last].fill(i32::from(named.party));
    }
    (NdTensor::from_data([1, size], kinds), NdTensor::from_data([1, size], parties))
}

fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut out: Vec<f32> = logits.iter().map(|x| (x - most).exp()).collect();
    let sum: f32 = out.iter().sum();
    out.iter_mut().for_each(|x| *x /= sum);
    out
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
