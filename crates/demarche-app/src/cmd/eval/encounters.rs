//! `eval encounters`: how many known visits and meetings are found in the documents that tell of them.
//!
//! The join: a known visit or trip is *told* if a document dated from three days before its first day to three days after its
//! last names the visitor (for a trip: somebody met) by a word of the name other than the title. It is *found* if one of these
//! documents has an encounter that is told as done, under way or set, with that person under the right state's code, with a post that
//! the facts give them that day, with the United States as another party, and at a day that can be
//! the visit's: the encounter's own date, or the document's where it gives none.

use anyhow::bail;
use demarche::{
    Reader, Reading,
    encounter::{Encounter, Stage},
    mention::{Code, EntityKind},
};
use jiff::{Span, civil::Date};

use super::{Report, posts::share_a_word, score::ratio, us_history};
use crate::{cli::EvalArgs, input, pipeline};

/// What is needed of a document: its day, the words of its names, its encounters.
struct Told {
    published: Date,
    source: String,
    names: Vec<String>,
    encounters: Vec<Found>,
}

struct Found {
    people: Vec<(String, Option<Code>, bool)>,
    parties: Vec<Code>,
    from: Date,
    to: Date,
    counts: bool,
    summary: String,
}

pub(super) fn run(reader: &Reader, args: &EvalArgs) -> anyhow::Result<Report> {
    let Some(folder) = &args.visits else {
        bail!("eval encounters needs --visits FOLDER: the folder with visits, president-travels, secretary-travels")
    };
    let known = us_history::read(folder)?;
    let options = demarche::document::LoadOptions { published: args.published, ..Default::default() };
    let mut told: Vec<Told> = Vec::new();
    let mut failed = 0_usize;
    let jobs = std::thread::available_parallelism().map_or(1, |n| n.get());
    let work = |task: input::Task| -> Vec<Result<Option<Told>, String>> {
        task.load(&options)
            .into_iter()
            .map(|result| result.map(|document| document.meta.published.map(|day| tell(&reader.read(&document), day, reader))))
            .collect()
    };
    pipeline::in_order(input::tasks_of(&args.files, None), jobs, work, |results| -> anyhow::Result<()> {
        for result in results {
            match result {
                Ok(document) => told.extend(document),
                Err(_) => failed += 1,
            }
        }
        Ok(())
    })?;
    let mut report = Report::new();
    let (mut joined, mut found) = (0_usize, 0_usize);
    let usa = Code::parse("USA").expect("three capitals");
    for visit in &known {
        let code = reader.knowledge().state_by_name(&visit.state).map(|s| s.iso3);
        let three = Span::new().days(3);
        let near: Vec<&Told> = told
            .iter()
            .filter(|t| visit.start.saturating_sub(three) <= t.published && t.published <= visit.end.saturating_add(three))
            .filter(|t| t.names.iter().any(|name| visit.foreigners.iter().any(|f| same_person(name, f))))
            .collect();
        if near.is_empty() {
            continue;
        }
        joined += 1;
        let hit = near.iter().any(|t| {
            t.encounters.iter().any(|e| {
                let person = e.people.iter().any(|(name, of, post)| {
                    *post && (code.is_none() || *of == code) && visit.foreigners.iter().any(|f| same_person(name, f))
                });
                let one = Span::new().days(1);
                let day = e.from <= visit.end.saturating_add(one) && visit.start.saturating_sub(one) <= e.to;
                person && day && e.counts && e.parties.contains(&usa)
            })
        });
        found += usize::from(hit);
        if args.errors && !hit {
            report.line(format!("missed {} – {} {} ({})", visit.start, visit.end, visit.foreigners.join("; "), visit.state));
            for t in near.iter().take(3) {
                report.line(format!("    {} {}", t.published, t.source));
                for e in &t.encounters {
                    report.line(format!("        {}", e.summary));
                }
            }
        }
    }
    if args.list {
        for t in &told {
            for e in &t.encounters {
                report.line(format!("{} {} {}", t.published, t.source, e.summary));
            }
        }
    }
    report.figure("recall", ratio(found, joined));
    report.figure("known", known.len());
    report.figure("told", joined);
    report.figure("found", found);
    report.figure("documents", told.len());
    report.figure("documents_left_out", failed);
    report.figure("encounters", told.iter().map(|t| t.encounters.len()).sum::<usize>());
    Ok(report)
}

/// Whether two names, titles and all, may be one person's: they share a word that is no title.
fn same_person(a: &str, b: &str) -> bool {
    const TITLES: [&str; 18] = [
        "President",
        "Prime",
        "Minister",
        "Chancellor",
        "King",
        "Queen",
        "Emperor",
        "Crown",
        "Prince",
        "Foreign",
        "Premier",
        "Taoiseach",
        "Sultan",
        "Amir",
        "the",
        "Interim",
        "Chairman",
        "Secretary",
    ];
    let strip = |name: &str| name.split_whitespace().filter(|w| !TITLES.contains(w)).collect::<Vec<_>>().join(" ");
    share_a_word(&strip(a), &strip(b)) || strip(a) == strip(b)
}

fn tell(reading: &Reading<'_>, published: Date, reader: &Reader) -> Told {
    let entities = &reading.mentions.entities;
    let names = entities.iter().filter(|e| e.kind == EntityKind::Person).map(|e| e.name.clone()).collect();
    let encounters = reading.encounters.iter().map(|e| found(e, reading, published, reader)).collect();
    Told { published, source: reading.document.source.clone(), names, encounters }
}

fn found(e: &Encounter, reading: &Reading<'_>, published: Date, reader: &Reader) -> Found {
    let kb = reader.knowledge();
    let people: Vec<(String, Option<Code>, bool)> = e
        .participants
        .iter()
        .map(|a| &reading.mentions.entities[a.participant.entity.0 as usize])
        .zip(&e.participants)
        .filter(|(entity, _)| entity.kind == EntityKind::Person)
        .map(|(entity, a)| (entity.name.clone(), entity.code, !a.posts.is_empty()))
        .collect();
    let shown: Vec<String> = e
        .participants
        .iter()
        .map(|a| {
            let entity = &reading.mentions.entities[a.participant.entity.0 as usize];
            let post = a.posts.first().map_or("", |&p| &*kb.post(p).key);
            format!("{} {} [{post}]", entity.code.map_or_else(|| "?".to_owned(), |c| c.as_str().to_owned()), entity.name)
        })
        .collect();
    let (from, to) = match (e.when, e.stage) {
        (Some(when), _) => (when.start, when.end),
        // Without a day of its own: a planned encounter some days after the document, a told one some days before.
        (None, Stage::Concluded | Stage::UnderWay) => (published.saturating_sub(Span::new().days(3)), published),
        (None, _) => (published, published.saturating_add(Span::new().days(3))),
    };
    let summary = format!("{} {} {} – {}: {}", e.kind.name(), e.stage.name(), from, to, shown.join("; "));
    let counts = matches!(e.stage, Stage::Concluded | Stage::UnderWay | Stage::Announced);
    Found { people, parties: e.parties.clone(), from, to, counts, summary }
}
