//! Markdown → pieces: the text as a reader sees it, each word with its place in the source.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{
    draft::{Draft, Piece, Shape, begins_with_title},
    front_matter::front_matter,
    html::without_tags,
    map::TextBuilder,
    plain::ends_sentence,
};
use crate::span::Span;

/// Renders a Markdown file.
///
/// The title of the front matter comes first if the body does not begin with it. Soft line breaks are spaces; marks of
/// emphasis, links and escapes are gone; text that is struck out is left out.
pub(crate) fn draft(source: &str) -> Draft {
    let (stated, body) = front_matter(source);
    let mut renderer = Renderer::default();
    let rendered_first = stated.title.as_deref().filter(|title| !begins_with_title(&lead(&source[body..]), title));
    if let Some(title) = rendered_first {
        let place = source[..body].find(title);
        renderer.push(title, place);
        renderer.flush(Shape::Title);
    }
    let titled = stated.title.is_some();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(&source[body..], options).into_offset_iter() {
        renderer.event(event, source, body + range.start..body + range.end);
    }
    renderer.flush_open();
    let Renderer { builder, mut pieces, .. } = renderer;
    if titled && rendered_first.is_none() && let Some(first) = pieces.first_mut() {
        first.shape = Shape::Title;
    }
    Draft { text: builder.text, pieces, map: builder.map, stated }
}

/// The beginning of a body without the marks that may stand before its first word.
fn lead(body: &str) -> String {
    body.chars().take(400).collect()
}

#[derive(Default)]
struct Renderer {
    builder: TextBuilder,
    pieces: Vec<Piece>,
    /// Where the open piece begins in the text.
    start: usize,
    /// Letters in the open piece: all, and those within emphasis.
    letters: usize,
    emphasized: usize,
    emphasis: usize,
    items: usize,
    heading: bool,
    skip_code: bool,
    /// Depth of images and text that is struck out.
    hidden: usize,
    /// A line break that may end the piece.
    hard_break: bool,
    html: String,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>, source: &str, range: std::ops::Range<usize>) {
        match event {
            Event::Text(text) => {
                let place = (source.get(range.clone()) == Some(&*text)).then_some(range.start);
                self.push(&text, place);
            }
            Event::Code(text) => {
                let place = source[range.clone()].find(&*text).map(|at| range.start + at);
                self.push(&text, place);
            }
            Event::SoftBreak => self.builder.push_space(),
            Event::HardBreak => self.hard_break = true,
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::Html(text) => self.html.push_str(&text),
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text, None),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong | Tag::Emphasis => self.emphasis += 1,
            Tag::Strikethrough | Tag::Image { .. } => self.hidden += 1,
            Tag::Heading { .. } => {
                self.flush_open();
                self.heading = true;
            }
            Tag::Item => {
                self.flush_open();
                self.items += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush_open();
                self.skip_code = matches!(kind, CodeBlockKind::Fenced(_));
            }
            Tag::HtmlBlock => self.html.clear(),
            Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::TableCell => self.flush_open(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strikethrough | TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Heading(_) => {
                self.flush_open();
                self.heading = false;
            }
            TagEnd::Item => {
                self.flush_open();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.flush_open();
                self.skip_code = false;
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.flush_open();
                self.push(&without_tags(&html), None);
                self.flush_open();
            }
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::TableCell => self.flush_open(),
            _ => {}
        }
    }

    fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        match (name.to_ascii_lowercase().as_str(), tag.starts_with("</")) {
            ("br", _) => self.hard_break = true,
            ("s" | "del" | "strike", false) => self.hidden += 1,
            ("s" | "del" | "strike", true) => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, place: Option<usize>) {
        if self.hidden > 0 {
            return;
        }
        if std::mem::take(&mut self.hard_break) {
            let goes_on = text.trim_start().chars().next().is_some_and(char::is_lowercase);
            if goes_on && !ends_sentence(&self.builder.text[self.start..]) {
                self.builder.push_space();
            } else {
                self.flush_open();
            }
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        if self.emphasis > 0 {
            self.emphasized += letters;
        }
        self.builder.push(text, place);
    }

    /// Ends the open piece in the shape that the open marks give it.
    fn flush_open(&mut self) {
        let shape = if self.skip_code {
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
        // Struck-out text and images end with their paragraph, whatever an unpaired tag says.
        self.hidden = 0;
        self.hard_break = false;
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
