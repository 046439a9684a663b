//! Markdown → pieces: the text as a reader sees it, each word with its place in the source.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{
    draft::{Draft, Shape, begins_with_title},
    front_matter::front_matter,
    html,
    render::Page,
};
use crate::sentence::speaker_label;

/// Renders a Markdown file.
///
/// The title of the front matter comes first if the body does not begin with it. Soft line breaks are spaces; marks of
/// emphasis, links and escapes are gone; text that is struck out is left out.
pub(crate) fn draft(source: &str) -> Draft {
    let (stated, body) = front_matter(source);
    let mut renderer = Renderer::default();
    let head = lead(&source[body..]);
    let title = stated.title.as_deref();
    let in_body = title.is_some_and(|title| begins_with_title(&head, title));
    if let Some(title) = title.filter(|_| !in_body) {
        let place = source[..body].find(title);
        renderer.page.title(title, place);
    }
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(&source[body..], options).into_offset_iter() {
        renderer.event(event, source, body + range.start..body + range.end);
    }
    let mut draft = renderer.page.finish(stated);
    if in_body && let Some(first) = draft.pieces.first_mut() {
        first.shape = Shape::Title;
    }
    draft
}

/// The beginning of a body without the marks that may stand before its first word.
fn lead(body: &str) -> String {
    body.chars().take(400).collect()
}

/// Follows the parser's events.
#[derive(Default)]
struct Renderer {
    page: Page,
    /// A block of HTML, gathered line by line, and where it begins.
    html: Option<std::ops::Range<usize>>,
    /// The next text stands at the head of a line.
    soft_break: bool,
    /// Within emphasis that only a stray mark began.
    stray_emphasis: bool,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>, source: &str, range: std::ops::Range<usize>) {
        match event {
            // A mark of emphasis that was not closed as it should be is no text.
            Event::Text(text) if text.bytes().all(|b| b == b'*') => self.stray(self.page.is_at_block_start()),
            Event::Text(text) => {
                if std::mem::take(&mut self.soft_break) && speaker_label(&text).is_some() {
                    self.block();
                }
                let place = (source.get(range.clone()) == Some(&*text)).then_some(range.start);
                let shown = if self.stray_emphasis { text.trim_end_matches('*') } else { &*text };
                self.page.push(shown, place);
                if shown.len() < text.len() {
                    self.stray(false);
                }
            }
            Event::Code(text) => {
                let place = source[range.clone()].find(&*text).map(|at| range.start + at);
                self.page.push(&text, place);
            }
            Event::SoftBreak => {
                self.page.space();
                self.soft_break = true;
            }
            Event::HardBreak => self.page.line_break(),
            Event::InlineHtml(_) => html::scan_inline(&mut self.page, &source[range]),
            Event::Html(_) => match &mut self.html {
                Some(html) => html.end = range.end,
                None => self.html = Some(range),
            },
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag, source),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.page.push(&text, None),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong | Tag::Emphasis => self.page.emphasis(true),
            Tag::Strikethrough | Tag::Image { .. } => self.page.hide(true),
            Tag::Heading { .. } => self.page.heading(true),
            Tag::Item => self.page.item(true),
            Tag::CodeBlock(kind) => self.page.skip(matches!(kind, CodeBlockKind::Fenced(_))),
            Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::TableCell | Tag::HtmlBlock => {
                self.block();
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, source: &str) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.page.emphasis(false),
            TagEnd::Strikethrough | TagEnd::Image => self.page.hide(false),
            TagEnd::Heading(_) => self.page.heading(false),
            TagEnd::Item => self.page.item(false),
            TagEnd::CodeBlock => self.page.skip(false),
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    html::scan(&mut self.page, source, range, html::Keep::Everything);
                }
                self.block();
            }
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::TableCell => self.block(),
            _ => {}
        }
    }

    fn block(&mut self) {
        self.page.block();
        self.soft_break = false;
        self.stray(false);
    }

    /// Begins or ends emphasis by a stray mark, however often the mark is repeated.
    fn stray(&mut self, begins: bool) {
        if self.stray_emphasis != begins {
            self.stray_emphasis = begins;
            self.page.emphasis(begins);
        }
    }
}
