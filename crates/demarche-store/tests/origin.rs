//! One story, once: 2,000 made documents with planted reprints, cuts and edits, and how many pairs of them are found.
//!
//! Every story is written from the same stock of sentences with other names and figures, so that independent stories share
//! phrases, as news does; a fifth of them quote a sentence of another story word for word and are still stories of their own.

mod common;

use std::collections::BTreeMap;

use common::{Story, prepare, store};
use demarche_store::{Filter, Prepared, View};
use jiff::Timestamp;

/// A small generator of even numbers (SplitMix64), so that the set is the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % sides as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

const STATES: &[&str] =
    &["Japan", "South Korea", "China", "the United States", "France", "Germany", "Turkey", "India", "Brazil", "Egypt", "Kenya", "Poland"];
const PEOPLE: &[&str] = &[
    "Minister Okada",
    "President Silva",
    "Envoy Park",
    "Secretary Hall",
    "Minister Kaya",
    "Ambassador Ortiz",
    "Minister Rao",
    "Premier Nowak",
];
const THINGS: &[&str] = &[
    "rare earths",
    "fishing rights",
    "visa rules",
    "steel tariffs",
    "a gas pipeline",
    "flood relief",
    "border crossings",
    "grain exports",
    "satellite data",
    "vaccine supplies",
    "air routes",
    "student exchange",
];
const WORDS: &[&str] = &[
    "steady",
    "difficult",
    "cordial",
    "brief",
    "tense",
    "private",
    "long",
    "open",
    "careful",
    "frank",
    "warm",
    "quiet",
    "slow",
    "bold",
    "narrow",
    "broad",
];
const STOCK: &[&str] = &[
    "{P} of {S} met {P} on {D} to talk about {T} and the {W} state of ties with {S}.",
    "Officials of both sides described the talks on {T} as {W} and agreed to meet again on {D}.",
    "{S} has asked {S} since {D} to lift its {W} restrictions on {T}, which cost its firms {N} million dollars last year.",
    "A spokesman said that {N} companies had applied for licences and that {N} had received a {W} answer.",
    "\"We have come here with {W} intentions and we will leave with {N} results,\" said {P}.",
    "The two governments signed a memorandum on {T} in {D}, but {N} of its articles were never carried out.",
    "Analysts in {S} urged both governments to keep a {W} channel open and to leave {T} to experts.",
    "The dispute over {T} began on {D}, when {S} sent back {N} containers from {S} after a {W} inspection.",
    "{P} will travel to {S} on {D} with a delegation of {N}, the ministry said in a {W} statement.",
    "Opposition members asked the government to publish the {W} minutes of the meeting with {P} on {T}.",
    "Trade between {S} and {S} reached {N} billion dollars, of which {T} made up a {W} share.",
    "According to a survey of {N} people, a {W} majority in {S} wants the talks on {T} to go on.",
    "The foreign ministry of {S} rejected the report about {T} as {W} and summoned the ambassador of {S}.",
    "Both sides set up a working group of {N} on {T}, which is to report by {D} to {P}.",
    "{P} thanked {S} for its {W} help with {T} after the floods of {D}, in which {N} people died.",
    "The next round, with {N} items on a {W} agenda, is planned for {D} in the capital of {S}.",
];
const OWN: &[&str] = &[
    "This newspaper has learnt that more talks are planned.",
    "Readers may remember our reports on the matter.",
    "The ministry did not answer our questions before we went to press.",
    "Additional reporting by our staff.",
];
const AGENCIES: &[&str] = &["Kyodo", "Reuters", "AP", "Yonhap", "AFP"];

fn sentence(dice: &mut Dice) -> String {
    let mut rest = dice.of(STOCK);
    let mut out = String::new();
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        match &rest[at + 1..at + 2] {
            "S" => out.push_str(dice.of(STATES)),
            "P" => out.push_str(dice.of(PEOPLE)),
            "T" => out.push_str(dice.of(THINGS)),
            "W" => out.push_str(dice.of(WORDS)),
            "N" => out.push_str(&(dice.roll(980) + 11).to_string()),
            _ => out.push_str(&format!("{} {}", dice.of(&["January", "March", "May", "July", "October"]), dice.roll(28) + 1)),
        }
        rest = &rest[at + 3..];
    }
    out + rest
}

/// What a newsroom does with a wire story.
fn reprint(story: &[String], dice: &mut Dice) -> Vec<String> {
    let mut copy = story.to_vec();
    let kind = dice.roll(4);
    // Cut from the end, to between two fifths and four fifths.
    if kind == 1 || kind == 3 {
        let share = 40 + dice.roll(41);
        copy.truncate((copy.len() * share / 100).max(4));
    }
    // Edited: up to one word in twelve is another, a sentence is left out, one of the paper's own is put in.
    if kind >= 2 {
        let rate = 12 + dice.roll(20);
        for sentence in &mut copy {
            let words: Vec<&str> = sentence.split(' ').map(|word| if dice.roll(rate) == 0 { dice.of(WORDS) } else { word }).collect();
            *sentence = words.join(" ");
        }
        if copy.len() > 5 {
            let at = 1 + dice.roll(copy.len() - 1);
            copy.remove(at);
        }
        let at = 1 + dice.roll(copy.len() - 1);
        copy.insert(at, dice.of(OWN).to_owned());
    }
    copy
}

fn document(number: usize, body: &[String], dice: &mut Dice) -> Story {
    let credit = if dice.roll(2) == 0 { format!(" ({})", dice.of(AGENCIES)) } else { String::new() };
    let headline = format!("{} and {} speak of {}, number {number}", dice.of(STATES), dice.of(STATES), dice.of(THINGS));
    let paragraphs: Vec<String> = body.chunks(2).map(|pair| pair.join(" ")).collect();
    let day = format!("2025-{:02}-{:02}", dice.roll(12) + 1, dice.roll(28) + 1);
    (format!("{day}-{number}.txt"), format!("{headline}\n\nGENEVA{credit} — {}\n", paragraphs.join("\n\n")))
}

#[test]
fn reprints_cuts_and_edits_are_one_story() {
    let mut dice = Dice(4);
    let mut documents: Vec<(usize, Story)> = Vec::new();
    let mut quoted = sentence(&mut dice);
    let mut story = 0;
    while documents.len() < 2000 {
        let mut body: Vec<String> = (0..8 + dice.roll(12)).map(|_| sentence(&mut dice)).collect();
        if dice.roll(5) == 0 {
            body[2] = std::mem::replace(&mut quoted, body[3].clone());
        }
        documents.push((story, document(documents.len(), &body, &mut dice)));
        for _ in 0..[0, 0, 1, 1, 2, 3, 5, 8][dice.roll(8)] {
            if documents.len() < 2000 {
                let copy = reprint(&body, &mut dice);
                documents.push((story, document(documents.len(), &copy, &mut dice)));
            }
        }
        story += 1;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = store(&folder, "store");
    for batch in documents.chunks(200) {
        let batch: Vec<Prepared> = batch.iter().map(|(_, story)| prepare(story)).collect();
        store.keep(&batch, Timestamp::now()).expect("kept");
    }
    let truth: BTreeMap<&str, usize> = documents.iter().map(|(story, (source, _))| (source.as_str(), *story)).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut credited = 0;
    let take = |item: demarche_store::DocumentItem| -> Result<(), demarche_store::Error> {
        credited += usize::from(item.wire.is_some());
        found.push((truth[item.cited.source.as_str()], item.cited.origin));
        Ok(())
    };
    store.documents(&View::default(), &Filter::default(), take).expect("documents");
    assert_eq!(found.len(), 2000);
    let (mut right, mut planted, mut grouped) = (0_u32, 0_u32, 0_u32);
    for (n, a) in found.iter().enumerate() {
        for b in &found[n + 1..] {
            let (same_story, same_origin) = (a.0 == b.0, a.1 == b.1);
            planted += u32::from(same_story);
            grouped += u32::from(same_origin);
            right += u32::from(same_story && same_origin);
        }
    }
    let (precision, recall) = (f64::from(right) / f64::from(grouped), f64::from(right) / f64::from(planted));
    println!(
        "{story} stories in 2000 documents, {planted} pairs planted, {grouped} found: precision {precision:.4}, recall {recall:.4}; {credited} with an agency"
    );
    assert!(precision >= 0.98, "precision {precision}");
    assert!(recall >= 0.95, "recall {recall}");
    assert!(credited > 900);
}
