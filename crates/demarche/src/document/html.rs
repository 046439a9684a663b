//! HTML
use super::{draft::Draft, error::{Kind, LoadError}};

pub(crate) fn draft(_source: &str, name: &str) -> Result<Draft, LoadError> {
    Err(LoadError::new(Kind::Malformed, name, "HTML is not read yet"))
}

/// The text of a fragment of HTML without its tags.
pub(crate) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    text.push_str(rest);
    text
}
