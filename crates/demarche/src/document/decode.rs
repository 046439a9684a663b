//! Raw bytes → text: byte order marks, declared encodings, guesses, and what cannot be text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memmem};

use super::{
    OffsetMap,
    error::{Kind, LoadError},
};

/// Text, the way back to its bytes, and what was odd about them.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) map: OffsetMap,
    pub(crate) doubt: Option<String>,
}

/// Decodes a file. UTF-8 is taken as it is; everything else is decoded, and a guess is said to be one.
pub(crate) fn decode<'a>(bytes: &'a [u8], source: &str) -> Result<Decoded<'a>, LoadError> {
    if bytes.len() >= u32::MAX as usize {
        return Err(LoadError::new(Kind::TooLong, source, "longer than 4 GiB"));
    }
    if let Some((kind, what)) = known_kind(bytes) {
        return Err(LoadError::new(kind, source, what));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let body = &bytes[length..];
        if encoding == UTF_8 {
            return utf8(body, length, source);
        }
        return Ok(foreign(body, encoding, None));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(foreign(bytes, encoding, Some("without a byte order mark")));
    }
    utf8(bytes, 0, source)
}

fn utf8<'a>(bytes: &'a [u8], offset: usize, source: &str) -> Result<Decoded<'a>, LoadError> {
    if let Some(at) = memchr(0, bytes) {
        let message = format!("looks like binary data (a zero byte at offset {})", at + offset);
        return Err(LoadError::new(Kind::Binary, source, message));
    }
    let invalid = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let map = match offset {
                0 => OffsetMap::same(),
                _ => OffsetMap { runs: vec![(0, offset as u32, text.len() as u32)], identity: false },
            };
            return not_control(text, source).map(|text| Decoded { text: Cow::Borrowed(text), map, doubt: None });
        }
        Err(error) => error.valid_up_to(),
    };
    if let Some(label) = declared(bytes)
        && let Some(encoding) = Encoding::for_label(label)
        && encoding != UTF_8
    {
        return Ok(foreign(bytes, encoding, None));
    }
    if is_damaged_utf8(bytes, invalid) {
        return Ok(repaired(bytes, offset));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[invalid..], true);
    let decoded = foreign(bytes, detector.guess(None, Utf8Detection::Deny), Some("a guess"));
    not_control(&decoded.text, source)?;
    Ok(decoded)
}

/// Decodes from an encoding other than UTF-8; `how` says why the encoding is doubtful.
fn foreign<'a>(bytes: &'a [u8], encoding: &'static Encoding, how: Option<&str>) -> Decoded<'a> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let doubt = match (how, malformed) {
        (None, false) => None,
        (Some(how), false) => Some(format!("not UTF-8: read as {name} ({how})")),
        (_, true) => {
            let count = text.matches('\u{fffd}').count();
            Some(format!("read as {name}, in which {count} characters could not be decoded"))
        }
    };
    Decoded { text: Cow::Owned(text.into_owned()), map: OffsetMap::default(), doubt }
}

/// Replaces each run of bad bytes by U+FFFD.
fn repaired<'a>(bytes: &'a [u8], offset: usize) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut runs = Vec::new();
    let (mut raw, mut bad) = (offset, 0);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            runs.push((text.len() as u32, raw as u32, chunk.valid().len() as u32));
        }
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            bad += chunk.invalid().len();
            text.push('\u{fffd}');
        }
        raw += chunk.valid().len() + chunk.invalid().len();
    }
    let noun = if bad == 1 { "byte is" } else { "bytes are" };
    let doubt = Some(format!("{bad} {noun} not UTF-8 and became U+FFFD"));
    Decoded { text: Cow::Owned(text), map: OffsetMap { runs, identity: false }, doubt }
}

/// Whether bytes that are not UTF-8 were meant to be: most of what is not ASCII decodes.
///
/// In a legacy encoding hardly any two neighbouring bytes happen to form a UTF-8 sequence.
fn is_damaged_utf8(bytes: &[u8], invalid: usize) -> bool {
    let cut_off = std::str::from_utf8(&bytes[invalid..]).is_err_and(|error| error.error_len().is_none());
    let (mut good, mut bad, mut never) = (0, 0, 0);
    for chunk in bytes.utf8_chunks().take(10_000) {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
        never += usize::from(matches!(chunk.invalid(), [0xff] | [0xfe]));
    }
    good > bad || cut_off && good + 1 >= bad && bytes[invalid..].len() <= 3 && invalid > 0 && bytes.len() - invalid > 1 || never == bad
}

/// The encoding's label in a page's `charset=` or an XML declaration's `encoding=`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(2048)];
    let after =
        ["charset=", "encoding="].into_iter().find_map(|key| memmem::find(head, key.as_bytes()).map(|at| &head[at + key.len()..]))?;
    let after = after.strip_prefix(b"\"").or(after.strip_prefix(b"'")).unwrap_or(after);
    let length = after.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:".contains(b)).count();
    Some(&after[..length])
}

/// UTF-16 that lost its byte order mark: Latin text has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        (0, _) if odd * 10 >= half * 7 => Some(UTF_16LE),
        (_, 0) if even * 10 >= half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

/// What a well-known kind of file is that holds no single text.
fn known_kind(bytes: &[u8]) -> Option<(Kind, &'static str)> {
    const KINDS: [(&[u8], Kind, &str); 10] = [
        (b"\x1f\x8b", Kind::Binary, "looks like binary data (gzip)"),
        (b"%PDF-", Kind::Binary, "looks like binary data (a PDF file): extract its text first"),
        (b"PK\x03\x04", Kind::Binary, "looks like binary data (a ZIP file, or a document of an office program)"),
        (b"\x89PNG", Kind::Binary, "looks like binary data (an image)"),
        (b"\xff\xd8\xff", Kind::Binary, "looks like binary data (an image)"),
        (b"GIF8", Kind::Binary, "looks like binary data (an image)"),
        (b"\x7fELF", Kind::Binary, "looks like binary data (a program)"),
        (b"\xd0\xcf\x11\xe0", Kind::Binary, "looks like binary data (a document of an office program)"),
        (b"WARC/", Kind::Container, "looks like a web archive (WARC), which holds many documents"),
        (b"filedesc:", Kind::Container, "looks like a web archive (ARC), which holds many documents"),
    ];
    KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, kind, what)| (kind, what))
}

/// Refuses text that is mostly control characters.
fn not_control<'a>(text: &'a str, source: &str) -> Result<&'a str, LoadError> {
    let head = &text.as_bytes()[..text.len().min(4096)];
    let control = head.iter().filter(|&&b| b < b' ' && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0c | 0x1b)).count();
    if control * 10 > head.len() {
        return Err(LoadError::new(Kind::Binary, source, "looks like binary data (control characters)"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, doubt: Option<&str>) {
        let decoded = decode(bytes, "test").expect("decodes");
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.doubt.as_deref(), doubt);
    }

    #[test]
    fn encodings_are_recognized() {
        check("Élysée".as_bytes(), "Élysée", None);
        check(b"\xef\xbb\xbfSeoul", "Seoul", None);
        check(b"\xff\xfeS\0e\0o\0u\0l\0", "Seoul", None);
        check(b"\xfe\xff\0S\0e\0o\0u\0l", "Seoul", None);
        check(b"T\0h\0e\0 \0l\0e\0a\0d\0e\0r\0s\0", "The leaders", Some("not UTF-8: read as UTF-16LE (without a byte order mark)"));
        check(
            b"Macron left the \xc9lys\xe9e, \x93smiling\x94, on Tuesday.",
            "Macron left the Élysée, “smiling”, on Tuesday.",
            Some("not UTF-8: read as windows-1252 (a guess)"),
        );
        let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("首脳会談は奈良で行われた。両首脳は協力を確認した。");
        check(&japanese, "首脳会談は奈良で行われた。両首脳は協力を確認した。", Some("not UTF-8: read as Shift_JIS (a guess)"));
        let (korean, ..) = encoding_rs::EUC_KR.encode("정상회담은 나라에서 열렸다. 두 정상은 협력을 확인했다.");
        check(&korean, "정상회담은 나라에서 열렸다. 두 정상은 협력을 확인했다.", Some("not UTF-8: read as EUC-KR (a guess)"));
        check(b"<meta charset=\"iso-8859-2\"><p>Orb\xe1n", "<meta charset=\"iso-8859-2\"><p>Orbán", None);
    }

    #[test]
    fn lone_bad_bytes_are_replaced_and_counted() {
        check(
            b"Lee \xe2\x80\x94 who met\xff Ishiba \xe2\x80\x94 left",
            "Lee — who met\u{fffd} Ishiba — left",
            Some("1 byte is not UTF-8 and became U+FFFD"),
        );
        check(b"cut \xe2\x80\x94 off \xe2\x80", "cut — off \u{fffd}", Some("2 bytes are not UTF-8 and became U+FFFD"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"a\0b\0\0c"[..], b"\x1f\x8b\x08", b"%PDF-1.7", b"\x01\x02\x03\x04 x"] {
            let error = decode(bytes, "f").err().expect("refused");
            assert!(error.is_binary() && error.message().starts_with("looks like binary"), "{error}");
        }
    }
}
