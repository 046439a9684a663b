//! The page as a reader sees it: text and block marks in, a draft out. Markdown and HTML both write onto it.

use super::{
    draft::{Draft, Piece, Shape, Stated},
    map::TextBuilder,
    plain::{bullet, ends_sentence},
};
use crate::span::Span;

/// A page being written, block after block.
#[derive(Default)]
pub(crate) struct Page {
    builder: TextBuilder,
    pieces: Vec<Piece>,
    /// Where the open block begins in the text.
    start: usize,
    /// Letters in the open block: all, and those within emphasis.
    letters: usize,
    emphasized: usize,
    emphasis: usize,
    items: usize,
    heading: bool,
    skipped: bool,
    /// Depth of what is not shown: struck-out text, images.
    hidden: usize,
    /// Where the open line begins in the text.
    line: usize,
    /// A line break that may end the block.
    line_break: bool,
}

impl Page {
    /// Writes the title.
    pub(crate) fn title(&mut self, title: &str, raw: Option<usize>) {
        self.push(title, raw);
        self.flush(Shape::Title);
    }

    /// Whether nothing has been written since the last block.
    pub(crate) fn is_at_block_start(&self) -> bool {
        self.letters == 0
    }

    /// Adds text that stands verbatim at `raw` in the source, or nowhere.
    pub(crate) fn push(&mut self, text: &str, raw: Option<usize>) {
        if self.hidden > 0 {
            return;
        }
        if self.line_break && !text.trim().is_empty() {
            self.line_break = false;
            let line = &self.builder.text[self.start.max(self.line)..];
            if goes_on(line, text.trim_start()) {
                self.builder.push_space();
            } else {
                self.block();
            }
            self.line = self.builder.text.len();
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        if self.emphasis > 0 {
            self.emphasized += letters;
        }
        self.builder.push(text, raw);
    }

    /// Sets the next word apart.
    pub(crate) fn space(&mut self) {
        self.builder.push_space();
    }

    /// Breaks the line: a new block follows, unless the sentence evidently goes on.
    pub(crate) fn line_break(&mut self) {
        self.line_break = true;
    }

    pub(crate) fn emphasis(&mut self, begins: bool) {
        self.emphasis = step(self.emphasis, begins);
    }

    /// Hides what follows, or shows it again; the end of the block shows it in any case.
    pub(crate) fn hide(&mut self, begins: bool) {
        self.hidden = step(self.hidden, begins);
    }

    pub(crate) fn heading(&mut self, begins: bool) {
        self.block();
        self.heading = begins;
    }

    pub(crate) fn item(&mut self, begins: bool) {
        self.block();
        self.items = step(self.items, begins);
    }

    /// Keeps the blocks that follow out of the reading.
    pub(crate) fn skip(&mut self, begins: bool) {
        self.block();
        self.skipped = begins;
    }

    /// Ends the open block.
    pub(crate) fn block(&mut self) {
        let shape = if self.skipped {
            Shape::Skip
        } else if self.heading {
            Shape::Heading
        } else if self.items > 0 {
            Shape::Item
        } else if self.letters > 0 && self.letters == self.emphasized {
            Shape::Emphasized
        } else {
            Shape::Text
        };
        self.flush(shape);
        self.hidden = 0;
        self.line_break = false;
    }

    /// Ends the page.
    pub(crate) fn finish(mut self, stated: Stated) -> Draft {
        self.block();
        let mut text = self.builder.text;
        text.truncate(text.trim_end().len());
        Draft { text, pieces: self.pieces, map: self.builder.map, stated }
    }

    fn flush(&mut self, shape: Shape) {
        let end = self.builder.text.len();
        if end > self.start {
            self.pieces.push(Piece { span: Span::new(self.start, end), shape });
            self.builder.break_block();
        }
        self.start = self.builder.text.len();
        self.letters = 0;
        self.emphasized = 0;
    }
}

/// Whether a sentence goes on across a line break: in lower case, or because the line was broken at a margin.
fn goes_on(line: &str, next: &str) -> bool {
    /// No shorter line is taken to have reached a margin.
    const MARGIN: usize = 60;
    let open = !ends_sentence(line) && !line.ends_with([':', ';']);
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    open && (lower || line.len() >= MARGIN && bullet(next).is_none())
}

fn step(depth: usize, begins: bool) -> usize {
    if begins { depth + 1 } else { depth.saturating_sub(1) }
}
