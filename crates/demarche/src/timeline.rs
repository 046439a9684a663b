//! Encounters of many documents → one chronology: reports of the same encounter together, in order of date.
//!
//! Each reading gives [`Report`]s that own what they need; [`Timeline::of`] sorts and joins them. Two reports are of one
//! encounter when the same parties meet, at times that can be the same, in a way that can be the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    encounter::{Encounter, EncounterKind, Part, Reach, Stage},
    event::Event,
    kb::KnowledgeBase,
    mention::{Code, EntityKind, Precision, TitleQuality, When},
    reading::Reading,
    record::Shape,
};

/// What one document says of one encounter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The document.
    pub document: Source,
    /// What kind of encounter.
    pub kind: EncounterKind,
    /// How far it had got.
    pub stage: Stage,
    /// Who took part: codes.
    pub parties: Vec<Code>,
    /// Who took part in person.
    pub people: Vec<Attendance>,
    /// When, as the document says.
    pub when: Option<When>,
    /// Where, as the document says.
    pub place: Option<String>,
    /// What about.
    pub agenda: Vec<Topic>,
    /// What was agreed.
    pub agreed: Vec<Quote>,
    /// What was urged, and by whom.
    pub urged: Vec<Quote>,
    /// The sentence that reports it.
    pub quote: String,
}

/// A document, as a chronology cites it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Day of publication.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Path, or `path#line`.
    pub source: String,
    /// Hash of the raw bytes.
    pub id: String,
}

/// Somebody who takes part in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Name.
    pub name: String,
    /// Whom they stand for.
    pub code: Option<String>,
    /// Their highest post that day, else the title that the text gives.
    pub post: Option<String>,
    /// `host`, `guest`, `peer`.
    pub part: Part,
}

/// A subject and how far it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Agenda subject.
    pub subject: String,
    /// As the text has it.
    pub words: String,
    /// `anticipated`, `discussed`, `agreed`.
    pub reach: Reach,
}

/// A sentence and who says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The sentence.
    pub quote: String,
    /// Who urges; empty where nobody is named, and for what is agreed.
    pub by: Vec<String>,
    /// The document's path.
    pub source: String,
}

/// One step in an encounter's history.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Day of publication of the document that says so.
    pub published: Option<String>,
    /// The stage.
    pub stage: &'static str,
    /// The sentence.
    pub quote: String,
    /// The document's path.
    pub source: String,
}

/// One encounter with all its reports.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// First day, ISO 8601: the encounter's own, else the day of the first report that tells it as done.
    pub date: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Whether a document names the day; otherwise it is taken from the day of publication.
    pub dated: bool,
    /// Kind.
    pub kind: &'static str,
    /// Stage after the last report.
    pub stage: &'static str,
    /// Codes.
    pub parties: Vec<String>,
    /// Those present in person.
    pub people: Vec<Attendance>,
    /// Where.
    pub places: Vec<String>,
    /// What about.
    pub agenda: Vec<Topic>,
    /// What was agreed.
    pub agreed: Vec<Quote>,
    /// What was urged.
    pub urged: Vec<Quote>,
    /// Stages in order.
    pub history: Vec<Step>,
    /// The documents.
    pub documents: Vec<Source>,
}

/// A chronology.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timeline {
    /// In order of date; undated ones last.
    pub entries: Vec<Entry>,
}

/// The reports of one reading.
pub fn reports(reading: &Reading<'_>, kb: &KnowledgeBase) -> Vec<Report> {
    let shape = Shape { reading, kb };
    reading.encounters.iter().map(|encounter| report(&shape, encounter)).collect()
}

fn report(shape: &Shape<'_>, encounter: &Encounter) -> Report {
    let Shape { reading, kb } = shape;
    let document = reading.document;
    let text = &document.text;
    let source = Source {
        published: document.meta.published.map(|d| d.to_string()),
        publisher: document.meta.publisher.clone(),
        title: document.meta.title.clone(),
        source: document.source.clone(),
        id: document.id.clone(),
    };
    let people = encounter.participants.iter().filter_map(|attendee| {
        let entity = &reading.mentions.entities[attendee.participant.entity.0 as usize];
        if entity.kind != EntityKind::Person {
            return None;
        }
        let held = attendee.posts.first().map(|&post| kb.post(post).title.to_string());
        let said = entity.titles.iter().find(|t| t.quality != TitleQuality::Former).map(|t| kb.role_name(t.role).replace('_', " "));
        Some(Attendance {
            name: entity.name.clone(),
            code: entity.code.map(|c| c.as_str().to_owned()),
            post: held.or(said),
            part: attendee.part,
        })
    });
    let sentence =
        |event: &Event| reading.sentences[event.sentence as usize].span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let quotes = |list: &[u32], urged: bool| -> Vec<Quote> {
        let mut quotes: Vec<Quote> = Vec::new();
        for &index in list {
            let event = &reading.events[index as usize];
            let holders = event.stances.iter().filter(|_| urged).flat_map(|s| &s.holders);
            let quote = Quote {
                quote: sentence(event),
                by: holders.map(|h| reading.mentions.entities[h.entity.0 as usize].name.clone()).collect(),
                source: document.source.clone(),
            };
            if !quotes.iter().any(|q| q.quote == quote.quote) {
                quotes.push(quote);
            }
        }
        quotes
    };
    let first = &reading.events[encounter.reports[0] as usize];
    Report {
        document: source,
        kind: encounter.kind,
        stage: encounter.stage,
        parties: encounter.parties.clone(),
        people: people.collect(),
        when: encounter.when,
        place: encounter.place.map(|p| shape.place(p).name.to_owned()),
        agenda: encounter
            .agenda
            .iter()
            .map(|item| {
                let topic = &reading.mentions.topics[item.topic as usize];
                Topic { subject: kb.subjects().name(topic.subject).to_owned(), words: topic.span.of(text).to_owned(), reach: item.reach }
            })
            .collect(),
        agreed: quotes(&encounter.agreed, false),
        urged: quotes(&encounter.urged, true),
        quote: sentence(first),
    }
}

/// A report with the days that it may be about.
struct Dated {
    report: Report,
    published: Option<Date>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Dated {
    fn of(report: Report) -> Dated {
        let published: Option<Date> = report.document.published.as_deref().and_then(|d| d.parse().ok());
        let days = |date: Date, n: i32| date.saturating_add(jiff::Span::new().days(n));
        let (from, to) = match (report.when, published) {
            (Some(when), _) => (Some(when.start), Some(when.end)),
            // Told as done, without a day: shortly before publication. Planned: some time after it.
            (None, Some(day)) if matches!(report.stage, Stage::Concluded | Stage::UnderWay) => (Some(days(day, -3)), Some(day)),
            (None, Some(day)) => (Some(day), Some(days(day, 45))),
            (None, None) => (None, None),
        };
        Dated { report, published, from, to }
    }
}

impl Timeline {
    /// Joins reports into a chronology; with `pair`, only encounters that both of these took part in.
    pub fn of(reports: Vec<Report>, pair: Option<(Code, Code)>) -> Timeline {
        let mut dated: Vec<Dated> = reports
            .into_iter()
            .filter(|r| pair.is_none_or(|(a, b)| r.parties.contains(&a) && r.parties.contains(&b)))
            .map(Dated::of)
            .collect();
        // Reports that name a day found the groups; vaguer ones join them.
        dated.sort_by(|a, b| {
            let key = |d: &Dated| {
                (d.report.when.map_or(Precision::Vague, |w| w.precision), d.from, d.published, d.report.document.source.clone())
            };
            key(a).cmp(&key(b))
        });
        let mut groups: Vec<Vec<Dated>> = Vec::new();
        for next in dated {
            let place = groups.iter().position(|group| group.iter().any(|d| same(d, &next)) && group.iter().all(|d| can_be_same(d, &next)));
            match place {
                Some(i) => groups[i].push(next),
                None => groups.push(vec![next]),
            }
        }
        let mut entries: Vec<Entry> = groups.into_iter().map(entry).collect();
        entries.sort_by(|a, b| (a.date.is_none(), &a.date, &a.parties, a.kind).cmp(&(b.date.is_none(), &b.date, &b.parties, b.kind)));
        Timeline { entries }
    }
}

fn can_be_same(a: &Dated, b: &Dated) -> bool {
    let call = |d: &Dated| d.report.kind == EncounterKind::Call;
    let many = |d: &Dated| d.report.kind == EncounterKind::Multilateral || d.report.parties.len() > 2;
    let subset = |x: &[Code], y: &[Code]| x.iter().all(|c| y.contains(c));
    let parties = subset(&a.report.parties, &b.report.parties) || subset(&b.report.parties, &a.report.parties);
    if call(a) != call(b) || many(a) != many(b) || !parties {
        return false;
    }
    // People of the same state who differ make two encounters.
    for person in &a.report.people {
        let other: Vec<&Attendance> = b.report.people.iter().filter(|p| p.code == person.code).collect();
        let mine: Vec<&Attendance> = a.report.people.iter().filter(|p| p.code == person.code).collect();
        if !other.is_empty() && !other.iter().any(|p| mine.iter().any(|m| m.name == p.name)) {
            return false;
        }
    }
    match (a.from.zip(a.to), b.from.zip(b.to)) {
        (Some((af, at)), Some((bf, bt))) => {
            let slack = jiff::Span::new().days(1);
            af <= bt.saturating_add(slack) && bf <= at.saturating_add(slack)
        }
        _ => false,
    }
}

fn same(a: &Dated, b: &Dated) -> bool {
    can_be_same(a, b)
}

fn entry(mut group: Vec<Dated>) -> Entry {
    group.sort_by(|a, b| {
        (a.published, a.report.stage, &a.report.document.source).cmp(&(b.published, b.report.stage, &b.report.document.source))
    });
    let day = group.iter().filter_map(|d| d.report.when).min_by_key(|w| (w.precision, w.start));
    let told = group.iter().filter(|d| matches!(d.report.stage, Stage::Concluded | Stage::UnderWay)).filter_map(|d| d.published).min();
    let date = day.map(|w| w.start).or(told).or(group.iter().filter_map(|d| d.published).min());
    let mut result = Entry {
        date: date.map(|d| d.to_string()),
        until: day.filter(|w| w.end != w.start).map(|w| w.end.to_string()),
        dated: day.is_some(),
        kind: kind(&group).name(),
        stage: group.last().map_or("proposed", |d| d.report.stage.name()),
        parties: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        agenda: Vec::new(),
        agreed: Vec::new(),
        urged: Vec::new(),
        history: Vec::new(),
        documents: Vec::new(),
    };
    for dated in group {
        let report = dated.report;
        extend_new(&mut result.parties, report.parties.iter().map(|c| c.as_str().to_owned()));
        for person in report.people {
            match result.people.iter_mut().find(|p| p.name == person.name) {
                Some(known) => {
                    known.post = known.post.take().or(person.post);
                    if known.part == Part::Peer {
                        known.part = person.part;
                    }
                }
                None => result.people.push(person),
            }
        }
        extend_new(&mut result.places, report.place.into_iter());
        for topic in report.agenda {
            match result.agenda.iter_mut().find(|t| t.words.eq_ignore_ascii_case(&topic.words)) {
                Some(known) if known.reach < topic.reach => known.reach = topic.reach,
                Some(_) => {}
                None => result.agenda.push(topic),
            }
        }
        extend_new(&mut result.agreed, report.agreed.into_iter());
        extend_new(&mut result.urged, report.urged.into_iter());
        result.history.push(Step {
            published: report.document.published.clone(),
            stage: report.stage.name(),
            quote: report.quote,
            source: report.document.source.clone(),
        });
        extend_new(&mut result.documents, std::iter::once(report.document));
    }
    result.parties.sort();
    result
}

/// The most telling kind among the reports.
fn kind(group: &[Dated]) -> EncounterKind {
    let order = [
        EncounterKind::Multilateral,
        EncounterKind::Call,
        EncounterKind::Summit,
        EncounterKind::Ministerial,
        EncounterKind::Visit,
        EncounterKind::Talks,
    ];
    order.into_iter().find(|k| group.iter().any(|d| d.report.kind == *k)).unwrap_or(EncounterKind::Talks)
}

fn extend_new<T: PartialEq>(list: &mut Vec<T>, new: impl Iterator<Item = T>) {
    for item in new {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
