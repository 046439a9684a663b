//! The published shape of a reading: what JSON shows. Additive changes only; `docs/record.md` documents every key.
//!
//! Everything here borrows from a [`Reading`]; nothing is computed that is not in it.

use serde::Serialize;

use crate::{
    encounter::{Attendee, Encounter},
    event::{self, Certainty, Event, Participant, Place, Polarity, Tense},
    kb::{KnowledgeBase, PostId},
    mention::{Entity, EntityId, EntityKind, MentionForm, Precision, TitleQuality, When},
    reading::Reading,
    span::Span,
};

/// The version of this shape. It grows by additions; a key never changes its meaning.
pub const VERSION: &str = "1";

/// A piece of text that something was read from (W3C Web Annotation: TextQuoteSelector and TextPositionSelector in bytes).
#[derive(Clone, Debug, Serialize)]
pub struct Evidence<'a> {
    /// The words themselves: the slice `start..end` of the canonical text.
    pub quote: &'a str,
    /// First byte in the canonical text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Up to 32 bytes of text before.
    pub prefix: &'a str,
    /// Up to 32 bytes of text after.
    pub suffix: &'a str,
}

/// One document's record.
#[derive(Clone, Debug, Serialize)]
pub struct Record<'a> {
    /// [`VERSION`].
    pub record_version: &'static str,
    /// What was read.
    pub document: DocumentRecord<'a>,
    /// Its sentences in text order.
    pub sentences: Vec<SentenceRecord<'a>>,
    /// Those who can act, each once.
    pub entities: Vec<EntityRecord<'a>>,
    /// Where they, and dates, places and topics, are named.
    pub mentions: Vec<MentionRecord<'a>>,
    /// The acts spoken of.
    pub events: Vec<EventRecord<'a>>,
    /// The encounters spoken of.
    pub encounters: Vec<EncounterRecord<'a>>,
    /// What does not fit.
    pub doubts: Vec<DoubtRecord<'a>>,
}

/// What was read.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRecord<'a> {
    /// Hash of the raw bytes.
    pub id: &'a str,
    /// Path, `-`, or `path#line`.
    pub source: &'a str,
    /// `plain`, `markdown`, `html`, `jsonl`.
    pub format: &'static str,
    /// Title.
    pub title: Option<&'a str>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// `given`, `metadata`, `text`, `file_name`.
    pub published_from: Option<&'static str>,
    /// Publisher.
    pub publisher: Option<&'a str>,
    /// ISO 639-1.
    pub language: Option<&'a str>,
    /// Address.
    pub address: Option<&'a str>,
    /// The dateline's words.
    pub dateline: Option<Evidence<'a>>,
    /// Length of the canonical text in bytes.
    pub bytes: usize,
    /// Whether canonical offsets are raw offsets.
    pub offsets_are_raw: bool,
}

/// A sentence.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceRecord<'a> {
    /// Its number, from 0.
    pub index: usize,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Its text.
    pub text: &'a str,
    /// `headline`, `heading`, `paragraph`, `list_item`.
    pub kind: &'static str,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// Who speaks, in a transcript.
    pub speaker: Option<&'a str>,
}

/// One who can act.
#[derive(Clone, Debug, Serialize)]
pub struct EntityRecord<'a> {
    /// `e0`, `e1` …: unique in this record.
    pub id: String,
    /// `state`, `person`, `organization`, `agent`, `source`.
    pub kind: &'static str,
    /// Name to show.
    pub name: &'a str,
    /// PLOVER country or actor code.
    pub code: Option<&'a str>,
    /// PLOVER sector.
    pub sector: Option<&'a str>,
    /// Key in the knowledge base.
    pub key: Option<&'a str>,
    /// Wikidata id.
    pub wikidata: Option<&'a str>,
    /// Posts held on the day of publication, as the facts have it.
    pub posts: Vec<PostRecord<'a>>,
    /// Posts that the text gives.
    pub titles: Vec<TitleRecord<'a>>,
}

/// A post and where the fact is from.
#[derive(Clone, Debug, Serialize)]
pub struct PostRecord<'a> {
    /// Key of the post: `KOR.president`.
    pub post: &'a str,
    /// Its title.
    pub title: &'a str,
    /// First known day, as precise as known.
    pub since: Option<String>,
    /// Last known day.
    pub until: Option<String>,
    /// Where the fact is from.
    pub source: &'a str,
}

/// A post that the text gives.
#[derive(Clone, Debug, Serialize)]
pub struct TitleRecord<'a> {
    /// Role.
    pub role: &'a str,
    /// State or organisation, as far as the text says.
    pub of: Option<&'a str>,
    /// `holds`, `former`, `acting`, `elect`, `designate`, `deputy`.
    pub quality: &'static str,
    /// Sentence index.
    pub sentence: u32,
    /// The words.
    pub evidence: Evidence<'a>,
}

/// A mention.
#[derive(Clone, Debug, Serialize)]
pub struct MentionRecord<'a> {
    /// `actor`, `date`, `place`, `topic`.
    pub kind: &'static str,
    /// Sentence index.
    pub sentence: u32,
    /// `name`, `adjective`, `metonym`, `description`, `anaphor`; actors only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<&'static str>,
    /// Ids of the entities named; actors only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<String>,
    /// Used as a mere place; actors only.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub as_place: bool,
    /// What a date means; dates only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<WhenRecord>,
    /// Name of a place; places only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// State of a place; places only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Agenda subject; topics only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'a str>,
    /// PLOVER context; topics only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<&'a str>,
    /// The words.
    pub evidence: Evidence<'a>,
}

/// A date or range.
#[derive(Clone, Debug, Serialize)]
pub struct WhenRecord {
    /// First day, ISO 8601.
    pub start: String,
    /// Last day.
    pub end: String,
    /// `day`, `week`, `month`, `quarter`, `year`, `vague`.
    pub precision: &'static str,
}

/// Somebody's part.
#[derive(Clone, Debug, Serialize)]
pub struct ParticipantRecord<'a> {
    /// Entity id.
    pub entity: String,
    /// Its name.
    pub name: &'a str,
    /// Its code.
    pub code: Option<&'a str>,
    /// Its sector.
    pub sector: Option<&'a str>,
    /// Where the text names them; null when implied.
    pub evidence: Option<Evidence<'a>>,
}

/// A stance.
#[derive(Clone, Debug, Serialize)]
pub struct StanceRecord<'a> {
    /// `states`, `urges`, `denies` …
    pub kind: &'static str,
    /// Who; empty when the text names nobody.
    pub holders: Vec<ParticipantRecord<'a>>,
    /// Whether the stance is negated.
    pub negated: bool,
    /// The word that says so.
    pub evidence: Evidence<'a>,
}

/// The derived flat PLOVER record.
#[derive(Clone, Debug, Serialize)]
pub struct FlatRecord<'a> {
    /// PLOVER type.
    pub event: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Who.
    pub actor: Vec<ParticipantRecord<'a>>,
    /// To whom.
    pub recipient: Vec<ParticipantRecord<'a>>,
    /// 1 to 4.
    pub quad_code: u8,
    /// PLOVER score.
    pub event_scale: f32,
}

/// The evidence of an event.
#[derive(Clone, Debug, Serialize)]
pub struct EventEvidence<'a> {
    /// The words that name the act.
    pub trigger: Evidence<'a>,
    /// The negating word.
    pub negation: Option<Evidence<'a>>,
    /// The words that say when.
    pub time: Option<Evidence<'a>>,
    /// The sentence.
    pub sentence: Evidence<'a>,
}

/// An event.
#[derive(Clone, Debug, Serialize)]
pub struct EventRecord<'a> {
    /// `v0`, `v1` …: unique in this record.
    pub id: String,
    /// Sentence index.
    pub sentence: u32,
    /// PLOVER type of the act spoken of.
    pub act: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Doers.
    pub actor: Vec<ParticipantRecord<'a>>,
    /// Those it is done to.
    pub recipient: Vec<ParticipantRecord<'a>>,
    /// Outermost first.
    pub stance: Vec<StanceRecord<'a>>,
    /// `positive`, `negative`.
    pub polarity: &'static str,
    /// `past`, `present`, `future`.
    pub tense: &'static str,
    /// When.
    pub when: Option<WhenRecord>,
    /// `fact`, `possible`, `conditional`, `counterfactual`.
    pub certainty: &'static str,
    /// Derived status.
    pub status: &'static str,
    /// Derived flat record; null where PLOVER has none.
    pub flat: Option<FlatRecord<'a>>,
    /// PLOVER contexts.
    pub contexts: Vec<&'a str>,
    /// Subjects of talk.
    pub topics: Vec<TopicRecord<'a>>,
    /// Where.
    pub place: Option<PlaceRecord<'a>>,
    /// What it was read from.
    pub evidence: EventEvidence<'a>,
    /// Which rule proposed it.
    pub pattern: &'a str,
    /// Which reader decided: `fast`.
    pub reader: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

/// A subject of talk.
#[derive(Clone, Debug, Serialize)]
pub struct TopicRecord<'a> {
    /// Agenda subject.
    pub subject: &'a str,
    /// PLOVER context.
    pub context: Option<&'a str>,
    /// How far it got; agenda items only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<&'static str>,
    /// The words.
    pub evidence: Evidence<'a>,
}

/// A place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceRecord<'a> {
    /// Name.
    pub name: &'a str,
    /// ISO 3166-1 alpha-3 of its state.
    pub state: Option<String>,
    /// The words.
    pub evidence: Evidence<'a>,
}

/// One who takes part in an encounter.
#[derive(Clone, Debug, Serialize)]
pub struct AttendeeRecord<'a> {
    /// Who.
    #[serde(flatten)]
    pub who: ParticipantRecord<'a>,
    /// Posts held that day, the highest first.
    pub posts: Vec<PostRecord<'a>>,
    /// `host`, `guest`, `peer`.
    pub part: &'static str,
}

/// An encounter.
#[derive(Clone, Debug, Serialize)]
pub struct EncounterRecord<'a> {
    /// `n0`, `n1` …: unique in this record.
    pub id: String,
    /// `summit`, `ministerial`, `talks`, `visit`, `call`, `multilateral`.
    pub kind: &'static str,
    /// `state`, `official`, `working`, `private`; null where not told.
    pub rank: Option<&'static str>,
    /// `proposed`, `announced`, `under_way`, `concluded`, `postponed`, `cancelled`.
    pub stage: &'static str,
    /// Codes of those who take part.
    pub parties: Vec<&'a str>,
    /// Who takes part.
    pub participants: Vec<AttendeeRecord<'a>>,
    /// When.
    pub when: Option<WhenRecord>,
    /// Where.
    pub place: Option<PlaceRecord<'a>>,
    /// Subjects.
    pub agenda: Vec<TopicRecord<'a>>,
    /// Ids of the events that report it.
    pub reports: Vec<String>,
    /// Ids of events in which its parties agree on something.
    pub agreed: Vec<String>,
    /// Ids of events urged on its parties.
    pub urged: Vec<String>,
    /// The sentences that report it.
    pub evidence: Vec<Evidence<'a>>,
}

/// A doubt.
#[derive(Clone, Debug, Serialize)]
pub struct DoubtRecord<'a> {
    /// Stable code.
    pub code: &'static str,
    /// One sentence.
    pub message: &'a str,
    /// Sentence index.
    pub sentence: Option<u32>,
    /// Where the contradicting facts are from.
    pub source: Option<&'a str>,
    /// The words it is about.
    pub evidence: Vec<Evidence<'a>>,
}

impl<'a> Record<'a> {
    /// The record of a reading.
    pub fn of(reading: &'a Reading<'_>, kb: &'a KnowledgeBase) -> Record<'a> {
        let shape = Shape { reading, kb };
        Record {
            record_version: VERSION,
            document: shape.document(),
            sentences: shape.sentences(),
            entities: reading.mentions.entities.iter().enumerate().map(|(i, e)| shape.entity(i, e)).collect(),
            mentions: shape.mentions(),
            events: reading.events.iter().enumerate().map(|(i, e)| shape.event(i, e)).collect(),
            encounters: reading.encounters.iter().enumerate().map(|(i, e)| shape.encounter(i, e)).collect(),
            doubts: reading
                .doubts
                .iter()
                .map(|d| DoubtRecord {
                    code: d.code,
                    message: &d.message,
                    sentence: d.sentence,
                    source: d.source.as_deref(),
                    evidence: d.spans.iter().map(|&s| shape.evidence(s)).collect(),
                })
                .collect(),
        }
    }
}

/// Turns the parts of one reading into their records.
pub(crate) struct Shape<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) kb: &'a KnowledgeBase,
}

impl<'a> Shape<'a> {
    pub(crate) fn evidence(&self, span: Span) -> Evidence<'a> {
        const AROUND: usize = 32;
        let text: &'a str = &self.reading.document.text;
        let (start, end) = (span.start as usize, span.end as usize);
        let from = text.ceil_char_boundary(start.saturating_sub(AROUND));
        let to = text.floor_char_boundary((end + AROUND).min(text.len()));
        Evidence { quote: &text[start..end], start: span.start, end: span.end, prefix: &text[from..start], suffix: &text[end..to] }
    }

    fn document(&self) -> DocumentRecord<'a> {
        use crate::document::{DateSource, Format};
        let document = self.reading.document;
        DocumentRecord {
            id: &document.id,
            source: &document.source,
            format: match document.format {
                Format::Plain => "plain",
                Format::Markdown => "markdown",
                Format::Html => "html",
                Format::JsonLines => "jsonl",
            },
            title: document.meta.title.as_deref(),
            published: document.meta.published.map(|d| d.to_string()),
            published_from: document.meta.published_from.map(|from| match from {
                DateSource::Given => "given",
                DateSource::Metadata => "metadata",
                DateSource::Text => "text",
                DateSource::FileName => "file_name",
            }),
            publisher: document.meta.publisher.as_deref(),
            language: document.meta.language.as_deref(),
            address: document.meta.address.as_deref(),
            dateline: document.meta.dateline.map(|s| self.evidence(s)),
            bytes: document.text.len(),
            offsets_are_raw: document.map.identity,
        }
    }

    fn sentences(&self) -> Vec<SentenceRecord<'a>> {
        use crate::document::BlockKind;
        let text: &'a str = &self.reading.document.text;
        let record = |(index, s): (usize, &'a crate::sentence::Sentence)| SentenceRecord {
            index,
            start: s.span.start,
            end: s.span.end,
            text: s.span.of(text),
            kind: match s.block {
                BlockKind::Headline => "headline",
                BlockKind::Heading => "heading",
                BlockKind::Paragraph | BlockKind::Furniture => "paragraph",
                BlockKind::ListItem => "list_item",
            },
            paragraph: s.paragraph,
            speaker: s.speaker.map(|span| span.of(text)),
        };
        self.reading.sentences.iter().enumerate().map(record).collect()
    }

    fn entity(&self, index: usize, entity: &'a Entity) -> EntityRecord<'a> {
        let date = self.reading.document.meta.published;
        let (key, wikidata) = match (entity.person, entity.organization) {
            (Some(person), _) => {
                let person = self.kb.person(person);
                (Some(&*person.key), Some(&*person.wikidata))
            }
            (None, Some(organization)) => {
                let organization = self.kb.organization(organization);
                (Some(&*organization.key), Some(&*organization.wikidata))
            }
            _ => (None, None),
        };
        let posts = match (entity.person, date) {
            (Some(person), Some(date)) => self.posts(person, date, None),
            _ => Vec::new(),
        };
        EntityRecord {
            id: entity_id(EntityId(index as u32)),
            kind: match entity.kind {
                EntityKind::State => "state",
                EntityKind::Person => "person",
                EntityKind::Organization => "organization",
                EntityKind::Agent => "agent",
                EntityKind::Source => "source",
            },
            name: &entity.name,
            code: entity.code.as_ref().map(|c| c.as_str()),
            sector: entity.sector.as_ref().map(|c| c.as_str()),
            key,
            wikidata: wikidata.filter(|w| !w.is_empty()),
            posts,
            titles: entity
                .titles
                .iter()
                .map(|claim| TitleRecord {
                    role: self.kb.role_name(claim.role),
                    of: claim.of.as_ref().map(|c| c.as_str()),
                    quality: match claim.quality {
                        TitleQuality::Holds => "holds",
                        TitleQuality::Former => "former",
                        TitleQuality::Acting => "acting",
                        TitleQuality::Elect => "elect",
                        TitleQuality::Designate => "designate",
                        TitleQuality::Deputy => "deputy",
                    },
                    sentence: claim.sentence,
                    evidence: self.evidence(claim.span),
                })
                .collect(),
        }
    }

    /// The posts that a person held on a day; only those in `among`, in its order, where it is given.
    fn posts(&self, person: crate::kb::PersonId, date: jiff::civil::Date, among: Option<&[PostId]>) -> Vec<PostRecord<'a>> {
        let mut posts: Vec<(usize, PostRecord<'a>)> = self
            .kb
            .held_by(person, date)
            .filter(|(_, held)| *held != crate::kb::Held::No)
            .filter_map(|(tenure, _)| {
                let place = among.map_or(Some(0), |list| list.iter().position(|p| *p == tenure.post))?;
                let post = self.kb.post(tenure.post);
                let record = PostRecord {
                    post: &post.key,
                    title: &post.title,
                    since: tenure.start.map(|d| d.to_string()),
                    until: tenure.end.map(|d| d.to_string()),
                    source: &tenure.source,
                };
                Some((place, record))
            })
            .collect();
        posts.sort_by_key(|(place, _)| *place);
        posts.into_iter().map(|(_, record)| record).collect()
    }

    fn mentions(&self) -> Vec<MentionRecord<'a>> {
        let m = &self.reading.mentions;
        let base = |kind, sentence, span| MentionRecord {
            kind,
            sentence,
            form: None,
            entities: Vec::new(),
            as_place: false,
            when: None,
            name: None,
            state: None,
            subject: None,
            context: None,
            evidence: self.evidence(span),
        };
        let mut records: Vec<MentionRecord<'a>> = Vec::new();
        records.extend(m.actors.iter().map(|a| MentionRecord {
            form: Some(match a.form {
                MentionForm::Name => "name",
                MentionForm::Adjective => "adjective",
                MentionForm::Metonym => "metonym",
                MentionForm::Description => "description",
                MentionForm::Anaphor => "anaphor",
            }),
            entities: a.entities.iter().map(|&e| entity_id(e)).collect(),
            as_place: a.as_place,
            ..base("actor", a.sentence, a.span)
        }));
        records.extend(m.dates.iter().map(|d| MentionRecord { when: d.when.map(when), ..base("date", d.sentence, d.span) }));
        records.extend(m.places.iter().map(|p| MentionRecord {
            name: Some(&p.name),
            state: p.state.map(|c| c.as_str().to_owned()),
            ..base("place", p.sentence, p.span)
        }));
        records.extend(m.topics.iter().map(|t| MentionRecord {
            subject: Some(self.kb.subjects().name(t.subject)),
            context: t.context.map(|c| self.kb.contexts().name(c)),
            ..base("topic", t.sentence, t.span)
        }));
        records.sort_by_key(|r| (r.sentence, r.evidence.start, r.evidence.end));
        records
    }

    pub(crate) fn participant(&self, participant: Participant) -> ParticipantRecord<'a> {
        let entity: &'a Entity = &self.reading.mentions.entities[participant.entity.0 as usize];
        ParticipantRecord {
            entity: entity_id(participant.entity),
            name: &entity.name,
            code: entity.code.as_ref().map(|c| c.as_str()),
            sector: entity.sector.as_ref().map(|c| c.as_str()),
            evidence: participant.span.map(|s| self.evidence(s)),
        }
    }

    fn participants(&self, list: &[Participant]) -> Vec<ParticipantRecord<'a>> {
        list.iter().map(|&p| self.participant(p)).collect()
    }

    fn topic(&self, topic: u32, reach: Option<&'static str>) -> TopicRecord<'a> {
        let mention = &self.reading.mentions.topics[topic as usize];
        TopicRecord {
            subject: self.kb.subjects().name(mention.subject),
            context: mention.context.map(|c| self.kb.contexts().name(c)),
            reach,
            evidence: self.evidence(mention.span),
        }
    }

    pub(crate) fn place(&self, place: Place) -> PlaceRecord<'a> {
        let m: &'a crate::mention::Mentions = &self.reading.mentions;
        match place {
            Place::Named(i) => {
                let mention = &m.places[i as usize];
                PlaceRecord {
                    name: &mention.name,
                    state: mention.state.map(|c| c.as_str().to_owned()),
                    evidence: self.evidence(mention.span),
                }
            }
            Place::State(i) => {
                let mention = &m.actors[i as usize];
                let entity = mention.entities.first().map(|e| &m.entities[e.0 as usize]);
                PlaceRecord {
                    name: mention.span.of(&self.reading.document.text),
                    state: entity.and_then(|e| e.code).map(|c| c.as_str().to_owned()),
                    evidence: self.evidence(mention.span),
                }
            }
        }
    }

    fn event(&self, index: usize, event: &'a Event) -> EventRecord<'a> {
        EventRecord {
            id: event_id(index as u32),
            sentence: event.sentence,
            act: event.act.name(),
            mode: event.mode.map(|m| m.name()),
            actor: self.participants(&event.actors),
            recipient: self.participants(&event.recipients),
            stance: event
                .stances
                .iter()
                .map(|s| StanceRecord {
                    kind: s.kind.name(),
                    holders: self.participants(&s.holders),
                    negated: s.negated,
                    evidence: self.evidence(s.span),
                })
                .collect(),
            polarity: match event.polarity {
                Polarity::Positive => "positive",
                Polarity::Negative => "negative",
            },
            tense: match event.tense {
                Tense::Past => "past",
                Tense::Present => "present",
                Tense::Future => "future",
            },
            when: event.when.map(when),
            certainty: match event.certainty {
                Certainty::Fact => "fact",
                Certainty::Possible => "possible",
                Certainty::Conditional => "conditional",
                Certainty::Counterfactual => "counterfactual",
            },
            status: event.status.name(),
            flat: event.flat.as_ref().map(|flat: &event::flat::Flat| FlatRecord {
                event: flat.event.name(),
                mode: flat.mode.map(|m| m.name()),
                actor: self.participants(&flat.actors),
                recipient: self.participants(&flat.recipients),
                quad_code: flat.quad_code(),
                event_scale: flat.scale(),
            }),
            contexts: event.contexts.iter().map(|&c| self.kb.contexts().name(c)).collect(),
            topics: event.topics.iter().map(|&t| self.topic(t, None)).collect(),
            place: event.place.map(|p| self.place(p)),
            evidence: EventEvidence {
                trigger: self.evidence(event.evidence.trigger),
                negation: event.evidence.negation.map(|s| self.evidence(s)),
                time: event.evidence.time.map(|s| self.evidence(s)),
                sentence: self.evidence(self.reading.sentences[event.sentence as usize].span),
            },
            pattern: &event.pattern,
            reader: if event.learned { "learned" } else { "fast" },
            confidence: event.confidence,
        }
    }

    fn attendee(&self, attendee: &'a Attendee, date: Option<jiff::civil::Date>) -> AttendeeRecord<'a> {
        let person = self.reading.mentions.entities[attendee.participant.entity.0 as usize].person;
        let posts = match (person, date) {
            (Some(person), Some(date)) => self.posts(person, date, Some(&attendee.posts)),
            _ => Vec::new(),
        };
        AttendeeRecord { who: self.participant(attendee.participant), posts, part: attendee.part.name() }
    }

    fn encounter(&self, index: usize, encounter: &'a Encounter) -> EncounterRecord<'a> {
        let date = encounter.when.map(|w| w.start).or(self.reading.document.meta.published);
        let mut sentences: Vec<u32> = encounter.reports.iter().map(|&r| self.reading.events[r as usize].sentence).collect();
        sentences.dedup();
        EncounterRecord {
            id: format!("n{index}"),
            kind: encounter.kind.name(),
            rank: encounter.rank,
            stage: encounter.stage.name(),
            parties: encounter.parties.iter().map(|c| c.as_str()).collect(),
            participants: encounter.participants.iter().map(|a| self.attendee(a, date)).collect(),
            when: encounter.when.map(when),
            place: encounter.place.map(|p| self.place(p)),
            agenda: encounter.agenda.iter().map(|item| self.topic(item.topic, Some(item.reach.name()))).collect(),
            reports: encounter.reports.iter().map(|&i| event_id(i)).collect(),
            agreed: encounter.agreed.iter().map(|&i| event_id(i)).collect(),
            urged: encounter.urged.iter().map(|&i| event_id(i)).collect(),
            evidence: sentences.iter().map(|&s| self.evidence(self.reading.sentences[s as usize].span)).collect(),
        }
    }
}

fn entity_id(entity: EntityId) -> String {
    format!("e{}", entity.0)
}

fn event_id(index: u32) -> String {
    format!("v{index}")
}

fn when(when: When) -> WhenRecord {
    WhenRecord {
        start: when.start.to_string(),
        end: when.end.to_string(),
        precision: match when.precision {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Year => "year",
            Precision::Vague => "vague",
        },
    }
}
