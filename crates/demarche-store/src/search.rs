//! Full text: which documents of a view have the words, the best first, with the words in their sentence.
//!
//! SQLite's index finds the documents ([`question`] puts the query in its terms). They are ranked by BM25, but not by
//! SQLite's own: that one counts how rare a word is in the whole file, and the record of an earlier day would be ranked by
//! what was learnt later. Here all counts are of the view, so that it ranks as a store with nothing else would.

mod question;
mod snippet;

use rusqlite::types::Value;
use rustc_hash::FxHashMap;
use serde::Serialize;

use question::Question;

use crate::{
    error::Result,
    list::{Cited, cited, cited_columns, documents::fits, events::EventItem, stories::Stories},
    query::{Filter, View, sql::Sql},
    store::Store,
    write::time,
};

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The document.
    pub document: Cited,
    /// BM25; higher is better.
    pub score: f64,
    /// The passage with the most words of the query, each in [brackets].
    pub snippet: String,
    /// Those of its events that fit the filter, where it asks of events.
    pub events: Vec<EventItem>,
}

/// BM25's customary constants; a word of the title counts as five in the text.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;
const TITLE: f64 = 5.0;

struct Candidate {
    reading: i64,
    words: f64,
    score: f64,
}

impl Store {
    /// The documents that a query finds among those that fit, the best first.
    ///
    /// # Errors
    /// When the query holds no word, or the file cannot be read.
    pub fn search(&self, query: &str, view: &View, filter: &Filter) -> Result<Vec<Hit>> {
        let question = Question::parse(query)?;
        let mut found = self.candidates(&question, view, filter)?;
        let extent = self.extent(view)?;
        for term in question.terms() {
            let times = self.times(term, &extent)?;
            let weight = (1.0 + (extent.texts - times.len() as f64 + 0.5) / (times.len() as f64 + 0.5)).ln();
            for (text, often) in times {
                if let Some(candidate) = found.get_mut(&text) {
                    let length = 1.0 - LENGTH + LENGTH * candidate.words / extent.mean;
                    candidate.score += weight * often * (SATURATION + 1.0) / (often + SATURATION * length);
                }
            }
        }
        let mut ranked: Vec<(f64, i64)> = found.into_values().map(|candidate| (candidate.score, candidate.reading)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.hits(&question, ranked, view, filter)
    }

    /// The texts that match, with what ranking needs.
    fn candidates(&self, question: &Question, view: &View, filter: &Filter) -> Result<FxHashMap<i64, Candidate>> {
        let mut sql = Sql::default();
        let wanted = sql.bind(question.to_fts());
        sql.text = format!(
            "SELECT r.text, r.id, r.words FROM words w CROSS JOIN reading r INDEXED BY reading_of_text ON r.text = w.rowid WHERE w.words MATCH {wanted}"
        );
        fits(&mut sql, filter);
        sql.in_view(view, "r");
        let mut query = self.sql.prepare_cached(&sql.text).map_err(|error| self.fail(error))?;
        let rows = query
            .query_map(rusqlite::params_from_iter(&sql.values), |row| {
                Ok((row.get(0)?, Candidate { reading: row.get(1)?, words: row.get(2)?, score: 0.0 }))
            })
            .map_err(|error| self.fail(error))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|error| self.fail(error))
    }

    /// Which texts the view has, and how many words.
    fn extent(&self, view: &View) -> Result<Extent> {
        let mut sql =
            Sql { text: "SELECT r.text, r.words FROM reading r INDEXED BY reading_in_view WHERE 1".to_owned(), values: Vec::new() };
        sql.readings(view, "r");
        let mut query = self.sql.prepare_cached(&sql.text).map_err(|error| self.fail(error))?;
        let mut rows = query.query(rusqlite::params_from_iter(&sql.values)).map_err(|error| self.fail(error))?;
        let (mut has, mut texts, mut words) = (Vec::new(), 0_u32, 0_i64);
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let text: usize = row.get(0).map_err(|error| self.fail(error))?;
            if has.len() <= text {
                has.resize(text + text / 2 + 1, false);
            }
            has[text] = true;
            texts += 1;
            words += row.get::<_, i64>(1).map_err(|error| self.fail(error))?;
        }
        Ok(Extent { has, texts: f64::from(texts), mean: words as f64 / f64::from(texts.max(1)) })
    }

    /// How often a term stands in each of the view's texts that have it.
    fn times(&self, term: &question::Term, extent: &Extent) -> Result<Vec<(i64, f64)>> {
        let condition = if term.is_prefix { "term >= ?1 AND term < ?2" } else { "term = ?1 AND ?2 IS NOT NULL" };
        let above = format!("{}\u{10ffff}", term.word);
        let mut query = self
            .sql
            .prepare_cached(&format!("SELECT doc, col = 'title' FROM word_place WHERE {condition}"))
            .map_err(|error| self.fail(error))?;
        let mut rows = query.query([&term.word, &above]).map_err(|error| self.fail(error))?;
        let mut of: FxHashMap<i64, f64> = FxHashMap::default();
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let text: i64 = row.get(0).map_err(|error| self.fail(error))?;
            if usize::try_from(text).is_ok_and(|text| extent.has.get(text) == Some(&true)) {
                let in_title: bool = row.get(1).map_err(|error| self.fail(error))?;
                *of.entry(text).or_default() += if in_title { TITLE } else { 1.0 };
            }
        }
        let mut of: Vec<(i64, f64)> = of.into_iter().collect();
        of.sort_unstable_by_key(|(text, _)| *text);
        Ok(of)
    }

    /// The best, with their snippets and events. Equal ones are put in the order of their day and hash, as lists are.
    fn hits(&self, question: &Question, ranked: Vec<(f64, i64)>, view: &View, filter: &Filter) -> Result<Vec<Hit>> {
        let limit = filter.limit.unwrap_or(usize::MAX);
        // All that are as good as the last one shown: which of them come first is decided by what they are.
        let cut = ranked.get(limit.saturating_sub(1)).map_or(f64::MIN, |(score, _)| *score);
        let mut hits = Vec::new();
        let known = view.known_at.map_or(Value::Null, |moment| Value::Text(time(moment)));
        let statement =
            format!("SELECT {}, r.text FROM reading r JOIN document d ON d.id = r.document WHERE r.id = ?2", cited_columns("?1"));
        for (score, reading) in ranked.into_iter().take_while(|(score, _)| *score >= cut) {
            let row = self.sql.prepare_cached(&statement).and_then(|mut query| {
                query.query_row(rusqlite::params![known, reading], |row| Ok((cited(row, 0)?, row.get::<_, i64>(8)?)))
            });
            let ((document, cited), text) = row.map_err(|error| self.fail(error))?;
            hits.push((Hit { document: cited, score, snippet: String::new(), events: Vec::new() }, document, text, reading));
        }
        hits.sort_by(|(a, ..), (b, ..)| {
            let key = |hit: &Hit| (hit.document.published.clone(), std::cmp::Reverse(hit.document.id.clone()));
            b.score.total_cmp(&a.score).then_with(|| key(b).cmp(&key(a)))
        });
        hits.truncate(limit);
        let mut stories = Stories::new(self, view);
        hits.into_iter()
            .map(|(mut hit, document, text, reading)| {
                hit.document.origin = stories.origin(document)?;
                hit.snippet = snippet::snippet(&self.body(text)?, question);
                if filter.asks_of_events() {
                    hit.events = self.events_of(reading, filter)?;
                }
                Ok(hit)
            })
            .collect()
    }
}

/// The texts of a view: which (by their row), how many, and how many words they have on average.
struct Extent {
    has: Vec<bool>,
    texts: f64,
    mean: f64,
}
