//! XML that is no web page: what its root is, and the text of one that is a document.

use super::{
    scan::{Keep, scan},
    tags::{Token, Tokens},
    titled,
};
use crate::document::{
    draft::{Draft, Stated},
    render::Page,
};

/// What the first element says the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Page,
    Feed,
    Other,
}

/// The kind of the first element, if there is one. Without an XML declaration an unknown element is a page's.
pub(super) fn root(source: &str) -> Option<Root> {
    let declared = source.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with("<?xml");
    let first = Tokens::new(source, 0..source.len()).find_map(|token| match token {
        Token::Tag(tag) | Token::Raw(tag, _) => Some(tag),
        Token::Text(_) => None,
    })?;
    Some(match first.name.to_ascii_lowercase().as_str() {
        "rss" | "feed" | "rdf:rdf" | "channel" => Root::Feed,
        "html" => Root::Page,
        _ if declared => Root::Other,
        _ => Root::Page,
    })
}

/// The text of `content`, `body` or `text` if there is one of them, else of everything; its title and date.
pub(super) fn draft(source: &str) -> Draft {
    let mut stated = Stated::default();
    let mut body = None;
    let mut open = "";
    let mut content: Option<(&str, usize)> = None;
    let mut last_text_end = 0;
    for token in Tokens::new(source, 0..source.len()) {
        match token {
            Token::Raw(tag, range) if tag.is("title") && stated.title.is_none() => {
                let title = source[range].trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
                stated.title = Some(html_escape::decode_html_entities(title).trim().to_owned());
            }
            Token::Tag(tag) => match content {
                Some((name, start)) if tag.closing && tag.is(name) && body.is_none() => body = Some(start..last_text_end),
                None if !tag.closing && ["content", "body", "text"].iter().any(|name| tag.is(name)) => {
                    content = Some((tag.name, tag.end));
                }
                _ => open = if tag.closing { "" } else { tag.name },
            },
            Token::Text(range) => {
                last_text_end = range.end;
                let text = source[range].trim();
                if content.is_none() && open.to_ascii_lowercase().contains("date") && !text.is_empty() {
                    stated.published.push(text.to_owned());
                }
            }
            Token::Raw(..) => {}
        }
    }
    let mut page = Page::default();
    scan(&mut page, source, body.unwrap_or(0..source.len()), Keep::Everything);
    let draft = page.finish(Stated::default());
    titled(draft, stated)
}
