//! Whatever the bytes: no panic, no endless loop, and the same twice.

use std::{
    io::Cursor,
    panic::catch_unwind,
    time::{Duration, Instant},
};

use demarche::document::LoadOptions;
use demarche_sources::{Limits, gdelt, read};

use crate::common::{gzip, line, pdf, zip, zstd};

/// A small generator, so that a failure can be had again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// How many times as much is tried as usually (`DEMARCHE_ROUNDS=50`).
fn rounds() -> usize {
    std::env::var("DEMARCHE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let feed = b"<?xml version='1.0'?><rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title><item><title>a &amp; b</title>\
        <link>http://e/1</link><content:encoded><![CDATA[<p>They met.</p>]]></content:encoded><pubDate>Tue, 13 Jan 2026 09:00:00 GMT</pubDate></item></channel></rss>";
    let atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='xhtml'><div>x<b>y</b></div></title><link href='/1'/><content type='html'>&lt;p></content></entry></feed>";
    let json = br#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"http://e/1","content_text":"They met."}]}"#;
    let map = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://e/1</loc><lastmod>2026-01-01</lastmod></url></urlset>";
    let warc = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e/1\r\nContent-Length: 88\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n\r\n\r\n\
        WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>y\r\n\r\n";
    let arc = b"filedesc://x 0.0.0.0 20260101000000 text/plain 4\n1 0 \n\nhttp://e/1 1.2.3.4 20260101000000 text/html 4\n<p>x\n";
    let mbox = b"From a@e Tue Jan 13 09:00:00 2026\nFrom: =?utf-8?q?a?= <a@e>\nSubject: s\nDate: Tue, 13 Jan 2026 09:00:00 +0900\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>\n--b--\n\nFrom b@e x\nTo: c\n\ny\n";
    let events = format!("1\t20260113\t{}042\t042\t04{}\n", "\t".repeat(24), "\t".repeat(32));
    vec![
        ("feed", feed.to_vec()),
        ("atom", atom.to_vec()),
        ("json", json.to_vec()),
        ("map", map.to_vec()),
        ("warc", warc.to_vec()),
        ("warc.gz", gzip(warc)),
        ("warc.zst", zstd(warc)),
        ("arc", arc.to_vec()),
        ("mbox", mbox.to_vec()),
        ("page", b"<!doctype html><meta charset=utf-8><title>t</title><p>They met in Nara.".to_vec()),
        ("pdf", pdf(&["They met in Nara, and they agreed."])),
        ("zip", zip("a.csv", events.as_bytes())),
        ("events", events.into_bytes()),
        ("lines", b"{\"text\":\"They met.\"}\n{\"text\":\"b\"}\n".to_vec()),
        ("dictionary", include_bytes!("../data/dictionary.warc.zst").to_vec()),
    ]
}

/// All that can be made of some bytes, as text.
fn made_of(bytes: &[u8], with_pdf: bool) -> String {
    let limits = Limits { document: 1 << 20, unpacked: 8 << 20, entries: 1000 };
    let mut items = read(Box::new(Cursor::new(bytes.to_vec())), "x", &limits);
    let mut made = String::new();
    for item in items.by_ref().take(100_000) {
        made.push_str(&line(&item));
        if let Ok(item) = item
            && (with_pdf || item.media != demarche_sources::Media::Pdf)
        {
            made.push_str(&item.document(&LoadOptions::default()).map_or_else(|error| error.to_string(), |document| document.text));
        }
    }
    made.push_str(&format!("{:?}", items.tally()));
    for event in gdelt::events(Box::new(Cursor::new(bytes.to_vec())), "x", &limits).into_iter().flatten() {
        made.push_str(&format!("{:?}", event.map_err(|error| error.to_string())));
    }
    for mention in gdelt::mentions(Box::new(Cursor::new(bytes.to_vec())), "x", &limits).into_iter().flatten() {
        made.push_str(&format!("{:?}", mention.map_err(|error| error.to_string())));
    }
    made
}

fn survive(what: &str, bytes: &[u8], with_pdf: bool) {
    let began = Instant::now();
    let outcome = catch_unwind(|| made_of(bytes, with_pdf));
    assert!(outcome.is_ok(), "{what} panics on {:?}", String::from_utf8_lossy(bytes));
    assert!(began.elapsed() < Duration::from_secs(10), "{what} takes too long on {:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn every_cut_of_every_kind_is_survived() {
    for (what, bytes) in seeds() {
        let step = if what == "pdf" || what == "dictionary" { 41 } else { 3 };
        for end in (0..bytes.len()).step_by(step) {
            survive(what, &bytes[..end], true);
        }
    }
}

#[test]
fn random_damage_of_every_kind_is_survived() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for (what, bytes) in seeds() {
        for _ in 0..150 * rounds() {
            let mut damaged = bytes.clone();
            for _ in 0..=chance.below(8) {
                let at = chance.below(damaged.len());
                match chance.below(4) {
                    0 => damaged[at] = chance.below(256) as u8,
                    1 => drop(damaged.remove(at)),
                    2 => damaged.insert(at, b"<>&\"\0\xff\n\r"[chance.below(8)]),
                    _ => {
                        let end = (at + chance.below(30)).min(damaged.len());
                        let piece = damaged[at..end].to_vec();
                        let to = chance.below(damaged.len());
                        damaged.splice(to..to, piece);
                    }
                }
                if damaged.is_empty() {
                    break;
                }
            }
            survive(what, &damaged, what != "pdf" || chance.below(5) == 0);
        }
    }
}

#[test]
fn noise_is_survived_and_gives_the_same_twice() {
    let mut chance = Chance(88_172_645_463_325_252);
    let heads: [&[u8]; 12] = [
        b"",
        b"WARC/1.0\r\n",
        b"filedesc:",
        b"%PDF-1.4\n",
        b"<rss>",
        b"<feed>",
        b"<urlset>",
        b"{\"items\":",
        b"From a\nb: c\n",
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        b"PK\x03\x04",
    ];
    for round in 0..600 * rounds() {
        let mut bytes = heads[round % heads.len()].to_vec();
        bytes.extend((0..chance.below(400)).map(|_| chance.below(256) as u8));
        survive("noise", &bytes, true);
        if round % 10 == 0 {
            assert_eq!(made_of(&bytes, false), made_of(&bytes, false));
        }
    }
}
