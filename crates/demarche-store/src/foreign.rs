//! What other programs say happened, kept row by row with the place of each row, and never mixed with what was read here.

use demarche::document::identity;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

use crate::{error::Result, store::Store, write::time};

/// A row of another program's table.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignRow {
    /// An event.
    Event(Box<ForeignEvent>),
    /// An article that speaks of one.
    Mention(ForeignMention),
}

/// An event as another program coded it. Columns of the same names; its own words are in `row`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignEvent {
    /// Whose it is: "gdelt-2.0".
    pub dataset: String,
    /// Its number there.
    pub number: u64,
    /// The day on which it is said to have happened.
    pub day: String,
    /// When the data set took it up, as it is written there.
    pub added: Option<String>,
    /// Who did it.
    pub actor: ForeignParty,
    /// To whom.
    pub recipient: ForeignParty,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER type; `None` for what PLOVER drops.
    pub plover: Option<String>,
    /// PLOVER mode.
    pub plover_mode: Option<String>,
    /// Verbal or material, cooperation or conflict: 1 to 4.
    pub quad: Option<u8>,
    /// −10 to 10.
    pub goldstein: Option<f64>,
    /// How often it was mentioned at first.
    pub mentions: Option<u32>,
    /// In how many articles.
    pub articles: Option<u32>,
    /// Their average tone.
    pub tone: Option<f64>,
    /// Where.
    pub place: Option<String>,
    /// FIPS 10-4 code of the country.
    pub place_fips: Option<String>,
    /// The first article.
    pub article: Option<String>,
    /// Cells that hold what they cannot.
    pub doubts: Vec<String>,
    /// The row as it stands in the file.
    pub row: String,
    /// The file, as the user named it.
    pub source: String,
    /// The line, from 1.
    pub line: u64,
}

/// Somebody in a foreign event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignParty {
    /// The whole CAMEO code.
    pub code: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// CAMEO code of the country.
    pub country: Option<String>,
}

/// An article that speaks of a foreign event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignMention {
    /// Whose it is.
    pub dataset: String,
    /// The event's number there.
    pub event: u64,
    /// When the article was found.
    pub mentioned: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// The article.
    pub article: String,
    /// The sentence, from 1.
    pub sentence: Option<u32>,
    /// 10 to 100.
    pub confidence: Option<u8>,
    /// Cells that hold what they cannot.
    pub doubts: Vec<String>,
    /// The row as it stands in the file.
    pub row: String,
    /// The file, as the user named it.
    pub source: String,
    /// The line, from 1.
    pub line: u64,
}

impl Store {
    /// Keeps rows, all or, when an error comes back, none; says how many of them are new.
    ///
    /// # Errors
    /// As [`Store::keep`].
    pub fn keep_foreign(&mut self, rows: &[ForeignRow], now: Timestamp) -> Result<usize> {
        let path = self.path().to_owned();
        let fail = |error| crate::error::Error::sqlite(&path, error);
        let tx = self.writing()?;
        let now = time(now);
        let mut new = 0;
        for row in rows {
            new += match row {
                ForeignRow::Event(event) => keep_event(&tx, event, &now),
                ForeignRow::Mention(mention) => keep_mention(&tx, mention, &now),
            }
            .map_err(fail)?;
        }
        tx.commit().map_err(fail)?;
        Ok(new)
    }
}

fn keep_event(tx: &Transaction<'_>, e: &ForeignEvent, now: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT INTO foreign_event (dataset, number, day, added, actor_code, actor_name, actor_country, recipient_code,
         recipient_name, recipient_country, cameo, plover, plover_mode, quad, goldstein, mentions, articles, tone, place, place_fips,
         article, doubts, row, row_hash, source, line, learnt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
         ?26, ?27) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        e.dataset,
        e.number,
        e.day,
        e.added,
        e.actor.code,
        e.actor.name,
        e.actor.country,
        e.recipient.code,
        e.recipient.name,
        e.recipient.country,
        e.cameo,
        e.plover,
        e.plover_mode,
        e.quad,
        e.goldstein,
        e.mentions,
        e.articles,
        e.tone,
        e.place,
        e.place_fips,
        e.article,
        e.doubts.join("; "),
        e.row,
        short_hash(&e.row),
        e.source,
        e.line,
        now,
    ])
}

fn keep_mention(tx: &Transaction<'_>, m: &ForeignMention, now: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT INTO foreign_mention (dataset, event, mentioned, outlet, article, sentence, confidence, doubts, row, row_hash, source,
         line, learnt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        m.dataset,
        m.event,
        m.mentioned,
        m.outlet,
        m.article,
        m.sentence,
        m.confidence,
        m.doubts.join("; "),
        m.row,
        short_hash(&m.row),
        m.source,
        m.line,
        now,
    ])
}

/// Sixteen digits tell the rows of one event apart.
fn short_hash(row: &str) -> String {
    identity(row.as_bytes()).trim_start_matches("sha256:").chars().take(16).collect()
}
