//! The events of a view that fit a filter.

use rusqlite::{Row, types::Value};
use serde::Serialize;

use super::{Cited, cited, cited_columns, stories::Stories};
use crate::{
    error::{Error, Result},
    query::{
        Filter, View,
        sql::{self, Sql},
    },
    store::Store,
};

/// An event with its evidence and its document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventItem {
    /// The document's id and the event's number in its reading: the id of its PLOVER record, too.
    pub id: String,
    /// First day; null where the text names none.
    pub day: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// `day`, `week`, `month`, `quarter`, `year`, `vague`.
    pub precision: Option<String>,
    /// PLOVER type of the act spoken of.
    pub act: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// What became of it.
    pub status: String,
    /// `fact`, `possible`, `conditional`, `counterfactual`.
    pub certainty: String,
    /// Doers.
    pub actor: Vec<Party>,
    /// Those it is done to.
    pub recipient: Vec<Party>,
    /// Those who speak of it.
    pub holder: Vec<Party>,
    /// How they speak of it.
    pub stances: Vec<String>,
    /// Subjects of talk.
    pub subjects: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the place's state.
    pub place_state: Option<String>,
    /// Type of the flat PLOVER record; null where PLOVER has none.
    pub flat: Option<String>,
    /// Its mode.
    pub flat_mode: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// Its number in the document, from 0.
    pub sentence_n: u32,
    /// Its first byte in the canonical text.
    pub sentence_start: u32,
    /// The words that name the act.
    pub quote: String,
    /// Their first byte in the canonical text.
    pub quote_start: u32,
    /// The byte after their last.
    pub quote_end: u32,
    /// `learned`, `fast`.
    pub decided_by: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether a person changed it.
    pub corrected: bool,
    /// Where it was read.
    pub document: Cited,
}

/// One who has a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Code.
    pub code: Option<String>,
    /// Sector.
    pub sector: Option<String>,
}

const COLUMNS: &str = "e.id, e.n, e.day, e.until, e.precision, e.act, e.mode, e.status, e.certainty, e.stances, e.subjects, e.place,
    e.place_state, e.flat, e.flat_mode, e.sentence, e.sentence_n, e.sentence_start, e.quote, e.quote_start, e.quote_end, e.decided_by,
    e.confidence, e.corrected, r.id, e.sorted, ";
const CITED: usize = 26;

/// An event with the keys of its rows, and what it is sorted by.
struct Found {
    event: i64,
    reading: i64,
    document: i64,
    sorted: String,
    n: i64,
    item: EventItem,
}

impl Store {
    /// Calls `take` with the events that fit, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read, and the first error of `take`.
    pub fn events<E: From<Error>>(
        &self,
        view: &View,
        filter: &Filter,
        mut take: impl FnMut(EventItem) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut stories = Stories::new(self, view);
        self.found(view, filter, |mut found| {
            found.item.document.origin = stories.origin(found.document)?;
            take(found.item)
        })
    }

    /// Calls `take` with the PLOVER records, a line of JSON each, of those events that have one.
    ///
    /// # Errors
    /// When the file cannot be read, and the first error of `take`.
    pub fn plover<E: From<Error>>(
        &self,
        view: &View,
        filter: &Filter,
        mut take: impl FnMut(&str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut latest: Option<(i64, String)> = None;
        self.found(view, filter, |found| {
            if latest.as_ref().is_none_or(|(reading, _)| *reading != found.reading) {
                latest = Some((found.reading, self.kept_json("plover", found.reading)?));
            }
            let lines = latest.as_ref().map_or("", |(_, lines)| lines);
            let begin = format!("{{\"id\":\"{}\",", found.item.id);
            lines.lines().find(|line| line.starts_with(&begin)).map_or(Ok(()), &mut take)
        })
    }

    /// The events of one reading that fit, in the order of the text. Their documents' origins are left to the caller.
    pub(crate) fn events_of(&self, reading: i64, filter: &Filter) -> Result<Vec<EventItem>> {
        let mut sql = Sql { text: String::new(), values: vec![Value::Null, Value::Integer(reading)] };
        sql.text = format!(
            "SELECT {COLUMNS}{} FROM event e JOIN reading r ON r.id = e.reading JOIN document d ON d.id = r.document WHERE e.reading = ?2",
            cited_columns("?1")
        );
        for who in &filter.who {
            sql.who(who);
        }
        sql.days(filter, "e.sorted");
        sql.kinds(filter);
        sql.text.push_str(" ORDER BY e.n");
        let mut query = self.sql.prepare_cached(&sql.text).map_err(|error| self.fail(error))?;
        let mut rows = query.query(rusqlite::params_from_iter(&sql.values)).map_err(|error| self.fail(error))?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let mut found = found(row).map_err(|error| self.fail(error))?;
            self.parties(&mut found).map_err(|error| self.fail(error))?;
            events.push(found.item);
        }
        Ok(events)
    }

    /// Goes through the events without holding more than the statement does; only for a pair, whose events come of two
    /// statements, all that fit are put in order first.
    fn found<E: From<Error>>(
        &self,
        view: &View,
        filter: &Filter,
        mut take: impl FnMut(Found) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let statements = sql::events(&format!("{COLUMNS}{}", cited_columns("?1")), view, filter);
        let several = statements.len() > 1;
        let mut gathered = Vec::new();
        for statement in statements {
            let mut query = self.sql.prepare_cached(&statement.text).map_err(|error| self.fail(error))?;
            let mut rows = query.query(rusqlite::params_from_iter(&statement.values)).map_err(|error| self.fail(error))?;
            while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
                let mut found = found(row).map_err(|error| self.fail(error))?;
                self.parties(&mut found).map_err(|error| self.fail(error))?;
                if several { gathered.push(found) } else { take(found)? }
            }
        }
        gathered.sort_by(|a, b| (&b.sorted, &a.item.document.id, a.n).cmp(&(&a.sorted, &b.item.document.id, b.n)));
        gathered.into_iter().take(filter.limit.unwrap_or(usize::MAX)).try_for_each(take)
    }

    fn parties(&self, found: &mut Found) -> rusqlite::Result<()> {
        let mut query = self.sql.prepare_cached(
            "SELECT p.part, a.name, a.code, a.sector FROM party p JOIN actor a ON a.id = p.actor WHERE p.event = ?1 ORDER BY p.n",
        )?;
        let mut rows = query.query([found.event])?;
        while let Some(row) = rows.next()? {
            let some = |text: String| if text.is_empty() { None } else { Some(text) };
            let party = Party { name: row.get(1)?, code: some(row.get(2)?), sector: some(row.get(3)?) };
            match row.get_ref(0)?.as_str()? {
                "actor" => found.item.actor.push(party),
                "recipient" => found.item.recipient.push(party),
                _ => found.item.holder.push(party),
            }
        }
        Ok(())
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (document, cited) = cited(row, CITED)?;
    let n: i64 = row.get(1)?;
    let item = EventItem {
        id: format!("{}-{n}", cited.id),
        day: row.get(2)?,
        until: row.get(3)?,
        precision: row.get(4)?,
        act: row.get(5)?,
        mode: row.get(6)?,
        status: row.get(7)?,
        certainty: row.get(8)?,
        actor: Vec::new(),
        recipient: Vec::new(),
        holder: Vec::new(),
        stances: words(row.get(9)?),
        subjects: words(row.get(10)?),
        place: row.get(11)?,
        place_state: row.get(12)?,
        flat: row.get(13)?,
        flat_mode: row.get(14)?,
        sentence: row.get(15)?,
        sentence_n: row.get(16)?,
        sentence_start: row.get(17)?,
        quote: row.get(18)?,
        quote_start: row.get(19)?,
        quote_end: row.get(20)?,
        decided_by: row.get(21)?,
        confidence: row.get(22)?,
        corrected: row.get(23)?,
        document: cited,
    };
    Ok(Found { event: row.get(0)?, reading: row.get(24)?, document, sorted: row.get(25)?, n, item })
}
