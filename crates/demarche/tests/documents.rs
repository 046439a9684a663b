//! How documents are laid out: a file in, its blocks and what is known of it out.

use demarche::document::{BlockKind, DateSource, Document, Format, JsonLines, LoadOptions, load, load_one};

fn read(source: &str, content: &str) -> Document {
    load_one(content.as_bytes(), source, &LoadOptions::default()).expect("is a document")
}

/// Each block with a letter for its kind: Headline, heading, paragraph, list item (-), furniture (.).
fn blocks(document: &Document) -> Vec<String> {
    let letter = |kind| match kind {
        BlockKind::Headline => 'H',
        BlockKind::Heading => 'h',
        BlockKind::Paragraph => 'p',
        BlockKind::ListItem => '-',
        BlockKind::Furniture => '.',
    };
    document.blocks.iter().map(|block| format!("{} {}", letter(block.kind), block.span.of(&document.text).replace('\n', "⏎"))).collect()
}

fn check(source: &str, content: &str, expected: &[&str]) -> Document {
    let document = read(source, content);
    assert_eq!(blocks(&document), expected);
    document
}

fn doubts(document: &Document) -> Vec<&'static str> {
    document.doubts.iter().map(|doubt| doubt.code).collect()
}

#[test]
fn a_wire_story() {
    let document = check(
        "2026-01-13-nara.txt",
        "Lee and Takaichi meet in Nara\nBy Kim Min-su\nPublished: 2026-01-13\n\nNARA, Japan, Jan. 13 (Strait Wire) — Lee met Takaichi.\n\n\
         ADVERTISEMENT\n\nWhat Comes Next\n\nThey will talk about:\n- trade\n- security\n\nRead more: Lee in Beijing\n(END)\n© 2026 Strait Wire",
        &[
            "H Lee and Takaichi meet in Nara",
            ". By Kim Min-su",
            ". Published: 2026-01-13",
            "p NARA, Japan, Jan. 13 (Strait Wire) — Lee met Takaichi.",
            ". ADVERTISEMENT",
            "h What Comes Next",
            "p They will talk about:",
            "- trade",
            "- security",
            ". Read more: Lee in Beijing",
            ". (END)",
            ". © 2026 Strait Wire",
        ],
    );
    assert_eq!(document.meta.title.as_deref(), Some("Lee and Takaichi meet in Nara"));
    assert_eq!(document.meta.published_from, Some(DateSource::Text));
    let dateline = document.meta.dateline.map(|span| span.of(&document.text));
    assert_eq!(dateline, Some("NARA, Japan, Jan. 13 (Strait Wire) —"));
    assert!(document.map.identity && document.doubts.is_empty());
}

#[test]
fn a_story_without_empty_lines() {
    check(
        "-",
        "SEOUL – The envoy arrived in Tokyo ahead of a summit.\nLee Touches Down in Tokyo\nThe arrival marks a step.\n\
         Key topics include:\n- Trade: more of it.\n- Security: also more\nAnticipated Discussions to Focus on Trade\nMore was said.\n",
        &[
            "p SEOUL – The envoy arrived in Tokyo ahead of a summit.",
            "h Lee Touches Down in Tokyo",
            "p The arrival marks a step.",
            "p Key topics include:",
            "- Trade: more of it.",
            "- Security: also more",
            "h Anticipated Discussions to Focus on Trade",
            "p More was said.",
        ],
    );
}

#[test]
fn a_white_house_briefing() {
    let document = check(
        "2024-09-30-briefing.md",
        "---\ndate: '2024-09-30'\npublished_time: 2024-09-30 12:46:11-04:00\nsource_url: https://example.org/1\n\
         title: \"Briefing by Jake\\_Sullivan\"\n---\n\n**South Court Auditorium**\n\n*Via Teleconference*\n\n12:36 P.M. EDT\n\n\
         MR. SULLIVAN:  Hi,\neveryone.  We met with Japan &amp; Korea.  \n\nQ    Was it\u{a0}an <s>action</s> \\[accident\\]?\n\n\
         MR. SULLIVAN:  No. (Laughter.) So —\nMS. HAM:  Thanks.\n\n**Next Steps **\n\n12:37 P.M. EDT\n\n\\###\n",
        &[
            "H Briefing by Jake Sullivan",
            ". South Court Auditorium",
            ". Via Teleconference",
            ". 12:36 P.M. EDT",
            "p MR. SULLIVAN: Hi, everyone. We met with Japan & Korea.",
            "p Q Was it an [accident]?",
            "p MR. SULLIVAN: No. (Laughter.) So —",
            "p MS. HAM: Thanks.",
            "h Next Steps",
            ". 12:37 P.M. EDT",
            ". ###",
        ],
    );
    assert_eq!(document.meta.title.as_deref(), Some("Briefing by Jake Sullivan"));
    assert_eq!(document.meta.published.map(|date| date.to_string()).as_deref(), Some("2024-09-30"));
    assert_eq!(document.meta.published_from, Some(DateSource::Metadata));
    assert_eq!(document.meta.address.as_deref(), Some("https://example.org/1"));
}

#[test]
fn markdown_of_many_kinds() {
    let source = "# Joint Statement\n\nThe leaders **met** on [Monday](https://example.org)\nin Nara.\n\n**Trade and Ships**\n\n\
                  * They will *trade*.\n  More of it.\n* They will sail:\n  1. to Busan\n  2. to Kobe\n\n> “A quotation.”\n\n| a | b |\n|---|---|\n| c | d |\n\n\
                  ```\ncode\n```\n\n<div>In a <b>box</b></div>\n\nA line  \nAnother line  \nthat goes on\n";
    let document = check(
        "statement.md",
        source,
        &[
            "H Joint Statement",
            "p The leaders met on Monday in Nara.",
            "h Trade and Ships",
            "- They will trade. More of it.",
            "- They will sail:",
            "- to Busan",
            "- to Kobe",
            "p “A quotation.”",
            "p a",
            "p b",
            "p c",
            "p d",
            ". code",
            "p In a box",
            "p A line",
            "p Another line that goes on",
        ],
    );
    for words in ["The leaders", "Monday", "They will", "to Kobe", "A quotation."] {
        let at = document.text.find(words).expect("is in the text");
        let span = demarche::span::Span::new(at, at + words.len());
        assert_eq!(document.map.raw_of(span).map(|raw| &source[raw]), Some(words));
    }
}

#[test]
fn the_title_is_not_repeated() {
    let source = "---\ntitle: Talks in Nara\ndate: 2026-01-13\n---\n# Talks in Nara\n\nThey met.";
    check("a.md", source, &["H Talks in Nara", "p They met."]);
    let line = r#"{"title": "Talks in Nara", "text": "Talks in Nara\n\nThey met.", "date": "2026-01-13"}"#;
    check("a.jsonl", line, &["H Talks in Nara", "p They met."]);
}

#[test]
fn days_of_publication_in_order_of_trust() {
    let date = |source: &str, content: &str| {
        let document = read(source, content);
        let date = document.meta.published.map(|date| date.to_string()).unwrap_or_default();
        (date, document.meta.published_from, doubts(&document))
    };
    let story = "A story\n\nThey met in Nara on Monday and talked about trade for an hour.";
    assert_eq!(date("2026-01-13-a.txt", story), ("2026-01-13".into(), Some(DateSource::FileName), vec![]));
    assert_eq!(date("a.txt", story), (String::new(), None, vec!["undated"]));
    let dateline = "SEOUL, Jan. 5, 2026 (Agency) — They met in Nara on Monday and talked about trade for an hour.";
    assert_eq!(date("2026-01-13-a.txt", dateline), ("2026-01-05".into(), Some(DateSource::Text), vec![]));
    let front = "---\ndate: 2026-02-30\n---\nThey met in Nara.";
    assert_eq!(date("2026-03-01-a.md", front), ("2026-03-01".into(), Some(DateSource::FileName), vec!["bad-date"]));
    let updated = "A story\nUpdated January 14, 2026\n\nThey met in Nara on Monday and talked about trade for an hour.";
    assert_eq!(date("a.txt", updated), ("2026-01-14".into(), Some(DateSource::Text), vec![]));
    let ambiguous = r#"{"text": "They met in Nara.", "date": "03/04/2026"}"#;
    assert_eq!(date("a.jsonl", ambiguous), ("2026-04-03".into(), Some(DateSource::Metadata), vec!["ambiguous-date"]));
    let given = LoadOptions { published: Some(jiff::civil::date(2020, 1, 1)), ..LoadOptions::default() };
    let document = load_one(dateline.as_bytes(), "a.txt", &given).expect("is text");
    assert_eq!(document.meta.published_from, Some(DateSource::Given));
}

#[test]
fn json_lines_one_at_a_time() {
    let lines = concat!(
        "{\"headline\": \"One\", \"body\": \"They met.\", \"pubDate\": \"Thu, 20 May 2021 22:14:56 +0000\", \"creator\": [\"A\", \"B\"]}\n",
        "\n",
        "{\"broken\n",
        "{\"other\": 1}\n",
        "{\"content\": \"<p>They &amp; we met.</p><p>So it was.</p>\", \"lang\": \"en-US\", \"link\": \"https://example.org\"}\r\n",
        "[\"a list\"]\n",
        "{\"text\": \"no newline at the end\"}"
    );
    let options = LoadOptions::default();
    let read: Vec<String> = JsonLines::new(lines.as_bytes(), "x.jsonl", &options)
        .map(|result| match result {
            Ok(document) => format!("{} {:?} {:?}", document.source, document.text, document.meta.publisher),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(
        read,
        [
            "x.jsonl#1 \"One\\n\\nThey met.\" Some(\"A, B\")",
            "x.jsonl:3: not a JSON object: EOF while parsing a string (column 8)",
            "x.jsonl:4: the object has neither a text (text, body, content, maintext, article) nor a title",
            "x.jsonl#5 \"They & we met.\\n\\nSo it was.\" None",
            "x.jsonl:6: not a JSON object: invalid type: sequence, expected a JSON object (column 0)",
            "x.jsonl#7 \"no newline at the end\" None",
        ]
    );
    assert_eq!(load_one(b"{\n \"text\": \"They met.\"\n}", "a.json", &options).map(|d| d.text).as_deref(), Ok("They met."));
    assert_eq!(load(b"[\n{\"text\": \"a\"},\n{\"text\": \"b\"}\n]", "a.json", &options).filter(Result::is_ok).count(), 2);
    let mut own = LoadOptions { format: Some(Format::JsonLines), ..LoadOptions::default() };
    own.fields.text = vec!["story".into()];
    assert_eq!(load_one(b"{\"story\": \"They met.\", \"text\": \"x\"}", "-", &own).map(|d| d.text).as_deref(), Ok("They met."));
}

#[test]
fn what_cannot_be_read_says_so() {
    let message = |bytes: &[u8], source: &str| {
        load_one(bytes, source, &LoadOptions::default()).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(message(b"", "a.txt"), "a.txt: is empty");
    assert_eq!(message(b" \n ", "a.md"), "a.md: is empty");
    assert_eq!(message(b"", "a.jsonl"), "a.jsonl: is empty");
    assert_eq!(message(b"a\0b", "a.txt"), "a.txt: looks like binary data (a zero byte at offset 1)");
    assert_eq!(message(b"WARC/1.0\r\n", "a.warc"), "a.warc: looks like a web archive (WARC), which holds many documents");
    assert_eq!(message(b"<rss version='2.0'>", "-"), "-: looks like a feed (RSS or Atom), which holds many documents");
    assert_eq!(message(b"{\"text\":\"a\"}\n{\"text\":\"b\"}", "-"), "-: holds several documents where one was expected");
}

#[test]
fn other_languages_are_said_to_be_so() {
    let document = read("-", "이재명 대통령은 화요일 나라에서 다카이치 총리를 만났다.");
    assert_eq!(document.meta.language.as_deref(), Some("ko"));
    assert_eq!(doubts(&document), ["undated", "language"]);
    let options = LoadOptions { language: Some("en".into()), ..LoadOptions::default() };
    let document = load_one("이재명 대통령은 화요일 나라에서 만났다.".as_bytes(), "-", &options).expect("is text");
    assert_eq!(document.meta.language.as_deref(), Some("en"));
}
