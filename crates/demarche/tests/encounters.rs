//! Encounters of one document: who counts as taking part, how far it has got, and which reports are of the same one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use demarche::{
    Reader, Reading,
    document::{Document, Format, LoadOptions, load_one},
    encounter::{EncounterKind, Stage},
};

static READER: LazyLock<Reader> = LazyLock::new(Reader::embedded);

fn document(text: &str, published: &str) -> Document {
    let options = LoadOptions { language: Some("en".to_owned()), published: Some(published.parse().unwrap()), ..LoadOptions::default() };
    load_one(text.as_bytes(), "test", &options).unwrap()
}

/// The names of those who take part in an encounter, sorted.
fn names(reading: &Reading<'_>, encounter: usize) -> Vec<String> {
    let participants = &reading.encounters[encounter].participants;
    let mut names: Vec<String> =
        participants.iter().map(|a| reading.mentions.entities[a.participant.entity.0 as usize].name.clone()).collect();
    names.sort();
    names
}

#[test]
fn a_visit_has_the_rank_that_the_text_gives_it() {
    let document = document("President Macron arrived in Seoul on Monday for a state visit to South Korea.", "2026-04-02");
    let reading = READER.read(&document);
    assert_eq!(reading.encounters[0].kind, EncounterKind::Visit);
    assert_eq!(reading.encounters[0].rank, Some("state"));
}

#[test]
fn the_secretary_of_state_does_not_make_a_state_visit() {
    let document = document("Secretary of State visits to Japan are frequent: Antony Blinken visited Japan in March.", "2022-05-06");
    assert!(READER.read(&document).encounters.iter().all(|e| e.rank.is_none()));
}

#[test]
fn what_lies_ahead_is_announced_however_it_is_told() {
    let document = document("We will discuss it when President Biden travels to Japan later this month.", "2022-05-06");
    let reading = READER.read(&document);
    let visit = reading.encounters.iter().find(|e| e.kind == EncounterKind::Visit).unwrap();
    assert_eq!(visit.stage, Stage::Announced);
}

#[test]
fn a_visitor_who_has_arrived_is_there_though_the_talks_are_to_come() {
    let text = "President Macron has arrived in Tokyo. His talks with Prime Minister Takaichi of Japan are set for later this week.";
    let document = document(text, "2026-01-12");
    let visit = READER.read(&document).encounters.into_iter().find(|e| e.kind == EncounterKind::Visit).unwrap();
    assert_ne!(visit.stage, Stage::Announced);
}

#[test]
fn remarks_before_a_meeting_tell_of_one_to_come() {
    let text = "# Remarks by President Biden and Prime Minister Rutte of the Netherlands Before Bilateral Meeting\n\nThe room was full.\n";
    let options = LoadOptions { language: Some("en".to_owned()), format: Some(Format::Markdown), ..LoadOptions::default() };
    let document = load_one(text.as_bytes(), "test.md", &options).unwrap();
    let stages: Vec<Stage> = READER.read(&document).encounters.iter().map(|e| e.stage).collect();
    assert_eq!(stages, [Stage::Announced]);
}

#[test]
fn unnamed_attendants_are_left_out_beside_named_ones() {
    let document =
        document("President Biden met with President Yoon of South Korea and senior officials in Seoul on Saturday.", "2022-05-23");
    assert_eq!(names(&READER.read(&document), 0), ["Joe Biden", "Yoon Suk Yeol"]);
}

#[test]
fn a_visit_and_its_return_are_two() {
    let text = "President Yoon visited Japan in March 2023. Prime Minister Kishida visited South Korea in May 2023.";
    let document = document(text, "2023-06-01");
    let reading = READER.read(&document);
    assert_eq!(reading.encounters.iter().filter(|e| e.kind == EncounterKind::Visit).count(), 2);
}

#[test]
fn officials_of_one_state_hold_no_encounter() {
    let document =
        document("President Biden met with Secretary of State Antony Blinken and National Security Advisor Jake Sullivan.", "2022-05-06");
    assert!(READER.read(&document).encounters.is_empty());
}

#[test]
fn the_post_shown_first_is_one_of_the_own_state() {
    let document = document("Vice President Kamala Harris met today with President Emmanuel Macron of France.", "2023-07-27");
    let reading = READER.read(&document);
    let posts: Vec<String> =
        reading.encounters[0].participants.iter().map(|a| READER.knowledge().post(a.posts[0]).key.to_string()).collect();
    assert_eq!(posts, ["USA.vice_president", "FRA.president"]);
}

fn readout(title: &str, text: &str, published: &str) -> Document {
    let options = LoadOptions {
        language: Some("en".to_owned()),
        published: Some(published.parse().unwrap()),
        format: Some(Format::Markdown),
        ..LoadOptions::default()
    };
    load_one(format!("# {title}\n\n{text}\n").as_bytes(), "test.md", &options).unwrap()
}

#[test]
fn whom_a_readout_says_was_discussed_takes_no_part() {
    let document = readout(
        "Readout of President Biden's Call with Prime Minister Kishida of Japan",
        "President Biden spoke today with Prime Minister Kishida. The leaders also discussed Russia and North Korea.",
        "2023-01-12",
    );
    let reading = READER.read(&document);
    assert_eq!(reading.encounters.len(), 1);
    assert_eq!(names(&reading, 0), ["Fumio Kishida", "Joe Biden"]);
    assert_eq!(reading.encounters[0].when.unwrap().start.to_string(), "2023-01-12");
    assert_eq!(reading.encounters[0].place, None);
}

#[test]
fn a_welcome_looked_forward_to_has_not_been() {
    let document = readout(
        "Statement on the Meeting between President Biden and Prime Minister Kishida of Japan",
        "President Biden looks forward to welcoming Prime Minister Kishida. The leaders will discuss trade.",
        "2023-01-12",
    );
    assert!(READER.read(&document).encounters.iter().all(|e| e.stage == Stage::Announced));
}

#[test]
fn a_coming_visit_that_is_talked_of_is_not_the_talk() {
    let text =
        "Secretary Blinken and Foreign Minister Hayashi of Japan met on Tuesday and discussed President Biden's upcoming visit to Japan.";
    let document = document(text, "2022-05-06");
    let reading = READER.read(&document);
    let talks = reading.encounters.iter().position(|e| e.stage == Stage::Concluded).unwrap();
    assert_eq!(names(&reading, talks), ["Antony Blinken", "Yoshimasa Hayashi"]);
}

#[test]
fn nobody_visits_their_own_state() {
    let document = document("President Yoon will visit the United States in April, Mr. Sullivan of the United States said.", "2023-04-03");
    let reading = READER.read(&document);
    let guests = reading.encounters.iter().flat_map(|e| &e.participants).filter(|a| a.part == demarche::encounter::Part::Guest);
    assert_eq!(guests.count(), 1);
}

#[test]
fn what_is_to_come_is_not_dated_before_its_telling() {
    let text = "President Yoon and Prime Minister Kishida promised to visit each other again, as leaders did until 2018.";
    let document = document(text, "2023-03-16");
    let reading = READER.read(&document);
    assert!(!reading.encounters.is_empty());
    assert!(reading.encounters.iter().all(|e| e.when.is_none_or(|when| when.end >= "2023-03-16".parse().unwrap())));
}
