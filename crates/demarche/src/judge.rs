//! What a learned judge is asked of a sentence, and what it answers.
//!
//! The library knows no model: whoever has one implements [`Judge`] (`demarche-judge` does) and gives it to the
//! [`Reader`](crate::Reader::with_judge). [`event::learned`](crate::event) turns the answers into events.

use crate::span::Span;

/// The acts of an answer: none, then [`Act::ALL`](crate::event::Act::ALL) in its order.
pub const ACTS: usize = 17;
/// The statuses of an answer, in the order of [`Status::ALL`](crate::event::Status::ALL).
pub const STATUSES: usize = 15;

/// A sentence and those who might take part in what it tells.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Bytes of `text` that name somebody, or a place in a known state.
    pub mentions: &'a [Span],
}

/// A word that may name an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Bytes of the sentence.
    pub span: Span,
    /// Probabilities of naming no act and each act; they add up to one.
    pub acts: [f32; ACTS],
    /// Probabilities of the statuses, if it names an act.
    pub statuses: [f32; STATUSES],
    /// Index into the modes of `data/events/types.tsv` in their order, if it says how.
    pub mode: Option<usize>,
    /// For each mention of the question, how likely it is the actor, recipient or holder.
    pub parts: Vec<[f32; 3]>,
    /// The word that gives the status, if one does.
    pub cue: Option<Span>,
}

/// Tells which words of a sentence name acts. The same question must always have the same answer.
pub trait Judge: Send + Sync {
    /// The words that may name an act, in text order; those that hardly do may be left out. `None` if it cannot take the sentence, which
    /// is then left to the rules.
    fn judge(&self, question: &Question<'_>) -> Option<Vec<Word>>;
}
