//! Claims + facts → rows. Whoever and whatever the facts know keeps its key; what they say already is dropped.

mod person;
mod post;

use std::collections::BTreeMap;

use super::{
    Import, Importer, Reason, Tables, date,
    draft::{DraftTenure, End},
};
use crate::{
    kb::{Day, PersonId},
    mention::{Code, TitleQuality},
};
use person::Persons;
use post::{Office, Posts};

pub(super) fn settle(mut importer: Importer<'_>) -> Import {
    let tenures = std::mem::take(&mut importer.draft.tenures);
    let mut posts = Posts::default();
    let mut held: Vec<(DraftTenure, Office)> = Vec::with_capacity(tenures.len());
    for tenure in tenures {
        match posts.find(&importer, &tenure) {
            Ok(office) => held.push((tenure, office)),
            Err(reason) => {
                let what = posts.shown(&importer, &tenure);
                importer.leave_out(reason, &tenure.at, &what);
            }
        }
    }
    let mut bodies: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for (tenure, office) in &held {
        let list = bodies.entry(tenure.person.clone()).or_default();
        list.extend(office.code.filter(|code| !list.contains(code)));
    }
    let mut rows = std::mem::take(&mut importer.draft.rows);
    let mut persons = Persons::of(&importer);
    for (tenure, office) in &held {
        match persons.find(&importer, &tenure.person, bodies.get(&tenure.person).map_or(&[], Vec::as_slice)) {
            Ok((key, known)) => add(&mut importer, &mut rows, &mut posts, tenure, office, &key, known),
            Err(reason) => importer.leave_out(reason, &tenure.at, &tenure.person),
        }
    }
    persons.rows(&mut importer, &bodies, &mut rows);
    Import { tables: rows, problems: importer.problems, left_out: importer.left_out }
}

fn add(
    importer: &mut Importer<'_>,
    rows: &mut Tables,
    posts: &mut Posts,
    tenure: &DraftTenure,
    office: &Office,
    person: &str,
    known: Option<PersonId>,
) {
    let start = tenure.start.map(|day| day.to_string()).unwrap_or_default();
    let died = importer.draft.persons.get(&tenure.person).and_then(|person| person.died);
    let (end, basis, mut note) = match (tenure.end, died) {
        (End::Day(day), _) => (day.to_string(), "stated", tenure.note.clone()),
        (End::Open, _) => (String::new(), "", tenure.note.clone()),
        (End::Unknown, Some(died)) => (died.to_string(), "unknown", format!("end not stated; died {died}")),
        (End::Unknown, None) => (String::new(), "unknown", tenure.note.clone()),
    };
    if let (Some(start), Some(end)) = (tenure.start, Day::parse(&end))
        && end.latest() < start.earliest()
    {
        importer.leave_out(Reason::BadDates, &tenure.at, &format!("{}, {person}: {start} to {end}", office.key));
        return;
    }
    let quality = if tenure.quality == TitleQuality::Holds { office.quality } else { tenure.quality };
    let mut start = start;
    if tenure.source == "petrarch" && known.is_some_and(|id| holds_there(importer, id, office, &start, &end)) {
        importer.leave_out(Reason::Known, &tenure.at, &format!("{}, {person}", office.key));
        return;
    }
    if let (Some(id), Some(post)) = (known, importer.kb.post_by_key(&office.key)) {
        for other in importer.kb.career(id).filter(|other| other.post == post && other.quality == quality) {
            let other_start = other.start.map(|day| day.to_string()).unwrap_or_default();
            let other_end = other.end.map(|day| day.to_string()).unwrap_or_default();
            if date::agree(&other_start, &start) {
                if end.is_empty() || date::agree(&other_end, &end) && !other_end.is_empty() || basis != "stated" && !other_end.is_empty() {
                    importer.leave_out(Reason::Known, &tenure.at, &format!("{}, {person}", office.key));
                    return;
                }
                if !other_end.is_empty() && !importer.replace {
                    differs(importer, tenure, office, person, [&other_start, &other_end, &start, &end]);
                    return;
                }
                // The row gives an end to that tenure: it takes its place, because it begins alike.
                start = other_start;
                break;
            }
            if overlap(&other_start, &other_end, &start, &end) {
                if !importer.replace {
                    differs(importer, tenure, office, person, [&other_start, &other_end, &start, &end]);
                    return;
                }
                note = format!("built-in facts: {other_start} to {other_end}").trim_end().to_owned();
            }
        }
    }
    let quality = match quality {
        TitleQuality::Acting => "acting",
        TitleQuality::Elect => "elect",
        TitleQuality::Designate => "designate",
        _ => "regular",
    };
    posts.row(importer, office, tenure.source, rows);
    rows.add("tenures.tsv", [&office.key, person, &start, &end, quality, basis, tenure.source, &note]);
}

fn differs(importer: &mut Importer<'_>, tenure: &DraftTenure, office: &Office, person: &str, [start, end, other, other_end]: [&str; 4]) {
    let what = format!("{}, {person}: {other} to {other_end}; the facts: {start} to {end}", office.key);
    importer.leave_out(Reason::Differs, &tenure.at, &what);
}

/// Whether the facts name an office of the same state at that time: they know better than a code of three letters.
fn holds_there(importer: &Importer<'_>, person: PersonId, office: &Office, start: &str, end: &str) -> bool {
    importer.kb.career(person).any(|other| {
        let (other_start, other_end) = (other.start.map(|day| day.to_string()), other.end.map(|day| day.to_string()));
        let post = importer.kb.post(other.post);
        (post.organization.is_none() && Some(post.of) == office.code
            || post.organization.is_some() && post.organization == office.organization)
            && overlap(&other_start.unwrap_or_default(), &other_end.unwrap_or_default(), start, end)
    })
}

fn overlap(start: &str, end: &str, other_start: &str, other_end: &str) -> bool {
    let before = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a <= b;
    !before(end, other_start) && !before(other_end, start)
}
