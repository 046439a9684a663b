//! Makes a large corpus, and times questions to a store of any size.
//!
//! ```sh
//! cargo run --release -p demarche-store --example load -- make 100000 > news.jsonl
//! demarche add --reader fast --store big.sqlite news.jsonl
//! cargo run --release -p demarche-store --example load -- ask big.sqlite
//! ```

use std::{
    io::{BufWriter, Write},
    path::Path,
    time::{Duration, Instant},
};

use demarche::{
    Reader,
    document::{LoadOptions, load_one},
};
use demarche_store::{Error, Filter, Prepared, Store, View, Who};
use jiff::Timestamp;

const STATES: &[&str] = &[
    "the United States",
    "China",
    "Japan",
    "South Korea",
    "Russia",
    "Ukraine",
    "France",
    "Germany",
    "India",
    "Iran",
    "Israel",
    "Turkey",
    "Brazil",
    "Egypt",
    "Poland",
    "Italy",
    "Spain",
    "Mexico",
    "Canada",
    "Australia",
    "Vietnam",
    "Thailand",
    "Indonesia",
    "Pakistan",
    "Kenya",
    "Nigeria",
    "Ethiopia",
    "Sudan",
    "Chile",
    "Peru",
    "Argentina",
    "Colombia",
    "Norway",
    "Sweden",
    "Finland",
    "Denmark",
    "Greece",
    "Serbia",
    "Hungary",
    "Romania",
    "Bulgaria",
    "Iraq",
    "Jordan",
    "Qatar",
    "Oman",
    "Kuwait",
    "Nepal",
    "Mongolia",
];
const DEEDS: &[&str] = &[
    "{A} and {B} agreed {f} to {f} {f} accord on {f} {f} {f}.",
    "{A} urged {B} {f} to lift {f} sanctions on {f} {f} {f} {f}.",
    "The foreign ministers of {A} and {B} met in {f} for {f} talks {f} {f} {f}.",
    "{A} will send {f} aid to {B} after {f} flood {f} {f} {f} {f}.",
    "{A} denied {f} that {B} had cancelled {f} {f} meeting {f} {f} {f}.",
    "{B} threatened {f} to withdraw from {f} treaty with {A} {f} {f} {f}.",
    "{A} condemned the attack of {B} on {f} {f} port {f} {f} {f}.",
    "{A} and {B} postponed {f} {f} summit on {f} {f} {f} {f}.",
    "{A} imposed {f} tariffs on {f} from {B} {f} {f} {f} {f}.",
    "{B} promised {A} {f} to resume {f} exports of {f} {f} {f} {f}.",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    /// The lower numbers oftener, as words and states are.
    fn skewed(&mut self, sides: usize) -> usize {
        let bound = self.roll(sides) + 1;
        self.roll(bound)
    }
}

/// One of 20,000 made words.
fn word(dice: &mut Dice) -> String {
    const PARTS: &[&str] =
        &["ka", "lo", "mi", "ter", "van", "sil", "dor", "pe", "run", "gas", "fen", "or", "bel", "tu", "ix", "nem", "hal", "yo"];
    let mut number = dice.skewed(20_000) + 18;
    let mut word = String::new();
    while number > 0 {
        word.push_str(PARTS[number % PARTS.len()]);
        number /= PARTS.len();
    }
    word
}

fn story(number: usize) -> (String, String, String) {
    let mut dice = Dice(number as u64 + 7);
    dice.roll(2);
    let mut body = String::new();
    for _ in 0..10 {
        let (a, b) = (dice.skewed(STATES.len()), dice.skewed(STATES.len()));
        let b = if a == b { (b + 1) % STATES.len() } else { b };
        let mut sentence = DEEDS[dice.roll(DEEDS.len())].replace("{A}", STATES[a]).replace("{B}", STATES[b]);
        while let Some(at) = sentence.find("{f}") {
            sentence.replace_range(at..at + 3, &word(&mut dice));
        }
        body.push_str(&sentence[..1].to_uppercase());
        body.push_str(&sentence[1..]);
        body.push(' ');
    }
    let day = format!("{}-{:02}-{:02}", 2005 + dice.roll(20), dice.roll(12) + 1, dice.roll(28) + 1);
    (format!("{} {} {number}", word(&mut dice), word(&mut dice)), body, day)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", count] => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            for number in 0..count.parse()? {
                let (title, text, date) = story(number);
                writeln!(out, "{}", serde_json::json!({ "title": title, "text": text, "date": date, "publisher": "Made News" }))?;
            }
            Ok(out.flush()?)
        }
        ["ask", path] => ask(Path::new(path)),
        _ => Err("usage: load make COUNT | load ask STORE".into()),
    }
}

fn ask(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::open(path)?;
    let stats = store.stats()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} documents, {} events, {} MB", stats.documents, stats.events, stats.file_bytes / 1_000_000)?;
    let codes = |codes: &[&str]| codes.iter().map(|code| Who::Code((*code).to_owned())).collect();
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let dyad = Filter { who: codes(&["KOR", "JPN"]), limit: Some(50), ..Filter::default() };
    let now = View::default();
    let then = View { published_by: day("2015-06-30"), known_at: None };
    let filters = [
        ("one dyad, 50 newest", &now, dyad.clone()),
        (
            "one dyad, filtered by type, status and year",
            &now,
            Filter {
                acts: vec!["CONSULT"],
                statuses: vec!["happened", "postponed"],
                since: day("2015-01-01"),
                until: day("2015-12-31"),
                ..dyad.clone()
            },
        ),
        ("one dyad, as published by 2015", &then, dyad.clone()),
        ("a rare dyad, all", &now, Filter { who: codes(&["MNG", "NPL"]), ..Filter::default() }),
        ("one state, 50 newest", &now, Filter { who: codes(&["KEN"]), limit: Some(50), ..Filter::default() }),
    ];
    for (name, view, filter) in &filters {
        let mut count = 0;
        let median = median(50, || {
            count = 0;
            let taken = store.events(view, filter, |_| -> Result<(), Error> {
                count += 1;
                Ok(())
            });
            taken.map_err(Into::into)
        })?;
        writeln!(out, "  {median:>9.3?}  {name} ({count} events)")?;
    }
    let all = Filter { limit: Some(50), ..Filter::default() };
    for (query, filter) in [
        ("kaka", &all),
        ("sanctions", &all),
        ("\"foreign ministers\"", &all),
        ("loka sanctions", &all),
        ("flood treaty", &all),
        ("nemh*", &all),
        ("sanctions", &dyad),
    ] {
        let mut count = 0;
        let median = median(20, || {
            count = store.search(query, &now, filter)?.len();
            Ok(())
        })?;
        writeln!(out, "  {median:>9.3?}  search {query}{} ({count} shown)", if filter.who.is_empty() { "" } else { " with a dyad" })?;
    }
    let reader = Reader::embedded();
    let mut number = 1_000_000_000 + std::process::id() as usize;
    let mut beyond = Vec::new();
    for _ in 0..20 {
        number += 1;
        let text = story(number).1;
        let document = load_one(text.as_bytes(), "one-more.txt", &LoadOptions::default())?;
        let begun = Instant::now();
        reader.read(&document);
        let reading = begun.elapsed();
        let begun = Instant::now();
        let prepared = Prepared::read(text.as_bytes(), document, "{}", &reader, "load");
        store.keep(&[prepared], Timestamp::now())?;
        beyond.push(begun.elapsed().saturating_sub(reading));
    }
    beyond.sort_unstable();
    writeln!(out, "  {:>9.3?}  one more document, beyond reading it", beyond[10])?;
    Ok(())
}

fn median(rounds: usize, mut work: impl FnMut() -> Result<(), Box<dyn std::error::Error>>) -> Result<Duration, Box<dyn std::error::Error>> {
    work()?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begun = Instant::now();
        work()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[rounds / 2])
}
