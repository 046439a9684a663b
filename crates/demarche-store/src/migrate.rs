//! From whatever schema a file has to the present one, step by step, each in a transaction of its own.
//!
//! `application_id` says that a file is a store, `user_version` which schema it has. An empty file becomes a store; a file
//! with other tables is refused, and so is one with a schema that this program does not know.

use crate::{
    error::{Error, Result},
    store::Store,
};

/// "Dmch", so that `file` and other tools can tell a store from other SQLite files.
const APPLICATION: i64 = 0x446d_6368;

/// What makes schema N of schema N−1, the first from nothing. Released ones are never changed.
const STEPS: [&str; 1] = [include_str!("schema/1.sql")];

/// The schema that this program writes.
pub const SCHEMA: i64 = STEPS.len() as i64;

/// Brings an open file up to the present schema.
pub(crate) fn bring_up(store: &mut Store) -> Result<()> {
    let path = store.path().to_owned();
    let fail = |error| Error::sqlite(&path, error);
    let number = |store: &Store, name: &str| store.sql.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(fail);
    if is_present(number(store, "application_id")?, number(store, "user_version")?) {
        return Ok(());
    }
    let tables: i64 = store.sql.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
    let application = number(store, "application_id")?;
    if application != APPLICATION && tables > 0 {
        return Err(Error::foreign(&path));
    }
    let found = number(store, "user_version")?;
    if found > SCHEMA {
        return Err(Error::newer(&path, found, SCHEMA));
    }
    if tables == 0 {
        store.sql.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
    }
    for (step, sql) in STEPS.iter().enumerate() {
        let reached = step as i64 + 1;
        let tx = store.writing()?;
        // Another process may have taken the step while this one waited for its turn.
        let now: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fail)?;
        if now < reached {
            tx.execute_batch(sql).map_err(fail)?;
            tx.pragma_update(None, "application_id", APPLICATION).map_err(fail)?;
            tx.pragma_update(None, "user_version", reached).map_err(fail)?;
            tx.commit().map_err(fail)?;
        }
    }
    Ok(())
}

fn is_present(application: i64, version: i64) -> bool {
    application == APPLICATION && version == SCHEMA
}
