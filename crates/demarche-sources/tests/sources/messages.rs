//! Mailboxes, saved pages, PDF files, and files that are one document.

use demarche::document::LoadOptions;
use demarche_sources::{Kind, pdf::text};

use crate::common::{check, gzip, items_of, pdf, shown, zip};

const MBOX: &str = "From news@mofa.example Tue Jan 13 09:00:00 2026\r
From: =?UTF-8?Q?Minist=C3=A8re?= <news@mofa.example>\r
Subject: =?ISO-2022-JP?B?GyRCPHNHPjJxQ0wbKEI=?=\r
Date: Tue, 13 Jan 2026 01:00:00 +0900\r
Message-ID: <1@mofa.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=b\r
\r
--b\r
Content-Type: text/plain; charset=utf-8\r
\r
Plain words.\r
--b\r
Content-Type: text/html; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>The =C9lys=E9e met Tokyo.</p>\r
--b--\r
\r
From other@x.example Wed Jan 14 09:00:00 2026\r
From: other@x.example\r
Subject: Second\r
Content-Type: text/plain\r
\r
Words.\r
>From Seoul, with care.\r
From Busan, without.\r
\r
From x@x.example Wed Jan 14 09:00:00 2026\r
From: x@x.example\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
";

#[test]
fn newsletters_come_out_of_a_mailbox() {
    let expected = "m#1 | 2026-01-13 | 首脳会談 | Full Html | - | <p>The Élysée met Tokyo.</p>
        m#2 | - | Second | Full Text | - | Words.\r From Seoul, with care.\r From Bus";
    let lines = |bytes: &[u8]| shown(bytes, "m").replace("\r ", " ").lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    let wanted: Vec<String> = expected.replace("\r ", " ").lines().map(|line| line.trim().to_owned()).collect();
    let first = lines(MBOX.as_bytes());
    assert_eq!(first[0], wanted[0]);
    assert!(first[1].starts_with("m#2 | - | Second | Full Text") && first[1].contains("From Seoul"), "{}", first[1]);
    assert_eq!(lines(&gzip(MBOX.as_bytes())), first);
    let mut items = items_of(MBOX.as_bytes(), "m");
    let found: Vec<_> = items.by_ref().flatten().collect();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].publisher.as_deref(), found[0].id.as_deref()), (Some("Ministère"), Some("1@mofa.example")));
    assert_eq!(found[0].published.as_ref().unwrap().instant.unwrap().to_string(), "2026-01-12T16:00:00Z");
    assert!(MBOX[found[1].origin.offset.unwrap() as usize..].starts_with("From other@x"));
    let tally = items.tally();
    assert_eq!(tally.items + tally.errors + tally.left_out.get("message without text").unwrap_or(&0), 3, "{tally:?}");
    let document = found[1].document(&LoadOptions::default()).unwrap();
    assert!(document.text.contains("From Seoul, with care."), "{}", document.text);
}

#[test]
fn a_text_that_begins_with_from_is_no_mailbox() {
    let text = "From Seoul the president flew to Tokyo.\nHe met the prime minister.\n";
    assert_eq!(items_of(text.as_bytes(), "t.txt").kind(), Some(Kind::Text));
}

#[test]
fn a_page_saved_by_a_browser_is_one_page() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://mofa.example/1\r\nSubject: Talks\r\nDate: Tue, 13 Jan 2026 09:00:00 +0900\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>They met=2E</p></html>\r\n--b\r\nContent-Type: text/css\r\n\r\np{}\r\n--b--\r\n";
    check(page, "p.mhtml", "p.mhtml#1 | 2026-01-13 | Talks | Full Html | https://mofa.example/1 | <html><p>They met.</p></html>");
}

#[test]
fn communiques_are_read_and_scans_are_said() {
    let file =
        pdf(&["The leaders of Korea and Japan met in Nara.\nThey agreed to meet again.", "Second page, with a sentence of its own."]);
    let read = text(&file, "c.pdf").unwrap();
    assert!(read.text.contains("agreed to meet again.") && read.text.contains('\u{c}'), "{:?}", read.text);
    assert_eq!((read.pages, read.title.as_deref()), (2, Some("Joint Statement")));
    let item = items_of(&file, "c.pdf").next().unwrap().unwrap();
    let document = item.document(&LoadOptions::default()).unwrap();
    assert_eq!((document.meta.published.unwrap().to_string(), document.id), ("2026-01-13".to_owned(), item.hash()));
    let scan = items_of(&pdf(&["", ""]), "s.pdf").next().unwrap().unwrap();
    let error = scan.document(&LoadOptions::default()).unwrap_err();
    assert!(error.is_scanned() && error.to_string().contains("2 pages without text"), "{error}");
    for length in [9, 30, 200, file.len() / 2] {
        assert!(text(&file[..length], "cut.pdf").is_err(), "{length}");
    }
    let mixed = items_of(&pdf(&["The first page has all the text that there is in this file.", ""]), "m.pdf").next().unwrap().unwrap();
    let document = mixed.document(&LoadOptions::default()).unwrap();
    assert!(document.doubts.iter().any(|doubt| doubt.message.contains("1 of 2 pages")));
}

#[test]
fn whole_files_and_lines_are_items() {
    check("# Note\n\nThey met.", "n.md", "n.md | - | - | Full Markdown | - | # Note  They met.");
    check("<!doctype html><p>They met.", "-", "- | - | - | Full Html | - | <!doctype html><p>They met.");
    check(
        "{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n",
        "d.jsonl",
        "d.jsonl#1 | - | - | Full Json | - | {\"text\":\"a\"}\nd.jsonl#3 | - | - | Full Json | - | {\"text\":\"b\"}",
    );
    check(gzip(b"{\"text\":\"a\"}"), "d.jsonl.gz", "d.jsonl.gz#1 | - | - | Full Json | - | {\"text\":\"a\"}");
    check("{\n\"text\":\n\"a\"}", "o.json", "o.json#1 | - | - | Full Json | - | { \"text\": \"a\"}");
    check(zip("n.txt", b"They met."), "z.zip", "z.zip/n.txt | - | - | Full Text | - | They met.");
    check("", "e", "! e: is empty");
    check("\x1f\u{fffd}", "e", "e | - | - | Full Text | - | \x1f\u{fffd}");
    check(b"\x89PNG\r\n", "i.png", "! i.png: is an image");
    check(gzip(&gzip(b"x")), "g", "! g: is packed twice: unpack it first");
    check(zip("[Content_Types].xml", b"<Types/>"), "w.docx", "! w.docx: is a document of an office program: save it as PDF or HTML");
}

#[test]
fn the_encoding_that_a_server_names_counts() {
    let mut item = items_of(b"<html><p>Le pr\xe9sident est arriv\xe9 \xe0 S\xe9oul.</p></html>", "p.html").next().unwrap().unwrap();
    item.charset = Some("iso-8859-1".into());
    let document = item.document(&LoadOptions::default()).unwrap();
    assert!(document.text.contains("président est arrivé à Séoul"), "{}", document.text);
    assert_eq!(document.id, item.hash());
}
