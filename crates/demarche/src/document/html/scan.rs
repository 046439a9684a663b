//! Tags and text → the page as a reader sees it.

use std::ops::Range;

use super::tags::{Tag, Token, Tokens};
use crate::document::render::Page;

/// What of a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All that is shown.
    Everything,
    /// Not what surrounds an article: navigation, asides, forms.
    Article,
}

/// Elements whose content no one reads.
const UNSEEN: [&str; 9] = ["noscript", "template", "svg", "iframe", "object", "select", "button", "audio", "video"];

/// Elements that surround an article.
const AROUND: [&str; 8] = ["nav", "aside", "footer", "form", "menu", "dialog", "figcaption", "head"];

/// Elements within a line of text.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "ruby", "rt", "rp",
    "img", "amp-img",
];

/// Writes the text in `range` of `source` onto a page; the page's map leads back to `source`.
pub(crate) fn scan(page: &mut Page, source: &str, range: Range<usize>, keep: Keep) {
    page.block();
    // The element that is being passed over, and how often it is open.
    let mut passing: Option<(&str, usize)> = None;
    for token in Tokens::new(source, range) {
        match (&token, &mut passing) {
            (Token::Tag(tag), Some((name, depth))) if tag.is(name) => {
                *depth = if tag.closing { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    passing = None;
                }
            }
            (_, Some(_)) | (Token::Raw(..), None) => {}
            (Token::Text(range), None) => push_text(page, source, range.clone()),
            (Token::Tag(tag), None) => {
                let unseen = UNSEEN.iter().any(|name| tag.is(name)) || keep == Keep::Article && AROUND.iter().any(|name| tag.is(name));
                if unseen && !tag.closing && !tag.attributes.ends_with('/') {
                    page.block();
                    passing = Some((tag.name, 1));
                } else {
                    apply(page, tag);
                }
            }
        }
    }
    page.block();
}

/// Applies a stretch of source within a line, as Markdown may contain it.
pub(crate) fn scan_inline(page: &mut Page, source: &str) {
    for token in Tokens::new(source, 0..source.len()) {
        if let Token::Tag(tag) = token
            && (tag.is("br") || INLINE.iter().any(|name| tag.is(name)))
        {
            apply(page, &tag);
        }
    }
}

fn apply(page: &mut Page, tag: &Tag<'_>) {
    let begins = !tag.closing;
    let name = tag.name.to_ascii_lowercase();
    match name.as_str() {
        "br" => page.line_break(),
        "s" | "del" | "strike" => page.hide(begins),
        "b" | "strong" | "em" | "i" => page.emphasis(begins),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => page.heading(begins),
        "li" => page.item(begins),
        "pre" => page.skip(begins),
        _ if INLINE.contains(&name.as_str()) => {}
        _ => page.block(),
    }
}

/// Writes text, its entities decoded.
fn push_text(page: &mut Page, source: &str, range: Range<usize>) {
    /// The longest entity has a name of 31 letters.
    const LONGEST_ENTITY: usize = 34;
    let text = &source[range.clone()];
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < done {
            continue;
        }
        let window = &text.as_bytes()[at..text.len().min(at + LONGEST_ENTITY)];
        let Some(length) = memchr::memchr(b';', window).map(|end| end + 1) else { continue };
        let entity = &text[at..at + length];
        let decoded = html_escape::decode_html_entities(entity);
        if decoded != entity {
            page.push(&text[done..at], Some(range.start + done));
            page.push(&decoded, None);
            done = at + length;
        }
    }
    page.push(&text[done..], Some(range.start + done));
}
