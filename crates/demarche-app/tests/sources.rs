//! `demarche add` of what holds many documents, or is no text: from files and from a server on this machine.

mod common;

use std::path::PathBuf;

use common::{
    Run, folder, run, run_with, text,
    web::{Server, page, rss},
};
use serde_json::Value;

struct Place {
    folder: PathBuf,
    store: String,
}

impl Place {
    fn new(name: &str) -> Place {
        let folder = folder(name);
        Place { store: text(&folder.join("store.sqlite")).to_owned(), folder }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        text(&path).to_owned()
    }

    fn ask(&self, arguments: &[&str]) -> Run {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--store", &self.store]).collect();
        run(&arguments)
    }

    fn add(&self, paths: &[&str]) -> Run {
        let options = ["add", "--reader", "fast", "--allow-local", "--pause", "0"];
        self.ask(&[&options, paths].concat())
    }

    fn documents(&self) -> Vec<Value> {
        self.ask(&["documents", "-f", "jsonl"]).ends_with(0).jsonl()
    }

    fn stats(&self) -> Value {
        serde_json::from_str(&self.ask(&["store", "stats", "--json"]).ends_with(0).stdout).expect("JSON")
    }
}

const WARC: &str = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://mofa.example/1\r\nWARC-Date: 2026-01-13T09:00:00Z\r\nContent-Type: application/http\r\nContent-Length: LENGTH\r\n\r\n";

fn warc() -> String {
    let html = page("Talks in Nara", "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara on 13 January 2026.");
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{html}", html.len());
    format!("{}{http}\r\n\r\n", WARC.replace("LENGTH", &http.len().to_string()))
}

const MBOX: &str = "From a@mofa.example Tue Jan 13 09:00:00 2026\nFrom: Office <a@mofa.example>\nSubject: Call on Tuesday\nDate: Tue, 13 Jan 2026 09:00:00 +0900\nMessage-ID: <1@mofa.example>\nContent-Type: text/plain\n\nPresident Lee called Prime Minister Takaichi on Tuesday.\n\nFrom a@mofa.example Wed Jan 14 09:00:00 2026\nFrom: Office <a@mofa.example>\nSubject: Statement on trade\nDate: Wed, 14 Jan 2026 09:00:00 +0900\nMessage-ID: <2@mofa.example>\nContent-Type: text/plain\n\nSeoul and Tokyo will sign an accord next week.\n";

/// A row of GDELT 2.0 with what matters here.
fn gdelt_row(number: u32, code: &str) -> String {
    let mut cells = vec![String::new(); 61];
    for (column, value) in [
        (0, number.to_string().as_str()),
        (1, "20260113"),
        (2, "202601"),
        (3, "2026"),
        (5, "KOR"),
        (6, "SOUTH KOREA"),
        (7, "KOR"),
        (15, "JPN"),
        (16, "JAPAN"),
        (17, "JPN"),
        (25, "1"),
        (26, code),
        (27, &code[..2]),
        (28, &code[..2]),
        (29, "1"),
        (30, "1.0"),
        (59, "20260113091500"),
        (60, "https://news.example/1"),
    ] {
        cells[column] = value.to_owned();
    }
    cells.join("\t") + "\n"
}

#[test]
fn files_of_many_kinds_are_kept_with_their_origin() {
    let place = Place::new("sources_kinds");
    let long = "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara and agreed to resume talks. ".repeat(12);
    let feed = place
        .file("feed.xml", rss(&[("a", "Long talks", &long), ("b", "Short talks", "They met.")]).replace("HOST", "https://mofa.example"));
    let paths = [
        place.file("pages.warc", warc()),
        place.file("letters.mbox", MBOX),
        feed,
        place.file("2025-08-23-plain.txt", "Lee arrived in Tokyo."),
        place.file("lines.jsonl", "{\"title\": \"One\", \"text\": \"Lee met Ishiba.\"}\n{\"nothing\": 1}\n"),
    ];
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let added = place.add(&[&["--no-fetch"], &*paths].concat()).ends_with(3);
    for said in ["pages.warc (WARC): 1 added", "letters.mbox (mailbox): 2 added", "feed.xml (feed): 2 added", "7 added, 1 left out"] {
        assert!(added.stderr.contains(said), "{said}: {}", added.stderr);
    }
    let again = place.add(&[&["--no-fetch"], &*paths].concat()).ends_with(3);
    assert!(again.stderr.contains("0 added, 7 known already, 1 left out"), "{}", again.stderr);

    let documents = place.documents();
    let of = |title: &str| documents.iter().find(|document| document["title"] == title).unwrap_or_else(|| panic!("{title}"));
    assert_eq!(of("Talks in Nara")["address"], "https://mofa.example/1");
    assert_eq!((&of("Call on Tuesday")["published"], &of("Long talks")["publisher"]), (&"2026-01-13".into(), &"Office".into()));
    let shown = place.ask(&["show", of("Statement on trade")["id"].as_str().expect("an id")]).ends_with(0).stdout;
    assert!(shown.contains("letters.mbox#2 (mbox ") && shown.contains("number 2, at byte 2"), "{shown}");
    // What another reader makes of what is kept are the same documents.
    place.ask(&["reread"]).ends_with(0);
    let without_reader = |documents: Vec<Value>| -> Vec<Value> {
        documents
            .into_iter()
            .map(|mut document| {
                document["reader"].take();
                document["events"].take();
                document
            })
            .collect()
    };
    assert_eq!(without_reader(place.documents()), without_reader(documents));
    assert!(place.ask(&["store", "check"]).ends_with(0).stdout.contains("sound"));
}

#[test]
fn tables_of_gdelt_become_foreign_events() {
    let place = Place::new("sources_gdelt");
    let rows = format!("{}{}{}", gdelt_row(1, "042"), gdelt_row(2, "190"), gdelt_row(3, "990"));
    let table = place.file("20260113091500.export.CSV", rows);
    let added = place.add(&[&table]).ends_with(3);
    assert!(added.stderr.contains("(GDELT events): 0 added, 2 foreign events or mentions added, 1 left out"), "{}", added.stderr);
    assert!(added.stderr.contains("line 3"), "{}", added.stderr);
    let again = place.add(&[&table]).ends_with(3);
    assert!(again.stderr.contains("2 foreign events or mentions known already"), "{}", again.stderr);
    let stats = place.stats();
    assert_eq!((&stats["foreign_events"], &stats["documents"], &stats["events"]), (&2.into(), &0.into(), &0.into()));
}

/// A PDF file with one page that shows nothing but a drawing.
fn scanned() -> String {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << >> /Contents 4 0 R >>",
        "<< /Length 18 >>\nstream\n10 10 99 99 re f\n\nendstream",
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 5\n0000000000 65535 f \n".to_owned();
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let start = file.len();
    format!("{file}{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
}

#[test]
fn a_scanned_pdf_is_said_and_kept() {
    let place = Place::new("sources_scanned");
    let file = place.file("communique.pdf", scanned());
    let added = place.add(&[&file]).ends_with(3);
    assert!(added.stderr.contains("probably scanned") && added.stderr.contains("1 added, 1 kept, not read"), "{}", added.stderr);
    assert!(place.add(&[&file]).ends_with(0).stderr.contains("1 known already"));
    let documents = place.documents();
    assert_eq!((documents.len(), &documents[0]["sentences"]), (1, &0.into()));
    let raw = place.ask(&["show", documents[0]["id"].as_str().expect("an id"), "-f", "raw"]).ends_with(0).stdout;
    assert_eq!(raw, scanned());
    place.ask(&["reread"]).ends_with(0);
    assert!(place.ask(&["store", "check"]).ends_with(0).stdout.contains("sound"));
}

#[test]
fn addresses_are_fetched_with_what_they_lead_to() {
    let (server, place) = (Server::new(), Place::new("sources_addresses"));
    server.says("/feed", "application/rss+xml", &rss(&[("a", "Talks in Nara", "They met."), ("b", "Lost talks", "They had met.")]));
    server.says("/a", "text/html", &page("Talks in Nara", "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara."));
    server.says("/map", "application/xml", "<urlset><url><loc>HOST/c</loc></url><url><loc>HOST/d</loc></url></urlset>");
    server.says("/index", "application/xml", "<sitemapindex><sitemap><loc>HOST/map</loc></sitemap></sitemapindex>");
    server.says("/c", "text/html", &page("Statement", "Seoul and Tokyo will sign an accord next week."));
    server.says("/d", "text/html", &page("Visit", "Prime Minister Takaichi will visit Seoul in March."));
    server.refuses("/loop", "302 Found\r\nLocation: HOST/loop");
    let added = place.add(&[&server.at("/feed"), &server.at("/loop"), &server.at("/index"), &server.at("/c")]).ends_with(3);
    assert!(added.stderr.contains("more than 5 times") && added.stderr.contains("/b: answers with status 404"), "{}", added.stderr);
    let titles: Vec<_> = place.documents().iter().map(|document| document["title"].clone()).collect();
    assert_eq!(titles.len(), 4, "{titles:?}");
    let lost = place.documents().into_iter().find(|document| document["title"] == "Lost talks").expect("its own words");
    assert_eq!(lost["source"], format!("{}#b", server.at("/feed")));
    server.asked();
    // What is known is not fetched again for the same entries.
    let again = place.add(&[&server.at("/index")]).ends_with(0);
    assert!(again.stderr.contains("2 known already"), "{}", again.stderr);
    assert_eq!(server.asked(), ["/index", "/map"]);
    // Without leave the local network is not asked, and a store is made all the same.
    let refused = place.ask(&["add", "--reader", "fast", &server.at("/c")]).ends_with(1);
    assert!(refused.stderr.contains("--allow-local") && server.asked().is_empty(), "{}", refused.stderr);
}

#[test]
fn standard_input_may_be_a_container() {
    let place = Place::new("sources_stdin");
    let options = ["add", "--reader", "fast", "--store", &place.store, "-"];
    run_with(&options, MBOX.as_bytes()).ends_with(0);
    run_with(&options, b"Lee met Ishiba in Tokyo.").ends_with(0);
    assert_eq!(place.documents().len(), 3);
}
