//! The shipped judge on sentences whose reading nobody would dispute, on long ones, and on damaged weights.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use demarche::{
    Reader,
    document::{Document, LoadOptions, load_one},
    event::Status,
    judge::{Judge, Kind, Named, Question},
    span::Span,
};
use demarche_judge::LearnedJudge;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::embedded().with_judge(Box::new(LearnedJudge::embedded().unwrap())));

fn state(start: usize, end: usize, party: u8) -> Named {
    Named { span: Span::new(start, end), kind: Kind::State, party }
}

fn document(text: &str) -> Document {
    let options = LoadOptions { language: Some("en".to_owned()), ..LoadOptions::default() };
    load_one(text.as_bytes(), "test", &options).unwrap()
}

/// "ACT status actors>recipients" of every event.
fn events(text: &str) -> Vec<String> {
    let document = document(text);
    let reading = READER.read(&document);
    let codes = |list: &[demarche::event::Participant]| -> String {
        let mut codes: Vec<_> =
            list.iter().filter_map(|p| reading.mentions.entities[p.entity.0 as usize].code).map(|c| c.as_str().to_owned()).collect();
        codes.sort();
        codes.dedup();
        codes.join(",")
    };
    reading.events.iter().map(|e| format!("{} {} {}>{}", e.act, e.status.name(), codes(&e.actors), codes(&e.recipients))).collect()
}

#[test]
fn plain_deeds_and_plain_plans_are_told_apart() {
    let urged = events("Seoul urged Beijing to send aid to Laos.");
    assert!(urged.len() == 1 && urged[0].starts_with("AID urged CHN"), "an urging is a stance, no event: {urged:?}");
    assert_eq!(events("Japan sent rice to Laos."), ["AID happened JPN>LAO"]);
    assert_eq!(events("Moscow denied that it had attacked Georgia."), ["ASSAULT denied RUS>GEO"]);
}

#[test]
fn weather_is_no_event() {
    assert_eq!(events("The rain in Spain stays mainly in the plain."), [""; 0]);
}

#[test]
fn a_status_and_its_stance_agree() {
    let document = document("Paris refused to receive the envoy of Niger.");
    let reading = READER.read(&document);
    let event = &reading.events[0];
    assert_eq!(event.status, Status::Refused);
    assert!(event.learned && event.confidence > 0.0 && event.confidence <= 1.0);
}

#[test]
fn a_sentence_longer_than_the_encoder_takes_is_read_in_windows() {
    let judge = LearnedJudge::embedded().unwrap();
    let filler = "the committee of the province considered the budget of the year; ".repeat(80);
    let text = format!("{filler}Japan attacked Fiji on Monday; {filler}Kenya attacked Chad.");
    let mentions: Vec<Named> = ["Japan", "Fiji", "Kenya", "Chad"]
        .iter()
        .zip(1..)
        .map(|(name, party)| {
            let at = text.find(name).unwrap();
            state(at, at + name.len(), party)
        })
        .collect();
    let words = judge.judge(&Question { text: &text, mentions: &mentions }).unwrap();
    let attacks: Vec<_> = words.iter().filter(|w| w.span.of(&text) == "attacked").collect();
    assert_eq!(attacks.len(), 2, "each window answers for its own words, once");
    assert!(words.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "in text order, none twice");
}

#[test]
fn the_same_question_has_the_same_answer_on_any_thread() {
    let judge = LearnedJudge::embedded().unwrap();
    let text = "Norway and Chile agreed to share data on salmon.";
    let question = Question { text, mentions: &[state(0, 6, 1), state(11, 16, 2)] };
    let first = judge.judge(&question);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(judge.judge(&question), first));
        }
    });
}

#[test]
fn damaged_weights_are_named_as_such() {
    let error = LearnedJudge::new(vec![7; 1000], "{}").err().unwrap();
    assert!(error.to_string().contains("weights cannot be used"), "{error}");
}
