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
    /// Whom it names, and places in a known state; in text order, but that those asked about may come first.
    pub mentions: &'a [Named],
}

/// Somebody or some place that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Bytes of the sentence.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Whose it is: mentions of one state, or of one party without a state, share a number from 1; 0 is not known.
    pub party: u8,
}

/// What a mention is. The order is that of the weights (`training/data.py`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// A state or its government.
    State,
    /// A human being with a name or a unique post.
    Person,
    /// A named organisation or group.
    Organization,
    /// Agents known by what they are.
    Agent,
    /// An unnamed source.
    Source,
    /// A word that stands for somebody named before.
    Anaphor,
    /// A place in a known state.
    Place,
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
