//! Documents to keep, and everything that a store shows of them; shared by the tests of this folder.
#![allow(dead_code, reason = "not every test uses every helper")]

use std::sync::OnceLock;

use demarche::{
    Reader,
    document::{LoadOptions, load_one},
};
use demarche_store::{Filter, Prepared, Store, View, Who, told};
use jiff::Timestamp;

pub(crate) const VERSION: &str = "test fast";

/// Loading the facts once is enough.
pub(crate) fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(Reader::embedded)
}

/// A document's source and text.
pub(crate) type Story = (String, String);

/// The samples of the repository and some that are like them or differ from them in one respect.
pub(crate) fn stories() -> Vec<Story> {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
    let mut paths: Vec<_> = std::fs::read_dir(samples)
        .expect("the samples are there")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "md"))
        .collect();
    paths.sort();
    let mut stories: Vec<Story> = paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("a sample can be read"))
        })
        .collect();
    // A reprint, a text without a day, a text in Korean, three versions of one page, the same bytes under a name with a day.
    let reprint = stories[0].1.replace("Tokyo", "TOKYO");
    stories.push(("2023-03-17-reprint.txt".into(), reprint));
    stories.push((
        "undated.txt".into(),
        "Lee Jae-myung met Sanae Takaichi in Nara. The United States urged North Korea to resume talks.".into(),
    ));
    stories.push(("2025-08-23-ko.txt".into(), "한일 정상회담이 도쿄에서 열렸다. 이재명 대통령과 이시바 총리는 공급망을 논의했다.".into()));
    for (day, more) in [("2025-09-01", ""), ("2025-09-02", " Tokyo denied it."), ("2025-09-03", " China protested.")] {
        let page = format!(
            "---\ntitle: A page that changes\ndate: {day}\nurl: https://news.example/page\npublisher: Example News\n---\n\nSeoul and Tokyo agreed to resume export talks on 1 October 2025.{more}\n"
        );
        stories.push((format!("page-{day}.md"), page));
    }
    let text = stories[3].1.clone();
    stories.push(("elsewhere.txt".into(), text));
    stories
}

/// Reads a story as `add` does.
pub(crate) fn prepare((source, text): &Story) -> Prepared {
    let options = LoadOptions::default();
    let document = load_one(text.as_bytes(), source, &options).expect("the story can be loaded");
    Prepared::read(text.as_bytes(), document, &told(&options), reader(), VERSION)
}

/// Keeps stories, each in a transaction of its own, an hour apart.
pub(crate) fn keep(store: &mut Store, stories: &[Story]) {
    for (n, story) in stories.iter().enumerate() {
        let moment: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        let moment = moment + jiff::SignedDuration::from_hours(n as i64);
        store.keep(&[prepare(story)], moment).expect("a story is kept");
    }
}

/// A store in memory's stead: a file that vanishes with its folder.
pub(crate) fn store(folder: &tempfile::TempDir, name: &str) -> Store {
    Store::create(&folder.path().join(name)).expect("a store can be made")
}

/// Everything that a store shows of a view, as text.
pub(crate) fn dump(store: &Store, view: &View) -> String {
    let mut out = String::new();
    let mut line = |value: String| {
        out.push_str(&value);
        out.push('\n');
    };
    let all = Filter::default();
    store
        .events(view, &all, |event| -> Result<(), demarche_store::Error> {
            line(json(&event));
            Ok(())
        })
        .expect("events");
    store
        .plover(view, &all, |record| -> Result<(), demarche_store::Error> {
            line(record.to_owned());
            Ok(())
        })
        .expect("plover");
    store
        .documents(view, &all, |document| -> Result<(), demarche_store::Error> {
            line(json(&document));
            Ok(())
        })
        .expect("documents");
    for report in store.reports(view, &all, None).expect("reports") {
        line(json(&report));
    }
    let pair = Filter { who: vec![Who::Code("KOR".into()), Who::Code("JPN".into())], ..Filter::default() };
    for filter in [&all, &pair] {
        for query in ["summit", "supply chains", "\"export talks\" OR tokyo", "공급망", "pre* -page"] {
            for hit in store.search(query, view, filter).expect("search") {
                line(json(&hit));
            }
        }
    }
    out
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it is JSON")
}
