//! Bytes → text, and small things about text that several sources need.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// The bytes of an XML or text document as text, and the encoding if it is not UTF-8.
///
/// A byte order mark counts first, then what the document declares, then UTF-8; what is not UTF-8 after all is read as
/// windows-1252, and said.
pub(crate) fn decoded<'a>(bytes: &'a [u8], stated: Option<&str>) -> (Cow<'a, str>, Option<String>) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, lossy) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (text, lossy.then(|| format!("some bytes are not {}", encoding.name())));
    }
    let label = stated.map(str::to_owned).or_else(|| declared(bytes));
    let named = label.as_deref().and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A declaration that the bytes contradict is a template's; UTF-8 by chance is rare.
        if named.is_none_or(|named| named == UTF_8 || named.is_ascii_compatible()) && !is_iso_2022(named) {
            return (Cow::Borrowed(text), None);
        }
    }
    let encoding = named.filter(|named| *named != UTF_8);
    if let Some(encoding) = encoding {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        return (text, lossy.then(|| format!("some bytes are not {}", encoding.name())));
    }
    if let Err(error) = std::str::from_utf8(bytes)
        && mostly_utf8(bytes, error.valid_up_to())
    {
        return (String::from_utf8_lossy(bytes), Some("some bytes are not UTF-8 and became U+FFFD".into()));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, Some("not UTF-8: read as windows-1252 (a guess)".into()))
}

fn is_iso_2022(encoding: Option<&'static Encoding>) -> bool {
    encoding == Some(encoding_rs::ISO_2022_JP)
}

/// Whether most that is not ASCII is UTF-8, so that the rest is damage and not another encoding.
fn mostly_utf8(bytes: &[u8], valid: usize) -> bool {
    let good = |bytes: &[u8]| bytes.iter().filter(|b| (0xc2..0xf5).contains(*b)).count();
    let bad = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    good(&bytes[..valid]) > 0 && good(bytes) > 2 * bad
}

/// The label in `encoding="…"` of an XML declaration or `charset=…` of a page, or UTF-16 without its mark.
fn declared(bytes: &[u8]) -> Option<String> {
    match bytes {
        [b'<', 0, b'?', 0, ..] => return Some("utf-16le".into()),
        [0, b'<', 0, b'?', ..] => return Some("utf-16be".into()),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(1024)];
    let key = if head.starts_with(b"<?xml") { &b"encoding="[..] } else { b"charset=" };
    let after = memchr::memmem::find(head, key).map(|at| &head[at + key.len()..])?;
    let after = after.strip_prefix(b"\"").or(after.strip_prefix(b"'")).unwrap_or(after);
    let length = after.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:".contains(b)).count();
    String::from_utf8(after[..length].to_vec()).ok()
}

/// The beginning of some bytes as text, whatever they are.
pub(crate) fn decoded_head(head: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(head) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&head[length..]).0,
        None if matches!(head, [b'<', 0, b'?', 0, ..] | [0, b'<', 0, b'?', ..]) => decoded(head, None).0,
        None => String::from_utf8_lossy(head),
    }
}

/// Whether `text` begins with `start`, which is in lower case, whatever the case.
pub(crate) fn begins(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// Text with its white space folded; `None` if nothing is left.
pub(crate) fn folded(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

/// The visible text of a piece of HTML, roughly: tags, scripts and styles out, entities read.
pub(crate) fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = ["script", "style"].iter().find(|name| begins(&rest[1..], name)).map(|name| format!("</{name}"));
        let close = match end {
            Some(end) => find_ignoring_case(rest, &end).unwrap_or(rest.len()),
            None => 0,
        };
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        match rest[close..].find('>').filter(|_| is_tag) {
            Some(after) => {
                text.push(' ');
                rest = &rest[close + after + 1..];
            }
            None if is_tag => rest = "",
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    html_escape::decode_html_entities(&text).into_owned()
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
}

/// Whether `text` holds marks of HTML.
pub(crate) fn has_marks(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let after = &text[at + 1..];
        let name = after.trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        const KNOWN: [&str; 24] = [
            "a",
            "p",
            "b",
            "i",
            "em",
            "strong",
            "br",
            "div",
            "span",
            "ul",
            "ol",
            "li",
            "img",
            "h1",
            "h2",
            "h3",
            "h4",
            "table",
            "td",
            "tr",
            "html",
            "body",
            "blockquote",
            "script",
        ];
        KNOWN.iter().any(|known| known.eq_ignore_ascii_case(&name[..length]))
            && name[length..].starts_with([' ', '>', '/', '\n', '\t', '\r'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_text_leaves_marks_and_scripts_out() {
        for (html, text) in [
            ("<p>Seoul &amp; Tokyo</p>", " Seoul & Tokyo "),
            ("a <script type='x'>if (a<b) {}</script>b", "a  b"),
            ("3 < 4", "3 < 4"),
            ("cut <a href=", "cut "),
            ("<script>never closed", ""),
            ("Köln<br/>Łódź", "Köln Łódź"),
        ] {
            assert_eq!(visible(html), text, "{html}");
        }
    }

    #[test]
    fn encodings_are_told() {
        let text = |bytes: &[u8]| decoded(bytes, None).0.into_owned();
        assert_eq!(text("é".as_bytes()), "é");
        assert_eq!(text(b"<?xml version='1.0' encoding='iso-8859-2'?>Orb\xe1n"), "<?xml version='1.0' encoding='iso-8859-2'?>Orbán");
        assert_eq!(text(b"\xff\xfeS\0e\0"), "Se");
        assert_eq!(decoded(b"Elys\xe9e", None), ("Elysée".into(), Some("not UTF-8: read as windows-1252 (a guess)".into())));
        assert_eq!(decoded(b"Elys\xe9e", Some("latin1")), ("Elysée".into(), None));
    }
}
