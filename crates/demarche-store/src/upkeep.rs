//! The file itself: is it sound, how big is it, a copy of it, its unused room given back.

use std::path::Path;

use demarche::document::identity;
use serde::Serialize;

use crate::{
    error::{Error, Result},
    migrate::SCHEMA,
    press::unpress,
    store::Store,
};

/// What a store holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Its schema.
    pub schema: i64,
    /// Documents.
    pub documents: u64,
    /// Of which were met in more than one place.
    pub met_twice: u64,
    /// Stories: documents that tell the same in the same words count once.
    pub stories: u64,
    /// Readings, old ones counted.
    pub readings: u64,
    /// Readings by version, the current ones.
    pub versions: Vec<(String, u64)>,
    /// Events of current readings.
    pub events: u64,
    /// Encounters of current readings.
    pub encounters: u64,
    /// Doubts of current readings.
    pub doubts: u64,
    /// Corrections in force.
    pub corrections: u64,
    /// What other programs say happened.
    pub foreign_events: u64,
    /// Articles that speak of it.
    pub foreign_mentions: u64,
    /// Sources that are followed.
    pub followed: u64,
    /// First day of publication.
    pub first_published: Option<String>,
    /// Last day of publication.
    pub last_published: Option<String>,
    /// When the latest reading was made.
    pub latest: Option<String>,
    /// Raw bytes of the documents.
    pub raw_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
}

impl Store {
    /// Counts what is there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let count = |query: &str| self.sql.query_row(query, [], |row| row.get::<_, u64>(0)).map_err(|error| self.fail(error));
        let text = |query: &str| self.sql.query_row(query, [], |row| row.get::<_, Option<String>>(0)).map_err(|error| self.fail(error));
        let mut versions = self
            .sql
            .prepare("SELECT version, count(*) FROM reading WHERE superseded IS NULL GROUP BY version ORDER BY version")
            .map_err(|error| self.fail(error))?;
        let versions = versions.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|error| self.fail(error))?;
        let current =
            |table: &str| count(&format!("SELECT count(*) FROM {table} t JOIN reading r ON r.id = t.reading WHERE r.superseded IS NULL"));
        Ok(Stats {
            schema: SCHEMA,
            documents: count("SELECT count(*) FROM document")?,
            met_twice: count("SELECT count(*) FROM (SELECT 1 FROM sighting GROUP BY document HAVING count(*) > 1)")?,
            stories: self.stories()?,
            readings: count("SELECT count(*) FROM reading")?,
            versions: versions.collect::<rusqlite::Result<_>>().map_err(|error| self.fail(error))?,
            events: current("event")?,
            encounters: current("encounter")?,
            doubts: current("doubt")?,
            corrections: count("SELECT count(*) FROM correction WHERE withdrawn IS NULL")?,
            foreign_events: count("SELECT count(*) FROM foreign_event")?,
            foreign_mentions: count("SELECT count(*) FROM foreign_mention")?,
            followed: count("SELECT count(*) FROM follow WHERE removed IS NULL")?,
            first_published: text("SELECT min(published) FROM reading WHERE superseded IS NULL")?,
            last_published: text("SELECT max(published) FROM reading WHERE superseded IS NULL")?,
            latest: text("SELECT max(made) FROM reading")?,
            raw_bytes: count("SELECT coalesce(sum(bytes), 0) FROM document")?,
            file_bytes: std::fs::metadata(self.path()).map_err(|error| Error::io(self.path(), error))?.len(),
        })
    }

    fn stories(&self) -> Result<u64> {
        let mut stories = crate::list::stories::Stories::new(self, &crate::query::View::default());
        let mut documents = self
            .sql
            .prepare("SELECT document FROM reading WHERE superseded IS NULL ORDER BY document")
            .map_err(|error| self.fail(error))?;
        let documents = documents.query_map([], |row| row.get::<_, i64>(0)).map_err(|error| self.fail(error))?;
        let mut origins = std::collections::BTreeSet::new();
        for document in documents {
            let origin = stories.origin(document.map_err(|error| self.fail(error))?)?;
            origins.insert(origin);
        }
        // An older version of a page is of no story of the present.
        origins.remove("");
        Ok(origins.len() as u64)
    }

    /// Looks at every page, every index and every document; gives what is wrong, a line each.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        let mut list = |query: &str, line: &dyn Fn(&rusqlite::Row<'_>) -> rusqlite::Result<Option<String>>| -> Result<()> {
            let mut query = self.sql.prepare(query).map_err(|error| self.fail(error))?;
            let mut rows = query.query([]).map_err(|error| self.fail(error))?;
            while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
                wrong.extend(line(row).map_err(|error| self.fail(error))?);
            }
            Ok(())
        };
        list("PRAGMA integrity_check", &|row| Ok(Some(row.get::<_, String>(0)?).filter(|line| line != "ok")))?;
        list("PRAGMA foreign_key_check", &|row| {
            Ok(Some(format!("a row of {} points at nothing in {}", row.get::<_, String>(0)?, row.get::<_, String>(2)?)))
        })?;
        list("SELECT hash, raw FROM document", &|row| {
            let hash: String = row.get(0)?;
            let raw = unpress(row.get_ref(1)?.as_blob()?);
            Ok(raw.is_none_or(|raw| identity(&raw) != hash).then(|| format!("document {hash}: the bytes are not those of its hash")))
        })?;
        list(
            "SELECT d.hash, count(*) FROM document d LEFT JOIN reading r ON r.document = d.id AND r.superseded IS NULL
             GROUP BY d.id HAVING count(r.id) <> 1",
            &|row| Ok(Some(format!("document {}: it should have one current reading", row.get::<_, String>(0)?))),
        )?;
        list(
            "SELECT e.reading, e.n FROM event e JOIN reading r ON r.id = e.reading JOIN text t ON t.id = r.text
             WHERE e.quote_end - e.quote_start <> length(CAST(e.quote AS BLOB))",
            &|row| {
                Ok(Some(format!(
                    "reading {}, event {}: the quote is not as long as its span",
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(1)?
                )))
            },
        )?;
        list("SELECT address FROM follow WHERE NOT json_valid(state)", &|row| {
            Ok(Some(format!("{}: the state of following it is no JSON", row.get::<_, String>(0)?)))
        })?;
        if self.sql.execute("INSERT INTO words (words) VALUES ('integrity-check')", []).is_err() {
            wrong.push("the full-text index does not fit its words".to_owned());
        }
        Ok(wrong)
    }

    /// Copies the store to a new file, while others may be writing.
    ///
    /// # Errors
    /// When there is a file already, or no room.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::io(to, std::io::Error::new(std::io::ErrorKind::AlreadyExists, "there is a file of that name already")));
        }
        self.sql.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(|error| Error::sqlite(to, error))?;
        Ok(())
    }

    /// Gives unused room back to the disk and merges the full-text index into one piece.
    ///
    /// # Errors
    /// When there is no room for the copy that this makes on the way.
    pub fn vacuum(&self) -> Result<()> {
        self.sql
            .execute_batch("INSERT INTO words (words) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|error| self.fail(error))
    }
}
