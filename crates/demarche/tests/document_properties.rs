//! What holds of any bytes: no panic, spans on character boundaries and in order, the quote equal to the slice.

use demarche::{
    document::{Document, Format, LoadOptions, format_of, load},
    sentence::{LONGEST_SENTENCE, sentences},
};

/// A small generator of numbers, the same on every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts[self.below(parts.len())]
    }
}

const WORDS: &[&str] = &[
    "Lee",
    "met",
    "the",
    "U.S.",
    "Mr.",
    "President",
    "Jan.",
    "13",
    "2026",
    "3.5",
    "Q",
    "MR. PRICE:",
    "SEOUL",
    "(Agency)",
    "J.",
    "said",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "(",
    ")",
    "[12]",
    ".",
    ".",
    ".",
    "?",
    "!",
    "…",
    "...",
    ". . .",
    "。",
    "！",
    "—",
    "–",
    "--",
    "-",
    "•",
    ":",
    ";",
    ",",
    "首脳会談",
    "대통령",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "İ",
    "ß",
    "ǅ",
    "1.",
    "a)",
    "###",
    "\\",
    "\u{2028}",
];
const SPACES: &[&str] = &[" ", " ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "", ""];
const MARKDOWN: &[&str] = &[
    "---\n",
    "title: ",
    "date: 2026-02-30\n",
    "# ",
    "## ",
    "* ",
    "1. ",
    "> ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "<s>",
    "</s>",
    "<div>",
    "\n    ",
    "  \n",
    "\\\n",
    "|---|",
    "|",
    "&amp;",
    "&#x41;",
    "&#0;",
    "~~",
    "***\n",
    "<!--",
    "-->",
    "<br>",
    "[^1]",
    "===\n",
];
const HTML: &[&str] = &[
    "<!doctype html>",
    "<html lang=ko>",
    "<head>",
    "<title>",
    "</title>",
    "<meta property='article:published_time' content='2026-13-01'>",
    "<p>",
    "</p>",
    "<div",
    ">",
    "</div>",
    "<br/>",
    "<li>",
    "<ul>",
    "<h1>",
    "<script>",
    "</script>",
    "<style>",
    "<nav>",
    "</nav>",
    "<time datetime=",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&lt;",
    "&nbsp;",
    "&bogus;",
    "&",
    "<",
    "='",
    "=\"",
    "<a href=",
    "<article>",
    "<table><tr><td>",
    "<?xml ?>",
    "<rss>",
    "<script type='application/ld+json'>{\"datePublished\":",
    "<svg>",
    "<b>",
    "<strike>",
    "</",
];
const JSON: &[&str] = &[
    "{",
    "}",
    "\"title\":",
    "\"text\":",
    "\"published\":",
    "\"",
    "\\n",
    "\\u00e9",
    "\\ud800",
    "\\",
    ",",
    "[",
    "]",
    "null",
    "1e999",
    "true",
    "-0",
    "1621548896",
    "{\"text\":\"",
    "\"}\n",
    "\"2026-01-13\"",
    "\"items\":",
];

fn text(chance: &mut Chance, marks: &[&str]) -> String {
    let mut text = String::new();
    for _ in 0..chance.below(120) {
        if chance.below(3) == 0 && !marks.is_empty() {
            text.push_str(chance.pick(marks));
        } else {
            text.push_str(chance.pick(WORDS));
        }
        text.push_str(chance.pick(SPACES));
    }
    text
}

fn holds(document: &Document, raw: &[u8], case: &str) {
    let text = document.text.as_str();
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && block.span.end > block.span.start, "blocks in order: {case}");
        assert_eq!(block.span.of(text).trim(), block.span.of(text), "blocks are trimmed: {case}");
        end = block.span.end;
    }
    let mut end = 0;
    for (index, sentence) in sentences(document).iter().enumerate() {
        let block = document.blocks[sentence.paragraph as usize];
        assert!(sentence.span.start >= end, "sentences in order: {case}");
        assert!(block.span.contains(sentence.span) && block.kind == sentence.block, "sentences in blocks: {case}");
        assert!(!sentence.span.of(text).trim().is_empty() && sentence.span.len() <= LONGEST_SENTENCE, "{case}");
        assert!(sentence.lead.is_none_or(|lead| (lead as usize) < index), "leads come before: {case}");
        if let Some(speaker) = sentence.speaker {
            assert!(!speaker.of(text).is_empty() && !speaker.overlaps(sentence.span), "speakers: {case}");
        }
        end = sentence.span.end;
    }
    if let Some(dateline) = document.meta.dateline {
        assert!(!dateline.of(text).is_empty(), "{case}");
    }
    let mut end = 0;
    for &(start, raw_start, length) in &document.map.runs {
        assert!(start >= end, "runs in order: {case}");
        let canonical = &text.as_bytes()[start as usize..(start + length) as usize];
        let raw = &raw[raw_start as usize..(raw_start + length) as usize];
        assert!(canonical == raw, "runs are the same bytes: {case}");
        end = start + length;
    }
    if document.map.identity {
        assert_eq!(text.as_bytes(), raw, "{case}");
    }
}

fn try_all(bytes: &[u8], case: &str) {
    for format in [None, Some(Format::Plain), Some(Format::Markdown), Some(Format::Html), Some(Format::JsonLines)] {
        let options = LoadOptions { format, ..LoadOptions::default() };
        let kind = format.unwrap_or_else(|| format_of(bytes, "-"));
        for document in load(bytes, "-", &options).flatten() {
            let raw = if kind == Format::JsonLines { document.text.clone().into_bytes() } else { bytes.to_vec() };
            let map_is_of_text = kind == Format::JsonLines;
            assert!(!map_is_of_text || document.map.runs.is_empty(), "{case}");
            holds(&document, &raw, case);
            let again = load(bytes, "-", &options).flatten().find(|other| other.source == document.source);
            assert_eq!(again.map(|other| other.text), Some(document.text), "the same every time: {case}");
        }
    }
}

#[test]
fn random_texts() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for marks in [&[][..], MARKDOWN, HTML, JSON] {
        for _ in 0..400 {
            let text = text(&mut chance, marks);
            try_all(text.as_bytes(), &text);
        }
    }
}

#[test]
fn random_bytes() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for round in 0..1200 {
        let mut bytes = text(&mut chance, [&[][..], MARKDOWN, HTML, JSON][round % 4]).into_bytes();
        for _ in 0..chance.below(6) {
            if bytes.is_empty() {
                break;
            }
            let at = chance.below(bytes.len());
            match chance.below(3) {
                0 => bytes.truncate(at),
                1 => bytes[at] = chance.below(256) as u8,
                _ => {
                    bytes.remove(at);
                }
            }
        }
        try_all(&bytes, &format!("round {round}: {bytes:?}"));
    }
}

#[test]
fn large_and_nasty_texts_take_linear_time() {
    // Anything quadratic takes minutes at this size.
    let size = 300_000;
    for part in [
        "a",
        " ",
        "\n",
        ".",
        "\"",
        "“",
        "<",
        "<a ",
        "<b>",
        "<div>",
        "</p>",
        "&",
        "&amp;",
        "<!--",
        "<a='",
        "[",
        "![",
        "*",
        "_a",
        "> ",
        "- ",
        "#",
        "`",
        "| a ",
        "{\"",
        "[{",
        "U.S. ",
        "Q ",
        "a:\n",
        "<nav>",
        "<script>",
        "1. ",
        "<p>Lee met.</p>",
        "\\",
        "a. ",
        "- a\n",
        "word word, ",
        "<b></i>",
        "<p><b>",
        "<table><tr><td>",
        "<li><ul>",
        "<b><p></b></p>",
        "<font><div></font></div>",
        "<svg><p>",
        "</x>",
    ] {
        let text = part.repeat(size / part.len());
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::JsonLines] {
            let options = LoadOptions { format: Some(format), ..LoadOptions::default() };
            let text = if format == Format::JsonLines { format!("{{\"text\": {text:?}}}") } else { text.clone() };
            for document in load(text.as_bytes(), "-", &options).flatten() {
                sentences(&document);
            }
        }
    }
}
