//! The store from outside: add, ask, stop at any moment, go on.

mod common;

use std::{
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use common::{Run, demarche, folder, run, text};

/// A folder of its own and a store in it.
fn place(name: &str) -> (PathBuf, String) {
    let folder = folder(name);
    let store = text(&folder.join("store.sqlite")).to_owned();
    (folder, store)
}

fn ask(store: &str, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--store", store]).collect();
    run(&arguments)
}

/// Everything that the lists show.
fn dump(store: &str) -> String {
    let list = |arguments: &[&str]| ask(store, arguments).ends_with(0).stdout;
    [
        list(&["events", "-f", "jsonl"]),
        list(&["documents", "-f", "jsonl"]),
        list(&["events", "-f", "plover"]),
        list(&["search", "tokyo summit", "-f", "jsonl", "-n", "0"]),
        list(&["timeline", "-f", "json"]),
    ]
    .concat()
}

/// Many short documents, in some files of JSON Lines and some of plain text.
fn corpus(folder: &Path, count: usize) -> String {
    let corpus = folder.join("corpus");
    std::fs::create_dir_all(&corpus).expect("a folder can be made");
    let names = ["Tokyo", "Seoul", "Beijing", "Washington", "Paris", "Berlin", "London", "Moscow", "Ankara", "Delhi"];
    let mut lines = String::new();
    for n in 0..count {
        let (a, b) = (names[n % 10], names[(n / 10 + n + 1) % 10]);
        let day = format!("2025-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
        let body = format!(
            "{a} and {b} agreed to hold their summit number {n} in {a} next week. {b} urged {a} to lift its sanctions on lot {n}. Officials denied that talks {n} had failed."
        );
        if n % 3 == 0 {
            std::fs::write(corpus.join(format!("{day}-{n:04}.txt")), body).expect("a file can be written");
        } else {
            lines.push_str(&serde_json::json!({ "title": format!("Report {n}"), "text": body, "date": day, "publisher": a }).to_string());
            lines.push('\n');
        }
    }
    std::fs::write(corpus.join("news.jsonl"), lines).expect("a file can be written");
    text(&corpus).to_owned()
}

fn adding(store: &str, corpus: &str) -> Child {
    let arguments = ["add", "--reader", "fast", "-q", "--store", store, corpus];
    demarche().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

#[test]
fn what_is_added_is_kept_once_and_found_again() {
    let (_folder, store) = place("store_added");
    let first = ask(&store, &["add", "--reader", "fast", "samples"]).ends_with(0);
    assert!(first.stderr.contains("added") && first.stdout.is_empty(), "{}", first.stderr);
    let again = ask(&store, &["add", "--reader", "fast", "samples"]).ends_with(0);
    assert!(again.stderr.contains("0 added") && again.stderr.contains("known already"), "{}", again.stderr);

    let events = ask(&store, &["events", "-f", "jsonl"]).ends_with(0).jsonl();
    let read = run(&["read", "--reader", "fast", "-f", "jsonl", "samples"]).ends_with(0).jsonl();
    let count: usize = read.iter().map(|record| record["events"].as_array().expect("events").len()).sum();
    assert_eq!(events.len(), count, "the store holds what `read` prints");
    let sorted: Vec<&str> =
        events.iter().map(|event| event["day"].as_str().or(event["document"]["published"].as_str()).unwrap_or("")).collect();
    assert!(sorted.is_sorted_by(|a, b| a >= b), "the newest first");

    let dyad = ask(&store, &["events", "--actor", "KOR", "--with", "JPN", "--status", "planned", "-f", "jsonl"]).ends_with(0).jsonl();
    assert!(!dyad.is_empty());
    for event in &dyad {
        let codes = event.to_string();
        assert!(codes.contains("\"KOR\"") && codes.contains("\"JPN\""));
        assert!(["scheduled", "agreed", "promised", "expected"].contains(&event["status"].as_str().expect("a status")));
    }
    assert_eq!(
        ask(&store, &["timeline", "--pair", "KOR", "JPN"]).ends_with(0).stdout,
        run(&["timeline", "--reader", "fast", "--pair", "KOR", "JPN", "samples"]).ends_with(0).stdout,
        "the chronology of the store is that of the files"
    );
}

#[test]
fn every_format_of_every_list_prints_something() {
    let (folder, store) = place("store_formats");
    ask(&store, &["add", "--reader", "fast", "samples"]).ends_with(0);
    for list in [&["events"][..], &["documents"], &["search", "summit"], &["search", "summit", "--actor", "Lee", "--type", "consult"]] {
        for format in ["table", "json", "jsonl", "csv", "tsv"] {
            let arguments: Vec<&str> = list.iter().copied().chain(["-f", format]).collect();
            let printed = ask(&store, &arguments).ends_with(0).stdout;
            assert!(printed.lines().count() > 1 && !printed.contains('\u{1b}'), "{list:?} {format}");
            if format == "json" {
                assert!(serde_json::from_str::<Vec<serde_json::Value>>(&printed).expect("an array").len() > 1);
            }
            if format == "tsv" {
                let columns = printed.lines().next().expect("a header").split('\t').count();
                assert!(printed.lines().all(|line| line.split('\t').count() == columns), "{list:?}");
            }
        }
    }
    // PLOVER records are those of `read`, but for the name of the document.
    let kept = ask(&store, &["events", "-f", "plover"]).ends_with(0).jsonl();
    let mut read = run(&["read", "--reader", "fast", "-f", "plover", "samples"]).ends_with(0).jsonl();
    for record in &mut read {
        let kept = kept.iter().find(|kept| kept["id"] == record["id"]).expect("each is there");
        record["cite_info"]["citation"] = kept["cite_info"]["citation"].clone();
        assert_eq!(record, kept);
    }
    assert_eq!(kept.len(), read.len());

    ask(&store, &["search", ""]).ends_with(1);
    ask(&store, &["events", "--type", "nonsense"]).ends_with(1);
    ask(&store, &["events", "--known-at", "yesterday"]).ends_with(2);
    let missing = ask(text(&folder.join("none.sqlite")), &["events"]).ends_with(1);
    assert!(missing.stderr.contains("demarche add"), "{}", missing.stderr);
}

#[test]
fn documents_and_events_are_shown_by_their_ids() {
    let (_folder, store) = place("store_show");
    ask(&store, &["add", "--reader", "fast", "samples"]).ends_with(0);
    let event = ask(&store, &["events", "-f", "jsonl", "-n", "1"]).ends_with(0).jsonl().remove(0);
    let id = event["id"].as_str().expect("an id");
    let whole = ask(&store, &["show", id, "-f", "json"]).ends_with(0).stdout;
    let whole: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
    assert_eq!(whole["evidence"]["trigger"]["quote"], event["quote"]);
    let document = event["document"]["id"].as_str().expect("an id");
    let canonical = ask(&store, &["show", document, "-f", "canonical"]).ends_with(0).stdout;
    let span = |key: &str| event[key].as_u64().expect("an offset") as usize;
    assert_eq!(&canonical[span("quote_start")..span("quote_end")], event["quote"]);
    let raw = ask(&store, &["show", document, "-f", "raw"]).ends_with(0).stdout;
    assert_eq!(
        raw.as_bytes(),
        std::fs::read(common::root().join(event["document"]["source"].as_str().expect("a path"))).expect("a sample")
    );
    ask(&store, &["show", "not-an-id"]).ends_with(1);
    assert!(ask(&store, &["store", "check"]).ends_with(0).stdout.contains("sound"));
    let stats = ask(&store, &["store", "stats", "--json"]).ends_with(0).stdout;
    assert!(serde_json::from_str::<serde_json::Value>(&stats).expect("JSON")["events"].as_u64().expect("a count") > 0);
}

#[test]
fn two_letters_of_korean_japanese_and_chinese_are_found() {
    let (folder, store) = place("store_cjk");
    for (name, words) in [
        ("ko.txt", "한일 정상회담이 도쿄에서 열렸다. 이재명 대통령과 이시바 총리는 공급망과 과거사 문제를 논의했다."),
        ("ja.txt", "高市首相は13日、奈良で李在明大統領と会談した。両首脳はシャトル外交の継続を確認した。"),
        ("zh.txt", "中国外交部发言人表示,两国领导人就贸易和安全问题进行了会谈。"),
    ] {
        std::fs::write(folder.join(name), words).expect("a file can be written");
        ask(&store, &["add", "--reader", "fast", text(&folder.join(name))]).ends_with(0);
    }
    for (query, name) in [
        ("회담", "ko"),
        ("정상회담", "ko"),
        ("공급", "ko"),
        ("\"과거사 문제\"", "ko"),
        ("会談", "ja"),
        ("奈良", "ja"),
        ("シャトル", "ja"),
        ("外交の継続", "ja"),
        ("13日", "ja"),
        ("贸易", "zh"),
        ("领导", "zh"),
        ("会谈", "zh"),
        ("国", "zh"),
        ("外交", "ja zh"),
        ("会", "ja zh"),
    ] {
        let mut found: Vec<String> = ask(&store, &["search", query, "-f", "jsonl"])
            .ends_with(0)
            .jsonl()
            .iter()
            .map(|hit| {
                Path::new(hit["document"]["source"].as_str().expect("a path")).file_stem().expect("a name").to_string_lossy().into_owned()
            })
            .collect();
        found.sort();
        assert_eq!(found.join(" "), name, "{query}");
    }
    let hit = ask(&store, &["search", "시바", "-f", "jsonl"]).ends_with(0).jsonl().remove(0);
    assert!(hit["snippet"].as_str().expect("a snippet").contains("이[시바] 총리는"), "{hit}");
}

#[test]
fn backup_and_vacuum_keep_everything() {
    let (folder, store) = place("store_backup");
    ask(&store, &["add", "--reader", "fast", "samples"]).ends_with(0);
    let before = dump(&store);
    let copy = text(&folder.join("copy.sqlite")).to_owned();
    ask(&store, &["store", "backup", &copy]).ends_with(0);
    ask(&store, &["store", "backup", &copy]).ends_with(1);
    ask(&store, &["store", "vacuum"]).ends_with(0);
    assert_eq!(dump(&copy), before);
    assert_eq!(dump(&store), before);
}

#[test]
fn two_processes_add_at_once_and_nothing_is_lost() {
    let (folder, store) = place("store_two");
    let corpus = corpus(&folder, 300);
    let mut children = [adding(&store, &corpus), adding(&store, &corpus)];
    for child in &mut children {
        assert!(child.wait().expect("it ends").success());
    }
    let (_other, alone) = place("store_two_alone");
    assert!(adding(&alone, &corpus).wait().expect("it ends").success());
    assert_eq!(dump(&store), dump(&alone));
    assert!(ask(&store, &["store", "check"]).ends_with(0).stdout.contains("sound"));
}

#[test]
fn killed_at_any_moment_and_gone_on_it_is_the_same_store() {
    killed("store_killed", 10, 400);
}

/// `cargo test -p demarche-app --test store -- --ignored --nocapture`
#[test]
#[ignore = "some minutes long"]
fn killed_at_two_hundred_moments() {
    killed("store_killed_often", 200, 400);
}

fn killed(name: &str, rounds: u32, documents: usize) {
    let (folder, whole) = place(name);
    let corpus = corpus(&folder, documents);
    let undisturbed = |store: &str| {
        let begun = Instant::now();
        assert!(adding(store, &corpus).wait().expect("it ends").success());
        begun.elapsed()
    };
    let first = undisturbed(&whole);
    // Other tests may have been running beside the first.
    let length = undisturbed(text(&folder.join("timed.sqlite"))).min(first);
    let expected = dump(&whole);
    let mut killed_midway = 0;
    for round in 0..rounds {
        let store = text(&folder.join(format!("{round}.sqlite"))).to_owned();
        let mut child = adding(&store, &corpus);
        // The golden ratio spreads the moments evenly, however many there are.
        let share = (f64::from(round) * 0.618_033_988_75).fract();
        std::thread::sleep(Duration::from_secs_f64(length.as_secs_f64() * share));
        child.kill().expect("it can be killed");
        killed_midway += u32::from(!child.wait().expect("it ends").success());
        let kept =
            if Path::new(&store).exists() { ask(&store, &["documents", "-f", "jsonl"]).ends_with(0).stdout.lines().count() } else { 0 };
        let resumed = ask(&store, &["add", "--reader", "fast", "-q", &corpus]).ends_with(0);
        assert!(kept == 0 || resumed.stderr.contains(&format!("{kept} known already")), "{kept} were kept: {}", resumed.stderr);
        assert_eq!(dump(&store), expected, "killed after {share} of {length:?}");
        assert!(ask(&store, &["store", "check"]).ends_with(0).stdout.contains("sound"));
        std::fs::remove_file(&store).expect("it can be removed");
    }
    eprintln!("{rounds} rounds, {killed_midway} killed before their end, {length:?} undisturbed: the same store each time");
    assert!(killed_midway * 4 > rounds, "too few were killed before their end");
}
