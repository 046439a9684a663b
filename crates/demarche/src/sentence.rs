//! [`Document`](crate::document::Document) blocks → [`Sentence`]s with their tokens.
//!
//! Each block is split into sentences (abbreviations, initials, quotes, transcripts with speakers), each sentence into
//! tokens in the manner of Universal Dependencies, which are then tagged and parsed.

//!
//! [`sentences`] is the way in: it reads the blocks in order, keeps who speaks, and leaves the tokens to
//! [`token`](crate::token).

mod split;
mod boundary;
mod abbreviations;
mod speaker;

pub(crate) use speaker::{is_speaker_name, speaker_label};
pub use split::{LONGEST_SENTENCE, sentences};

use crate::{document::BlockKind, span::Span, token::Token};

/// One sentence, headline or list item.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its bytes, without surrounding white space, speaker label and dateline.
    pub span: Span,
    /// The block it stands in.
    pub block: BlockKind,
    /// Number of its paragraph (block) in the document, from 0.
    pub paragraph: u32,
    /// In a transcript, the label of whoever speaks ("MR. SULLIVAN"); it holds until the next label.
    pub speaker: Option<Span>,
    /// For a list item: the index of the sentence that introduces the list ("Key topics include:").
    pub lead: Option<u32>,
    /// Whether the sentence begins inside a quotation that an earlier sentence opened.
    pub in_quote: bool,
    /// Its tokens; empty until the sentence is tokenized.
    pub tokens: Vec<Token>,
}
