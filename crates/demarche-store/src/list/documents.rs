//! The documents of a view that fit a filter.

use rusqlite::types::Value;
use serde::Serialize;

use super::{Cited, cited, cited_columns, stories::Stories};
use crate::{
    error::{Error, Result},
    query::{Filter, View, sql::Sql},
    store::Store,
    write::time,
};

/// A document with what the store knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentItem {
    /// Id, title, day of publication …
    #[serde(flatten)]
    pub cited: Cited,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Hash of the raw bytes.
    pub hash: String,
    /// Length of the raw bytes.
    pub bytes: u64,
    /// How many words its text has.
    pub words: u64,
    /// How many sentences.
    pub sentences: u64,
    /// How many events were read in it.
    pub events: u64,
    /// The news agency credited for the story.
    pub wire: Option<String>,
    /// How many documents of the view tell the story in the same words, this one counted.
    pub copies: usize,
}

impl Store {
    /// Calls `take` with the documents that fit, the newest first. Where the filter asks of events, a document must have one
    /// that fits, and the filter's days are those of its events; otherwise they are days of publication.
    ///
    /// # Errors
    /// When the file cannot be read, and the first error of `take`.
    pub fn documents<E: From<Error>>(
        &self,
        view: &View,
        filter: &Filter,
        take: impl FnMut(DocumentItem) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut sql = listing(view);
        fits(&mut sql, filter);
        sql.in_view(view, "r");
        sql.text.push_str(" ORDER BY r.published DESC, d.hash");
        if let Some(limit) = filter.limit {
            let limit = sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
            sql.text.push_str(&format!(" LIMIT {limit}"));
        }
        self.items(view, &sql, take)
    }

    /// The current reading of one document, also where it is an older version of a page.
    pub(crate) fn one_document(&self, document: i64) -> Result<Option<DocumentItem>> {
        let view = View::default();
        let mut sql = listing(&view);
        let document = sql.bind(document);
        sql.and(&format!("r.document = {document}"));
        sql.readings(&view, "r");
        let mut found = None;
        self.items(&view, &sql, |item| -> Result<()> {
            found = Some(item);
            Ok(())
        })?;
        Ok(found)
    }

    fn items<E: From<Error>>(
        &self,
        view: &View,
        sql: &Sql,
        mut take: impl FnMut(DocumentItem) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut stories = Stories::new(self, view);
        let mut query = self.sql.prepare_cached(&sql.text).map_err(|error| self.fail(error))?;
        let mut rows = query.query(rusqlite::params_from_iter(&sql.values)).map_err(|error| self.fail(error))?;
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let (document, mut item) = item(row).map_err(|error| self.fail(error))?;
            let story = stories.story(document)?;
            (item.cited.origin, item.wire, item.copies) = (story.origin, story.wire, story.documents);
            take(item)?;
        }
        Ok(())
    }
}

/// The beginning of a statement for documents `d` with readings `r`.
fn listing(view: &View) -> Sql {
    let mut sql = Sql::default();
    let known = sql.bind(view.known_at.map_or(Value::Null, |moment| Value::Text(time(moment))));
    sql.text = format!(
        "SELECT {}, r.language, d.bytes, r.words, r.sentences, d.hash,
         (SELECT count(*) FROM event e WHERE e.reading = r.id AND e.status <> 'rejected')
         FROM reading r CROSS JOIN document d ON d.id = r.document WHERE 1",
        cited_columns(&known)
    );
    sql
}

/// Only readings `r` that fit the filter.
pub(crate) fn fits(sql: &mut Sql, filter: &Filter) {
    sql.publisher(filter, "r");
    if !filter.asks_of_events() {
        sql.days(filter, "r.published");
        return;
    }
    sql.and("EXISTS (SELECT 1 FROM event e WHERE e.reading = r.id");
    for who in &filter.who {
        sql.who(who);
    }
    sql.days(filter, "e.sorted");
    sql.kinds(filter);
    sql.text.push(')');
}

fn item(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, DocumentItem)> {
    let (document, cited) = cited(row, 0)?;
    let item = DocumentItem {
        cited,
        language: row.get(8)?,
        bytes: row.get(9)?,
        words: row.get(10)?,
        sentences: row.get(11)?,
        hash: row.get(12)?,
        events: row.get(13)?,
        wire: None,
        copies: 1,
    };
    Ok((document, item))
}
