//! What the mention stage finds: text in, lines out. A line is `words = entity CODE SECTOR` with `@` after the words of a state
//! that is a place there, `words = date`, `title of whom: role of CODE quality`, or `topic words: subject`.

use std::sync::LazyLock;

use demarche::{
    document::{Document, LoadOptions, load_one},
    kb::KnowledgeBase,
    mention::{self, Mentions, Precision, TitleQuality},
    sentence::{Sentence, sentences},
    syntax::{self, SyntaxModel},
    token::tokenize,
    vocabulary::Vocabulary,
};

struct Reader {
    vocabulary: Vocabulary,
    kb: KnowledgeBase,
    model: SyntaxModel,
}

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new(include_str!("../data/lexicon/irregular.tsv"));
    let kb = KnowledgeBase::embedded(&mut vocabulary).expect("the embedded tables are well formed");
    Reader { vocabulary, kb, model: SyntaxModel::embedded() }
});

fn read(document: &Document) -> (Vec<Sentence>, Mentions) {
    let reader = &*READER;
    let mut list = sentences(document);
    let mut scratch = syntax::Scratch::default();
    for sentence in &mut list {
        tokenize(&document.text, sentence.span, &mut sentence.tokens);
        reader.model.tag(&document.text, &mut sentence.tokens, &mut scratch);
        reader.model.parse(&document.text, &mut sentence.tokens, &mut scratch);
        reader.vocabulary.fill(&mut sentence.tokens);
    }
    let mentions = mention::find(document, &list, &reader.kb, &reader.vocabulary, &mut mention::Scratch::default());
    (list, mentions)
}

fn document(date: &str, text: &str) -> Document {
    let options = LoadOptions { published: date.parse().ok(), ..LoadOptions::default() };
    load_one(text.as_bytes(), "test.txt", &options).expect("plain text loads")
}

fn actors(document: &Document, mentions: &Mentions) -> String {
    let mut out = String::new();
    for m in &mentions.actors {
        let entities: Vec<String> = m
            .entities
            .iter()
            .map(|e| {
                let e = &mentions.entities[e.0 as usize];
                let known = if e.person.is_some() { "*" } else { "" };
                let of = |code: Option<mention::Code>| code.map_or("-".to_owned(), |c| c.as_str().to_owned());
                format!("{}{known} {} {}", e.name, of(e.code), of(e.sector))
            })
            .collect();
        let place = if m.as_place { " @" } else { "" };
        out += &format!("{}{place} = {}\n", m.span.of(&document.text), if entities.is_empty() { "?".into() } else { entities.join(" + ") });
    }
    out
}

/// Checks the actors of a text published on a day. Persons that the knowledge base knows have a star.
#[track_caller]
fn check(date: &str, text: &str, expected: &str) {
    let document = document(date, text);
    let (_, mentions) = read(&document);
    let expected: String = expected.lines().map(str::trim).filter(|l| !l.is_empty()).map(|l| format!("{l}\n")).collect();
    assert_eq!(actors(&document, &mentions), expected, "\n{text}");
}

/// Checks the titles that a text gives its persons.
#[track_caller]
fn check_titles(date: &str, text: &str, expected: &[&str]) {
    let document = document(date, text);
    let (_, mentions) = read(&document);
    let mut found = Vec::new();
    for entity in &mentions.entities {
        for t in &entity.titles {
            let of = t.of.map_or("-".to_owned(), |c| c.as_str().to_owned());
            let quality = if t.quality == TitleQuality::Holds { String::new() } else { format!(" {:?}", t.quality).to_lowercase() };
            found.push(format!("{}: {} = {} of {of}{quality}", entity.name, t.span.of(&document.text), READER.kb.role_name(t.role)));
        }
    }
    assert_eq!(found, expected, "\n{text}");
}

/// Checks the dates of a text.
#[track_caller]
fn check_dates(date: &str, text: &str, expected: &[&str]) {
    let document = document(date, text);
    let (_, mentions) = read(&document);
    let found: Vec<String> = mentions
        .dates
        .iter()
        .map(|d| {
            let when = match d.when {
                None => "open".to_owned(),
                Some(w) if w.start == w.end && w.precision == Precision::Day => w.start.to_string(),
                Some(w) => format!("{}..{} {:?}", w.start, w.end, w.precision),
            };
            format!("{} = {when}", d.span.of(&document.text))
        })
        .collect();
    assert_eq!(found, expected, "\n{text}");
}

mod mentions_cases;

#[test]
fn any_text_gives_ordered_mentions_with_sound_spans() {
    let pieces = [
        "Lee",
        "Jae",
        "-",
        "myung",
        "President",
        "of",
        "the",
        "South",
        "Korean",
        "’s",
        "'s",
        ",",
        ".",
        "\n",
        "“",
        "”",
        "U.S.",
        "ex-president",
        "Tokyo",
        "in",
        "and",
        "two",
        "leaders",
        "13",
        "January",
        "2026",
        "last",
        "week",
        "é",
        "김",
        "…",
        "former",
        "Mr.",
        "Jr.",
        "—",
        "both",
        "sides",
        "WHO",
        "met",
        "will",
        "meet",
        "officials",
        "their",
        "he",
        "counterpart",
        "Georgia",
        "the",
        "North",
        "(",
        ")",
        "later",
        "this",
    ];
    // A small linear generator: the same texts every time.
    let mut state = 7_u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for _ in 0..400 {
        let text: String = (0..next(60)).flat_map(|_| [pieces[next(pieces.len())], if next(4) == 0 { "" } else { " " }]).collect();
        let date = if next(2) == 0 { "2026-01-13" } else { "" };
        let Ok(document) = load_one(text.as_bytes(), "-", &LoadOptions { published: date.parse().ok(), ..LoadOptions::default() }) else {
            continue;
        };
        let (list, mentions) = read(&document);
        assert_eq!(mentions.off_topic.len(), list.len());
        for pair in mentions.actors.windows(2) {
            assert!((pair[0].sentence, pair[0].first) <= (pair[1].sentence, pair[1].first), "{text}");
        }
        for m in &mentions.actors {
            let tokens = &list[m.sentence as usize].tokens;
            assert!(m.first < m.end && usize::from(m.end) <= tokens.len() && (m.first..m.end).contains(&m.head), "{text}");
            assert_eq!(m.span, tokens[usize::from(m.first)].span.join(tokens[usize::from(m.end) - 1].span), "{text}");
            assert!(!m.span.of(&document.text).is_empty());
            assert!(m.entities.iter().all(|e| (e.0 as usize) < mentions.entities.len()));
        }
        let heads = mentions.dates.iter().map(|d| (d.sentence, d.head)).chain(mentions.topics.iter().map(|t| (t.sentence, t.head)));
        for (sentence, head) in heads.chain(mentions.places.iter().map(|p| (p.sentence, p.head))) {
            assert!(usize::from(head) < list[sentence as usize].tokens.len(), "{text}");
        }
    }
}
