//! Telling files apart, and their bytes → text.

use std::borrow::Cow;

use super::Source;

/// What a file is, by its first bytes.
pub(super) fn detect(start: &[u8]) -> Option<Source> {
    let text = decode(start);
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'{' => {
            let has = |key: &str| text.contains(key);
            if has("\"bindings\"") || has("\"head\"") && has("\"vars\"") {
                Some(Source::Sparql)
            } else {
                (has("\"entities\"") || has("\"claims\"") || has("\"labels\"") || has("\"type\"")).then_some(Source::Wikidata)
            }
        }
        b'[' => {
            let rest = text[1..].trim_start();
            let flat =
                rest.starts_with('{') && !rest.contains("\"claims\"") && !rest.contains("\"labels\"") && !rest.contains("\"entity-type\"");
            Some(if flat && !rest.contains("\"type\":\"item\"") { Source::Sparql } else { Source::Wikidata })
        }
        _ => is_petrarch(text).then_some(Source::Petrarch),
    }
}

/// Whether some line has the shape `NAME_ [CODE]`, `[CODE 920101-960101]`, `NAME {NAMES} [~SUFFIX]` or `!SET! = A, B`.
fn is_petrarch(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.split(['#', ';']).next().unwrap_or_default().trim();
        let set = line.starts_with('!') && line.contains('=');
        let coded = line.split_once('[').is_some_and(|(_, code)| {
            let code = code.split(']').next().unwrap_or_default();
            let code = code.split_whitespace().next().unwrap_or_default().trim_matches('~');
            code.len() >= 3 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        });
        set || coded
    })
}

/// The text of a whole file: UTF-8, or UTF-16 where a byte order mark says so; a mark at its head is dropped.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode_with_bom_removal(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}

/// The lines of a file as text, with their numbers from 1. A line that is no UTF-8 is read as Windows-1252 and named.
pub(super) fn lines(bytes: &[u8], mut take: impl FnMut(usize, Cow<'_, str>, bool)) {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        for (number, line) in decode(bytes).lines().enumerate() {
            take(number + 1, Cow::Borrowed(line), false);
        }
        return;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (number, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match std::str::from_utf8(line) {
            Ok(text) => take(number + 1, Cow::Borrowed(text), false),
            Err(_) => take(number + 1, encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_how_they_begin() {
        for (start, expected) in [
            ("[\n{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{}},", Some(Source::Wikidata)),
            ("{\"entities\":{\"Q1\":{}}}", Some(Source::Wikidata)),
            ("{\"type\":\"item\",\"id\":\"Q1\"}", Some(Source::Wikidata)),
            ("[\n", Some(Source::Wikidata)),
            ("\u{feff}{ \"head\": { \"vars\": [\"a\"] } }", Some(Source::Sparql)),
            ("[{\"person\":\"http://www.wikidata.org/entity/Q1\"}]", Some(Source::Sparql)),
            ("# note\n\nSOME_ONE_ ; note\n\t[AFGGOV 030101-041231]\n", Some(Source::Petrarch)),
            ("!MEN! = MAN, MEN\n", Some(Source::Petrarch)),
            ("POLICE {} [~COP]\n", Some(Source::Petrarch)),
            ("id\tname\n", None),
            ("Hello [sic] world", None),
            ("", None),
        ] {
            assert_eq!(detect(start.as_bytes()), expected, "{start}");
        }
    }

    #[test]
    fn lines_in_other_encodings_are_read_and_named() {
        let mut seen = Vec::new();
        lines(b"A_\r\nW\xd6RNER_\n", |n, line, odd| seen.push(format!("{n} {line} {odd}")));
        assert_eq!(seen, ["1 A_ false", "2 WÖRNER_ true", "3  false"]);
    }
}
