//! Web archives.

use demarche::document::LoadOptions;
use demarche_sources::{Limits, read};
use flate2::{Compression, write::GzEncoder};
use std::io::{Cursor, Write};

use crate::common::{check, gzip, items_of, shown, zstd};

fn record(kind: &str, address: &str, block: &str) -> Vec<u8> {
    let content = if kind == "resource" { "text/html" } else { "application/http; msgtype=response" };
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-13T00:00:00Z\r\nWARC-Record-ID: <urn:x>\r\n\
         Content-Type: {content}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn page(text: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><title>{text}</title><p>{text} met.</p></html>")
}

fn records() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "", "software: none"),
        record("response", "http://a.example/1", &page("One")),
        record("revisit", "http://a.example/1", "HTTP/1.1 200 OK\r\n\r\n"),
        record("response", "http://a.example/i", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxyz"),
        record("response", "http://a.example/m", "HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"),
        record(
            "response",
            "<http://a.example/2>",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>T\r\n3\r\nwo.\r\n0\r\n\r\n",
        ),
        record("resource", "http://a.example/3", "<p>Three.</p>"),
    ]
}

const GIVEN: &str = "w#2 | - | - | Full Html | http://a.example/1 | <html><title>One</title><p>One met.</p><
    w#6 | - | - | Full Html | http://a.example/2 | <p>Two.
    w#7 | - | - | Full Html | http://a.example/3 | <p>Three.</p>";

#[test]
fn pages_come_out_and_the_rest_is_counted() {
    let plain = records().concat();
    check(&plain, "w", GIVEN);
    check(gzip(&plain), "w", GIVEN);
    let gzip_members: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    check(&gzip_members, "w", GIVEN);
    let frames: Vec<u8> = records().iter().flat_map(|record| zstd(record)).collect();
    check(&frames, "w", GIVEN);
    let mut items = items_of(&gzip_members, "w");
    let found: Vec<_> = items.by_ref().flatten().collect();
    let before: usize = records()[..5].iter().map(|record| gzip(record).len()).sum();
    assert_eq!((found[1].origin.offset, found[1].origin.within), (Some(before as u64), None));
    assert_eq!(found[0].origin.captured.unwrap().to_string(), "2026-01-13T00:00:00Z");
    let left_out: Vec<String> = items.tally().left_out.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    assert_eq!(left_out, ["1 not text (image/png)", "1 revisit", "1 status 301", "1 warcinfo"]);
    let document = found[0].document(&LoadOptions::default()).unwrap();
    assert_eq!((document.meta.title.as_deref(), document.meta.address.as_deref()), (Some("One"), Some("http://a.example/1")));
}

#[test]
fn the_dictionary_of_a_zstd_archive_is_used() {
    let bytes = include_bytes!("../data/dictionary.warc.zst");
    let shown = shown(bytes, "d");
    assert!(shown.lines().count() == 2 && shown.contains("http://d.example/2") && !shown.contains('!'), "{shown}");
}

#[test]
fn a_broken_member_costs_only_itself() {
    for at in [20, 60, 100, 150] {
        let mut members: Vec<Vec<u8>> = records().iter().map(|record| gzip(record)).collect();
        members[1][at] ^= 0x55;
        let shown = shown(&members.concat(), "w");
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("! w: record") && !shown.contains("w#2 |"), "{at} {shown}");
        assert!(lines[lines.len() - 2].contains("Two.") && lines[lines.len() - 1].contains("Three."), "{at} {shown}");
    }
    let mut packed = gzip(&record("response", "http://a.example/1", &page("One")));
    let check_sum = packed.len() - 8;
    packed[check_sum] ^= 1;
    packed.extend(gzip(&record("resource", "http://a.example/2", "<p>Two.")));
    let shown = shown(&packed, "w");
    assert!(shown.starts_with("! w: record 1: the packed data is broken") && shown.contains("\nw#2 | "), "{shown}");
}

#[test]
fn a_record_that_lies_about_its_length_costs_only_itself() {
    let mut wrong = String::from_utf8(record("response", "http://a.example/0", &page("Zero"))).unwrap();
    wrong = wrong.replace("Content-Length: 1", "Content-Length: x");
    let bytes = [wrong.into_bytes(), records().concat()].concat();
    let shown = shown(&bytes, "w");
    assert!(shown.starts_with("! w: record 1 at byte 0: its Content-Length is") && shown.lines().count() == 4, "{shown}");
}

#[test]
fn every_cut_gives_what_is_whole_and_an_error() {
    let plain = records().concat();
    let first_ends = records()[..2].concat().len();
    for cut in (first_ends..plain.len() - 5).step_by(7) {
        let items: Vec<_> = items_of(&plain[..cut], "w").collect();
        assert!(items[0].is_ok(), "{cut}");
        assert!(
            items[1..].iter().all(|item| item.as_ref().map_or_else(|error| error.is_cut_off(), |item| item.origin.number > 5)),
            "{cut}"
        );
    }
}

#[test]
fn archives_of_the_older_kind_are_read() {
    let block = page("Arc");
    let head = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n";
    let arc = format!(
        "filedesc://x.arc 0.0.0.0 20260113000000 text/plain {}\n{head}\nhttp://a.example/a b 1.2.3.4 20260113010203 text/html {}\n{block}\n\
         http://a.example/bad 1.2.3.4 20260113010203 text/html many\nnoise\n\nhttp://a.example/c 1.2.3.4 20260113010203 text/html {}\n{block}\n",
        head.len(),
        block.len(),
        block.len()
    );
    check(
        arc,
        "a",
        "a#2 | - | - | Full Html | http://a.example/a b | <html><title>Arc</title><p>Arc met.</p><
         ! a: record 3 at byte 285: its length is “many”: passed over
         a#4 | - | - | Full Html | http://a.example/c | <html><title>Arc</title><p>Arc met.</p><",
    );
}

/// Zeros that unpack to much more than they are.
struct Zeros(u64);

impl std::io::Read for Zeros {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = out.len().min(usize::try_from(self.0).unwrap_or(usize::MAX));
        out[..count].fill(0);
        self.0 -= count as u64;
        Ok(count)
    }
}

#[test]
fn a_bomb_does_not_go_off() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let length: u64 = 200 << 20;
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
    encoder.write_all(&[records().concat(), head.into_bytes()].concat()).unwrap();
    std::io::copy(&mut Zeros(length), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    let items: Vec<_> = items_of(&bomb, "bomb").collect();
    assert_eq!(items.len(), 4);
    assert!(items[3].as_ref().is_err_and(|error| error.is_too_large()), "{:?}", items[3]);
    let limits = Limits { document: 1000, unpacked: 3000, ..Limits::default() };
    let items: Vec<_> = read(Box::new(Cursor::new(gzip(&[b'x'; 2000]))), "t", &limits).collect();
    assert!(items.len() == 1 && items[0].as_ref().is_err_and(|error| error.is_too_large()));
    let items: Vec<_> = read(Box::new(Cursor::new(gzip(&records().concat().repeat(10)))), "t", &limits).collect();
    assert!(items.last().unwrap().as_ref().is_err_and(|error| error.is_too_large()));
}
