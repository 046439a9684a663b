//! What happens to a store when things go wrong: no room, damage, another schema, two writers, corrections that must stay.

mod common;

use common::{dump, keep, prepare, reader, store, stories};
use demarche_store::{Prepared, SCHEMA, Store, View};
use jiff::Timestamp;
use rusqlite::Connection;

#[test]
fn a_full_disk_is_said_and_costs_nothing_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = stories();
    let mut store = store(&folder, "store");
    keep(&mut store, &stories[..3]);
    let before = dump(&store, &View::default());
    let pages = std::fs::metadata(store.path()).expect("a file").len() / 4096;
    store.limit_pages(pages as u32 + 8).expect("a limit");
    let batch: Vec<Prepared> = stories[3..].iter().map(prepare).collect();
    let error = store.keep(&batch, Timestamp::now()).expect_err("there is no room");
    assert!(error.is_full() && error.to_string().contains("no room left"), "{error}");
    assert_eq!(dump(&store, &View::default()), before);
    assert_eq!(store.check().expect("checked"), Vec::<String>::new());
    // With room again it goes on.
    store.limit_pages(u32::MAX / 2).expect("no limit");
    store.keep(&batch, Timestamp::now()).expect("there is room");
    assert!(store.check().expect("checked").is_empty());
}

#[test]
fn damage_and_foreign_files_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text");
    std::fs::write(&path, "This is a text and no database. ".repeat(400)).expect("written");
    let error = Store::open(&path).err().expect("refused").to_string();
    assert!(error.contains("not an SQLite file"), "{error}");

    let foreign = folder.path().join("foreign");
    Connection::open(&foreign).and_then(|sql| sql.execute_batch("CREATE TABLE t (x);")).expect("another program's file");
    let error = Store::open(&foreign).err().expect("refused").to_string();
    assert!(error.contains("no store of Demarche"), "{error}");

    let missing = Store::open(&folder.path().join("missing")).err().expect("refused");
    assert!(missing.is_missing() && missing.to_string().contains("demarche add"), "{missing}");

    let mut sound = store(&folder, "damaged");
    keep(&mut sound, &stories());
    let path = sound.path().to_owned();
    drop(sound);
    let mut bytes = std::fs::read(&path).expect("a file");
    let (from, to) = (bytes.len() / 4, bytes.len() * 3 / 4);
    bytes[from..to].fill(0x5a);
    std::fs::write(&path, bytes).expect("written");
    // Wherever the damage is met, it is said, and nothing panics.
    match Store::open(&path).and_then(|store| store.check()) {
        Ok(wrong) => assert!(!wrong.is_empty()),
        Err(error) => assert!(error.is_damage(), "{error}"),
    }
    if let Ok(store) = Store::open(&path) {
        let error = store.search("summit", &View::default(), &demarche_store::Filter::default()).err();
        assert!(error.is_none_or(|error| error.is_damage()));
    }
}

#[test]
fn a_store_of_a_newer_schema_is_refused_with_both_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = store(&folder, "store").path().to_owned();
    Connection::open(&path).and_then(|sql| sql.pragma_update(None, "user_version", SCHEMA + 4)).expect("a future schema");
    let error = Store::open(&path).err().expect("refused").to_string();
    assert!(error.contains(&format!("schema {}", SCHEMA + 4)) && error.contains(&format!("up to {SCHEMA}")), "{error}");
}

/// A kept file of every released schema still opens, is brought up to the present one, and shows what it showed.
///
/// `DEMARCHE_BLESS=1` makes the file of a new schema; files of released schemas are never made anew.
#[test]
fn stores_of_all_released_schemas_still_open() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas");
    let newest = format!("{kept}/{SCHEMA}.sqlite");
    if std::env::var_os("DEMARCHE_BLESS").is_some() && !std::path::Path::new(&newest).exists() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut made = store(&folder, "new");
        keep(&mut made, &stories()[..2]);
        made.backup(newest.as_ref()).expect("written");
    }
    for schema in 1..=SCHEMA {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old");
        std::fs::copy(format!("{kept}/{schema}.sqlite"), &path).expect("a file of each schema is kept");
        let mut store = Store::open(&path).unwrap_or_else(|error| panic!("schema {schema}: {error}"));
        assert_eq!(store.check().expect("checked"), Vec::<String>::new());
        let (shown, hits) =
            (dump(&store, &View::default()), store.search("summit", &View::default(), &Default::default()).expect("search"));
        assert!(shown.contains("Yoon") && !hits.is_empty(), "schema {schema}");
        store.keep(&stories()[2..4].iter().map(prepare).collect::<Vec<_>>(), Timestamp::now()).expect("it takes new documents");
        assert!(store.check().expect("checked").is_empty());
    }
}

#[test]
fn two_writers_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = stories();
    let path = folder.path().join("shared");
    Store::create(&path).expect("a store");
    // Two connections, each with all documents, in opposite order, a transaction a document.
    std::thread::scope(|scope| {
        for turn in 0..2 {
            let (path, stories) = (&path, &stories);
            scope.spawn(move || {
                let mut store = Store::open(path).expect("opens");
                let order: Vec<usize> = if turn == 0 { (0..26).collect() } else { (0..26).rev().collect() };
                for n in order {
                    store.keep(&[prepare(&stories[n])], Timestamp::now()).expect("kept");
                }
            });
        }
    });
    let mut alone = store(&folder, "alone");
    keep(&mut alone, &stories[..26]);
    let shared = Store::open(&path).expect("opens");
    assert_eq!(dump(&shared, &View::default()), dump(&alone, &View::default()));
    assert!(shared.check().expect("checked").is_empty());
}

#[test]
fn a_correction_outlives_a_new_reading() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = store(&folder, "store");
    keep(&mut store, &stories()[..1]);
    let events = |store: &Store| {
        let mut events = Vec::new();
        let take = |event| -> Result<(), demarche_store::Error> {
            events.push(event);
            Ok(())
        };
        store.events(&View::default(), &Default::default(), take).expect("events");
        events
    };
    let first = events(&store).remove(0);
    let sql = Connection::open(store.path()).expect("any SQLite tool may write a correction");
    sql.execute(
        "INSERT INTO correction (document, quote, quote_start, quote_end, act, field, value, author, made)
         VALUES (1, ?1, ?2, ?3, ?4, 'status', 'denied', 'a person', '2026-01-02')",
        rusqlite::params![first.quote, first.quote_start, first.quote_end, first.act],
    )
    .expect("written");
    let hash = store.read_otherwise("test newer").expect("versions").remove(0);
    let kept = store.source(&hash).expect("the bytes are there");
    let again = Prepared::read(&kept.raw, kept.load().expect("loads"), &kept.told, reader(), "test newer");
    store.keep(&[again], Timestamp::now()).expect("kept");
    let corrected: Vec<_> = events(&store).into_iter().filter(|event| event.corrected).collect();
    assert_eq!(corrected.len(), 1);
    assert_eq!((corrected[0].id.as_str(), corrected[0].status.as_str()), (first.id.as_str(), "denied"));
    assert_ne!(first.status, "denied");
}
