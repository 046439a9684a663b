//! The kind of file: by its name, else by its first bytes.

use super::Format;

/// The format of `bytes` called `source`: by the extension of a path, else by how the text begins.
pub fn format_of(bytes: &[u8], source: &str) -> Format {
    by_extension(source).unwrap_or_else(|| by_content(bytes))
}

fn by_extension(source: &str) -> Option<Format> {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "text" => Some(Format::Plain),
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "jsonl" | "ndjson" | "json" => Some(Format::JsonLines),
        _ => None,
    }
}

fn by_content(bytes: &[u8]) -> Format {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let second = |wanted: fn(&u8) -> bool| bytes[1..].trim_ascii_start().first().is_some_and(wanted);
    match bytes.first() {
        Some(b'<') if bytes.get(1).is_some_and(|b| b.is_ascii_alphabetic() || b"!?".contains(b)) => Format::Html,
        Some(b'{') if second(|b| matches!(b, b'"' | b'}')) => Format::JsonLines,
        Some(b'-') if has_front_matter(bytes) => Format::Markdown,
        Some(b'#') if bytes.starts_with(b"# ") || bytes.starts_with(b"## ") => Format::Markdown,
        _ => Format::Plain,
    }
}

/// Whether `bytes` begin with a line `---` and a line `key: …`.
fn has_front_matter(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"---") else { return false };
    let line_end = rest.iter().position(|&b| b == b'\n');
    let Some(rest) = line_end.filter(|&at| rest[..at].trim_ascii().is_empty()).map(|at| &rest[at + 1..]) else {
        return false;
    };
    let key = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
    key > 0 && rest.get(key) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_before_content() {
        for (source, content, format) in [
            ("a/b.txt", "<html>", Format::Plain),
            ("b.MD", "", Format::Markdown),
            ("feed.rss", "<?xml version='1.0'?><rss>", Format::Html),
            ("-", "  <!doctype html>", Format::Html),
            ("-", "< 3 ministers", Format::Plain),
            ("-", "{ \"title\": 1}", Format::JsonLines),
            ("-", "{see below}", Format::Plain),
            ("-", "---\ntitle: x\n---\n", Format::Markdown),
            ("-", "--- \r\nSeoul", Format::Plain),
            ("dir.d/file", "Seoul", Format::Plain),
            ("-", "", Format::Plain),
        ] {
            assert_eq!(format_of(content.as_bytes(), source), format, "{source} {content}");
        }
    }
}
