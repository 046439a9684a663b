//! What holds of any text: reading it never fails, every span is a slice of it, and reading it again gives the same record.

use demarche::{
    Reader, Reading,
    document::{Document, Format, LoadOptions, load},
    event::{Participant, pattern::Lexicon},
    plover, polecat,
    record::Record,
    span::Span,
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

const TABLES: [&str; 8] = [
    include_str!("../data/kb/state_names.tsv"),
    include_str!("../data/kb/persons.tsv"),
    include_str!("../data/kb/organizations.tsv"),
    include_str!("../data/kb/places.tsv"),
    include_str!("../data/lexicon/titles.tsv"),
    include_str!("../data/lexicon/title_qualifiers.tsv"),
    include_str!("../data/lexicon/agents.tsv"),
    include_str!("../data/lexicon/topics.tsv"),
];

/// Words between the names, and whole phrases that rules of dates, pronouns and talk look for.
const GLUE: &[&str] = &[
    "the",
    "a",
    "of",
    "with",
    "and",
    "to",
    "in",
    "on",
    "by",
    "for",
    "between",
    "not",
    "never",
    "did not",
    "no",
    "if",
    "unless",
    "would have",
    "may",
    "will",
    "is to",
    "was",
    "were",
    "has",
    "had been",
    "said that",
    "that",
    "who",
    "which",
    "he",
    "she",
    "they",
    "we",
    "the two leaders",
    "both sides",
    "each other",
    "his counterpart",
    "former",
    "then-",
    "ex-",
    "acting",
    "-elect",
    "Tuesday",
    "next month",
    "last year",
    "31 February 2026",
    "Jan. 13",
    "2025",
    "the 1990s",
    "99999-99-99",
    "on the sidelines of",
    "ahead of",
    "after",
    "before",
    "talks",
    "summit",
    "agreed",
    "urged",
    "denied",
    "postponed",
    "called off",
    "'s",
    "’s",
    "—",
];
const NOISE: &[&str] = &[
    ".",
    ".",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "(",
    ")",
    "[",
    "]",
    "…",
    "...",
    "–",
    "-",
    "--",
    "•",
    "- ",
    "1. ",
    "# ",
    "###",
    "Q:",
    "MR. PRICE:",
    "한일 정상회담",
    "首脳会談",
    "Ελλάδα",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "İ",
    "ß",
    "ǅ",
    "\u{2028}",
    "\u{fffd}",
    "0",
    "1e9",
    "$",
    "&amp;",
    "<b>",
];
const SPACES: &[&str] = &[" ", " ", " ", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", ""];

/// Names and titles of all tables: the alternatives in all their cells.
fn names() -> Vec<&'static str> {
    let rows = TABLES.iter().flat_map(|table| table.lines().filter(|line| !line.starts_with('#')).skip(1));
    rows.flat_map(|row| row.split(['\t', '|'])).filter(|name| name.len() > 1).collect()
}

fn text(chance: &mut Chance, names: &[&str], words: &[&str], most: usize) -> String {
    let mut text = String::new();
    for _ in 0..chance.below(most) {
        let part = match chance.below(8) {
            0 | 1 => chance.pick(names),
            2 | 3 => chance.pick(words),
            4..=6 => chance.pick(GLUE),
            _ => chance.pick(NOISE),
        };
        text.push_str(part);
        text.push_str(chance.pick(SPACES));
    }
    text
}

fn json(reader: &Reader, document: &Document) -> String {
    let reading = reader.read(document);
    let kb = reader.knowledge();
    let mut out = serde_json::to_vec(&Record::of(&reading, kb)).expect("a record is JSON");
    out.extend(serde_json::to_vec(&plover::records(&reading, kb)).expect("records are JSON"));
    polecat::write_rows(&reading, kb, &mut out).expect("writing to memory does not fail");
    String::from_utf8(out).expect("all output is UTF-8")
}

/// Every span lies on character boundaries and in its sentence, and every index leads somewhere.
fn holds(reading: &Reading<'_>) {
    let text = reading.document.text.as_str();
    let whole = |span: Span| {
        assert!(span.start <= span.end && (span.end as usize) <= text.len(), "{span:?} in a text of {} bytes: {text:?}", text.len());
        assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize), "{span:?} in {text:?}");
    };
    let inside = |span: Span, sentence: u32| {
        whole(span);
        let sentence = reading.sentences[sentence as usize].span;
        assert!(sentence.contains(span) && !span.is_empty(), "{span:?} is not in its sentence {sentence:?}: {text:?}");
    };
    for (index, sentence) in reading.sentences.iter().enumerate() {
        whole(sentence.span);
        for (i, token) in sentence.tokens.iter().enumerate() {
            inside(token.span, index as u32);
            assert!(i == 0 || sentence.tokens[i - 1].span.end <= token.span.start, "tokens are in order: {text:?}");
        }
    }
    let mentions = &reading.mentions;
    let known = |entity: demarche::mention::EntityId| assert!((entity.0 as usize) < mentions.entities.len(), "{text:?}");
    for mention in &mentions.actors {
        inside(mention.span, mention.sentence);
        mention.entities.iter().for_each(|&entity| known(entity));
    }
    mentions.dates.iter().for_each(|m| inside(m.span, m.sentence));
    mentions.places.iter().for_each(|m| inside(m.span, m.sentence));
    mentions.topics.iter().for_each(|m| inside(m.span, m.sentence));
    for date in mentions.dates.iter().filter_map(|m| m.when) {
        assert!(date.start <= date.end, "{date:?}: {text:?}");
    }
    for title in mentions.entities.iter().flat_map(|entity| &entity.titles) {
        inside(title.span, title.sentence);
    }
    let takes_part = |participant: &Participant| {
        known(participant.entity);
        participant.span.into_iter().for_each(whole);
    };
    for event in &reading.events {
        inside(event.evidence.trigger, event.sentence);
        event.evidence.negation.into_iter().chain(event.evidence.time).for_each(whole);
        event.actors.iter().chain(&event.recipients).for_each(takes_part);
        for stance in &event.stances {
            whole(stance.span);
            stance.holders.iter().for_each(takes_part);
        }
        assert!((0.0..=1.0).contains(&event.confidence), "{text:?}");
        assert!(event.topics.iter().all(|&topic| (topic as usize) < mentions.topics.len()), "{text:?}");
    }
    for encounter in &reading.encounters {
        assert!(!encounter.reports.is_empty() && encounter.reports.is_sorted(), "{text:?}");
        for &event in encounter.reports.iter().chain(&encounter.agreed).chain(&encounter.urged) {
            assert!((event as usize) < reading.events.len(), "{text:?}");
        }
        encounter.participants.iter().for_each(|attendee| takes_part(&attendee.participant));
    }
    for doubt in &reading.doubts {
        doubt.spans.iter().copied().for_each(whole);
        assert!(!doubt.message.is_empty());
    }
}

#[test]
fn any_text_is_read_and_read_alike_twice() {
    let names = names();
    let proofs = Lexicon::proofs().expect("the built-in patterns parse");
    let words: Vec<&str> =
        proofs.iter().flat_map(|proof| proof.yes.iter().chain(&proof.no)).flat_map(|sentence| sentence.split(' ')).collect();
    assert!(names.len() > 10_000 && words.len() > 1000, "{} names, {} words", names.len(), words.len());
    let (reader, other) = (Reader::embedded(), Reader::embedded());
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut events = 0;
    for round in 0..1500 {
        let text = text(&mut chance, &names, &words, if round % 20 == 0 { 400 } else { 60 });
        let options = LoadOptions {
            format: Some([Format::Plain, Format::Markdown][round % 2]),
            published: if round % 3 == 0 { None } else { "2026-01-13".parse().ok() },
            ..LoadOptions::default()
        };
        for document in load(text.as_bytes(), "-", &options).flatten() {
            let reading = reader.read(&document);
            holds(&reading);
            events += reading.events.len();
            let first = json(&reader, &document);
            assert!(first == json(&reader, &document), "the same reader differs: {text:?}");
            assert!(first == json(&other, &document), "another reader differs: {text:?}");
        }
    }
    // A generator that never makes an event would prove little.
    assert!(events > 50, "{events} events");
}

#[test]
fn sentences_of_the_patterns_in_any_order_are_read() {
    let proofs = Lexicon::proofs().expect("the built-in patterns parse");
    let sentences: Vec<&str> = proofs.iter().flat_map(|proof| proof.yes.iter().chain(&proof.no)).map(String::as_str).collect();
    let reader = Reader::embedded();
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for _ in 0..60 {
        let text: String = (0..chance.below(30)).map(|_| format!("{}{}", chance.pick(&sentences), chance.pick(SPACES))).collect();
        let options = LoadOptions { format: Some(Format::Plain), published: "2026-01-13".parse().ok(), ..LoadOptions::default() };
        for document in load(text.as_bytes(), "-", &options).flatten() {
            let reading = reader.read(&document);
            holds(&reading);
            assert!(json(&reader, &document) == json(&reader, &document), "{text:?}");
        }
    }
}
