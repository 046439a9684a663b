//! An HTTP response as it went over the wire → its page.

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::{
    item::{Item, Media, Origin},
    text::{begins, decoded_head},
};

/// The page of a response; else, in a few words, what it is instead.
pub(super) fn response(block: Vec<u8>, origin: Origin, most: usize) -> Result<Item, String> {
    let Some((head, body)) = split(&block) else { return Err("response without an HTTP head".into()) };
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    if status != "200" {
        let status = if status.len() == 3 && status.bytes().all(|b| b.is_ascii_digit()) { status } else { "unknown" };
        return Err(format!("status {status}"));
    }
    let headers: Vec<(&str, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect();
    let get = |name: &str| headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let mut doubts = Vec::new();
    let mut body = body.to_vec();
    if get("Transfer-Encoding").is_some_and(|encoding| encoding.eq_ignore_ascii_case("chunked")) {
        // Many archives keep the header and write the body without its chunks.
        match unchunked(&body) {
            Ok(whole) => body = whole,
            Err(Some(part)) => {
                doubts.push("the response breaks off".to_owned());
                body = part;
            }
            Err(None) => {}
        }
    }
    let encoding = get("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
    match encoding.as_str() {
        "" | "identity" => {}
        "gzip" | "x-gzip" | "deflate" => match unpacked(&body, &encoding, most) {
            Some((bytes, whole)) => {
                if !whole {
                    doubts.push("the response breaks off".to_owned());
                }
                body = bytes;
            }
            // The header speaks of the wire, the archive may hold what came off it.
            None if !body.starts_with(&[0x1f, 0x8b]) => {}
            None => return Err("response whose packing is broken or too large".into()),
        },
        "br" => return Err("response packed with brotli".into()),
        _ => return Err("response packed in an unknown way".into()),
    }
    let mut item = self::body(body, get("Content-Type").unwrap_or_default(), origin)?;
    item.language = get("Content-Language").map(str::to_owned);
    item.doubts.append(&mut doubts);
    Ok(item)
}

/// A body of which the media type is known; else what it is instead of a page.
pub(super) fn body(bytes: Vec<u8>, content: &str, origin: Origin) -> Result<Item, String> {
    let (kind, parameters) = content.split_once(';').unwrap_or((content, ""));
    let kind = kind.trim().to_ascii_lowercase();
    if bytes.trim_ascii().is_empty() {
        return Err("empty response".into());
    }
    let head = &bytes[..bytes.len().min(1024)];
    let media = match kind.as_str() {
        _ if memchr::memmem::find(head, b"%PDF-").is_some() => Media::Pdf,
        "text/html" | "application/xhtml+xml" => Media::Html,
        "text/plain" => Media::Text,
        "text/markdown" | "text/x-markdown" => Media::Markdown,
        "" | "application/octet-stream" | "unknown" | "no-type" if is_page(head) => Media::Html,
        "" | "no-type" => return Err("not text (no type given)".into()),
        kind => return Err(format!("not text ({})", if known_shape(kind) { kind } else { "unknown type" })),
    };
    let mut item = Item::new(bytes, media, origin);
    item.charset = parameters
        .split(';')
        .filter_map(|one| one.split_once('='))
        .find_map(|(name, value)| name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned()));
    Ok(item)
}

fn is_page(head: &[u8]) -> bool {
    let text = decoded_head(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    begins(text, "<!doctype html") || begins(text, "<html")
}

/// Whether a media type looks like one, so that it can be shown.
fn known_shape(kind: &str) -> bool {
    kind.len() < 80 && kind.contains('/') && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.+-_".contains(&b))
}

/// Head and body.
fn split(block: &[u8]) -> Option<(&[u8], &[u8])> {
    if !block.starts_with(b"HTTP/") {
        return None;
    }
    let (crlf, lf) = (memchr::memmem::find(block, b"\r\n\r\n"), memchr::memmem::find(block, b"\n\n"));
    let (end, length) = match (crlf, lf) {
        (Some(crlf), Some(lf)) if lf < crlf => (lf, 2),
        (Some(crlf), _) => (crlf, 4),
        (None, Some(lf)) => (lf, 2),
        (None, None) => return None,
    };
    Some((&block[..end], &block[end + length..]))
}

/// Puts chunks together; on error what there was of them, or nothing if there are no chunks at all.
fn unchunked(body: &[u8]) -> Result<Vec<u8>, Option<Vec<u8>>> {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let broken = |whole: Vec<u8>| Err((!whole.is_empty()).then_some(whole));
        let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]) else { return broken(whole) };
        let line = rest[..end].trim_ascii();
        let digits = line.split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
        let length = std::str::from_utf8(digits).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
        rest = &rest[end + 1..];
        match length {
            Some(0) => return Ok(whole),
            Some(length) if length <= rest.len() => {
                whole.extend_from_slice(&rest[..length]);
                rest = &rest[length..];
                rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
                if rest.is_empty() {
                    return broken(whole);
                }
            }
            // The last chunk is cut off, unless it is the first and no chunk at all.
            Some(_) if !whole.is_empty() => {
                whole.extend_from_slice(rest);
                return broken(whole);
            }
            _ => return broken(whole),
        }
    }
}

/// What a packed body unpacks to, and whether to its end; `None` if to nothing, or to more than `most` bytes.
fn unpacked(body: &[u8], encoding: &str, most: usize) -> Option<(Vec<u8>, bool)> {
    let take = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        let whole = reader.take(most as u64 + 1).read_to_end(&mut bytes).is_ok();
        (!bytes.is_empty() && bytes.len() <= most).then_some((bytes, whole))
    };
    match encoding {
        "deflate" => take(&mut ZlibDecoder::new(body)).or_else(|| take(&mut DeflateDecoder::new(body))),
        _ => take(&mut GzDecoder::new(body)),
    }
}
