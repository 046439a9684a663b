//! Which documents of a view are one story: those linked by [`likeness`](crate::origin), one to the next.

use rusqlite::types::Value;
use rustc_hash::{FxHashMap, FxHashSet};

use super::short;
use crate::{
    error::Result,
    query::{View, sql::Sql},
    store::Store,
};

/// Finds the story of one document after the other, each story once.
pub(crate) struct Stories<'s> {
    store: &'s Store,
    view: View,
    /// Of documents that have been asked about, and all of their stories.
    origins: FxHashMap<i64, Story>,
}

/// What is known of a story.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    /// The document that was published first.
    pub(crate) origin: String,
    /// The news agency that one of the documents credits.
    pub(crate) wire: Option<String>,
    /// In how many documents it stands.
    pub(crate) documents: usize,
}

/// One document of a story.
struct Member {
    document: i64,
    published: Option<String>,
    hash: String,
    wire: Option<String>,
}

impl<'s> Stories<'s> {
    pub(crate) fn new(store: &'s Store, view: &View) -> Stories<'s> {
        Stories { store, view: view.clone(), origins: FxHashMap::default() }
    }

    /// The short id of the document that told this one's story first.
    pub(crate) fn origin(&mut self, document: i64) -> Result<String> {
        Ok(self.story(document)?.origin)
    }

    pub(crate) fn story(&mut self, document: i64) -> Result<Story> {
        if let Some(story) = self.origins.get(&document) {
            return Ok(story.clone());
        }
        let members = self.members(document)?;
        let first = members.iter().min_by_key(|member| (member.published.is_none(), &member.published, &member.hash));
        let story = Story {
            origin: first.map(|member| short(&member.hash).to_owned()).unwrap_or_default(),
            wire: members.iter().filter_map(|member| member.wire.clone()).min(),
            documents: members.len(),
        };
        for member in &members {
            self.origins.insert(member.document, story.clone());
        }
        Ok(story)
    }

    /// All documents that links within the view lead to, this one first.
    fn members(&self, document_id: i64) -> Result<Vec<Member>> {
        let document = Value::Integer(document_id);
        let from = "reading r INDEXED BY reading_of_document CROSS JOIN document d ON d.id = r.document WHERE r.document = ?1";
        let mut alone = Sql { text: format!("SELECT {COLUMNS} FROM {from}"), values: vec![document] };
        alone.in_view(&self.view, "r");
        let mut members = self.ask(&alone)?;
        let mut seen: FxHashSet<i64> = FxHashSet::from_iter([document_id]);
        let mut next = 0;
        while next < members.len() {
            let from = "reading here INDEXED BY reading_of_document CROSS JOIN likeness l ON l.a = here.text
                CROSS JOIN reading r INDEXED BY reading_of_text ON r.text = l.b CROSS JOIN document d ON d.id = r.document
                WHERE here.document = ?1";
            let document = Value::Integer(members[next].document);
            let mut linked = Sql { text: format!("SELECT {COLUMNS} FROM {from}"), values: vec![document] };
            linked.in_view(&self.view, "r");
            linked.readings(&self.view, "here");
            for found in self.ask(&linked)? {
                if seen.insert(found.document) {
                    members.push(found);
                }
            }
            next += 1;
        }
        Ok(members)
    }

    fn ask(&self, sql: &Sql) -> Result<Vec<Member>> {
        let store = self.store;
        let member =
            |row: &rusqlite::Row<'_>| Ok(Member { document: row.get(0)?, published: row.get(1)?, wire: row.get(2)?, hash: row.get(3)? });
        let mut query = store.sql.prepare_cached(&sql.text).map_err(|error| store.fail(error))?;
        let rows = query.query_map(rusqlite::params_from_iter(&sql.values), member).map_err(|error| store.fail(error))?;
        rows.collect::<rusqlite::Result<Vec<Member>>>().map_err(|error| store.fail(error))
    }
}

const COLUMNS: &str = "r.document, r.published, r.wire, d.hash";
