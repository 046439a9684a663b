//! [`Sentence`](crate::sentence::Sentence) tokens → who, where, when and about what: [`Mentions`].
//!
//! Names are looked up token by token in the knowledge base; titles, agents and unnamed sources in the lexicon; later
//! short forms ("Lee", "the president", "the two leaders", "both sides") are led back to the entities they stand for.
//! Each mention knows its head token, which is where the syntax tree and the event rules meet it.

pub(crate) mod scan;
mod phrase;
mod chunk;
mod person;
mod entity;
mod resolve;
mod predicate;
mod anaphora;
mod place;
mod date;
mod topic;
pub(crate) mod group;
mod head;
mod host;
mod publisher;
mod label;
mod word;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    document::Document,
    kb::{KnowledgeBase, OrganizationId, PersonId, RoleId},
    sentence::Sentence,
    span::Span,
    vocabulary::Vocabulary,
};

/// Finds everything that a document names. Its sentences must be tokenized, tagged and parsed, their words filled in from
/// the vocabulary that the knowledge base was loaded with.
pub fn find(document: &Document, sentences: &[Sentence], kb: &KnowledgeBase, vocabulary: &Vocabulary, scratch: &mut Scratch) -> Mentions {
    let Scratch { scan, phrases, names } = scratch;
    phrases.clear();
    names.clear();
    let mut mentions = Mentions { off_topic: Vec::with_capacity(sentences.len()), ..Mentions::default() };
    let mut cues = Vec::with_capacity(sentences.len());
    for (index, sentence) in sentences.iter().enumerate() {
        scan.read(kb, &document.text, &sentence.tokens);
        chunk::Chunker::new(kb, scan, &sentence.tokens, &document.text, index as u32, phrases, names).read();
        date::find(index as u32, &document.text, &sentence.tokens, &scan.keys, document.meta.published, vocabulary, &mut mentions.dates);
        topic::places(kb, scan, index as u32, &sentence.tokens, &mut mentions.places);
        cues.push(topic::topics(kb, scan, index as u32, &sentence.tokens, &mut mentions.topics));
    }
    let mut resolver = resolve::Resolver::new(kb, vocabulary, document, sentences, phrases, names, &mentions.places);
    resolver.run();
    mentions.entities = std::mem::take(&mut resolver.entities.all);
    mentions.actors = resolver.actors;
    let abroad = resolver.entities.abroad;
    host::settle(&mut mentions, &abroad, document, sentences, kb);
    topic::judge(&mentions.actors, &mentions.entities, &cues, &mentions.topics, &mut mentions.off_topic);
    mentions
}

/// Buffers that are used again from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    scan: scan::Scan,
    phrases: Vec<phrase::Phrase>,
    names: Vec<u32>,
}

/// Index into [`Mentions::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Everything that one document names.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Those that can act, each once per document, in order of first mention.
    pub entities: Vec<Entity>,
    /// Where they are named, in text order.
    pub actors: Vec<ActorMention>,
    /// Dates and ranges, in text order.
    pub dates: Vec<DateMention>,
    /// Places, in text order. A capital that may act is an actor mention with `as_place` set instead.
    pub places: Vec<PlaceMention>,
    /// Subjects of talk, in text order.
    pub topics: Vec<TopicMention>,
    /// For each sentence, whether sport, film, business or weather cues outweigh everything else.
    pub off_topic: Vec<bool>,
}

/// One who can take part in an event: a state, person, organisation, group, kind of agent or unnamed source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The name to show: the knowledge base's, else the longest form in the text.
    pub name: String,
    /// PLOVER country or actor code: `KOR`, `UNO`, `EUR`, `IGO`, `NGO`, `MNC`, `IMG`; `None` when unknown.
    pub code: Option<Code>,
    /// PLOVER sector: `GOV`, `MIL`, `LEG` …
    pub sector: Option<Code>,
    /// The person, when the knowledge base knows them.
    pub person: Option<PersonId>,
    /// The organisation or group, when the knowledge base knows it.
    pub organization: Option<OrganizationId>,
    /// Posts that the text gives this person, in text order.
    pub titles: Vec<TitleClaim>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A state or its government as a whole.
    #[default]
    State,
    /// A human being with a name or a unique post.
    Person,
    /// A named organisation, platform, party, company, court or group.
    Organization,
    /// Agents known by what they are: "Korean prosecutors", "protesters".
    Agent,
    /// An unnamed source: "officials", "analysts". Takes part in nothing; holds stances.
    Source,
}

/// A three-letter code: ISO 3166-1 alpha-3, or a PLOVER code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(pub [u8; 3]);

impl Code {
    /// Parses exactly three ASCII capitals or digits.
    pub fn parse(text: &str) -> Option<Code> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).then_some(Code(bytes))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a Code holds ASCII only because parse checks it")
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Code, String> {
        Code::parse(&text).ok_or_else(|| format!("`{text}` is no three-letter code"))
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.as_str().to_owned()
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A post that the text gives a person: "Prime Minister" Sanae Takaichi, "a former foreign minister".
#[derive(Clone, Debug, PartialEq)]
pub struct TitleClaim {
    /// Where the title stands, and in which sentence.
    pub span: Span,
    /// The sentence's index.
    pub sentence: u32,
    /// Which post, by role: head of government, foreign minister …
    pub role: RoleId,
    /// Of which state or organisation, as far as the text says or the title implies.
    pub of: Option<Code>,
    /// Held, formerly held, acting …
    pub quality: TitleQuality,
}

/// How a title is qualified in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TitleQuality {
    /// Plainly held.
    #[default]
    Holds,
    /// "former", "ex-", "late", "then-".
    Former,
    /// "acting", "interim", "caretaker".
    Acting,
    /// "-elect", "incoming".
    Elect,
    /// "-designate", "nominee".
    Designate,
    /// "deputy", "assistant": second to the post that the title names.
    Deputy,
}

/// One place in the text where entities are named.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorMention {
    /// The sentence's index.
    pub sentence: u32,
    /// Bytes of the whole mention, title included: "President Lee Jae-myung".
    pub span: Span,
    /// First token of the mention in its sentence.
    pub first: u16,
    /// Token after the last.
    pub end: u16,
    /// The token by which the mention hangs in the syntax tree.
    pub head: u16,
    /// Whom it names: usually one; several for "the two leaders"; none when it could not be resolved.
    pub entities: Vec<EntityId>,
    /// How it names them.
    pub form: MentionForm,
    /// A state, capital or metonym that the sentence uses as a place ("in Tokyo", "arrived in Japan").
    pub as_place: bool,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionForm {
    /// A proper name: "Lee Jae-myung", "Japan", "NATO".
    Name,
    /// An adjective of a state or place: "Japanese", "U.S.".
    Adjective,
    /// A capital or seat of government: "Seoul", "the Kremlin".
    Metonym,
    /// A common noun: "the president", "Korean prosecutors", "officials".
    Description,
    /// "he", "they", "we", "the two leaders", "both sides", "his counterpart".
    Anaphor,
}

/// A date, range of dates or relative date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateMention {
    /// The sentence's index.
    pub sentence: u32,
    /// Its bytes.
    pub span: Span,
    /// Its head token.
    pub head: u16,
    /// What it means; `None` when it is relative and the document is undated.
    pub when: Option<When>,
}

/// A day or a range of days, with the precision that the text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day, the same as `start` for a single day.
    pub end: Date,
    /// How exact the text is.
    pub precision: Precision,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// One day, or a range with both days named.
    Day,
    /// "later this week".
    Week,
    /// "in March".
    Month,
    /// "in the second quarter", "this spring".
    Quarter,
    /// "in 2024".
    Year,
    /// "in recent years", "the 1990s".
    Vague,
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The sentence's index.
    pub sentence: u32,
    /// Its bytes.
    pub span: Span,
    /// Its head token.
    pub head: u16,
    /// The name to show.
    pub name: String,
    /// The state it lies in; `None` when disputed or unknown.
    pub state: Option<Code>,
    /// That state as one who can act or be acted upon.
    pub entity: Option<EntityId>,
}

/// Something that is talked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopicMention {
    /// The sentence's index.
    pub sentence: u32,
    /// Its bytes.
    pub span: Span,
    /// Its head token.
    pub head: u16,
    /// Agenda subject (engagements.md): index into the knowledge base's subjects.
    pub subject: u16,
    /// PLOVER context, if the topic implies one: index into the knowledge base's contexts.
    pub context: Option<u16>,
}
