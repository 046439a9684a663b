//! The source of a page, cut into text and tags in one pass, whatever is broken in it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem, memrchr};
use rustc_hash::FxHashMap;

/// A part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, its entities not decoded.
    Text(Range<usize>),
    Tag(Tag<'a>),
    /// The content of an element that holds no tags: a script, a style, a title.
    Raw(Tag<'a>, Range<usize>),
}

/// A tag, opening or closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a str,
    pub(super) closing: bool,
    /// The byte of the source after the tag.
    pub(super) end: usize,
}

/// Cuts a stretch of source; comments, declarations and the marks of CDATA sections are passed over.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    /// The byte after the last `>`: no tag begins beyond it.
    tags_end: usize,
    in_cdata: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str, range: Range<usize>) -> Tokens<'a> {
        let tags_end = memrchr(b'>', &source.as_bytes()[range.clone()]).map_or(0, |at| range.start + at + 1);
        Tokens { source, at: range.start, end: range.end, tags_end, in_cdata: false }
    }

    fn text(&mut self, length: usize) -> Token<'a> {
        let range = self.at..self.at + length;
        self.at = range.end;
        if self.in_cdata
            && let Some(close) = memmem::find(&self.source.as_bytes()[range.clone()], b"]]>")
        {
            self.in_cdata = false;
            self.at = range.start + close + 3;
            return Token::Text(range.start..range.start + close);
        }
        Token::Text(range)
    }

    fn skip_past(&mut self, mark: &str) {
        let rest = &self.source.as_bytes()[self.at..self.end];
        self.at = memmem::find(rest, mark.as_bytes()).map_or(self.end, |at| self.at + at + mark.len());
    }

    /// The tag that begins here: `<` and a letter stand here, or `</` and a letter.
    fn tag(&mut self) -> Token<'a> {
        let closing = self.source.as_bytes()[self.at + 1] == b'/';
        let name_start = self.at + 1 + usize::from(closing);
        let rest = &self.source[name_start..self.end];
        let name_length = rest.bytes().take_while(|b| !b.is_ascii_whitespace() && !b"/><".contains(b)).count();
        let attributes_length = tag_end(&rest[name_length..]);
        let name = &rest[..name_length];
        let attributes = &rest[name_length..name_length + attributes_length];
        self.at = (name_start + name_length + attributes_length + 1).min(self.end);
        let tag = Tag { name, attributes, closing, end: self.at };
        if !closing && ["script", "style", "title", "textarea"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            let content = self.at..self.raw_end(name);
            self.at = content.end;
            return Token::Raw(tag, content);
        }
        Token::Tag(tag)
    }

    /// Where the content of a raw element ends: at its closing tag, or the end of the source.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = &self.source.as_bytes()[..self.end];
        let closes = |at: &usize| bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        memmem::find_iter(&bytes[self.at..], b"</").map(|at| self.at + at).find(closes).unwrap_or(self.end)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.end {
            let rest = &self.source.as_bytes()[self.at..self.end];
            if self.at >= self.tags_end {
                return Some(self.text(rest.len()));
            }
            match rest {
                [b'<', b'!', b'-', b'-', ..] => {
                    self.at += 4;
                    self.skip_past("-->");
                }
                _ if rest.starts_with(b"<![CDATA[") => {
                    self.at += 9;
                    self.in_cdata = true;
                }
                [b'<', b'!' | b'?', ..] => self.skip_past(">"),
                [b'<', first, ..] if first.is_ascii_alphabetic() => return Some(self.tag()),
                [b'<', b'/', first, ..] if first.is_ascii_alphabetic() => return Some(self.tag()),
                [b'<', after @ ..] => {
                    let length = 1 + memchr(b'<', after).unwrap_or(after.len());
                    return Some(self.text(length));
                }
                _ => {
                    let length = memchr(b'<', rest).unwrap_or(rest.len());
                    return Some(self.text(length));
                }
            }
        }
        None
    }
}

/// Where a tag's attributes end: at the first `>` outside quotes.
fn tag_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let place = at + found;
        if bytes[place] == b'>' {
            return place;
        }
        let is_value = bytes[..place].trim_ascii_end().ends_with(b"=");
        let close = memchr(bytes[place], &bytes[place + 1..]);
        at = match close {
            Some(close) if is_value => place + 1 + close + 1,
            _ => place + 1,
        };
    }
    memchr(b'>', bytes).unwrap_or(bytes.len())
}

impl<'a> Tag<'a> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, entities decoded.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let name_length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len()).max(1);
            let name_length = rest.ceil_char_boundary(name_length);
            let name = &rest[..name_length];
            rest = rest[name_length..].trim_start();
            let Some(value) = rest.strip_prefix('=') else {
                if name.eq_ignore_ascii_case(wanted) {
                    return Some(Cow::Borrowed(""));
                }
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(html_escape::decode_html_entities(value));
            }
            rest = after;
        }
    }
}

/// How deeply elements nest, those often left open aside.
pub(super) fn depth(source: &str) -> usize {
    const OFTEN_OPEN: [&str; 20] = [
        "p", "li", "br", "img", "hr", "meta", "link", "input", "td", "th", "tr", "dt", "dd", "option", "source", "area", "col", "wbr",
        "path", "embed",
    ];
    let mut open: FxHashMap<&str, usize> = FxHashMap::default();
    let (mut depth, mut deepest) = (0, 0);
    for token in Tokens::new(source, 0..source.len()) {
        let Token::Tag(tag) = token else { continue };
        if OFTEN_OPEN.iter().any(|name| tag.is(name)) || tag.attributes.ends_with('/') {
            continue;
        }
        let count = open.entry(tag.name).or_default();
        // A closing tag closes nothing if its element is not open.
        match (tag.closing, *count) {
            (false, _) => (*count, depth) = (*count + 1, depth + 1),
            (true, 0) => {}
            (true, _) => (*count, depth) = (*count - 1, depth - 1),
        }
        deepest = deepest.max(depth);
    }
    deepest
}
