//! Rows of GDELT's table of mentions: which article speaks of which event.

use jiff::Timestamp;
use serde::Serialize;

use super::table::{Row, Table};
use crate::{SourceError, date::digits};

#[rustfmt::skip]
pub(super) const COLUMNS: &[&str] = &[
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
];

/// An article that speaks of a foreign event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForeignMention {
    /// The file that it was read from, as the user named it.
    pub source: String,
    /// The line of the file, from 1.
    pub line: u64,
    /// The row as it stands in the file.
    pub row: String,
    /// The event's number (GLOBALEVENTID).
    pub event: u64,
    /// When the event was taken up.
    pub event_added: Option<Timestamp>,
    /// When this mention was.
    pub mentioned: Timestamp,
    /// What `article` is: 1 an address on the web, 2 a citation, 3 to 5 a DOI, 6 the address of something not text.
    pub kind: Option<u8>,
    /// The outlet: a domain, or a name.
    pub outlet: Option<String>,
    /// The article.
    pub article: String,
    /// The sentence of the article, from 1.
    pub sentence: Option<u32>,
    /// Where in the English text actor, recipient and action were found, in characters; unknown where GDELT says −1.
    pub offsets: [Option<u32>; 3],
    /// Whether it was found in the text as it stands, and not only after rewriting.
    pub in_raw_text: Option<bool>,
    /// 10 to 100.
    pub confidence: Option<u8>,
    /// Characters of the article.
    pub length: Option<u32>,
    /// Tone of the article.
    pub tone: Option<f64>,
    /// From which language, and by what, it was translated.
    pub translation: Option<String>,
    /// Cells that hold what they cannot.
    pub doubts: Vec<String>,
}

/// The rows of a table of mentions.
pub struct Mentions(pub(super) Table);

impl Iterator for Mentions {
    type Item = Result<ForeignMention, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next()?.and_then(mention))
    }
}

fn mention(mut row: Row) -> Result<ForeignMention, SourceError> {
    let event = row.cell("GLOBALEVENTID").parse().map_err(|_| row.error("GLOBALEVENTID", "no number"))?;
    let when = "no time of the form YYYYMMDDhhmmss";
    let mentioned = digits(row.cell("MentionTimeDate")).ok_or_else(|| row.error("MentionTimeDate", when))?;
    let article = row.text("MentionIdentifier").ok_or_else(|| row.error("MentionIdentifier", "no article"))?;
    let event_added = digits(row.cell("EventTimeDate"));
    if event_added.is_none() {
        row.doubts.push("EventTimeDate is no time".into());
    }
    let mut offset = |column: &str| row.value(column, |offset: &i64| *offset >= -1).and_then(|offset| u32::try_from(offset).ok());
    let offsets = [offset("Actor1CharOffset"), offset("Actor2CharOffset"), offset("ActionCharOffset")];
    Ok(ForeignMention {
        event,
        event_added,
        mentioned,
        kind: row.value("MentionType", |kind| (1..=6).contains(kind)),
        outlet: row.text("MentionSourceName"),
        article,
        sentence: row.value("SentenceID", |_| true),
        offsets,
        in_raw_text: row.value("InRawText", |value: &u8| *value <= 1).map(|value| value == 1),
        confidence: row.value("Confidence", |value| *value <= 100),
        length: row.value("MentionDocLen", |_| true),
        tone: row.value("MentionDocTone", |value: &f64| value.abs() <= 100.0),
        translation: row.text("MentionDocTranslationInfo"),
        doubts: row.doubts,
        source: row.source,
        line: row.line,
        row: row.text,
    })
}
